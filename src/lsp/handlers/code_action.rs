//! `textDocument/codeAction`

use super::super::capabilities::{ClientCapabilities, FIX_ALL, SUPPRESS, SuppressionMenu};
use super::super::diagnostics::Audience;
use super::super::session::Session;
use super::super::{convert, diagnostics, uris};
use super::execute_command::Choice;
use crate::analysis::Analysis;
use crate::configuration::{self, FILE_NAME, NewEntry};
use crate::ide::{self, ActionKind, Suppression, SuppressionEdit, SuppressionEntry};
use crate::rules::{Finding, selection};
use crate::say;
use crate::text::{Text, TextEdit};
use serde_json::json;
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeActionTriggerKind,
    Command, Diagnostic, NumberOrString, Url, WorkspaceEdit,
};

/// The command of a client that has a menu of its own.
const CHOOSE: &str = "gongkai.chooseSuppression";

/// The code of `diagnostic`.
fn code_of(diagnostic: &Diagnostic) -> Option<&str> {
    match diagnostic.code.as_ref()? {
        NumberOrString::String(code) => Some(code),
        NumberOrString::Number(_) => None,
    }
}

/// One state of one document, for one client.
struct DocumentState<'a> {
    session: &'a Session,
    client: ClientCapabilities,
    uri: &'a Url,
    version: i32,
    analysis: &'a Analysis,
}

