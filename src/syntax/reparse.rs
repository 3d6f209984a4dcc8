//! Brings a tree up to date after an edit, with as little parsing as possible.
//!
//! A block is a function of the text after its start, and knows how far that text was looked at. So the blocks before an edit
//! that did not look at it stay, and so do those after it from the first place on where an old block starts again.

use super::cursor::LineMarks;
use super::line::is_space;
use super::{Block, BlockKind, Leaf, LeafKind, Tree, block_at};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// What an edit made necessary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEdit {
    /// The blocks of the old tree that are gone.
    pub old: Range<usize>,
    /// They themselves.
    pub gone: Vec<Block>,
    /// The blocks of the new tree that took their place.
    pub new: Range<usize>,
    /// Where the first of them starts, in the old text as in the new.
    pub start: usize,
    /// The bytes of the new text that were parsed again.
    pub span: Span,
}

/// A cell that an edit put other digits into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitCell {
    /// Which block it is in.
    pub block: usize,
    /// Where that starts.
    pub start: usize,
    /// Which of the cells of that block it is, in the order of the text.
    pub cell: usize,
    /// What it is now, counted from the block's start.
    pub span: Span,
    leaf: usize,
}

/// A cell of digits is short.
const DIGITS: usize = 40;

impl Tree {
    /// The cell of a table that `inserted` bytes of `text` took the place of `removed` in, at `at`, if both before and
    /// after that nothing but digits were in it. No front end tells one run of digits in a cell from another, so that the
    /// tree is what it was but for the length of that cell: see [`Tree::resize`].
    pub fn digit_cell(&self, text: &str, at: usize, removed: &str, inserted: usize) -> Option<DigitCell> {
        let is_digits = |text: &str| {
            let digits = text.trim_matches(is_space);
            text.len() <= DIGITS && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let end = at + removed.len();
        let mut start = 0;
        for (index, block) in self.blocks.iter().enumerate() {
            if start + block.len <= at {
                // What an earlier block ends before was looked at to find that end.
                if start + block.len + block.reach >= at {
                    return None;
                }
                start += block.len;
                continue;
            }
            if !matches!(block.kind, BlockKind::Table(layout) if !layout.is_read_by_lines())
                || block.markup.is_some()
                || block.grid.is_some()
            {
                return None;
            }
            let mut from = start;
            let mut cell = 0;
            for (index_of_leaf, leaf) in block.leaves.iter().enumerate() {
                let to = from + leaf.len();
                let is_cell = leaf.kind == LeafKind::Cell;
                if is_cell && from <= at && end <= to {
                    let new = Span::new(from, to - removed.len() + inserted);
                    let (before, behind) = (Span::new(from, at).of(text), Span::new(at + inserted, new.end).of(text));
                    let was = || [before, removed, behind].concat();
                    let both = is_digits(new.of(text)) && is_digits(&was());
                    let span = Span::new(new.start - start, new.end - start);
                    return both.then_some(DigitCell { block: index, start, cell, span, leaf: index_of_leaf });
                }
                if to > at {
                    return None;
                }
                cell += usize::from(is_cell);
                from = to;
            }
            return None;
        }
        None
    }

    /// Takes in the edit of `cell`.
    pub fn resize(&mut self, cell: DigitCell) {
        let Some(block) = self.blocks.get_mut(cell.block) else { return };
        let Some(leaf) = Arc::make_mut(&mut block.leaves).get_mut(cell.leaf) else { return };
        block.len = block.len - leaf.len() + cell.span.len();
        *leaf = Leaf::new(leaf.kind, cell.span.len());
    }

    /// Brings the tree up to date after `replaced` of the old text gave way to `inserted` bytes, which made `text`.
    /// The result equals a fresh parse; only the blocks that the edit touches, or whose ends were found by looking at
    /// what it touches, are parsed again.
    pub fn edit(&mut self, text: &str, replaced: Span, inserted: usize) -> TreeEdit {
        let mut first = 0;
        let mut start = 0;
        for block in &self.blocks {
            if start + block.len + block.reach >= replaced.start {
                break;
            }
            start += block.len;
            first += 1;
        }
        // The old blocks after the edit, which may be met again.
        let mut old = first;
        let mut old_start = start;
        let mut fresh = Vec::new();
        let mut at = start;
        let known = LineMarks::default();
        loop {
            // Old starts count from the old text's beginning; after the edit they moved by the same amount.
            while old < self.blocks.len()
                && (old_start < replaced.end || old_start - replaced.end + replaced.start + inserted < at)
            {
                old_start += self.blocks.get(old).map_or(0, |block| block.len);
                old += 1;
            }
            let behind = at >= replaced.start + inserted;
            if behind && old_start >= replaced.end && old_start - replaced.end + replaced.start + inserted == at {
                break;
            }
            let Some(block) = block_at(text, at, &known) else {
                old = self.blocks.len();
                break;
            };
            at += block.len;
            fresh.push(block);
        }
        // What was looked at again and found as it was, before the edit.
        let reads_the_same = |(old, new): &(&Block, &Block)| {
            (old.kind, old.len, old.markup) == (new.kind, new.len, new.markup) && old.leaves == new.leaves
        };
        let mut behind_same = start;
        let before = self.blocks.get(first..old).unwrap_or_default().iter().zip(&fresh).take_while(|pair| {
            let same = reads_the_same(pair) && behind_same + pair.1.len <= replaced.start;
            behind_same += if same { pair.1.len } else { 0 };
            same
        });
        let same = before.count();
        let span = Span::new(start, at);
        let new = first + same..first + fresh.len();
        let gone = self.blocks.splice(first..old, fresh).skip(same).collect();
        TreeEdit { old: first + same..old, gone, new, start: behind_same, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts `with` in the place of the first `what` in `before`: the tree equals that of a fresh parse, and exactly `due` is
    /// parsed again.
    #[track_caller]
    fn reparses(before: &str, what: &str, with: &str, due: &str) {
        let at = before.find(what).expect("what is replaced is there");
        let mut tree = Tree::parse(before);
        let mut text = before.to_owned();
        text.replace_range(at..at + what.len(), with);
        let edit = tree.edit(&text, Span::new(at, at + what.len()), with.len());
        assert_eq!(tree, Tree::parse(&text), "{text:?}");
        assert_eq!(edit.span.of(&text), due);
    }

    #[test]
    fn paragraphs() {
        let text = "一、情况\n甲。\n乙。\n丙。\n丁。\n";
        reparses(text, "乙", "乙乙", "甲。\n乙乙。\n");
        reparses(text, "丁。\n", "", "丙。\n");
        reparses(text, "一、", "二、", "二、情况\n");
        reparses(text, "丙。", "三、丙", "乙。\n三、丙\n");
        // A line break joins or parts lines.
        reparses(text, "。\n丙", "，丙", "乙，丙。\n");
        reparses(text, "丙。", "丙。\n\n丙。", "乙。\n丙。\n\n丙。\n");
    }

    #[test]
    fn tables() {
        let text = "甲。\n\n规章 | 0 | 1\n文件 | 2 | 3\n\n乙。\n丙。\n";
        reparses(text, "2", "12", "\n规章 | 0 | 1\n文件 | 12 | 3\n");
        // A paragraph that becomes a row, and a row that becomes a paragraph.
        reparses(text, "乙。", "许可 | 4 | 5", "规章 | 0 | 1\n文件 | 2 | 3\n\n许可 | 4 | 5\n");
        reparses(text, "文件 | 2 | 3", "文件。", "\n规章 | 0 | 1\n文件。\n");
    }

    #[test]
    fn markup() {
        let text = "<p>甲</p>\n<table><tr><td>规章</td><td>1</td></tr></table>\n<p>乙</p>\n<p>丙</p>\n";
        reparses(text, "丙", "丁", "<p>乙</p>\n<p>丁</p>\n");
        reparses(text, "</table>", "", "<table><tr><td>规章</td><td>1</td></tr>\n");
    }

    #[test]
    fn digits_in_a_cell() {
        // The cell that an insertion changed, counted from 0.
        let cell = |at: &str, inserted: &str| {
            let before = "规章 | 10 | 1\n";
            let start = before.find(at).expect("the place is there");
            let mut text = before.to_owned();
            text.insert_str(start, inserted);
            Tree::parse(before).digit_cell(&text, start, "", inserted.len()).map(|cell| cell.cell)
        };
        assert_eq!(cell("10", "2"), Some(1));
        assert_eq!(cell("0 |", "2"), Some(1));
        assert_eq!(cell("规章", "2"), None);
        assert_eq!(cell("| 1\n", "2"), None);
        assert_eq!(cell("10", "x"), None);
    }
}
