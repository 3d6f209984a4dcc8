//! Single faults in generated reports: the text with the fault, what has to be found, and what safe fixes have to make
//! of it.

use super::builder::{Builder, same_row};
use super::layout::line_of;
use super::slips;
use super::verdict::Brief;
use super::{Layout, Mix, Model, Place, Rng, Size, Style, Wish, render, render_without};
use gongkai::rules::Severity;
use gongkai::statute::{Column, Row, TableKind, ordinal};
use std::ops::RangeInclusive;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A figure of 表三 or 表四 is another than the sums need.
    WrongFigure,
    /// A case is in the wrong column: two figures of an outcome of 表三 are wrong, its row's total is right.
    MovedCase,
    /// The same among what was received, carried in or carried out.
    MovedIntake,
    /// A figure is missing.
    Blank,
    /// Figures of 表三 are missing, no two in one row or column.
    ScatteredBlanks,
    /// Four figures of 表三 are missing that no sum can give back.
    RectangleOfBlanks,
    /// A figure is in a label's place.
    LostLabel,
    MissingRow,
    MissingSection,
    /// The ordinal of a section is one that no section has.
    WrongOrdinal,
    /// It is another section's.
    DuplicateOrdinal,
    MissingOrdinal,
    /// The tables are those of the other edition.
    WrongEdition,
    /// A row has a cell too many.
    SurplusCell,
    /// A row of zeros has a zero too many.
    SurplusZero,
    /// A row has a cell too few.
    MissingCell,
    NotANumber,
    /// 上一年项目数量 and 本年增/减 make less than nothing.
    NegativeItems,
    // --- structure, in `slips`
    MissingTitle,
    /// The tail of the title is not the prescribed one.
    OtherTitle,
    /// `YYYY年度` for `YYYY年`.
    YearOfTitle,
    /// A section with an invented name.
    OtherSectionName,
    /// Two sections in the wrong order.
    SwappedSections,
    /// A seventh section.
    ExtraSection,
    /// Nothing on problems and improvements.
    EmptySection,
    /// One of the five aspects is not spoken of.
    MissingAspect,
    /// A number left out among `（一）（二）…`.
    SkippedNumber,
    /// 表三 of the other edition than 表二.
    Hybrid,
    MissingTable,
    OtherRowLabel,
    SwappedRows,
    OtherColumnLabel,
    /// Nothing on the fee.
    NoFeeStatement,
    /// The period is that of another year.
    PeriodOfOtherYear,
    /// A sentence names another year.
    SentenceOfOtherYear,
    /// The period ends before the year does.
    ShortPeriod,
    LateDate,
    /// The preamble lists another section.
    OtherList,
    /// It presents the report of another body.
    OtherBody,
    /// Words of the template, or a blank of it.
    TemplateLeft,
    /// It names the order that the Regulation no longer is.
    OldBasis,
    LongOverview,
    /// The page was published late, or has another title.
    PageMeta,
    /// An office says that it reports on its region.
    ScopeOfRegion,
    // --- the writing of figures, in `slips`
    Placeholder,
    Negative,
    Fraction,
    /// `3.0`
    NeedlessDecimal,
    FullWidth,
    Separators,
    UnitInCell,
    LeadingZeros,
    SplitNumber,
    TooManyDecimals,
    FeeInYuan,
    NoProcurementUnit,
    // --- figures against each other, in `slips`
    /// A figure above the total of its column, in a column and a row that cannot be added up.
    AboveTotal,
    MoreIssuedThanInForce,
    FeeBelowHandling,
    MostlyOther,
    SuitsWithoutReview,
    ItemsAsDecisions,
    LessInAllThanNew,
    MorePublishedThanMade,
    /// A county has made rules.
    RulesOfCounty,
    // --- prose against tables, in `slips`
    SaidReceived,
    SaidAnswered,
    SaidCarried,
    SaidOutcome,
    SaidReview,
    SaidLitigation,
    SaidLicences,
    SaidPenalties,
    SaidCoercion,
    SaidDocuments,
    SaidParts,
    SaidRate,
    SaidShare,
    SaidAllDone,
    /// A fee was not paid, and no notice was sent.
    UnpaidWithoutNotice,
    /// Another sum of fees.
    SaidFee,
    /// 条 for 件.
    SaidPieces,
    // --- style, in `slips`
    HalfWidthComma,
    MixedBrackets,
    Unbalanced,
    Residue,
    Wording,
    Boilerplate,
    /// Title marks inside title marks.
    NestedTitle,
    /// Who applied.
    PersonalData,
    /// A comment about a finding that is not there.
    NeedlessSuppression,
}

