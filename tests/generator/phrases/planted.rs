//! A figure of the prose that is wrong, and what has to be found then.

use super::super::builder::{Builder, cover};
use super::super::faults::{Cure, Kind};
use super::super::{Layout, Rng, Style, render};
use super::fill::{Said, share, value};
use super::{Lie, due, report};

/// A report that is right but for one thing in its prose, or in which a figure is changed that may be any.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    pub(crate) original: String,
    pub(crate) text: String,
    pub(crate) said: Said,
    /// What was written in its place.
    pub(crate) changed: String,
    /// 1-based lines on which it may be found.
    pub(crate) lines: Vec<usize>,
    /// The codes of which one is due; none where nothing may be found.
    pub(crate) codes: Vec<&'static str>,
}

impl Planted {
    /// The paragraph as it is now.
    pub(crate) fn paragraph(&self) -> String {
        let Said { characters: at, paragraph, .. } = &self.said;
        if self.changed == "not so" {
            return paragraph.clone();
        }
        let before = paragraph.chars().take(at.start);
        before.chain(self.changed.chars()).chain(paragraph.chars().skip(at.end)).collect()
    }

    /// The paragraph with what was changed.
    pub(crate) fn sentence(&self) -> String {
        let characters: Vec<char> = self.said.paragraph.chars().collect();
        let ends = |c: &char| matches!(c, '。' | '\n');
        let at = &self.said.characters;
        let first = characters[..at.start].iter().rposition(ends).map_or(0, |found| found + 1);
        let last = characters[at.end..].iter().position(ends).map_or(characters.len(), |found| at.end + found + 1);
        let part = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
        format!("{}【{}→{}】{}", part(first, at.start), part(at.start, at.end), self.changed, part(at.end, last))
    }
}

/// A report of `layout`, plain or not, with one thing changed in its prose: a wrong figure, a statement that is not so, or
/// a figure that may be any. `None` if it says nothing that could be changed.
pub(crate) fn planted(seed: u64, layout: Layout, plain: bool, broken: bool) -> Option<Planted> {
    let mut rng = Rng::new(seed ^ 0xfa17);
    let style = if plain { Style::plain(layout) } else { Style::quirky(layout, &mut Rng::new(seed ^ 0x5eed)) };
    let lie = match rng.below(14) {
        0 => Lie::NoneReceived,
        1 => Lie::AllHandled,
        2 => Lie::NoReviewsNorSuits,
        3 => Lie::NoNotices,
        _ => Lie::Nothing,
    };
    let (model, all) = report(seed, lie, broken);
    let rendered = render(&model, &style);
    // What kind of fault the builder is for does not matter here.
    let builder = Builder { kind: Kind::SaidReceived, model: &model, style: &style, rendered: &rendered };
    let line = |said: &Said| -> Option<usize> {
        let places = builder.find(&said.paragraph)?;
        Some(rendered.line(places.get(said.characters.start)?.start))
    };
    let wrong = |said: &&Said| match lie {
        Lie::Nothing => false,
        Lie::NoneReceived => said.what == "none of received" && value(&model, "received") > Some(0),
        Lie::AllHandled => said.what == "all handled" && value(&model, "carried over") > Some(0),
        Lie::NoReviewsNorSuits => match said.what.as_str() {
            "none of reviews" => value(&model, "reviews") > Some(0),
            "none of suits" => value(&model, "suits") > Some(0),
            "none of reviews and of suits" => value(&model, "reviews").max(value(&model, "suits")) > Some(0),
            _ => false,
        },
        Lie::NoNotices => said.what == "none of notices" && value(&model, "fee not paid") > Some(0),
    };
    if lie != Lie::Nothing {
        let said = all.iter().find(wrong)?.clone();
        let (lines, mut codes) = (vec![line(&said)?], due(&said.what).to_vec());
        if said.what == "none of reviews and of suits" && value(&model, "reviews") == Some(0) {
            codes.swap(0, 1);
        }
        let text = rendered.text.clone();
        return Some(Planted { original: text.clone(), text, said, changed: "not so".to_owned(), lines, codes });
    }
    // Statements without a figure are only made wrong by the tables.
    let changeable =
        |said: &&Said| !said.characters.is_empty() && !said.what.starts_with("none") && said.what != "all handled";
    // Each kind as often as another, whatever its number of figures.
    let mut kinds: Vec<&str> = all.iter().filter(changeable).map(|said| said.what.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        return None;
    }
    let kind = (*rng.pick(&kinds)).to_owned();
    let of_kind: Vec<&Said> = all.iter().filter(changeable).filter(|said| said.what == kind).collect();
    let said = (*rng.pick(&of_kind)).clone();
    let digits = otherwise(&said, &all, |name| value(&model, name).unwrap_or(0), &mut rng)?;
    let changed = said.figure.write(digits);
    let mut lines = vec![line(&said)?];
    let mut codes: Vec<&str> = if kind == "never" { Vec::new() } else { due(&kind).to_vec() };
    for (list, _) in &said.lists {
        codes.push("GK411");
        lines.extend(all.iter().filter(|other| other.lists.contains(&(*list, true))).filter_map(line));
    }
    let places = builder.find(&said.paragraph)?;
    let span = cover(places.get(said.characters.clone())?);
    let text = builder.edited(&[(span, changed.clone())], None, Cure::None).text;
    Some(Planted { original: rendered.text.clone(), text, said, changed, lines, codes })
}

