//! Why a row is as it is.

mod event;

use sayso_analysis::Analysis;
use sayso_text::{Document, Offsets};
use schemars::JsonSchema;
use serde::Serialize;

pub use event::{
    ArgumentReason, EventExplanation, EventReasons, FactualityReason, PatternReason,
    PredicateReason, VoiceReason, WordReason,
};

use crate::rows::Rows;
use crate::{CharSpan, Entity, Form, Mention, Relation, Statement};

/// A row with what decided it, beside the row itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Explanation {
    /// Of a statement.
    Statement(Box<StatementExplanation>),
    /// Of an event.
    Event(Box<EventExplanation>),
    /// Of an entity.
    Entity(EntityExplanation),
    /// Of a relation.
    Relation(Box<RelationExplanation>),
}

/// Why a statement is as it is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatementExplanation {
    /// The row.
    pub statement: Statement,
    /// Who speaks through whom, the outermost first, in words; the article itself is left out.
    pub chain: Vec<String>,
    /// The entity of its source, with all mentions.
    pub entity: Option<Entity>,
    /// What decided.
    #[serde(flatten)]
    pub reasons: Reasons,
}

/// What decided a statement.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Reasons {
    /// The sentence of the cue.
    pub context: CharSpan,
    /// What found it: `model`, or the name of a rule.
    pub extractor: &'static str,
    /// Probabilities of the model's decisions; null for a rule's row.
    pub probabilities: Option<Probabilities>,
    /// The likeliest other source.
    pub runner_up: Option<RunnerUp>,
    /// What decided the act.
    pub act: ActReason,
    /// What decided the kind of the source.
    pub source: SourceReason,
}

/// Probabilities of the model's decisions, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Probabilities {
    /// That somebody is said to have said something here.
    pub cue: f64,
    /// Of the source's words, or that there are none, given the cue.
    pub source: f64,
    /// Mean over the content's words, given the cue.
    pub content: f64,
}

/// The likeliest other source.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RunnerUp {
    /// Its words.
    pub span: CharSpan,
    /// Its probability, 0 to 1.
    pub probability: f64,
}

/// What decided an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActReason {
    /// The rule, in a few words.
    pub rule: &'static str,
    /// The word that decided.
    pub word: Option<CharSpan>,
    /// Its entry in the list of acts: lemma, frame, part of speech, such as `ask+to (v)`.
    pub entry: Option<String>,
}

/// What decided the kind of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceReason {
    /// The rule, in a few words.
    pub rule: &'static str,
}

/// Why mentions are taken for one entity.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntityExplanation {
    /// The row.
    pub entity: Entity,
    /// How each mention came to it, in the order of its mentions.
    pub links: Vec<Link>,
    /// The ids of the statements whose source it is.
    pub statements: Vec<String>,
}

/// Why a relation is as it is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RelationExplanation {
    /// The row.
    pub relation: Relation,
    /// The entities of its subject, its object and who decides so, in this order, those it has.
    pub entities: Vec<Entity>,
    /// The rule, in a few words.
    pub rule: &'static str,
    /// Who speaks in each statement around it, the outermost first, in words.
    pub chain: Vec<String>,
}

/// How a mention came to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// The mention.
    pub mention: Mention,
    /// The rule, in a few words.
    pub rule: &'static str,
}

/// A row that a document does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRow {
    /// What kind of row its id is of; none if it is no id.
    pub kind: Option<IdKind>,
    /// The rows of its kind nearest to it, the nearest first.
    pub nearest: Vec<String>,
}

/// What kind of row an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// `s` and a span.
    Statement,
    /// `e` and a span.
    Entity,
    /// `v` and a span.
    Event,
    /// `r` and a span.
    Relation,
    /// A row that is not explained: a time.
    Other,
}

/// How many near rows are named.
const MAX_NEAREST: usize = 3;

/// Explains the row `id` of a document.
///
/// # Errors
///
/// [`UnknownRow`] if the document has no row of this id.
pub fn explain(
    document: &Document,
    analysis: &Analysis<'_>,
    published: Option<&str>,
    id: &str,
) -> Result<Explanation, UnknownRow> {
    let rows = Rows::new(document, analysis, published);
    if let Some(nth) = rows.statements.iter().position(|it| it.id == id) {
        return Ok(Explanation::Statement(Box::new(statement(document, &rows, nth))));
    }
    if let Some(nth) = rows.events.iter().position(|it| it.id == id) {
        return Ok(Explanation::Event(Box::new(event::event(document, &rows, nth))));
    }
    if let Some(found) = rows.entities.iter().find(|it| it.id == id) {
        return Ok(Explanation::Entity(entity(document, &rows, found)));
    }
    if let Some(nth) = rows.relations.iter().position(|it| it.id == id) {
        return Ok(Explanation::Relation(Box::new(relation(document, &rows, nth))));
    }
    let kind = kind_of(id);
    Err(UnknownRow { kind, nearest: nearest(&rows, id, kind) })
}

