//! Adding rows of embedding tables.

#![expect(clippy::inline_always, reason = "only inlined code is compiled with vector instructions")]

use crate::Table;
use crate::table::Row;

/// See [`super::Kernels::add_row`].
#[inline(always)]
pub(super) fn add(table: &Table, row: usize, weight: f32, out: &mut [f32]) {
    assert_eq!(out.len(), table.width(), "as wide as the table");
    match table.row(row) {
        Row::F32(values) => {
            for (out, &value) in out.iter_mut().zip(values) {
                *out += weight * f32::from_le_bytes(value);
            }
        }
        Row::F16(values) => {
            for (out, &value) in out.iter_mut().zip(values) {
                *out += weight * f16_to_f32(u16::from_le_bytes(value));
            }
        }
        Row::I8(values, scale) => {
            let step = weight * scale;
            for (out, &value) in out.iter_mut().zip(values) {
                *out += step * f32::from(value.cast_signed());
            }
        }
    }
}

/// The value of a finite half-precision number.
///
/// Its bits, moved to where single precision has them, stand for the value times 2^−112, as the
/// exponents count from 15 and from 127: one exact multiplication sets that right, for subnormal
/// numbers too. Infinities and NaN come out as finite numbers; weights have none.
#[inline(always)]
pub(crate) fn f16_to_f32(bits: u16) -> f32 {
    const SCALE: f32 = f32::from_bits((127 + 112) << 23);
    let magnitude = f32::from_bits(u32::from(bits & 0x7fff) << 13) * SCALE;
    f32::from_bits(magnitude.to_bits() | u32::from(bits & 0x8000) << 16)
}
