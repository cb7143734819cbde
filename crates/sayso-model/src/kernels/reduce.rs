//! Sums, maxima and dot products over slices, in one fixed order.
//!
//! Eight partial results, of which lane `i` takes every eighth value from the `i`-th on, then a
//! fixed tree over the lanes: the order that a vector register of eight lanes gives for free and
//! that narrower registers give in two or more steps.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with AVX2")]

/// One partial result a lane.
pub(super) type Lanes = [f32; 8];

/// `Σ f(values[i])`.
#[inline(always)]
pub(super) fn sum(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut lanes: Lanes = [0.0; 8];
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += f(value);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane += f(value);
    }
    fold(lanes, |a, b| a + b)
}

/// The largest value; minus infinity for no values. Not-a-number is passed over.
#[inline(always)]
pub(super) fn max(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut lanes: Lanes = [f32::NEG_INFINITY; 8];
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = larger(value, *lane);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane = larger(value, *lane);
    }
    fold(lanes, larger)
}

/// `Σ a[i] · b[i]`.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len(), "a dot product takes vectors of one length");
    let (a_chunks, a_rest) = a.as_chunks::<8>();
    let (b_chunks, b_rest) = b.as_chunks::<8>();
    let mut lanes: Lanes = [0.0; 8];
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for i in 0..8 {
            lanes[i] += a[i] * b[i];
        }
    }
    for (lane, (a, b)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *lane += a * b;
    }
    fold(lanes, |a, b| a + b)
}

/// See [`super::Kernels::dots`].
#[inline(always)]
pub(super) fn dots(a: &[f32], b: &[f32], width: usize, out: &mut [f32]) {
    assert!(width > 0, "rows have a width");
    let (n, m) = (a.len() / width, b.len() / width);
    assert!(n * width == a.len() && m * width == b.len(), "whole rows of {width} values");
    assert_eq!(out.len(), n * m, "one result for every pair of rows");
    if m == 0 {
        return;
    }
    for (a_row, out_row) in a.chunks_exact(width).zip(out.chunks_exact_mut(m)) {
        for (b_row, result) in b.chunks_exact(width).zip(out_row) {
            *result = dot(a_row, b_row);
        }
    }
}

/// See [`super::Kernels::add`].
#[inline(always)]
pub(super) fn add(addend: &[f32], values: &mut [f32]) {
    assert_eq!(addend.len(), values.len(), "a sum takes vectors of one length");
    for (value, addend) in values.iter_mut().zip(addend) {
        *value += addend;
    }
}

/// Combines the lanes: the upper four into the lower four, then two, then one.
#[inline(always)]
fn fold(lanes: Lanes, f: impl Fn(f32, f32) -> f32) -> f32 {
    let four: [f32; 4] = std::array::from_fn(|i| f(lanes[i], lanes[i + 4]));
    f(f(four[0], four[2]), f(four[1], four[3]))
}

/// `a` if it is larger, else `b`: one instruction, unlike `f32::max`, which treats
/// not-a-number alike on either side.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}
