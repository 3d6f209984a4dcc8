//! What the rules about identities report, and what they leave alone.

mod balance {

    use crate::rules::support::testing::*;

    #[test]
    fn a_column_that_does_not_balance() {
        // Only 自然人 and 总计 of 四 differ: a case moved from this year's figures to next year's.
        let source = report(2022).replace(
            "四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        );
        assert_eq!(findings("GK301", &source).len(), 1);
        assert!(
            findings("GK301", &source)[0]
                .fixes
                .iter()
                .all(|fix| fix.applicability == crate::rules::Applicability::Unsafe)
        );
    }

    #[test]
    fn columns_that_balance_or_cannot_be_checked() {
        silent("GK301", &report(2022).replace("四、结转下年度继续办理 | 1 |", "四、结转下年度继续办理 |  |"));
    }
}

mod subtotal {

    use crate::rules::support::testing::*;

    #[test]
    fn outcomes_that_do_not_add_up() {
        // With a case in another column, two subtotals are off, and every row still adds up.
        let source = report(2022).replace("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 1 | 2 |");
        let found = findings("GK302", &source);
        assert_eq!(found.len(), 1);
        let back: Vec<_> = found[0].fixes.iter().map(|fix| crate::text::apply(&source, &fix.edits)).collect();
        assert!(back.contains(&report(2022)), "{back:#?}");
    }

    #[test]
    fn outcomes_that_add_up_or_cannot_be_checked() {
        silent("GK302", &report(2022).replace("2.重复申请 | 0 |", "2.重复申请 | 无 |"));
    }

    /// The report with another column of natural persons in three rows, whose totals are left at `totals`.
    fn without_totals(figures: [i64; 3], total: i64) -> String {
        let rows = ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"];
        let mut source = report(2022).replace("（七）总计 | 2 | 1 |", &format!("（七）总计 | {total} | 1 |"));
        for (row, figure) in rows.into_iter().zip(figures) {
            source = source.replace(&format!("{row} | 0 |"), &format!("{row} | {figure} |"));
        }
        source
    }

    #[test]
    fn a_column_that_does_not_add_up_beside_rows_that_do_not() {
        // 2 + 4 + 1 + 1 make 8. Four rows have totals that leave their natural persons out.
        let found = findings("GK302", &without_totals([4, 1, 1], 7));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].message.contains("自然人一列"), "{}", found[0].message);
        assert!(found[0].message.contains("同时有多处不符"), "{}", found[0].message);
        assert_eq!(findings("GK303", &without_totals([4, 1, 1], 7)).len(), 4);
        silent("GK302", &without_totals([4, 1, 1], 8));
    }

    #[test]
    fn as_many_as_do_not_add_up_may_be_counted_in_the_wrong_column() {
        let source = report(2022).replace("（七）总计 | 2 | 1 | 0 |", "（七）总计 | 0 | 1 | 2 |");
        let (message, _) = said("GK302", &source);
        assert!(message.contains("可能有 2 件计错了栏目"), "{message}");
    }
}

mod row_total {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn the_wrong_cell_is_found_and_fixed() {
        let source = report(2022);
        for (right, wrong, marked) in [
            (
                "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3",
                "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2",
                "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | ⟦2⟧",
            ),
            ("予以公开 | 2 | 1 |", "予以公开 | 2 | 11 |", "予以公开 | 2 | ⟦11⟧ |"),
            ("总计 | 2 | 1 | 0", "总计 | 2 | 1 | 4", "总计 | 2 | 1 | ⟦4⟧"),
            ("申请数量 | 3 |", "申请数量 | 30 |", "申请数量 | ⟦30⟧ |"),
        ] {
            reports("GK303", Severity::Error, &source.replace(right, marked));
            fixes_to("GK303", &source.replace(right, wrong), &source);
        }
    }

    #[test]
    fn rivals_are_all_offered_and_none_is_safe() {
        // The row below is unreadable, so no column identifies the cell.
        let source = report(2022)
            .replace("（二）部分公开", "（二）")
            .replace("予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3", "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 4");
        let source = source.replace(
            "区分处理的，只计这一情形，不计其他情形） | 0 | 0 | 0 | 0 | 0 | 0 | 0",
            "） | 无 | 无 | 无 | 无 | 无 | 无 | 无",
        );
        let found = findings("GK303", &source);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].fixes.len() > 1
                && found[0].fixes.iter().all(|fix| fix.applicability == crate::rules::Applicability::Unsafe)
        );
    }

    #[test]
    fn one_cause_is_one_finding() {
        let source =
            report(2022).replace("予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3", "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2");
        for code in ["GK301", "GK302", "GK304"] {
            silent(code, &source);
        }
    }

    #[test]
    fn rows_that_add_up_or_cannot_be_checked() {
        silent("GK303", &report(2022).replace("予以公开 | 2 | 1 | 0 |", "予以公开 | 2 | 1 |  |"));
        silent("GK303", &report(2022).replace("予以公开 | 2 | 1 |", "予以公开 | ２ | 1件 |"));
    }
}

mod review_total {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn a_group_that_does_not_add_up() {
        let source = report(2022).replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | 0 | 0 | 0 | ⟦2⟧ | 0 |");
        reports("GK304", Severity::Error, &source);
        let (source, _) = unmark(&source);
        assert_eq!(findings("GK304", &source)[0].fixes.len(), 5);
    }

    #[test]
    fn groups_that_add_up_or_cannot_be_checked() {
        silent("GK304", &report(2022).replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | - | 0 | 0 | 2 | 0 |"));
    }
}
