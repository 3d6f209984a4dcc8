//! What the words beside a figure say of it: the chunks of a clause, and the slots that they fill.
//!
//! It reads one clause only; `discourse` keeps the context.

use super::StatedYear;
use super::token::{Punctuation, Token, TokenKind};
use crate::statute::prose::{Act, Ending, FigureScope, Guard, RelativeYear, Subject, Term};
use crate::statute::{Outcome, Row};

/// Words of a clause that form a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Chunk {
    /// A counted thing.
    Noun(Subject, Naming),
    /// Disclosure, as the topic of the sentence.
    Disclosure,
    Act(Act),
    Ending(Ending),
    Suit(bool),
    Year(Time),
    Guard(Guard),
    Scheme,
    Scope(FigureScope),
    Channel,
    Applicant,
    /// A conjunction or 、.
    Link,
    AndSoOn,
    Inside,
    To,
    None(Option<Act>),
    All,
    Whole,
    OnTime,
    Some,
    Expired,
    Rest,
    Share,
    Rate,
    Fault,
    Relation,
    Way,
    Quantity,
    Total,
    Sum,
    Cause,
    Kind,
    /// 新增, of other things than applications.
    Added,
    /// Unknown words, or a quotation; their last character.
    Unknown(char),
}

/// How the words name a counted thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Naming {
    /// By its bare name: 申请, 行政复议.
    #[default]
    Bare,
    /// Applications, with the words that name disclosure: 政府信息公开申请.
    ForDisclosure,
    /// Reviews, by the applications for them: 行政复议申请.
    ByApplications,
}

/// A year as a clause names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Time {
    Named(u16),
    Last,
    This,
    Next,
}

/// A chunk, and the token it ends with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DelimitedChunk {
    pub(super) chunk: Chunk,
    pub(super) token: usize,
}

