//! `sayso explain` as its users run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its command has failed")]

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

const TEXT: &str = "The order reportedly targets three ferry lines, though doubts remain about how \
    many will sail at all this winter.\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ferry.txt"), TEXT).unwrap();
    folder
}

fn explain(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder.path()).env_remove("SAYSO_MODEL");
    command.arg("explain").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_statement_is_explained() {
    let output = explain(&folder(), &["s10-20", "ferry.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = text(&output.stdout);
    for line in [
        "s10-20 · statement in ferry.txt\n",
        "  cue  reportedly\n",
        "  found by  the rule evidential\n",
        "reportedly (r) in acts.tsv\n",
    ] {
        assert!(page.contains(line), "no {line:?} in {page}");
    }
}

#[test]
fn the_same_for_programs() {
    let output = explain(&folder(), &["--json", "s10-20", "ferry.txt"]);
    let found: serde_json::Value = serde_json::from_str(text(&output.stdout)).unwrap();
    assert_eq!(found["kind"], "statement");
    assert_eq!(found["extractor"], "evidential");
    assert_eq!(found["statement"]["id"], "s10-20");
    assert_eq!(found["document"], "ferry.txt");
    assert!(found["reader"]["model"].as_str().unwrap().contains('@'));
}

#[test]
fn an_unknown_row_names_the_nearest() {
    let output = explain(&folder(), &["s12-13", "ferry.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    let expected = "error: no article has the row s12-13; the nearest are s10-20";
    assert!(text(&output.stderr).starts_with(expected), "{}", text(&output.stderr));
}

#[test]
fn what_is_no_id_is_told_from_what_is_not_there() {
    let error = |row: &str| {
        let output = explain(&folder(), &[row, "ferry.txt"]);
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr).to_owned()
    };
    assert!(error("bogus").starts_with("error: bogus is no id of a row; an id is `s` for"));
    assert!(error("t3-4").starts_with("error: t3-4 cannot be explained; what can is `s` for"));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let output = explain(&folder(), &["s10-20", "missing.txt"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("missing.txt: cannot be read"));
    let output = explain(&folder(), &["s10-20", "missing.txt", "ferry.txt"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).contains("s10-20"));
}
