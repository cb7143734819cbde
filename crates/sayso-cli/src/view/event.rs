//! Events: who did what to whom, and on whose word.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};
use sayso::record::{CertaintyValue, Event, Reference};
use sayso::{Document, Rows, Sentence};

use super::statement::{Lines, shortened};
use super::{FAINT, Flow, GUTTER, View};

/// A party, a place or a time is shortened to this many columns.
const MAX_WORDS: usize = 40;
/// A mark and a space.
const MARK: usize = 2;

/// The events of an article as lines and as rows of a table.
pub(crate) struct Events<'a> {
    view: View,
    rows: &'a Rows,
    lines: &'a Lines<'a>,
    statements: BTreeMap<&'a str, usize>,
}

impl<'a> Events<'a> {
    pub(crate) fn new(view: View, rows: &'a Rows, lines: &'a Lines<'a>) -> Self {
        let ids = rows.statements.iter().map(|it| it.id.as_str());
        Self { view, rows, lines, statements: ids.zip(0..).collect() }
    }

    /// Writes the events with a type from `next` on that begin before a sentence's end, and
    /// returns the next one.
    pub(super) fn below(&self, sentence: &Sentence, mut next: usize, out: &mut String) -> usize {
        let end = self.lines.code_point(sentence.span.end());
        while let Some(event) =
            self.rows.events.get(next).filter(|it| (it.anchor.start as usize) < end)
        {
            if event.kind.is_some() {
                self.line(event, out);
            }
            next += 1;
        }
        next
    }

    /// `◆ MOBILIZE troops · Mexico deployed → the border · past · the article: asserted · 0.83 v14-22`
    fn line(&self, event: &Event, out: &mut String) {
        out.extend(std::iter::repeat_n(' ', GUTTER));
        let color = style(event);
        let mut flow = Flow::new(self.view, GUTTER + MARK, out);
        flow.push("◆ ", FAINT);
        flow.push(&kind(event), color.bold());
        flow.push(" · ", FAINT);
        let actors = self.parties(&event.actors);
        if !actors.is_empty() {
            flow.push(&format!("{actors} "), Style::new());
        }
        flow.push(&self.lines.words(&[event.anchor], MAX_WORDS), color);
        let recipients = self.parties(&event.recipients);
        if !recipients.is_empty() {
            flow.push(&format!(" → {recipients}"), Style::new());
        }
        for (label, words) in [("in", self.place(event)), ("on", self.time(event))] {
            if !words.is_empty() {
                flow.push(&format!(" · {label}: {words}"), Style::new());
            }
        }
        flow.push(&format!(" · {} · ", event.tense.name()), FAINT);
        flow.push(&self.certainty(event), color);
        flow.push(&format!(" · {:.2} {}", event.score, event.id), FAINT);
        flow.finish();
    }

    /// What each voice commits to, the article first: `the article: open; Ana Reyes: asserted`.
    pub(crate) fn certainty(&self, event: &Event) -> String {
        let voice = |holder: &str| match self.statements.get(holder) {
            Some(&statement) => self.lines.source(statement),
            None => "the article".to_owned(),
        };
        let each = event.certainty.iter().rev();
        let each = each.map(|it| format!("{}: {}", voice(&it.holder), it.value.name()));
        each.collect::<Vec<_>>().join("; ")
    }

    /// Actors or recipients, by the names of their entities where they have any.
    pub(crate) fn parties(&self, parties: &[Reference]) -> String {
        let names = parties.iter().map(|party| self.party(party));
        names.collect::<Vec<_>>().join(", ")
    }

    fn party(&self, party: &Reference) -> String {
        let entity = party.entity.as_deref();
        let entity = entity.and_then(|id| self.rows.entities.iter().find(|it| it.id == id));
        match entity {
            Some(entity) if entity.named => shortened(&entity.name, MAX_WORDS),
            _ => self.lines.words(&party.span, MAX_WORDS),
        }
    }

    pub(crate) fn place(&self, event: &Event) -> String {
        event.place.as_ref().map(|place| self.party(place)).unwrap_or_default()
    }

    /// A time's value; its words where it has none or the value says less: *Friday* is `XXXX-WXX-5`
    /// as long as nobody knows which.
    pub(crate) fn time(&self, event: &Event) -> String {
        let Some(time) = &event.time else { return String::new() };
        let is_told = |it: &&String| !it.contains('X') && !it.ends_with("_REF");
        match time.value.as_ref().filter(is_told) {
            Some(value) => value.clone(),
            None => self.lines.words(&time.span, MAX_WORDS),
        }
    }
}

/// `MOBILIZE troops`
fn kind(event: &Event) -> String {
    let parts = event.kind.iter().chain(&event.mode);
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Red for what the article denies, faint for what it does not vouch for.
fn style(event: &Event) -> Style {
    let author = event.certainty.iter().find(|it| it.holder == "author");
    match author.map(|it| it.value) {
        Some(CertaintyValue::Denied | CertaintyValue::Doubtful) => AnsiColor::Red.on_default(),
        Some(CertaintyValue::Asserted | CertaintyValue::Probable) => AnsiColor::Yellow.on_default(),
        _ => AnsiColor::Yellow.on_default().dimmed(),
    }
}

/// The columns of a table of events.
pub(crate) const COLUMNS: [&str; 13] = [
    "article",
    "row",
    "type",
    "mode",
    "actors",
    "event",
    "recipients",
    "place",
    "time",
    "tense",
    "certainty",
    "cameo",
    "score",
];

/// The events with a type as lines of a table, tabs between the cells.
///
/// Cells hold no tab and no line break: white space in the text's words counts as one blank.
pub(crate) fn table(source: &str, document: &Document, rows: &Rows, out: &mut String) {
    let view = View { color: false, trees: false, width: None };
    let lines = Lines::new(view, document, rows);
    let events = Events::new(view, rows, &lines);
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
    for event in rows.events.iter().filter(|it| it.kind.is_some()) {
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        let cells = [
            source.clone(),
            event.id.clone(),
            text(&event.kind),
            text(&event.mode),
            events.parties(&event.actors),
            lines.words(&[event.anchor], MAX_WORDS),
            events.parties(&event.recipients),
            events.place(event),
            events.time(event),
            event.tense.name().to_owned(),
            events.certainty(event),
            text(&event.cameo),
            format!("{:.2}", event.score),
        ];
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
}
