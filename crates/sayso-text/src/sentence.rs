//! Sentence boundaries.

use crate::{Block, Sentence, Span, Token, TokenRange};

/// The longest sentence, in tokens: what reads sentences has a bounded window.
pub(crate) const MAX_SENTENCE: usize = 512;

/// Appends the sentences of the tokens from `first` on, which make up `block`. True if one had to
/// be cut at [`MAX_SENTENCE`].
pub(crate) fn split(
    text: &str,
    _block: Block,
    tokens: &[Token],
    first: usize,
    multiword: &[TokenRange],
    sentences: &mut Vec<Sentence>,
) -> bool {
    let mut start = first;
    let mut cut = false;
    let mut group = multiword.iter().copied().peekable();
    for at in first..tokens.len() {
        while group.peek().is_some_and(|g| g.end as usize <= at) {
            group.next();
        }
        let inside =
            group.peek().is_some_and(|g| (g.start as usize) <= at && at + 1 < g.end as usize);
        let last = at + 1 == tokens.len();
        let long = at + 1 - start >= MAX_SENTENCE;
        if last || !inside && (long || is_boundary(text, tokens, at)) {
            cut |= long && !last;
            let span = Span::new(tokens[start].span.start(), tokens[at].span.end());
            sentences.push(Sentence { tokens: TokenRange::new(start, at + 1), span });
            start = at + 1;
        }
    }
    cut
}

fn is_boundary(text: &str, tokens: &[Token], at: usize) -> bool {
    let this = tokens[at].span.of(text);
    let next = tokens[at + 1].span.of(text);
    if tokens[at].span.end() == tokens[at + 1].span.start() {
        return false;
    }
    let stop = |w: &str| w.ends_with(['.', '!', '?']) && !w.starts_with(char::is_alphanumeric);
    let opens = next.starts_with(|c: char| {
        c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '(') || c.is_numeric()
    });
    let closing = matches!(this, "”" | "\"" | "’" | ")" | "'")
        && at > 0
        && stop(tokens[at - 1].span.of(text));
    (stop(this) || closing) && opens
}
