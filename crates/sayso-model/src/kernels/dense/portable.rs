//! Dense layers in plain integer arithmetic.

use super::{Dense, Line, PANEL, finish, tiles};
use crate::kernels::Codes;

/// Rows of a tile: as many as let the sums of one panel stay in registers.
const ROWS: usize = 2;

/// See [`crate::Kernels::dense`]; the shapes have been checked.
pub(in crate::kernels) fn apply(dense: &Dense, codes: &Codes, out: &mut [f32]) {
    let stride = codes.stride();
    for tile in tiles(codes.n_rows(), dense.scales.len(), ROWS) {
        for row in tile.row..tile.row + tile.n_rows {
            let input = &codes.values()[row * stride..][..stride];
            let sums = sums(input, dense.panel(tile.panel));
            let out = &mut out[row * dense.n_out..][..dense.n_out];
            finish(dense, tile.panel, &sums, codes.scales()[row], out);
        }
    }
}

/// The sums of one row in one panel.
fn sums(input: &[i16], lines: &[Line]) -> [i32; PANEL] {
    let mut sums = [0; PANEL];
    for (pair, line) in input.as_chunks::<2>().0.iter().zip(lines) {
        let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
        for (sum, weights) in sums.iter_mut().zip(&line.0) {
            *sum += a * i32::from(weights[0]) + b * i32::from(weights[1]);
        }
    }
    sums
}
