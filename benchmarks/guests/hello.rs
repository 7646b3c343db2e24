// The smallest program in Rust: its memory has 17 pages.
fn main() {
    print!("Content-Type: text/plain\n\nHello world\n");
}
