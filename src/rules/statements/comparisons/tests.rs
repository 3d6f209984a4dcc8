//! What the comparisons of prose with tables report, and what they leave alone.

mod received {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn due(sentence: &str) {
        reports("GK401", Severity::Error, &saying(2022, sentence));
    }

    fn quiet(sentence: &str) {
        silent("GK401", &saying(2022, sentence));
    }

    #[test]
    fn another_number() {
        due("2022年，我局共收到政府信息公开申请⟦5⟧件。");
        due("全年受理依申请公开 ⟦１２⟧ 件，均依法处理。");
        due("本年度收到公民、法人和其他组织的政府信息公开申请共计⟦三⟧件。");
        due("⟦未收到⟧政府信息公开申请。");
        due("收到⟦5⟧件政府信息公开申请；");
        due("2021年收到政府信息公开申请9件，2022年收到政府信息公开申请⟦5⟧件。");
        due("收到政府信息公开申请⟦5⟧件（其中网上申请2件），比上年增加1件。");
        due("2022年，我局认真做好政府信息公开工作，全年共收到公民、法人和其他组织提出的政府\n信息公开申请⟦5⟧件。");
    }

    #[test]
    fn the_same_number_and_other_numbers() {
        quiet("2022年，我局共收到政府信息公开申请4件。");
        quiet("收到政府信息公开申请四件。");
        quiet("2021年收到政府信息公开申请9件。");
        quiet("上年收到政府信息公开申请9件。");
        quiet("截至9月底，收到政府信息公开申请9件。");
        quiet("累计收到政府信息公开申请9件。");
        quiet("网上收到政府信息公开申请2件。");
        quiet("收到政府信息公开申请较上年增加2件。");
        quiet("编制《收到政府信息公开申请9件的说明》。");
        quiet("收到政府信息公开申请4件，受理3件。");
        quiet("全年收到群众来信9件，政府信息公开工作有序。");
        // With those carried over from last year.
        let carried = saying(2022, "收到政府信息公开申请6件（含上年结转2件）。");
        let row = "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
        silent("GK401", &carried.replace(row, "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |"));
        // What cannot be read cannot be compared.
        silent(
            "GK401",
            &saying(2022, "收到政府信息公开申请9件。")
                .replace("数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |", "数量 | 3 | 1 | 0 | 0 | 0 | 0 | |"),
        );
        // The sum that does not hold is the finding.
        silent(
            "GK401",
            &saying(2022, "收到政府信息公开申请4件。")
                .replace("数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |", "数量 | 3 | 1 | 0 | 0 | 0 | 0 | 5 |"),
        );
    }

    #[test]
    fn another_range_is_a_hint() {
        reports("GK401", Severity::Info, &saying(2022, "全市共收到政府信息公开申请⟦500⟧件。"));
        due("我局收到政府信息公开申请⟦500⟧件。");
        let of_government =
            saying(2022, "全市共收到政府信息公开申请⟦500⟧件。").replace("云岭市档案局", "云岭市人民政府");
        reports("GK401", Severity::Error, &of_government);
    }

    #[test]
    fn both_changes_are_offered() {
        let source = saying(2022, "收到政府信息公开申请５件。");
        offers("GK401", &source, &saying(2022, "收到政府信息公开申请4件。"));
        let found = findings("GK401", &source);
        let fixes: Vec<_> = found.iter().flat_map(|finding| &finding.fixes).collect();
        assert_eq!(fixes.len(), 2);
        assert!(fixes.iter().all(|fix| !fix.preferred && fix.applicability == crate::rules::Applicability::Unsafe));
        offers("GK401", &saying(2022, "未收到政府信息公开申请。"), &saying(2022, "收到政府信息公开申请4件。"));
    }

    #[test]
    fn what_else_a_sentence_says_of_those_received() {
        let source = |sentence: &str| saying(2022, sentence);
        // Received and accepted are two figures if one clause has both.
        silent("GK401", &source("收到政府信息公开申请4件，受理3件。"));
        reports("GK401", Severity::Error, &source("收到政府信息公开申请4件。受理政府信息公开申请⟦3⟧件。"));
    }

