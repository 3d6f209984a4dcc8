//! The facts that the prose of a report can state: the terms of its sentences, and the cells of each fact.
//!
//! The words of each term are in `lexicon`.

use super::formats::TableSpec;
pub use super::lexicon::word_at;
use super::{CellRef, Column, Group, Outcome, Row, TableKind};

/// The counted thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// 政府信息公开申请
    Application,
    /// 行政复议
    Review,
    /// 行政诉讼
    Litigation,
    /// Reviews and litigation in one figure.
    Cases,
    /// 行政许可, 行政处罚, 行政强制, 规章, 行政规范性文件: a row of 表二.
    Disclosed(Row),
    /// 行政事业性收费, in money.
    Fee,
    /// 政府信息, published on the body's own initiative.
    Information,
    /// A thing that no table counts: letters, proposals, calls, business of other kinds.
    Other,
}

/// The act.
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
    /// 尚在办理, 未办结
    Remain,
    /// 继续办理, 待: continues, in the named year
    Continue,
    /// 应办: received or carried over from last year
    Due,
    /// 作出, 下达, 实施
    Decide,
    /// 制发, 印发
    Issue,
    /// 发布, 公布: of documents, issued
    Announce,
    /// 废止
    Repeal,
    /// 现行有效
    InForce,
    /// 主动公开
    Publish,
    /// 公开
    Open,
    /// 审理, 审结: what a review office or a court does
    Check,
    /// 结案: what they do, and of an application that it was answered
    Close,
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
    /// A row of 表三 as the reason of the kind it belongs to: 因本机关不掌握无法提供. The figure may be that of either.
    Because(Row),
    /// Some of a row of 表三, or of its group: 信息不存在, 不属于本机关公开. The figure is at most that.
    Among(Row),
    /// 予以公开 and 部分公开 in one figure.
    Disclosed,
    /// A result in 表四.
    Result(Outcome),
    /// 撤回: of a review another result; an application has no row of its own for it.
    Withdrawn,
    /// 未结: of a case that it is pending, of an application that it is carried over.
    Unsettled,
}

impl Ending {
    /// Whether applications end so; else cases do.
    pub fn is_of_applications(self) -> bool {
        !matches!(self, Ending::Result(_) | Ending::Withdrawn | Ending::Unsettled)
    }
}

/// A year named without its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelativeYear {
    /// 上年, 去年
    Last,
    /// 今年, 本年度, 全年
    This,
    /// 下年, 明年
    Next,
}

/// The bodies that a figure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureScope {
    /// 全市, 我区: all bodies of a region.
    Region,
    /// 各部门, 下属单位: other bodies than the reporting one.
    Members,
    /// 区政府办, 市本级: one body of a government.
    Office,
}

/// Why a figure is not compared with a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// 历年, 截至
    Cumulative,
    /// 目前
    Now,
    /// 累计, without a year
    Running,
    /// 较上年, 增长
    Comparison,
    /// 将, 每年
    Plan,
    /// 约, 以上
    Approximate,
}

/// The role of a word in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// The counted thing.
    Subject(Subject),
    /// 行政复议申请: reviews, named by what comes to the body that decides them.
    ReviewApplication,
    /// 信息公开, 政务公开: the topic of the sentence; counted only in 收到信息公开9件.
    Disclosure,
    /// 依申请公开: applications, whether or not the word 申请 follows.
    Request,
    /// 案件: cases of the current subject.
    Case,
    /// The act.
    Act(Act),
    /// The outcome.
    Ending(Ending),
    /// 未经复议直接起诉, 复议后起诉
    Suit {
        /// Whether review came first.
        after_review: bool,
    },
    /// A year.
    Year(RelativeYear),
    /// 年底
    YearEnd,
    /// 年初
    YearStart,
    /// 除: the following words up to 外 are an exception to 全部.
    Except,
    /// 截至: up to the following date.
    AsOf,
    /// 累计: over several years, unless the sentence names the year.
    Running,
    /// The covered bodies.
    Scope(FigureScope),
    /// A reason not to compare the figure.
    Guard(Guard),
    /// 网上, 书面: one way of several.
    Channel,
    /// 公民, 法人: the applicants.
    Applicant,
    /// 其中, 包括: parts follow.
    Parts {
        /// Whether the list of parts is complete: 分别为, 分为.
        all: bool,
    },
    /// 在主动公开的信息中: parts of the named thing follow.
    Inside,
    /// 分别
    Respectively,
    /// 等
    AndSoOn,
    /// 和, 及
    And,
    /// 转入, 延期至: carried over to the following year
    CarryTo,
    /// 新增: received, of applications; else more than before
    Added,
    /// 引起, 引发: the words before it are the cause of those after it
    Cause,
    /// 行政处罚决定: decisions in a row of 表二.
    Decision(Row),
    /// 共
    Total,
    /// 类, at the end of a name
    Kind,
    /// 后, after an act: when it was, and not what was done with the figure that follows: 答复后被复议5件
    After,
    /// 名义: of bodies, in whose name something was issued
    InName,
    /// 合计, 总计: a total, of the figures before it unless the text says otherwise
    Sum,
    /// 从, 按: with 看 or 分, a way to divide the counted thing
    From,
    /// 看, 分
    Seen,
    /// 至, 到: the following year is the one carried over to
    To,
    /// 未, 没有, 无; with the act in the same word.
    None(Option<Act>),
    /// 全部, 均
    All,
    /// 所有, 上述: all of the named thing.
    Whole,
    /// 按时, 期限内
    OnTime,
    /// 部分, 主要: some of them only
    Some,
    /// 前三位: the largest of them only
    Foremost,
    /// 且: something more of the same things
    Moreover,
    /// 方式: after words that say how
    Way,
    /// 向: before the body to which something is submitted
    Toward,
    /// 提出, 提交
    Submit,
    /// 到期: the reason why a document was repealed; of other things, only some of them
    Expired,
    /// 其余, 其他: the remainder after the other parts
    Rest,
    /// 占
    Share,
    /// 办结率
    Rate,
    /// 败诉, 不规范: a kind of the named thing that no table counts
    Fault,
    /// 涉及, 关于: narrows the named thing
    Relation,
    /// 数量, 总数: the number follows
    Quantity,
    /// 计划, 目标: an intention, before an act; else a name for papers
    Scheme,
    /// 类别, 如下: a colon opens a list
    Kinds,
    /// 结果为: outcomes of applications follow
    Outcomes,
    /// 答复结果: a colon opens a list, which need not be whole
    Results,
    /// 局: ends the name of a body.
    Organ,
    /// 本机关, 我局: the body that reports.
    Own,
    /// 不属于: with what follows, what that body has nothing to do with: 不属于本机关掌握
    NotOf,
    /// 掌握, 负责公开: what a body has to do with information
    Holding,
    /// A word that changes nothing.
    Neutral,
    /// A word that contains another but does not mean it: 规章制度.
    Word,
}

