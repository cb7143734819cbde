//! Plain text: a whole file or stream is one article.

use std::io::Read;

use crate::{Article, IngestError};

/// How many bytes are looked at to tell text from everything else, in bytes.
///
/// Formats that are no text show it in their first few bytes; the same length as Git looks at.
const SNIFFED: usize = 8000;

/// Reads what is left of `reader`, of which `begun` has been read, as one article.
pub(crate) fn read(
    name: &str,
    mut begun: Vec<u8>,
    reader: &mut dyn Read,
    limit: u64,
) -> Result<Article, IngestError> {
    let room = (limit + 1).saturating_sub(begun.len() as u64);
    let failed = |error| IngestError::Read { name: name.to_owned(), error };
    reader.take(room).read_to_end(&mut begun).map_err(failed)?;
    if begun.len() as u64 > limit {
        return Err(IngestError::TooLarge { name: name.to_owned(), line: None, limit });
    }
    if let Some(found) = not_text(&begun) {
        return Err(IngestError::Binary { name: name.to_owned(), found });
    }
    Ok(Article::new(name, decode(begun)))
}

fn decode(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// What the bytes look like, if not like text.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 6] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive (as .docx, .odt and .epub are)"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
        (b"\xFD7zXZ\0", "an xz archive"),
        (b"\x89PNG", "a PNG image"),
    ];
    if let Some((_, found)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(found);
    }
    let utf_16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let head = bytes.get(..SNIFFED).unwrap_or(bytes);
    (!utf_16 && head.contains(&0)).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Content;

    fn text(bytes: &[u8], limit: u64) -> Result<String, String> {
        match read("a.txt", Vec::new(), &mut &*bytes, limit) {
            Ok(Article { content: Content::Text(text), .. }) => Ok(text),
            Ok(article) => panic!("plain text became {article:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn text_is_kept_to_the_character() {
        assert_eq!(
            text("“No,”\r\nsaid Müller.\n".as_bytes(), 100).as_deref(),
            Ok("“No,”\r\nsaid Müller.\n")
        );
        assert_eq!(text(b"", 100).as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(text(b"%PDF-1.7\n", 100), Err("a.txt: a PDF file, not text".to_owned()));
        assert_eq!(text(b"MZ\0\0", 100), Err("a.txt: binary data, not text".to_owned()));
    }

    #[test]
    fn the_limit_is_the_largest_document_that_is_read() {
        assert!(text(b"12345678", 8).is_ok());
        assert_eq!(text(b"123456789", 8), Err("a.txt: a document of more than 0 MiB".to_owned()));
    }
}
