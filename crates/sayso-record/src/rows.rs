//! The rows of a document, before they are a record.

use std::collections::BTreeMap;

use sayso_analysis::Analysis;
use sayso_text::{Document, Offsets};

use crate::entities::entities;
use crate::explain::Reasons;
use crate::statements::statements;
use crate::{CharSpan, Entity, SourceKind, Statement};

/// Everything that is read off a document, row by row, with what decided it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// As in the record.
    pub entities: Vec<Entity>,
    /// As in the record.
    pub statements: Vec<Statement>,
    /// What decided each statement, in the same order.
    pub reasons: Vec<Reasons>,
    /// Each statement's parent, as a place among the statements.
    parents: Vec<Option<usize>>,
    /// Each statement's source, as a place among the entities.
    sources: Vec<Option<usize>>,
}

impl Rows {
    /// The rows of a document.
    pub fn new(document: &Document, analysis: &Analysis<'_>) -> Self {
        Self::with_offsets(document, analysis, &Offsets::new(&document.text))
    }

    pub(crate) fn with_offsets(
        document: &Document,
        analysis: &Analysis<'_>,
        at: &Offsets<'_>,
    ) -> Self {
        let entities = entities(document, analysis, at);
        let found = statements(document, analysis, at, &entities);
        let (statements, reasons): (Vec<Statement>, _) = found.into_iter().unzip();
        let places: BTreeMap<_, _> = statements.iter().map(|it| it.id.as_str()).zip(0..).collect();
        let place = |id: &String| places.get(id.as_str()).copied();
        let parents = statements.iter().map(|it| it.parent.as_ref().and_then(place)).collect();
        let entities = entities.rows;
        let places: BTreeMap<_, _> = entities.iter().map(|it| it.id.as_str()).zip(0..).collect();
        let place = |id: &String| places.get(id.as_str()).copied();
        let sources = statements.iter().map(|it| it.source.entity.as_ref().and_then(place));
        let sources = sources.collect();
        Self { entities, statements, reasons, parents, sources }
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
}
