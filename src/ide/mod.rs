//! Editor features as plain data over byte offsets. It knows nothing of LSP.

mod actions;
mod by_report;
mod completion;
mod convert;
mod fix_all;
mod folding;
mod formatting;
mod hints;
mod hover;
mod last_year;
mod lenses;
mod links;
mod moved_cases;
mod new_report;
mod refactorings;
mod references;
mod report_data;
#[cfg(test)]
mod samples;
mod selection_ranges;
mod set_cell;
mod sums;
mod suppression;
mod symbols;
mod tokens;

pub use crate::report::official_form::{FormCell, FormContent, official_form};
pub use actions::{Action, ActionKind, actions};
pub use by_report::{REPORTS, ReportMemo, by_report};
#[cfg(feature = "configuration")]
pub use completion::configuration_completions;
pub use completion::{Completion, CompletionKind, completions};
pub use convert::{Figures, OutlineCell, OutlineItem, ReportOutline, WordParts, figures};
#[cfg(feature = "files")]
pub(crate) use fix_all::rounds;
pub use fix_all::{Fixed, apply_fixes, first_edits, fix_all, fixed_edits, fixed_point};
pub use folding::{Fold, folding};
pub use formatting::formatting;
pub use hints::{Hint, hints};
#[cfg(feature = "configuration")]
pub use hover::hover_configuration;
pub use hover::{Hover, escape_markdown, hover, rule_documentation};
pub use last_year::{CarriedFigure, carried_from, carried_to};
pub use lenses::{Lens, LensAction, lenses};
pub use links::{citations, law_named};
pub use new_report::{NewReport, NewReportProblem, carried_over, layout_of_extension, new_report, next_report};
pub use refactorings::refactorings;
pub use references::{Highlight, definitions, highlights, references};
pub use report_data::{
    CellData, ContentData, EditData, FigureData, FigureState, FindingData, FixData, MissingSection, PartData,
    PlaceData, ReportData, TableData, WordsData, report_data,
};
pub use selection_ranges::selections;
pub use set_cell::{CellName, CellRefusal, set_cell};
pub use suppression::{Suppression, SuppressionEdit, SuppressionEntry, suppressions};
pub use symbols::{Symbol, SymbolKind, report_symbol, symbols};
pub use tokens::{ColourKind, ColourToken, report_tokens, semantic_tokens};

/// `text` with every run of white space as one blank: a name fits on a line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
