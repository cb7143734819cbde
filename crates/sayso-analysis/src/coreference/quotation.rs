//! Who says *I* in a quotation, and what *who* and *which* stand for.

use sayso_text::{Document, TokenId, TokenRange};

use super::profile::{Class, Manner, Profile};
use crate::{Analysis, Attribution, Mention, MentionForm};

/// No mention, or no attribution.
const NONE: u32 = u32::MAX;

/// For each token the innermost quotation around it.
pub(super) fn innermost(document: &Document) -> Vec<Option<u32>> {
    let mut found = Vec::with_capacity(document.tokens.len());
    // A nested quotation follows the one around it.
    let mut next = (0..).zip(&document.quotations).peekable();
    let mut open: Vec<(u32, u32)> = Vec::new();
    for at in (0..).take(document.tokens.len()) {
        while let Some((number, quotation)) = next.next_if(|(_, it)| it.tokens.start <= at) {
            open.push((quotation.tokens.end, number));
        }
        while open.pop_if(|(end, _)| *end <= at).is_some() {}
        found.push(open.last().map(|&(_, number)| number));
    }
    found
}

/// Each mention's antecedent that the tree or an attribution tells.
///
/// *the agency, \[which\] declined* is the agency. *“\[I\] will appeal,” Reyes said* is Reyes, though
/// the name comes later; the *we* of a quotation is left open, and so is the *I* of the author.
pub(super) fn fixed(
    document: &Document,
    analysis: &Analysis<'_>,
    mentions: &[Mention],
    profiles: &[Profile],
) -> Vec<Option<usize>> {
    let of_token = by_head(analysis, mentions);
    let speakers = speakers(document, analysis, &of_token);
    mentions
        .iter()
        .zip(profiles)
        .enumerate()
        .map(|(at, (mention, profile))| {
            let head = mention.head.index();
            let found = match profile.manner {
                Manner::Relative => relative(analysis, head, &of_token).filter(|&it| it < at),
                Manner::I => Some(speakers[head] as usize).filter(|&it| it != NONE as usize),
                _ => {
                    let same = |&it: &usize| {
                        it < at && is_same(&mentions[it], &profiles[it], mention, profile)
                    };
                    let office = |&it: &usize| it < at && is_office(&profiles[it], profile);
                    let apposed = apposed(analysis, head, &of_token).filter(same);
                    let beside = || beside(analysis, mentions, at).filter(same);
                    apposed
                        .or_else(beside)
                        .or_else(|| first_conjunct(analysis, head, &of_token).filter(office))
                }
            };
            found.filter(|&it| it != at)
        })
        .collect()
}

/// For each token the mention that it heads.
fn by_head(analysis: &Analysis<'_>, mentions: &[Mention]) -> Vec<u32> {
    let mut of_token = vec![NONE; analysis.words.len()];
    for (number, mention) in (0..).zip(mentions) {
        of_token[mention.head.index()] = number;
    }
    of_token
}

/// For each word the mention that is its subject; `u32::MAX` for none.
pub(super) fn subjects(analysis: &Analysis<'_>, mentions: &[Mention]) -> Vec<u32> {
    let mut found = vec![NONE; analysis.words.len()];
    for (number, mention) in (0..).zip(mentions) {
        let word = &analysis.words[mention.head.index()];
        if let Some(verb) = word.head.filter(|_| word.deprel == "nsubj") {
            found[verb.index()] = number;
        }
    }
    found
}

/// For each mention whether something is ascribed to it.
pub(super) fn sources(analysis: &Analysis<'_>, mentions: &[Mention]) -> Vec<bool> {
    let of_token = by_head(analysis, mentions);
    let mut found = vec![false; mentions.len()];
    for attribution in &analysis.attributions {
        if let Some(source) = source(analysis, attribution, &of_token) {
            found[source as usize] = true;
        }
    }
    found
}

/// For each mention in a content, the mention that is its source; of several the innermost one's.
pub(super) fn said_by(analysis: &Analysis<'_>, mentions: &[Mention]) -> Vec<Option<usize>> {
    let of_token = by_head(analysis, mentions);
    let mut of_words = vec![None; analysis.words.len()];
    for attribution in outer_first(&analysis.attributions) {
        let Some(source) = source(analysis, attribution, &of_token) else { continue };
        for piece in &attribution.content {
            of_words[piece.range()].fill(Some(source as usize));
        }
    }
    mentions.iter().map(|mention| of_words[mention.head.index()]).collect()
}

/// The attributions, those in others' contents after these.
fn outer_first(attributions: &[Attribution]) -> impl Iterator<Item = &Attribution> {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&at| depth(attributions, at));
    order.into_iter().map(|at| &attributions[at])
}

/// The mention that a word is apposed to.
fn apposed(analysis: &Analysis<'_>, head: usize, of_token: &[u32]) -> Option<usize> {
    let word = &analysis.words[head];
    let to = word.head.filter(|_| word.deprel == "appos")?;
    Some(of_token[to.index()]).filter(|&it| it != NONE).map(|it| it as usize)
}

