//! Who can act or be acted on: persons, organizations, places, groups of people.

use sayso_analysis::{EntityKind, is_country, is_demonym, is_person_noun};
use sayso_text::TokenRange;

use super::frame::Frame;
use super::pattern::PATTERNS;
use crate::Reference;
use crate::entities::Links;
use crate::text::Text;

/// Phrases within phrases that a party is sought in, at most: *the wives of the crew of the ship*.
const MAX_DEPTH: usize = 4;
/// Parties of one side of one event, at most.
const MAX_PARTIES: usize = 8;

/// Endings of nouns for persons, of those that no list has: *\[strategist\]*, *\[assemblywoman\]*.
const PERSON_ENDINGS: &[&str] =
    &["ist", "ian", "crat", "man", "men", "woman", "women", "goer", "holder"];

/// The prepositions behind which a thing tells whose it is, the nearest bond first.
const BONDS: &[&str] = &[
    "of", "by", "against", "with", "for", "to", "between", "from", "on", "among", "toward", "over",
    "in", "at", "near", "into", "about",
];

/// Of what is only said, those behind which a thing is still somebody's: *rejected a call by the
/// \[miners\]*, but not *criticized the war in \[Kordia\]*.
const NEAR_BONDS: &[&str] = &["of", "by", "from", "with", "against", "to", "for"];

/// Somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Party {
    pub(super) tokens: TokenRange,
    pub(super) head: usize,
}

/// What is sought in a phrase.
struct Search<'p> {
    /// Whether a thing right behind the name of a country is that country's: *\[Kordian\] houses*.
    lands: bool,
    bonds: &'p [&'p str],
    /// Those who are not meant, with their entities.
    actors: &'p [Party],
    entities: Vec<usize>,
    found: Vec<Party>,
}

/// Finds parties in phrases.
#[derive(Debug)]
pub(super) struct Parties<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    links: &'t Links<'a>,
    /// For each token the name it lies in, as a place among the analysis's names.
    names: Vec<Option<usize>>,
}

impl<'t, 'a> Parties<'t, 'a> {
    pub(super) fn new(text: &'t Text<'a>, links: &'t Links<'a>) -> Self {
        let mut names = vec![None; text.n_tokens()];
        for (at, name) in text.analysis.names.iter().enumerate() {
            for token in name.tokens.range() {
                if let Some(slot) = names.get_mut(token) {
                    *slot = Some(at);
                }
            }
        }
        Self { text, links, names }
    }

    /// What the name that a word lies in names.
    pub(super) fn name_kind(&self, token: usize) -> Option<EntityKind> {
        self.name(token).map(|name| name.kind)
    }

    /// The parties that a phrase stands for or holds, for a word that is done to them: *\[rebels\]*, *a
    /// stronghold of the \[rebels\]*, *\[Kordia\]'s proposal*.
    pub(super) fn within(&self, head: usize) -> Vec<Party> {
        self.within_but(head, &[])
    }

    /// As [`Self::within`], of others than those who act: *its promise to the \[miners\]*.
    pub(super) fn within_but(&self, head: usize, actors: &[Party]) -> Vec<Party> {
        let entities = actors.iter().filter_map(|it| self.entity(*it)).collect();
        let mut search = Search { lands: true, bonds: BONDS, actors, entities, found: Vec::new() };
        self.collect(head, MAX_DEPTH, &mut search);
        search.found
    }

    /// As [`Self::within_but`], for what is only said to or of them.
    pub(super) fn near(&self, head: usize, actors: &[Party]) -> Vec<Party> {
        let entities = actors.iter().filter_map(|it| self.entity(*it)).collect();
        let mut search =
            Search { lands: false, bonds: NEAR_BONDS, actors, entities, found: Vec::new() };
        self.collect(head, MAX_DEPTH, &mut search);
        search.found
    }

    /// The parties that a phrase stands for as one who acts: *\[rebels\]*, *\[U.N.\] helicopters*, but
    /// not *\[Norland\] law*.
    pub(super) fn acting(&self, head: usize) -> Vec<Party> {
        let lemma = self.text.lemma(head);
        let tool = ["vehicle", "arms", "armed"].iter().any(|it| PATTERNS.is(it, &lemma));
        if !self.is_party(self.stands_for(head)) && !tool && !self.counts(head) {
            return Vec::new();
        }
        let mut search = Search {
            lands: true,
            bonds: &["of", "by"],
            actors: &[],
            entities: Vec::new(),
            found: Vec::new(),
        };
        self.collect(head, 2, &mut search);
        search.found
    }

