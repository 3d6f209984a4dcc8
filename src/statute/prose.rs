//! The words in which the prose of a report speaks of what its tables count, and which cells each such figure stands for.

use super::formats::{F2019, F2021, TableSpec};
use super::labels::key;
use super::{CellRef, Column, Group, Outcome, Row, TableKind};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What a figure is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// 政府信息公开申请
    Application,
    /// 行政复议
    Review,
    /// 行政诉讼
    Litigation,
    /// 行政许可, 行政处罚, 行政强制, 规章, 行政规范性文件: a row of 表二.
    Disclosed(Row),
    /// 政府信息, published on the body's own initiative.
    Information,
    /// Something that no table counts.
    Other,
}

/// What was done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// 收到, 新收
    Receive,
    /// 受理
    Accept,
    /// 办理, 处理
    Process,
    /// 答复, 办结
    Answer,
    /// 结转
    Carry,
    /// 作出, 下达, 实施
    Decide,
    /// 制发, 印发
    Issue,
    /// 废止
    Repeal,
    /// 现行有效
    InForce,
    /// 主动公开
    Publish,
    /// 审理, 审结: what a review office or a court does
    Judge,
    /// Any other
    Other,
}

/// How an application was answered, or a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// A row of 表三.
    Row(Row),
    /// A group of rows of 表三.
    Group(Group),
    /// A result in 表四.
    Result(Outcome),
}

/// Which year, said without its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelativeYear {
    /// 上年, 去年
    Last,
    /// 今年, 本年度, 全年
    This,
    /// 下年, 明年
    Next,
}

/// Of whom a figure speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// 全市, 我区: all bodies of a region.
    Region,
    /// 各部门, 下属单位: other bodies than the one that reports.
    Members,
    /// 区政府办, 市本级: one body of a government.
    Office,
}

/// Why a figure is not held against a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// 累计, 历年, 截至
    Cumulative,
    /// 较上年, 增长
    Comparison,
    /// 将, 每年
    Plan,
    /// 约, 以上
    Approximate,
}

/// What a word of the prose is to the grammar of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// What is counted.
    Subject(Subject),
    /// 信息公开, 政务公开: says what the sentence is about; counted only in 收到信息公开9件.
    Disclosure,
    /// 依申请公开: says what the sentence is about, and is counted.
    Request,
    /// What was done.
    Act(Act),
    /// How it ended.
    Ending(Ending),
    /// 未经复议直接起诉, 复议后起诉
    Suit {
        /// Whether review came first.
        after_review: bool,
    },
    /// A year.
    Year(RelativeYear),
    /// Of whom.
    Scope(Scope),
    /// A reason for silence.
    Guard(Guard),
    /// 网上, 书面: one way of several.
    Channel,
    /// 公民, 法人: who applies.
    Applicant,
    /// 其中, 包括: parts follow.
    Parts {
        /// Whether the parts are all there are: 分别为, 分为.
        all: bool,
    },
    /// 分别
    Respectively,
    /// 等
    AndSoOn,
    /// 和, 及
    And,
    /// 未, 没有, 无; with the act that the same word says.
    None(Option<Act>),
    /// 全部, 均
    All,
    /// 按时, 期限内
    OnTime,
    /// 其余, 到期: some of them only
    Some,
    /// 占
    Share,
    /// 办结率
    Rate,
    /// A word that changes nothing.
    Neutral,
    /// A word that holds others and is none of them: 规章制度.
    Word,
}

