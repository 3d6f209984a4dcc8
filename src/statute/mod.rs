//! The law and the official formats, as data.
//!
//! Sections, tables, rows, columns and their labels, the identities over cells, the items of Article 20 and the meaning
//! of each field. This layer reads no document, and no other layer spells a row's name. A new format is a new file in
//! `formats/`.

mod additivity;
mod bodies;
pub mod explain;
mod formats;
mod identities;
mod labels;
mod lexicon;
mod page_words;
pub mod prose;
mod sections;
pub mod sentences;

pub use additivity::Additivity;
pub use bodies::{Body, BodyKind, Level, RuleMaking};
pub use formats::{F2019, F2021, Format, RowSpec, TableSpec};
pub use identities::{CellRef, Identity, IdentityKind};
pub use labels::{
    Label, LabelMatch, Likeness, article_20_item, chinese_numeral, key, key_length, ordinal, recognise, same_key,
};
pub use page_words::is_page_chrome;
pub use sections::{
    Aspect, ReviewPart, SectionMatch, TITLE_TAIL, body_after_year, is_title_tail, names_in_list, part_key,
    recognise_section, review_part, section_named, subsection_number, title_of, title_words_at,
};
use std::borrow::Cow;

/// Which notice a table follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// 国办公开办函〔2019〕60号, for the reports of 2019 and 2020.
    F2019,
    /// 国办公开办函〔2021〕30号, for the reports of 2021 and later.
    F2021,
}

impl Edition {
    /// The edition that a report for `year` has to follow.
    pub fn of_year(year: u16) -> Edition {
        if year >= 2021 { Edition::F2021 } else { Edition::F2019 }
    }

    /// Its tables.
    pub fn format(self) -> &'static Format {
        match self {
            Edition::F2019 => &F2019,
            Edition::F2021 => &F2021,
        }
    }

    /// The year in its name.
    pub fn year(self) -> u16 {
        match self {
            Edition::F2019 => 2019,
            Edition::F2021 => 2021,
        }
    }

    /// The notice that prescribes it: issuing office, number.
    pub fn notice(self) -> &'static str {
        match self {
            Edition::F2019 => "国办公开办函〔2019〕60号",
            Edition::F2021 => "国办公开办函〔2021〕30号",
        }
    }
}

/// The three tables, by the names that reviewers use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// 表二: information disclosed on the body's own initiative (Article 20).
    Disclosure,
    /// 表三: applications received and handled.
    Applications,
    /// 表四: administrative review and litigation.
    Review,
}

impl TableKind {
    /// All three, in the order of the report.
    pub const ALL: [TableKind; 3] = [TableKind::Disclosure, TableKind::Applications, TableKind::Review];

    /// The section it is in.
    pub fn section(self) -> Section {
        match self {
            TableKind::Disclosure => Section::Disclosure,
            TableKind::Applications => Section::Applications,
            TableKind::Review => Section::Review,
        }
    }

    /// 表二, 表三, 表四.
    pub fn name(self) -> &'static str {
        match self {
            TableKind::Disclosure => "表二",
            TableKind::Applications => "表三",
            TableKind::Review => "表四",
        }
    }

    /// "Table 2" and so on.
    pub fn english(self) -> &'static str {
        match self {
            TableKind::Disclosure => "Table 2",
            TableKind::Applications => "Table 3",
            TableKind::Review => "Table 4",
        }
    }
}

/// The six sections, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// 一、总体情况
    Overview,
    /// 二、主动公开政府信息情况
    Disclosure,
    /// 三、收到和处理政府信息公开申请情况
    Applications,
    /// 四、政府信息公开行政复议、行政诉讼情况
    Review,
    /// 五、存在的主要问题及改进情况
    Problems,
    /// 六、其他需要报告的事项
    Other,
}

impl Section {
    /// All six, in order.
    pub const ALL: [Section; 6] = [
        Section::Overview,
        Section::Disclosure,
        Section::Applications,
        Section::Review,
        Section::Problems,
        Section::Other,
    ];

