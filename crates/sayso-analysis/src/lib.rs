//! From a `Document` to its [`Analysis`]: tags, lemmas, dependency trees and names.

mod agreement;
mod analysis;
mod analyzer;
mod attribution;
mod coreference;
mod encoder;
mod entity_index;
pub mod export;
pub mod features;
mod gazetteer;
mod heads;
mod names;

pub use analysis::{
    Analysis, Argument, Attribution, Entity, EntityKind, Mention, MentionForm, Name, Predicate,
    Word,
};
pub use analyzer::{Analyzer, Scratch};
pub use coreference::{is_country, is_demonym, is_event_noun, is_person_noun};
pub use entity_index::EntityIndex;
