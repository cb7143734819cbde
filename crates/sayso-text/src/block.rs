//! From lines to blocks: title, headings, paragraphs, list items, byline.

#[cfg(test)]
mod tests;

use crate::character::{Class, char_at, class};
use crate::{Block, BlockKind, Span};

/// Lines of hard-wrapped text are not longer than this, in characters.
const MAX_WRAP: usize = 100;
/// Lines of hard-wrapped text that are shorter than this, in characters, end a paragraph.
const MIN_WRAP: usize = 40;
/// Headings are not longer than this, in characters.
const MAX_HEADING: usize = 100;
/// Titles are not longer than this, in characters.
const MAX_TITLE: usize = 200;

/// The blocks of `text`, in text order.
///
/// A blank line ends a block. Where no line of a stretch without blank lines is wrapped, each of
/// its lines is a block, as news is often stored; where lines are wrapped by hand at 40 to 100
/// characters, they are joined until one ends early.
///
/// # Cost
///
/// Linear in the text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let lines = Lines::of(text);
    let mut blocks = Vec::new();
    let mut first = 0;
    for at in 0..lines.all.len() {
        let line = lines.all[at];
        let goes_on = lines
            .all
            .get(at + 1)
            .is_some_and(|next| !next.after_blank && { lines.is_wrapped(text, line, *next) });
        if !goes_on {
            let span = Span::new(lines.all[first].span.start(), line.span.end());
            blocks.push(Block { kind: BlockKind::Paragraph, span });
            first = at + 1;
        }
    }
    classify(text, &mut blocks);
    blocks
}

/// A line that is not blank, without the white space around it.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    /// Its length in characters.
    n_chars: usize,
    /// Whether a blank line, or nothing, stands before it.
    after_blank: bool,
}

struct Lines {
    all: Vec<Line>,
    /// The width that the text is wrapped at, in characters; 0 if it is not wrapped.
    width: usize,
}

impl Lines {
    fn of(text: &str) -> Self {
        let mut all = Vec::new();
        let mut after_blank = true;
        for (start, end) in raw_lines(text) {
            match trimmed(text, start, end) {
                Some(span) => {
                    let n_chars = span.of(text).chars().count();
                    all.push(Line { span, n_chars, after_blank });
                    after_blank = false;
                }
                None => after_blank = true,
            }
        }
        let width = wrap_width(&all);
        Self { all, width }
    }

    /// Whether `next` goes on with the paragraph of `line`: its first word did not fit.
    fn is_wrapped(&self, text: &str, line: Line, next: Line) -> bool {
        if self.width == 0 || line.n_chars < MIN_WRAP || starts_item(next.span.of(text)) {
            return false;
        }
        if is_byline(line.span.of(text)) {
            return false;
        }
        let rest = next.span.of(text);
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let lower = rest.starts_with(char::is_lowercase);
        lower || line.n_chars + 1 + word.min(MAX_WRAP) > self.width
    }
}

/// The lines of `text` as byte ranges, without their ends. Knows `\n`, `\r\n`, `\r`, U+2028, U+2029.
fn raw_lines(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    let ends = text.char_indices().filter_map(move |(at, c)| {
        let is_end =
            matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        // The two bytes of "\r\n" end one line.
        let doubled = c == '\r' && text.as_bytes().get(at + 1) == Some(&b'\n');
        (is_end && !doubled).then_some((at, at + c.len_utf8()))
    });
    let last = std::iter::once((text.len(), text.len()));
    ends.chain(last).map(move |(end, next)| {
        let line = (start, end);
        start = next;
        line
    })
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let line = text.get(start..end).expect("lines end on character boundaries");
    let left = line.trim_start();
    let whole = left.trim_end();
    let start = start + (line.len() - left.len());
    (!whole.is_empty()).then(|| Span::new(start, start + whole.len()))
}

