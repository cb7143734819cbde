//! Predicates and their arguments against `PropBank`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use sayso::{Article, Content, Metadata, Reader, Scratch, TokenRange};
use sayso_analysis::Analysis;
use sayso_analysis::export::GoldPredicate;
use sayso_text::TokenId;

use crate::export::{Treebank, frames};

/// A word is taken for a predicate from this probability on.
const LEAST: f32 = 0.5;

/// Right, found and gold ones.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    found: usize,
    gold: usize,
}

impl Count {
    fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.right += gold.intersection(found).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    /// F1 in percent.
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

/// What is counted: a predicate's word; that with its sense; an argument's label and words, with
/// its predicate; the same by its head alone; the same for numbered arguments.
const FIGURES: [&str; 5] = ["predicate", "sense", "argument", "argument_head", "numbered"];

/// F1 in percent by name, over the sentences of a treebank whose frames are known.
///
/// Reads the treebank's words; trees are those that the reader finds. An argument is right if its
/// predicate, its label and all of its words are; continued and relative ones (`C-`, `R-`) count
/// like others.
pub(crate) fn figures(trees: &str, gold: &str) -> Result<BTreeMap<String, f64>> {
    let (reader, mut scratch) = (Reader::new(), Scratch::default());
    let frames = frames(gold)?;
    let treebank = Treebank::parse(trees)?;
    let mut counts = [Count::default(); FIGURES.len()];
    for gold in treebank.documents() {
        let (known, predicates) = gold.predicates(&frames);
        let article = Article {
            metadata: Metadata::default(),
            content: Content::Conllu(Box::new(gold.source.clone())),
            notes: Vec::new(),
        };
        let reading = reader.read(article, &mut scratch);
        let Some(analysis) = &reading.analysis else { continue };
        let ranges = gold.document.sentences.iter().map(|it| it.tokens);
        let known: Vec<TokenRange> =
            ranges.zip(known).filter(|(_, known)| *known).map(|(range, _)| range).collect();
        for (count, (gold, found)) in
            counts.iter_mut().zip(gold_facts(&predicates).iter().zip(&read_facts(analysis, &known)))
        {
            count.add(gold, found);
        }
    }
    Ok(FIGURES.iter().zip(counts).map(|(name, count)| ((*name).to_owned(), count.f1())).collect())
}

/// A fact in words: what it is of, and where.
type Facts = [BTreeSet<(usize, String, u32, u32)>; FIGURES.len()];

fn gold_facts(predicates: &[GoldPredicate]) -> Facts {
    let mut facts = Facts::default();
    for it in predicates {
        facts[0].insert((it.token, String::new(), 0, 0));
        facts[1].insert((it.token, it.roleset.clone(), 0, 0));
        for argument in &it.arguments {
            let head = u32::try_from(argument.head).expect("tokens fit 32 bits");
            add_argument(&mut facts, it.token, &argument.role, argument.tokens, head);
        }
    }
    facts
}

fn read_facts(analysis: &Analysis<'_>, known: &[TokenRange]) -> Facts {
    let mut facts = Facts::default();
    let is_known = |token: TokenId| {
        let at = known.partition_point(|range| range.end <= token.0);
        known.get(at).is_some_and(|range| range.contains(token))
    };
    let read = analysis.predicates.iter().filter(|it| it.probability >= LEAST);
    for it in read.filter(|it| is_known(it.token)) {
        let token = it.token.index();
        facts[0].insert((token, String::new(), 0, 0));
        facts[1].insert((token, it.roleset.to_owned(), 0, 0));
        for argument in &it.arguments {
            add_argument(&mut facts, token, argument.role, argument.tokens, argument.head.0);
        }
    }
    facts
}

fn add_argument(facts: &mut Facts, predicate: usize, role: &str, tokens: TokenRange, head: u32) {
    let whole = (predicate, role.to_owned(), tokens.start, tokens.end);
    facts[3].insert((predicate, role.to_owned(), head, 0));
    if role.starts_with("ARG") && !role.starts_with("ARGM") {
        facts[4].insert(whole.clone());
    }
    facts[2].insert(whole);
}
