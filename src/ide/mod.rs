//! Editor features as plain data over byte offsets. It knows nothing of LSP.

mod actions;
mod folding;
mod hover;
mod suppression;
mod symbols;

pub use actions::{Action, ActionKind, actions, fix_all};
pub use folding::{Fold, folding};
#[cfg(feature = "configuration")]
pub use hover::hover_configuration;
pub use hover::{Hover, escape_markdown, hover};
pub use suppression::{Suppression, SuppressionEdit, SuppressionEntry, suppressions};
pub use symbols::{Symbol, SymbolKind, symbols};
