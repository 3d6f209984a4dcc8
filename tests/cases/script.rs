//! Reads the cases of a rule from its file: changes of a report, line by line, and the expected findings.

use super::generator::Layout;
use super::generator::outline::{Line, Part};
use gongkai::rules::Severity;

/// An expected finding: the rule, if it is not the rule of the file, and the severity, if it is not that of the rule.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) code: Option<String>,
    pub(crate) severity: Option<Severity>,
}

/// The role of a line of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Stays,
    Goes,
    Comes,
    /// All lines up to the next one are removed.
    AllGo,
}

/// A change at one place.
type Hunk = Vec<(Sign, String)>;

/// A case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// The year of the report that is changed.
    pub(crate) year: u16,
    /// Whether findings are expected.
    pub(crate) fires: bool,
    /// The rules of the marks, one by one; empty if all are for the rule of the file.
    pub(crate) due: Vec<Due>,
    hunks: Vec<Hunk>,
    /// The layouts without this case.
    except: Vec<Layout>,
}

/// The cases in the file `text`.
pub(crate) fn parse(text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let problem = |words: &str| format!("line {}: {words}: {line}", index + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(header) = line.strip_prefix("=== ") {
            let (how, name) = header.split_once(": ").ok_or_else(|| problem("no name"))?;
            let (fires, year) = match how.split_once(' ') {
                Some(("fires", year)) => (true, year),
                Some(("silent", year)) => (false, year),
                _ => return Err(problem("neither fires nor silent")),
            };
            let year = year.parse().map_err(|_| problem("no year"))?;
            cases.push(Case {
                name: name.to_owned(),
                year,
                fires,
                due: Vec::new(),
                hunks: Vec::new(),
                except: Vec::new(),
            });
            continue;
        }
        let case = cases.last_mut().ok_or_else(|| problem("before the first case"))?;
        if let Some(list) = line.strip_prefix("due: ") {
            case.due = list.split(", ").map(due).collect::<Option<_>>().ok_or_else(|| problem("no finding"))?;
        } else if let Some(exception) = line.strip_prefix("except ").or(line.strip_prefix("only ")) {
            let (list, reason) = exception.split_once(": ").ok_or_else(|| problem("no reason"))?;
            if reason.is_empty() {
                return Err(problem("no reason"));
            }
            let named = list.split(' ').map(layout).collect::<Option<Vec<_>>>().ok_or_else(|| problem("no layout"))?;
            let excepted = line.starts_with("except");
            case.except.extend(Layout::every().into_iter().filter(|layout| named.contains(layout) == excepted));
        } else if line == "@@" {
            case.hunks.push(Hunk::new());
        } else {
            let (sign, words) = match line.split_at_checked(1) {
                Some(("-", "...")) => (Sign::AllGo, ""),
                Some(("-", words)) => (Sign::Goes, words),
                Some(("+", words)) => (Sign::Comes, words),
                Some((" ", words)) => (Sign::Stays, words),
                _ => return Err(problem("no line of a change")),
            };
            if case.hunks.is_empty() {
                case.hunks.push(Hunk::new());
            }
            case.hunks.last_mut().ok_or_else(|| problem("no hunk"))?.push((sign, words.to_owned()));
        }
    }
    Ok(cases)
}

/// `GK303`, `info`, `GK303 info`
fn due(words: &str) -> Option<Due> {
    let (mut code, mut severity) = (None, None);
    for word in words.split(' ') {
        match word {
            "error" => severity = Some(Severity::Error),
            "warning" => severity = Some(Severity::Warning),
            "info" => severity = Some(Severity::Info),
            other if other.starts_with("GK") => code = Some(other.to_owned()),
            _ => return None,
        }
    }
    Some(Due { code, severity })
}

fn layout(name: &str) -> Option<Layout> {
    Layout::every().into_iter().find(|layout| format!("{layout:?}") == name)
}

impl Case {
    /// The layouts with this case.
    pub(crate) fn layouts(&self) -> Vec<Layout> {
        Layout::every().into_iter().filter(|layout| !self.except.contains(layout)).collect()
    }

    /// The lines of `base` with its changes and marks.
    pub(crate) fn lines(&self, base: &[Line]) -> Result<Vec<Line>, String> {
        let written: Vec<String> = base.iter().map(Line::written).collect();
        // For each change, the lines that it matches.
        let mut places = Vec::new();
        for hunk in &self.hunks {
            let found: Vec<Vec<usize>> = (0..written.len()).filter_map(|start| place(hunk, &written, start)).collect();
            let [steps] = &found[..] else {
                return Err(format!("{} places for {hunk:?}", found.len()));
            };
            places.push((steps.clone(), hunk));
        }
        places.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (mut lines, mut done) = (Vec::new(), 0);
        for (steps, hunk) in places {
            if steps[0] < done {
                return Err("two changes in one place".to_owned());
            }
            lines.extend_from_slice(&base[done..steps[0]]);
            done = steps[0];
            // The removed lines without a replacement so far, and the line before them.
            let (mut gone, mut last): (Vec<Part>, Option<Part>) =
                (Vec::new(), done.checked_sub(1).map(|at| base[at].part));
            for ((sign, words), step) in hunk.iter().zip(&steps) {
                match sign {
                    Sign::Stays => {
                        lines.extend_from_slice(&base[done..=*step]);
                        (done, last) = (step + 1, Some(base[*step].part));
                        gone.clear();
                    }
                    Sign::Goes => {
                        gone.push(base[*step].part);
                        done = step + 1;
                    }
                    Sign::AllGo => {}
                    Sign::Comes => {
                        let beside = if gone.is_empty() { last } else { Some(gone.remove(0)) };
                        let next = base.get(done).map(|line| line.part);
                        let is_row = |part: &Part| matches!(part, Part::Row(..));
                        let line = Line::read(words, beside.filter(is_row).or(next));
                        last = Some(line.part);
                        lines.push(line);
                    }
                }
            }
        }
        lines.extend_from_slice(&base[done..]);
        Ok(lines)
    }
}

/// The line that each line of `hunk` matches if the first one matches `start`; new lines are before it.
fn place(hunk: &Hunk, written: &[String], start: usize) -> Option<Vec<usize>> {
    let (mut at, mut skips) = (start, false);
    let mut steps = Vec::new();
    for (sign, words) in hunk {
        match sign {
            Sign::Comes => {}
            Sign::AllGo => skips = true,
            Sign::Stays | Sign::Goes => {
                while skips && written.get(at).is_some_and(|line| line != words) {
                    at += 1;
                }
                if written.get(at)? != words {
                    return None;
                }
                steps.push(at);
                at += 1;
                skips = false;
                continue;
            }
        }
        steps.push(at);
    }
    Some(steps)
}
