//! What is said to hold between entities: roles, aliases, designations, memberships, places.
//!
//! One module for each kind of relation finds rows of tokens; here they get ids, voices and what each
//! voice commits to. A row whose subject is no entity is none.

mod alias;
mod designation;
mod place;
mod role;
mod who;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use sayso_text::TokenRange;

use crate::certainty::Commitments;
use crate::entities::Links;
use crate::statements::Statements;
use crate::text::Text;
use crate::{CharSpan, Relation, RelationKind};
use who::Who;

/// The relations of a document, each with the rule that found it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    pub(crate) rows: Vec<Relation>,
    /// The rule of each row, in a few words.
    pub(crate) rules: Vec<&'static str>,
}

/// A row on its way: tokens and places among the entities.
#[derive(Clone, Debug)]
struct Found {
    kind: RelationKind,
    subject: usize,
    object: Option<usize>,
    value: Option<String>,
    by: Option<usize>,
    /// The words that say so, in text order, disjoint; the first that the id is made of is `anchor`.
    words: Vec<TokenRange>,
    anchor: TokenRange,
    /// The word whose certainty is the row's.
    token: usize,
    rule: Rule,
}

/// What found a row, and how often such rows are right.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// In a few words.
    name: &'static str,
    /// Share of its rows that are right, by hand in rows of `PolNeAR`'s training texts.
    share: f64,
}

/// The relations of a document, in text order.
///
/// What is said again by the same voice is one row, the first.
///
/// # Cost
///
/// Linear in words and mentions, but for sorting and look-ups.
pub(crate) fn relations(
    text: &Text<'_>,
    links: &Links<'_>,
    statements: &Statements,
    commitments: &Commitments<'_>,
) -> Relations {
    let who = Who::new(text, links);
    let mut found = Vec::new();
    for extract in [role::roles, alias::aliases, designation::designations, place::places] {
        extract(&who, &mut found);
    }
    found.sort_by_key(|row| (row.anchor.start, row.anchor.end, row.kind as u8, row.subject));
    let mut seen = BTreeSet::new();
    let mut ids: BTreeMap<CharSpan, u32> = BTreeMap::new();
    let mut relations = Relations::default();
    let whole: BTreeSet<_> = found.iter().filter(|row| row.object.is_some()).map(said).collect();
    for row in found {
        let holder = commitments.within(row.token);
        let key = (said(&row), row.object, row.by, holder);
        let is_less = row.object.is_none() && row.by.is_none() && whole.contains(&said(&row));
        if row.object == Some(row.subject) || is_less || !seen.insert(key) {
            continue;
        }
        let anchor = text.chars(row.anchor);
        let nth = ids.entry(anchor).or_default();
        *nth += 1;
        let id = format!("r{}-{}", anchor.start, anchor.end);
        let name = |at: usize| text.entities[at].id.clone();
        relations.rules.push(row.rule.name);
        relations.rows.push(Relation {
            id: if *nth == 1 { id } else { format!("{id}.{nth}") },
            kind: row.kind,
            subject: name(row.subject),
            object: row.object.map(name),
            value: row.value,
            by: row.by.map(name),
            span: row.words.iter().map(|&words| text.chars(words)).collect(),
            within: holder.map(|at| statements.rows[at].id.clone()),
            certainty: commitments.of(row.token).into_iter().map(|it| it.row).collect(),
            score: row.rule.share,
        });
    }
    relations
}

/// What a row says of whom.
fn said(row: &Found) -> (u8, usize, String) {
    (row.kind as u8, row.subject, row.value.as_deref().unwrap_or("").to_lowercase())
}

/// Ranges in text order, those that touch as one.
fn joined(mut words: Vec<TokenRange>) -> Vec<TokenRange> {
    words.retain(|it| !it.is_empty());
    words.sort_by_key(|it| (it.start, it.end));
    let mut joined: Vec<TokenRange> = Vec::new();
    for next in words {
        match joined.last_mut() {
            Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
            _ => joined.push(next),
        }
    }
    joined
}
