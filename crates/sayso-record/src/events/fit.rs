//! Which pattern fits a word: its lemma, and what stands around it.

use super::coder::{Coder, MAX_STEPS};
use super::frame::{Frame, is_clause};
use super::pattern::{Condition, PATTERNS, Pattern, Place, Sense, Value};

/// Words that begin a question within a sentence.
const QUESTIONS: [&str; 9] =
    ["whether", "if", "how", "what", "why", "when", "where", "who", "which"];

/// A pattern that fits a word, in its frame.
#[derive(Debug)]
pub(super) struct Fit {
    pub(super) pattern: &'static Pattern,
    pub(super) frame: Frame,
    pub(super) support: Option<usize>,
    /// The word, if it is a noun.
    pub(super) noun: Option<usize>,
}

impl Fit {
    /// Whether the verb that supports a noun has the one acted on as its subject: *\[drew\] criticism*.
    pub(super) fn is_swapped(&self, coder: &Coder<'_, '_>) -> bool {
        self.support.is_some_and(|verb| {
            let patterns = PATTERNS.of('v', &coder.lemmas[verb]);
            patterns.iter().any(|it| it.sense == Sense::Light && it.places.is_some())
        })
    }
}

impl Coder<'_, '_> {
    /// The first pattern that fits a word. A support verb's is the last resort.
    pub(super) fn fit(&self, token: usize, steps: usize) -> Option<Fit> {
        let pos = self.part_of_speech(token)?;
        if let Some(fit) = self.fit_participle(token, pos) {
            return Some(fit);
        }
        let lemma = &self.lemmas[token];
        let lists = match pos {
            'v' => vec![('v', lemma.as_str())],
            'n' => vec![('l', lemma.as_str()), ('n', lemma.as_str())],
            _ => vec![('a', lemma.as_str())],
        };
        if lists.iter().all(|(pos, lemma)| PATTERNS.of(*pos, lemma).is_empty()) {
            return None;
        }
        let support = if pos == 'n' { self.support(token, steps) } else { None };
        let frame = self.frame(token, support);
        let lists = lists.into_iter().filter(|(pos, _)| *pos != 'l' || support.is_some());
        let patterns = lists.flat_map(|(pos, lemma)| PATTERNS.of(pos, lemma));
        let mut fitting = patterns.filter(|it| self.fits(token, &frame, it));
        let first = fitting.next()?;
        let pattern = if first.sense == Sense::Light {
            fitting.find(|it| it.sense != Sense::Light).unwrap_or(first)
        } else {
            first
        };
        let noun = (pos == 'n').then_some(token);
        Some(Fit { pattern, frame, support, noun })
    }

    /// A participle that tells a state of mind: *is \[prepared\] to leave*.
    pub(super) fn fit_participle(&self, token: usize, pos: char) -> Option<Fit> {
        let pattern = PATTERNS.of('a', &self.text.lower(token)).first()?;
        let frame = self.frame(token, None);
        let passive = frame.is_passive || pos == 'a';
        let state = passive && self.fits(token, &frame, pattern);
        let subjects = if frame.subjects.is_empty() { frame.objects } else { frame.subjects };
        let frame = Frame { subjects, objects: Vec::new(), is_passive: false, ..frame };
        state.then_some(Fit { pattern, frame, support: None, noun: None })
    }

    pub(super) fn frame(&self, token: usize, support: Option<usize>) -> Frame {
        let mut frame = match self.text.upos(token) {
            "VERB" => Frame::of_verb(self.text, token),
            "ADJ" => {
                let mut frame = Frame::of_verb(self.text, token);
                let clauses = self
                    .text
                    .dependents(token)
                    .filter(|it| matches!(self.text.relation(*it), "advcl" | "acl"));
                frame.complements.extend(clauses);
                frame
            }
            _ => Frame::of_noun(self.text, token, support),
        };
        let predicate = self.predicates[token].and_then(|at| self.text.analysis.predicates.get(at));
        if let Some(predicate) = predicate {
            frame.add_roles(self.text, predicate);
        }
        let objects = frame.objects.clone();
        for object in objects {
            let mut phrases = Frame::of_noun(self.text, object, None).behind;
            if self.counts(object) {
                // *sent hundreds of troops against the \[clan\]*
                let counted: Vec<_> =
                    phrases.iter().filter(|(case, _)| case == "of").map(|it| it.1).collect();
                for thing in counted {
                    phrases.extend(Frame::of_noun(self.text, thing, None).behind);
                }
            }
            frame
                .behind
                .extend(phrases.into_iter().filter(|(case, _)| case != "of" && case != "by"));
        }
        frame
    }

