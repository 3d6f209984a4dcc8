//! Assembles the rows of a table without borders (L9) from its lines.
//!
//! A label may be before its figures, after them, or around them, on lines of its own; a group's label may run down the
//! page, one character a line. The labels of the statute decide which words are a label.

use super::Value;
use super::grid_reading::{CellContent, GridCell};
use super::number::read;
use crate::statute::{Column, F2019, F2021, Header, Label, LabelMatch, Likeness, recognise};
use crate::text::{Span, width};

/// The number of figures in 表四.
const REVIEW: usize = 15;

/// The largest number of words among them.
const UNREADABLE: usize = 3;

/// The number of characters in the longest name of a group, 三、本年度办理结果.
const GROUP: usize = 9;

/// The number of figures in a row of 表三.
const WIDTH: usize = 7;

/// The largest number of lines of a row whose cells are aligned to their top or broken inside.
const LINES: usize = 7;

/// A line: its words, then its figures.
#[derive(Default)]
struct SpacedLine {
    words: Vec<Span>,
    figures: Vec<Span>,
    /// Whether its words belong to the label of another line.
    taken: bool,
    /// The label of its figures, if they were assembled from several lines.
    stitched: Option<(Span, LabelMatch)>,
    /// Whether some of its figures are broken over lines.
    torn: bool,
}

/// The rows of a table that was assembled from lines.
#[derive(Default)]
pub(super) struct Read {
    pub(super) rows: Vec<Vec<GridCell>>,
    /// Rows and labels that were assembled from pieces.
    pub(super) pieced: Vec<Span>,
}

/// The rows of the table whose lines consist of the tokens `lines` of `source`.
pub(super) fn rows(lines: &[Vec<Span>], source: &str) -> Read {
    let split = |tokens: &Vec<Span>| {
        let (words, figures) = split(tokens, source);
        SpacedLine { words, figures, ..SpacedLine::default() }
    };
    let mut lines: Vec<SpacedLine> = lines.iter().map(split).collect();
    let mut pieced = stitch(&mut lines, source);
    let mut labels: Vec<Option<(Span, LabelMatch)>> = Vec::with_capacity(lines.len());
    for index in 0..lines.len() {
        labels.push(label(&mut lines, index, source));
    }
    drop_rests(&mut lines, &labels);
    // A broken row was assembled from several lines.
    pieced
        .extend(labels.iter().flatten().filter(|(_, label)| label.likeness == Likeness::Broken).map(|(span, _)| *span));
    let mut rows = Vec::with_capacity(lines.len());
    for (line, label) in lines.iter().zip(labels) {
        let mut cells = Vec::new();
        if line.figures.is_empty() {
            if !line.taken {
                cells.extend(headers(&line.words, source));
            }
            rows.push(cells);
            continue;
        }
        match label {
            Some((span, label)) => cells.push(GridCell { span, content: CellContent::Label(label) }),
            None if line.figures.len() == REVIEW => {
                let first = line.figures.first().map_or(0, |figure| figure.start);
                let label = LabelMatch { label: Label::Header(Header::Review), likeness: Likeness::Standard };
                cells.push(GridCell { span: Span::at(first), content: CellContent::Label(label) });
            }
            None => {
                if let Some(span) = line.words.iter().copied().reduce(Span::cover) {
                    // A group whose first row lost its label.
                    let group = recognise(span.of(source)).filter(|found| matches!(found.label, Label::Group(_)));
                    let content = group.map_or(CellContent::Value(Value::Other), CellContent::Label);
                    cells.push(GridCell { span, content });
                }
            }
        }
        for figure in &line.figures {
            let (span, value) = read(figure.of(source));
            let content = if line.torn { CellContent::Torn } else { CellContent::Value(value) };
            cells.push(GridCell { span: span.shift(figure.start), content });
        }
        rows.push(cells);
    }
    rows.retain(|row| !row.is_empty());
    Read { rows, pieced }
}

/// The way in which a program counts columns when it writes text: a hanzi as two columns, or as one.
#[derive(Clone, Copy)]
struct Ruler<'a> {
    source: &'a str,
    wide: bool,
}

