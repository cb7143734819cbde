//! The forms in which articles come.

use std::ffi::OsStr;
use std::path::Path;

/// How the articles stand in a file or a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The whole file is one article's text: `.txt`, `.md`, or no ending.
    Text,
    /// JSON Lines, one article a line: `.jsonl`.
    ///
    /// A row is `{id, text, title?, authors?, outlet?, published?, url?}`; other fields are left
    /// alone. Its `id`, else its `url`, else the place of its line is the article's source.
    JsonLines,
    /// A page of the web, of which the article is read: `.html`, `.htm`, `.xhtml`.
    Html,
    /// CoNLL-U with its sentences, tokens and multiword tokens: `.conllu`.
    ///
    /// Each `# newdoc` starts an article, with its id as the source.
    Conllu,
}

impl Format {
    /// The endings that a folder is searched for.
    pub const ENDINGS: [&str; 7] = ["txt", "md", "html", "htm", "xhtml", "jsonl", "conllu"];

    /// The format that a path's ending tells, or none for an ending that is not read.
    pub fn of(path: &Path) -> Option<Self> {
        let Some(ending) = path.extension().and_then(OsStr::to_str) else {
            return path.extension().is_none().then_some(Self::Text);
        };
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "md" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" => Some(Self::JsonLines),
            "conllu" => Some(Self::Conllu),
            _ => None,
        }
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
        assert_eq!(of("paper.pdf"), None);
    }
}