    /// Its number: 1 to 6.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Its name in the format, without the ordinal.
    pub fn name(self) -> &'static str {
        sections::SPECS[self as usize].name
    }

    /// The whole heading: `一、总体情况`.
    pub fn heading(self) -> String {
        format!("{}、{}", ordinal(self.number()), self.name())
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        sections::SPECS[self as usize].english
    }
}

/// An item of Article 20, 1 to 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item(u8);

impl Item {
    /// Item `number`, if Article 20 has it.
    pub fn new(number: u8) -> Option<Item> {
        (1..=15).contains(&number).then_some(Item(number))
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// `第二十条第（五）项`
    pub fn name(self) -> String {
        format!("第二十条第（{}）项", ordinal(self.0))
    }
}

/// Every row of the three tables in any edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// 规章
    Rules,
    /// 规范性文件 (2019), 行政规范性文件 (2021)
    NormativeDocuments,
    /// 行政许可
    Licences,
    /// 其他对外管理服务事项 (2019)
    OtherServices,
    /// 行政处罚
    Penalties,
    /// 行政强制
    Coercion,
    /// 行政事业性收费
    Fees,
    /// 政府集中采购 (2019)
    Procurement,
    /// 一、本年新收政府信息公开申请数量
    Received,
    /// 二、上年结转政府信息公开申请数量
    CarriedIn,
    /// （一）予以公开
    Granted,
    /// （二）部分公开
    PartlyGranted,
    /// （三）1.属于国家秘密
    StateSecret,
    /// （三）2.其他法律行政法规禁止公开
    ForbiddenByLaw,
    /// （三）3.危及“三安全一稳定”
    SafetyAndStability,
    /// （三）4.保护第三方合法权益
    ThirdParty,
    /// （三）5.属于三类内部事务信息
    InternalAffairs,
    /// （三）6.属于四类过程性信息
    ProcessInformation,
    /// （三）7.属于行政执法案卷
    EnforcementFile,
    /// （三）8.属于行政查询事项
    AdministrativeQuery,
    /// （四）1.本机关不掌握相关政府信息
    NotHeld,
    /// （四）2.没有现成信息需要另行制作
    ToBeCreated,
    /// （四）3.补正后申请内容仍不明确
    StillUnclear,
    /// （五）1.信访举报投诉类申请
    Petition,
    /// （五）2.重复申请
    Repeated,
    /// （五）3.要求提供公开出版物
    Publication,
    /// （五）4.无正当理由大量反复申请
    Excessive,
    /// （五）5.要求行政机关确认或重新出具已获取信息
    Confirmation,
    /// （六）其他处理, one row (2019)
    OtherHandling,
    /// （六）1.申请人无正当理由逾期不补正… (2021)
    NotCorrected,
    /// （六）2.申请人逾期未按收费通知要求缴纳费用… (2021)
    FeeNotPaid,
    /// （六）3.其他 (2021)
    OtherOutcome,
    /// （七）总计
    Handled,
    /// 四、结转下年度继续办理
    CarriedOut,
    /// The one row of 表四, which has no label.
    ReviewAndLitigation,
}

/// Labels that head several rows of 表三.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// 三、本年度办理结果
    Outcomes,
    /// （三）不予公开
    Withheld,
    /// （四）无法提供
    Unavailable,
    /// （五）不予处理
    Declined,
    /// （六）其他处理, where it has sub-rows (2021)
    OtherHandling,
}

/// Every column of the three tables in any edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 本年新制作数量 (2019)
    NewlyMade,
    /// 本年新公开数量 (2019)
    NewlyPublished,
    /// 对外公开总数量 (2019)
    PublishedInAll,
    /// 本年制发件数 (2021)
    Issued,
    /// 本年废止件数 (2021)
    Repealed,
    /// 现行有效件数 (2021)
    InForce,
    /// 上一年项目数量 (2019)
    ItemsLastYear,
    /// 本年增/减 (2019), the only signed column
    ItemChange,
    /// 处理决定数量 (2019), 本年处理决定数量 (2021)
    Decisions,
    /// 本年收费金额（单位：万元） (2021), decimal
    FeeAmount,
    /// 采购项目数量 (2019)
    ProcurementItems,
    /// 采购总金额 (2019), decimal
    ProcurementAmount,
    /// 自然人
    NaturalPersons,
    /// 商业企业
    Businesses,
    /// 科研机构
    ResearchBodies,
    /// 社会公益组织
    PublicInterestBodies,
    /// 法律服务机构
    LegalServices,
    /// 其他, among 法人或其他组织
    OtherOrganisations,
    /// 总计 of 表三
    AllApplicants,
    /// 行政复议
    Review(Outcome),
    /// 行政诉讼 › 未经复议直接起诉
    DirectSuit(Outcome),
    /// 行政诉讼 › 复议后起诉
    SuitAfterReview(Outcome),
}

