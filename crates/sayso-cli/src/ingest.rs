//! `sayso ingest`: articles in, rows in a ledger.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use sayso::{Article, Content, IngestError, Reader, Scratch};
use sayso_store::{Entry, Known, Ledger, StoreError, Stored};
use serde_json::json;

use crate::args::{IngestArgs, conflict};
use crate::clock;
use crate::read::{Failures, Progress, articles, is_stdin, jobs, pipeline};
use crate::report;

/// How many articles are written in one transaction. What is lost when the program is killed is
/// read again, at most a second's worth; larger transactions write no faster.
const ARTICLES_A_TRANSACTION: usize = 200;

/// How much text is written in one transaction, in bytes.
const BYTES_A_TRANSACTION: usize = 4 << 20;

pub(crate) fn run(args: &IngestArgs) -> Result<Failures> {
    if args.inputs.iter().filter(|input| is_stdin(input)).count() > 1 {
        return Err(conflict("standard input (-) can be read only once").into());
    }
    let reader = match &args.model {
        None => Reader::new(),
        Some(folder) => Reader::open(folder)?,
    };
    let ledger = Ledger::create(&args.store.store)?;
    let lock = ledger.lock()?;
    let skipped = Arc::new(AtomicU64::new(0));
    let articles = articles(args.inputs.clone(), args.input_format);
    let news = news(articles, ledger.known()?, Arc::clone(&skipped));
    let progress = Progress::on_stderr(&args.inputs);
    let mut sink = Sink { ledger, progress, batch: Vec::new(), bytes: 0, count: Count::default() };
    let begun = Instant::now();
    let jobs = jobs(args.jobs, &args.inputs, args.input_format);
    let read = |article: Article, scratch: &mut Scratch| entry(&reader, article, scratch);
    let done = pipeline::run(news, jobs, read, |outcome| sink.take(outcome));
    // What was read before something went wrong is kept, unless it is the ledger that is wrong.
    let done = match done {
        Err(error) if error.is::<StoreError>() => Err(error),
        other => sink.flush().and(other),
    };
    sink.count.skipped = skipped.load(Ordering::Relaxed);
    sink.count.seconds = begun.elapsed().as_secs_f64();
    let count = sink.close(done.is_ok());
    drop(lock);
    if let Err(error) = done {
        report::note(&count.sentence());
        return Err(error);
    }
    print(&count, args.json)?;
    Ok(Failures(count.failed))
}

/// The articles that the ledger does not have, with a count of the others.
fn news(
    articles: impl Iterator<Item = Result<Article, IngestError>> + Send + 'static,
    mut known: Known,
    skipped: Arc<AtomicU64>,
) -> impl Iterator<Item = Result<Article, IngestError>> + Send + 'static {
    articles.filter(move |article| {
        let Ok(article) = article else { return true };
        let text = match &article.content {
            Content::Text(text) => text,
            Content::Tokens(document) => &document.text,
            Content::Conllu(given) => &given.document.text,
        };
        let stored = known.meet(&article.metadata.source, text);
        skipped.fetch_add(u64::from(stored), Ordering::Relaxed);
        !stored
    })
}

/// What was read of one article, ready to be written.
struct Reading {
    source: String,
    entry: Result<Entry, StoreError>,
}

fn entry(reader: &Reader, article: Article, scratch: &mut Scratch) -> Reading {
    let record = reader.read(article, scratch).into_record();
    let json = serde_json::to_string(&record).expect("a record can be written");
    Reading { source: record.document.source, entry: Entry::new(&json) }
}

/// What became of the articles.
#[derive(Debug, Default)]
struct Count {
    new: u64,
    versions: u64,
    skipped: u64,
    failed: u64,
    seconds: f64,
}

impl Count {
    fn sentence(&self) -> String {
        let stored = self.new + self.versions;
        let rate = stored as f64 / self.seconds.max(0.001);
        let articles = if stored == 1 { "article" } else { "articles" };
        let versions = match self.versions {
            0 => String::new(),
            1 => ", 1 of them a new version".to_owned(),
            n => format!(", {n} of them new versions"),
        };
        let (skipped, failed) = (self.skipped, self.failed);
        format!(
            "stored {stored} {articles}{versions} ({rate:.0} a second); \
             skipped {skipped} stored before; {failed} failed"
        )
    }
}

fn print(count: &Count, as_json: bool) -> Result<()> {
    let line = if as_json {
        json!({
            "stored": count.new + count.versions,
            "new_versions": count.versions,
            "skipped": count.skipped,
            "failed": count.failed,
            "seconds": count.seconds,
        })
        .to_string()
    } else {
        count.sentence()
    };
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}").context("standard output cannot be written")?;
    stdout.flush().context("standard output cannot be written")
}

/// Takes what was read, in order, and writes it some hundred articles at a time.
struct Sink {
    ledger: Ledger,
    progress: Progress,
    batch: Vec<Entry>,
    /// The text in the batch, in bytes.
    bytes: usize,
    count: Count,
}

impl Sink {
    fn take(&mut self, outcome: Result<Reading, IngestError>) -> Result<()> {
        match outcome {
            Ok(Reading { entry: Ok(entry), .. }) => {
                self.bytes += entry.text_len();
                self.batch.push(entry);
            }
            Ok(Reading { source, entry: Err(error) }) => {
                self.fail(&format!("{source}: {error}"), None);
            }
            Err(error) => {
                let help = error.help();
                self.fail(&format!("{:#}", anyhow::Error::from(error)), help);
            }
        }
        self.progress.advance();
        let full = self.batch.len() >= ARTICLES_A_TRANSACTION || self.bytes >= BYTES_A_TRANSACTION;
        if full { self.flush() } else { Ok(()) }
    }

    fn fail(&mut self, message: &str, help: Option<&str>) {
        self.count.failed += 1;
        self.progress.suspend(|| report::error(message, help));
    }

    fn flush(&mut self) -> Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let done = self.ledger.write(&self.batch, &clock::now())?;
        for stored in done {
            match stored {
                Stored::New => self.count.new += 1,
                Stored::Version(_) => self.count.versions += 1,
                Stored::Known => self.count.skipped += 1,
            }
        }
        self.batch.clear();
        self.bytes = 0;
        Ok(())
    }

    fn close(self, whole: bool) -> Count {
        self.progress.clear();
        if whole {
            // The log is folded by the next one who writes, if it cannot be now.
            let _ = self.ledger.fold_log();
        }
        self.count
    }
}
