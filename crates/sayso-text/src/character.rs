//! Classes of characters.

/// What a character is to the tokenizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Space,
    Letter,
    Digit,
    /// Everything else: a token of its own, or a run of its kind.
    Mark,
}

/// The class of the character at `at` and its length in bytes.
///
/// Invisible characters (soft hyphen, zero-width joiners) and combining marks count as letters:
/// they belong to the word around them.
#[inline]
pub(crate) fn class_at(text: &str, at: usize) -> (Class, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (ASCII[byte as usize], 1);
    }
    let c = char_at(text, at);
    (class(c), c.len_utf8())
}

/// The character at `at`, which is a boundary before the end of `text`.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> char {
    text.get(at..).and_then(|rest| rest.chars().next()).expect("a character starts here")
}

/// The character that ends at `at`, if `at` is not the start of `text`.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|before| before.chars().next_back())
}

/// The class of a character.
pub(crate) fn class(c: char) -> Class {
    if c.is_ascii() {
        return ASCII[c as usize];
    }
    match c {
        _ if c.is_whitespace() => Class::Space,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => Class::Letter,
        // Combining marks.
        '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20F0}' | '\u{FE00}'..='\u{FE0F}' => Class::Letter,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Mark,
    }
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Mark; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            9..=13 | 32 => Class::Space,
            b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Mark,
        };
        byte += 1;
    }
    table
};

/// Whether `c` stands for an apostrophe: the marks that clitics are written with.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '‘' | 'ʼ' | '´' | '′')
}
