//! How a source without a name is described.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::row::Row;
use crate::Description;
use crate::lexicon::WordClass;
use crate::text::Text;

/// A longer reason is no reason but a story, in tokens.
const MAX_REASON: usize = 60;

/// Role, number and reason of an unnamed source; none if the text has none of them.
///
/// *\[Three\]number \[senior officials\]role, \[who were not authorized to speak publicly\]reason, said …*
/// The reason may also hang on the cue: *said an aide, \[speaking on condition of anonymity\]*.
pub(super) fn description(text: &Text<'_>, row: &Row) -> Option<Description> {
    let source = row.source?;
    let head = text.head_of(source);
    let number = number(text, source, head);
    let role = role(text, source, head, number);
    let reason = reason(text, row, source, head);
    let chars = |tokens: Option<TokenRange>| tokens.map(|tokens| text.chars(tokens));
    let found = Description { role: chars(role), number: chars(number), reason: chars(reason) };
    (found != Description::default()).then_some(found)
}

/// A numeral or a quantifier on the source's head: *\[three\] officials*, *\[several\] of them*.
fn number(text: &Text<'_>, source: TokenRange, head: usize) -> Option<TokenRange> {
    let counts = |token: &usize| {
        let listed = text.is(WordClass::Number, *token);
        source.range().contains(token)
            && match text.relation(*token) {
                "nummod" => true,
                "det" | "amod" | "advmod" => listed,
                _ => false,
            }
    };
    let quantifier = || text.is(WordClass::Number, head).then_some(head);
    let token = text.dependents(head).find(counts).or_else(quantifier)?;
    Some(TokenRange::new(token, token + 1))
}

/// The source's head with the words that modify it from the left.
fn role(
    text: &Text<'_>,
    source: TokenRange,
    head: usize,
    number: Option<TokenRange>,
) -> Option<TokenRange> {
    // *one of [the officials]*: the role is in the phrase below the quantifier.
    let of = || text.dependents(head).find(|&it| text.relation(it) == "nmod" && it > head);
    let head = match number {
        Some(number) if number.range().contains(&head) => of()?,
        _ => head,
    };
    if !matches!(text.upos(head), "NOUN" | "ADJ") || !source.range().contains(&head) {
        return None;
    }
    let modifies = |token: usize| {
        let relation = text.full_relation(token);
        matches!(relation, "compound" | "amod" | "nmod" | "obl:npmod" | "nmod:desc")
    };
    let start = (source.range().start..head)
        .rev()
        .take_while(|&token| {
            number.is_none_or(|number| !number.range().contains(&token))
                && text
                    .ancestors(token)
                    .take_while(|&at| at != head)
                    .all(|at| modifies(at) || matches!(text.relation(at), "case" | "punct"))
                && text.ancestors(token).any(|at| at == head)
        })
        .last();
    Some(TokenRange::new(start.unwrap_or(head), head + 1))
}

/// The clause or phrase that says why nobody is named.
fn reason(text: &Text<'_>, row: &Row, source: TokenRange, head: usize) -> Option<TokenRange> {
    let cue = text.head_of(row.cue);
    let on_source =
        text.dependents(head).filter(|&it| matches!(text.relation(it), "acl" | "appos"));
    let on_cue = text.dependents(cue).filter(|&it| {
        matches!(text.relation(it), "advcl" | "obl" | "parataxis" | "xcomp" | "conj")
    });
    // Parsers hang the clause on a word in the source as often as on its head.
    let in_source = source.range().filter(|&it| text.relation(it) == "acl");
    on_source.chain(in_source).chain(on_cue).find_map(|word| {
        let found = text.phrase(word, |it| in_content(row, it));
        let says_why = found.iter().any(|&it| text.is(WordClass::Anonymity, it));
        let outside = !in_content(row, word) && !row.cue.range().contains(&word);
        (says_why && outside).then(|| joined(text, row, &found)).flatten()
    })
}

/// Where a reason ends that goes on with its cause: *who asked not to be named \[because talks were still
/// under way\]*.
fn with_cause(text: &Text<'_>, row: &Row, end: usize) -> usize {
    let sentence = text.sentence(end).map_or(end, |it| it.tokens.range().end);
    let goes_on = matches!(text.lower(end).as_str(), "because" | "since" | "citing" | "fearing");
    let stops = |&it: &usize| {
        matches!(text.form(it), "," | ";" | ".")
            || row.cue.range().contains(&it)
            || in_content(row, it)
    };
    if goes_on && sentence > end { (end..sentence).find(stops).unwrap_or(sentence) } else { end }
}

fn in_content(row: &Row, token: usize) -> bool {
    row.content.iter().any(|piece| piece.range().contains(&token))
}

/// From the first to the last word of a phrase, marks at its ends aside.
fn joined(text: &Text<'_>, row: &Row, phrase: &BTreeSet<usize>) -> Option<TokenRange> {
    let words = || phrase.iter().copied().filter(|&token| text.is_word(token));
    let (start, end) = (words().next()?, words().next_back()? + 1);
    let end = with_cause(text, row, end);
    let broken = (start..end).any(|token| in_content(row, token));
    (end - start <= MAX_REASON && !broken).then(|| TokenRange::new(start, end))
}
