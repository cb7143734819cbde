//! What the clause and those around it make of an event: announced, threatened, demanded, or only the
//! content of another.

use super::coder::{Coded, Coder, MAX_STEPS};
use super::fit::Fit;
use super::frame::Frame;
use super::kind::Kind;
use super::pattern::{PATTERNS, Sense};

impl Coder<'_, '_> {
    /// Whether another word codes this one already: *agreed to \[help\]*, *demanded the \[release\]*.
    pub(super) fn is_covered(&self, token: usize) -> bool {
        let mut at = token;
        for _ in 0..MAX_STEPS {
            let Some(head) = self.text.head(at) else { return false };
            let below = match self.text.full_relation(at) {
                "xcomp" | "ccomp" => true,
                "acl" | "advcl" => {
                    self.text.upos(head) != "VERB" && self.part_of_speech(head) != Some('v')
                }
                "nmod" if self.text.upos(at) == "VERB" => true,
                "obj" | "nsubj:pass" | "nmod" | "obl" => self.part_of_speech(token) == Some('n'),
                "conj" => self.text.upos(at) == self.text.upos(head),
                _ => false,
            };
            if !below {
                return false;
            }
            if self.text.full_relation(at) != "conj" {
                let fit = self.fit(head, 2);
                let nominal = self.part_of_speech(head) == Some('n')
                    && ['l', 'n'].iter().flat_map(|pos| PATTERNS.of(*pos, &self.lemmas[head])).any(
                        |it| matches!(it.sense, Sense::Type(kind) if kind.covers_complement() && kind != Kind::Support),
                    );
                if nominal {
                    return true;
                }
                let supports = fit.as_ref().and_then(|it| it.support).is_some_and(|it| it == token);
                match fit.map(|it| it.pattern.sense) {
                    Some(Sense::Type(kind)) if kind.covers_complement() && !supports => {
                        return self.support(token, 2) != Some(head);
                    }
                    Some(Sense::Stop) if self.part_of_speech(token) == Some('n') => return true,
                    Some(Sense::Aspect | Sense::Stop | Sense::Light) => {}
                    _ => return false,
                }
            }
            at = head;
        }
        false
    }

    /// The type with what the clause makes of it: what somebody will do is an agreement, a threat or,
    /// denied, a rejection.
    pub(super) fn in_its_clause(
        &self,
        token: usize,
        fit: &Fit,
        kind: Kind,
        mode: Option<&'static str>,
    ) -> (Kind, Option<&'static str>) {
        let verb = fit.support.unwrap_or(token);
        if self.part_of_speech(verb) != Some('v') {
            return (kind, mode);
        }
        let clause = self.clause_top(verb);
        let has = |words: &[&str]| {
            self.text.dependents(clause).any(|it| {
                matches!(self.text.relation(it), "aux" | "advmod")
                    && words.contains(&self.text.lower(it).as_str())
            })
        };
        let future = has(&["will", "would", "'ll", "’ll", "wo", "shall"])
            || clause != verb && self.is_going(clause);
        if kind == Kind::Agree && has(&["not", "n't", "n’t", "never"]) {
            // *she did not \[accept\] the mayor's offer*
            return (Kind::Reject, Kind::Reject.mode_about(Some((kind, mode))));
        }
        if !future {
            return (kind, mode);
        }
        let speaks = self.speaks_of_itself(clause, fit);
        let unless = self.text.dependents(clause).any(|it| {
            self.text.relation(it) == "advcl"
                && self.text.dependents(it).any(|mark| self.text.lower(mark) == "unless")
        });
        let denied = has(&["not", "n't", "n’t", "never"]);
        if unless || kind.is_material_conflict() && speaks && !denied {
            return (Kind::Threaten, Kind::Threaten.mode_about(Some((kind, mode))));
        }
        if kind == Kind::Reject && speaks && !has(&["not", "n't", "n’t", "never"]) {
            return (Kind::Threaten, Some("relations"));
        }
        if kind.is_cooperation() {
            if has(&["not", "n't", "n’t", "never"]) {
                return (Kind::Reject, Kind::Reject.mode_about(Some((kind, mode))));
            }
            return (Kind::Agree, None);
        }
        (kind, mode)
    }

