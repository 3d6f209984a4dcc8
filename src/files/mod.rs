//! Files: what a file holds as bytes, and what it says as text. Encodings are known here and nowhere else; every layer
//! before this one has text.

mod charset;

pub use charset::{Charset, NotText, TextFile, Unwritable, decode};
