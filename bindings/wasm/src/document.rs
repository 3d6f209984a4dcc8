//! A document that stays open. Lines and characters are those of editors: both from 0, characters in units of UTF-16, as in
//! the strings of JavaScript. A byte order mark is no character of it.

use crate::types::{ActionJson, EditJson, FindingsJson, FixJson, HoverJson, OpenFindingJson, PlaceJson, RelatedJson};
use crate::{bytes_of, types};
use gongkai::analysis::{Analysis, FindingIdentity};
use gongkai::config::Language;
use gongkai::exchange::{FileCheck, encoded, has_mark, not_word, severity_key};
use gongkai::files::docx::{Refusal, WordFile};
use gongkai::files::{Charset, OpenedFile};
use gongkai::ide::{self, CellName, CellRefusal};
use gongkai::rules::{Applicability, Finding};
use gongkai::say;
use gongkai::text::{Encoding, Position, Span, TextEdit};
use js_sys::{JSON, Uint8Array};
use serde::Serialize;
use std::cmp::Reverse;
use std::sync::Arc;
use types::{PositionJson, RangeJson};
use wasm_bindgen::prelude::*;

/// A report that is open in an editor.
#[wasm_bindgen]
pub struct Document {
    check: FileCheck,
    analysis: Analysis,
    /// The Word file as it now is, if it is one.
    word: Option<WordFile>,
    /// How its lines end.
    line_end: &'static str,
}

