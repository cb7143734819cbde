//! Parts of speech and morphological features.

use sayso_model::{Dense, ModelError, Weights};

use super::{Buffers, Head, Window};
use crate::Analysis;

/// Universal and Penn tags and features: three label sets over one dense layer.
#[derive(Debug)]
pub(super) struct Tags {
    dense: Dense,
    upos: Vec<String>,
    xpos: Vec<String>,
    feats: Vec<String>,
}

/// Log-odds of a window's words, `[n, labels of all three sets]`.
pub(crate) type TagBuffers = Vec<f32>;

impl Tags {
    pub(super) fn load(weights: &Weights) -> Result<Box<dyn Head>, ModelError> {
        let width = weights.size("width")?;
        let [upos, xpos, feats] = ["upos", "xpos", "feats"].map(|set| weights.labels(set));
        let (upos, xpos, feats) = (upos?, xpos?, feats?);
        let parts = [("upos", upos.len()), ("xpos", xpos.len()), ("feats", feats.len())];
        Ok(Box::new(Self {
            dense: stack(weights, &parts, width)?,
            upos: upos.to_vec(),
            xpos: xpos.to_vec(),
            feats: feats.to_vec(),
        }))
    }
}

impl Head for Tags {
    fn read<'m>(&'m self, window: &Window<'_>, buffers: &mut Buffers, analysis: &mut Analysis<'m>) {
        let log_odds = &mut buffers.tags;
        let n_labels = self.dense.n_out();
        log_odds.resize(window.surfaces.len() * n_labels, 0.0);
        window.kernels.dense(&self.dense, &window.encoding.codes, log_odds);
        let words = &mut analysis.words[window.first..];
        for (word, row) in words.iter_mut().zip(log_odds.chunks_exact(n_labels)) {
            let (upos, rest) = row.split_at(self.upos.len());
            let (xpos, feats) = rest.split_at(self.xpos.len());
            word.upos = &self.upos[argmax(upos)];
            word.xpos = &self.xpos[argmax(xpos)];
            word.feats = &self.feats[argmax(feats)];
        }
    }
}

/// Dense layers of the same input as one, their outputs side by side.
pub(super) fn stack(
    weights: &Weights,
    parts: &[(&str, usize)],
    n_in: usize,
) -> Result<Dense, ModelError> {
    let (mut matrix, mut bias) = (Vec::new(), Vec::new());
    for &(name, n_out) in parts {
        matrix.extend(weights.matrix(&format!("{name}.weight"), n_out, n_in)?);
        let name = format!("{name}.bias");
        if weights.has(&name) {
            bias.extend(weights.vector(&name, n_out)?);
        } else {
            bias.resize(bias.len() + n_out, 0.0);
        }
    }
    Ok(Dense::new(&matrix, Some(&bias), n_in))
}

/// The index of the largest value; the first of several.
pub(super) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = at;
        }
    }
    best
}
