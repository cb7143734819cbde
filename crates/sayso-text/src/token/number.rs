//! Numbers: amounts, dates, times, telephone numbers, ordinals, decades, and units written onto
//! them.

use super::Scanner;
use crate::character::{Class, is_apostrophe};

/// Units that are cut off the number before them: *\[7:30\]\[pm\]*, *\[40\]\[km\]*.
///
/// Source: what follows digits directly in the training sections of UD English EWT and GUM.
const UNITS: [&str; 34] = [
    "am", "b", "bn", "c", "cm", "f", "ft", "g", "gb", "ghz", "h", "hr", "hrs", "hz", "k", "kb",
    "kg", "km", "lb", "lbs", "m", "mb", "mg", "mhz", "min", "ml", "mm", "mph", "oz", "percent",
    "pm", "t", "tn", "x",
];

/// What stays on the number before it: *\[21st\]*, *\[1990s\]*.
const ENDINGS: [&str; 5] = ["st", "nd", "rd", "th", "s"];

impl Scanner<'_> {
    /// Takes the number, or the word that begins with a digit, at `at`.
    pub(super) fn number(&mut self, at: usize) -> usize {
        let end = self.digits(at);
        let letters = self.run(end);
        if letters > end {
            return self.digits_and_letters(at, end, letters);
        }
        // Decades keep their clitic: *the [1990's]*.
        if self.char(end).is_some_and(is_apostrophe) {
            let s = end + self.char(end).map_or(1, char::len_utf8);
            if self.byte(s) == b's' && !self.is_word(s + 1) {
                return self.emit(at, s + 1);
            }
        }
        if let Some(dash) = self.code(at) {
            return self.emit(at, dash);
        }
        self.emit(at, end)
    }

    /// One past a number with its inner points, commas, colons and slashes.
    fn digits(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            while self.class(end) == Class::Digit {
                end += self.char(end).map_or(1, char::len_utf8);
            }
            let inner = matches!(self.byte(end), b'.' | b',' | b':' | b'/');
            if !inner || !self.byte(end + 1).is_ascii_digit() {
                return end;
            }
            end += 1;
        }
    }

    fn digits_and_letters(&mut self, at: usize, digits: usize, end: usize) -> usize {
        let letters = &self.bytes[digits..end];
        let is = |list: &[&str]| list.iter().any(|e| letters.eq_ignore_ascii_case(e.as_bytes()));
        if is(&ENDINGS) {
            return self.emit(at, end);
        }
        // "p.m." is written onto the hour as well.
        let hour = matches!(letters, b"a" | b"p") && self.byte(end) == b'.';
        if hour && self.byte(end + 1) == b'm' && !self.is_word(end + 2) {
            return self.emit(at, digits);
        }
        // "3D" and "4G" are names: a capital that is no unit of time or money stays on.
        if is(&UNITS) && !matches!(letters, b"C" | b"F" | b"G" | b"H" | b"T" | b"X") {
            return self.emit(at, digits);
        }
        self.word(at, at)
    }

    /// One past a number whose groups are joined by hyphens and make one code: a telephone number
    /// (*\[555-010-7788\]*), a date (*\[11-20-2024\]*). A range (*\[10\]\[-\]\[20\]*) is none.
    fn code(&self, at: usize) -> Option<usize> {
        let mut groups = [0; 5];
        let mut n_groups = 0;
        let mut end = at;
        loop {
            let start = end;
            while self.byte(end).is_ascii_digit() {
                end += 1;
            }
            *groups.get_mut(n_groups)? = end - start;
            n_groups += 1;
            if self.byte(end) != b'-' || !self.byte(end + 1).is_ascii_digit() {
                break;
            }
            end += 1;
        }
        if self.class(end) == Class::Letter {
            return None;
        }
        let groups = &groups[..n_groups];
        let is_telephone = matches!(groups, [1 | 3 | 5, 4] | [3, 3, 4] | [1, 3, 3, 4]);
        let is_date = matches!(groups, [4, 2, 2] | [1 | 2, 1 | 2, 2 | 4]);
        let is_code = is_telephone || is_date;
        is_code.then_some(end)
    }
}