    #[test]
    fn another_office_may_have_received_others() {
        let sentence = "市政府办收到政府信息公开申请⟦9⟧件。";
        reports("GK401", Severity::Info, &saying(2022, sentence));
        let office = saying(2022, sentence).replacen("云岭市档案局", "云岭市人民政府办公室", 1);
        reports("GK401", Severity::Error, &office);
        let (message, _) = said("GK401", &unmark(&saying(2022, sentence)).0);
        assert_eq!(
            message,
            "正文为 9件，表三“一、本年新收政府信息公开申请数量”总计为 \
             4（含上年结转也不相符），两处应一致，请核对后改正其一（正文说的是“市政府办”，如统计范围不同可不改）"
        );
    }

    #[test]
    fn the_text_is_put_as_the_table_has_it() {
        let source = saying(2022, "收到政府信息公开申请1,234件。");
        offers("GK401", &source, &saying(2022, "收到政府信息公开申请4件。"));
        let source = saying(2022, "政府信息公开申请收到数为9。");
        offers("GK401", &source, &saying(2022, "政府信息公开申请收到数为4。"));
    }
}

mod answered {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK402", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，答复⟦4⟧件。");
        due("收到政府信息公开申请4件，按时办结⟦2⟧件，结转1件。");
        due("全年办理政府信息公开申请⟦9⟧件。");
        due("答复政府信息公开申请⟦两⟧件。");
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK402", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，办结3件。");
        quiet("办理政府信息公开申请4件。");
        quiet("收到政府信息公开申请4件，首批答复2件，其后答复1件。");
        quiet("政府信息公开工作有序，受理行政许可申请500件，办结480件。");
        quiet("政府信息公开工作有序，信访件办结5件。");
        quiet("政府信息公开工作有序，答复人大代表建议5件。");
        quiet("答复政府信息公开申请9人次。");
    }

    #[test]
    fn of_those_received_this_year_alone() {
        silent("GK402", &saying_with_carried_in("收到政府信息公开申请4件，答复4件。"));
        silent("GK402", &saying_with_carried_in("收到政府信息公开申请4件，答复3件。"));
        reports("GK402", Severity::Error, &saying_with_carried_in("收到政府信息公开申请4件，答复⟦2⟧件。"));
    }

    #[test]
    fn a_total_that_is_right_though_its_column_is_not() {
        // The total of the first row is wrong, which this rule does not report.
        let wrong = "（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2 |";
        let source =
            |sentence: &str| saying(2022, sentence).replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", wrong);
        reports("GK402", Severity::Error, &source("答复政府信息公开申请⟦2⟧件。"));
        // Here the total itself is: one cause is one finding.
        let total = "（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 2 |";
        let source =
            saying(2022, "答复政府信息公开申请3件。").replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", total);
        silent("GK402", &source);
    }
}

