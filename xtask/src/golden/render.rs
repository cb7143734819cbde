//! A document and what is read off it as lines that people can review: names and statements marked
//! under the words, the rows below.

use std::fmt::Write;

use sayso::{Analysis, BlockKind, Document, Name, Offsets, Rows, Sentence, Span};
use unicode_width::UnicodeWidthStr;

use super::{facts, statements};

/// Where a line is broken, in columns.
const MAX_COLUMNS: usize = 100;

/// What stands before a row below its sentence.
const ROW_MARGIN: &str = "      ";

/// The whole golden record of a document.
///
/// Each block begins with its kind; each sentence is on lines of its own, those after its first
/// set in further, broken between tokens and never inside a name that fits a line; each name is
/// marked beneath by brackets that end where it ends, with its kind between them, or after them
/// where it is too short to hold it. The roles of each statement are marked below the names, and
/// below the sentence stands a line for each statement, typed event, relation and time in it:
///
/// ```text
/// paragraph
///   Mayor Ana Reyes accused the U.N. on Monday of lying.
///         [person-]         [--]organization
///   [source-------] [-----]cue              [content--]
///       s16-23  accuse · indirect · named Ana Reyes · to “the U.N.” · model
///       v16-23  ACCUSE allege “accused” · Ana Reyes > U.N. · past · the article: asserted
///       r0-5  role · Ana Reyes: Mayor · the article: asserted
///       date  “Monday”: XXXX-WXX-1
/// ```
///
/// What the reader met stands at the end.
pub(super) fn lines(document: &Document, analysis: &Analysis<'_>, rows: &Rows) -> String {
    let at = Offsets::new(&document.text);
    let mut out = String::new();
    let mut last_block = None;
    for sentence in &document.sentences {
        let block = document.blocks.iter().find(|block| block.span.contains(sentence.span));
        if let Some(block) = block.filter(|block| last_block != Some(block.span)) {
            if last_block.is_some() {
                out.push('\n');
            }
            out.push_str(kind_of_block(block.kind));
            out.push('\n');
            last_block = Some(block.span);
        }
        marked(document, sentence, &analysis.names, rows, &at, &mut out);
        for row in below(document, sentence, rows, &at) {
            out.extend([ROW_MARGIN, &row, "\n"]);
        }
    }
    notes(document, &mut out);
    out
}

/// The rows whose first words stand in a sentence: statements, events with a type, relations, times.
fn below(document: &Document, sentence: &Sentence, rows: &Rows, at: &Offsets<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (nth, statement) in rows.statements.iter().enumerate() {
        if sentence.span.contains(statement.cue[0].bytes(at)) {
            found.push(statements::details(document, rows, at, nth));
        }
    }
    found.extend(facts::lines(document, rows, at, sentence.span));
    found
}

fn notes(document: &Document, out: &mut String) {
    for (number, note) in document.notes.iter().enumerate() {
        if number == 0 {
            out.push('\n');
        }
        let words = note.span.map_or("", |span| span.of(&document.text));
        writeln!(out, "note {}: {} {words:?}", note.code, note.message)
            .expect("a string takes everything");
    }
}

/// A name as a line shows it: its columns and its kind.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: &'static str,
}

/// The words of a sentence with its names and its statements' roles beneath.
fn marked(
    document: &Document,
    sentence: &Sentence,
    names: &[Name],
    rows: &Rows,
    at: &Offsets<'_>,
    out: &mut String,
) {
    let inside: Vec<(Span, &'static str)> = names
        .iter()
        .filter(|name| !name.tokens.is_empty())
        .filter(|name| sentence.tokens.range().contains(&(name.tokens.start as usize)))
        .map(|name| (span_of(document, name), name.kind.name()))
        .collect();
    for (number, line) in broken(document, sentence, &inside).into_iter().enumerate() {
        let margin = if number == 0 { "  " } else { "    " };
        let words = flat(line.of(&document.text));
        out.extend([margin, words.trim_end(), "\n"]);
        let marks: Vec<Mark> = inside
            .iter()
            .filter(|(span, _)| line.contains(*span))
            .map(|&(span, kind)| {
                let columns = |to| columns(Span::new(line.start(), to).of(&document.text));
                Mark { start: columns(span.start()), end: columns(span.end()), kind }
            })
            .collect();
        let roles = statements::marked(document, rows, at, line);
        for row in mark_rows(&marks).into_iter().chain(roles) {
            out.extend([margin, &row, "\n"]);
        }
    }
}

fn span_of(document: &Document, name: &Name) -> Span {
    let first = document.tokens[name.tokens.start as usize].span;
    let last = document.tokens[name.tokens.end as usize - 1].span;
    Span::new(first.start(), last.end())
}

/// A sentence cut into lines of at most [`MAX_COLUMNS`], where no word and no name is cut.
pub(super) fn broken(
    document: &Document,
    sentence: &Sentence,
    names: &[(Span, &'static str)],
) -> Vec<Span> {
    let tokens = &document.tokens[sentence.tokens.range()];
    let end = sentence.span.end();
    let mut lines = Vec::new();
    let mut start = sentence.span.start();
    let mut last_gap = None;
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        let wide = columns(Span::new(start, token.span.end()).of(&document.text)) > MAX_COLUMNS;
        if let Some(gap) = last_gap.filter(|_| wide) {
            lines.push(Span::new(start, gap));
            start = gap;
            last_gap = None;
        }
        let at = next.span.start();
        let touches = token.span.end() == at;
        if !touches && !names.iter().any(|(name, _)| name.start() < at && at < name.end()) {
            last_gap = Some(at);
        }
    }
    let wide = columns(Span::new(start, end).of(&document.text)) > MAX_COLUMNS;
    if let Some(gap) = last_gap.filter(|_| wide) {
        lines.push(Span::new(start, gap));
        start = gap;
    }
    lines.push(Span::new(start, end));
    lines
}

/// The rows of marks beneath one line, as few as let no mark touch the next.
pub(super) fn mark_rows(marks: &[Mark]) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for mark in marks {
        let free = rows.iter().position(|row| row.is_empty() || row.len() < mark.start);
        let at = free.unwrap_or_else(|| {
            rows.push(String::new());
            rows.len() - 1
        });
        let row = &mut rows[at];
        row.push_str(&" ".repeat(mark.start - row.len()));
        row.push_str(&label(mark));
    }
    rows
}

/// `[person---]`, or `[--]person` where the name is too short to hold the word.
fn label(mark: &Mark) -> String {
    let width = mark.end - mark.start;
    if width < 2 {
        return format!("^{}", mark.kind);
    }
    let inner = width - 2;
    if mark.kind.len() <= inner {
        format!("[{:-<inner$}]", mark.kind)
    } else {
        format!("[{}]{}", "-".repeat(inner), mark.kind)
    }
}

/// A text on one line: a line end inside a sentence is a blank like any other.
pub(super) fn flat(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

pub(super) fn columns(text: &str) -> usize {
    flat(text).width()
}

fn kind_of_block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::List => "list",
        BlockKind::Caption => "caption",
        BlockKind::Byline => "byline",
        BlockKind::Boilerplate => "boilerplate",
    }
}

#[cfg(test)]
mod tests;
