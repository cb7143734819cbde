//! Passives of saying that leave out who said it.

use sayso_text::TokenRange;

use super::super::row::Row;
use super::super::score::PASSIVE;
use super::Extractor;
use super::clause::{around, cue, quoted, words};
use super::model::agent;
use crate::Act;
use crate::lexicon::{Class, LEXICON, WordClass};
use crate::text::Text;

/// Takes what is said of somebody, or what somebody was told to do, by nobody in particular: *\[The
/// ship\] \[is rumored\] \[to be up for sale\]*, *residents \[were told\] \[to leave\]*.
///
/// With an agent it is that one's: *\[told\] by \[the police\] to leave*, but not *told to leave by \[noon\]*. Not with a verb that reports nothing:
/// *was forced to leave*, *is supposed to close*.
#[derive(Debug)]
pub(super) struct Passive;

impl Extractor for Passive {
    fn name(&self) -> &'static str {
        "passive"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        // The trained head's cues too: of those that it gives no source to, only likely ones are kept.
        for verb in 0..text.n_tokens() {
            if let Some((cue, content)) = parts(text, verb) {
                let apart = |it: &TokenRange| content.iter().all(|piece| !overlap(*it, *piece));
                let source = agent(text, verb).filter(apart);
                rows.push(Row { source, ..Row::of_rule(self.name(), PASSIVE, cue, content) });
            }
        }
    }
}

fn parts(text: &Text<'_>, verb: usize) -> Option<(TokenRange, Vec<TokenRange>)> {
    let raised = text.is(WordClass::Raised, verb);
    if !raised && !orders(text, verb) {
        return None;
    }
    let relation = |relation: &'static str| {
        text.dependents(verb).find(move |&it| text.full_relation(it) == relation)
    };
    // Taggers take a rare participle for an adjective, with a copula and a plain subject.
    let adjective = text.upos(verb) == "ADJ";
    let subject = relation("nsubj:pass").or_else(|| relation("nsubj").filter(|_| adjective))?;
    relation("aux:pass").or_else(|| relation("cop").filter(|_| adjective))?;
    let goal = relation("xcomp").filter(|&it| it > verb && has_to(text, it))?;
    let goal = quoted(text, words(text, &text.phrase(goal, |it| it <= verb))?);
    let cue = cue(text, verb);
    let subject = around(text, subject, |it| text.relation(it) == "punct");
    let whole = subject.end <= cue.start && cue.end <= goal.start;
    let content = if raised { vec![subject, goal] } else { vec![goal] };
    whole.then_some((cue, content))
}

/// Whether a verb tells somebody to do something: *told to*, *ordered to*.
fn orders(text: &Text<'_>, verb: usize) -> bool {
    let entry = || LEXICON.act('v', &text.lemma(verb), |frame| frame == "to");
    text.upos(verb) == "VERB"
        && text.is(WordClass::Told, verb)
        && entry().is_some_and(|it| it.class == Class::Act(Act::Order))
}

fn overlap(one: TokenRange, other: TokenRange) -> bool {
    one.start < other.end && other.start < one.end
}

fn has_to(text: &Text<'_>, verb: usize) -> bool {
    text.dependents(verb).any(|it| text.relation(it) == "mark" && text.lower(it) == "to")
}
