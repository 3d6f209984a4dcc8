//! The statements that are read from sentences.

use super::*;
use crate::statute::prose::Ending;
use crate::statute::prose::Guard;
use crate::statute::{Group, Outcome, Row};

/// The statements of a text that is one paragraph.
fn read(text: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    super::read_again(&[(0, text.into())], (&[], &[]), &mut statements);
    statements
}

/// The figures of `text` that a table has, in the order of the text.
fn facts(text: &str) -> Vec<(String, Fact)> {
    read(text)
        .into_iter()
        .filter(|statement| statement.guard.is_none() && !statement.quoted && statement.role == FigureRole::Number)
        .filter_map(|statement| {
            assert!(statement.sentence.start <= statement.span.start && statement.span.end <= statement.sentence.end);
            Some((statement.span.of(text).to_owned(), statement.fact?))
        })
        .collect()
}

#[track_caller]
fn says(text: &str, due: &[(&str, Fact)]) {
    let due: Vec<(String, Fact)> = due.iter().map(|(digits, fact)| ((*digits).to_owned(), *fact)).collect();
    assert_eq!(facts(text), due, "{text}\n{:#?}", read(text));
}

#[track_caller]
fn says_nothing(text: &str) {
    says(text, &[]);
}

const GRANTED: Fact = Fact::Ended(Ending::Row(Row::Granted));
const PARTLY: Fact = Fact::Ended(Ending::Row(Row::PartlyGranted));
const WITHHELD: Fact = Fact::Ended(Ending::Group(Group::Withheld));
const UNAVAILABLE: Fact = Fact::Ended(Ending::Group(Group::Unavailable));
const DECLINED: Fact = Fact::Ended(Ending::Group(Group::Declined));
const REVIEW: Fact = Fact::Review(Outcome::Total);
const LITIGATION: Fact = Fact::Litigation(Outcome::Total);

#[test]
fn applications_received() {
    for text in [
        "2023年，我局共收到政府信息公开申请12件，均已按时处理。",
        "收到政府信息公开申请12件",
        "截至2023年12月31日，共收到政府信息公开申请12件。",
        "据统计：截至年底，收到政府信息公开申请12件。",
        "全年新收依申请公开申请 12 件。",
        "本年度我局办公室共接到公民、法人和其他组织提出的政府信息公开申请共计12件",
        "2023年收到12件政府信息公开申请。",
        "共收到12件公民、法人或其他组织提交的信息公开申请。",
        "云岭市水务局收到政府信息公开申请：12件；",
        "收到信息公开12件",
        "政府信息公开申请收到12件。",
        "收到依申请公开事项12项",
        "依申请公开方面，收到申请12件",
        "（二）依申请公开。全年收到申请12件。",
        "收到政府信息公开申请数量为12。",
        "全年共收到政府信息公开申请12件，同比增加3件，增长33.3%。",
        "收到政府信息公开申请12件，较上年增加3件。",
        "按照《条例》要求，2023年收到政府信息公开申请12件（其中网上申请9件，信函申请3件）。",
        "一是收到政府信息公开申请12件。",
        "收 到政府信 息公开申请12 件",
        "**（二）依申请公开。** 收到申请12件。",
    ] {
        says(text, &[("12", Fact::Received)]);
    }
    says("全年受理政府信息公开申请十二件。", &[("十二", Fact::Accepted)]);
    says("全年收到政府信息公开申请两件。", &[("两", Fact::Received)]);
    says("收到、受理政府信息公开申请１２件", &[("１２", Fact::Accepted)]);
    says("收到政府信息公开申请1,234件", &[("1,234", Fact::Received)]);
}

#[test]
fn what_are_no_applications_received() {
    for text in [
        "收到涉及土地征收的政府信息公开申请5件。",
        "通过网站收到政府信息公开申请5件。",
        "收到自然人政府信息公开申请5件。",
        "收到书面申请5件。",
        "收到5件群众投诉。",
        "收到群众来信5件。",
        "受理行政许可申请500件，办结480件。",
        "收到申请5件。",
        "收到政府信息公开申请5件次。",
        "收到政府信息公开申请5人次。",
        "累计收到政府信息公开申请5件。",
        "截至9月底，共收到政府信息公开申请5件。",
        "截至目前，共收到政府信息公开申请5件。",
        "将收到的政府信息公开申请5件转办。",
        "收到政府信息公开申请约5件。",
        "收到政府信息公开申请5件以上。",
        "收到政府信息公开申请50余件。",
        "收到政府信息公开申请近50件。",
        "《关于收到政府信息公开申请5件的说明》",
        "要求“收到政府信息公开申请5件”的单位上报。",
        "某小区𠮷祥里业主申请查询不动产登记资料4件,已告知查询途径😀。",
        "收到政府信息公开申请第5件。",
        "按照第三十六条第一项答复政府信息公开申请。",
        "政务公开平台收到留言5件。",
        "每件政府信息公开申请均由两人办理。",
        "收到政府信息公开申请1.2万件。",
        "收到政府信息公开申请3至5件。",
    ] {
        says_nothing(text);
    }
}

