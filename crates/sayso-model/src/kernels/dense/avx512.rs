//! Dense layers with AVX-512: `vpdpwssd` multiplies 32 pairs and adds each pair to its sum,
//! exactly.

use std::arch::x86_64::{
    __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpwssd_epi32, _mm512_load_si512,
    _mm512_loadu_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
    _mm512_storeu_ps, _mm512_storeu_si512,
};

use super::{Dense, Line, PANEL, Tile, finish, tiles};
use crate::kernels::Codes;

/// Rows and panels of a tile. 16 sums hide the four or five cycles until one can be added to again,
/// and eight loads feed 16 multiplications, so that multiplying is what takes the time.
const ROWS: usize = 4;
const PANELS: usize = 4;

/// See [`crate::Kernels::dense`]; the shapes have been checked.
#[target_feature(enable = "avx512bw,avx512vnni")]
pub(in crate::kernels) fn apply(dense: &Dense, codes: &Codes, out: &mut [f32]) {
    for tile in tiles(codes.n_rows(), dense.scales.len(), [ROWS, PANELS]) {
        match tile.n_panels {
            1 => compute_rows::<1>(dense, codes, &tile, out),
            2 => compute_rows::<2>(dense, codes, &tile, out),
            3 => compute_rows::<3>(dense, codes, &tile, out),
            _ => compute_rows::<PANELS>(dense, codes, &tile, out),
        }
    }
}

/// The results of a tile of `P` panels.
#[target_feature(enable = "avx512bw,avx512vnni")]
fn compute_rows<const P: usize>(dense: &Dense, codes: &Codes, tile: &Tile, out: &mut [f32]) {
    match tile.n_rows {
        1 => compute::<1, P>(dense, codes, tile, out),
        2 => compute::<2, P>(dense, codes, tile, out),
        3 => compute::<3, P>(dense, codes, tile, out),
        _ => compute::<ROWS, P>(dense, codes, tile, out),
    }
}

/// The results of a tile of `M` rows and `P` panels.
#[target_feature(enable = "avx512bw,avx512vnni")]
fn compute<const M: usize, const P: usize>(
    dense: &Dense,
    codes: &Codes,
    tile: &Tile,
    out: &mut [f32],
) {
    let stride = codes.stride();
    let input = &codes.values()[tile.row * stride..][..M * stride];
    let sums = sums::<M, P>(input, dense.panels(tile.panel, P));
    for (i, sums) in sums.iter().enumerate() {
        let row = tile.row + i;
        let out = &mut out[row * dense.n_out..][..dense.n_out];
        for (panel, &sums) in (tile.panel..).zip(sums) {
            write(dense, panel, sums, codes.scales()[row], out);
        }
    }
}

/// The sums of `M` rows in `P` panels. `input` holds the rows, each of one pair for every line of a
/// panel; `lines` holds the panels.
#[target_feature(enable = "avx512bw,avx512vnni")]
fn sums<const M: usize, const P: usize>(input: &[i16], lines: &[Line]) -> [[__m512i; P]; M] {
    let n_pairs = lines.len() / P;
    let stride = 2 * n_pairs;
    assert_eq!(input.len(), M * stride, "a pair of codes for each line");
    let mut sums = [[_mm512_setzero_si512(); P]; M];
    for k in 0..n_pairs {
        let mut weights = [_mm512_setzero_si512(); P];
        for (panel, weights) in weights.iter_mut().enumerate() {
            // SAFETY: `panel < P` and `k < n_pairs`, so the line is one of the `P · n_pairs` or more
            // of `lines`; it is 64 bytes long and aligned to 64 bytes.
            *weights = unsafe { _mm512_load_si512(lines.as_ptr().add(panel * n_pairs + k).cast()) };
        }
        for (m, sums) in sums.iter_mut().enumerate() {
            let at = m * stride + 2 * k;
            // SAFETY: `m < M` and `k < n_pairs`, so the pair at `at` lies in `input`, by the
            // assertion above.
            let pair = unsafe { input.as_ptr().add(at).cast::<i32>().read_unaligned() };
            let pair = _mm512_set1_epi32(pair);
            for (sum, &weights) in sums.iter_mut().zip(&weights) {
                *sum = _mm512_dpwssd_epi32(*sum, pair, weights);
            }
        }
    }
    sums
}

/// Turns the sums of one row of a panel into results, as [`finish`] does.
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
