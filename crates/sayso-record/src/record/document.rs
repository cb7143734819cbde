use sayso_text as text;
use schemars::JsonSchema;
use serde::Serialize;

use super::CharSpan;

/// The text and its outward shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Document {
    /// A hash of source and text: 32 hexadecimal digits.
    pub id: String,
    /// The path, the URL, `-` for standard input, or the id of a row of JSON Lines.
    pub source: String,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, as the source writes it.
    pub published: Option<String>,
    /// The language as ISO 639 code; null if it is not known.
    pub language: Option<String>,
    /// The text that every offset refers to.
    pub text: String,
    /// A hash of the text: 32 hexadecimal digits of XXH3-128 over its UTF-8.
    pub text_hash: String,
    /// Headings, paragraphs and so on, in text order.
    pub blocks: Vec<Block>,
    /// Sentences in text order.
    pub sentences: Vec<CharSpan>,
    /// What read it.
    pub reader: Reader,
}

/// A part of the article's outward shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Block {
    /// What part it is.
    pub kind: BlockKind,
    /// Its text, without the white space around it.
    pub span: CharSpan,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum BlockKind {
    Title,
    Heading,
    Paragraph,
    List,
    Caption,
    Byline,
    Boilerplate,
}

impl From<text::BlockKind> for BlockKind {
    fn from(kind: text::BlockKind) -> Self {
        match kind {
            text::BlockKind::Title => Self::Title,
            text::BlockKind::Heading => Self::Heading,
            text::BlockKind::Paragraph => Self::Paragraph,
            text::BlockKind::List => Self::List,
            text::BlockKind::Caption => Self::Caption,
            text::BlockKind::Byline => Self::Byline,
            text::BlockKind::Boilerplate => Self::Boilerplate,
        }
    }
}

/// What read a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reader {
    /// The version of sayso.
    pub version: String,
    /// The model's name and the hash of its weights: `name@hash`.
    pub model: String,
}