/// Words by term. Of two that start alike the longer one counts.
const WORDS: &[(Term, &[&str])] = &[
    (Term::Subject(Subject::Application), &["申请", "申请件", "申请量", "申请数", "申请数量", "申请件数"]),
    (Term::Request, &["公开申请", "依申请公开", "依申请公开件", "依申请件", "依申请", "依申请公开申请"]),
    (
        Term::Disclosure,
        &["政府信息公开", "信息公开", "政务公开", "政务信息公开", "公开工作", "信息公开工作", "政务信息公开工作"],
    ),
    (Term::Disclosure, &["政府信息公开工作", "政府信息公开答复", "信息公开答复", "政府信息公开事项"]),
    (Term::Subject(Subject::Review), &["行政复议", "复议", "行政复议案件", "行政复议申请", "复议案件", "复议申请"]),
    (
        Term::Subject(Subject::Litigation),
        &["行政诉讼", "诉讼", "行政诉讼案件", "诉讼案件", "行政诉", "行政应诉", "行政应诉案件"],
    ),
    (Term::Subject(Subject::Disclosed(Row::Licences)), &["行政许可"]),
    (Term::Subject(Subject::Disclosed(Row::Penalties)), &["行政处罚"]),
    (Term::Subject(Subject::Disclosed(Row::Coercion)), &["行政强制"]),
    (Term::Subject(Subject::Disclosed(Row::Rules)), &["规章", "政府规章", "部门规章"]),
    (Term::Subject(Subject::Disclosed(Row::NormativeDocuments)), &["行政规范性文件", "规范性文件"]),
    (Term::Subject(Subject::Information), &["信息", "政府信息", "政务信息", "各类信息", "各类政府信息"]),
    (
        Term::Word,
        &[
            "规章制度",
            "法规规章",
            "党内规范性文件",
            "党组规范性文件",
            "党委规范性文件",
            "行政强制措施",
            "行政强制执行",
            "行政许可法",
            "行政处罚法",
            "行政强制法",
            "行政复议法",
            "行政诉讼法",
            "复议机关",
            "行政复议机关",
            "行政复议决定",
            "行政复议决定书",
            "诉讼请求",
            "信息公开条例",
            "政府信息公开条例",
            "政府信息公开指南",
            "信息公开指南",
            "信息公开目录",
            "政府信息公开目录",
            "信息公开平台",
            "政府信息公开平台",
            "信息公开专栏",
            "政府信息公开专栏",
            "信息化",
            "信息处理费",
            "政府信息公开信息处理费",
            "逾期",
            "无法",
            "无关",
            "无障碍",
            "无偿",
            "无误",
            "无需",
            "无论",
            "无纸化",
            "无证",
            "无正当理由",
            "有无",
            "较好",
            "较多",
            "较为",
            "较大",
            "较高",
            "较少",
            "较低",
            "较小",
            "较强",
            "较快",
            "较真",
            "现将",
            "每件",
            "逐件",
            "平均",
            "等级",
            "等次",
            "同等",
            "对等",
            "平等",
            "公示栏",
            "公开栏",
            "公开日",
            "公开区",
        ],
    ),
    (Term::Act(Act::Receive), &["收到", "接到", "接收", "接收到", "新收", "新收到", "共收", "本年新收"]),
    (Term::Act(Act::Accept), &["受理", "新受理", "接受"]),
    (Term::Act(Act::Process), &["办理", "处理", "接办", "承办", "依法办理"]),
    (
        Term::Act(Act::Answer),
        &["答复", "办结", "回复", "办复", "办理完毕", "办理完成", "答复办结", "办结答复", "办理答复", "答复完毕"],
    ),
    (Term::Act(Act::Carry), &["结转"]),
    (Term::Act(Act::Decide), &["作出", "做出", "下达", "实施", "准予", "处理决定"]),
    (Term::Act(Act::Issue), &["制发", "制定", "印发", "出台", "新制发", "制定出台", "制发出台", "制定印发", "新制定"]),
    (Term::Act(Act::Repeal), &["废止"]),
    (Term::Act(Act::InForce), &["现行有效"]),
    (Term::Act(Act::Publish), &["主动公开", "发布主动公开", "主动公开发布"]),
    (
        Term::Act(Act::Other),
        &[
            "公开",
            "发布",
            "公示",
            "公布",
            "更新",
            "推送",
            "刊登",
            "刊发",
            "上传",
            "转载",
            "公开发布",
            "主动发布",
            "发布公开",
            "公开公示",
            "录入",
            "归集",
            "报送",
        ],
    ),
    (Term::Act(Act::Judge), &["审理", "审结", "代理", "化解", "调解", "裁决"]),
    (
        Term::Act(Act::Other),
        &[
            "立案", "查处", "移送", "撤销", "注销", "延续", "变更", "换发", "审核", "清理", "备案", "审查", "送达",
            "开展", "举办", "组织", "召开", "补正", "转办", "移交", "驳回", "撤回", "解读", "投诉", "举报", "修订",
            "修改", "失效", "保留", "收费", "收取",
        ],
    ),
    (Term::Ending(Ending::Row(Row::Granted)), &["予以公开"]),
    (Term::Ending(Ending::Row(Row::PartlyGranted)), &["部分公开", "予以部分公开"]),
    (Term::Ending(Ending::Group(Group::Withheld)), &["不予公开"]),
    (Term::Ending(Ending::Group(Group::Unavailable)), &["无法提供"]),
    (Term::Ending(Ending::Group(Group::Declined)), &["不予处理"]),
    (Term::Ending(Ending::Group(Group::OtherHandling)), &["其他处理"]),
    (Term::Ending(Ending::Result(Outcome::Upheld)), &["维持", "结果维持", "被维持", "予以维持"]),
    (Term::Ending(Ending::Result(Outcome::Corrected)), &["纠正", "结果纠正", "被纠正", "予以纠正"]),
    (Term::Ending(Ending::Result(Outcome::Other)), &["其他结果"]),
    (Term::Ending(Ending::Result(Outcome::Pending)), &["尚未审结", "未审结"]),
    (
        Term::Suit { after_review: false },
        &["未经复议直接起诉", "未经复议直接提起", "未经复议起诉", "直接起诉", "未经行政复议直接起诉"],
    ),
    (
        Term::Suit { after_review: true },
        &["复议后起诉", "复议后提起", "经复议后起诉", "经复议后提起", "行政复议后起诉"],
    ),
    (Term::Year(RelativeYear::Last), &["上年", "上年度", "上一年", "上一年度", "去年", "往年", "前一年"]),
    (
        Term::Year(RelativeYear::This),
        &[
            "今年",
            "本年",
            "本年度",
            "全年",
            "年内",
            "当年",
            "年度内",
            "一年来",
            "今年以来",
            "今年来",
            "本年以来",
            "一年以来",
            "报告期内",
        ],
    ),
    (
        Term::Year(RelativeYear::Next),
        &["下年", "下年度", "下一年", "下一年度", "次年", "明年", "翌年", "来年", "下步", "下一步"],
    ),
    (
        Term::Scope(Scope::Region),
        &[
            "全市",
            "全县",
            "全区",
            "全省",
            "全州",
            "全镇",
            "全乡",
            "全街道",
            "全系统",
            "我市",
            "我县",
            "我区",
            "我省",
            "我州",
            "我镇",
            "我乡",
            "全旗",
            "我旗",
            "市区两级",
            "县乡两级",
        ],
    ),
    (
        Term::Scope(Scope::Members),
        &[
            "各部门",
            "各单位",
            "各级",
            "各区",
            "各县",
            "各乡镇",
            "各街道",
            "各镇",
            "各乡",
            "各市",
            "各区县",
            "各县区",
            "市直",
            "区直",
            "县直",
            "下属",
            "所属",
            "直属",
            "区县",
            "县区",
            "乡镇",
        ],
    ),
    (
        Term::Scope(Scope::Office),
        &[
            "区政府办",
            "市政府办",
            "县政府办",
            "区政府办公室",
            "市政府办公室",
            "县政府办公室",
            "市本级",
            "县本级",
            "区本级",
            "省本级",
            "本级",
        ],
    ),
    (
        Term::Guard(Guard::Cumulative),
        &[
            "累计",
            "历年",
            "截至",
            "截止",
            "以来",
            "期间",
            "近年",
            "近三年",
            "近五年",
            "十三五",
            "十四五",
            "历次",
            "季度",
        ],
    ),
    (Term::Guard(Guard::Cumulative), &["上半年", "下半年", "一季度", "月份", "当月"]),
    (
        Term::Guard(Guard::Comparison),
        &[
            "较",
            "同比",
            "环比",
            "相比",
            "比上年",
            "比去年",
            "比上一年",
            "比上年度",
            "增加",
            "减少",
            "增长",
            "下降",
            "上升",
            "新增",
            "增幅",
            "降幅",
            "多于",
            "少于",
        ],
    ),
    (
        Term::Guard(Guard::Plan),
        &["将", "拟", "计划", "力争", "预计", "每", "如果", "若", "目标", "逾期未", "应当", "不得", "可以", "例如"],
    ),
    (
        Term::Guard(Guard::Approximate),
        &["约", "近", "逾", "超", "超过", "不少于", "不超过", "不低于", "至少", "大约", "将近", "上百"],
    ),
    (
        Term::Channel,
        &[
            "通过",
            "网上",
            "线上",
            "线下",
            "网络",
            "现场",
            "当面",
            "当场",
            "书面",
            "信函",
            "邮寄",
            "来函",
            "传真",
            "电话",
            "邮箱",
            "邮件",
            "平台",
            "系统",
            "网站",
            "微信",
            "微博",
            "公众号",
            "窗口",
            "来局",
            "来访",
            "口头",
            "在线",
            "来信",
            "信件",
            "电子",
        ],
    ),
    (
        Term::Applicant,
        &[
            "公民",
            "自然人",
            "法人",
            "个人",
            "其他组织",
            "企业",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "律师",
            "法人或其他组织",
            "法人和其他组织",
        ],
    ),
    (Term::Parts { all: false }, &["其中", "包括", "包含", "含"]),
    (Term::Parts { all: true }, &["分别为", "分别是", "分为", "具体为", "具体包括", "具体是", "由以下"]),
    (Term::Respectively, &["分别"]),
    (Term::AndSoOn, &["等"]),
    (Term::And, &["和", "及", "与", "或", "以及", "或者"]),
    (Term::None(Some(Act::Receive)), &["未收到", "没有收到", "未接到", "没有接到", "未新收", "未收", "尚未收到"]),
    (Term::None(Some(Act::Accept)), &["未受理", "没有受理"]),
    (
        Term::None(None),
        &[
            "无",
            "没有",
            "未发生",
            "没有发生",
            "未产生",
            "没有产生",
            "未出现",
            "没有出现",
            "未因",
            "未有",
            "不存在",
            "暂无",
            "均无",
            "未被",
            "从未发生",
            "也未发生",
            "均未发生",
            "未引发",
            "未引起",
            "未",
            "尚未",
            "没",
            "并未",
        ],
    ),
    (Term::All, &["全部", "均", "均已", "全部已", "已全部", "都已", "悉数", "已均"]),
    (
        Term::OnTime,
        &[
            "按时",
            "按期",
            "及时",
            "如期",
            "期限内",
            "时限内",
            "法定期限",
            "法定期限内",
            "规定时限",
            "规定期限",
            "规定时间",
            "法定时限",
            "规定时限内",
            "规定期限内",
            "规定时间内",
            "法定时限内",
            "限时",
        ],
    ),
    (Term::Some, &["到期", "应答复", "应办结", "其余", "余下", "剩余", "部分", "多数", "大部分", "主要", "首次"]),
    (Term::Share, &["占", "占比"]),
    (Term::Rate, &["办结率"]),
    (
        Term::Neutral,
        &[
            "共",
            "共计",
            "总计",
            "合计",
            "总共",
            "计",
            "为",
            "是",
            "有",
            "达",
            "达到",
            "达到了",
            "了",
            "的",
            "数量",
            "总数",
            "总量",
            "件数",
            "数",
            "案件",
            "案",
            "事项",
            "事宜",
            "决定",
            "决定书",
            "情况",
            "情形",
            "方面",
            "各类",
            "各种",
            "已",
            "并",
            "其",
            "该",
            "依法",
            "依规",
            "依法依规",
            "按规定",
            "依法按程序",
            "政府",
            "有关",
            "相关",
            "关于",
            "涉及",
            "针对",
            "提出",
            "提交",
            "提起",
            "申请人",
            "因",
            "由",
            "被",
            "对",
            "不服",
            "引起",
            "引发",
            "产生",
            "导致",
            "而",
            "发生",
            "群众",
            "公众",
            "社会公众",
            "社会",
            "继续",
            "继续办理",
            "至",
            "到",
            "往",
            "转",
            "在",
            "中",
            "于",
            "我局",
            "我办",
            "我委",
            "我厅",
            "我单位",
            "我部门",
            "我中心",
            "我院",
            "我机关",
            "我所",
            "我队",
            "我站",
            "我街道",
            "本局",
            "本办",
            "本委",
            "本厅",
            "本单位",
            "本部门",
            "本机关",
            "本街道",
            "本中心",
            "全局",
            "全委",
            "全厅",
            "总",
            "工作",
            "日",
            "度",
        ],
    ),
];

