//! Determines what each figure of a passage counts.
//!
//! A passage is the text under one heading. It is read clause by clause. `clause` reads the words beside a figure; what they
//! leave out comes from earlier clauses: the subject, the year, the scope, the open list. That context lasts until another
//! subject replaces it, at most until the end of the passage.

use super::clause::{Chunk, DelimitedChunk, Head, Naming, Slots, Time, after, before, chunks};
use super::fact::{Given, fact, is_of_all, is_receiving};
use super::list::List;
use super::token::{NumberToken, Punctuation, Token, TokenKind};
use super::{Amount, FigureRole, Measure, Parts, StatedYear, Statement, SubjectSource};
use crate::statute::prose::{Act, Ending, Fact, FigureScope, Guard, RelativeYear, Subject, Term};
use crate::statute::{Outcome, Row};
use crate::text::Span;
use std::collections::VecDeque;

/// Adds the statements of the passage of `tokens` to `out`; `said` is the context of the passages before it.
pub(super) fn read_passage(
    tokens: &[Token],
    out: Vec<Statement>,
    said: PassageState,
) -> (Vec<Statement>, PassageState) {
    let mut reader =
        DiscourseReader { tokens, out, said, sentence: SentenceState::default(), level: Bracket::default() };
    reader.said.first = reader.out.len();
    reader.paragraph();
    (reader.out, reader.said)
}

/// Ends what is open at the end of the text under a heading.
pub(super) fn finish_passages(out: Vec<Statement>, mut said: PassageState) -> Vec<Statement> {
    let level = Bracket { list: said.list.take(), ..Bracket::default() };
    let at_stop = level.list.as_ref().is_some_and(|list| list.at_stop);
    let mut reader = DiscourseReader { tokens: &[], out, said, sentence: SentenceState::default(), level };
    reader.finish_list(at_stop);
    reader.out
}

/// The part of the context that a passage without figures depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spoken {
    topic: Option<Subject>,
    year: Option<StatedYear>,
    disclosure: bool,
    pending: Pending,
    received: Option<i64>,
}

/// The statements of a passage without figures; spans count from its start, and indices from its first statement.
pub(super) struct PlainReading {
    statements: Vec<Statement>,
    after: PassageState,
}

/// The statements of the passage of `tokens` in the context `spoken`, without figures before it.
pub(super) fn read_alone(tokens: &[Token], spoken: Spoken) -> PlainReading {
    let Spoken { topic, year, disclosure, pending, received } = spoken;
    let said = PassageState { topic, year, disclosure, pending, received, ..PassageState::default() };
    let (statements, after) = read_passage(tokens, Vec::new(), said);
    PlainReading { statements, after }
}

impl PlainReading {
    /// Whether no list or denial of it is open.
    pub(super) fn is_complete(&self) -> bool {
        self.after.list.is_none()
    }

    /// The context after it, if it has no statements: nothing else is changed by it.
    pub(super) fn silent(&self) -> Option<Spoken> {
        self.after.spoken().filter(|_| self.statements.is_empty())
    }

    /// Adds it to `out`, for a passage that starts at `start` in the context `said`; returns the context after it.
    pub(super) fn add(&self, start: usize, out: &mut Vec<Statement>, said: PassageState) -> PassageState {
        let first = out.len();
        out.extend(self.statements.iter().cloned().map(|mut statement| {
            statement.map_spans(|span| span.shift(start));
            statement.move_indices(0, first);
            statement
        }));
        let moved = |index: &usize| index + first;
        // Every field is listed, because passages without figures may depend on a new one.
        let PassageState {
            topic,
            year,
            disclosure,
            pending,
            received,
            tallied: _,
            list: _,
            main,
            information,
            handled,
            first: last,
            previous,
            before,
        } = &self.after;
        PassageState {
            topic: *topic,
            year: *year,
            disclosure: *disclosure,
            pending: *pending,
            received: *received,
            tallied: false,
            list: None,
            main: main.as_ref().map(moved).or(said.main),
            information: information.as_ref().map(moved).or(said.information),
            handled: handled.as_ref().map(moved).or(said.handled),
            first: moved(last),
            previous: moved(previous),
            before: before + start,
        }
    }
}

/// The largest number of tokens that are read of a clause.
const LONGEST_CLAUSE: usize = 128;
/// The largest number of tokens that are read after a figure.
const LONGEST_REST: usize = 32;
/// The largest number of tokens in which the colon after the name of a line is searched for.
const LONGEST_NAME: usize = 16;
/// The largest depth of nested brackets.
const DEEPEST: usize = 16;

struct DiscourseReader<'t> {
    tokens: &'t [Token],
    out: Vec<Statement>,
    said: PassageState,
    sentence: SentenceState,
    level: Bracket,
}

/// The context for the rest of a passage.
#[derive(Default)]
pub(super) struct PassageState {
    /// The current subject.
    topic: Option<Subject>,
    year: Option<StatedYear>,
    /// Whether disclosure was mentioned.
    disclosure: bool,
    /// The applications to which 均已答复 refers.
    pending: Pending,
    received: Option<i64>,
    /// 2025年累计收到35件: whether what is counted up in the next sentences is of that year.
    tallied: bool,
    /// The list that goes on in the next paragraph.
    list: Option<List>,
    /// The last figure that is not a part of another, and the last one of information.
    main: Option<usize>,
    information: Option<usize>,
    /// The last figure of answered applications that is not a part of another.
    handled: Option<usize>,
    /// The first statement of the sentence and of the one before, and its start.
    first: usize,
    previous: usize,
    before: usize,
}

/// The applications named last, for a clause which states that all of them were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Pending {
    /// None were named.
    #[default]
    Unknown,
    /// Those received.
    Received,
    /// Those answered already, or a part.
    Others,
}

impl PassageState {
    /// The context before the first passage under a heading that names `topic`.
    pub(super) fn under(topic: Option<Subject>) -> PassageState {
        PassageState { topic, ..PassageState::default() }
    }

    /// The current subject; `None` while a list continues.
    pub(super) fn spoken(&self) -> Option<Spoken> {
        let PassageState { topic, year, disclosure, pending, received, .. } = *self;
        self.list.is_none().then_some(Spoken { topic, year, disclosure, pending, received })
    }
}

/// The context for the rest of a sentence.
#[derive(Clone, Default)]
struct SentenceState {
    start: Option<usize>,
    subject: Option<Subject>,
    act: Option<Act>,
    suit: Option<bool>,
    scope: Option<(FigureScope, Span)>,
    /// Whether it names its year.
    dated: bool,
    cumulative: bool,
    /// Whether it contains 累计, and for which years it does not apply.
    running: bool,
    /// Whether it describes the day on which it was written.
    now: bool,
    /// The act with applications that the clause before names, which has no figure.
    received_act: Option<Act>,
    /// The things that the following figures count, one each: 分别为.
    queue: VecDeque<DelimitedChunk>,
    /// Whether these things come after that word: 分别作出予以公开、不予公开答复9件、3件.
    respective: bool,
    /// The figures to which the following shares belong, one each: 分别占.
    shares: Option<VecDeque<usize>>,
    /// 除…外: whether some are an exception to 全部.
    has_exception: bool,
    /// 未发生…: the denial, while further denied things may follow.
    denied: Option<Span>,
    /// 作为复议机关: whether it is about cases of other parties.
    fault: bool,
    /// Whether it gives the numbers of received and of carried-over applications.
    received: bool,
    carried_in: bool,
    /// 办理结果: whether the figures that follow are of outcomes.
    outcomes: bool,
    /// The words before a comparison: 收到申请较上年增加3件.
    compared: Option<Vec<DelimitedChunk>>,
    /// 前三位: whether only the largest parts are named.
    foremost: bool,
    /// 上年度收到38件: whether the next figures are of last year too.
    of_last_year: bool,
    /// 收到信访12件: whether it counts what else the body has to do with.
    business: bool,
    /// The bodies that its first figure covers.
    base: Option<Option<(FigureScope, Span)>>,
}

/// The context inside a pair of brackets.
#[derive(Clone, Default)]
struct Bracket {
    /// The tokens since the last number or separator.
    clause: Vec<usize>,
    /// The number immediately before the clause.
    fresh: Option<usize>,
    /// Whether a clause without a number came after the last one.
    apart: bool,
    /// The number before.
    last: Option<usize>,
    list: Option<List>,
    /// The list that goes on after the parts of its last part: 公开5件；不予公开2件，其中…；无法提供4件.
    suspended: Option<List>,
}

impl<'t> DiscourseReader<'t> {
    fn paragraph(&mut self) {
        let mut outer: Vec<(Bracket, SentenceState)> = Vec::new();
        let mut quotes = 0usize;
        self.level.list = self.said.list.take();
        let is_item = self.is_item_of_lines();
        if self.level.list.as_ref().is_some_and(|list| list.at_stop && !is_item) {
            self.finish_list(true);
        }
        let mut starts = true;
        for (index, token) in self.tokens.iter().enumerate() {
            if std::mem::take(&mut starts) {
                self.names_disclosure(index);
            }
            match &token.kind {
                TokenKind::Mark(mark @ (Punctuation::OpenQuote | Punctuation::CloseQuote)) => {
                    quotes = if *mark == Punctuation::OpenQuote { quotes + 1 } else { quotes.saturating_sub(1) };
                    self.take(index);
                }
                kind if quotes > 0 && *kind != TokenKind::Mark(Punctuation::Stop) => {
                    if let TokenKind::Number(figure) = kind {
                        self.quoted(figure);
                    }
                    self.take(index);
                }
                TokenKind::Mark(Punctuation::Open) if outer.len() < DEEPEST => self.open(&mut outer),
                TokenKind::Mark(Punctuation::Close) => {
                    self.flush();
                    self.finish_list(true);
                    if let Some((level, sentence)) = outer.pop() {
                        let carried_in = self.sentence.carried_in;
                        (self.level, self.sentence) = (level, sentence);
                        self.sentence.carried_in |= carried_in;
                    }
                }
                TokenKind::Mark(Punctuation::Stop) => {
                    quotes = 0;
                    starts = true;
                    // The next line may be one more item.
                    let goes_on = is_item && index + 1 == self.tokens.len();
                    self.stop(&mut outer, token.span, goes_on);
                    self.said.list.iter_mut().for_each(|list| list.at_stop = true);
                }
                TokenKind::Mark(mark) => self.separate(*mark, index),
                // 没有一件引起复议: none.
                TokenKind::Number(NumberToken { amount: Amount::Count(1), .. })
                    if self.level.clause.last().is_some_and(|last| matches!(self.term(*last), Some(Term::None(_)))) => {
                }
                // 收到12345工单310件: a name.
                TokenKind::Number(NumberToken { measure: None, .. }) if self.goes_on_as_a_name(index + 1) => {
                    self.take(index)
                }
                TokenKind::Number(figure) => self.number(figure, index),
                _ => self.word(index),
            }
        }
        let end = self.tokens.last().map_or(0, |last| last.span.end);
        // `共发布398条：`, with the parts in lines of their own.
        let goes_on = matches!(
            self.tokens.last(),
            Some(Token { kind: TokenKind::Mark(Punctuation::Colon | Punctuation::Semicolon), .. })
        );
        let opens_lines = matches!(self.tokens.last(), Some(Token { kind: TokenKind::Mark(Punctuation::Colon), .. }));
        let of_lines = self.said.list.take();
        self.stop(&mut outer, Span::at(end), goes_on);
        self.said.list = self.said.list.take().or(of_lines);
        if let Some(list) = self.said.list.as_mut().filter(|_| opens_lines) {
            list.by_line = true;
        }
    }

    /// `机构职能：发布信息12条。`: whether the passage is a line of the list of lines that is open: one name, and one figure.
    fn is_item_of_lines(&self) -> bool {
        let Some(list) = self.level.list.as_ref().filter(|list| list.by_line) else { return false };
        let word = self.out.get(list.whole).and_then(|whole| whole.measure).map(|(measure, _)| measure);
        let ends = |token: &&Token| token.kind == TokenKind::Mark(Punctuation::Stop);
        let stops = self.tokens.iter().filter(ends).count();
        let at_end = self.tokens.last().is_some_and(|last| ends(&last));
        let mut counts = self.tokens.iter().filter_map(|token| match &token.kind {
            TokenKind::Number(NumberToken { amount: Amount::Count(_), measure: Some((measure, _)), .. }) => {
                Some(*measure)
            }
            _ => None,
        });
        let named =
            self.tokens.iter().take(LONGEST_NAME).any(|token| token.kind == TokenKind::Mark(Punctuation::Colon));
        named && stops == usize::from(at_end) && counts.next() == word && counts.next().is_none()
    }

