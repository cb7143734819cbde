//! Trains the sentence boundaries: `sentences TRAIN.conllu… --dev DEV.conllu… --out sentences.bin`.
//!
//! Logistic regression by `AdaGrad` with an L1 penalty over the hashed features of each gap between
//! tokens. The tokens are the crate's own, read from the rebuilt text; a gap is a boundary where the
//! treebank ends a sentence. Deterministic: gaps are visited in text order, a fixed number of times.

use std::collections::BTreeSet;
use std::io::Write as _;

use sayso_text::training::{N_SLOTS, SCALE, boundary_features};
use sayso_text::{Document, Sentence, Span, TokenRange, parse_conllu};

/// Passes over the training gaps. Tried: 5 and 15.
const N_PASSES: usize = 5;
/// Step size.
const RATE: f32 = 0.2;
/// L1 penalty a visit, on features that fire. Tried: 2e-6, 1e-4, 1e-3.
const PENALTY: f32 = 1e-3;

/// Share of a gap's features that a visit leaves out. Tried: 0, 0.3, 0.5, 0.7.
const DROPOUT: f64 = 0.3;

/// Slots and label of a gap.
type Gap = (Vec<u32>, bool);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut train, mut dev, mut out) = (Vec::new(), Vec::new(), None);
    let mut is_dev = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--dev" => is_dev = true,
            "--out" => out = args.next(),
            path if is_dev => dev.push((path.to_owned(), gaps(path)?)),
            path => train.extend(gaps(path)?),
        }
    }
    let mut weights = vec![0.0_f32; N_SLOTS];
    let mut squares = vec![1e-6_f32; N_SLOTS];
    let mut sums = vec![0.0_f32; N_SLOTS];
    let mut order: Vec<usize> = (0..train.len()).collect();
    let mut kept = Vec::new();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for pass in 0..N_PASSES {
        for at in (1..order.len()).rev() {
            random = next(random);
            order.swap(at, usize::try_from(random % (at as u64 + 1))?);
        }
        for &at in &order {
            let (slots, label) = &train[at];
            kept.clear();
            kept.extend(slots.iter().filter(|_| {
                random = next(random);
                (random >> 32) as f64 >= DROPOUT * f64::from(u32::MAX)
            }));
            learn(&mut weights, &mut squares, &kept, *label);
        }
        for (sum, weight) in sums.iter_mut().zip(&weights) {
            *sum += weight / N_PASSES as f32;
        }
        for (path, gaps) in &dev {
            report(pass, path, gaps, &quantized(&weights))?;
        }
    }
    let weights = quantized(&sums);
    for (path, gaps) in &dev {
        report(N_PASSES, path, gaps, &weights)?;
    }
    if let Some(path) = out {
        let bytes: Vec<u8> = weights.iter().map(|weight| weight.cast_unsigned()).collect();
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

/// The gaps of a treebank, with the crate's own tokens and the treebank's sentence ends.
fn gaps(path: &str) -> Result<Vec<Gap>, Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    for gold in parse_conllu(&std::fs::read_to_string(path)?)? {
        let ends: BTreeSet<_> = gold.document.sentences.iter().map(|s| s.span.end()).collect();
        let mut document = Document::read(gold.document.text);
        document.sentences = with_ends(&document, &ends);
        boundary_features(&document, |slots, label| all.push((slots.to_vec(), label)));
    }
    Ok(all)
}

/// The sentences of the document's tokens that end at the bytes `ends`.
fn with_ends(document: &Document, ends: &BTreeSet<usize>) -> Vec<Sentence> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for (at, token) in document.tokens.iter().enumerate() {
        if ends.contains(&token.span.end()) || at + 1 == document.tokens.len() {
            let span = Span::new(document.tokens[start].span.start(), token.span.end());
            sentences.push(Sentence { tokens: TokenRange::new(start, at + 1), span });
            start = at + 1;
        }
    }
    sentences
}

/// The next number of a xorshift generator.
fn next(mut random: u64) -> u64 {
    random ^= random << 13;
    random ^= random >> 7;
    random ^ random << 17
}

fn learn(weights: &mut [f32], squares: &mut [f32], slots: &[u32], label: bool) {
    let log_odds: f32 = slots.iter().map(|slot| weights[*slot as usize]).sum();
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    let gradient = probability - f32::from(u8::from(label));
    for slot in slots {
        let at = *slot as usize;
        squares[at] += gradient * gradient;
        let step = RATE / squares[at].sqrt();
        let weight = weights[at] - step * gradient;
        weights[at] = weight.signum() * (weight.abs() - step * PENALTY).max(0.0);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the range")]
fn quantized(weights: &[f32]) -> Vec<i8> {
    weights.iter().map(|w| (w * SCALE).round().clamp(-127.0, 127.0) as i8).collect()
}

/// Writes how many gaps are judged as the treebank has them, for several thresholds.
fn report(pass: usize, path: &str, gaps: &[Gap], weights: &[i8]) -> std::io::Result<()> {
    let mut out = std::io::stderr().lock();
    write!(out, "{pass:2} {path}:")?;
    for threshold in [-32, -24, -16, -8, 0, 8] {
        let (mut hits, mut predicted, mut gold) = (0_u32, 0_u32, 0_u32);
        for (slots, label) in gaps {
            let sum: i32 = slots.iter().map(|slot| i32::from(weights[*slot as usize])).sum();
            let is_boundary = sum >= threshold;
            hits += u32::from(is_boundary && *label);
            predicted += u32::from(is_boundary);
            gold += u32::from(*label);
        }
        let f1 = 200.0 * f64::from(hits) / f64::from(predicted + gold);
        write!(out, " {threshold}: {f1:.2}")?;
    }
    writeln!(out)
}