impl Kind {
    pub(crate) const ALL: [Kind; 91] = [
        Kind::WrongFigure,
        Kind::MovedCase,
        Kind::MovedIntake,
        Kind::Blank,
        Kind::ScatteredBlanks,
        Kind::RectangleOfBlanks,
        Kind::LostLabel,
        Kind::MissingRow,
        Kind::MissingSection,
        Kind::WrongOrdinal,
        Kind::DuplicateOrdinal,
        Kind::MissingOrdinal,
        Kind::WrongEdition,
        Kind::SurplusCell,
        Kind::SurplusZero,
        Kind::MissingCell,
        Kind::NotANumber,
        Kind::NegativeItems,
        Kind::MissingTitle,
        Kind::OtherTitle,
        Kind::YearOfTitle,
        Kind::OtherSectionName,
        Kind::SwappedSections,
        Kind::ExtraSection,
        Kind::EmptySection,
        Kind::MissingAspect,
        Kind::SkippedNumber,
        Kind::Hybrid,
        Kind::MissingTable,
        Kind::OtherRowLabel,
        Kind::SwappedRows,
        Kind::OtherColumnLabel,
        Kind::NoFeeStatement,
        Kind::PeriodOfOtherYear,
        Kind::SentenceOfOtherYear,
        Kind::ShortPeriod,
        Kind::LateDate,
        Kind::OtherList,
        Kind::OtherBody,
        Kind::TemplateLeft,
        Kind::OldBasis,
        Kind::LongOverview,
        Kind::PageMeta,
        Kind::ScopeOfRegion,
        Kind::Placeholder,
        Kind::Negative,
        Kind::Fraction,
        Kind::NeedlessDecimal,
        Kind::FullWidth,
        Kind::Separators,
        Kind::UnitInCell,
        Kind::LeadingZeros,
        Kind::SplitNumber,
        Kind::TooManyDecimals,
        Kind::FeeInYuan,
        Kind::NoProcurementUnit,
        Kind::AboveTotal,
        Kind::MoreIssuedThanInForce,
        Kind::FeeBelowHandling,
        Kind::MostlyOther,
        Kind::SuitsWithoutReview,
        Kind::ItemsAsDecisions,
        Kind::LessInAllThanNew,
        Kind::MorePublishedThanMade,
        Kind::RulesOfCounty,
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
        Kind::SaidAllDone,
        Kind::UnpaidWithoutNotice,
        Kind::SaidFee,
        Kind::SaidPieces,
        Kind::HalfWidthComma,
        Kind::MixedBrackets,
        Kind::Unbalanced,
        Kind::Residue,
        Kind::Wording,
        Kind::Boilerplate,
        Kind::NestedTitle,
        Kind::PersonalData,
        Kind::NeedlessSuppression,
    ];
}

/// A finding that is due: exactly one of its code and severity (or the other ones) starts on one of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    /// Another way to see it that is as good.
    pub(crate) or: Option<(&'static str, Severity)>,
    /// 1-based.
    pub(crate) lines: RangeInclusive<usize>,
}

impl Expected {
    /// Whether a finding of this code and severity on this line is the one that is due.
    pub(crate) fn is(&self, (code, severity, line): Brief) -> bool {
        let found = (code, severity);
        (found == (self.code, self.severity) || Some(found) == self.or) && self.lines.contains(&line)
    }
}

/// What the safe fixes make of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cure {
    /// The original, byte for byte.
    Exact,
    /// The original but for white space.
    UpToSpace,
    /// Nothing: they leave it alone.
    None,
    /// Nothing, or the original but for white space.
    NoneOrUpToSpace,
}

/// A text with a fault.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    /// What was done, for the reader of a failure.
    pub(crate) note: String,
    pub(crate) original: String,
    /// Whether words may be cut up by tags: then the original is what is seen of it.
    pub(crate) cut: bool,
    pub(crate) text: String,
    /// Everything of severity error or warning that is due; `None` if the fault may be reported in more than one way.
    pub(crate) expected: Option<Vec<Expected>>,
    pub(crate) cure: Cure,
}

