//! What each voice commits to.
//!
//! From an anchor the walk goes up the tree. Each word on the way, and each word on such a word, may
//! change what holds of the anchor: *not* turns it round, *may* weakens it, *plan to* leaves it open
//! ([`value`] composes them). At the border of a statement's content the walk goes on from the
//! statement's cue, whose word tells what its source and what everybody else commits to.

mod clause;
mod context;
mod cue;
mod edge;
mod governor;
mod lexicon;
mod oneself;
mod presented;
mod syntax;
mod value;

#[cfg(test)]
mod tests;

use crate::statements::Statements;
use crate::text::Text;
use crate::{Certainty, Manner};
use context::{Context, View, composed};
use cue::Cue;
use edge::{ANSWERED_FOR, Edge, Scope};
use oneself::Oneself;
use value::Degree;

/// Steps up a tree before it is cut.
const MAX_STEPS: usize = 100;
/// Statements around an anchor that are looked at.
const MAX_VOICES: usize = 16;

/// What the voices of a document commit to, to be asked token by token.
///
/// # Cost
///
/// To make one is linear in the text and the statements' contents; a question costs the words on the
/// way up the trees.
#[derive(Debug)]
pub(crate) struct Commitments<'a> {
    text: &'a Text<'a>,
    statements: &'a Statements,
    /// The innermost statement whose content holds a token.
    within: Vec<Option<u32>>,
    /// What stands on a word.
    own: Vec<Vec<Context>>,
    /// What leads from a word to its head.
    edges: Vec<Edge>,
    cues: Vec<Cue>,
}

/// What one voice commits to, with what decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commitment {
    /// As in the record.
    pub(crate) row: Certainty,
    /// The words that decided, the outermost first, each with what it is in a few words.
    pub(crate) contexts: Vec<(usize, &'static str)>,
}

/// The contexts from an anchor or a cue up to the border of a content, the outermost first.
type Stretch = Vec<Context>;

impl<'a> Commitments<'a> {
    pub(crate) fn new(text: &'a Text<'a>, statements: &'a Statements) -> Self {
        let n_words = text.n_tokens().min(text.analysis.words.len());
        let within = innermost(statements, text.n_tokens());
        let reported = |token: usize| {
            let around = within.get(token).copied().flatten();
            around.is_some_and(|at| statements.rows[at as usize].manner != Manner::Direct)
        };
        let own = (0..n_words).map(|at| clause::contexts(text, at, reported(at))).collect();
        let oneself = Oneself::new(text);
        let of_oneself = |token: usize, context: Context| {
            let around = within.get(token).copied().flatten().map(|at| at as usize);
            let own = around.filter(|_| context.is_ascribing());
            match own.filter(|&at| oneself.is_subject(text, statements, at, context.token)) {
                Some(_) => context.of_oneself(),
                None => context,
            }
        };
        let edge = |at: usize| {
            let Edge { contexts, scope } = edge::edge(text, at);
            let contexts = contexts.into_iter().map(|it| of_oneself(at, it)).collect();
            Edge { contexts, scope }
        };
        let cue = |at: usize| {
            let cue = Cue::new(text, statements, at);
            if Oneself::is_nested(text, statements, at) { cue.of_oneself() } else { cue }
        };
        let edges = (0..n_words).map(edge).collect();
        let cues = (0..statements.parts.len()).map(cue).collect();
        Self { text, statements, within, own, edges, cues }
    }

    /// The innermost statement in whose content a token stands, as a place among the rows.
    pub(crate) fn within(&self, token: usize) -> Option<usize> {
        Some(self.within.get(token).copied().flatten()? as usize)
    }

    /// What each voice commits to about the event at a token: each statement around it, the
    /// innermost first, then the author.
    pub(crate) fn of(&self, token: usize) -> Vec<Commitment> {
        let voices = self.voices(token);
        let stretches = self.stretches(token, &voices);
        (0..=voices.len()).map(|holder| self.commitment(&voices, &stretches, holder)).collect()
    }

    /// The statements around a token, the innermost first.
    fn voices(&self, token: usize) -> Vec<usize> {
        let parent = |&at: &usize| self.statements.parts[at].parent;
        std::iter::successors(self.within(token), parent).take(MAX_VOICES).collect()
    }

    /// From the anchor to the border of the innermost content, from its cue to the next border, and
    /// so on: one more than there are voices.
    fn stretches(&self, token: usize, voices: &[usize]) -> Vec<Stretch> {
        let mut starts = vec![token];
        starts.extend(voices.iter().map(|&at| self.cues[at].word));
        let inside = voices.iter().copied().map(Some).chain([None]);
        starts.into_iter().zip(inside).map(|(start, inside)| self.stretch(start, inside)).collect()
    }

