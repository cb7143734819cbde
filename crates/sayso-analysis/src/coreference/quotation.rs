//! Who says *I* in a quotation, and what *who* and *which* stand for.

use sayso_text::{Document, TokenRange};

use super::profile::{Manner, Profile};
use crate::{Analysis, Attribution, Mention};

/// No mention, or no attribution.
const NONE: u32 = u32::MAX;

/// For each token the innermost quotation around it.
pub(super) fn innermost(document: &Document) -> Vec<Option<u32>> {
    let mut found = vec![None; document.tokens.len()];
    // A nested quotation follows the one around it.
    for (number, quotation) in (0..).zip(&document.quotations) {
        found[quotation.tokens.range()].fill(Some(number));
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
    let mut of_token = vec![NONE; analysis.words.len()];
    for (number, mention) in (0..).zip(mentions) {
        of_token[mention.head.index()] = number;
    }
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
                _ => None,
            };
            found.filter(|&it| it != at)
        })
        .collect()
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
        at = head;
    }
}

/// For each token in a quoted content, the mention that is its source.
fn speakers(document: &Document, analysis: &Analysis<'_>, of_token: &[u32]) -> Vec<u32> {
    let mut speakers = vec![NONE; analysis.words.len()];
    let quotations = innermost(document);
    // One in another's content comes later and has the last word.
    for attribution in &analysis.attributions {
        let Some(speaker) = source(analysis, attribution, of_token) else { continue };
        for token in attribution.content.iter().flat_map(|content| content.range()) {
            if quotations[token].is_some() {
                speakers[token] = speaker;
            }
        }
    }
    speakers
}

/// The mention that an attribution's source is: that of its syntactic head, else the first in it.
fn source(analysis: &Analysis<'_>, attribution: &Attribution, of_token: &[u32]) -> Option<u32> {
    let source: TokenRange = attribution.source?;
    let outside = |at: usize| analysis.words[at].head.is_none_or(|head| !source.contains(head));
    let top = source.range().find(|&at| outside(at) && of_token[at] != NONE);
    top.or_else(|| source.range().find(|&at| of_token[at] != NONE)).map(|at| of_token[at])
}
