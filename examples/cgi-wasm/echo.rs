//! Sends back what the client sent: the method, the header fields and the body, byte for byte.
//! With the query `raw` only the body comes back, under the request's own media type.
use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::wasi::ffi::OsStringExt;

/// A body may be larger than the guest's memory: it is passed on piece by piece.
const PIECE: usize = 64 * 1024;

fn main() -> io::Result<()> {
    let raw = env::var("QUERY_STRING").as_deref() == Ok("raw");
    let mut out = io::stdout().lock();

    if raw {
        let kind = env::var("CONTENT_TYPE").unwrap_or_default();
        let kind = if kind.is_empty() { "application/octet-stream".to_string() } else { kind };
        write!(out, "Content-Type: {}\n\n", kind)?;
    } else {
        write!(out, "Content-Type: text/plain; charset=utf-8\n\n")?;
        writeln!(out, "{}", env::var("REQUEST_METHOD").unwrap_or_default())?;
        for (name, value) in request_fields() {
            out.write_all(&[&name[..], b": ", &value[..], b"\n"].concat())?;
        }
        writeln!(out)?;
    }
    copy(&mut io::stdin().lock(), &mut out)
}

/// As bytes: a header field need not be UTF-8, and `env::vars` panics if one is not.
fn request_fields() -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut fields: Vec<_> = env::vars_os()
        .map(|(name, value)| (OsString::into_vec(name), OsString::into_vec(value)))
        .filter(|(name, _)| name.starts_with(b"HTTP_") || name.starts_with(b"CONTENT_"))
        .collect();
    fields.sort();
    fields
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let count = from.read(&mut piece)?;
        if count == 0 {
            return to.flush();
        }
        to.write_all(&piece[..count])?;
    }
}
