//! The reading of a single block. It depends only on the block's own text and counts from the block's start, so an edit
//! elsewhere does not change it.

use super::grid_reading::{CellContent, Grid, GridCell};
use super::number::{self, trim};
use super::{Cell, Value, YearMention};
use crate::statute::{
    Item, Label, LabelMatch, Likeness, Section, SectionMatch, article_20_item, chinese_numeral, key, recognise,
    recognise_section, section_named, subsection_number,
};
use crate::syntax::{
    Block, BlockKind, CellPlace, DecodedText, Layout, Markup, MetaName, Steps, heading, is_space, meta, steps,
};
use crate::text::{Span, fold};

/// The content of a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    /// Nothing.
    Blank,
    /// A title, heading or paragraph.
    Prose(Prose),
    /// A table.
    Table(Grid),
    /// The data of a page about its article.
    Meta(Vec<(MetaName, Span)>),
}

/// A line of words. There are many, most of them without most of this.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prose {
    /// Its content, without white space around it.
    pub(super) span: Span,
    pub(super) is_title: bool,
    /// What it is if it opens a section, or looks as if it did.
    pub(super) heading: Option<Box<Heading>>,
    /// The years it names.
    pub(super) years: Box<[YearMention]>,
    /// Mentions of items of Article 20.
    pub(super) items: Box<[(Item, Span)]>,
}

/// A heading of the top level.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    /// How deep it is by its marks: 1 for `#` and `<h1>`.
    pub(super) level: Option<u8>,
    /// Whether a list gives the ordinal.
    pub(super) listed: bool,
    pub(super) ordinal: Option<(u8, Span)>,
    pub(super) name: Span,
    pub(super) section: Option<(Section, SectionMatch)>,
}

/// A block with its reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BlockReading {
    /// The reading; spans count from the start of the visible text.
    pub(super) reading: Reading,
    /// The visible text, if it differs from the source.
    pub(super) view: Option<Box<DecodedText>>,
    /// The elements of a page that start and end in it; none in a text without markup.
    pub(super) around: Option<Box<Steps>>,
}

/// Whether a table is drawn with lines, `+---+`, between which a row may take up several lines of text.
fn is_drawn(source: &str) -> bool {
    source.trim_start_matches(|c| is_space(c) || c == '>').starts_with("+-")
}

/// The elements that start and end in `block`, whose text is `source`.
fn around(block: &Block, source: &str) -> Option<Box<Steps>> {
    if block.markup != Some(Markup::Tags) || matches!(block.kind, BlockKind::Table(_)) {
        return None;
    }
    let words = if block.kind == BlockKind::Markup { block.len } else { block.content().start };
    Some(steps(source, words)).filter(|steps| *steps != Steps::default()).map(Box::new)
}

/// Reads `block`, whose text is `source`.
pub(super) fn read_block(block: &Block, source: &str) -> BlockReading {
    let around = around(block, source);
    if block.kind == BlockKind::Markup && block.markup.is_some() {
        let (mut view, mut said) = (DecodedText::default(), Vec::new());
        let meta = if block.markup == Some(Markup::Tags) { meta(source) } else { Vec::new() };
        for (name, span) in meta {
            let start = view.len();
            view.append(span.of(source), span.start);
            said.push((name, Span::new(start, view.len())));
            view.separator("\n");
        }
        let reading = if said.is_empty() { Reading::Blank } else { Reading::Meta(said) };
        return BlockReading { reading, view: Some(Box::new(view)), around };
    }
    match block.view(source) {
        None => {
            let mut reading = read(block, source, block.rows(), block.content());
            if let Reading::Table(grid) = &mut reading
                && is_drawn(source)
            {
                super::torn_cells::join_lines(grid, source);
            }
            BlockReading { reading, view: None, around }
        }
        Some(view) => {
            let line = Span::new(0, view.text.text().trim_end_matches('\n').len());
            let mut reading = read(block, view.text.text(), view.rows, line);
            if let Reading::Table(grid) = &mut reading
                && is_drawn(source)
            {
                super::torn_cells::join_lines(grid, view.text.text());
            }
            if let Reading::Table(grid) = &mut reading
                && !grid.rows.iter().flatten().any(|cell| matches!(cell.content, CellContent::Label(_)))
            {
                // A table of the page around the report.
                grid.rows.clear();
                grid.places.clear();
            }
            if let (Reading::Prose(prose), Some(steps)) = (&mut reading, &around)
                && let Some(heading) = &mut prose.heading
            {
                heading.level = heading.level.or(steps.level);
            }
            BlockReading { reading, view: Some(Box::new(view.text)), around }
        }
    }
}

