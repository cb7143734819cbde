//! What holds for all rows together: they lie in the text, none stands twice, and each stands in
//! its parent.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::row::Row;

/// Contents around a place that are looked at for the innermost.
const MAX_AROUND: usize = 32;

/// Rows of the model and of the rules, by first token of their cue, with parents that hold them.
///
/// A row that does not lie in the text is left out. A rule's row yields to a row that has its cue
/// or its content already. A link to a parent that does not hold the row, or that closes a circle,
/// is dropped; the row stays.
pub(super) fn linked(model: Vec<Row>, rules: Vec<Row>, n_tokens: usize) -> Vec<Row> {
    let mut rows = kept(model, n_tokens);
    add_rules(&mut rows, rules, n_tokens);
    let mut rows = in_order(rows);
    for at in 0..rows.len() {
        if let Some(parent) = rows[at].parent
            && !holds(&rows[parent], &rows[at])
        {
            rows[at].parent = None;
        }
    }
    adopt(&mut rows);
    break_circles(&mut rows);
    rows
}

/// The rows that lie in the text, with parents renumbered.
fn kept(rows: Vec<Row>, n_tokens: usize) -> Vec<Row> {
    let fits = |range: TokenRange| !range.is_empty() && range.range().end <= n_tokens;
    let mut place = Vec::with_capacity(rows.len());
    let mut n_kept = 0;
    for row in &rows {
        let sorted = row.content.windows(2).all(|pair| pair[0].end <= pair[1].start);
        let good = !row.content.is_empty() && sorted && row.ranges().all(fits);
        place.push(good.then_some(n_kept));
        n_kept += usize::from(good);
    }
    // A row whose parent is left out stands in what that stood in.
    let parents: Vec<Option<usize>> = rows.iter().map(|row| row.parent).collect();
    let next = |at: &usize| parents.get(*at).copied().flatten();
    let kept_parent = |row: &Row| {
        let around = std::iter::successors(row.parent, next).take(MAX_AROUND);
        around.map(|at| place.get(at).copied().flatten()).find_map(|it| it)
    };
    let mut kept: Vec<Row> = Vec::with_capacity(n_kept);
    for (row, place_of) in rows.into_iter().zip(&place) {
        if place_of.is_some() {
            let parent = kept_parent(&row);
            kept.push(Row { parent, ..row });
        }
    }
    kept
}

/// Appends each rule's row whose cue and content are still free.
fn add_rules(rows: &mut Vec<Row>, rules: Vec<Row>, n_tokens: usize) {
    let mut cues: BTreeSet<usize> = rows.iter().flat_map(|row| row.cue.range()).collect();
    let mut contents: BTreeSet<Vec<TokenRange>> =
        rows.iter().map(|row| row.content.clone()).collect();
    for row in kept(rules, n_tokens) {
        let free = row.cue.range().all(|token| !cues.contains(&token));
        if free && !contents.contains(&row.content) {
            cues.extend(row.cue.range());
            contents.insert(row.content.clone());
            rows.push(Row { parent: None, ..row });
        }
    }
}

/// The rows by first token of the cue; of two that begin together the outer one first.
fn in_order(rows: Vec<Row>) -> Vec<Row> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&at| {
        let row = &rows[at];
        (row.cue.start, std::cmp::Reverse(row.content.last().map(|piece| piece.end)), at)
    });
    let mut place = vec![0; rows.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let moved = order.iter().map(|&old| rows[old].take().expect("each row is moved once"));
    moved.map(|row| Row { parent: row.parent.map(|at| place[at]), ..row }).collect()
}

/// Whether all of `row` stands in the content of `parent`.
fn holds(parent: &Row, row: &Row) -> bool {
    row.ranges().all(|range| {
        let at = parent.content.partition_point(|piece| piece.end <= range.start);
        parent
            .content
            .get(at)
            .is_some_and(|piece| piece.start <= range.start && range.end <= piece.end)
    })
}

/// Gives each row without a parent the innermost one around it, where a rule made either: the
/// model links its own rows itself.
fn adopt(rows: &mut [Row]) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&at| rows[at].cue.start);
    let mut pieces = Pieces::new(rows);
    for at in order {
        let around = pieces.around(rows[at].cue.start);
        if rows[at].parent.is_some() {
            continue;
        }
        let mut owners = around.map(|(_, owner)| owner);
        let found = owners.find(|&owner| {
            owner != at
                && (rows[owner].is_of_rule() || rows[at].is_of_rule())
                && holds(&rows[owner], &rows[at])
        });
        rows[at].parent = found;
    }
}

/// The pieces of all contents, walked through from left to right.
struct Pieces {
    /// By first token, the longer first, with their rows.
    all: Vec<(TokenRange, usize)>,
    next: usize,
    /// Those around the place that was asked for last, and some that ended before it.
    open: Vec<(TokenRange, usize)>,
}

impl Pieces {
    fn new(rows: &[Row]) -> Self {
        let of_row = |(at, row)| {
            let row: &Row = row;
            row.content.iter().map(move |&piece| (piece, at))
        };
        let mut all: Vec<(TokenRange, usize)> = rows.iter().enumerate().flat_map(of_row).collect();
        all.sort_unstable_by_key(|&(piece, at)| (piece.start, std::cmp::Reverse(piece.end), at));
        Self { all, next: 0, open: Vec::new() }
    }

    /// The pieces around a token, the innermost first, with their rows; tokens are asked for in text
    /// order.
    fn around(&mut self, token: u32) -> impl Iterator<Item = (TokenRange, usize)> + '_ {
        while let Some(&(piece, owner)) =
            self.all.get(self.next).filter(|(piece, _)| piece.start <= token)
        {
            while self.open.pop_if(|(other, _)| other.end <= piece.start).is_some() {}
            self.open.push((piece, owner));
            self.next += 1;
        }
        while self.open.pop_if(|(piece, _)| piece.end <= token).is_some() {}
        self.open.iter().rev().take(MAX_AROUND).copied()
    }
}

/// Drops, of each circle of parents, the link of its first row.
fn break_circles(rows: &mut [Row]) {
    // 0 not seen, otherwise one more than the row that the walk began at.
    let mut seen = vec![0; rows.len()];
    for start in 0..rows.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match rows[at].parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if seen[at] == start + 1 && rows[at].parent.is_some() {
            // The walk has come back to itself: `at` lies on a circle.
            let mut first = at;
            let mut other = rows[at].parent;
            while let Some(on) = other.filter(|&on| on != at) {
                first = first.min(on);
                other = rows[on].parent;
            }
            if other == Some(at) {
                rows[first].parent = None;
            }
        }
    }
}

/// For each of some sorted ranges, the row whose content holds it most narrowly.
pub(super) fn innermost(rows: &[Row], ranges: &[TokenRange]) -> Vec<Option<usize>> {
    let mut pieces = Pieces::new(rows);
    let mut find = |range: &TokenRange| {
        pieces.around(range.start).find(|it| range.end <= it.0.end).map(|it| it.1)
    };
    ranges.iter().map(&mut find).collect()
}
