//! Marks beside a record: which statements were found, and whose they were held to be.

use std::fmt::Write;

use serde::Deserialize;

use super::marks::{CharSpan, Kind, Mark, Marked, Origin, words};

/// What is needed of a record.
#[derive(Debug, Deserialize)]
pub(super) struct Record {
    pub(super) document: Document,
    entities: Vec<Entity>,
    statements: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) text_hash: String,
}

#[derive(Debug, Deserialize)]
struct Entity {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Statement {
    source: Source,
    cue: Vec<CharSpan>,
}

#[derive(Debug, Deserialize)]
struct Source {
    span: Option<Vec<CharSpan>>,
    entity: Option<String>,
}

/// What became of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No statement has a cue there.
    Missed,
    /// A statement of the marked entity.
    Right,
    /// A statement of another, or of none.
    Wrong {
        /// The entity that the source is taken for.
        entity: Option<String>,
        /// The words that are taken for the source.
        source: Option<String>,
    },
}

/// What became of each mark of a text.
pub(super) fn outcomes(record: &Record, marked: &Marked) -> Vec<Outcome> {
    marked.marks.iter().map(|mark| outcome(record, marked, mark)).collect()
}

fn outcome(record: &Record, marked: &Marked, mark: &Mark) -> Outcome {
    let Some(statement) = statement_at(&record.statements, mark.cue) else {
        return Outcome::Missed;
    };
    let entity = statement.source.entity.as_ref();
    let entity = entity.and_then(|id| record.entities.iter().find(|entity| entity.id == *id));
    if entity.is_some_and(|entity| is_right(&entity.name, mark, marked)) {
        return Outcome::Right;
    }
    let source = statement.source.span.as_ref().map(|spans| {
        let parts: Vec<String> = spans.iter().map(|&span| words(&marked.text, span)).collect();
        parts.join(" … ")
    });
    Outcome::Wrong { entity: entity.map(|entity| entity.name.clone()), source }
}

/// The statement whose cue has most of a span; the first of equals.
fn statement_at(statements: &[Statement], cue: CharSpan) -> Option<&Statement> {
    let shared =
        |statement: &Statement| statement.cue.iter().map(|&part| overlap(part, cue)).sum::<usize>();
    statements.iter().rev().filter(|statement| shared(statement) > 0).max_by_key(|s| shared(s))
}

fn overlap(one: CharSpan, other: CharSpan) -> usize {
    one[1].min(other[1]).saturating_sub(one[0].max(other[0]))
}

/// Whether a name is one of the marked entity's.
///
/// It may be longer (*Dr. Ana Reyes*) or shorter (*Reyes*), by whole words. A part that would do
/// for another marked entity as well says nothing: where two are called Reyes, *Reyes* is wrong.
fn is_right(name: &str, mark: &Mark, marked: &Marked) -> bool {
    let name = name_words(name);
    let fits = |entity: &str| marked.names(entity).any(|own| fit(&name, &name_words(own)));
    let is_own = marked.names(&mark.entity).any(|own| name == name_words(own));
    let is_others = || {
        let mut others = marked.marks.iter().filter(|other| other.entity != mark.entity);
        others.any(|other| fits(&other.entity))
    };
    is_own || (fits(&mark.entity) && !is_others())
}

/// Whether one name is in the other.
fn fit(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && long.windows(short.len()).any(|part| part == short)
}

fn name_words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The marks of a text that were missed or have another source, a line each under its name;
/// nothing if there are none.
pub(super) fn misses(marked: &Marked, outcomes: &[Outcome]) -> String {
    let mut out = String::new();
    for (mark, outcome) in marked.marks.iter().zip(outcomes) {
        let what = match outcome {
            Outcome::Right => continue,
            Outcome::Missed => "no statement found".to_owned(),
            Outcome::Wrong { entity, source } => format!(
                "held to be {}, from {}",
                entity.as_ref().map_or("nobody".to_owned(), |name| format!("{name:?}")),
                source.as_ref().map_or("no words".to_owned(), |words| format!("{words:?}")),
            ),
        };
        if out.is_empty() {
            writeln!(out, "{}", marked.name).expect("a string takes everything");
        }
        let cue = words(&marked.text, mark.cue);
        let source = words(&marked.text, mark.source);
        let (at, entity) = (mark.cue[0], &mark.entity);
        writeln!(out, "  {at} {source:?} {cue:?} is {entity:?}: {what}")
            .expect("a string takes everything");
    }
    out
}

/// How many marks there are, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    marks: usize,
    found: usize,
    right: usize,
}

impl FromIterator<Outcome> for Tally {
    fn from_iter<I: IntoIterator<Item = Outcome>>(outcomes: I) -> Self {
        let mut tally = Self::default();
        for outcome in outcomes {
            tally.marks += 1;
            tally.found += usize::from(outcome != Outcome::Missed);
            tally.right += usize::from(outcome == Outcome::Right);
        }
        tally
    }
}

impl Tally {
    /// Marks whose statement was found, in percent.
    pub(super) fn found(&self) -> f64 {
        percent(self.found, self.marks)
    }

    /// Found statements with the right source, in percent.
    pub(super) fn right_of_found(&self) -> f64 {
        percent(self.right, self.found)
    }

    /// Marks whose statement was found and has the right source, in percent.
    pub(super) fn right_of_all(&self) -> f64 {
        percent(self.right, self.marks)
    }
}

/// A share in percent; 0 of nothing.
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// The figures by kind of source, by origin and of all; a row of no marks is left out.
pub(super) fn table(readings: &[(Marked, Vec<Outcome>)]) -> String {
    let tally = |keep: &dyn Fn(&Marked, &Mark) -> bool| -> Tally {
        readings
            .iter()
            .flat_map(|(marked, outcomes)| {
                marked
                    .marks
                    .iter()
                    .zip(outcomes)
                    .map(move |(mark, outcome)| (marked, mark, outcome))
            })
            .filter(|(marked, mark, _)| keep(marked, mark))
            .map(|(.., outcome)| outcome.clone())
            .collect()
    };
    let columns = ["marks", "found", "right of found", "right of all"];
    let [marks, found, of_found, of_all] = columns;
    let mut out = format!("{:<20}{marks:>8}{found:>8}{of_found:>16}{of_all:>14}\n", "");
    let mut row = |name: &str, tally: Tally| {
        if tally.marks == 0 {
            return;
        }
        let (found, of_found, of_all) =
            (tally.found(), tally.right_of_found(), tally.right_of_all());
        writeln!(out, "{name:<20}{:>8}{found:>8.1}{of_found:>16.1}{of_all:>14.1}", tally.marks)
            .expect("a string takes everything");
    };
    for kind in Kind::ALL {
        row(kind.name(), tally(&|_, mark| mark.kind == kind));
    }
    row("articles", tally(&|marked, _| matches!(marked.origin, Origin::Article)));
    row("Wikinews", tally(&|marked, _| matches!(marked.origin, Origin::Passage(_))));
    row("all", tally(&|_, _| true));
    out
}

#[cfg(test)]
mod tests;
