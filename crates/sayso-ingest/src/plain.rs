//! Plain text: a whole file or stream is one article.

use std::io::Read;

use sayso_text::decode;

use crate::{Article, IngestError};

/// Reads what is left of `reader`, of which `begun` has been read, as one article.
pub(crate) fn read(
    name: &str,
    mut begun: Vec<u8>,
    reader: &mut dyn Read,
    limit: u64,
) -> Result<Article, IngestError> {
    read_all(name, &mut begun, reader, limit)?;
    let binary = |reason| IngestError::Binary { name: name.to_owned(), reason };
    if let Some(found) = archive(&begun) {
        return Err(binary(format!("expected text, found {found}")));
    }
    let decoded = decode(&begun).map_err(|error| binary(error.to_string()))?;
    Ok(Article { notes: decoded.notes, ..Article::new(name, decoded.text) })
}

/// Appends what is left of `reader` to `begun`, which must not grow beyond `limit` bytes.
pub(crate) fn read_all(
    name: &str,
    begun: &mut Vec<u8>,
    reader: &mut dyn Read,
    limit: u64,
) -> Result<(), IngestError> {
    let room = (limit + 1).saturating_sub(begun.len() as u64);
    let failed = |error| IngestError::Read { name: name.to_owned(), error };
    reader.take(room).read_to_end(begun).map_err(failed)?;
    if begun.len() as u64 > limit {
        return Err(IngestError::TooLarge { name: name.to_owned(), line: None, limit });
    }
    Ok(())
}

/// What a file is by its first bytes, if it is of a kind that often holds articles.
pub(crate) fn archive(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 5] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive (as .docx, .odt and .epub are)"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
        (b"\xFD7zXZ\0", "an xz archive"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, found)| *found)
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
        assert_eq!(
            text(b"%PDF-1.7\n", 100),
            Err("a.txt: expected text, found a PDF file".to_owned())
        );
        let binary = text(b"MZ\0\0", 100).unwrap_err();
        assert!(binary.starts_with("a.txt: expected text, found binary data"), "{binary}");
        assert_eq!(text(b"M\xFCller", 100).as_deref(), Ok("Müller"));
    }

    #[test]
    fn the_limit_is_the_largest_document_that_is_read() {
        assert!(text(b"12345678", 8).is_ok());
        assert_eq!(text(b"123456789", 8), Err("a.txt: a document of more than 0 MiB".to_owned()));
    }
}
