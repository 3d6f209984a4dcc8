//! Laws for every report, checked on generated ones.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod generator;
mod laws;

use generator::faults::{self, Fault, Kind, faulty};
use generator::laws::{any_of, any_range, cases, floor, report};
use generator::verdict::{self, Verdict, brief, findings, loud};
use generator::{Layout, Model, Place, Rng, Size, Style, Wish, render, seen};
use gongkai::analysis::Analysis;
use gongkai::ide::fix_all;
use gongkai::report::RowShape;
use gongkai::rules::{Finding, Severity};
use gongkai::statute::{CellRef, Section, TableKind};
use gongkai::text::{Span, apply};
use laws::editing::{Edited, Request};
use laws::parsing;
use laws::pieces::pieces;
use proptest::prelude::*;
use std::sync::Arc;

#[test]
#[ignore = "prints samples to look at"]
fn samples() {
    for layout in Layout::TYPED {
        let wish = Wish { year: 2021, size: Size::County, figures_in_prose: true };
        let model = Model::new(5, wish);
        println!("===== {layout:?} plain\n{}", render(&model, &Style::plain(layout)).text);
        let style = Style::quirky(layout, &mut Rng::new(layout as u64 + 10));
        println!("===== {style:?}\n{}", render(&model, &style).text);
    }
}

fn safely_fixed(text: &str) -> String {
    apply(text, &fix_all(&findings(text)))
}

/// The subject of `finding`, without reference to the layout: the table, the row and the column, or the section.
fn subject(analysis: &Analysis, finding: &Finding) -> String {
    let Some(unit) = analysis.unit_at(finding.span.start) else { return String::new() };
    let span = Span::new(finding.span.start - unit.offset, finding.span.end - unit.offset);
    for table in &unit.report.tables {
        if let Some((place, _)) = table.cells().find(|(_, cell)| cell.span == span) {
            return format!("{:?} {:?}", table.spec.kind, table.names(place));
        }
        let row = table.rows.iter().position(|row| row.as_ref().is_some_and(|row| row.span.meets(span)));
        if let Some(row) = row {
            return format!("{:?} {:?}", table.spec.kind, table.spec.rows[row].row);
        }
    }
    let section = unit.report.sections.iter().find(|heading| heading.span.meets(span));
    format!("{:?}", section.and_then(|heading| heading.section.map(|(section, _)| section)))
}

fn check_fault(fault: &Fault) -> Result<(), TestCaseError> {
    let Some(verdict) = verdict::verdict_of(fault) else { return Ok(()) };
    let context = || format!("{:?}: {}\n----\n{}\n----", fault.kind, fault.note, fault.text);
    let Verdict { missing, others, fixed, .. } = &verdict;
    prop_assert!(missing.is_empty(), "not found: {missing:?}, but {others:?}\n{}", context());
    prop_assert!(others.is_empty(), "{others:?} beside {:?}\n{}", fault.expected, context());
    prop_assert!(verdict.cured, "{:?} but safe fixes give\n{fixed}\n{}", fault.cure, context());
    prop_assert!(verdict.settled, "safe fixes twice are not safe fixes once\n{}", context());
    Ok(())
}