/// The width that lines are wrapped at, or 0. Looks at the lines that another follows at once.
fn wrap_width(lines: &[Line]) -> usize {
    let mut lengths: Vec<_> =
        lines.windows(2).filter(|pair| !pair[1].after_blank).map(|pair| pair[0].n_chars).collect();
    if lengths.is_empty() {
        return 0;
    }
    lengths.sort_unstable();
    let longest = lengths[(lengths.len() - 1) * 19 / 20];
    let near = lengths.iter().filter(|n| **n * 5 >= longest * 4).count();
    let is_wrapped = (MIN_WRAP..=MAX_WRAP).contains(&longest) && near * 2 >= lengths.len();
    if is_wrapped { longest } else { 0 }
}

/// Whether a line begins with a bullet or an item's number.
fn starts_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    // After a stop or a bracket.
    let marked = |rest: &str, marks: &[char]| rest.strip_prefix(marks).is_some_and(spaced);
    match first {
        '•' | '·' | '◦' | '‣' | '▪' | '●' | '○' | '■' | '*' | '-' | '–' | '—' | '+' => {
            spaced(rest)
        }
        '0'..='9' => {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            line.len() - rest.len() <= 3 && marked(rest, &['.', ')'])
        }
        '(' => {
            let inner = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            rest.len() - inner.len() <= 2 && marked(inner, &[')'])
        }
        _ => false,
    }
}

/// Says what each block is.
fn classify(text: &str, blocks: &mut [Block]) {
    let n_blocks = blocks.len();
    for (at, block) in blocks.iter_mut().enumerate() {
        let last = at + 1 == n_blocks;
        let words = block.span.of(text);
        block.kind = if starts_item(words) && !words.starts_with(['—', '–']) {
            BlockKind::List
        } else if at < 4 && is_byline(words) {
            BlockKind::Byline
        } else if is_caption(words) {
            BlockKind::Caption
        } else if at == 0 && !last && is_headline(words, MAX_TITLE) {
            BlockKind::Title
        } else if !last && is_headline(words, MAX_HEADING) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
    }
}

/// A short line without a final stop: *Sheinbaum: ‘No Invasion’*. A question is one as well if its
/// words are capitalized.
fn is_headline(line: &str, max_chars: usize) -> bool {
    if line.len() > max_chars * 4 || line.chars().count() > max_chars || line.contains('\n') {
        return false;
    }
    if line.starts_with('#') {
        return true;
    }
    let Some(last) = line.chars().rev().find(|c| !is_closing(*c)) else { return false };
    let opens = line.chars().find(|c| !is_closing(*c)).is_some_and(|c| !c.is_lowercase());
    let letters = line.chars().filter(|c| class(*c) == Class::Letter).count();
    if !opens || letters * 2 < line.chars().count() {
        return false;
    }
    match last {
        '.' | ',' | ';' | ':' | '…' | '!' => false,
        '?' => capitalized_share(line) > 0.6,
        _ => line.split_whitespace().count() <= 16 || max_chars == MAX_TITLE,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | ')' | ']')
}

fn capitalized_share(line: &str) -> f32 {
    let words: Vec<_> = line.split_whitespace().filter(|w| w.len() > 3).collect();
    let capitals = words.iter().filter(|w| char_at(w, 0).is_uppercase()).count();
    capitals as f32 / words.len().max(1) as f32
}

/// *By Ana Reyes*, *By Ana Reyes and Tom Bell, The Valley Times*, *By Ana Reyes, a staff writer*.
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else {
        return false;
    };
    line.len() <= 120
        && !line.ends_with(['.', '!', '?'])
        && names.split(',').next().unwrap_or_default().split_whitespace().all(|word| {
            matches!(
                word,
                "and" | "for" | "of" | "in" | "at" | "the" | "de" | "van" | "von" | "|" | "-" | "&"
            ) || word.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '@')
        })
}

/// *Photo: Ana Reyes*, *Figure 2: …*.
fn is_caption(line: &str) -> bool {
    ["Photo: ", "Photo by ", "PHOTO: ", "Image: ", "Photograph: ", "Caption: "]
        .iter()
        .any(|with| line.starts_with(with))
        && line.len() <= 1000
}
