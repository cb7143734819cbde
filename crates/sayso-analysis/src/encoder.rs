//! The encoder: from a window of words to one vector a word that knows its surroundings.
//!
//! `train/model.py` defines the same network; the parity fixtures hold the two together.

mod types;

use sayso_model::{Codes, Dense, Kernels, LayerNorm, ModelError, Weights};

pub(crate) use types::{TypeCache, TypeEmbedding, TypeId};

/// The trained encoder, immutable and shared by all threads.
#[derive(Debug)]
pub(crate) struct Encoder {
    pub(crate) width: usize,
    types: TypeEmbedding,
    convolution_bias: Vec<f32>,
    contexts: Vec<f32>,
    layers: Vec<Layer>,
    norm: LayerNorm,
}

/// A gated recurrence with the norm and the projection before it.
#[derive(Debug)]
pub(crate) struct Layer {
    norm: LayerNorm,
    project: Dense,
}

impl Layer {
    pub(crate) fn from_weights(
        weights: &Weights,
        name: &str,
        width: usize,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            norm: weights.layer_norm(&format!("{name}.norm"), width)?,
            project: weights.dense(&format!("{name}.project"), width, 3 * width)?,
        })
    }

    /// The gates and candidates of the recurrence: `[n, width]` to `pre`, `[n, 3, width]`.
    pub(crate) fn project(&self, kernels: Kernels, x: &[f32], codes: &mut Codes, pre: &mut [f32]) {
        kernels.layer_norm_quantized(&self.norm, x, codes);
        kernels.dense(&self.project, codes, pre);
    }
}

/// A window's words as the heads see them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Encoding {
    /// Each word's type, for what depends on the spelling alone.
    pub(crate) types: Vec<TypeId>,
    /// `[n, width]`, quantised for the heads' dense layers.
    pub(crate) codes: Codes,
}

/// Working memory of [`Encoder::encode`].
#[derive(Debug)]
pub(crate) struct EncoderScratch {
    pub(crate) cache: TypeCache,
    x: Vec<f32>,
    next: Vec<f32>,
    pre: Vec<f32>,
    codes: Codes,
}

impl EncoderScratch {
    /// Working memory with a type cache of at most so many bytes.
    pub(crate) fn new(cache_bytes: usize) -> Self {
        Self {
            cache: TypeCache::new(cache_bytes),
            x: Vec::new(),
            next: Vec::new(),
            pre: Vec::new(),
            codes: Codes::new(),
        }
    }
}

impl Encoder {
    pub(crate) fn from_weights(weights: &Weights) -> Result<Self, ModelError> {
        let width = weights.size("width")?;
        let n_contexts = usize::from(crate::features::N_CONTEXTS);
        let layers = (0..weights.size("layers")?)
            .map(|at| Layer::from_weights(weights, &format!("layers.{at}"), width))
            .collect::<Result<_, ModelError>>()?;
        Ok(Self {
            width,
            types: TypeEmbedding::from_weights(weights, width)?,
            convolution_bias: weights.vector("convolution.bias", 2 * width)?,
            contexts: weights.matrix("context.weight", n_contexts, width)?,
            layers,
            norm: weights.layer_norm("norm", width)?,
        })
    }

    /// Encodes one window.
    ///
    /// # Shapes
    ///
    /// `surfaces` and `contexts` have an entry a word; so has `out`.
    ///
    /// # Cost
    ///
    /// Linear in the words: about `3 · layers · width²` multiplications each, and, for a word type
    /// met for the first time, `6 · width²` more.
    pub(crate) fn encode(
        &self,
        kernels: Kernels,
        surfaces: &[&str],
        contexts: &[u8],
        scratch: &mut EncoderScratch,
        out: &mut Encoding,
    ) {
        let EncoderScratch { cache, x, next, pre, codes } = scratch;
        cache.look_up(&self.types, kernels, surfaces, &mut out.types);
        self.convolve(kernels, cache, &out.types, contexts, x);
        next.resize(x.len(), 0.0);
        pre.resize(3 * x.len(), 0.0);
        for layer in &self.layers {
            layer.project(kernels, x, codes, pre);
            kernels.gated_recurrence(pre, x, next, self.width);
            std::mem::swap(x, next);
        }
        kernels.layer_norm_quantized(&self.norm, x, &mut out.codes);
    }

    /// `x + GLU(taps of the word and its neighbours) + context`, from cached products.
    fn convolve(
        &self,
        kernels: Kernels,
        cache: &TypeCache,
        types: &[TypeId],
        contexts: &[u8],
        out: &mut Vec<f32>,
    ) {
        let d = self.width;
        out.clear();
        let mut gated = vec![0.0; 2 * d];
        for (at, &id) in types.iter().enumerate() {
            gated.copy_from_slice(&self.convolution_bias);
            cache.add_tap(kernels, id, 1, &mut gated);
            if at > 0 {
                cache.add_tap(kernels, types[at - 1], 0, &mut gated);
            }
            if let Some(&next) = types.get(at + 1) {
                cache.add_tap(kernels, next, 2, &mut gated);
            }
            let (value, gate) = gated.split_at_mut(d);
            kernels.sigmoid(gate);
            let state = usize::from(contexts[at]) * d;
            let context = &self.contexts[state..state + d];
            let word = cache.vector(id);
            out.extend((0..d).map(|i| word[i] + value[i] * gate[i] + context[i]));
        }
    }
}