/// The chunks of the tokens with the indices `clause`, in the order of the text, without words that change nothing.
pub(super) fn chunks(tokens: &[Token], clause: impl IntoIterator<Item = usize>) -> Vec<DelimitedChunk> {
    let mut pieces: Vec<DelimitedChunk> = Vec::new();
    let mut quotes = 0usize;
    // Where the body is named to which something was submitted.
    let mut addressee: Option<usize> = None;
    for index in clause {
        let Some(token) = tokens.get(index) else { continue };
        match token.kind {
            TokenKind::Mark(Punctuation::OpenQuote) => {
                quotes += 1;
                continue;
            }
            TokenKind::Mark(Punctuation::CloseQuote) => {
                quotes = quotes.saturating_sub(1);
                push(&mut pieces, Chunk::Unknown('”'), index);
                continue;
            }
            _ if quotes > 0 => continue,
            _ => {}
        }
        let chunk = match &token.kind {
            TokenKind::Unknown(last) => Chunk::Unknown(*last),
            TokenKind::Year(year) => Chunk::Year(Time::Named(*year)),
            TokenKind::Mark(Punctuation::Enumeration) => Chunk::Link,
            TokenKind::Number(_) | TokenKind::Month(_) | TokenKind::Date(_) | TokenKind::Mark(_) => continue,
            TokenKind::Term(term) => match term {
                Term::Subject(Subject::Application) => {
                    drop_addressee(&mut pieces, addressee.take());
                    application(&mut pieces, Naming::Bare, index);
                    continue;
                }
                Term::Request => {
                    application(&mut pieces, Naming::ForDisclosure, index);
                    continue;
                }
                Term::Subject(Subject::Information) => match pieces.last_mut() {
                    // 依申请公开信息, 申请公开的信息: the requested information.
                    Some(DelimitedChunk { chunk: Chunk::Noun(Subject::Application, naming), token }) => {
                        (*naming, *token) = (Naming::ForDisclosure, index);
                        continue;
                    }
                    _ => Chunk::Noun(Subject::Information, Naming::Bare),
                },
                Term::Disclosure => match pieces.last_mut() {
                    Some(DelimitedChunk { chunk: Chunk::Noun(Subject::Application, naming), token }) => {
                        (*naming, *token) = (Naming::ForDisclosure, index);
                        continue;
                    }
                    _ => Chunk::Disclosure,
                },
                Term::Act(Act::Open) => match pieces.last_mut() {
                    Some(DelimitedChunk { chunk: Chunk::Noun(Subject::Application, naming), token })
                        if names_information(tokens, index + 1)
                            || matches!(tokens.get(index + 1), Some(Token { kind: TokenKind::Number(_), .. })) =>
                    {
                        (*naming, *token) = (Naming::ForDisclosure, index);
                        continue;
                    }
                    _ => Chunk::Act(Act::Open),
                },
                Term::Subject(_) | Term::ReviewApplication => {
                    let (subject, naming) = match term {
                        Term::Subject(subject) => (*subject, Naming::Bare),
                        _ => (Subject::Review, Naming::ByApplications),
                    };
                    // 因政府信息公开申请行政复议: a verb.
                    if matches!(subject, Subject::Review | Subject::Litigation)
                        && let Some(last @ DelimitedChunk { chunk: Chunk::Noun(Subject::Application, _), .. }) =
                            pieces.last_mut()
                    {
                        last.chunk = Chunk::Disclosure;
                    }
                    Chunk::Noun(subject, naming)
                }
                Term::Case => match pieces.last() {
                    Some(DelimitedChunk { chunk: Chunk::Noun(..) | Chunk::Suit(_), .. }) => continue,
                    _ => Chunk::Noun(Subject::Cases, Naming::Bare),
                },
                Term::Act(act) => Chunk::Act(*act),
                Term::Ending(ending) => Chunk::Ending(*ending),
                Term::Suit { after_review } => Chunk::Suit(*after_review),
                Term::Year(RelativeYear::Last) => Chunk::Year(Time::Last),
                Term::Year(RelativeYear::This) => Chunk::Year(Time::This),
                Term::Year(RelativeYear::Next) => {
                    // 转下年2件
                    if let Some(DelimitedChunk { chunk: Chunk::To, token }) = pieces.last().copied() {
                        pieces.pop();
                        push(&mut pieces, Chunk::Act(Act::Carry), token);
                        push(&mut pieces, Chunk::To, token);
                    }
                    Chunk::Year(Time::Next)
                }
                // 年初结转4件, 年末结转3件
                Term::YearStart if carries(tokens, index + 1) => Chunk::Year(Time::Last),
                Term::YearEnd if carries(tokens, index + 1) => Chunk::Year(Time::Next),
                Term::YearStart => Chunk::Unknown('初'),
                Term::Guard(guard) => Chunk::Guard(*guard),
                Term::Scheme => Chunk::Scheme,
                Term::Scope(scope) => Chunk::Scope(*scope),
                Term::Channel => Chunk::Channel,
                Term::Applicant => Chunk::Applicant,
                Term::And | Term::Moreover => Chunk::Link,
                Term::To => Chunk::To,
                Term::AndSoOn => Chunk::AndSoOn,
                Term::Inside => Chunk::Inside,
                Term::None(act) => Chunk::None(*act),
                Term::All => Chunk::All,
                Term::Whole => Chunk::Whole,
                Term::OnTime => Chunk::OnTime,
                Term::Some | Term::Foremost => Chunk::Some,
                Term::Toward => {
                    addressee = Some(pieces.len());
                    continue;
                }
                Term::Submit => {
                    drop_addressee(&mut pieces, addressee.take());
                    continue;
                }
                Term::Expired => Chunk::Expired,
                Term::Rest => Chunk::Rest,
                Term::Share => Chunk::Share,
                Term::Rate => Chunk::Rate,
                Term::Fault => Chunk::Fault,
                Term::Relation => Chunk::Relation,
                Term::Way => Chunk::Way,
                Term::Quantity => Chunk::Quantity,
                Term::Total => Chunk::Total,
                Term::Sum => Chunk::Sum,
                Term::Kind => Chunk::Kind,
                Term::Cause => Chunk::Cause,
                Term::Decision(row) => {
                    if !matches!(pieces.last(), Some(DelimitedChunk { chunk: Chunk::Act(_), .. })) {
                        push(&mut pieces, Chunk::Act(Act::Decide), index);
                    }
                    Chunk::Noun(Subject::Disclosed(*row), Naming::Bare)
                }
                Term::CarryTo => {
                    push(&mut pieces, Chunk::Act(Act::Carry), index);
                    Chunk::To
                }
                // 新增政府信息公开申请3件, not 较上年新增3件.
                Term::Added if names_application(tokens, index + 1) => Chunk::Act(Act::Receive),
                Term::Added => Chunk::Added,
                // 区财政局: the name of a body.
                Term::Organ => match pieces.last_mut() {
                    Some(DelimitedChunk { chunk: Chunk::Unknown(last), token }) => {
                        (*last, *token) = ('局', index);
                        continue;
                    }
                    _ => continue,
                },
                // 答复后被申请行政复议5件: when it was.
                Term::After => {
                    let past = |piece: &mut DelimitedChunk| matches!(piece.chunk, Chunk::Act(act) if !matches!(act, Act::Carry | Act::Remain | Act::Continue));
                    pieces.pop_if(past);
                    continue;
                }
                Term::Results => Chunk::Unknown('果'),
                Term::NotOf | Term::Holding => Chunk::Unknown('理'),
                Term::Word => Chunk::Unknown(' '),
                Term::Parts { .. }
                | Term::Respectively
                | Term::AsOf
                | Term::Running
                | Term::YearEnd
                | Term::Except
                | Term::Kinds
                | Term::From
                | Term::InName
                | Term::Outcomes
                | Term::Own
                | Term::Seen
                | Term::Neutral => {
                    continue;
                }
            },
        };
        // 应急管理局: one name.
        let follows = pieces
            .last_mut()
            .filter(|last| matches!(last.chunk, Chunk::Unknown(c) if c != '”') && last.token + 1 == index);
        match (chunk, follows) {
            (Chunk::Unknown(_), Some(last)) => (last.chunk, last.token) = (chunk, index),
            _ => push(&mut pieces, chunk, index),
        }
    }
    pieces
}

