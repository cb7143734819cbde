//! MUC, B³ and `CEAFe`, and their mean, the CoNLL figure.
//!
//! # Source
//!
//! Vilain et al. (1995) for MUC, Bagga and Baldwin (1998) for B³, Luo (2005) for `CEAFe`; put
//! together as by Pradhan et al. (2014), *Scoring Coreference Partitions of Predicted Mentions*:
//! counts of all documents are added up before they are divided.

use std::collections::BTreeMap;

use sayso::TokenRange;

/// Entities by the tokens of their mentions.
pub(crate) type Clusters = Vec<Vec<TokenRange>>;

/// One side of a measure: what is right, out of what there is.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: f64,
    of: f64,
}

impl Share {
    fn add(&mut self, right: f64, of: f64) {
        self.right += right;
        self.of += of;
    }

    fn value(self) -> f64 {
        if self.of == 0.0 { 0.0 } else { self.right / self.of }
    }
}

/// Recall and precision.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    recall: Share,
    precision: Share,
}

impl Measure {
    fn f1(self) -> f64 {
        let (recall, precision) = (self.recall.value(), self.precision.value());
        if recall + precision == 0.0 {
            0.0
        } else {
            2.0 * recall * precision / (recall + precision)
        }
    }
}

/// Counts over documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    muc: Measure,
    b_cubed: Measure,
    ceaf_e: Measure,
    mentions: Measure,
}

impl Tally {
    /// Counts one document.
    pub(crate) fn add(&mut self, gold: &Clusters, read: &Clusters) {
        let (in_gold, in_read) = (places(gold), places(read));
        muc(gold, &in_read, &mut self.muc.recall);
        muc(read, &in_gold, &mut self.muc.precision);
        b_cubed(gold, read, &in_read, &mut self.b_cubed.recall);
        b_cubed(read, gold, &in_gold, &mut self.b_cubed.precision);
        let similarity = aligned(gold, read, &in_read);
        self.ceaf_e.recall.add(similarity, gold.len() as f64);
        self.ceaf_e.precision.add(similarity, read.len() as f64);
        let found = in_gold.keys().filter(|mention| in_read.contains_key(mention)).count() as f64;
        self.mentions.recall.add(found, in_gold.len() as f64);
        self.mentions.precision.add(found, in_read.len() as f64);
    }

    /// F1 in percent.
    pub(crate) fn figures(&self) -> BTreeMap<&'static str, f64> {
        let [muc, b_cubed, ceaf_e] = [self.muc.f1(), self.b_cubed.f1(), self.ceaf_e.f1()];
        let figures = [
            ("MUC", muc),
            ("B3", b_cubed),
            ("CEAFe", ceaf_e),
            ("CoNLL", (muc + b_cubed + ceaf_e) / 3.0),
            ("mentions", self.mentions.f1()),
        ];
        figures.into_iter().map(|(name, value)| (name, 100.0 * value)).collect()
    }
}

/// The cluster that each mention is in.
fn places(clusters: &Clusters) -> BTreeMap<TokenRange, usize> {
    let numbered = clusters.iter().enumerate();
    numbered.flat_map(|(at, mentions)| mentions.iter().map(move |&mention| (mention, at))).collect()
}

/// For each cluster of several mentions, the links that the other side leaves standing.
fn muc(clusters: &Clusters, other: &BTreeMap<TokenRange, usize>, share: &mut Share) {
    for cluster in clusters.iter().filter(|cluster| cluster.len() > 1) {
        let mut parts: Vec<usize> =
            cluster.iter().filter_map(|mention| other.get(mention).copied()).collect();
        let missing = cluster.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        share.add((cluster.len() - parts.len() - missing) as f64, (cluster.len() - 1) as f64);
    }
}

/// For each mention, the share of its cluster that is in its cluster on the other side.
fn b_cubed(
    clusters: &Clusters,
    other: &Clusters,
    in_other: &BTreeMap<TokenRange, usize>,
    share: &mut Share,
) {
    for cluster in clusters {
        let common = common(cluster, in_other);
        let squares: f64 = common.values().map(|&n| (n * n) as f64).sum();
        share.add(squares / cluster.len() as f64, cluster.len() as f64);
    }
    debug_assert!(in_other.values().all(|&at| at < other.len()));
}

/// How many mentions of a cluster each cluster of the other side has.
fn common(cluster: &[TokenRange], other: &BTreeMap<TokenRange, usize>) -> BTreeMap<usize, usize> {
    let mut common = BTreeMap::new();
    for at in cluster.iter().filter_map(|mention| other.get(mention)) {
        *common.entry(*at).or_insert(0) += 1;
    }
    common
}

