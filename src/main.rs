//! Arguments and exit codes; nothing else.
fn main() {
    if std::env::args().nth(1).as_deref() == Some("server") {
        std::process::exit(gongkai::lsp::run());
    }
}
