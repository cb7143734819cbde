//! Reads a text file again and again, and prints the time for each word and each layer's size.

use std::io::Write as _;
use std::time::Instant;

use sayso_text::Document;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("a text file");
    let n_times = std::env::args().nth(2).map_or(5, |n| n.parse().expect("a number of times"));
    let text = std::fs::read_to_string(path)?;
    for _ in 0..n_times {
        let copy = text.clone();
        let start = Instant::now();
        let document = Document::read(copy);
        let time = start.elapsed();
        let n_words = document.tokens.len();
        writeln!(
            std::io::stdout(),
            "{n_words} words, {} sentences, {} blocks, {} quotations, {} notes: {:.0} ns a word",
            document.sentences.len(),
            document.blocks.len(),
            document.quotations.len(),
            document.notes.len(),
            time.as_secs_f64() * 1e9 / n_words.max(1) as f64,
        )?;
    }
    Ok(())
}
