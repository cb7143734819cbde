//! What the boundary model sees of a gap between two tokens.

use crate::Token;
use crate::character::{Class, char_at, class};

/// How many weights the model has; features are hashed onto them.
pub const N_SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 17;

/// A token as the model sees it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// A hash of the lower-cased spelling, digits made one.
    word: u64,
    /// A hash of the last three letters of the spelling.
    ending: u64,
    shape: Shape,
    /// Length in bytes, up to 15.
    len: u8,
    /// Whether it begins with a capital.
    is_upper: bool,
    /// Whether white space follows; 2 for the end of a line.
    space: u8,
}

impl Seen {
    /// The token with the shape it would have without its own stop: what begins with *Sen.* begins
    /// with a capital.
    fn without_stop(mut self) -> Self {
        self.shape = match self.shape {
            Shape::Acronym if self.is_upper => Shape::Upper,
            Shape::Initial if self.is_upper => Shape::Capital,
            Shape::Abbreviation if self.is_upper => Shape::Capitalized,
            shape => shape,
        };
        self
    }
}

/// The outward form of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
enum Shape {
    /// Outside the block.
    #[default]
    None,
    Lower,
    Capitalized,
    Upper,
    /// One capital.
    Capital,
    Mixed,
    Number,
    /// Letters with a final stop: *Mr.*
    Abbreviation,
    /// Single letters with stops: *U.S.*
    Acronym,
    /// *J.*
    Initial,
    Stop,
    Question,
    Exclamation,
    Dots,
    Comma,
    Colon,
    Semicolon,
    Dash,
    /// Two or more hyphens, asterisks and so on.
    Rule,
    Quote,
    QuoteOpen,
    QuoteClose,
    Apostrophe,
    BracketOpen,
    BracketClose,
    Bullet,
    Emoticon,
    Clitic,
    Address,
    Symbol,
}

/// Walks over the gaps of one block.
#[derive(Debug)]
pub(crate) struct Gaps<'t> {
    text: &'t str,
    tokens: &'t [Token],
    first: usize,
    /// The tokens around the gap, each at its index modulo the length.
    ring: [Seen; 8],
    /// Tokens before this one are in the ring or have been.
    seen: usize,
    /// The first token of the sentence, and what it looks like.
    start: usize,
    start_seen: Seen,
    /// Whether a straight quotation mark is open; then how many paired ones are.
    straight: bool,
    quotes: u8,
    brackets: u8,
}

impl<'t> Gaps<'t> {
    /// The gaps of the block whose tokens are those from `first` on.
    pub(crate) fn new(text: &'t str, tokens: &'t [Token], first: usize) -> Self {
        Self {
            text,
            tokens,
            first,
            ring: [Seen::default(); 8],
            seen: first,
            start: first,
            start_seen: Seen::default(),
            straight: false,
            quotes: 0,
            brackets: 0,
        }
    }

    /// Says that a sentence begins at the token `start`.
    pub(crate) fn begin_sentence(&mut self, start: usize) {
        self.start = start;
        self.brackets = 0;
        if start < self.tokens.len() {
            self.start_seen = look(self.text, self.tokens, start);
        }
    }

    fn at(&self, at: usize) -> Seen {
        if at < self.first || at >= self.tokens.len() { Seen::default() } else { self.ring[at & 7] }
    }

    /// Looks at the tokens up to `until` that have not been looked at.
    fn advance(&mut self, until: usize) {
        while self.seen < until.min(self.tokens.len()) {
            let seen = look(self.text, self.tokens, self.seen);
            if self.seen == self.first {
                self.start_seen = seen;
            }
            self.ring[self.seen & 7] = seen;
            self.seen += 1;
        }
    }

