//! Grids of cells bound to the tables of the official formats.
//!
//! Rows are found by their labels, wherever the layout breaks them: a row's values are the cells behind its label, up to
//! the next label or the end of the row. Where a label is lost or unreadable, the position tells.

use super::reading::{Content, Grid, GridCell};
use super::{Cell, LabelUse, RowShape, Table, TableRow, Value};
use crate::statute::{
    CellRef, Column, Edition, Group, Header, Identity, IdentityKind, Label, LabelMatch, Likeness, Row, RowSpec,
    TableKind, TableSpec,
};
use crate::text::Span;

/// Binds the grids of a report, one after the other.
#[derive(Default)]
pub(super) struct Binder {
    labels: Vec<LabelUse>,
    pieces: Vec<Piece>,
    /// The cells of 表四 behind its last header, by row.
    review: Vec<Vec<Cell>>,
    /// Where 表四's first header stands.
    review_start: Option<Span>,
    in_review: bool,
    review_done: bool,
    /// Texts that are no labels, nor in the place of a figure.
    strays: Vec<Span>,
    /// Votes for an edition in 表二, and the first label that votes for each.
    witnesses: Vec<(Edition, TableKind, Span)>,
}

/// A row as it is met: labels, then values.
#[derive(Default)]
struct Piece {
    groups: Vec<Group>,
    row: Option<(Row, LabelMatch, Span)>,
    /// Texts before the values that are no label of a row.
    stray: Vec<Span>,
    values: Vec<Cell>,
    /// In which column of the grid the values start.
    start: usize,
    /// How many cells the row has in all; `None` where the layout does not tell.
    width: Option<usize>,
}

impl Piece {
    fn has_values(&self) -> bool {
        self.values.iter().any(|cell| cell.value != Value::Blank)
    }
}

impl Binder {
    /// Reads a grid that starts at `offset`.
    pub(super) fn grid(&mut self, grid: &Grid, offset: usize) {
        for row in &grid.rows {
            let mut piece = Piece { width: grid.has_rows.then_some(row.len()), ..Piece::default() };
            if self.in_review {
                self.review.push(Vec::new());
            }
            for (column, cell) in row.iter().enumerate() {
                self.cell(cell, offset, column, &mut piece);
            }
            self.finish(&mut piece);
        }
        if self.review.iter().flatten().any(|cell| is_figure(&cell.value)) {
            self.in_review = false;
            self.review_done = true;
        }
    }

    /// A heading ends whatever table was being read.
    pub(super) fn heading(&mut self) {
        self.in_review = false;
    }

