//! The paragraphs of a document and the tables that they are in, read from `document.xml` element by element.
//!
//! What its reader does not see is not there: deleted and moved-away text, hidden text, the codes of fields, all but one
//! branch of what is written twice. Every paragraph is kept, so that they can be counted.

use super::numbering::{ListRef, Numbering, unread};
use super::xml::{Element, MalformedXml, Vocabulary, Xml, value};
use crate::syntax::CellPlace;
use crate::syntax::view::takes_no_place;
use crate::text::Span;
use std::collections::BTreeMap;

/// A line break inside a paragraph, as it is shown in the text: no line ends there.
pub(super) const BREAK: char = '\u{2028}';

/// No table has more columns than this that are told apart.
const WIDEST: usize = 1000;

/// A column of a table that is narrower than this, in twentieths of a point, is the jitter of a border.
const JITTER: u64 = 60;

/// Why a paragraph must be left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// There are tracked changes in it.
    Changes,
    /// There is a field in it, or a control whose content is kept elsewhere or locked.
    Field,
}

/// How a part of what is seen is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenForm {
    /// Byte for byte, in `w:t`.
    Verbatim,
    /// One character in `w:t` that is written in another way: a reference.
    Reference,
    /// An element of its own: `w:tab`, `w:br`, `w:sym`.
    Object,
    /// It is nowhere: the number of a list, or text that must not be touched.
    Nowhere,
}

/// A part of what is seen of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct WordPiece {
    pub(super) shown: String,
    /// Where it is.
    pub(super) source: Span,
    pub(super) form: WrittenForm,
    /// The run that it is in.
    pub(super) run: Option<usize>,
}

/// Where a run may be put into a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// At its end; for an element without content its tag, which has to be opened.
    pub(super) place: Span,
    /// The prefix of its element, with its colon.
    pub(super) prefix: String,
    /// The properties that the mark of the paragraph gives to new runs.
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
    /// Whether it is not shown, as in a cell that one above reaches down over.
    pub(super) unseen: bool,
    /// Whether its end was deleted: what it says is seen in the next.
    pub(super) is_joined: bool,
    style: Option<String>,
    list: ListRef,
    number: Option<String>,
    in_table: bool,
}

/// What a document consists of, in order.
#[derive(Clone, Debug)]
pub(super) enum WordNode {
    /// A paragraph: which.
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
    /// Columns that are left out before its first cell.
    before: usize,
    /// Whether a tracked change took it away.
    gone: bool,
}

/// How a cell goes on from the one above it, or beside it.
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
    /// How many columns of the grid it reaches over.
    span: usize,
    down: Merge,
    right: Merge,
    gone: bool,
    /// Where it is; none if it is part of another, or gone.
    pub(super) place: Option<CellPlace>,
}

/// A document as it was read.
#[derive(Debug, Default)]
pub(super) struct WordDocument {
    pub(super) lines: Vec<WordLine>,
    pub(super) nodes: Vec<WordNode>,
    /// The runs, by their start.
    pub(super) runs: Vec<Span>,
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// What it holds is read as if it were not there.
    Through,
    /// Whether its end was deleted: what it says goes on in the next.
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
    /// A tracked change whose content is there.
    Change,
    /// A control whose content must not be touched, or a field.
    Locked,
    ControlProperties,
    Table,
    Row,
    Cell,
    RowProperties,
    CellProperties,
    Grid,
    /// What is written for several programs, and whether a branch was read.
    Alternate {
        is_read: bool,
    },
    /// Paragraphs inside a paragraph.
    Box,
}

/// A field that is open.
#[derive(Clone, Copy, Debug)]
struct Field {
    /// Whether its result has begun.
    in_result: bool,
    is_contents: bool,
}

/// A place that holds paragraphs and tables.
#[derive(Debug, Default)]
struct OpenContainer {
    nodes: Vec<WordNode>,
    table: Option<WordTable>,
    /// Text of a paragraph whose end was deleted: it goes on in the next.
    carried: Vec<WordPiece>,
    carried_from: Option<usize>,
    carried_lock: Option<Lock>,
}

/// A run that is open.
#[derive(Default)]
struct OpenRun {
    index: usize,
    is_unread: bool,
    /// What the style of the run tells, until its own properties tell otherwise.
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
    /// The paragraphs that are open, the innermost last: a text box holds some of its own.
    open: Vec<usize>,
    fields: Vec<Field>,
    runs: Vec<OpenRun>,
    /// How many tracked changes, and how many locked elements are open.
    changes: usize,
    locked: usize,
    /// How many rows or cells are open that a tracked change took away.
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
        // What was before a change, and what is of no matter to what is read.
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
            // How a control looks while it is empty, and the words that a list offers.
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

    /// Keeps what the control whose properties are open holds from being touched, up to the end of the control.
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
        // One with content of its own is none that can be taken out as it is.
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

    /// The cell that is open.
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
            // What is put there would be seen elsewhere.
            line.is_joined = true;
            if let Some(container) = self.containers.last_mut() {
                container.carried = std::mem::take(&mut line.pieces);
                container.carried_from = Some(index);
                container.carried_lock = line.lock;
            }
            return;
        }
        let mut shown = line.number.take().unwrap_or_default();
        // `2.  主动公开` is an item of a list only with its gap; between hanzi there is none.
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
        // A property of its own that is off takes back what the style has on.
        let own = self.own.values().any(|on| *on);
        self.is_unread = own || (self.by_style && self.own.is_empty());
    }
}

impl OpenContainer {
    /// Gives text that was to go on in a next paragraph back to its own: there is none.
    fn join_nothing(&mut self, lines: &mut [WordLine]) {
        if let Some(line) = self.carried_from.take().and_then(|index| lines.get_mut(index)) {
            line.pieces = std::mem::take(&mut self.carried);
            line.is_joined = false;
        }
    }
}

/// Whether the code of a field makes a table of contents.
fn is_contents(code: &str) -> bool {
    code.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
}

/// What is seen of the character `code`, in hexadecimal, of the symbol font `font`.
fn symbol(font: &str, code: &str) -> char {
    let Ok(code) = u32::from_str_radix(code, 16) else { return '•' };
    let font = font.to_ascii_lowercase();
    let in_font = code & 0xff;
    let is_symbols = ["wingdings", "webdings", "symbol"].iter().any(|name| font.contains(name));
    if !is_symbols && !(0xf000..=0xf0ff).contains(&code) {
        return char::from_u32(code).filter(|c| !c.is_control()).unwrap_or('•');
    }
    match (font.as_str(), in_font) {
        // Letters of this font are Greek; its digits and marks are as everywhere.
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

/// Finds where the cells of `node` are, if it is a table, and of the tables in it. What is not shown of them is marked in
/// `lines`.
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
    /// For each edge of the grid, which column starts there once those are left out that are only the jitter of a border.
    fn columns(&self) -> Vec<usize> {
        let is_narrow = |width: &u64| (1..JITTER).contains(width);
        // Where most are narrow, widths are no measure.
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
        // What may go on below, by its first column: the row and the cell.
        let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut shown_rows = 0;
        // Cells that another cell is part of: by how many rows and columns they grow.
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