/// The model in which a fault of `kind` can be for `seed`. Its prose states no figures unless the fault is in the prose:
/// a fault in a table would be a contradiction to the prose too.
pub(crate) fn model(kind: Kind, seed: u64) -> Model {
    let mut rng = Rng::new(seed);
    let figures_in_prose = kind == Kind::SentenceOfOtherYear
        || (Kind::SaidReceived..=Kind::SaidPieces).contains(&kind) && kind != Kind::UnpaidWithoutNotice;
    let mut last = None;
    for _ in 0..60 {
        let mut wish = Wish { figures_in_prose, ..Wish::any(&mut rng) };
        match kind {
            Kind::NegativeItems
            | Kind::NoProcurementUnit
            | Kind::ItemsAsDecisions
            | Kind::LessInAllThanNew
            | Kind::MorePublishedThanMade => wish.year = 2019 + rng.below(2) as u16,
            Kind::RectangleOfBlanks | Kind::MovedCase | Kind::MovedIntake | Kind::SplitNumber
                if matches!(wish.size, Size::Zero | Size::Office) =>
            {
                wish.size = Size::County;
            }
            Kind::SurplusZero if wish.size == Size::Metropolis => wish.size = Size::Office,
            Kind::Separators => wish.size = Size::Metropolis,
            Kind::Negative if wish.size == Size::Zero => wish.size = Size::County,
            _ => {}
        }
        let model = Model::new(rng.next(), wish);
        if slips::suits(kind, &model) {
            return model;
        }
        last = Some(model);
    }
    last.unwrap_or_else(|| Model::new(seed, Wish { year: 2022, size: Size::County, figures_in_prose }))
}

/// A fault of `kind` for `seed` in a report of `layout`, plain or not.
pub(crate) fn faulty(kind: Kind, seed: u64, layout: Layout, plain: bool) -> Option<Fault> {
    let style = if plain { Style::plain(layout) } else { Style::quirky(layout, &mut Rng::new(seed ^ 0x5eed)) };
    inject(kind, &model(kind, seed), &style, seed ^ 0xfa17)
}

