//! Updates a tree after an edit, with as little parsing as possible.
//!
//! A block depends only on the text from its start on, and records how far that text was read. So an edit keeps the
//! blocks before it that did not read the edited text, and the blocks after it from the first place where an old block
//! starts again.

use super::cursor::LineMarks;
use super::line::is_space;
use super::{Block, BlockKind, Leaf, LeafKind, Tree, block_at};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// The changes of a tree by an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEdit {
    /// The range of the removed blocks in the old tree.
    pub old: Range<usize>,
    /// The removed blocks.
    pub gone: Vec<Block>,
    /// The range of their replacements in the new tree.
    pub new: Range<usize>,
    /// The start of the first of them, which is the same in the old and the new text.
    pub start: usize,
    /// The part of the new text that was parsed again.
    pub span: Span,
}

/// A cell whose digits an edit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitCell {
    /// The index of its block.
    pub block: usize,
    /// The start of the block.
    pub start: usize,
    /// Its index among the cells of the block, in the order of the text.
    pub cell: usize,
    /// Its new span, counted from the block's start.
    pub span: Span,
    leaf: usize,
}

/// The longest cell of digits.
const DIGITS: usize = 40;

impl Tree {
    /// The cell of a table in which `inserted` bytes of `text` at `at` replaced `removed`, if the cell contains only
    /// digits both before and after the edit. No front end distinguishes two runs of digits, so only the length of that
    /// cell changes in the tree: see [`Tree::resize`].
    pub fn digit_cell(&self, text: &str, at: usize, removed: &str, inserted: usize) -> Option<DigitCell> {
        let is_digits = |text: &str| {
            let digits = text.trim_matches(is_space);
            text.len() <= DIGITS && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let end = at + removed.len();
        let mut start = 0;
        for (index, block) in self.blocks.iter().enumerate() {
            if start + block.len <= at {
                // An earlier block read the edited text to find its own end.
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
                    let (before, after) = (Span::new(from, at).of(text), Span::new(at + inserted, new.end).of(text));
                    let was = || [before, removed, after].concat();
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

    /// Applies the edit of `cell`.
    pub fn resize(&mut self, cell: DigitCell) {
        let Some(block) = self.blocks.get_mut(cell.block) else { return };
        let Some(leaf) = Arc::make_mut(&mut block.leaves).get_mut(cell.leaf) else { return };
        block.len = block.len - leaf.len() + cell.span.len();
        *leaf = Leaf::new(leaf.kind, cell.span.len());
    }

    /// Updates the tree after `inserted` bytes replaced the span `replaced` of the old text, with the result `text`.
    /// The tree then equals a fresh parse; only the blocks that the edit touches, or that read the edited text to find
    /// their ends, are parsed again.
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
        // The old blocks after the edit, which may be kept.
        let mut old = first;
        let mut old_start = start;
        let mut fresh = Vec::new();
        let mut at = start;
        let known = LineMarks::default();
        loop {
            // Old starts count from the beginning of the old text; after the edit all of them move by the same amount.
            while old < self.blocks.len()
                && (old_start < replaced.end || old_start - replaced.end + replaced.start + inserted < at)
            {
                old_start += self.blocks.get(old).map_or(0, |block| block.len);
                old += 1;
            }
            let after = at >= replaced.start + inserted;
            if after && old_start >= replaced.end && old_start - replaced.end + replaced.start + inserted == at {
                break;
            }
            let Some(block) = block_at(text, at, &known) else {
                old = self.blocks.len();
                break;
            };
            at += block.len;
            fresh.push(block);
        }
        // Blocks before the edit that were parsed again and are unchanged.
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

    /// Replaces the first `what` in `before` by `with`, and checks that the tree equals that of a fresh parse and that
    /// exactly `due` is parsed again.
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
        // Removing or adding a line break joins or splits lines.
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
        // The index of the cell that an insertion changed.
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