fn push(pieces: &mut Vec<DelimitedChunk>, chunk: Chunk, token: usize) {
    pieces.push(DelimitedChunk { chunk, token });
}

/// Removes the name of a body from `from` on, to which the received applications were submitted: 收到向区政府提出的申请.
fn drop_addressee(pieces: &mut Vec<DelimitedChunk>, from: Option<usize>) {
    let Some((before, named)) = from.and_then(|from| pieces.split_at_checked(from)) else { return };
    let received =
        before.iter().any(|piece| matches!(piece.chunk, Chunk::Act(Act::Receive | Act::Accept | Act::Process)));
    let names_body = |piece: &DelimitedChunk| match piece.chunk {
        Chunk::Unknown(last) => ENDS_A_NAME.contains(last) || last == ' ',
        _ => false,
    };
    if received && named.iter().all(names_body) {
        pieces.truncate(from.unwrap_or_default());
    }
}

/// Adds 申请 or 依申请公开, which the words before it make one thing with.
fn application(pieces: &mut Vec<DelimitedChunk>, mut naming: Naming, token: usize) {
    while let Some(last) = pieces.last() {
        match last.chunk {
            Chunk::Disclosure | Chunk::Noun(Subject::Information, _) => naming = Naming::ForDisclosure,
            Chunk::Noun(Subject::Application, before) if naming == Naming::Bare => naming = before,
            Chunk::Noun(Subject::Application, _) => {}
            // 行政许可申请: applications of another kind.
            Chunk::Noun(Subject::Disclosed(_) | Subject::Fee | Subject::Other, _) => {
                pieces.pop();
                return push(pieces, Chunk::Noun(Subject::Other, Naming::Bare), token);
            }
            Chunk::Noun(subject @ (Subject::Review | Subject::Litigation | Subject::Cases), _) => {
                pieces.pop();
                return push(pieces, Chunk::Noun(subject, Naming::Bare), token);
            }
            _ => break,
        }
        pieces.pop();
    }
    push(pieces, Chunk::Noun(Subject::Application, naming), token);
}

/// Whether the words from token `index` on name information or its disclosure.
fn names_information(tokens: &[Token], index: usize) -> bool {
    let terms = tokens.iter().skip(index).take(4).map(|token| &token.kind);
    let mut terms = terms.skip_while(|kind| matches!(kind, TokenKind::Term(Term::Neutral | Term::Submit | Term::Own)));
    matches!(terms.next(), Some(TokenKind::Term(Term::Disclosure | Term::Subject(Subject::Information))))
}

/// Whether the words from token `index` on name applications.
fn names_application(tokens: &[Token], index: usize) -> bool {
    let kinds = tokens.iter().skip(index).take(4).map(|token| &token.kind);
    let mut kinds = kinds.skip_while(|kind| {
        matches!(
            kind,
            TokenKind::Term(
                Term::Neutral | Term::Submit | Term::Own | Term::Disclosure | Term::Subject(Subject::Information)
            )
        )
    });
    matches!(kinds.next(), Some(TokenKind::Term(Term::Request | Term::Subject(Subject::Application))))
}

/// Whether token `index` means that something is carried over.
fn carries(tokens: &[Token], index: usize) -> bool {
    tokens.get(index).is_some_and(|token| token.kind == TokenKind::Term(Term::Act(Act::Carry)))
}

