//! Who and what stands around a word that tells an event: its frame, read off the tree.

use sayso_analysis::Predicate;

use super::party::is_calendar;
use super::pattern::PATTERNS;
use crate::text::Text;

/// Clauses that a subject is sought through, at most: *he \[agreed\] to try to \[help\] to \[end\] it*.
const MAX_CLAUSES: usize = 6;

/// The heads of what stands around a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Who does it, also where the clause leaves that out: *\[Norland\] agreed to help*.
    pub(super) subjects: Vec<usize>,
    /// What it is done to; of a passive, its subject.
    pub(super) objects: Vec<usize>,
    /// To whom something is given: *gave \[Kordia\] a loan*.
    pub(super) receivers: Vec<usize>,
    /// The verbs of clauses that complete it: *agreed to \[help\]*; of a noun, *the offer to \[help\]*.
    pub(super) complements: Vec<usize>,
    /// The verbs of other clauses with the same subject: *marched to \[protest\]*.
    pub(super) purposes: Vec<usize>,
    /// Possessors, adjectives and compounds of a noun.
    pub(super) modifiers: Vec<usize>,
    /// Prepositions with the heads behind them.
    pub(super) behind: Vec<(String, usize)>,
    /// Particles: *carried \[out\]*.
    pub(super) particles: Vec<String>,
    /// Who does it if the subject, a thing, does not: *\[Norland\] issued a note demanding rent*.
    pub(super) owners: Vec<usize>,
    /// The verb that supports a noun.
    pub(super) support: Option<usize>,
    pub(super) is_passive: bool,
}

impl Frame {
    /// The frame of a verb.
    pub(super) fn of_verb(text: &Text<'_>, verb: usize) -> Self {
        Self::of_clause(text, verb, MAX_CLAUSES)
    }

    /// The frame of a noun, with that of the verb that supports it: *Norland \[carried out\] an attack*.
    pub(super) fn of_noun(text: &Text<'_>, noun: usize, support: Option<usize>) -> Self {
        let mut frame = support.map_or_else(Self::default, |verb| {
            let verb = Self::of_verb(text, verb);
            Self { objects: Vec::new(), complements: Vec::new(), particles: Vec::new(), ..verb }
        });
        frame.support = support;
        frame.behind.retain(|(_, head)| *head != noun);
        for dependent in text.dependents(noun) {
            match text.full_relation(dependent) {
                "amod" | "compound" | "nmod:poss" | "nmod:desc" | "nmod:unmarked" => {
                    frame.modifiers.push(dependent);
                }
                "nmod" | "obl" | "nmod:agent" | "obl:agent" => frame.add_behind(text, dependent),
                "acl" | "ccomp" | "xcomp" | "advcl" => frame.complements.push(dependent),
                _ => {}
            }
        }
        if frame.modifiers.is_empty() && text.relation(noun) == "conj" {
            // *his \[attacks\] and threats*: what stands before the first goes for all.
            if let Some(first) = text.head(noun) {
                let shared = |it: &usize| {
                    text.full_relation(*it) == "nmod:poss" || text.upos(*it) == "ADJ" && *it < first
                };
                frame.modifiers.extend(text.dependents(first).filter(shared));
            }
        }
        frame
    }

    /// Takes an actor from the roles of a trained head where the tree left it open.
    ///
    /// Those acted on are left to the tree: with `ARG1` too, F1 of recipients on PLOVER's development
    /// records is 71 instead of 76.
    pub(super) fn add_roles(&mut self, text: &Text<'_>, predicate: &Predicate<'_>) {
        if predicate.roleset.is_empty() {
            return;
        }
        for argument in &predicate.arguments {
            let head = argument.head.index();
            let is_inside = head < text.n_tokens();
            if argument.role != "ARG0" || !is_inside || !self.subjects.is_empty() {
                continue;
            }
            if !self.is_passive {
                self.subjects.push(head);
            } else if !self.behind.iter().any(|(case, _)| case == "by") {
                self.behind.push(("by".to_owned(), head));
            }
        }
    }

