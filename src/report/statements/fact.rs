//! Which figure of the tables a statement is, if it is one: what the slots of its clause say, and what was said before.

use super::clause::{Head, Naming, Slots};
use super::{Measure, StatedYear, SubjectSource};
use crate::statute::prose::{Act, Ending, Fact, Subject};
use crate::statute::{Group, Outcome, Row, TableKind};

/// The last kind of outcome in the table that has a name of its own.
const DECLINED: Fact = Fact::Ended(Ending::Group(Group::Declined));

/// What was said before a figure.
pub(super) struct Given {
    /// The current subject of the passage, and of the sentence.
    pub(super) topic: Option<Subject>,
    pub(super) sentence: Option<Subject>,
    pub(super) suit: Option<bool>,
    pub(super) year: Option<StatedYear>,
    /// Whether the sentence counts what else the body has to do with.
    pub(super) business: bool,
    /// Whether disclosure was named.
    pub(super) disclosure: bool,
    /// Whether the sentence says how many were received and how many were left from last year.
    pub(super) in_hand: bool,
    /// What the clause before, which has no figure, says was done with applications.
    pub(super) act: Option<Act>,
    /// Whether the sentence says how many were left from last year.
    pub(super) carried_in: bool,
    /// Whether the figure is in a list of applications.
    pub(super) outcomes: bool,
    /// What the figure of whose parts it is one is a number of, and what a table says of that.
    pub(super) listed: Option<Subject>,
    pub(super) listed_fact: Option<Fact>,
    /// Whether a table says anything of that, even where it is right before a bracket.
    pub(super) listed_counted: bool,
    /// What was done with that.
    pub(super) listed_act: Option<Act>,
    /// Whether that is a figure of documents that a table has.
    pub(super) listed_document: bool,
    /// What was done with what the figure before in the sentence counts.
    pub(super) act_before: Option<Act>,
    /// What a table says of the figure before in the sentence.
    pub(super) before: Option<Fact>,
    pub(super) measure: Option<Measure>,
}

/// What a figure was found to be.
#[derive(Default)]
pub(super) struct Found {
    pub(super) subject: Option<Subject>,
    pub(super) act: Option<Act>,
    pub(super) fact: Option<Fact>,
    pub(super) known: SubjectSource,
}

/// What the figure is a number of.
pub(super) fn fact(slots: &Slots, given: &Given) -> Found {
    let spoken = given.sentence.or(given.topic);
    let carried = slots.subject.is_none();
    let subject = match (slots.head, slots.subject) {
        // 废止《…办法》1件
        (Head::Unknown, None) if slots.named == Some('”') && matches!(slots.act, Some(Act::Issue | Act::Repeal)) => {
            spoken.filter(|spoken| *spoken == Subject::Disclosed(Row::NormativeDocuments))
        }
        (Head::Unknown, None) => Some(Subject::Other),
        (Head::Suit, _) => Some(Subject::Litigation),
        (Head::Unknown, subject) => subject.map(|_| Subject::Other),
        (_, Some(Subject::Cases)) if slots.both => Some(Subject::Cases),
        // 相关案件74件: of the current subject.
        (_, Some(Subject::Cases)) => match spoken {
            Some(Subject::Review | Subject::Litigation | Subject::Cases) if slots.disclosure || given.disclosure => {
                spoken
            }
            _ => Some(Subject::Other),
        },
        (_, Some(subject)) => Some(subject),
        (Head::Nothing, None) => None,
        (_, None) => inherited(slots, given),
    };
    let mut found = Found {
        subject,
        act: slots.act,
        fact: None,
        known: if carried { SubjectSource::Carried } else { SubjectSource::Said },
    };
    // 印发2个规范性文件
    let of_documents = given.measure == Some(Measure::Other('个'))
        && matches!(subject, Some(Subject::Disclosed(row)) if is_document(row));
    if countable(given.measure) || subject == Some(Subject::Fee) || of_documents {
        found.fact = match subject {
            Some(Subject::Application) => application(slots, given),
            Some(subject @ (Subject::Review | Subject::Litigation | Subject::Cases)) => case(subject, slots, given),
            Some(Subject::Disclosed(row)) if is_document(row) => document(row, slots, given),
            Some(Subject::Disclosed(row)) => decision(row, slots, given),
            Some(Subject::Fee) => fee(slots, given),
            Some(Subject::Information) => {
                let plain = slots.act == Some(Act::Publish)
                    && !slots.added
                    && !slots.unknown
                    && !slots.restricted
                    && slots.ending.is_none()
                    && !slots.next_year;
                plain.then_some(Fact::Published)
            }
            // 不予处理5件，其他1件: the kind that the table has last.
            None if slots.head == Head::Nothing && slots.rest && given.before == Some(DECLINED) => {
                Some(Fact::Ended(Ending::Group(Group::OtherHandling)))
            }
            // 维持8件，纠正3件，其他2件
            None if slots.head == Head::Nothing && slots.rest && given.before.and_then(other_result).is_some() => {
                given.before.and_then(other_result)
            }
            // 办理14件，本年度12件、上年2件
            None if slots.head == Head::Nothing
                && is_of_all(given.listed_fact.or(given.before))
                && is_this_year(slots) =>
            {
                Some(Fact::Received)
            }
            None if slots.head == Head::Nothing && is_of_all(given.listed_fact) && slots.last_year => {
                Some(Fact::CarriedIn)
            }
            None if slots.head == Head::Nothing && slots.total && given.in_hand => Some(Fact::InHand),
            None if slots.head == Head::Nothing && slots.total && given.act == Some(Act::Receive) => {
                Some(Fact::Received)
            }
            None if slots.head == Head::Nothing && slots.total && given.act == Some(Act::Accept) => {
                Some(Fact::Accepted)
            }
            _ => None,
        };
    }
    // Of cases that others decide, the results are theirs too.
    let case = matches!(subject, Some(Subject::Review | Subject::Litigation | Subject::Cases));
    if case && found.fact.is_none() && found.act.is_some() {
        found.subject = Some(Subject::Other);
    }
    let is_case = |fact: Fact| fact.table() == Some(TableKind::Review);
    if found.subject.is_none() && found.fact.is_some_and(is_case) {
        found.subject = given.sentence;
    }
    if matches!(found.fact, Some(Fact::InHand | Fact::Received | Fact::Accepted | Fact::CarriedIn | Fact::Ended(_)))
        && found.subject.is_none()
    {
        found.subject = Some(Subject::Application);
    }
    found
}

