use schemars::JsonSchema;
use serde::Serialize;

use super::{CharSpan, Reference};

/// An attribution: someone is said to have said something.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Statement {
    /// `s` and the span of its cue: `s462-466`.
    pub id: String,
    /// Who is said to have said it.
    pub source: Source,
    /// The words that say so: *said*, *according to*, a colon.
    pub cue: Vec<CharSpan>,
    /// What was said, quotation marks included.
    pub content: Vec<CharSpan>,
    /// Whether in the source's own words.
    pub manner: Manner,
    /// What is done by saying it.
    pub act: Act,
    /// Whom it was said to.
    pub addressee: Option<Reference>,
    /// The id of the statement in whose content this one stands.
    pub parent: Option<String>,
    /// Words that keep it at a distance: *reportedly*, *allegedly*, scare quotes.
    pub hedge: Vec<CharSpan>,
    /// How sure the reader is of the row, 0 to 1.
    pub score: f64,
}

/// Who is said to have said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source {
    /// The words that name it; null when the text has none.
    pub span: Option<Vec<CharSpan>>,
    /// The entity's id.
    pub entity: Option<String>,
    /// How far the text names it.
    pub kind: SourceKind,
}

/// How far the text names a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// By name, here or elsewhere in the text.
    Named,
    /// *Officials*, *a source*, *reportedly*, or a passive without an agent.
    Unnamed,
    /// The article's own voice.
    Author,
    /// No words of its own; another statement's source goes on.
    Implicit,
}

/// Whether a content is in the source's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Manner {
    Direct,
    Indirect,
    Mixed,
}

/// What is done by saying something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Act {
    Say,
    Claim,
    Deny,
    Confirm,
    Accuse,
    Promise,
    Order,
    Ask,
    Reject,
    Praise,
    Believe,
    Report,
    Other,
}