/// A fact that a figure in the prose states and a table has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Applications received this year.
    Received,
    /// Applications accepted; some count them instead of those received.
    Accepted,
    /// Applications received and answered, in one figure.
    ReceivedAndAnswered,
    /// Applications received this year and left from last year, together.
    InHand,
    /// Applications processed, whatever the result.
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
    /// Cases of review and before a court together.
    Cases(Outcome),
    /// Decisions in a row of 表二.
    Decisions(Row),
    /// Documents issued.
    Issued(Row),
    /// Documents repealed.
    Repealed(Row),
    /// Documents in force.
    InForce(Row),
    /// 行政事业性收费, in money.
    Fee,
    /// Applications that were withdrawn; in no row of their own.
    Withdrawn,
    /// Information published on the body's own initiative; in no table.
    Published,
}

impl Fact {
    /// The table that has it.
    pub fn table(self) -> Option<TableKind> {
        Some(match self {
            Fact::Published | Fact::Withdrawn => return None,
            Fact::Decisions(_) | Fact::Issued(_) | Fact::Repealed(_) | Fact::InForce(_) | Fact::Fee => {
                TableKind::Disclosure
            }
            Fact::Review(_) | Fact::Litigation(_) | Fact::DirectSuit(_) | Fact::SuitAfterReview(_) | Fact::Cases(_) => {
                TableKind::Review
            }
            _ => TableKind::Applications,
        })
    }

    /// The cells of `spec` whose sum it is; empty if that table does not have it.
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
            Fact::Received | Fact::Accepted | Fact::ReceivedAndAnswered => total(Row::Received),
            Fact::InHand => [total(Row::Received), total(Row::CarriedIn)].concat(),
            Fact::Processed | Fact::Handled => total(Row::Handled),
            Fact::CarriedIn => total(Row::CarriedIn),
            Fact::CarriedOut | Fact::Carried => total(Row::CarriedOut),
            Fact::Ended(Ending::Row(row) | Ending::Because(row) | Ending::Among(row)) => total(row),
            Fact::Ended(Ending::Disclosed) => [total(Row::Granted), total(Row::PartlyGranted)].concat(),
            Fact::Ended(Ending::Group(group)) => {
                let rows = spec.rows.iter().map(|spec| spec.row);
                let cells: Vec<CellRef> =
                    rows.filter(|row| row.groups().last() == Some(&group)).flat_map(total).collect();
                if cells.is_empty() && group == Group::OtherHandling { total(Row::OtherHandling) } else { cells }
            }
            Fact::Ended(Ending::Result(_) | Ending::Withdrawn | Ending::Unsettled)
            | Fact::Published
            | Fact::Withdrawn => Vec::new(),
            Fact::Review(outcome) => case(&[Column::Review(outcome)]),
            Fact::Litigation(outcome) => case(&[Column::DirectSuit(outcome), Column::SuitAfterReview(outcome)]),
            Fact::Cases(outcome) => {
                case(&[Column::Review(outcome), Column::DirectSuit(outcome), Column::SuitAfterReview(outcome)])
            }
            Fact::DirectSuit(outcome) => case(&[Column::DirectSuit(outcome)]),
            Fact::SuitAfterReview(outcome) => case(&[Column::SuitAfterReview(outcome)]),
            Fact::Decisions(row) => of_row(row, &[Column::Decisions]),
            Fact::Issued(row) => of_row(row, &[Column::Issued, Column::NewlyMade]),
            Fact::Repealed(row) => of_row(row, &[Column::Repealed]),
            Fact::InForce(row) => of_row(row, &[Column::InForce]),
            Fact::Fee => of_row(Row::Fees, &[Column::FeeAmount]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::formats::{F2019, F2021};
    use super::*;

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
