//! Output for people: the source lines with carets under the cell, its operands, and the fixes.

use super::{Setup, position_words, severity_word};
use crate::cli::checked::Checked;
use crate::cli::terminal::printable;
use crate::config::Language;
use crate::exchange::MARK;
use crate::rules::{Applicability, Finding, Severity};
use crate::say;
use crate::text::{Span, Text};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::borrow::Cow;

/// Operands at most this many lines away are drawn with the finding; others are named in notes.
const NEAR: usize = 12;
/// At most this many notes, because more would hide the finding; the rest is counted.
const NOTES: usize = 8;
/// With more operands than this on one line, the carets have no labels, so that they stay readable.
const LABELS_A_LINE: usize = 3;

/// Every finding of `file`, an empty line after each.
pub(super) fn part(setup: &Setup<'_>, file: &Checked) -> String {
    let renderer = if setup.colored { Renderer::styled() } else { Renderer::plain() };
    // Box-drawing characters take two columns in many Chinese terminal fonts; ASCII takes one everywhere.
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for (finding, row) in file.findings.iter().zip(&file.rows) {
        out += &one(&renderer, file, finding, *row, setup.language);
        out += "\n\n";
    }
    out
}

fn one(renderer: &Renderer, file: &Checked, finding: &Finding, row: Option<Span>, language: Language) -> String {
    let text = &file.text;
    let line = text.line_of(finding.span.start);
    let near = |span: Span| text.line_of(span.start).abs_diff(line) <= NEAR;

    let (drawn, told): (Vec<_>, Vec<_>) = finding.related.iter().partition(|related| near(related.span));
    let row = row.filter(|row| near(*row) && !row.meets(finding.span));
    let spans = drawn.iter().map(|related| related.span).chain(row).chain([finding.span]);
    let excerpt = Excerpt::new(text, spans);

    let path = printable(&file.name);
    let mut snippet = Snippet::source(&excerpt.source).line_start(excerpt.first + 1).path(path);
    snippet = snippet.annotation(AnnotationKind::Primary.span(excerpt.place(finding.span)));
    for related in &drawn {
        if related.span == finding.span {
            continue;
        }
        let line = text.line_of(related.span.start);
        let crowd = drawn.iter().filter(|other| text.line_of(other.span.start) == line).count();
        let annotation = AnnotationKind::Context.span(excerpt.place(related.span));
        let label = (crowd <= LABELS_A_LINE).then(|| printable(&related.message).replace('\n', " "));
        snippet = snippet.annotation(annotation.label(label));
    }
    if let Some(row) = row.filter(|row| drawn.iter().all(|related| related.span != *row)) {
        // With one cell a line, the row's label shows the reader where in the table the finding is.
        snippet = snippet.annotation(AnnotationKind::Visible.span(excerpt.place(row)));
    }

    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let level = level.with_name(severity_word(finding.severity, language));
    let message = printable(&finding.message);
    let mut group = level.primary_title(message).id(finding.rule.code).element(snippet);

    let note = Level::NOTE.with_name(say!(language, "关联", "note"));
    for related in told.iter().take(NOTES) {
        let position = position_words(file, related.span.start, language);
        let message = printable(&related.message);
        let message = say!(language, "{position}：{message}", "{position}: {message}");
        group = group.element(note.clone().message(message));
    }
    if let Some(more @ 1..) = told.len().checked_sub(NOTES) {
        let message = say!(
            language,
            "另有 {more} 处（--output-format json 可全部列出）",
            "and {more} more (--output-format json lists them all)"
        );
        group = group.element(note.clone().message(message));
    }
    let help = Level::HELP.with_name(say!(language, "建议", "help"));
    for fix in &finding.fixes {
        let message = printable(&fix.message);
        let message = match fix.applicability {
            Applicability::Safe => say!(language, "{message}（--fix）", "{message} (--fix)"),
            Applicability::Unsafe => say!(language, "{message}（须核实）", "{message} (needs a look)"),
        };
        group = group.element(help.clone().message(message));
    }
    renderer.render(&[group])
}

/// Some lines of a text, with normalised line ends and without control characters.
struct Excerpt<'a> {
    /// The lines, `\n` after each.
    source: String,
    /// The first of them.
    first: usize,
    /// For each line, its start in the text, its start in `source`, and its content without its line end.
    lines: Vec<(usize, usize, Cow<'a, str>)>,
}

