//! The outline of a document: reports, sections, tables, rows.

use super::by_report::{REPORTS, ReportMemo, by_report};
use super::one_line;
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::{SectionHeading, Table, TableRow};
use crate::say;
use crate::statute::{Row, RowSpec, subsection_number};
use crate::text::Span;
use std::cell::RefCell;
use std::rc::Rc;

/// The kind of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A report.
    Report,
    /// A section.
    Section,
    /// A part of a section with a number of its own: `（二）依申请公开`.
    Subsection,
    /// A table.
    Table,
    /// A row of a table.
    Row,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its kind.
    pub kind: SymbolKind,
    /// Its name; never empty.
    pub name: String,
    /// A few words more; for a row, its figures.
    pub detail: String,
    /// All of it; inside the span of what it is a child of.
    pub span: Span,
    /// The part to show when it is chosen; inside `span`.
    pub selection: Span,
    /// What is inside it, in order.
    pub children: Vec<Symbol>,
}

/// The outline, in order of position.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let language = analysis.settings().language;
    let reports = analysis.units().filter_map(|unit| Some((unit.offset, report_symbol(unit, language)?)));
    let moved = reports.map(|(offset, symbol)| {
        let mut symbol = Symbol::clone(&symbol);
        shift(&mut symbol, offset);
        symbol
    });
    moved.collect()
}

/// The symbol of `unit`, if it is a report, with spans from the start of its text.
pub fn report_symbol(unit: Unit<'_>, language: Language) -> Option<Rc<Symbol>> {
    let make = |unit| Rc::new(SymbolSource { language, unit }.report());
    unit.report.is_recognised().then(|| by_report(&SYMBOLS, language, unit, make))
}

thread_local! {
    static SYMBOLS: RefCell<ReportMemo<Language, Rc<Symbol>>> = const { RefCell::new(ReportMemo::new(REPORTS)) };
}

/// The most characters in the name of a part of a section.
const NAME: usize = 30;

/// What the outline of one report is made from.
struct SymbolSource<'a> {
    language: Language,
    unit: Unit<'a>,
}

impl SymbolSource<'_> {
    fn report(&self) -> Symbol {
        let Unit { source, report, .. } = self.unit;
        let all = Span::new(0, source.trim_end().len());
        let title = report.title.as_ref().map(|title| title.span);
        let year = report.year.map(|(year, _)| year);
        let name = title
            .map(|title| one_line(&self.unit.words(title)))
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| {
                let number = year.map(|year| year.to_string()).unwrap_or_default();
                say!(self.language, "{number}年度报告（无标题）", "Untitled report {number}", number = number)
            });
        let mut children: Vec<Symbol> = report.sections.iter().map(|heading| self.section(heading)).collect();
        for table in &report.tables {
            let symbol = self.table(table);
            // A table belongs to the section it starts in; one before the first heading, to the report.
            match children.iter_mut().find(|section| holds(section, &symbol)) {
                Some(section) => section.children.push(symbol),
                None => children.push(symbol),
            }
        }
        for symbol in self.subsections() {
            if let Some(section) = children.iter_mut().find(|section| holds(section, &symbol)) {
                section.children.push(symbol);
            }
        }
        let mut symbol = Symbol {
            kind: SymbolKind::Report,
            name,
            detail: year.map(|year| say!(self.language, "{year}年", "{year}")).unwrap_or_default(),
            span: all,
            selection: title.unwrap_or(Span::at(0)),
            children,
        };
        nest(&mut symbol, all);
        symbol
    }

    fn section(&self, heading: &SectionHeading) -> Symbol {
        let extent = heading.extent;
        let written = one_line(&self.unit.words(heading.span));
        let detail = match (heading.section, self.language) {
            (Some((section, _)), Language::English) => section.english(),
            _ => "",
        };
        Symbol {
            kind: SymbolKind::Section,
            name: if written.is_empty() { say!(self.language, "（无名）", "(unnamed)") } else { written },
            detail: detail.to_owned(),
            span: Span::new(extent.start, extent.start + extent.of(self.unit.source).trim_end().len()),
            selection: heading.span,
            children: Vec::new(),
        }
    }

    /// The parts of sections that start with `（一）` and the like, each up to the next one of its section.
    fn subsections(&self) -> Vec<Symbol> {
        let Unit { source, report, .. } = self.unit;
        let mut found: Vec<Symbol> = Vec::new();
        for paragraph in &report.paragraphs {
            let words = self.unit.words(paragraph.span);
            if subsection_number(&words).is_none() || paragraph.section.is_none() {
                continue;
            }
            let start = paragraph.span.start;
            // A sub-heading is a line of its own, or the words before the first full stop of its paragraph.
            let name = words.split(['。', '\n', '\r']).next().unwrap_or(&words);
            let name: String = one_line(name).chars().take(NAME).collect();
            let end = report
                .sections
                .iter()
                .map(|heading| heading.extent)
                .find(|extent| extent.start <= start && start < extent.end);
            let end = end.map_or(source.len(), |extent| extent.end);
            if let Some(last) = found.last_mut().filter(|last| last.span.end > start) {
                last.span.end = last.span.start + Span::new(last.span.start, start).of(source).trim_end().len();
            }
            let span = Span::new(start, start + Span::new(start, end).of(source).trim_end().len());
            found.push(Symbol {
                kind: SymbolKind::Subsection,
                name,
                detail: String::new(),
                span,
                selection: paragraph.span,
                children: Vec::new(),
            });
        }
        found
    }

    fn table(&self, table: &Table) -> Symbol {
        let kind = table.spec.kind;
        let found = table.rows.iter().zip(table.spec.rows).filter_map(|(row, spec)| Some((row.as_ref()?, spec)));
        let children: Vec<Symbol> = found.map(|(row, spec)| self.row(row, spec)).collect();
        let span = children.iter().fold(table.span, |span, row| span.cover(row.span));
        let edition = table.spec.edition.year();
        Symbol {
            kind: SymbolKind::Table,
            name: match self.language {
                Language::Chinese => format!("{} {}", kind.name(), kind.section().name()),
                Language::English => format!("{} {}", kind.english(), kind.section().english()),
            },
            detail: say!(self.language, "{edition}年格式", "{edition} format"),
            span,
            selection: Span::at(table.span.start),
            children,
        }
    }

    fn row(&self, row: &TableRow, spec: &RowSpec) -> Symbol {
        let figures = row.cells.iter().map(|cell| match cell {
            Some(cell) => one_line(self.unit.shown(cell.span)),
            None => String::new(),
        });
        let figures = figures.map(|figure| if figure.is_empty() { "–".to_owned() } else { figure });
        let name = match self.language {
            Language::Chinese if spec.row == Row::ReviewAndLitigation => spec.row.table().section().name(),
            Language::Chinese => spec.label,
            Language::English => spec.row.english(),
        };
        Symbol {
            kind: SymbolKind::Row,
            name: name.to_owned(),
            detail: figures.collect::<Vec<_>>().join(" "),
            span: row.span,
            selection: row.label.as_ref().map_or(Span::at(row.span.start), |(label, _)| *label),
            children: Vec::new(),
        }
    }
}

