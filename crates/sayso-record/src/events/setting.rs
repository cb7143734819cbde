//! Where and when an event is.

use sayso_analysis::EntityKind;

use super::coder::Coder;
use super::party::Party;
use crate::times::Timed;
use crate::{Reference, TimeKind, TimeOf};

/// Prepositions before the place of an event.
const IN: &[&str] = &["in", "at", "near", "outside", "inside", "on", "across", "throughout", "off"];
/// Steps from a time up to its event, at most: *on the \[morning\] of the fifth*.
const MAX_STEPS: usize = 3;

impl Coder<'_, '_> {
    /// The named place in the event's clause: *troops were deployed \[in Kordia\]*.
    pub(super) fn place(&self, anchor: usize, support: Option<usize>) -> Option<Reference> {
        let of = std::iter::once(anchor).chain(support);
        let phrases = of.flat_map(|it| self.text.dependents(it)).filter(|it| {
            matches!(self.text.full_relation(*it), "obl" | "nmod")
                && self.text.dependents(*it).any(|case| {
                    self.text.relation(case) == "case"
                        && IN.contains(&self.text.lower(case).as_str())
                })
        });
        let predicate =
            self.predicates[anchor].and_then(|at| self.text.analysis.predicates.get(at));
        let roles = predicate.into_iter().flat_map(|it| &it.arguments);
        let roles = roles.filter(|it| it.role == "ARGM-LOC").map(|it| it.head.index());
        let roles = roles.filter(|head| *head < self.text.n_tokens());
        let named = |it: &usize| self.parties.name_kind(*it) == Some(EntityKind::Place);
        let inner = |head: usize| {
            let parts = std::iter::once(head).chain(self.text.dependents(head));
            let parts = parts
                .filter(|it| matches!(self.text.relation(*it), "nmod" | "appos") || *it == head);
            parts.into_iter().find(named)
        };
        let head = phrases.chain(roles).find_map(inner)?;
        Some(self.parties.reference(Party { tokens: self.parties.phrase(head), head }))
    }

    /// The time in the event's clause: *troops were deployed \[on Monday\]*.
    pub(super) fn time(
        &self,
        anchor: usize,
        support: Option<usize>,
        times: &[Timed],
    ) -> Option<TimeOf> {
        let sentence = self.text.sentence(anchor)?.tokens;
        let from = times.partition_point(|it| it.tokens.start < sentence.start);
        let here = times.get(from..)?.iter().take_while(|it| it.tokens.end <= sentence.end);
        let hangs = |it: &&Timed| {
            let head = self.text.head_of(it.tokens);
            let up = self.text.ancestors(head).skip(1).take(MAX_STEPS);
            let mut up = up.take_while(|at| {
                *at == anchor || Some(*at) == support || self.text.upos(*at) != "VERB"
            });
            up.any(|at| at == anchor || Some(at) == support)
        };
        // *a 10-year pact signed \[on Monday\]*: a duration says how long, if there is nothing else.
        let is_when = |it: &&Timed| matches!(it.row.kind, TimeKind::Date | TimeKind::Time);
        let mut hanging = here.filter(hangs);
        let first = hanging.next()?;
        let time = std::iter::once(first).chain(hanging).find(is_when).unwrap_or(first);
        Some(TimeOf { span: time.row.span.clone(), value: time.row.value.clone() })
    }
}
