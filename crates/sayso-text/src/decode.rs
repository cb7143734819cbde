//! From bytes to characters.

use encoding_rs::WINDOWS_1252;

use crate::{Note, Span};

/// A file whose share of control characters is larger than one in this many is no text. Text has
/// none but white space; a compressed file has one in nine.
const CONTROL_SHARE: usize = 20;

/// A text that was read from bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The characters, without a leading byte-order mark.
    pub text: String,
    /// What was odd, with places in `text`.
    pub notes: Vec<Note>,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Too many bytes are control characters.
    #[error(
        "expected text, found binary data: {n_controls} of {n_bytes} bytes are control characters"
    )]
    Binary {
        /// How many bytes are control characters other than white space.
        n_controls: usize,
        /// How many bytes there are.
        n_bytes: usize,
    },
    /// The text is longer than spans can tell.
    #[error("expected at most 4 GiB of text, found {n_bytes} bytes")]
    TooLong {
        /// How many bytes there are.
        n_bytes: usize,
    },
}

/// Reads bytes as UTF-8, as UTF-16 if a mark says so, or as Windows-1252 (which holds Latin-1).
///
/// A leading byte-order mark goes; nothing else of the text is changed. Bytes that mean nothing
/// become U+FFFD, with one note for all of them. Invalid UTF-8 is taken for Windows-1252, unless
/// more of its characters outside ASCII are valid than not.
///
/// # Errors
///
/// - [`DecodeError::Binary`] if the bytes are no text; UTF-16 without a mark is among them.
/// - [`DecodeError::TooLong`] if the text would not fit 4 GiB.
///
/// # Examples
///
/// ```
/// let decoded = sayso_text::decode(b"M\xFCller said")?;
/// assert_eq!(decoded.text, "Müller said");
/// assert_eq!(decoded.notes[0].code, "windows-1252");
///
/// assert!(sayso_text::decode(b"\x7FELF\x02\x01\x01\x00\x00\x00\x00").is_err());
/// # Ok::<(), sayso_text::DecodeError>(())
/// ```
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    // A byte becomes three at most.
    if bytes.len() > u32::MAX as usize / 3 {
        return Err(DecodeError::TooLong { n_bytes: bytes.len() });
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => bytewise(rest),
        _ => bytewise(bytes),
    }
}

fn bytewise(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let n_controls = bytes.iter().filter(|byte| is_control(u32::from(**byte))).count();
    refuse_binary(n_controls, bytes.len())?;
    let mut notes = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_mostly_utf8(bytes) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            notes.push(replaced("invalid-utf8", "bytes that are not UTF-8", &text));
            text
        }
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            let first = text.char_indices().find(|(_, c)| !c.is_ascii());
            notes.push(Note {
                code: "windows-1252",
                message: "the bytes are not UTF-8 and were read as Windows-1252".to_owned(),
                span: first.map(|(at, c)| Span::new(at, at + c.len_utf8())),
            });
            text.into_owned()
        }
    };
    Ok(Decoded { text, notes })
}

/// Whether invalid UTF-8 is a good file with bad bytes, rather than in another encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let mut n_valid = 0;
    let mut n_invalid = 0;
    for chunk in bytes.utf8_chunks() {
        // Each character outside ASCII has one first byte.
        n_valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        n_invalid += usize::from(!chunk.invalid().is_empty());
    }
    // Five bytes have no meaning in Windows-1252.
    let is_undefined = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    n_valid > n_invalid || n_valid == 0 && bytes.iter().any(is_undefined)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded, DecodeError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let n_controls = pairs.iter().filter(|pair| is_control(u32::from(unit(**pair)))).count();
    refuse_binary(n_controls, pairs.len())?;
    let mut text = String::with_capacity(pairs.len());
    let mut n_lone = 0;
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        n_lone += usize::from(character.is_err());
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let mut notes = Vec::new();
    if n_lone > 0 {
        notes.push(replaced("lone-surrogate", "halves of surrogate pairs", &text));
    }
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
        notes.push(Note {
            code: "odd-byte",
            message: "the last byte is half a UTF-16 unit and was replaced with U+FFFD".to_owned(),
            span: Some(Span::new(text.len() - char::REPLACEMENT_CHARACTER.len_utf8(), text.len())),
        });
    }
    Ok(Decoded { text, notes })
}

fn is_control(unit: u32) -> bool {
    matches!(unit, 0..=8 | 0xE..=0x1A | 0x1C..=0x1F | 0x7F)
}

fn refuse_binary(n_controls: usize, n_bytes: usize) -> Result<(), DecodeError> {
    if n_controls * CONTROL_SHARE > n_bytes {
        return Err(DecodeError::Binary { n_controls, n_bytes });
    }
    Ok(())
}

fn replaced(code: &'static str, what: &str, text: &str) -> Note {
    let span = Span::find(text, "\u{FFFD}");
    Note { code, message: format!("{what} were replaced with U+FFFD"), span }
}

/// A note on the first control character of `text`, if it has one.
pub(crate) fn control_note(text: &str) -> Option<Note> {
    let at = text.bytes().position(|byte| is_control(u32::from(byte)))?;
    let message = "the text has control characters, which were kept".to_owned();
    Some(Note { code: "control-character", message, span: Some(Span::new(at, at + 1)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, codes: &[&str]) {
        let decoded = decode(bytes).expect("text");
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.notes.iter().map(|note| note.code).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn utf8() {
        check("Zoë “no”".as_bytes(), "Zoë “no”", &[]);
        check(b"\xEF\xBB\xBFRates", "Rates", &[]);
        check(b"", "", &[]);
        // Only a leading mark goes.
        check("a\u{FEFF}b".as_bytes(), "a\u{FEFF}b", &[]);
    }

    #[test]
    fn invalid_utf8_keeps_its_good_characters() {
        let bytes = ["“Yes,” said Zoë, ".as_bytes(), b"\xFF\xC3 and left"].concat();
        check(&bytes, "“Yes,” said Zoë, \u{FFFD}\u{FFFD} and left", &["invalid-utf8"]);
    }

    #[test]
    fn windows_1252() {
        check(b"\x93Yes,\x94 said Zo\xEB", "“Yes,” said Zoë", &["windows-1252"]);
    }

    #[test]
    fn utf16() {
        check(b"\xFF\xFEh\0i\0", "hi", &[]);
        check(b"\xFE\xFF\0h\0i", "hi", &[]);
        check(b"\xFF\xFE\x3D\xD8\xF3\xDD", "🗳", &[]);
        check(b"\xFF\xFE\x3D\xD8h\0", "\u{FFFD}h", &["lone-surrogate"]);
        check(b"\xFF\xFEh\0i", "h\u{FFFD}", &["odd-byte"]);
    }

    #[test]
    fn binary_is_refused_but_not_a_stray_null() {
        assert!(matches!(decode(&[0; 100]), Err(DecodeError::Binary { .. })));
        assert!(decode(b"h\0i\0 \0t\0h\0e\0r\0e\0").is_err());
        let kept = "a line of text\0 and more of it";
        check(kept.as_bytes(), kept, &[]);
        let span = Some(Span::new(14, 15));
        let is_it = |note: &Note| note.code == "control-character" && note.span == span;
        assert!(crate::Document::read(kept.to_owned()).notes.iter().any(is_it));
        assert_eq!(control_note("\ttabs\r\n\u{C}pages\u{85}"), None);
    }
}