/// The actions for the findings in the range, and the action that applies every safe fix.
pub(in super::super) fn handle(session: &Session, params: &CodeActionParams) -> Option<CodeActionResponse> {
    let shared = session.documents.get(&params.text_document.uri)?;
    let (document, uri) = (shared.read(), shared.uri());
    let client = session.capabilities();
    let analysis =
        document.report().filter(|analysis| client.action_literals && analysis.settings().features.code_actions)?;
    let place = DocumentState { session, client, uri, version: document.version(), analysis };
    let is_automatic = params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
    let wanted = |kind: &CodeActionKind| match params.context.only.as_ref() {
        Some(only) => asks_for(only, kind),
        // Each time that the cursor moves an editor only wants to know whether something here can be corrected.
        None => !is_automatic || *kind == CodeActionKind::QUICKFIX,
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) || wanted(&CodeActionKind::REFACTOR_REWRITE) {
        place.fixes(params, wanted(&CodeActionKind::REFACTOR_REWRITE), &mut actions);
        if wanted(&CodeActionKind::QUICKFIX) {
            place.suppressions(params, document.has_comments(), &mut actions);
        }
        actions.retain(|action| action.kind.as_ref().is_some_and(wanted));
    }
    if wanted(&FIX_ALL) && document.may_fix_all() {
        actions.extend(place.fix_all());
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// Whether `kind` is one of `only`, or below one of them: `source` includes `source.fixAll.gongkai`, and the empty kind
/// includes all.
fn asks_for(only: &[CodeActionKind], kind: &CodeActionKind) -> bool {
    only.iter().any(|wanted| match kind.as_str().strip_prefix(wanted.as_str()) {
        Some(below) => wanted.as_str().is_empty() || below.is_empty() || below.starts_with('.'),
        None => false,
    })
}

impl DocumentState<'_> {
    fn edit(&self, edits: &[TextEdit]) -> WorkspaceEdit {
        convert::workspace_edit(self.client, self.uri, Some(self.version), self.analysis.text(), edits)
    }

    /// The fixes of the findings in the range. A fix that several findings offer is one action for all of them.
    fn fixes(&self, params: &CodeActionParams, with_rewrites: bool, actions: &mut Vec<CodeAction>) {
        let span = convert::span(self.analysis.text(), params.range, self.client.encoding);
        let mut seen: Vec<(String, Vec<TextEdit>)> = Vec::new();
        let mut offers = ide::actions(self.analysis, span);
        if with_rewrites {
            offers.extend(ide::refactorings(self.analysis, span));
        }
        for action in offers {
            let diagnostic = action.finding.as_ref().map(|finding| self.diagnostic(params, finding));
            let same = seen.iter().position(|(title, edits)| *title == action.title && *edits == action.edits);
            if let Some(first) = same.and_then(|index| actions.get_mut(index)) {
                first.diagnostics.get_or_insert_default().extend(diagnostic);
                continue;
            }
            actions.push(CodeAction {
                title: action.title.clone(),
                kind: Some(match action.kind {
                    ActionKind::QuickFix => CodeActionKind::QUICKFIX,
                    ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
                    ActionKind::FixAll => FIX_ALL,
                }),
                diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
                edit: Some(self.edit(&action.edits)),
                is_preferred: action.preferred.then_some(true),
                ..CodeAction::default()
            });
            seen.push((action.title, action.edits));
        }
    }

    /// The actions that suppress the findings in the range: with comments, if the document can contain any, else with
    /// entries of the configuration file. If the client has a menu or can ask the user, a single action leads to the
    /// choice.
    fn suppressions(&self, params: &CodeActionParams, has_comments: bool, actions: &mut Vec<CodeAction>) {
        let mut offers = self.each_suppression(params, has_comments);
        let command = match self.session.suppression_menu() {
            SuppressionMenu::None => {
                actions.append(&mut offers);
                return;
            }
            SuppressionMenu::Own => CHOOSE,
            SuppressionMenu::Asked => SUPPRESS,
        };
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut choices = Vec::new();
        for CodeAction { title, edit, diagnostics: own, .. } in offers {
            let Some(edit) = edit else { continue };
            choices.push(Choice { title, edit });
            let new: Vec<Diagnostic> =
                own.into_iter().flatten().filter(|diagnostic| !diagnostics.contains(diagnostic)).collect();
            diagnostics.extend(new);
        }
        if choices.is_empty() {
            return;
        }
        let mut codes: Vec<&str> = diagnostics.iter().filter_map(code_of).collect();
        codes.sort_unstable();
        codes.dedup();
        let language = self.analysis.settings().language;
        let title = match codes.as_slice() {
            [code] => {
                let rule = selection::find(code).and_then(|rules| rules.first().copied());
                let name = rule.map_or(*code, |rule| rule.title(language));
                say!(language, "忽略“{name}”（{code}）…", "Ignore “{name}” ({code})…")
            }
            codes => {
                let count = codes.len();
                say!(language, "忽略此处的问题（{count} 条规则）…", "Ignore findings here ({count} rules)…")
            }
        };
        actions.push(CodeAction {
            title: title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(diagnostics),
            command: Some(Command { title, command: command.to_owned(), arguments: Some(vec![json!(choices)]) }),
            ..CodeAction::default()
        });
    }

    /// An action for each way to suppress a finding in the range.
    fn each_suppression(&self, params: &CodeActionParams, has_comments: bool) -> Vec<CodeAction> {
        let mut actions: Vec<CodeAction> = Vec::new();
        let span = convert::span(self.analysis.text(), params.range, self.client.encoding);
        let mut seen: Vec<(Suppression, usize)> = Vec::new();
        let file = match has_comments {
            true => None,
            false => ConfigurationFile::of(self),
        };
        for (finding, suppression) in ide::suppressions(self.analysis, span, has_comments) {
            let diagnostic = self.diagnostic(params, &finding);
            if let Some((_, index)) = seen.iter().find(|(other, _)| *other == suppression) {
                if let Some(action) = actions.get_mut(*index) {
                    action.diagnostics.get_or_insert_default().push(diagnostic);
                }
                continue;
            }
            let edit = match &suppression.edit {
                SuppressionEdit::Comment(edit) => Some(self.edit(std::slice::from_ref(edit))),
                SuppressionEdit::Entry(entry) => file.as_ref().and_then(|file| file.with(self, entry)),
            };
            let Some(edit) = edit else { continue };
            let title = suppression.title.clone();
            seen.push((suppression, actions.len()));
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic]),
                edit: Some(edit),
                ..CodeAction::default()
            });
        }
        actions
    }

    /// The diagnostic of `finding`: the client's own copy, if the request has one, so that the client recognises it.
    fn diagnostic(&self, params: &CodeActionParams, finding: &Finding) -> Diagnostic {
        let ours = diagnostics::diagnostic(Audience::of(self.session, self.uri), self.analysis, finding);
        let theirs = params
            .context
            .diagnostics
            .iter()
            .find(|theirs| theirs.source == ours.source && theirs.code == ours.code && theirs.range == ours.range);
        theirs.cloned().unwrap_or(ours)
    }

    /// The changes that `gongkai check --fix` would make to the document, as one edit.
    fn fix_all(&self) -> Option<CodeAction> {
        let edits = ide::fixed_edits(self.analysis);
        let count = edits.len();
        (count > 0).then(|| CodeAction {
            title: say!(
                self.analysis.settings().language,
                "修正全部可安全修正的问题（{count} 处）",
                "Apply every safe fix ({count} changes)"
            ),
            kind: Some(FIX_ALL),
            edit: Some(self.edit(&edits)),
            ..CodeAction::default()
        })
    }
}

