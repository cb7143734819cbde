//! Ranges of bytes and of tokens, and the ids that name tokens and sentences.

use std::fmt;
use std::ops::Range;

/// A half-open range of bytes, `start..end`, in one document's text.
///
/// Spans count **bytes of UTF-8**, never characters or tokens, and refer to the text as it was
/// ingested. Both ends lie on character boundaries. A span does not know its document: spans of
/// two documents compare without complaint and mean nothing.
///
/// # Examples
///
/// ```
/// use sayso_text::Span;
///
/// let text = "“No,” said Müller.";
/// let cue = Span::find(text, "said").expect("the text has a cue");
///
/// // Each curly quote takes three bytes: byte 10, not character 6.
/// assert_eq!((cue.start(), cue.end()), (10, 14));
/// assert_eq!(cue.of(text), "said");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    // Invariant: start <= end.
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end`, in bytes.
    ///
    /// # Panics
    ///
    /// If `start > end`, or if `end` does not fit 32 bits: documents are at most 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let fit = |at| u32::try_from(at).expect("a document has at most 4 GiB");
        Self { start: fit(start), end: fit(end) }
    }

    /// The first place where `words` stand in `text`, if they do.
    pub fn find(text: &str, words: &str) -> Option<Self> {
        text.find(words).map(|at| Self::new(at, at + words.len()))
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte of `other` lies in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes as a range, for indexing.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words the span covers.
    ///
    /// # Panics
    ///
    /// If the span does not lie in `text` on character boundaries: it belongs to another text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).expect("a span lies in its own document's text")
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A token's place in its document, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

impl TokenId {
    /// The id as an index into per-token arrays.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A sentence's place in its document, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

impl SentenceId {
    /// The id as an index into per-sentence arrays.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open range of tokens of one document.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// The tokens `start..end`, as indices.
    ///
    /// # Panics
    ///
    /// If `start > end`, or if `end` does not fit 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a range ends before it starts: {start}..{end}");
        let fit = |at| u32::try_from(at).expect("a document has at most 2^32 tokens");
        Self { start: fit(start), end: fit(end) }
    }

    /// How many tokens.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no token.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The range for indexing per-token arrays.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `token` is in the range.
    pub fn contains(self, token: TokenId) -> bool {
        (self.start..self.end).contains(&token.0)
    }
}

impl fmt::Debug for TokenRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{}..t{}", self.start, self.end)
    }
}