    /// The verb whose auxiliaries tell the time of a clause: *\[going\] to visit*.
    pub(super) fn clause_top(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..MAX_STEPS {
            let Some(head) = self.text.head(at) else { break };
            let shared = self.text.relation(at) == "conj"
                && !self
                    .text
                    .dependents(at)
                    .any(|it| matches!(self.text.relation(it), "nsubj" | "aux" | "mark"));
            let begun = self.text.relation(at) == "xcomp"
                && (self.is_going(head)
                    || self.fit(head, 1).is_some_and(|it| it.pattern.sense == Sense::Aspect));
            if !(shared || begun) || self.text.upos(head) != "VERB" {
                break;
            }
            at = head;
        }
        at
    }

    /// *is \[going\] to*, *\[plans\] to*, *\[intends\] to*.
    pub(super) fn is_going(&self, verb: usize) -> bool {
        let lemma = self.lemmas[verb].as_str();
        let form = self.text.lower(verb);
        matches!(lemma, "plan" | "intend" | "hope" | "aim") || lemma == "go" && form == "going"
    }

    /// Whether the one who acts says so: *farmers said \[they\] would block the port*.
    pub(super) fn speaks_of_itself(&self, clause: usize, fit: &Fit) -> bool {
        let said = self
            .text
            .head(clause)
            .filter(|_| matches!(self.text.relation(clause), "ccomp" | "parataxis"));
        let Some(said) = said.filter(|it| self.text.upos(*it) == "VERB") else {
            return fit
                .frame
                .subjects
                .iter()
                .any(|it| matches!(self.text.lower(*it).as_str(), "i" | "we"));
        };
        let speakers = Frame::of_verb(self.text, said).subjects;
        let speaker = speakers.iter().flat_map(|it| self.parties.acting(*it));
        let speaker: Vec<_> = speaker.filter_map(|it| self.parties.entity(it)).collect();
        fit.frame.subjects.iter().any(|subject| {
            let pronoun = matches!(
                self.text.lower(*subject).as_str(),
                "it" | "they" | "he" | "she" | "we" | "i"
            );
            let same = || {
                let acting = self.parties.acting(*subject);
                acting
                    .into_iter()
                    .filter_map(|it| self.parties.entity(it))
                    .any(|it| speaker.contains(&it))
            };
            pronoun || same()
        })
    }

    /// What somebody says that another must do is a request: *Norland said Kordia \[must pay\]*.
    pub(super) fn demanded(&self, token: usize) -> Option<Coded> {
        if self.part_of_speech(token)? != 'v' || self.domain.bars(self.text, token) {
            return None;
        }
        let has_to = |it: usize| self.text.relation(it) == "aux" && self.text.lower(it) == "must";
        if !self.text.dependents(token).any(has_to) || self.text.relation(token) != "ccomp" {
            return None;
        }
        let said = self.text.head(token).filter(|it| self.text.upos(*it) == "VERB")?;
        if !PATTERNS.is("declare", &self.lemmas[said]) {
            return None;
        }
        let speaker = Frame::of_verb(self.text, said).subjects;
        let actors: Vec<_> = speaker.iter().flat_map(|it| self.parties.acting(*it)).collect();
        let frame = Frame::of_verb(self.text, token);
        let asked = frame.subjects.iter().filter(|it| self.parties.is_party(**it));
        let recipients: Vec<_> = asked.flat_map(|it| self.parties.within(*it)).collect();
        let recipients = self.others(recipients, &actors);
        let about = self.raw(token, MAX_STEPS);
        let mode = Kind::Request.mode_about(about).or(Some("change"));
        let kind = Some((Kind::Request, mode));
        (!actors.is_empty() && !recipients.is_empty()).then_some(Coded {
            anchor: token,
            support: None,
            kind,
            actors,
            recipients,
            pattern: None,
        })
    }

    /// Whether the clause below tells the event: *\[began\] shelling the town*.
    pub(super) fn leaves_to_complement(&self, fit: Option<&Fit>) -> bool {
        let Some(fit) = fit.filter(|it| it.pattern.sense == Sense::Aspect) else { return false };
        fit.frame
            .complements
            .iter()
            .any(|it| self.text.full_relation(*it) == "xcomp" && self.text.upos(*it) == "VERB")
    }

    /// Whether a verb in the active has a subject that is nobody and no weapon: *the \[storm\] hit*.
    pub(super) fn has_idle_subject(&self, fit: &Fit) -> bool {
        if fit.frame.is_passive || fit.frame.subjects.is_empty() || fit.support.is_some() {
            return false;
        }
        let acts = |head: &usize| {
            !self.parties.acting(*head).is_empty()
                || self.keys(*head).iter().any(|key| PATTERNS.is("arms", key))
        };
        !fit.frame.subjects.iter().chain(&fit.frame.owners).any(acts)
    }
}
