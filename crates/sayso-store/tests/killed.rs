//! A program that writes is killed at any moment, and nothing is lost or double.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its ledger has failed")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use sayso_store::{Entry, FILE, Ledger, Stored};

const CHILD: &str = "SAYSO_TEST_CHILD";

/// Three hundred articles: the shorter examples under fifty names each.
fn entries() -> Vec<Entry> {
    let records: Vec<&str> = include_str!("formats/records.jsonl").lines().skip(1).collect();
    let mut entries = Vec::new();
    for n in 0..300 {
        let mut record: serde_json::Value =
            serde_json::from_str(records[n % records.len()]).unwrap();
        record["document"]["source"] = format!("article {n}").into();
        record["document"]["id"] = format!("{n:032x}").into();
        entries.push(Entry::new(&record.to_string()).unwrap());
    }
    entries
}

fn write_all(folder: &Path) {
    let mut ledger = Ledger::create(folder).unwrap();
    let _lock = ledger.lock().unwrap();
    for batch in entries().chunks(7) {
        ledger.write(batch, "2025-08-08T12:00:00Z").unwrap();
    }
}

/// What the killed program does; nothing unless it is told a folder.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test tells its child where to write")]
fn child() {
    if let Some(folder) = std::env::var_os(CHILD) {
        write_all(Path::new(&folder));
    }
}

/// Every row of every table.
fn dump(folder: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(folder.join(FILE)).unwrap();
    let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                  AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut tables = connection.prepare(tables).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut rows = Vec::new();
    for table in tables.map(Result::unwrap) {
        let mut all = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = all.column_count();
        let mut found = all.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let mut line = table.clone();
            for n in 0..columns {
                write!(line, " {:?}", row.get_ref(n).unwrap()).unwrap();
            }
            rows.push(line);
        }
    }
    rows
}

#[test]
fn killed_at_any_moment_a_run_is_taken_up_and_ends_with_the_same_rows() {
    let whole = tempfile::tempdir().unwrap();
    write_all(whole.path());
    let folder = tempfile::tempdir().unwrap();
    let mut stored = 0;
    for n in 0..12 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child"]).env(CHILD, folder.path());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Moments that are not multiples of each other, up to about the time of a whole run.
        sleep(Duration::from_millis(20 + n * 37));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Ok(ledger) = Ledger::open_read_only(folder.path()) {
            let now = ledger.n_documents().unwrap();
            assert!(now >= stored && now.is_multiple_of(7) || now == 300, "{now} after {stored}");
            stored = now;
        }
    }
    write_all(folder.path());
    assert_eq!(dump(folder.path()), dump(whole.path()));
    let ledger = Ledger::open(folder.path()).unwrap();
    let kinds = |it: &sayso_store::Finding| format!("{it:?}").starts_with("Text");
    // The articles were given ids that are no hash of their texts; nothing else may be found.
    let findings = ledger.check().unwrap().findings;
    assert!(findings.iter().all(kinds), "{findings:?}");
    assert_eq!(ledger.n_documents().unwrap(), 300);
}

#[test]
fn a_second_run_over_the_same_articles_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path());
    let mut ledger = Ledger::open(folder.path()).unwrap();
    let done = ledger.write(&entries(), "2026-01-01T00:00:00Z").unwrap();
    assert!(done.iter().all(|it| *it == Stored::Known));
}
