//! Statements under the words of a short article.

use std::fmt::Write;

use sayso::record::{CharSpan, Statement};
use sayso::{Document, Offsets, Rows, Sentence, Span};

use super::render::{Mark, broken, columns, flat, mark_rows};

/// Each sentence with the roles of its statements marked beneath, one statement after the other,
/// and below it a line for each statement whose cue stands in it:
///
/// ```text
/// Mayor Ana Reyes said the bridge would open.
/// [source-------] [--]cue
///                      [content-------------]
///   s16-20  say · indirect · named Ana Reyes · model
/// ```
///
/// Sentences without a mark stand alone: they are the near misses.
pub(super) fn lines(document: &Document, rows: &Rows) -> String {
    let at = Offsets::new(&document.text);
    let mut out = String::new();
    for sentence in &document.sentences {
        if !out.is_empty() {
            out.push('\n');
        }
        words(document, rows, &at, sentence, &mut out);
        for (nth, statement) in rows.statements.iter().enumerate() {
            if sentence.span.contains(statement.cue[0].bytes(&at)) {
                writeln!(out, "  {}", details(document, rows, &at, nth))
                    .expect("a string takes everything");
            }
        }
    }
    if rows.statements.is_empty() {
        out.push_str("\nno statements\n");
    }
    out
}

fn words(
    document: &Document,
    rows: &Rows,
    at: &Offsets<'_>,
    sentence: &Sentence,
    out: &mut String,
) {
    for line in broken(document, sentence, &[]) {
        let text = flat(line.of(&document.text));
        writeln!(out, "{}", text.trim_end()).expect("a string takes everything");
        for row in marked(document, rows, at, line) {
            writeln!(out, "{row}").expect("a string takes everything");
        }
    }
}

/// The rows of marks beneath one line, one statement after the other.
pub(super) fn marked(
    document: &Document,
    rows: &Rows,
    at: &Offsets<'_>,
    line: Span,
) -> impl Iterator<Item = String> {
    rows.statements.iter().flat_map(move |statement| {
        let marks: Vec<Mark> = roles(statement)
            .filter_map(|(span, kind)| mark(document, line, span.bytes(at), kind))
            .collect();
        mark_rows(&marks)
    })
}

/// The spans of a statement with their roles, in text order.
fn roles(statement: &Statement) -> impl Iterator<Item = (CharSpan, &'static str)> {
    let source = statement.source.span.iter().flatten().map(|&span| (span, "source"));
    let cue = statement.cue.iter().map(|&span| (span, "cue"));
    let content = statement.content.iter().map(|&span| (span, "content"));
    let mut roles: Vec<_> = source.chain(cue).chain(content).collect();
    roles.sort_by_key(|(span, _)| (span.start, span.end));
    roles.into_iter()
}

/// The part of a span that stands on a line.
fn mark(document: &Document, line: Span, span: Span, kind: &'static str) -> Option<Mark> {
    let (start, end) = (span.start().max(line.start()), span.end().min(line.end()));
    if start >= end {
        return None;
    }
    let column = |to| columns(Span::new(line.start(), to).of(&document.text));
    let trimmed = Span::new(start, end).of(&document.text).trim_end().len();
    Some(Mark { start: column(start), end: column(start + trimmed), kind })
}

/// `s16-20  say · indirect · named Ana Reyes · model`
pub(super) fn details(document: &Document, rows: &Rows, at: &Offsets<'_>, nth: usize) -> String {
    let statement = &rows.statements[nth];
    let source = &statement.source;
    let of = |spans: &[CharSpan]| {
        let words: Vec<_> =
            spans.iter().map(|span| flat(span.bytes(at).of(&document.text))).collect();
        words.join(" … ")
    };
    let mut parts = vec![
        statement.act.name().to_owned(),
        statement.manner.name().to_owned(),
        format!("{} {}", source.kind.name(), flat(&rows.voice(&document.text, at, nth))),
    ];
    if let Some(about) = &source.description {
        let found = [("role", about.role), ("number", about.number), ("reason", about.reason)];
        let found = found.into_iter().filter_map(|(name, span)| Some((name, span?)));
        parts.extend(found.map(|(name, span)| format!("{name} “{}”", of(&[span]))));
    }
    parts.extend(statement.addressee.as_ref().map(|it| format!("to “{}”", of(&it.span))));
    if !statement.hedge.is_empty() {
        parts.push(format!("hedge “{}”", of(&statement.hedge)));
    }
    parts.extend(statement.parent.as_ref().map(|parent| format!("in {parent}")));
    parts.push(rows.reasons[nth].extractor.to_owned());
    format!("{}  {}", statement.id, parts.join(" · "))
}
