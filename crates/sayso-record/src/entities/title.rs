//! What a text says that somebody is, beside a mention: titles, appositions, copulas.

use std::collections::BTreeSet;

use sayso_analysis::EntityKind;
use sayso_text::TokenRange;

use super::{country, sector};
use crate::lexicon::WordClass;
use crate::text::Text;

/// Words that a title is looked for before its noun: *deputy chief of the foreign ministry*.
const MAX_TITLE: usize = 6;
/// Adjectives between an owner and a title: *Norland's \[long-serving\] mayor*.
const MAX_ADJECTIVES: usize = 2;

/// What somebody is said to be: *\[Turkish\]owner \[President\]title Ana Reyes*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Its words, without those of its owner.
    pub(crate) tokens: TokenRange,
    /// Its noun.
    pub(crate) noun: usize,
    /// The words for where or of what.
    pub(crate) owner: Option<TokenRange>,
    pub(crate) how: How,
}

/// How a title stands to the mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// *\[Mayor\] Ana Reyes*
    Before,
    /// *Ana Reyes, the \[mayor\]*, *the \[mayor\], Ana Reyes*
    Apposition,
    /// *Ana Reyes is the \[mayor\]*
    Copula,
}

/// The titles beside a mention with some tokens and a head.
pub(crate) fn titles(text: &Text<'_>, mention: TokenRange, head: usize) -> Vec<Title> {
    let mut found: Vec<Title> = before(text, mention).into_iter().collect();
    for (noun, how) in nouns(text, head) {
        if found.iter().all(|it| it.noun != noun) && is_role(text, noun) {
            let tokens = title_ending_at(text, noun);
            let owner = owner_before(text, tokens).or_else(|| owner_of(text, noun));
            found.push(Title { tokens, noun, owner, how });
        }
    }
    found
}

/// The title right before a name, and whose it is.
///
/// *Turkish \[Foreign Minister\] Ana Reyes*, *U.S. \[Ambassador to Kenya\] Paul Ross*; the words tell it
/// without the tree.
fn before(text: &Text<'_>, mention: TokenRange) -> Option<Title> {
    let start = mention.range().start;
    let first = text.sentence(start)?.tokens.start as usize;
    let last = start.checked_sub(1).filter(|&at| at >= first)?;
    if is_role(text, last) && text.name_at(last).is_none_or(|it| it.kind != EntityKind::Person) {
        let tokens = title_ending_at(text, last);
        let owner = owner_before(text, tokens).or_else(|| owner_after(text, mention));
        return Some(Title { tokens, noun: last, owner, how: How::Before });
    }
    let place = text.name_at(last).filter(|it| it.kind != EntityKind::Person)?.tokens;
    let link = place.range().start.checked_sub(1)?;
    let noun = link.checked_sub(1).filter(|&at| at >= first)?;
    let capital = text.form(noun).starts_with(char::is_uppercase);
    if !capital || !matches!(text.form(link), "to" | "of" | "for") || !is_role(text, noun) {
        return None;
    }
    let title = title_ending_at(text, noun);
    let at_home = text.form(link) != "to";
    let owner = if at_home { Some(place) } else { owner_before(text, title) };
    let tokens = if at_home { title } else { TokenRange { end: place.end, ..title } };
    Some(Title { tokens, noun, owner, how: How::Before })
}

/// The nouns that a mention is said to be, by the tree.
pub(crate) fn nouns(text: &Text<'_>, head: usize) -> Vec<(usize, How)> {
    let mut found = Vec::new();
    let mut add = |noun: usize, how: How| {
        found.push((noun, how));
        let conjuncts = text.dependents(noun).filter(|&it| text.relation(it) == "conj");
        found.extend(conjuncts.map(|it| (it, how)));
    };
    for dependent in text.dependents(head) {
        match text.full_relation(dependent) {
            "appos"
                if dependent > head
                    && is_noun(text, dependent)
                    && is_next(text, head, dependent) =>
            {
                add(dependent, How::Apposition);
            }
            "acl:relcl" if is_copular(text, dependent) && has_who(text, dependent) => {
                add(dependent, How::Copula);
            }
            _ => {}
        }
    }
    // An apposition may hang on the first of several names: *Marsh and Ana Reyes, a \[judge\]*.
    let first = text.head(head).filter(|_| matches!(text.relation(head), "conj" | "appos"));
    for dependent in first.into_iter().flat_map(|it| text.dependents(it)) {
        let fits = text.relation(dependent) == "appos" && dependent > head;
        if fits && is_noun(text, dependent) && is_next(text, head, dependent) {
            add(dependent, How::Apposition);
        }
    }
    if let Some(above) = text.head(head) {
        match text.relation(head) {
            "appos" if is_noun(text, above) && text.upos(above) == "NOUN" && above < head => {
                found.push((above, How::Apposition));
            }
            "nsubj" if is_copular(text, above) => add(above, How::Copula),
            _ => {}
        }
    }
    found
}

/// Whether an apposition is that of the last name before it: *Marsh met \[Ana Reyes\], a \[judge\]*.
///
/// A name in the apposition itself does not count: *Ana Reyes, Marsh's lawyer*.
fn is_next(text: &Text<'_>, head: usize, noun: usize) -> bool {
    let own = text.name_at(head).map_or(head + 1, |it| it.tokens.range().end);
    let between = TokenRange::new(own, noun.max(own));
    text.names_in(between).filter(|it| it.kind == EntityKind::Person).all(|it| {
        let name_head = text.head_of(it.tokens);
        text.ancestors(name_head).any(|at| at == noun)
    })
}