/// Reads `block` again, whose text is `source`. It keeps the reading `before`, of the block `old` with the text
/// `old_source`, for every unchanged cell.
pub(super) fn read_block_again(
    block: &Block,
    source: &str,
    (old, old_source, before): (&Block, &str, &BlockReading),
) -> BlockReading {
    let Reading::Table(known) = &before.reading else { return read_block(block, source) };
    // A figure between spaces, or on a line of its own, is read together with those around it; and what a row's names
    // make of a line of words, with that line.
    let by_cells = matches!(block.kind, BlockKind::Table(layout) if !layout.is_read_by_lines());
    if block.kind != old.kind
        || block.markup.is_some()
        || old.markup.is_some()
        || !by_cells
        || known.settled
        || is_drawn(source)
    {
        return read_block(block, source);
    }
    let (rows, old_rows) = (block.rows(), old.rows());
    let old_cells: Vec<(Span, &GridCell)> =
        old_rows.iter().flatten().copied().zip(known.rows.iter().flatten()).collect();
    let cells = || rows.iter().flatten();
    let count = cells().count();
    let same = |(cell, (old, _)): &(&Span, &(Span, &GridCell))| cell.of(source) == old.of(old_source);
    let ahead = cells().zip(&old_cells).take_while(same).count();
    let room = count.min(old_cells.len()) - ahead;
    let behind = rows.iter().rev().flat_map(|row| row.iter().rev()).zip(old_cells.iter().rev());
    let behind = behind.take(room).take_while(same).count();
    let mut index = 0;
    let mut read = |cell: Span| {
        let at = index;
        index += 1;
        let known = match at {
            at if at < ahead => Some(at),
            at if at + behind >= count => (at + old_cells.len()).checked_sub(count),
            _ => None,
        };
        match known.and_then(|at| old_cells.get(at)) {
            Some((old, known)) => GridCell {
                span: Span {
                    start: known.span.start + cell.start - old.start,
                    end: known.span.end + cell.start - old.start,
                },
                content: known.content.clone(),
            },
            None => read_cell(cell, source),
        }
    };
    let grid: Vec<Vec<GridCell>> = rows.iter().map(|row| row.iter().map(|cell| read(*cell)).collect()).collect();
    let mut grid = Grid {
        has_rows: known.has_rows,
        rows: grid,
        places: Vec::new(),
        pieced: Vec::new(),
        settled: false,
        loose: false,
    };
    if let BlockKind::Table(layout) = block.kind {
        grid.settle(layout, source);
    }
    BlockReading { reading: Reading::Table(grid), view: None, around: None }
}

impl BlockReading {
    /// The end of its content, counted from the block's start; `None` if it has none.
    pub(super) fn end(&self) -> Option<usize> {
        match &self.reading {
            Reading::Prose(prose) => Some(prose.span.end),
            Reading::Table(grid) => grid.rows.iter().flatten().map(|cell| cell.span.end).max(),
            Reading::Blank | Reading::Meta(_) => None,
        }
    }

    /// The figure in cell `index` of the table, counted from the block's start.
    pub(super) fn figure(&self, index: usize) -> Option<Cell> {
        let Reading::Table(grid) = &self.reading else { return None };
        if grid.settled {
            return None;
        }
        let cell = grid.rows.iter().flatten().nth(index)?;
        match &cell.content {
            CellContent::Value(value @ Value::Number(_)) => Some(Cell { span: cell.span, value: value.clone() }),
            CellContent::Value(_) | CellContent::Label(_) | CellContent::Torn => None,
        }
    }

    /// Replaces the figure of cell `index` by `new`, and moves the cells after it by the difference in length.
    pub(super) fn replace_figure(&mut self, index: usize, new: Cell) {
        let Reading::Table(grid) = &mut self.reading else { return };
        let mut cells = grid.rows.iter_mut().flatten().skip(index);
        let Some(cell) = cells.next() else { return };
        let (old, new_end) = (cell.span.end, new.span.end);
        *cell = GridCell { span: new.span, content: CellContent::Value(new.value) };
        for cell in cells {
            cell.span = Span { start: cell.span.start + new_end - old, end: cell.span.end + new_end - old };
        }
    }
}

