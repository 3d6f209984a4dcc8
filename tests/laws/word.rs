//! Laws for any Word file: reading it gives a text or an error; its blocks tile its text; and an accepted edit changes the
//! text as it should.

use super::Law;
use gongkai::files::docx::{Comment, Commenter};
use gongkai::files::{OpenedFile, open};
use gongkai::syntax::wordml::{WordText, read};
use gongkai::text::{Span, TextEdit, apply};

/// The law for any bytes: a container, or else a document.
pub(crate) fn any(bytes: &[u8]) -> Law {
    if bytes.starts_with(b"PK") {
        return container(bytes);
    }
    // Longer ones only take more time.
    let text = String::from_utf8_lossy(bytes.get(..20_000).unwrap_or(bytes));
    document(&text)
}

fn container(bytes: &[u8]) -> Law {
    let Ok(OpenedFile::Word(file)) = open(bytes.to_vec(), "a.docx", None) else { return Ok(()) };
    let comment = Comment { span: Span::new(0, file.text().len()), paragraphs: vec!["改".into()] };
    if let Ok(copy) = file.with_comments(&[comment], &Commenter::default())
        && !matches!(open(copy, "a.docx", None), Ok(OpenedFile::Word(copy)) if copy.text() == file.text())
    {
        return Err("a copy with a comment says something else".into());
    }
    Ok(())
}

/// The law for the document `source`.
pub(crate) fn document(source: &str) -> Law {
    let Ok(word) = read(source, None, None) else { return Ok(()) };
    tiles(&word)?;
    let mut start = 0;
    for line in word.text.split_inclusive('\n').take(40) {
        let end = start + line.len() - 1;
        for edit in [(start, end, "7<&"), (end, end, "5"), (start, start, "3")] {
            edited(source, &word, Span::new(edit.0, edit.1), edit.2)?;
        }
        start = end + 1;
    }
    Ok(())
}

/// Checks that blocks tile the text and leaves their block, and that lines end with paragraphs.
fn tiles(word: &WordText) -> Law {
    let length: usize = word.tree.blocks.iter().map(|block| block.len).sum();
    if length != word.text.len() {
        return Err(format!("blocks of {length} bytes for {}", word.text.len()));
    }
    let mut start = 0;
    for block in &word.tree.blocks {
        let leaves: usize = block.leaves.iter().map(|leaf| leaf.len()).sum();
        if leaves != block.len || word.text.get(start..start + block.len).is_none() {
            return Err(format!("leaves of {leaves} bytes in a block of {}", block.len));
        }
        if let Some(grid) = &block.grid
            && grid.len() != block.rows().iter().map(Vec::len).sum::<usize>()
        {
            return Err(format!("{} places for the cells of {:?}", grid.len(), block.rows()));
        }
        start += block.len;
    }
    Ok(())
}

fn edited(source: &str, word: &WordText, span: Span, content: &str) -> Law {
    let edit = TextEdit { span, content: content.into() };
    let Ok(edits) = word.source_edits(&edit, source) else { return Ok(()) };
    let changed = apply(source, &edits);
    let due = apply(&word.text, &[edit]);
    match read(&changed, None, None) {
        Ok(again) if again.text == due => Ok(()),
        Ok(again) => Err(format!("{content:?} at {span:?} gives\n{}\nfor\n{due}\nin\n{source}", again.text)),
        Err(error) => Err(format!("{content:?} at {span:?}: {error} in\n{changed}")),
    }
}