    /// The heads behind a preposition.
    pub(super) fn behind<'f>(&'f self, preposition: &'f str) -> impl Iterator<Item = usize> + 'f {
        self.behind.iter().filter(move |(case, _)| case == preposition).map(|(_, head)| *head)
    }

    /// Whether a particle or a preposition stands beside the word.
    pub(super) fn has_beside(&self, word: &str) -> bool {
        self.particles.iter().any(|it| it == word) || self.behind.iter().any(|(it, _)| it == word)
    }

    fn of_clause(text: &Text<'_>, verb: usize, depth: usize) -> Self {
        let mut frame = Self::default();
        let mut relative = false;
        for dependent in text.dependents(verb) {
            let at = antecedent(text, verb, dependent);
            relative |= at != dependent;
            match text.full_relation(dependent) {
                "nsubj" | "nsubj:outer" => frame.subjects.push(at),
                "nsubj:pass" => {
                    frame.objects.push(at);
                    frame.is_passive = true;
                }
                "aux:pass" => frame.is_passive = true,
                "obj" => frame.objects.push(at),
                "iobj" => frame.receivers.push(at),
                // *it is willing to*: no more empty than other subjects of adjectives of mind
                "expl" if text.upos(verb) == "ADJ" => frame.subjects.push(at),
                "obl"
                    if !text.dependents(dependent).any(|it| text.relation(it) == "case")
                        && text.upos(dependent) == "NOUN" =>
                {
                    frame.objects.push(at);
                }
                // *on the left, she criticized the plan*: where, not whom
                "obl" if dependent < verb && !is_asking(text, dependent) => {}
                "obl" | "obl:agent" | "nmod" => frame.add_behind(text, dependent),
                "xcomp" | "ccomp" => frame.complements.push(dependent),
                "advcl" => frame.add_clause(text, dependent),
                "compound:prt" | "advmod" => frame.particles.push(text.lower(dependent)),
                _ => {}
            }
        }
        if frame.is_passive && frame.objects.is_empty() {
            // *the mayor who \[was accused\]*: the subject of a passive, also where it is read as another.
            frame.objects.append(&mut frame.subjects);
        }
        frame.take_particle(text, verb);
        if frame.objects.is_empty() && !frame.is_passive {
            frame.objects.extend(shared_object(text, verb));
        }
        if frame.objects.is_empty() && !frame.is_passive {
            // *urged \[the mayor\] to go*: the only object, though read as one of two
            frame.objects.clone_from(&frame.receivers);
        }
        let next = verb + 1;
        let stray = matches!(text.upos(next), "ADP" | "ADV") && text.relation(next) != "case";
        if stray && text.sentence(verb) == text.sentence(next) {
            frame.particles.push(text.lower(next));
        }
        let told = frame.behind.iter().any(|(case, _)| matches!(case.as_str(), "for" | "on"));
        if frame.complements.is_empty() && frame.objects.is_empty() && !told {
            // *threatened on Monday to \[leave\]*: read as a purpose, but there is nothing else.
            let infinitive = |it: &&usize| text.dependents(**it).any(|to| text.lower(to) == "to");
            frame.complements.extend(frame.purposes.clone().iter().filter(infinitive));
        }
        if depth > 0 {
            frame.fill(text, verb, relative, depth);
        }
        frame
    }

    /// Tells a particle that is read as a preposition: *wiped \[out\] the patrol*, *handed \[over\] flour*.
    fn take_particle(&mut self, text: &Text<'_>, verb: usize) {
        let word = text.lower(verb + 1);
        let particle = matches!(word.as_str(), "out" | "off" | "down" | "up" | "over");
        if !particle || text.relation(verb + 1) != "case" || self.is_passive {
            return;
        }
        let Some(head) = text.head(verb + 1) else { return };
        let apart = !text.dependents(head).any(|it| text.lower(it) == "of");
        if self.objects.contains(&head) {
            self.particles.push(word);
        } else if self.objects.is_empty() && apart && text.head(head) == Some(verb) {
            self.particles.push(word);
            self.objects.push(head);
        }
    }

