//! The mention ranker: which earlier entity a mention stands for, or that it is a new one.
//!
//! Each option has rows of a table, one for each of its features; their sum goes through one hidden
//! layer to the option's log-odds. All sums are of whole numbers, so that every processor chooses
//! alike.
//!
//! # Source
//!
//! The mention-ranking model of Wiseman et al. (2015), *Learning Anaphoricity and Antecedent
//! Ranking Features for Coreference Resolution*, over entities in place of single antecedents.

use super::feature::N_ROWS;

/// Width of the hidden layer.
pub(crate) const HIDDEN: usize = 16;

/// What `train/coreference.py` multiplies weights with before it rounds them.
const SCALE: f64 = 512.0;

/// The table of rows, then the output's weights; `i16`, little-endian.
static WEIGHTS: &[u8] = include_bytes!("../../data/coreference.bin");

/// Sums of rows, one for each unit of the hidden layer.
pub(super) type Hidden = [i32; HIDDEN];

/// Adds the rows of some features.
pub(super) fn add(rows: &[u16], hidden: &mut Hidden) {
    for &row in rows {
        let at = usize::from(row) * HIDDEN * 2;
        let row = &WEIGHTS[at..at + HIDDEN * 2];
        for (sum, weight) in hidden.iter_mut().zip(row.chunks_exact(2)) {
            *sum += i32::from(i16::from_le_bytes([weight[0], weight[1]]));
        }
    }
}

/// The log-odds of an option, times the square of [`SCALE`].
pub(super) fn log_odds(hidden: &Hidden) -> i64 {
    let output = &WEIGHTS[N_ROWS * HIDDEN * 2..];
    hidden
        .iter()
        .zip(output.chunks_exact(2))
        .map(|(&sum, weight)| {
            i64::from(sum.max(0)) * i64::from(i16::from_le_bytes([weight[0], weight[1]]))
        })
        .sum()
}

/// The probability of the option at `chosen`.
#[expect(clippy::cast_possible_truncation, reason = "a probability loses digits alone")]
pub(super) fn probability(log_odds: &[i64], chosen: usize) -> f32 {
    let of = |value: i64| ((value - log_odds[chosen]) as f64 / (SCALE * SCALE)).exp();
    let total: f64 = log_odds.iter().map(|&value| of(value)).sum();
    (1.0 / total) as f32
}
