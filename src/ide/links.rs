//! The laws that a report cites.

use super::by_report::{REPORTS, ReportMemo, by_report};
use crate::analysis::{Analysis, Unit};
use crate::statute::explain::Law;
use crate::statute::explain::laws::mentions;
use crate::text::Span;
use std::cell::RefCell;
use std::rc::Rc;

/// The citations of laws and of the notices in the text of the reports: where each is, with its article, and the law.
pub fn citations(analysis: &Analysis) -> Vec<(Span, Law)> {
    let mut found = Vec::new();
    for unit in analysis.units().filter(|unit| unit.report.is_recognised()) {
        let own = by_report(&CITATIONS, (), unit, |unit| of_report(&unit).into());
        found.extend(own.iter().map(|(span, law)| (span.shift(unit.offset), *law)));
    }
    found
}

/// The citations in one report, with spans from its start.
type Citations = Rc<[(Span, Law)]>;

thread_local! {
    static CITATIONS: RefCell<ReportMemo<(), Citations>> = const { RefCell::new(ReportMemo::new(REPORTS)) };
}

fn of_report(unit: &Unit<'_>) -> Vec<(Span, Law)> {
    let mut found = Vec::new();
    for paragraph in &unit.report.paragraphs {
        let mentions = mentions(paragraph.span.of(unit.source)).into_iter();
        found.extend(mentions.map(|mention| (Span::from(mention.range).shift(paragraph.span.start), mention.law)));
    }
    found
}

/// The law that reports cite as `name`.
pub fn law_named(name: &str) -> Option<Law> {
    let is_whole = |text: &str| {
        let first = mentions(text).into_iter().next()?;
        (first.range == (0..text.len())).then_some(first.law)
    };
    is_whole(name).or_else(|| is_whole(&format!("《{name}》")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis_of};
    use crate::statute::Edition;

    #[test]
    fn laws_and_notices_are_found_with_their_articles() {
        let cited =
            "根据《中华人民共和国政府信息公开条例》第五十条和国办公开办函〔2021〕30号编制。《年鉴》2023年第二期。";
        let (source, analysis) = analysis_of(&SOURCE.replace("一、总体情况\n", &format!("{cited}\n一、总体情况\n")));
        let found: Vec<(&str, Law)> =
            citations(&analysis).into_iter().map(|(span, law)| (span.of(&source), law)).collect();
        let expected = [
            ("《中华人民共和国政府信息公开条例》第五十条", Law::Regulation),
            ("国办公开办函〔2021〕30号", Law::Format(Edition::F2021)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_law_is_known_by_the_names_that_reports_use() {
        assert_eq!(law_named("政府信息公开条例"), Some(Law::Regulation));
        assert_eq!(law_named("《中华人民共和国政府信息公开条例》"), Some(Law::Regulation));
        assert_eq!(law_named("国办公开办函〔2021〕30号"), Some(Law::Format(Edition::F2021)));
        assert_eq!(law_named("水法"), None);
        assert_eq!(law_named(""), None);
    }
}
