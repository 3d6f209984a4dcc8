//! Sessions with the real program over its standard input and output, seen from the editor's side.

mod client;
mod diagnostics;
mod features;
mod fixture;
mod input;
mod lifecycle;
mod load;
mod seeds;
mod sync;
