//! Each function of std::fs, on what is there, is not, and is something else; prints what it gives.
//! The same source is a program of Linux: the lines that differ there are marked in std_fs.txt.
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

fn say<T: std::fmt::Debug>(what: &str, result: io::Result<T>) {
    match result {
        Ok(value) => println!("{what}: {value:?}"),
        Err(error) => println!("{what}: {}", words(&error.to_string())),
    }
}

/// As the guest's C library says it, without the number, which is WASI's or the system's.
fn words(error: &str) -> String {
    let text = error.split(" (os").next().unwrap_or_default();
    text.replace("Too many levels of symbolic links", "Symbolic link loop")
        .replace("File name too long", "Filename too long")
}

fn kind(m: io::Result<fs::Metadata>) -> io::Result<(bool, bool, bool, u64)> {
    m.map(|m| {
        (
            m.is_dir(),
            m.is_file(),
            m.file_type().is_symlink(),
            if m.is_file() { m.len() } else { 0 },
        )
    })
}
extern "C" {
    fn symlink(target: *const u8, path: *const u8) -> i32;
}

/// The C library's: that of Rust is not stable.
fn link(target: &str, path: &Path) -> io::Result<()> {
    let (target, path) = (format!("{target}\0"), format!("{}\0", path.display()));
    // Safety: both end with a NUL.
    match unsafe { symlink(target.as_ptr(), path.as_ptr()) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

fn main() {
    let root = PathBuf::from(std::env::args().nth(1).unwrap());
    let p = |s: &str| root.join(s);
    say("create_dir", fs::create_dir(p("d")));
    say("create_dir again", fs::create_dir(p("d")));
    say("create_dir_all", fs::create_dir_all(p("d/e/f")));
    say("create_dir_all again", fs::create_dir_all(p("d/e/f")));
    say("create_dir missing", fs::create_dir(p("none/x")));
    say(
        "DirBuilder",
        fs::DirBuilder::new().recursive(true).create(p("d/g/h")),
    );
    say("write", fs::write(p("a"), b"hello world"));
    say("write missing", fs::write(p("none/a"), b"x"));
    say("write dir", fs::write(p("d"), b"x"));
    say("read", fs::read(p("a")));
    say("read dir", fs::read(p("d")).map(|_| ()));
    say("read_to_string", fs::read_to_string(p("a")));
    say("read_to_string none", fs::read_to_string(p("none")));
    fs::write(p("bad"), b"\xff\xfe").unwrap();
    say("read_to_string bad", fs::read_to_string(p("bad")));
    say("copy", fs::copy(p("a"), p("b")));
    say("copy none", fs::copy(p("none"), p("c")));
    say("copy over", fs::copy(p("bad"), p("b")));
    say("copy to dir", fs::copy(p("a"), p("d")));
    say("rename", fs::rename(p("b"), p("c")));
    say("rename none", fs::rename(p("b"), p("c")));
    say("rename over dir", fs::rename(p("c"), p("d")));
    say("rename dir", fs::rename(p("d/g"), p("g")));
    say("rename into self", fs::rename(p("g"), p("g/h/x")));
    say("hard_link", fs::hard_link(p("a"), p("hard")));
    say("hard_link over", fs::hard_link(p("a"), p("c")));
    say("hard_link dir", fs::hard_link(p("d"), p("hd")));
    say("symlink", link("a", &p("soft")));
    say("symlink dangling", link("none", &p("dangling")));
    say("symlink loop", link("loop", &p("loop")));
    say("symlink dir", link("d", &p("sd")));
    say("read_link", fs::read_link(p("soft")));
    say("read_link file", fs::read_link(p("a")));
    for n in [
        "a", "d", "soft", "dangling", "loop", "sd", "hard", "none", "a/", "d/", "soft/", "a/x",
        "d/../a", "d/e/..", ".",
    ] {
        say(&format!("metadata {n}"), kind(fs::metadata(p(n))));
        say(
            &format!("symlink_metadata {n}"),
            kind(fs::symlink_metadata(p(n))),
        );
        say(&format!("try_exists {n}"), p(n).try_exists());
    }
    let mut names: Vec<_> = fs::read_dir(&root)
        .unwrap()
        .map(|e| {
            let e = e.unwrap();
            (
                e.file_name(),
                e.file_type().unwrap().is_dir(),
                e.metadata().unwrap().file_type().is_symlink(),
                e.path() == p(e.file_name().to_str().unwrap()),
            )
        })
        .collect();
    names.sort();
    println!("read_dir: {names:?}");
    say("read_dir file", fs::read_dir(p("a")).map(|_| ()));
    say("read_dir none", fs::read_dir(p("none")).map(|_| ()));
    say(
        "canonicalize",
        fs::canonicalize(p("soft")).map(|c| c.ends_with("a")),
    );
    say(
        "permissions",
        fs::metadata(p("a")).map(|m| m.permissions().readonly()),
    );
    say(
        "set_permissions",
        fs::set_permissions(p("a"), fs::metadata(p("a")).unwrap().permissions()),
    );
    // File
    let mut f = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .open(p("f"))
        .unwrap();
    say("write_all", f.write_all(b"0123456789"));
    say("seek", f.seek(SeekFrom::Start(2)));
    let mut b = [0; 3];
    say("read_exact", f.read_exact(&mut b));
    println!("{b:?}");
    say("seek end", f.seek(SeekFrom::End(-1)));
    say("seek before", f.seek(SeekFrom::Current(-100)));
    say("stream_position", f.stream_position());
    say("rewind", f.rewind());
    say("set_len short", f.set_len(5));
    say("set_len long", f.set_len(8));
    let mut v = vec![];
    say("read_to_end", f.read_to_end(&mut v));
    println!("{v:?}");
    say("sync_all", f.sync_all());
    say("sync_data", f.sync_data());
    say("file metadata", kind(f.metadata()));
    let g = f.try_clone();
    println!("try_clone: {}", g.is_ok());
    say(
        "file set_permissions",
        f.set_permissions(f.metadata().unwrap().permissions()),
    );
    drop(f);
    say(
        "create_new over",
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(p("f"))
            .map(|_| ()),
    );
    say(
        "create_new",
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(p("n"))
            .map(|_| ()),
    );
    say(
        "create_new dangling",
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(p("dangling"))
            .map(|_| ()),
    );
    say("open none", File::open(p("none")).map(|_| ()));
    say(
        "open dir to write",
        OpenOptions::new().write(true).open(p("d")).map(|_| ()),
    );
    say("open loop", File::open(p("loop")).map(|_| ()));
    say("open slash", File::open(p("a/")).map(|_| ()));
    say("create slash", File::create(p("new/")).map(|_| ()));
    let mut f = OpenOptions::new().append(true).open(p("f")).unwrap();
    say("append", f.write_all(b"end"));
    drop(f);
    say("appended", fs::read(p("f")));
    let mut f = OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(p("f"))
        .unwrap();
    say("truncated", f.metadata().map(|m| m.len()));
    say("read of write-only", f.read(&mut b));
    drop(f);
    let mut f = File::open(p("a")).unwrap();
    say("write of read-only", f.write(b"x"));
    say("set_len of read-only", f.set_len(1));
    drop(f);
    say("through dangling", fs::write(p("dangling"), b"made"));
    say("made", fs::read_to_string(p("none")));
    let before = SystemTime::now() - Duration::from_secs(60);
    say(
        "modified",
        fs::metadata(p("a"))
            .and_then(|m| m.modified())
            .map(|t| t > before),
    );
    say(
        "accessed",
        fs::metadata(p("a"))
            .and_then(|m| m.accessed())
            .map(|t| t > before),
    );
    say("remove_file", fs::remove_file(p("c")));
    say("remove_file none", fs::remove_file(p("c")));
    say("remove_file dir", fs::remove_file(p("d")));
    say("remove_file link", fs::remove_file(p("soft")));
    say("remove_file slash", fs::remove_file(p("a/")));
    say("remove_dir full", fs::remove_dir(p("d")));
    say("remove_dir file", fs::remove_dir(p("a")));
    say("remove_dir link", fs::remove_dir(p("sd")));
    say("remove_dir", fs::remove_dir(p("d/e/f")));
    for i in 0..300 {
        fs::create_dir_all(p(&format!("tree/{}/x", i % 20))).unwrap();
        fs::write(p(&format!("tree/{}/x/{i}", i % 20)), b"x").unwrap();
    }
    link("../a", &p("tree/up")).unwrap();
    say("remove_dir_all", fs::remove_dir_all(p("tree")));
    say("remove_dir_all link", fs::remove_dir_all(p("sd")));
    let _ = fs::remove_file(p("sd"));
    say("remove_dir_all none", fs::remove_dir_all(p("tree")));
    say("remove_dir_all file", fs::remove_dir_all(p("hard")));
    say("left", fs::read_to_string(p("a")));
    let long = "n".repeat(255);
    say("long name", fs::write(p(&long), b"x"));
    say("too long name", fs::write(p(&(long.clone() + "n")), b"x"));
    let mut deep = root.clone();
    for _ in 0..100 {
        deep.push("deep");
    }
    say("deep", fs::create_dir_all(&deep));
    say("deep file", fs::write(deep.join("f"), b"x"));
    say("deep gone", fs::remove_dir_all(p("deep")));
    say(
        "many open",
        (0..200)
            .map(|i| File::create(p(&format!("m{i}"))))
            .collect::<io::Result<Vec<_>>>()
            .map(|v| v.len()),
    );
    say("unicode", fs::write(p("ü€𝄞"), b"x"));
    let mut n: Vec<_> = fs::read_dir(&root)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| !n.starts_with('m') && n.len() < 255)
        .collect();
    n.sort();
    println!("{n:?}");
}
