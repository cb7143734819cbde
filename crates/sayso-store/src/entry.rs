//! A record made ready to be written: parsed, checked, its references followed.

use std::collections::BTreeMap;

use crate::StoreError;
use crate::form::{Certainty, Event, Record, Reference, Span};

/// The holder that stands for the article's own voice.
pub(crate) const AUTHOR: &str = "author";

/// A record that can be written. Making one is the costly part, and needs no ledger: it is done by
/// the threads that read.
#[derive(Debug)]
pub struct Entry {
    pub(crate) record: Record,
    /// The record as it came, compressed, where its rows would not give it back.
    pub(crate) verbatim: Option<Vec<u8>>,
    /// Each sentence's bytes in the text.
    pub(crate) sentences: Vec<std::ops::Range<usize>>,
    pub(crate) entities: BTreeMap<String, u32>,
    pub(crate) statements: BTreeMap<String, u32>,
}

impl Entry {
    /// Takes in one record in its written form.
    ///
    /// # Errors
    ///
    /// [`StoreError::Record`] if it is not Record v1, or has spans that are not in its text.
    ///
    /// # Cost
    ///
    /// Linear in the record.
    pub fn new(json: &str) -> Result<Self, StoreError> {
        let wrong = |reason: String| StoreError::Record { reason };
        let record: Record = serde_json::from_str(json).map_err(|e| wrong(e.to_string()))?;
        let mut entry = Self::of(record)?;
        if entry.verbatim.is_none() && !is_written_as(&entry.record, json) {
            entry.verbatim = Some(compress(json));
        }
        Ok(entry)
    }

    /// Takes in a record that has no field beside those of the form.
    pub(crate) fn of(record: Record) -> Result<Self, StoreError> {
        if !record.schema.starts_with("sayso.record/1") {
            return Err(StoreError::Record { reason: format!("its schema is {}", record.schema) });
        }
        let sentences = check_spans(&record)?;
        let entities = numbered(record.entities.iter().map(|row| &row.id));
        let statements = numbered(record.statements.iter().map(|row| &row.id));
        let mut entry = Self { record, verbatim: None, sentences, entities, statements };
        if let Some(relation) =
            entry.record.relations.iter().find(|it| !entry.entities.contains_key(&it.subject))
        {
            let reason = format!("{} is about no entity of the record", relation.id);
            return Err(StoreError::Record { reason });
        }
        if !entry.holds_together() {
            entry.verbatim = Some(compress(&write(&entry.record)));
        }
        Ok(entry)
    }

    /// How much it holds, in bytes of text, as a measure of the memory that it takes.
    pub fn text_len(&self) -> usize {
        self.record.document.text.len()
    }

    /// The number of an entity of the record.
    pub(crate) fn entity(&self, id: Option<&String>) -> Option<u32> {
        id.and_then(|id| self.entities.get(id)).copied()
    }

    /// The number of a statement of the record.
    pub(crate) fn statement(&self, id: Option<&String>) -> Option<u32> {
        id.and_then(|id| self.statements.get(id)).copied()
    }

    /// Whether each reference leads to a row and each list has the order that its table gives.
    fn holds_together(&self) -> bool {
        let entity =
            |id: &Option<String>| id.as_ref().is_none_or(|id| self.entities.contains_key(id));
        let reference = |it: &Reference| entity(&it.entity);
        let statement =
            |id: &Option<String>| id.as_ref().is_none_or(|id| self.statements.contains_key(id));
        let record = &self.record;
        record.statements.iter().all(|it| {
            entity(&it.source.entity)
                && it.addressee.as_ref().is_none_or(reference)
                && statement(&it.parent)
        }) && record.events.iter().all(|it| {
            parties(it).all(|(_, _, party)| reference(party))
                && statement(&it.within)
                && self.in_order(&it.certainty)
                && row_rest(it).is_some()
                && is_e4(it.score)
                && it.factuality.is_none_or(is_e4)
        }) && record
            .relations
            .iter()
            .all(|it| entity(&it.object) && entity(&it.by) && statement(&it.within))
            && self.entities.len() == record.entities.len()
            && self.statements.len() == record.statements.len()
            && record.entities.iter().all(|it| is_e4(it.score))
    }

    /// Whether the article's own voice comes last and the others are statements.
    fn in_order(&self, voices: &[Certainty]) -> bool {
        let others = match voices.split_last() {
            Some((last, others)) if last.holder == AUTHOR => others,
            _ => voices,
        };
        others.iter().all(|voice| self.statements.contains_key(&voice.holder))
    }
}

/// What an event's id has after its word's span, none if it does not begin with that span.
pub(crate) fn row_rest(event: &Event) -> Option<&str> {
    let [start, end] = event.anchor;
    event.id.strip_prefix(&format!("v{start}-{end}"))
}

