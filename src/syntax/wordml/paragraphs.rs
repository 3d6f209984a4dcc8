//! Reads the paragraphs and tables of a document from `document.xml`, element by element.
//!
//! Invisible text is left out: deleted and moved-away text, hidden text, the codes of fields, all but one branch of
//! alternate content. Every paragraph is kept, so that paragraphs can be counted.

use super::numbering::{ListRef, Numbering, unread};
use super::xml::{Element, MalformedXml, Vocabulary, Xml, value};
use crate::syntax::CellPlace;
use crate::syntax::view::takes_no_place;
use crate::text::Span;
use std::collections::BTreeMap;

/// The character for a line break inside a paragraph, which does not end a line of the text.
pub(super) const BREAK: char = '\u{2028}';

/// The largest number of columns of a table; further columns are treated as one.
const WIDEST: usize = 1000;

/// A column narrower than this, in twentieths of a point, comes from an inexact border.
const JITTER: u64 = 60;

/// Why a paragraph must not be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It contains tracked changes.
    Changes,
    /// It contains a field, or a control whose content is stored elsewhere or locked.
    Field,
}

/// The form in which a part of the visible text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenForm {
    /// Byte for byte, in `w:t`.
    Verbatim,
    /// A reference: one character in `w:t` in another form.
    Reference,
    /// An element of its own: `w:tab`, `w:br`, `w:sym`.
    Object,
    /// Without source: the number of a list, or text that must not be changed.
    Nowhere,
}

/// A part of the visible text of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct WordPiece {
    pub(super) shown: String,
    /// Its place.
    pub(super) source: Span,
    pub(super) form: WrittenForm,
    /// The index of its run.
    pub(super) run: Option<usize>,
}

/// The place for a new run in a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// The paragraph's end; for an element without content its tag, which then needs an end tag.
    pub(super) place: Span,
    /// The prefix of its element, with its colon.
    pub(super) prefix: String,
    /// The properties of the paragraph's mark, which a new run gets.
    pub(super) properties: Option<Span>,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct WordLine {
    pub(super) pieces: Vec<WordPiece>,
    pub(super) anchor: Anchor,
    pub(super) lock: Option<Lock>,
    /// Whether it is a line of a table of contents.
    pub(super) of_contents: bool,
    /// Whether it is invisible, for example in a cell that is merged with the one above.
    pub(super) unseen: bool,
    /// Whether its end was deleted: its text is part of the next paragraph.
    pub(super) is_joined: bool,
    style: Option<String>,
    list: ListRef,
    number: Option<String>,
    in_table: bool,
}

/// A paragraph or a table of a document.
#[derive(Clone, Debug)]
pub(super) enum WordNode {
    /// The index of a paragraph.
    Line(usize),
    Table(WordTable),
}