    /// Records whether the sentence that starts at `index` mentions disclosure.
    fn names_disclosure(&mut self, index: usize) {
        let sentence = self.tokens.iter().skip(index).map(|token| &token.kind);
        let mut words = sentence.take_while(|kind| **kind != TokenKind::Mark(Punctuation::Stop));
        self.said.disclosure |= words.any(|kind| {
            matches!(
                kind,
                TokenKind::Term(
                    Term::Disclosure | Term::Request | Term::Subject(Subject::Information) | Term::Act(Act::Publish)
                )
            )
        });
    }

    /// Whether the token `index`, right after a number without a measure word, makes a name of it.
    fn goes_on_as_a_name(&self, index: usize) -> bool {
        matches!(
            self.kind(index),
            Some(TokenKind::Unknown(_) | TokenKind::Term(Term::Subject(Subject::Other) | Term::Channel))
        )
    }

    fn kind(&self, index: usize) -> Option<&'t TokenKind> {
        self.tokens.get(index).map(|token| &token.kind)
    }

    fn term(&self, index: usize) -> Option<Term> {
        match self.kind(index)? {
            TokenKind::Term(term) => Some(*term),
            _ => None,
        }
    }

    fn span(&self, index: usize) -> Span {
        self.tokens.get(index).map_or(Span::default(), |token| token.span)
    }

    /// Adds a token to the clause. The beginning of a very long clause is dropped.
    fn take(&mut self, index: usize) {
        if self.level.clause.len() >= LONGEST_CLAUSE {
            self.level.clause.drain(..LONGEST_CLAUSE / 2);
        }
        self.level.clause.push(index);
    }

    fn touch(&mut self, index: usize) {
        let start = self.span(index).start;
        self.sentence.start.get_or_insert(start);
    }

    fn open(&mut self, outer: &mut Vec<(Bracket, SentenceState)>) {
        let inner = Bracket { last: self.level.last, ..Bracket::default() };
        // `23条（避险搬迁15条、征地公告8条）`: figures in brackets after a figure may be its parts.
        let whole = self.level.fresh.filter(|_| self.level.clause.is_empty());
        let list = whole.map(|whole| List::new(whole, false, true));
        outer.push((std::mem::replace(&mut self.level, Bracket { list, ..inner }), self.sentence.clone()));
    }

    fn word(&mut self, index: usize) {
        self.touch(index);
        match self.term(index) {
            Some(Term::Parts { all: true } | Term::Respectively) if self.respective_shares(index) => {
                self.take(index);
                return;
            }
            Some(Term::Parts { all }) if self.begin_list(all) => return,
            Some(Term::Except) => self.sentence.has_exception = true,
            // 5件为网上申请，且1件…: of some of them.
            Some(Term::Moreover) if self.level.clause.is_empty() => self.finish_list(false),
            Some(Term::Foremost) => self.sentence.foremost = true,
            // 46件答复中公开20件
            Some(Term::Inside) if self.opens_inside() => return,
            Some(Term::Inside) => self.inside(),
            // 累计降雨类40条, in a list, is a name.
            Some(Term::Running) if self.level.list.is_none() => {
                // 收到12件，累计办结10件: of those.
                let is_dated = self.sentence.dated || self.dated_clause();
                self.sentence.running |= !is_dated && !self.sentence.received && !self.said.tallied;
                self.said.tallied |= is_dated;
            }
            Some(Term::AsOf) => self.as_of(index),
            Some(Term::Results | Term::Outcomes) => {
                self.sentence.outcomes |= self.said.topic == Some(Subject::Application)
            }
            Some(Term::Relation) if self.concerning() => return,
            // 全县制定16件，我局制定1件
            Some(Term::Own) if self.level.last.is_some() && self.level.list.is_none() => {
                self.sentence.scope = None;
                self.sentence.base = Some(None);
            }
            // 以县政府和县政府办公室名义: not of whom the figures are.
            Some(Term::InName) => self.sentence.scope = None,
            Some(Term::Respectively) => {
                if self.names_bodies() {
                    self.sentence.scope = Some((FigureScope::Members, self.span(index)));
                }
                self.respectively();
                self.sentence.respective = self.sentence.queue.is_empty();
                return;
            }
            Some(Term::Scope(scope)) => {
                // 全区各级机关: the region.
                // 市政府及市政府办公室: the government.
                let joined = scope == FigureScope::Office
                    && self.level.clause.last().is_some_and(|last| self.term(*last) == Some(Term::And));
                let wider = joined
                    || (matches!(self.sentence.scope, Some((FigureScope::Region, _))) && scope == FigureScope::Members);
                if !wider {
                    self.sentence.scope = Some((scope, self.span(index)));
                }
            }
            // `动态58条等`; 等原因 before a figure does not concern the list.
            Some(Term::AndSoOn) if self.level.fresh.is_some() && self.level.clause.is_empty() => {
                if let Some(list) = self.level.list.as_mut() {
                    list.open = true;
                }
            }
            _ => {}
        }
        self.take(index);
    }

    /// Whether the clause names the year so far.
    fn dated_clause(&self) -> bool {
        self.level.clause.iter().any(|index| {
            matches!(self.kind(*index), Some(TokenKind::Year(_)))
                || matches!(self.term(*index), Some(Term::Year(RelativeYear::This)))
        })
    }

    /// 截至: up to the last day of a year, which changes nothing, or to any other, which makes the figures cumulative.
    fn as_of(&mut self, index: usize) {
        let mut year = None;
        let mut month = None;
        let mut whole = false;
        for kind in self.tokens.iter().skip(index + 1).take(6).map(|token| &token.kind) {
            match kind {
                TokenKind::Year(named) => year = Some(*named),
                TokenKind::Month(named) => {
                    month = Some(*named);
                    whole = *named == 12;
                }
                // 12月31日24时
                TokenKind::Date(None) if whole => {}
                TokenKind::Date(day) => whole = month.is_none_or(|month| month == 12) && *day == Some(31),
                TokenKind::Term(Term::YearEnd) => whole = month.is_none_or(|month| month == 12),
                TokenKind::Term(Term::Neutral | Term::Own | Term::Year(RelativeYear::This)) => {}
                _ => break,
            }
        }
        match whole {
            true => {
                self.sentence.dated = true;
                self.said.year = year.map(StatedYear::Named).or(self.said.year);
            }
            false => self.sentence.cumulative = true,
        }
    }

    /// 区财政局、区教育局分别收到…: whether the clause names several bodies, and nothing else.
    fn names_bodies(&self) -> bool {
        let pieces = chunks(self.tokens, self.level.clause.iter().copied());
        let is_name =
            |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::Unknown(last) if ENDS_AN_OBJECT.contains(last));
        let names = pieces.iter().filter(|piece| is_name(piece)).count();
        let links = pieces.iter().filter(|piece| piece.chunk == Chunk::Link).count();
        let others = |piece: &&DelimitedChunk| matches!(piece.chunk, Chunk::Year(_) | Chunk::Scope(_));
        names >= 2 && links > 0 && names + links + pieces.iter().filter(others).count() == pieces.len()
    }

    /// `行政复议、行政诉讼分别为3件、2件`: keeps the things that the figures will count.
    fn respectively(&mut self) {
        let pieces = chunks(self.tokens, self.level.clause.iter().copied());
        let of = |kind: fn(&Chunk) -> bool| -> VecDeque<DelimitedChunk> {
            pieces.iter().filter(|piece| kind(&piece.chunk)).copied().collect()
        };
        let kinds = [
            of(|chunk| matches!(chunk, Chunk::Ending(_))),
            of(|chunk| matches!(chunk, Chunk::Noun(..))),
            of(|chunk| matches!(chunk, Chunk::Act(_))),
        ];
        let Some(queue) = kinds.into_iter().find(|queue| queue.len() >= 2) else { return };
        // 收到、办结政府信息公开申请分别为5件、4件: two figures of one thing.
        let things: Vec<Subject> = pieces
            .iter()
            .filter_map(|piece| match piece.chunk {
                Chunk::Noun(subject, _) => Some(subject),
                _ => None,
            })
            .collect();
        if let [subject] = things.as_slice() {
            self.sentence.subject = Some(*subject);
        }
        self.sentence.queue = queue;
        self.level.clause.clear();
    }

    /// `予以公开3件、不予公开1件，分别占75%、25%`: keeps the figures that the shares will be of. Whether shares follow the token
    /// `index`.
    fn respective_shares(&mut self, index: usize) -> bool {
        let is_share = |index: usize| matches!(self.term(index), Some(Term::Share));
        let is_word =
            |index: &usize| matches!(self.kind(*index), Some(TokenKind::Term(Term::Neutral | Term::Own | Term::Share)));
        let from = (index + 1..).find(|next| !is_word(next)).unwrap_or(index + 1);
        let named = (index + 1..from).any(is_share) || self.level.clause.last().is_some_and(|last| is_share(*last));
        if !named {
            return false;
        }
        let shares = self.tokens.iter().skip(from).take(4 * LONGEST_REST).map(|token| &token.kind);
        let goes_on = |kind: &&TokenKind| match kind {
            TokenKind::Number(figure) => matches!(figure.amount, Amount::Percent { .. }),
            TokenKind::Mark(Punctuation::Enumeration | Punctuation::Comma)
            | TokenKind::Term(Term::And | Term::Neutral | Term::Own) => true,
            _ => false,
        };
        let count = shares.take_while(goes_on).filter(|kind| matches!(kind, TokenKind::Number(_))).count();
        let word = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        let first = self.out.len().checked_sub(count).filter(|first| *first >= self.said.first);
        let figures = first.and_then(|first| self.out.get(first..)).unwrap_or_default();
        let alike = figures
            .iter()
            .all(|figure| matches!(figure.amount, Amount::Count(_)) && word(figure) == figures.first().and_then(word));
        let is_whole =
            |figure: &Statement| figure.part_of.is_some_and(|whole| first.is_some_and(|first| whole >= first));
        let known = count >= 2 && figures.len() == count && alike && !figures.iter().any(is_whole);
        self.sentence.shares =
            Some(if known { (self.out.len() - count..self.out.len()).collect() } else { VecDeque::new() });
        true
    }

    /// 其中: the parts of the figure before follow. Whether there is one.
    fn begin_list(&mut self, all: bool) -> bool {
        // 收到、办结分别为5件、4件 names the figures; they are not parts.
        if all && self.sentence.queue.is_empty() {
            self.respectively();
        }
        if !self.sentence.queue.is_empty() {
            return true;
        }
        // 其中目录5条、…，共8条；专栏包括图片3条、…: the next group.
        if self.level.list.as_ref().is_some_and(|list| list.is_grouped() && list.open_group().is_none()) {
            return true;
        }
        let starts_sentence = self.out.len() == self.said.first && self.level.clause.is_empty();
        let before = match self.level.last {
            Some(last) => Some(last),
            // 共收到1240件。其中，…
            None if starts_sentence => self.said.main.filter(|main| !self.is_one_of_several(*main)),
            None => None,
        };
        let Some(whole) = before else { return false };
        // 共七类，其中…: of what these are kinds of.
        let whole = self.of_both(self.countable(whole));
        // 4件，涉及征地3件、社保1件，均已答复，其中公开2件、不予公开2件: of all of them again.
        let divided = self.out.get(whole).and_then(|part| part.part_of).filter(|_| self.level.apart);
        self.flush();
        let outer = self.level.list.take_if(|list| list.ends_with_clause(whole) && self.level.suspended.is_none());
        if outer.is_some() {
            self.level.suspended = outer;
        } else {
            self.finish_list(divided.is_some());
        }
        let mut list = List::new(divided.filter(|_| self.level.suspended.is_none()).unwrap_or(whole), all, false);
        list.divides = divided.is_some() && self.level.suspended.is_none();
        self.level.list = Some(list);
        true
    }

    /// `通过网站公开412条，通过微信公开1308条`: whether the figure `index` is one of several of the same kind, of which none is
    /// all.
    fn is_one_of_several(&self, index: usize) -> bool {
        let earlier = index.checked_sub(1).filter(|earlier| *earlier >= self.said.previous);
        let Some((last, before)) = self.out.get(index).zip(earlier.and_then(|earlier| self.out.get(earlier))) else {
            return false;
        };
        let word = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        last.subject == Some(Subject::Information)
            && last.act.is_some()
            && (last.act, last.subject, word(last)) == (before.act, before.subject, word(before))
            && [last, before].iter().all(|statement| statement.part_of.is_none() && statement.parts.is_empty())
            && before.guard == last.guard
    }

    /// `收到申请4件，涉及征地3件、社保1件`: what the figure before concerns follows; one application may concern more than one of
    /// them. Whether it does.
    fn concerning(&mut self) -> bool {
        if self.level.list.is_some() || !self.level.clause.is_empty() || self.level.fresh.is_some() {
            return false;
        }
        let whole = self.level.last.filter(|last| *last + 1 == self.out.len() && *last >= self.said.first);
        let divisible = |whole: &Statement| {
            matches!(whole.subject, Some(Subject::Application | Subject::Information)) && whole.part_of.is_none()
        };
        let Some((whole, found)) = whole.and_then(|whole| Some((whole, self.out.get(whole)?))) else { return false };
        if !divisible(found) {
            return false;
        }
        let mut list = List::new(whole, false, false);
        list.overlap = found.subject == Some(Subject::Application);
        self.level.list = Some(list);
        true
    }

    /// 收到9件，上年结转1件，其中…: the parts are those of all, not of those carried in.
    fn of_both(&self, index: usize) -> usize {
        let carried = self.out.get(index).is_some_and(|statement| statement.fact == Some(Fact::CarriedIn));
        let before = index.checked_sub(1).filter(|before| carried && *before >= self.said.previous);
        let received = |before: &usize| self.out.get(*before).is_some_and(|other| other.fact == Some(Fact::Received));
        before.filter(received).unwrap_or(index)
    }

    /// The figure that may have parts, at `index` or before it in the sentence.
    fn countable(&self, index: usize) -> usize {
        let kinds = |statement: &Statement| {
            matches!(statement.measure, Some((Measure::Other('类' | '种' | '批'), _)))
                || statement.guard == Some(Guard::Comparison)
        };
        match self.out.get(index) {
            Some(statement) if kinds(statement) => {
                let mut earlier = (self.said.previous..index).rev().take(LONGEST_REST);
                earlier.find(|at| self.out.get(*at).is_some_and(|other| !kinds(other))).unwrap_or(index)
            }
            _ => index,
        }
    }

    /// `46件答复中公开20件`: the parts of the figure before follow at once. Whether they do.
    fn opens_inside(&mut self) -> bool {
        let named = self.level.clause.last().is_none_or(|last| {
            matches!(
                self.term(*last),
                Some(
                    Term::Act(Act::Answer | Act::Process) | Term::Request | Term::Subject(_) | Term::ReviewApplication
                )
            )
        });
        let Some(whole) = self.level.fresh.filter(|_| named && self.level.list.is_none()) else { return false };
        if let Some(whole) = self.out.get_mut(whole)
            && whole.subject.is_none()
        {
            whole.subject = self.said.topic;
        }
        self.level.list = Some(List::new(whole, false, false));
        self.level.fresh = None;
        self.level.clause.clear();
        true
    }

    /// 在主动公开的信息中，…: the parts of what was named in an earlier sentence follow.
    fn inside(&mut self) {
        if self.level.list.is_some() || self.level.last.is_some() {
            return;
        }
        let pieces = chunks(self.tokens, self.level.clause.iter().copied());
        let names = |subject: Subject| {
            pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Noun(found, _) if found == subject))
        };
        let answered = pieces.iter().any(|piece| piece.chunk == Chunk::Act(Act::Answer));
        let no_thing = !pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Noun(..)));
        let of_applications =
            names(Subject::Application) || (no_thing && self.said.topic == Some(Subject::Application));
        let whole = match (names(Subject::Information), of_applications && answered) {
            (true, _) => self.said.information,
            // 在已办结的申请中
            (false, true) => self.said.handled,
            (false, false) => None,
        };
        if let Some(whole) = whole {
            self.level.list = Some(List::new(whole, false, false));
        }
    }

    fn separate(&mut self, mark: Punctuation, index: usize) {
        self.touch(index);
        // A list of nouns goes on.
        if mark == Punctuation::Enumeration && self.level.fresh.is_none() {
            self.take(index);
            return;
        }
        if mark == Punctuation::Colon {
            let results = self.level.clause.iter().any(|index| self.term(*index) == Some(Term::Results));
            // 受理28件申请：网上16件，…
            let names_thing = chunks(self.tokens, self.level.clause.iter().copied())
                .iter()
                .all(|piece| matches!(piece.chunk, Chunk::Noun(..) | Chunk::Disclosure));
            let fresh = self.level.fresh.filter(|_| names_thing);
            if matches!(self.kind(index + 1), Some(TokenKind::Number(_))) && !results && fresh.is_none() {
                return;
            }
            // `928条：概况9条，…`, `共七类：…` are lists of all parts; `928条，其中：…` is one already.
            if let Some(whole) = self.divides_by_kind() {
                self.level.clause.clear();
                self.finish_list(false);
                let mut list = List::new(whole, false, false);
                list.divides = true;
                self.level.list = Some(list);
                return;
            }
            let kinds = self.level.clause.iter().any(|index| self.term(*index) == Some(Term::Kinds));
            // …答复5件。办理结果如下：: of those that the sentence before says.
            let starts_sentence = self.level.last.is_none() && self.out.len() == self.said.first;
            let earlier = self.said.main.filter(|main| {
                let published = kinds && self.said.information == Some(*main);
                let fact = self.out.get(*main).and_then(|main| main.fact);
                let of_applications = results && (is_of_all(fact) || fact.is_some_and(is_of_receipt));
                starts_sentence && (published || of_applications || self.said.handled == Some(*main))
            });
            let whole = fresh.or(self.level.last.or(earlier).filter(|_| kinds || results));
            if let (Some(whole), None) = (whole, &self.level.list) {
                self.level.list = Some(List::new(self.countable(whole), fresh.is_some() || kinds, false));
                self.level.fresh = None;
                self.level.clause.clear();
                return;
            }
        }
        let divides = self.divides();
        // 按结果分，: outcomes follow.
        let by_result = |index: &usize| {
            matches!(self.kind(*index), Some(TokenKind::Unknown('果') | TokenKind::Term(Term::Results)))
        };
        let by_result = divides.is_some() && self.level.clause.iter().any(by_result);
        self.sentence.outcomes |= by_result && self.said.topic == Some(Subject::Application);
        let within = self.parts_within();
        self.flush();
        // 备案县区文件61件；我局制发2件: of other bodies up to the semicolon.
        if let (Punctuation::Semicolon, Some(base)) = (mark, self.sentence.base) {
            self.sentence.scope = base;
        }
        self.sentence.fault &= mark != Punctuation::Semicolon;
        self.sentence.of_last_year &= mark != Punctuation::Semicolon;
        if let Some(outer) = self.level.suspended.take_if(|_| mark == Punctuation::Semicolon) {
            self.finish_list(true);
            self.level.list = Some(outer);
        }
        if let Some(whole) = within.or(divides) {
            self.finish_list(false);
            let mut list = List::new(whole, false, false);
            list.divides = divides.is_some();
            self.level.list = Some(list);
        } else if let Some(list) = self.level.list.as_mut() {
            list.separate(mark);
        }
    }

    /// `按渠道分，`, `从内容看，`: the figure before is divided in that way by those that follow.
    fn divides(&self) -> Option<usize> {
        let (first, last) = (self.level.clause.first()?, self.level.clause.last()?);
        let divides = matches!(self.term(*first), Some(Term::From | Term::Kinds | Term::Seen))
            && self.term(*last) == Some(Term::Seen);
        // 从渠道看，…；从内容看，…: the same figure, divided in another way.
        let whole = match &self.level.list {
            Some(list) => Some(list.whole),
            // 结转154件。从地区看，…: of those received.
            None => self.level.last.or(self.said.main.map(|main| self.received_before(main))),
        };
        Some(self.of_both(self.countable(whole.filter(|_| divides)?)))
    }

    /// `按申请人类型：`: the same, before a colon.
    fn divides_by_kind(&self) -> Option<usize> {
        let first = self.level.clause.first().filter(|_| self.level.fresh.is_none())?;
        let whole = match &self.level.list {
            Some(list) => Some(list.whole),
            None => self.level.last,
        };
        let whole = whole.filter(|_| self.term(*first) == Some(Term::From))?;
        Some(self.of_both(self.countable(whole)))
    }

    /// `935条信息中，`: the parts of that figure follow.
    fn parts_within(&self) -> Option<usize> {
        let whole = self.level.fresh?;
        let pieces = chunks(self.tokens, self.level.clause.iter().copied());
        let within = matches!(pieces.last(), Some(DelimitedChunk { chunk: Chunk::Inside, .. }));
        within.then_some(whole)
    }

    /// Ends the clause: reads its statements without a number, and keeps its context for the next clause.
    fn flush(&mut self) {
        let clause = std::mem::take(&mut self.level.clause);
        let fresh = self.level.fresh.take();
        if clause.is_empty() {
            return;
        }
        self.level.apart |= fresh.is_none();
        let pieces = chunks(self.tokens, clause.iter().copied());
        // 无延期、无结转: each denies by itself.
        let mut rest = pieces.as_slice();
        while let Some(next) = next_denial(rest) {
            let (first, others) = rest.split_at(next);
            self.none(first, fresh.is_some());
            rest = others;
        }
        self.none(rest, fresh.is_some());
        self.all(&pieces);
        let mut slots = before(&pieces);
        // 2022年收到…，另有2件…，于2023年1月办结: the year after the current one.
        if let (Some(StatedYear::Named(year)), Some(StatedYear::Named(said))) = (slots.year, self.said.year)
            && said.checked_add(1) == Some(year)
            && matches!(slots.act, Some(Act::Process | Act::Answer))
        {
            (slots.next_year, slots.to_year) = (true, Some(year));
        }
        self.sentence.fault |= fresh.is_none() && slots.fault && slots.subject.is_none() && slots.act.is_none();
        if fresh.is_none() {
            self.carried(&slots);
            let received = slots.subject == Some(Subject::Application) && !slots.restricted;
            self.sentence.received_act = slots.act.filter(|_| received);
        }
        let mut subject = None;
        let has = |chunk: Chunk| pieces.iter().any(|piece| piece.chunk == chunk);
        let comparison = has(Chunk::Guard(Guard::Comparison)) || has(Chunk::Added);
        let named = pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Year(Time::Named(_))));
        for piece in &pieces {
            match piece.chunk {
                // 转入2021年度办理 is not the year of the following words.
                Chunk::Year(Time::Named(year)) if !comparison && !slots.next_year && slots.act != Some(Act::Carry) => {
                    self.said.year = Some(StatedYear::Named(year));
                    self.sentence.dated = true;
                }
                Chunk::Year(Time::This) if !named => {
                    self.said.year = Some(StatedYear::This);
                    self.sentence.dated = true;
                }
                Chunk::Guard(Guard::Cumulative) => self.sentence.cumulative = true,
                Chunk::Guard(Guard::Now) => self.sentence.now = true,
                Chunk::Disclosure => self.said.disclosure = true,
                Chunk::Noun(found, naming) => {
                    self.said.disclosure |= naming == Naming::ForDisclosure;
                    subject = Some(found);
                }
                _ => {}
            }
        }
        if fresh.is_some() || self.level.list.is_some() {
            return;
        }
        if let Some(subject) = subject.filter(|subject| *subject != Subject::Application || self.said.disclosure) {
            let denied = pieces.iter().any(|piece| matches!(piece.chunk, Chunk::None(_)));
            let cases = matches!(subject, Subject::Review | Subject::Litigation);
            let both = cases && pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Noun(other, _) if other != subject && matches!(other, Subject::Review | Subject::Litigation)));
            self.sentence.subject = Some(if both { Subject::Cases } else { subject });
            if !denied {
                self.said.topic = self.sentence.subject;
            }
        }
    }

    /// `另有3件因故未能办结，顺延至下年办理`: the figure before counts those carried over, unless something else names it.
    fn carried(&mut self, slots: &Slots) {
        let next = slots.next_year
            && matches!(slots.act, Some(Act::Carry | Act::Remain | Act::Continue | Act::Process | Act::Answer));
        if !next || self.said.topic != Some(Subject::Application) {
            return;
        }
        let last = self.level.last.filter(|last| *last + 1 == self.out.len());
        if let Some(statement) = last.and_then(|last| self.out.get_mut(last))
            && statement.fact.is_none()
            && matches!(statement.amount, Amount::Count(_))
            && matches!(statement.subject, None | Some(Subject::Application | Subject::Other))
            && statement.measure.is_some_and(|(measure, _)| match measure {
                Measure::Other(_) => false,
                // 答复2条，其余3条在法定期限内办理，结转次年
                Measure::Entry => statement.subject == Some(Subject::Application),
                _ => true,
            })
        {
            (statement.subject, statement.act) = (Some(Subject::Application), Some(Act::Carry));
            (statement.fact, statement.known) = (Some(Fact::CarriedOut), SubjectSource::Carried);
            statement.to_year = slots.to_year;
        }
    }

    /// Ends the sentence, and any bracket that was left open.
    fn stop(&mut self, outer: &mut Vec<(Bracket, SentenceState)>, end: Span, goes_on: bool) {
        self.flush();
        self.said.list = if goes_on && outer.is_empty() { self.level.list.take() } else { None };
        self.finish_list(true);
        for (level, _) in outer.drain(..).rev() {
            self.level = level;
            self.finish_list(false);
        }
        let start = self.sentence.start.unwrap_or(end.start);
        let sentence = Span::new(start, end.end.max(start));
        for statement in self.out.iter_mut().skip(self.said.first) {
            statement.sentence = sentence;
        }
        self.said.before = start;
        self.said.previous = self.said.first;
        self.said.first = self.out.len();
        self.sentence = SentenceState::default();
        self.level = Bracket::default();
    }

    fn statement(&self, amount: Amount, span: Span) -> Statement {
        Statement {
            amount,
            span,
            measure: None,
            subject: None,
            act: None,
            fact: None,
            known: SubjectSource::Said,
            year: StatedYear::Unsaid,
            to_year: None,
            from_year: None,
            scope: self.sentence.scope,
            guard: match (self.sentence.cumulative, self.sentence.running) {
                (true, _) => Some(Guard::Cumulative),
                (false, true) => Some(Guard::Running),
                (false, false) => self.sentence.now.then_some(Guard::Now),
            },
            quoted: false,
            role: FigureRole::Number,
            part_of: None,
            parts: Vec::new(),
            place: None,
            sentence: span,
        }
    }

    fn quoted(&mut self, figure: &NumberToken) {
        let mut statement = self.statement(figure.amount, figure.digits);
        statement.quoted = true;
        statement.measure = figure.measure;
        if figure.measure.is_some() {
            self.out.push(statement);
        }
    }

    /// The chunks after the figure at `index`, up to the next figure or mark; none if a figure ends them, which they are
    /// then said of.
    fn rest(&self, index: usize) -> Vec<DelimitedChunk> {
        let mut end = index + 1;
        let mut quotes = 0usize;
        // 5件准予公开、3件不予公开: up to the next item.
        let mut item = None;
        while end - index <= LONGEST_REST {
            match self.kind(end) {
                Some(TokenKind::Mark(Punctuation::OpenQuote)) => quotes += 1,
                Some(TokenKind::Mark(Punctuation::CloseQuote)) => quotes = quotes.saturating_sub(1),
                _ if quotes > 0 => {}
                Some(TokenKind::Number(_)) => match item {
                    Some(mark) => {
                        end = mark;
                        break;
                    }
                    None => return Vec::new(),
                },
                Some(TokenKind::Mark(Punctuation::Enumeration) | TokenKind::Term(Term::And)) => {
                    item = item.or(Some(end))
                }
                None | Some(TokenKind::Mark(_) | TokenKind::Term(Term::Parts { .. } | Term::Running)) => break,
                _ => {}
            }
            end += 1;
        }
        chunks(self.tokens, index + 1..end)
    }

    fn number(&mut self, figure: &NumberToken, index: usize) {
        self.touch(index);
        self.sentence.base.get_or_insert(self.sentence.scope);
        // 16件申请中有6件公开
        if let Some(whole) = self.parts_within().filter(|_| self.level.list.is_none()) {
            self.level.list = Some(List::new(whole, false, false));
        }
        let clause = std::mem::take(&mut self.level.clause);
        self.level.fresh = None;
        let pieces = chunks(self.tokens, clause.iter().copied());
        for piece in &pieces {
            match piece.chunk {
                Chunk::Disclosure => self.said.disclosure = true,
                Chunk::Noun(Subject::Application, naming) => self.said.disclosure |= naming == Naming::ForDisclosure,
                Chunk::Guard(Guard::Cumulative) => self.sentence.cumulative |= !self.sentence.dated,
                Chunk::Guard(Guard::Now) => self.sentence.now = true,
                Chunk::Year(Time::This) => {
                    self.said.year = Some(StatedYear::This);
                    self.sentence.dated = true;
                }
                _ => {}
            }
        }
        // 作出5件行政许可决定和3件行政处罚决定: the words before 和 belong to the figure before.
        let ends_item = pieces.last().is_some_and(|last| last.chunk == Chunk::Link);
        let own = if ends_item && self.level.last.is_some() { &[] } else { pieces.as_slice() };
        let mut slots = before(own);
        match (slots.added, &self.level.list) {
            // 23项，其中新增7项: a part.
            (true, Some(_)) if slots.head == Head::Nothing => (slots.head, slots.unknown) = (Head::Unknown, true),
            // 当年新增2件, of documents: issued.
            (true, None) if slots.year == Some(StatedYear::This) && self.speaks_of_documents() => {
                (slots.head, slots.unknown, slots.act) = (Head::Act, false, Some(Act::Issue));
            }
            // 上年未办结2件、本年新增11件
            (true, None) if slots.year == Some(StatedYear::This) && self.last_fact() == Some(Fact::CarriedIn) => {
                (slots.head, slots.unknown, slots.act) = (Head::Act, false, Some(Act::Receive));
            }
            // 新增信息727条，包括…: what was published this year.
            (true, None) if slots.subject == Some(Subject::Information) => {}
            (true, None) => slots.guard = slots.guard.or(Some(Guard::Comparison)),
            _ => {}
        }
        // 分别作出予以公开、不予公开答复9件、3件: the things that these figures count.
        if std::mem::take(&mut self.sentence.respective) {
            let endings = pieces.iter().filter(|piece| matches!(piece.chunk, Chunk::Ending(_)));
            let endings: VecDeque<DelimitedChunk> = endings.copied().collect();
            if endings.len() >= 2 {
                self.sentence.queue = endings;
                slots = Slots::default();
            }
        }
        let queued = if slots.is_silent() { self.sentence.queue.pop_front() } else { None };
        if let Some(piece) = queued {
            slots = before(&[piece]);
        }
        let rest = self.rest(index);
        let mut follows = after(&rest);
        match pieces.iter().position(|piece| piece.chunk == Chunk::Guard(Guard::Comparison)) {
            // 减少11件 says of no thing what it compares.
            Some(0) => {}
            Some(end) => self.sentence.compared = pieces.get(..end).map(<[DelimitedChunk]>::to_vec),
            // 收到申请较上年的35件减少11件，为24件: of what was compared.
            None if slots.is_silent() && follows.is_silent() && self.ends_comparison(&clause) => {
                slots = self.sentence.compared.take().map_or(slots, |compared| before(&compared));
            }
            None => {}
        }
        // 3件结转下年度, 其中117件准予公开: the following words name it.
        let percent = matches!(figure.amount, Amount::Percent { .. });
        let leading = !percent && slots.is_silent()
            || (pieces.last().is_some_and(|piece| piece.chunk == Chunk::Inside)
                && (slots.act.is_none() || follows.act.is_some() || follows.ending.is_some()));
        let bare = slots.head == Head::Act && slots.subject.is_none();
        // 制定《…办法》1件规范性文件
        let titled = slots.head == Head::Unknown && slots.named == Some('”') && slots.subject.is_none();
        if titled && matches!(follows.subject, Some(Subject::Disclosed(_))) && !follows.restricted {
            (slots.subject, slots.head, slots.unknown) = (follows.subject, Head::Noun, false);
        } else if leading {
            follows.year = slots.year.or(follows.year);
            follows.guard = slots.guard.or(follows.guard);
            follows.restricted |= slots.restricted;
            follows.last_year |= slots.last_year;
            follows.rest |= slots.rest;
            follows.disclosure |= slots.disclosure;
            follows.share = slots.share;
            follows.rate = slots.rate;
            follows.quantity = slots.quantity;
            follows.total = slots.total;
            follows.sum = slots.sum;
            follows.channels += slots.channels;
            follows.applicants += slots.applicants;
            slots = follows;
        } else if bare && follows.subject.is_some() && follows.head != Head::Unknown {
            // 收到5件申请; 收到5件通过网站提交的申请: some of them.
            (slots.subject, slots.naming) = (follows.subject, follows.naming);
            slots.disclosure |= follows.disclosure;
            slots.restricted |= follows.restricted;
            slots.channels += follows.channels;
            slots.applicants += follows.applicants;
            slots.head = Head::Noun;
        } else if bare && follows.channels > 0 {
            // 收到6件信函申请
            slots.restricted = true;
            slots.channels += follows.channels;
        } else if bare
            && follows.head == Head::Unknown
            && !matches!(slots.act, Some(Act::Carry | Act::Remain | Act::InForce))
        {
            slots.head = Head::Unknown;
            slots.unknown = true;
        }
        // 历年累计受理90件，2024年受理12件: of that year again.
        let is_dated = matches!(slots.year, Some(StatedYear::Named(_) | StatedYear::This));
        if is_dated && slots.guard.is_none() && !self.is_cumulative(&clause) {
            (self.sentence.running, self.sentence.cumulative) = (false, false);
        }
        // 2022年收到5件，办结4件: a year that opens the clause holds on.
        if let Some(StatedYear::Named(year)) = slots.year
            && slots.guard != Some(Guard::Comparison)
            && !matches!(slots.act, Some(Act::Carry | Act::Remain | Act::Continue))
            && slots.head != Head::Unknown
            && !(slots.is_silent() && self.is_aside(year))
        {
            self.said.year = Some(StatedYear::Named(year));
            self.sentence.dated = true;
        }
        // 网站公开161条；微博公开53条，累计公开214条
        let adds_up = clause.first().is_some_and(|first| self.term(*first) == Some(Term::Running));
        if adds_up && self.level.last.is_some() && matches!(slots.act, Some(Act::Publish | Act::Open)) {
            (slots.total, slots.opens_with_total) = (true, true);
        }
        // 与上年的25件相比减少6件
        let compares = self.term(index + 1) == Some(Term::Guard(Guard::Comparison));
        if slots.year == Some(StatedYear::Last) && compares {
            slots.guard.get_or_insert(Guard::Comparison);
        }
        slots.fault |= self.sentence.fault;
        if !slots.next_year && self.is_of_months(&clause) {
            slots.guard.get_or_insert(Guard::Cumulative);
        }
        if figure.rough {
            slots.guard.get_or_insert(Guard::Approximate);
        }
        self.conclude(figure, &slots, leading);
    }

    /// Whether the tokens of `clause` only link a figure to a comparison: 减少11件，为24件.
    fn ends_comparison(&self, clause: &[usize]) -> bool {
        let links = |index: &usize| {
            matches!(self.term(*index), Some(Term::Neutral | Term::Total | Term::Year(RelativeYear::This)))
        };
        let compares = |last: &Statement| last.guard == Some(Guard::Comparison);
        self.level.list.is_none()
            && !clause.is_empty()
            && clause.iter().all(links)
            && self.level.last.and_then(|last| self.out.get(last)).is_some_and(compares)
    }

    /// 1至6月收到7件, 12月受理3件: whether the figure after the tokens of `clause` is one of some months.
    fn is_of_months(&self, clause: &[usize]) -> bool {
        let month = |index: &usize| match self.kind(*index) {
            Some(TokenKind::Month(month)) => Some((*index, *month)),
            _ => None,
        };
        let Some((index, month)) = clause.iter().rev().find_map(month) else { return false };
        let ends_date = matches!(self.kind(index + 1), Some(TokenKind::Date(_) | TokenKind::Term(Term::YearEnd)));
        let received = clause.iter().any(|index| {
            matches!(self.term(*index), Some(Term::Act(Act::Receive | Act::Accept | Act::Answer | Act::Process)))
        });
        let as_of = clause.iter().any(|index| self.term(*index) == Some(Term::AsOf));
        // 1至12月
        let first = match index.checked_sub(2).and_then(|first| self.kind(first)) {
            Some(TokenKind::Number(NumberToken { amount: Amount::Count(first), .. })) => Some(*first),
            Some(TokenKind::Month(first)) => Some(i64::from(*first)),
            _ => None,
        };
        received && !ends_date && !as_of && (month, first) != (12, Some(1))
    }

    /// Whether the tokens of `clause` say up to when, or of how many years.
    fn is_cumulative(&self, clause: &[usize]) -> bool {
        let marks = |term| matches!(term, Term::AsOf | Term::Running | Term::Guard(Guard::Cumulative));
        clause.iter().filter_map(|index| self.term(*index)).any(marks)
    }

    /// Whether the figure before in the sentence is of documents.
    fn speaks_of_documents(&self) -> bool {
        self.last_fact().is_some_and(is_of_documents)
    }

    /// What a table says of the figure before in the sentence.
    fn last_fact(&self) -> Option<Fact> {
        self.level.last.and_then(|last| self.out.get(last)).and_then(|last| last.fact)
    }

    /// `2023年收到2件，2022年为5件`: whether `year`, with nothing else before its figure, is the one before the sentence's.
    fn is_aside(&self, year: u16) -> bool {
        self.sentence.dated
            && matches!(self.said.year, Some(StatedYear::Named(said)) if year.checked_add(1) == Some(said))
    }

    /// Makes a statement of a figure and its slots.
    fn conclude(&mut self, figure: &NumberToken, slots: &Slots, follows: bool) {
        // 已审结7件，其中维持5件，纠正2件；尚未审结1件: what comes after the semicolon is no part of it.
        let apart = std::mem::take(&mut self.level.apart);
        if self.level.list.as_ref().is_some_and(|list| (list.is_at_split() || apart) && self.sums_up(list)) {
            self.finish_list(true);
        }
        let number = self.out.len();
        let mut statement = self.statement(figure.amount, figure.digits);
        statement.measure = figure.measure;
        let received = matches!(slots.act, Some(Act::Receive | Act::Accept));
        match slots.year {
            Some(year) => self.sentence.of_last_year = year == StatedYear::Last && received,
            None if slots.act == Some(Act::Carry) => self.sentence.of_last_year = false,
            None => {}
        }
        let year = slots.year.or(Some(StatedYear::Last).filter(|_| self.sentence.of_last_year));
        statement.year = year.or(self.said.year).unwrap_or(StatedYear::Unsaid);
        statement.to_year = slots.to_year;
        statement.guard = slots.guard.or(statement.guard);
        if matches!(figure.amount, Amount::Percent { .. }) {
            return self.percentage(statement, slots);
        }
        // A number without a measure word counts nothing, unless a word calls it a number: 数量为12.
        if statement.measure.is_none() && !slots.quantity && slots.head == Head::Nothing && self.level.list.is_none() {
            return;
        }
        let listed = self.level.list.as_ref().and_then(|list| self.out.get(list.whole));
        let before = self.last_fact();
        // 办理14件（上年12件） compares.
        let in_brackets = self.level.list.as_ref().is_some_and(|list| list.bracket);
        let given = Given {
            act: self.sentence.received_act.filter(|_| slots.total),
            topic: self.said.topic,
            sentence: self.sentence.subject,
            suit: self.sentence.suit,
            business: self.sentence.business,
            year: self.said.year,
            disclosure: self.said.disclosure,
            carried_in: self.sentence.carried_in,
            in_hand: self.sentence.received && (self.sentence.carried_in || before == Some(Fact::Carried)),
            outcomes: self.sentence.outcomes
                || self.level.list.as_ref().is_some_and(|list| self.is_of_applications(list.whole)),
            listed: listed.and_then(|whole| whole.subject),
            listed_counted: listed.is_some_and(|whole| whole.fact.is_some()),
            listed_act: listed.and_then(|whole| whole.act),
            listed_fact: listed.filter(|_| !in_brackets).and_then(|whole| whole.fact),
            listed_document: listed.is_some_and(|whole| whole.fact.is_some_and(is_of_documents)),
            before,
            act_before: self.sentence.act,
            measure: statement.measure.map(|(measure, _)| measure),
        };
        let mut found = fact(slots, &given);
        // 两件都在期限内办结: all of those received.
        if follows
            && slots.all
            && found.fact == Some(Fact::Handled)
            && matches!(figure.amount, Amount::Count(count) if Some(count) == self.said.received)
        {
            statement.amount = Amount::All { on_time: slots.on_time };
        }
        // 收到5件。1件申请属于其他部门职能: one of those. 5件申请均为自然人提出: the same again.
        let others = match (figure.amount, self.said.received) {
            (Amount::Count(count), Some(all)) => count == all || (count < all && !slots.all),
            _ => false,
        };
        if follows && others && slots.act.is_none() && found.fact == Some(Fact::Received) {
            found.fact = None;
        }
        // 其余4件不予公开, after others that were not disclosed: not all of these.
        if let Some(Fact::Ended(ending)) = found.fact.filter(|_| slots.rest)
            && self.out.iter().rev().take(LONGEST_REST).any(|other| overlaps(ending, other.fact))
        {
            found.fact = None;
        }
        // 目前有效: of the day that the table is of.
        if matches!(found.fact, Some(Fact::InForce(_))) {
            statement.guard = statement.guard.filter(|guard| *guard != Guard::Now);
        }
        let parts = if slots.total {
            self.drop_implied_list();
            self.parts_before(&statement, slots)
        } else {
            Vec::new()
        };
        if !parts.is_empty()
            && found.fact.is_none()
            && self.said.topic == Some(Subject::Application)
            && found.subject.is_none()
            && parts.iter().all(|part| {
                self.out
                    .get(*part)
                    .is_some_and(|part| part.act.is_none_or(is_receiving) && part.subject != Some(Subject::Other))
            })
        {
            found.subject = Some(Subject::Application);
            found.fact = Some(Fact::Received);
        }
        let is_outcome =
            |part: &usize| self.out.get(*part).is_some_and(|part| matches!(part.fact, Some(Fact::Ended(_))));
        // 不予公开3件、无法提供5件，合计8件: of those named, whatever else there is.
        if slots.head == Head::Nothing && parts.iter().any(is_outcome) {
            (found.subject, found.fact) = (Some(Subject::Application), None);
        }
        (statement.subject, statement.act, statement.fact, statement.known) =
            (found.subject, found.act, found.fact, found.known);
        if let (Some(Fact::Carried | Fact::CarriedIn), Some(StatedYear::Named(year))) = (statement.fact, slots.year) {
            statement.from_year = Some(year);
        }
        if parts.len() >= 2 {
            for part in &parts {
                if let Some(part) = self.out.get_mut(*part) {
                    part.part_of = Some(number);
                    // By who received them.
                    part.fact = part.fact.filter(|fact| !matches!(fact, Fact::Received | Fact::Accepted));
                }
            }
            // 共公开信息50条 may count what was not listed.
            let all = slots.sum || slots.act.is_none();
            statement.parts.push(Parts { items: parts, all, open: !all, overlap: false, alike: false, beside: 0 });
        }
        self.begin_list_of_kinds(&statement, slots);
        let listed = self.part(&mut statement, number, slots, follows);
        self.remember(&statement, number, slots, listed);
        self.level.last = Some(number);
        self.level.fresh = Some(number);
        self.out.push(statement);
    }

    /// `公开信息64条，规划类3条，预算类5条`, `公开信息70条，工作动态66条，其他信息4条`: kinds of what was counted, without a word
    /// that says so.
    fn begin_list_of_kinds(&mut self, statement: &Statement, slots: &Slots) {
        let named = matches!(slots.head, Head::Unknown | Head::Noun)
            && slots.guard.is_none()
            && slots.channels + slots.applicants == 0
            && !slots.share;
        let kind = (slots.kind || named) && slots.act.is_none() && slots.ending.is_none() && !slots.total;
        let Some(whole) = self.level.last.filter(|_| kind && self.level.list.is_none()) else { return };
        let word = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        let fits = self.out.get(whole).is_some_and(|whole| {
            whole.subject == Some(Subject::Information) && whole.act.is_some() && word(whole) == word(statement)
        });
        if fits {
            let mut list = List::new(whole, false, false);
            list.implied = true;
            self.level.list = Some(list);
        }
    }

    /// Removes figures from a list in which no word puts them: their sum follows.
    fn drop_implied_list(&mut self) {
        let Some(list) = self.level.list.take_if(|list| list.implied) else { return };
        for (item, _) in &list.items {
            if let Some(item) = self.out.get_mut(*item) {
                item.part_of = None;
            }
        }
    }

    /// `网站31件、邮寄9件，合计40件`: the figures of the sentence that the figure `whole` is the sum of, as it says.
    fn parts_before(&self, whole: &Statement, slots: &Slots) -> Vec<usize> {
        let published = matches!(slots.act, Some(Act::Publish | Act::Open))
            && (slots.sum || slots.subject.is_none() || slots.opens_with_total);
        // 微博共143条 is one more of them; 合计 is their sum whatever it names.
        let bare = slots.head == Head::Nothing && (slots.sum || slots.channels + slots.applicants == 0);
        let answered = slots.sum && slots.act == Some(Act::Answer) && slots.subject.is_none();
        // 简易程序案件40件、一般程序案件12件，合计作出处罚决定52件
        let decided = slots.sum && slots.act == Some(Act::Decide);
        // 自然人申请27件、科研机构申请1件，共收到申请28件
        let of_applicants =
            slots.total && slots.act.is_some_and(is_receiving) && slots.subject == Some(Subject::Application);
        // 予以公开3件、部分公开2件、不予公开1件，合计6件
        let of_outcomes = bare && slots.sum;
        let plain = bare || published || answered || decided || of_applicants;
        if !plain || self.level.list.is_some() || slots.guard.is_some() || whole.measure.is_none() {
            return Vec::new();
        }
        let word = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        // 市本级收到9件，各区收到30件，合计39件
        let of_some = |other: &Statement| {
            bare && slots.sum
                && matches!(other.fact, Some(Fact::Received | Fact::Accepted))
                && matches!(other.scope, Some((FigureScope::Office | FigureScope::Members, _)))
        };
        let part = |other: &Statement| {
            other.part_of.is_none()
                && (other.fact.is_none()
                    || ((answered || of_outcomes) && matches!(other.fact, Some(Fact::Ended(_))))
                    || of_some(other))
                && (!of_applicants || other.act.is_none_or(is_receiving))
                && other.guard.is_none()
                && !other.quoted
                && matches!(other.amount, Amount::Count(_))
                && word(other) == word(whole)
        };
        let received = |other: &Statement| {
            (answered && other.fact == Some(Fact::Received))
                || (of_outcomes && matches!(other.fact, Some(Fact::Received | Fact::CarriedIn | Fact::Handled)))
        };
        // …41条。总计164条。
        let alone = slots.sum && slots.head == Head::Nothing && self.out.len() == self.said.first;
        let from = if alone { self.said.previous } else { self.said.first };
        // 预算决算249篇（县级201篇、乡镇48篇） is one of them.
        let of_part = |other: &Statement| other.part_of.is_some_and(|whole| whole >= from);
        let latest = self.out.iter().enumerate().skip(from).rev().take(4 * LONGEST_REST);
        let sentence: Vec<(usize, &Statement)> = latest.filter(|(_, other)| !of_part(other)).collect();
        let parts = sentence.iter().take(LONGEST_REST).take_while(|(_, other)| part(other)).count();
        // What comes before them must be something else.
        if parts < 2 || sentence.get(parts).is_some_and(|(_, other)| word(other) == word(whole) && !received(other)) {
            return Vec::new();
        }
        let parts: Vec<usize> = sentence.iter().take(parts).rev().map(|(index, _)| *index).collect();
        // 信访5件、咨询3件，共收到申请2件: other things.
        let first = parts.first().and_then(|first| self.out.get(*first));
        if of_applicants && !first.is_some_and(|first| matches!(first.subject, None | Some(Subject::Application))) {
            return Vec::new();
        }
        parts
    }

    fn is_of_applications(&self, index: usize) -> bool {
        self.out.get(index).is_some_and(|whole| {
            whole.subject == Some(Subject::Application) || matches!(whole.fact, Some(Fact::Received | Fact::Handled))
        })
    }

    /// Keeps the context for the next clauses.
    fn remember(&mut self, statement: &Statement, number: usize, slots: &Slots, listed: bool) {
        let subject = statement.subject;
        let counted = statement.guard.is_none_or(|guard| matches!(guard, Guard::Cumulative | Guard::Running));
        match statement.fact {
            Some(Fact::Received | Fact::Accepted | Fact::Processed | Fact::InHand) => {
                self.said.received = match statement.amount {
                    Amount::Count(count) => Some(count),
                    _ => None,
                };
                self.said.pending = if counted { Pending::Received } else { Pending::Others };
                self.sentence.received = true;
            }
            Some(Fact::CarriedIn) => self.sentence.carried_in = true,
            Some(Fact::Carried) if slots.year.is_some() => self.sentence.carried_in = true,
            // 结转0件: all are answered.
            Some(Fact::CarriedOut | Fact::Carried)
                if statement.amount == Amount::Count(0) && self.said.pending != Pending::Unknown =>
            {
                self.said.pending = Pending::Received;
            }
            Some(Fact::Handled | Fact::CarriedOut | Fact::Carried | Fact::Ended(_)) => {
                self.said.pending = Pending::Others
            }
            // 网上申请3件: one kind of them.
            None if subject == Some(Subject::Application) && listed => {}
            None if subject == Some(Subject::Other)
                && !listed
                && (is_business(slots.act) || slots.subject == Some(Subject::Other)) =>
            {
                let of_others = [slots.subject, statement.subject].contains(&Some(Subject::Other));
                self.sentence.business |= of_others && !slots.disclosure;
                self.said.pending = Pending::Unknown;
            }
            _ => {}
        }
        if listed {
            return;
        }
        if statement.guard != Some(Guard::Comparison) {
            self.said.main = Some(number);
        }
        if subject == Some(Subject::Information) {
            self.said.information = Some(number);
        }
        if let Some(Subject::Litigation) = subject {
            self.sentence.suit = slots.suit.or(self.sentence.suit);
        }
        if statement.fact == Some(Fact::Handled) {
            self.said.handled = Some(number);
        }
        // 信息不存在13件 is an outcome, not information.
        let subject =
            subject.filter(|subject| *subject != Subject::Information || !slots.restricted || slots.act.is_some());
        let named = subject.filter(|subject| *subject != Subject::Other || self.is_another_thing(slots));
        if let Some(subject) = named {
            self.said.topic = Some(subject);
            self.sentence.subject = Some(subject);
            self.sentence.act = statement.act.or(self.sentence.act);
        }
    }

    /// Whether a figure of something else becomes the subject from there on. 告知向其他机关申请3件, of applications, is not.
    fn is_another_thing(&self, slots: &Slots) -> bool {
        let answered = slots.act == Some(Act::Answer) && self.sentence.subject == Some(Subject::Application);
        slots.subject.is_some() || (is_business(slots.act) && !answered)
    }

    /// A percentage: a rate, a share of the number before it, or neither.
    fn percentage(&mut self, mut statement: Statement, slots: &Slots) {
        let subject = slots.subject.or(self.sentence.subject).or(self.said.topic);
        statement.subject = subject;
        let respective = self.sentence.shares.as_mut().map(VecDeque::pop_front);
        if let Some(whole) = respective {
            statement.role = whole.map_or(FigureRole::Number, FigureRole::ShareOf);
        } else if slots.rate {
            statement.role = FigureRole::Rate;
            // 除2件结转外，均依法答复，答复率100%: of the others.
            let plain = !slots.on_time
                && !slots.unknown
                && !slots.restricted
                && !self.sentence.has_exception
                && !self.sentence.business
                && slots.guard.is_none();
            if plain && subject == Some(Subject::Application) {
                statement.fact = Some(Fact::Handled);
            }
        } else if let Some(ending) = slots.ending.filter(|ending| slots.takes_share && ending.is_of_applications()) {
            // 予以公开占58.5%
            let plain = !slots.unknown && !slots.restricted && !slots.rest && slots.guard.is_none();
            if plain && subject == Some(Subject::Application) {
                (statement.role, statement.fact) = (FigureRole::Share, Some(Fact::Ended(ending)));
            }
        } else if slots.share || self.is_alone_in_brackets() {
            // Its number is immediately before it.
            let whole = self.level.last.filter(|last| *last + 1 == self.out.len() && !slots.unknown);
            if let Some(last) = whole
                && self.out.get(last).is_some_and(|last| matches!(last.amount, Amount::Count(_)))
            {
                statement.role = FigureRole::ShareOf(last);
                if let Some(list) = self.level.list.as_mut() {
                    list.shares = true;
                }
            }
        }
        self.level.fresh = Some(self.out.len());
        self.out.push(statement);
    }

    /// `7件（0.53%）`
    fn is_alone_in_brackets(&self) -> bool {
        self.level.list.as_ref().is_some_and(List::is_fresh_bracket)
    }

    /// Adds a number to the open list of parts, or ends the list. Returns whether it is a part.
    fn part(&mut self, statement: &mut Statement, number: usize, slots: &Slots, follows: bool) -> bool {
        if self.closes_group(statement, number, slots) {
            return true;
        }
        let Some(list) = self.level.list.as_mut() else { return false };
        let Some(whole) = self.out.get(list.whole) else { return false };
        let word = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        // 682条，访问87254次。其中：…317条: parts of what is counted as they are.
        let other_word = word(statement) != word(whole) && !counts_alike(whole, statement);
        if list.items.is_empty() && !list.bracket && statement.measure.is_some() && other_word {
            let earlier = self.out.iter().enumerate().rev().take(LONGEST_REST);
            let fits = |(_, other): &(usize, &Statement)| {
                other.part_of.is_none() && word(other) == word(statement) && other.sentence.start >= self.said.before
            };
            if let Some((at, _)) = earlier.filter(|(_, other)| matches!(other.amount, Amount::Count(_))).find(fits) {
                list.whole = at;
            }
        }
        let Some(whole) = self.out.get(list.whole) else { return false };
        // 公开的90条中，全文电子化的共90条，…: the whole again, of which the others are parts.
        if list.items.is_empty() && slots.total && whole.amount == statement.amount && word(whole) == word(statement) {
            list.whole = number;
            return false;
        }
        let alike =
            word(statement).is_none_or(|measure| Some(measure) == word(whole)) || counts_alike(whole, statement);
        let of_cases = matches!(whole.subject, Some(Subject::Review | Subject::Litigation | Subject::Cases));
        // 办理69件：公开35件、…，结转1件
        let left = statement.fact == Some(Fact::CarriedOut)
            && matches!(whole.fact, Some(Fact::Received | Fact::Accepted | Fact::InHand | Fact::Processed))
            && list.is_of_outcomes();
        let main = match statement.fact {
            // 予以公开12件（含告知获取途径5件）
            Some(Fact::Handled | Fact::Processed) if matches!(whole.fact, Some(Fact::Ended(_))) => {
                statement.fact = None;
                false
            }
            // 办理20件（上年结转1件、本年新收19件）
            Some(Fact::CarriedIn | Fact::Received | Fact::Accepted)
                if matches!(whole.fact, Some(Fact::InHand | Fact::Processed)) =>
            {
                false
            }
            // 答复3件，其中当年受理2件、上年受理1件: what was answered is not all of these.
            Some(Fact::Received | Fact::Accepted) if whole.fact == Some(Fact::Handled) && !list.bracket => {
                statement.fact = None;
                false
            }
            Some(Fact::CarriedOut) if left => false,
            Some(
                Fact::CarriedIn
                | Fact::CarriedOut
                | Fact::Carried
                | Fact::Handled
                | Fact::Processed
                | Fact::InHand
                | Fact::Fee,
            ) => true,
            None if of_cases && whole.subject != Some(Subject::Cases) => {
                matches!(statement.subject, Some(Subject::Review | Subject::Litigation))
                    && statement.subject != whole.subject
            }
            Some(Fact::Review(Outcome::Total) | Fact::Litigation(Outcome::Total)) => {
                !of_cases || (whole.subject != Some(Subject::Cases) && whole.subject != statement.subject)
            }
            // 累计受理214件，其中2023年受理31件
            Some(Fact::Received | Fact::Accepted)
                if matches!(whole.guard, Some(Guard::Cumulative | Guard::Running))
                    && statement.guard.is_none()
                    && matches!(slots.year, Some(StatedYear::Named(_) | StatedYear::This)) =>
            {
                true
            }
            // 受理146件，其中县政府受理38件: by who received them.
            Some(Fact::Received | Fact::Accepted)
                if matches!(whole.fact, Some(Fact::Received | Fact::Accepted)) && !self.sentence.carried_in =>
            {
                statement.fact = None;
                false
            }
            Some(Fact::Received | Fact::Accepted) => true,
            _ => false,
        };
        // 收到12件，其中网上9件、信函3件，给出答复11件: what was done with them is no part of them.
        let done = matches!(slots.act, Some(Act::Answer | Act::Process | Act::Carry | Act::Remain | Act::Continue))
            && !left
            && matches!(whole.fact, Some(Fact::Received | Fact::Accepted | Fact::InHand))
            && slots.ending.is_none();
        // 行政许可23件，其中…；行政处罚5件
        let other_row = match (whole.subject, statement.subject) {
            (Some(Subject::Disclosed(of_whole)), Some(Subject::Disclosed(row))) => {
                of_whole != row && whole.fact.is_some()
            }
            _ => false,
        };
        // 制发3件，其中修订1件；废止2件
        let other_fact = statement.fact.is_some_and(is_of_documents) && whole.fact.is_some_and(is_of_documents);
        // 涉及信访件12件
        let other_thing = list.overlap && slots.subject == Some(Subject::Other);
        // 政策90条，访谈2期，…; 回复留言40条: more than is left.
        let exceeds = match (statement.amount, whole.amount) {
            (Amount::Count(count), Amount::Count(all)) => list.exceeds(count, all),
            _ => false,
        };
        let main = main || done || other_row || other_fact || other_thing || exceeds;
        let counts = matches!(statement.amount, Amount::Count(_));
        let guarded =
            statement.guard.is_some_and(|guard| !matches!(guard, Guard::Cumulative | Guard::Running | Guard::Now));
        // It has an act, so it is not an item of the list before the semicolon.
        let done = slots.act.is_some_and(|act| {
            slots.head == Head::Act || !matches!(act, Act::Process | Act::Answer | Act::Decide | Act::Other)
        });
        let other = list.doubtful && done;
        // 其他类7条；在专栏公开113条: it may be one more of them.
        list.open |= other;
        if alike && !other && !main && counts && !guarded {
            statement.part_of = Some(list.whole);
            // 季度分析12条, 上半年4件: what a part is called makes it no figure of another time.
            if slots.guard == Some(Guard::Cumulative) {
                (statement.guard, statement.fact) = (None, None);
            }
            if !slots.rest && slots.is_silent() && list.items.is_empty() && list.bracket {
                // `（12件）`: the same again, or nothing that is known.
                list.open = true;
            }
            list.overlap |= slots.related;
            list.mixed |= !slots.kind;
            list.ways += usize::from(slots.channels + slots.applicants > 0);
            list.outcomes += usize::from(matches!(statement.fact, Some(Fact::Ended(_))));
            list.names_another |= slots.subject == Some(Subject::Other);
            if slots.subject == Some(Subject::Application) && slots.naming == Naming::ForDisclosure {
                list.own = list.own.or(Some(number));
            }
            let count = statement.count_in_list().unwrap_or(0);
            list.add(number, count, if follows { None } else { slots.named }, slots.rest);
            return true;
        }
        if matches!(statement.guard, Some(Guard::Comparison)) {
            return true;
        }
        let of_information = whole.subject == Some(Subject::Information) && !list.bracket && !list.implied;
        if let (false, true, Amount::Count(count), Amount::Count(all)) =
            (alike, of_information && counts && !main, statement.amount, whole.amount)
            && list.pass_over(count, all)
        {
            return true;
        }
        // After a semicolon something new begins; elsewhere the end of the list is unknown.
        let ended = list.separator == Some(Punctuation::Semicolon) && !list.items.is_empty();
        let ended = ended || main || !alike || other;
        let kept = list.bracket;
        if kept {
            list.open = true;
        } else {
            self.finish_list(ended);
        }
        false
    }

    /// `其中网站公开5条、微信公开3条，共公开8条；…`: takes a total inside the list of parts that is open for that of the items
    /// before it, and for a part itself. Whether it is one.
    fn closes_group(&mut self, statement: &mut Statement, number: usize, slots: &Slots) -> bool {
        let published = matches!(slots.act, Some(Act::Publish | Act::Open | Act::Announce));
        let bare = slots.head == Head::Act && slots.subject.is_none() && !slots.unknown;
        let Some(list) = self.level.list.as_mut() else { return false };
        if !(slots.total && published && bare) || slots.channels > 0 || list.implied || list.bracket {
            return false;
        }
        let word = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        let Some(items) = list.open_group() else { return false };
        let alike = items.iter().all(|item| self.out.get(*item).is_some_and(|item| word(item) == word(statement)));
        if !alike {
            return false;
        }
        list.close_group(number);
        statement.part_of = Some(list.whole);
        for item in &items {
            if let Some(item) = self.out.get_mut(*item) {
                item.part_of = Some(number);
            }
        }
        statement.parts.push(Parts { items, all: true, open: false, overlap: false, alike: false, beside: 0 });
        true
    }

    /// Ends the list of parts, and the one around it. A list that does not end with a sentence or a bracket may continue.
    fn finish_list(&mut self, regular: bool) {
        let lists = [self.level.list.take(), self.level.suspended.take()];
        lists.into_iter().flatten().for_each(|list| self.finish(list, regular));
    }

    fn finish(&mut self, mut list: List, regular: bool) {
        list.open |= self.sentence.foremost;
        self.settle_split(&mut list);
        self.drop_receivers(&list);
        self.drop_mixed_whole(&list);
        if list.is_of_ways() {
            list.whole = self.received_before(list.whole);
        }
        let whole = self.out.get(list.whole).and_then(Statement::count_in_list);
        let Some(parts) = list.finish(whole, regular) else { return };
        // A single figure in brackets may be something else than a part.
        let of_information = self.out.get(list.whole).is_some_and(|whole| whole.subject == Some(Subject::Information));
        let is_loose = parts.items.len() < 2
            && (list.bracket || list.implied || list.divides || !(of_information || list.is_of_ways()));
        if !is_loose
            && let Some(whole) = self.out.get_mut(list.whole)
            && (whole.parts.is_empty() || list.divides)
        {
            whole.parts.push(parts);
        }
    }

    /// `受理申请13件，其中政府信息公开申请4件、行政许可申请9件`: the whole is of applications of all kinds, one part of those
    /// for disclosure.
    fn drop_mixed_whole(&mut self, list: &List) {
        let Some(own) = list.own.filter(|_| list.names_another) else { return };
        let fact = self.out.get_mut(list.whole).and_then(|whole| whole.fact.take_if(|fact| is_of_receipt(*fact)));
        if let (Some(fact), Some(own)) = (fact, self.out.get_mut(own)) {
            own.fact = own.fact.or(Some(fact));
        }
    }

    /// The figure of what was received that is nearest before `whole`, if that is of what became of it: applications are
    /// divided by who applied and how, whatever was said last.
    fn received_before(&self, whole: usize) -> usize {
        let fact = |index: usize| self.out.get(index).and_then(|statement| statement.fact);
        let outcome = matches!(
            fact(whole),
            Some(Fact::CarriedIn | Fact::CarriedOut | Fact::Carried | Fact::Handled | Fact::Ended(_) | Fact::Withdrawn)
        );
        if !outcome {
            return whole;
        }
        let is_received = |index: &usize| matches!(fact(*index), Some(Fact::Received | Fact::Accepted));
        (self.said.previous..whole).rev().take(LONGEST_REST).find(is_received).unwrap_or(whole)
    }

    /// Where a semicolon came after items parted by commas: whether the list ended there, as its sum tells. If it tells nothing,
    /// the list may go on or not, and is wrong either way.
    fn settle_split(&mut self, list: &mut List) {
        let Some(before) = list.before_split() else { return };
        let count = |index: usize| self.out.get(index).and_then(Statement::count);
        let sum = before.iter().try_fold(0i64, |sum, item| sum.checked_add(count(*item)?));
        let ended = sum.is_some() && sum == count(list.whole);
        for item in list.settle(ended) {
            if let Some(item) = self.out.get_mut(item) {
                item.part_of = None;
            }
        }
    }

    /// `其中区政府收到86件，部门收到612件`: by whom they were received; none of the parts is all.
    fn drop_receivers(&mut self, list: &List) {
        let is_received = |index: usize| {
            self.out.get(index).is_some_and(|item| matches!(item.fact, Some(Fact::Received | Fact::Accepted)))
        };
        let receivers: Vec<usize> =
            list.items.iter().map(|(item, _)| *item).filter(|item| is_received(*item)).collect();
        if receivers.len() < 2 {
            return;
        }
        for item in receivers {
            if let Some(item) = self.out.get_mut(item) {
                item.fact = None;
            }
        }
    }

    /// `未收到政府信息公开申请`, `没有发生行政复议、行政诉讼`: a zero for each named thing.
    fn none(&mut self, pieces: &[DelimitedChunk], after_figure: bool) {
        let position = pieces.iter().position(|piece| matches!(piece.chunk, Chunk::None(_)));
        let (said, denial, denied) = match (position, self.sentence.denied) {
            (Some(position), _) => {
                let Some(piece) = pieces.get(position) else { return };
                let earlier = pieces.get(..position).unwrap_or_default();
                let narrowed = |piece: &DelimitedChunk| {
                    matches!(
                        piece.chunk,
                        Chunk::Guard(Guard::Plan)
                            | Chunk::Some
                            | Chunk::Rate
                            | Chunk::Channel
                            | Chunk::Applicant
                            | Chunk::Fault
                    )
                };
                if earlier.iter().any(narrowed) || after_figure {
                    return;
                }
                let Chunk::None(said) = piece.chunk else { return };
                (said, self.span(piece.token), pieces.get(position + 1..).unwrap_or_default())
            }
            // 未发生行政复议，行政诉讼: goes on.
            (None, Some(denial)) => (None, denial, pieces),
            (None, None) => return,
        };
        let fresh = position.is_some();
        // 行政复议、行政诉讼均为零: the denial comes last.
        let trailing = denied.is_empty();
        let denied = match position.filter(|_| trailing) {
            Some(position) => pieces.get(..position).unwrap_or_default(),
            None => denied,
        };
        // 无结转件
        let carry = |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::Act(Act::Carry | Act::Remain));
        let all_carry = |piece: &DelimitedChunk| {
            carry(piece)
                || matches!(
                    piece.chunk,
                    Chunk::Year(_)
                        | Chunk::Noun(Subject::Application, _)
                        | Chunk::To
                        | Chunk::Act(Act::Process | Act::Answer | Act::Continue)
                )
        };
        // 无上年结转件, 上年没有遗留件, 无2022年结转件
        let earlier = pieces.get(..position.unwrap_or(0)).unwrap_or_default();
        let is_last = |piece: &DelimitedChunk| piece.chunk == Chunk::Year(Time::Last);
        let is_named = |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::Year(Time::Named(_)));
        let from_before = earlier.iter().chain(denied).any(is_last)
            || denied.iter().position(is_named).is_some_and(|year| denied.iter().position(carry) > Some(year));
        if fresh
            && denied.iter().any(carry)
            && denied.iter().all(all_carry)
            && self.said.topic == Some(Subject::Application)
        {
            let mut statement = self.statement(Amount::Count(0), denial);
            statement.subject = Some(Subject::Application);
            statement.act = Some(Act::Carry);
            statement.fact = Some(if from_before { Fact::CarriedIn } else { Fact::CarriedOut });
            statement.year = self.said.year.unwrap_or(StatedYear::Unsaid);
            self.out.push(statement);
            return;
        }
        // 未出现因答复不当引起的行政复议、行政诉讼: of some cause only.
        let of_fault = position.is_some() && {
            let cause = denied.iter().position(|piece| piece.chunk == Chunk::Cause);
            cause.is_some_and(|cause| denied.iter().take(cause).any(|piece| piece.chunk == Chunk::Fault))
        };
        if of_fault {
            return;
        }
        let mut things = Vec::new();
        let channels = denied.iter().filter(|piece| piece.chunk == Chunk::Channel).count();
        for item in denied.split(|piece| piece.chunk == Chunk::Link) {
            let ends = |piece: &&DelimitedChunk| {
                !matches!(
                    piece.chunk,
                    Chunk::AndSoOn
                        | Chunk::Act(Act::Receive | Act::Accept)
                        | Chunk::Quantity
                        | Chunk::None(_)
                        | Chunk::All
                )
            };
            let mut core = item.iter().rev().skip_while(|piece| !ends(piece)).peekable();
            // 行政复议、诉讼问题; 行政诉讼举报投诉情况
            let of_cases =
                |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::Noun(Subject::Review | Subject::Litigation, _));
            let trails = |piece: &DelimitedChunk| match piece.chunk {
                Chunk::Unknown(last) => ENDS_A_MATTER.contains(last),
                Chunk::Noun(subject, _) => subject == Subject::Other,
                _ => false,
            };
            while item.iter().any(of_cases) && core.peek().is_some_and(|piece| trails(piece)) {
                core.next();
            }
            // 未收到政府信息公开申请事件
            let of_applications = |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::Noun(Subject::Application, _));
            if item.iter().any(of_applications) {
                core.next_if(|piece| matches!(piece.chunk, Chunk::Unknown(last) if ENDS_A_MATTER.contains(last)));
            }
            let Some(DelimitedChunk { chunk: Chunk::Noun(subject, naming), token }) = core.next().copied() else {
                continue;
            };
            // 因政府信息公开纠纷引起的行政复议: whatever the cause.
            let cause = item.iter().rposition(|piece| piece.chunk == Chunk::Cause && piece.token < token).unwrap_or(0);
            let modifiers = item.iter().enumerate().take_while(|(_, piece)| piece.token != token);
            let modifiers = modifiers.filter(|(at, piece)| *at >= cause || !matches!(piece.chunk, Chunk::Unknown(_)));
            let modifiers = modifiers.map(|(_, piece)| piece);
            // 被行政复议行政诉讼: two, with nothing between.
            if let (Subject::Litigation, Some(DelimitedChunk { chunk: Chunk::Noun(Subject::Review, _), token })) =
                (subject, core.next())
            {
                things.push((Subject::Review, Naming::Bare, false, *token));
            }
            let narrows = |piece: &DelimitedChunk| match piece.chunk {
                Chunk::None(_)
                | Chunk::Cause
                | Chunk::Relation
                | Chunk::Disclosure
                | Chunk::Kind
                | Chunk::Way
                | Chunk::Year(Time::This)
                | Chunk::Applicant
                | Chunk::Whole
                | Chunk::Scope(_) => false,
                Chunk::Act(act) => {
                    let of_decisions = matches!(act, Act::Issue | Act::Repeal | Act::Decide)
                        && matches!(subject, Subject::Disclosed(_));
                    !of_decisions && !matches!(act, Act::Open | Act::Receive | Act::Accept | Act::Answer | Act::Process)
                }
                Chunk::Noun(Subject::Application | Subject::Information | Subject::Review | Subject::Litigation, _) => {
                    false
                }
                Chunk::Year(Time::Named(_)) => false,
                // 未接到书面申请和网上申请: in any way.
                Chunk::Channel => channels < 2,
                Chunk::Unknown(last) => {
                    let names_object = ENDS_AN_OBJECT.contains(last) || ENDS_A_MATTER.contains(last);
                    !(matches!(subject, Subject::Review | Subject::Litigation) && names_object)
                }
                _ => true,
            };
            let applicants = item.iter().filter(|piece| piece.chunk == Chunk::Applicant).count();
            let of_some = subject == Subject::Application
                && applicants == 1
                && fresh
                && denied.iter().filter(|piece| piece.chunk == Chunk::Applicant).count() == 1
                && !denied.iter().any(|piece| matches!(piece.chunk, Chunk::AndSoOn));
            if modifiers.into_iter().any(narrows) || of_some {
                continue;
            }
            // 零申请、零复议, 无申请、复议: the thing itself.
            let own = item.len() == 1 || item.iter().any(|piece| matches!(piece.chunk, Chunk::None(_)));
            things.push((subject, naming, own, token));
        }
        // 行政复议和诉讼方面，全年均为零: the things named by the clause before.
        let says_no_thing =
            |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::Year(Time::This) | Chunk::All | Chunk::Quantity);
        if fresh && trailing && things.is_empty() && denied.iter().all(says_no_thing) {
            let named: &[Subject] = match self.sentence.subject {
                Some(Subject::Cases) => &[Subject::Review, Subject::Litigation],
                Some(Subject::Review) => &[Subject::Review],
                Some(Subject::Litigation) => &[Subject::Litigation],
                _ => &[],
            };
            let token = position.and_then(|position| pieces.get(position)).map_or(0, |piece| piece.token);
            things.extend(named.iter().map(|subject| (*subject, Naming::Bare, true, token)));
        }
        let documents = things.iter().any(|(subject, ..)| matches!(subject, Subject::Disclosed(_)));
        let cases = things.iter().any(|(subject, ..)| matches!(subject, Subject::Review | Subject::Litigation));
        self.sentence.denied = (!things.is_empty()).then_some(denial);
        let about = self.said.disclosure
            || documents
            || pieces.iter().any(|piece| {
                matches!(piece.chunk, Chunk::Disclosure | Chunk::Noun(Subject::Application, Naming::ForDisclosure))
            })
            || matches!(self.said.topic, Some(Subject::Application))
            || (cases && self.denies_all_cases(pieces.get(..position.unwrap_or(0)).unwrap_or_default()));
        if !about {
            return;
        }
        let year = pieces.iter().find_map(|piece| match piece.chunk {
            Chunk::Year(Time::Named(year)) => Some(StatedYear::Named(year)),
            Chunk::Year(Time::This) => Some(StatedYear::This),
            Chunk::Year(Time::Last) => Some(StatedYear::Last),
            _ => None,
        });
        let alone = things.len() == 1;
        // 无行政强制事项: there are no powers, whatever was decided.
        let last = pieces.last().map_or(0, |piece| piece.token);
        let ends_clause = matches!(self.kind(last + 1), None | Some(TokenKind::Mark(_)));
        let mut seen: Vec<Fact> = Vec::new();
        for (subject, naming, own, token) in things {
            // 未制定、废止规范性文件: both.
            if matches!(subject, Subject::Disclosed(row) if row.item().is_some_and(|item| item.number() == 1))
                && issues(denied)
                && repeals(denied)
                && let Subject::Disclosed(row) = subject
            {
                let mut statement = self.statement(Amount::Count(0), denial);
                (statement.subject, statement.act) = (Some(subject), Some(Act::Repeal));
                statement.fact = Some(Fact::Repealed(row));
                statement.year = year.or(self.said.year).unwrap_or(StatedYear::Unsaid);
                self.out.push(statement);
            }
            let fact = match subject {
                Subject::Application if !fresh => continue,
                Subject::Application if cases && naming == Naming::Bare && !own => continue,
                Subject::Application => Fact::Received,
                Subject::Review => Fact::Review(Outcome::Total),
                Subject::Litigation => Fact::Litigation(Outcome::Total),
                Subject::Disclosed(row) if issues(denied) && row.item().is_some_and(|item| item.number() == 1) => {
                    Fact::Issued(row)
                }
                Subject::Disclosed(row) if repeals(denied) && row.item().is_some_and(|item| item.number() == 1) => {
                    Fact::Repealed(row)
                }
                Subject::Disclosed(row) if decides(denied) && row != Row::Fees => Fact::Decisions(row),
                // 行政许可6件、行政处罚2件、无行政强制
                Subject::Disclosed(row @ (Row::Licences | Row::Penalties | Row::Coercion))
                    if own && ends_clause && matches!(self.sentence.subject, Some(Subject::Disclosed(_))) =>
                {
                    Fact::Decisions(row)
                }
                _ => continue,
            };
            if seen.contains(&fact) {
                continue;
            }
            seen.push(fact);
            let mut statement = self.statement(Amount::Count(0), denial);
            statement.subject = Some(subject);
            statement.act = said;
            statement.fact = Some(fact);
            statement.year = year.or(self.said.year).unwrap_or(StatedYear::Unsaid);
            statement.place = (alone && said.is_some()).then(|| Span::at(self.span(token).end));
            self.out.push(statement);
        }
    }

    /// `我局未发生行政复议、行政诉讼`: of any subject, and so of disclosure; `before` are the words before the denial.
    fn denies_all_cases(&self, before: &[DelimitedChunk]) -> bool {
        let of_cases = |subject| matches!(subject, Subject::Review | Subject::Litigation | Subject::Cases);
        let narrows = |piece: &DelimitedChunk| match piece.chunk {
            Chunk::Unknown(last) => !ENDS_AN_OBJECT.contains(last) && self.term(piece.token + 1) != Some(Term::Organ),
            Chunk::Noun(subject, _) => !of_cases(subject),
            Chunk::Relation | Chunk::Act(_) | Chunk::Ending(_) => true,
            _ => false,
        };
        self.sentence.subject.is_none_or(of_cases) && !before.iter().any(narrows)
    }

    /// Whether the parts so far add up to the total: then a statement about all is about the total.
    fn is_complete(&self, list: &List) -> bool {
        let whole = self.out.get(list.whole);
        self.sums_up(list) && whole.is_some_and(|whole| matches!(whole.fact, Some(Fact::Received | Fact::Accepted)))
    }

    /// Whether the parts so far make the whole.
    fn sums_up(&self, list: &List) -> bool {
        let count = |index: usize| self.out.get(index).and_then(Statement::count);
        let sum = list.items.iter().try_fold(0i64, |sum, (item, _)| sum.checked_add(count(*item)?));
        sum.is_some() && sum == count(list.whole)
    }

    /// `全部办结`, `均已答复`, about all received applications.
    fn all(&mut self, pieces: &[DelimitedChunk]) {
        let at = |is: fn(&Chunk) -> bool| pieces.iter().position(|piece| is(&piece.chunk));
        let whole = at(|chunk| *chunk == Chunk::Whole);
        // 收到申请1件，已按期答复: of a single one, no word for all is needed.
        let only =
            (self.said.received == Some(1) && self.said.pending == Pending::Received && self.level.list.is_none())
                .then_some(0);
        let Some(from) = at(|chunk| matches!(chunk, Chunk::All)).or(whole).or(only) else { return };
        let named_information = pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Noun(Subject::Information, _)));
        // 均已予以公开 is about applications, unless the sentence is about information.
        let answers = |chunk: &Chunk| match chunk {
            Chunk::Act(Act::Answer | Act::Close) => true,
            Chunk::Ending(Ending::Row(Row::Granted) | Ending::Disclosed) => !named_information,
            _ => false,
        };
        let tail = pieces.get(from..).unwrap_or_default();
        let Some(answer) = tail.iter().find(|piece| answers(&piece.chunk)) else { return };
        let silent = |piece: &DelimitedChunk| match piece.chunk {
            Chunk::None(_)
            | Chunk::Some
            | Chunk::Expired
            | Chunk::Rest
            | Chunk::Guard(Guard::Cumulative | Guard::Running | Guard::Comparison | Guard::Plan | Guard::Approximate)
            | Chunk::Act(Act::Carry | Act::Remain | Act::Continue | Act::Due)
            | Chunk::Fault => true,
            Chunk::Year(Time::Last | Time::Next) => true,
            Chunk::Noun(subject, _) => !matches!(subject, Subject::Application | Subject::Information),
            _ => false,
        };
        if pieces.iter().any(silent) || self.sentence.has_exception {
            return;
        }
        let named =
            pieces.iter().take(from + 3).any(|piece| matches!(piece.chunk, Chunk::Noun(Subject::Application, _)));
        let head = pieces.get(..from).unwrap_or_default();
        // Something else is answered.
        let other =
            head.iter().any(|piece| matches!(piece.chunk, Chunk::Unknown(_) | Chunk::Channel | Chunk::Applicant));
        let of_applications = match (named, self.said.pending) {
            (true, Pending::Others) => whole.is_some(),
            (true, _) => self.said.disclosure,
            (false, Pending::Received) => !other,
            // 8件申请中，5件予以公开，3件无法提供，全部按期答复
            (false, _) if self.level.list.as_ref().is_some_and(|list| self.is_complete(list)) => !other,
            (false, _) => false,
        };
        // It is uncertain whether the parts or the total are meant.
        let partial = self.level.list.as_ref().is_some_and(|list| !list.items.is_empty() && !self.is_complete(list));
        if !of_applications || partial {
            return;
        }
        let Some(first) = pieces.get(from) else { return };
        let on_time = pieces.iter().any(|piece| piece.chunk == Chunk::OnTime);
        let span = self.span(first.token).cover(self.span(answer.token));
        let mut statement = self.statement(Amount::All { on_time }, span);
        statement.subject = Some(Subject::Application);
        statement.act = Some(Act::Answer);
        statement.fact = Some(Fact::Handled);
        statement.year = self.said.year.unwrap_or(StatedYear::Unsaid);
        self.out.push(statement);
    }
}

