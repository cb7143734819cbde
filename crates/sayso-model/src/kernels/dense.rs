//! Dense layers in fixed point: 16-bit weights and inputs, exact 32-bit sums.

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;
pub(super) mod portable;

use std::fmt;

use super::Codes;
use super::codes::{MAX_WIDTH, round};

/// Outputs that are computed together.
const PANEL: usize = 16;

/// Rows whose codes stay in the second-level cache while all panels pass over them: more than most
/// windows have, so that the weights, which come from farther, pass once. A multiple of the rows of
/// every path's tile.
const BLOCK: usize = 192;

/// The Euclidean norm that no row of weight codes exceeds, before rounding.
///
/// Sums are exact as long as they fit 32 bits. By the inequality of Cauchy and Schwarz a sum, and
/// each partial sum, is at most the product of the norms of its two rows. Rounding adds at most
/// `½ √65,536 = 128` to either norm, so the largest is `(32,000 + 128) · (66,000 + 128)`, about
/// 2,124.6 million, below 2^31 = 2,147.5 million: no sum can wrap, whatever the input.
pub(super) const WEIGHT_NORM: f64 = 66_000.0;

/// A dense layer: `out = in · weightsᵀ + bias`.
///
/// Weights are rounded to 16 bits once, with one scale for each output, the finest for which no
/// sum can leave 32 bits (see the source). For 256 inputs of a normal distribution that is about
/// 13 bits for the typical weight; a result is off by about 2e-4 of the results' root mean
/// square.
#[derive(Clone, PartialEq)]
pub struct Dense {
    n_in: usize,
    n_out: usize,
    // Invariant: for each output, Σ code² <= (66,000 + 128)² and each code is within ±32,767.
    /// `[n_panels, n_pairs]`.
    panels: Vec<Line>,
    /// What one step of each output's weights is worth; 0 beyond `n_out`.
    scales: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

/// The weights of two neighbouring inputs to the outputs of one panel: the two of the first
/// output, the two of the second output, and so on.
#[derive(Clone, Copy, PartialEq)]
#[repr(C, align(64))]
struct Line([[i16; 2]; PANEL]);

impl Dense {
    /// Rounds and packs weights.
    ///
    /// # Shapes
    ///
    /// `weights` is `[n_out, n_in]`, as PyTorch has it; `bias` is `[n_out]`, or absent for 0.
    ///
    /// # Panics
    ///
    /// If a length does not fit, a value is not finite, or `n_in` is 0 or beyond 65,536.
    pub fn new(weights: &[f32], bias: Option<&[f32]>, n_in: usize) -> Self {
        assert!((1..=MAX_WIDTH).contains(&n_in), "a layer has 1 to {MAX_WIDTH} inputs, not {n_in}");
        assert!(weights.len().is_multiple_of(n_in), "whole rows of {n_in} weights");
        let n_out = weights.len() / n_in;
        let n_pairs = n_in.div_ceil(2);
        let n_panels = n_out.div_ceil(PANEL);
        let mut dense = Self {
            n_in,
            n_out,
            panels: vec![Line([[0; 2]; PANEL]); n_panels * n_pairs],
            scales: vec![[0.0; PANEL]; n_panels],
            bias: vec![[0.0; PANEL]; n_panels],
        };
        for (output, row) in weights.chunks_exact(n_in).enumerate() {
            dense.pack(output, row);
        }
        if let Some(bias) = bias {
            assert_eq!(bias.len(), n_out, "one bias for each output");
            assert!(bias.iter().all(|value| value.is_finite()), "biases are finite");
            dense.bias.as_flattened_mut()[..n_out].copy_from_slice(bias);
        }
        dense
    }

    /// How many values an input row has.
    pub fn n_in(&self) -> usize {
        self.n_in
    }

    /// How many values an output row has.
    pub fn n_out(&self) -> usize {
        self.n_out
    }

    /// Rounds the weights of one output and puts them into their panel.
    fn pack(&mut self, output: usize, row: &[f32]) {
        let scale = scale(row);
        let (panel, column) = (output / PANEL, output % PANEL);
        self.scales[panel][column] = scale;
        if scale == 0.0 {
            return;
        }
        let n_pairs = self.n_in.div_ceil(2);
        let lines = &mut self.panels[panel * n_pairs..][..n_pairs];
        for (i, &weight) in row.iter().enumerate() {
            lines[i / 2].0[column][i % 2] = round(weight / scale);
        }
    }

    /// The lines of `n` panels, one panel after the other.
    fn panels(&self, first: usize, n: usize) -> &[Line] {
        let n_pairs = self.n_in.div_ceil(2);
        &self.panels[first * n_pairs..][..n * n_pairs]
    }

    /// Panics unless the shapes of input and output fit.
    pub(super) fn check(&self, codes: &Codes, out: &[f32]) {
        let n = codes.n_rows();
        assert!(
            n == 0 || codes.width() == self.n_in,
            "rows of {} values for a layer of {} inputs",
            codes.width(),
            self.n_in
        );
        assert_eq!(out.len(), n * self.n_out, "{} results for each of {n} rows", self.n_out);
    }
}

impl fmt::Debug for Dense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dense({} -> {})", self.n_in, self.n_out)
    }
}

/// The step of the codes of one output's weights; 0 if all weights are (next to) 0.
#[expect(clippy::cast_possible_truncation, reason = "the step is wanted in single precision")]
fn scale(row: &[f32]) -> f32 {
    assert!(row.iter().all(|weight| weight.is_finite()), "weights are finite");
    let largest = row.iter().fold(0.0_f64, |max, &weight| max.max(f64::from(weight).abs()));
    let norm = row.iter().map(|&weight| f64::from(weight).powi(2)).sum::<f64>().sqrt();
    // One part in a million more, as single precision may round to a smaller step.
    let scale = ((largest / 32_767.0).max(norm / WEIGHT_NORM) * 1.000_001) as f32;
    if scale.is_normal() { scale } else { 0.0 }
}

/// A part of the result: some rows, in some panels of outputs.
struct Tile {
    row: usize,
    n_rows: usize,
    panel: usize,
    n_panels: usize,
}

/// Cuts the work into tiles of at most so many rows and panels, in an order that is kind to the
/// caches: panels stay in the first level while the rows of a block pass, the block in the second.
fn tiles(n: usize, n_panels: usize, [rows, panels]: [usize; 2]) -> impl Iterator<Item = Tile> {
    (0..n).step_by(BLOCK).flat_map(move |start| {
        let end = n.min(start + BLOCK);
        (0..n_panels).step_by(panels).flat_map(move |panel| {
            let n_panels = panels.min(n_panels - panel);
            let tile = move |row| Tile { row, n_rows: rows.min(end - row), panel, n_panels };
            (start..end).step_by(rows).map(tile)
        })
    })
}

/// Turns the sums of one row of a tile into results.
///
/// The vector paths do the same operations in the same order.
fn finish(dense: &Dense, panel: usize, sums: &[i32; PANEL], scale: f32, out: &mut [f32]) {
    let (scales, bias) = (&dense.scales[panel], &dense.bias[panel]);
    let from = panel * PANEL;
    let n = PANEL.min(dense.n_out - from);
    for (i, out) in out[from..from + n].iter_mut().enumerate() {
        *out = sums[i] as f32 * scales[i] * scale + bias[i];
    }
}