    /// The verb that supports a noun: *\[held\] talks*, *talks were \[held\]*, *went on \[strike\]*.
    pub(super) fn support(&self, noun: usize, steps: usize) -> Option<usize> {
        let first = if self.text.relation(noun) == "conj" { self.text.head(noun)? } else { noun };
        let verb = self.text.head(first).filter(|it| self.text.upos(*it) == "VERB")?;
        steps.checked_sub(1)?;
        let role = self.text.full_relation(first);
        let frame = Frame::of_verb(self.text, verb);
        let places = match role {
            "obj" | "nsubj:pass" => true,
            "obl" => frame.objects.is_empty(),
            _ => false,
        };
        if !places {
            return None;
        }
        let lemma = &self.lemmas[verb];
        let supports = |it: &Pattern| {
            matches!(it.sense, Sense::Light | Sense::Aspect)
                && it.beside.iter().all(|word| frame.has_beside(word))
                && (role != "obl" || !it.beside.is_empty())
        };
        let patterns = PATTERNS.of('v', lemma);
        // *called off the strike*: not *called a strike*
        let phrasal = patterns.iter().any(|it| {
            !matches!(it.sense, Sense::Light | Sense::Aspect)
                && it.beside.len() + it.particles.len() > 0
                && it
                    .beside
                    .iter()
                    .chain(&it.particles)
                    .all(|word| frame.particles.iter().any(|particle| particle == word))
        });
        (!phrasal && patterns.iter().any(supports)).then_some(verb)
    }

    /// The noun that a support verb leaves the event to.
    pub(super) fn supported(&self, verb: usize) -> Option<usize> {
        let frame = Frame::of_verb(self.text, verb);
        let behind = frame.behind.iter().map(|(_, head)| *head);
        let mut nouns = frame.objects.iter().copied().chain(behind);
        nouns.find(|noun| {
            self.part_of_speech(*noun) == Some('n')
                && self.support(*noun, MAX_STEPS) == Some(verb)
                && self.fit(*noun, MAX_STEPS).is_some_and(|fit| {
                    fit.support == Some(verb)
                        && matches!(fit.pattern.sense, Sense::Type(_) | Sense::Stop)
                })
        })
    }

    pub(super) fn fits(&self, token: usize, frame: &Frame, pattern: &Pattern) -> bool {
        let beside = |word: &&str| {
            frame.has_beside(word)
                || frame
                    .objects
                    .iter()
                    .chain(&frame.complements)
                    .any(|it| self.lemmas[*it] == **word)
        };
        let particle = |word: &&str| frame.particles.iter().any(|it| it == *word);
        pattern.particles.iter().all(particle)
            && pattern.beside.iter().all(beside)
            && pattern.conditions.iter().all(|it| self.holds(token, frame, it))
    }

    pub(super) fn holds(&self, token: usize, frame: &Frame, condition: &Condition) -> bool {
        if condition.place == Place::Sentence {
            let told = self.sentence_words(token).any(|word| {
                condition.values.iter().any(|value| match value {
                    Value::Lemma(lemma) => *lemma == word,
                    Value::Class(class) => PATTERNS.is(class, word),
                    _ => false,
                })
            });
            return told != condition.negated;
        }
        let mut heads = Self::heads(frame, condition.place);
        if condition.place == Place::Clause {
            let finite = |it: &usize| self.text.full_relation(*it) == "ccomp";
            heads.extend(frame.complements.iter().copied().filter(finite));
        }
        let any = heads.iter().any(|head| {
            condition.values.is_empty()
                || condition.values.iter().any(|value| match (condition.place, value) {
                    (Place::Subject, Value::Someone) => !self.parties.acting(*head).is_empty(),
                    _ => self.is(*head, *value),
                })
        });
        // *obj!=money* asks for an object; *subj!=someone* for a subject that is nobody.
        if condition.negated && !condition.values.is_empty() {
            return !heads.is_empty() && !any;
        }
        any != condition.negated
    }