fn holds(section: &Symbol, table: &Symbol) -> bool {
    section.kind == SymbolKind::Section && section.span.start <= table.span.start && table.span.start < section.span.end
}

/// Brings `symbol` inside `bounds`, its children inside it and in order: editors drop an outline that does not nest.
fn nest(symbol: &mut Symbol, bounds: Span) {
    symbol.span = within(symbol.span, bounds);
    symbol.selection = within(symbol.selection, symbol.span);
    symbol.children.sort_by_key(|child| child.span);
    for child in &mut symbol.children {
        nest(child, symbol.span);
    }
}

fn within(span: Span, bounds: Span) -> Span {
    let clamp = |offset: usize| offset.max(bounds.start).min(bounds.end.max(bounds.start));
    Span::new(clamp(span.start), clamp(span.end).max(clamp(span.start)))
}

fn shift(symbol: &mut Symbol, by: usize) {
    symbol.span = symbol.span.shift(by);
    symbol.selection = symbol.selection.shift(by);
    for child in &mut symbol.children {
        shift(child, by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Cell, NumberForm, Report, RowShape, Title, Value};
    use crate::rules::Neighbours;
    use crate::statute::{F2021, TableKind};

    fn find(source: &str, what: &str) -> Span {
        let start = source.find(what).unwrap();
        Span::new(start, start + what.len())
    }

    /// A report as the model has it, with one row of 表三 written over two lines.
    fn model(source: &str) -> Report {
        let spec = F2021.table(TableKind::Applications);
        let value = |what: &str| {
            let number = crate::report::Number {
                scaled: 0,
                decimals: 0,
                tail: crate::report::Tail::Zero,
                form: NumberForm::default(),
            };
            Some(Cell { span: find(source, what), value: Value::Number(number) })
        };
        let received = TableRow {
            label: None,
            span: find(source, "一、本年新收\n申请\t1\t23"),
            cells: vec![value("1"), value("23"), None],
            shape: RowShape::Short(vec![]),
        };
        let mut rows = vec![None; spec.rows.len()];
        rows[0] = Some(received);
        let heading = |text: &str| SectionHeading {
            section: None,
            ordinal: None,
            name: find(source, text),
            span: find(source, text),
            extent: Span::new(find(source, text).start, source.len()),
        };
        Report {
            title: Some(Title { span: find(source, "云溪区\n年度报告"), body: None, year: None }),
            year: Some((2023, Span::at(0))),
            sections: vec![heading("三、申请\n情况")],
            paragraphs: vec![],
            page: None,
            statements: Vec::new(),
            subsections: Vec::new(),
            strays: Vec::new(),
            unread: Vec::new(),
            pieced: Vec::new(),
            lines_name_rows: false,
            is_example: false,
            // Shorter than its row, as a table whose first cell has no label is.
            tables: vec![crate::report::Table {
                spec,
                layout: None,
                span: find(source, "1\t23"),
                witness: None,
                rows,
                surplus_rows: vec![],
            }],
            labels: vec![],
        }
    }

    const SOURCE: &str = "云溪区\n年度报告\n三、申请\n情况\n一、本年新收\n申请\t1\t23\n\n\n";

    fn outline(source: &str, report: &Report, language: Language) -> Symbol {
        SymbolSource { language, unit: Unit { offset: 0, source, report, view: None, neighbours: &Neighbours::NONE } }
            .report()
    }

    fn check_nesting(symbol: &Symbol) {
        let inside = |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
        assert!(inside(symbol.selection, symbol.span) && !symbol.name.is_empty(), "{symbol:?}");
        for child in &symbol.children {
            assert!(inside(child.span, symbol.span), "{child:?} in {symbol:?}");
            check_nesting(child);
        }
    }

    #[test]
    fn tables_stand_in_their_sections_and_rows_show_their_figures() {
        let report = outline(SOURCE, &model(SOURCE), Language::Chinese);
        check_nesting(&report);
        assert_eq!((report.name.as_str(), report.detail.as_str()), ("云溪区 年度报告", "2023年"));
        assert_eq!(report.span, Span::new(0, SOURCE.trim_end().len()));
        let section = &report.children[0];
        assert_eq!(section.name, "三、申请 情况");
        let table = &section.children[0];
        assert_eq!((table.name.as_str(), table.detail.as_str()), ("表三 收到和处理政府信息公开申请情况", "2021年格式"));
        let row = &table.children[0];
        assert_eq!((row.name.as_str(), row.detail.as_str()), ("一、本年新收政府信息公开申请数量", "1 23 –"));
        assert_eq!(row.span, find(SOURCE, "一、本年新收\n申请\t1\t23"));
    }

    #[test]
    fn names_are_in_the_readers_language_and_never_empty() {
        let english = outline(SOURCE, &model(SOURCE), Language::English);
        assert!(english.children[0].children[0].name.starts_with("Table 3"), "{english:?}");
        let bare = Report { title: None, year: None, ..model(SOURCE) };
        check_nesting(&outline(SOURCE, &bare, Language::Chinese));
        check_nesting(&outline("", &Report::default(), Language::English));
    }

    #[test]
    fn the_second_report_is_where_its_text_is() {
        let report = crate::ide::samples::SOURCE;
        let source = format!("{report}{}", report.replace("档案局", "水务局"));
        let (_, analysis) = crate::ide::samples::analysis_of(&source);
        let outline = symbols(&analysis);
        let starts: Vec<&str> = outline.iter().map(|symbol| symbol.selection.of(&source)).collect();
        assert_eq!(starts, outline.iter().map(|symbol| symbol.name.as_str()).collect::<Vec<_>>());
        assert_eq!(outline.len(), 2);
        check_nesting(&outline[1]);
    }

    #[test]
    fn parts_of_a_section_are_inside_it() {
        let source = "甲局2023年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开。发布信息3条。\n又一段。\n（二）依申请公开\n\n\
                      二、主动公开政府信息情况\n";
        let (_, analysis) = crate::ide::samples::analysis_of(source);
        let outline = symbols(&analysis);
        let section = &outline[0].children[0];
        let parts: Vec<(&str, &str)> =
            section.children.iter().map(|part| (part.name.as_str(), part.span.of(source))).collect();
        assert_eq!(
            parts,
            [("（一）主动公开", "（一）主动公开。发布信息3条。\n又一段。"), ("（二）依申请公开", "（二）依申请公开")]
        );
        check_nesting(&outline[0]);
    }

    #[test]
    fn a_table_outside_all_sections_is_a_child_of_the_report() {
        let report = Report { sections: vec![], ..model(SOURCE) };
        let symbol = outline(SOURCE, &report, Language::Chinese);
        assert_eq!(symbol.children[0].kind, SymbolKind::Table);
        check_nesting(&symbol);
    }
}
