//! Binds grids of cells to the tables of the official formats.
//!
//! Rows are found by their labels, wherever the layout breaks them: a row's values are the cells after its label, up to
//! the next label or the end of the row. The position identifies a row whose label is lost or unreadable.

use super::columns::{Peers, Usual, place, table_row, trimmed};
use super::grid_reading::{CellContent, Grid, GridCell};
use super::labelled_row::LabelledRow;
use super::marked_up::FoundTables;
use super::row_owners::{Owners, RowsByPosition};
use super::{Cell, LabelUse, RowShape, Table, TableRow, Value};
use crate::statute::{
    CellRef, Column, Edition, Group, Header, Identity, IdentityKind, Label, LabelMatch, Likeness, Outcome, ReviewPart,
    Row, RowSpec, Section, TableKind, TableSpec, recognise, review_part,
};
use crate::syntax::CellPlace;
use crate::text::Span;

/// Binds the grids of a report, one after the other.
#[derive(Default)]
pub(super) struct Binder {
    labels: Vec<LabelUse>,
    pieces: Vec<LabelledRow>,
    /// The cells of 表四 after its last header, by row.
    review: Vec<Vec<Cell>>,
    /// The place of 表四's first header.
    review_start: Option<Span>,
    in_review: bool,
    review_done: bool,
    /// The cells of groups in the current table.
    owners: Owners,
    /// Texts that are neither labels nor in place of a figure.
    strays: Vec<Span>,
    /// What was assembled from pieces: see [`super::Report::pieced`].
    pieced: Vec<Span>,
    /// Whether lines of words beside the grids name rows, or may do so.
    lines_name_rows: bool,
    /// The current section.
    section: Option<Section>,
    /// Lines of words beside the grids, each with the number of pieces before it.
    loose: Vec<(usize, Span, String)>,
    /// Parts of 表四 that have a table each: their group, if it is named, and their figures.
    parts: Vec<(Option<ReviewPart>, Vec<Cell>)>,
    /// The part that the words or headers before the figures name.
    part: Option<ReviewPart>,
    /// Votes for an edition in 表二, and the first label that votes for each.
    witnesses: Vec<(Edition, TableKind, Span)>,
}

impl Binder {
    /// Reads a grid that starts at `offset`.
    pub(super) fn grid(&mut self, grid: &Grid, offset: usize) {
        self.owners.clear();
        if self.is_of_prose(grid) {
            return;
        }
        let bare = !self.review_done && !grid.rows.iter().any(|row| opens_review(row));
        let review = grid.rows.iter().position(|row| bare && is_review_row(row));
        for (index, row) in grid.rows.iter().enumerate() {
            // The number of the columns of 表四 identifies them, whatever a converter left of their names.
            if let Some(review) = review {
                if index == review {
                    self.review_row(row, offset);
                }
                continue;
            }
            if grid.has_rows && is_header_of_rows(row) {
                continue;
            }
            let places = grid.places.get(index);
            let width = places.map_or(row.len(), |places| places.last().map_or(0, |last| last.column + last.across));
            let mut piece = LabelledRow { width: grid.has_rows.then_some(width), ..LabelledRow::default() };
            if self.in_review {
                self.review.push(Vec::new());
            }
            for (column, cell) in row.iter().enumerate() {
                let place = places.and_then(|places| places.get(column));
                if let (Some(place), CellContent::Label(label)) = (place, &cell.content) {
                    self.owners_cell(label.label, *place);
                }
                self.cell(cell, offset, place.map_or(column, |place| place.column), &mut piece);
            }
            if let Some(place) = places.and_then(|places| places.first()) {
                piece.standings = self.owners.of(place.row);
            }
            self.finish(&mut piece);
        }
        if self.in_review && self.review.iter().flatten().any(|cell| is_figure(&cell.value)) {
            self.in_review = false;
            self.review_done = !self.take_part();
        }
    }

    /// Whether `grid` is prose that a converter made a table of: its section has no table, and no row has a printed label.
    fn is_of_prose(&self, grid: &Grid) -> bool {
        let is_printed = |cell: &GridCell| match &cell.content {
            CellContent::Label(label) => {
                label.likeness <= Likeness::Broken && matches!(label.label, Label::Row(_) | Label::Header(_))
            }
            CellContent::Value(_) | CellContent::Torn => false,
        };
        let narrative = self.section.is_some_and(|section| TableKind::ALL.iter().all(|kind| kind.section() != section));
        narrative && !grid.rows.iter().flatten().any(is_printed)
    }