    /// Takes the subject, or the object of a passive, from the clause around.
    fn fill(&mut self, text: &Text<'_>, verb: usize, relative: bool, depth: usize) {
        let Some(head) = text.head(verb) else { return };
        let relation = text.full_relation(verb);
        if relation == "acl:relcl" && !relative && !self.is_passive && self.objects.is_empty() {
            // *the ship that \[Norland\] sent*, without *that*.
            self.objects.push(head);
            return;
        }
        if relation == "amod" && !self.subjects.is_empty() && self.objects.is_empty() && head > verb
        {
            // *\[Norland\] accepted refugees*: an attribute has no subject, so it is none.
            self.objects.push(head);
        }
        if !self.subjects.is_empty() || self.is_passive && !self.objects.is_empty() {
            return;
        }
        let xpos = text.word(verb).map_or("", |word| word.xpos);
        let participle =
            xpos == "VBN" && !text.dependents(verb).any(|it| text.relation(it) == "aux");
        let from = match relation {
            "amod" => {
                // *\[Norland\] mobilized army reservists*: no noun stands before a participle that is an
                // attribute, so the tree is wrong.
                let before = text.dependents(head).filter(|it| {
                    *it < verb && matches!(text.relation(*it), "compound" | "nsubj" | "nmod")
                });
                let before: Vec<_> = before.collect();
                if before.is_empty() || head < verb {
                    return;
                }
                self.is_passive = false;
                self.objects.push(head);
                before
            }
            "acl" if text.upos(head) != "VERB" => {
                // *the bulldozers razed homes*: a passive has no object, so it is none.
                // *said the \[clerks\] hacked into it*: nobody says a clerk, so it is their clause.
                let said = text.relation(head) == "obj"
                    && text.head(head).is_some_and(|it| text.lemma(it) == "say");
                if participle && self.objects.is_empty() && !said {
                    self.is_passive = true;
                }
                if !self.is_passive {
                    self.owners = owners(text, head, depth);
                }
                let active = xpos == "VBG" || xpos == "VBD" || xpos == "VBN";
                if active || self.is_passive { vec![head] } else { owners(text, head, depth) }
            }
            "conj" | "xcomp" | "advcl" | "obl" if is_clause(text, head) => {
                let outer = Self::of_clause(text, head, depth - 1);
                let shared = match relation {
                    // *were mocked and \[criticized\]*
                    "conj" if xpos == "VBD" && self.objects.is_empty() && verb == head + 2 => {
                        self.is_passive |= outer.is_passive;
                        outer.is_passive
                    }
                    "conj" => outer.is_passive,
                    "advcl" => self.objects.is_empty(),
                    _ => false,
                };
                self.is_passive |= participle && shared;
                outer.controller(text, verb, relation)
            }
            _ => return,
        };
        let side = if self.is_passive { &mut self.objects } else { &mut self.subjects };
        side.extend(from);
    }

    /// Who is left out of a clause that hangs on this one.
    fn controller(self, text: &Text<'_>, verb: usize, relation: &str) -> Vec<usize> {
        // *accused the \[mayor\] of taking*, *thanked the \[crew\] for saving*
        let gerund = relation != "conj"
            && text.dependents(verb).any(|it| {
                matches!(text.relation(it), "mark" | "case")
                    && matches!(text.lower(it).as_str(), "of" | "for" | "from" | "into")
            });
        // *asked the \[mayor\] to leave*
        let urged = relation == "advcl"
            && text.head(verb).is_some_and(|it| PATTERNS.is("urging", &text.lemma(it)))
            && text.dependents(verb).any(|it| text.lower(it) == "to");
        let by_object = (relation == "xcomp" || gerund || urged) && !self.objects.is_empty();
        if self.is_passive && !gerund && relation == "advcl" {
            // *the camp was attacked by \[rebels\], killing two*
            let agents: Vec<_> = self.behind("by").collect();
            if !agents.is_empty() {
                return agents;
            }
        }
        if by_object || self.is_passive || self.subjects.is_empty() {
            return if relation == "xcomp" && !self.receivers.is_empty() {
                self.receivers
            } else {
                self.objects
            };
        }
        self.subjects
    }

