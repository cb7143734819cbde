//! What the model sees of a word: hashed rows of its spelling, the key of its vector, and the
//! state of the text around it.
//!
//! The trainer reads the output of this module, never the words, so that training and reading
//! cannot drift apart. A change here needs a new training.

use sayso_text::{BlockKind, Document, norm};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::gazetteer::{N_LISTS, lists_with};

/// One kind of hashed row: its place in the table and how many rows it shares.
#[derive(Clone, Copy, Debug)]
struct Segment {
    first: u32,
    rows: u32,
}

impl Segment {
    /// The row of a piece of spelling; `salt` keeps pieces of different make apart.
    fn row(self, piece: &str, salt: u64) -> u32 {
        let hash = xxh3_64_with_seed(piece.as_bytes(), salt);
        let row = u32::try_from(hash % u64::from(self.rows)).expect("less than a u32");
        self.first + row
    }
}

// Row 0 stands for no word at all (padding). Sizes: about the number of types in EWT and GUM for
// the whole word, hashed twice so that a clash in one place is undone in the other.
const NORM: Segment = Segment { first: 1, rows: 14_000 };
const PREFIX: Segment = Segment { first: 14_001, rows: 2_500 };
const SUFFIX: Segment = Segment { first: 16_501, rows: 5_000 };
const SHAPE: Segment = Segment { first: 21_501, rows: 499 };
const GRAM: Segment = Segment { first: 22_000, rows: 14_000 };

const GAZETTEER: Segment = Segment { first: 36_000, rows: N_LISTS };

/// Rows of the embedding table.
pub const N_ROWS: u32 = GAZETTEER.first + GAZETTEER.rows;

/// The last row that stands for whole words; the trainer hides rows up to here at random.
pub const LAST_NORM_ROW: u32 = NORM.first + NORM.rows - 1;

/// States of [`contexts`].
pub const N_CONTEXTS: u8 = 32;

/// The states' flags of a sentence's and of a block's first word.
pub(crate) const SENTENCE_START: u8 = 4;
pub(crate) const BLOCK_START: u8 = 8;
const HEADING: u8 = 16;

/// Spellings longer than this are cut before character n-grams are taken.
const GRAM_CHARACTERS: usize = 24;

/// Most bytes of a token that its type is told by: addresses and noise are longer, and no two alike.
const LONGEST_TYPE: usize = 64;

/// The spelling that a token's type is told by: the token, or the beginning of a very long one.
pub(crate) fn type_of(surface: &str) -> &str {
    let mut end = surface.len().min(LONGEST_TYPE);
    while !surface.is_char_boundary(end) {
        end -= 1;
    }
    cut(surface, 0, end)
}

/// Buffers for [`word_rows`].
#[derive(Clone, Debug, Default)]
pub struct Spelling {
    norm: String,
    lower: String,
    shape: String,
    bounds: Vec<usize>,
}

impl Spelling {
    /// Sets the spelling to that of one token.
    fn set(&mut self, surface: &str) {
        norm(surface, &mut self.norm);
        lower_digits(&self.norm, &mut self.lower);
        shape(&self.norm, &mut self.shape);
    }
}