/// A table: its rows, and the widths of the columns of its grid.
#[derive(Clone, Debug, Default)]
pub(super) struct WordTable {
    pub(super) rows: Vec<WordRow>,
    widths: Vec<u64>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct WordRow {
    pub(super) cells: Vec<WordCell>,
    /// The number of columns before its first cell.
    before: usize,
    /// Whether a tracked change deleted it.
    gone: bool,
}

/// How a cell is merged with the one above it or before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

impl Merge {
    fn of(value: Option<&str>) -> Merge {
        if value == Some("restart") { Merge::Restart } else { Merge::Continue }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct WordCell {
    pub(super) nodes: Vec<WordNode>,
    /// The first of its paragraphs, and the one after its last.
    pub(super) lines: (usize, usize),
    /// How many columns of the grid it covers.
    span: usize,
    down: Merge,
    right: Merge,
    gone: bool,
    /// Its place; `None` if it is part of another cell, or deleted.
    pub(super) place: Option<CellPlace>,
}

/// The content of a document.
#[derive(Debug, Default)]
pub(super) struct WordDocument {
    pub(super) lines: Vec<WordLine>,
    pub(super) nodes: Vec<WordNode>,
    /// The runs, by their start.
    pub(super) runs: Vec<Span>,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// An element whose content is read as if the element did not exist.
    Through,
    /// Whether its end was deleted: its text continues in the next paragraph.
    Paragraph {
        line: usize,
        is_joined: bool,
    },
    ParagraphProperties,
    /// The properties of a paragraph's mark.
    MarkProperties {
        start: usize,
        is_plain: bool,
    },
    Run,
    RunProperties,
    Text {
        is_preserved: bool,
    },
    /// A tracked change whose content is visible.
    Change,
    /// A field, or a control whose content must not be changed.
    Locked,
    ControlProperties,
    Table,
    Row,
    Cell,
    RowProperties,
    CellProperties,
    Grid,
    /// Alternate content for several programs, and whether a branch was read.
    Alternate {
        is_read: bool,
    },
    /// Paragraphs inside a paragraph.
    Box,
}

/// An open field.
#[derive(Clone, Copy, Debug)]
struct Field {
    /// Whether its result has begun.
    in_result: bool,
    is_contents: bool,
}

/// An open container of paragraphs and tables.
#[derive(Debug, Default)]
struct OpenContainer {
    nodes: Vec<WordNode>,
    table: Option<WordTable>,
    /// The text of a paragraph whose end was deleted: it continues in the next paragraph.
    carried: Vec<WordPiece>,
    carried_from: Option<usize>,
    carried_lock: Option<Lock>,
}

/// An open run.
#[derive(Default)]
struct OpenRun {
    index: usize,
    is_unread: bool,
    /// Whether the style of the run makes its text skipped; its own properties override this.
    by_style: bool,
    own: BTreeMap<String, bool>,
}

pub(super) struct WordReader<'a> {
    source: &'a str,
    xml: Xml<'a>,
    numbering: Numbering,
    frames: Vec<Frame>,
    containers: Vec<OpenContainer>,
    document: WordDocument,
    /// The open paragraphs, the innermost last: a text box inside a paragraph contains paragraphs.
    open: Vec<usize>,
    fields: Vec<Field>,
    runs: Vec<OpenRun>,
    /// The numbers of open tracked changes and of open locked elements.
    changes: usize,
    locked: usize,
    /// The number of open rows or cells that a tracked change deleted.
    gone: usize,
    tables: usize,
}

impl<'a> WordReader<'a> {
    pub(super) fn new(source: &'a str, numbering: Numbering) -> WordReader<'a> {
        WordReader {
            source,
            xml: Xml::new(source),
            numbering,
            frames: Vec::new(),
            containers: vec![OpenContainer::default()],
            document: WordDocument::default(),
            open: Vec::new(),
            fields: Vec::new(),
            runs: Vec::new(),
            changes: 0,
            locked: 0,
            gone: 0,
            tables: 0,
        }
    }

    /// Reads the document to its end.
    pub(super) fn read(mut self) -> Result<WordDocument, MalformedXml> {
        let mut is_document = false;
        while let Some(element) = self.xml.next_element()? {
            match element {
                Element::Start { vocabulary, name, attributes, span, is_empty } => {
                    is_document |= vocabulary == Vocabulary::Word && name == "body";
                    self.start(vocabulary, &name, &attributes, span, is_empty)?;
                }
                Element::End { span, .. } => self.end(span),
                Element::Text(span) => self.text(span),
                Element::Reference(span, c) => {
                    if matches!(self.frames.last(), Some(Frame::Text { .. })) {
                        self.piece(c.to_string(), span, WrittenForm::Reference);
                    }
                }
                Element::Data(span, words) => {
                    if matches!(self.frames.last(), Some(Frame::Text { .. })) {
                        self.piece(words, span, WrittenForm::Nowhere);
                    }
                }
            }
        }
        if !is_document {
            return Err(MalformedXml { at: 0 });
        }
        let container = self.containers.pop().unwrap_or_default();
        let mut document = self.document;
        document.nodes = container.nodes;
        let WordDocument { lines, nodes, .. } = &mut document;
        for node in nodes {
            place_cells(node, lines);
        }
        Ok(document)
    }

    fn line(&mut self) -> Option<&mut WordLine> {
        let line = self.open.last()?;
        self.document.lines.get_mut(*line)
    }

    fn lock(&mut self, lock: Lock) {
        for index in &self.open {
            if let Some(line) = self.document.lines.get_mut(*index) {
                line.lock.get_or_insert(lock);
            }
        }
    }

    fn start(
        &mut self,
        vocabulary: Vocabulary,
        name: &str,
        attributes: &[(String, String)],
        span: Span,
        is_empty: bool,
    ) -> Result<(), MalformedXml> {
        let val = || value(attributes, "val");
        if vocabulary == Vocabulary::Compatibility {
            if let ("Choice" | "Fallback", Some(Frame::Alternate { is_read })) = (name, self.frames.last_mut())
                && std::mem::replace(is_read, true)
            {
                return self.xml.skip();
            }
            let is_alternate = name == "AlternateContent";
            self.frames.push(if is_alternate { Frame::Alternate { is_read: false } } else { Frame::Through });
            return Ok(());
        }
        if vocabulary != Vocabulary::Word {
            self.frames.push(Frame::Through);
            return Ok(());
        }
        let parent = self.frames.last().copied();
        // The old properties of a change, and elements without visible text.
        let of_mark = matches!(parent, Some(Frame::MarkProperties { .. } | Frame::RowProperties));
        let is_passed_over = match name {
            "del" | "moveFrom" => !of_mark,
            "delText" | "instrText" | "delInstrText" | "sectPr" | "tblPr" | "rt" | "rubyPr" => true,
            name => name.ends_with("Change"),
        };
        if is_passed_over {
            if matches!(name, "del" | "moveFrom") || name.ends_with("PrChange") {
                self.lock(Lock::Changes);
            }
            if name == "instrText" && self.fields.last().is_some_and(|field| !field.in_result) {
                return self.instruction();
            }
            return self.xml.skip();
        }
        let frame = match (name, parent) {
            ("p", _) => self.start_paragraph(span, is_empty),
            ("pPr", Some(Frame::Paragraph { .. })) => Frame::ParagraphProperties,
            ("rPr", Some(Frame::ParagraphProperties)) => Frame::MarkProperties { start: span.start, is_plain: true },
            ("pStyle", Some(Frame::ParagraphProperties)) => {
                if let Some(line) = self.line() {
                    line.style = val();
                }
                Frame::Through
            }
            ("numId" | "ilvl", _) => {
                if let Some(line) = self.line() {
                    match name {
                        "numId" => line.list.list = val(),
                        _ => line.list.level = val().and_then(|level| level.parse().ok()),
                    }
                }
                Frame::Through
            }
            ("ins" | "moveTo" | "del" | "moveFrom", Some(Frame::MarkProperties { .. })) => {
                self.lock(Lock::Changes);
                for frame in self.frames.iter_mut().rev().take(3) {
                    match frame {
                        Frame::MarkProperties { is_plain, .. } => *is_plain = false,
                        Frame::Paragraph { is_joined, .. } => *is_joined |= matches!(name, "del" | "moveFrom"),
                        _ => {}
                    }
                }
                Frame::Through
            }
            ("ins" | "moveTo", _) => {
                self.changes += 1;
                self.lock(Lock::Changes);
                Frame::Change
            }
            ("r", _) if !self.open.is_empty() => {
                self.runs.push(OpenRun { index: self.document.runs.len(), ..OpenRun::default() });
                self.document.runs.push(Span::at(span.start));
                if self.changes > 0 {
                    self.lock(Lock::Changes);
                }
                if self.locked > 0 {
                    self.lock(Lock::Field);
                }
                Frame::Run
            }
            ("rPr", Some(Frame::Run)) => Frame::RunProperties,
            ("rStyle", Some(Frame::RunProperties)) => {
                let is_unread = val().is_some_and(|style| self.numbering.is_unread(&style));
                if let Some(run) = self.runs.last_mut() {
                    run.by_style = is_unread;
                    run.settle();
                }
                Frame::Through
            }
            (name, Some(Frame::RunProperties)) => {
                if let (Some(is_unread), Some(run)) = (unread(name, val().as_deref()), self.runs.last_mut()) {
                    run.own.insert(name.to_owned(), is_unread);
                    run.settle();
                }
                Frame::Through
            }
            ("t", Some(Frame::Run)) => {
                Frame::Text { is_preserved: value(attributes, "space").as_deref() == Some("preserve") }
            }
            ("tab" | "ptab", Some(Frame::Run)) => self.object("\t".into(), span, is_empty),
            ("br" | "cr", Some(Frame::Run)) => match value(attributes, "type").as_deref() {
                Some("page" | "column") => Frame::Through,
                _ => self.object(BREAK.to_string(), span, is_empty),
            },
            ("noBreakHyphen", Some(Frame::Run)) => self.object("-".into(), span, is_empty),
            ("sym", Some(Frame::Run)) => {
                let font = value(attributes, "font").unwrap_or_default();
                let shown = symbol(&font, value(attributes, "char").as_deref().unwrap_or_default());
                self.object(shown.to_string(), span, is_empty)
            }
            ("fldChar", _) => {
                self.field(value(attributes, "fldCharType").as_deref());
                Frame::Through
            }
            ("fldSimple", _) => {
                self.locked += 1;
                self.lock(Lock::Field);
                let is_contents = value(attributes, "instr").is_some_and(|code| is_contents(&code));
                if let Some(line) = self.line().filter(|_| is_contents) {
                    line.of_contents = true;
                }
                Frame::Locked
            }
            ("sdtPr", _) => Frame::ControlProperties,
            ("dataBinding", Some(Frame::ControlProperties)) => self.lock_control(),
            ("lock", Some(Frame::ControlProperties)) => match val().as_deref() {
                Some("sdtContentLocked" | "contentLocked") => self.lock_control(),
                _ => Frame::Through,
            },
            // The placeholder of a control, and the choices of a list.
            ("rPr" | "placeholder" | "comboBox" | "dropDownList" | "date", Some(Frame::ControlProperties)) => {
                return self.xml.skip();
            }
            ("tbl", _) => {
                self.tables += 1;
                if let Some(container) = self.containers.last_mut() {
                    container.join_nothing(&mut self.document.lines);
                }
                self.containers.push(OpenContainer { table: Some(WordTable::default()), ..OpenContainer::default() });
                Frame::Table
            }
            ("tblGrid", Some(Frame::Table)) => Frame::Grid,
            ("gridCol", Some(Frame::Grid)) => {
                let width = value(attributes, "w").and_then(|width| width.parse().ok()).unwrap_or(0);
                if let Some(table) = self.table().filter(|table| table.widths.len() < WIDEST) {
                    table.widths.push(width);
                }
                Frame::Through
            }
            ("tr", _) if self.table().is_some() => {
                if let Some(table) = self.table() {
                    table.rows.push(WordRow::default());
                }
                Frame::Row
            }
            ("trPr", Some(Frame::Row)) => Frame::RowProperties,
            ("gridBefore", Some(Frame::RowProperties)) => {
                let before = val().and_then(|before| before.parse().ok()).unwrap_or(0).min(WIDEST);
                if let Some(row) = self.row() {
                    row.before = before;
                }
                Frame::Through
            }
            ("del" | "moveFrom", Some(Frame::RowProperties)) => {
                if let Some(row) = self.row()
                    && !std::mem::replace(&mut row.gone, true)
                {
                    self.gone += 1;
                }
                Frame::Through
            }
            ("tc", _) if self.row().is_some() => {
                let first = self.document.lines.len();
                if let Some(row) = self.row() {
                    row.cells.push(WordCell { span: 1, lines: (first, first), ..WordCell::default() });
                }
                self.containers.push(OpenContainer::default());
                Frame::Cell
            }
            ("tcPr", Some(Frame::Cell)) => Frame::CellProperties,
            (name, Some(Frame::CellProperties)) => {
                let mut is_gone = false;
                if let Some(cell) = self.cell() {
                    match name {
                        "gridSpan" => {
                            cell.span = val().and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, WIDEST);
                        }
                        "vMerge" => cell.down = Merge::of(val().as_deref()),
                        "hMerge" => cell.right = Merge::of(val().as_deref()),
                        "cellDel" => is_gone = !std::mem::replace(&mut cell.gone, true),
                        _ => {}
                    }
                }
                self.gone += usize::from(is_gone);
                Frame::Through
            }
            ("txbxContent", _) => {
                self.containers.push(OpenContainer::default());
                Frame::Box
            }
            _ => Frame::Through,
        };
        self.frames.push(frame);
        Ok(())
    }

