//! GK602 bracket-mix: numbers in both kinds of brackets.

use crate::rules::support::context::Context;
use crate::rules::support::running_text::{At, numbering};
use crate::rules::{Finding, Fix, Related, WORDS};
use crate::say;
use crate::text::{Span, TextEdit};

rule! {
    code: "GK602",
    name: "bracket-mix",
    severity: Info,
    reads: WORDS,
    title: ["序号括号全角半角混用", "Numbers mix two kinds of brackets"],
    checks: [
        "同一份报告的小标题既用“（一）”又用“(一)”，或一个序号的两个括号不一致。一份报告只提示一次。",
        "Some numbers of subsections have full-width brackets, `（一）`, others half-width ones, `(一)`; or a number has one of each. There is one finding for a report.",
    ],
    basis: [
        "同一层次的序号写法应当一致，中文行文用全角括号。",
        "Numbers of one level are written in one way, and Chinese text has full-width brackets.",
    ],
    example: [
        "\
不符：“（一）主动公开情况”之后是“(二)政府信息管理情况”。

相符：“（一）主动公开情况”“（二）政府信息管理情况”。",
        "\
Fires: `（一）主动公开情况`, then `(二)政府信息管理情况`.

Silent: `（一）主动公开情况`, then `（二）政府信息管理情况`.",
    ],
    fix: [
        "可将半角括号全部改为全角，须由填报人确认，不自动修正。",
        "Changing all half-width brackets to full width is offered. Words are never changed automatically.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let pair = |span: Span| {
        let line = context.line(span);
        let pair = line.numbering.get_or_init(|| {
            // Most lines start with none.
            let starts = line.text().chars().take(8).any(|c| matches!(c, '（' | '('));
            if starts { numbering(&line.text().char_indices().collect::<Vec<At>>()) } else { None }
        });
        let shift = |(at, c): At| (span.start + at, c);
        pair.map(|(open, close)| (shift(open), shift(close)))
    };
    let pairs: Vec<(At, At)> = context.report.paragraphs.iter().filter_map(|paragraph| pair(paragraph.span)).collect();
    let narrow = |(_, c): &At| matches!(c, '(' | ')');
    let (odd, right): (Vec<_>, Vec<_>) = pairs.iter().partition(|(open, close)| narrow(open) || narrow(close));
    let mixed = odd.iter().any(|(open, close)| narrow(open) != narrow(close));
    let (Some(first), true) = (odd.first(), mixed || !right.is_empty()) else { return };
    let whole = |(open, close): &(At, At)| Span::new(open.0, close.0 + close.1.len_utf8());
    let (span, count) = (whole(first), odd.len());
    let written = context.text(span);
    let message = say!(
        language,
        "序号的括号全角、半角混用：“{written}”等 {count} 处用了半角，应为“（）”",
        "Numbers mix full-width and half-width brackets: {count} of them, such as “{written}”, are half-width; use “（）”"
    );
    let edits = odd
        .iter()
        .flat_map(|(open, close)| [(open, "（"), (close, "）")])
        .filter(|(mark, _)| narrow(mark))
        .map(|((at, c), due)| TextEdit { span: Span::new(*at, at + c.len_utf8()), content: due.to_owned() })
        .collect();
    let others = odd.iter().skip(1).chain(right.first()).map(|pair| {
        let span = whole(pair);
        Related { span, message: context.text(span).to_owned() }
    });
    let fix = Fix::doubtful(say!(language, "全部改为全角括号", "Change them all to full width"), edits);
    findings.push(Finding::new(&RULE, span, message).related(others).fix(fix));
}

#[cfg(test)]
mod tests {
    use crate::rules::support::testing::*;

    #[test]
    fn both_kinds() {
        let source = report(2022);
        offers("GK602", &source.replace("（三）政府", "(三)政府").replace("（五）监督", "(五)监督"), &source);
        offers("GK602", &source.replace("（三）政府", "(三）政府"), &source);
    }

    #[test]
    fn one_kind() {
        let source = report(2022);
        silent("GK602", &source.replace("我局主动公开政府信息12条。", "\n(1)主动公开12条。\n（2）其他。"));
    }
}
