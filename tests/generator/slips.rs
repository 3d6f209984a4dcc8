//! Faults that are a few characters in one place: in a heading, a label, the writing of a figure, a sentence.

use super::builder::{Builder, cover, same_row};
use super::faults::{Cure, Expected, Fault, Kind};
use super::layout::line_of;
use super::{Layout, Mix, Model, Place, Rng, Style, render, statement};
use gongkai::rules::Severity::{self, Error, Info, Warning};
use gongkai::statute::{Column, Edition, Outcome, Quantity, Row, Section, TableKind};
use std::ops::Range;

/// Whether `model` has a place for a fault of `kind`.
pub(super) fn suits(kind: Kind, model: &Model) -> bool {
    let positive =
        |row, column| model.named(row, column).is_some_and(|place| !model.figure(place).starts_with(['0', '-']));
    match kind {
        // Without a title, the period in the preamble tells the year.
        Kind::MissingTitle
        | Kind::PeriodOfOtherYear
        | Kind::ShortPeriod
        | Kind::OtherList
        | Kind::OtherBody
        | Kind::OldBasis => !model.preamble.is_empty(),
        Kind::ScopeOfRegion => !model.preamble.is_empty() && !is_department(model),
        Kind::LateDate => !model.closing.is_empty(),
        Kind::NoFeeStatement
        | Kind::MoreIssuedThanInForce
        | Kind::FeeBelowHandling
        | Kind::SaidDocuments
        | Kind::UnpaidWithoutNotice
        | Kind::SaidFee
        | Kind::LongOverview => model.edition == Edition::F2021,
        Kind::RulesOfCounty => model.body.contains('县'),
        Kind::FeeInYuan => model.edition == Edition::F2021 && is_department(model),
        Kind::Boilerplate => is_department(model),
        Kind::NoProcurementUnit => positive(Row::Procurement, Column::ProcurementAmount),
        Kind::SuitsWithoutReview => model.year >= 2024,
        Kind::SaidRate => statement(model, kind).is_some(),
        Kind::SaidShare => statement(model, kind).is_some(),
        Kind::SaidAllDone => positive(Row::CarriedOut, Column::AllApplicants),
        _ => true,
    }
}

fn is_department(model: &Model) -> bool {
    !model.body.contains("政府")
}

/// `style` without what would hide a fault of `kind`.
pub(super) fn style(kind: Kind, style: &Style) -> Style {
    let labels =
        matches!(kind, Kind::OtherRowLabel | Kind::OtherColumnLabel | Kind::OtherSectionName | Kind::NoProcurementUnit);
    // A label that is broken over lines tells a figure from words no more.
    let whole_labels = matches!(kind, Kind::NotANumber | Kind::Placeholder | Kind::SwappedRows | Kind::LostLabel);
    if style.layout == Layout::Spaced && whole_labels {
        return Style { wrapped: Mix::Never, ..*style };
    }
    if !labels {
        return *style;
    }
    Style {
        half_width: Mix::Never,
        ideographic_comma: Mix::Never,
        straight_quotes: Mix::Never,
        spaced: Mix::Never,
        wrapped: Mix::Never,
        headings: Mix::Never,
        ..*style
    }
}