/// Where in `pieces` the second of two denials starts: 无延期、无结转.
fn next_denial(pieces: &[DelimitedChunk]) -> Option<usize> {
    let denies = |piece: &DelimitedChunk| matches!(piece.chunk, Chunk::None(_));
    let first = pieces.iter().position(denies)?;
    let second = pieces
        .windows(2)
        .skip(first + 1)
        .position(|pair| matches!(pair, [link, none] if link.chunk == Chunk::Link && denies(none)))?;
    Some(first + 1 + second + 1)
}

/// Whether the measure words of `part` and `whole` both count cases: 受理29例，其中网络25件.
fn counts_alike(whole: &Statement, part: &Statement) -> bool {
    let of_cases =
        matches!(whole.subject, Some(Subject::Application | Subject::Review | Subject::Litigation | Subject::Cases));
    let counts = |statement: &Statement| {
        matches!(statement.measure, Some((Measure::Piece | Measure::Case(_) | Measure::Item | Measure::Entry, _)))
    };
    of_cases && counts(whole) && counts(part)
}

fn is_of_receipt(fact: Fact) -> bool {
    matches!(fact, Fact::Received | Fact::Accepted)
}

/// Whether `fact` is a number of documents.
fn is_of_documents(fact: Fact) -> bool {
    matches!(fact, Fact::Issued(_) | Fact::Repealed(_) | Fact::InForce(_))
}