/// The counted thing, as far as the words beside the figure name it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Head {
    #[default]
    Nothing,
    Noun,
    Act,
    Ending,
    Suit,
    Unknown,
}

/// The slots that the words beside a figure fill.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    pub(super) head: Head,
    pub(super) subject: Option<Subject>,
    /// How the words name the subject.
    pub(super) naming: Naming,
    pub(super) act: Option<Act>,
    pub(super) ending: Option<Ending>,
    pub(super) suit: Option<bool>,
    pub(super) year: Option<StatedYear>,
    pub(super) last_year: bool,
    pub(super) next_year: bool,
    /// The year to which something is carried over.
    pub(super) to_year: Option<u16>,
    pub(super) guard: Option<Guard>,
    /// Whether the figure counts something narrower, or several things.
    pub(super) restricted: bool,
    /// Whether unknown words are beside it.
    pub(super) unknown: bool,
    pub(super) disclosure: bool,
    pub(super) rate: bool,
    pub(super) share: bool,
    /// 占, before the figure, after any words.
    pub(super) takes_share: bool,
    pub(super) on_time: bool,
    pub(super) rest: bool,
    /// 共, 合计
    pub(super) total: bool,
    /// 合计, 总计
    pub(super) sum: bool,
    /// 共计公开信息: whether the clause starts with such a word.
    pub(super) opens_with_total: bool,
    /// 到期: of expired things
    pub(super) expired: bool,
    /// 作为复议机关, 败诉
    pub(super) fault: bool,
    /// Whether reviews and litigation are named together.
    pub(super) both: bool,
    /// 均, after the figure: 18件申请均由自然人提出.
    pub(super) all: bool,
    /// Whether the words name receiving and handling together.
    pub(super) twofold: bool,
    /// …类: the words call it a kind.
    pub(super) kind: bool,
    /// 新增: one part of a list, or the increase.
    pub(super) added: bool,
    /// 涉及, 关于: one thing may be counted under two names.
    pub(super) related: bool,
    /// 数, 数量: a number may follow without a measure word.
    pub(super) quantity: bool,
    /// 公开答复: whether disclosure and answer are named together.
    pub(super) answered_openly: bool,
    /// The last character of its name.
    pub(super) named: Option<char>,
    pub(super) channels: usize,
    pub(super) applicants: usize,
    open: bool,
}

/// The last characters of names of bodies and places: such a name narrows nothing.
const ENDS_A_NAME: &str = "局委办厅部院所站队心区市县镇乡街道处馆校会行公省州旗机关府科司组团室库";

