//! Questions and answers, and speakers before a colon.

use std::collections::BTreeMap;

use sayso_text::{BlockKind, TokenRange};

use super::super::row::{Row, Silent};
use super::super::score::INTERVIEW;
use super::Extractor;
use super::headline::is_label;
use crate::text::Text;
use crate::{CharSpan, Entity, EntityKind};

/// Names before a colon are not longer than this, in tokens.
const MAX_NAME: usize = 5;

/// Takes the blocks of an interview or a transcript: *\[Q\]: …*, *\[A\]: …*, *\[REYES\]: …*
///
/// The mark is the cue and the rest of the block the content, in the speaker's own words. A question is the writer's; an
/// answer is that of the one person named before the first question, if there is just one. *A:* alone,
/// without a *Q:*, is no answer. A name before a colon speaks if it, or in capitals another, does so
/// more than once, so that a heading or a list's item is not taken: *Ingredients: …*
#[derive(Debug)]
pub(super) struct Interview;

/// A block's beginning up to its mark.
struct Turn {
    label: TokenRange,
    /// The label in lower case.
    words: String,
    /// Whether the mark is a dash.
    dash: bool,
    content: TokenRange,
}

impl Extractor for Interview {
    fn name(&self) -> &'static str {
        "interview"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let turns: Vec<Turn> = text
            .blocks()
            // A short answer looks like a heading.
            .filter(|(block, _)| {
                matches!(block.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Heading)
            })
            .filter_map(|(_, tokens)| turn(text, tokens))
            .collect();
        // After a name a dash mostly begins what is said of it; it speaks where the same name has the
        // same dash at the beginning of three blocks, or in capitals, if it is no place, of two: *PARIS
        // — …* is a dateline.
        let mut dashes: BTreeMap<&str, usize> = BTreeMap::new();
        for turn in turns.iter().filter(|turn| turn.dash) {
            *dashes.entry(turn.words.as_str()).or_default() += 1;
        }
        let speaks = |turn: &&Turn| {
            !turn.dash
                || matches!(turn.words.as_str(), "q" | "a")
                || dashes[turn.words.as_str()] > usize::from(!is_in_capitals(text, turn)) + 1
        };
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for turn in turns.iter().filter(|turn| speaks(turn)) {
            *times.entry(turn.words.as_str()).or_default() += 1;
        }
        let question = turns.iter().find(|turn| turn.words == "q");
        let interviewed = question.and_then(|turn| interviewed(text, turn.label.range().start));
        let transcript = turns.iter().any(|turn| {
            speaks(&turn)
                && times[turn.words.as_str()] > 1
                && turn.words != "q"
                && is_speaker(text, turn)
        });
        for turn in turns.iter().filter(|turn| speaks(turn)) {
            let cue = TokenRange::new(turn.label.range().end, turn.label.range().end + 1);
            let mut row = Row::of_rule(self.name(), INTERVIEW, cue, vec![turn.content]);
            row.verbatim = true;
            match turn.words.as_str() {
                "q" if times.contains_key("a") => row.silent = Silent::Author,
                "a" if question.is_some() => row.silent = Silent::Before(interviewed),
                "q" | "a" => continue,
                words
                    if is_speaker(text, turn)
                        && (times[words] > 1 || transcript && is_name(text, turn)) =>
                {
                    row.source = Some(turn.label);
                }
                _ => continue,
            }
            rows.push(row);
        }
    }
}

/// A block that begins with a few words and a colon, or `Q` or `A` and a mark.
fn turn(text: &Text<'_>, block: TokenRange) -> Option<Turn> {
    let range = block.range();
    let is_mark = |&token: &usize| matches!(text.form(token), ":" | "-" | "–" | "—" | "." | "--");
    let mark = range.clone().take(MAX_NAME + 1).find(is_mark)?;
    let words =
        text.span(TokenRange::new(range.start, mark))?.of(&text.document.text).to_lowercase();
    let dotted = text.form(mark) == "." && words != "q" && words != "a";
    (mark + 1 < range.end && !dotted && words.contains(char::is_alphabetic)).then(|| Turn {
        label: TokenRange::new(range.start, mark),
        words,
        dash: !matches!(text.form(mark), ":" | "."),
        content: TokenRange::new(mark + 1, range.end),
    })
}

/// Whether a label names somebody: its words are capitalized, and it is none that papers use.
fn is_speaker(text: &Text<'_>, turn: &Turn) -> bool {
    let mut words = turn.label.range().filter(|&token| text.is_word(token));
    let capital = |token: usize| text.form(token).starts_with(char::is_uppercase);
    words.all(capital) && !is_label(text, turn.label)
}

/// Whether a label is in capitals and no place.
fn is_in_capitals(text: &Text<'_>, turn: &Turn) -> bool {
    let place = |name: &sayso_analysis::Name| name.kind == sayso_analysis::EntityKind::Place;
    turn.label.range().all(|token| !text.form(token).contains(char::is_lowercase))
        && !text.names_in(turn.label).any(place)
}

/// Whether a label is a name, or in capitals as speakers are in transcripts.
fn is_name(text: &Text<'_>, turn: &Turn) -> bool {
    let capitals = turn.label.range().all(|token| !text.form(token).contains(char::is_lowercase));
    capitals || text.names_in(turn.label).any(|name| name.tokens == turn.label)
}

/// The one person named before a token, bylines aside, as a place among the entities.
fn interviewed(text: &Text<'_>, before: usize) -> Option<usize> {
    let end = text.chars(TokenRange::new(before, before + 1)).start;
    let bylines: Vec<CharSpan> = text
        .blocks()
        .filter(|(block, tokens)| block.kind == BlockKind::Byline && !tokens.is_empty())
        .map(|(_, tokens)| text.chars(tokens))
        .collect();
    let counts = |span: CharSpan| {
        let at = bylines.partition_point(|it| it.end <= span.start);
        span.end <= end && bylines.get(at).is_none_or(|it| span.end <= it.start)
    };
    let mut persons = text.entities.iter().enumerate().filter(|(_, entity)| {
        entity.kind == EntityKind::Person && entity.mentions.iter().any(|it| counts(it.span))
    });
    let first = persons.next()?;
    let same = |other: &Entity| {
        ends_with(&first.1.name, &other.name) || ends_with(&other.name, &first.1.name)
    };
    persons.all(|(_, other)| same(other)).then_some(first.0)
}

/// Whether the last words of a name are another: *Ana Reyes*, *Reyes*, but not *Solana*, *Ana*.
fn ends_with(name: &str, last: &str) -> bool {
    let mut words = name.split_whitespace().rev();
    last.split_whitespace().rev().all(|word| words.next() == Some(word))
}