/// Reads the figure that is in `cell` of `source`.
pub(super) fn read_figure(cell: Span, source: &str) -> Option<Cell> {
    let (span, value) = number::read(cell.of(source));
    matches!(value, Value::Number(_)).then(|| Cell { span: span.shift(cell.start), value })
}

fn read(block: &Block, source: &str, rows: Vec<Vec<Span>>, content: Span) -> Reading {
    match block.kind {
        BlockKind::Blank | BlockKind::Markup => Reading::Blank,
        BlockKind::Table(layout @ (Layout::Spaced | Layout::BareLines)) => {
            let spaced = layout == Layout::Spaced;
            let read =
                if spaced { super::spaced_rows::rows(&rows, source) } else { super::stacked::rows(&rows, source) };
            Reading::Table(Grid {
                has_rows: spaced,
                rows: read.rows,
                places: Vec::new(),
                pieced: read.pieced,
                settled: true,
                loose: false,
            })
        }
        BlockKind::Table(layout) => {
            let places = block.grid.as_deref().map_or(Vec::new(), |grid| by_row(grid, &rows));
            let rows = rows.into_iter().map(|row| row.into_iter().map(|cell| read_cell(cell, source)).collect());
            let mut grid = Grid {
                has_rows: layout != Layout::PipedLines,
                rows: rows.collect(),
                places,
                pieced: Vec::new(),
                settled: false,
                loose: false,
            };
            grid.settle(layout, source);
            Reading::Table(grid)
        }
        BlockKind::Paragraph => match loose_row(content, source) {
            Some(grid) => Reading::Table(grid),
            None => Reading::Prose(read_prose(block.kind, content.of(source))),
        },
        kind => Reading::Prose(read_prose(kind, content.of(source))),
    }
}

/// A line of words that is a row of a table and nothing else: the name of a row as it is printed, then as many figures
/// as it has. A part of a table that was left beside its rules.
fn loose_row(line: Span, source: &str) -> Option<Grid> {
    let text = line.of(source);
    // The length or the last character excludes nearly every line.
    if text.len() > 200 || !text.trim_end_matches(is_space).ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut at = line.start;
    let mut tokens: Vec<Span> = Vec::new();
    for word in text.split_inclusive(is_space) {
        let end = at + word.trim_end_matches(is_space).len();
        if end > at {
            tokens.push(Span::new(at, end));
        }
        at += word.len();
    }
    let (words, figures) = super::spaced_rows::split(&tokens, source);
    let span = words.iter().copied().reduce(Span::cover)?;
    let label = recognise(span.of(source)).filter(|label| label.likeness == Likeness::Standard)?;
    if !super::spaced_rows::is_row_of(Some(label), figures.len(), Likeness::Standard)
        || !matches!(label.label, Label::Row(_))
    {
        return None;
    }
    let row = [GridCell { span, content: CellContent::Label(label) }];
    let row = row.into_iter().chain(figures.into_iter().map(|figure| read_cell(figure, source))).collect();
    Some(Grid { has_rows: true, rows: vec![row], places: Vec::new(), pieced: Vec::new(), settled: false, loose: true })
}

/// The places of `grid` for the cells of each of `rows`.
fn by_row(grid: &[CellPlace], rows: &[Vec<Span>]) -> Vec<Vec<CellPlace>> {
    let mut rest = grid;
    let rows = rows.iter().map(|row| {
        let (places, behind) = rest.split_at_checked(row.len()).unwrap_or((rest, &[]));
        rest = behind;
        places.to_vec()
    });
    rows.collect()
}

impl Grid {
    /// Sorts its rows, and joins split cells.
    fn settle(&mut self, layout: Layout, source: &str) {
        self.sort();
        if layout == Layout::Tabs {
            self.join_cells_over_lines(source);
        }
        super::torn_cells::settle(self, source);
    }

    /// Puts together the cells that were pasted over two lines, between which the row goes on: the last cell of one
    /// line and the first of the next are a label as it is printed, which neither is by itself.
    fn join_cells_over_lines(&mut self, source: &str) {
        let is_printed = |cell: &GridCell| match &cell.content {
            CellContent::Label(label) => label.likeness == Likeness::Standard,
            CellContent::Value(value) => *value != Value::Other,
            CellContent::Torn => true,
        };
        let mut rows: Vec<Vec<GridCell>> = Vec::with_capacity(self.rows.len());
        for mut row in std::mem::take(&mut self.rows) {
            let before = rows.last_mut().and_then(|row| row.last_mut());
            if let (Some(last), Some(first)) = (before, row.first())
                && !(is_printed(last) && is_printed(first))
                && let span = last.span.cover(first.span)
                && let Some(label) = recognise(&[last.span.of(source), first.span.of(source)].concat())
                && label.likeness == Likeness::Standard
            {
                let content = CellContent::Label(LabelMatch { likeness: Likeness::Broken, ..label });
                *last = GridCell { span, content };
                self.pieced.push(span);
                row.remove(0);
                if let Some(last) = rows.last_mut() {
                    last.append(&mut row);
                }
                continue;
            }
            rows.push(row);
        }
        self.rows = rows;
    }

