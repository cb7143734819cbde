//! The words of a search: `"drone parts" AND (quay OR harb*) NOT film`.

use std::fmt::Write as _;
use std::mem::{Discriminant, discriminant};

use crate::StoreError;

/// What a sentence's words must be.
///
/// Words are compared without case and accents. Words that stand side by side must all be there;
/// `NOT` binds closer than `AND`, and `AND` closer than `OR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Words one after the other.
    Phrase(String),
    /// The beginning of a word, or words of which the last is only begun.
    Prefix(String),
    /// Both.
    And(Box<Self>, Box<Self>),
    /// At least one of them.
    Or(Box<Self>, Box<Self>),
    /// The first without the second.
    Not(Box<Self>, Box<Self>),
}

impl Words {
    /// Reads what a person typed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Query`] if it is not well-formed, with the place.
    ///
    /// # Examples
    ///
    /// ```
    /// use sayso_store::{StoreError, Words};
    ///
    /// assert_eq!(Words::parse("quay*")?, Words::Prefix("quay".into()));
    /// assert!(matches!(Words::parse("quay OR"), Err(StoreError::Query { at: 7, .. })));
    /// # Ok::<(), StoreError>(())
    /// ```
    pub fn parse(typed: &str) -> Result<Self, StoreError> {
        let mut parser = Parser { pieces: pieces(typed)?, next: 0, end: typed.chars().count() };
        let words = parser.either(0)?;
        match parser.peek() {
            None => Ok(words),
            Some((at, _)) => Err(wrong(*at, "a closing parenthesis without an opening one")),
        }
    }

    /// The same in the language of FTS5.
    pub(crate) fn fts5(&self) -> String {
        let mut out = String::new();
        self.write_fts5(&mut out);
        out
    }

    fn write_fts5(&self, out: &mut String) {
        let (left, word, right) = match self {
            Self::Phrase(words) => return out.push_str(&quoted(words)),
            Self::Prefix(words) => {
                let _ = write!(out, "{} *", quoted(words));
                return;
            }
            Self::And(left, right) => (left, "AND", right),
            Self::Or(left, right) => (left, "OR", right),
            Self::Not(left, right) => (left, "NOT", right),
        };
        // A chain of one operator is written without parentheses: FTS5 parses few of them.
        left.write_operand(discriminant(self), out);
        let _ = write!(out, " {word} ");
        right.write_operand(discriminant(&Self::Phrase(String::new())), out);
    }

    fn write_operand(&self, outer: Discriminant<Self>, out: &mut String) {
        let bare = matches!(self, Self::Phrase(_) | Self::Prefix(_)) || discriminant(self) == outer;
        out.push_str(if bare { "" } else { "(" });
        self.write_fts5(out);
        out.push_str(if bare { "" } else { ")" });
    }
}

/// How deep parentheses may be nested, and how many words there may be: what FTS5 takes.
const MAX_DEPTH: u32 = 8;
const MAX_PIECES: usize = 200;

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

fn wrong(at: usize, reason: &str) -> StoreError {
    StoreError::Query { reason: reason.to_owned(), at }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(Words),
    And,
    Or,
    Not,
    Open,
    Close,
}

/// The pieces of what was typed, each with its place in code points.
fn pieces(typed: &str) -> Result<Vec<(usize, Piece)>, StoreError> {
    let characters: Vec<char> = typed.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let start = at;
        at += 1;
        let piece = match character {
            '(' => Piece::Open,
            ')' => Piece::Close,
            '"' | '“' | '”' => {
                let rest = characters.get(at..).unwrap_or_default();
                let length = rest.iter().position(|it| matches!(it, '"' | '“' | '”'));
                let length =
                    length.ok_or_else(|| wrong(start, "a quotation mark without its partner"))?;
                let phrase: String = rest.iter().take(length).collect();
                at += length + 1;
                let begun = characters.get(at) == Some(&'*');
                at += usize::from(begun);
                Piece::Words(words(&phrase, begun, start)?)
            }
            blank if blank.is_whitespace() => continue,
            _ => {
                while characters.get(at).is_some_and(|&it| is_of_word(it)) {
                    at += 1;
                }
                let word: String = characters.get(start..at).unwrap_or_default().iter().collect();
                match word.as_str() {
                    "AND" => Piece::And,
                    "OR" => Piece::Or,
                    "NOT" => Piece::Not,
                    _ => {
                        let stem = word.strip_suffix('*');
                        Piece::Words(words(stem.unwrap_or(&word), stem.is_some(), start)?)
                    }
                }
            }
        };
        if pieces.len() == MAX_PIECES {
            return Err(wrong(start, "more than 200 words"));
        }
        pieces.push((start, piece));
    }
    Ok(pieces)
}

