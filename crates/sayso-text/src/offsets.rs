//! From bytes to characters and back.

use crate::Span;

/// Bytes between two entries of the table.
const STEP: usize = 64;

/// Places of a text in its three units: bytes of UTF-8, Unicode code points, code units of UTF-16.
///
/// # Cost
///
/// Building is linear in the text; a lookup looks at 64 bytes at most, after a binary search where
/// the unit is not bytes. ASCII text needs no table.
///
/// # Examples
///
/// ```
/// use sayso_text::{Offsets, Span};
///
/// let text = "“No 🗳,” said Müller.";
/// let offsets = Offsets::new(text);
/// let cue = Span::find(text, "said").expect("the text has a cue");
/// assert_eq!(offsets.code_points(cue), (8, 12));
/// assert_eq!(offsets.utf16(cue), (9, 13));
/// assert_eq!(offsets.byte_of_code_point(8), Some(cue.start()));
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Code points and UTF-16 units before each multiple of [`STEP`] bytes; empty for ASCII text.
    table: Vec<(u32, u32)>,
}

impl<'t> Offsets<'t> {
    /// The offsets of `text`.
    ///
    /// # Panics
    ///
    /// If the text is longer than 4 GiB.
    pub fn new(text: &'t str) -> Self {
        u32::try_from(text.len()).expect("a document has at most 4 GiB");
        if text.is_ascii() {
            return Self { text, table: Vec::new() };
        }
        let mut table = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = (0, 0);
        for chunk in text.as_bytes().chunks(STEP) {
            table.push(count);
            let (points, units) = tally(chunk);
            count = (count.0 + points, count.1 + units);
        }
        Self { text, table }
    }

    /// Code points before the byte `byte`.
    ///
    /// # Panics
    ///
    /// If `byte` lies after the end of the text.
    pub fn code_point(&self, byte: usize) -> usize {
        self.before(byte).0 as usize
    }

    /// UTF-16 code units before the byte `byte`.
    ///
    /// # Panics
    ///
    /// If `byte` lies after the end of the text.
    pub fn utf16_unit(&self, byte: usize) -> usize {
        self.before(byte).1 as usize
    }

    /// A span's ends in code points, half open.
    ///
    /// # Panics
    ///
    /// If the span ends after the text.
    pub fn code_points(&self, span: Span) -> (usize, usize) {
        (self.code_point(span.start()), self.code_point(span.end()))
    }

    /// A span's ends in UTF-16 code units, half open.
    ///
    /// # Panics
    ///
    /// If the span ends after the text.
    pub fn utf16(&self, span: Span) -> (usize, usize) {
        (self.utf16_unit(span.start()), self.utf16_unit(span.end()))
    }

    /// The byte at which the code point `at` starts, or the text's length for one past the last.
    pub fn byte_of_code_point(&self, at: usize) -> Option<usize> {
        self.find(at, |entry| entry.0, |_| 1)
    }

    /// The byte at which the UTF-16 unit `at` starts; none if it is the second of a pair.
    pub fn byte_of_utf16(&self, at: usize) -> Option<usize> {
        self.find(at, |entry| entry.1, char::len_utf16)
    }

    fn before(&self, byte: usize) -> (u32, u32) {
        assert!(byte <= self.text.len(), "byte {byte} lies after the end of the text");
        if self.table.is_empty() {
            let same = u32::try_from(byte).expect("the text has at most 4 GiB");
            return (same, same);
        }
        let at = (byte / STEP).min(self.table.len() - 1);
        let (points, units) = tally(&self.text.as_bytes()[at * STEP..byte]);
        (self.table[at].0 + points, self.table[at].1 + units)
    }

    fn find(
        &self,
        at: usize,
        unit: impl Fn(&(u32, u32)) -> u32,
        len: impl Fn(char) -> usize,
    ) -> Option<usize> {
        if self.table.is_empty() {
            return (at <= self.text.len()).then_some(at);
        }
        let entry = self.table.partition_point(|entry| unit(entry) as usize <= at) - 1;
        // A character that starts before the entry is counted before it.
        let mut byte = entry * STEP;
        while !self.text.is_char_boundary(byte) {
            byte += 1;
        }
        let mut count = unit(&self.table[entry]) as usize;
        let rest = self.text.get(byte..).expect("a character boundary");
        for c in rest.chars() {
            if count >= at {
                break;
            }
            count += len(c);
            byte += c.len_utf8();
        }
        (count == at).then_some(byte)
    }
}

/// How many characters start in `bytes`, and their UTF-16 units.
fn tally(bytes: &[u8]) -> (u32, u32) {
    let mut points = 0;
    let mut pairs = 0;
    for byte in bytes {
        points += u32::from(*byte & 0xC0 != 0x80);
        pairs += u32::from(*byte >= 0xF0);
    }
    (points, points + pairs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ends_of_the_text() {
        let offsets = Offsets::new("Zoë");
        assert_eq!(offsets.code_point(4), 3);
        assert_eq!(offsets.byte_of_code_point(3), Some(4));
        assert_eq!(offsets.byte_of_code_point(4), None);
        assert_eq!(Offsets::new("").byte_of_utf16(0), Some(0));
    }

    #[test]
    fn second_half_of_a_pair_is_no_place() {
        let offsets = Offsets::new("a🗳b");
        assert_eq!(offsets.byte_of_utf16(1), Some(1));
        assert_eq!(offsets.byte_of_utf16(2), None);
        assert_eq!(offsets.byte_of_utf16(3), Some(5));
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[a-z “”é🗳]{0,300}") {
            let offsets = Offsets::new(&text);
            let mut units = 0;
            for (point, (byte, c)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.code_point(byte), point);
                prop_assert_eq!(offsets.utf16_unit(byte), units);
                prop_assert_eq!(offsets.byte_of_code_point(point), Some(byte));
                prop_assert_eq!(offsets.byte_of_utf16(units), Some(byte));
                units += c.len_utf16();
            }
            prop_assert_eq!(offsets.byte_of_utf16(units), Some(text.len()));
            prop_assert_eq!(offsets.byte_of_utf16(units + 1), None);
        }
    }
}