/// The words of [`WORDS`] and the rows' own labels.
struct Lexicon {
    words: Vec<Word>,
    /// For the last bits of a first character, the first of the words that start with such a one.
    chains: [Option<u16>; CHAINS],
}

const CHAINS: usize = 1024;

struct Word {
    /// Its first two characters tell it from nearly all others.
    first: char,
    second: Option<char>,
    word: Cow<'static, str>,
    term: Term,
    /// The next word in its chain.
    next: Option<u16>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let listed = WORDS.iter().flat_map(|(term, words)| words.iter().map(|word| (Cow::Borrowed(*word), *term)));
    let mut lexicon = Lexicon { words: Vec::with_capacity(1024), chains: [None; CHAINS] };
    listed.for_each(|(word, term)| lexicon.add(word, term));
    // `属于国家秘密` and the like are said in prose as they stand in the table.
    for spec in [&F2021, &F2019].iter().map(|format| format.table(TableKind::Applications)) {
        for row in spec.rows.iter().filter(|row| row.row.groups().len() == 2) {
            let label = key(row.label);
            let label = label.trim_start_matches(|c: char| c.is_ascii_digit());
            let Some(first) = label.chars().next() else { continue };
            if label.chars().count() > 3 && !lexicon.starting_with(first).any(|known| known.word == label) {
                lexicon.add(Cow::Owned(label.to_owned()), Term::Ending(Ending::Row(row.row)));
            }
        }
    }
    lexicon
});

