//! Dependency trees: every word's head and relation (UD v2), one root a sentence.

mod decode;

use sayso_model::{Codes, Dense, Kernels, ModelError, Weights};
use sayso_text::{TokenId, TokenRange};

use super::tags::{argmax, stack};
use super::{Buffers, Head, Window};
use crate::Analysis;
use decode::{NO_ARC, TreeDecoder};

/// Arcs are told apart by distance up to this many words.
const FARTHEST: usize = 31;

/// The biaffine arc scorer of Dozat and Manning (2017), arXiv:1611.01734, and a relation scorer
/// over the sum of two projections.
#[derive(Debug)]
pub(super) struct Trees {
    arc: usize,
    rel: usize,
    /// From a word to `[arc as dependent, arc as head, relation as dependent, as head]`.
    project: Dense,
    bilinear: Dense,
    root_arc: Vec<f32>,
    root_rel: Vec<f32>,
    /// By signed distance from dependent to head, from −31 to 31 after an entry for the root.
    distance: Vec<f32>,
    rel_out: Dense,
    deprels: Vec<String>,
    root_deprel: usize,
}

/// Working memory for the largest sentence so far.
#[derive(Debug, Default)]
pub(super) struct TreeBuffers {
    projected: Vec<f32>,
    dep: Vec<f32>,
    heads: Vec<f32>,
    codes: Codes,
    /// Log-odds, then log-probabilities, `[n, n + 1]`: column 0 is the root.
    arcs: Vec<f32>,
    decoder: TreeDecoder,
    tree: Vec<usize>,
    relations: Vec<f32>,
    log_odds: Vec<f32>,
}

impl Trees {
    pub(super) fn load(weights: &Weights) -> Result<Box<dyn Head>, ModelError> {
        let [width, arc, rel] = ["width", "arc", "rel"].map(|name| weights.size(name));
        let (width, arc, rel) = (width?, arc?, rel?);
        let parts = [
            ("tree.arc_dep.0", arc),
            ("tree.arc_head.0", arc),
            ("tree.rel_dep", rel),
            ("tree.rel_head", rel),
        ];
        let project = stack(weights, &parts, width)?;
        let root = root_projections(&project, &weights.vector("tree.root", width)?);
        let (_, rest) = root.split_at(arc);
        let (root_arc, rest) = rest.split_at(arc);
        let (_, root_rel) = rest.split_at(rel);
        let deprels = weights.labels("deprel")?.to_vec();
        Ok(Box::new(Self {
            arc,
            rel,
            bilinear: weights.dense("tree.bilinear", arc, arc)?,
            root_arc: root_arc.iter().map(|value| value.max(0.0)).collect(),
            root_rel: root_rel.to_vec(),
            project,
            distance: weights.matrix("tree.distance.weight", 2 * FARTHEST + 3, 1)?,
            rel_out: weights.dense("tree.rel_out", rel, deprels.len())?,
            root_deprel: weights.label_index("deprel", "root")?,
            deprels,
        }))
    }

    /// Fills `arcs` with log-probabilities of heads for the words of one sentence.
    fn score_arcs(&self, kernels: Kernels, projected: &[f32], buffers: &mut TreeBuffers) {
        let row = self.project.n_out();
        let n = projected.len() / row;
        let TreeBuffers { dep, heads, codes, arcs, .. } = buffers;
        dep.clear();
        heads.clear();
        heads.extend_from_slice(&self.root_arc);
        for word in projected.chunks_exact(row) {
            let (as_dep, rest) = word.split_at(self.arc);
            let (as_head, _) = rest.split_at(self.arc);
            dep.extend(as_dep.iter().map(|value| value.max(0.0)));
            heads.extend(as_head.iter().map(|value| value.max(0.0)));
        }
        kernels.quantize(dep, self.arc, codes);
        kernels.dense(&self.bilinear, codes, dep);
        arcs.resize(n * (n + 1), 0.0);
        kernels.dots(dep, heads, self.arc, arcs);
        for (at, row) in arcs.chunks_exact_mut(n + 1).enumerate() {
            row[0] += self.distance[0];
            for (head, value) in row[1..].iter_mut().enumerate() {
                let distance = match head.checked_sub(at) {
                    Some(after) => FARTHEST + 1 + after.min(FARTHEST),
                    None => FARTHEST + 1 - (at - head).min(FARTHEST),
                };
                *value += self.distance[distance];
            }
            row[at + 1] = NO_ARC;
            let total = kernels.log_sum_exp(row);
            for value in row {
                *value -= total;
            }
        }
    }

