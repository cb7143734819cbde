//! Why a row is as it is.

use sayso_analysis::Analysis;
use sayso_text::{Document, Offsets};
use schemars::JsonSchema;
use serde::Serialize;

use crate::rows::Rows;
use crate::{CharSpan, Entity, Form, Mention, Statement};

/// A row with what decided it, beside the row itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Explanation {
    /// Of a statement.
    Statement(Box<StatementExplanation>),
    /// Of an entity.
    Entity(EntityExplanation),
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
    /// The rows of its kind nearest to it, the nearest first.
    pub nearest: Vec<String>,
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
    id: &str,
) -> Result<Explanation, UnknownRow> {
    let rows = Rows::new(document, analysis);
    if let Some(nth) = rows.statements.iter().position(|it| it.id == id) {
        return Ok(Explanation::Statement(Box::new(statement(document, &rows, nth))));
    }
    if let Some(found) = rows.entities.iter().find(|it| it.id == id) {
        return Ok(Explanation::Entity(entity(document, &rows, found)));
    }
    Err(UnknownRow { nearest: nearest(&rows, id) })
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

/// The ids of the same kind whose anchors are nearest.
fn nearest(rows: &Rows, id: &str) -> Vec<String> {
    let anchor = |id: &str| {
        let digits = id.get(1..)?.split(['-', '.']).next()?;
        digits.parse::<u32>().ok()
    };
    let statements = rows.statements.iter().map(|it| &it.id);
    let entities = rows.entities.iter().map(|it| &it.id);
    let mut ids: Vec<&String> =
        if id.starts_with('e') { entities.collect() } else { statements.collect() };
    let wanted = anchor(id).unwrap_or(0);
    ids.sort_by_key(|id| anchor(id).map_or(u32::MAX, |at| at.abs_diff(wanted)));
    ids.into_iter().take(MAX_NEAREST).cloned().collect()
}