#[wasm_bindgen]
impl Document {
    /// Opens a file. `filename` gives it a name, `config` is the text of a `gongkai.toml`.
    ///
    /// # Errors
    ///
    /// If the file or the configuration cannot be read: why, and what to do.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | string")] data: JsValue,
        filename: Option<String>,
        config: Option<String>,
    ) -> Result<Document, JsError> {
        let check = FileCheck::open(bytes_of(&data)?, filename.as_deref(), config.as_deref(), None)
            .map_err(|message| JsError::new(&message))?;
        let word = match check.file() {
            OpenedFile::Word(word) => Some((**word).clone()),
            OpenedFile::Text(_) => None,
        };
        let (analysis, line_end) = (check.analysis(), line_end(check.file().text()));
        Ok(Document { check, analysis, word, line_end })
    }

    /// Its text, without a byte order mark, with the line ends that it has.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        let mut text = self.analysis.text().to_string();
        if self.mark() > 0 {
            text.remove(0);
        }
        text
    }

    /// Whether a report was recognised in it.
    #[wasm_bindgen(getter, js_name = isReport)]
    pub fn is_report(&self) -> bool {
        self.analysis.is_report()
    }

    /// Whether it is a Word file.
    #[wasm_bindgen(getter, js_name = isWord)]
    pub fn is_word(&self) -> bool {
        self.word.is_some()
    }

    /// The encoding of a file that is text.
    #[wasm_bindgen(getter)]
    pub fn encoding(&self) -> Option<String> {
        match self.check.file() {
            OpenedFile::Text(file) => Some(file.charset.name().to_owned()),
            OpenedFile::Word(_) => None,
        }
    }

    /// Puts `edits` into it, all of them or none: their ranges are those of the text before, and no two are at the same
    /// place. Says why not if it cannot: in a Word file some paragraphs must be left as they are.
    ///
    /// # Errors
    ///
    /// If `edits` is not an array of edits.
    pub fn edit(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Edit[]")] edits: JsValue,
    ) -> Result<Option<String>, JsError> {
        let edits: Vec<EditJson> = from_js(&edits)?;
        let mut edits: Vec<TextEdit> = edits
            .iter()
            .map(|edit| TextEdit { span: self.span(edit.range), content: self.with_line_ends(&edit.text) })
            .collect();
        edits.sort();
        let Some(word) = &self.word else {
            // From the end, so that no edit moves the place of another.
            for edit in edits.iter().rev() {
                self.analysis.edit(edit.span, &edit.content);
            }
            return Ok(None);
        };
        match word.edited(&edits) {
            Ok(edited) => {
                self.analysis = self.check.analysis_of(edited.document());
                self.word = Some(edited);
                Ok(None)
            }
            Err(refusal) => Ok(Some(self.refused(refusal))),
        }
    }

    /// Has it checked beside another file from now on, as if both were in one folder. Says whether that holds the report of
    /// the same body for the year before.
    ///
    /// # Errors
    ///
    /// If the other file cannot be read: why, and what to do.
    #[wasm_bindgen(js_name = putBeside)]
    pub fn put_beside(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | string")] data: JsValue,
        filename: Option<String>,
    ) -> Result<bool, JsError> {
        let language = Some(self.check.settings().language);
        let other = FileCheck::open(bytes_of(&data)?, filename.as_deref(), None, language)
            .map_err(|message| JsError::new(&message))?;
        let document = match &self.word {
            Some(word) => word.document(),
            None => gongkai::report::Document::new(&self.analysis.text().to_string()),
        };
        let is_last_year = self.check.put_beside(&other, &document);
        self.analysis = self.check.analysis_of(document);
        Ok(is_last_year)
    }

    /// What there is to say of it: the gravest findings if there are more than are shown, by position; and how many there
    /// are in all.
    #[wasm_bindgen(unchecked_return_type = "OpenFindings")]
    pub fn findings(&self) -> Result<JsValue, JsError> {
        let outcome = self.check.outcome(&self.analysis);
        let mut counts = [0; 3];
        for finding in &outcome.findings {
            *gongkai::analysis::number_of(finding.severity, &mut counts) += 1;
        }
        let mut found: Vec<(&Finding, &FindingIdentity)> = outcome.findings.iter().zip(&outcome.identities).collect();
        let shown = self.check.settings().max_findings;
        if found.len() > shown {
            found.sort_by_key(|(finding, _)| Reverse(finding.severity));
            found.truncate(shown);
            found.sort_by_key(|(finding, _)| (finding.span, finding.rule.code));
        }
        let findings = found.into_iter().map(|(finding, known)| self.finding(finding, known)).collect();
        let [errors, warnings, infos] = counts;
        to_js(&FindingsJson { findings, errors, warnings, infos })
    }

    /// What the word or the figure at `position` means; nothing if there is nothing to say.
    #[wasm_bindgen(unchecked_return_type = "Hover | null")]
    pub fn hover(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Position")] position: JsValue,
    ) -> Result<JsValue, JsError> {
        let hover = ide::hover(&self.analysis, self.offset(from_js(&position)?));
        to_js(&hover.map(|hover| HoverJson { range: self.range(hover.span), markdown: hover.markdown }))
    }

    /// What can be done about the findings that `range` meets.
    #[wasm_bindgen(unchecked_return_type = "Action[]")]
    pub fn actions(&self, #[wasm_bindgen(unchecked_param_type = "Range")] range: JsValue) -> Result<JsValue, JsError> {
        let actions = ide::actions(&self.analysis, self.span(from_js(&range)?)).into_iter();
        let possible = actions.filter(|action| self.can(&action.edits));
        let actions: Vec<ActionJson> = possible
            .map(|action| ActionJson {
                title: action.title,
                code: action.finding.as_ref().map(|finding| finding.rule.code),
                preferred: action.preferred,
                edits: self.edits(&action.edits),
            })
            .collect();
        to_js(&actions)
    }

    /// Where the figure at `position` comes from: the cells that it repeats, the parts of a total.
    #[wasm_bindgen(unchecked_return_type = "Range[]")]
    pub fn definitions(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Position")] position: JsValue,
    ) -> Result<JsValue, JsError> {
        let spans = ide::definitions(&self.analysis, self.offset(from_js(&position)?));
        let ranges: Vec<RangeJson> = spans.into_iter().map(|span| self.range(span)).collect();
        to_js(&ranges)
    }

    /// The reports in it as data: title, headings, words, tables in their official form, findings.
    #[wasm_bindgen(unchecked_return_type = "Report[]")]
    pub fn report(&self) -> Result<JsValue, JsError> {
        let outcome = self.check.outcome(&self.analysis);
        to_js(&ide::report_data(&self.analysis, outcome, |span| self.range(span)))
    }

    /// The edits that write `value` into a cell and change no other figure. `report` counts the reports from 0; `row` and
    /// `column` are named as the format prints them. The edits are not made yet.
    ///
    /// # Errors
    ///
    /// If the cell cannot be written alone: why, and what to do.
    #[wasm_bindgen(js_name = setCell, unchecked_return_type = "Edit[]")]
    pub fn set_cell(
        &self,
        report: usize,
        table: u8,
        row: Option<String>,
        column: &str,
        value: &str,
    ) -> Result<JsValue, JsError> {
        let name = CellName { report, table, row: row.as_deref().unwrap_or_default(), column };
        let language = self.check.settings().language;
        let refused = |refusal: CellRefusal| JsError::new(&refusal.message(language));
        let edits = ide::set_cell(&self.analysis, name, value).map_err(refused)?;
        if !self.can(&edits) {
            return Err(JsError::new(&self.refused(Refusal::NoWords)));
        }
        to_js(&self.edits(&edits))
    }

    /// The edits that apply every safe fix, as `gongkai check --fix` does. They are not made yet.
    #[wasm_bindgen(js_name = fixAll, unchecked_return_type = "Edit[]")]
    pub fn fix_all(&self) -> Result<JsValue, JsError> {
        let fixed = match &self.word {
            None => ide::fixed_point(&self.analysis),
            Some(word) => {
                let mut word = word.clone();
                let mut last: Vec<TextEdit> = Vec::new();
                ide::apply_fixes(&self.analysis, |analysis| {
                    match word.edited(&last) {
                        Ok(edited) => word = edited,
                        Err(_) => return Vec::new(),
                    }
                    // What is shown of the file must be what the edits make of the text.
                    if *analysis.text() != *word.text() {
                        return Vec::new();
                    }
                    let mut findings = analysis.findings();
                    word.keep_writable(&mut findings);
                    last = ide::fix_all(&findings);
                    last.clone()
                })
            }
        };
        to_js(&self.edits(&fixed.edits))
    }

    /// Has messages in the language of this BCP 47 tag from now on.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&mut self, language: &str) {
        self.check.set_language(Language::of_tag(language));
        self.analysis.configure(Arc::clone(self.check.settings()));
    }

    /// Its bytes as they are to be saved: in `encoding`, or else in the encoding that it came in; of a Word file with only
    /// the document changed.
    ///
    /// # Errors
    ///
    /// If that cannot be: why, and what to do.
    pub fn bytes(&self, encoding: Option<String>) -> Result<Uint8Array, JsError> {
        let language = self.check.settings().language;
        let bytes = match (self.check.file(), &self.word) {
            (_, Some(word)) => word.to_bytes().map_err(|error| not_word(error, language)),
            (OpenedFile::Text(file), None) => {
                let mut file = file.clone();
                if let Some(name) = encoding {
                    file.charset = Charset::named(&name).ok_or_else(|| JsError::new("no such encoding"))?;
                    // All of it is written anew.
                    file.exact = true;
                    file.text.clear();
                }
                encoded(&file, &self.analysis.text().to_string(), language).map(|(_, bytes)| bytes)
            }
            (OpenedFile::Word(word), None) => Ok(word.bytes().to_vec()),
        };
        bytes.map(|bytes| Uint8Array::from(bytes.as_slice())).map_err(|message| JsError::new(&message))
    }

    /// The letter of findings on it as it now is: a page in one file, to print or send.
    pub fn letter(&self) -> String {
        self.check.letter_of(&self.analysis)
    }
}

