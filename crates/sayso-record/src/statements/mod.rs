//! Who is said to have said what: from attributions to statements.
//!
//! Extractors give rows of tokens; [`links`] makes them hold together; one module for each field
//! reads it off the row's words, the tree and the word lists of `data/`.

mod act;
mod addressee;
mod describe;
mod extractors;
mod hedge;
mod links;
mod manner;
pub(crate) mod row;
mod score;
mod source;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use sayso_text::TokenRange;

use crate::entities::Links;
use crate::explain::{ActReason, Probabilities, Reasons, RunnerUp, SourceReason};
use crate::text::Text;
use crate::{CharSpan, Reference, Source, SourceKind, Statement};
use extractors::{MODEL, RULES};
use row::{Basis, Row};
pub(crate) use source::UNRESOLVED;
use source::Voice;

/// The statements of a document, each with what decided it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statements {
    pub(crate) rows: Vec<Statement>,
    /// What decided each row.
    pub(crate) reasons: Vec<Reasons>,
    /// Each row in tokens, with its parent as a place among the rows.
    pub(crate) parts: Vec<Row>,
}

/// The statements of a document, in order of their cues, each with what decided it.
///
/// # Cost
///
/// Linear in words and attributions, but for sorting and look-ups.
pub(crate) fn statements(text: &Text<'_>, links: &Links<'_>) -> Statements {
    let (mut found, mut by_rule) = (Vec::new(), Vec::new());
    MODEL.extract(text, &mut found);
    for rule in RULES {
        rule.extract(text, &mut by_rule);
    }
    let rows = links::linked(found, by_rule, text.n_tokens());
    let voices = source::voices(text, links, &rows);
    let ids = ids(text, &rows);
    let scare = scare_quotes(text, &rows);
    let parts = rows.iter().zip(&voices).zip(scare).enumerate();
    let told = parts.map(|(nth, ((row, voice), scare))| {
        let manner = manner::manner(text, row);
        let act = act::act(text, row, manner);
        let statement = Statement {
            id: ids[nth].clone(),
            source: source(text, row, voice),
            cue: vec![text.chars(row.cue)],
            content: row.content.iter().map(|&piece| text.chars(piece)).collect(),
            manner,
            act: act.act,
            addressee: addressee(text, links, row),
            parent: row.parent.map(|parent| ids[parent].clone()),
            hedge: hedges(text, row, &scare),
            score: score::score(&row.basis, manner),
        };
        let reasons = reasons(text, row, voice, act);
        (statement, reasons)
    });
    let (rows_told, reasons) = told.unzip();
    Statements { rows: rows_told, reasons, parts: rows }
}

/// `s` and the span of each row's cue; a number behind it where rows share a cue.
fn ids(text: &Text<'_>, rows: &[Row]) -> Vec<String> {
    let mut times: BTreeMap<CharSpan, u32> = BTreeMap::new();
    let id = |row: &Row| {
        let span = text.chars(row.cue);
        let nth = times.entry(span).or_default();
        *nth += 1;
        let id = format!("s{}-{}", span.start, span.end);
        if *nth == 1 { id } else { format!("{id}.{nth}") }
    };
    rows.iter().map(id).collect()
}

fn source(text: &Text<'_>, row: &Row, voice: &Voice) -> Source {
    let unnamed = voice.kind == SourceKind::Unnamed;
    Source {
        span: row.source.map(|tokens| vec![text.chars(tokens)]),
        entity: voice.entity.map(|at| text.entities[at].id.clone()),
        kind: voice.kind,
        description: if unnamed { describe::description(text, row) } else { None },
    }
}

fn addressee(text: &Text<'_>, links: &Links<'_>, row: &Row) -> Option<Reference> {
    let tokens = addressee::addressee(text, row)?;
    let entity = links.entity_of(text, tokens, text.head_of(tokens));
    let entity = entity.map(|(at, _)| text.entities[at].id.clone());
    Some(Reference { span: vec![text.chars(tokens)], entity })
}

fn hedges(text: &Text<'_>, row: &Row, scare: &[TokenRange]) -> Vec<CharSpan> {
    hedge::hedges(text, row, scare).into_iter().map(|tokens| text.chars(tokens)).collect()
}

/// The scare quotes of each row: quotations of one word, in the innermost content around them,
/// where that is longer.
fn scare_quotes(text: &Text<'_>, rows: &[Row]) -> Vec<Vec<TokenRange>> {
    let quotations = hedge::single_words(text);
    let mut found = vec![Vec::new(); rows.len()];
    for (quotation, row) in quotations.iter().zip(links::innermost(rows, &quotations)) {
        let Some(row) = row else { continue };
        let n_words: usize = rows[row].content.iter().map(|piece| piece.len()).sum();
        // Beside the quotation there have to be more words than a stop or a comma.
        if n_words > quotation.len() + 2 {
            found[row].push(*quotation);
        }
    }
    found
}

fn reasons(text: &Text<'_>, row: &Row, voice: &Voice, act: act::Reading) -> Reasons {
    let sentence = |token: usize| text.sentence(token).map(|it| it.tokens);
    let first = sentence(row.cue.range().start).unwrap_or(row.cue);
    let last = sentence(row.cue.range().end - 1).unwrap_or(row.cue);
    let context =
        TokenRange { start: first.start.min(row.cue.start), end: last.end.max(row.cue.end) };
    let (probabilities, runner_up) = match row.basis {
        Basis::Rule { .. } => (None, None),
        Basis::Model { cue, source, content, runner_up } => {
            let inside =
                |range: &TokenRange| !range.is_empty() && range.range().end <= text.n_tokens();
            let other = runner_up.filter(|(tokens, _)| inside(tokens));
            let runner_up = other.map(|(tokens, probability)| RunnerUp {
                span: text.chars(tokens),
                probability: rounded(probability),
            });
            let [cue, source, content] = [cue, source, content].map(rounded);
            (Some(Probabilities { cue, source, content }), runner_up)
        }
    };
    Reasons {
        context: text.chars(context),
        extractor: row.extractor,
        probabilities,
        runner_up,
        act: ActReason {
            rule: act.rule,
            word: act.word.map(|token| text.chars(TokenRange::new(token, token + 1))),
            entry: act.entry,
        },
        source: SourceReason { rule: voice.rule },
    }
}

/// A probability to four places; 0 for what is no number.
fn rounded(probability: f32) -> f64 {
    let probability = if probability.is_finite() { f64::from(probability) } else { 0.0 };
    (probability * 1e4).round() / 1e4
}