/// Whether things are counted with such a word; 人次 and 万元 count others.
fn countable(measure: Option<Measure>) -> bool {
    !matches!(
        measure,
        Some(Measure::Percent | Measure::Yuan | Measure::TenThousandYuan)
            | Some(Measure::Other(
                '\0' | '人'
                    | '名'
                    | '页'
                    | '类'
                    | '种'
                    | '天'
                    | '倍'
                    | '处'
                    | '家'
                    | '户'
                    | '个'
                    | '篇'
                    | '期'
                    | '场'
                    | '批'
                    | '位'
                    | '册'
            ))
    )
}

/// The current subject, for a clause with only an act or an outcome.
fn inherited(slots: &Slots, given: &Given) -> Option<Subject> {
    let of_application = slots.ending.is_some_and(Ending::is_of_applications);
    let of_case = slots.result().is_some() && !matches!(slots.ending, Some(Ending::Withdrawn | Ending::Unsettled));
    let Some(spoken) = given.sentence.or(given.topic) else {
        return of_application.then_some(Subject::Application);
    };
    match spoken {
        Subject::Application if of_case => None,
        Subject::Review | Subject::Litigation | Subject::Cases if of_application => Some(Subject::Application),
        // 制发3件、废止2件, 行政许可…办结
        _ => Some(spoken),
    }
}

