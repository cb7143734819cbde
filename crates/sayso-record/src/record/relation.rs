use schemars::JsonSchema;
use serde::Serialize;

use super::{Certainty, CharSpan};

/// What is said to hold between entities.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Relation {
    /// `r` and its anchor's span.
    pub id: String,
    /// What kind of relation it is.
    pub kind: RelationKind,
    /// The id of the entity it is about.
    pub subject: String,
    /// The id of the entity it leads to.
    pub object: Option<String>,
    /// What the subject is called or counted as: *President*, *terrorist organization*.
    pub value: Option<String>,
    /// The id of the entity that says or decides so.
    pub by: Option<String>,
    /// The words that say so.
    pub span: Vec<CharSpan>,
    /// The id of the innermost statement that holds them.
    pub within: Option<String>,
    /// What each voice commits to.
    pub certainty: Vec<Certainty>,
    /// How sure the reader is of the row, 0 to 1.
    pub score: f64,
}

/// What holds between entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RelationKind {
    Role,
    Alias,
    Designation,
    Membership,
    Location,
    Origin,
}

impl RelationKind {
    /// The kind's name in a record, such as `role`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Alias => "alias",
            Self::Designation => "designation",
            Self::Membership => "membership",
            Self::Location => "location",
            Self::Origin => "origin",
        }
    }
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Time {
    /// The words.
    pub span: Vec<CharSpan>,
    /// What kind of time it is.
    pub kind: TimeKind,
    /// TIMEX3 value: `2025-08-08`.
    pub value: Option<String>,
}

/// What kind of time an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}
