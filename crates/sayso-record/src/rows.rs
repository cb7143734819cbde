//! The rows of a document, before they are a record.

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
        let (statements, reasons) = found.into_iter().unzip();
        Self { entities, statements, reasons }
    }

    /// The statements around a statement and it itself, as places, the outermost first.
    pub fn chain(&self, statement: usize) -> Vec<usize> {
        let place = |id: &String| self.statements.iter().position(|it| it.id == *id);
        let parent = |&at: &usize| self.statements[at].parent.as_ref().and_then(place);
        let mut chain: Vec<_> = std::iter::successors(Some(statement), parent).collect();
        chain.reverse();
        chain
    }

    /// Who speaks in a statement, in words: the entity's name, the words of the text, or that
    /// nobody is named.
    pub fn voice(&self, text: &str, statement: usize) -> String {
        let source = &self.statements[statement].source;
        let entity = self.entities.iter().find(|it| Some(&it.id) == source.entity.as_ref());
        if let Some(entity) = entity {
            return entity.name.clone();
        }
        let at = Offsets::new(text);
        let words = |span: &CharSpan| span.bytes(&at).of(text).to_owned();
        match (&source.span, source.kind) {
            (Some(spans), _) => spans.iter().map(words).collect::<Vec<_>>().join(" … "),
            (None, SourceKind::Author) => "the article".to_owned(),
            (None, SourceKind::Implicit) => "the same speaker".to_owned(),
            (None, _) => "somebody unnamed".to_owned(),
        }
    }
}
