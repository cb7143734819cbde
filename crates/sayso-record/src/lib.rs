//! From a document and its analysis to [`Record`] v1, the one outward form of what sayso reads.
//!
//! Inside the engine spans count bytes; in a record they count code points. [`Record::new`] is the
//! one place where bytes become code points, and no view invents a shape of its own.

mod build;
mod certainty;
pub mod conllu;
mod entities;
mod events;
mod explain;
mod hash;
mod lexicon;
mod magnitude;
mod numbers;
mod offsets;
mod record;
mod relations;
mod rows;
mod statements;
mod tense;
mod text;
mod times;
#[cfg(test)]
mod toy;
mod words;

pub use explain::{
    ActReason, ArgumentReason, EntityExplanation, EventExplanation, EventReasons, Explanation,
    FactualityReason, IdKind, Link, PatternReason, PredicateReason, Probabilities, Reasons,
    RelationExplanation, RunnerUp, SourceReason, StatementExplanation, UnknownRow, VoiceReason,
    WordReason, explain,
};
pub use hash::text_hash;
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