impl Ruler<'_> {
    /// The one with which the totals of the rows of 表三 are closest to one column.
    fn of<'a>(lines: &[SpacedLine], source: &'a str) -> Ruler<'a> {
        let [wide, narrow] = [true, false].map(|wide| Ruler { source, wide });
        let whole = || lines.iter().filter(|line| line.figures.len() == WIDTH);
        let spread = |ruler: Ruler<'_>| {
            let totals = || whole().filter_map(|line| line.figures.last()).map(|figure| ruler.column(figure.start));
            totals().max().zip(totals().min()).map_or(0, |(most, least)| most - least)
        };
        if spread(wide) < spread(narrow) { wide } else { narrow }
    }

    /// The column of the line in which the text at `at` starts.
    fn column(self, at: usize) -> usize {
        let before = self.source.get(..at).unwrap_or_default();
        let line = before.rfind(['\n', '\r']).map_or(before, |end| before.get(end + 1..).unwrap_or_default());
        if self.wide { line.chars().map(width).sum() } else { line.chars().count() }
    }
}

/// Assembles the rows of 表三 whose figures are on several lines: the cells of a row are aligned to their top, or a total
/// is one line above the rest. The figures of such lines form a row if the words around them are its printed label; their
/// columns give their order. Returns the spans of the assembled rows.
fn stitch(lines: &mut [SpacedLine], source: &str) -> Vec<Span> {
    let mut pieced = Vec::new();
    let ruler = Ruler::of(lines, source);
    for index in 0..lines.len() {
        if !lines.get(index).is_some_and(|line| is_partial(line, source)) {
            continue;
        }
        let several = lines.get(index).is_some_and(|line| line.figures.len() < WIDTH);
        let windows = (2..=LINES).flat_map(|size| (0..size).rev().map(move |before| (before, size)));
        let found = windows.filter_map(|(before, size)| {
            let first = index.checked_sub(before)?;
            if before == 0 && has_label_above(lines, index, source) {
                return None;
            }
            stitched(lines.get(first..first + size)?, ruler).map(|row| (first..first + size, row))
        });
        let Some((window, (span, label, figures))) = { found }.next() else {
            tear(lines, index, source);
            continue;
        };
        // The remaining figures beside it are parts of its figures.
        let beside = [window.start.checked_sub(1), Some(window.end)];
        let torn = several && beside.into_iter().flatten().any(|at| is_rest(lines.get(at)));
        for line in lines.get_mut(window).unwrap_or_default() {
            // If all figures of a row are on one line, they are in place.
            let figures = line.figures.iter().filter(|_| several);
            pieced.extend(line.words.iter().chain(figures).copied().reduce(Span::cover));
            *line = SpacedLine { words: std::mem::take(&mut line.words), taken: true, ..SpacedLine::default() };
        }
        if let Some(line) = lines.get_mut(index) {
            (line.figures, line.stitched, line.torn) = (figures, Some((span, label)), torn);
        }
    }
    pieced
}

/// Whether the line above line `index` starts a label that does not belong to another row.
fn has_label_above(lines: &[SpacedLine], index: usize, source: &str) -> bool {
    let above = lines.get(..index).unwrap_or_default().iter().rev();
    let free = |line: &&SpacedLine| line.figures.is_empty() && !line.taken && !line.words.is_empty();
    above.take_while(free).take(LINES).any(|line| line.words.iter().any(|word| starts_number(word.of(source))))
}

/// Whether a line has figures, but not the label of a row with as many.
fn is_partial(line: &SpacedLine, source: &str) -> bool {
    (1..=WIDTH).contains(&line.figures.len()) && !line.taken && !is_row_by_itself(line, source)
}

/// Whether the words of a line, or its last ones, are the label of a row with as many figures as the line has.
fn is_row_by_itself(line: &SpacedLine, source: &str) -> bool {
    (0..line.words.len()).any(|skipped| {
        let words = line.words.get(skipped..).unwrap_or_default();
        let name: String = words.iter().map(|word| word.of(source)).collect();
        is_row_of(recognise(&name), line.figures.len(), Likeness::Variant)
    })
}

/// Whether `label` belongs to a row with this number of figures, and its likeness is at least `worst`.
pub(super) fn is_row_of(label: Option<LabelMatch>, figures: usize, worst: Likeness) -> bool {
    let Some(LabelMatch { label: Label::Row(row), likeness }) = label else { return false };
    let columns = [&F2019, &F2021].into_iter().filter_map(|format| {
        let spec = format.table(row.table());
        Some(spec.rows.get(spec.index(row)?)?.columns.len())
    });
    likeness <= worst && columns.into_iter().any(|columns| columns == figures)
}

