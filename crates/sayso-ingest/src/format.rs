//! The forms in which articles come.

use std::ffi::OsStr;
use std::path::Path;

use crate::row;

/// How the articles stand in a file or a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The whole file is one article's text: `.txt`, `.md`, or no ending.
    Text,
    /// A page of the web, of which the article is read: `.html`, `.htm`, `.xhtml`.
    Html,
    /// RSS, Atom or JSON Feed, each item with its text an article: `.rss`, `.atom`, `.xml`, `.json`.
    Feed,
    /// JSON Lines, one article a line: `.jsonl`.
    ///
    /// A row is `{id, text, title?, authors?, outlet?, published?, url?}`; other fields are left
    /// alone. Its `id`, else its `url`, else the place of its line is the article's source.
    JsonLines,
    /// A table with a line of column names, one article a row: `.csv`.
    Csv,
    /// The same with tabs between its columns: `.tsv`.
    Tsv,
    /// CoNLL-U with its sentences, tokens and multiword tokens: `.conllu`.
    ///
    /// Each `# newdoc` starts an article, with its id as the source.
    Conllu,
    /// An archive of the web, of which the pages are read: `.warc`, packed as `.warc.gz`.
    Warc,
    /// A file packed with gzip: `.gz`, `.tgz`.
    Gzip,
    /// A file packed with Zstandard: `.zst`.
    Zstd,
    /// A folder packed as ZIP: `.zip`.
    Zip,
    /// A folder packed as TAR: `.tar`.
    Tar,
}

/// The endings that are read, and what they say.
const ENDINGS: [(&str, Format); 20] = [
    ("txt", Format::Text),
    ("md", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("xml", Format::Feed),
    ("json", Format::Feed),
    ("jsonl", Format::JsonLines),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("conllu", Format::Conllu),
    ("warc", Format::Warc),
    ("wet", Format::Warc),
    ("gz", Format::Gzip),
    ("tgz", Format::Gzip),
    ("zst", Format::Zstd),
    ("zip", Format::Zip),
    ("tar", Format::Tar),
];

/// How files of some formats begin.
const MARKS: [(&[u8], Format); 4] = [
    (b"\x1F\x8B", Format::Gzip),
    (b"\x28\xB5\x2F\xFD", Format::Zstd),
    (b"PK\x03\x04", Format::Zip),
    (b"WARC/", Format::Warc),
];

/// How texts of some formats begin, in small letters.
const OPENINGS: [(&str, Format); 6] = [
    ("<!doctype html", Format::Html),
    ("<html", Format::Html),
    ("<?xml", Format::Feed),
    ("<rss", Format::Feed),
    ("<feed", Format::Feed),
    ("<rdf:rdf", Format::Feed),
];

impl Format {
    /// The endings that a folder is searched for.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        ENDINGS.iter().map(|(ending, _)| *ending)
    }

    /// The format that a path's ending tells, or none for an ending that is not read.
    pub fn of(path: &Path) -> Option<Self> {
        let Some(ending) = path.extension().and_then(OsStr::to_str) else {
            return path.extension().is_none().then_some(Self::Text);
        };
        let ending = ending.to_ascii_lowercase();
        ENDINGS.iter().find(|(other, _)| *other == ending).map(|(_, format)| *format)
    }

    /// The format that a file's beginning tells; none for plain text and what is not known.
    pub(crate) fn of_start(start: &[u8]) -> Option<Self> {
        if let Some((_, format)) = MARKS.iter().find(|(mark, _)| start.starts_with(mark)) {
            return Some(*format);
        }
        if start.get(257..262) == Some(b"ustar") {
            return Some(Self::Tar);
        }
        let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
        let head = String::from_utf8_lossy(start.get(..400).unwrap_or(start)).to_ascii_lowercase();
        let opening = OPENINGS.iter().find(|(opening, _)| head.starts_with(opening));
        let is_page = || head.contains("<html") || head.contains("<!doctype html");
        match opening {
            Some((_, Self::Feed)) if is_page() => Some(Self::Html),
            Some((_, format)) => Some(*format),
            None if head.starts_with('{') && head.contains("jsonfeed.org") => Some(Self::Feed),
            None if row::is_row(start.split(|byte| *byte == b'\n').next().unwrap_or_default()) => {
                Some(Self::JsonLines)
            }
            None => None,
        }
    }

    /// Whether all of a file is one article.
    pub(crate) fn is_single(self) -> bool {
        matches!(self, Self::Text | Self::Html | Self::Feed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format() {
        let of = |path: &str| Format::of(Path::new(path));
        assert_eq!(of("news/a.txt"), Some(Format::Text));
        assert_eq!(of("A.MD"), Some(Format::Text));
        assert_eq!(of("README"), Some(Format::Text));
        assert_eq!(of("b.jsonl"), Some(Format::JsonLines));
        assert_eq!(of("b.conllu"), Some(Format::Conllu));
        assert_eq!(of("b.warc.gz"), Some(Format::Gzip));
        assert_eq!(of("paper.pdf"), None);
    }

    #[test]
    fn so_does_the_beginning() {
        let of = |start: &str| Format::of_start(start.as_bytes());
        assert_eq!(of("\u{FEFF}\n<!DOCTYPE HTML><p>"), Some(Format::Html));
        assert_eq!(of("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC>"), Some(Format::Html));
        assert_eq!(of("<?xml version=\"1.0\"?><rss>"), Some(Format::Feed));
        assert_eq!(of("{\"version\": \"https://jsonfeed.org/version/1\""), Some(Format::Feed));
        assert_eq!(of("{\"text\": \"\"}\n{"), Some(Format::JsonLines));
        assert_eq!(of("WARC/1.0\r\n"), Some(Format::Warc));
        assert_eq!(of("Rates fell."), None);
    }
}
