//! What the heads read off a document.

use sayso_text::{TokenId, TokenRange};

/// A document's words and names as the model reads them.
///
/// `words[i]` belongs to `document.tokens[i]`. Labels are borrowed from the model that chose them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis<'m> {
    /// One entry a token.
    pub words: Vec<Word<'m>>,
    /// Names, in text order, disjoint, each inside one sentence.
    pub names: Vec<Name>,
    /// Who is said to have said what, by first token of the cue; an outer one comes before those
    /// in its content if their cues begin together.
    pub attributions: Vec<Attribution>,
    /// Verbs, nouns and adjectives that tell what happens or holds, by token.
    pub predicates: Vec<Predicate<'m>>,
    /// Mentions of entities, by first token, a longer one first.
    pub mentions: Vec<Mention>,
    /// Who and what the mentions stand for, by first mention; each mention belongs to one.
    pub entities: Vec<Entity>,
}

/// An attribution as PolNeAR has it: a source is said to have said, thought or meant a content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The words that say so: *said*, *according to*, *:*.
    pub cue: TokenRange,
    /// Whom it is ascribed to; none where the text names nobody.
    pub source: Option<TokenRange>,
    /// What is ascribed, in text order, disjoint, not empty; quotation marks are inside.
    pub content: Vec<TokenRange>,
    /// The attribution in whose content this one stands, as a place in
    /// [`Analysis::attributions`].
    pub parent: Option<usize>,
    /// Probability that somebody is said to have said something here.
    pub cue_probability: f32,
    /// Probability of the source's tokens, or that there is none, given the cue.
    pub source_probability: f32,
    /// Mean probability of the content's tokens given the cue.
    pub content_probability: f32,
    /// The likeliest other source, and its probability.
    pub runner_up: Option<(TokenRange, f32)>,
}

/// A word that tells what happens or holds, with its arguments as `PropBank` has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate<'m> {
    /// The word: *deployed*, *attack*, *able*.
    pub token: TokenId,
    /// Its sense, such as `deploy.01`; empty if the model knows none for its lemma.
    pub roleset: &'m str,
    /// Its arguments, by first token.
    pub arguments: Vec<Argument<'m>>,
    /// How certain it is that it happened or holds, from -3, certainly not, to 3, as the text
    /// presents it.
    pub factuality: Option<f32>,
    /// Probability that the word is a predicate, as `PropBank` has them.
    pub probability: f32,
    /// Probability that it tells an event, as `TimeML` has them: *vote* and *fire* do, *able* and *be*
    /// do not.
    pub event_probability: f32,
}

/// What takes part in what a predicate tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Argument<'m> {
    /// `PropBank`'s label: `ARG0` (who acts), `ARG1` (who or what it is done to), `ARGM-TMP` ….
    pub role: &'m str,
    /// Its syntactic head.
    pub head: TokenId,
    /// The words that hang on the head, of which some may be another argument's.
    pub tokens: TokenRange,
    /// Probability that the head has this role.
    pub probability: f32,
}

/// A noun phrase or pronoun that stands for an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Its tokens, with determiners and modifiers.
    pub tokens: TokenRange,
    /// Its syntactic head.
    pub head: TokenId,
    /// How it refers.
    pub form: MentionForm,
    /// The name in it, as a place in [`Analysis::names`], if it is a name.
    pub name: Option<usize>,
}

/// How a mention refers; Record v1's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum MentionForm {
    Name,
    Nominal,
    Pronoun,
}

/// All mentions of one person or thing in a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// Places in [`Analysis::mentions`], in text order; not empty.
    pub mentions: Vec<usize>,
    /// What it is, if a mention tells.
    pub kind: Option<EntityKind>,
    /// Mean probability of the links between its mentions; 1 for a single mention.
    pub probability: f32,
}

/// One word: tags, lemma, and its place in its sentence's dependency tree (UD v2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word<'m> {
    /// Universal part of speech, such as `VERB`.
    pub upos: &'m str,
    /// Penn Treebank tag, such as `VBD`.
    pub xpos: &'m str,
    /// Morphological features in CoNLL-U form, such as `Mood=Ind|Tense=Past`; `_` for none.
    pub feats: &'m str,
    /// Dictionary form.
    pub lemma: Box<str>,
    /// The word this one depends on; `None` for the sentence's one root.
    pub head: Option<TokenId>,
    /// Relation to the head, with its subtype: `nsubj:pass`.
    pub deprel: &'m str,
    /// Probability of the arc to `head` among all heads in the sentence, before the tree is decoded.
    pub head_probability: f32,
    /// Probability of `deprel` given the head.
    pub deprel_probability: f32,
}

/// A name: a proper-noun mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it names.
    pub kind: EntityKind,
    /// Probability that these very tokens are a name of this kind.
    pub probability: f32,
}

/// What an entity is; Record v1's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntityKind {
    Person,
    Organization,
    Place,
    Group,
    Other,
}

impl EntityKind {
    /// The kind's name in Record v1, such as `person`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Group => "group",
            Self::Other => "other",
        }
    }
}
