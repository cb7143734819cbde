//! From a head to its noun phrase, along the dependency tree.

use sayso_text::{TokenId, TokenRange};

use crate::Word;

/// The tree of a document's sentences, seen from the heads.
#[derive(Debug)]
pub(super) struct Tree {
    /// All dependents, those of one head together and in text order.
    dependents: Vec<u32>,
    /// Where each token's dependents start in `dependents`; one more entry than tokens.
    starts: Vec<u32>,
    /// The outermost tokens of each token's subtree.
    extents: Vec<TokenRange>,
}

impl Tree {
    /// # Cost
    ///
    /// The tokens times the depth of their trees.
    pub(super) fn new(words: &[Word<'_>]) -> Self {
        let mut starts = vec![0; words.len() + 1];
        for head in words.iter().filter_map(|word| word.head) {
            starts[head.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut dependents = vec![0; starts[words.len()] as usize];
        let mut next = starts.clone();
        let mut extents: Vec<TokenRange> =
            (0..words.len()).map(|at| TokenRange::new(at, at + 1)).collect();
        for (at, word) in (0..).zip(words) {
            if let Some(head) = word.head {
                dependents[next[head.index()] as usize] = at;
                next[head.index()] += 1;
            }
            let mut above = word.head;
            while let Some(head) = above {
                let extent = &mut extents[head.index()];
                extent.start = extent.start.min(at);
                extent.end = extent.end.max(at + 1);
                above = words[head.index()].head;
            }
        }
        Self { dependents, starts, extents }
    }

    /// A token's dependents, in text order.
    pub(super) fn dependents(&self, head: usize) -> impl DoubleEndedIterator<Item = usize> {
        let range = self.starts[head] as usize..self.starts[head + 1] as usize;
        self.dependents[range].iter().map(|&at| at as usize)
    }

    /// The tokens of the noun phrase that `head` heads, without the preposition before it, and
    /// without appositions and further conjuncts after it.
    ///
    /// *in \[the city that he left\], \[a port\]* gives two phrases. Relative clauses belong to the
    /// phrase, as GUM has it.
    pub(super) fn phrase(&self, words: &[Word<'_>], head: usize) -> TokenRange {
        let at = TokenId(u32::try_from(head).expect("tokens fit 32 bits"));
        let (mut start, mut end) = (at.0, at.0 + 1);
        for dependent in self.dependents(head).rev().skip_while(|&it| it > head) {
            match part(words[dependent].deprel, false) {
                Part::Inside => start = start.min(self.extents[dependent].start),
                Part::Punctuation => {}
                Part::Outside => break,
            }
        }
        for dependent in self.dependents(head).skip_while(|&it| it < head) {
            match part(words[dependent].deprel, true) {
                Part::Inside => end = end.max(self.extents[dependent].end),
                Part::Punctuation => {}
                Part::Outside => break,
            }
        }
        TokenRange { start, end }
    }
}

/// What a dependent is to its head's noun phrase.
enum Part {
    Inside,
    Outside,
    /// Inside only if what lies beyond is.
    Punctuation,
}

fn part(deprel: &str, after: bool) -> Part {
    let relation = deprel.split(':').next().unwrap_or_default();
    match relation {
        "det" | "amod" | "nummod" | "nmod" | "compound" | "flat" | "fixed" | "goeswith" | "acl" => {
            Part::Inside
        }
        // The ending of a possessor: [the mayor's] house.
        "case" if after => Part::Inside,
        "punct" => Part::Punctuation,
        _ => Part::Outside,
    }
}
