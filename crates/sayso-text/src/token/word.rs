//! Words of letters: clitics, contractions, hyphens, abbreviations.

use super::Scanner;
use crate::character::{Class, class, is_apostrophe};
use crate::lexicon::Stop;

/// Second parts that keep the hyphen before them: *[career-wise]*.
const SUFFIXES: [&str; 4] = ["wise", "esque", "ish", "e"];
/// Words with a slash in them.
const SLASHED: [&str; 8] = ["w/", "w/o", "b/c", "s/he", "l/c", "i/c", "n/a", "a/c"];
/// Clitics, as they follow the apostrophe.
const CLITICS: [&str; 6] = ["s", "m", "d", "ll", "ve", "re"];
/// How far a mark is looked for that closes a single quotation, in bytes.
const MAX_CLOSE: usize = 256;
/// The longest run of single letters with stops looked at, in bytes: *[U.S.S.R.]*.
const MAX_ACRONYM: usize = 32;

impl Scanner<'_> {
    /// Takes the word that starts at `start`, of which the bytes up to `at` are known to belong to
    /// it, with what is cut off it or joined to it.
    pub(super) fn word(&mut self, start: usize, at: usize) -> usize {
        let mut end = self.run(at);
        loop {
            let Some(c) = self.char(end) else { return self.plain(start, end) };
            let joined = match c {
                '-' | '\u{2010}' | '\u{2011}' => self.hyphen(start, end, c),
                '.' => return self.stop(start, end),
                '&' => self.ampersand(start, end),
                '/' => self.slash(start, end),
                '_' => self.is_word(end + 1).then_some(end + 1),
                '@' => self.is_word(end + 1).then_some(end + 1),
                _ if is_apostrophe(c) => match self.clitic(start, end, c) {
                    Clitic::Taken(end) => return end,
                    Clitic::Inside(next) => Some(next),
                    Clitic::None => None,
                },
                _ => None,
            };
            match joined {
                Some(next) => end = self.run(next),
                None => return self.plain(start, end),
            }
        }
    }

    /// A word that nothing is joined to: one token, or a contraction's parts.
    fn plain(&mut self, start: usize, end: usize) -> usize {
        let Some([first, second]) = self.lexicon.contraction(&self.bytes[start..end]) else {
            return self.emit(start, end);
        };
        let cut = start + usize::from(first);
        if second == 0 {
            self.emit_parts(&[start, cut, end])
        } else {
            self.emit_parts(&[start, cut, cut + usize::from(second), end])
        }
    }

    /// Where the word goes on after the hyphen at `at`, if it does.
    fn hyphen(&self, start: usize, at: usize, c: char) -> Option<usize> {
        let next = at + c.len_utf8();
        if !self.is_word(next) {
            return None;
        }
        let end = self.run(next);
        let suffix = &self.bytes[next..end];
        let is_suffix = SUFFIXES.iter().any(|e| suffix.eq_ignore_ascii_case(e.as_bytes()));
        let joins = self.lexicon.is_prefix(&self.bytes[start..at]) || is_suffix && at - start > 3;
        joins.then_some(next)
    }

    /// *\[AT&T\]*, *\[R&D\]*, but *\[salt\]\[&\]\[pepper\]*.
    fn ampersand(&self, start: usize, at: usize) -> Option<usize> {
        let end = self.run(at + 1);
        let short = |part: &[u8]| {
            part.len() == 1 && part[0].is_ascii_alphabetic()
                || (1..=3).contains(&part.len()) && part.iter().all(u8::is_ascii_uppercase)
        };
        let joins = short(&self.bytes[start..at]) && short(&self.bytes[at + 1..end]);
        joins.then_some(at + 1)
    }

    fn slash(&self, start: usize, at: usize) -> Option<usize> {
        let end = self.run(at + 1);
        let whole = &self.bytes[start..end];
        let joins = SLASHED.iter().any(|e| whole.eq_ignore_ascii_case(e.as_bytes()));
        joins.then_some(at + 1)
    }

    /// The word `start..at` before a full stop.
    fn stop(&mut self, start: usize, at: usize) -> usize {
        if let Some(end) = self.acronym(start, at) {
            return self.emit(start, end);
        }
        let (known, keeps) = match self.abbreviation(start, at) {
            Some(stop) => (true, self.keeps_stop(at, stop)),
            None => (false, self.initial(start, at)),
        };
        // Dots are no full stop, but two of them may be the word's own and the sentence's.
        let doubled = self.byte(at + 1) == b'.';
        let tripled = doubled && self.byte(at + 2) == b'.';
        if keeps && !tripled || doubled && !tripled && known {
            return self.emit(start, at + 1);
        }
        self.plain(start, at)
    }

    /// When the word `start..at` keeps its stop; *[GEN.]* as *[Gen.]*.
    fn abbreviation(&self, start: usize, at: usize) -> Option<Stop> {
        let word = &self.bytes[start..at];
        let found = self.lexicon.abbreviation(word);
        if found.is_some() || word.len() > 8 || !word.iter().all(u8::is_ascii_uppercase) {
            return found;
        }
        let mut titled = [0; 8];
        titled[..word.len()].copy_from_slice(word);
        titled[1..word.len()].make_ascii_lowercase();
        self.lexicon.abbreviation(&titled[..word.len()]).filter(|stop| *stop != Stop::Number)
    }

    fn keeps_stop(&self, at: usize, stop: Stop) -> bool {
        let next = at + 1;
        let (c, touches) = match self.char(next) {
            Some(c) => (c, true),
            None => match self.next_chunk() {
                Some(c) => (c, false),
                None => return false,
            },
        };
        match stop {
            Stop::Always => true,
            Stop::Inside if touches => matches!(c, ',' | ';' | ':' | ')' | '\'' | '’' | '/'),
            Stop::Inside => !c.is_uppercase() && !matches!(c, '"' | '“'),
            Stop::Name if touches => c == ',' || c.is_numeric(),
            Stop::Name => c.is_uppercase() || c.is_numeric(),
            Stop::Number => c.is_numeric(),
        }
    }

    /// A capital before a full stop, as in *George [W.] Bell*: the name goes on.
    fn initial(&self, start: usize, at: usize) -> bool {
        let one = self.text.get(start..at).is_some_and(|word| {
            let mut chars = word.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        });
        // "I" and a vitamin end sentences as well; a capital must follow, and a name precede.
        one && self.char(at + 1).map_or_else(
            || match self.next_chunk() {
                Some(c) if c.is_uppercase() => self.bytes[start] != b'I',
                // A bill: *[S.] 57*, *[H.] 1204*.
                Some(c) => c.is_numeric() && matches!(self.bytes[start], b'S' | b'H'),
                None => false,
            },
            |c| matches!(c, ',' | '-'),
        )
    }

    /// Single letters with stops: *[U.S.]*, *[p.m.]*, *[e.g.]*; with the last one unless the
    /// sentence ends with an hour.
    fn acronym(&self, start: usize, at: usize) -> Option<usize> {
        let letters = self.text.get(start..at)?;
        // "Ph.D." begins with two letters.
        if letters.chars().count() != 1 && letters != "Ph" && letters != "Lt" {
            return None;
        }
        let mut end = at;
        let mut n_letters = 1;
        while end - start < MAX_ACRONYM && self.byte(end) == b'.' {
            let letter = end + 1;
            if self.class(letter) != Class::Letter {
                break;
            }
            let after = self.run(letter);
            if self.text.get(letter..after)?.chars().count() != 1 {
                break;
            }
            end = after;
            n_letters += 1;
        }
        if n_letters < 2 || self.is_word(end) {
            return None;
        }
        if self.byte(end) != b'.' || self.byte(end + 1) == b'.' && self.byte(end + 2) == b'.' {
            return Some(end);
        }
        let hour = matches!(&self.bytes[start..end], b"a.m" | b"p.m" | b"A.M" | b"P.M");
        let ends = hour && end + 1 == self.end && self.next_chunk().is_none_or(char::is_uppercase);
        Some(if ends { end } else { end + 1 })
    }

    /// The word `start..at` before the apostrophe `c`.
    fn clitic(&mut self, start: usize, at: usize, c: char) -> Clitic {
        let next = at + c.len_utf8();
        let end = self.run(next);
        if end == next {
            return self.final_apostrophe(start, at, next);
        }
        let letters = &self.bytes[next..end];
        let more =
            self.char(end).is_some_and(|c| is_apostrophe(c) && self.is_word(end + c.len_utf8()));
        // *[do][n't]*; *[n't]* alone after a space is one word.
        let is_not =
            letters.eq_ignore_ascii_case(b"t") && matches!(self.bytes[at - 1], b'n' | b'N');
        let cut = if is_not { at - 1 } else { at };
        if cut == start {
            return Clitic::Taken(self.emit(start, end));
        }
        if is_not || CLITICS.iter().any(|e| letters.eq_ignore_ascii_case(e.as_bytes())) {
            if more {
                let tail = end + self.char(end).map_or(1, char::len_utf8);
                let last = self.run(tail);
                return Clitic::Taken(self.emit_parts(&[start, cut, end, last]));
            }
            return Clitic::Taken(self.emit_parts(&[start, cut, end]));
        }
        // *[O'Connor]*, *[Qur'an]*, *[d'Alembert]*
        Clitic::Inside(next)
    }

    /// An apostrophe that no letter follows: a possessive (`the dogs'`), part of the word
    /// (`cookin'`), or a closing quotation mark.
    fn final_apostrophe(&mut self, start: usize, at: usize, next: usize) -> Clitic {
        if self.open_single && !self.is_closed_later(next) {
            self.open_single = false;
            return Clitic::None;
        }
        let before = self.bytes[at - 1] | 0x20;
        if matches!(before, b's' | b'z' | b'x')
            && self.class(next) != Class::Digit
            && at - start > 1
        {
            return Clitic::Taken(self.emit_parts(&[start, at, next]));
        }
        let word = &self.bytes[start..at];
        let elided =
            word.len() > 3 && word.ends_with(b"in") || matches!(word, b"ol" | b"an" | b"o");
        if elided && !self.open_single {
            return Clitic::Taken(self.emit(start, next));
        }
        Clitic::None
    }

    /// Whether a lower-case word follows and, soon after, a mark that can close the quotation: then
    /// the apostrophe that ends at `next` is a possessive (*‘The dogs[’] owners won’t pay,’*).
    fn is_closed_later(&self, next: usize) -> bool {
        if next != self.end || !self.next_chunk().is_some_and(char::is_lowercase) {
            return false;
        }
        let mut limit = self.block_end.min(next + MAX_CLOSE);
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let rest = self.text.get(next..limit).unwrap_or_default();
        let mut chars = rest.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            let after = chars.peek().map_or(Class::Space, |c| class(*c));
            let closes = matches!(c, '\'' | '’') && !before.is_whitespace();
            if closes && !matches!(after, Class::Letter | Class::Digit) {
                return true;
            }
            before = c;
        }
        false
    }
}

/// What an apostrophe after a word is.
enum Clitic {
    /// The word's tokens are out; its end.
    Taken(usize),
    /// A letter of the word; where the word goes on.
    Inside(usize),
    /// No part of the word.
    None,
}
