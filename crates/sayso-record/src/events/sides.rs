//! Who acts, and on whom.

use sayso_analysis::EntityKind;

use super::coder::{Coder, MAX_STEPS};
use super::fit::Fit;
use super::frame::Frame;
use super::kind::Kind;
use super::party::Party;
use super::pattern::{PATTERNS, Place, Places};

impl Coder<'_, '_> {
    /// Who acts, and on whom.
    pub(super) fn sides(&self, fit: &Fit, places: &Places, kind: Kind) -> (Vec<Party>, Vec<Party>) {
        let frame = &fit.frame;
        if fit.is_swapped(self) {
            // *drew criticism from farmers*
            let from = [Place::Behind("from"), Place::Behind("by"), Place::Modifier];
            let actors = from.iter().map(|it| self.actors_at(frame, *it)).find(|it| !it.is_empty());
            let actors = actors.unwrap_or_default();
            let recipients = self.others(self.actors_at(frame, Place::Subject), &actors);
            return (actors, recipients);
        }
        let mut actors = Vec::new();
        for place in &places.actors {
            if actors.is_empty()
                && (*place != Place::Behind("by") || frame.is_passive || fit.support.is_none())
            {
                actors = self.actors_at(frame, *place);
            }
        }
        let mut recipients = Vec::new();
        let together = kind.is_joint() && actors.len() > 1;
        let distant = |it: &Place| matches!(it, Place::Complement | Place::Behind("for" | "in"));
        for place in places.recipients.iter().filter(|it| !together || !distant(it)) {
            if recipients.is_empty() {
                recipients =
                    self.others(self.recipients_at(frame, *place, (kind, &actors)), &actors);
            }
        }
        if recipients.is_empty() && fit.frame.behind("from").next().is_some() {
            recipients = self.others(self.moved_by(fit), &actors);
        }
        if recipients.is_empty() && kind == Kind::Threaten {
            recipients = self.others(self.on_condition(fit), &actors);
        }
        let mutual = places.recipients.contains(&Place::Mutual);
        let several = actors.len() > 1 || actors.iter().any(|it| self.is_pair(it.head));
        if (mutual || kind.is_joint()) && recipients.is_empty() && several {
            recipients.clone_from(&actors);
        } else if mutual && !actors.is_empty() && !recipients.is_empty() {
            actors.extend(recipients.iter().copied());
            recipients.clone_from(&actors);
        }
        (actors, recipients)
    }

    /// Who does something after or under what comes from somebody: *after pressure from Kordia,
    /// \[Norland\] closed its port*.
    fn moved_by(&self, fit: &Fit) -> Vec<Party> {
        let Some(noun) = fit.noun else { return Vec::new() };
        let verb = self.text.head(noun).filter(|_| self.text.relation(noun) == "obl");
        let Some(verb) = verb.filter(|it| self.text.upos(*it) == "VERB") else { return Vec::new() };
        let under = self.text.dependents(noun).any(|it| {
            matches!(self.text.lower(it).as_str(), "after" | "under" | "amid" | "despite")
        });
        let subjects = if under { Frame::of_verb(self.text, verb).subjects } else { Vec::new() };
        subjects.iter().flat_map(|it| self.parties.acting(*it)).collect()
    }

    /// Whose behaviour a threat hangs on: *threatened to close the port if \[Kordia\] did not pay*.
    fn on_condition(&self, fit: &Fit) -> Vec<Party> {
        let verbs = fit.frame.complements.iter().flat_map(|it| self.text.dependents(*it));
        let own = fit.frame.behind("unless").chain(fit.frame.behind("if"));
        let conditions = verbs.filter(|it| {
            self.text.relation(*it) == "advcl"
                && self.text.dependents(*it).any(|mark| {
                    self.text.relation(mark) == "mark"
                        && matches!(self.text.lower(mark).as_str(), "if" | "unless" | "until")
                })
        });
        let clauses: Vec<usize> = own.chain(conditions).collect();
        let subjects = clauses.iter().flat_map(|it| self.text.dependents(*it));
        let subjects = subjects.filter(|it| self.text.relation(*it) == "nsubj");
        subjects
            .filter(|it| self.parties.is_party(*it))
            .flat_map(|it| self.parties.within(it))
            .collect()
    }

    /// Whether a word stands for two or more who face each other: *the two \[mayors\]*, *both \[sides\]*.
    pub(super) fn is_pair(&self, head: usize) -> bool {
        let counted = self
            .text
            .dependents(head)
            .any(|it| matches!(self.text.lower(it).as_str(), "two" | "both" | "three" | "four"));
        let plural = self.text.word(head).is_some_and(|it| it.xpos == "NNS");
        plural && (counted || self.lemmas[head] == "side")
    }

    pub(super) fn actors_at(&self, frame: &Frame, place: Place) -> Vec<Party> {
        let heads = match place {
            Place::Subject => frame.subjects.clone(),
            place => Self::heads(frame, place),
        };
        let mut found: Vec<Party> = Vec::new();
        for head in heads {
            if place != Place::Modifier || self.is_named_modifier(head) {
                found.extend(self.parties.acting(head));
            }
        }
        if found.is_empty() && place == Place::Subject {
            found.extend(frame.owners.iter().flat_map(|it| self.parties.acting(*it)));
        }
        found
    }

    /// A modifier that tells who acts: *\[Kordian\] strikes*, *\[rebel\] attacks*, *\[her\] visit*.
    pub(super) fn is_named_modifier(&self, head: usize) -> bool {
        let place = self.parties.name_kind(head) == Some(EntityKind::Place);
        self.parties.is_party(head) && (!place || self.parties.is_country(head))
            || self.text.full_relation(head) == "nmod:poss"
    }

