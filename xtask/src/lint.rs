//! `cargo xtask lint`: format, lints, documentation, licences.

use anyhow::Result;

use crate::process::{cargo, has_cargo_command, show};

/// Checks format, lints, documentation and, where cargo-deny is installed, licences
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Rewrite the sources in the workspace's format in place of complaining
    #[arg(long)]
    fix_format: bool,
}

/// Runs the checks in the order of their cost.
///
/// # Errors
///
/// If one complains; warnings count.
pub(crate) fn run(options: &Options) -> Result<()> {
    let format: &[&str] =
        if options.fix_format { &["fmt", "--all"] } else { &["fmt", "--all", "--check"] };
    show(cargo(format))?;
    show(cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    show(doc)?;
    if has_cargo_command("deny") {
        // Advisories would need a database from the network.
        show(cargo(&["deny", "check", "licenses", "bans", "sources"]))?;
    } else {
        eprintln!("cargo-deny is not installed: licences not checked");
    }
    Ok(())
}
