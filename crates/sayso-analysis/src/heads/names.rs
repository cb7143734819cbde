//! Names of persons, organizations, places, groups and other things.

use sayso_model::{Codes, Dense, ModelError, Weights};
use sayso_text::TokenRange;

use super::tags::argmax;
use super::{Buffers, Head, Window};
use crate::names::{KINDS, NameTag, Part};
use crate::{Analysis, Name};

/// Words that are outside of any name with at least this probability are taken as such, and the
/// best sequence of tags is sought between them only.
const SURELY_OUTSIDE: f32 = 0.9995;

/// Scores the 21 tags of every word, and finds the best well-formed sequence.
#[derive(Debug)]
pub(super) struct Names {
    hidden: Dense,
    out: Dense,
}

/// Working memory for a window.
#[derive(Debug, Default)]
pub(crate) struct NameBuffers {
    hidden: Vec<f32>,
    codes: Codes,
    /// Log-odds, then probabilities, `[n, 21]`.
    pub(crate) tags: Vec<f32>,
    lattice: Lattice,
}

impl Names {
    pub(super) fn load(weights: &Weights) -> Result<Box<dyn Head>, ModelError> {
        let width = weights.size("width")?;
        let hidden = weights.size("names")?;
        Ok(Box::new(Self {
            hidden: weights.dense("names.0", width, hidden)?,
            out: weights.dense("names.2", hidden, NameTag::COUNT)?,
        }))
    }
}

impl Head for Names {
    fn read<'m>(&'m self, window: &Window<'_>, buffers: &mut Buffers, analysis: &mut Analysis<'m>) {
        let NameBuffers { hidden, codes, tags, lattice } = &mut buffers.names;
        let n = window.surfaces.len();
        hidden.resize(n * self.hidden.n_out(), 0.0);
        window.kernels.dense(&self.hidden, &window.encoding.codes, hidden);
        window.kernels.relu(hidden);
        window.kernels.quantize(hidden, self.hidden.n_out(), codes);
        tags.resize(n * NameTag::COUNT, 0.0);
        window.kernels.dense(&self.out, codes, tags);
        for row in tags.chunks_exact_mut(NameTag::COUNT) {
            window.kernels.softmax(row);
        }
        for sentence in window.sentences {
            let first = sentence.start as usize - window.first;
            let tags = &tags[first * NameTag::COUNT..(first + sentence.len()) * NameTag::COUNT];
            for (start, end) in runs(tags) {
                let tags = &tags[start * NameTag::COUNT..end * NameTag::COUNT];
                lattice.read(tags, sentence.start as usize + start, &mut analysis.names);
            }
        }
    }
}

