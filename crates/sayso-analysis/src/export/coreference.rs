//! The coreference ranker's questions with gold answers, for its trainer.

use std::collections::BTreeMap;

use sayso_text::{Document, TokenRange};

use crate::coreference::{self, Question};
use crate::{Analysis, Mention};

/// How many rows the ranker's table has.
pub const N_ROWS: usize = coreference::N_ROWS;

/// Width of the ranker's hidden layer.
pub const HIDDEN: usize = coreference::HIDDEN;

/// A gold mention: its tokens, and the number of its entity in the document.
pub type GoldMention = (TokenRange, u32);

/// Questions as flat arrays: each has rows that its options share, and options with rows of their
/// own, the first of which is a new entity.
#[derive(Clone, Debug, Default)]
pub struct CoreferenceSet {
    /// Shared rows of all questions, one after the other.
    pub shared: Vec<u16>,
    /// Where each question's shared rows end.
    pub shared_ends: Vec<u64>,
    /// The options' own rows.
    pub rows: Vec<u16>,
    /// Where each option's rows end.
    pub row_ends: Vec<u64>,
    /// Where each question's options end.
    pub option_ends: Vec<u64>,
    /// One number an option: 1 if it is right.
    pub right: Vec<u8>,
}

impl CoreferenceSet {
    /// Adds the questions of a document, each asked after the ones before it were answered rightly.
    ///
    /// A mention is the gold one of the same tokens, else of the same head.
    pub fn add(&mut self, document: &Document, analysis: &Analysis<'_>, gold: &[GoldMention]) {
        let entities = std::cell::RefCell::new(Vec::new());
        let show =
            |mentions: &[Mention]| *entities.borrow_mut() = entities_of(analysis, mentions, gold);
        coreference::resolve_with(document, analysis, show, &mut |at, question| {
            (self.add_question(question, at, &entities.borrow()), 1.0)
        });
    }

    fn add_question(&mut self, question: &Question, at: usize, gold: &[Option<u32>]) -> usize {
        let is_right = |&antecedent: &usize| gold[at].is_some() && gold[antecedent] == gold[at];
        let right: Vec<bool> = question.antecedents.iter().map(is_right).collect();
        let first = right.iter().position(|&right| right);
        if !question.antecedents.is_empty() {
            self.shared.extend(&question.shared);
            self.shared_ends.push(self.shared.len() as u64);
            for rows in question.options() {
                self.rows.extend(rows);
                self.row_ends.push(self.rows.len() as u64);
            }
            self.option_ends.push(self.row_ends.len() as u64);
            self.right.push(u8::from(first.is_none()));
            self.right.extend(right.into_iter().map(u8::from));
        }
        first.map_or(0, |first| first + 1)
    }
}

/// Each mention's gold entity.
fn entities_of(
    analysis: &Analysis<'_>,
    mentions: &[Mention],
    gold: &[GoldMention],
) -> Vec<Option<u32>> {
    let of_tokens: BTreeMap<TokenRange, u32> = gold.iter().copied().collect();
    let mut of_head: BTreeMap<usize, u32> = BTreeMap::new();
    for &(tokens, entity) in gold {
        let outside =
            |at: &usize| analysis.words[*at].head.is_none_or(|head| !tokens.contains(head));
        if let Some(head) = tokens.range().find(outside) {
            of_head.entry(head).or_insert(entity);
        }
    }
    let entity = |mention: &Mention| {
        let exact = of_tokens.get(&mention.tokens);
        exact.or_else(|| of_head.get(&mention.head.index())).copied()
    };
    mentions.iter().map(entity).collect()
}
