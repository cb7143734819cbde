//! From a file or stream of a format to its articles.

use std::io::{BufRead, BufReader, Read};
use std::iter;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::archive::{Archive, Files};
use crate::budget::Budget;
use crate::packed::Zstd;
use crate::tar::Tar;
use crate::zip::Place;
use crate::{Article, Format, IngestError, Options, conllu, feed, html, plain, row, table, warc};

/// Files are packed in each other so deep at most.
const MAX_DEPTH: u8 = 4;
/// The size of the buffer over packed data, in bytes.
const BUFFER: usize = 1 << 16;

/// The articles of one file or stream.
pub(crate) type Open = Box<dyn Iterator<Item = Result<Article, IngestError>> + Send>;

/// What is known of a file or stream that is opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// What it is called in sources and messages.
    pub(crate) name: String,
    pub(crate) options: Options,
    pub(crate) budget: Budget,
    /// In how many others it is packed.
    depth: u8,
}

impl Opened {
    pub(crate) fn new(name: String, options: Options) -> Self {
        Self { name, options, budget: Budget::default(), depth: 0 }
    }

    /// A file that is packed in this one.
    pub(crate) fn inner(&self, name: String) -> Result<Self, IngestError> {
        if self.depth >= MAX_DEPTH {
            return Err(IngestError::Nested { name });
        }
        Ok(Self { name, depth: self.depth + 1, ..self.clone() })
    }

    /// A reader of its bytes, which are counted if they are those of the file itself: what was
    /// expanded before gives no right to expand further.
    pub(crate) fn counted(&self, reader: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        if self.depth > 0 { Box::new(reader) } else { Box::new(self.budget.outer(reader)) }
    }
}

/// The articles of a file of a format; `place` is where a file lies that is no stream.
///
/// # Errors
///
/// What keeps all of it from being read; what keeps one article from it is told in its place.
pub(crate) fn open(
    opened: Opened,
    format: Format,
    mut reader: Box<dyn BufRead + Send>,
    place: Option<Place>,
) -> Result<Open, IngestError> {
    let limit = opened.options.max_document_bytes;
    let name = opened.name.clone();
    let text_column = || opened.options.text_column.clone();
    Ok(match format {
        Format::Text => one(plain::read(&name, Vec::new(), &mut reader, limit)?),
        Format::Html => one(html::read(&name, &mut reader, limit)?),
        Format::Feed => not_empty(name.clone(), feed::read(&name, &mut reader, limit)?.into_iter()),
        Format::JsonLines => not_empty(name.clone(), row::Rows::new(name, reader, limit)),
        Format::Csv => {
            not_empty(name.clone(), table::Table::new(name, reader, b',', limit, text_column()))
        }
        Format::Tsv => {
            not_empty(name.clone(), table::Table::new(name, reader, b'\t', limit, text_column()))
        }
        Format::Conllu => not_empty(name.clone(), conllu::Documents::new(name, reader, limit)),
        Format::Warc => not_empty(name.clone(), warc::Warc::new(name, reader, limit)),
        Format::Gzip => {
            let outer = BufReader::with_capacity(BUFFER, opened.counted(reader));
            unpacked(&opened, Box::new(MultiGzDecoder::new(outer)))?
        }
        Format::Zstd => {
            let outer = BufReader::with_capacity(BUFFER, opened.counted(reader));
            unpacked(&opened, Box::new(Zstd::new(Box::new(outer))))?
        }
        Format::Tar => {
            let reader = opened.counted(reader);
            Box::new(Archive::new(opened, Files::Tar(Tar::new(reader))))
        }
        Format::Zip => {
            let place = match place {
                Some(place) => place,
                None => in_memory(&name, &mut reader, limit)?,
            };
            let entries = place.entries();
            let entries = entries.map_err(|error| IngestError::Read { name, error })?.into_iter();
            Box::new(Archive::new(opened, Files::Zip { place, entries }))
        }
    })
}

/// The articles of what was packed as one file: `news.csv.gz` holds `news.csv`.
fn unpacked(opened: &Opened, reader: Box<dyn Read + Send>) -> Result<Open, IngestError> {
    let inner = opened.inner(opened.name.clone())?;
    let bounded = opened.budget.inner(reader);
    let mut reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(BUFFER, bounded));
    let path = Path::new(&opened.name);
    let within = match path.extension().and_then(|ending| ending.to_str()) {
        Some(ending) if ending.eq_ignore_ascii_case("tgz") => Some(Format::Tar),
        _ => {
            let stem = path.file_stem().map(Path::new);
            stem.filter(|stem| stem.extension().is_some()).and_then(Format::of)
        }
    };
    let format = match within {
        Some(format) => format,
        None => sniff(&opened.name, &mut *reader)?.unwrap_or(Format::Text),
    };
    open(inner, format, reader, None)
}

/// The format that a stream's beginning tells.
pub(crate) fn sniff(name: &str, reader: &mut dyn BufRead) -> Result<Option<Format>, IngestError> {
    let start = reader.fill_buf();
    let start = start.map_err(|error| IngestError::Read { name: name.to_owned(), error })?;
    Ok(Format::of_start(start))
}

/// An archive whose directory is at its end must be had whole.
fn in_memory(name: &str, reader: &mut dyn Read, limit: u64) -> Result<Place, IngestError> {
    let mut bytes = Vec::new();
    plain::read_all(name, &mut bytes, reader, limit)?;
    Ok(Place::Memory(bytes.into()))
}

fn one(article: Article) -> Open {
    Box::new(iter::once(Ok(article)))
}

/// The articles of a file; an error if there are none.
fn not_empty<I>(name: String, mut articles: I) -> Open
where
    I: Iterator<Item = Result<Article, IngestError>> + Send + 'static,
{
    let mut empty = Some(IngestError::EmptyFile { name });
    Box::new(iter::from_fn(move || {
        let article = articles.next();
        let empty = empty.take();
        article.or_else(|| empty.map(Err))
    }))
}

#[cfg(test)]
mod tests;
