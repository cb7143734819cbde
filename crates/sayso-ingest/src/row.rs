//! JSON Lines: one article a line.

use std::io::BufRead;

use serde::Deserialize;
use serde_json::Value;

use crate::line::{Line, read_line};
use crate::{Article, Content, IngestError, Metadata};

/// The mark that some programs put in front of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The articles of a JSON Lines stream, each read when it is asked for.
pub(crate) struct Rows {
    pub(crate) name: String,
    pub(crate) reader: Box<dyn BufRead + Send>,
    /// The largest row, in bytes.
    pub(crate) limit: u64,
    /// Lines read so far.
    pub(crate) line: u64,
    pub(crate) buffer: Vec<u8>,
}

impl Rows {
    pub(crate) fn new(name: String, reader: Box<dyn BufRead + Send>, limit: u64) -> Self {
        Self { name, reader, limit, line: 0, buffer: Vec::new() }
    }

    /// The article of the line in the buffer; none for a blank line.
    fn article(&self) -> Result<Option<Article>, IngestError> {
        let line = self.buffer.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.buffer);
        if line.trim_ascii().is_empty() {
            return Ok(None);
        }
        let article = Row::parse(line).and_then(|row| row.article(&self.name, self.line));
        article.map(Some).map_err(|reason| {
            let name = self.name.clone();
            IngestError::Row { name, line: self.line, reason }
        })
    }
}

impl Iterator for Rows {
    type Item = Result<Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.buffer.clear();
            self.line += 1;
            match read_line(&mut *self.reader, self.limit, &mut self.buffer) {
                Ok(Line::End) => return None,
                Ok(Line::Whole) => {
                    if let Some(item) = self.article().transpose() {
                        return Some(item);
                    }
                }
                Ok(Line::TooLong) => {
                    let (name, limit) = (self.name.clone(), self.limit);
                    return Some(Err(IngestError::TooLarge { name, line: Some(self.line), limit }));
                }
                Err(error) => {
                    // What cannot be read on is over: an empty stream takes its place.
                    self.reader = Box::new(&b""[..]);
                    return Some(Err(IngestError::Read { name: self.name.clone(), error }));
                }
            }
        }
    }
}

/// Whether a stream's first line that is not blank is a row of JSON Lines: a JSON object, be there
/// an article in it or not.
pub(crate) fn is_row(line: &[u8]) -> bool {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii_start();
    line.starts_with(b"{") && serde_json::from_slice::<Object>(line).is_ok()
}

/// Any JSON object.
#[derive(Deserialize)]
struct Object {}

/// One line of JSON Lines.
#[derive(Debug, Deserialize)]
struct Row {
    id: Option<Value>,
    text: String,
    title: Option<String>,
    authors: Option<Vec<String>>,
    outlet: Option<String>,
    published: Option<String>,
    url: Option<String>,
}

impl Row {
    /// Reads a row, or says what is wrong with it and at which column.
    fn parse(line: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(line).map_err(|error| {
            let said = error.to_string();
            // The line that serde_json counts is always the row's first.
            let (reason, _) = said.rsplit_once(" at line ").unwrap_or((&said, ""));
            format!("{reason} at column {}", error.column())
        })
    }

    fn article(self, name: &str, line: u64) -> Result<Article, String> {
        let id = match self.id {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id),
            Some(Value::Number(id)) => Some(id.to_string()),
            Some(id) => return Err(format!("`id` is {id}, expected a string")),
        };
        let source = id.or_else(|| self.url.clone()).unwrap_or_else(|| format!("{name}:{line}"));
        let metadata = Metadata {
            source,
            title: self.title,
            authors: self.authors.unwrap_or_default(),
            outlet: self.outlet,
            published: self.published,
            url: self.url,
        };
        Ok(Article { metadata, content: Content::Text(self.text), notes: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &'static str, limit: u64) -> Vec<Result<String, String>> {
        Rows::new("a.jsonl".into(), Box::new(text.as_bytes()), limit)
            .map(|row| row.map(|row| row.metadata.source).map_err(|error| error.to_string()))
            .collect()
    }

    #[test]
    fn the_source_is_the_id_else_the_url_else_the_line() {
        let text = "\u{FEFF}{\"id\": \"a\", \"text\": \"\"}\r\n\n{\"id\": 7, \"text\": \"\", \"more\": []}\n\
             {\"url\": \"https://example.org/a\", \"text\": \"\"}\n{\"text\": \"\", \"id\": null}";
        let found: Vec<_> = rows(text, 1000).into_iter().map(Result::unwrap).collect();
        assert_eq!(found, ["a", "7", "https://example.org/a", "a.jsonl:5"]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_are_read() {
        let text = "{\"id\": \"a\", \"text\": \"\"}\n{\"id\": \"b\"}\n{\"id\": [], \"text\": \"\"}\nno\n{\"id\": \"c\", \"text\": \"\"}\n";
        let found = rows(text, 1000);
        assert_eq!(found[0].as_deref(), Ok("a"));
        assert_eq!(
            found[1].as_ref().unwrap_err(),
            "a.jsonl:2: no article: missing field `text` at column 11"
        );
        assert_eq!(
            found[2].as_ref().unwrap_err(),
            "a.jsonl:3: no article: `id` is [], expected a string"
        );
        assert_eq!(
            found[3].as_ref().unwrap_err(),
            "a.jsonl:4: no article: expected ident at column 2"
        );
        assert_eq!(found[4].as_deref(), Ok("c"));
    }

    #[test]
    fn a_lone_surrogate_is_no_text() {
        let found = rows(r#"{"id": "a", "text": "\ud800"}"#, 1000);
        assert!(found[0].as_ref().unwrap_err().starts_with("a.jsonl:1: no article: "), "{found:?}");
    }

    #[test]
    fn a_row_over_the_limit_is_passed_over() {
        let found = rows(
            "{\"id\": \"a\", \"text\": \"far too long\"}\n{\"id\": \"b\", \"text\": \"\"}\n",
            30,
        );
        assert_eq!(found[0], Err("a.jsonl:1: a document of more than 0 MiB".to_owned()));
        assert_eq!(found[1].as_deref(), Ok("b"));
    }

    #[test]
    fn only_a_row_looks_like_a_row() {
        assert!(is_row(b" {\"text\": \"\"}\n"));
        assert!(is_row(b"{\"id\": 1, \"body\": [\"\\ud800\"]}\n"));
        assert!(!is_row(b"{curly braces} open this text\n"));
        assert!(!is_row(b"[1, 2]\n"));
    }
}
