//! Words into lines.

use std::fmt::Write;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{View, visible};

/// A paragraph that is being written, with a hanging indent.
///
/// White space of any kind and length counts as one space; lines are broken there, and within a
/// word only if it is longer than a line.
pub(super) struct Flow<'o> {
    view: View,
    indent: usize,
    out: &'o mut String,
    /// The column that comes next.
    column: usize,
    /// The word that is being put together, in pieces of one style each.
    word: Vec<(String, Style)>,
    /// Whether there was white space in front of the word.
    space: bool,
    /// The style that is on.
    style: Style,
}

impl<'o> Flow<'o> {
    /// A paragraph whose first line has already been indented.
    pub(super) fn new(view: View, indent: usize, out: &'o mut String) -> Self {
        let (word, style) = (Vec::new(), Style::new());
        Self { view, indent, out, column: indent, word, space: false, style }
    }

    /// Appends words in a style.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !word.is_empty() {
                self.word.push((visible(word).into_owned(), style));
            }
            if word.len() < piece.len() {
                self.flush();
                self.space = true;
            }
        }
    }

    /// Ends the paragraph.
    pub(super) fn finish(mut self) {
        self.flush();
        self.switch(Style::new());
        self.out.push('\n');
    }

    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let width: usize = word.iter().map(|(piece, _)| piece.width()).sum();
        let limit = self.view.width.unwrap_or(usize::MAX);
        let begun = self.column > self.indent;
        if begun && self.column + usize::from(self.space) + width > limit {
            self.break_line();
        } else if begun && self.space {
            self.out.push(' ');
            self.column += 1;
        }
        self.space = false;
        for (piece, style) in word {
            self.write(&piece, style, limit);
        }
    }

    fn write(&mut self, piece: &str, style: Style, limit: usize) {
        self.switch(style);
        for c in piece.chars() {
            let width = c.width().unwrap_or(0);
            if self.column + width > limit && self.column > self.indent {
                self.break_line();
            }
            self.out.push(c);
            self.column += width;
        }
    }

    fn switch(&mut self, style: Style) {
        if self.view.color && style != self.style {
            write!(self.out, "{:#}{style}", self.style).expect("a string takes everything");
            self.style = style;
        }
    }

    fn break_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.indent));
        self.column = self.indent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(text: &str, width: usize) -> String {
        let mut out = "  ".to_owned();
        let view = View { color: false, trees: false, width: Some(width) };
        let mut flow = Flow::new(view, 2, &mut out);
        flow.push(text, Style::new());
        flow.finish();
        out
    }

    #[test]
    fn lines_are_broken_at_white_space() {
        assert_eq!(flow("one two\n three", 9), "  one two\n  three\n");
        assert_eq!(flow("one two", 8), "  one\n  two\n");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(flow("日本語 日本", 8), "  日本語\n  日本\n");
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        assert_eq!(flow("a 日本語日本語", 8), "  a\n  日本語\n  日本語\n");
    }

    #[test]
    fn pieces_without_white_space_between_stay_together() {
        let mut out = String::new();
        let view = View { color: false, trees: false, width: Some(10) };
        let mut flow = Flow::new(view, 0, &mut out);
        flow.push("Mayor ", Style::new());
        flow.push("[", Style::new());
        flow.push("Reyes", Style::new().bold());
        flow.push("], ", Style::new());
        flow.push("who", Style::new());
        flow.finish();
        assert_eq!(out, "Mayor\n[Reyes],\nwho\n");
    }
}
