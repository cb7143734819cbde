//! The words of an argument.

use sayso_text::TokenRange;

use super::candidates::Dependents;
use crate::Word;

/// The run of words around `head` that hang on it, without the branch that holds the predicate and
/// without punctuation at its ends.
///
/// Of *the \[mayor\] who left*, as an argument of *left*: *the mayor*.
///
/// # Cost
///
/// Linear in the words below the head.
pub(super) fn phrase(
    head: usize,
    predicate: usize,
    words: &[Word<'_>],
    dependents: &Dependents,
    open: &mut Vec<usize>,
) -> TokenRange {
    let (mut start, mut end) = (head, head + 1);
    let (mut least, mut most) = (0, usize::MAX);
    // The predicate's own branch stops the phrase, on whichever side it stands.
    if predicate < head {
        least = predicate + 1;
    } else {
        most = predicate;
    }
    let is_above = words[predicate].head.is_some_and(|above| {
        above.index() == head || words[above.index()].head.is_some_and(|it| it.index() == head)
    });
    let is_complement = is_above && words[predicate].deprel == "cop";
    let leave_out = |below: usize| match words[below].deprel {
        "cc" => true,
        _ if is_complement => is_beside_complement(below, predicate, words, dependents),
        relation => {
            is_above && (relation == "case" || is_of_clause(relation) || relation == "advmod")
        }
    };
    open.clear();
    open.push(head);
    while let Some(word) = open.pop() {
        for &below in dependents.of(word) {
            if word == head && leave_out(below) {
                continue;
            }
            if holds(below, predicate, words, head) {
                let (first, last) = reach(below, dependents);
                if last < head {
                    least = least.max(last + 1);
                } else if first > head {
                    most = most.min(first);
                }
                continue;
            }
            start = start.min(below);
            end = end.max(below + 1);
            open.push(below);
        }
    }
    start = start.max(least).min(head);
    end = end.min(most).max(head + 1);
    let is_mark = |at: usize| words[at].upos == "PUNCT";
    while start < head && is_mark(start) {
        start += 1;
    }
    while end > head + 1 && is_mark(end - 1) {
        end -= 1;
    }
    TokenRange::new(start, end)
}

/// Whether what hangs on a noun belongs to the clause around it: *\[This is\] the plan that failed*.
fn is_of_clause(relation: &str) -> bool {
    const CLAUSE: [&str; 13] = [
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "csubj",
        "csubj:outer",
        "cop",
        "aux",
        "mark",
        "advcl",
        "parataxis",
        "expl",
        "discourse",
        "vocative",
    ];
    CLAUSE.contains(&relation)
}

/// Whether what hangs on the complement of a copula is no part of it: *\[she\] is \[not\] in town,
/// \[and he stays away\]*, but *she is \[very\] tired \[and ill\]*.
fn is_beside_complement(
    below: usize,
    copula: usize,
    words: &[Word<'_>],
    dependents: &Dependents,
) -> bool {
    match words[below].deprel {
        "advmod" => below < copula || matches!(&*words[below].lemma, "not" | "n't"),
        "conj" => dependents.of(below).iter().any(|&it| words[it].deprel.starts_with("nsubj")),
        relation => is_of_clause(relation),
    }
}

/// Whether `word` is the predicate or above it, below `head`.
fn holds(word: usize, predicate: usize, words: &[Word<'_>], head: usize) -> bool {
    let mut at = predicate;
    // The predicate is at most two arcs below an argument's head.
    for _ in 0..3 {
        if at == word {
            return true;
        }
        match words[at].head {
            Some(above) if above.index() != head => at = above.index(),
            _ => return false,
        }
    }
    false
}

/// The first and last word below a word, itself included.
fn reach(word: usize, dependents: &Dependents) -> (usize, usize) {
    let (mut first, mut last, mut open) = (word, word, vec![word]);
    while let Some(at) = open.pop() {
        (first, last) = (first.min(at), last.max(at));
        open.extend(dependents.of(at));
    }
    (first, last)
}
