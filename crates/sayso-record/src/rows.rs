//! The rows of a document, before they are a record.

use std::collections::BTreeMap;

use sayso_analysis::Analysis;
use sayso_text::{Document, Offsets};

use crate::certainty::Commitments;
use crate::entities::{Links, entities, fill};
use crate::events::{Around, events};
use crate::explain::{EventReasons, Reasons};
use crate::magnitude::magnitudes;
use crate::relations::{Relations, relations};
use crate::statements::{Statements, UNRESOLVED, statements};
use crate::text::Text;
use crate::times::times;
use crate::{CharSpan, Entity, Event, Form, Mention, Note, Relation, SourceKind, Statement, Time};

/// Everything that is read off a document, row by row, with what decided it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// As in the record.
    pub entities: Vec<Entity>,
    /// As in the record.
    pub statements: Vec<Statement>,
    /// As in the record.
    pub events: Vec<Event>,
    /// As in the record.
    pub relations: Vec<Relation>,
    /// As in the record.
    pub times: Vec<Time>,
    /// What was odd about the rows, in text order; the record has those of the document before them.
    pub notes: Vec<Note>,
    /// What decided each event, in the same order.
    pub event_reasons: Vec<EventReasons>,
    /// The rule that found each relation, in a few words, in the same order.
    pub relation_rules: Vec<&'static str>,
    /// What decided each statement, in the same order.
    pub reasons: Vec<Reasons>,
    /// Each statement's parent, as a place among the statements.
    parents: Vec<Option<usize>>,
    /// Each statement's source, as a place among the entities.
    sources: Vec<Option<usize>>,
}

impl Rows {
    /// The rows of a document.
    ///
    /// `published` is the day of publication, `2025-08-08`, which relative times are counted from.
    pub fn new(document: &Document, analysis: &Analysis<'_>, published: Option<&str>) -> Self {
        Self::with_offsets(document, analysis, &Offsets::new(&document.text), published)
    }

    pub(crate) fn with_offsets(
        document: &Document,
        analysis: &Analysis<'_>,
        at: &Offsets<'_>,
        published: Option<&str>,
    ) -> Self {
        let mut entities = entities(document, analysis, at);
        fill(&Text::new(document, analysis, at, &[]), &mut entities);
        let text = Text::new(document, analysis, at, &entities.rows);
        let links = Links::new(&text, &entities.of);
        let found = statements(&text, &links);
        let times = times(&text, published);
        let commitments = Commitments::new(&text, &found);
        let magnitudes = magnitudes(&text, &times.rows);
        let around = Around {
            statements: &found,
            commitments: &commitments,
            times: &times.rows,
            magnitudes: &magnitudes,
            published,
        };
        let (events, event_reasons) = events(&text, &links, around).into_iter().unzip();
        let Relations { rows: relations, rules: relation_rules } =
            relations(&text, &links, &found, &commitments);
        let notes = times.notes;
        let times = times.rows.into_iter().map(|it| it.row).collect();
        let Statements { rows: statements, reasons, .. } = found;
        let places: BTreeMap<_, _> = statements.iter().map(|it| it.id.as_str()).zip(0..).collect();
        let place = |id: &String| places.get(id.as_str()).copied();
        let parents = statements.iter().map(|it| it.parent.as_ref().and_then(place)).collect();
        let entities = entities.rows;
        let places: BTreeMap<_, _> = entities.iter().map(|it| it.id.as_str()).zip(0..).collect();
        let place = |id: &String| places.get(id.as_str()).copied();
        let sources = statements.iter().map(|it| it.source.entity.as_ref().and_then(place));
        let sources = sources.collect();
        Self {
            entities,
            statements,
            events,
            relations,
            times,
            notes,
            event_reasons,
            relation_rules,
            reasons,
            parents,
            sources,
        }
    }

    /// The statements around a statement and it itself, as places, the outermost first.
    pub fn chain(&self, statement: usize) -> Vec<usize> {
        let parent = |&at: &usize| self.parents[at];
        let mut chain: Vec<_> = std::iter::successors(Some(statement), parent).collect();
        chain.reverse();
        chain
    }

    /// Who speaks in a statement, in words: the entity's name, the words of the text, or that
    /// nobody is named.
    pub fn voice(&self, text: &str, at: &Offsets<'_>, statement: usize) -> String {
        let source = &self.statements[statement].source;
        if let Some(entity) = self.sources[statement] {
            return self.entities[entity].name.clone();
        }
        let words = |span: &CharSpan| span.bytes(at).of(text).to_owned();
        match (&source.span, source.kind) {
            (Some(spans), _) => spans.iter().map(words).collect::<Vec<_>>().join(" … "),
            (None, SourceKind::Author) => "the article".to_owned(),
            (None, SourceKind::Implicit) => "the same speaker".to_owned(),
            (None, _) => "somebody".to_owned(),
        }
    }

    /// How far the text names who speaks in a statement, in words.
    ///
    /// What Record v1 calls unnamed is told apart: *no source* if the text has no words for it,
    /// *unresolved* for a pronoun that stands for nobody known, *anonymous* where the text says why
    /// nobody is named, else *unnamed*.
    pub fn naming(&self, statement: usize) -> &'static str {
        let source = &self.statements[statement].source;
        let forms = self.sources[statement].map(|at| &self.entities[at].mentions);
        let pronouns = |mentions: &Vec<Mention>| mentions.iter().all(|it| it.form == Form::Pronoun);
        let reason = source.description.as_ref().is_some_and(|it| it.reason.is_some());
        match source.kind {
            SourceKind::Unnamed if source.span.is_none() => "no source",
            SourceKind::Unnamed if reason => "anonymous",
            SourceKind::Unnamed if self.reasons[statement].source.rule == UNRESOLVED => {
                "unresolved"
            }
            SourceKind::Unnamed if forms.is_some_and(pronouns) => "unresolved",
            kind => kind.name(),
        }
    }
}
