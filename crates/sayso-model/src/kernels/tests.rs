//! Kernels against double precision, and every path against the portable one.

use proptest::prelude::*;

use super::{Codes, Dense, Kernels, LayerNorm};
use crate::toy::Random;

/// Every path gives the same bits; returns them.
fn on_each_path(f: impl Fn(Kernels) -> Vec<f32>) -> Vec<f32> {
    let expected = f(Kernels::portable());
    for kernels in Kernels::available() {
        let found = f(kernels);
        let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&found), bits(&expected), "{kernels:?} differs from the portable path");
    }
    expected
}

/// The relative error of `found`.
fn error(found: f32, expected: f64) -> f64 {
    (f64::from(found) - expected).abs() / expected.abs().max(1e-30)
}

/// The root mean square.
fn magnitude(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len().max(1) as f64;
    (values.map(|value| value * value).sum::<f64>() / n).sqrt()
}

fn dense_on_each_path(dense: &Dense, input: &[f32]) -> Vec<f32> {
    let n = input.len() / dense.n_in();
    on_each_path(|kernels| {
        let (mut codes, mut out) = (Codes::new(), vec![f32::NAN; n * dense.n_out()]);
        kernels.quantize(input, dense.n_in(), &mut codes);
        kernels.dense(dense, &codes, &mut out);
        out
    })
}

