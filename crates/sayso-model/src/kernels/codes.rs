//! Rows of 16-bit integers: what dense layers multiply.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with vector instructions")]

use super::math::ROUNDER;
use super::reduce;

/// The Euclidean norm that a row of codes is scaled to, before rounding.
///
/// Just below 2^15, so that no single code can leave 16 bits; [`super::dense::WEIGHT_NORM`] is
/// chosen with it.
pub(super) const CODE_NORM: f32 = 32_000.0;

/// Rows of a smaller norm count as zeros: the squares of their values would be too small for
/// single precision, and the norm wrong.
const SMALLEST_NORM: f32 = 1e-12;

/// The widest row. Rounding moves a row's norm by at most half of the square root of its width,
/// which [`CODE_NORM`] leaves room for.
pub(crate) const MAX_WIDTH: usize = 65_536;

/// Rows of `f32` as 16-bit integers with one scale a row.
///
/// Every row is scaled to the same Euclidean norm of 32,000, so codes neither overflow nor
/// saturate, and a row of any magnitude keeps the same relative precision: for 256 values of a
/// normal distribution, errors of 1.4e-4 of the row's root mean square.
///
/// A row of zeros, or of a norm below 1e-12, has scale 0. A row with a value that is infinite or
/// not a number, or so large (beyond 1e18) that its norm is infinite, has scale NaN, and every
/// result made from it is NaN.
///
/// Belongs to the caller and is meant to be used again: its memory grows to the largest input.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    // Invariant: for each row, Σ code² < 32,128², and the codes from `width` to the stride are 0.
    values: Vec<i16>,
    scales: Vec<f32>,
    width: usize,
    /// One row of `f32`, between a layer norm and its quantising.
    pub(super) row: Vec<f32>,
}

impl Codes {
    /// No rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.scales.len()
    }

    /// How many values a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Appends the rows of `other`, which have the same width unless there are none yet.
    ///
    /// # Panics
    ///
    /// If the widths differ.
    pub fn append(&mut self, other: &Self) {
        if self.scales.is_empty() {
            self.width = other.width;
        }
        assert_eq!(self.width, other.width, "rows of one width");
        self.values.extend_from_slice(&other.values);
        self.scales.extend_from_slice(&other.scales);
    }

    /// Appends one row of `other`, which has the same width unless there are none yet.
    ///
    /// # Panics
    ///
    /// If the widths differ or there is no such row.
    pub fn push(&mut self, other: &Self, row: usize) {
        if self.scales.is_empty() {
            self.width = other.width;
        }
        assert_eq!(self.width, other.width, "rows of one width");
        self.values.extend_from_slice(&other.values[row * other.stride()..][..other.stride()]);
        self.scales.push(other.scales[row]);
    }

    /// Makes room for `n` rows of a width in all, so that appending them moves none.
    pub fn reserve(&mut self, n: usize, width: usize) {
        let values = n * width.next_multiple_of(2);
        self.values.reserve_exact(values.saturating_sub(self.values.len()));
        self.scales.reserve_exact(n.saturating_sub(self.scales.len()));
    }

    /// Keeps the rows of `order`, which ascends, and forgets all others.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn keep(&mut self, order: impl Iterator<Item = usize>) {
        let stride = self.stride();
        let mut n = 0;
        for row in order {
            assert!(row >= n, "rows move to the front");
            self.values.copy_within(row * stride..(row + 1) * stride, n * stride);
            self.scales[n] = self.scales[row];
            n += 1;
        }
        self.values.truncate(n * stride);
        self.scales.truncate(n);
    }

    /// Forgets all rows and keeps their memory.
    pub fn clear(&mut self) {
        self.values.clear();
        self.scales.clear();
    }

    /// The distance of two rows: the width, made even.
    pub(super) fn stride(&self) -> usize {
        self.width.next_multiple_of(2)
    }

    /// All codes, `[n, stride]`.
    pub(super) fn values(&self) -> &[i16] {
        &self.values
    }

    /// What one step of each row's codes is worth.
    pub(super) fn scales(&self) -> &[f32] {
        &self.scales
    }

    /// Makes room for `n` rows of a width; their contents are whatever was there before.
    pub(super) fn resize(&mut self, n: usize, width: usize) {
        assert!((1..=MAX_WIDTH).contains(&width), "a row has 1 to {MAX_WIDTH} values, not {width}");
        self.width = width;
        self.values.resize(n * self.stride(), 0);
        self.scales.resize(n, 0.0);
    }

    /// Quantises one row.
    #[inline(always)]
    pub(super) fn set(&mut self, row: usize, values: &[f32]) {
        let norm = reduce::sum(values, |value| value * value).sqrt();
        let (scale, inverse) = if norm < SMALLEST_NORM {
            (0.0, 0.0)
        } else if norm.is_finite() {
            (norm / CODE_NORM, CODE_NORM / norm)
        } else {
            (f32::NAN, 0.0)
        };
        self.scales[row] = scale;
        let stride = self.stride();
        let codes = &mut self.values[row * stride..][..stride];
        let (codes, padding) = codes.split_at_mut(values.len());
        for (code, &value) in codes.iter_mut().zip(values) {
            *code = round(value * inverse);
        }
        padding.fill(0);
    }
}

/// See [`super::Kernels::quantize`].
#[inline(always)]
pub(super) fn quantize(values: &[f32], width: usize, codes: &mut Codes) {
    assert!(width > 0 && values.len().is_multiple_of(width), "whole rows of {width} values");
    codes.resize(values.len() / width, width);
    for (row, values) in values.chunks_exact(width).enumerate() {
        codes.set(row, values);
    }
}

/// See [`super::Kernels::add_codes`].
#[inline(always)]
pub(super) fn add(codes: &Codes, row: usize, values: &mut [f32]) {
    assert_eq!(codes.width, values.len(), "a sum takes vectors of one length");
    let scale = codes.scales[row];
    let codes = &codes.values[row * codes.stride()..][..codes.width];
    for (value, &code) in values.iter_mut().zip(codes) {
        *value += f32::from(code) * scale;
    }
}

/// To the nearest integer, ties to even, of a value within ±32,767. Not-a-number, which a row
/// with scale NaN may hold, gives some code.
#[expect(clippy::cast_possible_truncation, reason = "the low 16 bits hold the integer")]
#[inline(always)]
pub(super) fn round(value: f32) -> i16 {
    (value + ROUNDER).to_bits() as i16
}