/// A number in ten-thousandths.
#[expect(clippy::cast_possible_truncation, reason = "what does not fit is found by `is_e4`")]
pub(crate) fn e4(number: f64) -> i64 {
    (number * 10_000.0).round() as i64
}

/// Whether a number is a whole number of ten-thousandths, to the bit.
fn is_e4(number: f64) -> bool {
    (e4(number) as f64 / 10_000.0).to_bits() == number.to_bits()
}

/// An event's actors, recipients and place, each with the name of its part and its number there.
pub(crate) fn parties(event: &Event) -> impl Iterator<Item = (&'static str, u32, &Reference)> {
    let actors = (0..).zip(&event.actors).map(|(n, party)| ("actor", n, party));
    let recipients = (0..).zip(&event.recipients).map(|(n, party)| ("recipient", n, party));
    let place = event.place.iter().map(|place| ("place", 0, place));
    actors.chain(recipients).chain(place)
}

/// A record in its written form.
pub(crate) fn write(record: &Record) -> String {
    serde_json::to_string(record).expect("a record has neither maps nor numbers that are none")
}

/// Small text for a `records` row.
pub(crate) fn compress(json: &str) -> Vec<u8> {
    lz4_flex::compress_prepend_size(json.as_bytes())
}

/// What [`compress`] was given; none if it is damaged.
pub(crate) fn decompress(bytes: &[u8]) -> Option<String> {
    String::from_utf8(lz4_flex::decompress_size_prepended(bytes).ok()?).ok()
}

fn is_written_as(record: &Record, json: &str) -> bool {
    write(record) == json.trim_end()
}

fn numbered<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeMap<String, u32> {
    let mut numbers = BTreeMap::new();
    for (number, id) in (0..).zip(ids) {
        numbers.entry(id.clone()).or_insert(number);
    }
    numbers
}

/// Checks that all spans lie in the text, and gives the sentences' bytes.
fn check_spans(record: &Record) -> Result<Vec<std::ops::Range<usize>>, StoreError> {
    let text = &record.document.text;
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if let Some([start, end]) = spans(record).find(|[start, end]| start > end || *end > length) {
        let reason = format!("the span [{start}, {end}] is not in its text of {length} characters");
        return Err(StoreError::Record { reason });
    }
    let mut at = Walk { rest: text.char_indices(), point: 0, byte: 0, length: text.len() };
    let mut last = 0;
    let mut sentences = Vec::with_capacity(record.document.sentences.len());
    for &[start, end] in &record.document.sentences {
        if start < last {
            let reason = format!("the sentence [{start}, {end}] is not after the one before");
            return Err(StoreError::Record { reason });
        }
        last = end;
        sentences.push(at.byte_of(start)..at.byte_of(end));
    }
    Ok(sentences)
}

/// From code points to bytes, in order.
struct Walk<'t> {
    rest: std::str::CharIndices<'t>,
    point: u32,
    byte: usize,
    length: usize,
}

impl Walk<'_> {
    fn byte_of(&mut self, point: u32) -> usize {
        while self.point < point {
            self.rest.next();
            self.byte = self.rest.offset();
            self.point += 1;
        }
        self.byte.min(self.length)
    }
}

/// Every span of a record.
pub(crate) fn spans(record: &Record) -> impl Iterator<Item = Span> {
    let document = &record.document;
    let entities = record.entities.iter().flat_map(|it| it.mentions.iter().map(|it| it.span));
    let statements = record.statements.iter().flat_map(|it| {
        let description = it.source.description.iter();
        let described = description.flat_map(|it| [it.role, it.number, it.reason]).flatten();
        let addressee = it.addressee.iter().flat_map(|it| &it.span);
        let lists = [&it.cue, &it.content, &it.hedge];
        let source = it.source.span.iter().flatten();
        described.chain(lists.into_iter().flatten().chain(addressee).chain(source).copied())
    });
    let events = record.events.iter().flat_map(|it| {
        let parties = parties(it).flat_map(|(_, _, party)| &party.span);
        let time = it.time.iter().flat_map(|it| &it.span);
        let magnitude = it.magnitude.iter().flat_map(|it| &it.span);
        parties.chain(time).chain(magnitude).chain([&it.anchor]).copied()
    });
    let blocks = document.blocks.iter().map(|it| it.span);
    let rest = record.relations.iter().flat_map(|it| it.span.iter().copied());
    let times = record.times.iter().flat_map(|it| it.span.iter().copied());
    let notes = record.notes.iter().filter_map(|it| it.span);
    let outer = blocks.chain(document.sentences.iter().copied());
    outer.chain(entities).chain(statements).chain(events).chain(rest).chain(times).chain(notes)
}