/// The row that `lines` form: the span of its label, the label, its figures in the order of the columns.
fn stitched(lines: &[SpacedLine], ruler: Ruler<'_>) -> Option<(Span, LabelMatch, Vec<Span>)> {
    let source = ruler.source;
    let mut figures: Vec<Span> = lines.iter().flat_map(|line| line.figures.iter().copied()).collect();
    let is_part = |line: &SpacedLine| !line.taken && line.stitched.is_none();
    if figures.len() != WIDTH || !lines.iter().all(is_part) {
        return None;
    }
    let words = || lines.iter().flat_map(|line| line.words.iter().copied());
    let name = |words: &[Span]| -> String { words.iter().map(|word| word.of(source)).collect() };
    let is_label = |words: &[Span]| {
        let label = recognise(&name(words))?;
        is_row_of(Some(label), WIDTH, Likeness::Standard).then_some(label)
    };
    // A group's label to the left of the row's own does not belong to it; the lines of a centred label start in slightly
    // different columns.
    let own = |start: Span, apart: usize| -> Vec<Span> {
        let margin = ruler.column(start.start);
        words().filter(|word| word.start >= start.start && ruler.column(word.start) + apart >= margin).collect()
    };
    let starts = words().filter(|word| starts_number(word.of(source)));
    let (start, label) = starts
        .flat_map(|start| [usize::MAX / 2, 3, 1].map(|apart| (start, own(start, apart))))
        .find_map(|(start, words)| Some((start, is_label(&words)?)))?;
    let column = |span: &Span| ruler.column(span.start);
    figures.sort_by_key(column);
    // Figures of two columns are side by side, not one above the other.
    let apart = figures.is_sorted_by(|a, b| column(a) + a.len() < column(b));
    let line = lines.iter().find(|line| line.words.contains(&start))?;
    let span = line.words.iter().copied().filter(|word| word.start >= start.start).reduce(Span::cover)?;
    apart.then_some((span, LabelMatch { likeness: Likeness::Broken, ..label }, figures))
}

/// Marks the row of line `index` as unreadable if it lacks figures while figures above or below it belong to no row: its
/// figures are broken over lines.
fn tear(lines: &mut [SpacedLine], index: usize, source: &str) {
    let Some(line) = lines.get(index) else { return };
    let labelled = (0..line.words.len()).any(|skipped| {
        let name: String = line.words.iter().skip(skipped).map(|word| word.of(source)).collect();
        is_row_of(recognise(&name), WIDTH, Likeness::Variant)
    });
    let mut around = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
    let torn = labelled && around.any(|at| is_rest(lines.get(at)));
    if let Some(line) = lines.get_mut(index).filter(|_| torn) {
        line.torn = true;
    }
}

/// Whether a line has only figures, fewer than a row.
fn is_rest(line: Option<&SpacedLine>) -> bool {
    line.is_some_and(|line| line.words.is_empty() && !line.taken && (1..WIDTH).contains(&line.figures.len()))
}

/// Removes the remains of broken figures, which are not rows. A row with its label below its figures, and more figures
/// without a label below the label, has broken figures and cannot be read.
fn drop_rests(lines: &mut [SpacedLine], labels: &[Option<(Span, LabelMatch)>]) {
    let with_figures: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| !line.figures.is_empty())).collect();
    for pair in with_figures.windows(2) {
        let [first, next] = *pair else { continue };
        let label = labels.get(first).copied().flatten();
        let without_label = labels.get(next).is_some_and(Option::is_none);
        let (Some(upper), Some(lower)) = (lines.get(first), lines.get(next)) else { continue };
        let bare = upper.words.is_empty() && lower.words.is_empty() && lower.figures.len() == WIDTH;
        let below = label.zip(upper.figures.last()).is_some_and(|((label, _), last)| label.start > last.end);
        if bare && below && without_label {
            if let Some(line) = lines.get_mut(first) {
                line.torn = true;
            }
            if let Some(line) = lines.get_mut(next) {
                line.figures.clear();
            }
        }
    }
    let torn: Vec<bool> = lines.iter().map(|line| line.torn).collect();
    for index in 0..lines.len() {
        let is_torn = |at: Option<usize>| at.and_then(|at| torn.get(at)).copied().unwrap_or(false);
        // Figures between two lines of words are near a broken row.
        let near = (index.saturating_sub(2)..=index + 2).any(|at| is_torn(Some(at)));
        if let Some(line) = lines.get_mut(index)
            && near
            && !line.torn
            && is_rest(Some(line))
        {
            line.figures.clear();
        }
    }
}

