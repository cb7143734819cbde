//! Under the words of a short article, what each voice commits to.

use std::fmt::Write;

use sayso::record::{CertaintyValue, Event, Tense};
use sayso::{Document, Offsets, Rows};

use super::render::{broken, columns, flat};
use sayso::Span;

/// Each sentence, and under each of its events a line with what each voice commits to, the innermost
/// first, and when it is:
///
/// ```text
/// Reyes denied that the guards lied.
///       [----] author asserted · past
///                              [--] denied: denied, author open · past
/// ```
///
/// A statement stands by the words of its cue.
pub(super) fn lines(document: &Document, rows: &Rows) -> String {
    let at = Offsets::new(&document.text);
    let mut out = String::new();
    for sentence in &document.sentences {
        if !out.is_empty() {
            out.push('\n');
        }
        for line in broken(document, sentence, &[]) {
            let text = flat(line.of(&document.text));
            writeln!(out, "{}", text.trim_end()).expect("a string takes everything");
            for event in &rows.events {
                let anchor = event.anchor.bytes(&at);
                if line.contains(anchor) {
                    let to = |end| columns(Span::new(line.start(), end).of(&document.text));
                    let (start, end) = (to(anchor.start()), to(anchor.end()));
                    let dashes = "-".repeat((end - start).saturating_sub(2));
                    let voices = voices(document, rows, &at, event);
                    writeln!(
                        out,
                        "{}[{dashes}] {voices} · {}",
                        " ".repeat(start),
                        tense_name(event.tense)
                    )
                    .expect("a string takes everything");
                }
            }
        }
    }
    out
}

fn voices(document: &Document, rows: &Rows, at: &Offsets<'_>, event: &Event) -> String {
    let voice = |holder: &str| {
        let statement = rows.statements.iter().find(|it| it.id == holder);
        let words = |it: &sayso::record::Statement| {
            let pieces = it.cue.iter().map(|span| flat(span.bytes(at).of(&document.text)));
            format!("“{}”", pieces.collect::<Vec<_>>().join(" … "))
        };
        statement.map_or_else(|| holder.to_owned(), words)
    };
    let told =
        event.certainty.iter().map(|it| format!("{} {}", voice(&it.holder), value_name(it.value)));
    told.collect::<Vec<_>>().join(", ")
}

fn value_name(value: CertaintyValue) -> &'static str {
    match value {
        CertaintyValue::Asserted => "asserted",
        CertaintyValue::Probable => "probable",
        CertaintyValue::Possible => "possible",
        CertaintyValue::Doubtful => "doubtful",
        CertaintyValue::Denied => "denied",
        CertaintyValue::Open => "open",
    }
}

fn tense_name(tense: Tense) -> &'static str {
    match tense {
        Tense::Past => "past",
        Tense::Present => "present",
        Tense::Future => "future",
        Tense::Generic => "generic",
    }
}
