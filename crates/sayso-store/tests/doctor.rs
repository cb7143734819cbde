//! The doctor finds what is wrong and repairs what can be repaired.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its ledger has failed")]

use sayso_store::{Entry, FILE, Finding, Ledger, StoreError};
use tempfile::TempDir;

fn written() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let records = include_str!("formats/records.jsonl").lines();
    let entries: Vec<_> = records.map(|record| Entry::new(record).unwrap()).collect();
    ledger.write(&entries, "2025-08-08T12:00:00Z").unwrap();
    (folder, ledger)
}

/// What the doctor finds after a change by another program.
fn after(change: &str) -> (TempDir, Ledger, Vec<Finding>) {
    let (folder, ledger) = written();
    let other = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    other.pragma_update(None, "foreign_keys", false).unwrap();
    other.execute_batch(change).unwrap();
    drop(other);
    let findings = ledger.check().unwrap().findings;
    (folder, ledger, findings)
}

#[test]
fn a_ledger_that_was_only_written_is_whole() {
    let (_folder, ledger) = written();
    let checkup = ledger.check().unwrap();
    assert_eq!((checkup.n_documents, checkup.findings), (6, vec![]));
}

#[test]
fn a_text_that_was_changed_is_found() {
    let (.., findings) = after("UPDATE texts SET text = replace(text, 'crates', 'boxes')");
    assert!(findings.iter().any(|it| matches!(it, Finding::Text { .. })), "{findings:?}");
    assert!(findings.contains(&Finding::Index { index: "sentence_words".to_owned() }));
}

#[test]
fn a_row_that_leads_nowhere_is_found() {
    let (.., findings) = after("DELETE FROM events WHERE event = 0");
    let lost =
        |it: &Finding| matches!(it, Finding::Reference { table, .. } if table == "event_parties");
    assert!(findings.iter().any(lost), "{findings:?}");
}

#[test]
fn a_span_outside_its_text_is_found() {
    let (.., findings) = after("UPDATE times SET \"end\" = 1000000 WHERE time = 0");
    assert!(findings.iter().any(|it| matches!(it, Finding::Rows { .. })), "{findings:?}");
}

#[test]
fn an_index_is_rebuilt_and_the_current_version_found_again() {
    let changes = "INSERT INTO sentence_words (sentence_words, rowid, text) VALUES ('delete', 1, 'wrong words');
                   UPDATE documents SET current = 0";
    let (_folder, mut ledger, findings) = after(changes);
    assert_eq!(findings.len(), 7, "{findings:?}");
    assert!(findings.iter().all(Finding::can_be_repaired));
    let checkup = ledger.check().unwrap();
    assert_eq!(ledger.repair(&checkup).unwrap().findings, []);
}

#[test]
fn a_backup_is_a_ledger_and_overwrites_nothing() {
    let (folder, ledger) = written();
    let copy = tempfile::tempdir().unwrap();
    ledger.back_up(&copy.path().join(FILE)).unwrap();
    let other = Ledger::open(copy.path()).unwrap();
    assert_eq!(other.check().unwrap(), ledger.check().unwrap());
    let again = ledger.back_up(&copy.path().join(FILE));
    assert!(matches!(again, Err(StoreError::File { .. })), "{again:?}");
    assert!(ledger.back_up(&folder.path().join("no/such/folder")).is_err());
}
