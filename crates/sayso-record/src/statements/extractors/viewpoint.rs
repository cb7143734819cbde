//! *In somebody's view*, *by her own account*.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::super::row::Row;
use super::super::score::VIEWPOINT;
use super::Extractor;
use super::clause::around;
use crate::lexicon::WordClass;
use crate::text::Text;

/// Takes a sentence that such a phrase ascribes to somebody at its beginning or its end: *In \[Reyes\]’s
/// \[view\], \[the bridge is safe\]*, *\[it was a circus\], in \[the words of\] \[her lawyer\]*.
///
/// The noun has to be somebody's: *in \[other\] words*, *on \[second\] view* say nothing of a speaker; neither do
/// *all* nor *most*: *by all accounts*.
#[derive(Debug)]
pub(super) struct Viewpoint;

impl Extractor for Viewpoint {
    fn name(&self) -> &'static str {
        "viewpoint"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let attributions = &text.analysis.attributions;
        let cues: BTreeSet<usize> = attributions.iter().flat_map(|it| it.cue.range()).collect();
        for noun in (0..text.n_tokens()).filter(|noun| !cues.contains(noun)) {
            if text.upos(noun) != "NOUN" || !text.is(WordClass::Viewpoint, noun) {
                continue;
            }
            if let Some((source, cue, content)) = parts(text, noun)
                && !cue.range().any(|token| cues.contains(&token))
            {
                let row = Row::of_rule(self.name(), VIEWPOINT, cue, vec![content]);
                rows.push(Row { source: Some(source), ..row });
            }
        }
    }
}

fn parts(text: &Text<'_>, noun: usize) -> Option<(TokenRange, TokenRange, TokenRange)> {
    let case = text.dependents(noun).find(|&it| {
        it < noun
            && text.relation(it) == "case"
            && matches!(text.lower(it).as_str(), "in" | "by" | "to")
    })?;
    let possessor = text.dependents(noun).find(|&it| text.full_relation(it) == "nmod:poss");
    let of = || {
        text.dependents(noun).find(|&it| {
            let of = |at: usize| text.relation(at) == "case" && text.lower(at) == "of";
            it > noun && text.relation(it) == "nmod" && text.dependents(it).any(of)
        })
    };
    let word = possessor.or_else(of)?;
    let is_case = |it: usize| text.head(it) == Some(word) && text.relation(it) == "case";
    let source = around(text, word, |it| text.relation(it) == "punct" || is_case(it));
    let cue = if source.start as usize > noun {
        TokenRange::new(case, source.range().start)
    } else {
        TokenRange::new(noun, noun + 1)
    };
    let end = source.range().end.max(noun + 1);
    Some((source, cue, rest(text, case, end)?))
}

/// The rest of the sentence before or after a phrase from `start` to `end` that a comma parts from it or that
/// ends it.
fn rest(text: &Text<'_>, start: usize, end: usize) -> Option<TokenRange> {
    let sentence = text.sentence(start)?.tokens.range();
    let word = |range: std::ops::Range<usize>| {
        let first = range.clone().find(|&it| text.is_word(it) || opens(text, it))?;
        let last = range.rev().find(|&it| text.is_word(it) || closes(text, it))?;
        (first < last).then(|| TokenRange::new(first, last + 1))
    };
    let before = (sentence.start..start).any(|it| text.is_word(it));
    let after = (end..sentence.end).any(|it| text.is_word(it));
    if !before && text.form(end) == "," {
        word(end + 1..sentence.end)
    } else if !after && before && text.form(start - 1) == "," {
        word(sentence.start..start - 1)
    } else {
        None
    }
}

fn opens(text: &Text<'_>, token: usize) -> bool {
    !text.quotations_in(TokenRange::new(token, token + 1)).is_empty()
}

fn closes(text: &Text<'_>, token: usize) -> bool {
    matches!(text.form(token), "”" | "\"" | "»" | "''")
}
