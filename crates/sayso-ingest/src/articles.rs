//! The stream of articles from a list of inputs.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::{fmt, iter};

use crate::line::{Line, read_line};
use crate::open::{Open, Opened, open, sniff};
use crate::walk::Walk;
use crate::zip::Place;
use crate::{Article, Format, IngestError, article_name, plain, row};

/// Where articles are read from.
pub enum Input {
    /// A file, or a folder with everything in it.
    Path(PathBuf),
    /// A stream, such as standard input, in the format that its beginning tells; else plain text.
    Stream {
        /// What it is called in sources and messages, such as `-`.
        name: String,
        /// Its bytes.
        reader: Box<dyn BufRead + Send>,
    },
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Stream { name, .. } => f.debug_tuple("Stream").field(name).finish(),
        }
    }
}

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format of every input; none to go by endings and, where there is none, the beginning.
    pub format: Option<Format>,
    /// The largest document that is read, in bytes.
    pub max_document_bytes: u64,
    /// The column of tables that holds the text; none for `text`, `body`, `content` or `article`.
    pub text_column: Option<String>,
}

impl Default for Options {
    /// Documents of up to 256 MiB, about a hundred times the text of the longest novels: what is
    /// larger is a collection, and better read as JSON Lines.
    fn default() -> Self {
        Self { format: None, max_document_bytes: 256 << 20, text_column: None }
    }
}

/// The articles of a list of inputs, in order; each is read when it is asked for.
///
/// After an error the next article follows, as if the input that failed had been left out.
///
/// # Cost
///
/// Memory for one document and for the names in the folders on the way to it; for the directory of a
/// ZIP file, and for all of one that is packed in another file or comes as a stream.
pub struct Articles {
    inputs: Box<dyn Iterator<Item = Input> + Send>,
    options: Options,
    /// The folder that is being walked.
    walk: Option<Walk>,
    /// The file or stream that is being read.
    open: Option<Open>,
}

impl Articles {
    /// Goes through `inputs`.
    pub fn new<I>(inputs: I, options: Options) -> Self
    where
        I: IntoIterator<Item = Input>,
        I::IntoIter: Send + 'static,
    {
        Self { inputs: Box::new(inputs.into_iter()), options, walk: None, open: None }
    }

    /// Opens the next file or stream; false at the end of the inputs.
    fn open_next(&mut self) -> Result<bool, IngestError> {
        if let Some(walk) = &mut self.walk {
            match walk.next().transpose()? {
                Some(path) => self.open = Some(open_file(&path, &self.options)?),
                None => self.walk = None,
            }
            return Ok(true);
        }
        match self.inputs.next() {
            None => return Ok(false),
            Some(Input::Path(path)) if path.is_dir() => self.walk = Some(Walk::new(path)?),
            Some(Input::Path(path)) => self.open = Some(open_file(&path, &self.options)?),
            Some(Input::Stream { name, reader }) => {
                self.open = Some(open_stream(name, reader, &self.options)?);
            }
        }
        Ok(true)
    }
}

impl fmt::Debug for Articles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { options, walk, .. } = self;
        f.debug_struct("Articles")
            .field("options", options)
            .field("walk", walk)
            .finish_non_exhaustive()
    }
}

impl Iterator for Articles {
    type Item = Result<Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next() {
                    Some(article) => return Some(article),
                    None => self.open = None,
                }
            }
            match self.open_next() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn open_file(path: &Path, options: &Options) -> Result<Open, IngestError> {
    let name = article_name(path);
    let Some(format) = options.format.or_else(|| Format::of(path)) else {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        return Err(IngestError::Ending { name, ending });
    };
    let failed = |error| IngestError::Read { name: name.clone(), error };
    let file = File::open(path).map_err(failed)?;
    let bytes = fs::metadata(path).map_err(failed)?.len();
    if format.is_single() && bytes > options.max_document_bytes {
        let limit = options.max_document_bytes;
        return Err(IngestError::TooLarge { name, line: None, limit });
    }
    let mut reader = Box::new(BufReader::with_capacity(1 << 16, file));
    let is_open = options.format.is_none() && path.extension().is_none();
    let format = if is_open { sniff(&name, &mut reader)?.unwrap_or(format) } else { format };
    let place = Some(Place::File(path.to_owned()));
    open(Opened::new(name, options.clone()), format, reader, place)
}

/// Opens a stream, whose beginning tells its format where the options do not.
fn open_stream(
    name: String,
    mut reader: Box<dyn BufRead + Send>,
    options: &Options,
) -> Result<Open, IngestError> {
    let told = match options.format {
        None => sniff(&name, &mut *reader)?.filter(|format| *format != Format::JsonLines),
        format => format,
    };
    if let Some(format) = told {
        return open(Opened::new(name, options.clone()), format, reader, None);
    }
    let limit = options.max_document_bytes;
    let mut begun = Vec::new();
    loop {
        let start = begun.len();
        let read = read_line(&mut reader, limit, &mut begun);
        match read.map_err(|error| IngestError::Read { name: name.clone(), error })? {
            Line::TooLong => return Err(IngestError::TooLarge { name, line: None, limit }),
            Line::End => break,
            Line::Whole => {}
        }
        let line = begun.get(start..).unwrap_or_default();
        if row::is_row(line) {
            let whole = Box::new(Cursor::new(begun).chain(reader));
            return open(Opened::new(name, options.clone()), Format::JsonLines, whole, None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    Ok(Box::new(iter::once(Ok(plain::read(&name, begun, &mut reader, limit)?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_articles_is_an_error_and_the_next_one_is_read() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let files = [
            ("a.jsonl", ""),
            ("b.jsonl", "\n \n"),
            ("c.conllu", "\n"),
            ("d.jsonl", "{\"id\": \"d\", \"text\": \"\"}\n\n"),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("the folder can be written");
        }
        let input = Input::Path(folder.path().to_owned());
        let found: Vec<_> = Articles::new([input], Options::default()).collect();
        let [Err(a), Err(b), Err(c), Ok(d)] = found.as_slice() else { panic!("{found:?}") };
        for (error, name) in [(a, "a.jsonl"), (b, "b.jsonl"), (c, "c.conllu")] {
            let said = error.to_string();
            assert!(said.ends_with(&format!("{name}: a file without articles")), "{said}");
        }
        assert_eq!(d.metadata.source, "d");
    }

    #[test]
    fn a_stream_is_rows_even_if_the_first_is_wrong() {
        let rows = &b"{\"id\": 1}\n{\"id\": 2, \"text\": \"\"}\n"[..];
        let input = Input::Stream { name: "-".to_owned(), reader: Box::new(rows) };
        let found: Vec<_> = Articles::new([input], Options::default()).collect();
        let [Err(first), Ok(second)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(first.to_string(), "-:1: no article: missing field `text` at column 9");
        assert_eq!(second.metadata.source, "2");
    }
}