/// The five columns of each group of 表四.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// 结果维持
    Upheld,
    /// 结果纠正
    Corrected,
    /// 其他结果
    Other,
    /// 尚未审结
    Pending,
    /// 总计
    Total,
}

/// Headers that are over several columns, or over the column of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Header {
    /// 信息内容
    Content,
    /// （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
    BalanceNote,
    /// 申请人情况
    Applicants,
    /// 法人或其他组织
    Organisations,
    /// 行政复议
    Review,
    /// 行政诉讼
    Litigation,
    /// 未经复议直接起诉
    DirectSuit,
    /// 复议后起诉
    SuitAfterReview,
}

/// The kind of figure in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A whole number, not negative.
    Count,
    /// A whole number with a sign.
    Change,
    /// An amount of money in 万元 (ten thousand yuan), at most four decimals.
    Amount,
}

impl Column {
    /// The kind of its figures.
    pub fn quantity(self) -> Quantity {
        match self {
            Column::ItemChange => Quantity::Change,
            Column::FeeAmount | Column::ProcurementAmount => Quantity::Amount,
            _ => Quantity::Count,
        }
    }

    /// Its header as the format prints it.
    pub fn name(self) -> &'static str {
        match self {
            Column::NewlyMade => "本年新制作数量",
            Column::NewlyPublished => "本年新公开数量",
            Column::PublishedInAll => "对外公开总数量",
            Column::Issued => "本年制发件数",
            Column::Repealed => "本年废止件数",
            Column::InForce => "现行有效件数",
            Column::ItemsLastYear => "上一年项目数量",
            Column::ItemChange => "本年增/减",
            Column::Decisions => "处理决定数量",
            Column::FeeAmount => "本年收费金额",
            Column::ProcurementItems => "采购项目数量",
            Column::ProcurementAmount => "采购总金额",
            Column::NaturalPersons => "自然人",
            Column::Businesses => "商业企业",
            Column::ResearchBodies => "科研机构",
            Column::PublicInterestBodies => "社会公益组织",
            Column::LegalServices => "法律服务机构",
            Column::OtherOrganisations => "其他",
            Column::AllApplicants => "总计",
            Column::Review(outcome) | Column::DirectSuit(outcome) | Column::SuitAfterReview(outcome) => outcome.name(),
        }
    }

    /// Its header as `edition` prints it.
    pub fn name_in(self, edition: Edition) -> &'static str {
        match (self, edition) {
            (Column::Decisions, Edition::F2021) => "本年处理决定数量",
            _ => self.name(),
        }
    }

    /// Its header preceded by those above it in 表四, where each header appears three times: `行政诉讼（复议后起诉）结果维持`.
    pub fn full_name(self) -> Cow<'static, str> {
        let headers = match self {
            Column::Review(_) | Column::DirectSuit(_) | Column::SuitAfterReview(_) => self.headers(),
            _ => &[],
        };
        match headers {
            [outer, inner] => format!("{}（{}）{}", outer.name(), inner.name(), self.name()).into(),
            [outer] => format!("{}{}", outer.name(), self.name()).into(),
            _ => self.name().into(),
        }
    }

    /// The headers above it, outermost first: `行政诉讼`, `复议后起诉` for the last five of 表四.
    pub fn headers(self) -> &'static [Header] {
        match self {
            Column::NaturalPersons => &[Header::Applicants],
            Column::Businesses
            | Column::ResearchBodies
            | Column::PublicInterestBodies
            | Column::LegalServices
            | Column::OtherOrganisations => &[Header::Applicants, Header::Organisations],
            Column::Review(_) => &[Header::Review],
            Column::DirectSuit(_) => &[Header::Litigation, Header::DirectSuit],
            Column::SuitAfterReview(_) => &[Header::Litigation, Header::SuitAfterReview],
            _ => &[],
        }
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        match self {
            Column::NewlyMade => "newly made this year",
            Column::NewlyPublished => "newly published this year",
            Column::PublishedInAll => "published in all",
            Column::Issued => "issued this year",
            Column::Repealed => "repealed this year",
            Column::InForce => "in force",
            Column::ItemsLastYear => "items last year",
            Column::ItemChange => "change this year",
            Column::Decisions => "decisions",
            Column::FeeAmount => "fees charged",
            Column::ProcurementItems => "procurement items",
            Column::ProcurementAmount => "procurement amount",
            Column::NaturalPersons => "natural persons",
            Column::Businesses => "businesses",
            Column::ResearchBodies => "research bodies",
            Column::PublicInterestBodies => "public-interest bodies",
            Column::LegalServices => "legal services",
            Column::OtherOrganisations => "other organisations",
            Column::AllApplicants => "total",
            Column::Review(outcome) | Column::DirectSuit(outcome) | Column::SuitAfterReview(outcome) => {
                outcome.english()
            }
        }
    }
}

