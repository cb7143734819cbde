//! `sayso explain`: why a row of an article is as it is.

mod event;

use std::fmt::{self, Write as _};
use std::io::{self, Write as _};

use anstyle::Style;
use anyhow::{Context, Result};
use sayso::record::{
    CharSpan, EntityExplanation, Explanation, Form, IdKind, RelationExplanation,
    StatementExplanation, UnknownRow,
};
use sayso::{Document, Offsets, Reader, Reading, Scratch};

use crate::args::{ColorChoice, ExplainArgs};
use crate::read::{Failures, articles};
use crate::report;
use crate::view::{View, visible};

/// What to do when there is no such row.
pub(crate) const HELP: &str = "`sayso read FILE` shows each row with its id";

/// No article that was read has the row.
#[derive(Debug)]
pub(crate) struct NoSuchRow {
    row: String,
    unknown: UnknownRow,
}

impl std::error::Error for NoSuchRow {}

impl fmt::Display for NoSuchRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = &self.row;
        let what = "`s` for a statement, `v` for an event, `r` for a relation or `e` for an entity, and a span, such as s10-20";
        match (self.unknown.kind, self.unknown.nearest.as_slice()) {
            (None, _) => write!(f, "{row} is no id of a row; an id is {what}"),
            (Some(IdKind::Other), _) => write!(f, "{row} cannot be explained; what can is {what}"),
            (Some(_), []) => write!(f, "no article has the row {row}, nor any row of its kind"),
            (Some(_), near) => {
                write!(f, "no article has the row {row}; the nearest are {}", near.join(", "))
            }
        }
    }
}

/// Reads the articles up to the first that has the row, and prints why it is as it is.
pub(crate) fn run(args: ExplainArgs, color: ColorChoice) -> Result<Failures> {
    let reader = match &args.model {
        None => Reader::new(),
        Some(folder) => Reader::open(folder)?,
    };
    let mut scratch = Scratch::default();
    let mut failures = 0;
    let mut unknown: Option<UnknownRow> = None;
    for article in articles(args.inputs, args.input_format) {
        let article = match article {
            Ok(article) => article,
            Err(error) => {
                failures += 1;
                let help = error.help();
                report::error(&format!("{:#}", anyhow::Error::from(error)), help);
                continue;
            }
        };
        let reading = reader.read(article, &mut scratch);
        match reading.explain(&args.row) {
            Ok(explanation) => {
                let page = if args.json {
                    json(&reading, &explanation)?
                } else {
                    let view = View::for_stdout(color, false);
                    page(view, &reading, &explanation)
                };
                let mut stdout = io::stdout().lock();
                stdout.write_all(page.as_bytes()).context("standard output cannot be written")?;
                stdout.flush().context("standard output cannot be written")?;
                return Ok(Failures(failures));
            }
            Err(found) => match &mut unknown {
                Some(first) if !first.nearest.is_empty() => {}
                unknown => *unknown = Some(found),
            },
        }
    }
    match unknown {
        Some(unknown) if failures == 0 || !unknown.nearest.is_empty() => {
            Err(NoSuchRow { row: args.row, unknown }.into())
        }
        Some(_) | None => Ok(Failures(failures)),
    }
}

fn json(reading: &Reading<'_>, explanation: &Explanation) -> Result<String> {
    let mut object = serde_json::to_value(explanation)?;
    object["document"] = reading.metadata.source.clone().into();
    object["reader"] = serde_json::to_value(reading.reader())?;
    Ok(format!("{object}\n"))
}

/// The words of one article, for filling in.
struct Words<'a> {
    view: View,
    document: &'a Document,
    at: Offsets<'a>,
}

fn page(view: View, reading: &Reading<'_>, explanation: &Explanation) -> String {
    let document = &reading.document;
    let words = Words { view, document, at: Offsets::new(&document.text) };
    let mut out = String::new();
    let source = visible(&reading.metadata.source);
    match explanation {
        Explanation::Statement(found) => {
            words.head(&found.statement.id, "statement", &source, &mut out);
            words.statement(found, &mut out);
        }
        Explanation::Event(found) => {
            words.head(&found.event.id, "event", &source, &mut out);
            words.event(found, &mut out);
        }
        Explanation::Entity(found) => {
            words.head(&found.entity.id, "entity", &source, &mut out);
            words.entity(found, &mut out);
        }
        Explanation::Relation(found) => {
            words.head(&found.relation.id, "relation", &source, &mut out);
            words.relation(found, &mut out);
        }
    }
    let info = reading.reader();
    words.line("read by", &format!("sayso {}, model {}", info.version, info.model), &mut out);
    out
}