mod carried {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK403", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，结转下年度继续办理⟦2⟧件。");
        due("收到政府信息公开申请4件，上年结转⟦1⟧件，答复3件，结转1件。");
        due("收到政府信息公开申请4件，结转至2023年办理⟦3⟧件。");
        due("2021年结转政府信息公开申请⟦3⟧件。");
        due("收到政府信息公开申请4件，另有⟦2⟧件结转下年继续办理。");
        due("收到政府信息公开申请4件，下一年度继续办理⟦2⟧件。");
        due("收到政府信息公开申请4件，尚在办理⟦2⟧件。");
        due("收到政府信息公开申请4件。答复3件，顺延至次年办理⟦两⟧件。");
    }

    #[test]
    fn another_year() {
        let due = |sentence: &str| reports("GK403", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，结转至⟦2022⟧年办理1件。");
        due("收到政府信息公开申请4件，1件结转到2023年办理，⟦2020⟧年结转0件。");
        silent("GK403", &saying(2022, "收到政府信息公开申请4件，2021年结转0件，1件结转到2023年继续办理。"));
        silent("GK403", &saying(2022, "2022年结转至下年度1件政府信息公开申请。"));
    }

    #[test]
    fn the_same_number() {
        let quiet = |sentence: &str| silent("GK403", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，结转下一年度1件。");
        quiet("收到政府信息公开申请4件，上年结转0件，结转1件。");
        quiet("资金结转5项，政府信息公开工作有序。");
    }

    #[test]
    fn carried_over_from_one_year_or_to_the_other() {
        let source = |sentence: &str| {
            saying(2022, sentence)
                .replace(
                    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                    "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
                )
                .replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |")
                .replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（七）总计 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |")
        };
        silent("GK403", &source("收到政府信息公开申请4件，结转1件。"));
        silent("GK403", &source("收到政府信息公开申请4件，结转2件。"));
        reports("GK403", Severity::Error, &source("收到政府信息公开申请4件，结转⟦3⟧件。"));
    }
}

mod outcome {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK404", Severity::Error, &saying(2022, sentence));
        due("答复政府信息公开申请3件，其中予以公开⟦2⟧件，不予公开⟦1⟧件。");
        due("答复政府信息公开申请3件，予以公开3件、部分公开⟦1⟧件。");
        due("答复政府信息公开申请3件，予以公开、部分公开共⟦2⟧件。");
        due("政府信息公开申请无法提供⟦1⟧件；不予处理⟦两⟧件。");
        due("2022年政府信息公开申请中，属于国家秘密⟦1⟧件。");
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK404", &saying(2022, sentence));
        quiet("答复政府信息公开申请3件，予以公开3件，不予公开0件。");
        quiet("因涉及第三方不予公开2件，政府信息公开申请已答复。");
        quiet("主动公开2件，政府信息公开工作有序。");
        quiet("行政复议维持2件，政府信息公开工作有序。");
    }

    #[test]
    fn a_group_is_the_sum_of_its_rows() {
        let (message, related) = said("GK404", &saying(2022, "答复政府信息公开申请3件，不予公开2件。"));
        assert_eq!(message, "正文为 2件，表三“（三）不予公开”各项总计之和为 0，两处应一致，请核对后改正其一");
        assert_eq!(related.len(), 8);
    }
}

mod review {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK405", Severity::Error, &saying(2022, sentence));
        due("因政府信息公开被申请行政复议⟦2⟧件。");
        due("因政府信息公开引发行政复议案件1件，其中结果维持⟦0⟧件，结果纠正⟦1⟧件。");
        due("⟦未发生⟧因政府信息公开被申请行政复议、提起行政诉讼的情况。");
        due("依申请公开方面，行政复议⟦3⟧起。");
        due("政府信息公开行政复议、行政诉讼共⟦5⟧件。");
    }

    #[test]
    fn the_same_number_and_cases_of_others() {
        let quiet = |sentence: &str| silent("GK405", &saying(2022, sentence));
        quiet("因政府信息公开被申请行政复议1件，结果维持1件。");
        quiet("全年办理行政复议案件35件，政府信息公开工作有序。");
        quiet("审结行政复议35件，纠正5件，政府信息公开工作有序。");
        quiet("2021年因政府信息公开被申请行政复议5件。");
        quiet("没有发生因政府信息公开提起行政诉讼的情况。");
    }
}

mod litigation {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    /// The sample report with two cases of one kind and one of the other.
    fn sued(sentence: &str) -> String {
        saying(2022, sentence)
            .replace("| 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "| 1 | 2 | 0 | 0 | 0 | 2 | 0 | 1 | 0 | 0 | 1 |")
    }

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK406", Severity::Error, &sued(sentence));
        due("因政府信息公开被提起行政诉讼⟦2⟧件。");
        due("涉及政府信息公开的行政诉讼3件，其中结果维持⟦3⟧件。");
        due("涉及政府信息公开的行政诉讼3件，其中未经复议直接起诉⟦1⟧件，复议后起诉⟦2⟧件。");
        due("⟦没有发生⟧因政府信息公开提起行政诉讼的情况。");
        due("因政府信息公开申请产生的行政诉共⟦5⟧项。");
    }

    #[test]
    fn the_same_number_and_other_cases() {
        let quiet = |sentence: &str| silent("GK406", &sued(sentence));
        quiet("因政府信息公开被提起行政诉讼3件，结果维持2件，结果纠正1件。");
        quiet("涉及政府信息公开的行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。");
        quiet("代理行政诉讼案件30件，政府信息公开工作有序。");
    }

    #[test]
    fn both_ways_to_court_are_counted_together() {
        let (message, related) = said("GK406", &sued("因政府信息公开被提起行政诉讼2件。"));
        assert_eq!(message, "正文为 2件，表四两类总计之和为 3，两处应一致，请核对后改正其一");
        assert_eq!(related.len(), 2);
    }