/// The slots that the chunks before a figure fill; read from the figure to the left.
pub(super) fn before(pieces: &[DelimitedChunk]) -> Slots {
    let mut slots = Slots::default();
    // Unknown words between the counted thing and its act.
    let mut modifier: Option<char> = None;
    let mut acts: Vec<Act> = Vec::new();
    let (mut scoped, mut examples, mut way) = (false, false, false);
    for (position, piece) in pieces.iter().enumerate().rev() {
        let first = slots.head == Head::Nothing;
        match piece.chunk {
            // 社会组织登记等行政许可
            Chunk::Unknown(_) | Chunk::Applicant | Chunk::Act(Act::Accept | Act::Other) if examples => {}
            // 印发《…》《…》两部规章: one more title.
            Chunk::Unknown('”') if slots.named == Some('”') && slots.head == Head::Unknown && acts.is_empty() => {}
            Chunk::Unknown(last) => {
                slots.named.get_or_insert(last);
                if first {
                    slots.head = Head::Unknown;
                    slots.unknown = true;
                } else if acts.is_empty() || (slots.subject.is_none() && slots.ending.is_none()) {
                    modifier.get_or_insert(last);
                }
            }
            // 属信访、重复申请等不予处理: the named kinds are examples of the outcome.
            Chunk::Noun(Subject::Other, _) if matches!(slots.ending, Some(Ending::Group(_))) && slots.open => {}
            Chunk::Noun(subject, naming) => {
                slots.named.get_or_insert(if subject == Subject::Application { '请' } else { '息' });
                match slots.subject {
                    None => {
                        slots.subject = Some(subject);
                        slots.naming = naming;
                        if first {
                            slots.head = Head::Noun;
                        }
                        // Of an act, what is between it and this is not what narrows this.
                        if matches!(slots.head, Head::Act) && modifier.is_some() {
                            slots.unknown = true;
                        }
                    }
                    Some(before) => {
                        let linked = pieces.get(position + 1).is_some_and(|next| next.chunk == Chunk::Link);
                        match (subject, before) {
                            (Subject::Review, Subject::Litigation) | (Subject::Litigation, Subject::Review)
                                if linked && slots.act.is_none() =>
                            {
                                (slots.subject, slots.both) = (Some(Subject::Cases), true);
                            }
                            (Subject::Review | Subject::Litigation, Subject::Cases) => {}
                            (_, before) if linked && subject != before && acts.is_empty() => {
                                slots.restricted |= subject != Subject::Information;
                            }
                            // 对行政许可申请作出…: another thing, further away.
                            _ => {}
                        }
                    }
                }
                slots.disclosure |= naming == Naming::ForDisclosure;
            }
            Chunk::Disclosure => slots.disclosure = true,
            // 经审查予以公开4件: the way of handling, not the act.
            Chunk::Act(Act::Other) if slots.head == Head::Ending => {}
            // 公开或部分公开25件
            Chunk::Act(Act::Open)
                if slots.ending == Some(Ending::Row(Row::PartlyGranted))
                    && pieces.get(position + 1).is_some_and(|next| next.chunk == Chunk::Link) =>
            {
                slots.ending = Some(Ending::Disclosed);
            }
            Chunk::Act(act) => {
                if first {
                    slots.head = Head::Act;
                }
                if act == Act::Open && matches!(slots.subject, Some(Subject::Application)) {
                    continue;
                }
                if act == Act::Open {
                    slots.open = true;
                    slots.answered_openly |= slots.head == Head::Act && slots.act == Some(Act::Answer);
                }
                let known = modifier.take();
                if let Some(last) = known {
                    slots.restricted |= slots.subject.is_some() || !ENDS_A_NAME.contains(last);
                }
                acts.push(act);
                let linked = pieces.get(position + 1).is_some_and(|next| next.chunk == Chunk::Link);
                match (slots.act, act) {
                    (None, _) => slots.act = Some(act),
                    // 印发并公开的规范性文件
                    (Some(Act::Open | Act::Announce | Act::Publish), Act::Issue)
                        if linked && matches!(slots.subject, Some(Subject::Disclosed(_))) =>
                    {
                        slots.act = Some(act);
                    }
                    // 结转至下年度办理, 正在办理
                    (
                        Some(Act::Process | Act::Answer | Act::Remain | Act::Continue),
                        Act::Carry | Act::Remain | Act::Continue,
                    ) => {
                        slots.act = Some(act);
                    }
                    _ => {}
                }
            }
            Chunk::Ending(ending) => match slots.ending {
                None if acts.is_empty() || matches!(slots.head, Head::Act) => {
                    if first
                        || slots.act == Some(Act::Open)
                        || slots.act == Some(Act::Answer)
                        || slots.act == Some(Act::Decide)
                        || (slots.act == Some(Act::Process) && slots.subject.is_none())
                    {
                        slots.ending = Some(ending);
                        if first {
                            slots.head = Head::Ending;
                        }
                    } else {
                        slots.restricted = true;
                    }
                }
                None => slots.restricted = true,
                Some(before) => join_endings(&mut slots, pieces, position, before, ending),
            },
            Chunk::Suit(after_review) => {
                if first {
                    slots.head = Head::Suit;
                }
                slots.restricted |= slots.suit.is_some();
                slots.suit.get_or_insert(after_review);
            }
            Chunk::Year(time) => {
                let to = goes_to(pieces, position);
                year(&mut slots, time, to);
            }
            Chunk::Guard(Guard::Cumulative) => {
                slots.guard.get_or_insert(Guard::Cumulative);
            }
            Chunk::Guard(guard) => {
                slots.guard.get_or_insert(guard);
            }
            Chunk::Scheme => match pieces.get(position + 1).map(|next| next.chunk) {
                Some(Chunk::Act(_)) => slots.guard = slots.guard.or(Some(Guard::Plan)),
                _ if first => {
                    slots.head = Head::Unknown;
                    slots.unknown = true;
                    slots.named.get_or_insert('划');
                }
                _ => modifier = modifier.or(Some('划')),
            },
            // 网上平台 is one way, 网络、信函 are two.
            Chunk::Channel => {
                let next = pieces.get(position + 1).map(|next| next.chunk);
                slots.channels += usize::from(next != Some(Chunk::Channel));
            }
            Chunk::Applicant => slots.applicants += 1,
            // 不动产登记费等行政事业性收费: examples of the thing.
            Chunk::AndSoOn => {
                slots.open = true;
                if slots.head == Head::Noun && modifier.is_none() && acts.is_empty() {
                    examples = true;
                }
            }
            Chunk::Some => slots.restricted = true,
            Chunk::Expired => slots.expired = true,
            // 查处违法行为并作出行政处罚5件: 违法 does not describe the thing.
            Chunk::Fault => {
                slots.restricted |= acts.is_empty();
                slots.fault = true;
            }
            Chunk::Rest => slots.rest = true,
            Chunk::Relation => {
                slots.related = true;
                // 涉及政府信息公开的行政复议 narrows nothing.
                let next = pieces.get(position + 1).map(|piece| piece.chunk);
                slots.restricted |= !matches!(next, Some(Chunk::Disclosure | Chunk::Noun(..) | Chunk::Ending(_)));
            }
            // 以告知获取途径方式答复3件: in one of several ways.
            Chunk::Way => way |= slots.head == Head::Act && matches!(slots.act, Some(Act::Answer)),
            Chunk::None(_) => slots.restricted = true,
            Chunk::OnTime => slots.on_time = true,
            // 占全市同类信息的20% is not a share of the figure before.
            Chunk::Share => {
                slots.takes_share = first;
                let of_all = slots.quantity && slots.head == Head::Act && !slots.unknown;
                let alone = position == 0
                    || pieces.iter().take(position).all(|piece| matches!(piece.chunk, Chunk::Link | Chunk::Year(_)));
                slots.share = alone && slots.subject.is_none() && !scoped && ((first && !slots.quantity) || of_all);
            }
            Chunk::Rate => slots.rate = true,
            Chunk::Quantity => slots.quantity = true,
            Chunk::Total => (slots.total, slots.opens_with_total) = (true, position == 0),
            // 因答复引发复议6件: the cause is not the act.
            Chunk::Cause if matches!(slots.subject, Some(Subject::Review | Subject::Litigation | Subject::Cases)) => {
                slots.disclosure |= pieces.iter().take(position).any(|piece| names_disclosure(&piece.chunk));
                break;
            }
            Chunk::Cause => {}
            Chunk::Kind => slots.kind |= first,
            Chunk::Added => {
                slots.added = true;
                slots.named.get_or_insert('增');
                if first {
                    slots.head = Head::Unknown;
                    slots.unknown = true;
                }
            }
            Chunk::Sum => (slots.total, slots.sum) = (true, true),
            Chunk::Inside | Chunk::To | Chunk::Link | Chunk::All | Chunk::Whole => {}
            Chunk::Scope(_) => scoped = true,
        }
    }
    // There is no act: its name follows that of a body, or words that narrow it.
    if let Some(last) = modifier.filter(|_| slots.result().is_none()) {
        slots.restricted |= !ENDS_A_NAME.contains(last);
    }
    let kinds = pieces.iter().any(|piece| piece.chunk == Chunk::AndSoOn);
    slots.restricted |= slots.channels == 1 && !kinds;
    slots.restricted |= way && slots.ending.is_none() && slots.channels == 0;
    slots.restricted |= slots.applicants > 0 && !all_applicants(slots.applicants, kinds);
    // 收到信息公开9件
    if slots.head == Head::Act
        && slots.disclosure
        && slots.subject.is_none()
        && matches!(slots.act, Some(Act::Receive | Act::Accept))
    {
        (slots.subject, slots.naming) = (Some(Subject::Application), Naming::ForDisclosure);
    }
    if matches!(slots.subject, None | Some(Subject::Application)) {
        slots.twofold = different(&acts);
    }
    slots
}

