//! Grids of cells bound to the tables of the official formats.
//!
//! Rows are found by their labels, wherever the layout breaks them: a row's values are the cells behind its label, up to
//! the next label or the end of the row. Where a label is lost or unreadable, the position tells.

use super::reading::{Content, Grid, GridCell};
use super::{Cell, LabelUse, RowShape, Table, TableRow, Value};
use crate::statute::{
    CellRef, Column, Edition, Group, Header, IdentityKind, Label, LabelMatch, Likeness, Row, RowSpec, TableKind,
    TableSpec,
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
            for cell in row {
                self.cell(cell, offset, &mut piece);
            }
            self.finish(&mut piece);
        }
        if self.review.iter().flatten().any(|cell| cell.value != Value::Blank) {
            self.in_review = false;
            self.review_done = true;
        }
    }

    /// A heading ends whatever table was being read.
    pub(super) fn heading(&mut self) {
        self.in_review = false;
    }

    fn cell(&mut self, cell: &GridCell, offset: usize, piece: &mut Piece) {
        let span = cell.span.shift(offset);
        match &cell.content {
            Content::Label(label) => self.label(*label, span, piece),
            Content::Value(value) => {
                let cell = Cell { span, value: value.clone() };
                if self.in_review {
                    let row = self.review.last_mut();
                    match row {
                        Some(row) if *value != Value::Other || row.iter().any(|cell| is_figure(&cell.value)) => {
                            row.push(cell);
                        }
                        _ => {
                            self.strays.push(span);
                            self.restart_review();
                        }
                    }
                } else if *value == Value::Other && piece.row.is_none() {
                    if piece.has_values() {
                        self.finish(piece);
                    }
                    piece.values.clear();
                    piece.stray.push(span);
                    self.strays.push(span);
                } else {
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

    /// The tables, the labels and the other texts that were found. `year_edition` settles what the tables themselves leave open.
    pub(super) fn bind(mut self, year_edition: Option<Edition>) -> (Vec<Table>, Vec<LabelUse>, Vec<Span>) {
        self.join_cut_rows();
        let disclosure = self.edition(TableKind::Disclosure, None).or(year_edition);
        let applications = self.edition(TableKind::Applications, disclosure).or(year_edition);
        let mut tables = Vec::new();
        for (kind, edition) in [(TableKind::Disclosure, disclosure), (TableKind::Applications, applications)] {
            let spec = edition.unwrap_or(Edition::F2021).format().table(kind);
            let witness = self.witness(spec);
            tables.extend(bind_rows(spec, &self.pieces, witness));
        }
        let spec = applications.or(year_edition).unwrap_or(Edition::F2021).format().table(TableKind::Review);
        tables.extend(self.review(spec));
        (tables, self.labels, self.strays)
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
        let rows: Vec<&Vec<Cell>> = self.review.iter().filter(|row| !row.is_empty()).collect();
        let cells: Vec<Cell> = match rows.iter().find(|row| row.len() == due) {
            Some(row) => row.to_vec(),
            None => {
                let filled = rows.iter().filter(|row| row.iter().any(|cell| cell.value != Value::Blank));
                filled.flat_map(|row| row.iter().cloned()).collect()
            }
        };
        let (cells, shape) = place(cells, due, None, None);
        let span = cells.iter().flatten().map(|cell| cell.span).reduce(Span::cover);
        let surplus = match &shape {
            RowShape::Surplus(values) => values.iter().map(|cell| cell.span).reduce(Span::cover),
            _ => None,
        };
        let row = span.or(surplus).map(|span| TableRow { label: None, span, cells, shape });
        let span = row.as_ref().map_or(start, |row| start.cover(row.span));
        Some(Table { spec, span, witness: None, rows: vec![row], surplus_rows: Vec::new() })
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
    let offsets = usual_offsets(spec, pieces);
    let mut rows: Vec<Option<TableRow>> = spec.rows.iter().map(|_| None).collect();
    let mut padding = vec![0; spec.rows.len()];
    let mut surplus_rows = Vec::new();
    for piece in pieces {
        let Some((row, label, span)) = mine(piece) else { continue };
        match spec.index(row).filter(|index| rows[*index].is_none()) {
            Some(index) => {
                padding[index] = piece.values.len() - trimmed(&piece.values).len();
                rows[index] = Some(table_row(&spec.rows[index], Some((span, label)), piece, &offsets));
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
            let row = table_row(row_spec, Some(label), piece, &offsets);
            if row.shape == RowShape::Full && piece.values.len() >= due {
                rows[index] = Some(row);
                before = Some(index);
            }
        } else if let Some((first, others)) = trimmed(&piece.values).split_first()
            && others.len() == due
        {
            let cells: Vec<Option<Cell>> = others.iter().cloned().map(Some).collect();
            let span = others.last().map_or(first.span, |last| first.span.cover(last.span));
            rows[index] = Some(TableRow { label: None, span, cells, shape: RowShape::LabelLost(first.clone()) });
            before = Some(index);
        }
    }
    let span = rows.iter().flatten().map(|row| row.span).reduce(Span::cover)?;
    let mut table = Table { spec, span, witness, rows, surplus_rows };
    settle_padded_rows(&mut table, &padding);
    Some(table)
}

/// A row whose figures stand among blank cells that no column asks for had columns inserted by the paste, and a zero among
/// its figures may be of one of them. It is dropped if the balances, computed from other rows alone, confirm what is left in
/// every column but at most one. `padding` says of each row how many such blank cells it has.
fn settle_padded_rows(table: &mut Table, padding: &[usize]) {
    let mut settled: Vec<(usize, Vec<Option<Cell>>)> = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let Some(TableRow { shape: RowShape::Surplus(values), cells, .. }) = row else { continue };
        let width = cells.len();
        let inserted = padding.get(index).copied().unwrap_or(0);
        if inserted == 0 || values.len() != width + 1 || cells.iter().any(Option::is_some) {
            continue;
        }
        let Some(drop) = values.iter().rposition(|cell| cell.count() == Some(0)) else { continue };
        let kept: Vec<Cell> =
            values.iter().enumerate().filter(|(at, _)| *at != drop).map(|(_, cell)| cell.clone()).collect();
        let due: Option<Vec<i64>> =
            (0..width).map(|column| balance_of_others(table, CellRef { row: index, column })).collect();
        let Some(due) = due else { continue };
        let wrong = kept.iter().zip(&due).filter(|(cell, due)| cell.count() != Some(**due)).count();
        if wrong <= 1 {
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

/// What the balance of its column says that the cell at `place` holds, if every other operand is known.
fn balance_of_others(table: &Table, place: CellRef) -> Option<i64> {
    let identities = table.spec.identities().iter();
    let balance = identities
        .filter(|identity| identity.kind == IdentityKind::Balance)
        .find(|identity| identity.coefficient(place) != 0)?;
    let mut rest = 0i64;
    for (operand, coefficient) in balance.terms.iter().filter(|(operand, _)| *operand != place) {
        rest += i64::from(*coefficient) * table.cell(*operand)?.count()?;
    }
    Some(-rest * i64::from(balance.coefficient(place)))
}

/// `values` without blanks at either end.
fn trimmed(values: &[Cell]) -> &[Cell] {
    let filled = |cell: &Cell| cell.value != Value::Blank;
    match (values.iter().position(filled), values.iter().rposition(filled)) {
        (Some(first), Some(last)) => values.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}

fn table_row(spec: &RowSpec, label: Option<(Span, LabelMatch)>, piece: &Piece, offsets: &[(usize, usize)]) -> TableRow {
    let due = spec.columns.len();
    let mut values = piece.values.clone();
    // The rest of a label that was cut in two.
    if values.len() == due + 1 && values.first().is_some_and(|cell| cell.value == Value::Other) {
        values.remove(0);
    }
    let usual = offsets.iter().find(|(count, _)| *count == values.len()).map(|(_, offset)| *offset);
    let last = values.last().map(|cell| cell.span);
    let (cells, shape) = place(values, due, piece.width, usual);
    let first = label.map(|(span, _)| span).or(cells.iter().flatten().next().map(|cell| cell.span));
    let span = match (first, last) {
        (Some(first), Some(last)) => first.cover(last),
        (first, last) => first.or(last).unwrap_or_default(),
    };
    TableRow { label, span, cells, shape }
}

/// For each number of cells behind a label, how many blank ones usually stand before the figures.
fn usual_offsets(spec: &TableSpec, pieces: &[Piece]) -> Vec<(usize, usize)> {
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for piece in pieces {
        let Some(due) = piece.row.and_then(|(row, ..)| spec.index(row)).map(|index| spec.rows[index].columns.len())
        else {
            continue;
        };
        let figures = trimmed(&piece.values);
        if figures.len() == due
            && let Some(offset) = piece.values.iter().position(|cell| cell.value != Value::Blank)
        {
            seen.push((piece.values.len(), offset));
        }
    }
    let mut usual: Vec<(usize, usize)> = Vec::new();
    for (count, _) in &seen {
        if usual.iter().any(|(known, _)| known == count) {
            continue;
        }
        let offsets = || seen.iter().filter(|(c, _)| c == count).map(|(_, offset)| *offset);
        let often = |offset: usize| offsets().filter(|other| *other == offset).count();
        usual.extend(
            offsets().max_by_key(|offset| (often(*offset), usize::MAX - offset)).map(|offset| (*count, offset)),
        );
    }
    usual
}

/// Which of `values` stand in the `due` columns of a row. `width` is the number of cells of the whole row where the layout
/// tells it; `usual` says how many blanks stand before the figures in other rows of as many cells.
fn place(values: Vec<Cell>, due: usize, width: Option<usize>, usual: Option<usize>) -> (Vec<Option<Cell>>, RowShape) {
    let found = values.len();
    let all = |cells: &[Cell]| (cells.iter().cloned().map(Some).collect::<Vec<_>>(), RowShape::Full);
    if found == due {
        return all(&values);
    }
    if found < due {
        let missing = vec![None; due - found];
        let cells = values.into_iter().map(Some);
        // A second label took the place of the first figures: the rest stand where they should.
        if found > 0 && width == Some(due + 1) {
            return (missing.into_iter().chain(cells).collect(), RowShape::Full);
        }
        return (cells.chain(missing).collect(), RowShape::Short { found });
    }
    let first = values.iter().position(|cell| cell.value != Value::Blank);
    let last = values.iter().rposition(|cell| cell.value != Value::Blank);
    let (Some(first), Some(last)) = (first, last) else {
        let from = usual.unwrap_or(0).min(found - due);
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
    let from = usual.filter(|from| (lowest..=highest).contains(from)).unwrap_or(lowest);
    all(values.get(from..from + due).unwrap_or_default())
}