    /// Reads the row of 表四 if its header was not found.
    fn review_row(&mut self, row: &[GridCell], offset: usize) {
        let figures = row.iter().filter_map(|cell| match &cell.content {
            CellContent::Value(value) => Some(Cell { span: cell.span.shift(offset), value: value.clone() }),
            CellContent::Label(_) | CellContent::Torn => None,
        });
        let figures: Vec<Cell> = figures.collect();
        let Some(span) = figures.iter().map(|cell| cell.span).reduce(Span::cover) else { return };
        self.review_start.get_or_insert(span);
        self.pieced.push(span);
        (self.review, self.in_review) = (vec![figures], true);
    }

    /// Takes the last figures as a part of 表四, if their number is that of one or two of its groups. Returns whether more
    /// parts are missing.
    fn take_part(&mut self) -> bool {
        const GROUP: usize = Outcome::ALL.len();
        let figures = self.review.iter().find(|row| row.iter().any(|cell| is_figure(&cell.value)));
        let figures: Vec<Cell> = figures.map(|row| trimmed(row).to_vec()).unwrap_or_default();
        let named = self.part.take();
        if !matches!(figures.len(), n if n == GROUP || n == 2 * GROUP) {
            return false;
        }
        self.parts.push((named, figures));
        let count: usize = self.parts.iter().map(|(_, figures)| figures.len()).sum();
        count < 3 * GROUP
    }

    /// Reads a heading, which ends the current table.
    pub(super) fn heading(&mut self, section: Option<Section>) {
        self.in_review = false;
        self.section = section.or(self.section);
    }

    /// A line of words beside the grids.
    pub(super) fn line(&mut self, line: &str, span: Span) {
        if line.len() > 150 {
            return;
        }
        self.part = review_part(line).or(self.part);
        let of_table = self.section.is_none_or(|section| TableKind::ALL.iter().any(|kind| kind.section() == section));
        if of_table && !self.pieces.is_empty() {
            self.loose.push((self.pieces.len(), span, line.to_owned()));
        }
    }

    /// Gives rows without a label the label in the lines of words beside them.
    fn name_pieces(&mut self) {
        let mut named: Vec<(usize, Row, LabelMatch, Span)> = Vec::new();
        self.lines_name_rows |= !self.parts.is_empty();
        let known: Vec<Row> = self.pieces.iter().filter_map(|piece| piece.row.map(|(row, ..)| row)).collect();
        for (index, piece) in self.pieces.iter().enumerate() {
            if piece.row.is_some() || !piece.stray.is_empty() || !piece.has_values() {
                continue;
            }
            self.lines_name_rows = true;
            let from = self.loose.partition_point(|(at, ..)| *at < index);
            let middle = self.loose.partition_point(|(at, ..)| *at <= index);
            let to = self.loose.partition_point(|(at, ..)| *at <= index + 1);
            let (from, to) = (from.max(middle.saturating_sub(3)), to.min(middle + 3));
            let figures = trimmed(&piece.values).len();
            let found = (from..=middle).flat_map(|start| (middle..=to).map(move |end| start..end)).find_map(|range| {
                let lines = self.loose.get(range)?;
                let text: String = lines.iter().map(|(_, _, line)| line.as_str()).collect();
                let label = recognise(&text).filter(|label| label.likeness == Likeness::Standard)?;
                let Label::Row(row) = label.label else { return None };
                let due = columns_of(row).any(|columns| columns == figures);
                let span = lines.first().map(|(_, span, _)| *span)?;
                (due && !known.contains(&row)).then_some((row, label, span))
            });
            if let Some((row, label, span)) = found.filter(|(row, ..)| named.iter().all(|(_, other, ..)| other != row))
            {
                named.push((index, row, LabelMatch { likeness: Likeness::Broken, ..label }, span));
            }
        }
        for (index, row, label, span) in named {
            let piece = &mut self.pieces[index];
            piece.values = trimmed(&piece.values).to_vec();
            let whole = piece.values.iter().map(|cell| cell.span).fold(span, Span::cover);
            piece.row = Some((row, label, span));
            self.pieced.push(whole);
            self.labels.push(LabelUse { span, label, table: Some(row.table()) });
        }
        self.labels.sort_by_key(|label| label.span);
    }

    /// Records the cell at `place` as an owner of rows, if `label` has rows below it.
    fn owners_cell(&mut self, label: Label, place: CellPlace) {
        match label {
            Label::Group(group) => self.owners.push(group, place),
            Label::Row(Row::OtherHandling) => self.owners.push(Group::OtherHandling, place),
            _ => {}
        }
    }

