//! How sure the reader is of a row.

use std::sync::LazyLock;

use super::row::Basis;
use crate::Manner;

/// Share of the rows of *reportedly* and its like that are right.
///
/// Set by hand: PolNeAR's development split has two such rows, both right.
pub(super) const EVIDENTIAL: f32 = 0.8;
/// Share of an interview's rows that are right: nine of ten on PolNeAR's development split.
pub(super) const INTERVIEW: f32 = 0.9;
/// Share of a headline's rows that are right; set by hand, as PolNeAR has none.
pub(super) const HEADLINE: f32 = 0.75;
/// Share of a signature's rows that are right: all 22 on PolNeAR's development split, which stand in one
/// article.
pub(super) const SIGNATURE: f32 = 0.9;
/// Share of the rows of *per* that are right; set by hand, as PolNeAR has none.
pub(super) const PER: f32 = 0.8;

/// An offset, and the weights of the log-odds of cue, source and content.
type Weights = [f64; 4];

/// Share of the rows of *in somebody's view* that are right; set by hand.
pub(super) const VIEWPOINT: f32 = 0.8;
/// Share of the rows of passives without an agent that are right; set by hand.
pub(super) const PASSIVE: f32 = 0.7;
/// Share of the rows of nouns with a clause that are right; set by hand.
pub(super) const NOUN: f32 = 0.7;
/// Share of the rows of clauses in contents that are right; set by hand.
pub(super) const CLAUSE: f32 = 0.7;

/// One curve for each manner: `data/calibration.tsv`.
static CURVES: LazyLock<[(&str, Weights); 3]> = LazyLock::new(|| {
    let curve = |line: &'static str| {
        let mut fields = line.split('\t');
        let name = fields.next().expect("a line begins with a manner");
        let mut number = || fields.next().and_then(|it| it.parse().ok()).expect("four numbers");
        (name, [number(), number(), number(), number()])
    };
    let file = include_str!("../../data/calibration.tsv");
    let mut lines = file.lines().filter(|line| !line.starts_with('#')).map(curve);
    let mut next = || lines.next().expect("a line for each manner");
    [next(), next(), next()]
});

/// Log-odds beyond these lie in rounding.
const FURTHEST: f64 = 7.0;

/// The score of a row, a probability from 0 to 1 to four places.
///
/// The head's probabilities are put on a logistic curve of the row's manner, fitted to the share of
/// rows that are right on PolNeAR's development split (`cargo xtask calibrate`).
pub(super) fn score(basis: &Basis, manner: Manner) -> f64 {
    let score = match *basis {
        Basis::Model { cue, source, content, .. } => calibrated([cue, source, content], manner),
        Basis::Rule { share } => f64::from(share),
    };
    let score = if score.is_finite() { score.clamp(0.0, 1.0) } else { 0.0 };
    (score * 1e4).round() / 1e4
}

fn calibrated(probabilities: [f32; 3], manner: Manner) -> f64 {
    let wanted = match manner {
        Manner::Direct => "direct",
        Manner::Mixed => "mixed",
        Manner::Indirect => "indirect",
    };
    let Some((_, weights)) = CURVES.iter().find(|(name, _)| *name == wanted) else { return 0.0 };
    let [offset, of_parts @ ..] = *weights;
    let parts = probabilities.map(|p| {
        let p = f64::from(p);
        (p / (1.0 - p)).ln().clamp(-FURTHEST, FURTHEST)
    });
    let sum: f64 = of_parts.iter().zip(parts).map(|(weight, part)| weight * part).sum();
    1.0 / (1.0 + (-offset - sum).exp())
}