#[test]
fn answered_and_carried() {
    says(
        "2024年新收政府信息公开申请135件，上年结转4件；答复134件，结转下年度继续办理5件。",
        &[("135", Fact::Received), ("4", Fact::CarriedIn), ("134", Fact::Handled), ("5", Fact::CarriedOut)],
    );
    says(
        "我局今年共收到信息公开9件(其中来局申请2件),办结9件,办结率100%。",
        &[("9", Fact::Received), ("9", Fact::Handled)],
    );
    says(
        "收到政府信息公开申请9件，办结8件，结转至2024年办理1件。",
        &[("9", Fact::Received), ("8", Fact::Handled), ("1", Fact::CarriedOut)],
    );
    says("收到政府信息公开申请9件，结转1件。", &[("9", Fact::Received), ("1", Fact::Carried)]);
    says("依申请公开方面，办理申请2件；", &[("2", Fact::Processed)]);
    says("答复政府信息公开申请3件，行政许可办结5件。", &[("3", Fact::Handled), ("5", Fact::Decisions(Row::Licences))]);
    says("收到政府信息公开申请28件（含上年结转2件）。", &[("28", Fact::Received), ("2", Fact::CarriedIn)]);
    says(
        "政府信息公开申请收到数为4件、办理数为3件、结转数为1件。",
        &[("4", Fact::Received), ("3", Fact::Processed), ("1", Fact::Carried)],
    );
    says_nothing("政府信息公开工作有序推进，信访件办结5件。");
    says_nothing("12345热线转来工单办结500件，政府信息公开栏目更新5项。");
}

#[test]
fn figures_in_the_order_of_what_they_are_numbers_of() {
    says("收到、办结政府信息公开申请分别为5件、4件。", &[("5", Fact::Received), ("4", Fact::Handled)]);
    says(
        "行政许可、行政处罚、行政强制处理决定分别为12件、5件和0件。",
        &[
            ("12", Fact::Decisions(Row::Licences)),
            ("5", Fact::Decisions(Row::Penalties)),
            ("0", Fact::Decisions(Row::Coercion)),
        ],
    );
    says(
        "答复政府信息公开申请9件，予以公开、不予公开、无法提供分别为5件、3件、1件。",
        &[("9", Fact::Handled), ("5", GRANTED), ("3", WITHHELD), ("1", UNAVAILABLE)],
    );
}

#[test]
fn outcomes() {
    says(
        "全年受理依申请公开12件，其中予以公开5件，部分公开2件，不予公开3件，无法提供1件，不予处理1件。",
        &[("12", Fact::Accepted), ("5", GRANTED), ("2", PARTLY), ("3", WITHHELD), ("1", UNAVAILABLE), ("1", DECLINED)],
    );
    says(
        "答复政府信息公开申请5件，予以公开的3件、不予公开的2件。",
        &[("5", Fact::Handled), ("3", GRANTED), ("2", WITHHELD)],
    );
    says(
        "作出不予公开答复3件，属于国家秘密2件，政府信息公开工作有序。",
        &[("3", WITHHELD), ("2", Fact::Ended(Ending::Row(Row::StateSecret)))],
    );
    says_nothing("因涉及第三方不予公开2件，政府信息公开申请已答复。");
    says("政府信息公开申请中，予以公开、部分公开共8件。", &[("8", Fact::Ended(Ending::Disclosed))]);
    says_nothing("主动公开5件，依申请公开平台升级。");
}

#[test]
fn review_and_litigation() {
    says(
        "因政府信息公开被提起行政复议3件，其中维持1件，纠正1件，其他结果1件；行政诉讼2件，结果维持2件。",
        &[
            ("3", REVIEW),
            ("1", Fact::Review(Outcome::Upheld)),
            ("1", Fact::Review(Outcome::Corrected)),
            ("1", Fact::Review(Outcome::Other)),
            ("2", LITIGATION),
            ("2", Fact::Litigation(Outcome::Upheld)),
        ],
    );
    says("不服政府信息公开答复产生的行政诉共3项。", &[("3", LITIGATION)]);
    says("发生政府信息公开行政诉讼5件。", &[("5", LITIGATION)]);
    says(
        "未经复议直接起诉2件，复议后起诉1件，均为政府信息公开案件。",
        &[("2", Fact::DirectSuit(Outcome::Total)), ("1", Fact::SuitAfterReview(Outcome::Total))],
    );
    says_nothing("审结行政复议35件，纠正5件，政府信息公开工作有序。");
    says(
        "政府信息公开行政复议、行政诉讼共5件，其中维持3件。",
        &[("5", Fact::Cases(Outcome::Total)), ("3", Fact::Cases(Outcome::Upheld))],
    );
    says("因政府信息公开产生的行政复议、行政诉讼分别为3件、2件。", &[("3", REVIEW), ("2", LITIGATION)]);
    says(
        "因政府信息公开收到行政复议9件，7件维持结果，2件经沟通后撤回复议。",
        &[("9", REVIEW), ("7", Fact::Review(Outcome::Upheld)), ("2", Fact::Review(Outcome::Other))],
    );
    says(
        "涉及政府信息公开的行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。",
        &[("3", LITIGATION), ("2", Fact::DirectSuit(Outcome::Total)), ("1", Fact::SuitAfterReview(Outcome::Total))],
    );
    says_nothing("全年办理行政复议案件35件，审结30件，政府信息公开稳步推进。");
    says_nothing("办理行政复议案件35件。");
    says_nothing("政府信息公开有序推进，收到行政复议申请203件，审结175件。");
    says("因政府信息公开收到行政复议申请3件。", &[("3", REVIEW)]);
    says("政府信息公开工作规范，收到行政复议3件。", &[("3", REVIEW)]);
}