/// `model` in `style` with a fault of `kind`; `None` if it has no place for one. Which one it is depends on `seed` and
/// the model, not on the style.
pub(crate) fn inject(kind: Kind, model: &Model, style: &Style, seed: u64) -> Option<Fault> {
    let mut rng = Rng::new(seed);
    // Where rows are shifted, only sums could tell a blank figure from the blank of a merged cell.
    let blanks = matches!(kind, Kind::Blank | Kind::ScatteredBlanks | Kind::RectangleOfBlanks | Kind::MissingCell);
    let style = &Style { shifted: style.shifted && !blanks, ..slips::style(kind, style) };
    // A figure that is not there leaves no cell between spaces.
    if style.layout == Layout::Spaced && blanks && kind != Kind::MissingCell {
        return None;
    }
    let rendered = render(model, style);
    let fault = Builder { kind, model, style, rendered: &rendered };
    match kind {
        Kind::WrongFigure => fault.wrong_figure(&mut rng),
        Kind::MovedCase | Kind::MovedIntake => fault.moved_case(&mut rng),
        Kind::Blank => {
            let place = *rng.pick(&model.places());
            let forced = place.table != TableKind::Disclosure;
            Some(fault.blanks(&[place], forced, &mut rng))
        }
        Kind::ScatteredBlanks => {
            let mut places: Vec<Place> = Vec::new();
            let all = fault.places(TableKind::Applications);
            for _ in 0..rng.between(2, 5) {
                let place = *rng.pick(&all);
                if places.iter().all(|other| other.cell.row != place.cell.row && other.cell.column != place.cell.column)
                {
                    places.push(place);
                }
            }
            Some(fault.blanks(&places, true, &mut rng))
        }
        Kind::RectangleOfBlanks => fault.rectangle(&mut rng),
        Kind::LostLabel => fault.lost_label(&mut rng),
        Kind::MissingRow => fault.missing_row(&mut rng),
        Kind::MissingSection => {
            let heading = rng.pick(&rendered.headings);
            let last = line_of(&rendered.text, rendered.text.len());
            let expected = fault.one("GK103", Severity::Error, 1..=last);
            Some(fault.edited(&[(heading.line.clone(), String::new())], expected, Cure::NoneOrUpToSpace))
        }
        Kind::WrongOrdinal | Kind::DuplicateOrdinal => {
            let index = rng.below(rendered.headings.len());
            let number = match kind {
                Kind::WrongOrdinal => rng.between(7, 12) as u8,
                _ => ((index + 1 + rng.below(5)) % 6 + 1) as u8,
            };
            let heading = &rendered.headings[index];
            let expected = fault.on_line("GK104", Severity::Error, heading.numeral.start);
            Some(fault.edited(&[(heading.numeral.clone(), ordinal(number))], expected, Cure::Exact))
        }
        Kind::MissingOrdinal => {
            let heading = rng.pick(&rendered.headings);
            let expected = fault.on_line("GK104", Severity::Error, heading.numeral.start);
            Some(fault.edited(&[(heading.ordinal.clone(), String::new())], expected, Cure::UpToSpace))
        }
        Kind::WrongEdition => {
            let rendered = render(&model.in_other_edition(rng.next()), style);
            let table = &rendered.tables[0];
            let lines = line_of(&rendered.text, table.start)..=line_of(&rendered.text, table.end);
            let (text, expected) = (rendered.text.clone(), fault.one("GK111", Severity::Error, lines));
            Some(fault.whole(text.clone(), text, expected, Cure::None))
        }
        Kind::SurplusCell | Kind::SurplusZero => fault.surplus(&mut rng),
        Kind::MissingCell => {
            let place = fault.inner_place(&mut rng, |_| true)?;
            let cell = &rendered.cells[&place];
            // With blanks for merged cells or pipes at its end, a row of too few cells is also one with a blank.
            let expected = fault.in_row(place, "GK118", width_severity(place)).map(|mut expected| {
                expected[0].or = Some(("GK201", Severity::Warning));
                expected
            });
            Some(fault.edited(&[(cell.start..cell.next?, String::new())], expected, Cure::NoneOrUpToSpace))
        }
        Kind::NotANumber => {
            let place = *rng.pick(&model.places());
            let cell = &rendered.cells[&place];
            let words = ["若干", "见附件", "待核", "约3", "l2", "3或4", "??", "十二人次"];
            let expected = fault.on_line("GK203", Severity::Error, cell.figure.start);
            Some(fault.edited(&[(cell.figure.clone(), (*rng.pick(&words)).to_owned())], expected, Cure::None))
        }
        Kind::NegativeItems => {
            let rows = [Row::Licences, Row::OtherServices, Row::Penalties, Row::Coercion, Row::Fees];
            let row = *rng.pick(&rows);
            let (last, change) = (model.named(row, Column::ItemsLastYear)?, model.named(row, Column::ItemChange)?);
            let below = -(model.number(last) + rng.between(1, 9));
            let cells = [&rendered.cells[&last], &rendered.cells[&change]];
            let lines = rendered.line(cells[0].figure.start)..=rendered.line(cells[1].figure.start);
            let expected = fault.one("GK307", Severity::Error, lines);
            Some(fault.edited(&[(cells[1].figure.clone(), below.to_string())], expected, Cure::None))
        }
        _ => slips::inject(&fault, &mut rng),
    }
}

/// A row of the wrong width is an error in 表四.
fn width_severity(place: Place) -> Severity {
    if place.table == TableKind::Review { Severity::Error } else { Severity::Warning }
}

