//! One bench for each stage of reading, and one from text to JSON, on one thread.
//!
//! Words are counted by their blanks, so that other tools can be held against the figures.

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher};
use sayso::{Article, Content, Document, Reader, Record, Scratch};
use sayso_bench::Sample;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// Articles in one iteration.
const SIZES: [usize; 2] = [1, 100];

fn main() {
    divan::main();
}

/// A bencher that knows how much is read.
fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, sample: &Sample) -> Bencher<'a, 'b> {
    bencher.counter(ItemsCount::new(sample.n_words)).counter(BytesCount::new(sample.n_bytes))
}

fn sample(n_articles: usize) -> Sample {
    Sample::of(n_articles).expect("the examples are beside the benches")
}

/// Text to blocks, sentences and tokens.
#[divan::bench(args = SIZES)]
fn document(bencher: Bencher<'_, '_>, n_articles: usize) {
    let sample = sample(n_articles);
    counted(bencher, &sample)
        .with_inputs(|| sample.texts.clone())
        .bench_values(|texts| texts.into_iter().map(Document::read).collect::<Vec<_>>());
}

/// Tokens to all that the model reads: tags, trees, names, predicates and their roles, attributions,
/// and who is who.
#[divan::bench(args = SIZES)]
fn analyze(bencher: Bencher<'_, '_>, n_articles: usize) {
    let sample = sample(n_articles);
    let documents: Vec<Document> = sample.texts.iter().cloned().map(Document::read).collect();
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    counted(bencher, &sample).with_inputs(|| tokenized(&documents)).bench_local_values(
        |articles| {
            for article in articles {
                divan::black_box(reader.read(article, &mut scratch));
            }
        },
    );
}

fn tokenized(documents: &[Document]) -> Vec<Article> {
    let article = |document: &Document| Article {
        content: Content::Tokens(Box::new(document.clone())),
        ..Article::new("example", "")
    };
    documents.iter().map(article).collect()
}

/// What was read to rows: entities, statements, times, certainty, magnitudes, events and relations.
#[divan::bench(args = SIZES)]
fn rows(bencher: Bencher<'_, '_>, n_articles: usize) {
    let sample = sample(n_articles);
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    let articles = sample.articles().into_iter();
    let readings: Vec<_> = articles.map(|article| reader.read(article, &mut scratch)).collect();
    counted(bencher, &sample)
        .bench_local(|| readings.iter().map(sayso::Reading::rows).collect::<Vec<_>>());
}

/// What was read to a record.
#[divan::bench(args = SIZES)]
fn record(bencher: Bencher<'_, '_>, n_articles: usize) {
    let sample = sample(n_articles);
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    counted(bencher, &sample)
        .with_inputs(|| {
            let articles = sample.articles().into_iter();
            articles.map(|article| reader.read(article, &mut scratch)).collect::<Vec<_>>()
        })
        .bench_local_values(|readings| {
            readings.into_iter().map(sayso::Reading::into_record).collect::<Vec<_>>()
        });
}

/// A record to JSON.
#[divan::bench(args = SIZES)]
fn json(bencher: Bencher<'_, '_>, n_articles: usize) {
    let sample = sample(n_articles);
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    let articles = sample.articles().into_iter();
    let records: Vec<Record> =
        articles.map(|article| reader.read(article, &mut scratch).into_record()).collect();
    counted(bencher, &sample).bench_local(|| write(&records));
}

/// Text to JSON.
#[divan::bench(args = SIZES)]
fn end_to_end(bencher: Bencher<'_, '_>, n_articles: usize) {
    let sample = sample(n_articles);
    let reader = Reader::new();
    let mut scratch = Scratch::default();
    counted(bencher, &sample).with_inputs(|| sample.articles()).bench_local_values(|articles| {
        let read = |article| reader.read(article, &mut scratch).into_record();
        write(&articles.into_iter().map(read).collect::<Vec<_>>())
    });
}

fn write(records: &[Record]) -> Vec<u8> {
    let mut out = Vec::new();
    for record in records {
        serde_json::to_writer(&mut out, record).expect("a record has a JSON form");
        out.push(b'\n');
    }
    out
}
