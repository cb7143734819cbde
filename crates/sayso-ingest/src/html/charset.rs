//! Which encoding a page is in.

use encoding_rs::{Encoding, UTF_8};
use sayso_text::{DecodeError, Decoded, Note, decode};

use super::token::{Token, Tokens, attribute};

/// How far into a page its declaration is looked for, in bytes. Browsers look at 1024; some pages
/// put scripts first.
const PRESCAN: usize = 4096;

/// Decodes a page by its byte-order mark, else as UTF-8 if it is, else by what `header` (the
/// charset of an HTTP header) or the page itself declares, else as any text.
///
/// UTF-8 is tried first because what is valid UTF-8 beyond ASCII is hardly ever anything else,
/// whatever a server says.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn decode_page(bytes: &[u8], header: Option<&str>) -> Result<Decoded, DecodeError> {
    let has_mark = Encoding::for_bom(bytes).is_some();
    // Seven-bit encodings of Japanese begin their shifts with an escape.
    let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0x1B);
    let is_long = u32::try_from(bytes.len() * 3).is_err();
    let declared = header.and_then(label).or_else(|| declared(bytes));
    match declared {
        Some(encoding) if !has_mark && !is_utf8 && !is_long && encoding != UTF_8 => {
            // Binary data is refused whatever it calls itself.
            decode(bytes)?;
            let (text, _, has_errors) = encoding.decode(bytes);
            let mut notes = Vec::new();
            if has_errors {
                let message =
                    format!("bytes that are not {} were replaced with U+FFFD", encoding.name());
                notes.push(Note { code: "wrong-charset", message, span: None });
            }
            Ok(Decoded { text: text.into_owned(), notes })
        }
        _ => {
            let mut decoded = decode(bytes)?;
            // Their places are in the page, not in the article.
            decoded.notes.iter_mut().for_each(|note| note.span = None);
            Ok(decoded)
        }
    }
}

/// The charset of a `Content-Type` such as `text/html; charset=iso-8859-1`.
pub(crate) fn of_content_type(value: &str) -> Option<&str> {
    let lower = value.to_ascii_lowercase();
    let at = lower.find("charset=")? + "charset=".len();
    let rest = value.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\'');
    rest.split(is_end).next().filter(|label| !label.is_empty())
}

/// What `<?xml encoding>`, `<meta charset>` or `<meta http-equiv>` at the page's start declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..PRESCAN).unwrap_or(bytes));
    if let Some(declaration) = start.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next().unwrap_or_default();
        return attribute(declaration, "encoding").and_then(label);
    }
    Tokens::new(&start).find_map(|token| {
        let Token::Start { name, attributes } = token else { return None };
        if !name.eq_ignore_ascii_case("meta") {
            return None;
        }
        attribute(attributes, "charset")
            .and_then(label)
            .or_else(|| attribute(attributes, "content").and_then(of_content_type).and_then(label))
    })
}

/// An encoding that a page can be in: UTF-16 would need a mark, and is not what it says.
fn label(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(encoding.output_encoding())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], header: Option<&str>) -> String {
        decode_page(bytes, header).expect("a page").text
    }

    #[test]
    fn the_page_or_the_header_tells() {
        let page = b"<meta charset=iso-8859-2><p>\xA9koda";
        assert_eq!(text(page, None), "<meta charset=iso-8859-2><p>Škoda");
        let page = b"<META content='text/html; charset=windows-1251'>\xCC\xE8\xED\xF1\xEA";
        assert!(text(page, None).ends_with("Минск"));
        assert_eq!(text(b"<p>\xA9koda", Some("latin2")), "<p>Škoda");
    }

    #[test]
    fn utf8_is_utf8_whatever_it_is_called() {
        assert_eq!(
            text("<meta charset=latin1>Škoda".as_bytes(), None),
            "<meta charset=latin1>Škoda"
        );
        assert_eq!(text("Škoda".as_bytes(), Some("windows-1252")), "Škoda");
        assert_eq!(text(b"M\xFCller <meta charset=utf-8>", None), "Müller <meta charset=utf-8>");
    }

    #[test]
    fn the_label_of_a_content_type() {
        assert_eq!(of_content_type("text/html; Charset=\"UTF-8\"; x=y"), Some("UTF-8"));
        assert_eq!(of_content_type("text/html;charset="), None);
        assert_eq!(of_content_type("text/html"), None);
    }
}
