//! Embedding tables.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A table of rows of numbers, read where it lies in the weights file.
///
/// Cloning shares the bytes. Rows are added up by [`crate::Kernels::add_row`].
#[derive(Clone)]
pub struct Table {
    // Invariant: `values` lies in `bytes` and is n_rows * width numbers long.
    bytes: Arc<Cow<'static, [u8]>>,
    values: Range<usize>,
    format: Format,
    n_rows: usize,
    width: usize,
}

/// How a table's numbers are written.
#[derive(Clone)]
pub(crate) enum Format {
    F32,
    F16,
    /// With one scale for each row.
    I8(Arc<[f32]>),
}

/// One row as it is written, least significant byte first.
#[derive(Clone, Copy)]
pub(crate) enum Row<'a> {
    F32(&'a [[u8; 4]]),
    F16(&'a [[u8; 2]]),
    I8(&'a [u8], f32),
}

impl Table {
    /// A table of `n_rows` times `width` numbers in `bytes[values]`; the caller has checked that
    /// they are there.
    pub(crate) fn new(
        bytes: Arc<Cow<'static, [u8]>>,
        values: Range<usize>,
        format: Format,
        [n_rows, width]: [usize; 2],
    ) -> Self {
        Self { bytes, values, format, n_rows, width }
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// How many numbers a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The numbers of one row.
    #[expect(
        clippy::inline_always,
        reason = "only inlined code is compiled with vector instructions"
    )]
    #[inline(always)]
    pub(crate) fn row(&self, row: usize) -> Row<'_> {
        assert!(row < self.n_rows, "row {row} of a table of {}", self.n_rows);
        let values = &self.bytes[self.values.clone()];
        match &self.format {
            Format::F32 => Row::F32(&values.as_chunks().0[row * self.width..][..self.width]),
            Format::F16 => Row::F16(&values.as_chunks().0[row * self.width..][..self.width]),
            Format::I8(scales) => Row::I8(&values[row * self.width..][..self.width], scales[row]),
        }
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.format {
            Format::F32 => "F32",
            Format::F16 => "F16",
            Format::I8(_) => "I8",
        };
        write!(f, "Table([{}, {}], {format})", self.n_rows, self.width)
    }
}
