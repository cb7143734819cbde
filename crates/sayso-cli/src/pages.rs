//! What the command prints about itself.

use anyhow::Result;
use clap::CommandFactory;
use clap::error::ErrorKind;
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
            let Some(found) = top.find_subcommand(name).cloned() else {
                let message = format!("sayso has no command {name}");
                return Err(top.error(ErrorKind::InvalidSubcommand, message).into());
            };
            Man::new(found)
        }
    };
    let mut out = Vec::new();
    page.render(&mut out)?;
    Ok(out)
}
