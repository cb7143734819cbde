//! Sentence boundaries: a linear model over what stands around each gap between two tokens.
//!
//! A block's end always ends a sentence. Within a block, the gap after each token is judged from
//! left to right by the words, shapes and marks around it. `data/sentences.bin` holds the weights;
//! `examples/sentences.rs` trains them on treebanks, with the features computed here.

mod feature;
mod model;

pub use self::feature::N_SLOTS;
pub use self::model::{SCALE, boundary_features};

#[cfg(test)]
mod tests;

use self::feature::Gaps;
use self::model::{MODEL, THRESHOLD};
use crate::{Sentence, Span, Token, TokenRange};

/// The longest sentence, in tokens: what reads sentences has a bounded window.
pub(crate) const MAX_SENTENCE: usize = 512;
/// A sentence that is too long is cut at its likeliest boundary after this many tokens.
const MIN_CUT: usize = 256;

/// Appends the sentences of the tokens from `first` on, which make up a block.
///
/// Returns the first place where a sentence had to be cut at [`MAX_SENTENCE`] tokens, if any.
pub(crate) fn split(
    text: &str,
    tokens: &[Token],
    first: usize,
    multiword: &[TokenRange],
    sentences: &mut Vec<Sentence>,
) -> Option<Span> {
    let mut gaps = Gaps::new(text, tokens, first);
    let mut cut = None;
    // The likeliest boundary at which too long a sentence may be cut: its log-odds and its token.
    let mut likeliest = (i32::MIN, first);
    let mut groups = multiword.iter().peekable();
    let mut start = first;
    for at in first..tokens.len() {
        while groups.next_if(|group| group.end as usize <= at + 1).is_some() {}
        let is_inside = groups.peek().is_some_and(|group| (group.start as usize) <= at);
        let is_last = at + 1 == tokens.len();
        let mut log_odds = i32::MIN;
        if !is_last && !is_inside {
            log_odds = 0;
            gaps.features(at, &mut |slot| log_odds += i32::from(MODEL[slot as usize]));
        }
        if log_odds >= likeliest.0 && at - start >= MIN_CUT {
            likeliest = (log_odds, at);
        }
        let end = if is_last || log_odds >= THRESHOLD {
            at
        } else if at + 1 - start >= MAX_SENTENCE {
            cut.get_or_insert(tokens[likeliest.1].span);
            likeliest.1
        } else {
            continue;
        };
        let span = Span::new(tokens[start].span.start(), tokens[end].span.end());
        sentences.push(Sentence { tokens: TokenRange::new(start, end + 1), span });
        start = end + 1;
        gaps.begin_sentence(start);
        likeliest = (i32::MIN, start);
    }
    cut
}
