//! A search in SQL.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Search;
use crate::link::fold;

/// A search as conditions on `h`, a sentence, and `d`, its document.
#[derive(Debug, Default)]
pub(super) struct Condition {
    /// What sentences are drawn from, with the conditions that lead to them.
    from: Source,
    wheres: Vec<String>,
    values: Vec<Value>,
}

/// What the sentences are drawn from: the rarest that the search has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Source {
    Words,
    Speakers,
    Mentions,
    Types,
    Acts,
    Unnamed,
    Uncertain,
    #[default]
    All,
}

impl Source {
    fn of(search: &Search) -> Self {
        let rare = |it: &String| !matches!(it.as_str(), "asserted" | "open");
        match search {
            Search { words: Some(_), .. } => Self::Words,
            Search { said_by: Some(_), .. } => Self::Speakers,
            Search { about: Some(_), .. } => Self::Mentions,
            Search { event_type: Some(_), .. } => Self::Types,
            Search { unnamed: true, .. } => Self::Unnamed,
            Search { certainty: Some(it), .. } if rare(it) => Self::Uncertain,
            Search { act: Some(act), .. } if act != "say" => Self::Acts,
            _ => Self::All,
        }
    }

    /// The tables that lead to `h`, and whether a sentence may come several times.
    fn from(self) -> (&'static str, bool) {
        match self {
            Self::Words => {
                ("sentence_words CROSS JOIN sentences h ON h.sentence = sentence_words.rowid", false)
            }
            Self::Speakers => (
                "appearances a CROSS JOIN statements x ON x.document = a.document AND x.source = a.appearance
                 CROSS JOIN sentences h ON h.sentence BETWEEN x.first_sentence AND x.last_sentence",
                true,
            ),
            Self::Mentions => (
                "appearances a CROSS JOIN mentions m ON m.document = a.document AND m.appearance = a.appearance
                 CROSS JOIN documents o ON o.document = a.document
                 CROSS JOIN sentences h ON h.sentence BETWEEN o.first_sentence AND o.last_sentence
                   AND h.start <= m.start AND m.\"end\" <= h.\"end\"",
                true,
            ),
            Self::Types => ("events x CROSS JOIN sentences h ON h.sentence = x.sentence", true),
            Self::Uncertain => (
                "(SELECT document, event, certainty FROM events WHERE certainty NOT IN ('asserted', 'open')
                  UNION ALL SELECT document, event, certainty FROM event_voices
                  WHERE certainty NOT IN ('asserted', 'open')) c
                 CROSS JOIN events x ON x.document = c.document AND x.event = c.event
                 CROSS JOIN sentences h ON h.sentence = x.sentence",
                true,
            ),
            Self::Acts | Self::Unnamed => (
                "statements x CROSS JOIN sentences h
                   ON h.sentence BETWEEN x.first_sentence AND x.last_sentence",
                true,
            ),
            Self::All => ("sentences h", false),
        }
    }
}