    #[test]
    fn a_sum_in_doubt_is_the_finding_for_its_own_group_only() {
        let source =
            |sentence: &str| saying(2022, sentence).replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | 0 | 0 | 0 | 12 | 0 |");
        reports("GK406", Severity::Error, &source("因政府信息公开被提起行政诉讼⟦2⟧件。"));
        silent("GK405", &source("因政府信息公开被申请行政复议1件。"));
    }
}

mod licence {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK407", Severity::Error, &saying(2022, sentence));
        due("作出行政许可决定⟦5⟧件。");
        due("作出⟦5⟧件行政许可决定。");
        due("全年行政许可⟦5⟧起。");
        due("办结行政许可⟦7⟧件。");
        reports("GK407", Severity::Error, &saying(2020, "作出行政许可决定⟦5⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK407", &saying(2022, sentence));
        quiet("作出行政许可决定0件。");
        quiet("公示行政许可信息5条。");
        quiet("公开行政许可、政府采购等信息5条。");
        quiet("2021年作出行政许可决定5件。");
        quiet("近三年作出行政许可决定5件。");
        quiet("作出涉及安全生产的行政许可决定5件。");
        quiet("受理行政许可申请500件。");
        quiet("公布行政许可事项23项。");
        quiet("行政许可23项。");
    }
}

mod penalty {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK408", Severity::Error, &saying(2022, sentence));
        due("作出行政处罚决定⟦5⟧件。");
        due("作出⟦5⟧件行政处罚决定。");
        due("全年行政处罚⟦5⟧起。");
        due("全年共办理行政许可事项0件,行政处罚事项⟦1⟧件。");
        due("2022年作出行政处罚决定⟦十一⟧件。");
        reports("GK408", Severity::Error, &saying(2020, "作出行政处罚决定⟦5⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK408", &saying(2022, sentence));
        quiet("作出行政处罚决定0件。");
        quiet("公示行政处罚信息5条。");
        quiet("公开行政处罚、政府采购等信息5条。");
        quiet("2021年作出行政处罚决定5件。");
        quiet("近三年作出行政处罚决定5件。");
        quiet("作出涉及安全生产的行政处罚决定5件。");
        quiet("公示审批、行政处罚205条。");
        quiet("简易程序行政处罚3件。");
        quiet("立案查处行政处罚案件12起。");
    }
}

mod coercion {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK409", Severity::Error, &saying(2022, sentence));
        due("作出行政强制决定⟦5⟧件。");
        due("作出⟦5⟧件行政强制决定。");
        due("全年行政强制⟦5⟧起。");
        due("采取行政强制措施⟦3⟧起。");
        due("行政处罚0件、行政强制⟦2⟧件。");
        reports("GK409", Severity::Error, &saying(2020, "作出行政强制决定⟦5⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK409", &saying(2022, sentence));
        quiet("作出行政强制决定0件。");
        quiet("公示行政强制信息5条。");
        quiet("公开行政强制、政府采购等信息5条。");
        quiet("2021年作出行政强制决定5件。");
        quiet("近三年作出行政强制决定5件。");
        quiet("作出涉及安全生产的行政强制决定5件。");
        quiet("申请法院强制执行3件。");
    }
}

mod documents {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK410", Severity::Warning, &saying(2022, sentence));
        due("制发行政规范性文件⟦3⟧件、废止⟦2⟧件。");
        due("制发的⟦3⟧件规范性文件均同步公开。");
        due("现行有效规范性文件⟦8⟧件。");
        due("出台政府规章⟦1⟧件。");
        reports("GK410", Severity::Warning, &saying(2020, "制发规范性文件⟦3⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_papers() {
        let quiet = |sentence: &str| silent("GK410", &saying(2022, sentence));
        quiet("制发行政规范性文件1件，废止0件，现行有效5件。");
        quiet("印发政策性文件3件。");
        quiet("制定规章制度5项。");
        quiet("公开规范性文件3件。");
        quiet("对2012年以来的规范性文件逐件核对；清理失效文件6件。");
        quiet("制定规章和规范性文件共3件。");
    }
}