/// Another figure in the place of what is `said`, wrong in every reading.
fn otherwise(said: &Said, all: &[Said], tables: impl Fn(&str) -> i64, rng: &mut Rng) -> Option<i64> {
    let (digits, unit) = (said.figure.digits, 10_i64.pow(said.figure.decimals));
    let [received, handled, carried_in] = ["received", "handled", "carried in"].map(&tables);
    let all_in_hand = received + carried_in;
    if said.what == "never" {
        return Some(digits + rng.between(1, 9));
    }
    if said.what == "year" {
        return Some(digits - rng.between(1, 2));
    }
    if said.what == "fee" {
        // More than what the table may be rounded to.
        let in_yuan = said.paragraph.chars().skip(said.characters.end).find(|next| *next != ' ') != Some('万');
        return Some(digits + digits / 10 + if in_yuan { 60_000 } else { 7 * unit });
    }
    if said.figure.percent {
        let part = said.what.strip_prefix("share of ").map_or(handled, &tables);
        let ways: Vec<i64> = [received, all_in_hand, handled]
            .into_iter()
            .flat_map(|whole| [(part, whole), (part - carried_in, whole)])
            .map(|(part, whole)| share(part, whole, said.figure.decimals))
            .collect();
        let far = |other: &i64| (0..=100 * unit).contains(other) && ways.iter().all(|way| (way - other).abs() > unit);
        let others = (2..60).map(|by| if digits > 50 * unit { digits - by * unit } else { digits + by * unit });
        return others.filter(far).nth(rng.below(3));
    }
    let of_list = |list: usize, total: bool| -> i64 {
        all.iter().filter(|other| other.lists.contains(&(list, total))).map(|other| other.figure.digits).sum()
    };
    if let Some((list, _)) = said.lists.iter().find(|(_, total)| *total) {
        let sum = of_list(*list, false);
        let less = sum - rng.between(1, 9).min(sum - 1).max(1);
        return Some(if less > 0 { less } else { digits * 10 + digits % 10 + 1 });
    }
    if let Some((list, _)) = said.lists.first() {
        return Some(digits + (of_list(*list, true) - of_list(*list, false)).max(0) + rng.between(1, 9));
    }
    let readings = if said.what.starts_with("received") { [received, all_in_hand] } else { [digits; 2] };
    let by = rng.between(1, 5);
    let others = (by..by + 9).map(|by| if digits > by && by % 2 == 0 { digits - by } else { digits + by });
    others.into_iter().find(|other| !readings.contains(other))
}