    pub(super) fn recipients_at(
        &self,
        frame: &Frame,
        place: Place,
        (kind, actors): (Kind, &[Party]),
    ) -> Vec<Party> {
        let whom = |head| {
            if kind.is_said() && self.text.upos(head) == "VERB" {
                // *a ban from \[entering\] the port*: what is done, not to whom it is said
                Vec::new()
            } else if kind.is_said() {
                self.parties.near(head, actors)
            } else {
                self.parties.within_but(head, actors)
            }
        };
        let of_clauses = |clauses: &[usize]| {
            clauses.iter().flat_map(|it| self.parties_of_clause(*it, actors)).collect()
        };
        match place {
            Place::Complement => of_clauses(&frame.complements),
            Place::Purpose => {
                let found: Vec<_> = of_clauses(&frame.purposes);
                // *a strike in \[protest\] against the duke*
                let protest = frame.behind("in").filter(|it| self.lemmas[*it] == "protest");
                let of_noun =
                    || protest.flat_map(|it| self.parties.within_but(it, actors)).collect();
                if found.is_empty() { of_noun() } else { found }
            }
            Place::Subject | Place::Modifier => self.actors_at(frame, place),
            Place::Behind(case @ ("in" | "near" | "along" | "outside" | "over")) => {
                let places = frame.behind(case).filter(|it| self.parties.is_place(*it));
                places.flat_map(|it| self.parties.within_but(it, actors)).collect()
            }
            // *called for \[Kordia\] to pay*
            Place::Behind("for") => {
                let parties = |it| match self.text.upos(it) {
                    "VERB" => self.parties_of_clause(it, actors),
                    _ => whom(it),
                };
                frame.behind("for").flat_map(parties).collect()
            }
            place => {
                let heads = Self::heads(frame, place);
                heads.into_iter().flat_map(whom).collect()
            }
        }
    }

    /// Whom a clause is about: its own subject, else those to whom its verb does something.
    pub(super) fn parties_of_clause(&self, verb: usize, actors: &[Party]) -> Vec<Party> {
        let own = self
            .text
            .dependents(verb)
            .filter(|it| matches!(self.text.full_relation(*it), "nsubj" | "nsubj:pass"));
        let own = own.filter(|it| self.parties.is_party(*it) && self.text.upos(*it) != "PRON");
        let subjects: Vec<_> = own.flat_map(|it| self.parties.within_but(it, actors)).collect();
        if !subjects.is_empty() {
            return subjects;
        }
        if self.text.upos(verb) != "VERB" {
            return self.parties.within_but(verb, actors);
        }
        let noun = self.supported(verb);
        let told = noun.unwrap_or(verb);
        if let Some((fit, (kind, _))) = self.fit(told, 2).zip(self.raw(told, 3)) {
            let places = fit.pattern.places.as_ref().or_else(|| PATTERNS.places(kind, 'v'));
            let recipients = places.map(|places| &places.recipients).into_iter().flatten();
            let direct = recipients.filter(|it| !matches!(it, Place::Complement | Place::Purpose));
            let mut found = direct.map(|it| self.recipients_at(&fit.frame, *it, (kind, actors)));
            if let Some(found) = found.find(|it| !it.is_empty()) {
                return found;
            }
        }
        let frame = self.frame(verb, None);
        let mut heads: Vec<usize> = frame.receivers.clone();
        for case in ["to", "with", "against"] {
            heads.extend(frame.behind(case));
        }
        heads.extend(&frame.objects);
        for case in ["from", "for", "on", "between", "of"] {
            heads.extend(frame.behind(case));
        }
        let lands =
            |it: &usize| self.parties.is_place(*it) || self.parties.name_kind(*it).is_some();
        heads.extend(frame.behind("in").filter(lands));
        let deeper = frame.complements.iter().filter(|it| self.text.head(**it) == Some(verb));
        let mut found = heads.iter().chain(deeper).map(|it| self.parties.near(*it, actors));
        found.find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// Those who are not among the actors.
    pub(super) fn others(&self, found: Vec<Party>, actors: &[Party]) -> Vec<Party> {
        let entities: Vec<_> = actors.iter().filter_map(|it| self.parties.entity(*it)).collect();
        let mut others: Vec<Party> = Vec::new();
        for party in found {
            let lower = self.text.lower(party.head);
            let reflexive = self.text.upos(party.head) == "PRON"
                && (lower.ends_with("self") || lower.ends_with("selves"));
            let overlaps = |it: &Party| {
                it.tokens.start < party.tokens.end && party.tokens.start < it.tokens.end
            };
            // *Reyes said Lind had attacked \[her\]*: the object is never the one who acts, or it would be
            // *herself*, whoever it is taken for.
            let object = self.text.relation(party.head) == "obj"
                && matches!(
                    self.text.lower(party.head).as_str(),
                    "him" | "her" | "them" | "me" | "us"
                );
            let same =
                !object && self.parties.entity(party).is_some_and(|it| entities.contains(&it));
            if !reflexive && !same && !actors.iter().any(overlaps) && !others.iter().any(overlaps) {
                others.push(party);
            }
        }
        others
    }

    /// Whether a noun only tells how a verb did the same: *killed two in an \[attack\]*.
    pub(super) fn is_told_by_verb(&self, noun: usize, kind: Kind) -> bool {
        let verb = self.text.head(noun).filter(|_| self.text.relation(noun) == "obl");
        let Some(verb) = verb.filter(|it| self.text.upos(*it) == "VERB") else { return false };
        matches!(kind, Kind::Assault | Kind::Protest)
            && self.support(noun, MAX_STEPS) != Some(verb)
            && self.raw(verb, MAX_STEPS).map(|it| it.0) == Some(kind)
    }
}
