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
