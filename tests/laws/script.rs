//! The meaning of a fuzzer's bytes: an initial text, and edits, each of the text after the edit before.
//!
//! A first byte below [`GENERATED`] is a number of generated reports, and the following bytes select them. Any other starts
//! a text, up to the first byte 0xFF, which does not occur in UTF-8. All other bytes are edits.

use super::editing::Request;
use super::pieces::pieces;
use crate::generator::laws::floor;
use crate::generator::{Layout, Model, Rng, Size, Style, Wish, render};
use arbitrary::{Result, Unstructured};
use gongkai::text::Span;

/// First bytes below this are numbers of generated reports.
const GENERATED: u8 = 6;

/// The end of the text of an input.
const END: u8 = 0xff;

/// No edit makes a text longer than this.
const LONGEST: usize = 1 << 16;

/// A text and edits, read from bytes when they are needed.
pub(crate) struct Script<'a> {
    rest: Unstructured<'a>,
    text: String,
    /// The end of the last edit.
    last: usize,
}

impl<'a> Script<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Script<'a> {
        let (text, rest) = match bytes {
            [count, rest @ ..] if *count < GENERATED => {
                let mut rest = Unstructured::new(rest);
                let text = (0..*count).map(|_| report(&mut rest)).collect::<Result<_>>();
                (text.unwrap_or_default(), rest)
            }
            bytes => {
                let end = bytes.iter().position(|byte| *byte == END).unwrap_or(bytes.len());
                let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
                (text, Unstructured::new(bytes.get(end + 1..).unwrap_or_default()))
            }
        };
        Script { last: text.len(), rest, text }
    }

    /// The initial text; empty if it was taken before.
    pub(crate) fn text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The next edit of `text`; `None` if there are no more.
    pub(crate) fn edit(&mut self, text: &str) -> Option<(Span, String)> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.place(text).ok()?;
        let end = self.end(text, start).ok()?;
        let content = self.content(text).ok()?;
        let content = if text.len() + content.len() > LONGEST { String::new() } else { content };
        self.last = start + content.len();
        Some((Span::new(start, end), content))
    }

    /// What a client requests after this edit.
    pub(crate) fn request(&mut self) -> Request {
        match self.rest.int_in_range(0..=7) {
            Ok(0 | 1) => Request::Nothing,
            Ok(2) => Request::FirstReport,
            _ => Request::Everything,
        }
    }

    /// The start of an edit: anywhere, or at the start or end of a part.
    fn place(&mut self, text: &str) -> Result<usize> {
        let after = |wanted: &[char], from: usize| text.get(from..)?.find(wanted).map(|at| from + at);
        let anywhere = |rest: &mut Unstructured<'_>| -> Result<usize> {
            let part = usize::from(rest.arbitrary::<u16>()?);
            Ok(floor(text, text.len() * part / usize::from(u16::MAX)))
        };
        Ok(match self.rest.int_in_range(0..=9)? {
            0 | 1 => anywhere(&mut self.rest)?,
            2 => text[..anywhere(&mut self.rest)?].rfind(['\n', '\r']).map_or(0, |at| at + 1),
            3 => after(&['\n', '\r'], anywhere(&mut self.rest)?).unwrap_or(text.len()),
            4 | 5 => after(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], anywhere(&mut self.rest)?).unwrap_or(0),
            6 => after(&['|', '\t', '<', '>', '、', '，', '。'], anywhere(&mut self.rest)?).unwrap_or(text.len()),
            7 | 8 => floor(text, self.last),
            _ => {
                if self.rest.arbitrary()? {
                    text.len()
                } else {
                    0
                }
            }
        })
    }

    /// The end of an edit that starts at `start`.
    fn end(&mut self, text: &str, start: usize) -> Result<usize> {
        let rest = &text[start..];
        let characters = |count: usize| rest.char_indices().nth(count).map_or(text.len(), |(at, _)| start + at);
        let lines = |count: usize| start + rest.split_inclusive('\n').take(count).map(str::len).sum::<usize>();
        Ok(match self.rest.int_in_range(0..=9)? {
            0..=4 => start,
            5 | 6 => characters(1),
            7 => characters(self.rest.int_in_range(2..=20)?),
            8 => lines(1),
            _ => lines(self.rest.int_in_range(1..=40)?),
        })
    }

    /// The text that an edit inserts.
    fn content(&mut self, text: &str) -> Result<String> {
        Ok(match self.rest.int_in_range(0..=9)? {
            0 | 1 => String::new(),
            2..=4 => self.rest.choose(pieces())?.clone(),
            5 => self.rest.choose(pieces())?.clone() + self.rest.choose(pieces())?,
            6 | 7 => self.rest.arbitrary::<u8>()?.to_string(),
            8 => self.rest.arbitrary::<char>()?.to_string(),
            // A copy of another part.
            _ => {
                let start = self.place(text)?;
                let end = self.end(text, start)?;
                text[start..end].to_owned()
            }
        })
    }
}

/// A generated report of any layout, with any of its tables.
pub(super) fn report(rest: &mut Unstructured<'_>) -> Result<String> {
    let layouts = [&Layout::TYPED[..], &Layout::PUBLISHED[..]].concat();
    let layout = *rest.choose(&layouts)?;
    let tables = rest.arbitrary::<u8>()?;
    let mut rng = Rng::new(rest.arbitrary::<u16>()?.into());
    let size = *rng.pick(&[Size::Zero, Size::Office, Size::County]);
    let wish = Wish { size, ..Wish::any(&mut rng) };
    let style = if rng.one_in(2) { Style::plain(layout) } else { Style::quirky(layout, &mut rng) };
    let rendered = render(&Model::new(rng.next(), wish), &style);
    let mut text = rendered.text;
    for (index, table) in rendered.tables.iter().enumerate().rev() {
        if tables >> index & 1 == 0 {
            text.replace_range(table.clone(), "");
        }
    }
    Ok(text)
}