impl Builder<'_> {
    fn wrong_figure(&self, rng: &mut Rng) -> Option<Fault> {
        let places: Vec<Place> =
            self.model.places().into_iter().filter(|place| place.table != TableKind::Disclosure).collect();
        let place = *rng.pick(&places);
        let original = self.model.figure(place);
        let wrong = slip(original, rng);
        let changed: i64 = wrong.parse().ok()?;
        if changed == self.model.number(place) {
            return None;
        }
        let explanations = self.model.explanations(place, changed);
        let code = self.model.violated(place, changed).iter().map(|identity| identity.kind).min().map(Model::code)?;
        let cell = &self.rendered.cells[&place];
        let edits = [(cell.figure.clone(), wrong)];
        if explanations.len() == 1 {
            let expected = self.on_line(code, Severity::Error, cell.figure.start);
            return Some(self.edited(&edits, expected, Cure::Exact));
        }
        // More than one figure may be to blame: the finding is on the total.
        let total = Place { cell: self.model.violated(place, changed).first()?.total, ..place };
        let expected = self.on_line(code, Severity::Error, self.rendered.cells[&total].figure.start);
        Some(self.edited(&edits, expected, Cure::None))
    }

    fn moved_case(&self, rng: &mut Rng) -> Option<Fault> {
        let rows = self.model.spec(TableKind::Applications).rows;
        let outcomes = self.kind == Kind::MovedCase;
        let from = self.inner_place(rng, |place| {
            let row = rows[place.cell.row].row;
            let wanted = if outcomes { row.is_outcome() } else { row != Row::Handled && !row.is_outcome() };
            place.table == TableKind::Applications && wanted && self.model.number(place) > 0
        })?;
        let mut to = from;
        to.cell.column = (from.cell.column + 1 + rng.below(5)) % 6;
        let moved = rng.between(1, self.model.number(from));
        let edit = |place: Place, by: i64| {
            (self.rendered.cells[&place].figure.clone(), (self.model.number(place) + by).to_string())
        };
        let mut edits = [edit(from, -moved), edit(to, moved)];
        edits.sort_by_key(|(range, _)| range.start);
        // The sums down both columns do not hold, those along the row do: it is reported where the columns are summed up.
        let code = if outcomes { "GK302" } else { "GK301" };
        let handled = self.model.named(Row::Handled, Column::NaturalPersons)?;
        let expected = self.in_row(handled, code, Severity::Error);
        Some(self.edited(&edits, expected, Cure::None))
    }

    fn blanks(&self, places: &[Place], forced: bool, rng: &mut Rng) -> Fault {
        let mut places = places.to_vec();
        places.sort();
        let (mut edits, mut expected, mut bare) = (Vec::new(), Vec::new(), true);
        let mut before: Option<Place> = None;
        for place in places {
            let cell = &self.rendered.cells[&place];
            let line = self.rendered.line(cell.content.start);
            // Neighbours in a row are one finding, on the first of them.
            let is_next = |before: &Place| {
                (before.table, before.cell.row) == (place.table, place.cell.row)
                    && before.cell.column + 1 == place.cell.column
            };
            if !before.as_ref().is_some_and(is_next) {
                expected.push(Expected { code: "GK201", severity: Severity::Warning, or: None, lines: line..=line });
            }
            before = Some(place);
            let space = if rng.one_in(2) { "" } else { *rng.pick(&[" ", "\u{3000}", "\u{a0}", "\u{a0} "]) };
            bare &= space.is_empty() && cell.content == cell.figure;
            edits.push((cell.content.clone(), space.to_owned()));
        }
        let tight = matches!(self.style.layout, Layout::CellLines | Layout::Tabs | Layout::WideTabs);
        let cure = match (forced, bare && tight) {
            (false, _) => Cure::None,
            (true, true) => Cure::Exact,
            (true, false) => Cure::UpToSpace,
        };
        self.edited(&edits, Some(expected), cure)
    }

    fn rectangle(&self, rng: &mut Rng) -> Option<Fault> {
        let rows = self.model.spec(TableKind::Applications).rows;
        let places = self.places(TableKind::Applications);
        let wanted: Vec<Place> = places
            .into_iter()
            .filter(|place| {
                rows[place.cell.row].row.is_outcome() && place.cell.column < 6 && self.model.number(*place) > 0
            })
            .collect();
        if wanted.is_empty() {
            return None;
        }
        for _ in 0..40 {
            let (a, b) = (*rng.pick(&wanted), *rng.pick(&wanted));
            let (mut c, mut d) = (a, b);
            (c.cell.column, d.cell.column) = (b.cell.column, a.cell.column);
            let four = [a, b, c, d];
            let apart = a.cell.row != b.cell.row && a.cell.column != b.cell.column;
            if apart && four.iter().all(|place| wanted.contains(place)) {
                return Some(self.blanks(&four, false, rng));
            }
        }
        None
    }

    fn lost_label(&self, rng: &mut Rng) -> Option<Fault> {
        // Blanks between the label's place and the figures tell it from them; without a row's end before it, the figure
        // in its place belongs to the row before.
        let runs_on = self.style.layout == Layout::PipedLines && !self.style.filled;
        if self.style.layout == Layout::WideTabs || runs_on {
            return None;
        }
        let rows = self.model.spec(TableKind::Applications).rows;
        let under_group: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].row.groups().len() == 2).collect();
        let row = *rng.pick(&under_group);
        let label = &self.rendered.labels[&(TableKind::Applications, row)];
        let place = *self.places(TableKind::Applications).iter().find(|place| place.cell.row == row)?;
        let figure = if rng.one_in(2) { self.model.figure(place).to_owned() } else { rng.between(0, 30).to_string() };
        let as_printed = self.rendered.text[label.clone()] == *rows[row].label;
        let cure = if as_printed { Cure::Exact } else { Cure::None };
        let expected = self.in_row(place, "GK115", Severity::Error);
        let mut fault = self.edited(&[(label.clone(), figure)], expected, cure);
        if !as_printed {
            // The label comes back as it is printed, not as this report writes it.
            fault.original.replace_range(label.clone(), rows[row].label);
            fault.cure = Cure::Exact;
        }
        Some(fault)
    }

    fn missing_row(&self, rng: &mut Rng) -> Option<Fault> {
        let table = *rng.pick(&[TableKind::Disclosure, TableKind::Applications, TableKind::Applications]);
        let row = rng.below(self.model.spec(table).rows.len());
        let rendered = render_without(self.model, self.style, Some((table, row)));
        let span = &rendered.tables[table as usize];
        let lines = line_of(&rendered.text, span.start)..=line_of(&rendered.text, span.end);
        let expected = self.one("GK114", Severity::Error, lines);
        let mut fault = self.whole(self.rendered.text.clone(), rendered.text.clone(), expected, Cure::None);
        fault.note = format!("without {}", self.model.spec(table).rows[row].label);
        Some(fault)
    }

    fn surplus(&self, rng: &mut Rng) -> Option<Fault> {
        let zeros = |place: Place| {
            self.model
                .places()
                .into_iter()
                .filter(|other| same_row(place, *other))
                .all(|other| self.model.figure(other) == "0")
        };
        let only_zeros = self.kind == Kind::SurplusZero;
        let place = self.inner_place(rng, |place| {
            if only_zeros { place.table != TableKind::Disclosure && zeros(place) } else { !zeros(place) }
        })?;
        let figure = if only_zeros { 0 } else { rng.between(0, 12) };
        let cell = &self.rendered.cells[&place];
        let text = &self.rendered.text;
        let copy = format!("{}{figure}{}", &text[cell.start..cell.content.start], &text[cell.content.end..cell.next?]);
        let expected = self.in_row(place, "GK118", width_severity(place)).map(|mut expected| {
            // One line more in the layouts that have a line for each cell.
            expected[0].lines = *expected[0].lines.start()..=expected[0].lines.end() + 1;
            expected
        });
        let cure = match (only_zeros && place.table == TableKind::Applications, self.style.padded) {
            // A cell of HTML is more than its figure: none is taken out.
            _ if self.style.layout.is_html() => Cure::None,
            (true, Mix::Never) => Cure::Exact,
            (true, _) => Cure::UpToSpace,
            (false, _) => Cure::NoneOrUpToSpace,
        };
        Some(self.edited(&[(cell.start..cell.start, copy)], expected, cure))
    }
}

/// `figure` as a slip of the hand leaves it: a digit changed, dropped, doubled, two swapped, or a number near it.
fn slip(figure: &str, rng: &mut Rng) -> String {
    let mut digits: Vec<char> = figure.chars().collect();
    let at = rng.below(digits.len());
    match rng.below(5) {
        0 => digits[at] = char::from(b'0' + rng.below(10) as u8),
        1 if digits.len() > 1 => {
            digits.remove(at);
        }
        2 => digits.insert(at, digits[at]),
        3 if at > 0 => digits.swap(at - 1, at),
        _ => {
            let figure: i64 = figure.parse().unwrap_or_default();
            return (figure + rng.between(-figure.min(9), 9)).to_string();
        }
    }
    // A leading zero would be a matter of its own.
    let text: String = digits.into_iter().collect();
    let trimmed = text.trim_start_matches('0');
    if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() }
}
