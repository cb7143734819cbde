//! Dense layers in plain integer arithmetic.

use super::{Dense, Line, PANEL, Tile, finish, tiles};
use crate::kernels::Codes;

/// Rows of a tile: each line of weights is widened to 32 bits once for all of them.
const ROWS: usize = 4;

/// See [`crate::Kernels::dense`]; the shapes have been checked.
pub(in crate::kernels) fn apply(dense: &Dense, codes: &Codes, out: &mut [f32]) {
    for mut tile in tiles(codes.n_rows(), dense.scales.len(), [ROWS, 1]) {
        if tile.n_rows == ROWS {
            compute::<ROWS>(dense, codes, &tile, out);
            continue;
        }
        for _ in 0..tile.n_rows {
            compute::<1>(dense, codes, &tile, out);
            tile.row += 1;
        }
    }
}

/// The results of the first `M` rows of a tile.
fn compute<const M: usize>(dense: &Dense, codes: &Codes, tile: &Tile, out: &mut [f32]) {
    let stride = codes.stride();
    let input = std::array::from_fn(|i| &codes.values()[(tile.row + i) * stride..][..stride]);
    for (i, sums) in sums::<M>(input, dense.panels(tile.panel, 1)).iter().enumerate() {
        let row = tile.row + i;
        let out = &mut out[row * dense.n_out..][..dense.n_out];
        finish(dense, tile.panel, sums, codes.scales()[row], out);
    }
}

/// The sums of `M` rows in one panel.
fn sums<const M: usize>(input: [&[i16]; M], lines: &[Line]) -> [[i32; PANEL]; M] {
    let mut sums = [[0; PANEL]; M];
    for (k, Line(line)) in lines.iter().enumerate() {
        for (sums, input) in sums.iter_mut().zip(input) {
            let (a, b) = (input[2 * k], input[2 * k + 1]);
            for (sum, &[first, second]) in sums.iter_mut().zip(line) {
                let products = (i32::from(a) * i32::from(first), i32::from(b) * i32::from(second));
                *sum += products.0 + products.1;
            }
        }
    }
    sums
}
