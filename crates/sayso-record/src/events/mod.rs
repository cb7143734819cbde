//! What is said to have happened: who did what to whom, in the types of PLOVER 0.8.
//!
//! [`frame`] reads off the tree who stands around a word, [`pattern`] holds what words tell which type,
//! [`party`] who can take part, and [`coder`] brings them together: [`fit`] finds the pattern of a word,
//! [`sides`] who does it to whom, [`evidence`] whether that is enough for a type, [`clause`] what the
//! clauses around make of it, [`setting`] where and when.

mod clause;
mod coder;
mod context;
mod domain;
mod evidence;
mod fit;
mod frame;
mod kind;
mod party;
mod pattern;
mod phrase;
mod setting;
mod sides;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use sayso_analysis::{Argument, Predicate};
use sayso_text::TokenRange;

use crate::Event;
use crate::certainty::{Commitment, Commitments};
use crate::entities::Links;
use crate::explain::{
    ArgumentReason, EventReasons, FactualityReason, PatternReason, PredicateReason, VoiceReason,
    WordReason,
};
use crate::magnitude::Counted;
use crate::statements::Statements;
use crate::tense::{is_background, tense};
use crate::text::Text;
use crate::times::Timed;
use coder::{Coded, Coder};
use domain::Domain;
use kind::Kind;
use party::Parties;
use pattern::PATTERNS;

/// What has been read of a document before its events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'r> {
    pub(crate) statements: &'r Statements,
    pub(crate) commitments: &'r Commitments<'r>,
    pub(crate) times: &'r [Timed],
    pub(crate) magnitudes: &'r [Counted],
    /// The day of publication, if it is known.
    pub(crate) published: Option<&'r str>,
}

/// How much the trained head counts in an event's factuality; the rest is the rules'.
///
/// Measured on UDS-IH2 and UW dev, 0.65 to 0.85 tried: more of the head lowers the mean absolute error,
/// more of the rules raises r on newswire.
const HEAD_SHARE: f64 = 0.82;

/// The events of a document, in order of their anchors, each with what decided it.
///
/// # Cost
///
/// Linear in the words, for sentences of bounded length.
pub(crate) fn events(
    text: &Text<'_>,
    links: &Links<'_>,
    around: Around<'_>,
) -> Vec<(Event, EventReasons)> {
    let n_words = text.n_tokens().min(text.analysis.words.len());
    let lemmas: Vec<String> = (0..text.n_tokens()).map(|token| lemma(text, token)).collect();
    let mut predicates = vec![None; text.n_tokens()];
    for (at, predicate) in text.analysis.predicates.iter().enumerate() {
        if let Some(slot) = predicates.get_mut(predicate.token.index()) {
            *slot = Some(at);
        }
    }
    let coder = Coder {
        text,
        parties: Parties::new(text, links),
        lemmas: &lemmas,
        domain: Domain::new(&lemmas),
        predicates: &predicates,
    };
    let found = (0..n_words).filter(|token| lemmas[*token] != "be");
    let found = found.filter_map(|token| coder.event(token));
    let mut numbers: BTreeMap<usize, Vec<&Counted>> = BTreeMap::new();
    for counted in around.magnitudes {
        numbers.entry(holder(text, counted.head)).or_default().push(counted);
    }
    found.map(|coded| row(&coder, around, &numbers, &coded)).collect()
}

/// A token's lemma; of a verb that the patterns do not know, the regular base of its spelling that they
/// do, as lemmas of rare verbs may be wrong: *\[expelled\]* is *expel*, not *expell*.
fn lemma(text: &Text<'_>, token: usize) -> String {
    let lemma = text.lemma(token);
    if text.upos(token) != "VERB" || PATTERNS.knows('v', &lemma) {
        return lemma;
    }
    let form = text.lower(token);
    if let Some(lemma) = PATTERNS.lemma(&form) {
        return lemma.to_owned();
    }
    let stem =
        ["ing", "ied", "ies", "ed", "es", "s"].iter().find_map(|ending| form.strip_suffix(ending));
    let Some(stem) = stem else { return lemma };
    // *\[boomed\]* is no form of *boo*: only a doubled letter falls away.
    let doubled = stem.as_bytes().windows(2).last().is_some_and(|pair| pair[0] == pair[1]);
    let single = stem.get(..stem.len().saturating_sub(1)).filter(|_| doubled).map(str::to_owned);
    let bases = [stem.to_owned(), format!("{stem}e"), format!("{stem}y")];
    bases.into_iter().chain(single).find(|base| PATTERNS.knows('v', base)).unwrap_or(lemma)
}

/// The word that a number's phrase is an argument of: *\[killed\] more than 40 people*; the number's own
/// head where it stands alone.
fn holder(text: &Text<'_>, head: usize) -> usize {
    // *hundreds of troops*, *two of them*: the phrase above.
    let is_inside = |at: usize| {
        matches!(text.relation(at), "nmod" | "nummod" | "compound" | "conj")
            && text.upos(at) != "VERB"
    };
    let top = text.ancestors(head).find(|at| !is_inside(*at)).unwrap_or(head);
    text.head(top).unwrap_or(top)
}

