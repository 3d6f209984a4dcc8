//! An invented county: the reports of its bodies for two years, and of the county itself, in mixed layouts and encodings.
//! All figures are consistent, except for the faults that a test adds.

use crate::generator::{Layout, Model, Rng, Size, Style, Wish, render};
use gongkai::analysis::Analysis;
use gongkai::files::Charset;
use gongkai::files::docx::new_file;
use gongkai::ide::ReportOutline;
use gongkai::statute::{Column, Edition, Outcome, Row, TableKind, TableSpec};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The figures of a report, by row and column.
pub(crate) type Figures = BTreeMap<(Row, Column), i64>;

/// A report: its file, body, year, figures and prose.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) file: String,
    pub(crate) body: String,
    pub(crate) year: u16,
    pub(crate) figures: Figures,
    /// The paragraphs of sections 一 and 五.
    pub(crate) words: [Vec<String>; 2],
    layout: Layout,
    encoding: &'static str,
}

/// The applicants of Table 3, without the total.
const APPLICANTS: [Column; 6] = [
    Column::NaturalPersons,
    Column::Businesses,
    Column::ResearchBodies,
    Column::PublicInterestBodies,
    Column::LegalServices,
    Column::OtherOrganisations,
];

/// Layouts with their extensions. A Word file is made from a text.
const LAYOUTS: [(Layout, &str); 9] = [
    (Layout::Tabs, "txt"),
    (Layout::Markdown, "md"),
    (Layout::Tabs, "docx"),
    (Layout::Pipes, "txt"),
    (Layout::Html, "html"),
    (Layout::CellLines, "txt"),
    (Layout::BorderedPipes, "txt"),
    (Layout::WordHtml, "html"),
    (Layout::CellLines, "docx"),
];

const ENCODINGS: [&str; 4] = ["utf-8", "gbk", "utf-16le", "utf-8"];

const SUBJECTS: [&str; 12] = [
    "信访接待窗口",
    "机构职能栏目",
    "政策图解专栏",
    "公开指南",
    "办事大厅",
    "公众号",
    "档案查阅点",
    "热线平台",
    "答复文书",
    "培训课程",
    "巡查小组",
    "目录清单",
];
const VERBS: [&str; 12] =
    ["增设", "修订", "清理", "核对", "推送", "汇编", "归并", "抽查", "通报", "试行", "续签", "更换"];
const OBJECTS: [&str; 14] = [
    "养老服务设施名册",
    "灌渠维修台账",
    "林地确权说明",
    "中小学划片示意图",
    "农机补贴名单",
    "危房改造进度表",
    "公交线路调整告示",
    "药店巡检记录",
    "渔港停航提示",
    "粮库轮换安排",
    "老旧电梯更新清单",
    "防汛物资储备点位",
    "果蔬抽检结果",
    "村卫生室排班表",
];

/// A paragraph that is in no other report.
fn paragraph(rng: &mut Rng, sentences: usize) -> String {
    let sentence = |rng: &mut Rng| {
        let parts: Vec<String> =
            (0..3).map(|_| format!("{}{}{}", rng.pick(&SUBJECTS), rng.pick(&VERBS), rng.pick(&OBJECTS))).collect();
        format!("{}。", parts.join("，"))
    };
    (0..sentences).map(|_| sentence(rng)).collect()
}

fn words(rng: &mut Rng) -> [Vec<String>; 2] {
    let overview = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"];
    let overview = (1..).zip(overview).map(|(number, aspect)| {
        let number = gongkai::statute::ordinal(number);
        let words = if aspect == "监督保障" {
            "做好工作考核、社会评议和责任追究结果情况的汇总。"
        } else {
            ""
        };
        format!("（{number}）{aspect}。{}{words}", paragraph(rng, 3))
    });
    let overview = overview.collect();
    [overview, vec![format!("存在的主要问题是{}下一步改进措施为{}", paragraph(rng, 2), paragraph(rng, 2))]]
}

fn set(figures: &mut Figures, row: Row, values: [i64; 6]) {
    for (column, value) in APPLICANTS.into_iter().zip(values) {
        figures.insert((row, column), value);
    }
    figures.insert((row, Column::AllApplicants), values.iter().sum());
}

