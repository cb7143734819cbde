//! `cargo xtask test`: every doctest and every test.

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

/// Runs the doctests, which nextest leaves out, unless a filter asks for some tests; then the tests.
///
/// # Errors
///
/// If a test fails or does not compile.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.filter.is_none() {
        show(cargo(&["test", "--workspace", "--doc"]))?;
    }
    let mut tests = if has_cargo_command("nextest") {
        let profile = if variable("CI").is_some() { "ci" } else { "default" };
        cargo(&["nextest", "run", "--workspace", "--profile", profile])
    } else {
        cargo(&["test", "--workspace", "--lib", "--bins", "--tests"])
    };
    tests.args(&options.filter);
    show(tests)
}