/// The configuration file that an entry for a document is written into.
struct ConfigurationFile {
    uri: Url,
    /// The document's path, relative to the configuration file's folder.
    path: String,
    /// Its text, and its version if it is open; `None` if there is no such file yet.
    text: Option<(Text, Option<i32>)>,
}

impl ConfigurationFile {
    fn of(place: &DocumentState<'_>) -> Option<ConfigurationFile> {
        let file = place.session.configuration_for(place.uri)?;
        let document = configuration::resolve(&uris::path(place.uri)?);
        let folder = file.parent()?;
        let path = configuration::relative(&document, folder)?;
        if let Some(open) = place.session.documents.at(&file) {
            let (uri, open) = (open.uri().clone(), open.read());
            return Some(ConfigurationFile { uri, path, text: Some((open.text().clone(), Some(open.version()))) });
        }
        let uri = uris::beside(place.uri, folder, FILE_NAME).or_else(|| Url::from_file_path(&file).ok())?;
        let text = match file.exists() {
            true => Some((Text::new(&std::fs::read_to_string(&file).ok()?), None)),
            false => None,
        };
        Some(ConfigurationFile { uri, path, text })
    }

    /// The edit that writes `entry` into it; `None` if the client or the file does not take it.
    fn with(&self, place: &DocumentState<'_>, entry: &SuppressionEntry) -> Option<WorkspaceEdit> {
        let entry = NewEntry {
            // `./` limits the pattern to this file; without it, files of the same name elsewhere match too.
            path: format!("./{}", escape_glob(&self.path)),
            code: entry.code.to_owned(),
            text: entry.text.clone(),
            fingerprint: entry.fingerprint.clone(),
            reason: entry.reason.clone(),
        };
        let source = self.text.as_ref().map(|(text, _)| text.to_string()).unwrap_or_default();
        let edit = configuration::add_entry(&source, &entry)?;
        match &self.text {
            Some((text, version)) => Some(convert::workspace_edit(place.client, &self.uri, *version, text, &[edit])),
            None => place.client.creates_files.then(|| convert::new_file(&self.uri, edit.content)),
        }
    }
}

/// `path` as a pattern that matches it alone.
fn escape_glob(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_asks_for_itself_and_all_below() {
        let check = |wanted: &'static str, kind: &CodeActionKind| asks_for(&[CodeActionKind::new(wanted)], kind);
        for wanted in ["", "source", "source.fixAll", "source.fixAll.gongkai"] {
            assert!(check(wanted, &FIX_ALL), "{wanted}");
        }
        for other in ["quickfix", "source.fix", "source.fixAll.gongkai.x", "source.organizeImports"] {
            assert!(!check(other, &FIX_ALL), "{other}");
        }
        assert!(check("refactor", &CodeActionKind::REFACTOR_REWRITE));
        assert!(!check("refactor.extract", &CodeActionKind::REFACTOR_REWRITE));
        assert!(!asks_for(&[], &CodeActionKind::QUICKFIX));
    }
}
