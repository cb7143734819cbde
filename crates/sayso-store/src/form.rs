//! Record v1 as the ledger takes it in and gives it back.
//!
//! The ledger knows a record by its written form alone, so that it needs neither the model nor the
//! engine, and stores what any version of sayso wrote. A struct here has the fields of the form in
//! their order: what is written from it is the same bytes as what was read.

use serde::{Deserialize, Serialize};

/// A half-open range of code points of the text.
pub type Span = [u32; 2];

/// What sayso says about one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Record {
    pub schema: String,
    pub document: Document,
    pub entities: Vec<Entity>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
    pub relations: Vec<Relation>,
    pub times: Vec<Time>,
    pub notes: Vec<Note>,
}

/// The text and its outward shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Document {
    pub id: String,
    pub source: String,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub text: String,
    pub text_hash: String,
    pub blocks: Vec<Block>,
    pub sentences: Vec<Span>,
    pub reader: Reader,
}

/// A part of the article's outward shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Block {
    pub kind: String,
    pub span: Span,
}

/// What read a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Reader {
    pub version: String,
    pub model: String,
}

/// Words, and the entity they stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Reference {
    pub span: Vec<Span>,
    pub entity: Option<String>,
}

/// Somebody or something that the text is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Entity {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub named: bool,
    pub aliases: Vec<String>,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub mentions: Vec<Mention>,
    pub score: f64,
}

/// Words that stand for an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Mention {
    pub span: Span,
    pub form: String,
}

/// Somebody is said to have said something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Statement {
    pub id: String,
    pub source: Source,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    pub manner: String,
    pub act: String,
    pub addressee: Option<Reference>,
    pub parent: Option<String>,
    pub hedge: Vec<Span>,
    pub score: f64,
}

/// Who is said to have said it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Source {
    pub span: Option<Vec<Span>>,
    pub entity: Option<String>,
    pub kind: String,
    pub description: Option<Description>,
}

/// How a source that is not named is described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Description {
    pub role: Option<Span>,
    pub number: Option<Span>,
    pub reason: Option<Span>,
}

/// Something is said to have been done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Event {
    pub id: String,
    pub anchor: Span,
    pub predicate: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub mode: Option<String>,
    pub contexts: Vec<String>,
    pub cameo: Option<String>,
    pub actors: Vec<Reference>,
    pub recipients: Vec<Reference>,
    pub place: Option<Reference>,
    pub time: Option<TimeOf>,
    pub magnitude: Vec<Magnitude>,
    pub tense: String,
    pub historical: bool,
    pub within: Option<String>,
    pub certainty: Vec<Certainty>,
    pub factuality: Option<f64>,
    pub score: f64,
}

/// When an event was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct TimeOf {
    pub span: Vec<Span>,
    pub value: Option<String>,
}

/// How much or how many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Magnitude {
    pub span: Vec<Span>,
    pub value: f64,
    pub unit: Option<String>,
    pub bound: String,
}

/// What one voice commits to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Certainty {
    pub holder: String,
    pub value: String,
}

/// Something is said to hold between entities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Relation {
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub object: Option<String>,
    pub value: Option<String>,
    pub by: Option<String>,
    pub span: Vec<Span>,
    pub within: Option<String>,
    pub certainty: Vec<Certainty>,
    pub score: f64,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Time {
    pub span: Vec<Span>,
    pub kind: String,
    pub value: Option<String>,
}

/// Something odd that the reader met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Record v1 describes its fields; `sayso schema` prints them")]
pub struct Note {
    pub code: String,
    pub message: String,
    pub span: Option<Span>,
}
