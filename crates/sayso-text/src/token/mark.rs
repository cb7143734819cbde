//! Punctuation, symbols and emoticons.

use super::Scanner;
use crate::character::{Class, char_at, is_apostrophe};

/// Words that begin with an apostrophe.
const ELIDED: [&str; 12] =
    ["em", "til", "till", "cause", "bout", "tis", "twas", "n", "round", "neath", "nother", "cuz"];

impl Scanner<'_> {
    /// Takes the mark at `at`, in the stretch that begins at `start`.
    pub(super) fn mark(&mut self, at: usize, start: usize) -> usize {
        if let Some(end) = self.emoticon(at) {
            return self.emit(at, end);
        }
        let c = char_at(self.text, at);
        match c {
            '.' => self.stops(at),
            '!' | '?' => {
                let end = at + self.count(at, |b| matches!(b, b'!' | b'?'));
                self.emit(at, end)
            }
            '-' | '*' | '=' | '~' | '#' | '+' | '<' | '>' | '|' | '^' | '_' | '$' | '\\' => {
                self.repeated(at)
            }
            '@' => self.handle(at),
            _ if is_apostrophe(c) => self.apostrophe(at, c, start),
            _ if c.is_ascii() => self.emit(at, at + 1),
            _ => self.symbol(at, c),
        }
    }

    fn count(&self, at: usize, is: impl Fn(u8) -> bool) -> usize {
        self.bytes[at..self.end].iter().take_while(|byte| is(**byte)).count()
    }

    fn emoticon(&self, at: usize) -> Option<usize> {
        if !matches!(self.bytes[at], b':' | b';' | b'=' | b'^' | b'-' | b'<' | b'>') {
            return None;
        }
        let len = self.lexicon.emoticon(&self.bytes[at..self.end])?;
        let last = self.bytes[at + len - 1];
        let ends = if last.is_ascii_alphanumeric() {
            !self.is_word(at + len) && !self.follows_word(at)
        } else {
            // "http:/" and "and:/or" are no faces.
            !matches!(last, b'/' | b'\\' | b'|' | b'[' | b'*')
                || self.class(at + len) == Class::Space
        };
        ends.then_some(at + len)
    }

    /// Full stops: a single one, or dots; a question or exclamation mark joins a single one.
    fn stops(&mut self, at: usize) -> usize {
        let mut end = self.run_of(at);
        if end == at + 1 {
            end += self.count(end, |b| matches!(b, b'!' | b'?'));
        }
        self.emit(at, end)
    }

    fn repeated(&mut self, at: usize) -> usize {
        let end = self.run_of(at);
        // *[#budget]* is one word, *[#][1]* two.
        if self.bytes[at] == b'#' && end == at + 1 && self.class(end) == Class::Letter {
            let end = self.run(end);
            return self.emit(at, end);
        }
        // Arrows: *[-->]*, *[==>]*.
        let arrow = matches!(self.bytes[at], b'-' | b'=') && self.byte(end) == b'>';
        self.emit(at, end + usize::from(arrow))
    }

    /// A name on a network: `@mayor_reyes`.
    fn handle(&mut self, at: usize) -> usize {
        if self.follows_word(at) || !self.is_word(at + 1) {
            return self.emit(at, at + 1);
        }
        let mut end = self.run(at + 1);
        while self.byte(end) == b'_' && self.is_word(end + 1) {
            end = self.run(end + 1);
        }
        self.emit(at, end)
    }

    /// An apostrophe or a single quotation mark that no word before it has taken.
    fn apostrophe(&mut self, at: usize, c: char, start: usize) -> usize {
        let after = at + c.len_utf8();
        if self.char(after) == Some(c) && matches!(c, '\'' | '`') {
            // Two of them stand for a double quotation mark.
            return self.emit(at, after + c.len_utf8());
        }
        let end = self.run(after);
        let word = &self.bytes[after..end];
        let is = |list: &[&str]| list.iter().any(|e| word.eq_ignore_ascii_case(e.as_bytes()));
        let decade = word.len() == 2 && word.iter().all(u8::is_ascii_digit)
            || word.len() == 3 && word[..2].iter().all(u8::is_ascii_digit) && word[2] == b's';
        if decade && at == start || is(&ELIDED) {
            // *rock [’n’] roll*
            let closes =
                word.eq_ignore_ascii_case(b"n") && self.char(end).is_some_and(is_apostrophe);
            let end = if closes { end + self.char(end).map_or(0, char::len_utf8) } else { end };
            return self.emit(at, end);
        }
        if c != '`' && is(&["s", "ll", "re", "ve", "d", "m"]) && !self.opens(at, start) {
            return self.emit(at, end);
        }
        self.open_single |= end > after && !self.follows_word(at) && c != '’';
        self.emit(at, after)
    }

    /// Whether the mark at `at` can open a quotation: a letter touches it on the right only.
    fn opens(&self, at: usize, start: usize) -> bool {
        at != start && !self.follows_word(at)
    }

    /// A symbol outside ASCII with what modifies it, such as the parts of an emoji.
    fn symbol(&mut self, at: usize, c: char) -> usize {
        let mut end = at + c.len_utf8();
        if c == '…' {
            while self.char(end) == Some('…') {
                end += c.len_utf8();
            }
        }
        while let Some(next) = self.char(end) {
            match next {
                '\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' => end += next.len_utf8(),
                '\u{300}'..='\u{36F}' => end += next.len_utf8(),
                '\u{200D}' => {
                    end += next.len_utf8();
                    end += self.char(end).filter(|c| *c > '\u{203B}').map_or(0, char::len_utf8);
                }
                _ => break,
            }
        }
        self.emit(at, end)
    }
}
