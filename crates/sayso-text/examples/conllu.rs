//! Prints the tokens and sentences of a text file as CoNLL-U, each word's head the one before it:
//! what the scorer of tokens, words and sentences takes.

use std::fmt::Write as _;
use std::io::Write as _;

use sayso_text::Document;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("a text file");
    let document = Document::read(std::fs::read_to_string(path)?);
    let mut out = String::new();
    let mut groups = document.multiword.iter().peekable();
    for sentence in &document.sentences {
        let first = sentence.tokens.start;
        for at in sentence.tokens.range() {
            let at_id = at - first as usize + 1;
            if let Some(group) = groups.next_if(|group| group.start as usize == at) {
                let ends = document.tokens[group.end as usize - 1].span.end();
                let start = document.tokens[at].span.start();
                let form = sayso_text::Span::new(start, ends).of(&document.text);
                let last = group.end - first;
                let _ = writeln!(out, "{at_id}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_");
            }
            let form = document.tokens[at].span.of(&document.text);
            let head = at_id - 1;
            let relation = if head == 0 { "root" } else { "dep" };
            let _ = writeln!(out, "{at_id}\t{form}\t_\t_\t_\t_\t{head}\t{relation}\t_\t_");
        }
        out.push('\n');
    }
    std::io::stdout().write_all(out.as_bytes())
}