    /// Whether a word alone stands for somebody.
    pub(super) fn is_party(&self, head: usize) -> bool {
        let text = self.text;
        if is_calendar(&text.lower(head)) && text.upos(head) == "PROPN" {
            return false;
        }
        if let Some(kind) = self.name_kind(head) {
            if text.upos(head) == "ADJ" && text.relation(head) == "amod" {
                // *\[Kordian\] troops*, but not *\[Democratic\] doubts*
                return self.is_demonym_word(head);
            }
            if kind != EntityKind::Other || self.is_country_word(head) {
                return true;
            }
            let plural = self.text.word(head).is_some_and(|it| it.xpos == "NNPS");
            return plural || is_party_noun(&self.text.lemma(head));
        }
        let (lemma, lower) = (text.lemma(head), text.lower(head));
        match text.upos(head) {
            "PRON" => self.is_personal(head, &lower),
            "NOUN" | "PROPN" | "ADJ" | "NUM" | "DET" if self.counts(head) => false,
            "NOUN" => {
                let initials = lower.len() > 1 && text.form(head).chars().all(char::is_uppercase);
                let demonym = text.form(head).starts_with(char::is_uppercase)
                    && (is_demonym(&lower) || is_demonym(&lemma));
                is_party_noun(&lemma)
                    || is_party_noun(&lower)
                    || demonym
                    || initials
                    || self.is_people(head)
            }
            // A capital word that is no known noun, of which no name was found, is likely a name.
            "PROPN" => {
                is_party_noun(&lemma)
                    || is_person_noun(&lemma).is_none()
                        && !PATTERNS.is("notparty", &lemma)
                        && text.form(head).starts_with(char::is_uppercase)
                        && !is_calendar(&lower)
            }
            // *the \[poor\]*, but not *made \[public\]*
            "ADJ" => {
                let article = text
                    .dependents(head)
                    .any(|it| text.relation(it) == "det" || text.full_relation(it) == "nmod:poss");
                article && PATTERNS.is("party", &lower) || self.is_country_word(head)
            }
            "NUM" | "DET" | "VERB" => {
                PATTERNS.is("party", &lower) && text.relation(head) != "amod"
                    || self.is_country_word(head)
            }
            _ => false,
        }
    }

    /// Whether a word is a named person, or a pronoun for one.
    pub(super) fn is_person(&self, head: usize) -> bool {
        let pronoun = || matches!(self.text.lower(head).as_str(), "he" | "she" | "him" | "her");
        self.name_kind(head) == Some(EntityKind::Person) || pronoun()
    }

    /// Whether a name is that of a country, which acts: *\[Norland\] strikes*, but not *the \[Paris\] attack*.
    pub(super) fn is_country(&self, head: usize) -> bool {
        let words = self.name(head).and_then(|name| self.text.span(name.tokens));
        let words = words.map(|span| span.of(&self.text.document.text).to_lowercase());
        let words = words.unwrap_or_else(|| self.text.lower(head));
        let words = words.trim_start_matches("the ").replace('.', "");
        is_country(&words)
            || is_demonym(&words)
            || matches!(&*words, "us" | "uk" | "eu" | "un" | "nato")
    }

    /// Whether a word is a named place, or one for the people of one.
    pub(super) fn is_place(&self, head: usize) -> bool {
        let noun = || {
            let place = ["country", "city", "town", "village", "capital", "region", "province"];
            place.contains(&self.text.lemma(head).as_str())
        };
        self.name_kind(head) == Some(EntityKind::Place) || self.is_demonym_word(head) || noun()
    }

    /// The row's reference to a party.
    pub(super) fn reference(&self, party: Party) -> Reference {
        let entity = self.entity(party).map(|at| self.text.entities[at].id.clone());
        Reference { span: vec![self.text.chars(party.tokens)], entity }
    }

    /// The entity of a party, as a place among the rows.
    pub(super) fn entity(&self, party: Party) -> Option<usize> {
        self.links.entity_of(self.text, party.tokens, party.head).map(|(at, _)| at)
    }

