//! `cargo xtask test`: every test, then every doctest.

use anyhow::Result;

use crate::process::{cargo, has_cargo_command, show, variable};

/// Runs every test and doctest of the workspace
///
/// With cargo-nextest if it is installed, else with cargo's own runner.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only tests whose name contains this
    filter: Option<String>,
}

/// Runs the tests, and, unless they are filtered, the doctests, which nextest leaves out.
///
/// # Errors
///
/// If a test fails or does not compile.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut tests = if has_cargo_command("nextest") {
        let profile = if variable("CI").is_some() { "ci" } else { "default" };
        cargo(&["nextest", "run", "--workspace", "--profile", profile])
    } else {
        cargo(&["test", "--workspace", "--lib", "--bins", "--tests"])
    };
    tests.args(&options.filter);
    show(tests)?;
    if options.filter.is_none() {
        show(cargo(&["test", "--workspace", "--doc"]))?;
    }
    Ok(())
}
