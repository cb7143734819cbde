//! Times that only the time of speaking tells: *now*, *recently*, *in the future*.

use super::{Answer, calendar};
use crate::times::lexicon::Sense;
use crate::times::spec::Spec;
use crate::times::words::Words;

pub(super) fn reference(words: &Words<'_>, at: usize) -> Answer {
    if let Some((value, end)) = calendar::phrase(words, at) {
        // *the past president*, *the present treaty*: what follows is what is meant.
        let counts = words.number(end).is_some() || words.has_sense(end);
        let is_whole =
            !counts && !is_noun(words, end) && !words.is_dash(end) || !words.is(at, "the");
        return is_whole.then_some((Spec::Reference(value), end));
    }
    let value = words.sense(at, |it| match it {
        Sense::Reference(value) => Some(*value),
        _ => None,
    })?;
    (words.text.upos(at) != "PROPN").then_some((Spec::Reference(value), at + 1))
}

fn is_noun(words: &Words<'_>, at: usize) -> bool {
    matches!(words.text.upos(at), "NOUN" | "NUM" | "ADJ" | "PROPN")
}