/// The description right before a name that hangs on the same word, where the tree has missed that
/// they are one: *his colleague \[Dr Ana Reyes\]*.
fn beside(analysis: &Analysis<'_>, mentions: &[Mention], at: usize) -> Option<usize> {
    let mention = &mentions[at];
    mention.name?;
    let word = |of: &Mention| &analysis.words[of.head.index()];
    let before =
        (0..at).rev().take(BESIDE).find(|&it| mentions[it].tokens.end == mention.tokens.start);
    before.filter(|&it| {
        let (one, other) = (word(&mentions[it]), word(mention));
        one.head == other.head && one.deprel == other.deprel && one.head.is_some()
    })
}

/// How many mentions back one may begin that ends right before a name.
const BESIDE: usize = 8;

/// The mention that heads a word's coordination.
fn first_conjunct(analysis: &Analysis<'_>, head: usize, of_token: &[u32]) -> Option<usize> {
    let mut at = head;
    while analysis.words[at].deprel == "conj" {
        at = analysis.words[at].head?.index();
    }
    Some(of_token[at]).filter(|&it| at != head && it != NONE).map(|it| it as usize)
}

/// Whether a coordination that begins so tells a person's offices: *\[mayor and party leader Ana
/// Reyes\]*, but *the mayor and Ana Reyes* are two.
fn is_office(first: &Profile, name: &Profile) -> bool {
    first.manner == Manner::Bare
        && first.class == Class::Person
        && first.number == 1
        && name.manner == Manner::PersonName
}

/// Whether a mention may be the same as the one that it is apposed to: *the minister, \[Ana Reyes\]*,
/// not *Ana Reyes, \[Varna\]*, nor one name beside another.
fn is_same(to: &Mention, of_to: &Profile, mention: &Mention, profile: &Profile) -> bool {
    let classes = of_to.class == profile.class
        || of_to.class == Class::Unknown
        || profile.class == Class::Unknown;
    let one_name = (to.form == MentionForm::Name) != (mention.form == MentionForm::Name);
    let agree = of_to.number & profile.number != 0 && !of_to.sex.and(profile.sex).is_empty();
    let nouns = !of_to.manner.is_pronoun() && !profile.manner.is_pronoun();
    classes && one_name && agree && nouns
}

/// The noun that a relative pronoun's clause hangs on.
fn relative(analysis: &Analysis<'_>, pronoun: usize, of_token: &[u32]) -> Option<usize> {
    let mut at = pronoun;
    loop {
        let word = &analysis.words[at];
        let head = word.head?.index();
        if word.deprel.starts_with("acl:relcl") {
            return Some(of_token[head]).filter(|&it| it != NONE).map(|it| it as usize);
        }
        if word.deprel == "advcl:relcl" {
            return before(analysis, pronoun, of_token);
        }
        at = head;
    }
}

/// The outermost mention that ends before a relative pronoun, where the tree hangs its clause on a
/// verb.
fn before(analysis: &Analysis<'_>, pronoun: usize, of_token: &[u32]) -> Option<usize> {
    let mut at = (0..pronoun).rev().find(|&at| analysis.words[at].upos != "PUNCT")?;
    let is_noun = |at: usize| matches!(analysis.words[at].upos, "NOUN" | "PROPN");
    while let Some(head) = analysis.words[at].head.map(TokenId::index)
        && head < pronoun
        && is_noun(at)
        && is_noun(head)
    {
        at = head;
    }
    Some(of_token[at]).filter(|&it| it != NONE && is_noun(at)).map(|it| it as usize)
}

/// For each token in a quoted content, the mention that is its source.
fn speakers(document: &Document, analysis: &Analysis<'_>, of_token: &[u32]) -> Vec<u32> {
    let mut speakers = vec![NONE; analysis.words.len()];
    let quotations = innermost(document);
    // One in another's content has the last word in quotation marks of its own.
    for attribution in outer_first(&analysis.attributions) {
        let Some(speaker) = source(analysis, attribution, of_token) else { continue };
        let around = quotations.get(attribution.cue.start as usize).copied().flatten();
        for token in attribution.content.iter().flat_map(|content| content.range()) {
            if quotations[token].is_some() && quotations[token] != around {
                speakers[token] = speaker;
            }
        }
    }
    speakers
}

/// In how many others' contents an attribution stands.
fn depth(attributions: &[Attribution], at: usize) -> usize {
    std::iter::successors(attributions[at].parent, |&parent| attributions[parent].parent)
        .take(MAX_DEPTH)
        .count()
}

/// Deeper than attributions are ever read.
const MAX_DEPTH: usize = 16;

/// The mention that an attribution's source is: that of its syntactic head, else the first in it.
fn source(analysis: &Analysis<'_>, attribution: &Attribution, of_token: &[u32]) -> Option<u32> {
    let source: TokenRange = attribution.source?;
    let outside = |at: usize| analysis.words[at].head.is_none_or(|head| !source.contains(head));
    let top = source.range().find(|&at| outside(at) && of_token[at] != NONE);
    top.or_else(|| source.range().find(|&at| of_token[at] != NONE)).map(|at| of_token[at])
}
