//! Development commands: `cargo xtask test`, `lint`, `tidy`, `golden`, `scorecard`, `sources`,
//! `judge`, `calibrate`, `export`.
//!
//! One file a command, which holds its options and its `run`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "these commands talk to people")]

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod calibrate;
mod coreference;
mod corpus;
mod export;
mod golden;
mod judge;
mod lint;
mod pages;
mod process;
mod roles;
mod scorecard;
mod sources;
mod test;
mod tidy;

/// Development commands of sayso.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Test(test::Options),
    Lint(lint::Options),
    Tidy(tidy::Options),
    Golden(golden::Options),
    Export(export::Options),
    Calibrate(calibrate::Options),
    Scorecard(scorecard::Options),
    Sources(sources::Options),
    Judge(judge::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Test(options) => test::run(&options),
        Task::Lint(options) => lint::run(&options),
        Task::Tidy(options) => tidy::run(&options),
        Task::Export(options) => export::run(&options),
        Task::Calibrate(options) => calibrate::run(&options),
        Task::Golden(options) => golden::run(&options),
        Task::Scorecard(options) => scorecard::run(&options),
        Task::Sources(options) => sources::run(&options),
        Task::Judge(options) => judge::run(&options),
    }
}
