use super::*;
use crate::statute::{Column, Format, Group, Header, IdentityKind, Item, Outcome, Row, Section, TableKind};
use std::collections::BTreeMap;

/// Every explanation, by the name of what it explains.
fn all() -> Vec<(String, &'static Explanation)> {
    let mut all: Vec<(String, &Explanation)> = Vec::new();
    all.extend((1..=15).filter_map(Item::new).map(|it| (it.name(), item(it))));
    all.extend(Section::ALL.map(|it| (format!("section {it:?}"), section(it))));
    all.extend(TableKind::ALL.map(|it| (format!("table {it:?}"), table(it))));
    for format in [Edition::F2019, Edition::F2021].map(Edition::format) {
        let Format { tables, .. } = format;
        for spec in tables.iter().flat_map(|table| table.rows) {
            all.push((format!("row {:?}", spec.row), row(spec.row)));
            all.extend(spec.columns.iter().map(|it| (format!("column {it:?}"), column(*it))));
            all.extend(
                spec.columns.iter().flat_map(|it| it.headers()).map(|it| (format!("header {it:?}"), header(*it))),
            );
            all.extend(spec.row.groups().iter().map(|it| (format!("group {it:?}"), group(*it))));
        }
    }
    all.extend([Header::Content, Header::BalanceNote].map(|it| (format!("header {it:?}"), header(it))));
    all.extend(
        [IdentityKind::RowTotal, IdentityKind::Subtotal, IdentityKind::Balance, IdentityKind::ReviewTotal]
            .map(|it| (format!("identity {it:?}"), identity(it))),
    );
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

fn texts(explanation: &Explanation) -> impl Iterator<Item = Bilingual> {
    [explanation.meaning, explanation.counts].into_iter().chain(explanation.excludes)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn everything_that_the_formats_name_is_explained_in_both_languages() {
    let all = all();
    // 15 items, 6 sections, 3 tables, 35 rows, 19 columns and the 15 of 表四, 5 groups, 8 headers, 4 identities.
    assert_eq!(all.len(), 15 + 6 + 3 + 35 + 19 + 15 + 5 + 8 + 4);
    for (name, explanation) in &all {
        for [chinese, english] in texts(explanation) {
            assert!(chinese.chars().filter(|c| is_han(*c)).count() >= 4, "{name}: {chinese}");
            assert!(chinese.ends_with('。'), "{name}: {chinese}");
            assert!(english.split(' ').count() >= 2 && english.ends_with('.'), "{name}: {english}");
        }
        assert!(!explanation.basis.is_empty(), "{name} rests on nothing");
    }
}

#[test]
fn explanations_are_short_enough_to_be_read_in_a_hover() {
    for (name, explanation) in all() {
        for [chinese, english] in texts(explanation) {
            assert!(chinese.chars().count() <= 110, "{name}: {chinese}");
            assert!(english.chars().count() <= 260, "{name}: {english}");
        }
    }
}

#[test]
fn chinese_is_punctuated_in_full_width() {
    for (name, explanation) in all() {
        for [chinese, _] in texts(explanation) {
            let characters: Vec<char> = chinese.chars().collect();
            for window in characters.windows(2) {
                let narrow = |c: char| ",;:()?!\"'".contains(c);
                let pair = (is_han(window[0]) && narrow(window[1])) || (narrow(window[0]) && is_han(window[1]));
                assert!(!pair, "{name}: {chinese}");
                assert!(window != ['。', '。'] && !(is_han(window[0]) && window[1] == '.'), "{name}: {chinese}");
            }
        }
    }
}

/// What is quoted are the words of the Regulation, or of the guide, which is named as no provision.
#[test]
fn only_the_regulation_and_the_guide_are_quoted() {
    for (name, explanation) in all() {
        for basis in explanation.basis {
            let (of_guide, for_reference) = (basis.law == Law::ReplyGuide, basis.certainty == Certainty::Reference);
            assert_eq!(of_guide, for_reference, "{name}");
            if basis.quote.is_some() {
                assert!(of_guide || (basis.law == Law::Regulation && basis.article.is_some()), "{name}");
            }
            // What is derived from the interpretation is never given as its words.
            assert!(basis.law != Law::Interpretation || basis.certainty == Certainty::Derived, "{name}");
        }
    }
}

/// Every outcome of 表三 rests on an article or on the guide, and every result of 表四 says that no notice defines it.
#[test]
fn outcomes_and_results_name_their_sources() {
    for spec in Edition::F2021.format().table(TableKind::Applications).rows.iter().filter(|spec| spec.row.is_outcome())
    {
        let sourced =
            |basis: &Basis| basis.article.is_some() || matches!(basis.law, Law::ReplyGuide | Law::FeeMeasures);
        let explanation = row(spec.row);
        assert!(spec.row == Row::OtherOutcome || explanation.basis.iter().any(sourced), "{:?}", spec.row);
    }
    for result in [Outcome::Upheld, Outcome::Corrected, Outcome::Other] {
        let explanation = outcome(result);
        assert!(explanation.basis.iter().any(|basis| basis.law == Law::Interpretation), "{result:?}");
        assert!(
            explanation.counts[0].contains("没有给这一栏下定义") && explanation.counts[1].contains("No notice defines")
        );
    }
}

#[test]
fn provisions_are_named_as_lawyers_name_them() {
    let basis = regulation(50).paragraph(1).item(4);
    assert_eq!(basis.name()[0], "《中华人民共和国政府信息公开条例》第五十条第一款第（四）项");
    assert!(basis.name()[1].ends_with(", Art. 50 para. 1 item 4"));
    assert!(FORMAT_2021.name()[0].contains("国办公开办函〔2021〕30号"));
}

/// The Regulation, article by article, as paragraphs with their items: `(article, paragraph, item)` → text. Item 0 is
/// the paragraph itself.
fn provisions(law: &str) -> BTreeMap<(u8, u8, u8), String> {
    let mut provisions = BTreeMap::new();
    let (mut article, mut paragraph, mut item) = (0, 0, 0);
    for line in law.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let numeral = line.strip_prefix('第').and_then(|rest| rest.split_once("条 "));
        if let Some((number, text)) = numeral.and_then(|(n, text)| Some((crate::statute::chinese_numeral(n)?, text))) {
            (article, paragraph, item) = (number, 1, 0);
            provisions.insert((article, paragraph, item), text.to_owned());
        } else if line.starts_with('(') {
            item += 1;
            provisions.insert((article, paragraph, item), line.to_owned());
        } else {
            (paragraph, item) = (paragraph + 1, 0);
            provisions.insert((article, paragraph, item), line.to_owned());
        }
    }
    provisions
}

/// Reads the law in `../shared`, which is optional extra data: where it is absent this test has nothing to compare with.
#[test]
fn quotations_stand_in_the_law_where_they_are_said_to() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/law/条例-国务院令第711号.md");
    let Ok(law) = std::fs::read_to_string(path) else { return };
    let provisions = provisions(&law);
    assert_eq!(provisions.keys().map(|key| key.0).max(), Some(56));
    let narrow = |text: &str| text.replace('（', "(").replace('）', ")");
    let mut quotations = 0;
    for (name, explanation) in all() {
        for basis in explanation.basis.iter().filter(|basis| basis.law == Law::Regulation) {
            let Some(article) = basis.article else { continue };
            let paragraphs = provisions.range((article.number, 1, 0)..(article.number + 1, 0, 0));
            let paragraphs = paragraphs.map(|(key, _)| key.1).max().unwrap_or_default();
            assert!(paragraphs > 0, "{name}: {}", basis.name()[0]);
            // A paragraph is named where there are several, and only there.
            if article.item.is_some() || basis.quote.is_some() {
                assert!(article.paragraph.is_some() || paragraphs == 1, "{name}: {}", basis.name()[0]);
            }
            let key = (article.number, article.paragraph.unwrap_or(1), article.item.unwrap_or(0));
            let text = provisions.get(&key).unwrap_or_else(|| panic!("{name}: {}", basis.name()[0]));
            if let Some(quote) = basis.quote {
                assert!(text.contains(&narrow(quote)), "{name}: {quote}");
                quotations += 1;
            }
        }
    }
    assert!(quotations > 50, "{quotations}");
}