/// Part of a report, or of a text that may be pasted into one.
fn piece(rng: &mut Rng) -> String {
    if rng.one_in(6) {
        let layout = *rng.pick(&Layout::TYPED);
        let (model, style) = report(rng.next(), layout);
        let text = render(&model, &style).text;
        let start = rng.below(text.len());
        let (start, end) = (floor(&text, start), floor(&text, start + rng.below(600)));
        return text[start..end.max(start)].to_owned();
    }
    rng.pick(pieces()).clone()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_report_that_is_read_is_the_one_that_was_written(seed: u64, layout in any_of(&Layout::every())) {
        let (model, style) = report(seed, layout);
        let rendered = render(&model, &style);
        let analysis = Analysis::new(&rendered.text, Arc::default());
        let units: Vec<_> = analysis.units().filter(|unit| unit.report.is_recognised()).collect();
        prop_assert_eq!(units.len(), 1, "{}", rendered.text);
        let (offset, report) = (units[0].offset, units[0].report);
        prop_assert_eq!(report.year.map(|(year, _)| year), Some(model.year));
        let body = report.title.as_ref().and_then(|title| title.body.as_ref()).map(|(body, _)| body.as_str());
        prop_assert_eq!(body, Some(model.body.as_str()));
        let sections: Vec<_> = report.sections.iter().map(|heading| heading.section.map(|(section, _)| section)).collect();
        prop_assert_eq!(sections, Section::ALL.map(Some), "{}", rendered.text);
        for (heading, place) in report.sections.iter().zip(&rendered.headings) {
            let (number, span) = heading.ordinal.expect("all have one");
            prop_assert_eq!(Some(number), heading.section.map(|(section, _)| section.number()));
            prop_assert_eq!(span.shift(offset).range(), place.numeral.clone());
        }
        prop_assert_eq!(report.tables.len(), 3);
        for table in &report.tables {
            let kind = table.spec.kind;
            prop_assert_eq!(table.spec, model.spec(kind));
            prop_assert!(table.surplus_rows.is_empty(), "{:?}\n{}", table.surplus_rows, rendered.text);
            for (index, row) in table.rows.iter().enumerate() {
                let name = table.spec.rows[index].label;
                let row = row.as_ref().ok_or_else(|| TestCaseError::fail(format!("{name} not found\n{}", rendered.text)))?;
                prop_assert_eq!(&row.shape, &RowShape::Full, "{}\n{}", name, rendered.text);
                for column in 0..table.spec.rows[index].columns.len() {
                    let place = Place { table: kind, cell: CellRef { row: index, column } };
                    let span = table.cell(place.cell).map(|cell| cell.span.shift(offset).range());
                    let figure = rendered.cells[&place].figure.clone();
                    prop_assert_eq!(span, Some(figure.clone()), "{}\n{}", name, rendered.text);
                    let words = rendered.text.get(figure).unwrap_or_default();
                    prop_assert_eq!(seen::words(words, layout.is_html()), model.figure(place));
                }
            }
        }
    }

    #[test]
    fn consistent_reports_have_no_findings(seed: u64, layout in any_of(&Layout::every())) {
        let (model, style) = report(seed, layout);
        let text = render(&model, &style).text;
        let found = findings(&text);
        let got = loud(brief(&text, &found));
        prop_assert!(got.is_empty(), "{got:?}\n{style:?}\n{text}");
        prop_assert_eq!(safely_fixed(&text), text);
    }

    #[test]
    fn findings_do_not_depend_on_the_layout(seed: u64, kind in proptest::sample::select(&Kind::ALL[..])) {
        // A row with too few cells depends on how the layout writes blanks.
        prop_assume!(kind != Kind::MissingCell);
        let mut first: Option<(Layout, Vec<String>)> = None;
        for layout in Layout::every() {
            let Some(fault) = faulty(kind, seed, layout, true) else { continue };
            let analysis = Analysis::new(&fault.text, Arc::default());
            let mut got: Vec<String> = analysis
                .findings()
                .iter()
                .filter(|finding| finding.severity >= Severity::Warning)
                .map(|finding| format!("{} {:?} {}", finding.rule.code, finding.severity, subject(&analysis, finding)))
                .collect();
            got.sort();
            match &first {
                None => first = Some((layout, got)),
                Some((other, expected)) => {
                    prop_assert_eq!(&got, expected, "{:?} and {:?}: {} in\n{}", layout, other, fault.note, fault.text);
                }
            }
        }
    }

    #[test]
    fn a_compendium_is_checked_report_by_report(seed: u64, layout in any_of(&Layout::TYPED)) {
        let mut rng = Rng::new(seed);
        let (mut text, mut parts, mut expected) = (String::new(), Vec::new(), Vec::new());
        for _ in 0..rng.between(2, 4) {
            let layout = if rng.one_in(3) { *rng.pick(&Layout::TYPED) } else { layout };
            let kind = *rng.pick(&Kind::ALL);
            let part = match faulty(kind, rng.next(), layout, true) {
                // Only a title starts another report.
                Some(fault) if kind != Kind::MissingTitle && rng.one_in(2) => fault.text,
                _ => render(&faults::model(kind, rng.next()), &Style::plain(layout)).text,
            };
            expected.extend(findings(&part).iter().map(|finding| finding.shift(text.len())));
            parts.push((text.len(), part.len()));
            text.push_str(&part);
        }
        let analysis = Analysis::new(&text, Arc::default());
        let units: Vec<_> = analysis.units().map(|unit| (unit.offset, unit.source.len())).collect();
        prop_assert_eq!(units, parts, "{}", text);
        prop_assert_eq!(analysis.findings(), expected, "{}", text);
    }

    #[test]
    fn an_edited_document_equals_a_fresh_one(seed: u64, layout in any_of(&Layout::every())) {
        let mut rng = Rng::new(seed);
        let (model, style) = report(rng.next(), layout);
        let mut text = render(&model, &style).text;
        if rng.one_in(3) {
            let layout = *rng.pick(&Layout::every());
            let (model, style) = report(rng.next(), layout);
            text.push_str(&render(&model, &style).text);
        }
        let mut edited = Edited::new(text);
        for _ in 0..rng.between(1, 12) {
            let (start, end) = any_range(&mut rng, &edited.text);
            edited.edit(Span::new(start, end), &piece(&mut rng), Request::Everything).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn reading_never_panics_and_loses_nothing(seed: u64, soup in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut rng = Rng::new(seed);
        let mut text = String::from_utf8_lossy(&soup).into_owned();
        for _ in 0..rng.below(40) {
            let at = floor(&text, rng.below(text.len() + 1));
            text.insert_str(at, &piece(&mut rng));
        }
        parsing::of(&text).map_err(TestCaseError::fail)?;
    }
}

/// One test a kind of fault, so that a failure names it.
macro_rules! each_fault {
    ($($name:ident: $kind:ident),* $(,)?) => {
        proptest! {
            #![proptest_config(cases(24))]
            $(
                #[test]
                fn $name(seed: u64, layout in any_of(&Layout::every()), plain: bool) {
                    if let Some(fault) = faulty(Kind::$kind, seed, layout, plain) {
                        check_fault(&fault)?;
                    }
                }
            )*
        }
    };
}

each_fault! {
    a_wrong_figure_is_found_in_its_cell: WrongFigure,
    a_moved_case_has_no_safe_fix: MovedCase,
    a_case_received_in_the_wrong_column_has_no_safe_fix: MovedIntake,
    a_blank_is_found_and_filled_where_it_is_forced: Blank,
    scattered_blanks_are_filled: ScatteredBlanks,
    a_rectangle_of_blanks_has_no_safe_fix: RectangleOfBlanks,
    a_lost_label_is_found_and_restored: LostLabel,
    a_missing_row_is_found: MissingRow,
    a_missing_section_is_found: MissingSection,
    a_wrong_ordinal_is_fixed: WrongOrdinal,
    a_duplicate_ordinal_is_put_right: DuplicateOrdinal,
    a_missing_ordinal_is_put_back: MissingOrdinal,
    tables_of_the_other_edition_are_found_once: WrongEdition,
    a_surplus_cell_is_found: SurplusCell,
    a_surplus_zero_is_dropped: SurplusZero,
    a_missing_cell_is_found: MissingCell,
    what_is_no_number_is_found: NotANumber,
    fewer_items_than_none_are_found: NegativeItems,
    a_missing_title_is_found: MissingTitle,
    another_title_is_found: OtherTitle,
    a_word_too_many_in_the_title_is_found: YearOfTitle,
    a_section_under_another_name_is_found: OtherSectionName,
    sections_in_another_order_are_found: SwappedSections,
    a_seventh_section_is_found: ExtraSection,
    an_empty_section_is_found: EmptySection,
    a_missing_aspect_is_found: MissingAspect,
    a_gap_in_the_numbers_is_found: SkippedNumber,
    tables_of_two_editions_are_found: Hybrid,
    a_missing_table_is_found: MissingTable,
    another_name_of_a_row_is_found: OtherRowLabel,
    rows_in_another_order_are_found: SwappedRows,
    another_name_of_a_column_is_found: OtherColumnLabel,
    a_missing_word_on_the_fee_is_found: NoFeeStatement,
    the_period_of_another_year_is_found: PeriodOfOtherYear,
    a_sentence_on_another_year_is_found: SentenceOfOtherYear,
    a_period_too_short_is_found: ShortPeriod,
    a_late_date_is_found: LateDate,
    another_list_in_the_preamble_is_found: OtherList,
    a_sign_for_nothing_is_found: Placeholder,
    a_negative_figure_is_found: Negative,
    half_a_case_is_found: Fraction,
    a_needless_decimal_is_taken_off: NeedlessDecimal,
    full_width_digits_are_narrowed: FullWidth,
    separators_are_taken_out: Separators,
    a_unit_behind_a_figure_is_taken_off: UnitInCell,
    leading_zeros_are_taken_off: LeadingZeros,
    a_split_number_is_found: SplitNumber,
    too_many_decimals_are_found: TooManyDecimals,
    a_fee_in_yuan_is_found: FeeInYuan,
    a_missing_unit_is_found: NoProcurementUnit,
    a_figure_above_its_total_is_found: AboveTotal,
    fewer_documents_in_force_than_issued_are_found: MoreIssuedThanInForce,
    a_fee_below_a_part_of_it_is_found: FeeBelowHandling,
    mostly_other_outcomes_are_found: MostlyOther,
    suits_without_review_are_found: SuitsWithoutReview,
    items_as_many_as_decisions_are_found: ItemsAsDecisions,
    less_in_all_than_new_is_found: LessInAllThanNew,
    more_published_than_made_is_found: MorePublishedThanMade,
    another_number_received_in_prose_is_found: SaidReceived,
    another_number_answered_in_prose_is_found: SaidAnswered,
    another_number_carried_in_prose_is_found: SaidCarried,
    another_number_of_an_outcome_in_prose_is_found: SaidOutcome,
    another_number_of_reviews_in_prose_is_found: SaidReview,
    another_number_of_suits_in_prose_is_found: SaidLitigation,
    another_number_of_licences_in_prose_is_found: SaidLicences,
    another_number_of_penalties_in_prose_is_found: SaidPenalties,
    another_number_of_coercions_in_prose_is_found: SaidCoercion,
    another_number_of_documents_in_prose_is_found: SaidDocuments,
    parts_that_do_not_add_up_in_prose_are_found: SaidParts,
    another_rate_in_prose_is_found: SaidRate,
    another_share_in_prose_is_found: SaidShare,
    all_done_with_some_left_is_found: SaidAllDone,
    another_measure_word_is_found: SaidPieces,
    a_half_width_comma_is_found: HalfWidthComma,
    mixed_brackets_are_found: MixedBrackets,
    a_mark_without_its_pair_is_found: Unbalanced,
    left_overs_are_found: Residue,
    a_slip_of_wording_is_found: Wording,
    borrowed_wording_is_found: Boilerplate,
    the_report_of_another_body_is_found: OtherBody,
    what_is_left_of_the_template_is_found: TemplateLeft,
    an_outdated_basis_is_found: OldBasis,
    a_long_overview_is_found: LongOverview,
    another_scope_is_found: ScopeOfRegion,
    rules_of_a_county_are_found: RulesOfCounty,
    a_fee_unpaid_without_a_notice_is_found: UnpaidWithoutNotice,
    another_sum_of_fees_is_found: SaidFee,
    a_title_inside_a_title_is_found: NestedTitle,
    who_applied_is_found: PersonalData,
    a_suppression_of_nothing_is_found: NeedlessSuppression,
}

/// Most reports have a place for a fault: the tests above do not pass for lack of faults.
#[test]
fn most_seeds_have_a_place_for_every_kind_of_fault() {
    for kind in Kind::ALL {
        // Only a page has a head.
        let layout = if kind == Kind::PageMeta { Layout::Html } else { Layout::Pipes };
        let placed = (0..40).filter(|seed| faulty(kind, *seed, layout, true).is_some()).count();
        assert!(placed >= 15, "{kind:?}: {placed} of 40");
        for seed in 0..10 {
            let Some(fault) = faulty(kind, seed, layout, true) else { continue };
            assert!(fault.text != fault.original || kind == Kind::WrongEdition, "{kind:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_generator_keeps_every_identity_and_knows_the_places_of_its_figures(seed: u64, layout in any_of(&Layout::TYPED)) {
        let (model, style) = report(seed, layout);
        let rendered = render(&model, &style);
        for table in TableKind::ALL {
            for identity in model.spec(table).identities() {
                let value = |cell| model.number(generator::Place { table, cell });
                prop_assert_eq!(Model::excess(identity, value), 0);
            }
        }
        prop_assert_eq!(rendered.cells.len(), model.places().len());
        for (place, cell) in &rendered.cells {
            prop_assert_eq!(&rendered.text[cell.figure.clone()], model.figure(*place));
            prop_assert_eq!(rendered.text[cell.content.clone()].trim(), model.figure(*place));
            prop_assert!(cell.start <= cell.content.start && cell.next.is_none_or(|next| next > cell.content.end));
        }
        prop_assert_eq!(rendered.headings.len(), 6);
        prop_assert!(rendered.tables.windows(2).all(|pair| pair[0].end < pair[1].start));
    }
}
