//! Converts bytes to text and back. It detects UTF-8, UTF-16 with or without a byte order mark, GB18030 and GBK.

use encoding_rs::{DecoderResult, EncoderResult, Encoding, GB18030, GBK};
use std::fmt;

/// The encoding of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// An encoding from before Unicode: GBK, GB18030, Big5.
    Legacy(&'static Encoding),
}

/// A text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Its text, with a byte order mark kept as the first character.
    pub text: String,
    /// Its encoding.
    pub charset: Charset,
    /// Whether [`Charset::encode`] turns its text into the file's bytes again. Otherwise it contains characters in an
    /// unusual encoding, and must not be written.
    pub exact: bool,
}

/// Why bytes cannot be read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// They are, or should be, in this encoding, but a byte is invalid.
    Damaged {
        /// The encoding.
        charset: Charset,
        /// Offset of the first invalid byte.
        at: usize,
    },
    /// Neither UTF-8 nor another known encoding, for example a picture or an office file.
    Unknown {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
    },
}

/// A character that an encoding does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// The character.
    pub character: char,
    /// The encoding.
    pub charset: Charset,
}

impl Charset {
    /// The encoding with this `name`: `utf-8`, `gbk`, `GB18030`, `utf-16le`. For `utf-16` the byte order mark decides;
    /// without one it is little-endian.
    pub fn named(name: &str) -> Option<Charset> {
        match name.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Charset::Utf8),
            "utf-16" | "utf16" | "utf-16le" | "utf16le" => Some(Charset::Utf16Le),
            "utf-16be" | "utf16be" => Some(Charset::Utf16Be),
            "gb18030" => Some(Charset::Legacy(GB18030)),
            label => Encoding::for_label_no_replacement(label.as_bytes())
                .filter(|encoding| !encoding.is_single_byte() && encoding.output_encoding() == *encoding)
                .map(Charset::Legacy),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Utf16Le => "UTF-16LE",
            Charset::Utf16Be => "UTF-16BE",
            Charset::Legacy(encoding) if encoding == GB18030 => "GB18030",
            Charset::Legacy(encoding) => encoding.name(),
        }
    }

    /// The bytes of a file with the text `text`.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, Unwritable> {
        let encoding = match self {
            Charset::Utf8 => return Ok(text.as_bytes().to_vec()),
            Charset::Utf16Le => return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Charset::Utf16Be => return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Charset::Legacy(encoding) => encoding,
        };
        let mut encoder = encoding.new_encoder();
        let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(room);
        match encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true).0 {
            EncoderResult::Unmappable(character) => Err(Unwritable { character, charset: self }),
            EncoderResult::InputEmpty | EncoderResult::OutputFull => Ok(bytes),
        }
    }

    /// The text of `bytes`; the error is the offset of the first invalid byte.
    fn decode(self, bytes: &[u8]) -> Result<String, usize> {
        match self {
            Charset::Utf8 => std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| error.valid_up_to()),
            Charset::Utf16Le => utf16(bytes, u16::from_le_bytes),
            Charset::Utf16Be => utf16(bytes, u16::from_be_bytes),
            Charset::Legacy(encoding) => legacy(bytes, encoding),
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let character = character.map_err(|_| at)?;
        at += 2 * character.len_utf16();
        text.push(character);
    }
    if rest.is_empty() { Ok(text) } else { Err(at) }
}

fn legacy(bytes: &[u8], encoding: &'static Encoding) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or_default();
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::Malformed(length, after), read) => {
            Err(read.saturating_sub(usize::from(length) + usize::from(after)))
        }
        (DecoderResult::InputEmpty | DecoderResult::OutputFull, _) => Ok(text),
    }
}

/// The text of the file `bytes`, in the encoding `wanted` or the detected one.
pub fn decode(bytes: Vec<u8>, wanted: Option<Charset>) -> Result<TextFile, NotText> {
    if let Some(charset) = wanted {
        let marked = match (charset, bytes.as_slice()) {
            (Charset::Utf16Le, [0xfe, 0xff, ..]) => Charset::Utf16Be,
            _ => charset,
        };
        return read(&bytes, marked);
    }
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => return read(&bytes, Charset::Utf16Le),
        [0xfe, 0xff, ..] => return read(&bytes, Charset::Utf16Be),
        _ => {}
    }
    // Text in UTF-16 has a zero byte in each line break and each digit; text in other encodings has none.
    if memchr::memchr(0, &bytes).is_some()
        && let Some(charset) =
            [Charset::Utf16Le, Charset::Utf16Be].into_iter().find(|charset| looks_right(&bytes, *charset))
    {
        return read(&bytes, charset);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(TextFile { text, charset: Charset::Utf8, exact: true }),
        Err(error) => error.into_bytes(),
    };
    let at = std::str::from_utf8(&bytes).err().map_or(0, |error| error.valid_up_to());
    match guobiao(&bytes) {
        Some(charset) => read(&bytes, charset),
        None => Err(NotText::Unknown { at }),
    }
}

fn read(bytes: &[u8], charset: Charset) -> Result<TextFile, NotText> {
    let text = charset.decode(bytes).map_err(|at| NotText::Damaged { charset, at })?;
    let exact = charset.encode(&text).is_ok_and(|written| written == bytes);
    Ok(TextFile { text, charset, exact })
}

