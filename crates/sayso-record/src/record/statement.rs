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
    /// How an unnamed source is described; null for all others, and where no word describes it.
    pub description: Option<Description>,
}

/// How the text describes a source that it does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Description {
    /// What they are: *senior officials*.
    pub role: Option<CharSpan>,
    /// How many there are: *three*, *several*.
    pub number: Option<CharSpan>,
    /// Why they are not named: *who were not authorized to speak publicly*.
    pub reason: Option<CharSpan>,
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

impl Manner {
    /// The manner's name in Record v1, such as `direct`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

impl SourceKind {
    /// The kind's name in Record v1, such as `named`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Unnamed => "unnamed",
            Self::Author => "author",
            Self::Implicit => "implicit",
        }
    }
}

impl Act {
    /// Every act, in the order of Record v1.
    pub const ALL: [Self; 13] = [
        Self::Say,
        Self::Claim,
        Self::Deny,
        Self::Confirm,
        Self::Accuse,
        Self::Promise,
        Self::Order,
        Self::Ask,
        Self::Reject,
        Self::Praise,
        Self::Believe,
        Self::Report,
        Self::Other,
    ];

    /// The act's name in Record v1, such as `say`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::Claim => "claim",
            Self::Deny => "deny",
            Self::Confirm => "confirm",
            Self::Accuse => "accuse",
            Self::Promise => "promise",
            Self::Order => "order",
            Self::Ask => "ask",
            Self::Reject => "reject",
            Self::Praise => "praise",
            Self::Believe => "believe",
            Self::Report => "report",
            Self::Other => "other",
        }
    }
}
