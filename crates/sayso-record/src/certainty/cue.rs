//! What the cue of a statement makes of its content.

use super::context::Context;
use super::governor::{entry, governed, wrongly};
use super::lexicon::Entry;
use super::value::Signature;
use crate::Act;
use crate::statements::Statements;
use crate::statements::row::Row;
use crate::text::Text;

/// Words of a cue that are looked at.
const MAX_CUE: usize = 12;
/// Words of a content that are looked at.
const MAX_CONTENT: usize = 100;

/// A statement's cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// The word from which the way up goes on.
    pub(super) word: usize,
    /// What it makes of the content.
    pub(super) context: Context,
}

impl Cue {
    pub(super) fn new(text: &Text<'_>, statements: &Statements, statement: usize) -> Self {
        let row = &statements.parts[statement];
        let word = text.head_of(row.cue);
        let act = of_act(word, statements.rows[statement].act);
        let told = matches!(act.rule, "what is said" | "a supposition" | "proof");
        let listed =
            governing(text, row).or_else(|| if told { listed(text, row, word) } else { None });
        let words = row.cue.range().chain(text.dependents(word)).take(MAX_CUE);
        let context = listed.map_or(act, |it| wrongly(text, words).unwrap_or(it));
        Self { word, context }
    }

    /// The same where its source speaks of what it says or thinks itself.
    pub(super) fn of_oneself(self) -> Self {
        Self { context: self.context.of_oneself(), ..self }
    }
}

/// What the list says of the cue's word on which the content hangs.
fn governing(text: &Text<'_>, row: &Row) -> Option<Context> {
    let hangs = |token: usize| {
        let governor = text.head(token).filter(|it| row.cue.range().contains(it))?;
        governed(text, token, governor)
    };
    let tokens = row.content.iter().flat_map(|piece| piece.range());
    let clauses = tokens.filter(|&it| text.is_word(it)).take(MAX_CONTENT);
    let rank = |&token: &usize| usize::from(matches!(text.relation(token), "nsubj" | "obj"));
    let mut below: Vec<_> = clauses
        .filter(|&it| text.head(it).is_some_and(|head| row.cue.range().contains(&head)))
        .collect();
    below.sort_by_key(rank);
    below.into_iter().find_map(hangs)
}

/// What the list says of the cue's head, else of any other of its words.
fn listed(text: &Text<'_>, row: &Row, word: usize) -> Option<Context> {
    let others = row.cue.range().take(MAX_CUE).filter(|&it| it != word);
    let find = |it: usize| Some((it, entry(text, it, &["that"])?));
    let (word, found) = [word].into_iter().chain(others).find_map(find)?;
    Some(Context::of_entry(word, found))
}

/// What an act makes of a content, where no word tells.
fn of_act(word: usize, act: Act) -> Context {
    let (rule, outer, voice) = match act {
        Act::Deny => ("a denial", Signature::OPEN, Signature::NOT_IF_SO),
        Act::Order | Act::Promise | Act::Ask | Act::Reject => {
            ("a request or promise", Signature::OPEN, Signature::OPEN)
        }
        Act::Believe => ("a supposition", Signature::OPEN, Signature::PROBABLE),
        Act::Confirm => ("proof", Signature::IF_SO, Signature::IF_SO),
        Act::Say | Act::Claim | Act::Accuse | Act::Praise | Act::Report | Act::Other => {
            ("what is said", Signature::OPEN, Signature::IF_SO)
        }
    };
    Context::of_entry(word, Entry { rule, outer, voice: Some(voice) })
}
