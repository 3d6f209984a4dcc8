//! A simple reader of Rust for the checks of the source.

/// A string literal.
pub(crate) struct Literal {
    /// As written.
    pub(crate) text: String,
    /// From 1.
    pub(crate) line: usize,
}

/// The part of Rust that the scanner is in.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    Code,
    Comment,
    Text,
}

/// The part of Rust that each character of `source` belongs to.
pub(crate) fn parts(source: &str) -> Vec<(char, Part)> {
    let chars: Vec<char> = source.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut parts = Vec::with_capacity(chars.len());
    let mut i = 0;
    while i < chars.len() {
        let start = i;
        let part = match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
                Part::Comment
            }
            '/' if at(i + 1) == '*' => {
                let mut open = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (open, i) = (open + 1, i + 2),
                        ('*', '/') => (open, i) = (open - 1, i + 2),
                        _ => i += 1,
                    }
                    if open == 0 || i >= chars.len() {
                        break Part::Comment;
                    }
                }
            }
            'r' if !at(i.wrapping_sub(1)).is_alphanumeric() && raw_string(&chars, i).is_some() => {
                i = raw_string(&chars, i).unwrap();
                Part::Text
            }
            '"' => {
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                i += 1;
                Part::Text
            }
            // A character, not a lifetime.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
                Part::Text
            }
            '\'' if at(i + 2) == '\'' => {
                i += 3;
                Part::Text
            }
            _ => {
                i += 1;
                Part::Code
            }
        };
        i = i.min(chars.len());
        parts.extend(chars[start..i].iter().map(|c| (*c, part)));
    }
    parts
}

/// The end of the raw string that starts at `start`.
pub(crate) fn raw_string(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let closes =
        |i: &usize| chars[*i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (open + 1..chars.len()).find(closes).map(|end| end + 1 + hashes)
}

/// `source` with spaces in place of its comments and, if `literals`, of its literals; line ends are kept.
pub(crate) fn blank(source: &str, literals: bool) -> String {
    let keep = |part: Part| part == Part::Code || (part == Part::Text && !literals);
    parts(source).into_iter().map(|(c, part)| if keep(part) || c == '\n' { c } else { ' ' }).collect()
}

/// `source` without the items under `#[cfg(test)]` or `#[cfg(all(test, …))]`; the lines keep their numbers.
pub(crate) fn without_tests(source: &str) -> String {
    let code: Vec<char> = blank(source, true).chars().collect();
    let mut result: Vec<char> = source.chars().collect();
    let marker: Vec<char> = "#[cfg(".chars().collect();
    let mut i = 0;
    while i + marker.len() <= code.len() {
        if !code[i..].starts_with(&marker) {
            i += 1;
            continue;
        }
        let condition: String = code[i..].iter().take_while(|c| **c != ']').collect();
        let of_tests = condition.split(|c| !is_word(c)).any(|word| word == "test") && !condition.contains("not(");
        if !of_tests {
            i += 1;
            continue;
        }
        let (start, mut open) = (i, 0);
        i += condition.chars().count();
        while i < code.len() {
            match code[i] {
                '{' => open += 1,
                '}' => open -= 1,
                _ => {}
            }
            i += 1;
            if open == 0 && matches!(code[i - 1], '}' | ';') {
                break;
            }
        }
        result[start..i].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
    }
    result.into_iter().collect()
}

/// The string literals in `source`, escapes as written.
pub(crate) fn literals(source: &str) -> Vec<Literal> {
    let mut literals: Vec<Literal> = Vec::new();
    let (mut line, mut inside) = (1, false);
    for (c, part) in parts(source) {
        if part == Part::Text {
            if !inside {
                literals.push(Literal { text: String::new(), line });
            }
            if let Some(literal) = literals.last_mut() {
                literal.text.push(c);
            }
        }
        inside = part == Part::Text;
        line += usize::from(c == '\n');
    }
    literals
}

/// Every path in the code of `source` with its line; groups are expanded: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
pub(crate) fn paths(source: &str) -> Vec<(Vec<String>, usize)> {
    let code: Vec<char> = blank(source, true).chars().collect();
    let mut paths = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < code.len() {
        if is_word(code[i]) {
            let mut found = Vec::new();
            let end = path(&code, i, &mut Vec::new(), &mut found);
            paths.extend(found.into_iter().map(|path| (path, line)));
            line += code[i..end].iter().filter(|c| **c == '\n').count();
            i = end;
        } else {
            line += usize::from(code[i] == '\n');
            i += 1;
        }
    }
    paths
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Reads the path that starts at `i` after `prefix` and returns its end.
pub(crate) fn path(code: &[char], mut i: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let depth = prefix.len();
    let blanks = |mut i: usize| {
        while code.get(i).is_some_and(|c| c.is_whitespace()) {
            i += 1;
        }
        i
    };
    loop {
        i = blanks(i);
        if code.get(i) == Some(&'{') && !prefix.is_empty() {
            i += 1;
            loop {
                i = blanks(i);
                match code.get(i) {
                    Some('}') => break i += 1,
                    Some(',') => i += 1,
                    Some(c) if is_word(*c) => {
                        i = blanks(path(code, i, prefix, found));
                        if code[i..].starts_with(&['a', 's', ' ']) {
                            // The new name is not a path.
                            i = blanks(i + 2);
                            while code.get(i).is_some_and(|c| is_word(*c)) {
                                i += 1;
                            }
                        }
                    }
                    Some(_) => i += 1,
                    None => break,
                }
            }
            break;
        }
        let start = i;
        while code.get(i).is_some_and(|c| is_word(*c)) {
            i += 1;
        }
        if start == i {
            found.push(prefix.clone());
            break;
        }
        prefix.push(code[start..i].iter().collect());
        let next = blanks(i);
        if code.get(next) == Some(&':') && code.get(next + 1) == Some(&':') {
            i = next + 2;
        } else {
            found.push(prefix.clone());
            break;
        }
    }
    prefix.truncate(depth);
    i
}
