//! Why an event is as it is.

use sayso_text::{Document, Offsets};
use schemars::JsonSchema;
use serde::Serialize;

use crate::rows::Rows;
use crate::{Certainty, CharSpan, Entity, Event};

/// Why an event is as it is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventExplanation {
    /// The row.
    pub event: Event,
    /// Who speaks through whom around it, the outermost first, in words; the article itself is left
    /// out.
    pub chain: Vec<String>,
    /// The entities of its actors and recipients.
    pub entities: Vec<Entity>,
    /// What decided.
    #[serde(flatten)]
    pub reasons: EventReasons,
}

/// What decided an event.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EventReasons {
    /// The sentence of the anchor.
    pub context: CharSpan,
    /// What tells the type, where one pattern does.
    pub pattern: Option<PatternReason>,
    /// The verb that supports the anchor: *\[carried out\] an attack*.
    pub support: Option<CharSpan>,
    /// What the trained head makes of the anchor.
    pub predicate: Option<PredicateReason>,
    /// What each voice commits to, in the order of the row's certainty.
    pub voices: Vec<VoiceReason>,
    /// What the factuality is made of.
    pub factuality: FactualityReason,
}

/// A line of the list of event types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PatternReason {
    /// The word as the list has it: `carry+out`.
    pub entry: &'static str,
    /// The line's example.
    pub example: &'static str,
}

/// A predicate as `PropBank` has it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PredicateReason {
    /// Its sense: `deploy.01`.
    pub roleset: Option<String>,
    /// Probability that the anchor is a predicate, 0 to 1.
    pub probability: f64,
    /// Its arguments.
    pub arguments: Vec<ArgumentReason>,
}

/// An argument as `PropBank` has it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ArgumentReason {
    /// Its label: `ARG0`.
    pub role: String,
    /// Its words.
    pub span: CharSpan,
    /// Probability of the label, 0 to 1.
    pub probability: f64,
}

/// What one voice commits to, and the words that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VoiceReason {
    /// As in the row.
    #[serde(flatten)]
    pub commitment: Certainty,
    /// The words, the outermost first; none where it is said flatly.
    pub words: Vec<WordReason>,
}

/// A word that decided, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordReason {
    /// The word.
    pub span: CharSpan,
    /// The rule, in a few words.
    pub rule: &'static str,
}

/// What a factuality is made of, each from -3 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FactualityReason {
    /// By the trained head.
    pub head: Option<f64>,
    /// By the words around the anchor.
    pub rules: f64,
}

pub(super) fn event(document: &Document, rows: &Rows, nth: usize) -> EventExplanation {
    let event = rows.events[nth].clone();
    let at = Offsets::new(&document.text);
    let within = event.within.as_deref();
    let within = rows.statements.iter().position(|it| Some(it.id.as_str()) == within);
    let chain = within.map(|at| rows.chain(at)).unwrap_or_default();
    let chain = chain.iter().map(|&nth| rows.voice(&document.text, &at, nth)).collect();
    let parties = event.actors.iter().chain(&event.recipients);
    let ids: Vec<&String> = parties.filter_map(|it| it.entity.as_ref()).collect();
    let entities = rows.entities.iter().filter(|it| ids.contains(&&it.id)).cloned().collect();
    EventExplanation { chain, entities, reasons: rows.event_reasons[nth].clone(), event }
}
