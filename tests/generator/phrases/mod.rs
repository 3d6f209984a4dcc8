//! A second hand that writes the prose of a generated report: sentence patterns taken from how such reports are written,
//! with none of the program's own lists of words. What it says of the tables is noted figure by figure, so that any of it
//! can be made wrong.

mod applications;
mod disclosure;
mod fill;
mod lists;
mod others;
pub(crate) mod planted;
mod reviews;

use super::{Model, Rng, Wish};
use fill::{Hand, Said};

/// A false statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    Nothing,
    NoneReceived,
    AllHandled,
    NoReviewsNorSuits,
    NoNotices,
}

/// The report for `seed`, with what its prose says; its lines broken as in the text of a PDF, or not.
pub(crate) fn report(seed: u64, lie: Lie, broken: bool) -> (Model, Vec<Said>) {
    let mut rng = Rng::new(seed ^ 0x9e3);
    let wish = Wish { figures_in_prose: false, ..Wish::any(&mut rng) };
    let mut model = Model::new(rng.next(), wish);
    // Every other office reports for its whole region.
    if rng.one_in(2)
        && let Some(government) = model.body.strip_suffix("办公室")
    {
        model.body = government.to_owned();
    }
    let said = write(&mut model, lie, broken, &mut rng);
    (model, said)
}

/// The codes by which it is right to find that a figure is wrong which says `what`.
pub(crate) fn due(what: &str) -> &'static [&'static str] {
    match what {
        "received" | "received and carried in" | "none of received" => &["GK401", "GK414"],
        "handled" => &["GK402", "GK414"],
        "carried in" | "carried over" | "none of carried over" | "none of carried in" => &["GK403", "GK414"],
        "all handled" => &["GK414"],
        "completion rate" => &["GK412"],
        "fee" => &["GK417"],
        "year" => &["GK121"],
        "none of notices" => &["GK416"],
        "licences" => &["GK407"],
        "penalties" => &["GK408"],
        "coercions" => &["GK409"],
        "total" | "part" => &["GK411"],
        "reviews+suits" | "none of reviews and of suits" => &["GK405", "GK406", "GK414"],
        _ if what.starts_with("share of") => &["GK413"],
        _ if what.starts_with("applicants") => &["GK401", "GK404", "GK411"],
        _ => {
            let thing = what.strip_prefix("none of ").unwrap_or(what);
            match thing.split(' ').next() {
                Some("reviews") => &["GK405", "GK414"],
                Some("suits") => &["GK406", "GK414"],
                Some("documents" | "rules") => &["GK410", "GK414"],
                _ => &["GK404"],
            }
        }
    }
}

/// Writes the prose of `model` around its figures, and tells what it says.
fn write(model: &mut Model, lie: Lie, broken: bool, rng: &mut Rng) -> Vec<Said> {
    let tables = model.clone();
    let mut hand = Hand::new(&tables, lie, rng);
    let names = [
        "[主动公开|主动公开情况|主动公开政府信息情况]",
        "[依申请公开|依申请公开情况|依申请公开办理情况]",
        "[政府信息管理|政府信息管理情况]",
        "[平台建设|政府信息公开平台建设|平台建设情况]",
        "[监督保障|监督保障情况]",
    ];
    let apart = hand.rng.one_in(3);
    let stop = *hand.rng.pick(&["。", "：", "方面。", "。"]);
    let heading = |hand: &mut Hand<'_>, index: usize| {
        let name = fill::chosen(names[index], hand.rng);
        hand.push(&format!("（{}）{name}", ["一", "二", "三", "四", "五"][index]));
        if apart {
            hand.end();
        } else {
            hand.push(if name.ends_with("情况") && stop == "方面。" { "。" } else { stop });
        }
    };
    heading(&mut hand, 0);
    if hand.rng.one_in(2) {
        others::elsewhere(&mut hand);
    }
    if hand.rng.one_in(2) {
        lists::published(&mut hand);
    } else {
        hand.push("围绕群众关切及时公开机构职能、财政预算决算等信息。");
    }
    if hand.rng.one_in(3) {
        hand.end();
    }
    if hand.rng.one_in(2) {
        disclosure::decisions(&mut hand);
    }
    hand.end();
    heading(&mut hand, 1);
    applications::write(&mut hand);
    if hand.rng.one_in(4) {
        hand.end();
    }
    let of_reviews = hand.rng.below(4);
    if of_reviews < 2 || lie == Lie::NoReviewsNorSuits {
        reviews::write(&mut hand);
    }
    hand.end();
    heading(&mut hand, 2);
    others::aspect(&mut hand, 0);
    if hand.rng.one_in(2) {
        disclosure::documents(&mut hand);
    }
    hand.end();
    heading(&mut hand, 3);
    others::aspect(&mut hand, 1);
    if hand.rng.one_in(2) {
        others::elsewhere(&mut hand);
    }
    hand.end();
    heading(&mut hand, 4);
    others::aspect(&mut hand, 2);
    if of_reviews == 2 && lie != Lie::NoReviewsNorSuits {
        reviews::write(&mut hand);
    }
    if hand.rng.one_in(3) {
        others::elsewhere(&mut hand);
    }
    hand.end();
    let mut overview = std::mem::take(&mut hand.paragraphs);
    if broken {
        let width = 34 + hand.rng.below(8);
        let mut page = 1;
        let mut broken = Vec::new();
        for (text, said) in overview {
            broken.extend(lines(&text, said, width));
            // Pages end anywhere, and their numbers are lines of the text.
            let at = hand.rng.below(8);
            if at + 1 < broken.len() && hand.rng.one_in(6) {
                broken.insert(broken.len() - 1 - at, (format!("- {page} -"), Vec::new()));
                page += 1;
            }
        }
        overview = broken;
    }
    others::problems(&mut hand);
    let problems = std::mem::take(&mut hand.paragraphs);
    others::fees(&mut hand);
    let fees = std::mem::take(&mut hand.paragraphs);

    let text = |paragraphs: &[(String, Vec<Said>)]| paragraphs.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>();
    model.sections = [text(&overview), Vec::new(), Vec::new(), Vec::new(), text(&problems), text(&fees)];
    // Of section 六, only that there were no notices can be wrong.
    let notices = fees.into_iter().flat_map(|(_, said)| said).filter(|said| said.what == "none of notices");
    overview.into_iter().flat_map(|(_, said)| said).chain(notices).collect()
}

/// A paragraph in lines of at most `width` characters, none of which ends within a figure.
fn lines(text: &str, said: Vec<Said>, width: usize) -> Vec<(String, Vec<Said>)> {
    let characters: Vec<char> = text.chars().collect();
    let (mut pieces, mut start) = (Vec::new(), 0);
    while start < characters.len() {
        let mut end = (start + width).min(characters.len());
        let whole = |end: usize| {
            let figure = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '%' | ' ');
            end == characters.len() || !(figure(characters[end - 1]) && figure(characters[end]))
        };
        while end > start + 1 && !whole(end) {
            end -= 1;
        }
        pieces.push(start..end);
        start = end;
    }
    let piece = |range: std::ops::Range<usize>| {
        let text: String = characters[range.clone()].iter().collect();
        let starts_here = said.iter().filter(|said| range.contains(&said.characters.start));
        let said = starts_here.map(|said| {
            let end = said.characters.end.min(range.end);
            Said {
                characters: said.characters.start - range.start..end - range.start,
                paragraph: text.clone(),
                ..said.clone()
            }
        });
        let said = said.collect();
        (text, said)
    };
    pieces.into_iter().map(piece).collect()
}
