//! The types of Record v1: plain data, one field here for each field of the written form.
//!
//! A field that a document does not fill is written as `null` or an empty list, never left out.

mod document;
mod entity;
mod event;
mod relation;
mod statement;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

pub use document::{Block, BlockKind, Document, Reader};
pub use entity::{Entity, EntityKind, Form, Mention};
pub use event::{Bound, Certainty, CertaintyValue, Event, Magnitude, Tense, TimeOf};
pub use relation::{Relation, RelationKind, Time, TimeKind};
pub use statement::{Act, Description, Manner, Source, SourceKind, Statement};

/// The number of the form that this program writes, as the `schema` field gives it.
pub const SCHEMA: &str = "sayso.record/1";

/// What sayso says about one document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Record {
    /// The form and its number: `sayso.record/1`.
    pub schema: &'static str,
    /// The text and its outward shape.
    pub document: Document,
    /// Who and what the text is about, by first mention.
    pub entities: Vec<Entity>,
    /// Who is said to have said what.
    pub statements: Vec<Statement>,
    /// What is said to have been done by whom to whom.
    pub events: Vec<Event>,
    /// What is said to hold between entities.
    pub relations: Vec<Relation>,
    /// Expressions of time with their values.
    pub times: Vec<Time>,
    /// What the reader met on the way; not errors.
    pub notes: Vec<Note>,
}

/// Something odd in the text that the reader met and read on from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Note {
    /// Stable name, such as `unbalanced-quote`.
    pub code: &'static str,
    /// A sentence for people, without a final stop.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<CharSpan>,
}

/// Words of the text, and the entity they stand for where that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reference {
    /// The words.
    pub span: Vec<CharSpan>,
    /// The entity's id.
    pub entity: Option<String>,
}

/// A half-open range of Unicode code points of `document.text`, written `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CharSpan {
    /// First code point, counted from 0.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Serialize for CharSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

impl JsonSchema for CharSpan {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A half-open range [start, end) of Unicode code points of `document.text`.",
            "type": "array",
            "items": { "type": "integer", "minimum": 0, "maximum": u32::MAX },
            "minItems": 2,
            "maxItems": 2
        })
    }
}
