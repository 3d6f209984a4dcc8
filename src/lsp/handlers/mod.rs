//! One file a concern. A handler reads one state of one document and never waits.

pub(super) mod check_folder;
pub(super) mod code_action;
pub(super) mod code_lens;
pub(super) mod completion;
pub(super) mod diagnostic;
pub(super) mod document_link;
pub(super) mod document_symbol;
pub(super) mod execute_command;
mod file_watches;
pub(super) mod folding_range;
pub(super) mod formatting;
pub(super) mod hover;
pub(super) mod inlay_hint;
pub(super) mod neighbours;
pub(super) mod new_report;
pub(super) mod references;
pub(super) mod report;
pub(super) mod rule_documentation;
pub(super) mod selection_range;
pub(super) mod semantic_tokens;
pub(super) mod set_cell;
pub(super) mod settings;
pub(super) mod sync;
pub(super) mod workspace_symbol;
