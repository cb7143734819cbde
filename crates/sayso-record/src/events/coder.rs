//! Which type of event a word tells, and who takes part.

use sayso_analysis::is_event_noun;

use super::domain::Domain;
use super::fit::Fit;
use super::kind::Kind;
use super::party::{Parties, Party};
use super::pattern::{PATTERNS, Pattern, Sense};
use crate::text::Text;

/// Words that are followed from one that leaves the event to another, at most.
pub(super) const MAX_STEPS: usize = 5;

/// Probability of telling an event from which a word is a row: of nouns whose commonest sense is an
/// event, of nouns that are not known, and of all others. Low for the first, as a row without a type
/// does less harm than an event without a row; tuned on UW dev.
const LEAST_OF_EVENT_NOUN: f32 = 0.06;
const LEAST_OF_NOUN: f32 = 0.3;
const LEAST: f32 = 0.4;

/// What a word tells.
#[derive(Clone, Debug)]
pub(super) struct Coded {
    pub(super) anchor: usize,
    /// The verb that supports a noun: *\[carried out\] an attack*.
    pub(super) support: Option<usize>,
    /// The type with its mode.
    pub(super) kind: Option<(Kind, Option<&'static str>)>,
    pub(super) actors: Vec<Party>,
    pub(super) recipients: Vec<Party>,
    /// The pattern that tells the type.
    pub(super) pattern: Option<&'static Pattern>,
}

/// Finds the events of a document.
#[derive(Debug)]
pub(super) struct Coder<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    pub(super) parties: Parties<'t, 'a>,
    pub(super) lemmas: &'t [String],
    pub(super) domain: Domain<'t>,
    /// For each token its predicate, as a place among the analysis's.
    pub(super) predicates: &'t [Option<usize>],
}

impl Coder<'_, '_> {
    /// The event that a word tells, if it tells one of its own.
    pub(super) fn event(&self, token: usize) -> Option<Coded> {
        let pos = self.part_of_speech(token)?;
        let fit = self.fit(token, MAX_STEPS);
        let told = fit.as_ref().is_some_and(|it| it.pattern.sense != Sense::Null);
        if pos != 'v' && !told && !self.tells_event(token) {
            return None;
        }
        // A word that leaves the event to another is a row of its own, without a type.
        let leaves = pos == 'v'
            && (self.supported(token).is_some() || self.leaves_to_complement(fit.as_ref()));
        let untyped = Coded {
            anchor: token,
            support: fit.as_ref().and_then(|it| it.support),
            kind: None,
            actors: Vec::new(),
            recipients: Vec::new(),
            pattern: None,
        };
        let verb = untyped.support.unwrap_or(token);
        let demanded = || self.demanded(verb).map(|it| Coded { anchor: token, ..it });
        let typed = || demanded().or_else(|| self.typed(token, fit.as_ref()?));
        let typed = if leaves { None } else { typed() };
        Some(typed.unwrap_or_else(|| self.with_parties(untyped, pos)))
    }

    /// Whether a noun or an adjective tells an event: *the \[vote\]*, and not *the \[mill\]*, *\[able\] to
    /// vote*. The model says how likely it is, the noun's commonest sense how likely it must be.
    fn tells_event(&self, token: usize) -> bool {
        let found = self.predicates[token].and_then(|at| self.text.analysis.predicates.get(at));
        let is_noun = self.text.upos(token) == "NOUN";
        let least = match is_event_noun(&self.lemmas[token]) {
            Some(true) if is_noun => LEAST_OF_EVENT_NOUN,
            None if is_noun => LEAST_OF_NOUN,
            _ => LEAST,
        };
        found.is_some_and(|it| it.event_probability > least)
    }

    /// An event without a type, with who stands as its subject and object.
    pub(super) fn with_parties(&self, event: Coded, pos: char) -> Coded {
        if pos != 'v' {
            return event;
        }
        let frame = self.frame(event.anchor, None);
        let subjects = frame.subjects.iter().chain(&[]);
        let agents: Vec<_> =
            if frame.is_passive { frame.behind("by").collect() } else { Vec::new() };
        let own = |head: &usize| self.parties.is_party(*head);
        let actors = subjects.chain(&agents).filter(|it| own(it));
        let actors: Vec<_> = actors.flat_map(|it| self.parties.acting(*it)).collect();
        let objects = frame.receivers.iter().chain(&frame.objects).filter(|it| own(it));
        let recipients: Vec<_> = objects.flat_map(|it| self.parties.within(*it)).collect();
        let recipients = self.others(recipients, &actors);
        Coded { actors, recipients, ..event }
    }

