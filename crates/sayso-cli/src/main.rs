//! The `sayso` command.

mod args;
mod clock;
mod doctor;
mod entity;
mod explain;
mod ingest;
mod pages;
mod read;
mod report;
mod search;
mod sql;
mod view;

use std::io::{self, Write};
use std::process::ExitCode;

use args::{Cli, Command};
use read::Failures;
use sayso_store::StoreError;

/// Exit statuses, as the manual page lists them.
const FAILED: u8 = 1;
const USAGE: u8 = 2;
const SOME_INPUTS_FAILED: u8 = 3;
const STORE: u8 = 4;

fn main() -> ExitCode {
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(Failures(0)) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(SOME_INPUTS_FAILED),
        Err(error) => match error.downcast_ref::<clap::Error>() {
            Some(error) => usage(error),
            None if error.is::<explain::NoSuchRow>() => {
                report::error(&format!("{error:#}"), Some(explain::HELP));
                ExitCode::from(USAGE)
            }
            None if is_closed_pipe(&error) => ExitCode::SUCCESS,
            None => {
                let store = error.downcast_ref::<StoreError>();
                let ill = error.downcast_ref::<doctor::NotWhole>();
                let help = store.and_then(StoreError::help).or(ill.map(doctor::NotWhole::help));
                report::error(&format!("{error:#}"), help);
                let failed = if ill.is_some() { STORE } else { FAILED };
                ExitCode::from(store.map_or(failed, store_status))
            }
        },
    }
}

fn run(cli: Cli) -> anyhow::Result<Failures> {
    match cli.command {
        Command::Read(args) => read::run(args, cli.color),
        Command::Ingest(args) => ingest::run(&args),
        Command::Search(args) => search::run(args, cli.color),
        Command::Entity(args) => entity::run(&args, cli.color),
        Command::Sql(args) => sql::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Explain(args) => explain::run(args, cli.color),
        Command::Schema => print(&pages::schema()?),
        Command::Completions { shell } => print(&pages::completions(shell)),
        Command::Man { command } => print(&pages::man(command.as_deref())?),
    }
}

fn print(page: &[u8]) -> anyhow::Result<Failures> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(page)?;
    stdout.flush()?;
    Ok(Failures(0))
}

/// Prints what clap has to say: the help that was asked for, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    // When even that cannot be written, nobody is left to tell.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}

/// What a failure of the store ends with: what was asked may be wrong, or the store.
fn store_status(error: &StoreError) -> u8 {
    match error {
        StoreError::Query { .. } | StoreError::Sql { .. } => USAGE,
        _ => STORE,
    }
}

/// Whether the reader of our output has gone, as `head` does when it has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        kind == Some(io::ErrorKind::BrokenPipe)
    })
}
