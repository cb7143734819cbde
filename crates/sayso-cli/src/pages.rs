//! What the command prints about itself.

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::args::Cli;

pub(crate) fn schema() -> Result<Vec<u8>> {
    let mut page = serde_json::to_vec_pretty(&sayso::schema())?;
    page.push(b'\n');
    Ok(page)
}

pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut page = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "sayso", &mut page);
    page
}

/// The manual page of sayso, or of one of its commands.
pub(crate) fn man(command: Option<&str>) -> Result<Vec<u8>> {
    let mut top = Cli::command();
    top.build();
    let page = match command {
        None => Man::new(top),
        Some(name) => {
            let found = top.find_subcommand(name).cloned();
            let found = found.with_context(|| format!("sayso has no command {name}"))?;
            Man::new(found)
        }
    };
    let mut out = Vec::new();
    page.render(&mut out)?;
    Ok(out)
}
