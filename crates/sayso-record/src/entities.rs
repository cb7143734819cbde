//! Entities from names.

use std::collections::BTreeMap;

use sayso_analysis::{Analysis, Name};
use sayso_text::{Document, Span};

use crate::offsets::Offsets;
use crate::{Entity, EntityKind, Form, Mention};

/// One entity for each distinct name of a kind, by first mention.
///
/// *[Reyes] spoke. Later [Reyes] left [Reyes], a town.* gives the person, with two mentions, and
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
        let mention = Mention { span: at.span(span), form: Form::Name };
        let called = spelled(span.of(&document.text));
        let kind = EntityKind::from(name.kind);
        let score = rounded(name.probability);
        match known.get(&(kind, called.clone())) {
            Some(&known) => {
                let entity = &mut entities[known];
                entity.mentions.push(mention);
                entity.score = entity.score.max(score);
            }
            None => {
                known.insert((kind, called.clone()), entities.len());
                entities.push(entity(called, kind, mention, score));
            }
        }
    }
    entities
}

fn entity(name: String, kind: EntityKind, mention: Mention, score: f64) -> Entity {
    Entity {
        id: format!("e{}-{}", mention.span.start, mention.span.end),
        name,
        kind,
        named: true,
        aliases: Vec::new(),
        country: None,
        sector: None,
        mentions: vec![mention],
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