    /// Whether a noun is an amount of those behind *of*: *\[dozens\] of pilots*, *a \[group\] of miners*.
    fn counts(&self, head: usize) -> bool {
        let text = self.text;
        let of = |it: usize| {
            text.relation(it) == "nmod" && text.dependents(it).any(|case| text.lower(case) == "of")
        };
        PATTERNS.is("quantity", &text.lemma(head)) && text.dependents(head).any(of)
    }

    pub(super) fn name(&self, token: usize) -> Option<&'a sayso_analysis::Name> {
        let at = self.names.get(token).copied().flatten()?;
        self.text.analysis.names.get(at)
    }

    fn is_personal(&self, head: usize, lower: &str) -> bool {
        let party = |tokens| {
            let entity = self.entity(Party { tokens, head })?;
            Some(self.text.entities.get(entity)?.kind != crate::EntityKind::Other)
        };
        match lower {
            "he" | "she" | "they" | "we" | "i" | "you" | "him" | "her" | "them" | "us" | "me"
            | "who" | "whom" | "someone" | "somebody" | "anyone" | "everyone" | "nobody"
            | "his" | "hers" | "their" | "theirs" | "our" | "my" | "your" | "others" | "those" => {
                true
            }
            "it" | "its" | "that" | "which" | "this" => {
                party(TokenRange::new(head, head + 1)).unwrap_or(false)
            }
            _ => false,
        }
    }

    /// Whether a word names a country or its people: *\[Kordian\] troops*.
    fn is_country_word(&self, token: usize) -> bool {
        matches!(self.name_kind(token), Some(EntityKind::Place | EntityKind::Group))
            || self.text.form(token).starts_with(char::is_uppercase)
                && (is_demonym(&self.text.lower(token)) || is_demonym(&self.text.lemma(token)))
    }

    fn collect(&self, head: usize, depth: usize, search: &mut Search<'_>) {
        // *Mayor Ana Reyes and Governor Bo Lind*: the second may hang on the name beside the title.
        let text = self.text;
        let apposed = text.dependents(head).filter(|it| {
            matches!(text.full_relation(*it), "appos" | "flat" | "nmod:desc") && *it > head
        });
        let holders: Vec<usize> = std::iter::once(head).chain(apposed).collect();
        let of = |it: usize| text.dependents(it).filter(|it| text.relation(*it) == "conj");
        let mut conjuncts: Vec<usize> = holders.iter().flat_map(|it| of(*it)).collect();
        // *women, miners and \[nurses\]*: the third may hang on the second.
        let nested: Vec<usize> = conjuncts.iter().flat_map(|it| of(*it)).collect();
        conjuncts.extend(nested);
        for one in std::iter::once(head).chain(conjuncts) {
            if one != head && text.upos(one) == "VERB" {
                continue;
            }
            let one = self.behind_dateline(one).unwrap_or(one);
            for party in self.of_one(self.stands_for(one), depth, search) {
                if search.found.len() < MAX_PARTIES
                    && !search.found.iter().any(|it| overlap(*it, party))
                    && !self.is_one_of(party, search)
                {
                    search.found.push(party);
                }
            }
        }
    }

    /// The name behind a dateline that was read as its head: *\[PORT ELSE\] — Mayor Ana Reyes said*.
    fn behind_dateline(&self, head: usize) -> Option<usize> {
        let text = self.text;
        let upper = text.form(head).chars().all(|it| it.is_uppercase() || it == '.');
        let end = self.name(head).map_or(head + 1, |it| it.tokens.end as usize);
        let dash = end < text.n_tokens() && matches!(text.form(end), "—" | "–" | "-" | "--");
        if !upper || !dash || self.is_person(head) {
            return None;
        }
        text.dependents(head).filter(|it| *it > end).find(|it| self.name(*it).is_some())
    }

    /// Whether a party is an actor already, or a possessive that may stand for one.
    fn is_one_of(&self, party: Party, search: &Search<'_>) -> bool {
        if search.actors.is_empty() {
            return false;
        }
        let entity = self.entity(party);
        let same = entity.is_some_and(|it| search.entities.contains(&it));
        let own = self.text.full_relation(party.head) == "nmod:poss"
            && self.text.upos(party.head) == "PRON"
            && entity.is_none();
        same || own || search.actors.iter().any(|it| overlap(*it, party))
    }

    /// The parties of one conjunct.
    fn of_one(&self, head: usize, depth: usize, search: &Search<'_>) -> Vec<Party> {
        if self.is_party(head) {
            let parts = self.coordinated_modifiers(head);
            if parts.len() > 1 {
                return parts;
            }
            return vec![Party { tokens: self.phrase(head), head }];
        }
        if depth == 0 || matches!(self.text.upos(head), "PRON" | "ADV") {
            return Vec::new();
        }
        let mut inner = Search { found: Vec::new(), entities: search.entities.clone(), ..*search };
        if is_clause_word(self.text, head) {
            self.in_clause(head, depth, &mut inner);
        } else {
            self.in_thing(head, depth, &mut inner);
        }
        inner.found
    }

    /// Those to whom something is done in a clause: *calls to free the \[pilots\]*.
    fn in_clause(&self, head: usize, depth: usize, search: &mut Search<'_>) {
        let frame = Frame::of_verb(self.text, head);
        for object in frame.objects.iter().chain(&frame.receivers) {
            self.collect(*object, depth - 1, search);
        }
        for bond in ["with", "against", "to", "for", "from", "on", "of", "at"] {
            if search.found.is_empty() {
                let behind: Vec<_> = frame.behind(bond).collect();
                for it in behind {
                    self.collect(it, depth - 1, search);
                }
            }
        }
    }

    /// Those to whom a thing belongs: by its modifiers, else behind its prepositions.
    fn in_thing(&self, head: usize, depth: usize, search: &mut Search<'_>) {
        let frame = Frame::of_noun(self.text, head, None);
        if !self.counts(head) {
            for &modifier in &frame.modifiers {
                let owner = self.text.full_relation(modifier) == "nmod:poss";
                let land = self.is_demonym_word(modifier) && !search.lands;
                let said = ["demands", "target", "troops", "armed"];
                let foreign =
                    land && !said.iter().any(|it| PATTERNS.is(it, &self.text.lemma(head)));
                let party =
                    self.is_named_owner(modifier) && !foreign || self.is_compound_party(modifier);
                if owner || party {
                    self.collect(modifier, if owner { depth - 1 } else { 0 }, search);
                }
            }
        }
        for bond in search.bonds {
            if search.found.is_empty() {
                let vague = matches!(*bond, "in" | "at" | "near" | "into" | "over");
                let behind = frame.behind(bond).filter(|it| !vague || self.is_party(*it));
                for it in behind.collect::<Vec<_>>() {
                    self.collect(it, depth - 1, search);
                }
            }
        }
        if search.found.is_empty() && search.lands && search.bonds.len() > 2 {
            let participle = |it: &&usize| {
                self.text.word(**it).is_some_and(|word| matches!(word.xpos, "VBN" | "VBG"))
            };
            let clauses = frame.complements.iter().filter(participle);
            clauses.for_each(|it| self.collect(*it, depth - 1, search));
        }
    }

    /// For the subject pronoun of what somebody says, the speaker, if it may be one: *\[farmers\] said
    /// they would march*; any other word is itself.
    pub(super) fn stands_for(&self, word: usize) -> usize {
        let text = self.text;
        if text.upos(word) != "PRON" || !matches!(text.relation(word), "nsubj" | "expl") {
            return word;
        }
        let Some(clause) = text.head(word) else { return word };
        let Some(said) = text.head(clause).filter(|_| text.full_relation(clause) == "ccomp") else {
            return word;
        };
        let subject = text.dependents(said).find(|it| text.full_relation(*it) == "nsubj");
        let Some(speaker) = subject.filter(|it| text.upos(*it) != "PRON") else { return word };
        let plural = text.word(speaker).is_some_and(|it| matches!(it.xpos, "NNS" | "NNPS"))
            || text.dependents(speaker).any(|it| text.relation(it) == "conj");
        let person = self.is_person(speaker) || is_person_noun(&text.lemma(speaker)) == Some(true);
        let may = match text.lower(word).as_str() {
            "they" => plural || self.name_kind(speaker) != Some(EntityKind::Person),
            "it" => {
                !plural
                    && (self.name_kind(speaker) != Some(EntityKind::Person)
                        || self.is_country(speaker))
            }
            "he" | "she" => !plural && (person || self.name_kind(speaker).is_none()),
            _ => false,
        };
        let of = |it: usize| self.entity(Party { tokens: TokenRange::new(it, it + 1), head: it });
        let apart =
            of(word).zip(self.entity(Party { tokens: self.phrase(speaker), head: speaker }));
        let apart = apart.is_some_and(|(one, other)| one != other);
        if may && !apart && self.is_party(speaker) { speaker } else { word }
    }

    /// A plural with a capital within a sentence: *Bosnian \[Serbs\]*.
    fn is_people(&self, head: usize) -> bool {
        let plural = self.text.word(head).is_some_and(|it| matches!(it.xpos, "NNS" | "NNPS"));
        let first = self.text.sentence(head).is_none_or(|it| it.tokens.start as usize == head);
        plural
            && !first
            && self.text.form(head).starts_with(char::is_uppercase)
            && !PATTERNS.is("notparty", &self.text.lemma(head))
    }

    /// A name right before a thing that is his: *the \[Reyes\] plan*, *\[Kordian\] territory*; but not *a
    /// \[Democratic\] measure*, which is nobody's.
    fn is_named_owner(&self, modifier: usize) -> bool {
        let adjective = self.text.full_relation(modifier) == "amod";
        match self.name_kind(modifier) {
            Some(EntityKind::Other) | None => self.is_demonym_word(modifier),
            Some(EntityKind::Group) => self.is_demonym_word(modifier),
            Some(_) => !adjective || self.is_demonym_word(modifier),
        }
    }

    /// Whether a word is for the people of a country, *\[Kordian\]*, not of a party or faith.
    fn is_demonym_word(&self, token: usize) -> bool {
        let people = self.name_kind(token) == Some(EntityKind::Group)
            && !PATTERNS.is("creed", &self.text.lower(token));
        if people && self.text.upos(token) == "ADJ" {
            return true;
        }
        self.text.form(token).starts_with(char::is_uppercase)
            && (is_demonym(&self.text.lower(token))
                || is_demonym(&self.text.lemma(token))
                || is_country(&self.text.lower(token)))
    }

    /// A noun for somebody right before a thing: *\[rebel\] stronghold*, *\[police\] station*.
    fn is_compound_party(&self, modifier: usize) -> bool {
        self.text.full_relation(modifier) == "compound"
            && PATTERNS.is("armed", &self.text.lemma(modifier))
    }

    /// The countries or bodies that stand for those they modify: *\[Norland\] and \[Kordian\] envoys*.
    fn coordinated_modifiers(&self, head: usize) -> Vec<Party> {
        let plural = self.text.word(head).is_some_and(|it| matches!(it.xpos, "NNS" | "NNPS"));
        if !plural || self.name_kind(head) == Some(EntityKind::Person) {
            return Vec::new();
        }
        let modifiers = self
            .text
            .dependents(head)
            .filter(|it| matches!(self.text.full_relation(*it), "amod" | "compound" | "nmod:poss"));
        let one = |token: usize| {
            let tokens = self.name(token).map_or(TokenRange::new(token, token + 1), |it| it.tokens);
            let country = self.is_country_word(token);
            country.then_some(Party { tokens, head: token })
        };
        for first in modifiers {
            let conjuncts =
                self.text.dependents(first).filter(|it| self.text.relation(*it) == "conj");
            let all: Option<Vec<_>> = std::iter::once(first).chain(conjuncts).map(one).collect();
            if let Some(all) = all.filter(|all| all.len() > 1) {
                return all;
            }
        }
        Vec::new()
    }
}

fn overlap(one: Party, other: Party) -> bool {
    one.tokens.start < other.tokens.end && other.tokens.start < one.tokens.end
}

fn is_clause_word(text: &Text<'_>, token: usize) -> bool {
    text.upos(token) == "VERB" && !matches!(text.full_relation(token), "amod" | "compound")
}

fn is_party_noun(lemma: &str) -> bool {
    let last = lemma.rsplit('-').next().unwrap_or(lemma);
    let known = |word: &str| {
        PATTERNS.is("party", word)
            || !PATTERNS.is("notparty", word)
                && is_person_noun(word)
                    .unwrap_or_else(|| PERSON_ENDINGS.iter().any(|it| word.ends_with(it)))
    };
    known(lemma) || lemma != last && known(last)
}

/// Whether a word is a day of the week or a month.
pub(super) fn is_calendar(lower: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    DAYS.contains(&lower)
}
