//! Names below words: letters, blurbs, mottos.

use sayso_text::TokenRange;

use super::super::row::Row;
use super::super::score::SIGNATURE;
use super::Extractor;
use super::headline::is_label;
use crate::text::Text;

/// A signature is not longer than this, in tokens.
const MAX_SIGNATURE: usize = 10;

/// Takes a quoted block with a dash and a name behind it or in the block below: *\[“We need the
/// bridge.”\] \[―\] \[Ana Reyes\], Varna.*
///
/// The dash is the cue. What follows it has to be a name with no verb, so that a clause is left
/// alone: *“We need it.” — Reyes left the room.*
#[derive(Debug)]
pub(super) struct Signature;

impl Extractor for Signature {
    fn name(&self) -> &'static str {
        "signature"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let mut quoted_before = None;
        for (_, block) in text.blocks().filter(|(_, tokens)| !tokens.is_empty()) {
            let range = block.range();
            let dash = range.clone().rev().take(MAX_SIGNATURE + 1).find(|&it| is_dash(text, it));
            let within = dash
                .and_then(|dash| Some((quoted(text, TokenRange::new(range.start, dash))?, dash)));
            let below = quoted_before.filter(|_| is_dash(text, range.start));
            let found = within.or(below.map(|content| (content, range.start)));
            let row = found.and_then(|(content, dash)| {
                let source = signer(text, TokenRange::new(dash + 1, range.end))?;
                let cue = TokenRange::new(dash, dash + 1);
                let row = Row::of_rule(self.name(), SIGNATURE, cue, vec![content]);
                Some(Row { source: Some(source), ..row })
            });
            rows.extend(row);
            quoted_before = quoted(text, block);
        }
    }
}

fn is_dash(text: &Text<'_>, token: usize) -> bool {
    matches!(text.form(token), "―" | "—" | "–" | "--" | "-")
}

/// A range that stands in quotation marks as a whole, by its first and its last token.
fn quoted(text: &Text<'_>, range: TokenRange) -> Option<TokenRange> {
    let is_mark = |token: usize| matches!(text.form(token), "“" | "”" | "\"" | "„" | "«" | "»");
    let ends = range.len() > 2 && is_mark(range.start as usize) && is_mark(range.range().end - 1);
    // One quotation, not two with words between them.
    let mut marks = range.range().skip(1).filter(|&token| is_mark(token));
    (ends && marks.next() == Some(range.range().end - 1)).then_some(range)
}

/// The name that a signature begins with.
fn signer(text: &Text<'_>, signature: TokenRange) -> Option<TokenRange> {
    let range = signature.range();
    if range.is_empty() || range.len() > MAX_SIGNATURE || is_label(text, signature) {
        return None;
    }
    if range.clone().any(|token| matches!(text.upos(token), "VERB" | "AUX" | "PRON")) {
        return None;
    }
    let is_part = |token: &usize| {
        text.is_word(*token) && (text.form(*token).starts_with(char::is_uppercase))
            || matches!(text.lower(*token).as_str(), "." | "de" | "van" | "von" | "of" | "the")
                && token + 1 < signature.range().end
    };
    let end = range.clone().take_while(is_part).last()? + 1;
    let words = (range.start..end).filter(|&token| text.is_word(token)).count();
    let source = TokenRange::new(range.start, end);
    let named = text.names_in(source).next().is_some();
    (named || words > 1).then_some(source)
}
