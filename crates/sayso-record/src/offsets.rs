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

    /// The span in bytes, for slicing the text.
    ///
    /// # Panics
    ///
    /// If the span ends after the text: it belongs to another.
    pub fn bytes(self, at: &Offsets<'_>) -> Span {
        let byte = |point: u32| at.byte_of_code_point(point as usize);
        let ends = byte(self.start).zip(byte(self.end));
        let (start, end) = ends.expect("a span lies in its own document's text");
        Span::new(start, end)
    }
}
