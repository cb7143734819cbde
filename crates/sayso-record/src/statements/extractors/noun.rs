//! Nouns of saying with the clause that they tell.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::super::row::Row;
use super::super::score::NOUN;
use super::Extractor;
use super::clause::{around, quoted, words};
use super::model::is_somebody;
use crate::Act;
use crate::lexicon::{Class, LEXICON};
use crate::text::Text;

/// Takes *\[Reyes\]’s \[promise\] \[that the bridge would hold\]*, *a \[warning\] from \[the harbor master\] \[that
/// ships could be stranded\]*.
///
/// A clause that only says which one is meant is none: *the \[claim\] that was printed*.
#[derive(Debug)]
pub(super) struct Noun;

impl Extractor for Noun {
    fn name(&self) -> &'static str {
        "noun"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let attributions = &text.analysis.attributions;
        let cues: BTreeSet<usize> = attributions.iter().flat_map(|it| it.cue.range()).collect();
        for noun in (0..text.n_tokens()).filter(|noun| !cues.contains(noun)) {
            if !tells(text, noun) {
                continue;
            }
            let Some(content) = content(text, noun) else { continue };
            let source =
                source(text, noun).filter(|it| it.end <= content.start || content.end <= it.start);
            let cue = TokenRange::new(noun, noun + 1);
            let row = Row::of_rule(self.name(), NOUN, cue, vec![content]);
            rows.extend(source.map(|source| Row { source: Some(source), ..row }));
        }
    }
}

fn tells(text: &Text<'_>, noun: usize) -> bool {
    let tells = |act: Act| !matches!(act, Act::Other | Act::Believe | Act::Report);
    text.upos(noun) == "NOUN"
        && LEXICON
            .act('n', &text.lemma(noun), |_| false)
            .is_some_and(|it| matches!(it.class, Class::Act(act) if tells(act)))
}

/// The clause with *that* on a noun, if *that* is not its subject or object.
fn content(text: &Text<'_>, noun: usize) -> Option<TokenRange> {
    let clause = text.dependents(noun).find(|&it| {
        let plain = matches!(text.full_relation(it), "acl" | "ccomp");
        let that = |at: usize| text.relation(at) == "mark" && text.lower(at) == "that";
        it > noun && plain && text.dependents(it).any(that)
    })?;
    words(text, &text.phrase(clause, |it| it <= noun)).map(|it| quoted(text, it))
}

/// Whose it is: a possessor, or who stands behind *by*, *from* or *of*.
fn source(text: &Text<'_>, noun: usize) -> Option<TokenRange> {
    let possessor = || text.dependents(noun).find(|&it| text.full_relation(it) == "nmod:poss");
    let from = |word: usize| {
        let case = |it: usize| {
            text.relation(it) == "case" && matches!(text.lower(it).as_str(), "by" | "from")
        };
        text.relation(word) == "nmod" && text.dependents(word).any(case)
    };
    let after = || text.dependents(noun).find(|&it| from(it) && is_somebody(text, it));
    let word = possessor().or_else(after)?;
    let loose = |it: usize| {
        matches!(text.relation(it), "acl" | "advcl" | "punct" | "cc")
            || text.head(it) == Some(word) && text.relation(it) == "case"
    };
    Some(around(text, word, loose))
}
