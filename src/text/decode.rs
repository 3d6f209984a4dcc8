//! Bytes to text: what a file holds before anything is read from it.

use std::fmt;

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, with a byte order mark kept as its first character, so that offsets are the file's.
    pub text: String,
}

/// Why bytes are not text that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// Not UTF-8, and the bytes look like GBK or GB18030, the usual other encoding of Chinese text.
    Gbk {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
    },
    /// UTF-16 with a byte order mark.
    Utf16,
    /// Not UTF-8, nor anything that is recognised; a picture or an office file, say.
    Unknown {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
    },
}

/// The text of `bytes`, which must be UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                Err(NotText::Utf16)
            } else if looks_like_gbk(bytes) {
                Err(NotText::Gbk { at })
            } else {
                Err(NotText::Unknown { at })
            }
        }
    }
}

/// Whether nearly every byte above 0x7f starts a two-byte GBK pair, and most pairs are common hanzi.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let (mut pairs, mut common, mut wrong) = (0usize, 0usize, 0usize);
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if *lead < 0x80 {
            wrong += usize::from(*lead == 0);
            continue;
        }
        match (lead, tail) {
            (0x81..=0xfe, [trail @ (0x40..=0x7e | 0x80..=0xfe), tail @ ..]) => {
                pairs += 1;
                // Rows B0–F7 of GB 2312 hold its hanzi, A1–A3 its punctuation and digits.
                common += usize::from(matches!(lead, 0xb0..=0xf7 | 0xa1..=0xa3) && *trail >= 0xa1);
                rest = tail;
            }
            _ => wrong += 1,
        }
    }
    pairs > 0 && wrong * 50 <= pairs && common * 10 >= pairs * 9
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotText::Gbk { at } => {
                write!(f, "not UTF-8 (byte {at}); it looks like GBK/GB18030: save the file as UTF-8 and try again")
            }
            NotText::Utf16 => f.write_str("UTF-16, not UTF-8: save the file as UTF-8 and try again"),
            NotText::Unknown { at } => write!(f, "not text in UTF-8 (byte {at} cannot be read)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk_and_utf16_are_named() {
        // 政府信息公开 in GBK.
        let gbk = vec![0xd5, 0xfe, 0xb8, 0xae, 0xd0, 0xc5, 0xcf, 0xa2, 0xb9, 0xab, 0xbf, 0xaa];
        assert_eq!(decode(gbk), Err(NotText::Gbk { at: 0 }));
        assert_eq!(decode(vec![0xff, 0xfe, 0x3f, 0x65]), Err(NotText::Utf16));
        assert_eq!(decode(vec![0x89, b'P', b'N', b'G', 0, 0]), Err(NotText::Unknown { at: 0 }));
    }

    #[test]
    fn a_byte_order_mark_is_kept() {
        assert_eq!(decode("\u{feff}表".into()), Ok(Decoded { text: "\u{feff}表".into() }));
    }
}