impl Condition {
    pub(super) fn of(ledger: &Connection, search: &Search) -> rusqlite::Result<Self> {
        let (wheres, values) = articles(search);
        let mut it = Self { from: Source::of(search), wheres: vec![wheres], values };
        let said_by = search.said_by.as_ref().map(|name| named(ledger, name)).transpose()?;
        let about = search.about.as_ref().map(|name| named(ledger, name)).transpose()?;
        if let Some(words) = &search.words {
            let words = it.value(words.fts5());
            it.wheres.push(format!("sentence_words MATCH {words}"));
        }
        it.lead(search, said_by.as_deref().or(about.as_deref()));
        it.statement(search, said_by.as_deref());
        if let (Some(about), true) = (&about, it.from != Source::Mentions) {
            let entities = it.value(about.clone());
            it.wheres.push(format!(
                "EXISTS (SELECT 1 FROM appearances a JOIN mentions m USING (document, appearance)
                   WHERE a.document = h.document AND m.start >= h.start AND m.\"end\" <= h.\"end\"
                   AND a.review IS NOT 'rejected'
                   AND a.entity IN (SELECT value FROM json_each({entities})))"
            ));
        }
        it.event(ledger, search)?;
        Ok(it)
    }

    /// The whole search, newest sentence first.
    pub(super) fn sql(&self, limit: usize) -> String {
        let (from, often) = self.from.from();
        let distinct = if often { "DISTINCT" } else { "" };
        let rank = if self.from == Source::Words { "bm25(sentence_words)" } else { "0.0" };
        let newest = if self.from == Source::Words { "sentence_words.rowid" } else { "h.sentence" };
        let wheres = self.wheres.join(" AND ");
        format!(
            "SELECT {distinct} h.sentence, h.document, {rank} FROM {from}
             CROSS JOIN documents d ON d.document = h.document
             WHERE {wheres} ORDER BY {newest} DESC LIMIT {limit}"
        )
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter()
    }

    /// Takes a value, and gives what stands for it in SQL.
    fn value(&mut self, value: String) -> String {
        self.values.push(Value::Text(value));
        format!("?{}", self.values.len())
    }

    /// What the tables that lead to the sentences are asked for.
    fn lead(&mut self, search: &Search, entities: Option<&str>) {
        match (self.from, entities) {
            (Source::Speakers | Source::Mentions, Some(entities)) => {
                let entities = self.value(entities.to_owned());
                self.wheres.push("a.review IS NOT 'rejected'".to_owned());
                self.wheres.push(format!("a.entity IN (SELECT value FROM json_each({entities}))"));
            }
            (Source::Types, _) => {
                let kind = self.value(search.event_type.clone().unwrap_or_default());
                self.wheres.push(format!("x.type = {kind}"));
            }
            (Source::Uncertain, _) => {
                let value = self.value(search.certainty.clone().unwrap_or_default());
                self.wheres.push(format!("c.certainty = {value}"));
            }
            (Source::Acts, _) => {
                let act = self.value(search.act.clone().unwrap_or_default());
                self.wheres.push(format!("x.act = {act}"));
            }
            (Source::Unnamed, _) => self.wheres.push("x.source_kind = 'unnamed'".to_owned()),
            _ => {}
        }
    }

    /// One statement that touches the sentence has all of this.
    fn statement(&mut self, search: &Search, said_by: Option<&str>) {
        let mut all = Vec::new();
        if let Some(act) = &search.act {
            let act = self.value(act.clone());
            all.push(format!("s.act = {act}"));
        }
        if search.unnamed {
            all.push("s.source_kind = 'unnamed'".to_owned());
        }
        if let Some(entities) = said_by {
            let entities = self.value(entities.to_owned());
            all.push(format!("s.source IN ({})", appearances("h.document", &entities)));
        }
        if !all.is_empty() {
            let all = all.join(" AND ");
            self.wheres.push(format!(
                "EXISTS (SELECT 1 FROM statements s WHERE s.document = h.document AND {all}
                   AND h.sentence BETWEEN s.first_sentence AND s.last_sentence
                   AND s.review IS NOT 'rejected')"
            ));
        }
    }

    /// One event in the sentence has all of this, certainty and holder of one voice.
    fn event(&mut self, ledger: &Connection, search: &Search) -> rusqlite::Result<()> {
        let Search { event_type, certainty, holder, .. } = search;
        let mut all = Vec::new();
        if let Some(kind) = event_type {
            let kind = self.value(kind.clone());
            all.push(format!("v.type = {kind}"));
        }
        let certainty = certainty.as_ref().map(|certainty| self.value(certainty.clone()));
        let is = |column: &str| {
            certainty
                .as_ref()
                .map_or(format!("{column} IS NOT NULL"), |it| format!("{column} = {it}"))
        };
        let voice =
            "SELECT 1 FROM event_voices c WHERE c.document = v.document AND c.event = v.event";
        match holder.as_deref() {
            Some("author") => all.push(is("v.certainty")),
            Some(name) => {
                let entities = self.value(named(ledger, name)?);
                let (certain, who) = (is("c.certainty"), appearances("v.document", &entities));
                all.push(format!(
                    "EXISTS ({voice} AND {certain} AND c.statement IN (SELECT statement FROM statements s
                       WHERE s.document = v.document AND s.source IN ({who})))"
                ));
            }
            None if certainty.is_some() => {
                let (author, other) = (is("v.certainty"), is("c.certainty"));
                all.push(format!("({author} OR EXISTS ({voice} AND {other}))"));
            }
            None => {}
        }
        if !all.is_empty() {
            let all = all.join(" AND ");
            self.wheres.push(format!(
                "EXISTS (SELECT 1 FROM events v WHERE v.document = h.document AND v.sentence = h.sentence
                   AND {all} AND v.review IS NOT 'rejected')"
            ));
        }
        Ok(())
    }
}

/// The articles that a search covers, as a condition on `d` with its values.
pub(super) fn articles(search: &Search) -> (String, Vec<Value>) {
    let mut wheres = vec![if search.all_versions { "1" } else { "d.current = 1" }.to_owned()];
    let mut values = Vec::new();
    let conditions = [
        ("d.outlet = ? COLLATE NOCASE", &search.outlet),
        ("d.day >= ?", &search.since),
        ("d.day <= ?", &search.until),
    ];
    for (condition, value) in conditions {
        if let Some(value) = value {
            values.push(Value::Text(value.clone()));
            wheres.push(condition.replacen('?', &format!("?{}", values.len()), 1));
        }
    }
    (wheres.join(" AND "), values)
}

/// The appearances of some entities in a document.
fn appearances(document: &str, entities: &str) -> String {
    format!(
        "SELECT appearance FROM appearances a WHERE a.document = {document} AND a.review IS NOT 'rejected'
           AND a.entity IN (SELECT value FROM json_each({entities}))"
    )
}

/// The entities whose name has these words, one after the other, as a JSON list.
pub(crate) fn named(ledger: &Connection, name: &str) -> rusqlite::Result<String> {
    if !name.chars().any(char::is_alphanumeric) {
        return Ok("[]".to_owned());
    }
    let phrase = format!("\"{}\"", fold(name).replace('"', "\"\"").replace('\0', " "));
    let mut find = ledger.prepare_cached(
        "SELECT json_group_array(entity) FROM (
           SELECT rowid AS entity FROM entity_words WHERE entity_words MATCH ?1
           UNION SELECT entity FROM entity_names WHERE name = ?2)",
    )?;
    find.query_row([phrase, fold(name)], |row| row.get(0))
}
