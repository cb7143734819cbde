//! `sayso ingest` as its users run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its command has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use sayso_store::{FILE, Ledger};
use serde_json::Value;
use tempfile::TempDir;

fn sayso(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder);
    for name in ["NO_COLOR", "SAYSO_COLOR", "SAYSO_JOBS", "SAYSO_MODEL", "SAYSO_STORE"] {
        command.env_remove(name);
    }
    command
}

fn ingest(folder: &TempDir, inputs: &[&str]) -> Output {
    let args = ["ingest", "--store", "archive", "--json"];
    sayso(folder.path()).args(args).args(inputs).output().unwrap()
}

fn summary(output: &Output) -> [u64; 4] {
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    ["stored", "new_versions", "skipped", "failed"].map(|name| value[name].as_u64().unwrap())
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Rows about as many visits to harbours, each different.
fn rows(n: usize) -> String {
    let mut rows = String::new();
    for k in 0..n {
        let (mayor, town) = (["Ana Reyes", "Tomas Lindqvist", "Mara Osei"][k % 3], k * 7 % 1000);
        writeln!(
            rows,
            "{{\"id\": \"visit-{k}\", \"published\": \"2025-03-{:02}\", \"text\": \"Mayor {mayor} visited harbour \
             {town} on Monday. “We will rebuild quay {k},” {mayor} told reporters. Officials denied that \
             {k} crates were missing.\"}}",
            k % 28 + 1
        )
        .unwrap();
    }
    rows
}

#[test]
fn an_article_is_stored_once_and_a_changed_text_is_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Mayor Ana Reyes said no.").unwrap();
    fs::write(folder.path().join("b.txt"), "Mayor Ana Reyes said yes.").unwrap();
    let first = ingest(&folder, &["a.txt", "b.txt", "a.txt"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert_eq!(summary(&first), [2, 0, 1, 0]);
    fs::write(folder.path().join("b.txt"), "Mayor Ana Reyes said maybe.").unwrap();
    assert_eq!(summary(&ingest(&folder, &["a.txt", "b.txt"])), [1, 1, 1, 0]);
    let ledger = Ledger::open_read_only(&folder.path().join("archive")).unwrap();
    assert_eq!(ledger.n_documents().unwrap(), 3);
}

#[test]
fn the_ledger_gives_back_what_read_prints() {
    let folder = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let examples = examples.to_str().unwrap();
    assert_eq!(ingest(&folder, &[examples]).status.code(), Some(0));
    let read = sayso(folder.path()).args(["read", "--json", examples]).output().unwrap();
    let ledger = Ledger::open_read_only(&folder.path().join("archive")).unwrap();
    let records = std::str::from_utf8(&read.stdout).unwrap();
    assert!(records.lines().count() > 10);
    for record in records.lines() {
        let value: Value = serde_json::from_str(record).unwrap();
        let id = value["document"]["id"].as_str().unwrap();
        assert_eq!(ledger.record(id).unwrap().as_deref(), Some(record));
    }
    let kept = count(&folder, "SELECT count(*) FROM records");
    assert_eq!(kept, 0, "the tables of the ledger have no place for a field of Record v1");
}

fn count(folder: &TempDir, sql: &str) -> u64 {
    let database = folder.path().join("archive").join(FILE);
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().unsigned_abs()
}

#[test]
fn an_input_that_fails_is_told_and_the_others_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Mayor Ana Reyes said no.").unwrap();
    fs::write(folder.path().join("b.jsonl"), "{\"id\": 1}\n").unwrap();
    let output = ingest(&folder, &["b.jsonl", "a.txt", "none.txt"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(summary(&output), [1, 0, 0, 2]);
    assert!(stderr(&output).contains("b.jsonl:1: no article"), "{}", stderr(&output));
    assert!(stderr(&output).contains("none.txt: cannot be read"), "{}", stderr(&output));
}

#[test]
fn a_store_that_cannot_be_made_or_written_is_status_4() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("archive"), "a file in its place").unwrap();
    fs::write(folder.path().join("a.txt"), "Mayor Ana Reyes said no.").unwrap();
    let output = ingest(&folder, &["a.txt"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("archive"), "{}", stderr(&output));

    fs::remove_file(folder.path().join("archive")).unwrap();
    let ledger = Ledger::create(&folder.path().join("archive")).unwrap();
    let lock = ledger.lock().unwrap();
    let output = ingest(&folder, &["a.txt"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("somebody else is writing"), "{}", stderr(&output));
    drop(lock);
    assert_eq!(ingest(&folder, &["a.txt"]).status.code(), Some(0));
}

/// Every row of every table, less the times of storing.
fn dump(folder: &TempDir) -> Vec<String> {
    let database = folder.path().join("archive").join(FILE);
    let connection = rusqlite::Connection::open(database).unwrap();
    let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                  AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut tables = connection.prepare(tables).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut rows = Vec::new();
    for table in tables.map(Result::unwrap) {
        let mut all = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<_> = all.column_names().map(str::to_owned).collect();
        let mut found = all.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let mut line = table.clone();
            for (n, column) in columns.iter().enumerate().filter(|(_, name)| *name != "stored") {
                write!(line, " {column}={:?}", row.get_ref(n).unwrap()).unwrap();
            }
            rows.push(line);
        }
    }
    rows
}

#[test]
fn a_run_that_is_killed_is_taken_up_and_ends_with_the_same_rows() {
    let articles = rows(60);
    let whole = tempfile::tempdir().unwrap();
    fs::write(whole.path().join("visits.jsonl"), &articles).unwrap();
    assert_eq!(summary(&ingest(&whole, &["visits.jsonl"])), [60, 0, 0, 0]);

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("visits.jsonl"), &articles).unwrap();
    let begun = articles.lines().take(20).collect::<Vec<_>>().join("\n");
    fs::write(folder.path().join("begun.jsonl"), begun).unwrap();
    assert_eq!(summary(&ingest(&folder, &["begun.jsonl"])), [20, 0, 0, 0]);
    for pause in [30, 300] {
        let mut command = sayso(folder.path());
        command.args(["ingest", "--store", "archive", "visits.jsonl"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(ingest(&folder, &["visits.jsonl"]).status.code(), Some(0));
    assert_eq!(count(&folder, "SELECT count(*) FROM documents"), 60);
    assert_eq!(dump(&folder), dump(&whole));
}
