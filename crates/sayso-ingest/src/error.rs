//! What can keep an article from being read.

use std::io;

/// What kept an input, or one article of it, from being read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// A file or folder that cannot be opened, or breaks off while it is read.
    #[error("{name}: cannot be read")]
    Read {
        /// The file, folder or stream.
        name: String,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// A file whose ending says that it holds something else.
    #[error("{name}: .{ending} files are not read")]
    Ending {
        /// The file.
        name: String,
        /// Its ending, without the point.
        ending: String,
    },
    /// A file that is no text.
    #[error("{name}: {reason}")]
    Binary {
        /// The file or stream.
        name: String,
        /// What was found in place of text.
        reason: String,
    },
    /// A document larger than the limit.
    #[error("{name}{}: a document of more than {} MiB", place(*line), limit >> 20)]
    TooLarge {
        /// The file or stream.
        name: String,
        /// The line it starts at, counted from 1, where the file holds several.
        line: Option<u64>,
        /// The largest document that is read, in bytes.
        limit: u64,
    },
    /// A folder without a file of a format that is read.
    #[error("{name}: a folder without articles")]
    EmptyFolder {
        /// The folder.
        name: String,
    },
    /// A file that can hold several articles, with none in it.
    #[error("{name}: a file without articles")]
    EmptyFile {
        /// The file or stream.
        name: String,
    },
    /// A page without an article, such as one that only a script would fill.
    #[error("{name}: no article in the page")]
    NoArticle {
        /// The file or address.
        name: String,
    },
    /// An item of a feed that brings no text but a link.
    #[error("{name}: only a link to {url}")]
    LinkOnly {
        /// The feed, and which of its items.
        name: String,
        /// Where the article is.
        url: String,
    },
    /// A file that is packed in too many others.
    #[error("{name}: packed more than four times over")]
    Nested {
        /// The file, with those it is packed in.
        name: String,
    },
    /// A line of JSON Lines, or a row of a table, that is no article.
    #[error("{name}:{line}: no article: {reason}")]
    Row {
        /// The file or stream.
        name: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// CoNLL-U that does not hold together.
    #[error("{name}:{line}: no CoNLL-U: {reason}")]
    Conllu {
        /// The file or stream.
        name: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

impl IngestError {
    /// What the user can do about it, as a sentence without a final stop.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Read { .. } | Self::EmptyFile { .. } => None,
            Self::Ending { .. } => Some(
                "sayso reads .txt, .md, .html, .rss, .atom, .jsonl, .csv, .tsv, .conllu, .warc, and .gz, .zst, .zip and .tar of these; say --input-format to read it as one of them",
            ),
            Self::Binary { .. } => Some("give its text, in UTF-8, UTF-16 with a mark, or Latin-1"),
            Self::TooLarge { .. } => {
                Some("split it; JSON Lines files of any size are read line by line")
            }
            Self::EmptyFolder { .. } => Some(
                "a folder or archive is searched for .txt, .md, .html, .rss, .atom, .xml, .json, .jsonl, .csv, .tsv, .conllu and .warc files and archives of these, hidden ones left out",
            ),
            Self::NoArticle { .. } => Some(
                "a page that shows its text by a script has none in its file; save it from a browser",
            ),
            Self::LinkOnly { .. } => Some("save the page and read it, or give its text"),
            Self::Nested { .. } => Some("unpack it first"),
            Self::Row { .. } => Some(
                "each line is one JSON object: {\"id\": \"…\", \"text\": \"…\"}, with title, authors, outlet, published and url where known; a table has columns of these names",
            ),
            Self::Conllu { .. } => Some(
                "each word is a line of ten columns with tabs between; see universaldependencies.org/format.html",
            ),
        }
    }
}

/// A line as a message writes it behind a file's name.
fn place(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!(":{line}"))
}
