//! `sayso search`, `entity`, `sql` and `doctor` as their users run them.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its command has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const BEACON: &str = "Mayor Ana Reyes denied on Monday that any crate was missing. “We will rebuild the quay,” Reyes \
                      told reporters.\n\nPolice arrested two men in Mersin.\n";
const WIRE: &str = "Officials said the quay would be closed.\n";

fn sayso(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder).env("SAYSO_STORE", "archive");
    for name in ["NO_COLOR", "SAYSO_COLOR", "SAYSO_JOBS", "SAYSO_MODEL"] {
        command.env_remove(name);
    }
    command.args(args).output().unwrap()
}

fn archive() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("beacon.txt"), BEACON).unwrap();
    fs::write(folder.path().join("wire.txt"), WIRE).unwrap();
    let output = sayso(folder.path(), &["ingest", "beacon.txt", "wire.txt"]);
    assert!(output.status.success());
    folder
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn a_search_says_what_was_found_and_in_what() {
    let folder = archive();
    let output = sayso(folder.path(), &["search", "quay"]);
    assert!(stdout(&output).starts_with("2 sentences in 2 of 2 articles\n"), "{}", stdout(&output));
    assert!(stdout(&output).contains("the *quay*"), "{}", stdout(&output));
    let output = sayso(folder.path(), &["search", "quay", "--unnamed", "--json"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found["sentences"], &found["searched"]), (&1.into(), &2.into()));
    assert_eq!(found["hits"][0]["source"], "wire.txt");
    let output = sayso(folder.path(), &["search", "zebra"]);
    assert_eq!(stdout(&output), "no rows in 2 articles\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_search_that_is_wrong_is_told_and_status_2() {
    let folder = archive();
    for (args, said) in [
        (["search", "quay OR"].as_slice(), "words are missing at character 7"),
        (&["search", "\"quay"], "a quotation mark without its partner"),
        (&["search", "--act", "shout"], "invalid value 'shout'"),
        (&["search", "--since", "yesterday"], "expected a day"),
    ] {
        let output = sayso(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(said), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn an_entity_has_what_it_says() {
    let folder = archive();
    let output = sayso(folder.path(), &["entity", "reyes"]);
    assert!(stdout(&output).starts_with("Ana Reyes · person"), "{}", stdout(&output));
    assert!(stdout(&output).contains("Ana Reyes · deny →"), "{}", stdout(&output));
    let output = sayso(folder.path(), &["entity", "Lindqvist"]);
    assert_eq!(stdout(&output), "nobody called Lindqvist in 2 articles\n");
}

#[test]
fn sql_answers_in_three_forms_and_changes_nothing() {
    let folder = archive();
    let question = "SELECT source, version FROM documents ORDER BY source";
    let output = sayso(folder.path(), &["sql", question]);
    let expected = "source      version\n──────────  ───────\nbeacon.txt  1\nwire.txt    1\n";
    assert_eq!(stdout(&output), expected);
    let output = sayso(folder.path(), &["sql", question, "--csv"]);
    assert_eq!(stdout(&output), "source,version\r\nbeacon.txt,1\r\nwire.txt,1\r\n");
    let output = sayso(folder.path(), &["sql", question, "--json"]);
    assert!(stdout(&output).starts_with("{\"source\":\"beacon.txt\",\"version\":1}\n"));
    let output = sayso(folder.path(), &["sql", "DELETE FROM texts"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("it would change the ledger"), "{}", stderr(&output));
    let output = sayso(folder.path(), &["sql", ".schema"]);
    assert!(stdout(&output).contains("CREATE VIEW who_said_what"));
}

#[test]
fn the_doctor_says_whether_a_ledger_is_whole() {
    let folder = archive();
    let output = sayso(folder.path(), &["doctor"]);
    assert!(stdout(&output).starts_with("whole: 2 articles"), "{}", stderr(&output));
    let ledger = folder.path().join("archive").join(sayso_store::FILE);
    let other = rusqlite::Connection::open(&ledger).unwrap();
    other.execute_batch("UPDATE documents SET current = 0 WHERE source = 'wire.txt'").unwrap();
    let output = sayso(folder.path(), &["doctor"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(stdout(&output), "versions: wire.txt has not one current version\n");
    assert_eq!(sayso(folder.path(), &["doctor", "--repair"]).status.code(), Some(0));
    assert_eq!(sayso(folder.path(), &["doctor"]).status.code(), Some(0));
    assert_eq!(sayso(folder.path(), &["doctor", "--backup", "copy"]).status.code(), Some(0));
    assert_eq!(sayso(folder.path(), &["doctor", "--backup", "copy"]).status.code(), Some(4));
}

#[test]
fn a_store_that_is_not_there_is_status_4() {
    let folder = tempfile::tempdir().unwrap();
    for args in [["search", "quay"], ["entity", "Reyes"], ["sql", "SELECT 1"]] {
        let output = sayso(folder.path(), &args);
        assert_eq!(output.status.code(), Some(4));
        assert!(stderr(&output).contains("archive: no ledger"), "{}", stderr(&output));
    }
}
