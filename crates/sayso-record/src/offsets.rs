//! From bytes to code points.

use sayso_text::{Offsets, Span};

use crate::CharSpan;

impl CharSpan {
    /// A span of bytes in code points.
    pub(crate) fn new(at: &Offsets<'_>, span: Span) -> Self {
        let fit = |at| u32::try_from(at).expect("a document has at most 4 GiB");
        let (start, end) = at.code_points(span);
        Self { start: fit(start), end: fit(end) }
    }
}