    fn cell(&mut self, cell: &GridCell, offset: usize, column: usize, piece: &mut LabelledRow) {
        let span = cell.span.shift(offset);
        match &cell.content {
            CellContent::Label(label) => self.label(*label, span, piece),
            CellContent::Torn => piece.torn = Some(span),
            CellContent::Value(value) => {
                let cell = Cell { span, value: value.clone() };
                if self.in_review {
                    if let Some(row) = self.review.last_mut() {
                        row.push(cell);
                    }
                } else if *value == Value::Other && piece.row.is_none() {
                    if piece.has_values() {
                        self.finish(piece);
                    }
                    piece.values.clear();
                    piece.stray.push(span);
                    self.strays.push(span);
                } else {
                    if piece.values.is_empty() {
                        piece.start = column;
                    }
                    piece.values.push(cell);
                }
            }
        }
    }

    fn restart_review(&mut self) {
        self.review.clear();
        self.review.push(Vec::new());
    }

    fn label(&mut self, label: LabelMatch, span: Span, piece: &mut LabelledRow) {
        let opens_review = matches!(
            label.label,
            Label::Header(Header::Review | Header::Litigation | Header::DirectSuit | Header::SuitAfterReview)
        ) || (matches!(label.label, Label::Column(Column::Review(_)))
            && label.likeness == Likeness::Standard);
        if opens_review && !self.review_done {
            if !self.in_review {
                self.finish(piece);
                self.in_review = true;
                self.review_start.get_or_insert(span);
            }
        } else if matches!(label.label, Label::Row(_) | Label::Group(_) | Label::Item(_)) {
            self.in_review = false;
        }
        if label.likeness == Likeness::Cut && !self.in_review {
            // `结果` alone is a truncated header of 表四; elsewhere it is the rest of another label.
            piece.values.clear();
            piece.stray.push(span);
            self.strays.push(span);
            return;
        }
        if self.in_review {
            self.part = match label.label {
                Label::Header(Header::Review) => Some(ReviewPart::Review),
                Label::Header(Header::DirectSuit) => Some(ReviewPart::DirectSuit),
                Label::Header(Header::SuitAfterReview) => Some(ReviewPart::SuitAfterReview),
                _ => self.part,
            };
            self.restart_review();
            self.labels.push(LabelUse { span, label, table: Some(TableKind::Review) });
            return;
        }
        let table = match label.label {
            Label::Row(row) => row.table(),
            Label::Item(_) | Label::Header(Header::Content) => TableKind::Disclosure,
            Label::Column(column) => table_of(column),
            _ => TableKind::Applications,
        };
        self.labels.push(LabelUse { span, label, table: Some(table) });
        if let Some(edition) = label.label.edition() {
            self.witnesses.push((edition, table, span));
        }
        match label.label {
            Label::Row(row) => {
                if let Some((before, _, at)) = piece.row {
                    if before == Row::OtherHandling && piece.values.is_empty() {
                        piece.row = None;
                        piece.groups.push(Group::OtherHandling);
                        piece.stray.clear();
                        let _ = at;
                    } else {
                        self.finish(piece);
                    }
                } else if piece.has_values() {
                    self.finish(piece);
                }
                piece.values.clear();
                piece.row = Some((row, label, span));
            }
            Label::Group(group) => {
                if piece.row.is_some() || piece.has_values() {
                    self.finish(piece);
                }
                piece.values.clear();
                piece.groups.push(group);
            }
            Label::Column(_) | Label::Header(_) | Label::Item(_) => {
                if piece.row.is_some() || piece.has_values() {
                    self.finish(piece);
                }
                piece.values.clear();
                piece.stray.push(span);
            }
        }
    }

    fn finish(&mut self, piece: &mut LabelledRow) {
        let next = LabelledRow { width: piece.width, ..LabelledRow::default() };
        let done = std::mem::replace(piece, next);
        if done.row.is_some() || done.has_values() || done.torn.is_some() {
            self.pieces.push(done);
        }
    }