/// `input · weightsᵀ + bias` in double precision.
fn product(input: &[f32], weights: &[f32], bias: &[f32], n_in: usize) -> Vec<f64> {
    let rows = input.chunks_exact(n_in);
    rows.flat_map(|row| {
        weights.chunks_exact(n_in).zip(bias).map(move |(weights, &bias)| {
            let products = row.iter().zip(weights).map(|(&a, &b)| f64::from(a) * f64::from(b));
            products.sum::<f64>() + f64::from(bias)
        })
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dense_is_the_product_on_every_path(
        n in 0_usize..20,
        n_in in 1_usize..70,
        n_out in 0_usize..40,
        (input_exponent, weight_exponent) in (-8_i32..8, -8_i32..8),
        seed: u64,
    ) {
        let mut random = Random::new(seed);
        let scaled = |values: Vec<f32>, exponent| {
            values.into_iter().map(|x| x * 10_f32.powi(exponent)).collect::<Vec<_>>()
        };
        let input = scaled(random.bells(n * n_in), input_exponent);
        let weights = scaled(random.bells(n_out * n_in), weight_exponent);
        let bias = scaled(random.bells(n_out), input_exponent + weight_exponent);
        let found = dense_on_each_path(&Dense::new(&weights, Some(&bias), n_in), &input);

        let expected = product(&input, &weights, &bias, n_in);
        let scale = 10_f64.powi(input_exponent + weight_exponent) * (n_in as f64).sqrt();
        for (&found, &expected) in found.iter().zip(&expected) {
            prop_assert!((f64::from(found) - expected).abs() < 5e-3 * scale, "{found} {expected}");
        }
    }

    #[test]
    fn sums_never_wrap(n_in in 1_usize..3000, tilt in 0.0_f32..1.0, seed: u64) {
        // Input and weights point the same way: the largest sum that their norms allow.
        let mut random = Random::new(seed);
        let row: Vec<f32> = (0..n_in).map(|_| random.bell() * (1.0 - tilt) + 3.0 * tilt).collect();
        let dense = Dense::new(&row, None, n_in);
        let found = dense_on_each_path(&dense, &row);
        let expected = product(&row, &row, &[0.0], n_in);
        prop_assert!(error(found[0], expected[0]) < 2e-3, "{} {}", found[0], expected[0]);
    }

    #[test]
    fn layer_norm_is_that_of_pytorch(n in 0_usize..4, width in 1_usize..70, seed: u64) {
        let mut random = Random::new(seed);
        let (gain, bias) = (random.bells(width), random.bells(width));
        let values = random.bells(n * width);
        let norm = LayerNorm::new(gain.clone(), bias.clone());
        let found = on_each_path(|kernels| {
            let mut out = vec![f32::NAN; values.len()];
            kernels.layer_norm(&norm, &values, &mut out);
            out
        });
        for (row, found) in values.chunks_exact(width).zip(found.chunks_exact(width)) {
            let mean = row.iter().map(|&x| f64::from(x)).sum::<f64>() / width as f64;
            let squares = row.iter().map(|&x| (f64::from(x) - mean).powi(2));
            let deviation = (squares.sum::<f64>() / width as f64 + 1e-5).sqrt();
            for i in 0..width {
                let normal = (f64::from(row[i]) - mean) / deviation;
                let expected = normal * f64::from(gain[i]) + f64::from(bias[i]);
                prop_assert!((f64::from(found[i]) - expected).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn recurrence_runs_both_ways(t in 0_usize..6, half in 1_usize..150, seed: u64) {
        let d = 2 * half;
        let mut random = Random::new(seed);
        let (pre, x) = (random.bells(3 * t * d), random.bells(t * d));
        let found = on_each_path(|kernels| {
            let mut out = vec![f32::NAN; x.len()];
            kernels.gated_recurrence(&pre, &x, &mut out, d);
            out
        });
        for lane in 0..d {
            let mut state = 0.0;
            for step in 0..t {
                let at = if lane < half { step } else { t - 1 - step };
                let part = |part: usize| f64::from(pre[(3 * at + part) * d + lane]);
                let keep = sigmoid(part(0));
                let show = sigmoid(part(2));
                state = keep * state + (1.0 - keep) * part(1);
                let expected = show * state + (1.0 - show) * f64::from(x[at * d + lane]);
                prop_assert!((f64::from(found[at * d + lane]) - expected).abs() < 1e-5);
            }
        }
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn dense_keeps_its_precision() {
    for (n_in, tolerance) in [(96, 1.5e-4), (256, 2.5e-4), (1024, 5e-4)] {
        let mut random = Random::new(5);
        let (input, weights) = (random.bells(50 * n_in), random.bells(48 * n_in));
        let found = dense_on_each_path(&Dense::new(&weights, None, n_in), &input);
        let expected = product(&input, &weights, &[0.0; 48], n_in);
        let errors =
            found.iter().zip(&expected).map(|(&found, expected)| f64::from(found) - expected);
        let relative = magnitude(errors) / magnitude(expected.iter().copied());
        assert!(relative < tolerance, "{n_in} inputs: {relative:e}");
    }
}

#[test]
fn dense_covers_every_row_and_panel() {
    for n in [1, 5, 12, 95, 96, 97, 200] {
        let (n_in, n_out) = (11, 49);
        let mut random = Random::new(9);
        let (input, weights, bias) =
            (random.bells(n * n_in), random.bells(n_out * n_in), random.bells(n_out));
        let found = dense_on_each_path(&Dense::new(&weights, Some(&bias), n_in), &input);
        let expected = product(&input, &weights, &bias, n_in);
        for (&found, &expected) in found.iter().zip(&expected) {
            assert!((f64::from(found) - expected).abs() < 5e-3, "{n} rows: {found} {expected}");
        }
    }
}

#[test]
fn rows_are_quantised_to_one_norm() {
    let mut codes = Codes::new();
    // One value has all of the norm; the next row is tiny, the third zero.
    Kernels::detect().quantize(&[3e8, 0.0, 0.0, 3e-8, 4e-8, 0.0, 0.0, 0.0, 0.0], 3, &mut codes);
    assert_eq!(codes.values(), [32_000, 0, 0, 0, 19_200, 25_600, 0, 0, 0, 0, 0, 0]);
    assert_eq!((codes.n_rows(), codes.width()), (3, 3));
}

#[test]
fn codes_used_again_for_other_widths_are_padded_with_zeros() {
    let (mut codes, kernels) = (Codes::new(), Kernels::detect());
    kernels.quantize(&[1.0; 12], 4, &mut codes);
    kernels.quantize(&[1.0; 9], 3, &mut codes);
    let mut out = [0.0; 3];
    kernels.dense(&Dense::new(&[1.0; 3], None, 3), &codes, &mut out);
    assert!(out.iter().all(|sum| (sum - 3.0).abs() < 1e-3), "{out:?}");
}

#[test]
fn a_row_that_is_not_finite_gives_nan_and_spoils_no_other() {
    let dense = Dense::new(&[1.0, 1.0], Some(&[2.0]), 2);
    for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
        let found = dense_on_each_path(&dense, &[odd, 1.0, 1.0, 1.0]);
        assert!(found[0].is_nan());
        assert!((found[1] - 4.0).abs() < 1e-3);
    }
}

#[test]
fn rows_too_small_for_their_norm_are_zero() {
    let mut random = Random::new(6);
    for exponent in [-45, -40, -30, -23, -20, -13] {
        let row: Vec<f32> = (0..4000).map(|_| random.bell() * 10_f32.powi(exponent)).collect();
        let found = dense_on_each_path(&Dense::new(&vec![1.0; 4000], None, 4000), &row);
        let expected: f64 = row.iter().map(|&x| f64::from(x)).sum();
        assert!((f64::from(found[0]) - expected).abs() < 1e-11, "1e{exponent}: {}", found[0]);
    }
}

#[test]
fn fused_layer_norm_gives_the_same_codes() {
    let mut random = Random::new(7);
    let norm = LayerNorm::new(random.bells(37), random.bells(37));
    let values = random.bells(5 * 37);
    for kernels in Kernels::available() {
        let (mut fused, mut apart) = (Codes::new(), Codes::new());
        let mut normal = vec![0.0; values.len()];
        kernels.layer_norm_quantized(&norm, &values, &mut fused);
        kernels.layer_norm(&norm, &values, &mut normal);
        kernels.quantize(&normal, 37, &mut apart);
        assert_eq!(fused.values(), apart.values());
        assert_eq!(fused.scales(), apart.scales());
    }
}

/// Checks a function over `from..to` against double precision.
fn check(f: fn(Kernels, &mut [f32]), reference: fn(f64) -> f64, from: f32, to: f32) {
    let n = 100_003;
    let values: Vec<f32> = (0..n).map(|i| from + (to - from) * i as f32 / n as f32).collect();
    let found = on_each_path(|kernels| {
        let mut found = values.clone();
        f(kernels, &mut found);
        found
    });
    for (&x, &found) in values.iter().zip(&found) {
        let expected = reference(f64::from(x));
        assert!(error(found, expected) < 5e-7, "f({x}) = {found}, expected {expected}");
    }
}

#[test]
fn functions_are_those_of_mathematics() {
    check(Kernels::exp, f64::exp, -87.0, 88.0);
    check(Kernels::exp, f64::exp, -1.0, 1.0);
    check(Kernels::sigmoid, sigmoid, -80.0, 80.0);
    check(Kernels::sigmoid, sigmoid, -2.0, 2.0);
    check(Kernels::tanh, f64::tanh, -20.0, 20.0);
    check(Kernels::tanh, f64::tanh, -1e-3, 1e-3);
    check(Kernels::silu, |x| x * sigmoid(x), -80.0, 80.0);
    check(Kernels::relu, |x| x.max(0.0), -5.0, 5.0);
}

#[test]
fn functions_at_the_ends() {
    let all = [f32::NEG_INFINITY, -1e30, -88.0, 0.0, 89.0, 1e30, f32::INFINITY, f32::NAN];
    let on = |f: fn(Kernels, &mut [f32])| {
        on_each_path(|kernels| {
            let mut values = all.to_vec();
            f(kernels, &mut values);
            values
        })
    };
    let exp = on(Kernels::exp);
    assert_eq!(exp[..4], [0.0, 0.0, 0.0, 1.0]);
    assert!(exp[4..7].iter().all(|&x| x > 2e38 && x.is_finite()) && exp[7].is_nan());
    let sigmoid = on(Kernels::sigmoid);
    assert!(sigmoid[..3].iter().all(|&x| x < 1e-37));
    assert_eq!(sigmoid[3..7], [0.5, 1.0, 1.0, 1.0]);
    assert!(sigmoid[7].is_nan());
    assert_eq!(on(Kernels::tanh)[..7], [-1.0, -1.0, -1.0, 0.0, 1.0, 1.0, 1.0]);
    assert!(on(Kernels::tanh)[7].is_nan());
}

#[test]
fn softmax_and_log_sum_exp_do_not_overflow() {
    for n in [1, 2, 7, 8, 9, 64, 100] {
        for offset in [0.0, 1000.0, -1000.0] {
            let mut random = Random::new(n);
            let values: Vec<f32> = (0..n).map(|_| 5.0 * random.bell() + offset).collect();
            let exps: Vec<f64> =
                values.iter().map(|&x| (f64::from(x) - f64::from(offset)).exp()).collect();
            let total: f64 = exps.iter().sum();
            let found = on_each_path(|kernels| {
                let mut found = values.clone();
                kernels.softmax(&mut found);
                found.push(kernels.log_sum_exp(&values));
                found
            });
            for (&found, exp) in found.iter().zip(&exps) {
                assert!((f64::from(found) - exp / total).abs() < 1e-6);
            }
            let expected = total.ln() + f64::from(offset);
            let log_sum = f64::from(*found.last().expect("it was pushed"));
            assert!((log_sum - expected).abs() < 1e-6 * (1.0 + expected.abs()));
        }
    }
}

#[test]
fn softmax_of_a_mask_and_of_nothing() {
    let kernels = Kernels::detect();
    let mut values = [f32::NEG_INFINITY, 2.0, f32::NEG_INFINITY];
    kernels.softmax(&mut values);
    assert_eq!(values.map(f32::to_bits), [0.0, 1.0, 0.0_f32].map(f32::to_bits));
    kernels.softmax(&mut []);
    assert!(kernels.log_sum_exp(&[]) < f32::MIN);
}

#[test]
fn dots_are_the_product_of_rows() {
    let mut random = Random::new(8);
    for (n, m, width) in [(0, 3, 5), (3, 0, 5), (1, 1, 1), (4, 3, 21), (2, 5, 64), (3, 3, 91)] {
        let (a, b) = (random.bells(n * width), random.bells(m * width));
        let found = on_each_path(|kernels| {
            let mut out = vec![f32::NAN; n * m];
            kernels.dots(&a, &b, width, &mut out);
            out
        });
        let expected = product(&a, &b, &vec![0.0; m], width);
        for (&found, expected) in found.iter().zip(expected) {
            assert!((f64::from(found) - expected).abs() < 1e-4);
        }
    }
}

#[test]
#[should_panic(expected = "rows of 3 values for a layer of 2 inputs")]
fn dense_refuses_rows_of_another_width() {
    let mut codes = Codes::new();
    Kernels::detect().quantize(&[1.0; 3], 3, &mut codes);
    Kernels::detect().dense(&Dense::new(&[1.0, 1.0], None, 2), &codes, &mut [0.0]);
}

#[test]
fn appended_codes_add_up_to_their_values() {
    let mut random = crate::toy::Random::new(11);
    let rows: Vec<f32> = random.bells(3 * 33);
    for kernels in Kernels::available() {
        let (mut part, mut all) = (Codes::new(), Codes::new());
        for row in rows.chunks_exact(33) {
            kernels.quantize(row, 33, &mut part);
            all.append(&part);
        }
        assert_eq!((all.n_rows(), all.width()), (3, 33));
        for (row, values) in rows.chunks_exact(33).enumerate() {
            let mut sum = vec![1.0; 33];
            kernels.add_codes(&all, row, &mut sum);
            for (sum, value) in sum.iter().zip(values) {
                assert!((sum - 1.0 - value).abs() < 1e-3, "{sum} {value}");
            }
        }
        all.clear();
        assert_eq!(all.n_rows(), 0);
    }
}
