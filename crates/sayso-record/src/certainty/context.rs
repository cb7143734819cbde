//! What stands around an anchor on its way up the tree.

use super::lexicon::Entry;
use super::value::{Degree, Signature};

/// One word that decides what a voice commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context {
    /// The word.
    pub(super) token: usize,
    /// What it is, in a few words.
    pub(super) rule: &'static str,
    outer: Signature,
    voice: Option<Signature>,
}

/// How a context that ascribes something is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// As somebody who only passes it on.
    Outsider,
    /// As one who takes the word of whom it is ascribed to, unless the word itself knows better:
    /// *lied that*.
    Credulous,
}

impl Context {
    /// A context that ascribes nothing.
    pub(super) fn new(token: usize, rule: &'static str, signature: Signature) -> Self {
        Self { token, rule, outer: signature, voice: None }
    }

    /// A word with its entry in the list.
    pub(super) fn of_entry(token: usize, entry: Entry) -> Self {
        let Entry { rule, outer, voice } = entry;
        Self { token, rule, outer, voice }
    }

    /// The same, said by the holder: *we think that …*.
    pub(super) fn of_oneself(self) -> Self {
        Self { outer: self.voice.unwrap_or(self.outer), voice: None, ..self }
    }

    /// Whether it tells of what somebody says or thinks.
    pub(super) fn is_ascribing(self) -> bool {
        self.voice.is_some()
    }

    /// The same, ascribed to somebody, so that outsiders stay open: *he is certain that …*.
    pub(super) fn ascribed(self) -> Self {
        Self { outer: Signature::OPEN, voice: Some(self.voice.unwrap_or(self.outer)), ..self }
    }

    /// The degree of what it holds, where it itself is so to the degree of `context`; whether that
    /// is settled there, since nothing within binds who only passes it on.
    pub(super) fn of(self, context: Degree, view: View) -> (Degree, bool) {
        match (view, self.voice) {
            (View::Credulous, Some(voice)) if self.outer.is_open() => (voice.of(context), false),
            (View::Outsider, Some(_)) if self.outer.is_open() => (Degree::OPEN, true),
            _ => (self.outer.of(context), false),
        }
    }

    /// The degree of what it holds for the one it is ascribed to.
    pub(super) fn of_voice(self, context: Degree) -> Degree {
        self.voice.unwrap_or(self.outer).of(context)
    }
}

/// The degree of the innermost of some contexts, which stand the outermost first, and whether one of
/// them has settled it.
pub(super) fn composed(start: Degree, outer_first: &[Context], view: View) -> (Degree, bool) {
    let mut degree = start;
    for context in outer_first {
        let (next, settled) = context.of(degree, view);
        degree = next;
        if settled {
            return (degree, true);
        }
    }
    (degree, false)
}
