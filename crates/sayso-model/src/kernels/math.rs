//! Elementary functions, made of additions, multiplications, divisions and selections only, so
//! that compilers turn the loops into vector code and every processor gives the same bits.
//!
//! The approximations of the logarithm and of the hyperbolic tangent are those of the Cephes
//! library (S. L. Moshier, 1989; `logf`, `tanhf`), as is the reduction of the exponential's
//! argument.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with vector instructions")]
#![expect(clippy::excessive_precision, reason = "constants as published")]

use super::reduce;

/// 1.5 · 2^23: adding it to a value below 2^22 rounds the value to an integer, ties to even, and
/// leaves the integer in the low bits.
pub(super) const ROUNDER: f32 = 12_582_912.0;

/// Where `e^x` is next to the smallest and to the largest normal number.
const LOWEST: f32 = -87.3;
const HIGHEST: f32 = 88.3;

/// ln 2 in two parts, of which the first has few enough bits for exact products.
const LN_2_HIGH: f32 = 0.693_359_375;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// `e^x`; see [`super::Kernels::exp`] for the range.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    if x < LOWEST { 0.0 } else { exp_within(x) }
}

/// `e^x` for `x` moved into the range where neither end of the exponent is left.
///
/// With `x = n ln 2 + r`, it is `2^n · (1 + r + r² q(r))`; `q` is the cubic polynomial of the
/// least relative error on ±½ ln 2, 1.1e-7, found by weighted least squares (Lawson 1961).
#[inline(always)]
fn exp_within(x: f32) -> f32 {
    // Written so that not-a-number passes through.
    let clamped = if x > HIGHEST { HIGHEST } else { x };
    let clamped = if clamped < LOWEST { LOWEST } else { clamped };
    let rounded = clamped * std::f32::consts::LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    let r = clamped - n * LN_2_HIGH - n * LN_2_LOW;
    // In two halves, which do not wait for each other.
    let square = r * r;
    let q = (8.312_432e-3 * r + 4.189_098_6e-2) * square + (1.666_711_9e-1 * r + 4.999_922_5e-1);
    let fraction = q * square + (r + 1.0);
    // 2^n: the low bits of `rounded` are n, and the shift moves them into the exponent.
    let power = f32::from_bits((rounded.to_bits() << 23).wrapping_add(0x3f80_0000));
    fraction * power
}

/// `1 / (1 + e^−x)`.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp_within(-x))
}

/// The hyperbolic tangent: an odd polynomial near 0, where the quotient would cancel.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let square = x * x;
    let mut p = -5.704_988_7e-3;
    for coefficient in [2.063_908_9e-2, -5.373_971_7e-2, 1.333_144_2e-1, -3.333_328_2e-1] {
        p = p * square + coefficient;
    }
    let near = p * square * x + x;
    let far = (1.0 - 2.0 / (exp_within(2.0 * x.abs()) + 1.0)).copysign(x);
    if x.abs() < 0.625 { near } else { far }
}

/// The natural logarithm of a positive normal number.
#[inline(always)]
fn ln(x: f32) -> f32 {
    const SQRT_HALF: u32 = 0x3f35_04f3;
    // x = (1 + r) · 2^n with 1 + r from √½ to √2.
    let offset = x.to_bits().wrapping_sub(SQRT_HALF).cast_signed();
    let n = (offset >> 23) as f32;
    let r = f32::from_bits((offset.cast_unsigned() & 0x007f_ffff) + SQRT_HALF) - 1.0;
    let square = r * r;
    let mut p = 7.037_683_6e-2;
    for coefficient in [
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333_1e-1,
    ] {
        p = p * r + coefficient;
    }
    let tail = p * r * square + n * LN_2_LOW - 0.5 * square;
    n * LN_2_HIGH + (r + tail)
}

#[inline(always)]
pub(super) fn exp_all(values: &mut [f32]) {
    for value in values {
        *value = exp(*value);
    }
}

#[inline(always)]
pub(super) fn sigmoid_all(values: &mut [f32]) {
    for value in values {
        *value = sigmoid(*value);
    }
}

#[inline(always)]
pub(super) fn tanh_all(values: &mut [f32]) {
    for value in values {
        *value = tanh(*value);
    }
}

#[inline(always)]
pub(super) fn silu_all(values: &mut [f32]) {
    for value in values {
        *value *= sigmoid(*value);
    }
}

#[inline(always)]
pub(super) fn relu_all(values: &mut [f32]) {
    for value in values {
        // All bits go where the sign is set. A comparison becomes a masked store, which is slow.
        let bits = value.to_bits();
        *value = f32::from_bits(bits & !((bits.cast_signed() >> 31).cast_unsigned()));
    }
}

/// See [`super::Kernels::softmax`].
#[inline(always)]
pub(super) fn softmax(values: &mut [f32]) {
    let max = reduce::max(values);
    for value in values.iter_mut() {
        *value = exp(*value - max);
    }
    let total = reduce::sum(values, |value| value);
    for value in values.iter_mut() {
        *value /= total;
    }
}

/// See [`super::Kernels::log_sum_exp`].
#[inline(always)]
pub(super) fn log_sum_exp(values: &[f32]) -> f32 {
    let max = reduce::max(values);
    if !max.is_finite() {
        return max;
    }
    max + ln(reduce::sum(values, |value| exp(value - max)))
}
