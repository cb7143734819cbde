//! Entities from names.

use std::collections::BTreeMap;

use sayso_analysis::{Analysis, Name};
use sayso_text::{Document, Offsets, Span};

use crate::{CharSpan, Entity, EntityKind, Form, Mention};

/// One entity for each distinct name of a kind, by first mention.
///
/// *\[Reyes\] spoke. Later \[Reyes\] left \[Reyes\], a town.* gives the person, with two mentions, and
/// the place. Names that differ in a letter stay apart, be they of one person.
pub(crate) fn entities(
    document: &Document,
    analysis: &Analysis<'_>,
    at: &Offsets<'_>,
) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut known: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
    for name in &analysis.names {
        let Some(span) = span(document, name) else { continue };
        let mention = Mention { span: CharSpan::new(at, span), form: Form::Name };
        let called = spelled(span.of(&document.text));
        let kind = EntityKind::from(name.kind);
        let score = rounded(name.probability);
        let at = *known.entry((kind, called)).or_insert_with_key(|(_, called)| {
            entities.push(entity(called.clone(), kind, mention.span, score));
            entities.len() - 1
        });
        entities[at].mentions.push(mention);
        entities[at].score = entities[at].score.max(score);
    }
    entities
}

/// An entity without mentions yet.
fn entity(name: String, kind: EntityKind, anchor: CharSpan, score: f64) -> Entity {
    Entity {
        id: format!("e{}-{}", anchor.start, anchor.end),
        name,
        kind,
        named: true,
        aliases: Vec::new(),
        country: None,
        sector: None,
        mentions: Vec::new(),
        score,
    }
}

/// From a name's first byte to its last; none for a name without tokens.
fn span(document: &Document, name: &Name) -> Option<Span> {
    let tokens = document.tokens.get(name.tokens.range())?;
    Some(Span::new(tokens.first()?.span.start(), tokens.last()?.span.end()))
}

/// A name with single spaces, though the text may break a line in it.
fn spelled(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !spelled.is_empty() {
            spelled.push(' ');
        }
        spelled.push_str(word);
    }
    spelled
}

/// A probability to four places: what lies beyond differs between processors.
fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use sayso_text::{Token, TokenRange};

    use super::*;

    #[test]
    fn one_entity_for_each_name_of_a_kind() {
        let text = "“Ana  Reyes” met Ana\nReyes in Reyes.".to_owned();
        let tokens = ["“", "Ana", "Reyes", "”", "met", "Ana", "Reyes", "in", "Reyes", "."];
        let mut at = 0;
        let tokens = tokens.map(|word| {
            let found = Span::find(text.get(at..).unwrap(), word).unwrap();
            let span = Span::new(at + found.start(), at + found.end());
            at = span.end();
            Token { span }
        });
        let document = Document { text, tokens: tokens.to_vec(), ..Document::default() };
        let name = |start, end, kind, probability| Name {
            tokens: TokenRange::new(start, end),
            kind,
            probability,
        };
        let (person, place) =
            (sayso_analysis::EntityKind::Person, sayso_analysis::EntityKind::Place);
        let names = [(1, 3, person, 0.5), (5, 7, person, 0.75), (8, 9, place, 1.0)];
        let names =
            names.map(|(start, end, kind, probability)| name(start, end, kind, probability));
        let analysis = Analysis { names: names.to_vec(), ..Analysis::default() };

        let found = entities(&document, &analysis, &Offsets::new(&document.text));
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.id.as_str(), it.name.as_str(), it.kind, it.mentions.len(), it.score))
            .collect();
        let expected = [
            ("e1-11", "Ana Reyes", EntityKind::Person, 2, 0.75),
            ("e30-35", "Reyes", EntityKind::Place, 1, 1.0),
        ];
        assert_eq!(found, expected);
    }
}