    /// Keeps count of the quotation marks and brackets that are open after `token`.
    fn open(&mut self, token: Seen) {
        match token.shape {
            Shape::Quote => self.straight = !self.straight,
            Shape::QuoteOpen => self.quotes = (self.quotes + 1).min(3),
            Shape::QuoteClose => self.quotes = self.quotes.saturating_sub(1),
            Shape::BracketOpen => self.brackets = (self.brackets + 1).min(3),
            Shape::BracketClose => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    /// Calls `on` with the slot of each feature of the gap after the token `at`.
    ///
    /// Gaps are visited from left to right; those that are no boundary may be skipped only within
    /// multiword tokens.
    #[inline]
    pub(crate) fn features(&mut self, at: usize, on: &mut impl FnMut(u32)) {
        self.advance(at + 4);
        let [p2, p1, this] = [at.wrapping_sub(2), at.wrapping_sub(1), at].map(|at| self.at(at));
        let [next, n2, n3] = [at + 1, at + 2, at + 3].map(|at| self.at(at));
        self.open(this);
        let shape = |seen: Seen| seen.shape as u64;
        let [next, n2, n3] = [next, n2, n3].map(Seen::without_stop);
        let pair = shape(this) << 5 | shape(next) | u64::from(this.space) << 10;
        let before = shape(p1);
        let length = bucket(at + 1 - self.start);
        let rest = bucket(self.tokens.len() - at - 1);
        let state = u64::from(self.straight) << 4
            | u64::from(self.quotes.min(1)) << 3
            | u64::from(self.brackets.min(1)) << 2;
        let mut add = |template: u64, value: u64, word: u64| on(slot(template, value, word));
        add(0, 0, 0);
        add(1, pair, 0);
        add(2, pair << 5 | before, 0);
        add(3, pair << 5 | shape(n2), 0);
        add(4, pair << 10 | before << 5 | shape(n2), 0);
        add(5, (pair << 10 | before << 5 | shape(n2)) << 5 | shape(p2), 0);
        add(6, (pair << 10 | shape(n3) << 5 | shape(n2)) << 5 | before, 0);
        add(7, u64::from(this.space), this.word);
        add(8, u64::from(this.space), next.word);
        add(9, shape(next) | u64::from(this.space) << 5, this.word);
        add(10, shape(this) | u64::from(this.space) << 5, next.word ^ shape(next) << 60);
        add(11, u64::from(this.space), this.word.rotate_left(17) ^ next.word);
        add(12, pair, p1.word);
        add(13, pair, n2.word);
        add(14, pair, p1.word.rotate_left(17) ^ this.word);
        add(15, pair, next.word.rotate_left(17) ^ n2.word);
        add(16, pair << 4 | length, 0);
        add(17, pair << 4 | rest, 0);
        add(18, pair << 5 | state, 0);
        add(19, (pair << 5 | state) << 5 | shape(n2), before);
        add(20, pair, next.ending);
        add(21, pair, this.ending);
        add(22, pair << 5 | shape(self.start_seen), self.start_seen.word);
        add(23, pair << 8 | length << 4 | rest, before);
        add(24, pair << 4 | u64::from(p1.len), before);
        add(25, pair << 5 | shape(self.start_seen), length);
    }
}

/// Lengths up to 4 as they are, then in steps.
fn bucket(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=20 => 8,
        21..=30 => 9,
        31..=50 => 10,
        _ => 11,
    }
}

#[inline]
fn slot(template: u64, value: u64, word: u64) -> u32 {
    let mut hash = (word ^ template << 57 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (hash >> (64 - SLOT_BITS)) as u32
}

fn look(text: &str, tokens: &[Token], at: usize) -> Seen {
    let span = tokens[at].span;
    let form = span.of(text);
    let end = span.end();
    let space = match tokens.get(at + 1).map(|next| next.span.start()) {
        Some(start) if start == end => 0,
        Some(start) => {
            let is_line_end =
                text.as_bytes()[end..start.min(end + 8)].iter().any(|b| matches!(b, b'\n' | b'\r'));
            if is_line_end { 2 } else { 1 }
        }
        None => 3,
    };
    let bytes = form.as_bytes();
    let mut word = 0xCBF2_9CE4_8422_2325;
    for byte in bytes.iter().take(32) {
        let byte = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
        word = (word ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    let ending =
        bytes.iter().rev().take(3).fold(1, |hash, byte| hash << 8 | u64::from(*byte | 0x20));
    let len = u8::try_from(bytes.len().min(15)).expect("at most 15");
    let is_upper = char_at(form, 0).is_uppercase();
    Seen { word, ending, shape: shape_of(form), len, is_upper, space }
}

fn shape_of(form: &str) -> Shape {
    let first = char_at(form, 0);
    let n_bytes = form.len();
    match class(first) {
        Class::Letter => letters(form, first),
        Class::Digit if form.ends_with('.') => Shape::Abbreviation,
        Class::Digit => Shape::Number,
        Class::Space => Shape::Symbol,
        Class::Mark => match first {
            '.' if n_bytes == 1 => Shape::Stop,
            '.' if form.ends_with(['?', '!']) => Shape::Question,
            '.' | '…' => Shape::Dots,
            '?' => Shape::Question,
            '!' => Shape::Exclamation,
            ',' => Shape::Comma,
            ':' if n_bytes == 1 => Shape::Colon,
            ';' if n_bytes == 1 => Shape::Semicolon,
            '-' | '–' | '—' if first.len_utf8() == n_bytes => Shape::Dash,
            '"' | '″' => Shape::Quote,
            '\'' if form == "''" => Shape::Quote,
            '`' if n_bytes == 2 => Shape::Quote,
            '“' | '«' | '„' => Shape::QuoteOpen,
            '”' | '»' => Shape::QuoteClose,
            '\'' | '‘' | '’' | '`' if first.len_utf8() == n_bytes => Shape::Apostrophe,
            '\'' | '’' => Shape::Clitic,
            '(' | '[' | '{' if n_bytes == 1 => Shape::BracketOpen,
            ')' | ']' | '}' if n_bytes == 1 => Shape::BracketClose,
            '•' | '·' | '*' | '>' | '●' | '▪' if first.len_utf8() == n_bytes => {
                Shape::Bullet
            }
            '-' | '*' | '=' | '_' | '~' | '+' | '#'
                if n_bytes > 1 && form.bytes().all(|b| b == form.as_bytes()[0]) =>
            {
                Shape::Rule
            }
            ':' | ';' | '=' | '^' | '<' | '-' | '>' if n_bytes > 1 => Shape::Emoticon,
            _ => Shape::Symbol,
        },
    }
}

fn letters(form: &str, first: char) -> Shape {
    if let Some(stem) = form.strip_suffix('.') {
        return if stem.contains('.') {
            Shape::Acronym
        } else if stem.len() == first.len_utf8() {
            Shape::Initial
        } else {
            Shape::Abbreviation
        };
    }
    let n_upper = form.chars().filter(|c| c.is_uppercase()).count();
    if form.contains(['@', '/', '.']) {
        return Shape::Address;
    }
    match (first.is_uppercase(), n_upper) {
        (_, 0) => Shape::Lower,
        (true, 1) if form.len() == first.len_utf8() => Shape::Capital,
        (true, 1) => Shape::Capitalized,
        (true, n) if n == form.chars().count() => Shape::Upper,
        _ => Shape::Mixed,
    }
}