    /// The tables, the labels and the other texts. `year_edition` is the edition of tables whose own labels do not show it.
    pub(super) fn bind(mut self, year_edition: Option<Edition>) -> FoundTables {
        self.name_pieces();
        self.join_parts();
        self.part_joined_rows();
        self.join_cut_rows();
        let disclosure = self.edition(TableKind::Disclosure, None).or(year_edition);
        let applications = self.edition(TableKind::Applications, disclosure).or(year_edition);
        let mut tables = Vec::new();
        for (kind, edition) in [(TableKind::Disclosure, disclosure), (TableKind::Applications, applications)] {
            let spec = edition.unwrap_or(Edition::F2021).format().table(kind);
            let witness = self.witness(spec);
            if kind == TableKind::Applications && spec.index(Row::OtherHandling).is_none() {
                // （六）其他处理 with rows below it is not a row itself.
                for piece in &mut self.pieces {
                    if piece.row.is_some_and(|(row, ..)| row == Row::OtherHandling) {
                        piece.row = None;
                        piece.groups.push(Group::OtherHandling);
                    }
                }
            }
            tables.extend(bind_rows(spec, &self.pieces, witness));
        }
        let spec = applications.or(year_edition).unwrap_or(Edition::F2021).format().table(TableKind::Review);
        tables.extend(self.review(spec));
        for (span, label) in tables.iter().flat_map(|table| &table.rows).flatten().filter_map(|row| row.label) {
            // The place of a row may have shown that its label is another row's.
            if let Some(written) = self.labels.iter_mut().find(|written| written.span == span) {
                written.label = label;
            }
        }
        for table in &mut tables {
            // The headers immediately before the first row belong to the table.
            let above = self.labels.iter().rev().filter(|label| label.span.start < table.span.start);
            let mine = above.take_while(|label| label.table == Some(table.spec.kind));
            table.span = mine.map(|label| label.span).fold(table.span, Span::cover);
        }
        let lines_name_rows = self.lines_name_rows;
        FoundTables { tables, labels: self.labels, strays: self.strays, pieced: self.pieced, lines_name_rows }
    }

    /// Assembles the row of 表四 whose parts have a table each, in the order of its columns.
    fn join_parts(&mut self) {
        if self.parts.len() < 2 || self.review_done && self.review.iter().any(|row| row.len() == 3 * Outcome::ALL.len())
        {
            return;
        }
        let mut parts = std::mem::take(&mut self.parts);
        let named: Vec<ReviewPart> = parts.iter().filter_map(|(part, _)| *part).collect();
        // If they name different parts, they are sorted; otherwise they keep the printed order.
        if named.len() == parts.len() && named.iter().enumerate().all(|(at, part)| !named[..at].contains(part)) {
            parts.sort_by_key(|(part, _)| *part);
        }
        let cells: Vec<Cell> = parts.into_iter().flat_map(|(_, cells)| cells).collect();
        self.pieced.extend(cells.iter().map(|cell| cell.span));
        self.review = vec![cells];
    }

    /// Splits a row from the unlabelled values of the next one, in layouts that do not mark the end of every row.
    fn part_joined_rows(&mut self) {
        let mut parted: Vec<LabelledRow> = Vec::with_capacity(self.pieces.len());
        for mut piece in self.pieces.drain(..) {
            // The rows of 表三 are as wide in every edition.
            let rows = Edition::F2021.format().table(TableKind::Applications).rows;
            let due = piece.row.filter(|_| piece.width.is_none());
            let due = due.and_then(|(row, ..)| rows.iter().find(|spec| spec.row == row));
            let rest = match due {
                Some(spec) if piece.values.len() > spec.columns.len() + 1 => piece.values.split_off(spec.columns.len()),
                _ => Vec::new(),
            };
            parted.push(piece);
            if rest.iter().any(|cell| cell.value != Value::Blank) {
                parted.push(LabelledRow { values: rest, ..LabelledRow::default() });
            }
        }
        self.pieces = parted;
    }