/// The slots that the chunks after a figure fill: `3件结转下年度`, `117件准予公开`, `4件行政规范性文件`.
pub(super) fn after(pieces: &[DelimitedChunk]) -> Slots {
    let mut slots = Slots::default();
    for (position, piece) in pieces.iter().enumerate() {
        let first = slots.head == Head::Nothing;
        match piece.chunk {
            Chunk::Unknown(last) if first => {
                slots.head = Head::Unknown;
                slots.unknown = true;
                slots.named.get_or_insert(last);
            }
            Chunk::Noun(subject, naming) if slots.subject.is_none() && slots.head != Head::Unknown => {
                slots.subject = Some(subject);
                slots.naming = naming;
                slots.disclosure |= naming == Naming::ForDisclosure;
                if first {
                    slots.head = Head::Noun;
                }
            }
            // 将于2026年答复: carried over to that year.
            Chunk::Guard(Guard::Plan) if carries_over(pieces.get(position + 1..).unwrap_or_default()) => {}
            // 3件因本机关不掌握等原因无法提供: the kind, of which the reason is an example.
            Chunk::Ending(ending @ Ending::Group(group))
                if slots.open
                    && matches!(slots.ending, Some(Ending::Row(row) | Ending::Because(row) | Ending::Among(row)) if row.groups().contains(&group)) =>
            {
                slots.ending = Some(ending);
            }
            // 3件因本机关不掌握无法提供
            Chunk::Ending(Ending::Group(group))
                if let Some(Ending::Row(row) | Ending::Because(row)) = slots.ending
                    && row.groups().contains(&group) =>
            {
                slots.ending = Some(Ending::Because(row));
            }
            Chunk::AndSoOn => slots.open = true,
            Chunk::Disclosure => slots.disclosure = true,
            // 撤销答复书中部分答复内容: what was decided on.
            Chunk::Act(_) if slots.head == Head::Ending && slots.result().is_some() => {}
            Chunk::Act(act) => {
                if slots.head == Head::Unknown && !matches!(act, Act::Carry | Act::Remain | Act::Continue) {
                    continue;
                }
                match (slots.act, act) {
                    (None, _) => slots.act = Some(act),
                    (
                        Some(Act::Process | Act::Answer | Act::Remain | Act::Continue),
                        Act::Carry | Act::Remain | Act::Continue,
                    ) => {
                        slots.act = Some(act);
                    }
                    // 5件因补正材料等原因跨年度办理
                    (Some(Act::Other), Act::Carry) => slots.act = Some(act),
                    _ => {}
                }
                if first || slots.head == Head::Unknown {
                    slots.head = Head::Act;
                }
                // 1件因案情复杂延期至次年答复: whatever the reason.
                slots.unknown &= act != Act::Carry;
            }
            // 2件经沟通后撤回复议: whatever the reason.
            Chunk::Ending(ending @ (Ending::Result(_) | Ending::Withdrawn | Ending::Unsettled))
                if slots.head == Head::Unknown || matches!(slots.act, Some(Act::Other | Act::Check | Act::Close)) =>
            {
                slots.ending.get_or_insert(ending);
                (slots.head, slots.unknown, slots.act) = (Head::Ending, false, None);
            }
            Chunk::Ending(ending) if slots.head != Head::Unknown => {
                slots.ending.get_or_insert(ending);
                if first {
                    slots.head = Head::Ending;
                }
            }
            Chunk::Suit(after_review) if slots.head != Head::Unknown => {
                slots.suit.get_or_insert(after_review);
                if first {
                    slots.head = Head::Suit;
                }
            }
            Chunk::Year(time) => {
                let to = goes_to(pieces, position);
                year(&mut slots, time, to);
            }
            Chunk::Guard(guard @ (Guard::Approximate | Guard::Plan)) => {
                slots.guard.get_or_insert(guard);
            }
            Chunk::OnTime => slots.on_time = true,
            Chunk::All => slots.all = true,
            Chunk::Applicant => slots.applicants += 1,
            Chunk::Expired => slots.expired = true,
            // 申请全部来自网络: all of them.
            Chunk::Channel => {
                slots.channels += 1;
                slots.restricted |= !slots.all;
            }
            // 撤销部分答复内容: of what was decided.
            Chunk::Some => slots.restricted |= slots.result().is_none(),
            Chunk::None(_) | Chunk::Fault => slots.restricted = true,
            // 26件涉及征地: one application may concern more.
            Chunk::Relation => slots.related = true,
            _ => {}
        }
    }
    let kinds = pieces.iter().any(|piece| piece.chunk == Chunk::AndSoOn);
    slots.restricted |= !slots.all && slots.applicants > 0 && !all_applicants(slots.applicants, kinds);
    slots
}

