//! What kinds of tokens are called in the protocol.

use crate::ide::ColourKind;
use tower_lsp::lsp_types::{SemanticTokenModifier, SemanticTokenType, SemanticTokensLegend};

/// The names of kinds and modifiers, in the order of their numbers. They are those of programs, which every theme colours.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::CLASS,
            SemanticTokenType::NAMESPACE,
            SemanticTokenType::PROPERTY,
            SemanticTokenType::PARAMETER,
            SemanticTokenType::MACRO,
            SemanticTokenType::NUMBER,
        ],
        token_modifiers: vec![SemanticTokenModifier::READONLY, SemanticTokenModifier::DOCUMENTATION],
    }
}

/// The number of `kind` in the legend.
pub(super) fn number_of(kind: ColourKind) -> u32 {
    match kind {
        ColourKind::Title => 0,
        ColourKind::Heading => 1,
        ColourKind::RowLabel => 2,
        ColourKind::ColumnLabel => 3,
        ColourKind::Item => 4,
        ColourKind::Figure => 5,
    }
}
