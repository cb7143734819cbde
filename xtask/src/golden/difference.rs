//! The difference of two texts, line by line, as people read it.

use std::fmt::Write;

/// Lines that stay around a change.
const CONTEXT: usize = 3;

/// How a line stands in the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Same,
    Gone,
    Added,
}

/// The lines of `one` and `other` with `-` and `+` before those that differ; long unchanged parts
/// are left out.
///
/// # Cost
///
/// Quadratic in lines: for texts of a page or two.
pub(super) fn of(one: &str, other: &str) -> String {
    let lines = marked(&one.lines().collect::<Vec<_>>(), &other.lines().collect::<Vec<_>>());
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT + 1).min(lines.len());
        lines[from..to].iter().any(|(mark, _)| *mark != Mark::Same)
    };
    let mut out = String::new();
    let mut skipping = false;
    for (at, (mark, line)) in lines.iter().enumerate() {
        if !near(at) {
            if !skipping {
                out.push_str("  …\n");
            }
            skipping = true;
            continue;
        }
        skipping = false;
        let sign = match mark {
            Mark::Same => ' ',
            Mark::Gone => '-',
            Mark::Added => '+',
        };
        writeln!(out, "{sign} {line}").expect("a string takes everything");
    }
    out
}

/// Both texts' lines in one order, by their longest common subsequence.
fn marked<'a>(one: &[&'a str], other: &[&'a str]) -> Vec<(Mark, &'a str)> {
    let common = common_lengths(one, other);
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::with_capacity(one.len() + other.len());
    while i < one.len() || j < other.len() {
        if i < one.len() && j < other.len() && one[i] == other[j] {
            lines.push((Mark::Same, one[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < one.len() && (j == other.len() || common[i + 1][j] >= common[i][j + 1]) {
            lines.push((Mark::Gone, one[i]));
            i += 1;
        } else {
            lines.push((Mark::Added, other[j]));
            j += 1;
        }
    }
    lines
}

/// `[i][j]` is the length of the longest common subsequence of `one[i..]` and `other[j..]`.
fn common_lengths(one: &[&str], other: &[&str]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            lengths[i][j] = if one[i] == other[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_went_and_what_came() {
        assert_eq!(of("a\nb\nc\n", "a\nB\nc\n"), "  a\n- b\n+ B\n  c\n");
        assert_eq!(of("", "a\n"), "+ a\n");
    }

    #[test]
    fn leaves_out_what_is_far_from_a_change() {
        let one = "1\n2\n3\n4\n5\n6\n7\n";
        assert_eq!(of(one, &format!("{one}8\n")), "  …\n  5\n  6\n  7\n+ 8\n");
        assert_eq!(of(one, one), "  …\n");
    }
}
