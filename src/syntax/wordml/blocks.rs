//! Builds the text of a document and its blocks from its paragraphs and tables.
//!
//! Tables that lay out a page are dissolved, as in HTML: only tables that look like data count.

use super::paragraphs::{BREAK, WordDocument, WordNode, WordTable};
use super::{LineSource, WordLine, WordText};
use crate::syntax::{Block, BlockKind, Builder, Layout, LeafKind, Tree, heading, is_data, is_space, looks_like_title};
use crate::syntax::{LONGEST_CELL, Markup};
use crate::text::{Span, with_usual_hanzi};

/// The text of `document` with its syntax tree.
pub(super) fn lay_out(document: WordDocument) -> WordText {
    let WordDocument { lines, nodes, runs } = document;
    let mut text = String::new();
    let of_contents: Vec<bool> = lines.iter().map(|line| line.of_contents).collect();
    let mut sources: Vec<LineSource> = Vec::with_capacity(lines.len());
    for WordLine { pieces, anchor, lock, unseen, is_joined, .. } in lines {
        let start = text.len();
        let pieces = if unseen { Vec::new() } else { pieces };
        pieces.iter().for_each(|piece| text.push_str(&piece.shown));
        text.push('\n');
        sources.push(LineSource {
            span: Span::new(start, text.len()),
            pieces,
            anchor,
            lock,
            unseen: unseen || is_joined,
        });
    }
    let usual = with_usual_hanzi(&text);
    let mut layout = LayOut { text: &usual, lines: &mut sources, of_contents, blocks: Vec::new() };
    layout.nodes(&nodes);
    let tree = Tree { blocks: layout.blocks };
    drop(usual);
    WordText { text, tree, lines: sources, runs }
}

struct LayOut<'a> {
    text: &'a str,
    lines: &'a mut [LineSource],
    of_contents: Vec<bool>,
    blocks: Vec<Block>,
}

impl LayOut<'_> {
    fn nodes(&mut self, nodes: &[WordNode]) {
        // Nested tables may be as deep as elements, so this does not use recursion.
        let mut open: Vec<std::slice::Iter<'_, WordNode>> = vec![nodes.iter()];
        while let Some(nodes) = open.last_mut() {
            match nodes.next() {
                None => drop(open.pop()),
                Some(WordNode::Line(index)) => self.line(*index),
                Some(WordNode::Table(table)) => {
                    self.lock_cells(table);
                    if !self.table(table) {
                        let cells = table.rows.iter().flat_map(|row| &row.cells).rev();
                        open.extend(cells.map(|cell| cell.nodes.iter()));
                    }
                }
            }
        }
    }

    /// If one paragraph of a cell is locked, all of its paragraphs are.
    fn lock_cells(&mut self, table: &WordTable) {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            let lines = self.lines.get_mut(cell.lines.0..cell.lines.1).unwrap_or_default();
            if let Some(lock) = lines.iter().find_map(|line| line.lock) {
                lines.iter_mut().for_each(|line| line.lock = line.lock.or(Some(lock)));
            }
        }
    }

    fn span(&self, line: usize) -> Span {
        self.lines.get(line).map_or(Span::at(self.text.len()), |line| line.span)
    }

    /// Adds a paragraph: a block for each of its lines.
    fn line(&mut self, index: usize) {
        let span = self.span(index);
        let is_read = !self.of_contents.get(index).copied().unwrap_or_default();
        let mut start = span.start;
        for part in span.of(self.text).split_inclusive(BREAK) {
            let end = start + part.len();
            let words = part.trim_matches(|c: char| is_space(c) || c == BREAK);
            let mut builder = Builder::new(start);
            builder.markup = Some(Markup::Word);
            let kind = if words.is_empty() || !is_read {
                BlockKind::Markup
            } else {
                let from = start + part.len() - part.trim_start_matches(|c: char| is_space(c) || c == BREAK).len();
                builder.push(LeafKind::Separator, from);
                builder.push(LeafKind::Text, from + words.len());
                if looks_like_title(words) {
                    BlockKind::Title
                } else if heading(words).is_some() {
                    BlockKind::Heading
                } else {
                    BlockKind::Paragraph
                }
            };
            builder.push(LeafKind::Separator, end);
            self.blocks.push(builder.finish_alone(kind));
            start = end;
        }
    }

    /// Adds a table if it looks like data; returns whether it does.
    fn table(&mut self, table: &WordTable) -> bool {
        let shown = || table.rows.iter().map(|row| row.cells.iter().filter(|cell| cell.place.is_some()));
        // A table of one cell inside a cell is only a frame around its words.
        let is_frame = |node: &WordNode| match node {
            WordNode::Line(_) => true,
            WordNode::Table(inner) => {
                let mut cells = inner.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.place.is_some());
                let (first, second) = (cells.next(), cells.next());
                let is_flat = |node: &WordNode| matches!(node, WordNode::Line(_));
                second.is_none() && first.is_none_or(|cell| cell.nodes.iter().all(is_flat))
            }
        };
        if !shown().flatten().all(|cell| cell.nodes.iter().all(is_frame)) {
            return false;
        }
        let first = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.lines.0).next();
        let Some(start) = first.map(|line| self.span(line).start) else { return false };
        let mut builder = Builder::new(start);
        builder.markup = Some(Markup::Word);
        let mut grid = Vec::new();
        let (mut figures, mut is_long, mut titles) = (0, false, 0);
        let is_outer = |c: char| is_space(c) || c == BREAK;
        for row in &table.rows {
            for cell in row.cells.iter().filter(|cell| cell.place.is_some()) {
                let all = Span::new(self.span(cell.lines.0).start, self.span(cell.lines.1 - 1).end);
                let text = all.of(self.text);
                let words = text.trim_matches(is_outer);
                let from = match words.is_empty() {
                    // The first line has only white space.
                    true => all.start,
                    false => all.start + text.len() - text.trim_start_matches(is_outer).len(),
                };
                let blank = text.split('\n').next().map_or(0, str::len);
                let length = if words.is_empty() { blank } else { words.len() };
                builder.push(LeafKind::Separator, from);
                builder.push_cell(from + length);
                figures += usize::from(words.is_empty() || words.bytes().all(|byte| byte.is_ascii_digit()));
                is_long |= words.len() > LONGEST_CELL;
                titles += usize::from(looks_like_title(words));
                grid.extend(cell.place);
            }
            let end = row.cells.last().and_then(|cell| cell.lines.1.checked_sub(1)).map(|line| self.span(line).end);
            builder.push(LeafKind::RowEnd, end.unwrap_or(start));
        }
        let is_wide = shown().any(|row| row.count() > 1);
        if !is_data(is_wide, is_long, titles, figures) {
            return false;
        }
        let block = builder.finish_alone(BlockKind::Table(Layout::Word));
        self.blocks.push(Block { grid: Some(grid.into()), ..block });
        true
    }
}
