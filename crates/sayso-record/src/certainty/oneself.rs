//! Voices that tell of what they themselves think, want or know.

use std::collections::BTreeMap;

use sayso_text::TokenRange;

use super::syntax::subject;
use crate::statements::Statements;
use crate::text::Text;
use crate::{CharSpan, Form};

/// The pronouns of a document with the entities that they stand for.
#[derive(Debug)]
pub(super) struct Oneself<'a> {
    pronouns: BTreeMap<CharSpan, &'a str>,
}

impl<'a> Oneself<'a> {
    pub(super) fn new(text: &Text<'a>) -> Self {
        let entities = text.entities.iter();
        let pronouns = entities.flat_map(|entity| {
            let spans = entity.mentions.iter().filter(|it| it.form == Form::Pronoun);
            spans.map(|it| (it.span, entity.id.as_str()))
        });
        Self { pronouns: pronouns.collect() }
    }

    /// Whether the subject of a clause in a statement's content is its source: *Reyes said
    /// \[she\] believed that they had left*.
    pub(super) fn is_subject(
        &self,
        text: &Text<'_>,
        statements: &Statements,
        statement: usize,
        clause: usize,
    ) -> bool {
        let source = statements.rows[statement].source.entity.as_deref();
        let own = subject(text, clause).filter(|&it| text.upos(it) == "PRON");
        let own = own.map(|it| text.chars(TokenRange::new(it, it + 1)));
        let own = own.and_then(|span| self.pronouns.get(&span).copied());
        own.is_some() && own == source
    }

    /// Whether a statement stands in another one of the same source, which it names by a pronoun: a
    /// noun is too often taken for somebody else.
    pub(super) fn is_nested(text: &Text<'_>, statements: &Statements, statement: usize) -> bool {
        let source = |at: usize| statements.rows[at].source.entity.as_deref();
        let words = statements.parts[statement].source;
        let pronoun = words.is_some_and(|it| text.upos(text.head_of(it)) == "PRON");
        let parent = statements.parts[statement].parent.filter(|_| pronoun);
        parent.is_some_and(|it| source(it).is_some() && source(it) == source(statement))
    }
}
