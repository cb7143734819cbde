//! How long searches take: each asked of a ledger twenty times, in milliseconds.
//!
//! ```sh
//! cargo run --release -p sayso-store --example latency -- archive
//! ```

#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use sayso_store::{Ledger, Search, Words};

/// Words of all degrees of rarity, phrases, beginnings and facets.
const WORDS: &[&str] = &[
    "the",
    "said",
    "police",
    "minister",
    "election",
    "earthquake",
    "harbour",
    "volcano",
    "zebra",
    "\"prime minister\"",
    "\"said that\"",
    "\"in the\"",
    "elect*",
    "gov*",
    "police OR army",
    "president NOT bush",
    "said police arrested",
];

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("usage: latency LEDGER")?;
    let ledger = Ledger::open_read_only(Path::new(&folder))?;
    println!("{} articles", ledger.n_documents()?);
    let search = |change: &dyn Fn(&mut Search)| {
        let mut search = Search { limit: 20, ..Search::default() };
        change(&mut search);
        search
    };
    let text = |text: &str| Some(text.to_owned());
    for typed in WORDS {
        let words = Words::parse(typed)?;
        time(typed, || ledger.search(&search(&|it| it.words = Some(words.clone()))))?;
    }
    let police = Words::parse("police")?;
    time("--act deny", || ledger.search(&search(&|it| it.act = text("deny"))))?;
    time("--act say", || ledger.search(&search(&|it| it.act = text("say"))))?;
    time("--unnamed", || ledger.search(&search(&|it| it.unnamed = true)))?;
    time("--type ASSAULT", || ledger.search(&search(&|it| it.event_type = text("ASSAULT"))))?;
    time("--certainty denied", || ledger.search(&search(&|it| it.certainty = text("denied"))))?;
    time("--said-by Bush", || ledger.search(&search(&|it| it.said_by = text("Bush"))))?;
    time("--about Iraq", || ledger.search(&search(&|it| it.about = text("Iraq"))))?;
    time("police --unnamed", || {
        ledger.search(&search(&|it| {
            it.words = Some(police.clone());
            it.unnamed = true;
        }))
    })?;
    time("police --certainty denied", || {
        ledger.search(&search(&|it| {
            it.words = Some(police.clone());
            it.certainty = text("denied");
        }))
    })?;
    for name in ["Bush", "Iraq", "Tony Blair", "Reuters"] {
        time(&format!("entity {name}"), || ledger.entity(name, 0, 20))?;
    }
    Ok(())
}

fn time<T, E: std::error::Error + Send + Sync + 'static>(
    what: &str,
    ask: impl Fn() -> Result<T, E>,
) -> Result<()> {
    let mut took: Vec<f64> = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        ask()?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    println!("{what:28} least {:8.1}  median {:8.1}  p95 {:8.1}", took[0], took[10], took[18]);
    Ok(())
}
