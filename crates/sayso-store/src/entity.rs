//! What is on record by and about somebody.

use rusqlite::{Connection, Params, Row};
use serde::Serialize;

use crate::search::named;
use crate::{Ledger, StoreError};

/// Somebody or something that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityLine {
    /// The name that it has in full.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// How many entities have this name, kind and country. More than one are not held to be the same:
    /// of persons of whom only a surname is given, nobody knows.
    pub n_entities: i64,
    /// In how many articles.
    pub n_articles: i64,
}

/// A statement by somebody, or about them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// The document's id.
    pub document: String,
    /// Where the article comes from.
    pub source: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, as the source writes it.
    pub published: Option<String>,
    /// The statement's id in the record.
    pub row: String,
    /// Who says it.
    pub who: Option<String>,
    /// What is done by saying it.
    pub act: String,
    /// What is said.
    pub what: Option<String>,
    /// How sure the reader is, 0 to 1.
    pub score: f64,
}

/// An event that somebody has a part in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Did {
    /// The document's id.
    pub document: String,
    /// Where the article comes from.
    pub source: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, as the source writes it.
    pub published: Option<String>,
    /// The event's id in the record.
    pub row: String,
    /// `actor` or `recipient`.
    pub part: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The word that tells it, in its dictionary form.
    pub predicate: String,
    /// What the article's own voice commits to.
    pub certainty: Option<String>,
    /// How sure the reader is, 0 to 1.
    pub score: f64,
}

/// Everything on record by and about those that a name stands for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EntityPage {
    /// Those whom the name may mean, the most mentioned first.
    pub entities: Vec<EntityLine>,
    /// What they say, the article stored last first.
    pub said: Vec<Said>,
    /// What others say in words that mention them.
    pub about: Vec<Said>,
    /// What they do and what is done to them, of the events of a known type.
    pub did: Vec<Did>,
}

const STATEMENT: &str =
    "SELECT d.id, w.article, w.outlet, d.published, w.row, w.who, w.act, w.what, w.score";

impl Ledger {
    /// What is on record by and about those who have these words in their name; `limit` rows of
    /// each kind, without the first `skip`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] and its like.
    pub fn entity(&self, name: &str, skip: u32, limit: u32) -> Result<EntityPage, StoreError> {
        let find = || {
            let ledger = &self.connection;
            let entities = named(ledger, name)?;
            let page = (&entities, limit, skip);
            Ok(EntityPage {
                entities: lines(ledger, &entities)?,
                said: all(ledger, &format!(
                    "{STATEMENT} FROM (
                       SELECT s.document, s.statement FROM appearances a
                       JOIN statements s ON s.document = a.document AND s.source = a.appearance
                       JOIN documents d ON d.document = a.document AND d.current
                       WHERE a.entity IN (SELECT value FROM json_each(?1)) AND a.review IS NOT 'rejected'
                         AND s.review IS NOT 'rejected'
                       ORDER BY s.document DESC, s.statement LIMIT ?2 OFFSET ?3)
                     JOIN who_said_what w USING (document, statement) JOIN documents d USING (document)"
                ), page, said)?,
                about: all(ledger, &format!(
                    "{STATEMENT} FROM (
                       SELECT DISTINCT s.document, s.statement FROM appearances a
                       JOIN documents d ON d.document = a.document AND d.current
                       JOIN mentions m ON m.document = a.document AND m.appearance = a.appearance
                       JOIN statements s ON s.document = a.document AND s.source IS NOT a.appearance
                         AND m.start >= s.content_start AND m.\"end\" <= s.content_end
                       WHERE a.entity IN (SELECT value FROM json_each(?1)) AND a.review IS NOT 'rejected'
                         AND s.review IS NOT 'rejected'
                       ORDER BY s.document DESC, s.statement LIMIT ?2 OFFSET ?3)
                     JOIN who_said_what w USING (document, statement) JOIN documents d USING (document)"
                ), page, said)?,
                did: all(ledger,
                    "SELECT d.id, d.source, d.outlet, d.published, v.row, p.part, v.type, v.predicate, v.certainty,
                       v.score
                     FROM appearances a JOIN documents d ON d.document = a.document AND d.current
                     JOIN event_parties p ON p.document = a.document AND p.appearance = a.appearance
                     JOIN events v ON v.document = p.document AND v.event = p.event
                     WHERE a.entity IN (SELECT value FROM json_each(?1)) AND v.type IS NOT NULL
                       AND part IN ('actor', 'recipient') AND a.review IS NOT 'rejected'
                       AND v.review IS NOT 'rejected'
                     ORDER BY v.document DESC, v.event LIMIT ?2 OFFSET ?3", page, did)?,
            })
        };
        find().map_err(|error| self.failed(error))
    }
}

fn all<T>(
    ledger: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    ledger.prepare_cached(sql)?.query_map(values, read)?.collect()
}

fn lines(ledger: &Connection, entities: &str) -> rusqlite::Result<Vec<EntityLine>> {
    let sql = "SELECT e.name, e.kind, e.country, count(DISTINCT entity), count(DISTINCT document)
               FROM appearances JOIN entities e USING (entity)
               WHERE entity IN (SELECT value FROM json_each(?1)) AND review IS NOT 'rejected'
               GROUP BY 1, 2, 3 ORDER BY 5 DESC, 1, 2, 3 LIMIT 20";
    all(ledger, sql, [entities], |row| {
        Ok(EntityLine {
            name: row.get(0)?,
            kind: row.get(1)?,
            country: row.get(2)?,
            n_entities: row.get(3)?,
            n_articles: row.get(4)?,
        })
    })
}

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
    Ok(Said {
        document: row.get(0)?,
        source: row.get(1)?,
        outlet: row.get(2)?,
        published: row.get(3)?,
        row: row.get(4)?,
        who: row.get(5)?,
        act: row.get(6)?,
        what: row.get(7)?,
        score: row.get(8)?,
    })
}

fn did(row: &Row<'_>) -> rusqlite::Result<Did> {
    Ok(Did {
        document: row.get(0)?,
        source: row.get(1)?,
        outlet: row.get(2)?,
        published: row.get(3)?,
        row: row.get(4)?,
        part: row.get(5)?,
        kind: row.get(6)?,
        predicate: row.get(7)?,
        certainty: row.get(8)?,
        score: row.get(9)?,
    })
}
