//! What the kernels cost.
//!
//! `items` are multiplications with addition for dense layers, and values for the rest.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box_drop};
use sayso_model::toy::{Random, Toy};
use sayso_model::{Codes, Dense, Dtype, Kernels, LayerNorm, Verify, Weights};

/// Rows, as words of a batch.
const N: usize = 1024;

/// Inputs and outputs.
const SHAPES: [(usize, usize); 4] = [(256, 768), (256, 512), (256, 96), (96, 240)];

const WIDTH: usize = 256;

fn main() {
    divan::main();
}

#[divan::bench(args = SHAPES)]
fn dense(bencher: Bencher<'_, '_>, shape: (usize, usize)) {
    dense_with(bencher, Kernels::detect(), shape);
}

#[divan::bench(args = [(256, 768)])]
fn dense_portable(bencher: Bencher<'_, '_>, shape: (usize, usize)) {
    dense_with(bencher, Kernels::portable(), shape);
}

fn dense_with(bencher: Bencher<'_, '_>, kernels: Kernels, (n_in, n_out): (usize, usize)) {
    let mut random = Random::new(1);
    let dense = Dense::new(&random.bells(n_out * n_in), Some(&random.bells(n_out)), n_in);
    let mut codes = Codes::new();
    kernels.quantize(&random.bells(N * n_in), n_in, &mut codes);
    let mut out = vec![0.0; N * n_out];
    bencher
        .counter(ItemsCount::new(N * n_in * n_out))
        .bench_local(|| kernels.dense(&dense, &codes, &mut out));
}

/// From `f32` weights to a packed layer, once a start.
#[divan::bench(args = [(256, 768)])]
fn pack(bencher: Bencher<'_, '_>, (n_in, n_out): (usize, usize)) {
    let weights = Random::new(1).bells(n_out * n_in);
    bencher.counter(ItemsCount::new(n_in * n_out)).bench_local(|| Dense::new(&weights, None, n_in));
}

/// A weights file of 16 MB.
#[divan::bench(args = [Verify::Full, Verify::Trusted])]
fn load(bencher: Bencher<'_, '_>, verify: Verify) {
    let (description, bytes) = Toy::new(1).table("words", Dtype::F16, 31_250, WIDTH).finish();
    let bytes: &'static [u8] = bytes.leak();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| Weights::from_parts(&description, bytes, verify));
}

#[divan::bench(args = [Dtype::F32, Dtype::F16, Dtype::I8])]
fn add_row(bencher: Bencher<'_, '_>, dtype: Dtype) {
    let (description, bytes) = Toy::new(1).table("words", dtype, 100, WIDTH).finish();
    let weights = Weights::from_parts(&description, bytes, Verify::Full).expect("a toy is whole");
    let table = weights.table("words", 100, WIDTH).expect("it is there");
    let (kernels, mut out) = (Kernels::detect(), vec![0.0; WIDTH]);
    bencher.counter(ItemsCount::new(100 * WIDTH)).bench_local(|| {
        for row in 0..100 {
            kernels.add_row(&table, row, 0.5, &mut out);
        }
    });
}

#[divan::bench]
fn quantize(bencher: Bencher<'_, '_>) {
    let (kernels, values, mut codes) = (Kernels::detect(), values(), Codes::new());
    bencher
        .counter(ItemsCount::new(N * WIDTH))
        .bench_local(|| kernels.quantize(&values, WIDTH, &mut codes));
    black_box_drop(codes);
}

#[divan::bench]
fn layer_norm(bencher: Bencher<'_, '_>) {
    let (kernels, values, mut out) = (Kernels::detect(), values(), vec![0.0; N * WIDTH]);
    let norm = norm();
    bencher
        .counter(ItemsCount::new(N * WIDTH))
        .bench_local(|| kernels.layer_norm(&norm, &values, &mut out));
}

#[divan::bench]
fn layer_norm_quantized(bencher: Bencher<'_, '_>) {
    let (kernels, values, mut codes) = (Kernels::detect(), values(), Codes::new());
    let norm = norm();
    bencher
        .counter(ItemsCount::new(N * WIDTH))
        .bench_local(|| kernels.layer_norm_quantized(&norm, &values, &mut codes));
}

/// Windows of few steps stay in the caches, long ones do not.
#[divan::bench(args = [64, 256, 1024])]
fn gated_recurrence(bencher: Bencher<'_, '_>, n: usize) {
    let kernels = Kernels::detect();
    let (pre, x) = (Random::new(3).bells(3 * n * WIDTH), Random::new(2).bells(n * WIDTH));
    let mut out = vec![0.0; n * WIDTH];
    bencher
        .counter(ItemsCount::new(n * WIDTH))
        .bench_local(|| kernels.gated_recurrence(&pre, &x, &mut out, WIDTH));
}

#[divan::bench(args = ["exp", "sigmoid", "tanh", "silu", "relu", "softmax"])]
fn function(bencher: Bencher<'_, '_>, name: &str) {
    let kernels = Kernels::detect();
    let f: fn(Kernels, &mut [f32]) = match name {
        "exp" => Kernels::exp,
        "sigmoid" => Kernels::sigmoid,
        "tanh" => Kernels::tanh,
        "silu" => Kernels::silu,
        "relu" => Kernels::relu,
        _ => Kernels::softmax,
    };
    let values = Random::new(2).bells(WIDTH);
    let mut changed = values.clone();
    bencher.counter(ItemsCount::new(WIDTH)).bench_local(|| {
        changed.copy_from_slice(&values);
        f(kernels, &mut changed);
    });
}

fn values() -> Vec<f32> {
    Random::new(2).bells(N * WIDTH)
}

fn norm() -> LayerNorm {
    let mut random = Random::new(4);
    LayerNorm::new(random.bells(WIDTH), random.bells(WIDTH))
}
