//! The tables, and the way from each version of them to the next.

use rusqlite::Connection;

/// What marks a SQLite file as a ledger: `SAYS`.
pub(crate) const APPLICATION_ID: i32 = 0x5341_5953;

/// The tables of version 1, then what each later version changes. A version's number is its place
/// here, counted from 1.
pub(crate) const VERSIONS: &[&str] = &[include_str!("../schema/1.sql")];

/// The version that this program writes.
pub(crate) fn newest() -> u32 {
    version_of(VERSIONS)
}

/// The version of a ledger; 0 if it has no tables yet.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a ledger from `found` to the newest version, in one transaction.
pub(crate) fn migrate(connection: &mut Connection, found: u32) -> rusqlite::Result<()> {
    step(connection, found, VERSIONS)
}

fn step(connection: &mut Connection, found: u32, versions: &[&str]) -> rusqlite::Result<()> {
    let todo = versions.get(found as usize..).unwrap_or_default();
    if todo.is_empty() {
        return Ok(());
    }
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited.
    if version(&transaction)? == found {
        for change in todo {
            transaction.execute_batch(change)?;
        }
        transaction.pragma_update(None, "user_version", version_of(versions))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    transaction.commit()
}

fn version_of(versions: &[&str]) -> u32 {
    u32::try_from(versions.len()).expect("there are few versions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_is_reached_from_each_before_it() {
        let versions = ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y", "CREATE TABLE b (z)"];
        for begun in 0..versions.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            step(&mut connection, 0, &versions[..begun]).unwrap();
            let found = version(&connection).unwrap();
            step(&mut connection, found, &versions).unwrap();
            assert_eq!(version(&connection).unwrap(), 3);
            connection.execute("INSERT INTO a (x, y) VALUES (1, 2)", []).unwrap();
            connection.execute("INSERT INTO b (z) VALUES (3)", []).unwrap();
        }
    }

    #[test]
    fn a_change_that_fails_leaves_the_version_before() {
        let mut connection = Connection::open_in_memory().unwrap();
        step(&mut connection, 0, &["CREATE TABLE a (x)"]).unwrap();
        let broken = ["CREATE TABLE a (x)", "CREATE TABLE c (x); CREATE TABLE a (x)"];
        assert!(step(&mut connection, 1, &broken).is_err());
        assert_eq!(version(&connection).unwrap(), 1);
        assert!(connection.prepare("SELECT * FROM c").is_err());
    }
}