fn application(slots: &Slots, given: &Given) -> Option<Fact> {
    let about = slots.naming != Naming::Bare
        || slots.disclosure
        || given.disclosure
        || given.topic == Some(Subject::Application);
    // Documents that are open on request, in a list of documents.
    let attribute = given.listed.is_some_and(|listed| listed != Subject::Application)
        && !matches!(slots.act, Some(Act::Receive | Act::Accept | Act::Answer | Act::Process));
    if !about || attribute {
        return None;
    }
    if let Some(ending) = slots.ending.filter(|ending| ending.is_of_applications()) {
        let given = matches!(slots.head, Head::Ending | Head::Noun | Head::Act) && !slots.unknown;
        let plain = matches!(
            slots.act,
            None | Some(Act::Answer | Act::Decide | Act::Process | Act::Open | Act::Receive | Act::Accept)
        );
        return (given && plain && !slots.restricted && !slots.expired).then_some(Fact::Ended(ending));
    }
    if slots.ending == Some(Ending::Withdrawn) {
        return Some(Fact::Withdrawn);
    }
    if slots.restricted || slots.expired || slots.unknown {
        return None;
    }
    if slots.ending == Some(Ending::Unsettled) {
        return Some(Fact::CarriedOut);
    }
    if slots.rest && !matches!(slots.act, Some(Act::Carry | Act::Remain | Act::Continue)) && !slots.next_year {
        return None;
    }
    if slots.twofold {
        // 收到并办结5件: either of the two.
        let carried =
            matches!(slots.act, Some(Act::Carry | Act::Remain | Act::Continue)) || slots.last_year || slots.next_year;
        return (!carried).then_some(Fact::ReceivedAndAnswered);
    }
    match slots.act {
        Some(Act::Carry) if slots.next_year && into_this_year(slots, given) => Some(Fact::CarriedIn),
        Some(Act::Carry) if slots.next_year => Some(Fact::CarriedOut),
        Some(Act::Carry) if slots.last_year => Some(Fact::CarriedIn),
        // 收到41件（其中上年结转3件），办结40件，结转4件
        Some(Act::Carry) if given.carried_in && slots.year.is_none() => Some(Fact::CarriedOut),
        Some(Act::Carry) => Some(Fact::Carried),
        // 2023年未办结的1件
        Some(Act::Remain | Act::Continue) if slots.last_year => Some(Fact::CarriedIn),
        Some(Act::Remain) if matches!(slots.year, Some(StatedYear::Named(_))) => Some(Fact::Carried),
        Some(Act::Remain | Act::Continue) => Some(Fact::CarriedOut),
        Some(Act::Due) => Some(Fact::InHand),
        // 下年度继续办理
        Some(Act::Process | Act::Answer) if slots.next_year => Some(Fact::CarriedOut),
        // 办理3件，其中上年受理1件
        Some(Act::Receive | Act::Accept) if slots.last_year && is_of_all(given.listed_fact) => Some(Fact::CarriedIn),
        // 上年结转的申请答复2件
        _ if slots.last_year => None,
        Some(Act::Process) => Some(Fact::Processed),
        // 办理9件，公开答复3件，不予公开2件: granted.
        Some(Act::Answer)
            if slots.answered_openly
                && (given.outcomes
                    || given.listed.is_some()
                    || matches!(given.before, Some(Fact::Handled | Fact::Processed | Fact::Ended(_)))) =>
        {
            Some(Fact::Ended(Ending::Row(Row::Granted)))
        }
        Some(Act::Answer) => Some(Fact::Handled),
        // 立案40件，结案33件: cases of another kind.
        Some(Act::Close) if given.act_before.is_none_or(is_receiving) => Some(Fact::Handled),
        Some(Act::Receive) => Some(Fact::Received),
        Some(Act::Accept) => Some(Fact::Accepted),
        // 其中公开3件
        Some(Act::Open) if given.outcomes && slots.head == Head::Act => Some(Fact::Ended(Ending::Row(Row::Granted))),
        None if slots.head == Head::Noun && slots.naming != Naming::Bare && !given.outcomes => Some(Fact::Received),
        // 申请总量52件
        None if slots.head == Head::Noun && slots.quantity && given.listed.is_none() => Some(Fact::Received),
        // 18件申请均由自然人提出; 其中上年结转6件，2024年申请55件.
        None if slots.head == Head::Noun && (slots.all || (given.carried_in && slots.year.is_some())) => {
            Some(Fact::Received)
        }
        _ => None,
    }
}

/// Whether `act` is what a body does with an application first.
pub(super) fn is_receiving(act: Act) -> bool {
    matches!(act, Act::Receive | Act::Accept)
}

/// What the others are, after a figure of cases that ended in one way.
fn other_result(fact: Fact) -> Option<Fact> {
    Some(match fact {
        Fact::Review(Outcome::Upheld | Outcome::Corrected) => Fact::Review(Outcome::Other),
        Fact::Litigation(Outcome::Upheld | Outcome::Corrected) => Fact::Litigation(Outcome::Other),
        Fact::DirectSuit(Outcome::Upheld | Outcome::Corrected) => Fact::DirectSuit(Outcome::Other),
        Fact::SuitAfterReview(Outcome::Upheld | Outcome::Corrected) => Fact::SuitAfterReview(Outcome::Other),
        _ => return None,
    })
}

/// Whether a figure counts the applications of this year and those left from last year.
pub(super) fn is_of_all(fact: Option<Fact>) -> bool {
    matches!(fact, Some(Fact::InHand | Fact::Processed))
}

/// 2024年转入2025年办结, in a text on 2025: from the year before.
fn into_this_year(slots: &Slots, given: &Given) -> bool {
    let (Some(StatedYear::Named(from)), Some(to)) = (slots.year, slots.to_year) else { return false };
    from.checked_add(1) == Some(to) && given.year == Some(StatedYear::Named(to))
}

/// Whether the figure is of this year, and nothing else is known of it.
fn is_this_year(slots: &Slots) -> bool {
    slots.year == Some(StatedYear::This) && !slots.unknown && !slots.restricted && !slots.rest && !slots.total
}