fn statement(document: &Document, rows: &Rows, nth: usize) -> StatementExplanation {
    let statement = rows.statements[nth].clone();
    let at = Offsets::new(&document.text);
    let voice = |&nth: &usize| rows.voice(&document.text, &at, nth);
    let chain = rows.chain(nth).iter().map(voice).collect();
    let id = statement.source.entity.as_deref();
    let entity = rows.entities.iter().find(|it| Some(it.id.as_str()) == id).cloned();
    StatementExplanation { chain, entity, reasons: rows.reasons[nth].clone(), statement }
}

fn entity(document: &Document, rows: &Rows, entity: &Entity) -> EntityExplanation {
    let at = Offsets::new(&document.text);
    let link = |(nth, &mention): (usize, &Mention)| {
        let words = mention.span.bytes(&at).of(&document.text);
        let same = words.split_whitespace().eq(entity.name.split_whitespace());
        let rule = match mention.form {
            _ if nth == 0 => "the first mention",
            Form::Name if same => "the same name",
            Form::Name => "a form of the name",
            Form::Nominal => "a description that the model links to it",
            Form::Pronoun => "a pronoun that the model links to it",
        };
        Link { mention, rule }
    };
    let of_entity = |it: &&Statement| it.source.entity.as_deref() == Some(entity.id.as_str());
    EntityExplanation {
        links: entity.mentions.iter().enumerate().map(link).collect(),
        statements: rows.statements.iter().filter(of_entity).map(|it| it.id.clone()).collect(),
        entity: entity.clone(),
    }
}

/// The kind of an id by its first letter, if the rest is a span: `s10-20`, `s10-20.2`.
fn kind_of(id: &str) -> Option<IdKind> {
    let kind = match id.get(..1)? {
        "s" => IdKind::Statement,
        "e" => IdKind::Entity,
        "v" => IdKind::Event,
        "r" => IdKind::Relation,
        "t" => IdKind::Other,
        _ => return None,
    };
    let (span, nth) = id.get(1..)?.split_once('.').unwrap_or((id.get(1..)?, "1"));
    let (start, end) = span.split_once('-')?;
    let is_number = |it: &str| it.parse::<u32>().is_ok();
    [start, end, nth].into_iter().all(is_number).then_some(kind)
}

fn relation(document: &Document, rows: &Rows, nth: usize) -> RelationExplanation {
    let relation = rows.relations[nth].clone();
    let at = Offsets::new(&document.text);
    let ids = [Some(&relation.subject), relation.object.as_ref(), relation.by.as_ref()];
    let entity = |id: &String| rows.entities.iter().find(|it| it.id == *id).cloned();
    let entities = ids.into_iter().flatten().filter_map(entity).collect();
    let within = relation.within.as_ref();
    let within = within.and_then(|id| rows.statements.iter().position(|it| it.id == *id));
    let around = within.map_or_else(Vec::new, |at| rows.chain(at));
    let chain = around.iter().map(|&it| rows.voice(&document.text, &at, it)).collect();
    RelationExplanation { rule: rows.relation_rules[nth], entities, chain, relation }
}

/// The ids of the same kind whose anchors are nearest.
fn nearest(rows: &Rows, id: &str, kind: Option<IdKind>) -> Vec<String> {
    let anchor = |id: &str| {
        let digits = id.get(1..)?.split(['-', '.']).next()?;
        digits.parse::<u32>().ok()
    };
    let mut ids: Vec<&String> = match kind {
        Some(IdKind::Statement) => rows.statements.iter().map(|it| &it.id).collect(),
        Some(IdKind::Event) => rows.events.iter().map(|it| &it.id).collect(),
        Some(IdKind::Relation) => rows.relations.iter().map(|it| &it.id).collect(),
        Some(IdKind::Entity) => rows.entities.iter().map(|it| &it.id).collect(),
        Some(IdKind::Other) | None => Vec::new(),
    };
    let wanted = anchor(id).unwrap_or(0);
    ids.sort_by_key(|id| anchor(id).map_or(u32::MAX, |at| at.abs_diff(wanted)));
    ids.into_iter().take(MAX_NEAREST).cloned().collect()
}
