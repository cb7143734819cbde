//! What holds for every row, whatever the analysis says.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use sayso_analysis::{
    Analysis, Argument, Attribution, Entity, EntityKind, Mention, MentionForm, Name, Predicate,
    Word,
};
use sayso_text::{Document, TokenId};

use super::*;
use crate::{Certainty, Reference, Rows};

const UPOS: [&str; 9] = ["VERB", "NOUN", "PRON", "ADV", "PUNCT", "ADP", "PROPN", "NUM", "ADJ"];
const DEPREL: [&str; 16] = [
    "nsubj",
    "obj",
    "advmod",
    "acl",
    "nsubj:pass",
    "conj",
    "nummod",
    "advcl",
    "ccomp",
    "xcomp",
    "obl",
    "nmod",
    "acl:relcl",
    "compound",
    "obl:agent",
    "appos",
];
const ROLES: [&str; 5] = ["ARG0", "ARG1", "ARG2", "ARGM-TMP", "ARGM-LOC"];
const ROLESETS: [&str; 4] = ["", "attack.01", "accuse.01", "say.01"];

/// Words as news has them, those that tell events, numbers and times among them.
const TEXT: &str = "([a-zA-Z“”\"':,é]{1,8}|said|reportedly|Q:|A:|I|told|per|― |Friday|The U\\.S\\.)\
    ( [a-zA-Z“”.]{1,6}| said| per| ―|\n\n| attacked| accused| arrested| attack| killed| not| to| of| that\
    | president| 12| 3,000| dozens| Friday| last week| U\\.S\\.| [.]){0,40}";

fn range(max: u32) -> impl Strategy<Value = TokenRange> {
    (0..max, 0_u32..8).prop_map(|(start, len)| TokenRange { start, end: start + len })
}

fn attribution(max: u32) -> impl Strategy<Value = Attribution> {
    let content = prop::collection::vec(range(max), 0..3);
    let parent = prop::option::of(0_usize..8);
    (range(max), prop::option::of(range(max)), content, parent, 0.0_f32..=1.0).prop_map(
        |(cue, source, content, parent, cue_probability)| Attribution {
            cue,
            source,
            content,
            parent,
            cue_probability,
            source_probability: 1.0,
            content_probability: 1.0,
            ..Attribution::default()
        },
    )
}

fn word(max: u32) -> impl Strategy<Value = Word<'static>> {
    let head = prop::option::of((0..max).prop_map(TokenId));
    (0..UPOS.len(), 0..DEPREL.len(), head).prop_map(|(upos, deprel, head)| Word {
        upos: UPOS[upos],
        deprel: DEPREL[deprel],
        head,
        ..Word::default()
    })
}

fn argument(max: u32) -> impl Strategy<Value = Argument<'static>> {
    (0..ROLES.len(), 0..max, range(max), 0.0_f32..=1.0).prop_map(
        |(role, head, tokens, probability)| Argument {
            role: ROLES[role],
            head: TokenId(head),
            tokens,
            probability,
        },
    )
}

fn predicate(max: u32) -> impl Strategy<Value = Predicate<'static>> {
    let arguments = prop::collection::vec(argument(max), 0..4);
    let factuality = prop::option::of(-3.0_f32..=3.0);
    (0..max, 0..ROLESETS.len(), arguments, factuality, 0.0_f32..=1.0, 0.0_f32..=1.0).prop_map(
        |(token, roleset, arguments, factuality, probability, event_probability)| Predicate {
            token: TokenId(token),
            roleset: ROLESETS[roleset],
            arguments,
            factuality,
            probability,
            event_probability,
        },
    )
}

fn name(max: u32) -> impl Strategy<Value = Name> {
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
    (range(max), 0..kinds.len()).prop_map(move |(tokens, kind)| Name {
        tokens,
        kind: kinds[kind],
        probability: 1.0,
    })
}

/// The names that lie in a text of so many tokens, in order, none in another.
fn fitting(mut names: Vec<Name>, n_tokens: usize) -> Vec<Name> {
    names.retain(|it| !it.tokens.is_empty() && it.tokens.range().end <= n_tokens);
    names.sort_by_key(|it| it.tokens);
    let mut end = 0;
    names.retain(|it| {
        let free = it.tokens.start >= end;
        end = if free { it.tokens.end } else { end };
        free
    });
    names
}

fn inside(span: CharSpan, spans: &[CharSpan]) -> bool {
    spans.iter().any(|it| it.start <= span.start && span.end <= it.end)
}

fn hold_words<'s>(
    spans: impl IntoIterator<Item = &'s CharSpan>,
    length: u32,
) -> Result<(), TestCaseError> {
    for span in spans {
        prop_assert!(span.start < span.end && span.end <= length, "{span:?} of {length}");
    }
    Ok(())
}

fn are_unique<'i>(ids: impl IntoIterator<Item = &'i String>) -> Result<(), TestCaseError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        prop_assert!(seen.insert(id), "{id} stands twice");
    }
    Ok(())
}

