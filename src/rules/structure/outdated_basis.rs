//! GK127 outdated-basis: the report rests on a notice or a regulation that no longer holds.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, Severity, WORDS};
use crate::say;
use crate::statute::{Edition, Section};
use crate::text::{FoldedChar, Span, TextEdit, fold_char};

rule! {
    code: "GK127",
    name: "outdated-basis",
    severity: Warning,
    reads: WORDS.and(Facets::YEAR),
    title: ["编制依据已失效或文号有误", "The legal basis is outdated or misnumbered"],
    checks: [
        "“根据”“按照”“依据”之后所写的编制依据：2021 年起的报告仍写国办公开办函〔2019〕60号的，写国务院令第492号的（已由第711号修订），为警告；格式通知的文号写错的（漏了“国办公开办”，写成〔2021〕37号），作提示。",
        "The legal basis of the report, after 根据, 按照 or 依据: 国办公开办函〔2019〕60号 in a report for 2021 or later, and 国务院令第492号 (revised by 第711号) in any report, are warnings; a wrong number of the notice on the format (without 国办公开办, or 〔2021〕37号) is information.",
    ],
    basis: [
        "《政府信息公开条例》（国务院令第711号）自2019年5月15日起施行；国办公开办函〔2021〕30号自2021年度起代替〔2019〕60号的格式。",
        "The Regulation (国务院令第711号) is in force since 15 May 2019; 国办公开办函〔2021〕30号 replaces the format of 〔2019〕60号 for reports on 2021 and later.",
    ],
    example: [
        "\
不符：2022 年的报告写“根据……（国办公开办函〔2019〕60号）要求编制”。

相符：写“国办公开办函〔2021〕30号”；“国务院令第492号公布，第711号修订”。",
        "\
Fires: a report for 2022 says `根据……（国办公开办函〔2019〕60号）要求编制`.

Silent: it says `国办公开办函〔2021〕30号`; `国务院令第492号公布，第711号修订`.",
    ],
    fix: [
        "给出应有的文号，由填报人核对，不自动修正。",
        "The right number is offered as an unsafe fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let year = context.report.year.map(|(year, _)| year);
    let before = context.preamble().iter().map(|passage| (passage.text.as_ref(), passage.start));
    let overview = context.report.paragraphs.iter().filter(|line| line.section == Some(Section::Overview));
    let inside = overview.map(|line| (context.text(line.span), line.span.start));
    for (text, start) in before.chain(inside) {
        if text.contains('号') {
            findings.extend(of_text(context, text, start, year));
        }
    }
}

/// A folded text, each character with its place.
struct FoldedText {
    chars: Vec<(char, Span)>,
}

impl FoldedText {
    fn new(text: &str, start: usize) -> FoldedText {
        let chars = text.char_indices().filter_map(|(at, c)| match fold_char(c) {
            FoldedChar::Drop => None,
            FoldedChar::One(folded) => Some((folded, Span::new(start + at, start + at + c.len_utf8()))),
            FoldedChar::Nfkc => Some((c, Span::new(start + at, start + at + c.len_utf8()))),
        });
        FoldedText { chars: chars.collect() }
    }

    /// The index of the first character of each occurrence of `word`.
    fn all(&self, word: &str) -> Vec<usize> {
        let word: Vec<char> = word.chars().collect();
        let is_there = |window: &[(char, Span)]| window.iter().map(|(c, _)| c).eq(word.iter());
        self.chars.windows(word.len()).enumerate().filter(|(_, window)| is_there(window)).map(|(at, _)| at).collect()
    }

    fn string(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().map(|(c, _)| c).collect()
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.chars.get(from).map_or(0, |(_, place)| place.start);
        let end = to.checked_sub(1).and_then(|last| self.chars.get(last)).map_or(start, |(_, place)| place.end);
        Span { start, end }
    }

    /// The sentence around the character `at`: from which character, to which.
    fn sentence(&self, at: usize) -> (usize, usize) {
        let ends = |(c, _): &(char, Span)| matches!(c, '。' | ';');
        let before = self.chars.get(..at).unwrap_or_default().iter().rposition(ends).map_or(0, |end| end + 1);
        let after = self.chars.get(at..).unwrap_or_default().iter().position(ends);
        (before, after.map_or(self.chars.len(), |more| at + more))
    }
}

/// Words that a basis follows.
const BASIS: &[&str] = &["根据", "按照", "依据", "依照", "遵照"];

fn of_text(context: &Context<'_>, text: &str, start: usize, year: Option<u16>) -> Vec<Finding> {
    let language = context.language;
    let words = FoldedText::new(text, start);
    let is_basis = |from: usize, to: usize| {
        let said = words.string(from, to);
        BASIS.iter().any(|word| said.contains(word))
    };
    let mut findings = Vec::new();
    let [old, new] = [Edition::F2019.notice(), Edition::F2021.notice()];
    // The number of a notice: its year in brackets, its number.
    let number = |notice: &str| notice.chars().skip_while(|c| *c != '〔').collect::<String>();
    let (old_number, new_number) = (number(old), number(new));
    for at in words.all(&old_number.replace('〔', "(").replace('〕', ")")) {
        let (from, to) = words.sentence(at);
        if year.is_none_or(|year| Edition::of_year(year) != Edition::F2021)
            || !is_basis(from, at)
            || !words.string(from, at).ends_with("函")
            || ["废止", "代替", "替代", "停止执行"].iter().any(|word| words.string(from, to).contains(word))
        {
            continue;
        }
        let span = words.span(at, at + old_number.chars().count());
        let message = say!(
            language,
            "{old}是 2019、2020 年度的格式，2021 年度起的报告应依据{new}",
            "{old} was for 2019 and 2020; reports for 2021 and later are based on {new}"
        );
        let title = say!(language, "改为“{new_number}”", "Change it to {new_number}");
        let fix = Fix::doubtful(title, vec![TextEdit { span, content: new_number.clone() }]);
        findings.push(Finding::new(&RULE, span, message).fix(fix));
    }
    for at in words.all("492号") {
        let (from, to) = words.sentence(at);
        let sentence = words.string(from, to);
        let is_order = ["令第", "令"].iter().any(|word| words.string(from, at).ends_with(word));
        if !is_order
            || !is_basis(from, at)
            || ["711", "修订", "修改", "废止"].iter().any(|word| sentence.contains(word))
        {
            continue;
        }
        let span = words.span(at, at + 3);
        let message = say!(
            language,
            "国务院令第492号已由第711号修订，2019年5月15日起应依据第711号",
            "国务院令第492号 was revised by 第711号, which applies since 15 May 2019"
        );
        let title = say!(language, "改为“711”", "Change it to 711");
        let fix = Fix::doubtful(title, vec![TextEdit { span, content: "711".to_owned() }]);
        findings.push(Finding::new(&RULE, span, message).fix(fix));
    }
    findings.extend(wrong_number(context, &words, new));
    findings
}

/// The number of the notice on the format, written wrongly.
fn wrong_number(context: &Context<'_>, words: &FoldedText, notice: &str) -> Vec<Finding> {
    let language = context.language;
    let mut findings = Vec::new();
    for at in words.all("(2021)") {
        let (from, _) = words.sentence(at);
        let digits = words.chars.iter().skip(at + 6).take_while(|(c, _)| c.is_ascii_digit()).count();
        let end = at + 6 + digits;
        if digits == 0 || words.chars.get(end).map(|(c, _)| *c) != Some('号') {
            continue;
        }
        // It is that notice if its title comes before the number, with no other document between.
        let before = words.string(from, at);
        let Some(named) = before.rfind("年度报告格式") else { continue };
        let between = before.get(named..).unwrap_or_default();
        if between.chars().count() > 24 || between.contains('《') {
            continue;
        }
        let is_letter = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let issuer = before.chars().rev().take_while(is_letter).count();
        let written = words.string(at - issuer, end + 1);
        let due = notice.replace('〔', "(").replace('〕', ")");
        if written == due || !written.contains('函') {
            continue;
        }
        let span = words.span(at - issuer, end + 1);
        let shown = context.text(span);
        let message = say!(
            language,
            "格式通知的文号是“{notice}”，这里写作“{shown}”",
            "The number of the notice on the format is {notice}; this says {shown}"
        );
        let title = say!(language, "改为“{notice}”", "Change it to {notice}");
        let fix = Fix::doubtful(title, vec![TextEdit { span, content: notice.to_owned() }]);
        findings.push(Finding::new(&RULE, span, message).severity(Severity::Info).fix(fix));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    fn with(year: u16, sentence: &str) -> String {
        report(year).replacen("\n\n", &format!("\n\n{sentence}\n\n"), 1)
    }

    const OLD: &str = "《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）";
    const NEW: &str = "《关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）";

    #[test]
    fn the_notice_of_another_year() {
        let source = with(2022, &format!("根据{OLD}要求编制。"));
        offers("GK127", &source, &source.replace("〔2019〕60号", "〔2021〕30号"));
        reports("GK127", Severity::Warning, &with(2022, "按照国办公开办函⟦[2019]60号⟧文件要求编制。"));
        silent("GK127", &with(2022, &format!("{OLD}不再适用。")));
        silent("GK127", &with(2022, &format!("根据{NEW}要求编制，{OLD}同时废止。")));
    }

    #[test]
    fn the_regulation_before_its_revision() {
        let source = with(2022, "根据《政府信息公开条例》（国务院令第492号）编制。");
        offers("GK127", &source, &source.replace("492", "711"));
        reports("GK127", Severity::Warning, &with(2020, "依据中华人民共和国国务院令 第⟦492⟧号编制。"));
        silent("GK127", &with(2022, "根据《政府信息公开条例》（国务院令第492号公布，国务院令第711号修订）编制。"));
        silent("GK127", &with(2022, "根据《政府信息公开条例》（国务院令第711号）编制。"));
        silent("GK127", &with(2022, "根据云政〔2022〕492号文件编制。"));
    }

    #[test]
    fn a_number_written_wrongly() {
        for wrong in ["函[2021]30号", "国办函〔2021〕30号", "国办公开办函〔2021〕37号"] {
            let source = with(2022, &format!("根据{}编制。", NEW.replace("国办公开办函〔2021〕30号", wrong)));
            reports("GK127", Severity::Info, &source.replace(wrong, &format!("⟦{wrong}⟧")));
            offers("GK127", &source, &source.replace(wrong, "国办公开办函〔2021〕30号"));
        }
        silent(
            "GK127",
            &with(2022, "根据《国务院办公厅关于印发要点的通知》（国办发〔2021〕12号）和年度报告格式编制。"),
        );
        silent("GK127", &with(2022, "根据年度报告格式和《云岭市公开要点》（云政办函〔2021〕37号）编制。"));
    }
}
