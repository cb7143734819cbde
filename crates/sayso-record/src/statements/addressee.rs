//! Whom something was said to.

use sayso_text::TokenRange;

use super::row::Row;
use crate::lexicon::WordClass;
use crate::text::Text;

/// The words for whom a row's content was said to, by the tree.
///
/// The object of a verb of telling, or its subject in the passive (*told \[reporters\]*, *\[she\] was
/// assured*, *asked about it, \[she\] left*); *to \[the council\]* on any cue; and *in an interview with \[the Courier\]*. An occasion
/// alone is nobody: *at a news conference*.
pub(super) fn addressee(text: &Text<'_>, row: &Row) -> Option<TokenRange> {
    let cue = text.head_of(row.cue);
    let verb = text.upos(cue) == "VERB" || text.upos(cue).is_empty();
    let tells = verb && text.is(WordClass::Told, cue);
    let relation = |token: usize| text.full_relation(token);
    let object = || {
        text.dependents(cue).find(|&it| match relation(it) {
            "iobj" => true,
            "obj" => tells && it > cue,
            "nsubj:pass" => tells && row.source.is_none(),
            _ => false,
        })
    };
    // *\[Reyes\], asked about it, …* and *asked about it, \[Reyes\] said …*
    let participle = || {
        let free = tells && text.word(cue).is_some_and(|it| matches!(it.xpos, "VBN" | "VBD"));
        let own = text.dependents(cue).find(|&it| text.full_relation(it) == "nsubj");
        if own.is_some() && row.source.is_none() {
            let comma = || {
                let before = row.cue.range().start.checked_sub(1);
                before.is_some_and(|it| text.form(it) == ",")
            };
            return own.filter(|&it| free && it < cue && comma());
        }
        let own = own.is_some();
        let above = text.head(cue).filter(|_| free && !own)?;
        match text.full_relation(cue) {
            "acl" => Some(above),
            "advcl" => text.dependents(above).find(|&it| text.full_relation(it) == "nsubj"),
            _ => None,
        }
    };
    let passive = text.dependents(cue).any(|it| relation(it) == "nsubj:pass");
    let to = || {
        let on_cue = text.dependents(cue).filter(|&it| matches!(text.relation(it), "obl" | "nmod"));
        on_cue.into_iter().find(|&it| has_case(text, it, "to") && is_somebody(text, it) && !passive)
    };
    let with = || {
        let below = text.dependents(cue).filter(|&it| matches!(text.relation(it), "obl" | "nmod"));
        below.filter(|&it| text.is(WordClass::Talk, it)).find_map(|talk| {
            text.dependents(talk).find(|&it| {
                let linked = has_case(text, it, "with") || has_case(text, it, "to");
                text.relation(it) == "nmod" && linked
            })
        })
    };
    let found = [object(), participle(), to(), with()];
    found.into_iter().flatten().find_map(|word| phrase(text, row, word))
}

fn has_case(text: &Text<'_>, token: usize, case: &str) -> bool {
    text.dependents(token).any(|it| text.relation(it) == "case" && text.lower(it) == case)
}

/// Whether a noun can be spoken to: no number, no pronoun for a thing.
fn is_somebody(text: &Text<'_>, token: usize) -> bool {
    matches!(text.upos(token), "NOUN" | "PROPN" | "PRON")
        && !matches!(text.lower(token).as_str(), "it" | "this" | "that" | "which")
        && !text.is(WordClass::Talk, token)
}

/// The noun's own phrase without its preposition and what is loosely added, if it stands free of
/// source and content.
fn phrase(text: &Text<'_>, row: &Row, word: usize) -> Option<TokenRange> {
    let loose = |token: usize| {
        matches!(text.relation(token), "acl" | "advcl" | "parataxis" | "ccomp" | "xcomp" | "obl")
            || text.head(token) == Some(word)
                && matches!(text.relation(token), "case" | "punct" | "advmod" | "mark")
            || taken(row, token)
    };
    if taken(row, word) || row.cue.range().contains(&word) && row.cue.len() == 1 {
        return None;
    }
    let found = text.phrase(word, loose);
    // The piece around the word that has no hole.
    let mut start = word;
    while start > 0 && found.contains(&(start - 1)) {
        start -= 1;
    }
    let mut end = word + 1;
    while found.contains(&end) {
        end += 1;
    }
    Some(TokenRange::new(start, end))
}

fn taken(row: &Row, token: usize) -> bool {
    row.content.iter().chain(&row.source).any(|range| range.range().contains(&token))
}