impl Document {
    fn finding(&self, finding: &Finding, known: &FindingIdentity) -> OpenFindingJson {
        let language = self.check.settings().language;
        let place = &known.place;
        let fixes = finding.fixes.iter().map(|fix| FixJson {
            title: fix.message.clone(),
            safe: fix.applicability == Applicability::Safe,
            preferred: fix.preferred,
            edits: self.edits(&fix.edits),
        });
        OpenFindingJson {
            code: finding.rule.code,
            title: finding.rule.title(language),
            severity: severity_key(finding.severity),
            message: finding.message.clone(),
            range: self.range(finding.span),
            place: PlaceJson {
                section: place.section,
                table: place.table,
                row: place.row,
                column: place.column.as_deref().map(str::to_owned),
            },
            fingerprint: known.fingerprint.clone(),
            related: finding
                .related
                .iter()
                .map(|related| RelatedJson { message: related.message.clone(), range: self.range(related.span) })
                .collect(),
            fixes: fixes.collect(),
        }
    }

    fn edits(&self, edits: &[TextEdit]) -> Vec<EditJson> {
        edits.iter().map(|edit| EditJson { range: self.range(edit.span), text: edit.content.clone() }).collect()
    }

    /// Whether `edits` have a way into the file.
    fn can(&self, edits: &[TextEdit]) -> bool {
        self.word.as_ref().is_none_or(|word| word.edited(edits).is_ok())
    }