fn case(subject: Subject, slots: &Slots, given: &Given) -> Option<Fact> {
    let about = slots.disclosure || given.disclosure || given.topic == Some(Subject::Application);
    if !about || slots.restricted || slots.unknown || slots.fault || slots.rest {
        return None;
    }
    // 收到信访12件、行政复议申请140件; 受理行政复议188件，其中信息公开案件16件: cases that it decides.
    let of_decided = matches!(given.listed, Some(Subject::Review | Subject::Litigation | Subject::Other))
        && matches!(given.listed_act, Some(Act::Receive | Act::Accept | Act::Process | Act::Check | Act::Close))
        && !given.listed_counted;
    if (given.business && !slots.disclosure) || of_decided {
        return None;
    }
    // What a review office or a court does is done to cases of any kind.
    let checked = match slots.act {
        Some(Act::Check | Act::Close | Act::Issue | Act::Publish) => true,
        // 备案信息公开领域行政复议案件134件
        Some(Act::Other) => !slots.disclosure,
        _ => false,
    };
    if checked {
        return None;
    }
    if slots.act == Some(Act::Open) || slots.ending.is_some_and(Ending::is_of_applications) {
        return None;
    }
    let handled = matches!(slots.act, Some(Act::Accept | Act::Process | Act::Answer));
    let spoken_of = slots.subject == Some(Subject::Cases) && !slots.both;
    // 收到行政复议申请203件: those that the body decides.
    let decides = subject == Subject::Review && slots.naming == Naming::ByApplications;
    if decides && slots.act == Some(Act::Receive) && !slots.disclosure {
        return None;
    }
    // 受理政府信息公开行政复议申请14件: the same, over disclosure.
    if decides && slots.act == Some(Act::Accept) {
        return None;
    }
    if handled && !slots.disclosure && !spoken_of {
        return None;
    }
    // 行政复议方面，新收9件
    let received = matches!(slots.act, Some(Act::Receive)) && given.sentence == Some(subject);
    if slots.head == Head::Act && slots.result().is_none() && slots.subject.is_none() && !received {
        return None;
    }
    let outcome = slots.result().unwrap_or(Outcome::Total);
    let inherited = if slots.subject.is_none() { given.suit } else { None };
    Some(match (subject, slots.suit.or(inherited)) {
        (Subject::Review, None) => Fact::Review(outcome),
        (Subject::Review, Some(_)) => return None,
        (Subject::Cases, _) => Fact::Cases(outcome),
        (_, None) => Fact::Litigation(outcome),
        (_, Some(false)) => Fact::DirectSuit(outcome),
        (_, Some(true)) => Fact::SuitAfterReview(outcome),
    })
}

fn document(row: Row, slots: &Slots, given: &Given) -> Option<Fact> {
    let titled = slots.named == Some('”') && slots.subject.is_none();
    // What was done with those that were looked through: 清理15件，其中保留11件、废止3件.
    let of_some = given.listed == Some(Subject::Disclosed(row)) && !given.listed_document;
    // 对到期的9件予以废止: why they were.
    let of_others = slots.expired && slots.act != Some(Act::Repeal);
    if slots.restricted || of_others || (slots.unknown && !titled) || of_some {
        return None;
    }
    // 制定规章3件、规范性文件17件: one act for both.
    let of_documents = matches!(given.sentence, Some(Subject::Disclosed(row)) if is_document(row));
    let before = given.act_before.filter(|_| of_documents && slots.head == Head::Noun);
    // 印发公文312件，其中规范性文件1件
    let of_papers = given.listed == Some(Subject::Other) && given.listed_act == Some(Act::Issue);
    let before = before.or(Some(Act::Issue).filter(|_| of_papers && slots.head == Head::Noun));
    match slots.act.or(before)? {
        Act::Issue | Act::Announce => Some(Fact::Issued(row)),
        Act::Repeal => Some(Fact::Repealed(row)),
        Act::InForce => Some(Fact::InForce(row)),
        _ => None,
    }
}

/// Whether `row` counts documents, not decisions.
fn is_document(row: Row) -> bool {
    row.item().is_some_and(|item| item.number() == 1)
}

fn decision(row: Row, slots: &Slots, given: &Given) -> Option<Fact> {
    let item = given.measure == Some(Measure::Item);
    let entry = given.measure == Some(Measure::Entry);
    let plain = match slots.act {
        // 行政许可23项: items, not decisions.
        None => !item && !entry,
        Some(Act::Process | Act::Decide) => true,
        Some(Act::Answer) => !item,
        _ => false,
    };
    // 办理各类事项86214件，其中行政许可41205件: what was handled, not decided.
    let of_business = matches!(given.listed, None | Some(Subject::Other))
        && matches!(given.listed_act, Some(Act::Process | Act::Accept | Act::Answer));
    let plain = plain && !of_business && slots.ending.is_none() && !slots.restricted && !slots.unknown;
    plain.then_some(Fact::Decisions(row))
}

fn fee(slots: &Slots, given: &Given) -> Option<Fact> {
    let money = matches!(given.measure, Some(Measure::Yuan | Measure::TenThousandYuan));
    (money && !slots.restricted && !slots.unknown && slots.guard.is_none()).then_some(Fact::Fee)
}