    /// Fills `log_odds` with those of every word's relation to its head.
    fn score_relations(&self, kernels: Kernels, projected: &[f32], buffers: &mut TreeBuffers) {
        let row = self.project.n_out();
        let TreeBuffers { tree, relations, codes, log_odds, .. } = buffers;
        relations.clear();
        for (word, &head) in projected.chunks_exact(row).zip(tree.iter()) {
            let (_, relation) = word.split_at(2 * self.arc);
            let (as_dep, _) = relation.split_at(self.rel);
            let as_head = match head {
                0 => &self.root_rel[..],
                _ => &projected[head * row - self.rel..head * row],
            };
            relations.extend(as_dep.iter().zip(as_head).map(|(dep, head)| (dep + head).max(0.0)));
        }
        kernels.quantize(relations, self.rel, codes);
        log_odds.resize(tree.len() * self.deprels.len(), 0.0);
        kernels.dense(&self.rel_out, codes, log_odds);
    }

    fn read_sentence<'m>(
        &'m self,
        kernels: Kernels,
        sentence: TokenRange,
        projected: &[f32],
        buffers: &mut TreeBuffers,
        analysis: &mut Analysis<'m>,
    ) {
        self.score_arcs(kernels, projected, buffers);
        buffers.decoder.decode(&buffers.arcs, sentence.len(), &mut buffers.tree);
        self.score_relations(kernels, projected, buffers);
        let n = sentence.len();
        let words = &mut analysis.words[sentence.range()];
        let log_odds = buffers.log_odds.chunks_exact_mut(self.deprels.len());
        for (at, (word, log_odds)) in words.iter_mut().zip(log_odds).enumerate() {
            let head = buffers.tree[at];
            word.head = head.checked_sub(1).map(|head| {
                TokenId(sentence.start + u32::try_from(head).expect("a sentence is short"))
            });
            let mut probability = [buffers.arcs[at * (n + 1) + head]];
            kernels.exp(&mut probability);
            word.head_probability = probability[0];
            if head != 0 {
                // `root` is the relation to the root and no other.
                log_odds[self.root_deprel] = NO_ARC;
            }
            kernels.softmax(log_odds);
            let deprel = if head == 0 { self.root_deprel } else { argmax(log_odds) };
            word.deprel = &self.deprels[deprel];
            word.deprel_probability = log_odds[deprel];
        }
    }
}

/// What the layer makes of the root's vector.
fn root_projections(project: &Dense, root: &[f32]) -> Vec<f32> {
    let kernels = Kernels::portable();
    let mut codes = Codes::new();
    let mut out = vec![0.0; project.n_out()];
    kernels.quantize(root, root.len(), &mut codes);
    kernels.dense(project, &codes, &mut out);
    out
}

impl Head for Trees {
    fn read<'m>(&'m self, window: &Window<'_>, buffers: &mut Buffers, analysis: &mut Analysis<'m>) {
        let buffers = &mut buffers.tree;
        let mut projected = std::mem::take(&mut buffers.projected);
        let row = self.project.n_out();
        projected.resize(window.surfaces.len() * row, 0.0);
        window.kernels.dense(&self.project, &window.encoding.codes, &mut projected);
        for &sentence in window.sentences {
            let first = sentence.start as usize - window.first;
            let words = &projected[first * row..(first + sentence.len()) * row];
            self.read_sentence(window.kernels, sentence, words, buffers, analysis);
        }
        buffers.projected = projected;
    }
}
