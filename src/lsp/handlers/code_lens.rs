//! `textDocument/codeLens`

use super::super::capabilities::SuppressionMenu;
use super::super::convert::Places;
use super::super::session::Session;
use crate::ide::{self, LensAction};
use tower_lsp::lsp_types::{CodeLens, CodeLensParams, Command};

/// The commands of the client of this project: to show the findings, and to apply every safe fix.
const SHOW_FINDINGS: &str = "gongkai.showFindings";
const FIX_ALL: &str = "gongkai.fixAll";

/// A summary of the report and of its tables. Only this project's client has commands for a click; other clients get
/// words.
pub(in super::super) fn handle(session: &Session, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.code_lenses)?;
    let is_ours = session.suppression_menu() == SuppressionMenu::Own;
    let lenses = ide::lenses(analysis)
        .into_iter()
        .filter(|lens| is_ours && document.may_fix_all() || lens.action != LensAction::FixAll);
    let places = Places::new(analysis, session.capabilities().encoding);
    let lenses = lenses.map(|lens| CodeLens {
        range: places.range(lens.span),
        command: Some(Command {
            title: lens.title,
            command: match lens.action {
                _ if !is_ours => String::new(),
                LensAction::ShowFindings => SHOW_FINDINGS.to_owned(),
                LensAction::FixAll => FIX_ALL.to_owned(),
            },
            arguments: None,
        }),
        data: None,
    });
    Some(lenses.collect())
}