/// Lower case, with every digit as `0`.
fn lower_digits(norm: &str, out: &mut String) {
    out.clear();
    for c in norm.chars() {
        if c.is_numeric() {
            out.push('0');
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

/// Letters as `X` and `x`, digits as `0`, runs cut to three, ten characters at most.
fn shape(norm: &str, out: &mut String) {
    out.clear();
    let (mut last, mut run) = ('\0', 0);
    for c in norm.chars() {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 3 {
            out.push(class);
            if out.chars().count() == 10 {
                break;
            }
        }
    }
}

/// Replaces `out` with the weighted rows of a token's spelling.
///
/// Whole word (twice), prefixes of one to three and suffixes of one to four characters, shape, and
/// the word lists it is in, each with weight 1; character 3- to 5-grams of the bracketed word, together with weight 1 in
/// the square.
///
/// # Cost
///
/// Linear in the spelling up to 24 characters; called once a word type, then cached.
pub fn word_rows(surface: &str, spelling: &mut Spelling, out: &mut Vec<(u32, f32)>) {
    out.clear();
    spelling.set(surface);
    let Spelling { norm, lower, shape, bounds } = spelling;
    out.push((NORM.row(lower, 1), 1.0));
    out.push((NORM.row(lower, 2), 1.0));
    for (length, (at, c)) in norm.char_indices().take(3).enumerate() {
        out.push((PREFIX.row(cut(norm, 0, at + c.len_utf8()), length as u64), 1.0));
    }
    for (length, (at, _)) in lower.char_indices().rev().take(4).enumerate() {
        out.push((SUFFIX.row(cut(lower, at, lower.len()), length as u64), 1.0));
    }
    out.push((SHAPE.row(shape, 0), 1.0));
    out.extend(lists_with(lower).map(|list| (GAZETTEER.first + list, 1.0)));
    bracket(lower);
    gram_rows(lower, bounds, out);
}

/// Cuts a spelling to its first 24 characters and sets `<` and `>` around it.
fn bracket(lower: &mut String) {
    if let Some((at, _)) = lower.char_indices().nth(GRAM_CHARACTERS) {
        lower.truncate(at);
    }
    lower.insert(0, '<');
    lower.push('>');
}

fn gram_rows(bracketed: &str, bounds: &mut Vec<usize>, out: &mut Vec<(u32, f32)>) {
    bounds.clear();
    bounds.extend(bracketed.char_indices().map(|(at, _)| at));
    bounds.push(bracketed.len());
    let n_characters = bounds.len() - 1;
    let first = out.len();
    for length in 3..=5 {
        for at in 0..(n_characters + 1).saturating_sub(length) {
            let gram = cut(bracketed, bounds[at], bounds[at + length]);
            out.push((GRAM.row(gram, length as u64), 1.0));
        }
    }
    let n_grams = out.len() - first;
    for (_, weight) in &mut out[first..] {
        *weight = 1.0 / (n_grams as f32).sqrt();
    }
}

fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).expect("the ends are character boundaries")
}

/// The key that a token's word vector is stored under: a hash of its lower-cased spelling.
pub fn vector_key(surface: &str, spelling: &mut Spelling) -> u64 {
    spelling.set(surface);
    xxh3_64_with_seed(spelling.lower.as_bytes(), 0)
}

/// The spelling that [`vector_key`] hashes; what word vectors are trained on.
pub fn vector_word<'a>(surface: &str, spelling: &'a mut Spelling) -> &'a str {
    spelling.set(surface);
    &spelling.lower
}

/// The state of the text at each token, as the encoder's second input.
///
/// A sum of: where the token stands to a quotation (0 outside, 1 inside, 2 at the opening mark, 3
/// at the closing mark), 4 for a sentence's first token, 8 for a block's first token, 16 inside a
/// title or heading.
pub fn contexts(document: &Document, out: &mut Vec<u8>) {
    out.clear();
    out.resize(document.tokens.len(), 0);
    // An unclosed quotation runs to its block's end, so many may lie over each other: each token is
    // filled once.
    let mut covered = 0;
    for quotation in &document.quotations {
        let range = quotation.tokens.range();
        out[covered.max(range.start).min(range.end)..range.end].fill(1);
        covered = covered.max(range.end);
    }
    for quotation in &document.quotations {
        let range = quotation.tokens.range();
        out[range.start] = 2;
        if quotation.closed {
            out[range.end - 1] = 3;
        }
    }
    let mut blocks = document.blocks.iter().peekable();
    let mut last_block = usize::MAX;
    for sentence in &document.sentences {
        let first = sentence.tokens.start as usize;
        out[first] += SENTENCE_START;
        while blocks.next_if(|block| block.span.end() <= sentence.span.start()).is_some() {}
        let Some(block) = blocks.peek() else { continue };
        if last_block != block.span.start() {
            last_block = block.span.start();
            out[first] += BLOCK_START;
        }
        if matches!(block.kind, BlockKind::Title | BlockKind::Heading) {
            out[sentence.tokens.range()].iter_mut().for_each(|state| *state += HEADING);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(surface: &str) -> Vec<(u32, f32)> {
        let mut out = Vec::new();
        word_rows(surface, &mut Spelling::default(), &mut out);
        out
    }

    #[test]
    fn rows_stay_in_the_table() {
        for surface in ["a", "U.S.", "São", "2008", "…", "\u{200B}", "well-being", "💬"] {
            assert!(rows(surface).iter().all(|&(row, _)| (1..N_ROWS).contains(&row)), "{surface}");
        }
    }

    #[test]
    fn a_long_word_has_a_bounded_number_of_rows() {
        assert!(rows(&"a".repeat(1_000_000)).len() <= 2 + 3 + 4 + 1 + 4 + 3 * 24);
    }

    #[test]
    fn a_very_long_token_is_told_by_its_beginning() {
        assert_eq!(type_of("said"), "said");
        assert_eq!(type_of(&"é".repeat(1000)).len(), 64);
    }

    #[test]
    fn typographic_variants_share_their_rows() {
        assert_eq!(rows("n’t"), rows("n't"));
        assert_ne!(rows("Bill"), rows("bill"));
    }

    #[test]
    fn digits_share_a_vector() {
        let mut spelling = Spelling::default();
        assert_eq!(vector_key("1984", &mut spelling), vector_key("2025", &mut spelling));
        assert_ne!(vector_key("said", &mut spelling), vector_key("says", &mut spelling));
    }
}