fn is_noun(text: &Text<'_>, token: usize) -> bool {
    matches!(text.upos(token), "NOUN" | "PROPN")
}

/// *is a judge*, but not *is no judge*, *may be a judge*.
fn is_copular(text: &Text<'_>, noun: usize) -> bool {
    let dependents: BTreeSet<&str> =
        text.dependents(noun).map(|it| text.full_relation(it)).collect();
    let negated = text.dependents(noun).any(|it| text.is(WordClass::Negation, it));
    let has_case = dependents.contains("case");
    let modal = text
        .dependents(noun)
        .any(|it| text.relation(it) == "aux" && !matches!(text.lemma(it).as_str(), "have" | "be"));
    dependents.contains("cop") && is_noun(text, noun) && !negated && !modal && !has_case
}

fn has_who(text: &Text<'_>, noun: usize) -> bool {
    text.dependents(noun).any(|it| text.relation(it) == "nsubj" && text.lower(it) == "who")
}

/// Whether a noun says what somebody is by office, trade or side.
pub(crate) fn is_role(text: &Text<'_>, noun: usize) -> bool {
    sector::noun(text, noun).is_some_and(|it| it.class != sector::Class::Body)
}

/// The words of a title: its noun's entry and the words that go with it before.
///
/// *\[former deputy foreign minister\]*, *\[campaign spokesman\]*, but not *Turkish \[president\]*.
fn title_ending_at(text: &Text<'_>, noun: usize) -> TokenRange {
    let mut entry = sector::noun(text, noun).map_or(noun, |it| it.tokens.range().start);
    // *\[Unity Party\] chairman* is chairman of the party.
    if let Some(name) = text.name_at(entry)
        && name.tokens.range().start < entry
    {
        entry = name.tokens.range().end.min(noun);
    }
    let mut start = entry;
    let first = text.sentence(noun).map_or(entry, |it| it.tokens.start as usize);
    while start > first && noun - start < MAX_TITLE {
        let at = start - 1;
        let is_part = match text.upos(at) {
            "NOUN" | "PROPN" => {
                text.full_relation(at) == "compound"
                    && text.head(at).is_some_and(|it| it <= noun && it > at)
            }
            _ => text.is(WordClass::Rank, at),
        };
        let is_owner = text.name_at(at).is_some() || country::form_ending_at(text, at).is_some();
        if !is_part || is_owner {
            break;
        }
        start = at;
    }
    TokenRange::new(start, noun + 1)
}

/// The country or the named body right before a title: *\[Turkey\]'s president*, *\[Norvex\] chairman*.
fn owner_before(text: &Text<'_>, title: TokenRange) -> Option<TokenRange> {
    let noun = title.range().end - 1;
    let first = text.sentence(noun)?.tokens.start as usize;
    let mut at = title.range().start.checked_sub(1).filter(|&at| at >= first)?;
    let mut adjectives = 0;
    loop {
        if let Some((tokens, _)) = country::form_ending_at(text, at) {
            return Some(tokens);
        }
        if let Some(name) = text.name_at(at) {
            // *the \[French-born\] chemist* is no chemist of a place.
            let compound = text.upos(at) == "VERB";
            return (name.kind != EntityKind::Person && !compound).then_some(name.tokens);
        }
        let skip = match text.upos(at) {
            "PART" => matches!(text.form(at), "'s" | "’s" | "'" | "’"),
            "ADJ" => {
                adjectives += 1;
                adjectives <= MAX_ADJECTIVES
            }
            _ => false,
        };
        at = at.checked_sub(1).filter(|&at| skip && at >= first)?;
    }
}

/// The name behind a titled name: *Senator Marsh of \[Norland\]*.
fn owner_after(text: &Text<'_>, mention: TokenRange) -> Option<TokenRange> {
    let of = mention.range().end;
    let skipped = usize::from(text.lower(of + 1) == "the");
    let name = text.name_at(of + 1 + skipped).filter(|_| text.form(of) == "of")?;
    (name.kind != EntityKind::Person).then_some(name.tokens)
}

/// Whose a title is by the tree: *the president of \[Turkey\]*, *director at \[Norvex\]*, *\[its\] head*.
pub(crate) fn owner_of(text: &Text<'_>, noun: usize) -> Option<TokenRange> {
    let of = text.dependents(noun).find(|&it| {
        text.relation(it) == "nmod" && sector::case_of(text, it, &["of", "for", "at", "with"])
    });
    let owner = of.or_else(|| {
        text.dependents(noun).find(|&it| {
            matches!(text.full_relation(it), "nmod:poss" | "compound" | "amod")
                && (text.name_at(it).is_some() || country::form_ending_at(text, it).is_some())
        })
    })?;
    match (country::form_ending_at(text, owner), text.name_at(owner)) {
        (_, Some(name)) if name.kind == EntityKind::Person => None,
        (_, Some(name)) => Some(name.tokens),
        (Some((tokens, _)), None) => Some(tokens),
        (None, None) => Some(phrase(text, owner)),
    }
}

/// The words that hang on a noun, from its first to itself.
fn phrase(text: &Text<'_>, noun: usize) -> TokenRange {
    let leave_out = |it: usize| it > noun || matches!(text.relation(it), "case" | "cc" | "punct");
    let words = text.phrase(noun, leave_out);
    TokenRange::new(words.first().copied().unwrap_or(noun), noun + 1)
}
