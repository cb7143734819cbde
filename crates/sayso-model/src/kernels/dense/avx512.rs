//! Dense layers with AVX-512: `vpdpwssd` multiplies 32 pairs and adds each pair to its sum,
//! exactly.

use std::arch::x86_64::{
    __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpwssd_epi32, _mm512_load_si512,
    _mm512_loadu_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
    _mm512_storeu_ps, _mm512_storeu_si512,
};

use super::{Dense, Line, PANEL, Tile, finish, tiles};
use crate::kernels::Codes;

/// Rows of a tile: enough sums to hide the four or five cycles until one can be added to again.
const ROWS: usize = 12;

/// See [`crate::Kernels::dense`]; the shapes have been checked.
#[target_feature(enable = "avx512bw,avx512vnni")]
pub(in crate::kernels) fn apply(dense: &Dense, codes: &Codes, out: &mut [f32]) {
    for mut tile in tiles(codes.n_rows(), dense.scales.len(), ROWS) {
        if tile.n_rows == ROWS {
            compute::<ROWS>(dense, codes, &tile, out);
            continue;
        }
        for _ in 0..tile.n_rows / 4 {
            compute::<4>(dense, codes, &tile, out);
            tile.row += 4;
        }
        for _ in 0..tile.n_rows % 4 {
            compute::<1>(dense, codes, &tile, out);
            tile.row += 1;
        }
    }
}

/// The results of the first `M` rows of a tile.
#[target_feature(enable = "avx512bw,avx512vnni")]
fn compute<const M: usize>(dense: &Dense, codes: &Codes, tile: &Tile, out: &mut [f32]) {
    let stride = codes.stride();
    let input = &codes.values()[tile.row * stride..][..M * stride];
    let sums = sums::<M>(input, dense.panel(tile.panel));
    for (i, &sums) in sums.iter().enumerate() {
        let row = tile.row + i;
        let out = &mut out[row * dense.n_out..][..dense.n_out];
        write(dense, tile.panel, sums, codes.scales()[row], out);
    }
}

/// The sums of `M` rows in one panel. `input` holds the rows, each of one pair for every line.
#[target_feature(enable = "avx512bw,avx512vnni")]
fn sums<const M: usize>(input: &[i16], lines: &[Line]) -> [__m512i; M] {
    let stride = 2 * lines.len();
    assert_eq!(input.len(), M * stride, "a pair of codes for each line");
    let mut sums = [_mm512_setzero_si512(); M];
    for (k, line) in lines.iter().enumerate() {
        // SAFETY: a line is 64 bytes long and aligned to 64 bytes.
        let weights = unsafe { _mm512_load_si512(std::ptr::from_ref(line).cast()) };
        for (m, sum) in sums.iter_mut().enumerate() {
            let at = m * stride + 2 * k;
            // SAFETY: `m < M` and `k < lines.len()`, so the pair at `at` lies in `input`, by the
            // assertion above.
            let pair = unsafe { input.as_ptr().add(at).cast::<i32>().read_unaligned() };
            *sum = _mm512_dpwssd_epi32(*sum, _mm512_set1_epi32(pair), weights);
        }
    }
    sums
}

/// Turns the sums of one row of a tile into results, as [`finish`] does.
#[target_feature(enable = "avx512bw,avx512vnni")]
fn write(dense: &Dense, panel: usize, sums: __m512i, scale: f32, out: &mut [f32]) {
    let Some(out) = out[panel * PANEL..].first_chunk_mut::<PANEL>() else {
        let mut plain = [0; PANEL];
        // SAFETY: `plain` has room for the 16 sums.
        unsafe { _mm512_storeu_si512(plain.as_mut_ptr().cast(), sums) };
        return finish(dense, panel, &plain, scale, out);
    };
    let (scales, bias) = (&dense.scales[panel], &dense.bias[panel]);
    // SAFETY: all three are arrays of 16 values.
    unsafe {
        let product = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_loadu_ps(scales.as_ptr()));
        let product = _mm512_mul_ps(product, _mm512_set1_ps(scale));
        let result = _mm512_add_ps(product, _mm512_loadu_ps(bias.as_ptr()));
        _mm512_storeu_ps(out.as_mut_ptr(), result);
    }
}
