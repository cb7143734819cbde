//! What a mention says of its entity: sex, number, class, words.

use sayso_text::{Document, TokenRange};
use xxhash_rust::xxh3::xxh3_64;

use super::phrase::Tree;
use super::words;
use crate::{Analysis, EntityKind, Mention, MentionForm, Word};

/// Which sexes are possible, and whether a thing is: a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sex(pub(super) u8);

impl Sex {
    pub(super) const MALE: Self = Self(1);
    pub(super) const FEMALE: Self = Self(2);
    pub(super) const PERSON: Self = Self(3);
    pub(super) const THING: Self = Self(4);
    pub(super) const ANY: Self = Self(7);

    /// What both allow; none is the empty set.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a mention denotes, as far as its words tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    #[default]
    Unknown,
    Person,
    Organization,
    Place,
    Group,
    Time,
    Event,
    /// An animal or plant.
    Living,
    Thing,
}

impl Class {
    pub(super) const COUNT: usize = 9;

    pub(super) fn sex(self) -> Sex {
        match self {
            Self::Person => Sex::PERSON,
            Self::Place | Self::Time | Self::Event | Self::Thing => Sex::THING,
            Self::Unknown | Self::Organization | Self::Group | Self::Living => Sex::ANY,
        }
    }

    pub(super) fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organization => Self::Organization,
            EntityKind::Place => Self::Place,
            EntityKind::Group => Self::Group,
            EntityKind::Other => Self::Unknown,
        }
    }

    /// The kind that Record v1 has for it.
    pub(super) fn kind(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organization => Some(EntityKind::Organization),
            Self::Place => Some(EntityKind::Place),
            Self::Group => Some(EntityKind::Group),
            _ => None,
        }
    }
}

/// How a mention refers, more finely than [`MentionForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    I,
    You,
    He,
    She,
    It,
    We,
    They,
    This,
    That,
    These,
    /// *Who*, *which* and *that* of relative clauses.
    Relative,
    /// *Everyone*, *nothing*, *one*.
    Indefinite,
    PersonName,
    OrganizationName,
    PlaceName,
    OtherName,
    /// *The mayor*.
    Definite,
    /// *This mayor*.
    Demonstrative,
    /// *A mayor*.
    IndefiniteNominal,
    /// *Her mayor*.
    Possessed,
    /// *No mayor*, *two mayors*.
    Quantified,
    /// *Mayors*.
    Bare,
}

impl Manner {
    pub(super) const COUNT: usize = 22;
    /// How many of them are pronouns; these come first.
    pub(super) const PRONOUNS: usize = 12;

    pub(super) fn is_pronoun(self) -> bool {
        (self as usize) < Self::PRONOUNS
    }
}

/// A mention's part in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    PassiveSubject,
    Object,
    Oblique,
    Possessor,
    Modifier,
    Compound,
    Apposition,
    Conjunct,
    Root,
    Other,
}

impl Role {
    pub(super) const COUNT: usize = 11;
}

/// What a mention says by itself.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) manner: Manner,
    pub(super) sex: Sex,
    /// A set: 1 singular, 2 plural.
    pub(super) number: u8,
    pub(super) class: Class,
    pub(super) role: Role,
    /// The head's lemma, hashed.
    pub(super) head: u64,
    /// All words but articles, hashed in order.
    pub(super) string: u64,
    /// Content words beside the head, hashed.
    pub(super) modifiers: [u64; MODIFIERS],
    pub(super) n_modifiers: usize,
    /// Whether a modifier follows the head.
    pub(super) is_postmodified: bool,
    /// A hash of the country whose demonym modifies the head: *the \[Mexican\] government*.
    pub(super) country: Option<u64>,
    pub(super) sentence: u32,
    pub(super) block: u32,
    /// The innermost quotation around it, as a place in the document's.
    pub(super) quotation: Option<u32>,
    /// Whether something is ascribed to it.
    pub(super) is_source: bool,
}

/// How many modifiers of a phrase are compared.
pub(super) const MODIFIERS: usize = 6;

/// What profiles are read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) document: &'a Document,
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) tree: &'a Tree,
}