impl Outcome {
    /// The five, in the order of the columns.
    pub const ALL: [Outcome; 5] =
        [Outcome::Upheld, Outcome::Corrected, Outcome::Other, Outcome::Pending, Outcome::Total];

    /// Its header.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Upheld => "结果维持",
            Outcome::Corrected => "结果纠正",
            Outcome::Other => "其他结果",
            Outcome::Pending => "尚未审结",
            Outcome::Total => "总计",
        }
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        match self {
            Outcome::Upheld => "upheld",
            Outcome::Corrected => "corrected",
            Outcome::Other => "other result",
            Outcome::Pending => "pending",
            Outcome::Total => "total",
        }
    }
}

impl Header {
    /// As the format prints it.
    pub fn name(self) -> &'static str {
        match self {
            Header::Content => "信息内容",
            Header::BalanceNote => "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            Header::Applicants => "申请人情况",
            Header::Organisations => "法人或其他组织",
            Header::Review => "行政复议",
            Header::Litigation => "行政诉讼",
            Header::DirectSuit => "未经复议直接起诉",
            Header::SuitAfterReview => "复议后起诉",
        }
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        match self {
            Header::Content => "content",
            Header::BalanceNote => "balance note",
            Header::Applicants => "applicants",
            Header::Organisations => "legal persons and other organisations",
            Header::Review => "administrative review",
            Header::Litigation => "administrative litigation",
            Header::DirectSuit => "suit without review",
            Header::SuitAfterReview => "suit after review",
        }
    }
}

impl Group {
    /// As the format prints it.
    pub fn name(self) -> &'static str {
        match self {
            Group::Outcomes => "三、本年度办理结果",
            Group::Withheld => "（三）不予公开",
            Group::Unavailable => "（四）无法提供",
            Group::Declined => "（五）不予处理",
            Group::OtherHandling => "（六）其他处理",
        }
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        match self {
            Group::Outcomes => "3. Outcomes this year",
            Group::Withheld => "(3) Withheld",
            Group::Unavailable => "(4) Unavailable",
            Group::Declined => "(5) Not processed",
            Group::OtherHandling => "(6) Other handling",
        }
    }
}

