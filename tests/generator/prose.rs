//! The prose of a generated report: invented bodies, the five aspects, and sentences that look like what they are not.

use super::faults::Kind;
use super::{Model, Rng};
use gongkai::statute::{Column, Edition, Outcome, Row, Section};

const PLACES: [&str; 8] = ["云岭市", "沧屿县", "栖霞湾区", "白鹭洲市", "青石坳县", "雁回区", "澄湖市", "北渡口县"];
const BODIES: [&str; 8] = [
    "应急管理局",
    "农业农村局",
    "水务局",
    "教育体育局",
    "自然资源和规划局",
    "医疗保障局",
    "人民政府办公室",
    "交通运输局",
];

/// An invented body.
pub(super) fn body(rng: &mut Rng) -> String {
    format!("{}{}", rng.pick(&PLACES), rng.pick(&BODIES))
}

/// Writes the prose of `model` around its figures.
pub(super) fn write(model: &mut Model, figures: bool, rng: &mut Rng) {
    let year = model.year;
    if rng.one_in(2) {
        let parts: Vec<&str> = Section::ALL.iter().map(|section| section.name()).collect();
        model.preamble = vec![
            format!(
                "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定，现公布{}{year}年政府信息公开工作年度报告。",
                model.body
            ),
            format!(
                "本报告由{}六个部分组成。报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
                parts.join("、")
            ),
        ];
    }
    let mut overview = vec![
        "（一）主动公开。围绕群众关切及时公开机构职能、财政预算决算、行政许可和行政处罚等信息。".to_owned(),
        format!("按要求编制并公布《{}年度政府信息公开工作年度报告》，更新公开指南。", year - 1),
        "（二）依申请公开。明确受理、登记、办理、答复各环节的责任和时限。".to_owned(),
    ];
    if figures {
        overview.extend(
            SAID.into_iter()
                .filter_map(|kind| statement(model, kind))
                .map(|(before, figure, after)| format!("{before}{figure}{after}")),
        );
    }
    overview.extend([
        "（三）政府信息管理。坚持先审查、后公开，落实保密审查和动态调整机制。".to_owned(),
        "（四）政府信息公开平台建设。优化门户网站栏目，规范政务新媒体管理。".to_owned(),
        "（五）监督保障。开展业务培训，做好工作考核、社会评议和责任追究结果情况的汇总。".to_owned(),
    ]);
    if rng.one_in(2) {
        overview.push("申请人情况、信息内容、总计等栏目按照统一口径填报，其他事项另行说明。".to_owned());
    }
    let mut problems = vec![
        "（一）存在的主要问题".to_owned(),
        "一是公开内容的时效性有待提高；二是政策解读的形式还比较单一。".to_owned(),
        "（二）改进情况".to_owned(),
        format!("{}年将加强业务培训，丰富解读形式，提升公开质量。", year + 1),
    ];
    if rng.one_in(2) {
        problems.push("1、健全信息发布协调机制。\u{3000}2、完善公开目录。".to_owned());
    }
    let other = match (model.edition, rng.below(3)) {
        (Edition::F2019, 0) => vec!["无其他需要报告的事项。".to_owned()],
        (_, 1) => vec!["本年度未收取信息处理费。".to_owned(), "本机关没有其他需要报告的事项。".to_owned()],
        _ => vec!["本年度未发出收费通知，未收取政府信息公开信息处理费。".to_owned()],
    };
    model.sections = [overview, Vec::new(), Vec::new(), Vec::new(), problems, other];
    if rng.one_in(2) {
        model.closing = vec![model.body.clone(), format!("{}年1月{}日", year + 1, rng.between(4, 29))];
    }
}

/// The statements that prose makes of the tables, by the fault that makes one of them wrong.
const SAID: [Kind; 13] = [
    Kind::SaidReceived,
    Kind::SaidAnswered,
    Kind::SaidCarried,
    Kind::SaidOutcome,
    Kind::SaidReview,
    Kind::SaidLitigation,
    Kind::SaidLicences,
    Kind::SaidPenalties,
    Kind::SaidCoercion,
    Kind::SaidDocuments,
    Kind::SaidParts,
    Kind::SaidRate,
    Kind::SaidShare,
];

