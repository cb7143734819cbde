//! From a document and its analysis to [`Record`] v1, the one outward form of what sayso reads.
//!
//! Inside the engine spans count bytes; in a record they count code points. [`Record::new`] is the
//! one place where bytes become code points, and no view invents a shape of its own.

mod build;
pub mod conllu;
mod entities;
mod explain;
mod hash;
mod offsets;
mod record;
mod rows;
mod statements;

pub use explain::{
    ActReason, EntityExplanation, Explanation, Link, Probabilities, Reasons, RunnerUp,
    SourceReason, StatementExplanation, UnknownRow, explain,
};
pub use record::{
    Act, Block, BlockKind, Bound, Certainty, CertaintyValue, CharSpan, Description, Document,
    Entity, EntityKind, Event, Form, Magnitude, Manner, Mention, Note, Reader, Record, Reference,
    Relation, RelationKind, SCHEMA, Source, SourceKind, Statement, Tense, Time, TimeKind, TimeOf,
};
pub use rows::Rows;

/// The JSON Schema (draft 2020-12) of Record v1.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Record)
}
