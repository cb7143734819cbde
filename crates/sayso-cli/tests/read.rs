//! `sayso read` as its users run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its command has failed")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn sayso(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder);
    for name in ["NO_COLOR", "SAYSO_COLOR", "SAYSO_FORMAT", "SAYSO_JOBS", "SAYSO_MODEL"] {
        command.env_remove(name);
    }
    command
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    sayso(folder.path()).arg("read").args(args).output().unwrap()
}

fn run_stdin(args: &[&str], input: &[u8]) -> Output {
    let folder = folder(&[]);
    let mut command = sayso(folder.path());
    command.arg("read").args(args).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that stops reading closes the pipe; what it says then is what counts.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn sources(output: &Output) -> Vec<String> {
    let rows = stdout(output).lines().map(|line| serde_json::from_str(line).unwrap());
    rows.map(|row: serde_json::Value| row["document"]["source"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_folder_is_read_in_order_and_hidden_files_are_left_out() {
    let folder = folder(&[
        ("news/b.txt", "Rates fell.\n"),
        ("news/a/z.md", "Rates rose.\n"),
        ("news/.hidden.txt", "Nothing.\n"),
        ("news/picture.png", "no text"),
        ("news/c.jsonl", "{\"id\": \"row\", \"text\": \"Rates held.\"}\n"),
    ]);
    let output = run(&folder, &["--json", "news"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(sources(&output), ["news/a/z.md", "news/b.txt", "row"]);
    assert_eq!(stderr(&output), "");
}

#[test]
fn what_fails_is_named_and_the_rest_is_read() {
    let folder = folder(&[
        ("a.txt", "Rates fell.\n"),
        ("b.bin", "\u{0}"),
        ("c.txt", "PK\u{3}\u{4}"),
        (
            "rows.jsonl",
            "{\"id\": \"r1\", \"text\": \"Yes.\"}\nno row\n{\"id\": \"r3\", \"text\": \"\"}\n",
        ),
    ]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let inputs = ["a.txt", "b.bin", "c.txt", "missing.txt", "empty", "rows.jsonl"];
    let output = run(&folder, &[&["--json"][..], &inputs].concat());
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(sources(&output), ["a.txt", "r1", "r3"]);
    for message in [
        "error: b.bin: .bin files are not read\n",
        "error: c.txt: expected text, found a ZIP archive (as .docx, .odt and .epub are)\n",
        "error: missing.txt: cannot be read: No such file or directory",
        "error: empty: a folder without articles\n",
        "error: rows.jsonl:2: no article: expected ident at column 2\n",
        "error: 5 inputs could not be read; 3 articles were read\n",
    ] {
        assert!(stderr(&output).contains(message), "no {message:?} in {}", stderr(&output));
    }
}

#[test]
fn standard_input_is_text_unless_its_first_line_is_a_row() {
    let text = run_stdin(&["--json", "-"], b"\n{curly} words open this text.\n");
    assert_eq!(sources(&text), ["-"]);
    let rows = run_stdin(
        &["--json", "-"],
        b"\n{\"url\": \"u\", \"text\": \"One.\"}\n{\"text\": \"Two.\"}\n",
    );
    assert_eq!(sources(&rows), ["u", "-:3"]);
    let forced = run_stdin(&["--json", "--input-format", "text", "-"], b"{\"text\": \"One.\"}\n");
    assert_eq!(sources(&forced), ["-"]);
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let rows: String = (0..120)
        .map(|n| match n % 50 {
            7 => "no row\n".to_owned(),
            _ => format!("{{\"id\": \"r{n}\", \"text\": \"{}\"}}\n", "Rates fell. ".repeat(n % 13)),
        })
        .collect();
    let folder = folder(&[("rows.jsonl", &rows)]);
    for format in ["view", "json", "conllu"] {
        let one = run(&folder, &["--format", format, "--jobs", "1", "rows.jsonl"]);
        let two = run(&folder, &["--format", format, "--jobs", "2", "rows.jsonl"]);
        assert_eq!(one, two, "{format}");
        assert_eq!(one.status.code(), Some(3));
    }
}

#[test]
fn flags_go_before_the_environment() {
    let folder = folder(&[("a.txt", "Rates fell.\n")]);
    let first = |variable: Option<&str>, args: &[&str]| {
        let mut command = sayso(folder.path());
        let output = command.envs(variable.map(|value| ("SAYSO_FORMAT", value)));
        let output = output.args(["read", "a.txt"]).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output).chars().next().unwrap()
    };
    assert_eq!(first(None, &[]), 'N');
    assert_eq!(first(Some("conllu"), &[]), '#');
    assert_eq!(first(Some("conllu"), &["--json"]), '{');
    assert_eq!(first(Some("conllu"), &["--format", "json"]), '{');
}

#[test]
fn arguments_that_make_no_sense_end_with_status_2() {
    for args in [
        &[][..],
        &["--trees", "--json", "a.txt"],
        &["--json", "--format", "view", "a.txt"],
        &["--jobs", "0", "a.txt"],
        &["-", "-"],
    ] {
        let output = run(&folder(&[]), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains("error:"), "{}", stderr(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_ends_quietly_and_a_full_disk_does_not() {
    let rows = "{\"id\": \"r\", \"text\": \"Rates fell.\"}\n".repeat(300);
    let folder = folder(&[("rows.jsonl", &rows)]);
    for jobs in ["1", "2"] {
        let mut command = sayso(folder.path());
        command.args(["read", "--json", "--jobs", jobs, "rows.jsonl"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));

        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command.stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let expected = "error: standard output cannot be written: No space left on device";
        assert!(stderr(&output).starts_with(expected), "{}", stderr(&output));
    }
}

#[test]
fn a_closed_pipe_hides_no_failed_input() {
    let folder = folder(&[("a.txt", "Rates fell.\n")]);
    for jobs in ["1", "2"] {
        let mut command = sayso(folder.path());
        command.args(["read", "--json", "--jobs", jobs, "missing.txt", "a.txt"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    }
}

#[test]
fn a_model_that_cannot_be_used_is_named_once() {
    let folder = folder(&[("a.txt", ""), ("m/model.toml", "no"), ("m/weights.safetensors", "")]);
    let output = run(&folder, &["--model", "m", "a.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("error: model m: model.toml: "), "{}", stderr(&output));
    let output = run(&folder, &["--model", "missing", "a.txt"]);
    let expected = "error: missing/model.toml: this file of a model folder cannot be read: ";
    assert!(stderr(&output).starts_with(expected), "{}", stderr(&output));
}

#[test]
fn conllu_keeps_the_tokens_of_conllu() {
    let gold = "# newdoc id = d1\n\
        1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tDo\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        4\t.Now\t_\t_\t_\t_\t_\t_\t_\t_\n\
        \n\
        # newpar\n\
        1\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let folder = folder(&[("gold.conllu", gold)]);
    let output = run(&folder, &["--format", "conllu", "gold.conllu"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let columns = |text: &str| -> Vec<[String; 2]> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| {
                let columns: Vec<_> = line.split('\t').collect();
                [columns[0].to_owned(), columns.get(1).unwrap_or(&"").to_string()]
            })
            .collect()
    };
    assert_eq!(columns(stdout(&output)), columns(gold));
    let comments: Vec<_> = stdout(&output).lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(comments[0], "# newdoc id = d1");
    assert!(comments.contains(&"# text = Don't go.Now"), "{comments:?}");
    assert_eq!(comments.iter().filter(|&&comment| comment == "# newpar").count(), 2);
    let again = run_stdin(&["--format", "conllu", "--input-format", "conllu", "-"], &output.stdout);
    assert_eq!(stdout(&again), stdout(&output));
}

#[test]
fn the_view_shows_what_would_steer_the_terminal() {
    let folder = folder(&[(
        "a.txt",
        "Rates \u{1b}[31mfell\u{7}, said a bank in the north of the country.\n",
    )]);
    let output = run(&folder, &["a.txt"]);
    // The model may take the odd characters for names, whose marks then stand between them.
    assert!(stdout(&output).contains('␛') && stdout(&output).contains('␇'), "{}", stdout(&output));
    assert!(!stdout(&output).contains('\u{1b}'));
    let color = run(&folder, &["--color", "always", "a.txt"]);
    assert!(stdout(&color).contains("\u{1b}["), "{}", stdout(&color));
    assert!(!stdout(&color).contains("\u{1b}[31mfell"));
}

#[test]
fn the_pages_about_the_command_are_there() {
    let folder = folder(&[]);
    for (args, expected) in [
        (&["--help"][..], "Examples:\n  sayso read"),
        (&["read", "--help"], "Examples:\n  sayso read"),
        (&["man"], ".TH sayso 1"),
        (&["man", "read"], ".TH sayso-read 1"),
        (&["completions", "bash"], "_sayso() {"),
        (&["schema"], "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\""),
    ] {
        let output = sayso(folder.path()).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert!(stdout(&output).contains(expected), "{args:?}: {}", stdout(&output));
    }
}
