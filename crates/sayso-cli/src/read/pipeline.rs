//! Articles to several threads and their outputs back in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::Result;
use sayso::{Article, IngestError, Scratch};

use super::gate::Gate;

/// How many articles a thread may be ahead of the output: enough that all threads have work while
/// one reads an article fifty times the usual length.
const ARTICLES_A_JOB: usize = 64;

/// How much text is worked on at a time, in bytes; the memory it takes is several times as much.
const BYTES_AT_WORK: usize = 8 << 20;

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
/// Ends early when `sink` fails, with its error.
pub(super) fn run<T: Send>(
    articles: impl Iterator<Item = Outcome<Article>> + Send,
    jobs: NonZeroUsize,
    work: impl Fn(Article, &mut Scratch) -> T + Sync,
    mut sink: impl FnMut(Outcome<T>) -> Result<()>,
) -> Result<()> {
    if jobs == NonZeroUsize::MIN {
        let mut scratch = Scratch::default();
        return articles
            .map(|article| article.map(|article| work(article, &mut scratch)))
            .try_for_each(sink);
    }
    let gate = &Gate::new(ARTICLES_A_JOB.saturating_mul(jobs.get()), BYTES_AT_WORK);
    let (to_workers, for_workers) = mpsc::channel();
    let (to_sink, for_sink) = mpsc::channel();
    let (for_workers, work) = (&Mutex::new(for_workers), &work);
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            let to_sink = to_sink.clone();
            scope.spawn(move || {
                let _guard = CloseOnPanic(gate);
                work_on(gate, for_workers, &to_sink, work);
            });
        }
        scope.spawn(move || {
            let _guard = CloseOnPanic(gate);
            hand_out(articles, gate, &to_workers, &to_sink);
        });
        let result = write_in_order(&for_sink, gate, &mut sink);
        gate.close();
        result
    })
}

/// Opens the gate's waiters when a thread dies, so that the others end and its panic is seen.
struct CloseOnPanic<'g>(&'g Gate);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

fn hand_out<T>(
    articles: impl Iterator<Item = Outcome<Article>>,
    gate: &Gate,
    to_workers: &Sender<Item<Article>>,
    to_sink: &Sender<Item<Outcome<T>>>,
) {
    for (index, article) in (0..).zip(articles) {
        let bytes = article.as_ref().map_or(0, Article::len);
        if !gate.enter(bytes) {
            return;
        }
        let sent = match article {
            Ok(content) => to_workers.send(Item { index, bytes, content }).is_ok(),
            Err(error) => to_sink.send(Item { index, bytes, content: Err(error) }).is_ok(),
        };
        if !sent {
            return;
        }
    }
}

fn work_on<T>(
    gate: &Gate,
    for_workers: &Mutex<Receiver<Item<Article>>>,
    to_sink: &Sender<Item<Outcome<T>>>,
    work: &impl Fn(Article, &mut Scratch) -> T,
) {
    let mut scratch = Scratch::default();
    loop {
        // The lock is held while waiting, and given up before working.
        let next = for_workers.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Item { index, bytes, content }) = next else { return };
        if gate.is_closed() {
            return;
        }
        let content = Ok(work(content, &mut scratch));
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
