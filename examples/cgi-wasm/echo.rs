//! Sends back what the client sent: the method, the header fields and the body, byte for byte.
//! With the query `raw` only the body comes back, under the request's own media type.
use std::env;
use std::io::{self, Read, Write};

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
        let mut fields: Vec<(String, String)> = env::vars()
            .filter(|(name, _)| name.starts_with("HTTP_") || name.starts_with("CONTENT_"))
            .collect();
        fields.sort();
        for (name, value) in fields {
            writeln!(out, "{}: {}", name, value)?;
        }
        writeln!(out)?;
    }
    copy(&mut io::stdin().lock(), &mut out)
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