impl Lexicon {
    fn add(&mut self, word: Cow<'static, str>, term: Term) {
        let mut characters = word.chars();
        let (Some(first), second) = (characters.next(), characters.next()) else { return };
        let index = u16::try_from(self.words.len()).ok();
        let next = std::mem::replace(&mut self.chains[chain(first)], index);
        self.words.push(Word { first, second, word, term, next });
    }

    /// The words that may start with `first`.
    fn starting_with(&self, first: char) -> impl Iterator<Item = &Word> {
        let word = |index: Option<u16>| self.words.get(usize::from(index?));
        std::iter::successors(word(self.chains[chain(first)]), move |before| word(before.next))
    }
}

fn chain(first: char) -> usize {
    first as usize % CHAINS
}

/// The longest word that the folded text starts with: how many characters it has, and what it is. `char_at` gives the
/// characters of the text, `None` behind its end.
pub fn word_at(char_at: impl Fn(usize) -> Option<char>) -> Option<(usize, Term)> {
    let (first, second) = (char_at(0)?, char_at(1));
    let mut longest = None;
    for Word { word, term, .. } in LEXICON
        .starting_with(first)
        .filter(|word| word.first == first && (word.second.is_none() || word.second == second))
    {
        let mut length = 0;
        let fits = word.chars().enumerate().all(|(index, c)| {
            length = index + 1;
            index < 2 || char_at(index) == Some(c)
        });
        if fits && longest.is_none_or(|(known, _)| length > known) {
            longest = Some((length, *term));
        }
    }
    longest
}