fn get(figures: &Figures, row: Row) -> [i64; 6] {
    APPLICANTS.map(|column| figures[&(row, column)])
}

/// The rows of a table, with all figures 0.
fn blank(spec: &TableSpec, figures: &mut Figures) {
    for row in spec.rows {
        for column in row.columns {
            figures.insert((row.row, *column), 0);
        }
    }
}

/// The figures of a body for a year, which follow from those of the year before.
fn figures(year: u16, before: Option<&Figures>, rng: &mut Rng) -> Figures {
    let edition = Edition::of_year(year);
    let mut figures = Figures::new();
    TableKind::ALL.iter().for_each(|kind| blank(edition.format().table(*kind), &mut figures));
    let last = |row, column| before.and_then(|before| before.get(&(row, column))).copied();
    let near = |last: Option<i64>, rng: &mut Rng| last.map_or(rng.between(40, 400), |last| last + rng.between(0, 9));
    for row in [Row::Licences, Row::Penalties, Row::Coercion] {
        let figure = near(last(row, Column::Decisions), rng);
        figures.insert((row, Column::Decisions), figure);
        if edition == Edition::F2019 {
            let items =
                last(row, Column::ItemsLastYear).zip(last(row, Column::ItemChange)).map(|(items, more)| items + more);
            figures.insert((row, Column::ItemsLastYear), items.unwrap_or(20));
            figures.insert((row, Column::ItemChange), rng.between(-2, 3));
        }
    }
    if edition == Edition::F2021 {
        let (issued, repealed) = (rng.between(0, 3), rng.between(0, 1));
        let in_force = last(Row::NormativeDocuments, Column::InForce).map_or(30, |last| last + issued - repealed);
        figures.insert((Row::NormativeDocuments, Column::Issued), issued);
        figures.insert((Row::NormativeDocuments, Column::Repealed), repealed);
        figures.insert((Row::NormativeDocuments, Column::InForce), in_force);
    }
    let carried_in = before.map_or([0; 6], |before| get(before, Row::CarriedOut));
    let carried_out = [rng.between(0, 2), rng.between(0, 1), 0, 0, 0, 0];
    let outcomes = [Row::Granted, Row::PartlyGranted, Row::NotHeld, Row::ThirdParty];
    let mut handled = [0; 6];
    for row in outcomes {
        let mut values = [rng.between(0, 6), rng.between(0, 3), 0, 0, rng.between(0, 1), 0];
        if row == Row::Granted {
            (0..6).for_each(|column| values[column] += carried_in[column] + 1);
        }
        (0..6).for_each(|column| handled[column] += values[column]);
        set(&mut figures, row, values);
    }
    set(&mut figures, Row::Handled, handled);
    set(&mut figures, Row::CarriedIn, carried_in);
    set(&mut figures, Row::CarriedOut, carried_out);
    let received = [0, 1, 2, 3, 4, 5].map(|column| handled[column] + carried_out[column] - carried_in[column]);
    set(&mut figures, Row::Received, received);
    let upheld = rng.between(0, 2);
    figures.insert((Row::ReviewAndLitigation, Column::Review(Outcome::Upheld)), upheld);
    figures.insert((Row::ReviewAndLitigation, Column::Review(Outcome::Total)), upheld);
    figures
}

/// The sum of figures.
pub(crate) fn sum<'a>(members: impl Iterator<Item = &'a Figures>) -> Figures {
    let mut sum = Figures::new();
    for member in members {
        for (place, figure) in member {
            *sum.entry(*place).or_default() += figure;
        }
    }
    sum
}