fn names_disclosure(chunk: &Chunk) -> bool {
    matches!(
        chunk,
        Chunk::Disclosure
            | Chunk::Noun(Subject::Application, Naming::ForDisclosure)
            | Chunk::Noun(Subject::Information, _)
    )
}

/// Whether something is carried over to the year at `position`: 结转至2026年, 待2026年答复, 2026年继续办理.
fn goes_to(pieces: &[DelimitedChunk], position: usize) -> bool {
    let at = |position: Option<usize>| position.and_then(|at| pieces.get(at)).map(|piece| piece.chunk);
    // 将按法定期限于2026年答复
    let before = pieces.get(..position).unwrap_or_default().iter().rev();
    let planned = before.map(|piece| piece.chunk).find(|chunk| *chunk != Chunk::OnTime)
        == Some(Chunk::Guard(Guard::Plan))
        && matches!(at(Some(position + 1)), Some(Chunk::Act(Act::Answer | Act::Process)));
    matches!(at(position.checked_sub(1)), Some(Chunk::To | Chunk::Act(Act::Remain | Act::Continue)))
        || at(Some(position + 1)) == Some(Chunk::Act(Act::Continue))
        || planned
}

/// Whether `pieces`, after 将, plan an act in the year they name: 将于2026年答复.
fn carries_over(pieces: &[DelimitedChunk]) -> bool {
    let mut pieces = pieces.iter().map(|piece| piece.chunk).skip_while(|chunk| *chunk == Chunk::OnTime);
    matches!(pieces.next(), Some(Chunk::Year(Time::Named(_) | Time::Next)))
        && matches!(pieces.next(), Some(Chunk::Act(Act::Answer | Act::Process)))
}

