//! The pages of this program are Markdown; this is their text for a reader who sees plain text.

/// The text of `page` without its marks: of headings, strong words, code, links and escaped characters. Lists and what a
/// report may contain besides are not among them: see [`without_markdown`](crate::syntax::without_markdown).
pub fn plain_text(page: &str) -> String {
    let mut plain = String::with_capacity(page.len());
    for line in page.lines() {
        let heading = line.trim_start_matches('#');
        let line = if heading.len() < line.len() { heading.trim_start() } else { line };
        let mut rest = line.trim_end();
        while let Some(at) = rest.find(['*', '`', '\\', '[']) {
            let (before, mark) = rest.split_at(at);
            plain.push_str(before);
            let mut chars = mark.chars();
            rest = match chars.next() {
                Some('\\') => {
                    plain.extend(chars.next());
                    chars.as_str()
                }
                Some('[') => match link(mark) {
                    Some((words, after)) => {
                        plain.push_str(words);
                        after
                    }
                    None => {
                        plain.push('[');
                        chars.as_str()
                    }
                },
                _ => chars.as_str(),
            };
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The words of a link at the start of `text`, and the text after the link.
fn link(text: &str) -> Option<(&str, &str)> {
    let (words, target) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = target.split_once(')')?;
    (!words.contains('[')).then_some((words, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::escape_markdown;
    use proptest::prelude::*;

    #[test]
    fn a_page_loses_its_marks_and_nothing_else() {
        assert_eq!(plain_text("### 表三\n\n**（一）** `10` + 2\n"), "表三\n\n（一） 10 + 2");
        assert_eq!(plain_text("见[条例](https://example.invalid/a)第二十条\n  - 甲"), "见条例第二十条\n  - 甲");
        assert_eq!(plain_text("[未闭合 a](b"), "[未闭合 a](b");
    }

    proptest! {
        #[test]
        fn the_text_of_a_document_comes_out_as_it_went_into_a_page(text in "甲[ -~甲]{0,20}甲") {
            prop_assert_eq!(plain_text(&escape_markdown(&text)), text);
        }
    }
}