    /// Appends a row of unlabelled values to the short row before it, if that completes it.
    fn join_cut_rows(&mut self) {
        let mut joined: Vec<LabelledRow> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            if let Some(last) = joined.last_mut()
                && let Some((row, ..)) = last.row
                && piece.row.is_none()
                && piece.stray.is_empty()
                && piece.groups.is_empty()
            {
                let widths = [Edition::F2021, Edition::F2019].map(|edition| {
                    edition
                        .format()
                        .table(row.table())
                        .rows
                        .iter()
                        .find(|spec| spec.row == row)
                        .map(|spec| spec.columns.len())
                });
                let (have, more) = (last.values.len(), piece.values.len());
                let displaced = last.width.is_some_and(|width| widths.contains(&Some(width - 1)));
                if !displaced && more > 0 && !widths.contains(&Some(have)) && widths.contains(&Some(have + more)) {
                    last.values.extend(piece.values);
                    last.width = None;
                    continue;
                }
            }
            joined.push(piece);
        }
        self.pieces = joined;
    }

    /// The edition that the labels of the table of `kind` indicate.
    fn edition(&self, kind: TableKind, fallback: Option<Edition>) -> Option<Edition> {
        if kind == TableKind::Applications {
            let has = |row| self.pieces.iter().any(|piece| piece.row.is_some_and(|(found, ..)| found == row));
            if has(Row::NotCorrected) || has(Row::FeeNotPaid) || has(Row::OtherOutcome) {
                return Some(Edition::F2021);
            }
            if has(Row::OtherHandling) {
                return Some(Edition::F2019);
            }
            return fallback;
        }
        let votes = |edition| self.witnesses.iter().filter(|(e, k, _)| *e == edition && *k == kind).count();
        let (old, new) = (votes(Edition::F2019), votes(Edition::F2021));
        match old.cmp(&new) {
            std::cmp::Ordering::Greater => Some(Edition::F2019),
            std::cmp::Ordering::Less => Some(Edition::F2021),
            std::cmp::Ordering::Equal => fallback,
        }
    }

    fn witness(&self, spec: &TableSpec) -> Option<Span> {
        let found = |(edition, kind, _): &&(Edition, TableKind, Span)| *edition == spec.edition && *kind == spec.kind;
        self.witnesses.iter().find(found).map(|(_, _, span)| *span)
    }

    /// 表四: the figures after its last header.
    fn review(&self, spec: &'static TableSpec) -> Option<Table> {
        let start = self.review_start?;
        let row_spec = spec.rows.first()?;
        let due = row_spec.columns.len();
        let has_figures = |row: &&Vec<Cell>| row.iter().any(|cell| is_figure(&cell.value));
        let rows: Vec<&Vec<Cell>> = match self.review.iter().filter(has_figures).count() {
            // Nothing is filled in: its cells are blank, not missing.
            0 => self.review.iter().filter(|row| row.len() >= due).collect(),
            _ => self.review.iter().filter(has_figures).collect(),
        };
        let mut cells: Vec<Cell> = match rows.iter().find(|row| row.len() == due) {
            Some(row) => row.to_vec(),
            None => rows.into_iter().flatten().cloned().collect(),
        };
        // Words before the figures are the rest of a header.
        while cells.len() > due && cells.first().is_some_and(|cell| cell.value == Value::Other) {
            cells.remove(0);
        }
        let span = cells.iter().map(|cell| cell.span).reduce(Span::cover);
        let (cells, shape) = place(cells, due, None, Usual::Unknown);
        let row = span.map(|span| TableRow { label: None, span, cells, shape });
        let span = row.as_ref().map_or(start, |row| start.cover(row.span));
        Some(Table { spec, layout: None, span, witness: None, rows: vec![row], surplus_rows: Vec::new() })
    }
}

/// Whether a row has a printed header of 表四.
fn opens_review(row: &[GridCell]) -> bool {
    row.iter().any(|cell| match &cell.content {
        CellContent::Label(label) => {
            label.likeness <= Likeness::Broken
                && matches!(
                    label.label,
                    Label::Header(Header::Review | Header::Litigation | Header::DirectSuit | Header::SuitAfterReview)
                        | Label::Column(Column::Review(_))
                )
        }
        CellContent::Value(_) | CellContent::Torn => false,
    })
}

/// Whether a row has exactly the figures of 表四's row, and nothing else.
fn is_review_row(row: &[GridCell]) -> bool {
    row.len() == 3 * Outcome::ALL.len()
        && row.iter().all(|cell| matches!(&cell.content, CellContent::Value(value) if is_figure(value)))
}

/// Whether a row names several rows of 表三 and has no figures: it is a header that is not in the format.
fn is_header_of_rows(row: &[GridCell]) -> bool {
    let mut named: Vec<Row> = Vec::new();
    for cell in row {
        match &cell.content {
            CellContent::Label(LabelMatch { label: Label::Row(row), .. }) if !named.contains(row) => named.push(*row),
            CellContent::Value(value) if is_figure(value) => return false,
            _ => {}
        }
    }
    named.iter().filter(|row| **row != Row::OtherHandling).count() > 1
}

/// The number of columns of `row`, in each edition.
fn columns_of(row: Row) -> impl Iterator<Item = usize> {
    [Edition::F2021, Edition::F2019].into_iter().filter_map(move |edition| {
        let spec = edition.format().table(row.table());
        Some(spec.rows.get(spec.index(row)?)?.columns.len())
    })
}