/// What a figure in the prose says, where a table says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Applications received this year.
    Received,
    /// Applications accepted; some count them instead of those received.
    Accepted,
    /// Applications worked on, whatever came of it.
    Processed,
    /// Applications answered.
    Handled,
    /// Applications left from last year.
    CarriedIn,
    /// Applications left for next year.
    CarriedOut,
    /// Applications left, of whichever year.
    Carried,
    /// Applications that ended in one way.
    Ended(Ending),
    /// Cases of review.
    Review(Outcome),
    /// Cases before a court, of both kinds.
    Litigation(Outcome),
    /// Cases before a court without review.
    DirectSuit(Outcome),
    /// Cases before a court after review.
    SuitAfterReview(Outcome),
    /// Decisions in a row of 表二.
    Decisions(Row),
    /// Documents issued.
    Issued(Row),
    /// Documents repealed.
    Repealed(Row),
    /// Documents in force.
    InForce(Row),
    /// Information published on the body's own initiative; in no table.
    Published,
}

impl Fact {
    /// The table that says it.
    pub fn table(self) -> Option<TableKind> {
        Some(match self {
            Fact::Published => return None,
            Fact::Decisions(_) | Fact::Issued(_) | Fact::Repealed(_) | Fact::InForce(_) => TableKind::Disclosure,
            Fact::Review(_) | Fact::Litigation(_) | Fact::DirectSuit(_) | Fact::SuitAfterReview(_) => TableKind::Review,
            _ => TableKind::Applications,
        })
    }

