//! Which quotation marks belong together.

#[cfg(test)]
mod tests;

use crate::character::{Class, char_at, char_before, class};
use crate::{Block, Note, Quotation, Span, Token, TokenRange};

/// Notes on unbalanced marks in one document are not more than this.
const MAX_NOTES: usize = 100;

/// The quotations of a text, by first token, and notes on marks without a partner.
///
/// Marks are paired within a block. A mark that opens a block's last quotation and is not closed
/// is no fault if the next block opens with such a mark: *“We will go on. ¶ “And we will win.”*
///
/// # Cost
///
/// Linear in the tokens.
pub(crate) fn quotations(
    text: &str,
    blocks: &[Block],
    tokens: &[Token],
    multiword: &[TokenRange],
) -> (Vec<Quotation>, Vec<Note>) {
    let mut found = Vec::new();
    let mut notes = Vec::new();
    let mut first = 0;
    let mut groups = multiword.iter().peekable();
    for (nth, block) in blocks.iter().enumerate() {
        let mut pairs = Pairs::new(text, block.span);
        let mut at = first;
        while at < tokens.len() && tokens[at].span.end() <= block.span.end() {
            while groups.next_if(|group| group.end as usize <= at).is_some() {}
            let in_group = groups.peek().is_some_and(|group| group.start as usize <= at);
            if !in_group {
                pairs.token(at, tokens[at].span);
            }
            at += 1;
        }
        let next = blocks.get(nth + 1).map(|next| char_at(text, next.span.start()));
        pairs.end(at, next);
        if let Some(span) = pairs.lone.filter(|_| notes.len() < MAX_NOTES) {
            notes.push(Note {
                code: "unbalanced-quote",
                message: format!("the quotation mark {} has no partner", span.of(text)),
                span: Some(span),
            });
        }
        pairs.found.sort_unstable_by_key(|quotation| quotation.tokens.start);
        found.append(&mut pairs.found);
        first = at;
    }
    nest(&mut found);
    (found, notes)
}

/// Says how many quotations stand around each.
fn nest(found: &mut [Quotation]) {
    let mut around: Vec<u32> = Vec::new();
    for quotation in found {
        while around.pop_if(|end| *end <= quotation.tokens.start).is_some() {}
        quotation.depth = u8::try_from(around.len()).unwrap_or(u8::MAX);
        around.push(quotation.tokens.end);
    }
}

/// Marks that may be partners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Straight,
    Curly,
    Guillemet,
    SingleGuillemet,
    SingleStraight,
    SingleCurly,
}

impl Family {
    /// Whether its marks also stand for other things, so that a lone one is not worth a note.
    fn is_single(self) -> bool {
        matches!(self, Self::SingleStraight | Self::SingleCurly)
    }
}

/// What a mark does by its own shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    /// Its surroundings tell.
    Either,
}

fn mark(form: &str) -> Option<(Family, Side)> {
    Some(match form {
        "\"" | "″" | "''" | "＂" => (Family::Straight, Side::Either),
        "``" => (Family::Straight, Side::Opens),
        "“" => (Family::Curly, Side::Opens),
        "„" | "‟" => (Family::Curly, Side::Opens),
        "”" => (Family::Curly, Side::Closes),
        "«" | "»" => (Family::Guillemet, Side::Either),
        "‹" | "›" => (Family::SingleGuillemet, Side::Either),
        "'" | "`" => (Family::SingleStraight, Side::Either),
        "‘" | "‚" | "‛" => (Family::SingleCurly, Side::Opens),
        "’" => (Family::SingleCurly, Side::Closes),
        _ => return None,
    })
}

/// An opening mark that waits for its partner.
#[derive(Clone, Copy, Debug)]
struct Open {
    family: Family,
    token: usize,
    span: Span,
}

/// The quotations of one block.
struct Pairs<'t> {
    text: &'t str,
    block: Span,
    open: Vec<Open>,
    /// How many of each family are open.
    n_open: [usize; 6],
    found: Vec<Quotation>,
    /// The first mark without a partner.
    lone: Option<Span>,
}

impl<'t> Pairs<'t> {
    fn new(text: &'t str, block: Span) -> Self {
        Self { text, block, open: Vec::new(), n_open: [0; 6], found: Vec::new(), lone: None }
    }