    /// Locks the content of the control whose properties are open, up to the end of the control.
    fn lock_control(&mut self) -> Frame {
        let control = self.frames.len().checked_sub(2).and_then(|at| self.frames.get_mut(at));
        if let Some(control) = control
            && matches!(control, Frame::Through)
        {
            *control = Frame::Locked;
            self.locked += 1;
        }
        Frame::Through
    }

    fn start_paragraph(&mut self, span: Span, is_empty: bool) -> Frame {
        let tag = span.of(self.source);
        let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next();
        let prefix = name.and_then(|name| name.split_once(':')).map(|(prefix, _)| format!("{prefix}:"));
        let place = if is_empty { span } else { Span::at(span.end) };
        let in_contents = self.fields.iter().any(|field| field.is_contents);
        let lock = if self.fields.is_empty() { None } else { Some(Lock::Field) };
        let lock = lock.or((self.locked > 0).then_some(Lock::Field)).or((self.changes > 0).then_some(Lock::Changes));
        let index = self.document.lines.len();
        self.document.lines.push(WordLine {
            anchor: Anchor { place, prefix: prefix.unwrap_or_default(), properties: None },
            of_contents: in_contents,
            lock,
            in_table: self.tables > 0,
            unseen: self.gone > 0,
            ..WordLine::default()
        });
        if let Some(container) = self.containers.last_mut() {
            container.nodes.push(WordNode::Line(index));
            if let Some(line) = self.document.lines.get_mut(index) {
                line.pieces = std::mem::take(&mut container.carried);
                line.lock = line.lock.or(container.carried_lock.take());
                container.carried_from = None;
            }
        }
        self.open.push(index);
        Frame::Paragraph { line: index, is_joined: false }
    }

