//! From a block's characters to syntactic words, by the UD English rules as EWT applies them.
//!
//! The scanner goes through each stretch between white space from left to right and never looks
//! back, nor further ahead than a bounded number of bytes, so its time is linear in the text.

mod address;
mod mark;
mod number;
mod word;

#[cfg(test)]
mod tests;

use crate::character::{Class, char_at, char_before, class, class_at};
use crate::lexicon::{LEXICON, Lexicon};
use crate::{Span, Token, TokenRange};

/// Tokens of a text, and which of them form one surface token.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) tokens: Vec<Token>,
    pub(crate) multiword: Vec<TokenRange>,
}

/// Appends the words of `block` to `words`.
pub(crate) fn tokenize(text: &str, block: Span, words: &mut Words) {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        block_end: block.end(),
        end: block.start(),
        has_at: false,
        has_dot: false,
        core_end: block.start(),
        bracket_end: block.start(),
        last_open: None,
        open_single: false,
        lexicon: &LEXICON,
        words,
    };
    let mut at = block.start();
    while let Some(start) = scanner.skip_space(at) {
        at = scanner.chunk(start);
    }
}

/// The state of the walk through one block.
#[derive(Debug)]
struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    block_end: usize,
    /// Where the stretch without white space ends.
    end: usize,
    /// Whether the stretch holds an `@`.
    has_at: bool,
    /// Whether the stretch holds a full stop before its last byte.
    has_dot: bool,
    /// Where the closing punctuation at the end of the stretch begins.
    core_end: usize,
    /// One past the last `)` of that punctuation; `core_end` if it holds none.
    bracket_end: usize,
    /// The last `(` of the stretch.
    last_open: Option<usize>,
    /// Whether a single quotation mark is open.
    open_single: bool,
    lexicon: &'static Lexicon,
    words: &'t mut Words,
}

impl Scanner<'_> {
    /// The first character at or after `at` that is not white space, within the block.
    fn skip_space(&self, mut at: usize) -> Option<usize> {
        while at < self.block_end {
            let (class, len) = class_at(self.text, at);
            if class != Class::Space {
                return Some(at);
            }
            at += len;
        }
        None
    }

    /// Cuts the stretch without white space that starts at `start`, and returns its end.
    fn chunk(&mut self, start: usize) -> usize {
        self.end = start;
        self.has_at = false;
        self.has_dot = false;
        (self.core_end, self.bracket_end, self.last_open) = (start, start, None);
        let mut dot = false;
        while self.end < self.block_end {
            let (class, len) = class_at(self.text, self.end);
            if class == Class::Space {
                break;
            }
            let byte = self.bytes[self.end];
            self.has_dot |= dot;
            dot |= byte == b'.';
            self.has_at |= byte == b'@';
            if byte == b'(' {
                self.last_open = Some(self.end);
            }
            self.end += len;
            if !address::is_closing(byte) {
                self.core_end = self.end;
            }
            if byte == b')' || !address::is_closing(byte) {
                self.bracket_end = self.end;
            }
        }
        let mut at = start;
        while at < self.end {
            let next = match class_at(self.text, at).0 {
                Class::Letter => self.address(at).unwrap_or_else(|| self.word(at, at)),
                Class::Digit => self.address(at).unwrap_or_else(|| self.number(at)),
                Class::Mark | Class::Space => self.mark(at, start),
            };
            debug_assert!(next > at, "the scanner moves on");
            at = next;
        }
        self.end
    }

    /// Appends the token `start..end` and returns its end.
    fn emit(&mut self, start: usize, end: usize) -> usize {
        self.words.tokens.push(Token { span: Span::new(start, end) });
        end
    }

    /// Appends the words between neighbouring `cuts` as one multiword token.
    fn emit_parts(&mut self, cuts: &[usize]) -> usize {
        let first = self.words.tokens.len();
        for pair in cuts.windows(2) {
            self.emit(pair[0], pair[1]);
        }
        self.words.multiword.push(TokenRange::new(first, self.words.tokens.len()));
        *cuts.last().expect("a multiword token has parts")
    }

    /// The byte at `at`, or 0 at the end of the stretch.
    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// The class of the character at `at`; white space at the end of the stretch.
    fn class(&self, at: usize) -> Class {
        if at < self.end { class_at(self.text, at).0 } else { Class::Space }
    }

    /// The character at `at`, if the stretch goes on.
    fn char(&self, at: usize) -> Option<char> {
        (at < self.end).then(|| char_at(self.text, at))
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Letter | Class::Digit)
    }

    /// One past the letters and digits that start at `at`.
    fn run(&self, mut at: usize) -> usize {
        while at < self.end {
            let (class, len) = class_at(self.text, at);
            if !matches!(class, Class::Letter | Class::Digit) {
                break;
            }
            at += len;
        }
        at
    }

    /// One past the characters equal to the byte at `at`.
    fn run_of(&self, at: usize) -> usize {
        let byte = self.bytes[at];
        at + self.bytes[at..self.end].iter().take_while(|other| **other == byte).count()
    }

    /// Whether the character before `at` is a letter or a digit.
    fn follows_word(&self, at: usize) -> bool {
        char_before(self.text, at).is_some_and(|c| matches!(class(c), Class::Letter | Class::Digit))
    }

    /// The first character of the next stretch, if the block goes on.
    fn next_chunk(&self) -> Option<char> {
        self.skip_space(self.end).map(|at| char_at(self.text, at))
    }
}
