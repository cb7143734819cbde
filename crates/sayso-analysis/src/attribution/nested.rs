//! Contents read by themselves, for the attributions in them.

use std::ops::Range;

use sayso_text::{Document, TokenId, TokenRange};

use crate::features::{BLOCK_START, SENTENCE_START};
use crate::{Analysis, Attribution};

/// Contents of fewer words hold no attribution.
const LEAST_WORDS: usize = 4;

/// The words of a content as a text of their own.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    /// The document's tokens.
    pub(crate) tokens: Vec<usize>,
    /// Their states as in a text that begins here.
    pub(crate) contexts: Vec<u8>,
    /// Their sentences, in places of `tokens`.
    pub(crate) sentences: Vec<TokenRange>,
}

/// Whether a content may hold an attribution: a clause that depends on another word of it, as what is
/// said depends on the word that says so, or *according to*.
fn may_hold(analysis: &Analysis<'_>, content: &[TokenRange]) -> bool {
    let holds = |head: TokenId| content.iter().any(|piece| piece.contains(head));
    content.iter().flat_map(|piece| piece.range()).any(|at| {
        let word = &analysis.words[at];
        let is_clause = matches!(word.deprel, "ccomp" | "parataxis" | "xcomp" | "acl");
        is_clause && word.head.is_some_and(holds) || &*word.lemma == "according"
    })
}

/// The content of an attribution as a text of its own, if it may hold another one.
pub(crate) fn stretch(
    document: &Document,
    analysis: &Analysis<'_>,
    attribution: &Attribution,
) -> Option<Stretch> {
    let n_words: usize = attribution.content.iter().map(|piece| piece.len()).sum();
    if n_words < LEAST_WORDS || !may_hold(analysis, &attribution.content) {
        return None;
    }
    let mut stretch = Stretch::default();
    for (nth, &piece) in attribution.content.iter().enumerate() {
        let mut piece = bare(document, piece);
        // *that*, *whether* and *if* belong to the outer cue.
        if nth == 0 && analysis.words.get(piece.start).is_some_and(|word| word.upos == "SCONJ") {
            piece.start += 1;
        }
        stretch.add(document, piece);
    }
    stretch.quotations(document);
    (stretch.tokens.len() >= LEAST_WORDS).then_some(stretch)
}

/// A piece without the quotation marks around it.
fn bare(document: &Document, piece: TokenRange) -> Range<usize> {
    let is_mark = |at: usize| {
        let token = document.tokens[at].span.of(&document.text);
        token.chars().all(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '`' | '\''))
    };
    let mut range = piece.range();
    while !range.is_empty() && is_mark(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && is_mark(range.end - 1) {
        range.end -= 1;
    }
    range
}

impl Stretch {
    fn add(&mut self, document: &Document, piece: Range<usize>) {
        let sentences = &document.sentences;
        let from = sentences.partition_point(|it| it.tokens.end as usize <= piece.start);
        for sentence in &sentences[from..] {
            let range = piece.start.max(sentence.tokens.start as usize)
                ..piece.end.min(sentence.tokens.end as usize);
            if range.is_empty() {
                break;
            }
            let first = self.tokens.len();
            self.contexts.resize(first + range.len(), 0);
            self.contexts[first] = SENTENCE_START | if first == 0 { BLOCK_START } else { 0 };
            self.tokens.extend(range);
            self.sentences.push(TokenRange::new(first, self.tokens.len()));
        }
    }

    /// Marks the quotations that lie in the content.
    fn quotations(&mut self, document: &Document) {
        let Some((&first, &last)) = self.tokens.first().zip(self.tokens.last()) else { return };
        let from = document.quotations.partition_point(|it| (it.tokens.start as usize) < first);
        let inside = document.quotations[from..]
            .iter()
            .take_while(|it| it.tokens.start as usize <= last)
            .filter(|it| it.closed && it.tokens.end as usize <= last + 1);
        let mut covered = 0;
        for quotation in inside {
            let place = |token: usize| self.tokens.partition_point(|&at| at < token);
            let range =
                place(quotation.tokens.start as usize)..place(quotation.tokens.end as usize);
            if range.len() < 2 {
                continue;
            }
            for at in covered.max(range.start)..range.end {
                self.contexts[at] |= 1;
            }
            covered = covered.max(range.end);
            self.contexts[range.start] = self.contexts[range.start] & !3 | 2;
            self.contexts[range.end - 1] |= 3;
        }
    }

    /// An attribution in places of this stretch as one of the document; none if a gap cuts its cue.
    pub(crate) fn in_document(&self, mut found: Attribution, parent: usize) -> Option<Attribution> {
        let cue = self.runs(found.cue);
        let [cue] = cue[..] else { return None };
        let first = |range: TokenRange| self.runs(range).first().copied();
        found.cue = cue;
        found.source = found.source.and_then(first);
        found.content = found.content.iter().flat_map(|&piece| self.runs(piece)).collect();
        found.parent = Some(parent);
        found.runner_up = found.runner_up.and_then(|(range, p)| Some((first(range)?, p)));
        Some(found)
    }

    /// A range of places as ranges of the document's tokens.
    fn runs(&self, range: TokenRange) -> Vec<TokenRange> {
        let mut runs: Vec<TokenRange> = Vec::new();
        for &token in &self.tokens[range.range()] {
            let place = TokenRange::new(token, token + 1);
            match runs.last_mut() {
                Some(run) if run.end == place.start => run.end = place.end,
                _ => runs.push(place),
            }
        }
        runs
    }
}