/// The fault; `None` if the report has no place for it.
pub(super) fn inject(fault: &Builder<'_>, rng: &mut Rng) -> Option<Fault> {
    // Headers are scattered over lines there, and read for nothing but units.
    if fault.style.layout == Layout::Spaced && fault.kind == Kind::OtherColumnLabel {
        return None;
    }
    let year = fault.model.year;
    match fault.kind {
        Kind::MissingTitle => {
            let title = cover(&fault.find(&fault.model.title())?);
            let line = fault.line_start(title.start)..fault.line_end(title.end);
            let expected = fault.on_line("GK101", Warning, fault.rendered.headings[0].line.start);
            let mut fault = fault.edited(&[(line, String::new())], expected, Cure::None);
            move_up(&mut fault, 1);
            Some(fault)
        }
        Kind::OtherTitle => {
            let tails =
                ["信息公开工作年度报告", "政府信息公开年度报告", "政务公开工作年度报告", "政府信息公开工作年报"];
            let title = fault.find(&fault.model.title())?;
            let (_, tail) = title.split_at(title.len() - "政府信息公开工作年度报告".chars().count());
            Some(fault.respelled(cover(tail), rng.pick::<&str>(&tails), "GK102", Warning, Cure::None))
        }
        Kind::YearOfTitle => {
            let title = fault.find(&fault.model.title())?;
            let at = fault.model.body.chars().count() + 4;
            Some(fault.respelled(title[at].clone(), "年度", "GK102", Info, Cure::Exact))
        }
        Kind::OtherSectionName => {
            let names = [
                ["总体工作情况", "工作概述"],
                ["主动公开情况", "主动公开信息情况"],
                ["收到和处理申请情况", "依申请公开办理情况"],
                ["行政复议和行政诉讼情况", "行政复议、诉讼情况"],
                ["主要问题及改进", "存在的主要问题和改进措施"],
                ["其他事项", "其他需要说明的事项"],
            ];
            let index = rng.below(6);
            let heading = &fault.rendered.headings[index];
            let name = Section::ALL[index].name();
            let span = cover(&fault.find_in(heading.line.clone(), name)?);
            let mut fault = fault.respelled(span, rng.pick::<&str>(&names[index]), "GK105", Warning, Cure::Exact);
            or(&mut fault, ("GK105", Info));
            Some(fault)
        }
        Kind::SwappedSections => {
            let headings = &fault.rendered.headings;
            let first = rng.below(4);
            let [a, b, c] = [first, first + 1, first + 2].map(|index| headings[index].line.start);
            let text = &fault.rendered.text;
            let expected = fault.one("GK106", Error, fault.rendered.line(a)..=fault.rendered.line(c));
            Some(fault.edited(&[(a..b, text[b..c].to_owned()), (b..c, text[a..b].to_owned())], expected, Cure::None))
        }
        Kind::ExtraSection => {
            let at = fault.rendered.headings[5].line.start;
            let name = rng.pick(&["下一步工作打算", "工作亮点", "改进措施"]);
            let heading = fault.heading(&format!("七、{name}"));
            let content = heading + &fault.paragraph("将按照要求继续做好各项公开工作。");
            let expected = fault.on_line("GK107", Warning, at);
            Some(fault.edited(&[(at..at, content)], expected, Cure::None))
        }
        Kind::EmptySection => {
            let [heading, next] = [&fault.rendered.headings[4], &fault.rendered.headings[5]];
            let lines = fault.rendered.line(heading.line.start)..=fault.rendered.line(next.line.start);
            let content = rng.pick(&["", "无。", "无"]);
            let content = if content.is_empty() { String::new() } else { fault.paragraph(content) };
            let expected = fault.one("GK108", Error, lines);
            Some(fault.edited(&[(heading.line.end..next.line.start, content)], expected, Cure::None))
        }
        Kind::MissingAspect => {
            let aspect = "（三）政府信息管理。坚持先审查、后公开，落实保密审查和动态调整机制。";
            let span = cover(&fault.find(aspect)?);
            let expected = fault.on_line("GK109", Info, fault.rendered.headings[0].line.start);
            Some(fault.edited(&[(span, "（三）日常工作。做好各项日常工作。".to_owned())], expected, Cure::None))
        }
        Kind::SkippedNumber => {
            let number = fault.find("（四）政府信息公开平台建设")?[1].clone();
            let wrong = rng.pick(&["五", "六", "三"]);
            let mut fault = fault.respelled(number, wrong, "GK110", Info, Cure::None);
            // A number twice, or one left out: the one after may be the one that is wrong.
            widen(&mut fault, 4);
            Some(fault)
        }
        Kind::Hybrid => {
            let rendered = render(&fault.model.with_applications_of_other_edition(rng.next()), fault.style);
            let lines =
                line_of(&rendered.text, rendered.tables[0].start)..=line_of(&rendered.text, rendered.tables[1].end);
            let expected = fault.one("GK112", Warning, lines);
            Some(fault.whole(fault.rendered.text.clone(), rendered.text, expected, Cure::None))
        }
        Kind::MissingTable => {
            let kind = *rng.pick(&TableKind::ALL);
            let heading = &fault.rendered.headings[kind.section() as usize];
            let expected = fault.on_line("GK113", Error, heading.line.start);
            let table = fault.rendered.tables[kind as usize].clone();
            Some(fault.edited(&[(table, fault.end().to_owned())], expected, Cure::None))
        }
        Kind::OtherRowLabel => {
            let words = [
                ("属于", "涉及"),
                ("信访举报投诉类", "信访举报类"),
                ("重复申请", "重复的申请"),
                ("要求提供", "请求提供"),
            ];
            let labels: Vec<(Range<usize>, &str)> = fault
                .rendered
                .labels
                .iter()
                .filter(|((table, _), _)| *table == TableKind::Applications)
                .flat_map(|(_, label)| {
                    let of_label = |right| fault.find_in(label.clone(), right);
                    words.iter().filter_map(move |(right, wrong)| Some((cover(&of_label(right)?), *wrong)))
                })
                .collect();
            let (span, wrong) = rng.pick(&labels).clone();
            Some(fault.respelled(span, wrong, "GK116", Warning, Cure::NoneOrUpToSpace))
        }
        Kind::SwappedRows => {
            let rows = fault.model.spec(TableKind::Applications).rows;
            let groups = |row: usize| rows[row].row.groups();
            let inner: Vec<usize> = (1..rows.len() - 1)
                .filter(|row| {
                    groups(*row).len() == 2 && groups(*row) == groups(row - 1) && groups(*row) == groups(row + 1)
                })
                .collect();
            let row = *rng.pick(&inner);
            let [a, b] = [row, row + 1].map(|row| fault.row_span(TableKind::Applications, row));
            let (a, b) = (a?, b?);
            let text = &fault.rendered.text;
            let lines = fault.rendered.line(a.start)..=fault.rendered.line(b.end);
            let expected = fault.one("GK117", Warning, lines);
            let edits = [(a.clone(), text[b.clone()].to_owned()), (b, text[a].to_owned())];
            Some(fault.edited(&edits, expected, Cure::None))
        }
        Kind::OtherColumnLabel => {
            let words = [("社会公益组织", "社会组织"), ("社会公益组织", "公益组织"), ("科研机构", "科研单位")];
            let (right, wrong) = *rng.pick(&words);
            let table = fault.rendered.tables[TableKind::Applications as usize].clone();
            let span = cover(&fault.find_in(table, right)?);
            Some(fault.respelled(span, wrong, "GK119", Warning, Cure::NoneOrUpToSpace))
        }
        Kind::NoFeeStatement => {
            let span = fault.section(Section::Other)?;
            let expected = fault.on_line("GK120", Warning, fault.rendered.headings[5].line.start);
            Some(fault.edited(&[(span, "无其他需要报告的事项。".to_owned())], expected, Cure::None))
        }
        Kind::PeriodOfOtherYear => {
            let period = |year: u16| format!("{year}年1月1日至{year}年12月31日");
            let span = cover(&fault.find(&period(year))?);
            Some(fault.respelled(span, &period(year - 1), "GK121", Error, Cure::None))
        }
        Kind::ShortPeriod => {
            let date = format!("至{year}年12月31日");
            let span = cover(&fault.find(&date)?);
            Some(fault.respelled(span, &format!("至{year}年11月30日"), "GK122", Error, Cure::None))
        }
        Kind::SentenceOfOtherYear => {
            let (places, _) = fault.statement(Kind::SaidReceived)?;
            Some(fault.respelled(cover(&places[..4]), &(year - 1).to_string(), "GK121", Warning, Cure::None))
        }
        Kind::LateDate => {
            let line = fault.model.closing.last()?;
            let closing = fault.rendered.headings[5].line.end..fault.rendered.text.len();
            let span = cover(&fault.find_in(closing, line)?);
            let late = line.replace("年1月", rng.pick::<&str>(&["年4月", "年5月", "年12月"]));
            Some(fault.respelled(span, &late, "GK123", Warning, Cure::None))
        }
        Kind::OtherList => {
            let list = fault.find(&fault.model.preamble.last()?.clone())?;
            let name = Section::Problems.name();
            let span = cover(&fault.find_in(cover(&list), name)?);
            Some(fault.respelled(span, "工作中的不足", "GK124", Info, Cure::None))
        }
        Kind::Placeholder => {
            let wrong = *rng.pick(&["/", "-", "—", "--", "无", "N/A", "不适用"]);
            let place = *rng.pick(&fault.model.places());
            Some(fault.figure(place, wrong, "GK202", Warning, Cure::None))
        }
        Kind::Negative => {
            let signed = |place| fault.model.names(place).1.quantity() == Quantity::Change;
            let places = fault.model.places().into_iter().filter(|place| !signed(*place));
            let places: Vec<Place> = places
                .filter(|place| fault.model.figure(*place).contains(|c: char| ('1'..='9').contains(&c)))
                .collect();
            let place = (!places.is_empty()).then(|| *rng.pick(&places))?;
            Some(fault.figure(place, &format!("-{}", fault.model.figure(place)), "GK204", Error, Cure::None))
        }
        Kind::Fraction => {
            let place = fault.some_figure(rng, |place, _| fault.is_count(place))?;
            let wrong = format!("{}.{}", fault.model.figure(place), rng.between(1, 9));
            Some(fault.figure(place, &wrong, "GK205", Error, Cure::None))
        }
        Kind::NeedlessDecimal => {
            let place = fault.some_figure(rng, |place, _| fault.is_count(place))?;
            let wrong = format!("{}.{}", fault.model.figure(place), rng.pick(&["0", "00"]));
            Some(fault.figure(place, &wrong, "GK205", Info, Cure::Exact))
        }
        Kind::FullWidth => {
            let place = fault.some_figure(rng, |_, _| true)?;
            let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
            let wrong: String = fault.model.figure(place).chars().map(wide).collect();
            Some(fault.figure(place, &wrong, "GK206", Warning, Cure::Exact))
        }
        Kind::Separators => {
            let place = fault.some_figure(rng, |_, figure| figure.len() >= 4)?;
            let figure = fault.model.figure(place);
            let (high, low) = figure.split_at(figure.len() - 3);
            // Between spaces, a space makes two figures of one.
            let separators = if fault.style.layout == Layout::Spaced { &[",", "，"][..] } else { &[",", "，", " "] };
            let wrong = format!("{high}{}{low}", rng.pick(separators));
            Some(fault.figure(place, &wrong, "GK207", Warning, Cure::Exact))
        }
        Kind::UnitInCell => {
            let money = |place| matches!(fault.model.names(place).1, Column::FeeAmount | Column::ProcurementAmount);
            let place = fault.some_figure(rng, |place, _| fault.is_count(place) || money(place))?;
            let unit = if money(place) { "万元" } else { *rng.pick(&["件", "条", "项"]) };
            Some(fault.figure(place, &format!("{}{unit}", fault.model.figure(place)), "GK208", Warning, Cure::Exact))
        }
        Kind::LeadingZeros => {
            let place = fault.some_figure(rng, |_, figure| figure != "0")?;
            let zeros = rng.pick(&["0", "00"]);
            Some(fault.figure(place, &format!("{zeros}{}", fault.model.figure(place)), "GK209", Info, Cure::Exact))
        }
        Kind::SplitNumber => split_number(fault, rng),
        Kind::TooManyDecimals => {
            let columns = [Column::FeeAmount, Column::ProcurementAmount];
            let place = *fault.model.places().iter().find(|place| columns.contains(&fault.model.names(**place).1))?;
            let whole = fault.model.figure(place).split('.').next()?.to_owned();
            if whole == "0" && fault.model.names(place).1 == Column::ProcurementAmount {
                return None;
            }
            // A tenth of a yuan, or less than a cent.
            let (decimals, severity) = if rng.one_in(2) {
                (rng.between(12_345, 98_765), Info)
            } else {
                (rng.between(1_234_567, 9_876_543), Warning)
            };
            let wrong = format!("{whole}.{decimals}");
            Some(fault.figure(place, &wrong, "GK211", severity, Cure::None))
        }
        Kind::FeeInYuan => {
            let place = fault.model.named(Row::Fees, Column::FeeAmount)?;
            let wrong = rng.between(1_000_000, 90_000_000).to_string();
            Some(fault.figure(place, &wrong, "GK212", Info, Cure::None))
        }
        Kind::NoProcurementUnit => {
            let place = fault.model.named(Row::Procurement, Column::ProcurementAmount)?;
            let table = fault.rendered.tables[TableKind::Disclosure as usize].clone();
            let unit = "（单位：万元）";
            // The fees of this edition have no amount: no other header has a unit.
            let span = cover(&fault.find_in(table, unit)?);
            let expected = fault.on_line("GK213", Warning, fault.rendered.cells[&place].figure.start);
            Some(fault.edited(&[(span, String::new())], expected, Cure::None))
        }
        Kind::AboveTotal => above_total(fault, rng),
        Kind::MoreIssuedThanInForce => {
            let row = Row::NormativeDocuments;
            let [issued, repealed, in_force] =
                [Column::Issued, Column::Repealed, Column::InForce].map(|column| fault.model.named(row, column));
            let (issued, repealed, in_force) = (issued?, repealed?, in_force?);
            let wrong = fault.model.number(repealed) + fault.model.number(in_force) + rng.between(1, 9);
            let mut found = fault.figure(issued, &wrong.to_string(), "GK306", Warning, Cure::None);
            found.expected = fault.on_line("GK306", Warning, fault.rendered.cells[&in_force].figure.start);
            Some(found)
        }
        Kind::FeeBelowHandling => {
            let place = fault.model.named(Row::Fees, Column::FeeAmount)?;
            let whole: i64 = fault.model.figure(place).split('.').next()?.parse().ok()?;
            let yuan = (whole + rng.between(2, 9)) * 10_000;
            let sentence = format!("本年度发出收费通知3件，收取政府信息公开信息处理费{yuan}元。");
            let span = fault.section(Section::Other)?;
            let expected = fault.on_line("GK308", Warning, fault.rendered.cells[&place].figure.start);
            Some(fault.edited(&[(span, sentence)], expected, Cure::None))
        }
        Kind::MostlyOther => {
            let mut model = fault.model.clone();
            let [other, handled, received] =
                [Row::OtherOutcome, Row::Handled, Row::Received].map(|row| model.named(row, Column::NaturalPersons));
            let more = model.number(model.named(Row::Handled, Column::AllApplicants)?) + rng.between(10, 99);
            for place in [other?, handled?, received?] {
                for column in [0, 6] {
                    add(&mut model, Place { cell: gongkai::statute::CellRef { column, ..place.cell }, ..place }, more);
                }
            }
            fault.rewritten(&model, model.named(Row::OtherOutcome, Column::AllApplicants)?, "GK309", Info)
        }
        Kind::SuitsWithoutReview => {
            let mut model = fault.model.clone();
            let total = |model: &Model, column: fn(Outcome) -> Column| {
                model.named(Row::ReviewAndLitigation, column(Outcome::Total)).map(|place| model.number(place))
            };
            let with_review = total(&model, Column::Review)? + total(&model, Column::SuitAfterReview)?;
            // What may be sued without review.
            let admitted = [
                Row::NotHeld,
                Row::ToBeCreated,
                Row::StillUnclear,
                Row::Petition,
                Row::Repeated,
                Row::Publication,
                Row::Excessive,
                Row::Confirmation,
            ];
            let admitted: i64 = admitted
                .into_iter()
                .filter_map(|row| Some(model.number(model.named(row, Column::AllApplicants)?)))
                .sum();
            let more = with_review.max(admitted) + rng.between(1, 5);
            for outcome in [*rng.pick(&Outcome::ALL[..4]), Outcome::Total] {
                let place = model.named(Row::ReviewAndLitigation, Column::DirectSuit(outcome))?;
                add(&mut model, place, more);
            }
            let place = model.named(Row::ReviewAndLitigation, Column::DirectSuit(Outcome::Total))?;
            fault.rewritten(&model, place, "GK310", Info)
        }
        Kind::ItemsAsDecisions => {
            let row = *rng.pick(&[Row::Licences, Row::OtherServices, Row::Penalties, Row::Coercion]);
            let mut model = fault.model.clone();
            let [items, change, decisions] =
                [Column::ItemsLastYear, Column::ItemChange, Column::Decisions].map(|column| model.named(row, column));
            let (items, change, decisions) = (items?, change?, decisions?);
            let many = rng.between(50, 400) - model.number(change).min(0);
            for place in [items, decisions] {
                let less = model.number(place);
                add(&mut model, place, many - less);
            }
            fault.rewritten(&model, items, "GK311", Info)
        }
        Kind::LessInAllThanNew | Kind::MorePublishedThanMade => {
            let row = Row::NormativeDocuments;
            let mut model = fault.model.clone();
            let (new, all) = (model.named(row, Column::NewlyPublished)?, model.named(row, Column::PublishedInAll)?);
            if fault.kind == Kind::MorePublishedThanMade {
                let more = rng.between(1, 9);
                add(&mut model, new, more);
                add(&mut model, all, more);
                return fault.rewritten(&model, new, "GK312", Info);
            }
            if model.number(new) == 0 {
                // More are made and published than there are in all.
                let more = model.number(all) + rng.between(1, 9);
                let made = model.named(row, Column::NewlyMade)?;
                add(&mut model, new, more);
                add(&mut model, made, more);
                return fault.rewritten(&model, all, "GK312", Warning);
            }
            let less = rng.between(0, model.number(new) - 1);
            Some(fault.figure(all, &less.to_string(), "GK312", Warning, Cure::None))
        }
        Kind::SaidReceived => fault.said("GK401", Error, rng),
        Kind::SaidAnswered => fault.said("GK402", Error, rng),
        Kind::SaidCarried => fault.said("GK403", Error, rng),
        Kind::SaidOutcome => fault.said("GK404", Error, rng),
        Kind::SaidReview => fault.said("GK405", Error, rng),
        Kind::SaidLitigation => fault.said("GK406", Error, rng),
        Kind::SaidLicences => fault.said("GK407", Error, rng),
        Kind::SaidPenalties => fault.said("GK408", Error, rng),
        Kind::SaidCoercion => fault.said("GK409", Error, rng),
        Kind::SaidDocuments => fault.said("GK410", Warning, rng),
        Kind::SaidParts => fault.said("GK411", Error, rng),
        Kind::SaidRate => fault.said("GK412", Warning, rng),
        Kind::SaidShare => fault.said("GK413", Warning, rng),
        Kind::SaidAllDone => {
            // Nor may the prose say how many are left.
            let [(received, _), (left, _)] =
                [fault.statement(Kind::SaidReceived)?, fault.statement(Kind::SaidCarried)?];
            let end = received.last()?.start;
            let edits = [(end..end, "，全部办结".to_owned()), (cover(&left), "坚持依法依规办理。".to_owned())];
            Some(fault.edited(&edits, fault.on_line("GK414", Error, end), Cure::None))
        }
        Kind::SaidPieces => {
            let (received, _) = fault.statement(Kind::SaidReceived)?;
            let [.., measure, _] = &received[..] else { return None };
            Some(fault.respelled(measure.clone(), "条", "GK415", Info, Cure::Exact))
        }
        Kind::HalfWidthComma => fault.replaced("开展业务培训，做好", "开展业务培训,做好", "GK601", Info),
        Kind::MixedBrackets => fault.replaced("（二）依申请公开", "(二)依申请公开", "GK602", Info),
        Kind::Unbalanced => fault.replaced("更新公开指南", "更新《公开指南", "GK603", Info),
        Kind::Residue => fault.replaced("明确受理", "[bookmark: _GoBack]明确受理", "GK604", Warning),
        Kind::Wording => fault.replaced("明确受理", "截止目前，明确受理", "GK605", Info),
        Kind::Boilerplate => fault.replaced("围绕群众关切", "各级政府部门围绕群众关切", "GK606", Info),
        Kind::OtherBody => {
            let other = rng.pick(&["墨潭州财政局", "苍梧岭县统计局", "芦汀市民政局"]);
            let preamble = cover(&fault.find(fault.model.preamble.first()?)?);
            let body = fault.find_in(preamble, &fault.model.body)?;
            Some(fault.respelled(cover(&body), other, "GK125", Warning, Cure::None))
        }
        Kind::TemplateLeft => {
            let blanks = ["XX", "××", "____"];
            let (wrong, severity) = match rng.below(4) {
                0 => ("（文字描述）围绕群众关切".to_owned(), Error),
                index => (format!("公开信息{}条，围绕群众关切", blanks[index - 1]), Warning),
            };
            fault.replaced("围绕群众关切", &wrong, "GK126", severity)
        }
        Kind::OldBasis => {
            let basis = "政府信息公开条例》第四十九条";
            let wrong = "政府信息公开条例》（国务院令第492号）第四十九条";
            fault.replaced(basis, wrong, "GK127", Warning)
        }
        Kind::LongOverview => {
            let topics =
                ["财政", "教育", "医疗", "住房", "就业", "养老", "交通", "环保", "水利", "农业", "文旅", "应急"];
            let sentence = |topic: &&str| {
                format!(
                    "在{topic}领域公开工作中，对照目录逐项梳理应当公开的事项，明确责任科室、时限要求和发布渠道，                     定期检查栏目更新情况，及时回应群众对{topic}政策的咨询，听取意见并改进服务，                     汇总整理{topic}方面常见的疑问，编成简明的解答供窗口人员参考。"
                )
            };
            let more: String = topics.iter().map(sentence).collect();
            let at = cover(&fault.find("更新公开指南。")?).end;
            let expected = fault.on_line("GK128", Info, fault.rendered.headings[0].line.start);
            Some(fault.edited(&[(at..at, more)], expected, Cure::None))
        }
        Kind::PageMeta => {
            if !fault.style.layout.is_html() {
                return None;
            }
            let (name, content) = match rng.below(2) {
                0 => ("PubDate", format!("{}-{}-16 09:30", year + 1, rng.pick(&["04", "06", "11"]))),
                _ => ("ArticleTitle", format!("墨潭州财政局{year}年政府信息公开工作年度报告")),
            };
            let at = cover(&fault.find_in(0..fault.rendered.text.len(), "<meta charset=\"utf-8\">")?).end;
            let meta = format!("<meta name=\"{name}\" content=\"{content}\">");
            let expected = fault.on_line("GK129", Warning, at);
            Some(fault.edited(&[(at..at, meta)], expected, Cure::None))
        }
        Kind::ScopeOfRegion => {
            let range = match fault.model.body.chars().rev().nth(6) {
                Some('县') => "全县",
                Some('区') => "全区",
                _ => "全市",
            };
            let sentence = format!("本报告汇总{range}各级行政机关政府信息公开情况编制而成。本报告由");
            let list = cover(&fault.find(fault.model.preamble.last()?)?);
            let start = cover(&fault.find_in(list, "本报告由")?);
            Some(fault.respelled(start, &sentence, "GK130", Info, Cure::None))
        }
        Kind::RulesOfCounty => {
            let column = if fault.model.edition == Edition::F2021 { Column::InForce } else { Column::PublishedInAll };
            let place = fault.model.named(Row::Rules, column)?;
            Some(fault.figure(place, &rng.between(1, 9).to_string(), "GK313", Warning, Cure::None))
        }
        Kind::UnpaidWithoutNotice => {
            let mut model = fault.model.clone();
            let more = rng.between(1, 9);
            for row in [Row::FeeNotPaid, Row::Handled, Row::Received] {
                for column in [Column::NaturalPersons, Column::AllApplicants] {
                    let place = model.named(row, column)?;
                    add(&mut model, place, more);
                }
            }
            let silent = rng.one_in(2);
            let other = if silent {
                "本年度未收取信息处理费。"
            } else {
                "本年度未发出收费通知，未收取信息处理费。"
            };
            model.sections[Section::Other as usize] = vec![other.to_owned()];
            let rendered = render(&model, fault.style);
            let heading = rendered.line(rendered.headings[5].line.start);
            let lines = if silent { heading..=heading } else { heading..=line_of(&rendered.text, rendered.text.len()) };
            let expected = fault.one("GK416", if silent { Warning } else { Error }, lines);
            Some(fault.whole(fault.rendered.text.clone(), rendered.text, expected, Cure::None))
        }
        Kind::SaidFee => {
            let place = fault.model.named(Row::Fees, Column::FeeAmount)?;
            let whole: i64 = fault.model.figure(place).split('.').next()?.parse().ok()?;
            let sentence = format!("全年收取行政事业性收费{}万元。", whole + rng.between(2, 9));
            let at = cover(&fault.find("更新公开指南。")?).end;
            let expected = fault.on_line("GK417", Error, at);
            Some(fault.edited(&[(at..at, sentence)], expected, Cure::None))
        }
        Kind::NestedTitle => {
            let named =
                |left: char, right: char| format!("落实《关于印发{left}公开工作规程{right}的通知》，更新公开指南");
            let right = "更新公开指南";
            let mut fault = fault.replaced(right, &named('《', '》'), "GK607", Info)?;
            fault.original = fault.text.replacen(&named('《', '》'), &named('〈', '〉'), 1);
            fault.cure = Cure::Exact;
            Some(fault)
        }
        Kind::PersonalData => {
            let (wrong, severity) = match rng.below(3) {
                0 => (format!("登记申请人的证件号码{}，明确受理", identity_number(rng)), Error),
                1 => ("按照申请人赵建国的要求，明确受理".to_owned(), Warning),
                _ => ("按照号码13800000000登记，明确受理".to_owned(), Info),
            };
            fault.replaced("明确受理", &wrong, "GK608", severity)
        }
        Kind::NeedlessSuppression => {
            let at = fault.rendered.headings[4].line.start;
            let code = rng.pick(&["GK303", "GK301", "GK401"]);
            let comment = format!("<!-- gongkai: ignore {code} 原件如此 -->{}", fault.end());
            let expected = fault.on_line("GK001", Warning, at);
            Some(fault.edited(&[(at..at, comment)], expected, Cure::UpToSpace))
        }
        _ => None,
    }
}

