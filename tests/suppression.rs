//! Comments and entries that suppress findings, in whole documents: what they suppress, the findings about those without
//! effect, and that edits give the findings of a fresh check.

use gongkai::analysis::{Analysis, check};
use gongkai::config::{Exemption, Language, Settings, Severity};
use gongkai::ide::{SuppressionEdit, SuppressionEntry, fix_all, hover, suppressions};
use gongkai::text::{Span, TextEdit, apply};
use std::fmt::Write;
use std::sync::Arc;

/// Rows of 表三 in Markdown, one of them with a total that is wrong in more than one way.
const TABLE: &str = "\
| 本年度办理结果 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 一、本年新收政府信息公开申请数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |
| 二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 9 |
";

/// A report checked by GK303 only: it has one finding, in the row 二.
fn report() -> String {
    format!(
        "# 云岭市档案局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n公开12条。\n\n\
         ## 二、主动公开政府信息情况\n\n## 三、收到和处理政府信息公开申请情况\n\n{TABLE}"
    )
}

const ROW: &str = "| 二、上年结转";

fn settings() -> Settings {
    let select = ["GK303", "GK304", "GK001"].map(str::to_owned).to_vec();
    Settings { language: Language::English, select, ..Settings::default() }
}

/// The findings: code and text of the place.
fn found(source: &str) -> Vec<(&'static str, String)> {
    let findings = check(source, &settings());
    findings.into_iter().map(|finding| (finding.rule.code, finding.span.of(source).to_owned())).collect()
}

fn before_row(comment: &str) -> String {
    report().replace(ROW, &format!("{comment}\n{ROW}"))
}

#[test]
fn the_report_has_one_finding() {
    assert_eq!(found(&report()), [("GK303", "9".to_owned())]);
}

#[test]
fn a_comment_on_the_line_before_suppresses_a_finding() {
    for rules in ["GK303", "gk303", "row-total", "GK3", "GK303, row-total", "row-total，GK3 理由"] {
        assert_eq!(found(&before_row(&format!("<!-- gongkai: ignore {rules} 以原件为准 -->"))), [], "{rules}");
    }
    assert_eq!(found(&before_row("<!-- gongkai: ignore GK303 a -->\n<!-- gongkai: ignore row-total b -->")), []);
    assert_eq!(found(&before_row("<!-- gongkai: ignore GK303 a | b -->").replace('\n', "\r\n")), []);
}

#[test]
fn in_html_a_comment_applies_to_the_row_that_starts_after_it() {
    let rows: String = TABLE
        .lines()
        .filter(|line| !line.contains("---"))
        .map(|line| {
            let cells = line.trim_matches('|').split('|').map(|cell| format!("<td>{}</td>\n", cell.trim()));
            format!("<tr>\n{}</tr>\n", cells.collect::<String>())
        })
        .collect();
    let page = |rows: &str| {
        format!(
            "<!DOCTYPE html>\n<html><body><h1>云岭市档案局2022年政府信息公开工作年度报告</h1>\n<p>一、总体情况</p>\n\
             <p>公开12条。</p>\n<p>三、收到和处理政府信息公开申请情况</p>\n<table>\n{rows}</table>\n</body></html>\n"
        )
    };
    assert_eq!(found(&page(&rows)), [("GK303", "9".to_owned())]);
    let start = rows.rfind("<tr>").unwrap();
    for comment in ["<!-- gongkai: ignore GK303 x -->", "<!-- gongkai: ignore-file GK303 x -->"] {
        assert_eq!(found(&page(&format!("{}{comment}\n{}", &rows[..start], &rows[start..]))), [], "{comment}");
    }
    let analysis = Analysis::new(&page(&rows), Arc::new(settings()));
    let place = Span::at(analysis.findings()[0].span.start);
    for (_, offer) in suppressions(&analysis, place, true) {
        let SuppressionEdit::Comment(edit) = &offer.edit else { panic!("{offer:?}") };
        assert_eq!(found(&apply(&page(&rows), std::slice::from_ref(edit))), [], "{}", offer.title);
    }
    let exemptions = vec![Exemption {
        codes: vec!["GK303".to_owned()],
        text: Some("二、上年结转".to_owned()),
        ..Exemption::default()
    }];
    assert_eq!(check(&page(&rows), &Settings { exemptions, ..settings() }), []);
}

#[test]
fn a_comment_elsewhere_suppresses_nothing_and_is_reported() {
    let comment = "<!-- gongkai: ignore GK303 -->";
    let source = report().replace("| 一、本年新收", &format!("{comment}\n| 一、本年新收"));
    assert_eq!(found(&source), [("GK001", comment.to_owned()), ("GK303", "9".to_owned())]);
    assert_eq!(found(&report().replace("公开12条", &format!("{comment}\n公开12条")))[0].0, "GK001");
}