/// `part` of `whole` in per cent, with one decimal, rounded half up.
fn share(part: i64, whole: i64) -> String {
    tenths((part * 2000 + whole) / (2 * whole))
}

fn tenths(count: i64) -> String {
    format!("{}.{}", count / 10, count % 10)
}

/// Other figures for the statement of `kind` that may be meant.
pub(crate) fn as_right(model: &Model, kind: Kind) -> Vec<String> {
    let all = |row| model.named(row, Column::AllApplicants).map_or(0, |place| model.number(place));
    let [granted, handled, received, carried] = [Row::Granted, Row::Handled, Row::Received, Row::CarriedIn].map(all);
    let pairs = match kind {
        // With what was carried in, or without.
        Kind::SaidReceived => return vec![(received + carried).to_string()],
        Kind::SaidRate => vec![(handled - carried, received)],
        Kind::SaidShare => vec![(granted, received), (granted, received + carried)],
        _ => Vec::new(),
    };
    let pairs = pairs.into_iter().filter(|(part, whole)| *whole > 0 && *part >= 0);
    // Decimals may be cut off, too.
    pairs.flat_map(|(part, whole)| [share(part, whole), tenths(part * 1000 / whole)]).collect()
}

/// The sentence that states a figure of the tables: what is before the figure, the figure, what is after it.
pub(crate) fn statement(model: &Model, kind: Kind) -> Option<(String, String, String)> {
    let year = model.year;
    let number = |row, column| model.named(row, column).map(|place| model.number(place));
    let all = |row| number(row, Column::AllApplicants);
    let review = |column: fn(Outcome) -> Column| number(Row::ReviewAndLitigation, column(Outcome::Total));
    let pieces = |before: &str, figure: i64| Some((before.to_owned(), figure.to_string(), "件。".to_owned()));
    match kind {
        Kind::SaidReceived => pieces(&format!("{year}年，我局新收政府信息公开申请"), all(Row::Received)?),
        Kind::SaidAnswered => pieces("全年答复政府信息公开申请", all(Row::Handled)?),
        Kind::SaidCarried => pieces("结转下年度继续办理的政府信息公开申请", all(Row::CarriedOut)?),
        Kind::SaidOutcome => pieces("对政府信息公开申请予以公开", all(Row::Granted)?),
        Kind::SaidReview => pieces("因政府信息公开工作被申请行政复议", review(Column::Review)?),
        Kind::SaidLitigation => {
            pieces("发生政府信息公开行政诉讼", review(Column::DirectSuit)? + review(Column::SuitAfterReview)?)
        }
        Kind::SaidLicences => pieces("全年作出行政许可决定", number(Row::Licences, Column::Decisions)?),
        Kind::SaidPenalties => pieces("全年作出行政处罚决定", number(Row::Penalties, Column::Decisions)?),
        Kind::SaidCoercion => pieces("全年作出行政强制决定", number(Row::Coercion, Column::Decisions)?),
        Kind::SaidDocuments => pieces("全年制发行政规范性文件", number(Row::NormativeDocuments, Column::Issued)?),
        Kind::SaidParts => {
            let parts = [i64::from(year % 7) + 31, 12, i64::from(year % 5)];
            let [a, b, c] = parts;
            let following = format!("条，其中概况信息{a}条、政务动态{b}条、公告公示{c}条。");
            Some(("通过门户网站公开信息".to_owned(), parts.iter().sum::<i64>().to_string(), following))
        }
        Kind::SaidRate => {
            let (handled, whole) = (all(Row::Handled)?, all(Row::Received)? + all(Row::CarriedIn)?);
            (whole > 0).then(|| ("政府信息公开申请办结率".to_owned(), share(handled, whole), "%。".to_owned()))
        }
        Kind::SaidShare => {
            let (granted, handled) = (all(Row::Granted)?, all(Row::Handled)?);
            let before = format!("答复政府信息公开申请{handled}件，其中予以公开{granted}件，占");
            (handled > 0).then(|| (before, share(granted, handled), "%。".to_owned()))
        }
        _ => None,
    }
}
