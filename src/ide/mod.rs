//! Editor features as plain data over byte offsets. It knows nothing of LSP.

mod actions;
mod folding;
mod hover;
mod symbols;

pub use actions::{Action, ActionKind, actions, fix_all};
pub use folding::{Fold, folding};
pub use hover::{Hover, escape_markdown, hover};
pub use symbols::{Symbol, SymbolKind, symbols};