fn statements_hold(rows: &Rows, length: u32) -> Result<(), TestCaseError> {
    are_unique(rows.statements.iter().map(|it| &it.id))?;
    for (nth, row) in rows.statements.iter().enumerate() {
        let source = row.source.span.iter().flatten();
        let addressee = row.addressee.iter().flat_map(|it| &it.span);
        let own: Vec<CharSpan> =
            row.cue.iter().chain(source).chain(&row.content).copied().collect();
        hold_words(own.iter().chain(addressee).chain(&row.hedge), length)?;
        prop_assert!(!row.content.is_empty());
        prop_assert!((0.0..=1.0).contains(&row.score));
        if let Some(parent) = &row.parent {
            let parent = rows.statements.iter().find(|it| it.id == *parent);
            let content = &parent.expect("a parent is a row").content;
            prop_assert!(own.iter().all(|&span| inside(span, content)));
        }
        // A circle would not end.
        prop_assert!(rows.chain(nth).len() <= rows.statements.len());
    }
    Ok(())
}

/// Each statement around a row has one entry, the innermost first, and the author the last.
fn voices_hold(
    rows: &Rows,
    within: Option<&String>,
    certainty: &[Certainty],
) -> Result<(), TestCaseError> {
    let place = |id: &String| rows.statements.iter().position(|it| it.id == *id);
    let within = within.map(|id| place(id).expect("what holds a row is a statement"));
    let chain = within.map(|at| rows.chain(at)).unwrap_or_default();
    let mut holders: Vec<&str> =
        chain.iter().rev().map(|&at| rows.statements[at].id.as_str()).collect();
    holders.push("author");
    let told: Vec<&str> = certainty.iter().map(|it| it.holder.as_str()).collect();
    prop_assert_eq!(told, holders);
    Ok(())
}

fn events_hold(rows: &Rows, length: u32) -> Result<(), TestCaseError> {
    are_unique(rows.events.iter().map(|it| &it.id))?;
    prop_assert_eq!(rows.events.len(), rows.event_reasons.len());
    let words = |it: &Reference| it.span.clone();
    for row in &rows.events {
        voices_hold(rows, row.within.as_ref(), &row.certainty)?;
        let parties = row.actors.iter().chain(&row.recipients).chain(&row.place);
        let mut spans: Vec<CharSpan> = parties.flat_map(words).collect();
        spans.push(row.anchor);
        spans.extend(row.time.iter().flat_map(|it| &it.span));
        spans.extend(row.magnitude.iter().flat_map(|it| &it.span));
        hold_words(&spans, length)?;
        prop_assert!(row.magnitude.iter().all(|it| it.value.is_finite()));
        prop_assert!((0.0..=1.0).contains(&row.score), "{}", row.score);
        prop_assert!(row.factuality.is_none_or(|it| (-3.0..=3.0).contains(&it)));
    }
    Ok(())
}

fn relations_hold(rows: &Rows, length: u32) -> Result<(), TestCaseError> {
    are_unique(rows.entities.iter().map(|it| &it.id))?;
    are_unique(rows.relations.iter().map(|it| &it.id))?;
    let entity = |id: &String| rows.entities.iter().any(|it| it.id == *id);
    for row in &rows.relations {
        voices_hold(rows, row.within.as_ref(), &row.certainty)?;
        hold_words(&row.span, length)?;
        prop_assert!((0.0..=1.0).contains(&row.score));
        let mut who = row.object.iter().chain(&row.by).chain([&row.subject]);
        prop_assert!(who.all(entity));
    }
    Ok(())
}

proptest! {
    #[test]
    fn rows_hold_together(
        text in TEXT,
        words in prop::collection::vec(word(60), 0..60),
        attributions in prop::collection::vec(attribution(50), 0..8),
        names in prop::collection::vec(name(50), 0..8),
        mut predicates in prop::collection::vec(predicate(60), 0..8),
        published in prop::option::of(Just("2025-08-08")),
    ) {
        let document = Document::read(text);
        let names = fitting(names, document.tokens.len());
        let mentions: Vec<Mention> = names.iter().enumerate().map(|(at, name)| {
            let (tokens, head) = (name.tokens, TokenId(name.tokens.start));
            Mention { tokens, head, form: MentionForm::Name, name: Some(at) }
        }).collect();
        let entity = |at| Entity { mentions: vec![at], kind: None, probability: 1.0 };
        let entities = (0..mentions.len()).map(entity).collect();
        predicates.sort_by_key(|it| it.token);
        let analysis = Analysis { words, attributions, names, mentions, entities, predicates };
        let rows = Rows::new(&document, &analysis, published);
        let length = u32::try_from(document.text.chars().count()).unwrap();
        statements_hold(&rows, length)?;
        events_hold(&rows, length)?;
        relations_hold(&rows, length)?;
        hold_words(rows.times.iter().flat_map(|it| &it.span), length)?;
    }
}
