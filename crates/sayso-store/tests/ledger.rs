//! A ledger gives back what it was given, whatever happens to it.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its ledger has failed")]

use std::fs;
use std::path::Path;

use sayso_store::{Entry, FILE, Ledger, StoreError, Stored};
use tempfile::TempDir;

const NOW: &str = "2025-08-08T12:00:00Z";

/// Records as the command writes them: one article with all kinds of rows, one in German, and four
/// short ones.
fn records() -> Vec<String> {
    let lines = include_str!("formats/records.jsonl").lines();
    lines.map(str::to_owned).collect()
}

fn entries() -> Vec<Entry> {
    records().iter().map(|record| Entry::new(record).unwrap()).collect()
}

fn written() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    ledger.write(&entries(), NOW).unwrap();
    (folder, ledger)
}

fn id_of(record: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(record).unwrap();
    value["document"]["id"].as_str().unwrap().to_owned()
}

fn count(ledger: &Path, sql: &str) -> i64 {
    let connection = rusqlite::Connection::open(ledger.join(FILE)).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_record_comes_back_byte_for_byte_and_from_its_rows_alone() {
    let (folder, ledger) = written();
    for record in records() {
        assert_eq!(ledger.record(&id_of(&record)).unwrap().as_deref(), Some(record.as_str()));
    }
    assert_eq!(count(folder.path(), "SELECT count(*) FROM records"), 0);
    assert_eq!(ledger.record("nothing").unwrap(), None);
}

#[test]
fn a_field_that_no_table_has_comes_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let record = records()[0].replacen("\"tense\":", "\"mood\":\"subjunctive\",\"tense\":", 1);
    ledger.write(&[Entry::new(&record).unwrap()], NOW).unwrap();
    assert_eq!(ledger.record(&id_of(&record)).unwrap(), Some(record));
    assert_eq!(count(folder.path(), "SELECT count(*) FROM records"), 1);
}

#[test]
fn the_same_article_is_stored_once_and_a_changed_one_is_a_version() {
    let (folder, mut ledger) = written();
    assert!(ledger.write(&entries(), NOW).unwrap().iter().all(|it| *it == Stored::Known));
    let first = &records()[0];
    let other = records()[1].replace(&source_of(&records()[1]), &source_of(first));
    let other = other.replace(&id_of(&other), "0123456789abcdef0123456789abcdef");
    let done = ledger.write(&[Entry::new(&other).unwrap()], NOW).unwrap();
    assert_eq!(done, [Stored::Version(2)]);
    assert!(ledger.record(&id_of(first)).unwrap().is_some());
    let versions = "SELECT group_concat(version || ':' || current) FROM documents
                    GROUP BY source HAVING count(*) = 2";
    let connection = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    let found: String = connection.query_row(versions, [], |row| row.get(0)).unwrap();
    assert_eq!(found, "1:0,2:1");
}

