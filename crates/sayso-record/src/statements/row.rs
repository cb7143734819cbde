//! A statement on its way: tokens, and where it comes from.

use sayso_text::TokenRange;

/// What an extractor found.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The extractor's name.
    pub(crate) extractor: &'static str,
    pub(crate) cue: TokenRange,
    pub(crate) source: Option<TokenRange>,
    /// In text order, disjoint, not empty.
    pub(crate) content: Vec<TokenRange>,
    /// The row in whose content this one stands, as a place among the rows of its extractor.
    pub(crate) parent: Option<usize>,
    /// Who speaks where no words name them.
    pub(crate) silent: Silent,
    /// Whether the content is a transcript: the source's own words without quotation marks.
    pub(crate) verbatim: bool,
    pub(crate) basis: Basis,
}

/// Who speaks in a row without source words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silent {
    /// The rules of sources tell.
    Open,
    /// The article's own voice, as in an interview's questions.
    Author,
    /// One who was named before, as a place among the entities, if the article makes it plain.
    Before(Option<usize>),
}

/// What speaks for a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Basis {
    /// Probabilities of the trained head.
    Model { cue: f32, source: f32, content: f32, runner_up: Option<(TokenRange, f32)> },
    /// The share of a rule's rows that are right.
    Rule { share: f32 },
}

impl Row {
    /// A row of a rule, with a content in one piece or around a gap.
    pub(crate) fn of_rule(
        extractor: &'static str,
        share: f32,
        cue: TokenRange,
        content: Vec<TokenRange>,
    ) -> Self {
        let (source, parent, silent) = (None, None, Silent::Open);
        let basis = Basis::Rule { share };
        Self { extractor, cue, source, content, parent, silent, verbatim: false, basis }
    }

    /// Every range of the row.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = TokenRange> + '_ {
        [self.cue].into_iter().chain(self.source).chain(self.content.iter().copied())
    }

    pub(crate) fn is_of_rule(&self) -> bool {
        matches!(self.basis, Basis::Rule { .. })
    }
}
