//! The shipped model makes of the example articles what the trainer makes of them.
//!
//! `train/parity.py` computes the fixture in 64-bit floats; the program computes in 16-bit fixed
//! point and `f32`.

use std::fs;
use std::path::{Path, PathBuf};

use safetensors::SafeTensors;
use sayso_model::Verify;

use super::*;
use crate::Predicate;

/// The largest difference of log-odds. Measured on the examples: 0.0039 at most, 0.0004 in the mean;
/// labels differ only where the two best are closer than this.
const LOG_ODDS: f32 = 0.01;

/// The largest difference of probabilities; measured: 0.0005.
const PROBABILITY: f32 = 0.003;

/// Every so many words of a window one is taken for a cue, as `train/parity.py` does.
const CUE_EVERY: usize = 40;

/// A matrix of the fixture, row-major, and its width.
struct Matrix(Vec<f32>, usize);

impl Matrix {
    fn row(&self, at: usize) -> &[f32] {
        &self.0[at * self.1..(at + 1) * self.1]
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn weights() -> Weights {
    let folder = workspace().join("models/en");
    let description = fs::read_to_string(folder.join("model.toml")).unwrap();
    let bytes = fs::read(folder.join("weights.safetensors")).unwrap();
    Weights::from_parts(&description, bytes, Verify::Full).unwrap()
}

/// The example articles in the order of their names, as the exporter takes them.
fn examples() -> Vec<Document> {
    let mut paths: Vec<PathBuf> = fs::read_dir(workspace().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| Document::read(fs::read_to_string(path).unwrap())).collect()
}

fn matrix(file: &SafeTensors<'_>, name: &str) -> Matrix {
    let tensor = file.tensor(name).unwrap();
    let values =
        tensor.data().as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect();
    Matrix(values, tensor.shape()[1])
}

/// The largest difference of two rows, and whether they agree on the largest value or are in doubt
/// about it.
fn compare(ours: &[f32], theirs: &[f32], tolerance: f32) {
    for (a, b) in ours.iter().zip(theirs) {
        assert!((a - b).abs() <= tolerance, "{ours:?} against {theirs:?}");
    }
    let (best, expected) = (largest(ours), largest(theirs));
    let doubt = theirs[expected] - theirs[best];
    assert!(best == expected || doubt <= tolerance, "{ours:?} against {theirs:?}");
}

fn largest(values: &[f32]) -> usize {
    (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap()
}

#[test]
fn the_program_computes_what_the_trainer_computes() {
    let bytes = fs::read(workspace().join("models/en/parity.safetensors")).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let [upos, names, head, probability, context, cues, slices, predicates] =
        ["upos", "names", "head", "head_probability", "context", "cues", "slices", "predicates"]
            .map(|name| matrix(&file, name));
    let roles = matrix(&file, "roles");
    let mut checked = Checked::default();
    let analyzer = Analyzer::from_weights(&weights()).unwrap();
    let (mut scratch, mut states) = (Scratch::default(), Vec::new());
    let (mut at, mut at_slice, mut same_heads) = (0, 0, 0);
    for document in examples() {
        contexts(&document, &mut states);
        let words = vec![Word::default(); document.tokens.len()];
        let mut analysis = Analysis { words, ..Analysis::default() };
        let sentences: Vec<TokenRange> = document.sentences.iter().map(|s| s.tokens).collect();
        for run in windows(&sentences) {
            analyzer.read_window(&document, &states, run, &mut scratch, &mut analysis);
            let first = run[0].start as usize;
            let n = run[run.len() - 1].end as usize - first;
            let taken: Vec<TokenRange> =
                (3..n).step_by(CUE_EVERY).map(|cue| TokenRange::new(cue, cue + 1)).collect();
            let (our_cues, our_slices) = analyzer.attributor.numbers(
                analyzer.kernels,
                &states[first..first + n],
                &scratch.encoding,
                &taken,
            );
            for (word, ours) in our_cues.chunks_exact(3).enumerate() {
                compare(ours, cues.row(at + word), PROBABILITY);
            }
            for ours in our_slices.chunks_exact(slices.1) {
                compare(ours, slices.row(at_slice), LOG_ODDS);
                at_slice += 1;
            }
            let tags = scratch.buffers.tags.chunks_exact(scratch.buffers.tags.len() / n);
            let ours = tags.zip(scratch.buffers.names.tags.chunks_exact(names.1));
            for (word, (tags, name_tags)) in ours.enumerate() {
                let state = f32::from(states[first + word]);
                assert!((state - context.row(at)[0]).abs() < 0.5, "token {at}");
                compare(&tags[..upos.1], upos.row(at), LOG_ODDS);
                compare(name_tags, names.row(at), PROBABILITY);
                at += 1;
            }
        }
        at -= document.tokens.len();
        for sentence in &sentences {
            let found = analysis.predicates.iter().filter(|it| sentence.contains(it.token));
            let found: Vec<&Predicate<'_>> = found.collect();
            let theirs = |token: usize| head.row(at + token - sentence.range().start)[0];
            let ours = |token: usize| {
                analysis.words[token].head.map_or(0, |head| head.0 + 1 - sentence.start)
            };
            let same =
                sentence.range().all(|token| (ours(token) as f32 - theirs(token)).abs() < 0.5);
            // Predicates and their arguments are read off the tree, too.
            if same {
                for it in &found {
                    let row = predicates.row(at + it.token.index() - sentence.range().start);
                    assert!((it.probability - row[0]).abs() <= PROBABILITY, "{it:?} {row:?}");
                    let certainty = it.factuality.expect("the head gives one");
                    assert!((certainty - row[1]).abs() <= LOG_ODDS, "{it:?} {row:?}");
                    checked.predicates += 1;
                }
                checked.roles(&found, at - sentence.range().start, &roles);
            }
            for token in sentence.range() {
                let ours = analysis.words[token].head.map_or(0, |head| head.0 + 1 - sentence.start);
                // The tree may take another head than the word's best.
                if (ours as f32 - head.row(at)[0]).abs() < 0.5 {
                    same_heads += 1;
                    let ours = analysis.words[token].head_probability;
                    let theirs = probability.row(at)[0];
                    assert!((ours - theirs).abs() <= PROBABILITY, "token {at}: {ours} {theirs}");
                }
                at += 1;
            }
        }
    }
    assert_eq!(at * upos.1, upos.0.len(), "the fixture is of these examples");
    assert_eq!(at_slice * slices.1, slices.0.len(), "the fixture has the same slices");
    assert!(checked.predicates > 500 && checked.arguments > 500, "{checked:?}");
    assert!(same_heads * 100 >= at * 97, "{same_heads} of {at} heads");
}

/// Whether a number of the fixture is that of a token; they are whole and small, so exact.
fn is_token(number: f32, token: usize) -> bool {
    (number - token as f32).abs() < 0.5
}

/// How much was compared.
#[derive(Debug, Default)]
struct Checked {
    predicates: usize,
    arguments: usize,
}

impl Checked {
    /// Compares the arguments of a sentence, whose tokens are counted from `first` in the fixture.
    fn roles(&mut self, found: &[&Predicate<'_>], first: usize, roles: &Matrix) {
        let rows = |predicate: usize| {
            let rows = roles.0.chunks_exact(roles.1);
            rows.filter(move |row| is_token(row[0], predicate) && row[2] > 0.5)
        };
        for it in found {
            let predicate = first + it.token.index();
            for argument in &it.arguments {
                let head = first + argument.head.index();
                let theirs = rows(predicate).find(|row| is_token(row[1], head));
                let theirs = theirs.unwrap_or_else(|| panic!("{it:?}"));
                assert!(
                    (argument.probability - theirs[3]).abs() <= PROBABILITY,
                    "{it:?} {theirs:?}"
                );
                self.arguments += 1;
            }
            // Of two arguments with one numbered role the less likely one is left out.
            assert!(rows(predicate).count() <= it.arguments.len() + 2, "{it:?}");
        }
    }
}

#[test]
fn every_path_of_the_processor_reads_the_same() {
    let weights = weights();
    let read = |kernels| {
        let analyzer = Analyzer::with_kernels(&weights, kernels).unwrap();
        let mut scratch = Scratch::default();
        // The portable path takes its time.
        examples()[..2]
            .iter()
            .map(|document| format!("{:?}", analyzer.analyze(document, &mut scratch)))
            .collect::<Vec<_>>()
    };
    let portable = read(Kernels::portable());
    for kernels in Kernels::available() {
        assert_eq!(read(kernels), portable, "{kernels:?}");
    }
}
