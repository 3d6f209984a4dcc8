//! What each number in a line is a number of.
//!
//! A sentence is read clause by clause. What stands before a number, from right to left, is its head (what is counted, or
//! what was done) with what restricts it; what a clause leaves out is taken from the one before it. Where a word is not
//! understood between an act and what it was done to, the figure is one of something narrower, and no figure of a table.

use super::token::{Figure, Kind, Mark, Token};
use super::{Amount, Measure, Parts, Role, StatedYear, Statement};
use crate::statute::Outcome;
use crate::statute::prose::{Act, Ending, Fact, Guard, RelativeYear, Scope, Subject, Term};
use crate::text::Span;

/// The statements in the tokens of one line.
pub(super) fn read(tokens: &[Token]) -> Vec<Statement> {
    let mut reader = Reader {
        tokens,
        out: Vec::new(),
        line: Line::default(),
        sentence: Sentence::default(),
        level: Level::default(),
    };
    let mut outer: Vec<(Level, Sentence)> = Vec::new();
    let mut quotes = 0usize;
    let mut sentence_starts = true;
    for (index, token) in tokens.iter().enumerate() {
        if std::mem::take(&mut sentence_starts) {
            reader.mention(index);
        }
        if let Kind::Mark(mark @ (Mark::OpenQuote | Mark::CloseQuote)) = token.kind {
            quotes = if mark == Mark::OpenQuote { quotes + 1 } else { quotes.saturating_sub(1) };
            reader.take(index);
            continue;
        }
        if quotes > 0 && !matches!(token.kind, Kind::Mark(Mark::Stop)) {
            if let Kind::Number(figure) = &token.kind {
                reader.quoted(figure);
            }
            reader.take(index);
            continue;
        }
        match &token.kind {
            Kind::Mark(Mark::Open) => {
                let inner = Level { last: reader.level.last, ..Level::default() };
                outer.push((std::mem::replace(&mut reader.level, inner), reader.sentence.clone()));
            }
            Kind::Mark(Mark::Close) => {
                reader.flush();
                reader.finish_parts(true);
                if let Some((level, sentence)) = outer.pop() {
                    (reader.level, reader.sentence) = (level, sentence);
                }
            }
            Kind::Mark(Mark::Stop) => {
                quotes = 0;
                sentence_starts = true;
                reader.flush();
                reader.finish_parts(true);
                // A bracket left open ends with its sentence.
                for (level, _) in outer.drain(..).rev() {
                    reader.level = level;
                    reader.finish_parts(false);
                }
                reader.stop(token.span);
            }
            Kind::Mark(mark) => reader.separate(*mark, index),
            Kind::Number(figure) => reader.number(figure, index),
            _ => reader.word(index),
        }
    }
    reader.flush();
    reader.finish_parts(true);
    for (level, _) in outer.drain(..).rev() {
        reader.level = level;
        reader.finish_parts(false);
    }
    if let Some(last) = tokens.last() {
        reader.stop(Span::at(last.span.end));
    }
    reader.out
}

/// As many tokens of a clause are looked at.
const LONGEST_CLAUSE: usize = 256;

struct Reader<'t> {
    tokens: &'t [Token],
    out: Vec<Statement>,
    line: Line,
    sentence: Sentence,
    level: Level,
}

/// What holds for the rest of a line.
#[derive(Default)]
struct Line {
    year: Option<StatedYear>,
    /// What the line is about.
    topic: Option<Subject>,
    /// Whether it speaks of disclosure at all.
    mention: bool,
    /// The first statement of the sentence, and where the sentence starts.
    first: usize,
    start: Option<usize>,
}

/// What holds for the rest of a sentence.
#[derive(Clone, Default)]
struct Sentence {
    subject: Option<Subject>,
    act: Option<Act>,
    suit: Option<bool>,
    scope: Option<(Scope, Span)>,
    cumulative: bool,
    respectively: bool,
}

/// What holds inside a pair of brackets.
#[derive(Clone, Default)]
struct Level {
    /// The tokens since the last number or separator.
    clause: Vec<usize>,
    /// The number that the clause follows with nothing between.
    fresh: Option<usize>,
    /// The number before.
    last: Option<usize>,
    parts: Option<List>,
}

/// Parts as they are met.
#[derive(Clone, Default)]
struct List {
    whole: usize,
    items: Vec<(usize, Option<char>)>,
    all: bool,
    separator: Option<Mark>,
    /// Whether something stands in the list that is no part.
    open: bool,
}

