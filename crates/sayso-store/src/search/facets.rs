//! What the hits of a search are, counted.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::Serialize;

use super::Place;

/// How many values of a facet are given, the commonest first.
const SHOWN: usize = 10;

/// A value and in how many of the hits it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// How many hits have it.
    pub count: usize,
}

/// The commonest values in the hits, each counted once a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Who says something in them.
    pub said_by: Vec<Facet>,
    /// What is done by saying it.
    pub act: Vec<Facet>,
    /// Types of the events told in them.
    #[serde(rename = "type")]
    pub event_type: Vec<Facet>,
    /// What some voice commits to in them.
    pub certainty: Vec<Facet>,
    /// Who published them.
    pub outlet: Vec<Facet>,
    /// In which month.
    pub month: Vec<Facet>,
}

/// Counts what some sentences have.
pub(super) fn count(ledger: &Connection, places: &[Place]) -> rusqlite::Result<Facets> {
    let mut places = places.to_vec();
    places.sort_unstable_by_key(|place| place.sentence);
    let mut tally = Tally::default();
    for of_document in places.chunk_by(|a, b| a.document == b.document) {
        tally.article(ledger, of_document)?;
        tally.statements(ledger, of_document)?;
        tally.events(ledger, of_document)?;
    }
    Ok(tally.close())
}

/// Sentences by value.
type Values = BTreeMap<String, Counted>;

#[derive(Debug, Default)]
struct Counted {
    count: usize,
    /// The sentence that was counted last, so that none is counted twice.
    last: i64,
}

#[derive(Debug, Default)]
struct Tally {
    said_by: Values,
    act: Values,
    event_type: Values,
    certainty: Values,
    outlet: Values,
    month: Values,
}

impl Tally {
    fn article(&mut self, ledger: &Connection, places: &[Place]) -> rusqlite::Result<()> {
        let mut find = ledger.prepare_cached(
            "SELECT outlet, substr(day, 1, 7) FROM documents WHERE document = ?1",
        )?;
        let (outlet, month): (Option<String>, Option<String>) =
            find.query_row([document(places)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for place in places {
            add(&mut self.outlet, outlet.as_deref(), place.sentence);
            add(&mut self.month, month.as_deref(), place.sentence);
        }
        Ok(())
    }

    fn statements(&mut self, ledger: &Connection, places: &[Place]) -> rusqlite::Result<()> {
        let mut find = ledger.prepare_cached(
            "SELECT first_sentence, last_sentence, act, name FROM statements s
             LEFT JOIN appearances a ON a.document = s.document AND a.appearance = s.source AND a.named
             WHERE s.document = ?1 AND s.review IS NOT 'rejected'",
        )?;
        let mut rows = find.query([document(places)])?;
        let mut found: Vec<(i64, i64, String, Option<String>)> = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        }
        for place in places {
            let touches =
                |it: &&(i64, i64, String, Option<String>)| (it.0..=it.1).contains(&place.sentence);
            for (_, _, act, who) in found.iter().filter(touches) {
                add(&mut self.act, Some(act), place.sentence);
                add(&mut self.said_by, who.as_deref(), place.sentence);
            }
        }
        Ok(())
    }

    fn events(&mut self, ledger: &Connection, places: &[Place]) -> rusqlite::Result<()> {
        let mut find = ledger.prepare_cached(
            "SELECT sentence, type, certainty FROM events WHERE document = ?1 AND review IS NOT 'rejected'
             UNION ALL SELECT sentence, NULL, c.certainty
             FROM event_voices c JOIN events USING (document, event)
             WHERE document = ?1 AND review IS NOT 'rejected' ORDER BY sentence",
        )?;
        let mut rows = find.query([document(places)])?;
        while let Some(row) = rows.next()? {
            let sentence: i64 = row.get(0)?;
            if places.binary_search_by_key(&sentence, |place| place.sentence).is_ok() {
                add(&mut self.event_type, row.get_ref(1)?.as_str_or_null()?, sentence);
                add(&mut self.certainty, row.get_ref(2)?.as_str_or_null()?, sentence);
            }
        }
        Ok(())
    }

    fn close(self) -> Facets {
        Facets {
            said_by: commonest(self.said_by),
            act: commonest(self.act),
            event_type: commonest(self.event_type),
            certainty: commonest(self.certainty),
            outlet: commonest(self.outlet),
            month: commonest(self.month),
        }
    }
}

fn document(places: &[Place]) -> i64 {
    places.first().map_or(0, |place| place.document)
}

fn add(values: &mut Values, value: Option<&str>, sentence: i64) {
    let Some(value) = value else { return };
    let counted = match values.get_mut(value) {
        Some(counted) => counted,
        None => values.entry(value.to_owned()).or_default(),
    };
    if counted.last != sentence {
        counted.last = sentence;
        counted.count += 1;
    }
}

fn commonest(values: Values) -> Vec<Facet> {
    let mut all: Vec<_> =
        values.into_iter().map(|(value, it)| Facet { value, count: it.count }).collect();
    all.sort_by_key(|facet| std::cmp::Reverse(facet.count));
    all.truncate(SHOWN);
    all
}
