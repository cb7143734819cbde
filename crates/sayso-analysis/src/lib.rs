//! From a `Document` to its [`Analysis`]: tags, lemmas, dependency trees and names.

mod analysis;
mod analyzer;

pub use analysis::{Analysis, EntityKind, Name, Word};
pub use analyzer::{Analyzer, Scratch};
