//! Hovers: the meaning of a name of the statute or of a figure, what counts, the law, and the identities of the figure
//! with their current values.

mod formula;
mod markdown;
mod prose_terms;

pub use markdown::escape_markdown;

use super::last_year::beside_last_year;
use super::sums::{Verdict, verdict};
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::{Cell, LabelUse, Report, RowShape, Statement, Table, Value};
use crate::rules::selection;
use crate::say;
use crate::statute::explain::laws::Mention;
use crate::statute::explain::{self, Basis, Bilingual, Certainty, Explanation, Law};
use crate::statute::prose::Fact;
use crate::statute::{
    Aspect, CellRef, Column, Edition, Group, Header, Identity, IdentityKind, Item, Label, Outcome, Row, Section,
    TableKind,
};
use crate::text::Span;
use formula::short;
use markdown::excerpt;

/// An explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it explains.
    pub span: Span,
    /// The explanation, in Markdown.
    pub markdown: String,
}

/// The explanation of the name or figure at `offset`.
pub fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    if let Some((span, name)) = analysis.is_report().then(|| analysis.rule_at(offset)).flatten() {
        return explain_rule(span, &name, analysis.settings().language);
    }
    let unit = analysis.unit_at(offset)?;
    if !unit.report.is_recognised() {
        return None;
    }
    let hover = hover_in(&unit, offset.checked_sub(unit.offset)?, analysis.settings().language)?;
    Some(Hover { span: hover.span.shift(unit.offset), ..hover })
}

/// The explanation of the rule at `offset` in the configuration file `source`.
#[cfg(feature = "configuration")]
pub fn hover_configuration(source: &str, offset: usize, language: Language) -> Option<Hover> {
    let (span, name) = crate::configuration::rule_at(source, offset)?;
    explain_rule(span, &name, language)
}

/// The page of the rule whose code or name is `name`, in Markdown; `None` if there is no such rule.
pub fn rule_documentation(name: &str, language: Language) -> Option<String> {
    let rules = selection::find(name)?;
    let [rule] = rules.as_slice() else { return None };
    let (code, name, title) = (rule.code, rule.name, rule.title(language));
    let documentation = rule.documentation(language).trim();
    Some(format!("# {code} {name}\n\n**{title}**\n\n{documentation}\n"))
}

/// A rule's documentation, or a list of a group's rules.
fn explain_rule(span: Span, name: &str, language: Language) -> Option<Hover> {
    let rules = selection::find(name)?;
    let markdown = match rules.as_slice() {
        [rule] => {
            let title = rule.title(language);
            let documentation = rule.documentation(language).replace("\n## ", "\n#### ");
            let documentation =
                documentation.strip_prefix("## ").map_or(documentation.clone(), |rest| format!("#### {rest}"));
            format!("### {} {}\n\n**{title}**\n\n{documentation}", rule.code, rule.name)
        }
        rules => {
            let lines = rules.iter().map(|rule| format!("- {} {}：{}", rule.code, rule.name, rule.title(language)));
            lines.collect::<Vec<_>>().join("\n")
        }
    };
    Some(Hover { span, markdown: markdown.trim_end().to_owned() })
}

/// The explanation of the name or figure at `offset` in the text of `unit`; its span counts from the start of that text.
fn hover_in(unit: &Unit<'_>, offset: usize, language: Language) -> Option<Hover> {
    let page = HoverSubject { unit: *unit, report: unit.report, language };
    let (span, target) = page.target(offset)?;
    Some(Hover { span, markdown: page.explain(&target) })
}

/// A report and the language of its hovers.
struct HoverSubject<'a> {
    unit: Unit<'a>,
    report: &'a Report,
    language: Language,
}

