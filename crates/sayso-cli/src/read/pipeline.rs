//! Articles to several threads and their outputs back in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::Result;
use sayso::{Article, IngestError, Scratch};

use super::gate::Gate;

/// How many articles a thread may be ahead of the output: enough that all threads have work while
/// one reads an article fifty times the usual length.
const ARTICLES_A_JOB: usize = 64;

/// How much text is worked on at a time, in bytes; the memory it takes is several times as much.
const BYTES_AT_WORK: usize = 8 << 20;

/// How much all threads together may keep of what they computed before, in bytes.
const CACHE_BYTES: usize = 40 << 20;

type Outcome<T> = Result<T, IngestError>;

/// An article or an output on its way.
struct Item<T> {
    /// Its place in the output.
    index: u64,
    /// The room it takes at the gate.
    bytes: usize,
    content: T,
}

/// Has `work` done on each article by `jobs` threads, and gives the outputs to `sink` in the order
/// of the articles, whatever the number of threads.
///
/// Ends early when `sink` fails, with its error; `articles` may then still be waited for, by a
/// thread that the end of the program ends.
pub(crate) fn run<T: Send>(
    articles: impl Iterator<Item = Outcome<Article>> + Send + 'static,
    jobs: NonZeroUsize,
    work: impl Fn(Article, &mut Scratch) -> T + Sync,
    mut sink: impl FnMut(Outcome<T>) -> Result<()>,
) -> Result<()> {
    if jobs == NonZeroUsize::MIN {
        let mut scratch = Scratch::with_cache(CACHE_BYTES);
        return articles
            .map(|article| article.map(|article| work(article, &mut scratch)))
            .try_for_each(sink);
    }
    let cache = CACHE_BYTES / jobs;
    let gate = Gate::new(ARTICLES_A_JOB.saturating_mul(jobs.get()), BYTES_AT_WORK);
    let (to_workers, for_workers) = mpsc::channel();
    let feed = Arc::new(Feed { gate, to_workers: Mutex::new(Some(to_workers)) });
    let for_workers = &Mutex::new(for_workers);
    let reader = thread::spawn({
        let feed = Arc::clone(&feed);
        move || {
            let _guard = CloseOnPanic(&feed);
            hand_out(articles, &feed);
        }
    });
    let (feed, work) = (&*feed, &work);
    thread::scope(|scope| {
        let (to_sink, for_sink) = mpsc::channel();
        for _ in 0..jobs.get() {
            let to_sink = to_sink.clone();
            scope.spawn(move || {
                let _guard = CloseOnPanic(feed);
                work_on(feed, for_workers, &to_sink, cache, work);
            });
        }
        drop(to_sink);
        let result = write_in_order(&for_sink, &feed.gate, &mut sink);
        feed.close();
        result
    })?;
    // All has been written, so the reader is at its end, be it a panic.
    reader.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
    Ok(())
}

/// The way of the articles to the workers.
struct Feed {
    gate: Gate,
    /// None at the end, which is what ends the workers.
    to_workers: Mutex<Option<Sender<Item<Outcome<Article>>>>>,
}

impl Feed {
    /// False if the feed has been closed.
    fn send(&self, item: Item<Outcome<Article>>) -> bool {
        self.lock().as_ref().is_some_and(|to_workers| to_workers.send(item).is_ok())
    }

    /// Lets the workers finish what was sent.
    fn end(&self) {
        self.lock().take();
    }

    /// Has everybody stop.
    fn close(&self) {
        self.gate.close();
        self.end();
    }

    fn lock(&self) -> MutexGuard<'_, Option<Sender<Item<Outcome<Article>>>>> {
        self.to_workers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes the feed when a thread dies, so that the others end and its panic is seen.
struct CloseOnPanic<'f>(&'f Feed);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

fn hand_out(articles: impl Iterator<Item = Outcome<Article>>, feed: &Feed) {
    for (index, content) in (0..).zip(articles) {
        let bytes = content.as_ref().map_or(0, Article::len);
        if !feed.gate.enter(bytes) || !feed.send(Item { index, bytes, content }) {
            return;
        }
    }
    feed.end();
}

fn work_on<T>(
    feed: &Feed,
    for_workers: &Mutex<Receiver<Item<Outcome<Article>>>>,
    to_sink: &Sender<Item<Outcome<T>>>,
    cache: usize,
    work: &impl Fn(Article, &mut Scratch) -> T,
) {
    let mut scratch = Scratch::with_cache(cache);
    loop {
        // The lock is held while waiting, and given up before working.
        let next = for_workers.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Item { index, bytes, content }) = next else { return };
        if feed.gate.is_closed() {
            return;
        }
        let content = content.map(|article| work(article, &mut scratch));
        if to_sink.send(Item { index, bytes, content }).is_err() {
            return;
        }
    }
}

fn write_in_order<T>(
    for_sink: &Receiver<Item<Outcome<T>>>,
    gate: &Gate,
    sink: &mut impl FnMut(Outcome<T>) -> Result<()>,
) -> Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for item in for_sink {
        early.insert(item.index, item);
        while let Some(item) = early.remove(&next) {
            sink(item.content)?;
            gate.leave(item.bytes);
            next += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(jobs: usize) -> Vec<String> {
        let articles = (0..500).map(|n| match n % 7 {
            3 => Err(IngestError::EmptyFolder { name: n.to_string() }),
            _ => Ok(Article::new(n.to_string(), "word ".repeat(n % 11))),
        });
        let mut outputs = Vec::new();
        let work = |article: Article, _: &mut Scratch| article.metadata.source;
        run(articles, NonZeroUsize::new(jobs).unwrap(), work, |outcome| {
            outputs.push(outcome.unwrap_or_else(|error| error.to_string()));
            Ok(())
        })
        .unwrap();
        outputs
    }

    #[test]
    fn the_order_is_that_of_the_articles_for_any_number_of_jobs() {
        let expected = outputs(1);
        assert_eq!(expected.len(), 500);
        assert_eq!(outputs(2), expected);
        assert_eq!(outputs(5), expected);
    }

    #[test]
    fn a_sink_that_fails_waits_for_no_more_articles() {
        let (keep_open, more) = mpsc::channel();
        keep_open.send(Ok(Article::new("first".to_owned(), "text"))).unwrap();
        let jobs = NonZeroUsize::new(2).unwrap();
        let result = run(more.into_iter(), jobs, |_, _| (), |_| anyhow::bail!("gone"));
        assert_eq!(result.unwrap_err().to_string(), "gone");
        drop(keep_open);
    }

    #[test]
    fn a_sink_that_fails_ends_the_rest() {
        let endless = (0_u64..).map(|n| Ok(Article::new(n.to_string(), "text")));
        let mut seen = 0;
        let result = run(
            endless,
            NonZeroUsize::new(2).unwrap(),
            |_, _| (),
            |_| {
                seen += 1;
                anyhow::ensure!(seen < 10, "full");
                Ok(())
            },
        );
        assert_eq!(result.unwrap_err().to_string(), "full");
        assert_eq!(seen, 10);
    }
}