fn is_figure(value: &Value) -> bool {
    matches!(value, Value::Number(_) | Value::Placeholder)
}

fn table_of(column: Column) -> TableKind {
    match column {
        Column::NaturalPersons
        | Column::Businesses
        | Column::ResearchBodies
        | Column::PublicInterestBodies
        | Column::LegalServices
        | Column::OtherOrganisations
        | Column::AllApplicants => TableKind::Applications,
        Column::Review(_) | Column::DirectSuit(_) | Column::SuitAfterReview(_) => TableKind::Review,
        _ => TableKind::Disclosure,
    }
}

/// Binds the pieces of the table of `spec`; `None` if it has no row.
fn bind_rows(spec: &'static TableSpec, pieces: &[LabelledRow], witness: Option<Span>) -> Option<Table> {
    let mine = |piece: &LabelledRow| piece.row.filter(|(row, ..)| row.table() == spec.kind);
    if !pieces.iter().any(|piece| mine(piece).is_some()) {
        return None;
    }
    let peers = Peers::of_rows(spec, pieces);
    let placed = RowsByPosition::of(spec, pieces);
    let mut rows: Vec<Option<TableRow>> = spec.rows.iter().map(|_| None).collect();
    let mut padded = vec![false; spec.rows.len()];
    let mut surplus_rows = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Some((row, label, span)) = mine(piece).filter(|_| !placed.is_slip(at)) else { continue };
        match spec.index(row).filter(|index| rows[*index].is_none()) {
            Some(index) => {
                let blank = |cell: Option<&Cell>| cell.is_some_and(|cell| cell.value == Value::Blank);
                padded[index] = blank(piece.values.first()) && blank(piece.values.last());
                rows[index] = Some(table_row(&spec.rows[index], Some((span, label)), piece, &peers));
            }
            None => surplus_rows.push((row, span)),
        }
    }
    // Rows whose label is lost or unreadable: the row at that place, or the only missing row between two known ones.
    let mut before: Option<usize> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let index = if placed.is_slip(at) {
            placed.row(at)
        } else if let Some((row, ..)) = mine(piece) {
            before = spec.index(row).or(before);
            continue;
        } else if piece.row.is_some() {
            continue;
        } else {
            placed.row(at).or_else(|| between(spec, before, placed.next_row(at), piece))
        };
        let Some(index) = index.filter(|index| rows.get(*index).is_some_and(Option::is_none)) else { continue };
        let known_by_place = placed.row(at) == Some(index);
        if let Some(row) = row_without_label(&spec.rows[index], piece, &peers, known_by_place) {
            rows[index] = Some(row);
            before = Some(index);
        }
    }
    note_torn_rows(spec, pieces, &mut rows);
    let span = rows.iter().flatten().map(|row| row.span).reduce(Span::cover)?;
    let mut table = Table { spec, layout: None, span, witness, rows, surplus_rows };
    settle_padded_rows(&mut table, &padded);
    settle_shifted_rows(&mut table);
    Some(table)
}

/// Marks the missing rows between two labels as unreadable if there are figures without a label between them.
fn note_torn_rows(spec: &TableSpec, pieces: &[LabelledRow], rows: &mut [Option<TableRow>]) {
    let index_of = |piece: &LabelledRow| piece.row.and_then(|(row, ..)| spec.index(row));
    for (at, piece) in pieces.iter().enumerate() {
        let Some(span) = piece.torn.filter(|_| piece.row.is_none()) else { continue };
        let before = pieces.get(..at).unwrap_or_default().iter().rev().find_map(index_of);
        let after = pieces.get(at + 1..).unwrap_or_default().iter().find_map(index_of);
        let Some(before) = before else { continue };
        let after = after.filter(|after| before < *after).unwrap_or(rows.len());
        let between = rows.get_mut(before + 1..after).unwrap_or_default().iter_mut().zip(&spec.rows[before + 1..after]);
        for (row, spec) in between.filter(|(row, _)| row.is_none()) {
            let cells = vec![None; spec.columns.len()];
            *row = Some(TableRow { label: None, span, cells, shape: RowShape::Unread });
        }
    }
}

/// The only missing row between `before` and the next known row, if `piece`, which has no row label, may be it.
fn between(spec: &TableSpec, before: Option<usize>, next: Option<Row>, piece: &LabelledRow) -> Option<usize> {
    let after = match next {
        Some(row) if row.table() == spec.kind => spec.index(row),
        _ => Some(spec.rows.len()),
    };
    let index = before.map_or(0, |before| before + 1);
    let groups = spec.rows.get(index)?.row.groups();
    (after == Some(index + 1) && piece.groups.iter().all(|group| groups.contains(group))).then_some(index)
}