    /// The contexts around a word as far as the content of `inside` goes.
    fn stretch(&self, start: usize, inside: Option<usize>) -> Stretch {
        let holds = |token: usize| inside.is_none_or(|at| self.holds(at, token));
        let mut found: Stretch = Vec::new();
        let mut add = |contexts: &[Context]| {
            for context in contexts.iter().rev() {
                // One *no* stands both on its noun and on the noun's clause.
                let known = found.iter().any(|it| it.token == context.token);
                if holds(context.token) && !known {
                    found.push(*context);
                }
            }
        };
        let mut scope = Scope::Inside;
        for at in self.text.ancestors(start).take(MAX_STEPS) {
            let (Some(own), Some(edge)) = (self.own.get(at), self.edges.get(at)) else { break };
            if scope == Scope::Inside {
                add(own);
            }
            if scope != Scope::Above {
                add(&edge.contexts);
            }
            scope = edge.scope;
            if self.text.head(at).is_none_or(|head| !holds(head)) {
                break;
            }
        }
        found.reverse();
        found
    }

    fn holds(&self, statement: usize, token: usize) -> bool {
        let content = &self.statements.parts[statement].content;
        let at = content.partition_point(|piece| piece.range().end <= token);
        content.get(at).is_some_and(|piece| piece.range().contains(&token))
    }

    /// What the voice at place `holder` commits to; behind the last voice stands the author.
    fn commitment(&self, voices: &[usize], stretches: &[Stretch], holder: usize) -> Commitment {
        let mut contexts = Vec::new();
        let mut degree = Degree::ASSERTED;
        if let Some(&voice) = voices.get(holder) {
            let cue = &self.cues[voice];
            let (told, _) = composed(degree, &stretches[holder + 1], View::Credulous);
            degree = cue.context.of_voice(told);
            contexts.push(cue.context);
        }
        for at in (0..=holder).rev() {
            let (next, settled) = composed(degree, &stretches[at], View::Outsider);
            degree = next;
            contexts.extend(&stretches[at]);
            if settled {
                break;
            }
            if let Some(inner) = at.checked_sub(1) {
                let context = self.cues[voices[inner]].context;
                contexts.push(context);
                let (next, settled) = context.of(degree, View::Outsider);
                degree = next;
                if settled {
                    break;
                }
            }
        }
        // *They denied responsibility for the \[attack\]*, which binds the article as well.
        let answered = stretches[..=holder].iter().flatten().find(|it| it.rule == ANSWERED_FOR);
        if let Some(known) = answered.filter(|_| degree == Degree::OPEN) {
            degree = Degree::ASSERTED;
            contexts.push(*known);
        }
        let holder = voices.get(holder).map(|&at| self.statements.rows[at].id.clone());
        let holder = holder.unwrap_or_else(|| "author".to_owned());
        let row = Certainty { holder, value: degree.value() };
        Commitment { row, contexts: contexts.iter().map(|it| (it.token, it.rule)).collect() }
    }

    /// Every context around a token as one who believes every voice takes them, the outermost first.
    fn believed(&self, token: usize) -> (Degree, Vec<Context>) {
        let voices = self.voices(token);
        let mut stretches = self.stretches(token, &voices);
        let mut contexts = Vec::new();
        for at in (0..stretches.len()).rev() {
            contexts.append(&mut stretches[at]);
            if let Some(inner) = at.checked_sub(1) {
                contexts.push(self.cues[voices[inner]].context);
            }
        }
        let (degree, _) = composed(Degree::ASSERTED, &contexts, View::Credulous);
        (degree, contexts)
    }
}

/// For each token the statement whose content holds it most narrowly.
fn innermost(statements: &Statements, n_tokens: usize) -> Vec<Option<u32>> {
    let length = |at: &u32| {
        let content = &statements.parts[*at as usize].content;
        content.iter().map(|piece| piece.len()).sum::<usize>()
    };
    let mut order: Vec<u32> = (0_u32..).take(statements.parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(length(at)));
    let mut within = vec![None; n_tokens];
    for at in order {
        for piece in &statements.parts[at as usize].content {
            let end = piece.range().end.min(n_tokens);
            let start = piece.range().start.min(end);
            within[start..end].fill(Some(at));
        }
    }
    within
}

/// What the governor of a word is to it, as the list names it: *a plan*, *knowledge*.
pub(crate) fn governing_rule(text: &Text<'_>, token: usize) -> Option<&'static str> {
    edge::edge(text, token).contexts.first().map(|it| it.rule)
}
