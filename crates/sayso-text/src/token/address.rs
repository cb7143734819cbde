//! Web and mail addresses, file names and handles.

use super::Scanner;
use crate::character::Class;

/// The longest part of a mail address before its `@`, in bytes (RFC 5321, section 4.5.3.1.1).
const MAX_LOCAL: usize = 64;
/// The longest dotted name looked at, in bytes; a domain has at most 253 (RFC 1035).
const MAX_NAME: usize = 253;

impl Scanner<'_> {
    /// Takes the address that starts at `at`, if one does, and returns its end.
    pub(super) fn address(&mut self, at: usize) -> Option<usize> {
        let url = match self.bytes[at] | 0x20 {
            b'h' | b'w' | b'f' | b'm' => self.url(at),
            _ => None,
        };
        let end = url
            .or_else(|| if self.has_at { self.mail(at) } else { None })
            .or_else(|| if self.has_dot { self.dotted(at) } else { None })?;
        Some(self.emit(at, end))
    }

    /// A web address: to the end of the stretch, but for closing punctuation.
    fn url(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..self.end];
        let starts =
            |with: &[u8]| rest.len() > with.len() && rest[..with.len()].eq_ignore_ascii_case(with);
        let scheme: [&[u8]; 5] = [b"http://", b"https://", b"www.", b"ftp://", b"mailto:"];
        let opening = scheme.into_iter().find(|with| starts(with))?.len();
        // A closing bracket stays if the address opens one.
        let opens = self.last_open.is_some_and(|open| open > at);
        let end = if opens { self.bracket_end } else { self.core_end }.max(at + opening);
        // Curly quotes and the like close an address as well.
        let text = self.text.get(at..end)?;
        let cut = text.find(['”', '’', '»', '<', '>', '"', '“', '…']).unwrap_or(text.len());
        (cut > opening).then_some(at + cut)
    }

    /// A mail address: *\[a.reyes@example.org\]*.
    fn mail(&self, at: usize) -> Option<usize> {
        let limit = self.end.min(at + MAX_LOCAL);
        let local = (at..limit).find(|i| !is_local(self.bytes[*i]))?;
        if self.bytes[local] != b'@' || local == at || !self.is_word(local + 1) {
            return None;
        }
        let limit = self.end.min(local + MAX_NAME);
        let end = (local + 1..limit).find(|i| !is_name(self.bytes[*i])).unwrap_or(limit);
        // Not within a character: every byte taken is ASCII.
        let end = self.without_stop(end);
        (end > local + 1 && self.text.is_char_boundary(end)).then_some(end)
    }

    /// A domain or a file name: *[example.com]*, *[budget-2.xls]*.
    fn dotted(&self, at: usize) -> Option<usize> {
        let limit = self.end.min(at + MAX_NAME);
        let end = (at..limit).find(|i| !is_name(self.bytes[*i])).unwrap_or(limit);
        let end = self.without_stop(end);
        let dot = (at..end).rev().find(|i| self.bytes[*i] == b'.')?;
        let name = &self.bytes[at..end];
        if name.windows(2).any(|pair| pair == b"..") {
            return None;
        }
        // *[alt.animals.cat]*: a news group.
        let parts = name.split(|byte| *byte == b'.');
        let is_lower = |part: &[u8]| part.len() > 1 && part.iter().all(u8::is_ascii_lowercase);
        if parts.clone().count() > 2 && parts.clone().all(is_lower) && !self.is_word(end) {
            return Some(end);
        }
        let last = &self.bytes[dot + 1..end];
        let before = self.bytes[dot - 1];
        // "It ended.In May": a sentence without its space, not the domain of India.
        let sentence = last[0].is_ascii_uppercase() && before.is_ascii_lowercase();
        let number = !name.iter().any(u8::is_ascii_alphabetic);
        if sentence || number || last.len() < 2 || !self.lexicon.is_domain(last) {
            return None;
        }
        // A path goes on to the end: *[example.com/news]*.
        if self.byte(end) == b'/' && self.is_word(end + 1) {
            let text = self.text.get(end..self.core_end.max(end))?;
            return Some(
                end + text.find(|c: char| !c.is_ascii() || c == '"').unwrap_or(text.len()),
            );
        }
        (self.class(end) != Class::Letter).then_some(end)
    }

    /// `end` without the dots and hyphens before it.
    fn without_stop(&self, mut end: usize) -> usize {
        while end > 0 && matches!(self.bytes[end - 1], b'.' | b'-' | b'_') {
            end -= 1;
        }
        end
    }
}

/// Whether an address does not end with this byte.
pub(super) fn is_closing(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'>' | b'"' | b'\'')
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%' | b'\'')
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}
