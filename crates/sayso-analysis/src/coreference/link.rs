//! From left to right, each mention joins an entity before it or begins one.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use sayso_text::{TokenId, TokenRange};

use super::feature::{alone, new_entity, together};
use super::profile::{Class, Manner, Profile, Role};
use super::question::{Answer, Question};
use super::state::{Match, Relation, State, keep};
use crate::{Entity, Mention, Word};

/// How many of the entities mentioned last a pronoun may stand for.
const RECENT_FOR_PRONOUNS: usize = 20;
/// How many of them another mention may stand for, beside those with its head.
const RECENT_FOR_OTHERS: usize = 12;
/// How many mentions back these are sought.
const LOOK_BACK: usize = 60;
/// How many entities whose head is the mention's are compared.
const SAME_HEAD: usize = 4;
/// How many sentences outside of quotations before it the one may stand who goes on speaking.
const SPEAKER_SENTENCES: u32 = 5;
/// How many mentions before it.
const FARTHEST_SPEAKER: usize = 200;
/// Steps up the tree from a mention.
const MAX_HEIGHT: usize = 24;

/// Of those who say what others say that a mention stands in, so many are known.
const MAX_SAYERS: usize = 4;

/// An entity as a candidate for a mention.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) entity: &'a State,
    /// Its last mention.
    pub(super) last: &'a Profile,
    pub(super) matched: Match,
    pub(super) relation: Relation,
    /// Whether it is the last mentioned one of those whose sex and number fit.
    pub(super) is_closest_fitting: bool,
    /// Whether it is the one who goes on speaking.
    pub(super) is_speaker: bool,
    /// Whether its last mention is a subject.
    pub(super) is_subject: bool,
}

/// All that is known of the mentions before they are linked.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) words: &'a [Word<'a>],
    pub(super) mentions: &'a [Mention],
    pub(super) profiles: &'a [Profile],
    /// Each mention's group of names, if it is a name.
    pub(super) groups: &'a [Option<usize>],
    /// Each mention's antecedent that is not left to the ranker: a relative clause's noun, a
    /// quoted *I*'s speaker, who may come later.
    pub(super) fixed: &'a [Option<usize>],
    /// For each mention in what somebody says, the mention that says it, of several the innermost.
    pub(super) said_by: &'a [Option<usize>],
    /// For each word the mention that is its subject; `u32::MAX` for none.
    pub(super) subjects: &'a [u32],
}

/// The entities of all mentions.
///
/// # Cost
///
/// Linear in the mentions: each is compared with a bounded number of entities.
pub(super) fn link(scene: &Scene<'_>, answer: &mut Answer<'_>) -> Vec<Entity> {
    let mut linker = Linker {
        scene,
        states: Vec::new(),
        of: vec![usize::MAX; scene.mentions.len()],
        of_group: Vec::new(),
        with_head: HashMap::default(),
        question: Question::default(),
    };
    for at in 0..scene.mentions.len() {
        linker.place(at, answer);
    }
    linker.finish()
}

struct Linker<'a> {
    scene: &'a Scene<'a>,
    states: Vec<State>,
    /// Each mention's entity; `usize::MAX` for those not reached.
    of: Vec<usize>,
    /// Each name group's entity; `usize::MAX` for none yet.
    of_group: Vec<usize>,
    /// Entities by head, and by the words of names, the one mentioned last at the end.
    with_head: HashMap<u64, Vec<usize>, FxBuildHasher>,
    /// The question that was asked last, for its memory.
    question: Question,
}

