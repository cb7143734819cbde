//! Running other programs, and where the repository lies.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// The repository's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// A variable of the environment, if it is set and not empty.
#[expect(clippy::disallowed_methods, reason = "the one place where these commands read it")]
pub(crate) fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The folder with `eval` and `corpora`, which are not part of the repository.
pub(crate) fn shared() -> PathBuf {
    variable("SAYSO_SHARED").unwrap_or_else(|| root().join("../shared"))
}

/// `cargo` with arguments, to be run in the repository's root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root());
    command
}

/// Whether `cargo NAME` is installed.
pub(crate) fn has_cargo_command(name: &str) -> bool {
    answers(cargo(&[name, "--version"]))
}

/// Whether a program can be started.
pub(crate) fn has_program(name: &str) -> bool {
    let mut command = Command::new(name);
    command.arg("--version");
    answers(command)
}

fn answers(mut command: Command) -> bool {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Runs a command with its output on the terminal, after saying what it is.
///
/// # Errors
///
/// If it cannot be started, or ends with another status than 0.
pub(crate) fn show(mut command: Command) -> Result<()> {
    eprintln!("$ {}", spelled(&command));
    let status = command.status().with_context(|| format!("start {}", spelled(&command)))?;
    ensure!(status.success(), "{} ended with {status}", spelled(&command));
    Ok(())
}

/// What a command writes to its standard output.
///
/// # Errors
///
/// If it cannot be started, or ends with another status than 0; what it wrote to standard error
/// is in the message.
pub(crate) fn output(mut command: Command) -> Result<Vec<u8>> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("start {}", spelled(&command)))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!("{} ended with {}: {}", spelled(&command), done.status, said.trim());
    }
    Ok(done.stdout)
}

fn spelled(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