fn row(
    coder: &Coder<'_, '_>,
    around: Around<'_>,
    numbers: &BTreeMap<usize, Vec<&Counted>>,
    coded: &Coded,
) -> (Event, EventReasons) {
    let Around { statements, commitments, times, published, .. } = around;
    let text = coder.text;
    let token = coded.anchor;
    let anchor = text.chars(TokenRange::new(token, token + 1));
    let predicate = coder.predicates[token].and_then(|at| text.analysis.predicates.get(at));
    let sentence = text.sentence(token).map_or(token..token + 1, |it| it.tokens.range());
    let tense = tense(text, token);
    let time = coder.time(token, coded.support, times);
    let told = time.as_ref().and_then(|it| it.value.as_deref());
    let historical = is_background(text, token, published, told);
    let presented = commitments.presented(token, tense);
    let trained = predicate.and_then(|it| it.factuality).map_or(presented, f64::from);
    let factuality = HEAD_SHARE * trained + (1.0 - HEAD_SHARE) * presented;
    let told = [Some(token), coded.support].into_iter().flatten();
    let magnitude = told.flat_map(|it| numbers.get(&it).into_iter().flatten());
    let typed = coded.kind.is_some();
    let contexts = coder.lemmas.get(sentence).filter(|_| typed).map(context::contexts);
    let references =
        |parties: &[party::Party]| parties.iter().map(|it| coder.parties.reference(*it)).collect();
    let commits = commitments.of(token);
    let reasons = EventReasons {
        context: text.sentence(token).map_or(anchor, |it| text.chars(it.tokens)),
        pattern: coded.pattern.map(|it| PatternReason { entry: it.entry, example: it.example }),
        support: coded.support.map(|it| text.chars(TokenRange::new(it, it + 1))),
        predicate: predicate.map(|it| predicate_reason(text, it)),
        voices: commits.iter().map(|it| voice_reason(text, it)).collect(),
        factuality: FactualityReason {
            head: predicate.and_then(|it| it.factuality).map(|it| rounded(f64::from(it))),
            rules: rounded(presented),
        },
    };
    let event = Event {
        id: format!("v{}-{}", anchor.start, anchor.end),
        anchor,
        predicate: coder.lemmas[token].clone(),
        kind: coded.kind.map(|(kind, _)| kind.name().to_owned()),
        mode: coded.kind.and_then(|(_, mode)| mode).map(str::to_owned),
        contexts: contexts.unwrap_or_default(),
        cameo: coded.kind.map(|(kind, mode)| kind.cameo(mode).to_owned()),
        actors: references(&coded.actors),
        recipients: references(&coded.recipients),
        place: coder.place(token, coded.support),
        time,
        magnitude: magnitude.map(|it| it.row.clone()).collect(),
        tense,
        historical,
        within: commitments.within(token).map(|at| statements.rows[at].id.clone()),
        certainty: commits.into_iter().map(|it| it.row).collect(),
        factuality: Some(rounded(factuality)),
        score: score(coded, predicate.filter(|it| !it.roleset.is_empty()).map(|it| it.probability)),
    };
    (event, reasons)
}

fn predicate_reason(text: &Text<'_>, predicate: &Predicate<'_>) -> PredicateReason {
    let argument = |it: &Argument<'_>| ArgumentReason {
        role: it.role.to_owned(),
        span: text.chars(it.tokens),
        probability: rounded(f64::from(it.probability)),
    };
    let inside =
        |it: &&Argument<'_>| !it.tokens.is_empty() && it.tokens.end as usize <= text.n_tokens();
    PredicateReason {
        roleset: (!predicate.roleset.is_empty()).then(|| predicate.roleset.to_owned()),
        probability: rounded(f64::from(predicate.probability)),
        arguments: predicate.arguments.iter().filter(inside).map(argument).collect(),
    }
}

fn voice_reason(text: &Text<'_>, commitment: &Commitment) -> VoiceReason {
    let word = |&(token, rule): &(usize, &'static str)| WordReason {
        span: text.chars(TokenRange::new(token, token + 1)),
        rule,
    };
    VoiceReason {
        commitment: commitment.row.clone(),
        words: commitment.contexts.iter().map(word).collect(),
    }
}

/// A number to four places: what lies beyond differs between processors.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// How sure the row is, from 0 to 1: by its type and by whether both parties were found, and no surer
/// than that the word is a predicate at all, where a trained head tells.
///
/// The figures are shares of rows right in type, actor and recipient among the 200 of
/// `tests/events/judged.tsv`, the mean of both readers: of praise, blame and requests with both parties
/// 85.5 of 101, of other types with both 45.5 of 72, of rows with one party alone 20.5 of 27. Rows
/// without a type are not judged.
fn score(coded: &Coded, probability: Option<f32>) -> f64 {
    let both = !coded.actors.is_empty() && !coded.recipients.is_empty();
    let right = match coded.kind {
        Some((Kind::Support | Kind::Accuse | Kind::Request, _)) if both => 0.85,
        Some(_) if both => 0.63,
        Some(_) => 0.76,
        None => 0.5,
    };
    let right = right * probability.map_or(1.0, f64::from);
    (right * 100.0).round() / 100.0
}
