//! `cargo xtask calibrate`: from the head's probabilities to scores that mean what they say.

mod gold;
mod logistic;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sayso::record::{Manner, Statement};
use sayso::{Article, Reader, Scratch};

use crate::corpus;
use gold::{Attribution, is_right};
use logistic::{Logistic, N_WEIGHTS};

/// Parts that the rows are cut into, article by article, to score each by a fit to the others.
const FOLDS: usize = 5;

/// Bins of the reliability table.
const BINS: usize = 10;

const FILE: &str = "crates/sayso-record/data/calibration.tsv";

/// Fits scores to the share of rows that are right, and reports how well they fit.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder of the corpora.
    #[arg(long, default_value = "../shared/corpora")]
    corpora: PathBuf,
    /// Writes the fit; without it the fit is only shown.
    #[arg(long)]
    bless: bool,
}

/// A row of the development split: the head's probabilities, and whether it is right.
#[derive(Clone, Copy, Debug)]
struct Sample {
    manner: Manner,
    probabilities: [f64; 3],
    score: f64,
    right: bool,
    fold: usize,
}

const MANNERS: [(Manner, &str); 3] =
    [(Manner::Direct, "direct"), (Manner::Mixed, "mixed"), (Manner::Indirect, "indirect")];

/// Fits the scores on PolNeAR's development split.
pub(crate) fn run(options: &Options) -> Result<()> {
    let (samples, rules) = read(&corpus::unpack(&options.corpora.join("polnear/dev.jsonl.zst"))?)?;
    let mut lines = String::new();
    for (manner, name) in MANNERS {
        let own: Vec<Sample> =
            samples.iter().copied().filter(|sample| sample.manner == manner).collect();
        let fit = Logistic::fit(own.iter().map(|it| (it.probabilities, it.right)));
        report(name, &own);
        let weights: Vec<String> =
            fit.weights.iter().map(|weight| format!("{weight:.4}")).collect();
        writeln!(lines, "{name}\t{}", weights.join("\t"))?;
    }
    println!("\nrules, rows and right by PolNeAR, which leaves some of their forms out:");
    for (name, (n, right)) in rules {
        println!("  {name:<12}{n:>5}{right:>5}");
    }
    println!("\n{lines}");
    if options.bless {
        let old = fs::read_to_string(FILE).context(FILE)?;
        let head: String = old.lines().filter(|line| line.starts_with('#')).fold(
            String::new(),
            |mut head, line| {
                head.push_str(line);
                head.push('\n');
                head
            },
        );
        fs::write(FILE, head + &lines).context(FILE)?;
    }
    Ok(())
}

/// How far the scores may be trusted: for each manner 100 less the expected calibration error, in
/// percent, over the rows of a file of PolNeAR.
///
/// # Errors
///
/// If the file is no such file.
pub(crate) fn figures(file: &Path) -> Result<BTreeMap<String, f64>> {
    let (samples, _) = read(&corpus::unpack(file)?)?;
    let figure = |(manner, name): (Manner, &str)| {
        let own = samples.iter().filter(|sample| sample.manner == manner);
        let scored: Vec<(f64, bool)> = own.map(|it| (it.score, it.right)).collect();
        (name.to_owned(), 100.0 * (1.0 - error(&scored)))
    };
    Ok(MANNERS.into_iter().map(figure).collect())
}

/// Rows and right rows of each rule.
type Rules = BTreeMap<&'static str, (usize, usize)>;

/// The outermost rows that the model finds in the articles, and the counts of the rules' rows.
fn read(rows: &str) -> Result<(Vec<Sample>, Rules)> {
    let (reader, mut scratch) = (Reader::new(), Scratch::default());
    let (mut samples, mut rules) = (Vec::new(), Rules::new());
    for (article, line) in rows.lines().enumerate() {
        let row: gold::Row = serde_json::from_str(line)?;
        let reading = reader.read(Article::new(row.id, row.text), &mut scratch);
        let found = reading.rows();
        for (statement, reasons) in found.statements.iter().zip(&found.reasons) {
            let right = any_right(statement, &row.attributions);
            let Some(of_head) = reasons.probabilities else {
                let counts = rules.entry(reasons.extractor).or_default();
                counts.0 += 1;
                counts.1 += usize::from(right);
                continue;
            };
            if statement.parent.is_none() {
                samples.push(Sample {
                    manner: statement.manner,
                    probabilities: [of_head.cue, of_head.source, of_head.content],
                    score: statement.score,
                    right,
                    fold: article % FOLDS,
                });
            }
        }
    }
    Ok((samples, rules))
}

fn any_right(statement: &Statement, gold: &[Attribution]) -> bool {
    gold.iter().any(|attribution| is_right(statement, attribution))
}

/// Prints the reliability table of the scores as they are and, below it, the expected calibration
/// error of the scores as they are and of a fit that has not seen the rows.
fn report(name: &str, samples: &[Sample]) {
    let held_out: Vec<(f64, bool)> = (0..FOLDS)
        .flat_map(|fold| {
            let others = samples.iter().filter(|it| it.fold != fold);
            let fit = Logistic::fit(others.map(|it| (it.probabilities, it.right)));
            let own = samples.iter().filter(move |it| it.fold == fold);
            own.map(move |it| (fit.probability(it.probabilities), it.right)).collect::<Vec<_>>()
        })
        .collect();
    let as_is: Vec<(f64, bool)> = samples.iter().map(|it| (it.score, it.right)).collect();
    println!("\n{name}: {} rows\n  score   rows  said  right", samples.len());
    for (n, said, right) in bins(&held_out).into_iter().filter(|bin| bin.0 > 0) {
        println!("  {said:>5.2} {n:>6} {said:>5.3}  {right:.3}");
    }
    println!(
        "  expected calibration error: {:.3}; of the scores as they are {:.3}",
        error(&held_out),
        error(&as_is)
    );
}

/// Rows, mean score and share that is right, by tenths of the score.
fn bins(scored: &[(f64, bool)]) -> Vec<(usize, f64, f64)> {
    let mut bins = vec![(0, 0.0, 0.0); BINS];
    for &(score, right) in scored {
        let at = (1..BINS).take_while(|&at| score * BINS as f64 >= at as f64).count();
        bins[at].0 += 1;
        bins[at].1 += score;
        bins[at].2 += f64::from(u8::from(right));
    }
    let mean = |(n, said, right): (usize, f64, f64)| {
        let count = n.max(1) as f64;
        (n, said / count, right / count)
    };
    bins.into_iter().map(mean).collect()
}

/// Expected calibration error (Naeini, Cooper and Hauskrecht 2015).
fn error(scored: &[(f64, bool)]) -> f64 {
    let gaps = bins(scored).into_iter().map(|(n, said, right)| n as f64 * (said - right).abs());
    gaps.sum::<f64>() / scored.len().max(1) as f64
}

const _: () = assert!(N_WEIGHTS == 4, "an offset and three probabilities");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_mean_distance_from_the_share_that_is_right() {
        // Ten rows of score 0.8, of which six are right; ten of 0.25, of which five are.
        let mut scored: Vec<(f64, bool)> = (0..10).map(|at| (0.85, at < 6)).collect();
        scored.extend((0..10).map(|at| (0.25, at < 5)));
        assert!((error(&scored) - 0.25).abs() < 1e-9, "{}", error(&scored));
    }
}