fn year(slots: &mut Slots, time: Time, to: bool) {
    match time {
        Time::Named(year) if to => {
            slots.to_year.get_or_insert(year);
            slots.next_year = true;
        }
        // 2020年全年: that year.
        Time::Named(year) if matches!(slots.year, None | Some(StatedYear::This)) => {
            slots.year = Some(StatedYear::Named(year));
        }
        Time::Named(_) => {}
        Time::Last => {
            slots.last_year = true;
            slots.year.get_or_insert(StatedYear::Last);
        }
        Time::This => {
            slots.year.get_or_insert(StatedYear::This);
        }
        Time::Next => slots.next_year = true,
    }
}

/// 予以公开及部分公开; 属信访、重复申请等不予处理: one figure for two outcomes, or for some rows of a kind.
fn join_endings(slots: &mut Slots, pieces: &[DelimitedChunk], position: usize, nearest: Ending, further: Ending) {
    let linked = pieces.get(position + 1).is_some_and(|next| matches!(next.chunk, Chunk::Link));
    let disclosed = |ending| matches!(ending, Ending::Row(Row::Granted | Row::PartlyGranted));
    match (nearest, further) {
        (_, _) if linked && disclosed(nearest) && disclosed(further) && nearest != further => {
            slots.ending = Some(Ending::Disclosed);
        }
        // 不掌握或信息不存在: two names of one row.
        (
            Ending::Row(row) | Ending::Because(row) | Ending::Among(row),
            Ending::Row(other) | Ending::Because(other) | Ending::Among(other),
        ) if row == other => slots.ending = Some(Ending::Row(row)),
        // The rows of the kind are examples: 等, or more than one.
        (Ending::Group(group), Ending::Row(row) | Ending::Because(row) | Ending::Among(row))
            if row.groups().contains(&group) && slots.open => {}
        // 因本机关不掌握而无法提供
        (Ending::Group(group), Ending::Among(row)) if row.groups().contains(&group) && !linked => {
            slots.ending = Some(Ending::Among(row));
        }
        (Ending::Group(group), Ending::Row(row) | Ending::Because(row)) if row.groups().contains(&group) && !linked => {
            slots.ending = Some(Ending::Because(row));
        }
        _ => slots.restricted = true,
    }
}

fn all_applicants(applicants: usize, kinds: bool) -> bool {
    applicants >= 2 || kinds
}

/// Whether `acts` contain several acts: 收到并办结.
fn different(acts: &[Act]) -> bool {
    let family = |act: &Act| match act {
        Act::Receive | Act::Accept => 0,
        Act::Process | Act::Answer | Act::Close | Act::Decide => 1,
        Act::Carry | Act::Remain | Act::Continue => 1,
        Act::Open | Act::Announce => 2,
        _ => 3,
    };
    let mut families = acts.iter().map(family).filter(|family| *family < 2);
    let first = families.next();
    families.any(|other| Some(other) != first)
}

impl Slots {
    /// The outcome of a case, if it names one.
    pub(super) fn result(&self) -> Option<Outcome> {
        match self.ending {
            Some(Ending::Result(outcome)) => Some(outcome),
            Some(Ending::Withdrawn) => Some(Outcome::Other),
            Some(Ending::Unsettled) => Some(Outcome::Pending),
            _ => None,
        }
    }

    /// Whether it does not name the counted thing.
    pub(super) fn is_silent(&self) -> bool {
        self.head == Head::Nothing && self.subject.is_none() && self.act.is_none() && self.ending.is_none()
    }
}
