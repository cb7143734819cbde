//! Who in one document is who in another.
//!
//! Two appearances are held for one entity where they have the same full name and kind and no two
//! different countries. That is less than a reader would say, on purpose: a link that is missing is
//! seen and made by people, one that is wrong puts words into somebody's mouth. So a person's
//! surname alone links nothing (*Reyes* here and *Reyes* there may be two), nor does a description
//! (*the mayor*, *officials*).

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::form::Entity;

/// A name as it is compared: in lower case, white space single, without an article before it.
pub(crate) fn fold(name: &str) -> String {
    let words = name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    words.strip_prefix("the ").map_or(words.clone(), str::to_owned)
}

/// The entity that an appearance stands for, made if it is the first; none without a name.
pub(crate) fn entity_of(ledger: &Connection, found: &Entity) -> rusqlite::Result<Option<i64>> {
    let name = fold(&found.name);
    if !found.named || name.is_empty() {
        return Ok(None);
    }
    let surname_only = found.kind == "person" && !name.contains(' ');
    let known = if surname_only { None } else { known(ledger, &name, found)? };
    let entity = match known {
        Some(entity) => entity,
        None => add(ledger, &name, found)?,
    };
    Ok(Some(entity))
}

/// The entity with the same name, kind and country; one whose country is not known yet takes it.
fn known(ledger: &Connection, name: &str, found: &Entity) -> rusqlite::Result<Option<i64>> {
    let mut statement = ledger.prepare_cached(
        "SELECT entity, country FROM entity_names JOIN entities USING (entity)
         WHERE entity_names.name = ?1 AND kind = ?2 ORDER BY entity",
    )?;
    let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?));
    let all: Vec<_> =
        statement.query_map([name, found.kind.as_str()], read)?.collect::<rusqlite::Result<_>>()?;
    let same = all.iter().find(|(_, country)| *country == found.country);
    if let Some((entity, _)) = same {
        return Ok(Some(*entity));
    }
    match (all.as_slice(), &found.country) {
        // Of one entity only the country is not told here.
        ([(entity, _)], None) => Ok(Some(*entity)),
        ([(entity, None)], Some(country)) => {
            ledger.execute(
                "UPDATE entities SET country = ?2 WHERE entity = ?1",
                params![entity, country],
            )?;
            Ok(Some(*entity))
        }
        _ => Ok(None),
    }
}

fn add(ledger: &Connection, name: &str, found: &Entity) -> rusqlite::Result<i64> {
    ledger
        .prepare_cached("INSERT INTO entities (name, kind, country) VALUES (?1, ?2, ?3)")?
        .execute(params![found.name, found.kind, found.country])?;
    let entity = ledger.last_insert_rowid();
    ledger
        .prepare_cached("INSERT INTO entity_words (rowid, name) VALUES (?1, ?2)")?
        .execute(params![entity, found.name])?;
    ledger
        .prepare_cached("INSERT INTO entity_names (name, entity) VALUES (?1, ?2)")?
        .execute(params![name, entity])?;
    Ok(entity)
}

/// A document's number by its id.
pub(crate) fn document(ledger: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    ledger
        .prepare_cached("SELECT document FROM documents WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()
}