    /// Sorts the rows into display order.
    fn sort(&mut self) {
        let shown = |places: &Vec<CellPlace>| places.first().map(|place| place.row);
        if !self.places.is_sorted_by_key(shown) {
            let mut rows: Vec<_> = std::mem::take(&mut self.places).into_iter().zip(self.rows.drain(..)).collect();
            rows.sort_by_key(|(places, _)| shown(places));
            (self.places, self.rows) = rows.into_iter().unzip();
        }
    }
}

fn read_cell(cell: Span, source: &str) -> GridCell {
    let text = cell.of(source);
    let (span, value) = number::read(text);
    let span = span.shift(cell.start);
    // Most cells are figures; only words are looked up.
    let label = if value == Value::Other { recognise(text) } else { None };
    let content = label.map_or(CellContent::Value(value), CellContent::Label);
    GridCell { span, content }
}

fn read_prose(kind: BlockKind, line: &str) -> Prose {
    Prose {
        span: trim(line),
        is_title: kind == BlockKind::Title,
        heading: if kind == BlockKind::Title { None } else { read_heading(line).map(Box::new) },
        years: years(line).into(),
        items: items(line).into(),
    }
}

fn read_heading(line: &str) -> Option<Heading> {
    if let Some(shape) = heading(line) {
        if shape.numeral.is_none()
            && let Some(heading) = spoken_heading(line, shape.name)
        {
            return Some(heading);
        }
        let name = shape.name.of(line);
        // `三、本年度办理结果` never opens a section.
        if shape.numeral.is_some() && recognise(line).is_some() {
            return None;
        }
        let hashes = trim(line).of(line).bytes().take_while(|byte| *byte == b'#').count();
        let level = u8::try_from(hashes).ok().filter(|level| *level > 0);
        if let Some(listed) = listed_heading(name) {
            let shift = |span: Span| span.shift(shape.name.start);
            let ordinal = listed.ordinal.map(|(number, span)| (number, shift(span)));
            return Some(Heading { level, ordinal, name: shift(listed.name), ..listed });
        }
        let ordinal = shape.numeral.and_then(|span| Some((chinese_numeral(span.of(line))?, span)));
        // （一）主动公开 is a part of a section, however it is marked.
        let section = recognise_section(name).filter(|_| subsection_number(name).is_none());
        let heading = Heading { level, listed: false, ordinal, name: shape.name, section };
        return (ordinal.is_some() || section.is_some()).then_some(heading);
    }
    // A line that is a section's name and nothing else.
    if line.len() > 150 {
        return None;
    }
    if let Some(listed) = listed_heading(line) {
        return Some(listed);
    }
    let name = trim(line);
    if let Some(heading) = spoken_heading(line, name) {
        return Some(heading);
    }
    let section = Some(section_named(name.of(line))?);
    Some(Heading { level: None, listed: false, ordinal: None, name, section })
}

