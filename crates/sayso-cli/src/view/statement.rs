//! Statements under the sentence of their cue.

use anstyle::{AnsiColor, Style};
use sayso::record::{Act, CharSpan, Description, Manner, SourceKind, Statement};
use sayso::{Document, Offsets, Rows, Sentence};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{FAINT, Flow, GUTTER, View, visible};

/// Columns that a nested statement stands further in.
const STEP: usize = 2;
/// Nested statements are set in up to this depth.
const MAX_STEPS: usize = 6;
/// A content is shortened to this many columns, in two lines of a narrow terminal.
const MAX_CONTENT: usize = 90;
/// A part of a word is left out with the middle if it has fewer bytes than this.
const MAX_PART: usize = 12;
/// A source or an addressee is shortened to this many columns.
const MAX_NAME: usize = 48;

/// The statements of an article as lines.
pub(crate) struct Lines<'a> {
    view: View,
    rows: &'a Rows,
    text: &'a str,
    at: Offsets<'a>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(view: View, document: &'a Document, rows: &'a Rows) -> Self {
        Self { view, rows, text: &document.text, at: Offsets::new(&document.text) }
    }

    /// A place in bytes in code points.
    pub(super) fn code_point(&self, byte: usize) -> usize {
        self.at.code_point(byte)
    }

    /// Writes the statements from `next` on whose cue begins before a sentence's end, and returns
    /// the next one.
    pub(super) fn below(&self, sentence: &Sentence, mut next: usize, out: &mut String) -> usize {
        let end = self.at.code_point(sentence.span.end());
        while let Some(statement) = self.rows.statements.get(next) {
            if statement.cue.first().is_some_and(|cue| cue.start as usize >= end) {
                break;
            }
            self.line(next, out);
            next += 1;
        }
        next
    }

    /// `├ said · Ana Reyes (named) → “We will appeal” · say · direct · 0.93`
    fn line(&self, at: usize, out: &mut String) {
        let statement = &self.rows.statements[at];
        let chain = self.rows.chain(at);
        let indent = GUTTER + STEP * (chain.len() - 1).min(MAX_STEPS);
        out.extend(std::iter::repeat_n(' ', indent));
        let mark = if chain.len() > 1 { "└ " } else { "▸ " };
        let color = style(statement);
        let mut flow = Flow::new(self.view, indent + STEP, out);
        flow.push(mark, FAINT);
        flow.push(&self.words(&statement.cue, MAX_NAME), color.bold());
        flow.push(&format!(" · {}", self.source(at)), Style::new());
        flow.push(&format!(" ({})", self.rows.naming(at)), FAINT);
        flow.push(" → ", FAINT);
        flow.push(&self.words(&statement.content, MAX_CONTENT), color);
        if let Some(addressee) = &statement.addressee {
            let words = self.words(&addressee.span, MAX_NAME);
            flow.push(&format!(" · to {words}"), Style::new());
        }
        let (act, manner) = (statement.act.name(), statement.manner.name());
        flow.push(&format!(" · {act} · {manner}"), color);
        if !statement.hedge.is_empty() {
            let hedge: Vec<_> =
                statement.hedge.iter().map(|it| self.words(&[*it], MAX_NAME)).collect();
            flow.push(&format!(" · hedged: {}", hedge.join(", ")), Style::new());
        }
        flow.push(&format!(" · {:.2} {}", statement.score, statement.id), FAINT);
        flow.finish();
        self.below_line(at, &chain, indent + STEP, out);
    }

    /// How an unnamed source is described, and through whom a nested one speaks.
    fn below_line(&self, at: usize, chain: &[usize], indent: usize, out: &mut String) {
        let source = &self.rows.statements[at].source;
        let about = source.description.as_ref().and_then(|it| self.described(it));
        let through = (chain.len() > 1).then(|| self.chain(chain));
        for text in about.into_iter().chain(through) {
            out.extend(std::iter::repeat_n(' ', indent));
            let mut flow = Flow::new(self.view, indent, out);
            flow.push(&text, FAINT);
            flow.finish();
        }
    }

    /// `the article ← The New York Times ← officials`
    pub(crate) fn chain(&self, chain: &[usize]) -> String {
        let mut words = "the article".to_owned();
        for &at in chain {
            words.push_str(" ← ");
            words.push_str(&self.source(at));
        }
        words
    }

    fn described(&self, description: &Description) -> Option<String> {
        let reason = description.reason?;
        Some(format!("not named: {}", self.words(&[reason], MAX_CONTENT)))
    }

    /// Who speaks, as the text has it here.
    pub(super) fn source(&self, at: usize) -> String {
        let voice = self.rows.voice(self.text, &self.at, at);
        let statement = &self.rows.statements[at];
        // What the text says here, and the name where that is another: *she, Ana Reyes*.
        let here = statement.source.span.as_ref().map(|spans| self.words(spans, MAX_NAME));
        match here {
            Some(here) if statement.source.kind == SourceKind::Unnamed => here,
            Some(here) if !here.contains(&voice) && !voice.contains(&here) => {
                format!("{here} = {}", shortened(&flat(&voice), MAX_NAME))
            }
            _ => shortened(&flat(&voice), MAX_NAME),
        }
    }

    /// Some words on one line, gaps as `…`.
    pub(super) fn words(&self, spans: &[CharSpan], most: usize) -> String {
        let pieces: Vec<_> =
            spans.iter().map(|span| flat(span.bytes(&self.at).of(self.text))).collect();
        shortened(&pieces.join(" … "), most)
    }
}

/// The text with single spaces.
fn flat(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    visible(&words.join(" ")).into_owned()
}

/// The text in `most` columns, shortened in the middle and there between words where that costs
/// little: its ends tell most.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let half = most.saturating_sub(3) / 2;
    let mut used = 0;
    let mut fits = |c: char| {
        used += c.width().unwrap_or(0);
        used <= half
    };
    let front: String = text.chars().take_while(|&c| fits(c)).collect();
    used = 0;
    let mut fits = |c: char| {
        used += c.width().unwrap_or(0);
        used <= half
    };
    let back: Vec<char> = text.chars().rev().take_while(|&c| fits(c)).collect();
    let back: String = back.into_iter().rev().collect();
    let whole = |rest: Option<&str>, at_end: bool| {
        rest.is_some_and(|rest| if at_end { rest.ends_with(' ') } else { rest.starts_with(' ') })
    };
    let front = match front.rsplit_once(' ') {
        _ if whole(text.strip_prefix(&front), false) => front.as_str(),
        Some((words, rest)) if rest.len() < MAX_PART => words,
        _ => front.as_str(),
    };
    let back = match back.split_once(' ') {
        _ if whole(text.strip_suffix(&back), true) => back.as_str(),
        Some((rest, words)) if rest.len() < MAX_PART => words,
        _ => back.as_str(),
    };
    format!("{front} … {back}")
}

/// The manner's colour, or that of a denial: the line says both in words, too.
fn style(statement: &Statement) -> Style {
    let color = match (statement.act, statement.manner) {
        (Act::Deny | Act::Reject, _) => AnsiColor::Red,
        (_, Manner::Direct) => AnsiColor::Blue,
        (_, Manner::Indirect | Manner::Mixed) => AnsiColor::Green,
    };
    color.on_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_lose_their_middle() {
        assert_eq!(shortened("We will appeal", 20), "We will appeal");
        let text = "the order would not include deploying any troops at all";
        assert_eq!(shortened(text, 30), "the order … troops at all");
        assert!(shortened(&"x".repeat(100), 30).width() <= 30);
    }
}
