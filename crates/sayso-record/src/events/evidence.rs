//! Whether what stands around a word is enough for a type: who does it, and to whom.

use sayso_analysis::{EntityKind, is_person_noun};

use super::coder::Coder;
use super::fit::Fit;
use super::kind::Kind;
use super::party::Party;
use super::pattern::PATTERNS;

impl Coder<'_, '_> {
    /// Whether the sentence tells who acts, on whom, and that it is an act of the type at all.
    pub(super) fn is_evident(
        &self,
        token: usize,
        fit: &Fit,
        kind: Kind,
        (actors, recipients): (&[Party], &[Party]),
    ) -> bool {
        let stated = match kind {
            _ if !recipients.is_empty() => true,
            _ if actors.is_empty() => false,
            // *the court lifted the ban*, *the union \[called off\] its strike*
            Kind::Concede => actors.iter().all(|it| self.is_body(*it)),
            // *\[Norland\] threatened to leave*
            _ if kind.is_said() => actors.iter().all(|it| self.is_state(*it)),
            _ => !kind.needs_recipient(),
        };
        if !stated || actors.is_empty() && !self.is_agentless(token, fit, kind) {
            return false;
        }
        match kind {
            Kind::Agree => self.agrees_to_an_act(fit),
            Kind::Reject => !self.rejects_a_conflict(fit),
            // *men sent to \[fight\]*: against nobody
            Kind::Assault => !recipients.is_empty() || actors.iter().any(|it| self.is_force(*it)),
            // *a \[restriction\] was declared*: on whom
            Kind::Coerce => {
                let general = matches!(fit.pattern.mode, Some("curfew" | "martial-law"));
                fit.support.is_none() || general || !recipients.is_empty()
            }
            _ => true,
        }
    }

    /// Whether nobody has to be named as the actor: of a passive or a noun, *nine people were \[killed\]*,
    /// but not of a clause that leaves him to be found elsewhere, *a speech \[criticizing\] the mayor*.
    fn is_agentless(&self, token: usize, fit: &Fit, kind: Kind) -> bool {
        if self.part_of_speech(token) != Some('v') {
            return kind != Kind::Retreat || fit.pattern.mode != Some("withdraw");
        }
        let armed = |it: &usize| self.keys(*it).iter().any(|key| PATTERNS.is("arms", key));
        if kind == Kind::Assault && fit.frame.subjects.iter().any(armed) {
            // *a bomb \[killed\] two*
            return true;
        }
        fit.frame.is_passive
            && self.text.word(token).is_some_and(|it| matches!(it.xpos, "VBN" | "VBD"))
    }

    /// Whether what is promised is itself something done for somebody: *promised to \[help\] the miners*,
    /// but not *promised to \[win\]*.
    fn agrees_to_an_act(&self, fit: &Fit) -> bool {
        let mut clauses = fit.frame.complements.iter().filter(|it| self.text.upos(**it) == "VERB");
        let given = |clause: usize| {
            let frame = self.frame(clause, None);
            let things = frame.objects.iter().flat_map(|it| self.keys(*it));
            things.into_iter().any(|it| PATTERNS.is("aid", &it) || PATTERNS.is("relation", &it))
        };
        let acts = |it: &usize| {
            PATTERNS.is("yielding", &self.lemmas[*it])
                || self.raw(*it, 4).is_some_and(|(kind, _)| kind.is_cooperation())
                || given(*it)
        };
        fit.frame.complements.is_empty() || clauses.any(acts)
    }

    /// Whether what is declined is itself a conflict: *refused to \[attack\] her*, which rejects nobody.
    fn rejects_a_conflict(&self, fit: &Fit) -> bool {
        fit.frame.complements.iter().any(|it| {
            let kind = self.raw(*it, 4).map(|it| it.0);
            kind.is_some_and(|it| {
                !it.is_cooperation() && !matches!(it, Kind::Request | Kind::Mobilize)
            })
        })
    }

    /// Whether a party is a country or its people: what it says is an act also towards nobody.
    fn is_state(&self, party: Party) -> bool {
        self.parties.is_country(party.head) && self.text.upos(party.head) == "PROPN"
    }

    /// Whether a party is an institution.
    fn is_body(&self, party: Party) -> bool {
        self.is_state(party)
            || self.parties.name_kind(party.head) == Some(EntityKind::Organization)
            || PATTERNS.is("state", &self.lemmas[party.head])
                && is_person_noun(&self.lemmas[party.head]) != Some(true)
    }

    /// Whether a party can use force against nobody in particular: *\[rebels\] attacked at dawn*.
    fn is_force(&self, party: Party) -> bool {
        let group = matches!(
            self.parties.name_kind(party.head),
            Some(EntityKind::Organization | EntityKind::Group)
        );
        PATTERNS.is("armed", &self.lemmas[party.head])
            || self.parties.is_country(party.head)
            || group
    }

    /// Recipients without those named by a possessive pronoun alone, where others are named: *threatened
    /// the \[women\] and their privacy*; or where it is nobody known.
    pub(super) fn apart_from_owners(&self, recipients: Vec<Party>) -> Vec<Party> {
        let owner = |it: &Party| {
            self.text.full_relation(it.head) == "nmod:poss" && self.text.upos(it.head) == "PRON"
        };
        let several = recipients.len() > 1;
        let known = |it: &Party| self.parties.entity(*it).is_some();
        recipients.into_iter().filter(|it| !owner(it) || !several && known(it)).collect()
    }
}
