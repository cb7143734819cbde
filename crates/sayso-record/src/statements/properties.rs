//! What holds for every row, whatever the analysis says.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sayso_analysis::{Analysis, Attribution, Entity, EntityKind, Mention, MentionForm, Name, Word};
use sayso_text::TokenId;

use sayso_text::Document;

use super::*;

const UPOS: [&str; 6] = ["VERB", "NOUN", "PRON", "ADV", "PUNCT", "ADP"];
const DEPREL: [&str; 8] =
    ["nsubj", "obj", "advmod", "acl", "nsubj:pass", "conj", "nummod", "advcl"];

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

proptest! {
    #[test]
    fn rows_hold_together(
        text in "([a-zA-Z“”\"':,é]{1,8}|said|reportedly|Q:|A:|I|told|per|― )( [a-zA-Z“”.]{1,6}| said| per| ―|\n\n){0,40}",
        words in prop::collection::vec(word(60), 0..60),
        attributions in prop::collection::vec(attribution(50), 0..8),
        names in prop::collection::vec(name(50), 0..8),
    ) {
        let document = Document::read(text);
        let names = fitting(names, document.tokens.len());
        let mentions: Vec<Mention> = names.iter().enumerate().map(|(at, name)| {
            let (tokens, head) = (name.tokens, TokenId(name.tokens.start));
            Mention { tokens, head, form: MentionForm::Name, name: Some(at) }
        }).collect();
        let entity = |at| Entity { mentions: vec![at], kind: None, probability: 1.0 };
        let entities = (0..mentions.len()).map(entity).collect();
        let analysis = Analysis { words, attributions, names, mentions, entities, ..Analysis::default() };
        let rows = crate::Rows::new(&document, &analysis, None);
        let length = u32::try_from(document.text.chars().count()).unwrap();
        let mut ids = BTreeSet::new();
        for (nth, row) in rows.statements.iter().enumerate() {
            prop_assert!(ids.insert(row.id.as_str()), "{} stands twice", row.id);
            let source = row.source.span.iter().flatten();
            let addressee = row.addressee.iter().flat_map(|it| &it.span);
            let own: Vec<CharSpan> = row.cue.iter().chain(source).chain(&row.content).copied().collect();
            for span in own.iter().chain(addressee).chain(&row.hedge) {
                prop_assert!(span.start < span.end && span.end <= length);
            }
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
    }
}
