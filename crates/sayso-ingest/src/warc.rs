//! WARC: an archive of the web, of which the pages are read.

use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::line::{Line, read_line};
use crate::{Article, IngestError, html, plain};

/// The longest line of a header, in bytes.
const MAX_LINE: u64 = 64 << 10;
/// The largest number of lines in a header.
const MAX_LINES: usize = 1000;

/// The pages of an archive, each read when it is asked for.
///
/// Responses with another status than 200, other records and other media than pages and text are
/// passed over.
pub(crate) struct Warc {
    name: String,
    reader: Box<dyn BufRead + Send>,
    /// The largest page, in bytes.
    limit: u64,
    is_ended: bool,
}

/// The lines of a header: names in small letters, and values.
#[derive(Debug, Default)]
struct Header(Vec<(String, String)>);

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Adds `name: value`; a line that begins with a blank goes on with the value before.
    fn add(&mut self, line: &str) {
        match line.split_once(':') {
            Some((name, value)) if !line.starts_with([' ', '\t']) => {
                self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            _ => {
                if let Some((_, value)) = self.0.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
}

impl Warc {
    pub(crate) fn new(name: String, reader: Box<dyn BufRead + Send>, limit: u64) -> Self {
        Self { name, reader, limit, is_ended: false }
    }

    /// The header of the next record; none at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut line = Vec::new();
        while line.trim_ascii().is_empty() {
            line.clear();
            if read_line(&mut *self.reader, MAX_LINE, &mut line)? == Line::End {
                return Ok(None);
            }
        }
        if !line.starts_with(b"WARC/") {
            return Err(damaged("expected a record that begins with WARC/"));
        }
        read_header(&mut *self.reader).map(Some)
    }

    /// The article of a record, of which exactly `length` bytes are read; none if it is no page.
    fn record(&mut self, header: &Header, length: u64) -> Result<Option<Article>, IngestError> {
        let kind = header.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let is_response = kind == "response";
        let is_read = is_response || kind == "resource" || kind == "conversion";
        let url = header.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']);
        let name = if url.is_empty() { self.name.clone() } else { url.to_owned() };
        let mut body = Vec::new();
        let is_too_large = length > self.limit;
        let failed = |error| IngestError::Read { name: self.name.clone(), error };
        let mut rest = self.reader.by_ref().take(length);
        if is_read && !is_too_large {
            rest.read_to_end(&mut body).map_err(failed)?;
        } else {
            io::copy(&mut rest, &mut io::sink()).map_err(failed)?;
        }
        if rest.limit() > 0 {
            return Err(failed(io::ErrorKind::UnexpectedEof.into()));
        }
        if !is_read {
            return Ok(None);
        }
        if is_too_large {
            return Err(IngestError::TooLarge { name, line: None, limit: self.limit });
        }
        let found = if is_response {
            response(&name, &body, self.limit)?
        } else {
            of_media(&name, header.get("content-type").unwrap_or_default(), &body)?
        };
        Ok(found.map(|mut article| {
            article.metadata.url.get_or_insert(name);
            article
        }))
    }
}

impl Iterator for Warc {
    type Item = Result<Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_ended {
            let header = match self.header() {
                Ok(Some(header)) => header,
                Ok(None) => return None,
                Err(error) => {
                    self.is_ended = true;
                    return Some(Err(IngestError::Read { name: self.name.clone(), error }));
                }
            };
            let Some(length) = header.get("content-length").and_then(|n| n.parse().ok()) else {
                self.is_ended = true;
                let error = damaged("a record without Content-Length");
                return Some(Err(IngestError::Read { name: self.name.clone(), error }));
            };
            match self.record(&header, length) {
                Ok(None) => {}
                Ok(Some(article)) => return Some(Ok(article)),
                Err(error) => {
                    let name = &self.name;
                    self.is_ended =
                        matches!(&error, IngestError::Read { name: other, .. } if other == name);
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// Lines up to one that is empty.
fn read_header(reader: &mut dyn BufRead) -> io::Result<Header> {
    let mut header = Header::default();
    for _ in 0..MAX_LINES {
        let mut line = Vec::new();
        read_line(reader, MAX_LINE, &mut line)?;
        if line.trim_ascii().is_empty() {
            return Ok(header);
        }
        header.add(String::from_utf8_lossy(&line).trim_end());
    }
    Err(damaged("a header without an end"))
}

/// The article of an answer over HTTP.
fn response(name: &str, answer: &[u8], limit: u64) -> Result<Option<Article>, IngestError> {
    let failed = |error| IngestError::Read { name: name.to_owned(), error };
    let mut rest = answer;
    let mut status = Vec::new();
    read_line(&mut rest, MAX_LINE, &mut status).map_err(failed)?;
    let status = String::from_utf8_lossy(&status);
    if status.split_ascii_whitespace().nth(1) != Some("200") {
        return Ok(None);
    }
    let header = read_header(&mut rest).map_err(failed)?;
    let says = |name: &str, word: &str| {
        header.get(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
    };
    let mut body = rest.to_vec();
    if says("transfer-encoding", "chunked")
        && let Some(whole) = joined(&body)
    {
        body = whole;
    }
    // Archives often keep the header of an answer whose body they have unpacked.
    let mut whole = Vec::new();
    if says("content-encoding", "gzip") && body.starts_with(b"\x1F\x8B") {
        MultiGzDecoder::new(&body[..]).take(limit + 1).read_to_end(&mut whole).map_err(failed)?;
        body = whole;
    } else if says("content-encoding", "deflate") && body.first() == Some(&0x78) {
        ZlibDecoder::new(&body[..]).take(limit + 1).read_to_end(&mut whole).map_err(failed)?;
        body = whole;
    }
    if body.len() as u64 > limit {
        return Err(IngestError::TooLarge { name: name.to_owned(), line: None, limit });
    }
    of_media(name, header.get("content-type").unwrap_or_default(), &body)
}

/// The article of a page or a text; none for other media.
fn of_media(name: &str, media: &str, body: &[u8]) -> Result<Option<Article>, IngestError> {
    let kind = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => html::page_of_media(name, body, media).map(Some),
        "text/plain" => plain::read(name, body.to_vec(), &mut io::empty(), u64::MAX - 1).map(Some),
        _ => Ok(None),
    }
}

/// The body whose chunks come each with its length before it; none if it does not.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.iter().take(32).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(body.get(..end)?).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        let rest = body.get(end + 1..)?;
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..length)?);
        body = rest.get(length..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

fn damaged(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>Fees rise</title><p>The council will raise its fees by a tenth in May, it said.</p>";

    fn record(kind: &str, url: &str, body: &str) -> String {
        let n_bytes = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{url}>\r\nContent-Length: {n_bytes}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn response(url: &str, status: u16, more: &str, page: &str) -> String {
        let http = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n{page}"
        );
        record("response", url, &http)
    }

    fn read(archive: &str, limit: u64) -> Vec<Result<Article, String>> {
        let reader = Box::new(io::Cursor::new(archive.to_owned()));
        let articles = Warc::new("a.warc".into(), reader, limit);
        articles.map(|article| article.map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn pages_are_read_and_other_records_are_passed_over() {
        let chunked = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
        let archive = [
            record("warcinfo", "", "software: x"),
            response("https://a.example/1", 200, "", PAGE),
            response("https://a.example/2", 404, "", PAGE),
            record("request", "https://a.example/1", "GET / HTTP/1.1"),
            response("https://a.example/3", 200, "Transfer-Encoding: chunked\r\n", &chunked),
        ];
        let found = read(&archive.concat(), 10_000);
        let [Ok(first), Ok(second)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(first.metadata.source, "https://a.example/1");
        assert_eq!(first.metadata.title.as_deref(), Some("Fees rise"));
        assert_eq!(second.metadata.url.as_deref(), Some("https://a.example/3"));
        assert_eq!(first.len(), second.len());
    }

    #[test]
    fn what_is_damaged_ends_it_and_what_is_too_large_does_not() {
        let large = response("https://a.example/1", 200, "", &PAGE.repeat(20));
        let archive = large + &response("https://a.example/2", 200, "", PAGE);
        let found = read(&archive, 500);
        assert_eq!(
            found[0].as_ref().unwrap_err(),
            "https://a.example/1: a document of more than 0 MiB"
        );
        assert!(found[1].is_ok(), "{found:?}");
        let cut = archive.get(..archive.len() - 50).expect("ASCII");
        let found = read(cut, 10_000);
        assert_eq!(found[1].as_ref().unwrap_err(), "a.warc: cannot be read");
        assert_eq!(read("nonsense\r\n", 100).len(), 1);
        assert_eq!(read("WARC/1.0\r\nWARC-Type: response\r\n\r\n", 100).len(), 1);
        assert!(read("", 100).is_empty());
    }
}
