//! Layer normalisation.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with vector instructions")]

use super::{Codes, reduce};

/// What is added to the variance, as in PyTorch.
const EPSILON: f32 = 1e-5;

/// The gain and the bias of a layer normalisation.
///
/// Variance is that of the whole row (divided by `n`, not `n − 1`), with 1e-5 added, as PyTorch's
/// `LayerNorm` has it.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerNorm {
    // Invariant: both have the same length, at least 1.
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl LayerNorm {
    /// With these gains and biases, one for each value of a row.
    ///
    /// # Panics
    ///
    /// If the lengths differ or are 0.
    pub fn new(gain: Vec<f32>, bias: Vec<f32>) -> Self {
        assert_eq!(gain.len(), bias.len(), "a layer norm has one bias for each gain");
        assert!(!gain.is_empty(), "a layer norm has a width");
        Self { gain, bias }
    }

    /// How many values a row.
    pub fn width(&self) -> usize {
        self.gain.len()
    }

    /// Normalises one row into `out`.
    #[inline(always)]
    fn row(&self, values: &[f32], out: &mut [f32]) {
        let width = self.gain.len() as f32;
        let mean = reduce::sum(values, |value| value) / width;
        let variance = reduce::sum(values, |value| (value - mean) * (value - mean)) / width;
        let inverse = 1.0 / (variance + EPSILON).sqrt();
        let parameters = self.gain.iter().zip(&self.bias);
        for ((out, &value), (&gain, &bias)) in out.iter_mut().zip(values).zip(parameters) {
            *out = (value - mean) * inverse * gain + bias;
        }
    }
}

/// See [`super::Kernels::layer_norm`].
#[inline(always)]
pub(super) fn apply(norm: &LayerNorm, values: &[f32], out: &mut [f32]) {
    let width = norm.width();
    assert!(values.len().is_multiple_of(width), "whole rows of {width} values");
    assert_eq!(values.len(), out.len(), "one result for each value");
    for (values, out) in values.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
        norm.row(values, out);
    }
}

/// See [`super::Kernels::layer_norm_quantized`].
#[inline(always)]
pub(super) fn quantize(norm: &LayerNorm, values: &[f32], codes: &mut Codes) {
    let width = norm.width();
    assert!(values.len().is_multiple_of(width), "whole rows of {width} values");
    codes.resize(values.len() / width, width);
    let mut normal = std::mem::take(&mut codes.row);
    normal.resize(width, 0.0);
    for (row, values) in values.chunks_exact(width).enumerate() {
        norm.row(values, &mut normal);
        codes.set(row, &normal);
    }
    codes.row = normal;
}
