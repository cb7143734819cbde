//! Whether a content is in the source's own words.

use sayso_text::TokenRange;

use super::row::Row;
use crate::Manner;
use crate::text::Text;

/// Quotation marks of news, the single ones aside: those also stand for apostrophes.
const MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// Direct if every piece of a content stands in quotation marks, mixed if a quotation begins in it.
///
/// *\[“We will appeal,”\] Reyes said* is direct, *Reyes said \[the ruling “makes no sense”\]* mixed. The
/// marks may stand just inside the piece or just outside. A content that stands in another's
/// quotation, with no marks of its own, is indirect.
///
/// A transcript, as an interview's answers, is direct without marks.
pub(super) fn manner(text: &Text<'_>, row: &Row) -> Manner {
    let content = row.content.as_slice();
    let quoted = |piece: &TokenRange| is_quoted(text, *piece);
    if row.verbatim || content.iter().all(quoted) {
        Manner::Direct
    } else if content.iter().any(|piece| !text.quotations_in(*piece).is_empty()) {
        Manner::Mixed
    } else {
        Manner::Indirect
    }
}

/// Whether a piece stands in quotation marks from one end to the other.
fn is_quoted(text: &Text<'_>, piece: TokenRange) -> bool {
    opens(text, piece) && closes(text, piece) && !leaves_quotation(text, piece)
}

fn is_mark(text: &Text<'_>, token: usize) -> bool {
    let form = text.form(token);
    form == "''" || form == "``" || form.starts_with(MARKS)
}

/// Whether a quotation mark is a piece's first token or stands right before it.
fn opens(text: &Text<'_>, piece: TokenRange) -> bool {
    let before = TokenRange { start: piece.start.saturating_sub(1), end: piece.start + 1 };
    let begins = !text.quotations_in(before).is_empty();
    let start = piece.start as usize;
    begins
        || is_mark(text, start)
        || start > 0 && touches(text, start - 1) && is_mark(text, start - 1)
}

/// Whether a quotation ends at a piece's end, stops and commas aside.
fn closes(text: &Text<'_>, piece: TokenRange) -> bool {
    let (start, end) = (piece.start as usize, piece.end as usize);
    let inside = (start..end).rev().find(|&token| is_mark(text, token) || text.is_word(token));
    let ends = |token: usize| is_mark(text, token) || ends_quotation(text, token);
    let single = (start..end).rev().take(2).any(|token| ends_quotation(text, token));
    let after =
        || (end..text.n_tokens().min(end + 2)).take_while(|&token| !text.is_word(token)).any(ends);
    inside.is_some_and(|token| is_mark(text, token)) || single || after()
}

/// Whether a quotation's last token is `token`: a closing mark, or the end of a paragraph of a
/// quotation that runs on into the next.
fn ends_quotation(text: &Text<'_>, token: usize) -> bool {
    // The quotation that ends here began before; of those that hold the token the innermost is
    // the last to begin.
    let all = &text.document.quotations;
    let to = all.partition_point(|it| it.tokens.start as usize <= token);
    all[..to].iter().rev().take(MAX_DEPTH).any(|it| it.tokens.end as usize == token + 1)
}

/// How many quotations are looked back at.
const MAX_DEPTH: usize = 8;

/// Whether words of a piece stand between its quotations: *\[“We will go,” and he said “we must.”\]*
fn leaves_quotation(text: &Text<'_>, piece: TokenRange) -> bool {
    let outer =
        text.quotations_in(TokenRange { start: piece.start.saturating_sub(1), end: piece.end });
    let Some(first) = outer.first() else { return false };
    if first.tokens.start > piece.start {
        return false;
    }
    let mut at = first.tokens.end;
    for quotation in &outer[1..] {
        if quotation.tokens.start < at {
            continue;
        }
        if (at as usize..quotation.tokens.start as usize).any(|token| text.is_word(token)) {
            return true;
        }
        at = quotation.tokens.end;
    }
    (at as usize..piece.end as usize).any(|token| text.is_word(token))
}

/// Whether two tokens stand side by side without a blank.
fn touches(text: &Text<'_>, token: usize) -> bool {
    let tokens = &text.document.tokens;
    tokens[token].span.end() == tokens[token + 1].span.start()
}
