//! CSV and TSV: one article a row, with its columns named in the first.

use std::io::{self, BufRead, Read};

use sayso_text::decode;

use crate::{Article, Content, IngestError, Metadata, date};

/// Names of columns for each part of an article, in small letters, the best first.
const TEXT: &[&str] = &["text", "body", "content", "article", "article_text", "full_text"];
const ID: &[&str] = &["id", "article_id", "doc_id"];
const TITLE: &[&str] = &["title", "headline"];
const AUTHORS: &[&str] = &["authors", "author", "byline"];
const OUTLET: &[&str] = &["outlet", "publication", "publisher", "source", "newspaper"];
const PUBLISHED: &[&str] = &["published", "date", "published_at", "publish_date", "pubdate"];
const URL: &[&str] = &["url", "link"];

/// The articles of a table, each read when it is asked for.
pub(crate) struct Table {
    name: String,
    reader: Box<dyn BufRead + Send>,
    delimiter: u8,
    /// The largest row, in bytes.
    limit: u64,
    /// The column with the text, where one is asked for.
    text_column: Option<String>,
    columns: Option<Columns>,
    /// Lines read so far.
    line: u64,
}

/// Where the parts of an article stand in a row.
#[derive(Debug)]
struct Columns {
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    authors: Option<usize>,
    outlet: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
}

/// What came of reading a row.
enum Found {
    Row(Vec<Vec<u8>>),
    TooLarge,
    End,
}

impl Table {
    pub(crate) fn new(
        name: String,
        reader: Box<dyn BufRead + Send>,
        delimiter: u8,
        limit: u64,
        text_column: Option<String>,
    ) -> Self {
        Self { name, reader, delimiter, limit, text_column, columns: None, line: 0 }
    }

    fn columns(&mut self) -> Result<Option<()>, IngestError> {
        if self.columns.is_some() {
            return Ok(Some(()));
        }
        let names = match self.read_row() {
            Ok(Found::Row(names)) => names,
            Ok(Found::End) => return Ok(None),
            Ok(Found::TooLarge) => return Err(self.too_large(1)),
            Err(error) => return Err(self.broken(error)),
        };
        let names: Vec<_> = names
            .iter()
            .map(|name| {
                let name = String::from_utf8_lossy(name);
                name.trim_start_matches('\u{FEFF}').trim().to_lowercase()
            })
            .collect();
        let find = |wanted: &[&str]| {
            wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted))
        };
        let wanted = self.text_column.as_ref().map(|name| name.to_lowercase());
        let text = match &wanted {
            Some(name) => find(&[name.as_str()]),
            None => find(TEXT),
        };
        let Some(text) = text else {
            let wanted = wanted.as_deref().unwrap_or("text");
            let reason = format!("no column `{wanted}` among {}", names.join(", "));
            self.reader = Box::new(io::empty());
            return Err(IngestError::Row { name: self.name.clone(), line: 1, reason });
        };
        let columns = Columns {
            text,
            id: find(ID),
            title: find(TITLE),
            authors: find(AUTHORS),
            outlet: find(OUTLET),
            published: find(PUBLISHED),
            url: find(URL),
        };
        self.columns = Some(columns);
        Ok(Some(()))
    }

    /// Reads a row, whose quoted values may hold line breaks.
    fn read_row(&mut self) -> io::Result<Found> {
        let mut row = vec![Vec::new()];
        let mut state = Quotes::Outside;
        let (mut n_bytes, mut is_begun) = (0, false);
        for byte in self.reader.by_ref().bytes() {
            let byte = byte?;
            is_begun = true;
            n_bytes += 1;
            self.line += u64::from(byte == b'\n');
            let Some(value) = row.last_mut() else { break };
            match (state, byte) {
                (Quotes::Outside, b'"') if value.is_empty() => state = Quotes::Inside,
                (Quotes::Inside, b'"') => state = Quotes::Ended,
                (Quotes::Ended, b'"') => {
                    value.push(b'"');
                    state = Quotes::Inside;
                }
                (Quotes::Outside | Quotes::Ended, b'\n') => {
                    return Ok(ended(row, n_bytes > self.limit));
                }
                (Quotes::Outside | Quotes::Ended, byte) if byte == self.delimiter => {
                    row.push(Vec::new());
                    state = Quotes::Outside;
                }
                _ if n_bytes > self.limit => {}
                (Quotes::Ended, b'\r') => {}
                _ => value.push(byte),
            }
        }
        Ok(if is_begun { ended(row, n_bytes > self.limit) } else { Found::End })
    }

    fn article(&self, first_line: u64, row: &[Vec<u8>]) -> Result<Option<Article>, IngestError> {
        let Some(columns) = &self.columns else { return Ok(None) };
        if row.iter().all(|value| value.trim_ascii().is_empty()) {
            return Ok(None);
        }
        let bad = |reason| IngestError::Row { name: self.name.clone(), line: first_line, reason };
        let text = row.get(columns.text).ok_or_else(|| {
            bad(format!("expected at least {} columns, found {}", columns.text + 1, row.len()))
        })?;
        let decoded = decode(text).map_err(|error| bad(error.to_string()))?;
        let value = |at: Option<usize>| {
            let value = decode(row.get(at?)?).ok()?.text.trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        let url = value(columns.url);
        let place = || format!("{}:{first_line}", self.name);
        let authors = value(columns.authors).unwrap_or_default();
        let authors = authors.split(';').map(str::trim).filter(|name| !name.is_empty());
        let published = value(columns.published);
        let metadata = Metadata {
            source: value(columns.id).or_else(|| url.clone()).unwrap_or_else(place),
            title: value(columns.title),
            authors: authors.map(str::to_owned).collect(),
            outlet: value(columns.outlet),
            published: published.map(|day| date::iso(&day).unwrap_or(day)),
            url,
        };
        Ok(Some(Article { metadata, content: Content::Text(decoded.text), notes: decoded.notes }))
    }

    fn too_large(&self, line: u64) -> IngestError {
        IngestError::TooLarge { name: self.name.clone(), line: Some(line), limit: self.limit }
    }

    /// The error of a table that cannot be read on.
    fn broken(&mut self, error: io::Error) -> IngestError {
        self.reader = Box::new(io::empty());
        IngestError::Read { name: self.name.clone(), error }
    }
}