/// The decision that a review or a suit challenges, in a denial: 对我局作出的答复.
const ENDS_AN_OBJECT: &str = "局委办厅部院所站队心市县镇乡街道处府办为";

/// What follows 行政诉讼 in a denial and narrows nothing: 问题, 现象, 纠纷, 案例, 事件.
const ENDS_A_MATTER: &str = "题象纷例事";

/// Whether the chunks state a decision: 未实施行政强制.
fn decides(pieces: &[DelimitedChunk]) -> bool {
    pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Act(Act::Decide)))
}

/// Whether the chunks say that documents were repealed: 没有废止规范性文件.
fn repeals(pieces: &[DelimitedChunk]) -> bool {
    pieces.iter().any(|piece| piece.chunk == Chunk::Act(Act::Repeal))
}

/// Whether the chunks state that documents were issued.
fn issues(pieces: &[DelimitedChunk]) -> bool {
    pieces.iter().any(|piece| matches!(piece.chunk, Chunk::Act(Act::Issue)))
}

/// Whether `fact` may count an application with this outcome.
fn overlaps(ending: Ending, fact: Option<Fact>) -> bool {
    let Some(Fact::Ended(other)) = fact else { return false };
    match (ending, other) {
        (Ending::Row(row), Ending::Group(group)) | (Ending::Group(group), Ending::Row(row)) => {
            row.groups().contains(&group)
        }
        (one, other) => one == other,
    }
}

fn is_business(act: Option<Act>) -> bool {
    matches!(act, Some(Act::Receive | Act::Accept | Act::Process | Act::Answer))
}

/// The topic that a heading gives to the text under it.
pub(super) fn topic(heading: &[Token]) -> Option<Subject> {
    let pieces = chunks(heading, 0..heading.len());
    pieces.iter().find_map(|piece| match piece.chunk {
        Chunk::Noun(subject @ (Subject::Application | Subject::Review | Subject::Litigation), _) => Some(subject),
        Chunk::Act(Act::Publish) => Some(Subject::Information),
        Chunk::Ending(Ending::Disclosed) => None,
        _ => None,
    })
}