    /// The cells of `spec` whose sum it is; none if that table does not say it.
    pub fn cells(self, spec: &TableSpec) -> Vec<CellRef> {
        let of_row = |row: Row, columns: &[Column]| -> Vec<CellRef> {
            let Some(index) = spec.index(row) else { return Vec::new() };
            let found = spec.rows.get(index).map_or(&[] as &[Column], |row| row.columns);
            let at = |column: &Column| {
                found.iter().position(|other| other == column).map(|column| CellRef { row: index, column })
            };
            columns.iter().filter_map(at).collect()
        };
        let total = |row| of_row(row, &[Column::AllApplicants]);
        let case = |columns: &[Column]| of_row(Row::ReviewAndLitigation, columns);
        match self {
            Fact::Received | Fact::Accepted => total(Row::Received),
            Fact::Processed | Fact::Handled => total(Row::Handled),
            Fact::CarriedIn => total(Row::CarriedIn),
            Fact::CarriedOut | Fact::Carried => total(Row::CarriedOut),
            Fact::Ended(Ending::Row(row)) => total(row),
            Fact::Ended(Ending::Group(group)) => {
                let rows = spec.rows.iter().map(|spec| spec.row);
                let cells: Vec<CellRef> =
                    rows.filter(|row| row.groups().last() == Some(&group)).flat_map(total).collect();
                if cells.is_empty() && group == Group::OtherHandling { total(Row::OtherHandling) } else { cells }
            }
            Fact::Ended(Ending::Result(_)) | Fact::Published => Vec::new(),
            Fact::Review(outcome) => case(&[Column::Review(outcome)]),
            Fact::Litigation(outcome) => case(&[Column::DirectSuit(outcome), Column::SuitAfterReview(outcome)]),
            Fact::DirectSuit(outcome) => case(&[Column::DirectSuit(outcome)]),
            Fact::SuitAfterReview(outcome) => case(&[Column::SuitAfterReview(outcome)]),
            Fact::Decisions(row) => of_row(row, &[Column::Decisions]),
            Fact::Issued(row) => of_row(row, &[Column::Issued, Column::NewlyMade]),
            Fact::Repealed(row) => of_row(row, &[Column::Repealed]),
            Fact::InForce(row) => of_row(row, &[Column::InForce]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str) -> Option<(usize, Term)> {
        let chars: Vec<char> = text.chars().collect();
        word_at(|index| chars.get(index).copied())
    }

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(term("规章制度五项"), Some((4, Term::Word)));
        assert_eq!(term("规章五件"), Some((2, Term::Subject(Subject::Disclosed(Row::Rules)))));
        assert_eq!(term("未经复议直接起诉"), Some((8, Term::Suit { after_review: false })));
        assert_eq!(term("属于国家秘密"), Some((6, Term::Ending(Ending::Row(Row::StateSecret)))));
        assert_eq!(term("云岭市"), None);
        assert_eq!(term(""), None);
    }

    #[test]
    fn every_word_is_found_by_its_first_characters() {
        for known in &LEXICON.words {
            // Nothing of what follows makes another word of it.
            let text = format!("{}甲", known.word);
            let fits = |word: &&Word| text.starts_with(&*word.word);
            let longest = LEXICON.words.iter().filter(fits).max_by_key(|word| word.word.len());
            let due = longest.map(|word| (word.word.chars().count(), word.term));
            assert_eq!(term(&text), due, "{text}");
            assert_eq!(due.map(|(length, _)| length), Some(known.word.chars().count()), "{text}");
        }
    }

    #[test]
    fn no_word_is_listed_twice() {
        let mut words: Vec<&str> = LEXICON.words.iter().map(|known| &*known.word).collect();
        words.sort();
        let twice: Vec<&[&str]> = words.windows(2).filter(|two| two[0] == two[1]).collect();
        assert_eq!(twice, Vec::<&[&str]>::new());
    }

    #[test]
    fn facts_have_their_cells_in_both_editions() {
        for format in [&F2019, &F2021] {
            let disclosure = format.table(TableKind::Disclosure);
            let applications = format.table(TableKind::Applications);
            let review = format.table(TableKind::Review);
            assert_eq!(Fact::Decisions(Row::Penalties).cells(disclosure).len(), 1);
            assert_eq!(Fact::Issued(Row::NormativeDocuments).cells(disclosure).len(), 1);
            assert_eq!(Fact::Ended(Ending::Group(Group::Withheld)).cells(applications).len(), 8);
            assert_eq!(Fact::Ended(Ending::Group(Group::Declined)).cells(applications).len(), 5);
            assert!(!Fact::Ended(Ending::Group(Group::OtherHandling)).cells(applications).is_empty());
            assert_eq!(Fact::Litigation(Outcome::Total).cells(review).len(), 2);
        }
    }
}