    fn cell(&mut self, cell: &GridCell, offset: usize, column: usize, piece: &mut Piece) {
        let span = cell.span.shift(offset);
        match &cell.content {
            Content::Label(label) => self.label(*label, span, piece),
            Content::Value(value) => {
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

    fn label(&mut self, label: LabelMatch, span: Span, piece: &mut Piece) {
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
            // `结果` by itself is a header of 表四 that was cut off; elsewhere it is the rest of some other label.
            piece.values.clear();
            piece.stray.push(span);
            self.strays.push(span);
            return;
        }
        if self.in_review {
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

    fn finish(&mut self, piece: &mut Piece) {
        let next = Piece { width: piece.width, ..Piece::default() };
        let done = std::mem::replace(piece, next);
        if done.row.is_some() || done.has_values() {
            self.pieces.push(done);
        }
    }

    /// The tables, the labels and the other texts that were found. `year_edition` settles what the tables themselves leave
    /// open.
    pub(super) fn bind(mut self, year_edition: Option<Edition>) -> (Vec<Table>, Vec<LabelUse>, Vec<Span>) {
        self.part_joined_rows();
        self.join_cut_rows();
        let disclosure = self.edition(TableKind::Disclosure, None).or(year_edition);
        let applications = self.edition(TableKind::Applications, disclosure).or(year_edition);
        let mut tables = Vec::new();
        for (kind, edition) in [(TableKind::Disclosure, disclosure), (TableKind::Applications, applications)] {
            let spec = edition.unwrap_or(Edition::F2021).format().table(kind);
            let witness = self.witness(spec);
            if kind == TableKind::Applications && spec.index(Row::OtherHandling).is_none() {
                // Where （六）其他处理 has rows below it, it is no row itself.
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
        for table in &mut tables {
            // The headers right before the first row are the table's.
            let above = self.labels.iter().rev().filter(|label| label.span.start < table.span.start);
            let mine = above.take_while(|label| label.table == Some(table.spec.kind));
            table.span = mine.map(|label| label.span).fold(table.span, Span::cover);
        }
        (tables, self.labels, self.strays)
    }

    /// Parts a row from the bare values of the next one where the layout does not tell the end of every row.
    fn part_joined_rows(&mut self) {
        let mut parted: Vec<Piece> = Vec::with_capacity(self.pieces.len());
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
                parted.push(Piece { values: rest, ..Piece::default() });
            }
        }
        self.pieces = parted;
    }

    /// Appends a row of bare values to the short row before it, if that makes it whole.
    fn join_cut_rows(&mut self) {
        let mut joined: Vec<Piece> = Vec::with_capacity(self.pieces.len());
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

    /// The edition that the labels of the table of `kind` speak for.
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

    /// 表四: the figures behind its last header.
    fn review(&self, spec: &'static TableSpec) -> Option<Table> {
        let start = self.review_start?;
        let row_spec = spec.rows.first()?;
        let due = row_spec.columns.len();
        let has_figures = |row: &&Vec<Cell>| row.iter().any(|cell| is_figure(&cell.value));
        let rows: Vec<&Vec<Cell>> = match self.review.iter().filter(has_figures).count() {
            // Not filled in at all: its cells are blank, not missing.
            0 => self.review.iter().filter(|row| row.len() >= due).collect(),
            _ => self.review.iter().filter(has_figures).collect(),
        };
        let mut cells: Vec<Cell> = match rows.iter().find(|row| row.len() == due) {
            Some(row) => row.to_vec(),
            None => rows.into_iter().flatten().cloned().collect(),
        };
        // Words before the figures are what is left of a header.
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

/// Binds the pieces of the table of `spec`; `None` if none of its rows is there.
fn bind_rows(spec: &'static TableSpec, pieces: &[Piece], witness: Option<Span>) -> Option<Table> {
    let mine = |piece: &Piece| piece.row.filter(|(row, ..)| row.table() == spec.kind);
    if !pieces.iter().any(|piece| mine(piece).is_some()) {
        return None;
    }
    let peers = Peers::of_rows(spec, pieces);
    let mut rows: Vec<Option<TableRow>> = spec.rows.iter().map(|_| None).collect();
    let mut padded = vec![false; spec.rows.len()];
    let mut surplus_rows = Vec::new();
    for piece in pieces {
        let Some((row, label, span)) = mine(piece) else { continue };
        match spec.index(row).filter(|index| rows[*index].is_none()) {
            Some(index) => {
                let blank = |cell: Option<&Cell>| cell.is_some_and(|cell| cell.value == Value::Blank);
                padded[index] = blank(piece.values.first()) && blank(piece.values.last());
                rows[index] = Some(table_row(&spec.rows[index], Some((span, label)), piece, &peers));
            }
            None => surplus_rows.push((row, span)),
        }
    }
    // Rows whose label is lost or unreadable: the one missing row between two known ones.
    let mut before: Option<usize> = None;
    for (at, piece) in pieces.iter().enumerate() {
        if let Some((row, ..)) = mine(piece) {
            before = spec.index(row).or(before);
            continue;
        }
        if piece.row.is_some() {
            continue;
        }
        let after = pieces.get(at + 1..).into_iter().flatten().find_map(|next| next.row);
        let after = match after {
            Some((row, ..)) if row.table() == spec.kind => spec.index(row),
            _ => Some(spec.rows.len()),
        };
        let index = before.map_or(0, |before| before + 1);
        if after != Some(index + 1)
            || rows.get(index).is_none_or(Option::is_some)
            || (before.is_none() && after.is_none())
        {
            continue;
        }
        let row_spec = &spec.rows[index];
        let in_group = piece.groups.iter().all(|group| row_spec.row.groups().contains(group));
        if !in_group {
            continue;
        }
        let due = row_spec.columns.len();
        if let Some(label) = piece.stray.last() {
            let label = (*label, LabelMatch { label: Label::Row(row_spec.row), likeness: Likeness::Variant });
            let row = table_row(row_spec, Some(label), piece, &peers);
            if row.shape == RowShape::Full && piece.values.len() >= due {
                rows[index] = Some(row);
                before = Some(index);
            }
        } else if let Some((first, others)) = split_lost_label(&piece.values, due) {
            let cells: Vec<Option<Cell>> = others.iter().cloned().map(Some).collect();
            let span = others.last().map_or(first.span, |last| first.span.cover(last.span));
            rows[index] = Some(TableRow { label: None, span, cells, shape: RowShape::LabelLost(first.clone()) });
            before = Some(index);
        }
    }
    let span = rows.iter().flatten().map(|row| row.span).reduce(Span::cover)?;
    let mut table = Table { spec, layout: None, span, witness, rows, surplus_rows };
    settle_padded_rows(&mut table, &padded);
    settle_shifted_rows(&mut table);
    Some(table)
}

/// A row whose figures stand among blank cells that no column asks for had columns inserted by the paste, and a zero among
/// its figures may be of one of them. It is dropped if the balances, computed from other rows alone, confirm what is left in
/// every column but at most one. `padded` says of each row whether blank cells stand on both sides of its figures.
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
        // A single surplus figure that is itself what is wrong is the likelier cause, unless the whole page is shifted.
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

/// A row with a blank at its edge may be whole but for that blank, or lack a cell beside a blank of no column. Where two or
/// more of its columns would not add up, its figures stand in the wrong ones: a cell is gone.
fn settle_shifted_rows(table: &mut Table) {
    let mut shifted: Vec<usize> = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let Some(row) = row.as_ref().filter(|row| row.shape == RowShape::Full) else { continue };
        let blank = |cell: &Option<Cell>| cell.as_ref().is_some_and(|cell| cell.value == Value::Blank);
        let blanks = row.cells.iter().filter(|cell| blank(cell)).count();
        if blanks == 1 && (row.cells.first().is_some_and(blank) || row.cells.last().is_some_and(blank)) {
            let columns = table.spec.identities().iter().filter(|identity| {
                identity.kind != IdentityKind::RowTotal && identity.terms.iter().any(|(cell, _)| cell.row == index)
            });
            let violated = columns.filter(|identity| residual(table, identity).is_some_and(|rest| rest != 0)).count();
            if violated > 1 {
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

/// Σ coefficient × count over an identity, if every operand is known.
fn residual(table: &Table, identity: &Identity) -> Option<i64> {
    identity
        .terms
        .iter()
        .try_fold(0, |sum, (cell, coefficient)| Some(sum + i64::from(*coefficient) * table.cell(*cell)?.count()?))
}

/// What the balance of its column says that the cell at `place` holds, if every other operand is known.
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

/// The value that stands in the place of a label, and the `due` values behind it; only blanks may stand between.
fn split_lost_label(values: &[Cell], due: usize) -> Option<(&Cell, &[Cell])> {
    let (first, others) = trimmed(values).split_first()?;
    let (between, figures) = others.split_at_checked(others.len().checked_sub(due)?)?;
    between.iter().all(|cell| cell.value == Value::Blank).then_some((first, figures))
}

/// `values` without blanks at either end.
fn trimmed(values: &[Cell]) -> &[Cell] {
    let filled = |cell: &Cell| cell.value != Value::Blank;
    match (values.iter().position(filled), values.iter().rposition(filled)) {
        (Some(first), Some(last)) => values.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}

fn table_row(spec: &RowSpec, label: Option<(Span, LabelMatch)>, piece: &Piece, peers: &Peers) -> TableRow {
    let due = spec.columns.len();
    let mut values = piece.values.clone();
    // The rest of a label that was cut in two.
    if trimmed(&values).len() == due + 1
        && values.len() == due + 1
        && values.first().is_some_and(|cell| cell.value == Value::Other)
    {
        values.remove(0);
    }
    let usual = peers.of(piece);
    let last = values.last().map(|cell| cell.span);
    let (cells, shape) = place(values, due, piece.width, usual);
    let first = label.map(|(span, _)| span).or(cells.iter().flatten().next().map(|cell| cell.span));
    let span = match (first, last) {
        (Some(first), Some(last)) => first.cover(last),
        (first, last) => first.or(last).unwrap_or_default(),
    };
    TableRow { label, span, cells, shape }
}

/// What the whole rows of a table look like: those with as many figures as columns.
struct Peers {
    /// For each size of row, in which column of the grid the figures usually start.
    columns: Vec<(RowSize, usize)>,
    /// Whether blanks stand between label and figures in some whole row.
    blanks: bool,
    kind: TableKind,
}

/// How many cells a row has in all; where the layout does not tell that, how many stand behind its label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowSize {
    InAll(usize),
    BehindLabel(usize),
}

impl RowSize {
    fn of(piece: &Piece) -> RowSize {
        piece.width.map_or(RowSize::BehindLabel(piece.values.len()), RowSize::InAll)
    }
}

/// What the whole rows tell about one with some number of cells behind its label.
#[derive(Clone, Copy)]
enum Usual {
    /// In rows of the same size, so many blanks stand before the figures.
    Offset(usize),
    /// No whole row has this size: a cell is gone.
    Gone {
        /// In some whole rows blanks stand before the figures: one of those may be taken for the cell that is gone.
        beside_blanks: bool,
    },
    /// Nothing.
    Unknown,
}

impl Peers {
    fn of_rows(spec: &TableSpec, pieces: &[Piece]) -> Peers {
        let mut seen: Vec<(RowSize, usize)> = Vec::new();
        let mut blanks = false;
        for piece in pieces {
            let index = piece.row.and_then(|(row, ..)| spec.index(row));
            let Some(due) = index.map(|index| spec.rows[index].columns.len()) else { continue };
            if trimmed(&piece.values).len() == due
                && let Some(offset) = piece.values.iter().position(|cell| cell.value != Value::Blank)
            {
                blanks |= offset > 0;
                seen.push((RowSize::of(piece), piece.start + offset));
            }
        }
        let mut columns: Vec<(RowSize, usize)> = Vec::new();
        for (size, _) in &seen {
            if columns.iter().all(|(known, _)| known != size) {
                let same_size = seen.iter().filter(|(other, _)| other == size).map(|(_, column)| *column);
                columns.extend(most_frequent(same_size).map(|column| (*size, column)));
            }
        }
        Peers { columns, blanks, kind: spec.kind }
    }

    fn of(&self, piece: &Piece) -> Usual {
        let size = RowSize::of(piece);
        match self.columns.iter().find(|(known, _)| *known == size) {
            Some((_, column)) => column.checked_sub(piece.start).map_or(Usual::Unknown, Usual::Offset),
            // Only the rows of 表三 have all the same columns.
            None if self.columns.is_empty() || self.kind != TableKind::Applications => Usual::Unknown,
            None => Usual::Gone { beside_blanks: self.blanks },
        }
    }
}

/// The value that comes most often; of several the smallest.
fn most_frequent(values: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let often = |value: usize| values.clone().filter(|other| *other == value).count();
    values.clone().max_by_key(|value| (often(*value), usize::MAX - value))
}

/// Which of `values` stand in the `due` columns of a row. `width` is the number of cells of the whole row where the layout
/// tells it; `usual` says how many blanks stand before the figures in other rows of as many cells.
fn place(values: Vec<Cell>, due: usize, width: Option<usize>, usual: Usual) -> (Vec<Option<Cell>>, RowShape) {
    let found = values.len();
    let all = |cells: &[Cell]| (cells.iter().cloned().map(Some).collect::<Vec<_>>(), RowShape::Full);
    let starts_blank = values.first().is_some_and(|cell| cell.value == Value::Blank);
    if found == due && !(matches!(usual, Usual::Gone { beside_blanks: true }) && starts_blank) {
        return all(&values);
    }
    if found < due {
        // A second label took the place of the first figures. A row of blanks before its total says so; in any other row
        // as likely a figure is gone.
        let blank = |cell: &Cell| cell.value == Value::Blank;
        let only_total = values.split_last().is_some_and(|(total, others)| !blank(total) && others.iter().all(blank));
        if only_total && found > 1 && width == Some(due + 1) {
            let missing = vec![None; due - found];
            return (missing.into_iter().chain(values.into_iter().map(Some)).collect(), RowShape::Full);
        }
        return (vec![None; due], RowShape::Short(values));
    }
    let first = values.iter().position(|cell| cell.value != Value::Blank);
    let last = values.iter().rposition(|cell| cell.value != Value::Blank);
    let (Some(first), Some(last)) = (first, last) else {
        let from = if let Usual::Offset(offset) = usual { offset.min(found - due) } else { 0 };
        return all(values.get(from..from + due).unwrap_or_default());
    };
    let filled = last - first + 1;
    if filled > due {
        let surplus = values.get(first..=last).unwrap_or_default().to_vec();
        let same = surplus.windows(2).all(|pair| match pair {
            [a, b] => a.value == b.value,
            _ => true,
        });
        let cells = if same { surplus.iter().take(due).cloned().map(Some).collect() } else { vec![None; due] };
        return (cells, RowShape::Surplus(surplus));
    }
    let (lowest, highest) = ((last + 1).saturating_sub(due), first.min(found - due));
    let from = match usual {
        Usual::Offset(offset) if (lowest..=highest).contains(&offset) => offset,
        // Among blanks that are of no column, a cell that is gone leaves no trace of which it was.
        Usual::Gone { .. } if filled < due => {
            return (vec![None; due], RowShape::Short(values.get(first..=last).unwrap_or_default().to_vec()));
        }
        _ => lowest,
    };
    all(values.get(from..from + due).unwrap_or_default())
}
