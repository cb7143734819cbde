//! `cargo xtask sources`: whether what is said in the marked articles of `tests/sources` is held
//! to be said by the right people.
//!
//! The eight passages of Wikinews are not part of the repository, only their marks are; without
//! the corpora they are left out, and the command says so.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use sayso::{Article, Reader, Scratch};

use crate::process::{root, shared};

mod marks;
mod score;

use marks::{Marked, Origin};
use score::{Outcome, Record, Tally};

/// Where the passages lie in the folder of the corpora.
const WIKINEWS: &str = "text/wikinews.jsonl.zst";

/// Measures how many statements of the articles marked in tests/sources have the right source
///
/// The folder with `corpora` is ../shared, or the one in `SAYSO_SHARED`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {}

/// Prints each statement that is missed or has another source, then the figures.
///
/// # Errors
///
/// If the marks do not fit their texts.
pub(crate) fn run(_: &Options) -> Result<()> {
    let passages = shared().join("corpora").join(WIKINEWS);
    let passages = passages.is_file().then_some(passages);
    if passages.is_none() {
        eprintln!(
            "sources: passages skipped: no corpora in {} (SAYSO_SHARED names another folder)",
            shared().display()
        );
    }
    let readings = readings(passages.as_deref())?;
    for (marked, outcomes) in &readings {
        print!("{}", score::misses(marked, outcomes));
    }
    print!("{}", score::table(&readings));
    Ok(())
}

/// The figures of all marked texts by name, in percent; of the articles alone if there are no
/// `passages`.
///
/// # Errors
///
/// If the marks do not fit their texts.
pub(crate) fn figures(passages: Option<&Path>) -> Result<BTreeMap<String, f64>> {
    let all: Tally =
        readings(passages)?.iter().flat_map(|(_, outcomes)| outcomes).cloned().collect();
    let figures = [
        ("found", all.found()),
        ("right of found", all.right_of_found()),
        ("right of all", all.right_of_all()),
    ];
    Ok(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// What became of each mark of each text, in order of their names.
fn readings(passages: Option<&Path>) -> Result<Vec<(Marked, Vec<Outcome>)>> {
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    let mut readings = Vec::new();
    for marked in marks::all(&root().join("tests/sources"), passages)? {
        let record = record(&reader, &mut scratch, &marked)?;
        if let Origin::Passage(passage) = &marked.origin {
            passage.check(&record.document.text_hash).with_context(|| marked.name.clone())?;
        }
        let outcomes = score::outcomes(&record, &marked);
        readings.push((marked, outcomes));
    }
    Ok(readings)
}

/// The record of a text, in the form that others get it in.
fn record(reader: &Reader, scratch: &mut Scratch, marked: &Marked) -> Result<Record> {
    let article = Article::new(marked.name.clone(), marked.text.clone());
    let record = reader.read(article, scratch).into_record();
    serde_json::from_value(serde_json::to_value(record)?).context("a record")
}
