//! `cargo xtask judge`: how many typed events of political news are right, as people judge them.
//!
//! The texts are those of PolNeAR's training section and no part of the repository: the file of judged
//! rows names article, code points and hash. Two readers judge each row: `y` where type, actors and
//! recipients are all right, else `n`; and, after a full stop, what the text makes of the event: `a`
//! asserted as past or present, `d` denied, `f` future, `h` hypothetical, `r` only said by somebody.
//! `y.f` is a right row of an event to come.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use sayso::record::{CertaintyValue, CharSpan, Event, Record, Reference, Tense, text_hash};
use sayso::{Article, Reader, Scratch};
use serde::Deserialize;

use crate::corpus;
use crate::golden;
use crate::process::{root, shared};

mod tally;

use tally::Row;

const TRAIN: &str = "polnear/train.jsonl.zst";
const FILE: &str = "tests/events/judged.tsv";
/// Own articles in which the words of war tell no event of politics.
const ELSEWHERE: &str = "tests/events";

/// Draws typed events of political news to be judged, shows them, and counts the judgements
///
/// The folder with `corpora` is ../shared, or the one in `SAYSO_SHARED`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Draw this many rows anew, which forgets all judgements
    #[arg(long)]
    draw: Option<usize>,
    /// Which rows are drawn
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Show each row with its sentence
    #[arg(long)]
    show: bool,
}

/// A line of the corpus.
#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// Draws, shows or counts.
///
/// # Errors
///
/// If the corpus or the file of judged rows cannot be read.
pub(crate) fn run(options: &Options) -> Result<()> {
    let path = root().join(FILE);
    if let Some(n) = options.draw {
        fs::write(&path, draw(corpus_lines()?, n, options.seed)?).context(FILE)?;
        return Ok(());
    }
    let file = fs::read_to_string(&path).context(FILE)?;
    let rows = tally::rows(&file)?;
    if options.show {
        let texts: BTreeMap<String, String> =
            corpus_lines()?.into_iter().map(|line| (line.id, line.text)).collect();
        for (nth, row) in rows.iter().enumerate() {
            let text = texts.get(&row.article).context("an article of the corpus")?;
            ensure!(text_hash(text) == row.hash, "{}: another text than was judged", row.article);
            println!("{}\n", shown(nth + 1, row, text));
        }
    }
    let head = file.lines().next().unwrap_or_default().trim_start_matches("# ");
    println!("{head}\n{}", tally::table(&rows));
    println!("typed in articles of sport, film, trade and fiction: {}", elsewhere()?);
    Ok(())
}

/// The articles that rows are drawn from.
fn corpus_lines() -> Result<Vec<Line>> {
    let corpus = shared().join("corpora").join(TRAIN);
    let lines = corpus::unpack(&corpus)?;
    let lines: Result<Vec<Line>, _> = lines.lines().map(serde_json::from_str).collect();
    lines.context(TRAIN)
}

/// The lines of a new file: the rows with the smallest hashes of seed, article and id.
fn draw(lines: Vec<Line>, n: usize, seed: u64) -> Result<String> {
    let (reader, mut scratch) = (Reader::new(), Scratch::default());
    let (mut words, mut n_rows) = (0, 0);
    let mut drawn: BTreeMap<(u64, String), String> = BTreeMap::new();
    for line in lines {
        words += line.text.split_whitespace().count();
        let record =
            reader.read(Article::new(line.id.clone(), line.text), &mut scratch).into_record();
        for event in record.events.iter().filter(|event| event.kind.is_some()) {
            n_rows += 1;
            let key = format!("{}\t{}", line.id, event.id);
            drawn.insert((hash(seed, &key), key), written(&line.id, &record, event));
            while drawn.len() > n {
                drawn.pop_last();
            }
        }
    }
    let mut file = format!(
        "# {n_rows} typed rows in {words} words: {:.1} in a thousand; seed {seed}\n\
         # article, hash of its text, anchor, type, actors, recipients, marks, first and second reader\n",
        1000.0 * f64::from(u32::try_from(n_rows)?) / f64::from(u32::try_from(words)?)
    );
    file.extend(drawn.into_values());
    Ok(file)
}

/// One row of the file, not judged.
fn written(article: &str, record: &Record, event: &Event) -> String {
    let kind = event.kind.as_deref().unwrap_or_default();
    let side = |side: &[Reference]| {
        let spans: Vec<String> = side.iter().flat_map(|it| &it.span).map(|it| span(*it)).collect();
        if spans.is_empty() { "-".to_owned() } else { spans.join(",") }
    };
    let (actors, recipients) = (side(&event.actors), side(&event.recipients));
    let (anchor, marks) = (span(event.anchor), marks(event));
    let hash = &record.document.text_hash;
    format!("{article}\t{hash}\t{anchor}\t{kind}\t{actors}\t{recipients}\t{marks}\t-\t-\n")
}

/// What the row says of itself, in the letters of the judgements: none where it is asserted.
fn marks(event: &Event) -> String {
    let mut marks = String::new();
    let says =
        |values: &[CertaintyValue]| event.certainty.iter().any(|it| values.contains(&it.value));
    if says(&[CertaintyValue::Denied, CertaintyValue::Doubtful]) {
        marks.push('d');
    }
    if event.tense == Tense::Future {
        marks.push('f');
    }
    let innermost = event.certainty.first().map(|it| it.value);
    if matches!(innermost, Some(CertaintyValue::Open | CertaintyValue::Possible)) {
        marks.push('h');
    }
    if event.within.is_some() {
        marks.push('r');
    }
    if marks.is_empty() { "-".to_owned() } else { marks }
}

fn span(span: CharSpan) -> String {
    format!("{}-{}", span.start, span.end)
}

/// A row with the text around it, the anchor in brackets.
fn shown(nth: usize, row: &Row, text: &str) -> String {
    let points: Vec<char> = text.chars().collect();
    let words = |(start, end): (usize, usize)| -> String {
        points.get(start..end).unwrap_or_default().iter().collect()
    };
    let (start, end) = row.anchor;
    let stop = |it: &char| matches!(it, '\n');
    let from = points[..start.min(points.len())].iter().rposition(stop).map_or(0, |at| at + 1);
    let to = points.iter().skip(end).position(stop).map_or(points.len(), |at| end + at);
    let (from, to) = (from.max(start.saturating_sub(300)), to.min(end + 300));
    let side =
        |side: &[(usize, usize)]| side.iter().map(|it| words(*it)).collect::<Vec<_>>().join(" + ");
    let mut out = String::new();
    let _ = writeln!(out, "{nth} {}: {} > {}", row.kind, side(&row.actors), side(&row.recipients));
    let (before, after) = (words((from, start)), words((end, to)));
    let _ = write!(out, "  {before}[{}]{after}", words(row.anchor));
    out
}

/// Typed and all rows of the own articles, of which none should be typed.
fn elsewhere() -> Result<String> {
    let (reader, mut scratch) = (Reader::new(), Scratch::default());
    let (mut typed, mut all) = (0, 0);
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root().join(ELSEWHERE)).context(ELSEWHERE)? {
        paths.push(entry?.path());
    }
    paths.sort();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".txt") && !name.ends_with(golden::ENDING)
    });
    for path in &paths {
        let article = Article::new(path.display().to_string(), fs::read_to_string(path)?);
        let events = reader.read(article, &mut scratch).into_record().events;
        typed += events.iter().filter(|event| event.kind.is_some()).count();
        all += events.len();
    }
    Ok(format!("{typed} of {all} rows"))
}

/// FNV-1a of a seed and a key: an order that has nothing to do with the rows.
fn hash(seed: u64, key: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    key.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