#[test]
fn nothing_is_zero() {
    says("2023年，我局未收到政府信息公开申请。", &[("未收到", Fact::Received)]);
    says("本年度没有收到依申请公开事项。", &[("没有收到", Fact::Received)]);
    says("未收到公民、法人和其他组织的政府信息公开申请。", &[("未收到", Fact::Received)]);
    says("未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", &[("未发生", REVIEW), ("未发生", LITIGATION)]);
    says(
        "全年无政府信息公开申请，无行政复议和行政诉讼案件。",
        &[("无", Fact::Received), ("无", REVIEW), ("无", LITIGATION)],
    );
    says("收到政府信息公开申请0件。", &[("0", Fact::Received)]);
    says("收到政府信息公开申请零件。", &[("零", Fact::Received)]);
    for text in [
        "未收到不予公开的政府信息公开投诉。",
        "没有收到政府信息公开申请收费投诉。",
        "未发生因答复不及时引发的政府信息公开行政复议。",
        "无正当理由反复提出政府信息公开申请的。",
        "未来将拓宽政府信息公开申请渠道。",
        "力争未发生政府信息公开行政复议。",
        "政府信息公开申请无逾期。",
        "无法提供政府信息公开申请表。",
        "未通过网站收到政府信息公开申请。",
        "没有通过信函收到的政府信息公开申请。",
    ] {
        says_nothing(text);
    }
}

#[test]
fn decisions() {
    let licences = Fact::Decisions(Row::Licences);
    let penalties = Fact::Decisions(Row::Penalties);
    let coercion = Fact::Decisions(Row::Coercion);
    says("全年共办理行政许可事项867件,行政处罚事项1件。", &[("867", licences), ("1", penalties)]);
    says("作出行政处罚决定11件、行政强制决定2件。", &[("11", penalties), ("2", coercion)]);
    says("行政处罚11起，行政强制2起。", &[("11", penalties), ("2", coercion)]);
    says("作出11件行政处罚决定。", &[("11", penalties)]);
    says("采取行政强制措施3起。", &[("3", coercion)]);
    for text in [
        "公示审批、行政处罚205条",
        "公开行政许可、行政处罚信息205条",
        "公示行政处罚205件",
        "行政许可事项23项",
        "作出安全生产行政处罚11件",
        "受理行政许可申请500件",
        "立案查处行政处罚案件12起",
        "简易程序行政处罚3件",
        "行政处罚12人",
        "作出罚款5万元的行政处罚",
        "每件行政处罚均公示",
    ] {
        says_nothing(text);
    }
}

#[test]
fn documents() {
    let issued = Fact::Issued(Row::NormativeDocuments);
    says("制发行政规范性文件3件、废止2件。", &[("3", issued), ("2", Fact::Repealed(Row::NormativeDocuments))]);
    says("制发的3件规范性文件均同步公开并附解读材料。", &[("3", issued)]);
    says("现行有效行政规范性文件8件", &[("8", Fact::InForce(Row::NormativeDocuments))]);
    for text in [
        "制定规章制度5项",
        "印发政策性文件5件",
        "清理文件，共确认现行有效文件8件。",
        "公开规范性文件5件",
        "清理失效文件6件。",
        "制定规章和规范性文件共5件",
        "解读规范性文件3件",
    ] {
        says_nothing(text);
    }
}

/// The parts of the first figure that has any: what it says, what they say, whether they are all.
fn parts(text: &str) -> Option<(i64, Vec<i64>)> {
    let statements = read(text);
    let (whole, parts) = statements.iter().find_map(|statement| Some((statement, statement.parts.first()?)))?;
    if parts.open || parts.items.len() < 2 {
        return None;
    }
    Some((whole.count()?, parts.items.iter().filter_map(|item| statements[*item].count()).collect()))
}

#[test]
fn lists_of_parts() {
    for text in [
        "主动公开信息共928条,其中:概况类信息更新量9条,政务动态信息更新量883条,信息公开目录信息更新量36条。",
        "主动公开信息928条（其中概况9条、动态883条、目录36条），同比增长5%。",
        "公开928条：概况9条，动态883条，目录36条。",
        "公开928条，较上年增加20条，其中概况9条，动态883条，目录36条。",
        "公开928条，其中概况9条，占1.0%，动态883条，占95.2%，目录36条；召开会议3次。",
        "公开928条，其中概况9条；动态883条；目录36条。",
        "公开928条，其中概况（含简介2条）9条，动态883条，目录36条。",
    ] {
        assert_eq!(parts(text), Some((928, vec![9, 883, 36])), "{text}\n{:#?}", read(text));
    }
    for text in [
        "公开928条，其中图文解读12条。",
        "公开928条，其中概况9条，动态883条等。",
        "公开928条，其中概况9条，视频3个，目录36条。",
        "一是公开928条；二是更新9条；三是发布36条。",
        "公开928条，更新9条，发布36条。",
    ] {
        assert_eq!(parts(text), None, "{text}\n{:#?}", read(text));
    }
}