impl Words<'_> {
    fn head(&self, id: &str, kind: &str, source: &str, out: &mut String) {
        let id = self.view.paint(Style::new().bold(), id);
        let _ = writeln!(out, "{id} · {kind} in {source}");
    }

    /// A label and what it says, with a hanging indent.
    fn line(&self, label: &str, text: &str, out: &mut String) {
        self.view.labelled(label, text, out);
    }

    fn of(&self, span: CharSpan) -> String {
        let words = span.bytes(&self.at).of(&self.document.text);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn all(&self, spans: &[CharSpan]) -> String {
        let words: Vec<_> = spans.iter().map(|&span| self.of(span)).collect();
        words.join(" … ")
    }

    fn statement(&self, found: &StatementExplanation, out: &mut String) {
        let StatementExplanation { statement, chain, entity, reasons } = found;
        self.line("context", &self.of(reasons.context), out);
        self.line("chain", &format!("the article ← {}", chain.join(" ← ")), out);
        let probability =
            |of: Option<f64>| of.map(|p| format!("  (probability {p:.2})")).unwrap_or_default();
        let given = reasons.probabilities;
        let cue = self.all(&statement.cue) + &probability(given.map(|it| it.cue));
        self.line("cue", &cue, out);
        let source = statement.source.span.as_deref();
        let source = source.map_or_else(|| "no words".to_owned(), |spans| self.all(spans));
        self.line("source", &(source + &probability(given.map(|it| it.source))), out);
        let kind = statement.source.kind.name();
        self.line("", &format!("{kind}: {}", reasons.source.rule), out);
        if let Some(entity) = entity {
            let mentions: Vec<_> = entity.mentions.iter().map(|it| self.mention(it.span)).collect();
            self.line("", &format!("{} {}: {}", entity.id, entity.name, mentions.join(", ")), out);
        }
        if let Some(about) = &statement.source.description {
            let parts = [("role", about.role), ("number", about.number), ("reason", about.reason)];
            for (label, span) in parts {
                if let Some(span) = span {
                    self.line("", &format!("{label}: {}", self.of(span)), out);
                }
            }
        }
        match reasons.runner_up {
            Some(other) => {
                let words = self.of(other.span);
                self.line(
                    "runner-up",
                    &format!("{words}  (probability {:.2})", other.probability),
                    out,
                );
            }
            None => self.line("runner-up", "none", out),
        }
        let content = self.all(&statement.content) + &probability(given.map(|it| it.content));
        self.line("content", &content, out);
        self.line("manner", statement.manner.name(), out);
        let act = &reasons.act;
        let entry = act.entry.as_ref().map(|it| format!(", {it} in acts.tsv")).unwrap_or_default();
        let word = act.word.map(|it| format!(" “{}”", self.of(it))).unwrap_or_default();
        self.line("act", &format!("{}: {}{word}{entry}", statement.act.name(), act.rule), out);
        if let Some(addressee) = &statement.addressee {
            self.line("said to", &self.all(&addressee.span), out);
        }
        for hedge in &statement.hedge {
            self.line("hedge", &self.of(*hedge), out);
        }
        if let Some(parent) = &statement.parent {
            self.line("within", parent, out);
        }
        let by = match reasons.extractor {
            "model" => "the model's attribution head".to_owned(),
            rule => format!("the rule {rule}"),
        };
        self.line("found by", &by, out);
        let measure = match (reasons.extractor, &statement.parent) {
            ("model", None) => "calibrated on development news",
            ("model", Some(_)) => "calibrated on statements that stand in no other",
            _ => "the rule's, set by hand",
        };
        self.line("score", &format!("{:.4}, {measure}", statement.score), out);
    }

    fn entity(&self, found: &EntityExplanation, out: &mut String) {
        let entity = &found.entity;
        self.line("name", &entity.name, out);
        for link in &found.links {
            let form = match link.mention.form {
                Form::Name => "name",
                Form::Nominal => "nominal",
                Form::Pronoun => "pronoun",
            };
            let words = self.mention(link.mention.span);
            self.line("mention", &format!("{words}, {form}: {}", link.rule), out);
        }
        for id in &found.statements {
            self.line("said", id, out);
        }
        self.line("score", &format!("{:.4}, not calibrated", entity.score), out);
    }

    fn relation(&self, found: &RelationExplanation, out: &mut String) {
        let RelationExplanation { relation, entities, rule, chain } = found;
        self.line("kind", relation.kind.name(), out);
        self.line("words", &self.all(&relation.span), out);
        let told = [
            ("subject", Some(&relation.subject)),
            ("object", relation.object.as_ref()),
            ("by", relation.by.as_ref()),
        ];
        for (label, id) in told {
            let entity = entities.iter().find(|it| Some(&it.id) == id);
            if let Some(entity) = entity {
                self.line(label, &format!("{} {}", entity.id, entity.name), out);
            }
        }
        if let Some(value) = &relation.value {
            self.line("value", value, out);
        }
        if !chain.is_empty() {
            self.line("chain", &format!("the article ← {}", chain.join(" ← ")), out);
        }
        for voice in &relation.certainty {
            let value = serde_json::to_value(voice.value).unwrap_or_default();
            let value = value.as_str().unwrap_or_default().to_owned();
            self.line("certainty", &format!("{value} for {}", voice.holder), out);
        }
        self.line("found by", &format!("the rule “{rule}”"), out);
        self.line("score", &format!("{:.4}, the rule's, set by hand", relation.score), out);
    }

    fn mention(&self, span: CharSpan) -> String {
        format!("“{}” {}–{}", self.of(span), span.start, span.end)
    }
}