fn is_of_word(character: char) -> bool {
    !character.is_whitespace() && !matches!(character, '(' | ')' | '"' | '“' | '”')
}

fn words(typed: &str, begun: bool, at: usize) -> Result<Words, StoreError> {
    if typed.contains('*') {
        return Err(wrong(at, "a star that is not at the end of a word"));
    }
    if !typed.chars().any(char::is_alphanumeric) || typed.contains('\0') {
        return Err(wrong(at, "nothing that could be found: no letter and no digit"));
    }
    let typed = typed.to_owned();
    Ok(if begun { Words::Prefix(typed) } else { Words::Phrase(typed) })
}

struct Parser {
    pieces: Vec<(usize, Piece)>,
    next: usize,
    /// Where what was typed ends.
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&(usize, Piece)> {
        self.pieces.get(self.next)
    }

    fn take(&mut self, piece: &Piece) -> bool {
        let found = self.peek().is_some_and(|(_, it)| it == piece);
        self.next += usize::from(found);
        found
    }

    fn either(&mut self, depth: u32) -> Result<Words, StoreError> {
        let mut left = self.both(depth)?;
        while self.take(&Piece::Or) {
            left = Words::Or(Box::new(left), Box::new(self.both(depth)?));
        }
        Ok(left)
    }

    fn both(&mut self, depth: u32) -> Result<Words, StoreError> {
        let mut left = self.without(depth)?;
        loop {
            let said = self.take(&Piece::And);
            let more = matches!(self.peek(), Some((_, Piece::Words(_) | Piece::Open)));
            if !said && !more {
                return Ok(left);
            }
            left = Words::And(Box::new(left), Box::new(self.without(depth)?));
        }
    }

    fn without(&mut self, depth: u32) -> Result<Words, StoreError> {
        let mut left = self.one(depth)?;
        while self.take(&Piece::Not) {
            left = Words::Not(Box::new(left), Box::new(self.one(depth)?));
        }
        Ok(left)
    }

    fn one(&mut self, depth: u32) -> Result<Words, StoreError> {
        let Some((at, piece)) = self.peek().cloned() else {
            return Err(wrong(self.end, "words are missing"));
        };
        self.next += 1;
        match piece {
            Piece::Words(words) => Ok(words),
            Piece::Open if depth == MAX_DEPTH => Err(wrong(at, "parentheses nested too deep")),
            Piece::Open => {
                let inner = self.either(depth + 1)?;
                if self.take(&Piece::Close) {
                    return Ok(inner);
                }
                Err(wrong(at, "a parenthesis without its partner"))
            }
            Piece::Not => Err(wrong(at, "NOT needs words before it: what is sought without what")),
            Piece::And | Piece::Or | Piece::Close => Err(wrong(at, "words are missing")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fts5(typed: &str) -> String {
        Words::parse(typed).unwrap().fts5()
    }

    fn error(typed: &str) -> (usize, String) {
        let Err(StoreError::Query { reason, at }) = Words::parse(typed) else { panic!("{typed}") };
        (at, reason)
    }

    #[test]
    fn not_binds_closer_than_and_and_and_closer_than_or() {
        assert_eq!(fts5("a OR b c NOT d"), r#""a" OR ("b" AND ("c" NOT "d"))"#);
        assert_eq!(fts5("(a OR b) AND c"), r#"("a" OR "b") AND "c""#);
        assert_eq!(fts5("and or not"), r#""and" AND "or" AND "not""#);
    }

    #[test]
    fn a_word_may_hold_anything_and_a_phrase_too() {
        assert_eq!(fts5("U.S. O'Neill's"), r#""U.S." AND "O'Neill's""#);
        assert_eq!(fts5("\"drone parts\" quay*"), r#""drone parts" AND "quay" *"#);
        assert_eq!(fts5("“drone par”*"), r#""drone par" *"#);
        assert_eq!(fts5("text:a^b"), r#""text:a^b""#);
    }

    #[test]
    fn what_is_not_well_formed_has_its_place() {
        assert_eq!(error("").0, 0);
        assert_eq!(error("“müll").0, 0);
        assert_eq!(error("müll “no").0, 5);
        assert_eq!(error("a OR OR b").0, 5);
        assert_eq!(error("NOT a").0, 0);
        assert_eq!(error("a )").0, 2);
        assert_eq!(error("(a").0, 0);
        assert_eq!(error("a *").0, 2);
        assert_eq!(error("a — b").0, 2);
        assert_eq!(error("ha*ll").0, 0);
        assert_eq!(error(&"(".repeat(100_000)).0, 200);
    }
}
