//! Mentions: the noun phrases and pronouns that may stand for an entity.

use std::cmp::Reverse;

use sayso_text::{TokenId, TokenRange};

use super::phrase::Tree;
use super::words::is_title;
use crate::{Analysis, EntityKind, Mention, MentionForm, Word};

/// No name holds the token.
const NO_NAME: u32 = u32::MAX;

/// All mentions, by first token, a longer one first.
///
/// Every name is one; with its title it is one phrase: *\[Mexican President Claudia Sheinbaum\]*.
/// So are personal, possessive, demonstrative and relative pronouns but the *it* that stands for
/// nothing (*it rains*), and every other phrase with a noun for its head, nested ones too.
pub(super) fn find(analysis: &Analysis<'_>, tree: &Tree) -> Vec<Mention> {
    let words = &analysis.words;
    let mut in_name = vec![NO_NAME; words.len()];
    let mut heads_name = vec![false; words.len()];
    let mut mentions = Vec::new();
    for (number, name) in (0..).zip(&analysis.names) {
        in_name[name.tokens.range()].fill(number);
        let head = head_of(words, name.tokens);
        heads_name[head] = true;
        let tokens = cover(tree.phrase(words, head), name.tokens);
        mentions.push(mention(tokens, head, MentionForm::Name, Some(number as usize)));
    }
    let is_person = |at: usize| {
        let name = in_name.get(at).and_then(|&number| analysis.names.get(number as usize));
        name.is_some_and(|name| name.kind == EntityKind::Person && name.tokens.start as usize == at)
    };
    for (at, word) in words.iter().enumerate() {
        let form = match word.upos {
            _ if heads_name[at] => continue,
            // [Sir] [Malcolm Ovenden], where the tree has missed that they are one.
            "PROPN"
                if in_name[at] == NO_NAME
                    && is_person(at + 1)
                    && is_title(word.lemma.to_lowercase().trim_end_matches('.')) =>
            {
                continue;
            }
            "PRON" if is_referring(words, at) => MentionForm::Pronoun,
            "NOUN" | "PROPN" | "NUM" if is_head(words, at, in_name[at]) => MentionForm::Nominal,
            _ => continue,
        };
        let tokens = match form {
            MentionForm::Pronoun => TokenRange::new(at, at + 1),
            _ => tree.phrase(words, at),
        };
        mentions.push(mention(tokens, at, form, None));
    }
    mentions.sort_by_key(|it| (it.tokens.start, Reverse(it.tokens.end), it.head));
    mentions
}

fn mention(tokens: TokenRange, head: usize, form: MentionForm, name: Option<usize>) -> Mention {
    let head = TokenId(u32::try_from(head).expect("tokens fit 32 bits"));
    Mention { tokens, head, form, name }
}

/// The token of a name that hangs on a token outside it; the first of several.
fn head_of(words: &[Word<'_>], name: TokenRange) -> usize {
    let outside = |at: &usize| words[*at].head.is_none_or(|head| !name.contains(head));
    name.range().find(outside).unwrap_or(name.start as usize)
}

fn cover(one: TokenRange, other: TokenRange) -> TokenRange {
    TokenRange { start: one.start.min(other.start), end: one.end.max(other.end) }
}

/// Whether a pronoun stands for something: not the *it* of *it rains*, nor the *who* of a question.
fn is_referring(words: &[Word<'_>], at: usize) -> bool {
    let word = &words[at];
    // Taggers take the one for the other, trees tell them apart.
    let in_relative = || {
        let head = word.head.map(|head| &words[head.index()]);
        head.is_some_and(|head| head.deprel.ends_with(":relcl"))
    };
    word.deprel != "expl" && (!word.feats.contains("PronType=Int") || in_relative())
}

/// Whether a noun or number heads a phrase of its own.
fn is_head(words: &[Word<'_>], at: usize, in_name: u32) -> bool {
    let relation = words[at].deprel.split(':').next().unwrap_or_default();
    let inner = matches!(relation, "flat" | "fixed" | "goeswith" | "case" | "punct");
    match words[at].upos {
        // [2008], but not two ships.
        "NUM" => in_name == NO_NAME && matches!(relation, "nmod" | "obl" | "obj" | "nsubj"),
        // The head of a name is its mention; inside it only [University of [Maryland]] is one more.
        _ if in_name != NO_NAME => words[at].deprel == "nmod",
        _ => !inner && words[at].deprel != "nmod:desc",
    }
}