/// `piece`, which lacks the row's label, as the row of `spec`. With `known_by_place`, its figures need not confirm this.
fn row_without_label(spec: &RowSpec, piece: &LabelledRow, peers: &Peers, known_by_place: bool) -> Option<TableRow> {
    let due = spec.columns.len();
    let written = piece.row.map(|(_, _, span)| span).or(piece.stray.last().copied());
    if let Some(span) = written {
        let label = (span, LabelMatch { label: Label::Row(spec.row), likeness: Likeness::Variant });
        let row = table_row(spec, Some(label), piece, peers);
        let whole = row.shape == RowShape::Full && piece.values.len() >= due;
        return (whole || known_by_place).then_some(row);
    }
    let (first, others) = split_lost_label(&piece.values, due, known_by_place)?;
    let cells: Vec<Option<Cell>> = others.iter().cloned().map(Some).collect();
    let span = others.last().map_or(first.span, |last| first.span.cover(last.span));
    Some(TableRow { label: None, span, cells, shape: RowShape::LabelLost(first.clone()) })
}

/// The table and the cell of the figure at `span`. `None` if the columns of that table follow from its figures, or if the
/// figure has no column: then a change of the figure has to bind the table again.
pub(super) fn figure_at(tables: &[Table], span: Span) -> Option<(usize, CellRef)> {
    let (index, table) = tables.iter().enumerate().find(|(_, table)| table.span.touches(span.start))?;
    let row_at = |row: &Option<TableRow>| row.as_ref().is_some_and(|row| row.span.touches(span.start));
    let row = table.rows.iter().position(row_at)?;
    let cells = &table.rows.get(row)?.as_ref()?.cells;
    let column = cells.iter().position(|cell| cell.as_ref().is_some_and(|cell| cell.span == span))?;
    let by_place = |row: &TableRow| row.shape == RowShape::Full;
    table.rows.iter().flatten().all(by_place).then_some((index, CellRef { row, column }))
}

/// Replaces the figure that [`figure_at`] found by `new`.
pub(super) fn replace_figure(tables: &mut [Table], (table, place): (usize, CellRef), new: Cell) {
    let Some(table) = tables.get_mut(table) else { return };
    let row = table.rows.get_mut(place.row).and_then(Option::as_mut);
    if let Some(cell) = row.and_then(|row| row.cells.get_mut(place.column)) {
        *cell = Some(new);
    }
    // The row of 表四 is bound by its place alone.
    if table.spec.kind != TableKind::Review {
        settle_shifted_rows(table);
    }
}

/// Drops a surplus zero from rows with surplus blank cells: pasting inserted columns there, and the zero may belong to one
/// of them. It is dropped if the balances, computed from other rows alone, confirm the other figures in every column but
/// at most one. `padded` is true for each row with blank cells on both sides of its figures.
fn settle_padded_rows(table: &mut Table, padded: &[bool]) {
    let surplus = table.rows.iter().flatten().filter(|row| matches!(row.shape, RowShape::Surplus(_))).count();
    let page_is_shifted = surplus > 2;
    let mut settled: Vec<(usize, Vec<Option<Cell>>)> = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let Some(TableRow { shape: RowShape::Surplus(values), cells, .. }) = row else { continue };
        let width = cells.len();
        let inserted = padded.get(index).copied().unwrap_or(false);
        if !inserted || values.len() != width + 1 || cells.iter().any(Option::is_some) {
            continue;
        }
        let Some(drop) = values.iter().rposition(|cell| cell.count() == Some(0)) else { continue };
        let kept: Vec<Cell> =
            values.iter().enumerate().filter(|(at, _)| *at != drop).map(|(_, cell)| cell.clone()).collect();
        let due: Option<Vec<i64>> =
            (0..width).map(|column| balance_of_others(table, CellRef { row: index, column })).collect();
        let Some(due) = due else { continue };
        let wrong = kept.iter().zip(&due).filter(|(cell, due)| cell.count() != Some(**due)).count();
        // A single surplus figure that is itself wrong is the likelier cause, unless the whole page is shifted.
        let fits_without = |at: usize| {
            let others = values.iter().enumerate().filter(|(index, _)| *index != at);
            others.zip(&due).all(|((_, cell), due)| cell.count() == Some(*due))
        };
        if wrong == 0 || (wrong == 1 && (page_is_shifted || !(0..values.len()).any(fits_without))) {
            settled.push((index, kept.into_iter().map(Some).collect()));
        }
    }
    for (index, cells) in settled {
        if let Some(Some(row)) = table.rows.get_mut(index) {
            row.cells = cells;
            row.shape = RowShape::Padded;
        }
    }
}