    fn object(&mut self, shown: String, span: Span, is_empty: bool) -> Frame {
        // An element with content cannot be replaced as a unit.
        self.piece(shown, span, if is_empty { WrittenForm::Object } else { WrittenForm::Nowhere });
        Frame::Through
    }

    fn field(&mut self, kind: Option<&str>) {
        self.lock(Lock::Field);
        match kind {
            Some("begin") => self.fields.push(Field { in_result: false, is_contents: false }),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// Reads a part of the code of a field.
    fn instruction(&mut self) -> Result<(), MalformedXml> {
        let mut code = String::new();
        while let Some(element) = self.xml.next_element()? {
            match element {
                Element::Text(span) => code.push_str(span.of(self.source)),
                Element::End { .. } => break,
                Element::Start { .. } => self.xml.skip()?,
                _ => {}
            }
        }
        let is_contents = is_contents(&code);
        if let Some(field) = self.fields.last_mut() {
            field.is_contents |= is_contents;
        }
        if let Some(line) = self.line().filter(|_| is_contents) {
            line.of_contents = true;
        }
        Ok(())
    }

    fn table(&mut self) -> Option<&mut WordTable> {
        self.containers.last_mut()?.table.as_mut()
    }

    fn row(&mut self) -> Option<&mut WordRow> {
        self.table()?.rows.last_mut()
    }

    /// The open cell.
    fn cell(&mut self) -> Option<&mut WordCell> {
        let table = self.containers.len().checked_sub(2)?;
        self.containers.get_mut(table)?.table.as_mut()?.rows.last_mut()?.cells.last_mut()
    }

    fn text(&mut self, span: Span) {
        let Some(Frame::Text { is_preserved }) = self.frames.last() else { return };
        let is_xml_space = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
        let mut span = span;
        if !is_preserved {
            let text = span.of(self.source);
            let inner = text.trim_matches(is_xml_space);
            span.start += text.len() - text.trim_start_matches(is_xml_space).len();
            span.end = span.start + inner.len();
        }
        let text = span.of(self.source);
        let mut at = 0;
        for (index, c) in text.char_indices() {
            let shown = match c {
                '\n' | '\r' | '\t' | '\u{b}' | '\u{2028}' | '\u{2029}' => Some(" "),
                c if takes_no_place(c) => Some(""),
                _ => None,
            };
            let Some(shown) = shown else { continue };
            self.verbatim(Span::new(span.start + at, span.start + index));
            at = index + c.len_utf8();
            if !shown.is_empty() {
                self.piece(shown.into(), Span::new(span.start + index, span.start + at), WrittenForm::Reference);
            }
        }
        self.verbatim(Span::new(span.start + at, span.end));
    }

    fn verbatim(&mut self, span: Span) {
        if !span.is_empty() {
            self.piece(span.of(self.source).to_owned(), span, WrittenForm::Verbatim);
        }
    }

    fn piece(&mut self, shown: String, source: Span, form: WrittenForm) {
        let in_code = self.fields.iter().any(|field| !field.in_result);
        let run = self.runs.last();
        let is_unread = run.is_some_and(|run| run.is_unread);
        if self.gone > 0 || in_code || is_unread || shown.is_empty() {
            return;
        }
        let run = run.map(|run| run.index);
        if let Some(line) = self.line() {
            line.pieces.push(WordPiece { shown, source, form, run });
        }
    }

    fn end(&mut self, span: Span) {
        let Some(frame) = self.frames.pop() else { return };
        match frame {
            Frame::Through
            | Frame::RunProperties
            | Frame::Text { .. }
            | Frame::ControlProperties
            | Frame::RowProperties
            | Frame::CellProperties
            | Frame::Grid
            | Frame::Alternate { .. } => {}
            Frame::ParagraphProperties => self.number(),
            Frame::MarkProperties { start, is_plain } => {
                if let Some(line) = self.line().filter(|_| is_plain) {
                    line.anchor.properties = Some(Span::new(start, span.end));
                }
            }
            Frame::Run => {
                let run = self.runs.pop().and_then(|run| self.document.runs.get_mut(run.index));
                if let Some(run) = run {
                    run.end = span.end;
                }
            }
            Frame::Change => self.changes = self.changes.saturating_sub(1),
            Frame::Locked => self.locked = self.locked.saturating_sub(1),
            Frame::Paragraph { line, is_joined } => self.end_paragraph(line, is_joined, span),
            Frame::Cell => {
                let Some(mut container) = self.containers.pop() else { return };
                container.join_nothing(&mut self.document.lines);
                let end = self.document.lines.len();
                let mut is_gone = false;
                if let Some(cell) = self.row().and_then(|row| row.cells.last_mut()) {
                    cell.nodes = container.nodes;
                    cell.lines.1 = end;
                    is_gone = cell.gone;
                }
                self.gone -= usize::from(is_gone).min(self.gone);
            }
            Frame::Row => {
                let is_gone = self.row().is_some_and(|row| row.gone);
                self.gone -= usize::from(is_gone).min(self.gone);
            }
            Frame::Table => {
                self.tables = self.tables.saturating_sub(1);
                let table = self.containers.pop().and_then(|container| container.table);
                if let (Some(table), Some(container)) = (table, self.containers.last_mut()) {
                    container.nodes.push(WordNode::Table(table));
                }
            }
            Frame::Box => {
                let Some(mut container) = self.containers.pop() else { return };
                container.join_nothing(&mut self.document.lines);
                if let Some(outer) = self.containers.last_mut() {
                    outer.nodes.append(&mut container.nodes);
                }
            }
        }
    }

    /// Gives the open paragraph its number, now that its properties are known.
    fn number(&mut self) {
        let gone = self.gone > 0;
        let Some(index) = self.open.last().copied() else { return };
        let Some(line) = self.document.lines.get_mut(index) else { return };
        let number = self.numbering.next(line.style.as_deref(), &line.list);
        line.number = number.filter(|_| !gone);
        line.of_contents |= line.style.as_deref().is_some_and(|style| self.numbering.is_of_contents(style));
    }

    fn end_paragraph(&mut self, index: usize, is_joined: bool, span: Span) {
        self.open.pop();
        let Some(line) = self.document.lines.get_mut(index) else { return };
        if line.anchor.place.is_empty() {
            line.anchor.place = Span::at(span.start);
        }
        if is_joined {
            // Text inserted there would be visible elsewhere.
            line.is_joined = true;
            if let Some(container) = self.containers.last_mut() {
                container.carried = std::mem::take(&mut line.pieces);
                container.carried_from = Some(index);
                container.carried_lock = line.lock;
            }
            return;
        }
        let mut shown = line.number.take().unwrap_or_default();
        // `2.  主动公开` is an item of a list only with a space after the number; after a hanzi there is none.
        if shown.ends_with(|c: char| c.is_ascii()) && !line.in_table {
            shown.push(' ');
        }
        if !shown.is_empty() {
            let at = line.pieces.first().map_or(line.anchor.place.start, |piece| piece.source.start);
            line.pieces.insert(0, WordPiece { shown, source: Span::at(at), form: WrittenForm::Nowhere, run: None });
        }
    }
}

impl OpenRun {
    fn settle(&mut self) {
        // The run's own properties override those of the style.
        let own = self.own.values().any(|on| *on);
        self.is_unread = own || (self.by_style && self.own.is_empty());
    }
}

impl OpenContainer {
    /// Returns text that should continue in a next paragraph to its own paragraph, because there is no next one.
    fn join_nothing(&mut self, lines: &mut [WordLine]) {
        if let Some(line) = self.carried_from.take().and_then(|index| lines.get_mut(index)) {
            line.pieces = std::mem::take(&mut self.carried);
            line.is_joined = false;
        }
    }
}

/// Whether the code of a field produces a table of contents.
fn is_contents(code: &str) -> bool {
    code.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
}

/// The visible character for `code`, in hexadecimal, of the symbol font `font`.
fn symbol(font: &str, code: &str) -> char {
    let Ok(code) = u32::from_str_radix(code, 16) else { return '•' };
    let font = font.to_ascii_lowercase();
    let in_font = code & 0xff;
    let is_symbols = ["wingdings", "webdings", "symbol"].iter().any(|name| font.contains(name));
    if !is_symbols && !(0xf000..=0xf0ff).contains(&code) {
        return char::from_u32(code).filter(|c| !c.is_control()).unwrap_or('•');
    }
    match (font.as_str(), in_font) {
        // Letters of this font are Greek; its digits and marks are the usual ones.
        ("symbol", 0x20..=0x40) => char::from_u32(in_font).unwrap_or('•'),
        ("wingdings", 0xfc) => '✓',
        ("wingdings", 0xfb) => '✗',
        ("wingdings", 0xfe | 0x52) => '☑',
        ("wingdings", 0xfd | 0x51) => '☒',
        ("wingdings", 0x6f | 0xa8) => '□',
        ("wingdings" | "wingdings 2", 0x6c) => '●',
        ("wingdings 2", 0x50) => '✓',
        ("wingdings 2", 0x52) => '☑',
        _ => '•',
    }
}

/// Computes the places of the cells of `node`, if it is a table, and of the tables in it. It marks invisible paragraphs
/// in `lines`.
fn place_cells(node: &mut WordNode, lines: &mut [WordLine]) {
    let mut open: Vec<&mut WordNode> = vec![node];
    while let Some(node) = open.pop() {
        let WordNode::Table(table) = node else { continue };
        table.place(lines);
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            open.extend(&mut cell.nodes);
        }
    }
}

impl WordTable {
    /// For each edge of the grid, the column that starts there, without the narrow columns of inexact borders.
    fn columns(&self) -> Vec<usize> {
        let is_narrow = |width: &u64| (1..JITTER).contains(width);
        // If most columns are narrow, the widths are unreliable.
        let has_jitter = self.widths.iter().filter(|width| is_narrow(width)).count() * 2 < self.widths.len();
        let mut columns = vec![0];
        let (mut column, mut width) = (0, 0u64);
        for own in &self.widths {
            width = width.saturating_add(*own);
            if !has_jitter || !is_narrow(own) || width >= JITTER {
                column += 1;
                width = 0;
            }
            columns.push(column);
        }
        columns
    }

