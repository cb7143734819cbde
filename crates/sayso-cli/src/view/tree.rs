//! A sentence's dependency tree, one word a line.
//!
//! ```text
//!    ╭─ The     the    DET    det
//!  ╭─┴─ plan    plan   NOUN   nsubj
//! ─┼─── failed  fail   VERB   root
//!  ╰─── .       .      PUNCT  punct
//! ```
//!
//! Words stand in their order. From each word a line leads left to its head's column, where it
//! meets the other dependents of that head.

use anstyle::{AnsiColor, Style};
use sayso::Sentence;
use unicode_width::UnicodeWidthStr;

use super::{FAINT, GUTTER, Page, View, visible};

/// The deepest tree that is drawn, in arcs; the deepest of EWT has 21.
///
/// What is deeper is no sentence, and its drawing would grow with the square of its length.
const MAX_DEPTH: usize = 40;

/// Columns that each level takes.
const LEVEL: usize = 2;

pub(super) fn render(view: View, page: Page<'_>, sentence: &Sentence, out: &mut String) {
    let Some(analysis) = page.analysis else { return };
    let (document, first) = (page.document, sentence.tokens.start as usize);
    let Some(words) = analysis.words.get(sentence.tokens.range()) else { return };
    let heads: Vec<_> =
        words.iter().map(|word| word.head.map(|head| head.index() - first)).collect();
    let drawing = draw(&heads);
    let forms = document.tokens[sentence.tokens.range()].iter();
    let columns: Vec<[_; 4]> = forms
        .zip(words)
        .map(|(token, word)| {
            let form = token.span.of(&document.text);
            [form, &word.lemma, word.upos, word.deprel].map(visible)
        })
        .collect();
    let widths: [usize; 4] =
        std::array::from_fn(|at| columns.iter().map(|row| row[at].width()).max().unwrap_or(0));
    let styles =
        [Style::new().bold(), FAINT, AnsiColor::Green.on_default(), AnsiColor::Cyan.on_default()];
    for (row, lines) in columns.iter().zip(&drawing) {
        out.extend(std::iter::repeat_n(' ', GUTTER));
        out.push_str(&view.paint(FAINT, lines));
        for at in 0..row.len() {
            out.push(' ');
            out.push_str(&view.paint(styles[at], &row[at]));
            if at + 1 < row.len() {
                let rest = widths[at] - row[at].width() + 1;
                out.extend(std::iter::repeat_n(' ', rest));
            }
        }
        out.push('\n');
    }
}

/// The lines in front of each word; empty if the tree is too deep.
fn draw(heads: &[Option<usize>]) -> Vec<String> {
    let Some(depths) = depths(heads) else { return vec![String::new(); heads.len()] };
    let levels = depths.iter().max().map_or(0, |deepest| deepest + 1);
    let mut grid = vec![vec![' '; levels * LEVEL + 1]; heads.len()];
    for (row, &depth) in grid.iter_mut().zip(&depths) {
        row[(depth * LEVEL).saturating_sub(1)..].fill('─');
    }
    let reaches = reaches(heads);
    for (head, &(top, bottom)) in reaches.iter().enumerate() {
        let column = column(depths[head]);
        for row in &mut grid[top..=bottom] {
            row[column] = '│';
        }
        grid[head][column] = match (top < head, head < bottom) {
            (true, true) => '┼',
            (true, false) => '┴',
            (false, true) => '┬',
            (false, false) => '─',
        };
    }
    for (word, head) in heads.iter().enumerate() {
        if let Some(head) = *head {
            let (top, bottom) = reaches[head];
            grid[word][column(depths[head])] = match word {
                _ if word == top => '╭',
                _ if word == bottom => '╰',
                _ => '├',
            };
        }
    }
    grid.into_iter().map(String::from_iter).collect()
}

/// Where a word's dependents meet.
fn column(depth: usize) -> usize {
    depth * LEVEL + 1
}

/// For each word the first and the last row among itself and its dependents.
fn reaches(heads: &[Option<usize>]) -> Vec<(usize, usize)> {
    let mut reaches: Vec<_> = (0..heads.len()).map(|word| (word, word)).collect();
    for (word, head) in heads.iter().enumerate() {
        if let Some(head) = *head {
            let (top, bottom) = reaches[head];
            reaches[head] = (top.min(word), bottom.max(word));
        }
    }
    reaches
}

/// How many arcs lead from each word to the root; none if there are too many for a drawing.
fn depths(heads: &[Option<usize>]) -> Option<Vec<usize>> {
    let depth = |word: usize| {
        let above = std::iter::successors(heads[word], |&head| heads[head]);
        let depth = above.take(MAX_DEPTH + 1).count();
        (depth <= MAX_DEPTH).then_some(depth)
    };
    (0..heads.len()).map(depth).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependents_meet_in_their_heads_column() {
        let lines = draw(&[Some(1), Some(2), None, Some(2), Some(3), Some(2)]);
        assert_eq!(lines, ["   ╭───", " ╭─┴───", "─┼─────", " ├─┬───", " │ ╰───", " ╰─────"]);
    }

    #[test]
    fn a_crossing_line_runs_through() {
        // *A hearing is scheduled on the issue*: "on" depends on "hearing", across "scheduled".
        let lines = draw(&[Some(2), Some(0), None, Some(0)]);
        assert_eq!(lines, [" ╭─┬───", " │ ├───", "─┴─│───", "   ╰───"]);
    }

    #[test]
    fn one_word_is_a_tree() {
        assert_eq!(draw(&[None]), ["───"]);
        assert_eq!(draw(&[]), Vec::<String>::new());
    }

    #[test]
    fn what_is_too_deep_is_not_drawn() {
        let chain: Vec<_> = (0..100_usize).map(|at| at.checked_sub(1)).collect();
        assert!(draw(&chain).iter().all(String::is_empty));
    }
}
