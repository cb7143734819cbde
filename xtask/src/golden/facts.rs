//! Events, relations and times in words, a line each.

use sayso::record::{Certainty, CharSpan, Event, Reference, Relation, Time, TimeKind};
use sayso::{Document, Offsets, Rows, Span};

use super::render::flat;

/// What stands for nobody.
const NOBODY: &str = "–";

/// The events with a type, the relations and the times whose first words stand in a span of text.
pub(super) fn lines(
    document: &Document,
    rows: &Rows,
    at: &Offsets<'_>,
    inside: Span,
) -> Vec<String> {
    let words = Words { document, rows, at };
    let here = |span: &[CharSpan]| span.first().is_some_and(|it| inside.contains(it.bytes(at)));
    let events = rows.events.iter().filter(|it| it.kind.is_some() && here(&[it.anchor]));
    let relations = rows.relations.iter().filter(|it| here(&it.span));
    let times = rows.times.iter().filter(|it| here(&it.span));
    let lines = events.map(|it| words.event(it)).chain(relations.map(|it| words.relation(it)));
    lines.chain(times.map(|it| words.time(it))).collect()
}

/// What the rows' spans and ids stand for.
struct Words<'a> {
    document: &'a Document,
    rows: &'a Rows,
    at: &'a Offsets<'a>,
}

impl Words<'_> {
    /// `v14-22  MOBILIZE troops “deployed” · Mexico > Guatemala · place Peten · past · the article: asserted`
    fn event(&self, event: &Event) -> String {
        let kind: Vec<&str> = event.kind.iter().chain(&event.mode).map(String::as_str).collect();
        let mut parts = vec![
            format!("{} “{}”", kind.join(" "), self.of(&[event.anchor])),
            format!("{} > {}", self.parties(&event.actors), self.parties(&event.recipients)),
        ];
        parts.extend(event.place.iter().map(|place| format!("place {}", self.party(place))));
        parts.extend(event.time.iter().map(|time| format!("time “{}”", self.of(&time.span))));
        parts.extend([event.tense.name().to_owned(), self.certainty(&event.certainty)]);
        format!("{}  {}", event.id, parts.join(" · "))
    }

    /// `r8-17  role · Ana Reyes: President > Turkey · the article: asserted`
    fn relation(&self, relation: &Relation) -> String {
        let mut who = self.name(&relation.subject);
        who.extend(relation.value.iter().map(|value| format!(": {}", flat(value))));
        who.extend(relation.object.iter().map(|object| format!(" > {}", self.name(object))));
        let mut parts = vec![relation.kind.name().to_owned(), who];
        parts.extend(relation.by.iter().map(|by| format!("by {}", self.name(by))));
        parts.push(self.certainty(&relation.certainty));
        format!("{}  {}", relation.id, parts.join(" · "))
    }

    /// `date  “Monday”: XXXX-WXX-1`
    fn time(&self, time: &Time) -> String {
        let value = time.value.as_deref().unwrap_or("no value");
        format!("{}  “{}”: {value}", kind_of_time(time.kind), self.of(&time.span))
    }

    /// What each voice commits to, the article first: `the article: open; Ana Reyes: asserted`.
    fn certainty(&self, certainty: &[Certainty]) -> String {
        let voice = |holder: &str| {
            let statement = self.rows.statements.iter().position(|it| it.id == holder);
            let voice = |nth| flat(&self.rows.voice(&self.document.text, self.at, nth));
            statement.map_or_else(|| "the article".to_owned(), voice)
        };
        let each = certainty.iter().rev();
        let each = each.map(|it| format!("{}: {}", voice(&it.holder), it.value.name()));
        each.collect::<Vec<_>>().join("; ")
    }

    fn parties(&self, parties: &[Reference]) -> String {
        if parties.is_empty() {
            return NOBODY.to_owned();
        }
        parties.iter().map(|party| self.party(party)).collect::<Vec<_>>().join(", ")
    }

    /// The name of a party's entity, or its words where that has none.
    fn party(&self, party: &Reference) -> String {
        let entity = party.entity.as_deref();
        let entity = entity.and_then(|id| self.rows.entities.iter().find(|it| it.id == id));
        match entity {
            Some(entity) if entity.named => flat(&entity.name),
            _ => self.of(&party.span),
        }
    }

    /// The name of an entity.
    fn name(&self, id: &str) -> String {
        let entity = self.rows.entities.iter().find(|it| it.id == id);
        flat(entity.map_or(id, |it| it.name.as_str()))
    }

    fn of(&self, spans: &[CharSpan]) -> String {
        let words = |span: &CharSpan| flat(span.bytes(self.at).of(&self.document.text));
        spans.iter().map(words).collect::<Vec<_>>().join(" … ")
    }
}

fn kind_of_time(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "date",
        TimeKind::Time => "time",
        TimeKind::Duration => "duration",
        TimeKind::Set => "set",
    }
}
