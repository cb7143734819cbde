//! The words around a cue that its source and content are sought in. `train/slices.py` cuts the same.

use sayso_text::TokenRange;

use crate::features::{BLOCK_START, SENTENCE_START};

/// How far a slice reaches before its cue. Of the attributions in PolNeAR's training split 99 of 100
/// lie within these bounds.
pub(super) const BEFORE: usize = 64;
/// How far a slice reaches after its cue.
pub(super) const AFTER: usize = 96;

/// Distances from the cue that the network tells apart.
pub(super) const N_PLACES: usize = 17;
/// Relations to the cue's sentence that the network tells apart.
pub(super) const N_SENTENCES: usize = 5;

/// A run of words around a cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    cue: TokenRange,
    pub(super) start: usize,
    end: usize,
}

/// Where a word of a slice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// 0 in the cue; 1 to 8 before it; 9 to 16 after it.
    pub(super) distance: usize,
    /// 0 in an earlier block, 1 in an earlier sentence of the cue's block, 2 in its sentence, 3 in a
    /// later one, 4 in a later block.
    pub(super) sentence: usize,
    /// Whether the word is part of another cue.
    pub(super) other: bool,
}

impl Slice {
    /// The cue's block; the one before it, too, if the cue stands at its beginning, and the one after
    /// it if the cue stands at its end; within [`BEFORE`] and [`AFTER`].
    ///
    /// `contexts` are those of the text so far, which goes on far enough or ends.
    pub(super) fn around(cue: TokenRange, contexts: &[u8]) -> Self {
        let (start, end) = (cue.start as usize, cue.end as usize);
        let starts_block = |at: usize| contexts[at] & BLOCK_START != 0;
        let lowest = start.saturating_sub(BEFORE);
        let highest = contexts.len().min(end + AFTER);
        let back =
            |from: usize| (lowest..=from).rev().find(|&at| starts_block(at)).unwrap_or(lowest);
        let forth = |from: usize| (from..highest).find(|&at| starts_block(at)).unwrap_or(highest);
        let mut first = back(start);
        if start - first <= 1 && first > lowest {
            first = back(first - 1);
        }
        let mut last = forth(end);
        if last - end <= 2 && last < highest {
            last = forth(last + 1);
        }
        Self { cue, start: first, end: last }
    }

    pub(super) fn len(self) -> usize {
        self.end - self.start
    }

    /// Where each word of the slice stands.
    pub(super) fn places<'a>(
        self,
        contexts: &'a [u8],
        in_cue: &'a [bool],
    ) -> impl Iterator<Item = Place> + 'a {
        let (start, end) = (self.cue.start as usize, self.cue.end as usize);
        // The first words of the cue's block and sentence, and of those after.
        let begins = |flag: u8| {
            let before = (self.start..=start).rev().find(|&at| contexts[at] & flag != 0);
            let after = (start + 1..self.end).find(|&at| contexts[at] & flag != 0);
            (before.unwrap_or(self.start), after.unwrap_or(self.end))
        };
        let (block, sentence) = (begins(BLOCK_START), begins(SENTENCE_START));
        (self.start..self.end).map(move |at| Place {
            distance: if at < start {
                bucket(start - at)
            } else if at < end {
                0
            } else {
                8 + bucket(at - end + 1)
            },
            sentence: match at {
                at if at < block.0 => 0,
                at if at >= block.1 => 4,
                at if at < sentence.0 => 1,
                at if at >= sentence.1 => 3,
                _ => 2,
            },
            other: in_cue[at] && !(start..end).contains(&at),
        })
    }
}

/// 1, 2, 3, 4 as they are, then 5 up to 8, 6 up to 16, 7 up to 32, 8 beyond.
fn bucket(distance: usize) -> usize {
    match distance {
        0..=4 => distance,
        5..=8 => 5,
        9..=16 => 6,
        17..=32 => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two blocks of two sentences of five words each.
    fn contexts() -> Vec<u8> {
        let mut contexts = vec![0; 20];
        for at in (0..20).step_by(5) {
            contexts[at] = SENTENCE_START;
        }
        contexts[0] |= BLOCK_START;
        contexts[10] |= BLOCK_START;
        contexts
    }

    fn around(start: usize, end: usize) -> (usize, usize) {
        let slice = Slice::around(TokenRange::new(start, end), &contexts());
        (slice.start, slice.end)
    }

    #[test]
    fn a_slice_is_the_block_of_the_cue() {
        assert_eq!(around(4, 5), (0, 10));
        assert_eq!(around(14, 16), (10, 20));
    }

    #[test]
    fn a_cue_at_an_end_of_its_block_sees_the_next_one() {
        assert_eq!(around(7, 8), (0, 20), "two words are left");
        assert_eq!(around(11, 12), (0, 20), "one word stands before it");
    }

    #[test]
    fn a_slice_is_bounded() {
        let contexts = vec![0; 100_000];
        let slice = Slice::around(TokenRange::new(50_000, 50_001), &contexts);
        assert_eq!((slice.start, slice.end), (50_000 - BEFORE, 50_001 + AFTER));
    }

    #[test]
    fn words_know_where_they_stand() {
        let mut in_cue = vec![false; 20];
        in_cue[6] = true;
        in_cue[2] = true;
        let slice = Slice::around(TokenRange::new(6, 7), &contexts());
        let places: Vec<Place> = slice.places(&contexts(), &in_cue).collect();
        let place = |at: usize| (places[at].distance, places[at].sentence, places[at].other);
        assert_eq!(place(6), (0, 2, false));
        assert_eq!(place(2), (4, 1, true));
        assert_eq!(place(8), (10, 2, false));
        assert_eq!(slice.len(), 10);
    }
}
