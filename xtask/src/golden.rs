//! `cargo xtask golden`: what is read off the articles of `tests/articles` and `tests/events`, written
//! under the words, and the rows of the short articles in the specifications of `tests/statements` and
//! `tests/certainty`.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sayso::{Analysis, Article, Document, Reader, Rows, Scratch};

use crate::process::root;
use crate::tidy;

mod certainty;
mod difference;
mod essay;
mod facts;
mod render;
mod statements;

/// The ending of a golden record's file name, after the article's.
pub(crate) const ENDING: &str = ".record.txt";

/// The folders of articles; in those of the second hardly an event has a type.
const ARTICLES: [&str; 2] = ["tests/articles", "tests/events"];

/// What a specification shows of an article's rows.
type Lines = fn(&Document, &Rows) -> String;

/// The folders of specifications.
const ESSAYS: [(&str, Lines); 2] =
    [("tests/statements", statements::lines), ("tests/certainty", certainty::lines)];

/// Compares what is read off tests/articles, tests/events and the specifications with what is recorded there
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Write the records as they are read, to be judged in the diff of the commit
    #[arg(long)]
    bless: bool,
}

/// Reads every article and compares, or with `--bless` writes.
///
/// # Errors
///
/// If a record differs or lacks its file, if a golden file belongs to no article, or if a file
/// cannot be read or written.
pub(crate) fn run(options: &Options) -> Result<()> {
    let (mut articles, mut records) = (Vec::new(), Vec::new());
    for folder in ARTICLES {
        let (found, recorded) = files_of(&root().join(folder))?;
        ensure!(!found.is_empty(), "{folder} holds no article");
        articles.extend(found);
        records.extend(recorded);
    }
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    let mut n_different = 0;
    for article in &articles {
        let read = record_lines(&reader, &mut scratch, article)?;
        n_different += usize::from(!agrees(article, &read, options.bless)?);
    }
    let mut n_essays = 0;
    for (folder, lines) in ESSAYS {
        for path in &essays(&root().join(folder))? {
            let agrees = essay_agrees(&reader, &mut scratch, path, lines, options.bless)?;
            n_different += usize::from(!agrees);
            n_essays += 1;
        }
    }
    let strays = strays(&articles, &records);
    for stray in &strays {
        eprintln!("{}: no article of this name", stray.display());
    }
    ensure!(
        n_different == 0 && strays.is_empty(),
        "golden: {n_different} of {} articles and specifications differ, {} records without an article",
        articles.len() + n_essays,
        strays.len()
    );
    println!("golden: {} articles, {} specifications as recorded", articles.len(), n_essays);
    Ok(())
}

/// The specifications of a folder, in order of their names.
fn essays(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()
        .with_context(|| folder.display().to_string())?;
    paths.retain(|path| path.extension() == Some(OsStr::new("md")));
    paths.sort();
    Ok(paths)
}

/// Whether the articles in a specification are read as it says; when blessing, makes it say so.
fn essay_agrees(
    reader: &Reader,
    scratch: &mut Scratch,
    path: &Path,
    lines: Lines,
    bless: bool,
) -> Result<bool> {
    let name = tidy::short(path);
    let golden = fs::read_to_string(path).with_context(|| name.clone())?;
    let read = essay::with_rows(&golden, |article| {
        let reading = reader.read(Article::new(name.clone(), article), scratch);
        lines(&reading.document, &reading.rows())
    })
    .with_context(|| name.clone())?;
    compared(path, &golden, &read, bless)
}

/// The articles and the golden records of a folder, each in order of their names.
fn files_of(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()
        .with_context(|| folder.display().to_string())?;
    paths.retain(|path| path.extension() == Some(OsStr::new("txt")));
    paths.sort();
    let (records, articles) =
        paths.into_iter().partition(|path| path.to_string_lossy().ends_with(ENDING));
    Ok((articles, records))
}

fn record_of(article: &Path) -> PathBuf {
    article.with_extension(ENDING.trim_start_matches('.'))
}

/// Golden records whose article is gone.
fn strays<'a>(articles: &[PathBuf], records: &'a [PathBuf]) -> Vec<&'a PathBuf> {
    records.iter().filter(|record| !articles.iter().any(|a| record_of(a) == **record)).collect()
}

/// What is read off an article, as its golden record writes it.
fn record_lines(reader: &Reader, scratch: &mut Scratch, article: &Path) -> Result<String> {
    let name = tidy::short(article);
    let text = fs::read_to_string(article).with_context(|| name.clone())?;
    let reading = reader.read(Article::new(name, text), scratch);
    let none = Analysis::default();
    let analysis = reading.analysis.as_ref().unwrap_or(&none);
    let rows = reading.rows();
    let mut out = render::lines(&reading.document, analysis, &rows);
    if rows.events.iter().all(|event| event.kind.is_none()) {
        out.push_str("\nno event with a type\n");
    }
    Ok(out)
}

/// Whether an article is read as its golden record says; when blessing, makes it so.
fn agrees(article: &Path, read: &str, bless: bool) -> Result<bool> {
    let path = record_of(article);
    let golden = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        golden => golden.with_context(|| tidy::short(&path))?,
    };
    compared(&path, &golden, read, bless)
}

/// Shows the difference of a golden file from what is read, or, when blessing, writes it.
fn compared(path: &Path, golden: &str, read: &str, bless: bool) -> Result<bool> {
    let name = tidy::short(path);
    if bless {
        fs::write(path, read).context(name)?;
        return Ok(true);
    }
    if golden != read {
        println!("{name}");
        print!("{}", difference::of(golden, read));
    }
    Ok(golden == read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_its_article_is_a_stray() {
        let articles = [PathBuf::from("a/bridge.txt")];
        let records = [PathBuf::from("a/bridge.record.txt"), PathBuf::from("a/ferry.record.txt")];
        assert_eq!(strays(&articles, &records), [&records[1]]);
    }
}