impl Reading<'_> {
    /// A word as it is compared, in lower case.
    pub(super) fn lower(&self, at: usize) -> String {
        self.document.tokens[at].span.of(&self.document.text).to_lowercase()
    }

    /// Whether a word is of capitals alone.
    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let word = self.document.tokens[at].span.of(&self.document.text);
        word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.')
    }

    fn word(&self, at: usize) -> &Word<'_> {
        &self.analysis.words[at]
    }

    /// The profile of a mention, but for its place.
    pub(super) fn profile(&self, mention: &Mention) -> Profile {
        let head = mention.head.index();
        let word = self.word(head);
        let lemma = word.lemma.to_lowercase();
        let mut profile = Profile {
            manner: Manner::Bare,
            sex: Sex::ANY,
            number: number(word),
            class: Class::Unknown,
            role: role(word),
            head: xxh3_64(lemma.as_bytes()),
            string: 0,
            modifiers: [0; MODIFIERS],
            n_modifiers: 0,
            is_postmodified: false,
            country: None,
            sentence: 0,
            block: 0,
            quotation: None,
            is_source: false,
        };
        match mention.form {
            MentionForm::Pronoun => pronoun(&lemma, word, &mut profile),
            MentionForm::Nominal => self.nominal(mention, &lemma, &mut profile),
            MentionForm::Name => self.name(mention, &mut profile),
        }
        profile
    }

    fn nominal(&self, mention: &Mention, lemma: &str, profile: &mut Profile) {
        let head = mention.head.index();
        profile.manner = self.determined(head);
        if let Some((class, sex)) = words::noun(lemma) {
            (profile.class, profile.sex) = (class, sex);
        }
        self.modifiers(mention.tokens, head, profile);
    }

    fn name(&self, mention: &Mention, profile: &mut Profile) {
        let Some(name) = mention.name.map(|at| self.analysis.names[at]) else { return };
        profile.class = Class::of(name.kind);
        profile.sex = profile.class.sex();
        profile.manner = match name.kind {
            EntityKind::Person => Manner::PersonName,
            EntityKind::Organization => Manner::OrganizationName,
            EntityKind::Place => Manner::PlaceName,
            EntityKind::Group | EntityKind::Other => Manner::OtherName,
        };
        if name.kind == EntityKind::Person {
            profile.sex = self.sex_of_person(mention.tokens, name.tokens);
            profile.number = 1;
        }
        self.modifiers(mention.tokens, mention.head.index(), profile);
    }

    /// By the title before the name, else by the first of several names.
    fn sex_of_person(&self, phrase: TokenRange, name: TokenRange) -> Sex {
        let before = phrase.start as usize..name.start as usize;
        let titled = before.chain(name.range().take(1)).find_map(|at| {
            let (class, sex) = words::noun(self.lower(at).trim_end_matches('.'))?;
            (class == Class::Person && sex != Sex::PERSON).then_some(sex)
        });
        let first = || (name.len() > 1).then(|| words::first_name(&self.lower(name.range().start)));
        titled.or_else(|| first().flatten()).unwrap_or(Sex::PERSON)
    }

    fn determined(&self, head: usize) -> Manner {
        let mut manner = Manner::Bare;
        for at in self.tree.dependents(head).take_while(|&at| at < head) {
            let word = self.word(at);
            manner = match word.deprel {
                "nmod:poss" => return Manner::Possessed,
                "nummod" if manner == Manner::Bare => Manner::Quantified,
                "det" | "det:predet" => match &*word.lemma {
                    "the" => Manner::Definite,
                    "this" | "that" | "these" | "those" => Manner::Demonstrative,
                    "a" | "an" | "another" => Manner::IndefiniteNominal,
                    _ => Manner::Quantified,
                },
                _ => manner,
            };
        }
        manner
    }

    fn modifiers(&self, phrase: TokenRange, head: usize, profile: &mut Profile) {
        let mut string = 0;
        for at in phrase.range() {
            let word = self.word(at);
            let is_article = at < head && word.upos == "DET";
            if is_article || matches!(word.upos, "PUNCT" | "PART") {
                continue;
            }
            let lower = self.lower(at);
            let hash = xxh3_64(lower.as_bytes());
            string = xxh3_64(&(string ^ hash).to_le_bytes());
            if at == head {
                continue;
            }
            profile.is_postmodified |= at > head;
            if let Some(country) = words::country_of(&lower) {
                profile.country = Some(xxh3_64(country.as_bytes()));
            }
            let is_content = matches!(word.upos, "NOUN" | "PROPN" | "ADJ" | "NUM" | "VERB");
            if is_content && profile.n_modifiers < MODIFIERS {
                profile.modifiers[profile.n_modifiers] = hash;
                profile.n_modifiers += 1;
            }
        }
        profile.string = string;
    }
}

fn number(word: &Word<'_>) -> u8 {
    match word.feats {
        feats if feats.contains("Number=Plur") => 2,
        feats if feats.contains("Number=Sing") => 1,
        _ => 3,
    }
}

fn role(word: &Word<'_>) -> Role {
    match word.deprel {
        "nsubj" | "csubj" | "nsubj:outer" => Role::Subject,
        "nsubj:pass" => Role::PassiveSubject,
        "obj" | "iobj" => Role::Object,
        "nmod:poss" => Role::Possessor,
        "root" => Role::Root,
        deprel => match deprel.split(':').next().unwrap_or_default() {
            "obl" => Role::Oblique,
            "nmod" => Role::Modifier,
            "compound" | "amod" => Role::Compound,
            "appos" => Role::Apposition,
            "conj" => Role::Conjunct,
            _ => Role::Other,
        },
    }
}

fn pronoun(lemma: &str, word: &Word<'_>, profile: &mut Profile) {
    let (manner, sex, number, class) = match lemma {
        "i" | "me" | "my" | "mine" | "myself" => (Manner::I, Sex::PERSON, 1, Class::Person),
        "we" | "us" | "our" | "ours" | "ourselves" => (Manner::We, Sex::ANY, 2, Class::Unknown),
        "you" | "your" | "yours" | "yourself" | "yourselves" => {
            (Manner::You, Sex::ANY, 3, Class::Person)
        }
        "he" | "him" | "his" | "himself" => (Manner::He, Sex::MALE, 1, Class::Person),
        "she" | "her" | "hers" | "herself" => (Manner::She, Sex::FEMALE, 1, Class::Person),
        "they" | "them" | "their" | "theirs" | "themselves" | "themself" => {
            (Manner::They, Sex::ANY, 3, Class::Unknown)
        }
        "it" | "its" | "itself" => {
            (Manner::It, Sex(Sex::ANY.0 & !Sex::PERSON.0), 1, Class::Unknown)
        }
        _ if word.feats.contains("PronType=Rel") => (Manner::Relative, Sex::ANY, 3, Class::Unknown),
        "this" => (Manner::This, Sex::ANY, 1, Class::Unknown),
        "that" => (Manner::That, Sex::ANY, 1, Class::Unknown),
        "these" | "those" => (Manner::These, Sex::ANY, 2, Class::Unknown),
        _ => (Manner::Indefinite, Sex::ANY, 3, Class::Unknown),
    };
    (profile.manner, profile.sex, profile.number, profile.class) = (manner, sex, number, class);
}