#[test]
fn results_of_review_read_the_same_in_every_group() {
    for result in Outcome::ALL {
        assert_eq!(column(Column::Review(result)), column(Column::SuitAfterReview(result)));
        assert_eq!(column(Column::DirectSuit(result)), outcome(result));
    }
    assert_ne!(row(Row::OtherHandling), group(Group::OtherHandling));
}

/// A name that only one edition has must not claim the other's notice, nor a name of both leave one out.
#[test]
fn a_format_is_a_basis_of_what_it_has_and_of_nothing_else() {
    let mut editions: BTreeMap<Row, Vec<Edition>> = BTreeMap::new();
    for edition in [Edition::F2019, Edition::F2021] {
        for spec in edition.format().tables.iter().flat_map(|table| table.rows) {
            editions.entry(spec.row).or_default().push(edition);
            for it in spec.columns {
                let formats = formats(column(*it));
                assert!(formats.is_empty() || formats.contains(&edition), "{it:?}");
            }
        }
    }
    for (it, editions) in editions {
        let formats = formats(row(it));
        assert!(formats.is_empty() || formats == editions, "{it:?}: {formats:?}");
    }
}

fn formats(explanation: &Explanation) -> Vec<Edition> {
    let mut formats: Vec<Edition> = explanation
        .basis
        .iter()
        .filter_map(|basis| if let Law::Format(edition) = basis.law { Some(edition) } else { None })
        .collect();
    formats.sort();
    formats
}