#[test]
fn years_scopes_and_shares() {
    let years = |text: &str| read(text).iter().map(|statement| statement.year).collect::<Vec<_>>();
    assert_eq!(
        years("2020年收到政府信息公开申请5件，2021年收到9件。"),
        [StatedYear::Named(2020), StatedYear::Named(2021)]
    );
    assert_eq!(years("上年收到政府信息公开申请5件，今年收到9件。"), [StatedYear::Last, StatedYear::This]);
    assert_eq!(years("收到《2020年政府信息公开工作年度报告》意见5件。"), [StatedYear::Unsaid]);
    assert_eq!(years("2021年共收到申请9件。予以公开5件。"), [StatedYear::Named(2021), StatedYear::Named(2021)]);
    let scopes = |text: &str| read(text).iter().map(|s| s.scope.map(|(scope, _)| scope)).collect::<Vec<_>>();
    assert_eq!(scopes("全市共收到政府信息公开申请500件。我局收到9件。"), [Some(FigureScope::Region), None]);
    let text = "收到政府信息公开申请12件，其中予以公开3件，占25%。";
    let roles: Vec<FigureRole> = read(text).iter().map(|statement| statement.role).collect();
    assert_eq!(roles, [FigureRole::Number, FigureRole::Number, FigureRole::ShareOf(1)]);
    let rates = |text: &str| read(text).iter().filter(|s| s.role == FigureRole::Rate && s.fact.is_some()).count();
    assert_eq!(rates("收到政府信息公开申请9件，办结率100%。"), 1);
    assert_eq!(rates("收到政府信息公开申请9件，按时办结率100%。"), 0);
    let rough = read("政府信息公开申请办结率达75%以上。");
    assert!(rough.iter().all(|statement| statement.guard == Some(Guard::Approximate)));
    assert_eq!(rates("行政许可办结率100%，群众满意率达100%。"), 0);
}

#[test]
fn all_of_them() {
    let all = |text: &str| -> Vec<String> {
        let statements = read(text).into_iter();
        let all = statements.filter(|statement| matches!(statement.amount, Amount::All { .. }));
        all.map(|statement| statement.span.of(text).to_owned()).collect()
    };
    assert_eq!(all("收到政府信息公开申请9件，全部办结。"), ["全部办结"]);
    assert_eq!(all("收到政府信息公开申请9件，均已答复。"), ["均已答复"]);
    assert_eq!(all("收到政府信息公开申请9件，全部在法定期限内办结。"), ["全部在法定期限内办结"]);
    for text in [
        "收到政府信息公开申请9件，到期的全部办结。",
        "收到政府信息公开申请9件，结转1件，其余全部办结。",
        "收到政府信息公开申请9件，未全部办结。",
        "上年结转政府信息公开申请2件，全部办结。",
        "行政许可事项全部办结，政府信息公开有序。",
        "收到政府信息公开申请9件，其中网上申请3件，均已答复。",
    ] {
        assert!(all(text).is_empty(), "{text}");
    }
}

#[test]
fn lines_that_go_on() {
    assert!(goes_on("2023年，我局共收到公民、法人和其他组织提出的政府信息公", "开申请12件，均已答复。"));
    assert!(goes_on("共收到申请12件，", "其中予以公开5件。"));
    assert!(!goes_on("（二）依申请公开情况", "全年收到申请12件。"));
    assert!(!goes_on("2023年，我局共收到公民、法人和其他组织提出的申请12件", "（三）政府信息管理"));
    assert!(!goes_on("全年收到申请12件。", "其中予以公开5件。"));
}

#[test]
fn nothing_breaks_it() {
    let pieces = [
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "，",
        "。",
        "；",
        "、",
        "：",
        "其中",
        "12件",
        "1,234",
        ".",
        "%",
        "占",
        "全部",
        "办结",
        "未",
        "结转",
        "年",
        "2021",
        "收到",
        "申请",
        "\n",
        " ",
        "十",
        "百",
        "万",
        "-",
        "至",
        "\"",
        "99999999999999999999件",
        "千",
        "𠮷",
        "\u{301}",
    ];
    let mut seed = 7u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let statements = read(&text);
        for (index, statement) in statements.iter().enumerate() {
            assert!(text.get(statement.span.range()).is_some(), "{text}");
            assert!(statement.part_of.is_none_or(|whole| whole < statements.len() && whole != index), "{text}");
        }
    }
}

