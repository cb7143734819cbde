//! CoNLL-U: each `# newdoc` is an article that brings its sentences and tokens.

use std::io::{self, BufRead};

use sayso_text::{ConlluError, parse_conllu};

use crate::line::{Line, read_line};
use crate::{Article, Content, IngestError, Metadata};

/// The articles of a CoNLL-U stream, each read when it is asked for.
pub(crate) struct Documents {
    name: String,
    reader: Box<dyn BufRead + Send>,
    /// The largest article, in bytes of CoNLL-U.
    limit: u64,
    /// Lines read so far.
    line: u64,
    /// The next article's first line, which has been read to see where the one before ends.
    next: Option<Vec<u8>>,
}

/// What was read of one article.
enum Chunk {
    Whole,
    TooLarge,
}

impl Documents {
    pub(crate) fn new(name: String, reader: Box<dyn BufRead + Send>, limit: u64) -> Self {
        Self { name, reader, limit, line: 0, next: None }
    }

    /// Reads the lines up to the next article into `lines`.
    fn read_chunk(&mut self, lines: &mut Vec<u8>) -> io::Result<Chunk> {
        let mut chunk = Chunk::Whole;
        loop {
            let start = lines.len();
            match read_line(&mut *self.reader, self.limit, lines)? {
                Line::End => return Ok(chunk),
                Line::Whole => {}
                Line::TooLong => chunk = Chunk::TooLarge,
            }
            self.line += 1;
            let line = lines.split_off(start);
            if matches!(chunk, Chunk::TooLarge) {
                // Room for the lines that follow, of which only the next `# newdoc` matters.
                lines.clear();
                lines.push(b'#');
            }
            if starts_document(&line) && !lines.trim_ascii().is_empty() {
                self.next = Some(line);
                return Ok(chunk);
            }
            if matches!(chunk, Chunk::Whole) {
                lines.extend_from_slice(&line);
            }
        }
    }

    fn article(&self, first_line: u64, lines: Vec<u8>) -> Result<Article, IngestError> {
        let bad = |line, reason| {
            let name = self.name.clone();
            IngestError::Conllu { name, line: first_line - 1 + line, reason }
        };
        let text = String::from_utf8(lines).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            bad(1 + newlines(good), "expected UTF-8".to_owned())
        })?;
        let documents = parse_conllu(&text).map_err(|error| {
            let (line, reason) = place(&error);
            bad(line, reason)
        })?;
        let Some(given) = documents.into_iter().next() else {
            return Err(bad(1, "expected a sentence, found comments only".to_owned()));
        };
        let source = given.id.clone().unwrap_or_else(|| self.name.clone());
        let metadata = Metadata { source, ..Metadata::default() };
        let content = Content::Conllu(Box::new(given));
        Ok(Article { metadata, content, notes: Vec::new() })
    }
}

impl Iterator for Documents {
    type Item = Result<Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut lines = self.next.take().unwrap_or_default();
        let first_line = if lines.is_empty() { self.line + 1 } else { self.line };
        let name = self.name.clone();
        match self.read_chunk(&mut lines) {
            Ok(Chunk::Whole) if lines.trim_ascii().is_empty() => None,
            Ok(Chunk::Whole) => Some(self.article(first_line, lines)),
            Ok(Chunk::TooLarge) => {
                Some(Err(IngestError::TooLarge { name, line: Some(first_line), limit: self.limit }))
            }
            Err(error) => {
                self.reader = Box::new(&b""[..]);
                Some(Err(IngestError::Read { name, error }))
            }
        }
    }
}

/// Whether a line begins an article: `# newdoc`, with or without an id.
fn starts_document(line: &[u8]) -> bool {
    let comment = line.strip_prefix(b"#").map(<[u8]>::trim_ascii);
    let rest = comment.and_then(|comment| comment.strip_prefix(b"newdoc"));
    rest.is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
}

/// The line of the article that is no CoNLL-U, counted from 1, and what is wrong with it.
fn place(error: &ConlluError) -> (u64, String) {
    let said = error.to_string();
    let place = said.strip_prefix("line ").and_then(|said| said.split_once(": "));
    match place.and_then(|(line, reason)| Some((line.parse().ok()?, reason))) {
        Some((line, reason)) => (line, reason.to_owned()),
        None => (1, said),
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str, limit: u64) -> Vec<Result<(String, String), String>> {
        Documents::new("a.conllu".into(), Box::new(text.as_bytes()), limit)
            .map(|article| match article {
                Ok(Article { metadata, content: Content::Conllu(given), .. }) => {
                    Ok((metadata.source, given.document.text))
                }
                Ok(article) => panic!("CoNLL-U became {article:?}"),
                Err(error) => Err(error.to_string()),
            })
            .collect()
    }

    const TWO: &str = "# newdoc id = first\n\
        # text = Rates fell\n\
        1\tRates\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tfell\t_\t_\t_\t_\t_\t_\t_\t_\n\
        \n\
        # newdoc\n\
        1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        1\tDo\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

    #[test]
    fn each_newdoc_is_an_article() {
        let expected = [("first", "Rates fell"), ("a.conllu", "Don't.")];
        let expected = expected.map(|(source, text)| Ok((source.to_owned(), text.to_owned())));
        assert_eq!(read(TWO, 1000), expected);
    }

    #[test]
    fn a_bad_line_is_named_by_its_place_in_the_file() {
        let text = "# newdoc id = a\n1\tNo\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newdoc id = b\nno columns\n\n\
            # newdoc id = c\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
        let found = read(text, 1000);
        assert_eq!(found[0], Ok(("a".to_owned(), "No".to_owned())));
        let expected = "a.conllu:5: no CoNLL-U: expected 10 columns divided by tabs, found 1";
        assert_eq!(found[1], Err(expected.to_owned()));
        assert_eq!(found[2], Ok(("c".to_owned(), "Yes".to_owned())));
    }

    #[test]
    fn an_article_over_the_limit_is_passed_over() {
        let found = read(TWO, 110);
        assert_eq!(found[0], Ok(("first".to_owned(), "Rates fell".to_owned())));
        assert_eq!(found[1], Err("a.conllu:6: a document of more than 0 MiB".to_owned()));
        assert_eq!(found.len(), 2);
    }
}