    fn add_behind(&mut self, text: &Text<'_>, head: usize) {
        for case in text.dependents(head).filter(|it| matches!(text.relation(*it), "case" | "mark"))
        {
            // *according to*, *due to*: whose word or what for, not to whom
            if !matches!(text.upos(case), "ADP" | "SCONJ" | "PART") {
                self.behind.push((text.lower(case), head));
                return;
            }
            if is_calendar(&text.lower(head)) {
                // *insisted on Monday*: when, not on what
                return;
            }
            self.behind.push((text.lower(case), head));
            for fixed in text.dependents(case).filter(|it| text.relation(*it) == "fixed") {
                self.behind.push((text.lower(fixed), head));
            }
        }
    }

    /// A clause beside: one of purpose or manner, or a gerund behind a preposition.
    fn add_clause(&mut self, text: &Text<'_>, verb: usize) {
        let mark = text.dependents(verb).find(|it| matches!(text.relation(*it), "mark" | "case"));
        match mark.map(|it| text.lower(it)).as_deref() {
            None | Some("to") => self.purposes.push(verb),
            Some(mark) => self.behind.push((mark.to_owned(), verb)),
        }
    }
}

/// Whether a word may head a clause.
pub(super) fn is_clause(text: &Text<'_>, token: usize) -> bool {
    matches!(text.upos(token), "VERB" | "AUX")
        || text.dependents(token).any(|it| matches!(text.relation(it), "cop" | "nsubj"))
}

/// What a relative pronoun stands for: *the \[rebels\] who fled*; any other word is itself.
fn antecedent(text: &Text<'_>, verb: usize, word: usize) -> usize {
    let pronoun = text.upos(word) == "PRON"
        && matches!(text.lower(word).as_str(), "who" | "whom" | "that" | "which");
    if !pronoun {
        return word;
    }
    let clause =
        text.ancestors(verb).take(MAX_CLAUSES).find(|it| text.full_relation(*it) == "acl:relcl");
    clause.and_then(|it| text.head(it)).unwrap_or(word)
}

/// The object that the next verb has for both: *attacking and killing \[guards\]*.
fn shared_object(text: &Text<'_>, verb: usize) -> Option<usize> {
    let next = text
        .dependents(verb)
        .find(|it| text.relation(*it) == "conj" && *it == verb + 2 && text.upos(*it) == "VERB")?;
    text.dependents(next).find(|it| text.full_relation(*it) == "obj")
}

/// Whether a phrase before a verb is one of its parts all the same: *to \[whom\] she gave it*.
fn is_asking(text: &Text<'_>, word: usize) -> bool {
    matches!(text.lower(word).as_str(), "whom" | "which" | "who")
}

/// Whose plan it is to do something: *\[Norland\]'s plan to \[leave\]*, *\[she\] made a vow to \[leave\]*.
fn owners(text: &Text<'_>, noun: usize, depth: usize) -> Vec<usize> {
    let own: Vec<_> =
        text.dependents(noun).filter(|it| text.full_relation(*it) == "nmod:poss").collect();
    let verb = text
        .head(noun)
        .filter(|verb| text.relation(noun) == "obj" && text.upos(*verb) == "VERB" && depth > 0);
    match verb {
        Some(verb) if own.is_empty() => Frame::of_clause(text, verb, depth - 1).subjects,
        _ => own,
    }
}
