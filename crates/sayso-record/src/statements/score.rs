//! How sure the reader is of a row.

use super::row::Basis;
use crate::Manner;

/// Share of the rows of *reportedly* and its like that are right.
///
/// Set by hand until it is measured on development data.
pub(super) const EVIDENTIAL: f32 = 0.8;
/// Share of an interview's rows that are right; set by hand until measured.
pub(super) const INTERVIEW: f32 = 0.9;
/// Share of a headline's rows that are right; set by hand until measured.
pub(super) const HEADLINE: f32 = 0.75;

/// The score of a row, a probability from 0 to 1 to four places.
///
/// The probabilities of the head's decisions are multiplied, and are not calibrated: the manner is
/// given so that each manner can have its own curve.
pub(super) fn score(basis: &Basis, _manner: Manner) -> f64 {
    let raw = match *basis {
        Basis::Model { cue, source, content, .. } => cue * source * content,
        Basis::Rule { share } => share,
    };
    let raw = if raw.is_finite() { f64::from(raw).clamp(0.0, 1.0) } else { 0.0 };
    (raw * 1e4).round() / 1e4
}