impl<'a> Excerpt<'a> {
    /// The lines from the first to the last that one of `spans` touches.
    fn new(text: &'a Text, spans: impl Iterator<Item = Span>) -> Excerpt<'a> {
        let all = spans.reduce(Span::cover).unwrap_or_default();
        let (first, last) = (text.line_of(all.start), text.line_of(all.end));
        let mut excerpt = Excerpt { source: String::new(), first, lines: Vec::new() };
        for line in first..=last {
            let start = text.line_start(line);
            let mut content = text.slice(Span::new(start, text.line_start(line + 1)));
            let length = content.trim_end_matches(['\n', '\r']).len();
            content = match content {
                Cow::Borrowed(content) => Cow::Borrowed(content.get(..length).unwrap_or_default()),
                Cow::Owned(mut content) => {
                    content.truncate(length);
                    Cow::Owned(content)
                }
            };
            let here = excerpt.source.len();
            excerpt.source += &shown(&content, start == 0);
            excerpt.source.push('\n');
            excerpt.lines.push((start, here, content));
        }
        excerpt
    }

    /// The place in `source` of the `span` of the text.
    fn place(&self, span: Span) -> std::ops::Range<usize> {
        let place = |offset: usize| {
            let line = self.lines.iter().rev().find(|(start, ..)| *start <= offset);
            line.map_or(0, |(start, here, content)| {
                let before = content.get(..(offset - start).min(content.len())).unwrap_or(content);
                here + shown(before, *start == 0).len()
            })
        };
        place(span.start)..place(span.end)
    }
}

/// The start of a line, `part`, as it is drawn; without the byte order mark in the text's first line.
fn shown(part: &str, is_first: bool) -> String {
    let part = if is_first { part.strip_prefix(MARK).unwrap_or(part) } else { part };
    printable(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FindingNumber, Fix, Related, rules};
    use crate::text::TextEdit;

    /// The finding on the first `[…]` of `marked`; further ones are operands, `{…}` is the row's label.
    fn rendered(marked: &str, language: Language) -> String {
        let (mut source, mut spans, mut row) = (String::new(), Vec::new(), None);
        let mut open = 0;
        for c in marked.chars() {
            match c {
                '[' | '{' => open = source.len(),
                ']' => spans.push(Span::new(open, source.len())),
                '}' => row = Some(Span::new(open, source.len())),
                c => source.push(c),
            }
        }
        let finding = Finding {
            rule: rules().find(|rule| rule.code == "GK303").unwrap(),
            severity: Severity::Error,
            span: spans[0],
            message: say!(language, "总计应为 12，现为 11", "the total should be 12, not 11"),
            related: spans[1..]
                .iter()
                .map(|span| Related {
                    span: *span,
                    message: say!(language, "自然人 {}", "natural {}", span.of(&source)),
                })
                .collect(),
            fixes: [(Applicability::Safe, "12"), (Applicability::Unsafe, "13")]
                .map(|(applicability, content)| Fix {
                    message: say!(language, "将总计改为 {content}", "change the total to {content}"),
                    applicability,
                    preferred: false,
                    rewrite: false,
                    draft: false,
                    of_source: false,
                    edits: vec![TextEdit { span: spans[0], content: content.into() }],
                })
                .into(),
            number: FindingNumber::default(),
        };
        let file = Checked::for_test("报告/a.txt", &source, vec![finding], vec![row]);
        part(&Setup::here(language), &file)
    }

    #[test]
    fn one_cell_a_line_shows_the_row_and_its_operands() {
        let text = rendered("\t{（一）予以公开}\n\t[11]\n\t[10]\n\t[2]\n\t0\n", Language::Chinese);
        let expected = "\
错误[GK303]: 总计应为 12，现为 11
 --> 报告/a.txt:2:2
  |
1 |     （一）予以公开
2 |     11
  |     ^^
3 |     10
  |     -- 自然人 10
4 |     2
  |     - 自然人 2
  |
  = 建议: 将总计改为 12（--fix）
  = 建议: 将总计改为 13（须核实）

";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_row_a_line_in_english() {
        let text = rendered("甲\n{（一）予以公开}|[11]|[10]|[2]|0\n", Language::English);
        let expected = "\
error[GK303]: the total should be 12, not 11
 --> 报告/a.txt:2:9
  |
2 | （一）予以公开|11|10|2|0
  |                ^^ -- - natural 2
  |                   |
  |                   natural 10
  |
  = help: change the total to 12 (--fix)
  = help: change the total to 13 (needs a look)

";
        assert_eq!(text, expected);
    }

    #[test]
    fn operands_far_away_are_named_in_notes_and_too_many_are_counted() {
        let far = (0..NOTES + 2).map(|n| format!("[{n}]\n")).collect::<String>();
        let text = rendered(&format!("[11]\n{}{far}", "\n".repeat(NEAR + 1)), Language::English);
        assert!(text.contains("= note: line 15, column 1: natural 0\n"), "{text}");
        assert_eq!(text.matches("natural").count(), NOTES, "{text}");
        assert!(text.contains("= note: and 2 more"), "{text}");
    }

    /// The caret has to be under the first column of the finding, even after wide characters.
    #[track_caller]
    fn caret_is_below(marked: &str, words: &str) {
        let text = rendered(marked, Language::Chinese);
        let columns = |line: &str, words: &str| {
            line.find(words).map(|at| line[..at].chars().map(crate::text::width).sum::<usize>())
        };
        let source = text.lines().find_map(|line| columns(line, words));
        let caret = text.lines().find_map(|line| columns(line, "^"));
        assert!(source.is_some() && source == caret, "{source:?} {caret:?}\n{text}");
    }

    #[test]
    fn carets_stand_below_the_cell() {
        let wide = "一二三四五六七八九十".repeat(8);
        caret_is_below("（一）[77]", "77");
        caret_is_below("\t（一）\t[77]\t0", "77");
        caret_is_below(&format!("{wide}[77]{wide}"), "77");
        caret_is_below("甲\r\n\r\n（一）　[77]\r\n", "77");
        caret_is_below("\u{feff}（一）[77]", "77");
        assert!(
            rendered("\u{feff}甲[77]", Language::English).contains("a.txt:1:2\n"),
            "a byte order mark is no column"
        );
        caret_is_below("甲\u{2028}乙\r（一）[77]\r", "77");
    }

    #[test]
    fn a_blank_cell_has_a_caret_too() {
        for cell in ["\t[]\n", "\t[]", "[]", "0|[]|0", "\t[　 ]\n", "\t[\u{a0}]|", "\t[ ]\r\n", "\t[\t]\n"] {
            let text = rendered(cell, Language::Chinese);
            assert!(text.contains('^'), "{cell:?}\n{text}");
        }
    }

    #[test]
    fn a_report_cannot_give_a_terminal_orders() {
        let orders =
            ['\u{1b}', '\u{202e}', '\u{80}', '\u{85}', '\u{9b}', '\u{9f}', '\u{200e}', '\u{200f}', '\u{61c}', '\u{7f}'];
        for order in orders {
            let text = rendered(&format!("甲{order}[3{order}1m]{order}11"), Language::Chinese);
            assert!(!text.contains(order), "{order:?}\n{text}");
            caret_is_below(&format!("甲{order}[77]{order}11"), "77");
        }
    }

    proptest::proptest! {
        /// Any finding at any place of any file can be drawn.
        #[test]
        fn any_finding_can_be_drawn(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "[", "]", "{", "}", "1", "表", "　", " ", "\t", "\n", "\r\n", "\r", "|", "😀", "e\u{301}", "\u{200b}",
                    "\u{feff}", "\u{2028}", "\u{c}", "\u{0}", "\u{1b}", "\u{202e}", "字字字字字字字字字字字字字字字字字字字字字字",
                ]),
                0..80,
            ),
        ) {
            let marked = format!("[]{}", pieces.concat());
            for language in [Language::Chinese, Language::English] {
                let text = rendered(&marked, language);
                assert!(text.contains("GK303") && text.contains('^'), "{marked:?}\n{text}");
            }
        }

        #[test]
        fn any_place_can_be_drawn(source in "(?s)[1表　\t\n\r|😀\u{2028}]{0,60}", a in 0usize..60, b in 0usize..60) {
            let places: Vec<usize> = source.char_indices().map(|(at, _)| at).chain([source.len()]).collect();
            let (a, b) = (places[a % places.len()], places[b % places.len()]);
            let (start, end) = (a.min(b), a.max(b));
            let marked = format!("{}[{}]{}", &source[..start], &source[start..end], &source[end..]);
            let text = rendered(&marked, Language::English);
            assert!(text.contains('^'), "{marked:?}\n{text}");
        }
    }
}
