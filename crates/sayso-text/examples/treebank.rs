//! Reads a CoNLL-U file, reports its size and the time, and prints the rebuilt text.

use std::io::Write as _;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("expected a CoNLL-U file")?;
    let file = std::fs::read_to_string(path)?;
    let start = Instant::now();
    let documents = sayso_text::parse_conllu(&file)?;
    let time = start.elapsed();
    let n_words: usize = documents.iter().map(|d| d.words.len()).sum();
    writeln!(std::io::stderr(), "{} documents, {n_words} words, {time:?}", documents.len())?;
    let texts: Vec<_> = documents.iter().map(|d| d.document.text.as_str()).collect();
    writeln!(std::io::stdout(), "{}", texts.join("\n\n"))?;
    Ok(())
}