/// What stands before a number in its clause.
#[derive(Default)]
struct Before {
    head: Head,
    act: Option<Act>,
    subject: Option<Subject>,
    suit: Option<bool>,
    ending: Option<Ending>,
    year: Option<StatedYear>,
    last_year: bool,
    next_year: bool,
    /// Whether the figure is one of something narrower, or not of one thing.
    restricted: bool,
    disclosure: bool,
    guard: Option<Guard>,
    rate: bool,
    share: bool,
    on_time: bool,
    /// The last character of what names it.
    named: Option<char>,
    unknown: bool,
}

/// The last word before a number that means something.
#[derive(Clone, Copy, Default, PartialEq)]
enum Head {
    #[default]
    Nothing,
    Subject(Subject),
    Act(Act),
    Ending(Ending),
    Suit(bool),
    Unknown,
}

impl Reader<'_> {
    fn kind(&self, index: usize) -> Option<&Kind> {
        self.tokens.get(index).map(|token| &token.kind)
    }

    fn term(&self, index: usize) -> Option<Term> {
        match self.kind(index)? {
            Kind::Term(term) => Some(*term),
            _ => None,
        }
    }

    fn span(&self, index: usize) -> Span {
        self.tokens.get(index).map_or(Span::default(), |token| token.span)
    }

    /// Takes a token into the clause. Nobody writes clauses so long that their beginning is dropped here.
    fn take(&mut self, index: usize) {
        if self.level.clause.len() >= LONGEST_CLAUSE {
            self.level.clause.drain(..LONGEST_CLAUSE / 2);
        }
        self.level.clause.push(index);
    }

    /// Whether the sentence that starts at `index` speaks of disclosure.
    fn mention(&mut self, index: usize) {
        let sentence = self.tokens.iter().skip(index).map(|token| &token.kind);
        let mut words = sentence.take_while(|kind| **kind != Kind::Mark(Mark::Stop));
        self.line.mention |= words.any(|kind| *kind == Kind::Term(Term::Disclosure));
    }

    fn touch(&mut self, index: usize) {
        let start = self.span(index).start;
        self.line.start.get_or_insert(start);
    }

    fn word(&mut self, index: usize) {
        self.touch(index);
        match self.term(index) {
            Some(Term::Parts { all }) => {
                if let Some(whole) = self.level.last {
                    self.flush();
                    self.finish_parts(false);
                    self.level.parts = Some(List { whole, all, ..List::default() });
                    return;
                }
            }
            Some(Term::Guard(Guard::Cumulative)) => self.sentence.cumulative = true,
            Some(Term::Respectively) => self.sentence.respectively = true,
            Some(Term::Scope(scope)) => self.sentence.scope = Some((scope, self.span(index))),
            Some(Term::AndSoOn) => {
                if let Some(list) = self.level.parts.as_mut() {
                    list.open = true;
                }
            }
            _ => {}
        }
        self.take(index);
    }

    fn separate(&mut self, mark: Mark, index: usize) {
        self.touch(index);
        // A list of nouns goes on.
        if mark == Mark::Enumeration && self.level.fresh.is_none() {
            self.take(index);
            return;
        }
        if mark == Mark::Colon {
            if matches!(self.kind(index + 1), Some(Kind::Number(_))) {
                return;
            }
            // `928条：概况9条，…` is a list of all parts; `928条，其中：…` is one already.
            if let (Some(whole), true, None) = (self.level.fresh, self.level.clause.is_empty(), &self.level.parts) {
                self.level.parts = Some(List { whole, all: true, ..List::default() });
                self.level.fresh = None;
                return;
            }
        }
        self.flush();
        let ends = match self.level.parts.as_mut() {
            Some(list) if !list.items.is_empty() => match (mark, list.separator) {
                (Mark::Semicolon, Some(Mark::Comma | Mark::Enumeration)) => true,
                (Mark::Semicolon, _) => {
                    list.separator = Some(Mark::Semicolon);
                    false
                }
                (_, None) => {
                    list.separator = Some(mark);
                    false
                }
                _ => false,
            },
            _ => false,
        };
        if ends {
            self.finish_parts(true);
        }
    }

    /// Ends the clause: what it says without a number, and what it leaves to the next one.
    fn flush(&mut self) {
        let clause = std::mem::take(&mut self.level.clause);
        let fresh = self.level.fresh.take();
        if clause.is_empty() {
            return;
        }
        self.none(&clause);
        self.all(&clause);
        let comparison = self.has(&clause, |term| matches!(term, Term::Guard(Guard::Comparison)));
        let mut quotes = 0usize;
        let mut subject = None;
        for index in &clause {
            match self.kind(*index) {
                Some(Kind::Mark(Mark::OpenQuote)) => quotes += 1,
                Some(Kind::Mark(Mark::CloseQuote)) => quotes = quotes.saturating_sub(1),
                _ if quotes > 0 => {}
                Some(Kind::Year(year)) if !comparison => self.line.year = Some(StatedYear::Named(*year)),
                Some(Kind::Term(Term::Year(RelativeYear::This))) => self.line.year = Some(StatedYear::This),
                Some(Kind::Term(Term::Subject(found))) => subject = Some(*found),
                Some(Kind::Unknown(_)) => subject = subject.map(|_| Subject::Other),
                _ => {}
            }
        }
        if fresh.is_none() && self.level.parts.is_none() && subject.is_some() {
            self.sentence.subject = subject;
        }
    }

    fn has(&self, clause: &[usize], is: impl Fn(Term) -> bool) -> bool {
        clause.iter().any(|index| self.term(*index).is_some_and(&is))
    }

    /// Ends the sentence.
    fn stop(&mut self, end: Span) {
        let start = self.line.start.take().unwrap_or(end.start);
        let sentence = Span::new(start, end.end);
        for statement in self.out.iter_mut().skip(self.line.first) {
            statement.sentence = sentence;
        }
        // A sentence without figures says what the line is about: `（二）依申请公开。`
        if self.out.len() == self.line.first {
            self.line.topic = match self.sentence.subject {
                Some(Subject::Information) | None => self.line.topic,
                topic => topic,
            };
        }
        self.line.first = self.out.len();
        self.sentence = Sentence::default();
        self.level = Level::default();
    }

    fn statement(&self, amount: Amount, span: Span) -> Statement {
        Statement {
            amount,
            span,
            measure: None,
            subject: None,
            act: None,
            fact: None,
            year: StatedYear::Unsaid,
            scope: self.sentence.scope,
            guard: self.sentence.cumulative.then_some(Guard::Cumulative),
            quoted: false,
            role: Role::Number,
            part_of: None,
            parts: None,
            place: None,
            sentence: span,
        }
    }

    fn quoted(&mut self, figure: &Figure) {
        let mut statement = self.statement(figure.amount, figure.digits);
        statement.quoted = true;
        statement.measure = figure.measure;
        if figure.measure.is_some() {
            self.out.push(statement);
        }
    }

    /// What stands before a number.
    fn before(&mut self) -> Before {
        let clause = std::mem::take(&mut self.level.clause);
        let mut before = Before::default();
        let mut quotes = 0usize;
        let mut families: Vec<u8> = Vec::new();
        // From right to left.
        for (position, index) in clause.iter().enumerate().rev() {
            let Some(kind) = self.kind(*index).cloned() else { continue };
            match kind {
                Kind::Mark(Mark::CloseQuote) => {
                    quotes += 1;
                    if before.head == Head::Nothing {
                        before.head = Head::Unknown;
                    }
                    before.restricted |= before.act.is_none();
                    before.unknown = true;
                    continue;
                }
                Kind::Mark(Mark::OpenQuote) => {
                    quotes = quotes.saturating_sub(1);
                    continue;
                }
                _ if quotes > 0 => continue,
                _ => {}
            }
            let first = before.head == Head::Nothing;
            if before.named.is_none() {
                before.named = self.last_char(*index);
            }
            match kind {
                Kind::Unknown(_) => {
                    if first {
                        before.head = Head::Unknown;
                    }
                    before.restricted |= before.act.is_none();
                    before.unknown = true;
                }
                Kind::Year(year) => {
                    if before.act == Some(Act::Carry) || !self.carries(&clause, position) {
                        before.year.get_or_insert(StatedYear::Named(year));
                    } else {
                        before.next_year = true;
                    }
                }
                Kind::Mark(Mark::Enumeration) => self.joined(&clause, position, &mut before),
                Kind::Term(term) => match term {
                    Term::Subject(subject) => {
                        if first {
                            before.head = Head::Subject(subject);
                        }
                        match before.subject {
                            None => before.subject = Some(subject),
                            // 行政复议申请, 行政许可申请: the kind of application.
                            Some(Subject::Application) if subject != Subject::Application => {
                                let other = match subject {
                                    Subject::Review | Subject::Litigation => subject,
                                    _ => Subject::Other,
                                };
                                if before.act.is_none() {
                                    before.subject = Some(other);
                                    if before.head == Head::Subject(Subject::Application) {
                                        before.head = Head::Subject(other);
                                    }
                                }
                            }
                            _ => {}
                        }
                    }
                    Term::Disclosure => before.disclosure = true,
                    Term::Act(act) => {
                        if first {
                            before.head = Head::Act(act);
                        }
                        families.push(family(act));
                        // 结转至下年度办理
                        if act == Act::Carry && before.act == Some(Act::Process) {
                            families.retain(|other| *other != family(Act::Process));
                            before.act = Some(Act::Carry);
                            if before.head == Head::Act(Act::Process) {
                                before.head = Head::Act(Act::Carry);
                            }
                        }
                        before.act.get_or_insert(act);
                    }
                    Term::Ending(ending) => {
                        if first {
                            before.head = Head::Ending(ending);
                        }
                        before.restricted |= before.ending.is_some();
                        before.ending.get_or_insert(ending);
                    }
                    Term::Suit { after_review } => {
                        if first {
                            before.head = Head::Suit(after_review);
                        }
                        before.restricted |= before.suit.is_some();
                        before.suit.get_or_insert(after_review);
                    }
                    Term::Year(RelativeYear::Last) => {
                        before.last_year = true;
                        before.year.get_or_insert(StatedYear::Last);
                    }
                    Term::Year(RelativeYear::This) => {
                        before.year.get_or_insert(StatedYear::This);
                    }
                    Term::Year(RelativeYear::Next) => before.next_year = true,
                    Term::Guard(Guard::Cumulative) => {}
                    Term::Guard(guard) => {
                        before.guard.get_or_insert(guard);
                    }
                    Term::Channel | Term::Some | Term::AndSoOn => before.restricted = true,
                    Term::Applicant => before.restricted |= !self.all_applicants(&clause),
                    Term::And => self.joined(&clause, position, &mut before),
                    Term::None(_) => before.restricted = true,
                    Term::OnTime => before.on_time = true,
                    Term::Share => before.share = true,
                    Term::Rate => before.rate = true,
                    Term::Word => {
                        if first {
                            before.head = Head::Unknown;
                        }
                        before.restricted |= before.act.is_none();
                        before.unknown = true;
                    }
                    Term::Request
                    | Term::Scope(_)
                    | Term::Parts { .. }
                    | Term::Respectively
                    | Term::All
                    | Term::Neutral => {}
                },
                _ => {}
            }
        }
        // 作出不予公开答复
        families.retain(|other| *other != family(Act::Decide));
        families.dedup();
        // 收到并办结: two figures in one.
        if matches!(before.subject, None | Some(Subject::Application | Subject::Information)) {
            before.restricted |= families.len() > 1;
        }
        if matches!(before.subject, Some(Subject::Disclosed(_))) {
            before.restricted |= families.iter().any(|family| *family > 4);
        }
        before
    }

    /// The last character of a token that says what something is.
    fn last_char(&self, index: usize) -> Option<char> {
        match self.kind(index)? {
            Kind::Unknown(last) => Some(*last),
            Kind::Term(Term::Subject(Subject::Information)) => Some('息'),
            Kind::Term(Term::Subject(Subject::Application)) => Some('请'),
            _ => None,
        }
    }

    /// Whether the clause says 结转 before `position`.
    fn carries(&self, clause: &[usize], position: usize) -> bool {
        clause.iter().take(position).any(|index| self.term(*index) == Some(Term::Act(Act::Carry)))
    }

    /// A conjunction: are two things counted together?
    fn joined(&self, clause: &[usize], position: usize, before: &mut Before) {
        if before.act.is_some() && !matches!(before.head, Head::Act(_)) {
            return;
        }
        let left = clause.iter().take(position).rev().find_map(|index| match self.kind(*index)? {
            Kind::Term(Term::Neutral | Term::Disclosure | Term::Year(_) | Term::Scope(_)) => None,
            kind => Some(kind.clone()),
        });
        before.restricted |= matches!(
            left,
            Some(
                Kind::Term(Term::Subject(_) | Term::Ending(_) | Term::Suit { .. } | Term::Word)
                    | Kind::Unknown(_)
                    | Kind::Mark(Mark::CloseQuote)
            )
        );
    }

    /// Whether a clause that names who applies names all: 公民、法人和其他组织.
    fn all_applicants(&self, clause: &[usize]) -> bool {
        clause.iter().filter(|index| self.term(**index) == Some(Term::Applicant)).count() >= 2
    }

    /// What the words behind a number say is counted: `Some(Subject::Other)` if they are not understood.
    fn behind(&self, index: usize) -> Option<Subject> {
        let mut found = None;
        let mut applicants = 0;
        for kind in self.tokens.iter().skip(index + 1).map(|token| &token.kind) {
            match kind {
                Kind::Unknown(_) | Kind::Term(Term::Word | Term::Channel | Term::AndSoOn) => {
                    return Some(Subject::Other);
                }
                Kind::Mark(Mark::OpenQuote) => return Some(Subject::Other),
                Kind::Term(Term::Subject(subject)) => {
                    found = match (found, subject) {
                        (Some(Subject::Application), Subject::Review | Subject::Litigation) => Some(*subject),
                        (Some(Subject::Disclosed(_)), Subject::Application | Subject::Information) => {
                            Some(Subject::Other)
                        }
                        (Some(found), Subject::Application) => Some(found),
                        _ => Some(*subject),
                    }
                }
                Kind::Term(Term::Applicant) => applicants += 1,
                Kind::Mark(Mark::Enumeration) if applicants > 0 && found.is_none() => {}
                Kind::Term(Term::Neutral | Term::Disclosure | Term::And) => {}
                _ => break,
            }
        }
        if applicants == 1 { Some(Subject::Other) } else { found }
    }

    fn number(&mut self, figure: &Figure, index: usize) {
        self.touch(index);
        // Right behind another number: what was done there need not go on.
        let adjoins = self.level.clause.is_empty() && self.level.fresh.is_some();
        let before = self.before();
        let mut statement = self.statement(figure.amount, figure.digits);
        statement.measure = figure.measure;
        // The year.
        if let Some(year) = before.year {
            if year != StatedYear::Last && before.guard != Some(Guard::Comparison) {
                self.line.year = Some(year);
            }
            statement.year = year;
        } else {
            statement.year = self.line.year.unwrap_or(StatedYear::Unsaid);
        }
        statement.guard = statement.guard.or(before.guard).or(figure.rough.then_some(Guard::Approximate));
        if let Amount::Percent { .. } = figure.amount {
            self.percentage(statement, &before);
            return;
        }
        if figure.measure.is_none() && !self.bare(&before, index) {
            return;
        }
        let (subject, act) = self.subject_and_act(&before, index, adjoins);
        statement.subject = subject;
        statement.act = act;
        let in_parts = self.level.parts.is_some();
        let countable = !matches!(figure.measure, Some((Measure::Other | Measure::Percent, _)));
        let silent = before.restricted || self.sentence.respectively || !countable;
        if before.next_year && act != Some(Act::Carry) {
            statement.guard = statement.guard.or(Some(Guard::Plan));
        }
        statement.fact =
            if silent { None } else { self.fact(&before, subject, act, figure.measure.map(|(measure, _)| measure)) };
        // A part of what was received is not what was received.
        if in_parts && matches!(statement.fact, Some(Fact::Received | Fact::Accepted | Fact::Published)) {
            statement.fact = None;
        }
        if !in_parts {
            // Results are those of the cases before; of others than the table's, they are other results.
            let other = statement.fact.is_none() && matches!(subject, Some(Subject::Review | Subject::Litigation));
            let left = if other { Some(Subject::Other) } else { subject };
            self.sentence.subject = left.or(self.sentence.subject);
            self.sentence.act = act.or(self.sentence.act);
            self.sentence.suit = before.suit.or(match subject {
                Some(Subject::Litigation) if before.subject.is_none() => self.sentence.suit,
                _ => None,
            });
        }
        let number = self.out.len();
        self.part(&mut statement, number, before.named);
        if statement.guard.is_none() && self.level.parts.is_none() {
            self.level.last = Some(number);
        }
        self.level.fresh = Some(number);
        self.out.push(statement);
    }

    /// Whether a number without a measure word is one of things: `申请数量为0。`
    fn bare(&self, before: &Before, index: usize) -> bool {
        let ends = matches!(
            self.kind(index + 1),
            None | Some(Kind::Mark(Mark::Stop | Mark::Comma | Mark::Semicolon | Mark::Close))
        );
        let linked = index.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(Kind::Term(Term::Neutral) | Kind::Mark(Mark::Colon)))
        });
        ends && linked && matches!(before.head, Head::Subject(_) | Head::Act(_) | Head::Ending(_))
    }

    /// What is counted and what was done, by the clause, what follows the number, and the clauses before.
    fn subject_and_act(&self, before: &Before, index: usize, adjoins: bool) -> (Option<Subject>, Option<Act>) {
        let inherited = self.sentence.subject.or(self.line.topic);
        match before.head {
            Head::Subject(_) => {
                // 办理行政许可867件，行政处罚11件: the act goes on, if nothing else is said.
                let act = before.act.or(if before.unknown { None } else { self.sentence.act });
                (before.subject, act)
            }
            Head::Act(act) => {
                let subject = match (before.subject, self.behind(index)) {
                    (_, Some(Subject::Other)) => Some(Subject::Other),
                    (Some(subject), _) => Some(subject),
                    (None, Some(subject)) => Some(subject),
                    (None, None) if matches!(before.ending, Some(Ending::Row(_) | Ending::Group(_))) => {
                        Some(Subject::Application)
                    }
                    (None, None) if before.disclosure => Some(match act {
                        Act::Receive | Act::Accept | Act::Answer => Subject::Application,
                        _ => Subject::Other,
                    }),
                    (None, None) if before.unknown && act != Act::Carry => Some(Subject::Other),
                    (None, None) => inherited,
                };
                (subject, Some(act))
            }
            Head::Ending(_) | Head::Suit(_) => {
                let subject = match (before.subject, self.behind(index)) {
                    (_, Some(Subject::Other)) => Some(Subject::Other),
                    (Some(subject), _) | (None, Some(subject)) => Some(subject),
                    (None, None) => inherited,
                };
                let subject = match (before.head, subject) {
                    (Head::Suit(_), _) => Some(Subject::Litigation),
                    (Head::Ending(Ending::Row(_) | Ending::Group(_)), None) => Some(Subject::Application),
                    (_, subject) => subject,
                };
                (subject, before.act)
            }
            Head::Unknown => (Some(Subject::Other), before.act),
            Head::Nothing => match self.behind(index) {
                Some(subject) => (Some(subject), if adjoins { None } else { self.sentence.act }),
                None => (None, None),
            },
        }
    }

    /// Which figure of the tables it is.
    fn fact(
        &self,
        before: &Before,
        subject: Option<Subject>,
        act: Option<Act>,
        measure: Option<Measure>,
    ) -> Option<Fact> {
        let result = match before.ending {
            Some(Ending::Result(outcome)) => Some(outcome),
            _ => None,
        };
        match subject? {
            Subject::Application => {
                if !self.line.mention && self.line.topic != Some(Subject::Application) {
                    return None;
                }
                if let Some(ending @ (Ending::Row(_) | Ending::Group(_))) = before.ending {
                    let told = !matches!(before.head, Head::Unknown | Head::Nothing) && !before.unknown;
                    let plain = matches!(act, None | Some(Act::Answer | Act::Decide | Act::Process));
                    return (told && plain).then_some(Fact::Ended(ending));
                }
                if matches!(before.head, Head::Ending(_) | Head::Unknown | Head::Nothing) && before.act.is_none() {
                    // 收到的12件, with nothing said, is taken for nothing.
                    return match before.head {
                        Head::Nothing => self.received(act),
                        _ => None,
                    };
                }
                match act? {
                    Act::Carry if before.next_year => Some(Fact::CarriedOut),
                    Act::Carry if before.last_year => Some(Fact::CarriedIn),
                    Act::Carry => Some(Fact::Carried),
                    // 上年结转的申请答复2件
                    _ if before.last_year => None,
                    Act::Process => Some(Fact::Processed),
                    Act::Answer => Some(Fact::Handled),
                    act => self.received(Some(act)),
                }
            }
            subject @ (Subject::Review | Subject::Litigation) => {
                if !self.line.mention || (before.unknown && before.act.is_none()) {
                    return None;
                }
                let judged =
                    matches!(before.act, Some(Act::Judge | Act::Accept | Act::Process | Act::Answer | Act::Other));
                if judged && !before.disclosure {
                    return None;
                }
                if matches!(before.head, Head::Act(_)) && result.is_none() && before.subject.is_none() {
                    return None;
                }
                if matches!(before.ending, Some(Ending::Row(_) | Ending::Group(_))) {
                    return None;
                }
                let outcome = result.unwrap_or(Outcome::Total);
                let inherited = if before.subject.is_none() { self.sentence.suit } else { None };
                Some(match (subject, before.suit.or(inherited)) {
                    (Subject::Review, None) => Fact::Review(outcome),
                    (Subject::Review, Some(_)) => return None,
                    (_, None) => Fact::Litigation(outcome),
                    (_, Some(false)) => Fact::DirectSuit(outcome),
                    (_, Some(true)) => Fact::SuitAfterReview(outcome),
                })
            }
            Subject::Disclosed(row) if row.item().is_some_and(|item| item.number() == 1) => match act? {
                Act::Issue => Some(Fact::Issued(row)),
                Act::Repeal => Some(Fact::Repealed(row)),
                Act::InForce => Some(Fact::InForce(row)),
                _ => None,
            },
            Subject::Disclosed(row) => {
                let told = match act {
                    // 行政许可23项: items, not decisions.
                    None => measure != Some(Measure::Item),
                    Some(Act::Process | Act::Decide) => true,
                    Some(Act::Answer) => measure != Some(Measure::Item),
                    _ => false,
                };
                let plain = before.act.is_some() || !before.unknown;
                (told && plain && before.ending.is_none()).then_some(Fact::Decisions(row))
            }
            Subject::Information => {
                let plain =
                    act == Some(Act::Publish) && !before.unknown && before.ending.is_none() && !before.next_year;
                plain.then_some(Fact::Published)
            }
            Subject::Other => None,
        }
    }

    fn received(&self, act: Option<Act>) -> Option<Fact> {
        match act {
            Some(Act::Receive) => Some(Fact::Received),
            Some(Act::Accept) => Some(Fact::Accepted),
            _ => None,
        }
    }

    /// A percentage: a rate, a share of the number before it, or neither.
    fn percentage(&mut self, mut statement: Statement, before: &Before) {
        let subject = before.subject.or(self.sentence.subject).or(self.line.topic);
        statement.subject = subject;
        if before.rate {
            statement.role = Role::Rate;
            let plain = !before.on_time && !before.unknown && !before.restricted && before.guard.is_none();
            if plain && subject == Some(Subject::Application) {
                statement.fact = Some(Fact::Handled);
            }
        } else if before.share {
            // The number it is a share of stands right before it.
            if let (Some(last), false) = (self.out.len().checked_sub(1), before.unknown) {
                let whole = self.out.get(last).is_some_and(|last| matches!(last.amount, Amount::Count(_)));
                if whole {
                    statement.role = Role::ShareOf(last);
                }
            }
        }
        self.level.fresh = Some(self.out.len());
        self.out.push(statement);
    }

    /// Takes a number into the list of parts that is open, or ends the list.
    fn part(&mut self, statement: &mut Statement, number: usize, named: Option<char>) {
        let Some(list) = self.level.parts.as_mut() else { return };
        let Some(whole) = self.out.get(list.whole) else { return };
        let alike = whole.measure.map(|(measure, _)| measure) == statement.measure.map(|(measure, _)| measure);
        let main = matches!(
            statement.fact,
            Some(
                Fact::CarriedIn
                    | Fact::CarriedOut
                    | Fact::Carried
                    | Fact::Handled
                    | Fact::Processed
                    | Fact::Review(Outcome::Total)
                    | Fact::Litigation(Outcome::Total)
            )
        ) || statement.act == Some(Act::Receive)
            && statement.subject == Some(Subject::Application)
            && statement.fact.is_none()
            && named.is_none();
        let after_semicolon = list.separator == Some(Mark::Semicolon);
        let fits = alike && !main && statement.guard.is_none() && matches!(statement.amount, Amount::Count(_));
        if fits {
            statement.part_of = Some(list.whole);
            list.items.push((number, named));
        } else {
            // Behind a semicolon something new begins; elsewhere it is not known where the list ends.
            let ended = after_semicolon && !list.items.is_empty();
            if matches!(statement.guard, Some(Guard::Comparison)) {
                return;
            }
            self.finish_parts(ended);
        }
    }

    /// Ends the list of parts. Only one that ends where a sentence or a bracket does is known whole.
    fn finish_parts(&mut self, regular: bool) {
        let Some(list) = self.level.parts.take() else { return };
        if !regular || list.open || list.items.len() < 2 {
            return;
        }
        let first = list.items.first().and_then(|(_, named)| *named);
        let alike = first.is_some() && list.items.iter().all(|(_, named)| *named == first);
        let items = list.items.iter().map(|(item, _)| *item).collect();
        if let Some(whole) = self.out.get_mut(list.whole) {
            whole.parts = Some(Parts { items, all: list.all, alike });
        }
    }

    /// `未收到政府信息公开申请`, `没有发生行政复议、行政诉讼`: a zero for each thing named.
    fn none(&mut self, clause: &[usize]) {
        let Some(position) = clause.iter().position(|index| matches!(self.term(*index), Some(Term::None(_)))) else {
            return;
        };
        let Some(Term::None(said)) = clause.get(position).and_then(|index| self.term(*index)) else { return };
        let earlier = clause.get(..position).unwrap_or_default();
        if self.has(earlier, |term| {
            matches!(
                term,
                Term::Guard(Guard::Plan) | Term::Some | Term::Rate | Term::None(_) | Term::Channel | Term::Applicant
            )
        }) {
            return;
        }
        let mut subjects: Vec<(Subject, usize)> = Vec::new();
        let mut act = said;
        for index in clause.iter().skip(position + 1) {
            match self.kind(*index) {
                Some(Kind::Term(Term::Subject(
                    subject @ (Subject::Application | Subject::Review | Subject::Litigation),
                ))) => {
                    subjects.push((*subject, *index));
                }
                Some(Kind::Term(Term::Act(Act::Receive | Act::Accept))) if act.is_none() && subjects.is_empty() => {
                    act = Some(Act::Receive);
                }
                Some(Kind::Term(Term::Suit { .. })) => return,
                Some(Kind::Term(Term::Neutral | Term::Disclosure | Term::And | Term::Year(RelativeYear::This))) => {}
                Some(Kind::Term(Term::Applicant)) if self.all_applicants(clause) => {}
                Some(Kind::Mark(Mark::Enumeration)) => {}
                _ => return,
            }
        }
        let cases = subjects.iter().any(|(subject, _)| matches!(subject, Subject::Review | Subject::Litigation));
        if !self.line.mention {
            return;
        }
        let year = clause.iter().find_map(|index| match self.kind(*index)? {
            Kind::Year(year) => Some(StatedYear::Named(*year)),
            Kind::Term(Term::Year(RelativeYear::This)) => Some(StatedYear::This),
            Kind::Term(Term::Year(RelativeYear::Last)) => Some(StatedYear::Last),
            _ => None,
        });
        let span = clause.get(position).map_or(Span::default(), |index| self.span(*index));
        let alone = subjects.len() == 1;
        let mut seen = Vec::new();
        for (subject, index) in subjects {
            let fact = match subject {
                Subject::Application if cases => continue,
                Subject::Application => Fact::Received,
                Subject::Review => Fact::Review(Outcome::Total),
                _ => Fact::Litigation(Outcome::Total),
            };
            if seen.contains(&fact) {
                continue;
            }
            seen.push(fact);
            let mut statement = self.statement(Amount::Count(0), span);
            statement.subject = Some(subject);
            statement.act = act;
            statement.fact = Some(fact);
            statement.year = year.or(self.line.year).unwrap_or(StatedYear::Unsaid);
            statement.place = (alone && said.is_some()).then(|| Span::at(self.span(index).end));
            self.out.push(statement);
        }
    }

    /// `全部办结`, `均已答复`
    fn all(&mut self, clause: &[usize]) {
        let Some(from) = clause.iter().position(|index| self.term(*index) == Some(Term::All)) else { return };
        let Some(to) = clause.iter().position(|index| self.term(*index) == Some(Term::Act(Act::Answer))) else {
            return;
        };
        let silent = |term| {
            matches!(
                term,
                Term::None(_)
                    | Term::Some
                    | Term::Guard(_)
                    | Term::Act(Act::Carry)
                    | Term::Year(RelativeYear::Last | RelativeYear::Next)
            )
        };
        if to < from
            || self.has(clause, silent)
            || clause.iter().any(|index| matches!(self.kind(*index), Some(Kind::Unknown(_))))
        {
            return;
        }
        let subject = clause.iter().find_map(|index| match self.term(*index)? {
            Term::Subject(subject) => Some(subject),
            _ => None,
        });
        let subject = subject.or(self.sentence.subject).or(self.line.topic);
        // All of the parts, or of those left from last year, are not all.
        let whole = self.level.parts.is_none()
            && self.level.last.and_then(|last| self.out.get(last)).is_none_or(|last| {
                !matches!(last.fact, Some(Fact::CarriedIn | Fact::CarriedOut | Fact::Carried | Fact::Ended(_)))
            });
        if subject != Some(Subject::Application) || !whole || !self.line.mention {
            return;
        }
        let span = |position: usize| clause.get(position).map_or(Span::default(), |index| self.span(*index));
        let on_time = self.has(clause, |term| term == Term::OnTime);
        let mut statement = self.statement(Amount::All { on_time }, span(from).cover(span(to)));
        statement.subject = subject;
        statement.act = Some(Act::Answer);
        statement.fact = Some(Fact::Handled);
        statement.year = self.line.year.unwrap_or(StatedYear::Unsaid);
        self.out.push(statement);
    }
}

/// Acts that may be said of one and the same figure.
fn family(act: Act) -> u8 {
    match act {
        Act::Receive | Act::Accept => 0,
        Act::Process | Act::Answer => 1,
        Act::Carry => 2,
        Act::Decide => 3,
        Act::Issue | Act::Repeal | Act::InForce => 4,
        Act::Publish => 5,
        Act::Judge => 6,
        Act::Other => 7,
    }
}
