//! A document that was edited is as a fresh one of the same text.

use super::script::Script;
use super::{Law, visible};
use gongkai::analysis::Analysis;
use gongkai::syntax::Tree;
use gongkai::text::Span;
use std::sync::Arc;

/// How many edits of one input are done.
const EDITS: usize = 32;

/// Any sequence of edits of any text.
pub(crate) fn any(bytes: &[u8]) -> Law {
    let mut script = Script::new(bytes);
    let mut edited = Edited::new(script.text());
    for _ in 0..EDITS {
        let Some((span, content)) = script.edit(&edited.text) else { break };
        edited.edit(span, &content)?;
    }
    Ok(())
}

/// A document that is edited, beside its text.
pub(crate) struct Edited {
    pub(crate) text: String,
    analysis: Analysis,
    /// The shape of the whole text, as if it were one report.
    tree: Tree,
}

impl Edited {
    pub(crate) fn new(text: String) -> Edited {
        Edited { analysis: Analysis::new(&text, Arc::default()), tree: Tree::parse(&text), text }
    }

    /// Replaces `span`, which has to be one of the text, and compares all that can be seen with what is read from the new
    /// text alone.
    pub(crate) fn edit(&mut self, span: Span, content: &str) -> Law {
        self.analysis.edit(span, content);
        self.text.replace_range(span.range(), content);
        self.tree.edit(&self.text, span, content.len());
        let text = &self.text;
        let after = || format!("after {}..{} → {content:?} in\n{text}", span.start, span.end);
        if self.tree != Tree::parse(text) {
            return Err(format!("another tree {}", after()));
        }
        let (got, due) = (visible(&self.analysis), visible(&Analysis::new(text, Arc::default())));
        if got.0 != due.0 {
            return Err(format!("another text {}", after()));
        }
        if got.1 != due.1 {
            return Err(format!("another model {}\n{}", after(), difference(&got.1, &due.1)));
        }
        if got.2 != due.2 {
            return Err(format!("other findings {}\n{}", after(), difference(&got.2, &due.2)));
        }
        Ok(())
    }
}

/// The first line in which the two differ, as they are printed, with the lines around it.
fn difference(got: &impl std::fmt::Debug, due: &impl std::fmt::Debug) -> String {
    let (got, due) = (format!("{got:#?}"), format!("{due:#?}"));
    let same = got.lines().zip(due.lines()).take_while(|(got, due)| got == due).count();
    let around = |text: &str| text.lines().skip(same.saturating_sub(8)).take(16).collect::<Vec<_>>().join("\n");
    format!("---- got\n{}\n---- due\n{}", around(&got), around(&due))
}