/// A heading that is an item of a list: `2.  主动公开政府信息情况`.
fn listed_heading(line: &str) -> Option<Heading> {
    let start = line.len() - line.trim_start_matches(is_space).len();
    let rest = line.get(start..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let after = rest.get(digits..)?.strip_prefix(['.', ')']).filter(|after| after.starts_with(is_space))?;
    let number: u8 = rest.get(..digits)?.parse().ok()?;
    let name = trim(after);
    let section = section_of_item(name.of(after), number)?;
    let ordinal = Some((number, Span::new(start, start + digits)));
    Some(Heading {
        level: None,
        listed: true,
        ordinal,
        name: name.shift(line.len() - after.len()),
        section: Some(section),
    })
}

/// Which section item `number` of a list opens that says `name`. By other words only the section of that number is
/// known.
pub(super) fn section_of_item(name: &str, number: u8) -> Option<(Section, SectionMatch)> {
    if name.ends_with(['。', '；', '，', ';', ',']) || subsection_number(name).is_some() {
        return None;
    }
    recognise_section(name).filter(|(section, fit)| *fit <= SectionMatch::Close || section.number() == number)
}

/// `三是收到和处理政府信息公开申请情况`: a section's name after its number as items of a list in a sentence have it.
fn spoken_heading(line: &str, span: Span) -> Option<Heading> {
    let text = span.of(line);
    let (numeral, rest) = text.split_once('是')?;
    if numeral.is_empty() || numeral.len() > 6 || rest.ends_with(['。', '；', '，', '、', ';', ',']) {
        return None;
    }
    let section = section_named(rest)?;
    let ordinal = chinese_numeral(numeral).filter(|_| !numeral.starts_with(|c: char| c.is_ascii()))?;
    let name = Span::new(span.start + text.len() - rest.len(), span.end);
    let numeral = Span::new(span.start, span.start + numeral.len());
    Some(Heading { level: None, listed: false, ordinal: Some((ordinal, numeral)), name, section: Some(section) })
}

/// Every `20xx年` of a line, with ASCII, full-width or Chinese digits.
pub(super) fn years(line: &str) -> Vec<YearMention> {
    let mut mentions = Vec::new();
    // How many titles are open where the last year was: a line may be a whole page.
    let (mut titles, mut counted) = (0isize, 0);
    for (at, _) in line.match_indices('年') {
        let before = line.get(..at).unwrap_or_default();
        let since = line.get(counted..at).unwrap_or_default();
        titles += since.matches('《').count() as isize - since.matches('》').count() as isize;
        counted = at;
        let digits: Vec<(usize, char)> = before.char_indices().rev().skip_while(|(_, c)| *c == ' ').take(5).collect();
        let values: Vec<u32> = digits.iter().map_while(|(_, c)| year_digit(*c)).collect();
        let (Some((start, _)), Some((last, c)), 4) = (digits.get(3), digits.first(), values.len().min(5)) else {
            continue;
        };
        let year = values.iter().take(4).rev().fold(0, |year, digit| year * 10 + digit);
        if !(1990..2100).contains(&year) {
            continue;
        }
        let after = fold(line.get(at + '年'.len_utf8()..).map_or("", |rest| head(rest, 12)));
        let quoted = titles > 0;
        mentions.push(YearMention {
            year: u16::try_from(year).unwrap_or_default(),
            span: Span::new(*start, last + c.len_utf8()),
            quoted,
            date: month_and_day(&after),
        });
    }
    mentions
}

fn year_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|digit| digit == c).map(|digit| digit as u32 + 1),
    }
}

/// The first `count` characters of `text`.
fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// `1月25日` at the start of a folded string.
fn month_and_day(folded: &str) -> Option<(u8, u8)> {
    let (month, rest) = folded.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    let (month, day) = (chinese_numeral(month)?, chinese_numeral(day)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// Every `第二十条第（五）项` of a line.
fn items(line: &str) -> Vec<(Item, Span)> {
    let mut items = Vec::new();
    // This quick test avoids preparing the patterns for most lines.
    if !line.contains("第二十条") {
        return items;
    }
    for (start, _) in line.match_indices("第二十条") {
        let rest = line.get(start..).unwrap_or_default();
        let Some(length) = head(rest, 20).find('项').map(|at| at + '项'.len_utf8()) else { continue };
        let mention = rest.get(..length).unwrap_or_default();
        if let Some(item) = article_20_item(&key(mention)) {
            items.push((item, Span::new(start, start + length)));
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_dates() {
        let found = |line: &str| {
            let mentions = years(line).into_iter();
            mentions.map(|mention| (mention.year, mention.quoted, mention.date)).collect::<Vec<_>>()
        };
        assert_eq!(found("2021年，《2020年度报告》"), [(2021, false, None), (2020, true, None)]);
        assert_eq!(found("自2020年1月1日起"), [(2020, false, Some((1, 1)))]);
        assert_eq!(found("二〇二一年一月二十五日"), [(2021, false, Some((1, 25)))]);
        assert_eq!(found("２０２１年"), [(2021, false, None)]);
        assert_eq!(found("12345年，第4年"), []);
    }

    #[test]
    fn mentions_of_items() {
        let line = "按照第二十条第（五）项和第二十条  第 (十一) 项";
        let found: Vec<_> = items(line).into_iter().map(|(item, span)| (item.number(), span.of(line))).collect();
        assert_eq!(found, [(5, "第二十条第（五）项"), (11, "第二十条  第 (十一) 项")]);
    }
}