    /// How many characters of the first line are the byte order mark.
    fn mark(&self) -> usize {
        usize::from(has_mark(self.analysis.text()))
    }

    fn offset(&self, position: PositionJson) -> usize {
        let PositionJson { line, character } = position;
        let column = if line == 0 { character.saturating_add(self.mark()) } else { character };
        self.analysis.text().offset(Position { line, column }, Encoding::Utf16)
    }

    fn span(&self, range: RangeJson) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    fn position(&self, offset: usize) -> PositionJson {
        let Position { line, column } = self.analysis.text().position(offset, Encoding::Utf16);
        PositionJson { line, character: if line == 0 { column.saturating_sub(self.mark()) } else { column } }
    }

    pub(crate) fn range(&self, span: Span) -> RangeJson {
        RangeJson { start: self.position(span.start), end: self.position(span.end) }
    }

    /// `text` with the line ends of the document.
    fn with_line_ends(&self, text: &str) -> String {
        let plain = text.replace("\r\n", "\n").replace('\r', "\n");
        if self.line_end == "\n" { plain } else { plain.replace('\n', self.line_end) }
    }

    /// Why the Word file is not edited in this way, and what to do.
    fn refused(&self, refusal: Refusal) -> String {
        let language = self.check.settings().language;
        match refusal {
            Refusal::Locked(_) => say!(
                language,
                "此处在 Word 文件中有修订或域，不能在这里修改：请在 Word 或 WPS 中接受修订或改动后再检查",
                "there are tracked changes or a field here: accept them, or change this in Word or WPS, and check again"
            ),
            Refusal::NoWords => say!(
                language,
                "Word 文件在这里只能修改段落和单元格中的文字，不能增删段落、行或自动编号：请在 Word 或 WPS 中修改",
                "only words inside a paragraph or a cell of a Word file can be changed here, not paragraphs, rows or automatic numbers: change these in Word or WPS"
            ),
        }
    }
}

/// How the first line of `text` ends.
fn line_end(text: &str) -> &'static str {
    match text.find(['\r', '\n']).map(|at| &text.as_bytes()[at..]) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    }
}

fn from_js<T: serde::de::DeserializeOwned>(value: &JsValue) -> Result<T, JsError> {
    let json = JSON::stringify(value).map_err(|_| JsError::new("not JSON"))?;
    serde_json::from_str(&String::from(json)).map_err(|error| JsError::new(&error.to_string()))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let json = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    JSON::parse(&json).map_err(|_| JsError::new("not JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_end_is_that_of_the_document() {
        for (text, expected) in
            [("", "\n"), ("a", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb\n", "\r"), ("\r", "\r")]
        {
            assert_eq!(line_end(text), expected, "{text:?}");
        }
    }
}
