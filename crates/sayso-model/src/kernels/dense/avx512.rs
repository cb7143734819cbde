//! Dense layers with AVX-512.
use super::Dense;
use crate::kernels::Codes;

#[target_feature(enable = "avx2")]
pub(in crate::kernels) fn apply(dense: &Dense, codes: &Codes, out: &mut [f32]) {
    super::avx2::apply(dense, codes, out);
}