/// The name of member `number`.
fn name(number: usize) -> String {
    const TOWNS: [&str; 10] = ["青石", "柳河", "白鹭", "北渡", "南坪", "沙湾", "枫林", "双溪", "乌桥", "石门"];
    const UNITS: [&str; 12] = [
        "水务",
        "民政",
        "教育",
        "交通运输",
        "农业农村",
        "医疗保障",
        "应急管理",
        "审计",
        "统计",
        "商务",
        "林草",
        "城市管理",
    ];
    match number.checked_sub(UNITS.len()) {
        None => format!("云岭县{}局", UNITS[number]),
        Some(town) => {
            let kinds = ["镇", "乡", "街道"];
            let (kind, town, more) = (town % 3, (town / 3) % 10, town / 30);
            let more = ["", "东", "西", "南", "北", "上", "下"][more];
            let end = if kind == 2 { "办事处" } else { "人民政府" };
            format!("云岭县{more}{}{}{end}", TOWNS[town], kinds[kind])
        }
    }
}

/// The reports of `bodies` for two years, `first` and the next.
pub(crate) fn bodies(numbers: std::ops::Range<usize>, first: u16, rng: &mut Rng) -> Vec<Report> {
    let mut reports = Vec::new();
    for number in numbers {
        let before = figures(first, None, rng);
        let after = figures(first + 1, Some(&before), rng);
        for (year, figures) in [(first, before), (first + 1, after)] {
            let (layout, extension) = LAYOUTS[(number + usize::from(year)) % LAYOUTS.len()];
            let is_marked_up = matches!(extension, "html" | "docx");
            let encoding = if is_marked_up { "utf-8" } else { ENCODINGS[number % ENCODINGS.len()] };
            let body = name(number);
            let file = format!("{year}/{body}.{extension}");
            reports.push(Report { file, body, year, figures, words: words(rng), layout, encoding });
        }
    }
    reports
}

/// The report of the county itself for `year`, with these figures.
pub(crate) fn county(year: u16, figures: Figures, rng: &mut Rng) -> Report {
    let (body, file) = ("云岭县".to_owned(), format!("{year}/云岭县汇总.txt"));
    Report { file, body, year, figures, words: words(rng), layout: Layout::Tabs, encoding: "utf-8" }
}

impl Report {
    /// The encoding of its file.
    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Its text.
    pub(crate) fn text(&self) -> String {
        let wish = Wish { year: self.year, size: Size::Zero, figures_in_prose: false };
        let mut model = Model::new(u64::from(self.year), wish);
        let edition = Edition::of_year(self.year);
        model.body.clone_from(&self.body);
        model.preamble = vec![format!("本报告所列数据的统计期限自{0}年1月1日起至{0}年12月31日止。", self.year)];
        for (kind, table) in TableKind::ALL.into_iter().zip(&mut model.figures) {
            let rows = edition.format().table(kind).rows.iter();
            let figure =
                |row, column: &Column| self.figures.get(&(row, *column)).copied().unwrap_or_default().to_string();
            *table = rows.map(|row| row.columns.iter().map(|column| figure(row.row, column)).collect()).collect();
        }
        let [overview, problems] = &self.words;
        model.sections[0].clone_from(overview);
        model.sections[4].clone_from(problems);
        model.sections[5] = vec!["本年度未收取政府信息公开信息处理费。".to_owned()];
        model.closing = Vec::new();
        render(&model, &Style::plain(self.layout)).text
    }

    /// Writes it below `folder`.
    pub(crate) fn write(&self, folder: &Path) {
        let path = folder.join(&self.file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if self.file.ends_with(".docx") {
            let outline = ReportOutline::of(&Analysis::new(&self.text(), Arc::default()));
            return fs::write(path, new_file(&outline.word()).unwrap()).unwrap();
        }
        let charset = Charset::named(self.encoding).unwrap();
        let mark = if self.encoding.starts_with("utf-16") { "\u{feff}" } else { "" };
        fs::write(path, charset.encode(&format!("{mark}{}", self.text())).unwrap()).unwrap();
    }

    /// Adds `more` to the figure of `row` in `column`.
    pub(crate) fn add(&mut self, row: Row, column: Column, more: i64) {
        *self.figures.get_mut(&(row, column)).unwrap() += more;
    }

    /// Moves `more` applications of natural persons from `from` to `to`; both are still consistent.
    pub(crate) fn shift(&mut self, from: Row, to: Row, more: i64) {
        for column in [Column::NaturalPersons, Column::AllApplicants] {
            self.add(from, column, -more);
            self.add(to, column, more);
        }
    }
}