#[test]
fn a_comment_about_the_file_may_be_anywhere() {
    let comment = "<!-- gongkai: ignore-file GK303 理由 -->";
    assert_eq!(found(&format!("{comment}\n{}", report())), []);
    assert_eq!(found(&format!("{}{comment}", report())), []);
    assert_eq!(found(&before_row(comment)), []);
    // It also applies to every report of a compendium: the document is one file.
    let two = format!("{}\n{}", report(), report());
    assert_eq!(found(&two).len(), 2);
    assert_eq!(found(&format!("{two}\n{comment}\n")), []);
}

#[test]
fn a_comment_may_be_before_the_title_of_the_next_report() {
    let comment = "<!-- gongkai: ignore GK303 -->";
    let two = format!("{}{comment}\n{}", report(), report());
    let codes: Vec<&str> = found(&two).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["GK303", "GK001", "GK303"], "it speaks of the title line, which has nothing");
}

#[test]
fn each_rule_without_effect_in_a_comment_is_reported() {
    let source = before_row("<!-- gongkai: ignore GK303, GK304 理由 -->");
    assert_eq!(found(&source), [("GK001", "GK304".to_owned())]);
    let findings = check(&source, &settings());
    let fixed = apply(&source, &fix_all(&findings));
    assert_eq!(fixed, before_row("<!-- gongkai: ignore GK303 理由 -->"));
    assert_eq!(found(&fixed), []);
    let source = before_row("<!-- gongkai: ignore GK304, GK303 理由 -->");
    assert_eq!(
        apply(&source, &fix_all(&check(&source, &settings()))),
        before_row("<!-- gongkai: ignore GK303 理由 -->")
    );
}

#[test]
fn a_comment_without_effect_is_removed_with_its_line() {
    let source = report().replace("## 二、", "<!-- gongkai: ignore GK304 -->\n## 二、");
    let unused: Vec<_> = check(&source, &settings()).into_iter().filter(|f| f.rule.code == "GK001").collect();
    assert_eq!(unused.len(), 1);
    assert_eq!(unused[0].severity, Severity::Warning);
    assert_eq!(apply(&source, &fix_all(&unused)), report());
}

#[test]
fn misspelled_keys_are_reported() {
    for (comment, place) in [
        ("<!-- gongkai: ignore GK999 -->", "GK999"),
        ("<!-- gongkai: ignore row-totl -->", "row-totl"),
        ("<!-- gongkai: ignroe GK303 -->", "ignroe"),
        ("<!-- gongkai: ignore 理由 -->", "<!-- gongkai: ignore 理由 -->"),
        ("<!-- gongkai: -->", "<!-- gongkai: -->"),
    ] {
        assert_eq!(found(&before_row(comment)), [("GK001", place.to_owned()), ("GK303", "9".to_owned())], "{comment}");
    }
}

#[test]
fn comments_about_disabled_rules_are_not_reported() {
    assert_eq!(found(&before_row("<!-- gongkai: ignore GK303, GK201 -->")), [], "GK201 is not looked at");
    let mut off = settings();
    off.ignore = vec!["GK001".to_owned()];
    assert_eq!(check(&before_row("<!-- gongkai: ignore GK304 -->"), &off).len(), 1);
    let quiet = "<!-- gongkai: ignore-file GK001 -->\n<!-- gongkai: ignore-file GK304 -->\n";
    assert_eq!(found(&format!("{quiet}{}", report())).len(), 1, "itself held back, and never told to be idle");
}

#[test]
fn comments_in_other_documents_are_not_read() {
    assert_eq!(found("<!-- gongkai: ignore GK303 -->\n# 通知\n\n请各单位报送材料。\n"), []);
}

#[test]
fn an_entry_suppresses_the_findings_of_its_row() {
    let exempting = |text: Option<&str>| Settings {
        exemptions: vec![Exemption {
            entry: 4,
            codes: vec!["GK3".to_owned()],
            text: text.map(str::to_owned),
            ..Exemption::default()
        }],
        ..settings()
    };
    for text in [None, Some("二、上年结转"), Some("二 上年　结转政府信息公开申请数量"), Some("上年结转")]
    {
        let outcome = Analysis::new(&report(), Arc::new(exempting(text))).outcome();
        assert_eq!((outcome.findings.len(), outcome.exemptions_used), (0, vec![4]), "{text:?}");
    }
    for text in ["一、本年新收", "", " "] {
        let outcome = Analysis::new(&report(), Arc::new(exempting(Some(text)))).outcome();
        assert_eq!((outcome.findings.len(), outcome.exemptions_used), (1, vec![]), "{text:?}");
    }
}

#[test]
fn severities_are_configurable() {
    let mut other = settings();
    other.severity.insert("GK3".to_owned(), Severity::Info);
    other.severity.insert("unused-suppression".to_owned(), Severity::Error);
    let source = before_row("<!-- gongkai: ignore GK304 -->");
    let severities: Vec<Severity> = check(&source, &other).into_iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Info]);
}