#[test]
fn reasons_of_outcomes() {
    let because = |row| Fact::Ended(Ending::Because(row));
    says("政府信息公开申请因本机关不掌握相关政府信息而无法提供3件", &[("3", because(Row::NotHeld))]);
    says("政府信息公开申请中，3件因属行政执法案卷不予公开", &[("3", because(Row::EnforcementFile))]);
    says("政府信息公开申请属信访类、重复申请等不予处理3件", &[("3", DECLINED)]);
}

#[test]
fn applications_of_the_year_after() {
    for text in [
        "2025年收到政府信息公开申请5件，剩余1件将于2026年答复。",
        "2025年收到政府信息公开申请5件，剩余1件将按法定期限于2026年答复。",
        "2025年收到政府信息公开申请5件，另有1件因需征求意见，于2026年1月办结。",
        "2025年收到政府信息公开申请5件，1件因案情复杂延期至2026年1月答复。",
        "2025年收到政府信息公开申请5件，下年度续办1件。",
    ] {
        let statements = read(text);
        let carried = statements.iter().find(|statement| statement.count() == Some(1));
        let fact = carried.and_then(|statement| statement.fact);
        assert!(matches!(fact, Some(Fact::CarriedOut | Fact::Carried)), "{text}\n{statements:#?}");
    }
    // What is done in the year itself is not.
    let statements = read("2025年收到政府信息公开申请5件，其中1件因需征求意见，于2025年8月办结。");
    assert_eq!(statements.last().and_then(|statement| statement.fact), None);
}

#[test]
fn a_named_year_counts_before_the_word_for_it() {
    let statements = read("2020年全年我局共收到政府信息公开申请19件。");
    assert_eq!(statements.first().map(|statement| statement.year), Some(StatedYear::Named(2020)));
}

#[test]
fn one_application_and_what_became_of_it() {
    let all = |text: &str| read(text).iter().any(|statement| matches!(statement.amount, Amount::All { .. }));
    assert!(all("收到政府信息公开申请1件，已按期回复。"));
    assert!(all("收到政府信息公开申请1件。该申请已作出答复。"));
    assert!(all("收到政府信息公开申请3件，均已予以公开。"));
    assert!(!all("收到政府信息公开申请3件，已按期回复。"));
    assert!(!all("收到政府信息公开申请3件，信息均已予以公开。"));
    assert!(!all("收到政府信息公开申请1件，正在办理。"));
}

#[test]
fn denials_of_all_cases_are_denials_of_those_on_disclosure() {
    let none = [("未发生", REVIEW), ("未发生", LITIGATION)];
    says("（五）监督保障。我局未发生行政复议、行政诉讼事项。", &none);
    says_nothing("（五）监督保障。办理信访件12件，未发生行政复议、行政诉讼。");
    says_nothing("（五）监督保障。执法检查未发生行政复议、行政诉讼。");
    says(
        "收到政府信息公开申请3件。行政复议和诉讼方面，全年均为零。",
        &[("3", Fact::Received), ("零", REVIEW), ("零", LITIGATION)],
    );
}

#[test]
fn lists_without_a_word_for_them() {
    assert_eq!(parts("主动公开政府信息共70条，工作动态66条，其他信息4条。"), Some((70, vec![66, 4])));
    assert_eq!(parts("主动公开政府信息70条，内容涵盖政策12条、动态29条以及公告29条。"), Some((70, vec![12, 29, 29])));
    assert_eq!(parts("主动公开政府信息70条，政策解读66条，回应关切4条。"), None);
    assert_eq!(parts("更新栏目：概况3条，动态120条，公告41条。总计164条。"), Some((164, vec![3, 120, 41])));
    let text = "办理建议10件、提案27件。公开政府信息合计441件（概况类390件；食品安全类51件）。";
    assert_eq!(parts(text), Some((441, vec![390, 51])));
    // A part with parts of its own.
    let text = "公开招标90条，预算49条（县级1条、乡镇48条），合计公开信息139条。";
    assert_eq!(
        read(text).last().map(|whole| whole.parts.iter().flat_map(|parts| parts.items.clone()).collect()),
        Some(vec![0, 1])
    );
}

#[test]
fn what_is_divided_in_several_ways_has_several_lists() {
    let text = "公开政府信息386条。从渠道看，网站201条，微信185条；从内容看，文件42条，解读36条，动态308条。";
    let statements = read(text);
    let lists: Vec<Vec<usize>> = statements[0].parts.iter().map(|parts| parts.items.clone()).collect();
    assert_eq!(lists, [vec![1, 2], vec![3, 4, 5]]);
}

#[test]
fn documents_that_have_run_out() {
    let repealed = Fact::Repealed(Row::NormativeDocuments);
    says("清理行政规范性文件，对到期的9件行政规范性文件予以废止。", &[("9", repealed)]);
    says_nothing("到期的行政规范性文件9件，已列入清理。");
}

#[test]
fn shares_of_those_that_ended_so() {
    let statements = read("办理政府信息公开申请200件，其中予以公开或部分公开占58.5%、不予公开占7%，网上申请占30%。");
    let shares: Vec<Option<Fact>> = statements
        .iter()
        .filter(|statement| statement.role == FigureRole::Share)
        .map(|statement| statement.fact)
        .collect();
    assert_eq!(shares, [Some(Fact::Ended(Ending::Disclosed)), Some(WITHHELD)]);
}

