//! Sums, maxima and dot products over slices, in one fixed order.
//!
//! Values are taken 32 at a time into as many partial results, so that four vector registers of
//! eight lanes need not wait for each other; what is left goes to the first lanes, and a fixed
//! tree combines them. Narrower registers do the same in more steps.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with vector instructions")]

/// One partial result a lane.
type Lanes = [f32; 32];

/// `Σ f(values[i])`.
#[inline(always)]
pub(super) fn sum(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    reduce(values, 0.0, |sum, value| sum + f(value), |a, b| a + b)
}

/// The largest value; minus infinity for no values. Not-a-number is passed over.
#[inline(always)]
pub(super) fn max(values: &[f32]) -> f32 {
    reduce(values, f32::NEG_INFINITY, |max, value| larger(value, max), larger)
}

/// Folds every value into one of the lanes with `step`, then the lanes with `join`.
#[inline(always)]
fn reduce(
    values: &[f32],
    start: f32,
    step: impl Fn(f32, f32) -> f32,
    join: impl Fn(f32, f32) -> f32,
) -> f32 {
    let (chunks, rest) = values.as_chunks::<32>();
    let (eights, rest) = rest.as_chunks::<8>();
    let mut lanes: Lanes = [start; 32];
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = step(*lane, value);
        }
    }
    for chunk in eights {
        for (lane, &value) in lanes[..8].iter_mut().zip(chunk) {
            *lane = step(*lane, value);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane = step(*lane, value);
    }
    fold(lanes, join)
}

/// `Σ a[i] · b[i]`.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len(), "a dot product takes vectors of one length");
    let ((a_chunks, a_rest), (b_chunks, b_rest)) = (a.as_chunks::<32>(), b.as_chunks::<32>());
    let ((a_eights, a_rest), (b_eights, b_rest)) = (a_rest.as_chunks(), b_rest.as_chunks());
    let mut lanes: Lanes = [0.0; 32];
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        add_products(&mut lanes, a, b);
    }
    for (a, b) in a_eights.iter().zip(b_eights) {
        add_products::<8>(&mut lanes, a, b);
    }
    for (lane, (a, b)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *lane += a * b;
    }
    fold(lanes, |a, b| a + b)
}

/// Adds products to the first `N` lanes.
#[inline(always)]
fn add_products<const N: usize>(lanes: &mut Lanes, a: &[f32; N], b: &[f32; N]) {
    for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
        *lane += a * b;
    }
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

/// Combines the lanes: the upper half into the lower half, until one is left.
#[inline(always)]
fn fold(lanes: Lanes, join: impl Fn(f32, f32) -> f32) -> f32 {
    let sixteen: [f32; 16] = std::array::from_fn(|i| join(lanes[i], lanes[i + 16]));
    let eight: [f32; 8] = std::array::from_fn(|i| join(sixteen[i], sixteen[i + 8]));
    let four: [f32; 4] = std::array::from_fn(|i| join(eight[i], eight[i + 4]));
    join(join(four[0], four[2]), join(four[1], four[3]))
}

/// `a` if it is larger, else `b`: one instruction, unlike `f32::max`, which treats
/// not-a-number alike on either side.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}