    /// Whether what stands at a place is what a condition names.
    pub(super) fn is(&self, head: usize, value: Value) -> bool {
        match value {
            Value::Lemma(lemma) => self.keys(head).iter().any(|key| key == lemma),
            Value::Class(class) => self.keys(head).iter().any(|key| PATTERNS.is(class, key)),
            Value::Party => self.parties.is_party(head) || self.is_number_of(head),
            Value::Person => self.parties.is_person(head),
            Value::PlaceName => self.parties.is_place(head),
            Value::Infinitive => self
                .text
                .dependents(head)
                .any(|it| self.text.relation(it) == "mark" && self.text.lower(it) == "to"),
            Value::Modal => self.text.dependents(head).any(|it| {
                let modal = ["should", "will", "would", "must", "shall"];
                modal.contains(&self.text.lower(it).as_str())
            }),
            Value::Question => self
                .text
                .dependents(head)
                .any(|it| it < head && QUESTIONS.contains(&self.text.lower(it).as_str())),
            Value::Someone => !self.parties.within(head).is_empty(),
        }
    }

    /// A count of people: *\[dozens\] of prisoners*, *killed \[twelve\]*.
    pub(super) fn is_number_of(&self, head: usize) -> bool {
        let of = self.text.dependents(head).find(|it| self.text.relation(*it) == "nmod");
        PATTERNS.is("quantity", &self.lemmas[head])
            && of.is_some_and(|it| self.parties.is_party(it))
            || self.text.upos(head) == "NUM"
    }

    /// The words that conditions on a head are about: its lemma, its spelling, and it with the word
    /// before it, *tear-gas*; what a quantity counts, *tons of \[food\]*.
    pub(super) fn keys(&self, head: usize) -> Vec<String> {
        let lemma = &self.lemmas[head];
        let mut keys = vec![lemma.clone(), self.text.lower(head)];
        for dependent in self.text.dependents(head) {
            match self.text.full_relation(dependent) {
                "compound" | "amod" => keys.push(format!("{}-{lemma}", self.lemmas[dependent])),
                "nmod" | "nmod:unmarked" if self.counts(head) => {
                    keys.push(self.lemmas[dependent].clone());
                }
                // *ambassador Ana Reyes*
                "nmod:desc" => keys.push(self.lemmas[dependent].clone()),
                "compound:prt" => {}
                _ => {}
            }
        }
        // *aid \[deliveries\]*, *a weapons \[shipment\]*: what is delivered counts.
        if matches!(
            lemma.as_str(),
            "delivery" | "shipment" | "program" | "programme" | "package" | "worth"
        ) {
            let compounds =
                self.text.dependents(head).filter(|it| self.text.relation(*it) == "compound");
            keys.extend(compounds.map(|it| self.lemmas[it].clone()));
        }
        keys
    }

    /// Whether a noun is an amount of what comes behind *of*.
    pub(super) fn counts(&self, head: usize) -> bool {
        PATTERNS.is("quantity", &self.lemmas[head])
            || matches!(
                self.lemmas[head].as_str(),
                "ton"
                    | "tonne"
                    | "kg"
                    | "kilogram"
                    | "worth"
                    | "piece"
                    | "truckload"
                    | "amount"
                    | "dollar"
            )
    }

    pub(super) fn heads(frame: &Frame, place: Place) -> Vec<usize> {
        match place {
            Place::Subject if frame.is_passive && frame.subjects.is_empty() => {
                frame.behind("by").collect()
            }
            Place::Subject => frame.subjects.clone(),
            Place::Object => frame.objects.clone(),
            Place::Receiver => frame.receivers.clone(),
            Place::Complement => frame.complements.clone(),
            Place::Purpose => frame.purposes.clone(),
            Place::Modifier => frame.modifiers.clone(),
            Place::Behind(preposition) => frame.behind(preposition).collect(),
            Place::Support => frame.support.into_iter().collect(),
            Place::Sentence | Place::Mutual | Place::Clause => Vec::new(),
        }
    }

    pub(super) fn part_of_speech(&self, token: usize) -> Option<char> {
        match self.text.upos(token) {
            "VERB" => Some('v'),
            "NOUN" | "PROPN" => Some('n'),
            "ADJ" if is_clause(self.text, token) || self.predicates[token].is_some() => Some('a'),
            "ADJ"
                if self
                    .text
                    .dependents(token)
                    .any(|it| matches!(self.text.relation(it), "xcomp" | "ccomp" | "advcl")) =>
            {
                Some('a')
            }
            _ => None,
        }
    }

    /// The lemmas of a word's sentence.
    pub(super) fn sentence_words(&self, token: usize) -> impl Iterator<Item = &str> + Clone {
        let range = self.text.sentence(token).map_or(token..token + 1, |it| it.tokens.range());
        self.lemmas.get(range).unwrap_or_default().iter().map(String::as_str)
    }
}
