//! Judged rows, and what they come to.

use std::fmt::Write as _;

use anyhow::{Context, Result};

/// How many readers judge.
const N_READERS: usize = 2;

/// A row of the file.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) article: String,
    /// Of its text.
    pub(super) hash: String,
    /// In code points, as are the spans of both sides.
    pub(super) anchor: (usize, usize),
    pub(super) kind: String,
    pub(super) actors: Vec<(usize, usize)>,
    pub(super) recipients: Vec<(usize, usize)>,
    /// What the row says of itself: letters of `dfhr`.
    pub(super) marks: String,
    /// Each reader's judgement, if there is one.
    pub(super) judged: [Option<Judgement>; N_READERS],
}

/// What a reader says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    /// Whether type, actors and recipients are all right.
    right: bool,
    /// What the text makes of the event, a letter of `adfhr`.
    status: char,
}

/// The rows of the file.
///
/// # Errors
///
/// If a line is not as `cargo xtask judge --draw` writes it.
pub(super) fn rows(file: &str) -> Result<Vec<Row>> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| row(line).with_context(|| format!("`{line}`"))).collect()
}

fn row(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split('\t').collect();
    let &[article, hash, anchor, kind, actors, recipients, marks, first, second] =
        fields.as_slice()
    else {
        return None;
    };
    // `-` where there is none yet
    let judged = |field| if field == "-" { Some(None) } else { judgement(field).map(Some) };
    Some(Row {
        article: article.to_owned(),
        hash: hash.to_owned(),
        anchor: span(anchor)?,
        kind: kind.to_owned(),
        actors: spans(actors)?,
        recipients: spans(recipients)?,
        marks: marks.replace('-', ""),
        judged: [judged(first)?, judged(second)?],
    })
}

fn spans(field: &str) -> Option<Vec<(usize, usize)>> {
    if field == "-" { Some(Vec::new()) } else { field.split(',').map(span).collect() }
}

fn span(field: &str) -> Option<(usize, usize)> {
    let (start, end) = field.split_once('-')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// `y.f`.
fn judgement(field: &str) -> Option<Judgement> {
    let (right, status) = field.split_once('.').unwrap_or((field, "a"));
    let right = match right {
        "y" => true,
        "n" => false,
        _ => return None,
    };
    let mut letters = status.chars();
    let status = letters.next().filter(|it| "adfhr".contains(*it))?;
    letters.next().is_none().then_some(Judgement { right, status })
}

/// The figures: strict precision by reader, agreement, and of the rows that are denied, future,
/// hypothetical or only said, how many say so, and how many are marked as any of these.
pub(super) fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    for reader in 0..N_READERS {
        let judged: Vec<Judgement> = rows.iter().filter_map(|row| row.judged[reader]).collect();
        let right = judged.iter().filter(|it| it.right).count();
        let _ = writeln!(out, "reader {}: {right} of {} rows right", reader + 1, judged.len());
        for (status, name) in
            [('d', "denied"), ('f', "future"), ('h', "hypothetical"), ('r', "only said")]
        {
            let is = |row: &&Row| row.judged[reader].is_some_and(|it| it.status == status);
            let all = rows.iter().filter(is).count();
            let marked = rows.iter().filter(is).filter(|row| row.marks.contains(status)).count();
            let _ = writeln!(out, "  {name}: {marked} of {all} marked so");
        }
        let statuses = rows.iter().filter_map(|row| {
            let status = row.judged[reader]?.status;
            (status != 'a').then_some((row.marks.as_str(), status))
        });
        let all = statuses.clone().count();
        let so = statuses.clone().filter(|(marks, status)| marks.contains(*status)).count();
        let any = statuses.filter(|(marks, _)| !marks.is_empty()).count();
        let _ =
            writeln!(out, "  of these {so} of {all} marked so, {any} so or as another of these");
    }
    let both: Vec<_> = rows.iter().filter_map(|row| row.judged[0].zip(row.judged[1])).collect();
    let agree = both.iter().filter(|(one, other)| one.right == other.right).count();
    let _ = write!(out, "agreement: {agree} of {} rows", both.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_not_judged_do_not_count() {
        let file = "# head\n\
                    a\th\t1-4\tAID\t0-1\t-\tf\ty.f\tn\n\
                    b\th\t1-4\tAID\t0-1\t5-6,7-8\t-\t-\ty.d\n";
        let rows = rows(file).unwrap();
        assert_eq!(rows[1].recipients, [(5, 6), (7, 8)]);
        let table = table(&rows);
        assert!(table.contains("reader 1: 1 of 1 rows right\n"), "{table}");
        assert!(table.contains("  future: 1 of 1 marked so\n"), "{table}");
        assert!(
            table.contains("  of these 1 of 1 marked so, 1 so or as another of these\n"),
            "{table}"
        );
        assert!(
            table.contains("  of these 0 of 1 marked so, 0 so or as another of these\n"),
            "{table}"
        );
        assert!(table.contains("reader 2: 1 of 2 rows right\n"), "{table}");
        assert!(table.contains("  denied: 0 of 1 marked so\n"), "{table}");
        assert!(table.ends_with("agreement: 0 of 1 rows"), "{table}");
    }

    #[test]
    fn a_judgement_is_one_of_the_letters() {
        assert!(rows("a\th\t1-4\tAID\t-\t-\t-\tmaybe\t-\n").is_err());
        assert!(rows("a\th\t1-4\tAID\t-\t-\t-\ty.x\t-\n").is_err());
        assert!(rows("a\th\t1-4\tAID\t-\t-\t-\ty.fx\t-\n").is_err());
    }
}
