//! Text that may go to a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with every character that steers a terminal, or turns the direction of the text
/// around, shown by a picture or its number.
///
/// An article may hold escape sequences; printed as they are they could clear the screen, move
/// the cursor or show other words than those that stand there.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match u32::from(c) {
            _ if !steers(c) => shown.push(c),
            // The pictures of control characters stand in their order from U+2400 on.
            code @ 0..=0x1F => shown.extend(char::from_u32(0x2400 + code)),
            0x7F => shown.push('␡'),
            code => write!(shown, "<U+{code:04X}>").expect("a string takes everything"),
        }
    }
    Cow::Owned(shown)
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(visible("\u{1B}[2Jgone\u{7}"), "␛[2Jgone␇");
        assert_eq!(visible("a\u{9B}31mb\u{7F}"), "a<U+009B>31mb␡");
        assert_eq!(visible("a\u{202E}b"), "a<U+202E>b");
    }

    #[test]
    fn other_text_stays() {
        for text in ["“Müller”, 日本", "👩\u{200D}🚒", "soft\u{AD}hyphen"] {
            assert!(matches!(visible(text), Cow::Borrowed(it) if it == text));
        }
    }
}