    /// The event of a word with a fitting pattern, if it is of a type and somebody takes part.
    pub(super) fn typed(&self, token: usize, fit: &Fit) -> Option<Coded> {
        if matches!(fit.pattern.sense, Sense::Light | Sense::Aspect | Sense::Null) {
            return None;
        }
        let (kind, mode) = self.raw(token, MAX_STEPS)?;
        if self.domain.bars(self.text, token) || self.is_covered(token) {
            return None;
        }
        let pos = self.part_of_speech(token)?;
        if pos == 'a' {
            let mut clauses = fit.frame.complements.iter();
            let yields = clauses.any(|it| {
                PATTERNS.is("yielding", &self.lemmas[*it])
                    || self.raw(*it, 3).is_some_and(|(kind, _)| kind.is_cooperation())
            });
            if !yields {
                return None;
            }
        }
        let attribute = self.text.full_relation(token) == "amod" && fit.frame.subjects.is_empty();
        if attribute || self.has_idle_subject(fit) {
            return None;
        }
        let defaults =
            PATTERNS.places(kind, if pos == 'v' || fit.support.is_some() { 'v' } else { 'n' });
        let places = fit.pattern.places.as_ref().or(defaults)?;
        let (actors, recipients) = self.sides(fit, places, kind);
        if pos == 'n' && self.is_told_by_verb(token, kind) {
            return None;
        }
        let bare = pos == 'n' && fit.support.is_none();
        let known = |it: &Party| {
            !matches!(self.lemmas[it.head].as_str(), "terrorist" | "terror")
                && self.text.upos(it.head) != "PRON"
        };
        let enough = match kind {
            _ if fit.is_swapped(self) => !actors.is_empty(),
            Kind::Assault if bare => !recipients.is_empty() || actors.iter().any(known),
            Kind::Protest if bare => {
                let many = |it: &Party| known(it) && !self.parties.is_person(it.head);
                !actors.is_empty() && !recipients.is_empty() || actors.iter().any(many)
            }
            _ if bare => !actors.is_empty() && !recipients.is_empty(),
            _ => !kind.needs_actor() || !actors.is_empty(),
        };
        let recipients = self.apart_from_owners(recipients);
        if !enough || !self.is_evident(token, fit, kind, (&actors, &recipients)) {
            return None;
        }
        let (kind, mode) = self.in_its_clause(token, fit, kind, mode);
        if kind.needs_actor() && actors.is_empty() && !fit.is_swapped(self) {
            return None;
        }
        let mode = mode.or_else(|| PATTERNS.mode(kind, &self.sentence_words(token)));
        Some(Coded {
            anchor: token,
            support: fit.support,
            kind: Some((kind, mode)),
            actors,
            recipients,
            pattern: Some(fit.pattern),
        })
    }

    /// The type that a word tells by itself, before its clause is looked at.
    pub(super) fn raw(&self, token: usize, steps: usize) -> Option<(Kind, Option<&'static str>)> {
        let steps = steps.checked_sub(1)?;
        let fit = self.fit(token, steps)?;
        let inner = || {
            let about = fit.frame.complements.iter().chain(&fit.frame.objects);
            let of = fit
                .frame
                .behind
                .iter()
                .filter(|(case, _)| matches!(case.as_str(), "of" | "to" | "for"));
            about.chain(of.map(|(_, head)| head)).find_map(|it| self.raw(*it, steps))
        };
        match fit.pattern.sense {
            Sense::Type(kind) => {
                let derived = matches!(kind, Kind::Request | Kind::Reject | Kind::Threaten);
                let mode =
                    fit.pattern.mode.or_else(|| derived.then(|| kind.mode_about(inner()))?);
                Some((kind, mode))
            }
            Sense::Light | Sense::Aspect => inner(),
            Sense::Stop => {
                let things = fit.frame.objects.iter().copied().chain(fit.frame.behind("of"));
                let stopped = |thing: usize| {
                    let keys = self.keys(thing);
                    let is = |class: &str| keys.iter().any(|key| PATTERNS.is(class, key));
                    if is("relation") || is("aid") {
                        return Some((Kind::Sanction, Some("discontinue")));
                    }
                    if is("ban") {
                        return Some((Kind::Concede, None));
                    }
                    self.raw(thing, steps).and_then(|(kind, _)| kind.stopped())
                };
                let by_clause = || {
                    let clause = fit.frame.complements.first()?;
                    self.raw(*clause, steps).and_then(|(kind, _)| kind.stopped())
                };
                things.into_iter().find_map(stopped).or_else(by_clause)
            }
            Sense::Null => None,
        }
    }
}