    fn place(&mut self, lines: &mut [WordLine]) {
        let columns = self.columns();
        let (known, last) = (columns.len() - 1, columns.last().copied().unwrap_or(0));
        let column_of = |edge: usize| columns.get(edge).copied().unwrap_or_else(|| last + edge - known).min(WIDEST);
        // The cells that may be merged with cells below, by their first column: the row and the cell.
        let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut shown_rows = 0;
        // Cells into which others are merged: the numbers of rows and columns by which they grow.
        let mut grown: Vec<((usize, usize), usize, usize)> = Vec::new();
        for (index, row) in self.rows.iter_mut().enumerate().filter(|(_, row)| !row.gone) {
            let mut edge = row.before;
            let mut next: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
            let mut before: Option<(usize, usize)> = None;
            for (cell_index, cell) in row.cells.iter_mut().enumerate().filter(|(_, cell)| !cell.gone) {
                let (column, end) = (column_of(edge), column_of(edge + cell.span));
                edge = (edge + cell.span).min(2 * WIDEST);
                let across = end.saturating_sub(column).max(1);
                let upper = above.get(&column).copied().filter(|_| cell.down == Merge::Continue);
                let left = before.filter(|_| cell.right == Merge::Continue);
                if let Some(owner) = upper.or(left) {
                    grown.push((owner, usize::from(upper.is_some()), if upper.is_some() { 0 } else { across }));
                    next.extend(upper.map(|upper| (column, upper)));
                    let unseen = lines.get_mut(cell.lines.0..cell.lines.1).unwrap_or_default();
                    unseen.iter_mut().for_each(|line| line.unseen = true);
                    continue;
                }
                cell.place = Some(CellPlace { row: shown_rows, column, across, down: 1 });
                before = Some((index, cell_index));
                if cell.down != Merge::None {
                    next.insert(column, (index, cell_index));
                }
            }
            shown_rows += 1;
            above = next;
        }
        for ((row, cell), down, across) in grown {
            let place = self.rows.get_mut(row).and_then(|row| row.cells.get_mut(cell)?.place.as_mut());
            if let Some(place) = place {
                place.down += down;
                place.across = (place.across + across).min(WIDEST);
            }
        }
    }
}