/// Where a byte stands.
#[derive(Clone, Copy)]
enum Quotes {
    Outside,
    Inside,
    /// After a quotation mark, which ends the value unless another follows.
    Ended,
}

fn ended(mut row: Vec<Vec<u8>>, is_too_large: bool) -> Found {
    if let Some(value) = row.last_mut().filter(|value| value.ends_with(b"\r")) {
        value.pop();
    }
    if is_too_large { Found::TooLarge } else { Found::Row(row) }
}

impl Iterator for Table {
    type Item = Result<Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.columns() {
            Ok(Some(())) => {}
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        }
        loop {
            let first_line = self.line + 1;
            match self.read_row() {
                Ok(Found::End) => return None,
                Ok(Found::TooLarge) => return Some(Err(self.too_large(first_line))),
                Ok(Found::Row(row)) => {
                    if let Some(article) = self.article(first_line, &row).transpose() {
                        return Some(article);
                    }
                }
                Err(error) => return Some(Err(self.broken(error))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str, delimiter: u8, limit: u64) -> Vec<Result<Article, String>> {
        Table::new("a.csv".into(), Box::new(text.as_bytes()), delimiter, limit, None)
            .map(|row| row.map_err(|error| error.to_string()))
            .collect()
    }

    #[test]
    fn values_may_hold_breaks_and_quotation_marks() {
        let text = "\u{FEFF}ID,Headline,Body,Date\r\n7,\"Fees, again\",\"He said \"\"no\"\".\r\n\r\nShe left.\",\"March 2, 2026\"\r\n\r\n8,,It rained.,\n";
        let found = read(text, b',', 1000);
        let [Ok(first), Ok(second)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(first.metadata.source, "7");
        assert_eq!(first.metadata.title.as_deref(), Some("Fees, again"));
        assert_eq!(first.metadata.published.as_deref(), Some("2026-03-02"));
        assert!(
            matches!(&first.content, Content::Text(text) if text == "He said \"no\".\r\n\r\nShe left.")
        );
        assert!(matches!(&second.content, Content::Text(text) if text == "It rained."));
        assert_eq!(second.metadata.title, None);
    }

    #[test]
    fn bad_rows_are_named_and_the_others_are_read() {
        let found =
            read("text\turl\nA far too long row of text that goes on\tb\n\"Open\tc\n", b'\t', 20);
        assert_eq!(found[0].as_ref().unwrap_err(), "a.csv:2: a document of more than 0 MiB");
        assert!(found[1].is_ok());
        let found = read("url,text\nhttps://example.org\n", b',', 100);
        assert_eq!(
            found[0].as_ref().unwrap_err(),
            "a.csv:2: no article: expected at least 2 columns, found 1"
        );
        let found = read("a,b\n1,2\n", b',', 100);
        assert_eq!(
            found[0].as_ref().unwrap_err(),
            "a.csv:1: no article: no column `text` among a, b"
        );
        assert_eq!(found.len(), 1);
        assert!(read("", b',', 100).is_empty());
    }
}