/// A number as a citizen has it, of a place that there is not.
fn identity_number(rng: &mut Rng) -> String {
    let digits = format!(
        "119999{}{:02}{:02}{:03}",
        rng.between(1960, 2000),
        rng.between(1, 12),
        rng.between(1, 28),
        rng.between(1, 999)
    );
    // GB 11643: the weights, and the check digit for the remainder.
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{digits}{}", char::from(b"10X98765432"[sum % 11]))
}

/// Adds `by` to a whole number.
fn add(model: &mut Model, place: Place, by: i64) {
    let sum = model.number(place) + by;
    model.figures[place.table as usize][place.cell.row][place.cell.column] = sum.to_string();
}

/// Lets the finding be one of another severity.
fn or(fault: &mut Fault, other: (&'static str, Severity)) {
    for expected in fault.expected.iter_mut().flatten() {
        expected.or = Some(other);
    }
}

/// Lets the finding be up to `by` lines further down.
fn widen(fault: &mut Fault, by: usize) {
    for Expected { lines, .. } in fault.expected.iter_mut().flatten() {
        *lines = *lines.start()..=lines.end() + by;
    }
}

/// Lets the finding be `by` lines further up: a line before it is gone.
fn move_up(fault: &mut Fault, by: usize) {
    for Expected { lines, .. } in fault.expected.iter_mut().flatten() {
        *lines = lines.start() - by..=lines.end() - by;
    }
}

/// A figure of two digits in two cells, where joining them and no dropping of a cell makes the row add up.
fn split_number(fault: &Builder<'_>, rng: &mut Rng) -> Option<Fault> {
    let place = fault.inner_place(rng, |place| {
        place.table == TableKind::Applications && matches!(fault.model.figure(place).len(), 2)
    })?;
    let row: Vec<i64> = fault
        .places(place.table)
        .iter()
        .filter(|other| same_row(place, **other))
        .map(|other| fault.model.number(*other))
        .collect();
    let (tens, ones) = (row[place.cell.column] / 10, row[place.cell.column] % 10);
    let mut split = row.clone();
    split.splice(place.cell.column..=place.cell.column, [tens, ones]);
    let adds_up = |row: &[i64]| row.split_last().is_some_and(|(total, parts)| *total == parts.iter().sum::<i64>());
    let dropped = (0..split.len()).any(|at| {
        let mut row = split.clone();
        row.remove(at);
        adds_up(&row)
    });
    let joined = (0..split.len() - 1).filter(|at| {
        let (a, b) = (split[*at], split[at + 1]);
        let mut row = split.clone();
        row.splice(*at..=at + 1, [a * 10 + b]);
        (1..=9).contains(&a) && b <= 9 && adds_up(&row)
    });
    let certain = !dropped && joined.count() == 1;
    let cell = &fault.rendered.cells[&place];
    let text = &fault.rendered.text;
    let copy = format!("{}{tens}{}", &text[cell.start..cell.content.start], &text[cell.content.end..cell.next?]);
    let (code, severity) = if certain { ("GK210", Warning) } else { ("GK118", Warning) };
    let expected = fault.in_row(place, code, severity);
    let edits = [(cell.start..cell.start, copy), (cell.figure.clone(), ones.to_string())];
    let mut fault = fault.edited(&edits, expected, Cure::None);
    // A line more in the layouts that have a line for each cell.
    widen(&mut fault, 1);
    Some(fault)
}

/// A figure above the total of its column, with words in its row's total and in another row of the column.
fn above_total(fault: &Builder<'_>, rng: &mut Rng) -> Option<Fault> {
    let rows = fault.model.spec(TableKind::Applications).rows;
    let outcomes: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].row.is_outcome()).collect();
    let (row, other) = (*rng.pick(&outcomes), *rng.pick(&outcomes));
    if row == other {
        return None;
    }
    let column = rng.below(6);
    let at = |row: usize, column: usize| Place {
        table: TableKind::Applications,
        cell: gongkai::statute::CellRef { row, column },
    };
    let handled = fault.model.spec(TableKind::Applications).index(Row::Handled)?;
    let wrong = fault.model.number(at(handled, column)) + rng.between(1, 9);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut expected = Vec::new();
    for (place, content, code) in [
        (at(row, column), wrong.to_string(), "GK305"),
        (at(row, 6), "/".to_owned(), "GK202"),
        (at(other, column), "/".to_owned(), "GK202"),
    ] {
        let figure = fault.rendered.cells[&place].figure.clone();
        expected.extend(fault.on_line(code, Warning, figure.start)?);
        edits.push((figure, content));
    }
    edits.sort_by_key(|(range, _)| range.start);
    Some(fault.edited(&edits, Some(expected), Cure::None))
}
