//! Dense layers with AVX2: `vpmaddwd` multiplies 16 pairs and sums each pair, exactly. With
//! AVX-VNNI, `vpdpwssd` adds the pair to its sum in the same step.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_loadu_ps,
    _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_ps, _mm256_storeu_ps, _mm256_storeu_si256,
};

use super::{Dense, PANEL, finish};

/// Rows of a tile: 6 by 16 sums take 12 of the 16 registers.
const ROWS: usize = 6;

/// The sums of one row in one panel.
type Sums = [__m256i; 2];

/// A layer's products with the instructions of `$features`, of which `$multiply_add` is
/// `|sum, pairs, weights|`.
macro_rules! products {
    ($features:literal, $multiply_add:expr) => {
        use std::arch::x86_64::{_mm256_load_si256, _mm256_set1_epi32, _mm256_setzero_si256};

        use super::super::{Dense, Line, Tile, tiles};
        use super::{ROWS, Sums, write};
        use crate::kernels::Codes;

        /// See [`crate::Kernels::dense`]; the shapes have been checked.
        #[target_feature(enable = $features)]
        pub(in crate::kernels) fn apply(dense: &Dense, codes: &Codes, out: &mut [f32]) {
            for tile in tiles(codes.n_rows(), dense.scales.len(), [ROWS, 1]) {
                match tile.n_rows {
                    1 => compute::<1>(dense, codes, &tile, out),
                    2 => compute::<2>(dense, codes, &tile, out),
                    3 => compute::<3>(dense, codes, &tile, out),
                    4 => compute::<4>(dense, codes, &tile, out),
                    5 => compute::<5>(dense, codes, &tile, out),
                    _ => compute::<ROWS>(dense, codes, &tile, out),
                }
            }
        }

        #[target_feature(enable = $features)]
        fn compute<const M: usize>(dense: &Dense, codes: &Codes, tile: &Tile, out: &mut [f32]) {
            let stride = codes.stride();
            let input = &codes.values()[tile.row * stride..][..M * stride];
            let sums = sums::<M>(input, dense.panels(tile.panel, 1));
            for (i, sums) in sums.iter().enumerate() {
                let row = tile.row + i;
                let out = &mut out[row * dense.n_out..][..dense.n_out];
                write(dense, tile.panel, sums, codes.scales()[row], out);
            }
        }

        /// The sums of `M` rows in one panel. `input` holds the rows, each of one pair for every
        /// line.
        #[target_feature(enable = $features)]
        fn sums<const M: usize>(input: &[i16], lines: &[Line]) -> [Sums; M] {
            let stride = 2 * lines.len();
            assert_eq!(input.len(), M * stride, "a pair of codes for each line");
            let mut sums = [[_mm256_setzero_si256(); 2]; M];
            for (k, line) in lines.iter().enumerate() {
                let half = std::ptr::from_ref(line).cast();
                // SAFETY: a line is 64 bytes long and aligned to 64 bytes.
                let weights = unsafe { [_mm256_load_si256(half), _mm256_load_si256(half.add(1))] };
                for (m, sums) in sums.iter_mut().enumerate() {
                    let at = m * stride + 2 * k;
                    // SAFETY: `m < M` and `k < lines.len()`, so the pair at `at` lies in `input`,
                    // by the assertion above.
                    let pair = unsafe { input.as_ptr().add(at).cast::<i32>().read_unaligned() };
                    let pair = _mm256_set1_epi32(pair);
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = $multiply_add(*sum, pair, weights);
                    }
                }
            }
            sums
        }
    };
}

/// Without further instructions.
pub(in crate::kernels) mod plain {
    products!("avx2", super::multiply_add);
}

/// With AVX-VNNI.
pub(in crate::kernels) mod vnni {
    products!("avx2,avxvnni", std::arch::x86_64::_mm256_dpwssd_avx_epi32);
}

/// What `vpdpwssd` does, in two steps.
#[target_feature(enable = "avx2")]
fn multiply_add(sum: __m256i, pairs: __m256i, weights: __m256i) -> __m256i {
    _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, weights))
}

/// Turns the sums of one row of a tile into results, as [`finish`] does.
#[target_feature(enable = "avx2")]
fn write(dense: &Dense, panel: usize, sums: &Sums, scale: f32, out: &mut [f32]) {
    let Some(out) = out[panel * PANEL..].first_chunk_mut::<PANEL>() else {
        let mut plain = [0; PANEL];
        // SAFETY: the two halves take the 16 values of `plain`.
        unsafe {
            _mm256_storeu_si256(plain.as_mut_ptr().cast(), sums[0]);
            _mm256_storeu_si256(plain.as_mut_ptr().add(8).cast(), sums[1]);
        }
        return finish(dense, panel, &plain, scale, out);
    };
    let (scales, bias) = (&dense.scales[panel], &dense.bias[panel]);
    for (half, &sums) in sums.iter().enumerate() {
        // SAFETY: `half` is 0 or 1, so 8 values from `8 * half` lie in arrays of 16.
        unsafe {
            let scales = _mm256_loadu_ps(scales.as_ptr().add(8 * half));
            let bias = _mm256_loadu_ps(bias.as_ptr().add(8 * half));
            let product = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), scales);
            let product = _mm256_mul_ps(product, _mm256_set1_ps(scale));
            _mm256_storeu_ps(out.as_mut_ptr().add(8 * half), _mm256_add_ps(product, bias));
        }
    }
}