/// The words and the figures among the tokens of a line: the figures come after the last words, or after the name of a
/// row, if the rest has as many tokens as the row has figures. In that case one of them may be a word in place of a figure.
pub(super) fn split(tokens: &[Span], source: &str) -> (Vec<Span>, Vec<Span>) {
    let is_word = |token: &Span| {
        let text = token.of(source);
        read(text).1 == Value::Other
            && text.chars().any(|c| c.is_alphabetic() && !c.is_ascii() || matches!(c, '）' | ')'))
            || text.ends_with(['.', '、'])
    };
    let last = tokens.iter().rposition(is_word).map_or(0, |last| last + 1);
    let words = match is_review(tokens, source) {
        true => 0,
        false => (1..last).rev().find(|words| names_row_of(tokens, *words, source)).unwrap_or(last),
    };
    let (words, figures) = tokens.split_at(words);
    (words.to_vec(), figures.to_vec())
}

/// Whether `tokens` are the row of 表四: most of them are numbers.
fn is_review(tokens: &[Span], source: &str) -> bool {
    let numbers = tokens.iter().filter(|token| read(token.of(source)).1 != Value::Other).count();
    tokens.len() == REVIEW && numbers + UNREADABLE >= REVIEW
}

/// Whether the first `words` of `tokens` are the printed name of a row, perhaps after a group's name, and the row has as
/// many figures as there are other tokens.
fn names_row_of(tokens: &[Span], words: usize, source: &str) -> bool {
    let Some((name, figures)) = tokens.split_at_checked(words) else { return false };
    let row = |name: &[Span]| {
        let name: String = name.iter().map(|word| word.of(source)).collect();
        let label = recognise(&name);
        is_row_of(label, figures.len(), Likeness::Standard).then_some(label)
    };
    if row(name).or_else(|| row(name.get(1..)?)).is_none() {
        return false;
    }
    // A number among them shows that they are figures and not the rest of a label.
    let counted = figures.iter().any(|figure| read(figure.of(source)).1 != Value::Other);
    let labelled = figures.iter().any(|figure| recognise(figure.of(source)).is_some());
    counted && !labelled
}

/// The label of the figures of line `index`, from its own words and those of the lines without figures around it.
fn label(lines: &mut [SpacedLine], index: usize, source: &str) -> Option<(Span, LabelMatch)> {
    let line = lines.get(index)?;
    if line.stitched.is_some() {
        return line.stitched;
    }
    if line.figures.is_empty() || line.figures.len() == REVIEW {
        return None;
    }
    let free = |line: Option<&SpacedLine>| {
        line.is_some_and(|line| line.figures.is_empty() && !line.taken && !line.words.is_empty())
    };
    let above: Vec<usize> =
        (1..=LINES).map_while(|back| index.checked_sub(back)).take_while(|at| free(lines.get(*at))).collect();
    let below: Vec<usize> = (1..=LINES).map(|ahead| index + ahead).take_while(|at| free(lines.get(*at))).collect();
    let mut best: Option<(usize, Span, LabelMatch, usize, usize)> = None;
    for taken_above in 0..=above.len() {
        // The line's own words, if they are a printed label, are the best.
        if best.as_ref().is_some_and(|(rank, ..)| *rank == 0) {
            break;
        }
        for taken_below in 0..=below.len() {
            if line.words.is_empty() && taken_above + taken_below == 0 {
                continue;
            }
            let before: Vec<usize> = above.iter().take(taken_above).rev().copied().collect();
            let behind = below.iter().take(taken_below);
            let parts: Vec<&SpacedLine> =
                before.iter().chain([&index]).chain(behind).filter_map(|at| lines.get(*at)).collect();
            for skipped in 0..=1usize {
                let Some((text, span)) = joined(&parts, skipped, line, source) else { continue };
                let Some(found) = recognise(&text) else { continue };
                // The words below belong to the next row as likely, unless they are a whole printed label.
                let below = line.words.is_empty() && taken_above == 0;
                if !matches!(found.label, Label::Row(_)) || (below && found.likeness != Likeness::Standard) {
                    continue;
                }
                let rank = usize::from(found.likeness != Likeness::Standard) * 100
                    + usize::from(line.words.is_empty() && taken_above == 0) * 3
                    + (taken_above + taken_below) * 2
                    + usize::from(taken_below > 0 && starts_label(lines.get(index + 1), source))
                    + skipped;
                if best.as_ref().is_none_or(|(other, ..)| rank < *other) {
                    best = Some((rank, span, found, taken_above, taken_below));
                }
            }
        }
    }
    // Group labels to the left of the row's own.
    for skipped in 1..line.words.len() {
        let text: String = line.words.iter().skip(skipped).map(|word| word.of(source)).collect();
        if let Some(found) = recognise(&text)
            && matches!(found.label, Label::Row(_))
            && let Some(span) = line.words.iter().skip(skipped).copied().reduce(Span::cover)
        {
            let rank = usize::from(found.likeness != Likeness::Standard) * 100 + skipped;
            if best.as_ref().is_none_or(|(other, ..)| rank < *other) {
                best = Some((rank, span, found, 0, 0));
            }
        }
    }
    let (_, span, found, taken_above, taken_below) = best?;
    let alone = above.is_empty() && below.is_empty();
    for at in above.iter().take(taken_above).chain(below.iter().take(taken_below)) {
        if let Some(line) = lines.get_mut(*at) {
            line.taken = true;
        }
    }
    // The breaks of a label are not its author's.
    let whole = alone || (taken_above + taken_below == 0 && found.likeness == Likeness::Standard);
    let likeness = if whole { found.likeness } else { Likeness::Broken };
    Some((span, LabelMatch { likeness, ..found }))
}