/// What can be explained.
enum Target<'a> {
    /// A cell of a table.
    Figure(&'a Table, CellRef, &'a Cell),
    /// A value in a row whose columns are unknown, and the reason.
    Stray(&'a Table, usize, &'a Cell, &'a RowShape),
    Label(&'a LabelUse),
    Section(Section),
    Title,
    SubHeading(Section, Option<Aspect>),
    Law(Mention),
    /// A figure in prose, and what a table calls it.
    Stated(&'a Statement, Fact),
}

impl<'a> HoverSubject<'a> {
    /// The target that contains `offset`, else one that ends there; the smallest of several.
    fn target(&self, offset: usize) -> Option<(Span, Target<'a>)> {
        let report = self.report;
        let mut found: Vec<(Span, Target<'a>)> = Vec::new();
        for heading in &report.sections {
            if let Some((section, _)) = heading.section {
                found.push((heading.span, Target::Section(section)));
            }
        }
        self.add_prose(offset, &mut found);
        found.extend(self.labels().map(|label| (label.span, Target::Label(label))));
        for table in &report.tables {
            found.extend(table.cells().map(|(place, cell)| (cell.span, Target::Figure(table, place, cell))));
            for (index, row) in table.rows.iter().enumerate() {
                let Some(row) = row else { continue };
                let strays = match &row.shape {
                    RowShape::Surplus(cells) => cells.as_slice(),
                    RowShape::LabelLost(cell) => std::slice::from_ref(cell),
                    RowShape::Full | RowShape::Short(_) | RowShape::Padded | RowShape::Unread => &[],
                };
                let placed = |stray: &Cell| row.cells.iter().flatten().any(|cell| cell.span == stray.span);
                let strays = strays.iter().filter(|stray| !placed(stray));
                found.extend(strays.map(|stray| (stray.span, Target::Stray(table, index, stray, &row.shape))));
            }
        }
        found
            .into_iter()
            .filter(|(span, _)| span.touches(offset))
            .min_by_key(|(span, _)| (!(span.start <= offset && offset < span.end), span.len()))
    }

    /// The labels, except those inside another table than the one that they are bound to: pieces of a label that a page
    /// break split, which mean nothing by themselves.
    fn labels(&self) -> impl Iterator<Item = &'a LabelUse> {
        let tables = &self.report.tables;
        self.report.labels.iter().filter(move |label| {
            let within = |span: Span| span.start <= label.span.start && label.span.end <= span.end;
            label.table.is_none_or(|kind| !tables.iter().any(|table| table.spec.kind != kind && within(table.span)))
        })
    }

    fn explain(&self, target: &Target<'_>) -> String {
        let mut page = Paragraphs::default();
        match target {
            Target::Figure(table, place, cell) => self.figure(&mut page, table, *place, cell),
            Target::Stray(table, row, cell, shape) => self.stray(&mut page, table, *row, cell, shape),
            Target::Label(label) => self.label(&mut page, label),
            Target::Section(section) => self.section(&mut page, *section),
            Target::Title => self.title_line(&mut page),
            Target::SubHeading(section, aspect) => self.sub_heading(&mut page, *section, *aspect),
            Target::Law(mention) => self.law(&mut page, mention),
            Target::Stated(statement, fact) => self.stated(&mut page, statement, *fact),
        }
        page.0.join("\n\n")
    }

    fn figure(&self, page: &mut Paragraphs, table: &Table, place: CellRef, cell: &Cell) {
        let (row, column) = table.names(place);
        let value = self.as_written(cell);
        let (row_name, column_name) = (self.row_name(table, place.row), self.column_name(column));
        let name = match self.headers(column).pop() {
            Some(header) if row_name.is_empty() => header,
            _ => row_name,
        };
        page.add(say!(self.language, "**{name} · {column_name}：{value}**", "**{name} · {column_name}: {value}**"));
        let mut path = self.row_path(table, place.row);
        path.extend(self.headers(column));
        path.push(column_name.clone());
        page.add(path.join(" › "));
        page.list(self.identities_of(table, place, false));
        page.add(beside_last_year(&self.unit, table, place, cell, self.language).unwrap_or_default());
        let of_column = explain::column(column);
        if table.spec.kind == TableKind::Review {
            self.words(page, of_column);
            if let Some(header) = column.headers().last() {
                let of_header = explain::header(*header);
                self.aside(page, header.name(), header.english(), of_header.meaning);
                self.basis(page, of_header, Some(table.spec.edition));
            }
        } else {
            let of_row = explain::row(row);
            self.words(page, of_row);
            self.aside(page, column.name(), column.english(), of_column.meaning);
            self.aside_more(page, of_column.counts);
            self.basis(page, of_row, Some(table.spec.edition));
        }
    }

    fn stray(&self, page: &mut Paragraphs, table: &Table, row: usize, cell: &Cell, shape: &RowShape) {
        let name = self.row_name(table, row);
        let value = self.as_written(cell);
        page.add(say!(self.language, "**{name}：{value}**", "**{name}: {value}**"));
        page.add(self.row_path(table, row).join(" › "));
        let due = table.spec.rows.get(row).map_or(0, |spec| spec.columns.len());
        page.add(self.shape(shape, due, false));
        if let Some(spec) = table.spec.rows.get(row) {
            let of_row = explain::row(spec.row);
            self.words(page, of_row);
            self.basis(page, of_row, Some(table.spec.edition));
        }
    }

    /// The reason why a row has the wrong number of values; empty if the number is right. `placed` is true if the columns
    /// of its values are known all the same.
    fn shape(&self, shape: &RowShape, due: usize, placed: bool) -> String {
        let count = |found: usize| {
            if placed {
                return say!(
                    self.language,
                    "这一行有 {found} 个数值，应为 {due} 个。",
                    "This row has {found} values where {due} are due."
                );
            }
            say!(
                self.language,
                "这一行有 {found} 个数值，应为 {due} 个，不能确定哪个数属于哪一列。",
                "This row has {found} values where {due} are due: which belongs to which column cannot be told."
            )
        };
        match shape {
            RowShape::Full => String::new(),
            RowShape::Padded => say!(
                self.language,
                "这一行的数值比列多；由整张表可以确定哪些算数。",
                "This row has more values than columns; the table as a whole tells which of them count."
            ),
            RowShape::Unread => say!(
                self.language,
                "这一行的数值断开了，无法识别。",
                "The values of this row are broken up and cannot be read."
            ),
            RowShape::Short(values) => count(values.len()),
            RowShape::Surplus(cells) => count(cells.len()),
            RowShape::LabelLost(cell) if cell.value == Value::Blank => {
                say!(self.language, "这一行的行名空着。", "The row's name is left blank.")
            }
            RowShape::LabelLost(_) => say!(
                self.language,
                "这一行的行名丢了，原处填了数。",
                "The row's name is lost, and a number stands in its place."
            ),
        }
    }

    fn section(&self, page: &mut Paragraphs, section: Section) {
        let explanation = explain::section(section);
        self.title(page, &section.heading(), section.english());
        self.words(page, explanation);
        for kind in TableKind::ALL.into_iter().filter(|kind| kind.section() == section) {
            let of_table = explain::table(kind);
            self.aside(page, kind.name(), kind.english(), of_table.counts);
            if let Some(table) = self.report.table(kind)
                && !table.spec.identities().is_empty()
            {
                page.list(self.tally(table));
            }
        }
        self.basis(page, explanation, self.edition(None));
    }

    fn label(&self, page: &mut Paragraphs, label: &LabelUse) {
        let table = label.table.and_then(|kind| self.report.table(kind));
        match (self.meaning_of(label), label.table) {
            (Label::Item(item), _) => self.item(page, item, label.table),
            (Label::Row(row), _) => self.row(page, row, table),
            (Label::Group(group), _) => self.group(page, group, table),
            (Label::Header(header), kind) => self.header(page, header, kind, table),
            (Label::Column(column), kind) => self.column(page, column, label, kind, table),
        }
    }

    /// The meaning of `label` at its place: `总计` and `其他` have other meanings in 表四, and a row of
    /// 2019 is the heading of sub-rows in a table of 2021.
    fn meaning_of(&self, label: &LabelUse) -> Label {
        let table = label.table.and_then(|kind| self.report.table(kind));
        match (label.label.label, label.table) {
            (Label::Column(Column::AllApplicants), Some(TableKind::Review)) => {
                Label::Column(Column::Review(Outcome::Total))
            }
            (Label::Column(Column::OtherOrganisations), Some(TableKind::Review)) => {
                Label::Column(Column::Review(Outcome::Other))
            }
            (Label::Column(Column::Review(Outcome::Total)), Some(TableKind::Applications)) => {
                Label::Column(Column::AllApplicants)
            }
            (Label::Row(Row::OtherHandling), _) => {
                let own_row = |table: &Table| {
                    table.spec.index(Row::OtherHandling).is_some()
                        || table.surplus_rows.iter().any(|(row, span)| {
                            *row == Row::OtherHandling && span.start <= label.span.start && label.span.end <= span.end
                        })
                };
                match table {
                    Some(table) if !own_row(table) => Label::Group(Group::OtherHandling),
                    _ => label.label.label,
                }
            }
            (label, _) => label,
        }
    }

    fn item(&self, page: &mut Paragraphs, item: Item, within: Option<TableKind>) {
        let explanation = explain::item(item);
        let number = item.number();
        self.title(page, &item.name(), &format!("Article 20 item {number}"));
        if let Some(kind) = within {
            page.add([self.table_name(kind), self.item_name(item)].join(" › "));
        }
        let table = self.report.table(TableKind::Disclosure);
        self.words(page, explanation);
        page.list(table.map(|table| self.figures(table, |row, _| row.item() == Some(item))).unwrap_or_default());
        self.basis(page, explanation, self.edition(table));
    }

    fn row(&self, page: &mut Paragraphs, row: Row, table: Option<&Table>) {
        let explanation = explain::row(row);
        let index = table.and_then(|table| table.spec.index(row));
        self.title(
            page,
            index.and_then(|i| table?.spec.rows.get(i)).map_or(row.name(), |spec| spec.label),
            row.english(),
        );
        if let (Some(table), Some(index)) = (table, index) {
            page.add(self.row_path(table, index).join(" › "));
        }
        self.words(page, explanation);
        if let (Some(table), Some(index)) = (table, index) {
            if let (Some(Some(found)), Some(spec)) = (table.rows.get(index), table.spec.rows.get(index)) {
                let placed = found.cells.iter().all(Option::is_some);
                page.add(self.shape(&found.shape, spec.columns.len(), placed));
            }
            page.list(match table.spec.kind {
                TableKind::Disclosure => self.figures(table, |of, _| of == row),
                TableKind::Applications | TableKind::Review => {
                    let last = table.spec.rows.get(index).map_or(0, |spec| spec.columns.len().saturating_sub(1));
                    let mut entries = self.identities_of(table, CellRef { row: index, column: last }, true);
                    entries.extend(self.violated_in(table, |place| place.row == index && place.column != last));
                    entries
                }
            });
        }
        self.basis(page, explanation, self.edition(table));
    }

    fn group(&self, page: &mut Paragraphs, group: Group, table: Option<&Table>) {
        let explanation = explain::group(group);
        self.title(page, group.name(), group.english());
        let mut path = vec![self.table_name(TableKind::Applications)];
        if group != Group::Outcomes {
            path.push(self.group_name(Group::Outcomes));
        }
        path.push(self.group_name(group));
        page.add(path.join(" › "));
        self.words(page, explanation);
        if let Some(table) = table {
            page.list(if group == Group::Outcomes {
                let total = table.spec.identities().iter().filter(|identity| {
                    identity.kind == IdentityKind::Subtotal && table.names(identity.total).1 == Column::AllApplicants
                });
                total.map(|identity| self.entry(table, identity, None)).collect()
            } else {
                self.members(table, group)
            });
        }
        self.basis(page, explanation, self.edition(table));
    }

    fn header(&self, page: &mut Paragraphs, header: Header, kind: Option<TableKind>, table: Option<&Table>) {
        let explanation = explain::header(header);
        self.title(page, header.name(), header.english());
        let mut path: Vec<String> = kind.map(|kind| self.table_name(kind)).into_iter().collect();
        path.extend(match header {
            Header::Organisations => Some(self.header_name(Header::Applicants)),
            Header::DirectSuit | Header::SuitAfterReview => Some(self.header_name(Header::Litigation)),
            _ => None,
        });
        path.push(self.header_name(header));
        if path.len() > 1 {
            page.add(path.join(" › "));
        }
        self.words(page, explanation);
        if let Some(table) = table {
            page.list(self.select(table, |identity| {
                let column = table.names(identity.total).1;
                match identity.kind {
                    IdentityKind::ReviewTotal => column.headers().contains(&header),
                    IdentityKind::Balance => {
                        header == Header::BalanceNote
                            && (column == Column::AllApplicants || matches!(verdict(table, identity), Verdict::Off(..)))
                    }
                    IdentityKind::RowTotal | IdentityKind::Subtotal => false,
                }
            }));
        }
        self.basis(page, explanation, self.edition(table));
    }

    fn column(
        &self,
        page: &mut Paragraphs,
        column: Column,
        label: &LabelUse,
        kind: Option<TableKind>,
        table: Option<&Table>,
    ) {
        let grouped = if kind == Some(TableKind::Review) { self.review_column(label) } else { Some(column) };
        let explanation = explain::column(column);
        self.title(page, column.name(), column.english());
        let mut path: Vec<String> = kind.map(|kind| self.table_name(kind)).into_iter().collect();
        let item = if kind == Some(TableKind::Disclosure) { self.item_above(label) } else { None };
        path.extend(item.map(|item| self.item_name(item)));
        path.extend(grouped.map(|column| self.headers(column)).unwrap_or_default());
        path.push(self.column_name(column));
        if path.len() > 1 {
            page.add(path.join(" › "));
        }
        self.words(page, explanation);
        if let (Some(table), Some(column)) = (table, grouped) {
            page.list(match table.spec.kind {
                TableKind::Disclosure => {
                    self.figures(table, |row, of| of == column && (item.is_none() || row.item() == item))
                }
                TableKind::Applications => self.select(table, |identity| {
                    identity.kind != IdentityKind::RowTotal && table.names(identity.total).1 == column
                }),
                TableKind::Review => self
                    .select(table, |identity| identity.terms.iter().any(|(place, _)| table.names(*place).1 == column)),
            });
        }
        match grouped.and_then(|column| column.headers().last().copied()) {
            Some(header) if kind == Some(TableKind::Review) => {
                self.aside(page, header.name(), header.english(), explain::header(header).meaning);
                self.basis(page, explain::header(header), self.edition(table));
            }
            _ => self.basis(page, explanation, self.edition(table)),
        }
    }

    /// The column of 表四 whose header is `label`, by its position among the headers; `None` unless all fifteen are
    /// present, because a missing one could be any of them.
    fn review_column(&self, label: &LabelUse) -> Option<Column> {
        let headers: Vec<&LabelUse> = self
            .labels()
            .filter(|other| other.table == Some(TableKind::Review) && matches!(other.label.label, Label::Column(_)))
            .collect();
        let columns = self.report.table(TableKind::Review)?.spec.rows.first()?.columns;
        if headers.len() != columns.len() {
            return None;
        }
        columns.get(headers.iter().position(|other| other.span == label.span)?).copied()
    }

    /// The item of Article 20 whose block of 表二 contains the header `label`.
    fn item_above(&self, label: &LabelUse) -> Option<Item> {
        let above = self.labels().filter(|other| other.table == label.table && other.span < label.span);
        above.filter_map(|other| if let Label::Item(item) = other.label.label { Some(item) } else { None }).last()
    }

    /// The identities of the cell at `at`; with `all_operands`, those of its row do not come first.
    fn identities_of(&self, table: &Table, at: CellRef, all_operands: bool) -> Vec<String> {
        let shown = (!all_operands).then_some(at);
        let takes_part = table.spec.identities().iter().filter(|identity| identity.coefficient(at) != 0);
        takes_part.map(|identity| self.entry(table, identity, shown)).collect()
    }

    /// The identities of `table` for which `wanted` is true.
    fn select(&self, table: &Table, wanted: impl Fn(&Identity) -> bool) -> Vec<String> {
        let identities = table.spec.identities().iter().filter(|identity| wanted(identity));
        identities.map(|identity| self.entry(table, identity, None)).collect()
    }

    /// The violated identities with a cell for which `concerns` is true, without row totals.
    fn violated_in(&self, table: &Table, concerns: impl Fn(CellRef) -> bool) -> Vec<String> {
        self.select(table, |identity| {
            identity.kind != IdentityKind::RowTotal
                && matches!(verdict(table, identity), Verdict::Off(..))
                && identity.terms.iter().any(|(place, _)| concerns(*place))
        })
    }

    /// The numbers of identities of `table` that hold, are violated, and cannot be checked; then the violated ones, at most
    /// three.
    fn tally(&self, table: &Table) -> Vec<String> {
        let identities = table.spec.identities();
        let count = |wanted: fn(&Verdict) -> bool| {
            identities.iter().filter(|identity| wanted(&verdict(table, identity))).count()
        };
        let (all, holds) = (identities.len(), count(|it| matches!(it, Verdict::Holds)));
        let off = count(|it| matches!(it, Verdict::Off(..)));
        let unknown = all - holds - off;
        let mut entries = vec![say!(
            self.language,
            "- 勾稽关系 {all} 条：成立 {holds}，不符 {off}，不能核对 {unknown}",
            "- {all} identities: {holds} hold, {off} do not, {unknown} cannot be checked"
        )];
        entries.extend(self.violated(table).take(3));
        entries
    }

    fn violated<'b>(&'b self, table: &'b Table) -> impl Iterator<Item = String> + 'b {
        let off = |identity: &&Identity| matches!(verdict(table, identity), Verdict::Off(..));
        table.spec.identities().iter().filter(off).map(|identity| self.entry(table, identity, None))
    }

    /// The figures of `table` for which `wanted` is true, one row a line: its name, then each figure after the name of
    /// its column.
    fn figures(&self, table: &Table, wanted: impl Fn(Row, Column) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, spec) in table.spec.rows.iter().enumerate() {
            let figures: Vec<String> = (0..spec.columns.len())
                .map(|column| CellRef { row: index, column })
                .filter(|place| wanted(spec.row, table.names(*place).1))
                .map(|place| format!("{} {}", self.column_name(table.names(place).1), self.value(table.cell(place))))
                .collect();
            if !figures.is_empty() {
                let (name, figures) = (self.row_name(table, index), figures.join(self.pick(["，", ", "])));
                lines.push(say!(self.language, "- {name}：{figures}", "- {name}: {figures}"));
            }
        }
        lines
    }

    /// The rows of `group` by their totals, those that are 0 in one line.
    fn members(&self, table: &Table, group: Group) -> Vec<String> {
        let zero = |row: Row| {
            let cell = table.row(row).and_then(|found| found.cells.last()?.as_ref());
            cell.and_then(Cell::integer) == Some(0)
        };
        let wanted = |row: Row, column: Column| row.groups().contains(&group) && column == Column::AllApplicants;
        let mut lines = self.figures(table, |row, column| wanted(row, column) && !zero(row));
        let zeros =
            table.spec.rows.iter().filter(|spec| wanted(spec.row, Column::AllApplicants) && zero(spec.row)).count();
        lines.extend((zeros > 0).then(|| match lines.is_empty() {
            true => say!(self.language, "- 各行总计都是 0", "- every row's total is 0"),
            false => say!(self.language, "- 其余 {zeros} 行总计都是 0", "- the other {zeros} totals are 0"),
        }));
        lines
    }

    /// The bold first line of a hover: the official name, for readers of English with its translation.
    fn title(&self, page: &mut Paragraphs, name: &str, english: &str) {
        page.add(say!(self.language, "**{name}**", "**{name}** · {english}"));
    }

    /// The definition, what counts, and what does not.
    fn words(&self, page: &mut Paragraphs, explanation: &Explanation) {
        page.add(self.pick(explanation.meaning).to_owned());
        let counts = self.pick(explanation.counts);
        page.add(say!(self.language, "**计入**：{counts}", "**Counts**: {counts}"));
        if let Some(excludes) = explanation.excludes {
            let excludes = self.pick(excludes);
            page.add(say!(self.language, "**注意**：{excludes}", "**Note**: {excludes}"));
        }
    }

    /// A further name and its meaning.
    fn aside(&self, page: &mut Paragraphs, name: &str, english: &str, meaning: Bilingual) {
        let meaning = self.pick(meaning);
        page.add(say!(self.language, "**{name}**：{meaning}", "**{english}**: {meaning}"));
    }

    /// Continues the last paragraph.
    fn aside_more(&self, page: &mut Paragraphs, more: Bilingual) {
        if let Some(last) = page.0.last_mut() {
            last.push_str(self.pick(["", " "]));
            last.push_str(self.pick(more));
        }
    }

    /// The provisions, each with its certainty, and the law's own words as block quotations, at most two. Of the two
    /// notices on the format only the applicable one is named.
    fn basis(&self, page: &mut Paragraphs, explanation: &Explanation, edition: Option<Edition>) {
        let due = edition.map(Law::Format);
        let known = explanation.basis.iter().any(|basis| Some(basis.law) == due);
        let other = |basis: &Basis| matches!(basis.law, Law::Format(_)) && known && Some(basis.law) != due;
        let mut quotes = 0;
        // Provisions without a quotation share a line, and the name of their law.
        let mut bare: Option<(Certainty, String)> = None;
        let mut law = None;
        for basis in explanation.basis.iter().filter(|basis| !other(basis)) {
            let [chinese, english] = basis.name();
            let name = say!(self.language, "{chinese}", "{english}");
            let quote = basis.quote.filter(|_| quotes < 2);
            if let Some((certainty, names)) = &mut bare
                && quote.is_none()
                && *certainty == basis.certainty
            {
                names.push_str(self.pick(["、", ", "]));
                let [chinese, english] = match basis.article.filter(|_| Some(basis.law) == law) {
                    Some(article) => article.name(),
                    None => basis.name(),
                };
                names.push_str(&say!(self.language, "{chinese}", "{english}"));
                law = Some(basis.law);
                continue;
            }
            if let Some((certainty, names)) = bare.take() {
                page.add(self.rests_on(certainty, &names));
            }
            if let Some(quote) = quote {
                quotes += 1;
                page.add(self.rests_on(basis.certainty, &name));
                page.add(format!("> {quote}"));
            } else {
                bare = Some((basis.certainty, name));
                law = Some(basis.law);
            }
        }
        if let Some((certainty, names)) = bare {
            page.add(self.rests_on(certainty, &names));
        }
    }

    /// The edition of `table`, or in prose the edition for the report's year.
    fn edition(&self, table: Option<&Table>) -> Option<Edition> {
        table.map(|table| table.spec.edition).or_else(|| self.report.edition_due())
    }

    fn rests_on(&self, certainty: Certainty, names: &str) -> String {
        let kind = self.pick(match certainty {
            Certainty::Checked => ["依据", "Basis"],
            Certainty::Derived => ["依据（由条文推出）", "Basis (derived from its words)"],
            Certainty::Reference => ["参考（不是法条）", "For reference (no provision of law)"],
        });
        say!(self.language, "{kind}：{names}", "{kind}: {names}")
    }

    /// The content of a cell as it is written, for the first line.
    fn as_written(&self, cell: &Cell) -> String {
        let written = excerpt(self.unit.shown(cell.span), 24);
        if written.is_empty() { say!(self.language, "□（空白）", "□ (blank)") } else { written }
    }

    /// The path of a row: table, item or groups, row.
    fn row_path(&self, table: &Table, row: usize) -> Vec<String> {
        let mut path = vec![self.table_name(table.spec.kind)];
        if let Some(spec) = table.spec.rows.get(row) {
            path.extend(spec.row.item().map(|item| self.item_name(item)));
            path.extend(spec.row.groups().iter().map(|group| self.group_name(*group)));
            path.push(self.row_name(table, row));
        }
        path.retain(|step| !step.is_empty());
        path
    }

    /// The headers over a column, outermost first, without 申请人情况, which adds nothing.
    fn headers(&self, column: Column) -> Vec<String> {
        let headers = column.headers().iter().filter(|header| **header != Header::Applicants);
        headers.map(|header| self.header_name(*header)).collect()
    }

    /// A row's name as its edition prints it, without what is after it in brackets; empty for the row of 表四.
    fn row_name(&self, table: &Table, row: usize) -> String {
        match (table.spec.rows.get(row), self.language) {
            (None, _) => String::new(),
            (Some(spec), _) if spec.label.is_empty() => String::new(),
            (Some(spec), Language::Chinese) => short(spec.label).to_owned(),
            (Some(spec), Language::English) => spec.row.english().to_owned(),
        }
    }

    fn column_name(&self, column: Column) -> String {
        self.pick([column.name(), column.english()]).to_owned()
    }

    fn header_name(&self, header: Header) -> String {
        self.pick([header.name(), header.english()]).to_owned()
    }

    fn group_name(&self, group: Group) -> String {
        self.pick([group.name(), group.english()]).to_owned()
    }

    fn table_name(&self, kind: TableKind) -> String {
        self.pick([kind.name(), kind.english()]).to_owned()
    }

    fn item_name(&self, item: Item) -> String {
        let (name, number) = (item.name(), item.number());
        say!(self.language, "{name}", "Article 20 item {number}")
    }

    /// The variant of `words` for the reader.
    fn pick(&self, words: Bilingual) -> &'static str {
        let [chinese, english] = words;
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// The paragraphs of a hover.
#[derive(Default)]
struct Paragraphs(Vec<String>);

impl Paragraphs {
    fn add(&mut self, paragraph: String) {
        if !paragraph.is_empty() {
            self.0.push(paragraph);
        }
    }

    /// A list, one entry a line.
    fn list(&mut self, entries: Vec<String>) {
        self.add(entries.join("\n"));
    }
}
