//! GK607 nested-title: 《》 inside 《》.

use crate::rules::support::context::Context;
use crate::rules::support::line_content::{LineContent, NestedTitle};
use crate::rules::{Finding, Fix, WORDS};
use crate::say;
use crate::text::{CharacterSet, Span, TextEdit};

rule! {
    code: "GK607",
    name: "nested-title",
    severity: Info,
    reads: WORDS,
    title: ["书名号内用书名号", "A title mark inside a title mark"],
    checks: [
        "书名号《》里面又用了书名号《》。",
        "There are title marks 《》 inside title marks 《》.",
    ],
    basis: [
        "《标点符号用法》（GB/T 15834）：书名号里还要用书名号时，外面一层用双书名号《》，里面一层用单书名号〈〉。",
        "GB/T 15834, the standard of punctuation: inside 《》 a title is marked by 〈〉.",
    ],
    example: [
        "\
不符：《关于印发《青石县档案管理办法》的通知》。

相符：《关于印发〈青石县档案管理办法〉的通知》。",
        "\
Fires: `《关于印发《青石县档案管理办法》的通知》`.

Silent: `《关于印发〈青石县档案管理办法〉的通知》`.",
    ],
    fix: [
        "里面一层改为〈〉。里面的名称前后都有外层名称的文字、两层都成对的，可自动修正；其余由填报人确认。",
        "The inner marks become 〈〉. This is a safe fix if both pairs are complete and the outer title has words on both sides of the inner one; otherwise it is unsafe.",
    ],
}

static MARKS: CharacterSet = CharacterSet::new(&['《']);

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for (span, line) in context.words() {
        for nested in line.nested_titles.get_or_init(|| nested(line)) {
            let place = nested.span.shift(span.start);
            let inside = place.start + '《'.len_utf8()..place.end - '》'.len_utf8();
            let name = context.text(Span::new(inside.start, inside.end));
            let message = say!(
                language,
                "书名号里的“{name}”应用单书名号〈〉",
                "“{name}” is named inside 《》: its marks should be 〈〉"
            );
            let edits = vec![
                TextEdit { span: Span::new(place.start, inside.start), content: "〈".to_owned() },
                TextEdit { span: Span::new(inside.end, place.end), content: "〉".to_owned() },
            ];
            let title = say!(language, "改为〈{name}〉", "Change it to 〈{name}〉");
            let fix = if nested.certain { Fix::safe(title, edits) } else { Fix::doubtful(title, edits) };
            findings.push(Finding::new(&RULE, place, message).fix(fix));
        }
    }
}

/// The titles of the second level in `line`, if its marks come in pairs.
fn nested(line: &LineContent) -> Vec<NestedTitle> {
    let text = line.text();
    if !line.characters().may_meet(&MARKS) || text.matches('《').nth(1).is_none() {
        return Vec::new();
    }
    let mut found: Vec<NestedTitle> = Vec::new();
    // Where each title that is open began, and how many of those found are in the outermost.
    let (mut open, mut first) = (Vec::new(), 0);
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '《' | '》')) {
        if mark == '《' {
            if open.is_empty() {
                first = found.len();
            }
            open.push(at);
            continue;
        }
        let Some(start) = open.pop() else { return Vec::new() };
        let end = at + mark.len_utf8();
        match open.len() {
            1 => found.push(NestedTitle { span: Span::new(start, end), certain: true }),
            0 => {
                let inner = found.get_mut(first..).unwrap_or_default();
                let (Some(opening), Some(closing)) = (inner.first().map(|it| it.span), inner.last().map(|it| it.span))
                else {
                    continue;
                };
                let before = text.get(start + mark.len_utf8()..opening.start).unwrap_or_default();
                let after = text.get(closing.end..at).unwrap_or_default();
                let certain = is_of_title(before) && is_of_title(after) && after.starts_with(['的', '等', '（', '(']);
                inner.iter_mut().for_each(|nested| nested.certain = certain && !is_deep(text, nested.span));
            }
            // Deeper levels are found after the second level is corrected.
            _ => {}
        }
    }
    if open.is_empty() { found } else { Vec::new() }
}

/// Whether `words` may be part of a title: there are some, and no sentence ends in them.
fn is_of_title(words: &str) -> bool {
    !words.trim().is_empty() && !words.contains(['。', '；', '！', '？', '：'])
}

/// Whether another title is in the one in `span`.
fn is_deep(text: &str, span: Span) -> bool {
    span.of(text).matches('《').count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    #[test]
    fn titles_in_titles() {
        for (marked, fixed) in [
            ("印发《关于印发⟦《甲办法》⟧的通知》12条。", "印发《关于印发〈甲办法〉的通知》12条。"),
            (
                "公布《关于废止⟦《甲办法》⟧和⟦《乙办法》⟧的决定》1条。",
                "公布《关于废止〈甲办法〉和〈乙办法〉的决定》1条。",
            ),
            (
                "《关于修改⟦《甲办法》⟧等3件文件的决定》《乙办法》已公布。",
                "《关于修改〈甲办法〉等3件文件的决定》《乙办法》已公布。",
            ),
        ] {
            reports("GK607", Severity::Info, &with(marked));
            let source = with(&marked.replace(['⟦', '⟧'], ""));
            let edits: Vec<TextEdit> = findings("GK607", &source)
                .into_iter()
                .flat_map(|finding| finding.fixes.into_iter().next().map(|fix| (fix.applicability, fix.edits)))
                .flat_map(|(applicability, edits)| {
                    assert_eq!(applicability, crate::rules::Applicability::Safe);
                    edits
                })
                .collect();
            assert_eq!(crate::text::apply(&source, &edits), with(fixed));
            silent("GK607", &with(fixed));
        }
    }

    #[test]
    fn titles_that_may_be_two() {
        // The outer one may just be closed too late, or opened too early.
        for marked in ["执行《甲条例⟦《乙办法》⟧》12条。", "执行《⟦《甲条例》⟧实施办法》12条。"]
        {
            reports("GK607", Severity::Info, &with(marked));
            let found = findings("GK607", &with(&marked.replace(['⟦', '⟧'], "")));
            assert_eq!(found[0].fixes[0].applicability, crate::rules::Applicability::Unsafe, "{marked}");
        }
    }

    #[test]
    fn titles_that_stand_alone_or_are_not_closed() {
        for sentence in [
            "执行《甲条例》《乙办法》和《丙办法》12条。",
            "印发《关于印发〈甲办法〉的通知》12条。",
            "印发《关于印发《甲办法》的通知12条。",
            "印发关于印发《甲办法》的通知》12条。",
            "《甲条例》、《乙办法》12条。",
        ] {
            silent("GK607", &with(sentence));
        }
    }
}