#[test]
fn the_offered_entry_suppresses_the_finding() {
    for source in [
        report(),
        report().replace('\n', "\r\n"),
        format!("\u{feff}{}", report()),
        format!("---\ntitle: x\n---\n{}", report()),
        format!("<!DOCTYPE html>\n{}", report()),
    ] {
        let analysis = Analysis::new(&source, Arc::new(settings()));
        let place = Span::at(analysis.findings()[0].span.start);
        let offers = suppressions(&analysis, place, true);
        assert_eq!(offers.len(), 2, "the line and the file");
        for (_, offer) in offers {
            let SuppressionEdit::Comment(edit) = &offer.edit else { panic!("{offer:?}") };
            let written = apply(&source, std::slice::from_ref(edit));
            assert_eq!(found(&written), [], "{written}");
            assert_eq!(written.starts_with('\u{feff}'), source.starts_with('\u{feff}'));
            assert_eq!(written.starts_with("---"), source.starts_with("---"));
            assert!(written.contains("(reason)"), "{written}");
        }
        let offers = suppressions(&analysis, place, false);
        for (_, offer) in offers {
            let SuppressionEdit::Entry(entry) = offer.edit else { panic!("{offer:?}") };
            assert_eq!(entry.fingerprint, None, "the row has words of its own");
            assert_eq!(check(&source, &exempting(entry)), []);
        }
    }
}

/// The settings with `entry` in the configuration.
fn exempting(entry: SuppressionEntry) -> Settings {
    let SuppressionEntry { code, text, fingerprint, .. } = entry;
    let exemption = Exemption { codes: vec![code.to_owned()], text, fingerprint, ..Exemption::default() };
    Settings { exemptions: vec![exemption], ..settings() }
}

#[test]
fn a_row_that_is_not_unique_is_named_by_its_fingerprint() {
    // The same wrong row in two reports of two bodies.
    let source = format!("{}{}", report(), report().replace("云岭市", "白石县"));
    let analysis = Analysis::new(&source, Arc::new(settings()));
    let findings = analysis.findings();
    assert_eq!(findings.len(), 2, "{findings:#?}");
    for (index, finding) in findings.iter().enumerate() {
        let offers = suppressions(&analysis, Span::at(finding.span.start), false);
        let (_, offer) = offers.first().unwrap();
        assert!(offer.title.contains("only here"), "{offer:?}");
        let SuppressionEdit::Entry(entry) = offer.edit.clone() else { panic!("{offer:?}") };
        assert_eq!(entry.text, None);
        let left: Vec<Span> = check(&source, &exempting(entry)).iter().map(|finding| finding.span).collect();
        assert_eq!(left, [findings[1 - index].span], "this one, and no other");
    }
}

#[test]
fn a_code_in_a_comment_is_explained() {
    let source = before_row("<!-- gongkai: ignore GK303, GK3 -->");
    let analysis = Analysis::new(&source, Arc::new(settings()));
    let explained = hover(&analysis, source.find("GK303").unwrap() + 2).unwrap();
    assert!(
        explained.markdown.contains("### GK303 row-total") && explained.markdown.contains("#### "),
        "{explained:?}"
    );
    assert_eq!(explained.span.of(&source), "GK303");
    let group = hover(&analysis, source.find("GK3 ").unwrap()).unwrap();
    assert!(group.markdown.contains("GK301") && group.markdown.contains("GK303"), "{group:?}");
}

/// Every comment is typed into every line of a compendium and deleted again, sometimes letter by letter: after each edit the
/// findings equal those of a fresh check.
#[test]
fn after_an_edit_the_findings_equal_those_of_a_fresh_check() {
    let mut source = String::new();
    writeln!(source, "<!-- gongkai: ignore-file GK304 -->\n{}{}", report(), report()).unwrap();
    let settings = Arc::new(settings());
    let comments = [
        "<!-- gongkai: ignore GK303 a -->\n",
        "<!-- gongkai: ignore-file GK303 -->\n",
        "<!-- gongkai: ignore GK3",
        " -->",
        "\n",
        "|",
    ];
    let lines: Vec<usize> = source.match_indices('\n').map(|(at, _)| at + 1).collect();
    for at in lines {
        for comment in comments {
            let mut analysis = Analysis::new(&source, Arc::clone(&settings));
            let mut text = source.clone();
            for (span, content) in [
                (Span::at(at), comment),
                (Span::new(at, at + comment.len().min(3)), ""),
                (Span::at(at), &comment[..comment.len().min(3)]),
                (Span::new(at, at + comment.len()), ""),
            ] {
                analysis.edit(span, content);
                text = apply(&text, &[TextEdit { span, content: content.to_owned() }]);
                let fresh = Analysis::new(&text, Arc::clone(&settings));
                assert_eq!(analysis.outcome(), fresh.outcome(), "{text}");
            }
        }
    }
}