/// The joined words of `parts`, without the first `skipped` words of each line if they are short: a group's label, or a
/// part of one that runs down the page. The span is that of the words of `own`, else of the first part.
fn joined(parts: &[&SpacedLine], skipped: usize, own: &SpacedLine, source: &str) -> Option<(String, Span)> {
    let kept = |line: &SpacedLine| {
        let short = |word: &Span| word.of(source).chars().count() <= GROUP;
        let skip = if line.words.len() > skipped {
            line.words.iter().take(skipped).take_while(|word| short(word)).count()
        } else {
            0
        };
        line.words.iter().skip(skip).copied().collect::<Vec<Span>>()
    };
    let text: String = parts.iter().flat_map(|line| kept(line)).map(|word| word.of(source)).collect();
    let of = |line: &SpacedLine| kept(line).into_iter().reduce(Span::cover);
    let span = of(own).or_else(|| parts.first().and_then(|line| of(line)))?;
    (!text.is_empty()).then_some((text, span))
}

/// Whether a line starts with a number, as labels do.
fn starts_label(line: Option<&SpacedLine>, source: &str) -> bool {
    starts_number(line.and_then(|line| line.words.first()).map_or("", |word| word.of(source)))
}

/// Whether a word starts with a number, as labels do: `（一）`, `2.`
pub(super) fn starts_number(first: &str) -> bool {
    let rest = first.trim_start_matches(['（', '(']);
    let number = rest.chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七".contains(*c)).count();
    number > 0 && rest.chars().nth(number).is_some_and(|c| matches!(c, '.' | '．' | '、' | '）' | ')'))
}

/// The recognisable labels in a line of headers: the names of columns of 表二, of headers and of items, over one word or
/// more. The headers of the other tables are broken beyond recognition, and are not needed.
fn headers(words: &[Span], source: &str) -> Vec<GridCell> {
    let mut cells = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=3).rev().find_map(|size| {
            let words = words.get(at..at + size)?;
            let text: String = words.iter().map(|word| word.of(source)).collect();
            let label =
                recognise(&text).filter(|label| label.likeness == Likeness::Standard && stands_alone(label.label))?;
            let likeness = if size > 1 { Likeness::Broken } else { label.likeness };
            let span = words.iter().copied().reduce(Span::cover)?;
            Some((size, GridCell { span, content: CellContent::Label(LabelMatch { likeness, ..label }) }))
        });
        at += found.as_ref().map_or(1, |(size, _)| *size);
        cells.extend(found.map(|(_, cell)| cell));
    }
    cells
}

/// Whether a label is identified by its text alone, wherever it is.
fn stands_alone(label: Label) -> bool {
    match label {
        Label::Header(_) | Label::Item(_) | Label::Group(_) => true,
        Label::Column(column) => matches!(
            column,
            Column::NewlyMade
                | Column::NewlyPublished
                | Column::PublishedInAll
                | Column::Issued
                | Column::Repealed
                | Column::InForce
                | Column::ItemsLastYear
                | Column::ItemChange
                | Column::Decisions
                | Column::FeeAmount
                | Column::ProcurementItems
                | Column::ProcurementAmount
        ),
        Label::Row(_) => false,
    }
}
