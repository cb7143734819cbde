//! Whether what a time belongs to has been or is still to come.

use super::lexicon::{LEXICON, Sense};
use crate::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Still to come when something was said or planned: *agreed to meet \[Friday\]*.
    Expected,
    Unknown,
}

/// The tense of the clause that a time stands in.
///
/// *The court will rule \[Friday\]* and *is to rule Friday* are still to come, *ruled Friday* and the
/// headline's *Court rules Friday* are not told to be.
pub(super) fn tense(text: &Text<'_>, token: usize) -> Tense {
    match of_clause(text, token) {
        // *was put off until [30 March]*
        Tense::Past if is_until(text, token) => Tense::Expected,
        tense => tense,
    }
}

/// Whether *until* or the like stands among the words before a time.
fn is_until(text: &Text<'_>, token: usize) -> bool {
    let near = token.saturating_sub(3)..token;
    near.rev().any(|at| ["until", "till", "through"].contains(&text.lower(at).as_str()))
}

fn of_clause(text: &Text<'_>, token: usize) -> Tense {
    let is_verb = |at: &usize| matches!(text.upos(*at), "VERB" | "AUX");
    // A predicate without a verb of its own has its copula below it: *The vote is [Friday]*.
    let head = text
        .ancestors(token)
        .find(|at| is_verb(at) || text.dependents(*at).any(|it| text.relation(it) == "cop"));
    let Some(mut verb) = head else { return Tense::Unknown };
    for _ in 0..4 {
        match of_verb(text, verb) {
            Some(tense) => return tense,
            // *plans to vote [Friday]*: an infinitive has its tense from above, or is to come.
            None => match text.head(verb).filter(|_| text.relation(verb) != "root") {
                Some(head) if is_verb(&head) || text.upos(head) == "ADJ" => {
                    let expects = is_sense(text, head, Sense::Expect) || text.lemma(head) == "be";
                    if expects && has_to(text, verb) {
                        let is_past = of_verb(text, head) == Some(Tense::Past);
                        return if is_past { Tense::Expected } else { Tense::Future };
                    }
                    verb = head;
                }
                _ => return Tense::Unknown,
            },
        }
    }
    Tense::Unknown
}

/// A finite verb's tense; none of an infinitive or participle alone.
fn of_verb(text: &Text<'_>, verb: usize) -> Option<Tense> {
    let mut auxiliaries =
        text.dependents(verb).filter(|it| matches!(text.relation(*it), "aux" | "cop"));
    let mut found = None;
    let mut progressive = false;
    for auxiliary in auxiliaries.by_ref() {
        if is_sense(text, auxiliary, Sense::Modal) {
            // *would have come [Friday]* is past.
            let has_have = text.dependents(verb).any(|it| text.lemma(it) == "have");
            return Some(if has_have { Tense::Past } else { Tense::Future });
        }
        let tag = text.word(auxiliary).map_or("", |it| it.xpos);
        found = found.or(match tag {
            "VBD" => Some(Tense::Past),
            "VBZ" | "VBP" if text.lemma(auxiliary) == "have" => Some(Tense::Past),
            "VBZ" | "VBP" => {
                progressive = text.lemma(auxiliary) == "be";
                Some(Tense::Unknown)
            }
            _ => None,
        });
    }
    let tag = text.word(verb).map_or("", |it| it.xpos);
    match (found, tag) {
        // *is meeting [Friday]*, *is due [Friday]*
        (Some(Tense::Unknown), "VBG" | "JJ" | "NN") if progressive => Some(Tense::Future),
        // *is to meet [Friday]*, *was to meet [Friday]*
        (Some(Tense::Unknown), "VB") if has_to(text, verb) => Some(Tense::Future),
        (Some(Tense::Past), "VB") if has_to(text, verb) => Some(Tense::Expected),
        (Some(tense), _) => Some(tense),
        (None, "VBD") => Some(Tense::Past),
        // *The term starts in [October]*
        (None, "VBZ" | "VBP") if is_sense(text, verb, Sense::Timetable) => Some(Tense::Future),
        (None, "VBZ" | "VBP") => Some(Tense::Unknown),
        (None, "VBN") if text.relation(verb) == "root" => Some(Tense::Past),
        _ => None,
    }
}

fn has_to(text: &Text<'_>, verb: usize) -> bool {
    text.dependents(verb).any(|it| text.form(it).eq_ignore_ascii_case("to"))
}

fn is_sense(text: &Text<'_>, token: usize, sense: Sense) -> bool {
    LEXICON.senses(text.form(token)).contains(&sense)
        || LEXICON.senses(&text.lemma(token)).contains(&sense)
}