#[test]
fn shares_that_follow_their_figures_in_order() {
    let said = read("办结申请10件，其中予以公开6件、不予公开3件、其他处理1件，分别占60%、30%、10%。");
    let roles: Vec<FigureRole> =
        said.iter().map(|statement| statement.role).filter(|role| *role != FigureRole::Number).collect();
    assert_eq!(roles, [FigureRole::ShareOf(1), FigureRole::ShareOf(2), FigureRole::ShareOf(3)]);
    // It is not known which figure each is of.
    let said = read("办结申请10件，其中予以公开6件、不予公开3件，分别占60%、30%、10%。");
    assert!(said.iter().all(|statement| statement.role == FigureRole::Number));
}

#[test]
fn all_but_some() {
    let all = |text: &str| read(text).iter().any(|statement| matches!(statement.amount, Amount::All { .. }));
    assert!(all("收到政府信息公开申请9件，均依法答复。"));
    assert!(!all("收到政府信息公开申请9件，除2件结转下年办理外，均依法答复。"));
}

#[test]
fn parts_of_parts_with_their_totals() {
    let text = "公开信息13条。其中网站公开动态3条，公告2条，共发布5条；专栏包括图片6条、视频2条，共发布8条。";
    let said = read(text);
    let items: Vec<Vec<usize>> =
        said.iter().flat_map(|statement| statement.parts.iter().map(|parts| parts.items.clone())).collect();
    assert_eq!(items, [vec![3, 6], vec![1, 2], vec![4, 5]]);
}

#[test]
fn what_is_carried_at_the_ends_of_the_year() {
    says(
        "依申请公开件年初结转4件、新收75件、办结76件、年末结转3件。",
        &[("4", Fact::CarriedIn), ("75", Fact::Received), ("76", Fact::Handled), ("3", Fact::CarriedOut)],
    );
    says(
        "受理政府信息公开申请41件（其中3件系2022年度结转），办结40件，结转1件。",
        &[("41", Fact::Accepted), ("3", Fact::Carried), ("40", Fact::Handled), ("1", Fact::CarriedOut)],
    );
    says(
        "收到政府信息公开申请5件，办结4件，转下年1件。",
        &[("5", Fact::Received), ("4", Fact::Handled), ("1", Fact::CarriedOut)],
    );
    says(
        "收到政府信息公开申请5件。上年没有遗留件，无结转2024年继续办理件。",
        &[("5", Fact::Received), ("没有", Fact::CarriedIn), ("无", Fact::CarriedOut)],
    );
    // Some of the applications, named after the figure.
    says_nothing("收到15件通过网站提交的申请、6件当面提交的申请。");
    says_nothing("收到2件企业提交的政府信息公开申请。");
    says_nothing("政府信息公开有序推进，收到15件网上申请，6件信函申请。");
    says("收到21件公民、法人和其他组织提出的政府信息公开申请。", &[("21", Fact::Received)]);
    for end in ["无上年结转件。", "无上年结转。", "没有上年结转件。", "也无上年结转申请。"]
    {
        let text = format!("收到政府信息公开申请5件，{end}");
        let denial = if end.starts_with('没') { "没有" } else { "无" };
        says(&text, &[("5", Fact::Received), (denial, Fact::CarriedIn)]);
    }
}

#[test]
fn some_of_a_row() {
    let among = Fact::Ended(Ending::Among(Row::NotHeld));
    says(
        "办结政府信息公开申请9件，予以公开5件、信息不存在3件、不属于本机关公开1件。",
        &[("9", Fact::Handled), ("5", GRANTED), ("3", among), ("1", among)],
    );
    says("办结政府信息公开申请9件，其中3件因信息不存在等原因无法提供。", &[("9", Fact::Handled), ("3", UNAVAILABLE)]);
}

#[test]
fn denials_with_a_word_after_the_thing() {
    for text in [
        "未发生政府信息公开行政复议、诉讼问题。",
        "未发生因政府信息公开纠纷引起的行政复议和行政诉讼事件。",
        "未出现因政府信息公开被起诉或当事人提起行政复议的情况。",
    ] {
        let mut found: Vec<Fact> = facts(text).into_iter().map(|(_, fact)| fact).collect();
        found.sort_by_key(|fact| *fact == LITIGATION);
        assert_eq!(found, [REVIEW, LITIGATION], "{text}");
    }
    says(
        "行政许可6件、行政处罚2件、无行政强制。",
        &[
            ("6", Fact::Decisions(Row::Licences)),
            ("2", Fact::Decisions(Row::Penalties)),
            ("无", Fact::Decisions(Row::Coercion)),
        ],
    );
    says_nothing("本局无行政处罚、行政强制事项。");
}