/// Finds rows with a blank at the edge that lack a cell. Such a row may be complete except for that blank, or lack a cell
/// beside a surplus blank. If two or more of its columns do not add up, its figures are in the wrong columns, so a cell is
/// missing; likewise if one column does not add up and the last figure is the total of those before it.
fn settle_shifted_rows(table: &mut Table) {
    let mut shifted: Vec<usize> = Vec::new();
    // Rows with such a blank have columns in common.
    let mut known: Vec<Option<bool>> = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let Some(row) = row.as_ref().filter(|row| row.shape == RowShape::Full) else { continue };
        let blank = |cell: &Option<Cell>| cell.as_ref().is_some_and(|cell| cell.value == Value::Blank);
        let at_edge = row.cells.first().is_some_and(blank) || row.cells.last().is_some_and(blank);
        if at_edge && row.cells.iter().filter(|cell| blank(cell)).count() == 1 {
            known.resize(table.spec.identities().len(), None);
            // Only the row's own sum contains two of its cells.
            let own = (0..row.cells.len()).flat_map(|column| table.spec.identities_of(CellRef { row: index, column }));
            let violated = own.filter(|(index, _)| {
                let (Some(identity), Some(known)) = (table.spec.identities().get(*index), known.get_mut(*index)) else {
                    return false;
                };
                identity.kind != IdentityKind::RowTotal
                    && *known.get_or_insert_with(|| residual(table, identity).is_some_and(|rest| rest != 0))
            });
            let violated = violated.count();
            if violated > 1 || (violated == 1 && ends_in_its_total(&row.cells)) {
                shifted.push(index);
            }
        }
    }
    for index in shifted {
        if let Some(Some(row)) = table.rows.get_mut(index) {
            let none = vec![None; row.cells.len()];
            let cells = std::mem::replace(&mut row.cells, none);
            let figures = cells.into_iter().flatten().filter(|cell| cell.value != Value::Blank).collect();
            row.shape = RowShape::Short(figures);
        }
    }
}

/// Whether the last figure, before a blank, is the sum of the others and greater than 0.
fn ends_in_its_total(cells: &[Option<Cell>]) -> bool {
    let counts: Option<Vec<i64>> = match cells.split_last() {
        Some((Some(last), others)) if last.value == Value::Blank => {
            others.iter().map(|cell| cell.as_ref()?.count()).collect()
        }
        _ => None,
    };
    let counts = counts.unwrap_or_default();
    counts.split_last().is_some_and(|(last, others)| *last > 0 && *last == others.iter().sum::<i64>())
}

/// Σ coefficient × count over an identity, if every operand is known.
fn residual(table: &Table, identity: &Identity) -> Option<i64> {
    identity
        .terms
        .iter()
        .try_fold(0, |sum, (cell, coefficient)| Some(sum + i64::from(*coefficient) * table.cell(*cell)?.count()?))
}

/// The value of the cell at `place` by the balance of its column, if every other operand is known.
fn balance_of_others(table: &Table, place: CellRef) -> Option<i64> {
    let identities = table.spec.identities_of(place).iter();
    let (balance, own) = identities
        .filter_map(|(index, coefficient)| Some((table.spec.identities().get(*index)?, *coefficient)))
        .find(|(identity, _)| identity.kind == IdentityKind::Balance)?;
    let mut rest = 0i64;
    for (operand, coefficient) in balance.terms.iter().filter(|(operand, _)| *operand != place) {
        rest += i64::from(*coefficient) * table.cell(*operand)?.count()?;
    }
    Some(-rest * i64::from(own))
}

/// The value in place of a label, and the `due` values after it; only blanks may be between. If the place identifies the
/// row, a blank may be in place of its label.
fn split_lost_label(values: &[Cell], due: usize, known_by_place: bool) -> Option<(&Cell, &[Cell])> {
    let figures = trimmed(values);
    if known_by_place && figures.len() == due {
        let label = values.first().filter(|first| first.value == Value::Blank)?;
        return Some((label, figures));
    }
    let (first, others) = figures.split_first()?;
    let (between, figures) = others.split_at_checked(others.len().checked_sub(due)?)?;
    between.iter().all(|cell| cell.value == Value::Blank).then_some((first, figures))
}
