use schemars::JsonSchema;
use serde::Serialize;

use super::{CharSpan, Reference};

/// What is said to have been done by whom to whom.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Event {
    /// `v` and its anchor: `v310-318`.
    pub id: String,
    /// The word that tells it.
    pub anchor: CharSpan,
    /// That word's dictionary form.
    pub predicate: String,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO root code.
    pub cameo: Option<String>,
    /// Who did it.
    pub actors: Vec<Reference>,
    /// Whom it was done to.
    pub recipients: Vec<Reference>,
    /// Where.
    pub place: Option<Reference>,
    /// When.
    pub time: Option<TimeOf>,
    /// How much or how many.
    pub magnitude: Vec<Magnitude>,
    /// When, seen from the time of writing.
    pub tense: Tense,
    /// Whether it is told as the background of the story: *had left*, *decades ago*.
    pub historical: bool,
    /// The id of the innermost statement that holds the anchor.
    pub within: Option<String>,
    /// What each voice commits to.
    pub certainty: Vec<Certainty>,
    /// From -3, certainly not, to 3, certainly, as the author presents it.
    pub factuality: Option<f64>,
    /// How sure the reader is of the row, 0 to 1.
    pub score: f64,
}

/// When an event was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimeOf {
    /// The words.
    pub span: Vec<CharSpan>,
    /// TIMEX3 value.
    pub value: Option<String>,
}

/// How much or how many.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Magnitude {
    /// The words.
    pub span: Vec<CharSpan>,
    /// The number.
    pub value: f64,
    /// What is counted or measured.
    pub unit: Option<String>,
    /// How the number bounds the amount.
    pub bound: Bound,
}

/// How a number bounds an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Bound {
    #[serde(rename = "about")]
    About,
    #[serde(rename = "at least")]
    AtLeast,
    #[serde(rename = "at most")]
    AtMost,
    #[serde(rename = "exact")]
    Exact,
}

/// When an event is, seen from the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Tense {
    Past,
    Present,
    Future,
    Generic,
}

/// What one voice commits to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Certainty {
    /// `author`, or the id of a statement, whose source it is.
    pub holder: String,
    /// What it commits to.
    pub value: CertaintyValue,
}

/// What a voice commits to; `FactBank`'s values in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CertaintyValue {
    /// It is so (CT+): *Troops were deployed.*
    Asserted,
    /// Likely so (PR+): *Troops have probably been deployed.*
    Probable,
    /// May be so (PS+): *Troops may be deployed.*
    Possible,
    /// Likely or possibly not so (PR-, PS-): *It is unlikely that they will be deployed.*
    Doubtful,
    /// It is not so (CT-): *No troops were deployed.*
    Denied,
    /// No commitment (Uu): *if troops are deployed*.
    Open,
}

impl CertaintyValue {
    /// The value's name in Record v1, such as `asserted`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Probable => "probable",
            Self::Possible => "possible",
            Self::Doubtful => "doubtful",
            Self::Denied => "denied",
            Self::Open => "open",
        }
    }
}

impl Tense {
    /// The tense's name in Record v1, such as `past`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Present => "present",
            Self::Future => "future",
            Self::Generic => "generic",
        }
    }
}