fn source_of(record: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(record).unwrap();
    value["document"]["source"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_known_is_what_is_stored() {
    let (_folder, ledger) = written();
    let mut known = ledger.known().unwrap();
    for record in records() {
        let value: serde_json::Value = serde_json::from_str(&record).unwrap();
        let text = value["document"]["text"].as_str().unwrap();
        assert!(known.meet(&source_of(&record), text));
        assert!(!known.meet("another source", text) || source_of(&record) == "another source");
        known = ledger.known().unwrap();
    }
}

#[test]
fn the_views_say_who_said_what() {
    let (folder, _ledger) = written();
    let unnamed = count(folder.path(), "SELECT count(*) FROM unnamed_sources");
    assert!(unnamed > 0);
    let said = "SELECT count(*) FROM who_said_what WHERE who = 'A Romanian police official'
                AND what LIKE 'that the crates held%'";
    assert_eq!(count(folder.path(), said), 1);
    let voices = "SELECT count(*) FROM events_by_certainty";
    let expected = "SELECT (SELECT count(*) FROM events WHERE certainty IS NOT NULL)
                    + (SELECT count(*) FROM event_voices)";
    assert_eq!(count(folder.path(), voices), count(folder.path(), expected));
    assert!(
        count(folder.path(), "SELECT count(*) FROM events_by_certainty WHERE holder IS NULL") == 0
    );
}

#[test]
fn each_reference_leads_to_a_row() {
    let (folder, _ledger) = written();
    let connection = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    let mut check = connection.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(check.query([]).unwrap().next().unwrap().is_none());
}

#[test]
fn a_ledger_of_version_1_is_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/v1").join(FILE);
    fs::copy(old, folder.path().join(FILE)).unwrap();
    let ledger = Ledger::open_read_only(folder.path()).unwrap();
    for record in records() {
        assert_eq!(ledger.record(&id_of(&record)).unwrap().as_deref(), Some(record.as_str()));
    }
    drop(ledger);
    let mut ledger = Ledger::open(folder.path()).unwrap();
    assert!(ledger.write(&entries(), NOW).unwrap().iter().all(|it| *it == Stored::Known));
}

/// Writes the ledger that the test above reads; to be run once for each version of the tables, with
/// `SAYSO_WRITE_FORMAT=tests/formats/v2`.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test that is asked to write a file is told where")]
fn a_ledger_is_written_for_later_versions_to_read() {
    let Some(folder) = std::env::var_os("SAYSO_WRITE_FORMAT") else { return };
    let mut ledger = Ledger::create(Path::new(&folder)).unwrap();
    ledger.write(&entries(), NOW).unwrap();
    ledger.fold_log().unwrap();
}

#[test]
fn what_is_no_ledger_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert!(matches!(Ledger::open(path), Err(StoreError::Missing { .. })));
    assert!(matches!(Ledger::open_read_only(path), Err(StoreError::Missing { .. })));

    fs::write(path.join(FILE), "no database, and long enough to have been one. ".repeat(100))
        .unwrap();
    assert!(matches!(Ledger::open(path), Err(StoreError::Damaged { .. })));
    assert!(matches!(Ledger::open_read_only(path), Err(StoreError::Damaged { .. })));

    fs::remove_file(path.join(FILE)).unwrap();
    let other = rusqlite::Connection::open(path.join(FILE)).unwrap();
    other.execute_batch("CREATE TABLE recipes (name)").unwrap();
    drop(other);
    assert!(matches!(Ledger::create(path), Err(StoreError::Foreign { .. })));
    assert!(matches!(Ledger::open_read_only(path), Err(StoreError::Foreign { .. })));
}

#[test]
fn a_newer_ledger_is_left_alone() {
    let (folder, ledger) = written();
    drop(ledger);
    let later = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    later.pragma_update(None, "user_version", 99).unwrap();
    drop(later);
    for found in [Ledger::create(folder.path()), Ledger::open_read_only(folder.path())] {
        let Err(StoreError::Newer { found: 99, known, .. }) = found else { panic!("{found:?}") };
        assert!(known < 99);
    }
}

#[test]
fn a_damaged_page_is_an_error_and_no_panic() {
    let (folder, ledger) = written();
    ledger.fold_log().unwrap();
    drop(ledger);
    let path = folder.path().join(FILE);
    let whole = fs::read(&path).unwrap();
    for at in (4096..whole.len()).step_by(4096) {
        let mut bytes = whole.clone();
        bytes[at..at + 200].fill(0xA5);
        fs::write(&path, &bytes).unwrap();
        let Ok(ledger) = Ledger::open_read_only(folder.path()) else { continue };
        for record in records() {
            match ledger.record(&id_of(&record)) {
                Ok(_) | Err(StoreError::Damaged { .. } | StoreError::Sqlite { .. }) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn one_writer_at_a_time_has_the_lock_and_readers_need_none() {
    let (folder, ledger) = written();
    let lock = ledger.lock().unwrap();
    let second = Ledger::open(folder.path()).unwrap();
    assert!(matches!(second.lock(), Err(StoreError::Busy { .. })));
    let reader = Ledger::open_read_only(folder.path()).unwrap();
    assert_eq!(reader.n_documents().unwrap(), 6);
    drop(lock);
    assert!(second.lock().is_ok());
}

#[test]
fn a_full_disk_loses_nothing_and_is_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let all = entries();
    ledger.write(&all[1..2], NOW).unwrap();
    ledger.limit_pages(40).unwrap();
    assert!(matches!(ledger.write(&all, NOW), Err(StoreError::Full { .. })));
    assert_eq!(ledger.n_documents().unwrap(), 1);
    ledger.limit_pages(100_000).unwrap();
    let done = ledger.write(&all, NOW).unwrap();
    assert_eq!(done.iter().filter(|it| **it == Stored::New).count(), 5);
}

#[test]
fn spans_outside_the_text_are_no_record() {
    let record = records()[0].replacen("\"sentences\":[[", "\"sentences\":[[999999,", 1);
    assert!(matches!(Entry::new(&record), Err(StoreError::Record { .. })));
    assert!(matches!(Entry::new("{}"), Err(StoreError::Record { .. })));
    let later = records()[0].replacen("sayso.record/1", "sayso.record/2", 1);
    assert!(matches!(Entry::new(&later), Err(StoreError::Record { .. })));
}
