//! From a `Document` to its [`Analysis`]: tags, lemmas, dependency trees and names.

mod analysis;

pub use analysis::{Analysis, EntityKind, Name, Word};