impl Linker<'_> {
    /// Puts a mention where it belongs.
    fn place(&mut self, at: usize, answer: &mut Answer<'_>) {
        // The words of somebody whose name or pronoun comes here stood before it.
        let said_before = Some(self.of[at]).filter(|&entity| entity != usize::MAX);
        let (entity, probability) = self.choose(at, said_before, answer);
        if let Some(before) = said_before.filter(|&before| before != entity) {
            self.merge(before, entity);
        }
        self.join(at, entity, probability);
    }

    /// The entity of a mention, and the probability of that.
    fn choose(
        &mut self,
        at: usize,
        said_before: Option<usize>,
        answer: &mut Answer<'_>,
    ) -> (usize, f32) {
        let group = self.scene.groups[at];
        let known = group.and_then(|group| self.of_group.get(group).copied());
        let known = known.filter(|&entity| entity != usize::MAX);
        if let Some(fixed) = self.scene.fixed[at] {
            if self.of[fixed] == usize::MAX {
                self.of[fixed] = self.begin();
            }
            if group.is_some() && self.has_other_name(self.of[fixed], group) {
                // The current mayor, [Luz Fairbanks], is not the mayor who was named before.
                return (self.part(fixed, known), 1.0);
            }
            let fixed = self.of[fixed];
            if let Some(entity) = known.filter(|&entity| entity != fixed) {
                // [The minister], Ana Reyes: who has been named before.
                let other_name = self.states[fixed].group.is_some();
                if !other_name {
                    self.merge(fixed, entity);
                }
                return (entity, 1.0);
            }
            return (fixed, 1.0);
        }
        if let Some(entity) = known {
            return (entity, 1.0);
        }
        let mut question = std::mem::take(&mut self.question);
        self.ask(at, said_before, &mut question);
        let (option, probability) = answer(at, &question);
        let entity = match option.checked_sub(1) {
            Some(option) => self.of[question.antecedents[option]],
            None => said_before.unwrap_or_else(|| self.begin()),
        };
        self.question = question;
        (entity, probability)
    }

    /// Whether an entity has a name of another group than this one.
    fn has_other_name(&self, entity: usize, group: Option<usize>) -> bool {
        self.states[entity].group.is_some_and(|own| Some(own) != group)
    }

    /// Takes a mention out of its entity, for the one `known` by the name that it is said to have
    /// or a new one; which it returns.
    fn part(&mut self, mention: usize, known: Option<usize>) -> usize {
        let old = self.of[mention];
        let to = known.unwrap_or_else(|| self.begin());
        if self.states[old].mentions.len() > 1 && self.scene.groups[mention].is_none() {
            // It is one of the last: it stands right before its name.
            let mentions = &mut self.states[old].mentions;
            if let Some(at) = mentions.iter().rposition(|&it| it == mention) {
                mentions.remove(at);
            }
            self.join(mention, to, 1.0);
            // In order, as others of `to` may stand between it and its name.
            let mentions = &mut self.states[to].mentions;
            mentions.pop();
            let at = mentions.partition_point(|&it| it < mention);
            mentions.insert(at, mention);
        }
        to
    }

    /// Moves the mentions of one entity to another.
    fn merge(&mut self, from: usize, to: usize) {
        let other = std::mem::replace(&mut self.states[from], State::new());
        for &head in &other.heads {
            self.index(head, to);
        }
        for &mention in &other.mentions {
            self.of[mention] = to;
        }
        if let Some(group) = other.group {
            self.of_group[group] = to;
        }
        self.states[to].take_in(other);
    }

    fn begin(&mut self) -> usize {
        self.states.push(State::new());
        self.states.len() - 1
    }

    /// Adds a mention and what it says to an entity.
    fn join(&mut self, at: usize, entity: usize, probability: f32) {
        let profile = &self.scene.profiles[at];
        self.of[at] = entity;
        let state = &mut self.states[entity];
        if !state.mentions.is_empty() {
            state.probability += probability;
        }
        state.mentions.push(at);
        state.restrict(profile.sex, profile.number);
        let names = self.scene.groups[at].is_some();
        state.is_person |= profile.class == Class::Person;
        let names_it = names && state.group.is_none() && profile.class != Class::Unknown;
        if state.class == Class::Unknown || names_it {
            state.class = profile.class;
        }
        if let Some(group) = self.scene.groups[at] {
            state.group = state.group.or(Some(group));
            if self.of_group.len() <= group {
                self.of_group.resize(group + 1, usize::MAX);
            }
            self.of_group[group] = entity;
        }
        if profile.manner == Manner::I {
            state.is_author |= profile.quotation.is_none();
            state.is_quoted |= profile.quotation.is_some();
        }
        if profile.manner.is_pronoun() {
            return;
        }
        keep(&mut state.heads, profile.head);
        keep(&mut state.strings, profile.string);
        for &modifier in &profile.modifiers[..profile.n_modifiers] {
            keep(&mut state.modifiers, modifier);
        }
        self.index(profile.head, entity);
        if names {
            // [Cyclone Phailin] may be said to be this cyclone.
            for &modifier in &profile.modifiers[..profile.n_modifiers] {
                self.index(modifier, entity);
            }
        }
    }

    /// Makes an entity the first to be found for a word.
    fn index(&mut self, word: u64, entity: usize) {
        let same = self.with_head.entry(word).or_default();
        same.retain(|&known| known != entity);
        if same.len() > 2 * SAME_HEAD {
            same.remove(0);
        }
        same.push(entity);
    }

    /// Asks where a mention belongs, other than to the entity `but`.
    fn ask(&self, at: usize, but: Option<usize>, question: &mut Question) {
        let profile = &self.scene.profiles[at];
        let same_head = self.same_head(profile);
        question.clear();
        alone(profile, !same_head.is_empty(), &mut question.shared);
        new_entity(&mut question.rows);
        question.ends.push(question.rows.len());
        let mut any_fits = false;
        let speaker = self.speaker(at);
        let mut candidates = self.candidates(at, same_head);
        let is_far = |entity: &usize| !candidates.contains(entity);
        if let Some(entity) = speaker.filter(is_far) {
            candidates.push(entity);
        }
        for (rank, entity) in candidates.into_iter().enumerate() {
            let state = &self.states[entity];
            if Some(entity) == but || !self.may_join(at, entity) {
                continue;
            }
            let last = state.mentions[state.mentions.len() - 1];
            let fits = !profile.sex.and(state.sex).is_empty() && profile.number & state.number != 0;
            let last_profile = &self.scene.profiles[last];
            let entry = Entry {
                entity: state,
                last: last_profile,
                matched: state.matches(profile),
                relation: self.relation(at, last),
                is_closest_fitting: fits && !any_fits,
                is_speaker: speaker == Some(entity),
                is_subject: last_profile.role == Role::Subject,
            };
            any_fits |= fits;
            together(profile, &entry, rank, &mut question.rows);
            question.ends.push(question.rows.len());
            question.antecedents.push(last);
            if speaker == Some(entity) && profile.class == Class::Person {
                question.preferred = Some(question.antecedents.len());
            }
        }
    }

    /// Who goes on speaking in a *he* or *she* that something is ascribed to, or in an *it* or *they*,
    /// which only who spoke before goes on in.
    ///
    /// News goes on with the one who spoke last, or did something last: of the nearest sentence in
    /// which somebody who fits is a source or a subject, a source before subjects and the first one
    /// before others. What stands in other quotations does not count.
    fn speaker(&self, at: usize) -> Option<usize> {
        let profile = &self.scene.profiles[at];
        let is_body = matches!(profile.manner, Manner::It | Manner::They);
        let may_speak = is_body || matches!(profile.manner, Manner::He | Manner::She);
        if !profile.is_source || !may_speak {
            return None;
        }
        let mut found: Option<(u32, bool, usize)> = None;
        let (mut n_sentences, mut last_sentence) = (0, profile.sentence);
        for before in (at.saturating_sub(FARTHEST_SPEAKER)..at).rev() {
            let other = &self.scene.profiles[before];
            let sentence = other.sentence;
            if other.quotation == profile.quotation && sentence != last_sentence {
                (n_sentences, last_sentence) = (n_sentences + 1, sentence);
            }
            if n_sentences > SPEAKER_SENTENCES || found.is_some_and(|it| it.0 != sentence) {
                break;
            }
            // A name that is a sentence by itself is a subject, too: *And [Reyes]? He said …*
            let is_subject =
                matches!(other.role, Role::Subject | Role::PassiveSubject | Role::Root);
            let may_go_on = other.is_source || (is_subject && !is_body);
            if other.quotation != profile.quotation || !may_go_on {
                continue;
            }
            let entity = self.of[before];
            let state = &self.states[entity];
            let is_group = matches!(state.class, Class::Organization | Class::Group);
            let fits = match profile.manner {
                Manner::It => is_group && state.number != 2,
                Manner::They => is_group || state.number == 2,
                _ => state.is_person && state.number != 2,
            };
            let is_better = found.is_none_or(|it| other.is_source || !it.1);
            if fits && is_better && self.may_join(at, entity) {
                found = Some((sentence, other.is_source, entity));
            }
        }
        found.map(|it| it.2)
    }

    /// Entities with the mention's head, the last mentioned one first.
    fn same_head(&self, profile: &Profile) -> Vec<usize> {
        if profile.manner.is_pronoun() {
            return Vec::new();
        }
        let found = self.with_head.get(&profile.head).map_or(&[][..], Vec::as_slice);
        let is_open = |entity: &usize| !self.states[*entity].mentions.is_empty();
        found.iter().rev().copied().filter(is_open).take(SAME_HEAD).collect()
    }

    /// Entities to compare a mention with: those mentioned last, then those with its head.
    fn candidates(&self, at: usize, same_head: Vec<usize>) -> Vec<usize> {
        let is_pronoun = self.scene.profiles[at].manner.is_pronoun();
        let limit = if is_pronoun { RECENT_FOR_PRONOUNS } else { RECENT_FOR_OTHERS };
        let mut found = Vec::with_capacity(limit + same_head.len());
        for before in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let entity = self.of[before];
            let is_last = self.states[entity].mentions.last() == Some(&before);
            if is_last {
                found.push(entity);
                if found.len() == limit {
                    break;
                }
            }
        }
        for entity in same_head {
            if !found.contains(&entity) {
                found.push(entity);
            }
        }
        found
    }

    /// Whether nothing forbids that a mention stands for an entity.
    fn may_join(&self, at: usize, entity: usize) -> bool {
        let state = &self.states[entity];
        let profile = &self.scene.profiles[at];
        let last = state.mentions[state.mentions.len() - 1];
        let other_name = self.scene.groups[at].is_some() && state.group.is_some();
        let is_personal = matches!(profile.manner, Manner::He | Manner::She | Manner::I);
        let other_number = is_personal && state.number == 2;
        let other_sex = profile.sex.and(state.sex).is_empty();
        // The author of a text is nobody in it, and nobody who is quoted.
        let other_voice = match (profile.manner, profile.quotation) {
            (Manner::I, None) => state.is_quoted || state.group.is_some(),
            (Manner::I, Some(_)) => state.is_author,
            _ => state.is_author && self.scene.groups[at].is_some(),
        };
        // *[Reyes], [he] explained, would go*: nobody is named in his or her own words.
        let own_words =
            self.scene.said_by[last] == Some(at) && !self.scene.profiles[last].manner.is_pronoun();
        // *Reyes said [the mayor] would go*: people speak of themselves by pronouns.
        let own_words = own_words
            || profile.class == Class::Person
                && !profile.manner.is_pronoun()
                && state.is_person
                && self.sayers(at).chain(self.commanders(at)).any(|it| self.of[it] == entity);
        // [his [brother]]: neither is the other.
        let inside = covers(self.scene.mentions[last].tokens, self.scene.mentions[at].tokens);
        !(other_name || other_number || other_sex || other_voice || own_words || inside)
    }

    /// Who says what a mention stands in, who says that, and so on.
    fn sayers(&self, at: usize) -> impl Iterator<Item = usize> {
        let says = |&at: &usize| self.scene.said_by[at].filter(|&sayer| sayer != at);
        std::iter::successors(says(&at), says).take(MAX_SAYERS)
    }

    /// The subjects of the verbs in whose complements a mention stands: *\[Reyes\] hoped that the mayor
    /// would go*. No noun of a complement stands for such a subject (principle C of Chomsky 1981).
    fn commanders(&self, at: usize) -> impl Iterator<Item = usize> {
        let words = self.scene.words;
        let head = |word: usize| words[word].head.map(TokenId::index);
        let start = self.scene.mentions[at].head.index();
        std::iter::successors(Some(start), move |&word| head(word))
            .take(MAX_HEIGHT)
            .filter(|&word| words[word].deprel == "ccomp")
            .filter_map(head)
            .map(|verb| self.scene.subjects[verb] as usize)
            .filter(move |&subject| subject < at)
    }

    /// How a mention stands to an earlier one in the tree.
    fn relation(&self, at: usize, last: usize) -> Relation {
        let [one, other] = [last, at].map(|it| self.scene.mentions[it].head);
        let [first, word] = [one, other].map(|token| &self.scene.words[token.index()]);
        let hangs = |word: &Word<'_>, relation: &str| word.deprel.starts_with(relation);
        if word.head == Some(one) && hangs(word, "appos") {
            Relation::Apposition
        } else if first.head == Some(other) && hangs(first, "nsubj") {
            Relation::Predicate
        } else if word.head == Some(one) && hangs(word, "conj") {
            Relation::Conjunct
        } else if first.head.is_some() && first.head == word.head {
            Relation::SameVerb
        } else {
            Relation::None
        }
    }

    fn finish(self) -> Vec<Entity> {
        let mut entities: Vec<Entity> = self
            .states
            .into_iter()
            .filter(|state| !state.mentions.is_empty())
            .map(|state| {
                let n_links = state.mentions.len() - 1;
                let probability =
                    if n_links == 0 { 1.0 } else { state.probability / n_links as f32 };
                Entity { kind: state.class.kind(), mentions: state.mentions, probability }
            })
            .collect();
        entities.sort_by_key(|entity| entity.mentions[0]);
        entities
    }
}

fn covers(outer: TokenRange, inner: TokenRange) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