/// The similarity of the best one-to-one alignment of entities, that of two being
/// `2 |G ∩ R| / (|G| + |R|)`.
fn aligned(gold: &Clusters, read: &Clusters, in_read: &BTreeMap<TokenRange, usize>) -> f64 {
    let mut similarity = vec![vec![0.0; read.len()]; gold.len()];
    for (row, cluster) in similarity.iter_mut().zip(gold) {
        for (at, n) in common(cluster, in_read) {
            row[at] = 2.0 * n as f64 / (cluster.len() + read[at].len()) as f64;
        }
    }
    best_assignment(&similarity)
}

/// The greatest sum of entries of which no two share a row or column.
///
/// # Source
///
/// Kuhn and Munkres, with potentials, row by row.
fn best_assignment(weights: &[Vec<f64>]) -> f64 {
    let (n_rows, n_columns) = (weights.len(), weights.first().map_or(0, Vec::len));
    if n_rows > n_columns {
        let turned: Vec<Vec<f64>> =
            (0..n_columns).map(|column| weights.iter().map(|row| row[column]).collect()).collect();
        return if n_columns == 0 { 0.0 } else { best_assignment(&turned) };
    }
    let mut by_row = vec![0.0; n_rows + 1];
    let mut by_column = vec![0.0; n_columns + 1];
    // The row of each column; column 0 holds the row that is being placed, and rows count from 1.
    let mut row_of = vec![0; n_columns + 1];
    for row in 1..=n_rows {
        row_of[0] = row;
        let mut least = vec![f64::INFINITY; n_columns + 1];
        let mut from = vec![0; n_columns + 1];
        let mut seen = vec![false; n_columns + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            seen[column] = true;
            let at = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in (1..=n_columns).filter(|&other| !seen[other]) {
                let cost = -weights[at - 1][other - 1] - by_row[at] - by_column[other];
                if cost < least[other] {
                    (least[other], from[other]) = (cost, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=n_columns {
                if seen[other] {
                    by_row[row_of[other]] += step;
                    by_column[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    (1..=n_columns)
        .filter(|&column| row_of[column] != 0)
        .map(|column| weights[row_of[column] - 1][column - 1])
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(of: &[&[usize]]) -> Clusters {
        let cluster = |numbers: &&[usize]| -> Vec<TokenRange> {
            numbers.iter().map(|&at| TokenRange::new(at, at + 1)).collect()
        };
        of.iter().map(cluster).collect()
    }

    #[track_caller]
    fn check(gold: &[&[usize]], read: &[&[usize]], expected: [f64; 3]) {
        let mut tally = Tally::default();
        tally.add(&clusters(gold), &clusters(read));
        let figures = tally.figures();
        for (name, expected) in ["MUC", "B3", "CEAFe"].into_iter().zip(expected) {
            let found = figures[name];
            assert!((found - expected).abs() < 0.01, "{name}: {found}, expected {expected}");
        }
    }

    #[test]
    fn the_same_is_right() {
        check(&[&[1, 2], &[3, 4, 5]], &[&[3, 4, 5], &[1, 2]], [100.0; 3]);
    }

    #[test]
    fn nothing_in_common_is_wrong() {
        check(&[&[1, 2]], &[&[3, 4]], [0.0; 3]);
        check(&[], &[&[3, 4]], [0.0; 3]);
    }

    /// MUC: gold {1 2 3} is cut in two: 1 of 2 links; read has {1 2}: 1 of 1; F1 2/3.
    /// B³: recall (2·2/3 + 1·1/3) / 3 = 5/9, precision 1; F1 5/7.
    /// `CEAFe`: φ({1 2 3}, {1 2}) = 4/5; recall 4/5, precision 2/5; F1 8/15.
    #[test]
    fn an_entity_cut_in_two() {
        check(&[&[1, 2, 3]], &[&[1, 2], &[3]], [66.67, 71.43, 53.33]);
    }

    /// Gold {a b c} {d e f g}, read {a b} {c d} {f g h i}, of Pradhan et al. (2014).
    #[test]
    fn the_example_of_the_reference_scorer() {
        let (gold, read): (&[&[usize]], &[&[usize]]) =
            (&[&[1, 2, 3], &[4, 5, 6, 7]], &[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        check(gold, read, [40.0, 46.15, 52.0]);
    }

    #[test]
    fn the_best_assignment_is_not_the_greedy_one() {
        let weights = [vec![0.9, 0.8], vec![0.8, 0.1]];
        assert!((best_assignment(&weights) - 1.6).abs() < 1e-9);
        let weights = [vec![0.9], vec![0.95], vec![0.1]];
        assert!((best_assignment(&weights) - 0.95).abs() < 1e-9);
    }
}