/// The statements of `paragraphs` under one heading.
fn read_lines(paragraphs: &[&str]) -> Vec<Statement> {
    let mut start = 0;
    let placed: Vec<(usize, Cow<'_, str>)> = paragraphs
        .iter()
        .map(|text| {
            let place = (start, Cow::from(*text));
            start += text.len() + 1;
            place
        })
        .collect();
    let mut statements = Vec::new();
    super::read_again(&placed, (&[], &[]), &mut statements);
    statements
}

#[test]
fn a_list_with_a_line_for_each_part() {
    let counts = |paragraphs: &[&str]| -> Vec<i64> {
        let found = read_lines(paragraphs);
        let parts = found.first().and_then(|whole| whole.parts.first()).map(|parts| parts.items.clone());
        parts.unwrap_or_default().iter().filter_map(|part| found[*part].count()).collect()
    };
    let head = "全年主动公开政府信息90条，具体包括：";
    let lines = ["机构职能：发布信息12条。", "政策文件：发布信息20条。", "财政资金：发布信息58条。"];
    assert_eq!(counts(&[head, lines[0], lines[1], lines[2]]), [12, 20, 58]);
    // What follows the lines is none of the list.
    let after = "此外，办理市长信箱来信33条。";
    assert_eq!(counts(&[head, lines[0], lines[1], lines[2], after]), [12, 20, 58]);
    assert_eq!(counts(&[head, lines[0], lines[1], "围绕民生开展工作。", lines[2]]), [12, 20]);
    assert_eq!(counts(&[head, lines[0], lines[1], "政策解读：发布图解5条，视频3条。"]), [12, 20]);
    assert_eq!(counts(&[head, lines[0], lines[1], "政策解读：发布图解5个。"]), [12, 20]);
}

#[test]
fn a_figure_after_a_comparison() {
    says("收到政府信息公开申请较上年的35件减少11件，为24件。", &[("24", Fact::Received)]);
    says("收到政府信息公开申请比上年增加3件，达到24件，办结24件。", &[("24", Fact::Received), ("24", Fact::Handled)]);
    says_nothing("收到政府信息公开申请较上年减少11件，其中网上申请5件。");
    says_nothing("收到政府信息公开申请较上年减少11件，涉及征地5件。");
    says_nothing("收到政府信息公开申请较上年减少11件，下降20%。");
}

#[test]
fn cases_that_are_closed() {
    says(
        "收到政府信息公开申请36件。年内结案33件，未结3件转入2024年。",
        &[("36", Fact::Received), ("33", Fact::Handled), ("3", Fact::CarriedOut)],
    );
    says("收到政府信息公开申请36件，立案40件，结案33件。", &[("36", Fact::Received)]);
    says("收到政府信息公开申请36件。办理案件40件，结案33件，未结7件。", &[("36", Fact::Received)]);
}

#[test]
fn figures_that_are_none_of_a_list() {
    let whole = |text: &str| parts(text).map(|(whole, _)| whole);
    // Of several figures in a row none is all.
    assert_eq!(whole("通过网站公开政府信息412条，通过微信公开政府信息37条。其中，抖音号发布605条、微博84条。"), None);
    assert_eq!(whole("通过网站公开政府信息412条，访问37次。其中，政策300条、动态112条。"), Some(412));
    // 且: something else that is true of some of them.
    assert_eq!(whole("受理依申请公开5件，按申请方式区分，5件属于网络申请，且1件不属于政府信息。"), None);
    says("收到政府信息公开申请5件。1件申请属于其他部门职能。", &[("5", Fact::Received)]);
    // The body to which they were submitted, and another one.
    says("收到群众向北港街道办事处提出的政府信息公开申请5件。", &[("5", Fact::Received)]);
    says_nothing("告知申请人向北港街道办事处提出申请5件。");
    // One application may concern two things.
    let found = read("收到政府信息公开申请31件，其中26件涉及征地，9件涉及物业。");
    assert!(found[0].parts.iter().all(|parts| parts.overlap));
}

#[test]
fn an_answer_given_openly() {
    says("收到政府信息公开申请9件，公开答复8件。", &[("9", Fact::Received), ("8", Fact::Handled)]);
    says(
        "收到政府信息公开申请9件，办结9件，公开答复8件，不予公开1件。",
        &[("9", Fact::Received), ("9", Fact::Handled), ("8", GRANTED), ("1", WITHHELD)],
    );
}

#[test]
fn parts_of_the_last_part_of_a_list() {
    let text = "答复申请69件：予以公开35件；不予公开2件，其中1件涉及商业秘密，1件属于内部事务信息；无法提供32件。";
    let found = read(text);
    let counts = |whole: usize| -> Vec<i64> {
        found[whole].parts.iter().flat_map(|parts| &parts.items).filter_map(|part| found[*part].count()).collect()
    };
    assert_eq!((counts(0), counts(2)), (vec![35, 2, 32], vec![1, 1]));
}

#[test]
fn figures_of_some_months() {
    says_nothing("2023年1至6月收到政府信息公开申请7件，12月受理申请5件。");
    says("2023年1至12月收到政府信息公开申请12件。", &[("12", Fact::Received)]);
    says("截至12月底收到政府信息公开申请12件。", &[("12", Fact::Received)]);
    says("2023年1月1日至12月31日收到政府信息公开申请12件。", &[("12", Fact::Received)]);
    says("收到政府信息公开申请12件，2件延期至2024年1月答复。", &[("12", Fact::Received), ("2", Fact::CarriedOut)]);
}

#[test]
fn applications_named_again() {
    says("收到政府信息公开申请5件，5件申请均由自然人提出。", &[("5", Fact::Received)]);
    says("收到政府信息公开申请5件，6件申请均由自然人提出。", &[("5", Fact::Received), ("6", Fact::Received)]);
    let parts_of = |text: &str| read(text).first().map(|whole| whole.parts.len());
    assert_eq!(parts_of("受理28件政府信息公开申请：16件来自网络，12件来自邮寄。"), Some(1));
    assert_eq!(parts_of("受理政府信息公开申请：28件。"), Some(0));
}

#[test]
fn documents_with_their_titles() {
    let rules = Fact::Issued(Row::Rules);
    let document = Fact::Issued(Row::NormativeDocuments);
    says(
        "制定印发了《广告办法》《绿化办法》两部政府规章，印发《责任制办法》1件规范性文件。",
        &[("两", rules), ("1", document)],
    );
    says("以县政府名义印发并公开的行政规范性文件17件，其他政策文件35件。", &[("17", document)]);
    says("未制定、发布、废止过规范性文件。", &[("未", Fact::Repealed(Row::NormativeDocuments)), ("未", document)]);
    says_nothing("两部门联合印发通知，一部分规章正在修订。");
    says_nothing("办理各类事项8621件，其中行政许可412件、公共服务8209件。");
}

#[test]
fn lists_with_figures_of_other_things() {
    let list = |text: &str| {
        let found = read(text);
        let parts = found.first().and_then(|whole| whole.parts.first()).cloned();
        parts.map(|parts| (parts.items.iter().filter_map(|part| found[*part].count()).collect(), parts.beside))
    };
    let expected: Option<(Vec<i64>, i64)> = Some((vec![90, 2027], 13));
    assert_eq!(list("公开信息2130条，其中政策90条，征集调查11期，在线访谈2期，其他信息2027条。"), expected);
    // The list was whole, and more does not fit into it.
    assert_eq!(list("公开信息20条，其中网站12条，微信8条，视频5个，回复留言40条。"), Some((vec![12, 8], 0)));
    assert_eq!(list("公开信息20条，其中网站12条，视频5个，回复留言40条。"), Some((vec![12], 5)));
    // Each is of its own kind.
    assert_eq!(list("更新财政信息6条、政策解读1条、规划信息2条，公益类信息39条，其他文件2条。"), None);
}

#[test]
fn figures_of_last_year_and_of_one_way() {
    says(
        "收到政府信息公开申请44件，办结44件；上年度收到38件，办结36件。",
        &[("44", Fact::Received), ("44", Fact::Handled), ("36", Fact::Handled)],
    );
    let last = read("收到政府信息公开申请44件；上年度收到38件，办结36件。");
    assert!(last.iter().skip(1).all(|statement| statement.year == StatedYear::Last));
    says("收到政府信息公开申请44件，以告知获取渠道方式答复3件。", &[("44", Fact::Received)]);
    says(
        "对26件办结的政府信息公开申请，分别作出予以公开、无法提供答复14件、12件。",
        &[("26", Fact::Handled), ("14", GRANTED), ("12", UNAVAILABLE)],
    );
    says("本校收到的信息公开申请（2件）已全部答复。", &[("2", Fact::Received), ("已全部答复", Fact::Handled)]);
    // Whatever the reason.
    says("收到政府信息公开申请9件，5件因补正材料等原因跨年度办理。", &[("9", Fact::Received), ("5", Fact::Carried)]);
    assert_eq!(
        parts("收到申请19件，与上年的25件相比减少6件；其中执法记录12件、户籍资料7件。"),
        Some((19, vec![12, 7]))
    );
}

#[test]
fn sums_that_count_up() {
    let text = "专栏公开信息161条；部门网站公开信息584条；微博公开信息53条，累计公开信息798条。";
    let found = read(text);
    assert_eq!(found.last().map(|whole| whole.parts.len()), Some(1));
    // 累计 may count more than was listed.
    assert!(found.last().is_some_and(|whole| whole.parts.iter().all(|parts| parts.open)));
}

#[test]
fn figures_of_several_bodies_and_of_several_kinds_of_business() {
    let found = read("区财政局、区教育局、区民政局分别收到政府信息公开申请12件、8件、7件。");
    assert!(found.iter().all(|statement| matches!(statement.scope, Some((FigureScope::Members, _)))));
    says_nothing("受理政府信息公开行政复议申请14件，审结12件。");
    let rates = |text: &str| read(text).iter().filter(|statement| statement.fact == Some(Fact::Handled)).count();
    assert_eq!(rates("受理信访事项86件、政府信息公开申请5件，办结率100%。"), 0);
    assert_eq!(rates("受理政府信息公开申请5件，办结率100%。"), 1);
}