    fn token(&mut self, token: usize, span: Span) {
        // No mark is longer than two ASCII or one other character.
        if span.len() > 3 {
            return;
        }
        let form = span.of(self.text);
        let Some((family, side)) = mark(form) else { return };
        let is_open = self.n_open[family as usize] > 0;
        let around = self.around(span);
        let opens = match (side, family) {
            // “ closes what „ has opened.
            (Side::Opens, Family::Curly) if form == "“" && self.top_is("„") => false,
            (Side::Opens, _) => true,
            (Side::Closes, _) => false,
            (Side::Either, Family::Guillemet | Family::SingleGuillemet) => {
                let usual = matches!(form, "«" | "‹");
                // »Nein«, as in German.
                if self.top_is(if usual { "»" } else { "«" }) {
                    false
                } else {
                    usual || !is_open && around.opens()
                }
            }
            (Side::Either, _) => {
                if is_open {
                    around.only_opens()
                } else {
                    around.opens()
                }
            }
        };
        let is_straight_single = family == Family::SingleStraight;
        if opens && (!is_straight_single || around.only_opens()) {
            self.open(Open { family, token, span });
        } else if is_open && (!family.is_single() || !around.is_inner()) {
            self.close(family, token);
        } else if !family.is_single() && !around.after_digit {
            self.lone.get_or_insert(span);
        }
    }

    fn top_is(&self, form: &str) -> bool {
        self.open.last().is_some_and(|open| open.span.of(self.text) == form)
    }

    fn open(&mut self, open: Open) {
        // A straight mark cannot nest in its own kind: the one before it was never closed.
        if matches!(open.family, Family::Straight | Family::SingleStraight)
            && self.n_open[open.family as usize] > 0
        {
            self.drop_to(open.family);
        }
        self.n_open[open.family as usize] += 1;
        self.open.push(open);
    }

    /// Forgets the last open mark of `family`, and those after it.
    fn drop_to(&mut self, family: Family) -> Option<Open> {
        while let Some(open) = self.open.pop() {
            self.n_open[open.family as usize] -= 1;
            if open.family == family {
                return Some(open);
            }
            self.miss(open);
        }
        None
    }

    fn miss(&mut self, open: Open) {
        if !open.family.is_single() {
            self.lone.get_or_insert(open.span);
        }
    }

    fn close(&mut self, family: Family, token: usize) {
        if let Some(open) = self.drop_to(family) {
            let tokens = TokenRange::new(open.token, token + 1);
            self.found.push(Quotation { tokens, closed: true, depth: 0 });
        }
    }

    /// The block has ended before the token `end`; the next one begins with the character `next`.
    fn end(&mut self, end: usize, next: Option<char>) {
        let goes_on = |open: &Open| {
            let mark = char_at(self.text, open.span.start());
            next == Some(mark) && !open.family.is_single()
        };
        let continued = self.open.iter().rposition(goes_on);
        for (nth, open) in std::mem::take(&mut self.open).into_iter().enumerate() {
            let runs_on = Some(nth) == continued;
            // A curly mark means what it says even where its partner is missing.
            if runs_on || open.family == Family::Curly {
                let tokens = TokenRange::new(open.token, end);
                self.found.push(Quotation { tokens, closed: false, depth: 0 });
            }
            if !runs_on {
                self.miss(open);
            }
        }
    }

    fn around(&self, span: Span) -> Around {
        let before =
            char_before(self.text, span.start()).filter(|_| span.start() > self.block.start());
        let after = (span.end() < self.block.end()).then(|| char_at(self.text, span.end()));
        let is_word = |c: char| matches!(class(c), Class::Letter | Class::Digit);
        Around {
            free_before: before.is_none_or(|c| class(c) == Class::Space || is_opening(c)),
            free_after: after.is_none_or(|c| class(c) == Class::Space || is_closing(c)),
            word_before: before.is_some_and(is_word),
            word_after: after.is_some_and(is_word),
            after_digit: before.is_some_and(char::is_numeric),
        }
    }
}

/// The characters that a mark stands between.
#[expect(clippy::struct_excessive_bools, reason = "five independent findings")]
#[derive(Clone, Copy, Debug)]
struct Around {
    /// White space, an opening mark, a dash or nothing stands before it.
    free_before: bool,
    /// White space, a closing mark or nothing stands after it.
    free_after: bool,
    word_before: bool,
    word_after: bool,
    after_digit: bool,
}

impl Around {
    fn opens(self) -> bool {
        self.free_before || !self.word_before && self.word_after
    }

    fn only_opens(self) -> bool {
        self.free_before && !self.free_after
    }

    fn is_inner(self) -> bool {
        self.word_before && self.word_after
    }
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '-'
            | '–'
            | '—'
            | '“'
            | '‘'
            | '"'
            | '\''
            | '«'
            | '‹'
            | '„'
            | '‚'
            | '/'
            | '='
            | '>'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '…'
            | '”'
            | '’'
            | '"'
            | '\''
            | '»'
            | '›'
            | '-'
            | '–'
            | '—'
            | '/'
            | '<'
    )
}