impl Row {
    /// Its label in the newest edition that has it; the empty string for the unlabelled row of 表四.
    pub fn name(self) -> &'static str {
        formats::label_of(self)
    }

    /// Which table it belongs to.
    pub fn table(self) -> TableKind {
        if self < Row::Received {
            TableKind::Disclosure
        } else if self == Row::ReviewAndLitigation {
            TableKind::Review
        } else {
            TableKind::Applications
        }
    }

    /// The groups it is under, outermost first.
    pub fn groups(self) -> &'static [Group] {
        use Row::*;
        match self {
            Granted | PartlyGranted | OtherHandling | Handled => &[Group::Outcomes],
            StateSecret | ForbiddenByLaw | SafetyAndStability | ThirdParty | InternalAffairs | ProcessInformation
            | EnforcementFile | AdministrativeQuery => &[Group::Outcomes, Group::Withheld],
            NotHeld | ToBeCreated | StillUnclear => &[Group::Outcomes, Group::Unavailable],
            Petition | Repeated | Publication | Excessive | Confirmation => &[Group::Outcomes, Group::Declined],
            NotCorrected | FeeNotPaid | OtherOutcome => &[Group::Outcomes, Group::OtherHandling],
            _ => &[],
        }
    }

    /// Whether its label heads several rows in `edition`, as that of （六）其他处理 does since 2021.
    pub fn heads_rows_of(self, edition: Edition) -> bool {
        self == Row::OtherHandling && edition == Edition::F2021
    }

    /// The item of Article 20 whose figures it contains.
    pub fn item(self) -> Option<Item> {
        Item::new(match self {
            Row::Rules | Row::NormativeDocuments => 1,
            Row::Licences | Row::OtherServices => 5,
            Row::Penalties | Row::Coercion => 6,
            Row::Fees => 8,
            Row::Procurement => 9,
            _ => return None,
        })
    }

    /// Whether it is one of the outcomes that （七）总计 adds up.
    pub fn is_outcome(self) -> bool {
        Row::Granted <= self && self <= Row::OtherOutcome
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        use Row::*;
        match self {
            Rules => "Rules",
            NormativeDocuments => "Normative documents",
            Licences => "Administrative licences",
            OtherServices => "Other management and service items",
            Penalties => "Administrative penalties",
            Coercion => "Administrative coercion",
            Fees => "Administrative fees",
            Procurement => "Centralised procurement",
            Received => "1. Applications received this year",
            CarriedIn => "2. Applications carried over from last year",
            Granted => "(1) Granted",
            PartlyGranted => "(2) Partly granted",
            StateSecret => "(3) 1. State secret",
            ForbiddenByLaw => "(3) 2. Forbidden by law",
            SafetyAndStability => "(3) 3. Security and stability",
            ThirdParty => "(3) 4. Third-party rights",
            InternalAffairs => "(3) 5. Internal affairs",
            ProcessInformation => "(3) 6. Process information",
            EnforcementFile => "(3) 7. Enforcement file",
            AdministrativeQuery => "(3) 8. Administrative query",
            NotHeld => "(4) 1. Not held",
            ToBeCreated => "(4) 2. Would have to be created",
            StillUnclear => "(4) 3. Still unclear after correction",
            Petition => "(5) 1. Petition or complaint",
            Repeated => "(5) 2. Repeated application",
            Publication => "(5) 3. Published material requested",
            Excessive => "(5) 4. Excessive applications",
            Confirmation => "(5) 5. Confirmation or re-issue requested",
            OtherHandling => "(6) Other handling",
            NotCorrected => "(6) 1. Not corrected in time",
            FeeNotPaid => "(6) 2. Fee not paid",
            OtherOutcome => "(6) 3. Other",
            Handled => "(7) Total",
            CarriedOut => "4. Carried over to next year",
            ReviewAndLitigation => "Review and litigation",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_have_another_name_in_the_newer_tables() {
        assert_eq!(Column::Decisions.name_in(Edition::F2021), "本年处理决定数量");
        assert_eq!(Column::Decisions.name_in(Edition::F2019), "处理决定数量");
        assert_eq!(Column::AllApplicants.name_in(Edition::F2021), "总计");
    }

    #[test]
    fn other_handling_heads_rows_in_the_newer_tables() {
        for row in [Row::OtherHandling, Row::Granted] {
            for edition in [Edition::F2019, Edition::F2021] {
                let due = row == Row::OtherHandling && edition == Edition::F2021;
                assert_eq!(row.heads_rows_of(edition), due, "{row:?} {edition:?}");
            }
        }
    }
}