/// Whether `bytes` in `charset` are nearly all hanzi, Chinese punctuation and ASCII.
fn looks_right(bytes: &[u8], charset: Charset) -> bool {
    let Ok(text) = charset.decode(bytes) else { return false };
    let (mut usual, mut hanzi, mut others) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{4e00}'..='\u{9fff}' => hanzi += 1,
            '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}' | '\u{b7}' | '\u{d7}' => usual += 1,
            '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ffe5}' | '\u{2460}'..='\u{2500}' => {
                usual += 1
            }
            _ => others += 1,
        }
    }
    // ASCII text in the wrong byte order reads as rare hanzi.
    hanzi > 0 && others * 20 <= hanzi + usual && (usual * 100 >= hanzi)
}

/// GBK or GB18030, if nearly every byte above 0x7f starts a pair of GBK, and most pairs are common hanzi, or starts
/// four bytes that only GB18030 has.
fn guobiao(bytes: &[u8]) -> Option<Charset> {
    let mut rest = bytes;
    let (mut pairs, mut common, mut fours, mut wrong) = (0usize, 0usize, 0usize, 0usize);
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if *lead < 0x80 {
            wrong += usize::from(*lead == 0);
            continue;
        }
        match (lead, tail) {
            (0x81..=0xfe, [trail @ (0x40..=0x7e | 0x80..=0xfe), tail @ ..]) => {
                pairs += 1;
                // Rows B0–F7 of GB 2312 are its hanzi, A1–A3 its punctuation and digits.
                common += usize::from(matches!(lead, 0xb0..=0xf7 | 0xa1..=0xa3) && *trail >= 0xa1);
                rest = tail;
            }
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, tail @ ..]) => {
                fours += 1;
                rest = tail;
            }
            _ => wrong += 1,
        }
    }
    let likely = pairs > 0 && wrong * 50 <= pairs && common * 10 >= pairs * 9 && fours * 10 <= pairs;
    likely.then_some(Charset::Legacy(if fours > 0 { GB18030 } else { GBK }))
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotText::Damaged { charset, at } => {
                write!(
                    f,
                    "not text in {} (byte {at} cannot be read): save the file as UTF-8, or name its encoding with --encoding",
                    charset.name()
                )
            }
            NotText::Unknown { at } => {
                write!(f, "not text in UTF-8, UTF-16 or GB18030 (byte {at} cannot be read)")
            }
        }
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unwritable { character, charset } = self;
        write!(f, "{} has no character “{character}”", charset.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "云岭市水务局2023年政府信息公开工作年度报告\r\n\r\n一、总体情况\r\n\t规章\t0\n“三安全一稳定”—（一）　3.5\n";

    /// [`TEXT`] in every encoding, with and without a byte order mark.
    fn every() -> Vec<(Charset, Vec<u8>, &'static str)> {
        let charsets =
            [Charset::Utf8, Charset::Utf16Le, Charset::Utf16Be, Charset::Legacy(GBK), Charset::Legacy(GB18030)];
        let marked = |charset: Charset, mark: &'static str, more: &str| {
            (charset, charset.encode(&format!("{mark}{TEXT}{more}")).unwrap(), mark)
        };
        let mut every: Vec<_> = charsets.iter().take(4).map(|charset| marked(*charset, "", "")).collect();
        every.extend(charsets.iter().take(3).map(|charset| marked(*charset, "\u{feff}", "")));
        every.push(marked(charsets[4], "", "\u{20bb7}"));
        every
    }

    #[test]
    fn every_encoding_is_found_out_and_written_back() {
        for (charset, bytes, mark) in every() {
            let file = decode(bytes.clone(), None).unwrap();
            assert_eq!((file.charset, file.exact), (charset, true));
            assert!(file.text.starts_with(&format!("{mark}{TEXT}")), "{charset:?}");
            assert_eq!(charset.encode(&file.text).unwrap(), bytes);
            assert_eq!(decode(bytes, Some(charset)).unwrap(), file);
        }
    }

    #[test]
    fn a_character_that_the_encoding_lacks_is_refused() {
        let gbk = Charset::named("gbk").unwrap();
        assert_eq!(gbk.encode("公\u{20bb7}开"), Err(Unwritable { character: '\u{20bb7}', charset: gbk }));
        assert!(Charset::named("gb18030").unwrap().encode("公\u{20bb7}开").is_ok());
    }

    #[test]
    fn encodings_by_name() {
        for (name, charset) in [
            ("UTF-8", Some(Charset::Utf8)),
            ("gb2312", Some(Charset::Legacy(GBK))),
            ("GB18030", Some(Charset::Legacy(GB18030))),
            ("utf-16", Some(Charset::Utf16Le)),
            ("UTF-16BE", Some(Charset::Utf16Be)),
            ("latin1", None),
            ("replacement", None),
            ("没有", None),
        ] {
            assert_eq!(Charset::named(name), charset, "{name}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = |bytes: &[u8]| decode(bytes.to_vec(), None).unwrap_err();
        assert_eq!(refused(&[0x89, b'P', b'N', b'G', 0, 0]), NotText::Unknown { at: 0 });
        assert_eq!(refused(&[0xff, 0xfe, 0x3f]), NotText::Damaged { charset: Charset::Utf16Le, at: 2 });
        let mut gbk = Charset::Legacy(GBK).encode(&TEXT.repeat(3)).unwrap();
        let at = gbk.len();
        gbk.push(0xff);
        assert_eq!(refused(&gbk), NotText::Damaged { charset: Charset::Legacy(GBK), at });
        let zip: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(refused(&zip), NotText::Unknown { .. }));
    }

    #[test]
    fn ascii_with_a_zero_byte_is_no_utf16() {
        assert_eq!(decode(b"GK\0".to_vec(), None).unwrap().charset, Charset::Utf8);
        assert_eq!(decode("\u{feff}表".into(), None).unwrap().text, "\u{feff}表");
    }
}