/// The runs of words that are not surely outside.
fn runs(tags: &[f32]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, row) in tags.chunks_exact(NameTag::COUNT).enumerate() {
        if row[0] >= SURELY_OUTSIDE {
            continue;
        }
        match found.last_mut() {
            Some(run) if run.1 == at => run.1 += 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

/// The well-formed tag sequences over a run of words.
#[derive(Debug, Default)]
struct Lattice {
    /// `[n, 21]`: probability of all well-formed sequences up to a word with a tag there, scaled to
    /// sum to 1 at each word.
    forward: Vec<f32>,
    /// The same from the end.
    backward: Vec<f32>,
    /// Log-probability of the best sequence up to a word with a tag there.
    best: Vec<f32>,
    from: Vec<u8>,
}

/// The tags that may stand first, and those that may stand last.
fn may_stand_at_an_end(tag: NameTag) -> (bool, bool) {
    (NameTag::OUTSIDE.may_precede(tag), tag.may_precede(NameTag::OUTSIDE))
}

/// All pairs of tags that may follow each other.
fn transitions() -> impl Iterator<Item = (usize, usize)> {
    let tags = 0..NameTag::COUNT;
    tags.clone()
        .flat_map(move |a| tags.clone().map(move |b| (a, b)))
        .filter(|&(a, b)| NameTag::numbered(a).may_precede(NameTag::numbered(b)))
}

impl Lattice {
    /// Appends the names of the best sequence; `first` is the run's first token.
    fn read(&mut self, tags: &[f32], first: usize, names: &mut Vec<Name>) {
        self.sum(tags);
        let best = self.find_best(tags);
        let mut start = None;
        for (at, tag) in best.iter().enumerate() {
            let Some((kind, part)) = tag.parts() else { continue };
            if matches!(part, Part::Begin | Part::Single) {
                start = Some(at);
            }
            if let (Part::End | Part::Single, Some(start)) = (part, start) {
                names.push(Name {
                    tokens: TokenRange::new(first + start, first + at + 1),
                    kind: KINDS[kind],
                    probability: self.probability(tags, &best, start, at),
                });
            }
        }
    }

    /// Fills `forward` and `backward`.
    fn sum(&mut self, tags: &[f32]) {
        let n = tags.len() / NameTag::COUNT;
        let row = NameTag::COUNT;
        self.forward.clear();
        self.forward.resize(tags.len(), 0.0);
        self.backward.clear();
        self.backward.resize(tags.len(), 0.0);
        for (tag, &probability) in tags.iter().enumerate().take(row) {
            let (first, last) = may_stand_at_an_end(NameTag::numbered(tag));
            self.forward[tag] = if first { probability } else { 0.0 };
            self.backward[(n - 1) * row + tag] = f32::from(u8::from(last));
        }
        scale(&mut self.forward[..row]);
        for at in 1..n {
            let (before, here) = self.forward.split_at_mut(at * row);
            for (a, b) in transitions() {
                here[b] += before[(at - 1) * row + a] * tags[at * row + b];
            }
            scale(&mut here[..row]);
        }
        for at in (0..n - 1).rev() {
            let (here, after) = self.backward.split_at_mut((at + 1) * row);
            for (a, b) in transitions() {
                here[at * row + a] += after[b] * tags[(at + 1) * row + b];
            }
            scale(&mut here[at * row..]);
        }
    }

    /// The probability, among all well-formed sequences, of the tags from `start` to `end`.
    fn probability(&self, tags: &[f32], best: &[NameTag], start: usize, end: usize) -> f32 {
        let row = NameTag::COUNT;
        let at = |values: &[f32], place: usize| values[place * row + usize::from(best[place].0)];
        // Forward to the first tag, the tags between, backward from the last; then the same with
        // all tags in place of these, which `forward` and `backward` give up to their scales.
        let mut path = at(&self.forward, start);
        let mut all: Vec<f32> = self.forward[start * row..(start + 1) * row].to_vec();
        for place in start + 1..=end {
            path *= at(tags, place);
            let mut next = vec![0.0; row];
            for (a, b) in transitions() {
                next[b] += all[a] * tags[place * row + b];
            }
            all = next;
        }
        path *= at(&self.backward, end);
        let backward = &self.backward[end * row..(end + 1) * row];
        let total: f32 = all.iter().zip(backward).map(|(a, b)| a * b).sum();
        if total > 0.0 { (path / total).min(1.0) } else { 0.0 }
    }

    /// The well-formed sequence of the highest probability (Viterbi).
    fn find_best(&mut self, tags: &[f32]) -> Vec<NameTag> {
        let row = NameTag::COUNT;
        let n = tags.len() / row;
        // Far below any log-probability of `f32`, and finite, so that differences stay numbers.
        let never = -1e6_f32;
        let log = |value: f32| value.max(1e-30).ln();
        self.best.clear();
        self.best.resize(tags.len(), never);
        self.from.clear();
        self.from.resize(tags.len(), 0);
        for (tag, &probability) in tags.iter().enumerate().take(row) {
            if may_stand_at_an_end(NameTag::numbered(tag)).0 {
                self.best[tag] = log(probability);
            }
        }
        for at in 1..n {
            let (before, here) = self.best.split_at_mut(at * row);
            let before = &before[(at - 1) * row..];
            for (a, b) in transitions() {
                if before[a] > here[b] {
                    here[b] = before[a];
                    self.from[at * row + b] = NameTag::numbered(a).0;
                }
            }
            for tag in 0..row {
                here[tag] += log(tags[at * row + tag]);
            }
        }
        let last = &mut self.best[(n - 1) * row..];
        for tag in (0..row).filter(|&tag| !may_stand_at_an_end(NameTag::numbered(tag)).1) {
            last[tag] = f32::NEG_INFINITY;
        }
        let mut tag = argmax(last);
        let mut best = vec![NameTag::OUTSIDE; n];
        for at in (0..n).rev() {
            best[at] = NameTag::numbered(tag);
            tag = usize::from(self.from[at * row + tag]);
        }
        best
    }
}

/// Scales values to sum to 1.
fn scale(values: &mut [f32]) {
    let total: f32 = values.iter().sum();
    if total > 0.0 {
        for value in values {
            *value /= total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntityKind;

    /// Log-odds in favour of the given tags, as probabilities.
    fn tags(wanted: &[(NameTag, f32)]) -> Vec<f32> {
        let mut all = Vec::new();
        for &(tag, probability) in wanted {
            let rest = (1.0 - probability) / (NameTag::COUNT - 1) as f32;
            let mut row = vec![rest; NameTag::COUNT];
            row[usize::from(tag.0)] = probability;
            all.extend(row);
        }
        all
    }

    fn read(wanted: &[(NameTag, f32)]) -> Vec<Name> {
        let mut names = Vec::new();
        Lattice::default().read(&tags(wanted), 10, &mut names);
        names
    }

    #[test]
    fn a_name_is_read_with_its_probability() {
        let tag = |part| NameTag::new(EntityKind::Place, part);
        let names =
            read(&[(tag(Part::Begin), 0.9), (tag(Part::End), 0.9), (NameTag::OUTSIDE, 0.9)]);
        assert_eq!(names.len(), 1);
        assert_eq!(names[0].tokens, TokenRange::new(10, 12));
        assert_eq!(names[0].kind, EntityKind::Place);
        assert!(names[0].probability > 0.9, "the broken sequences count for nothing: {names:?}");
    }

    #[test]
    fn a_broken_sequence_is_mended() {
        // An end without a beginning: the word before, which may be outside, begins the name.
        let end = NameTag::new(EntityKind::Person, Part::End);
        let names = read(&[(NameTag::OUTSIDE, 0.5), (end, 0.9)]);
        assert_eq!(names.len(), 1);
        assert_eq!((names[0].tokens, names[0].kind), (TokenRange::new(10, 12), EntityKind::Person));
        assert!(names[0].probability < 0.9, "{names:?}");
    }

    #[test]
    fn runs_leave_out_what_is_surely_no_name() {
        let single = NameTag::new(EntityKind::Group, Part::Single);
        let tags = tags(&[(NameTag::OUTSIDE, 0.9999), (single, 0.8), (NameTag::OUTSIDE, 0.9)]);
        assert_eq!(runs(&tags), [(1, 3)]);
    }
}
