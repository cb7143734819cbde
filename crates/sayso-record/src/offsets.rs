//! From bytes to code points.

use sayso_text::Span;

use crate::CharSpan;

/// Bytes between two counts; a look-up counts the rest, which is a few machine words.
const STRIDE: usize = 64;

/// Where each byte of a text stands in code points.
#[derive(Debug)]
pub(crate) struct Offsets<'t> {
    text: &'t [u8],
    /// Code points before byte `i * STRIDE`; empty for ASCII, where bytes are code points.
    counts: Vec<u32>,
}

impl<'t> Offsets<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            counts.reserve_exact(text.len() / STRIDE + 1);
            let mut before = 0;
            for block in text.as_bytes().chunks(STRIDE) {
                counts.push(before);
                before += code_points(block);
            }
            counts.push(before);
        }
        Self { text: text.as_bytes(), counts }
    }

    /// A span of bytes in code points.
    pub(crate) fn span(&self, span: Span) -> CharSpan {
        CharSpan { start: self.at(span.start()), end: self.at(span.end()) }
    }

    fn at(&self, byte: usize) -> u32 {
        match self.counts.get(byte / STRIDE) {
            None => u32::try_from(byte).expect("a span's ends fit 32 bits"),
            Some(&before) => {
                let rest = self.text.get(byte / STRIDE * STRIDE..byte);
                before + code_points(rest.expect("a span lies in its own document's text"))
            }
        }
    }
}

/// How many code points start in these bytes.
fn code_points(bytes: &[u8]) -> u32 {
    // A byte 10xxxxxx goes on with the code point before it.
    bytes.iter().map(|&byte| u32::from(byte & 0xC0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_counts_the_code_points_before_it() {
        for text in ["", "plain", &"“Müller”, 😀 said e\u{301}.".repeat(20)] {
            let offsets = Offsets::new(text);
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (expected, byte) in ends.enumerate() {
                assert_eq!(offsets.at(byte) as usize, expected, "byte {byte} of {text:?}");
            }
        }
    }
}
