//! Documents and their gold labels as plain arrays, for the trainer.
//!
//! Word types, rows, contexts and label numbers are computed here, by the code that reads, so that
//! the trainer handles numbers only.

mod coreference;

use std::collections::BTreeMap;

use sayso_text::{Document, Span, TokenRange};

use crate::features::{Spelling, contexts, type_of, vector_key, vector_word, word_rows};
use crate::heads::edit_of;
use crate::names::{NameTag, tags_of};
use crate::{EntityKind, Name};

pub use coreference::{CoreferenceSet, GoldMention, HIDDEN, N_ROWS};

/// No label: the trainer passes the place over.
pub const NO_LABEL: u16 = u16::MAX;

/// A gold word in the columns of CoNLL-U.
#[derive(Clone, Debug)]
pub struct GoldWord<'a> {
    /// Dictionary form.
    pub lemma: &'a str,
    /// Universal part of speech.
    pub upos: &'a str,
    /// Penn Treebank tag.
    pub xpos: &'a str,
    /// Morphological features, `_` for none.
    pub feats: &'a str,
    /// The head's place in the sentence, from 1; 0 for the root.
    pub head: u16,
    /// Relation to the head, with its subtype.
    pub deprel: &'a str,
}

/// Which kinds of names a corpus marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// All five kinds: a token without a name is none.
    All,
    /// Persons, organizations and places: a token without a name may be a group or another name.
    Three,
}

/// Labels of one set, numbered in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    numbers: BTreeMap<String, u16>,
    /// The labels by number.
    pub names: Vec<String>,
}

impl Labels {
    fn number(&mut self, label: &str) -> u16 {
        if let Some(&number) = self.numbers.get(label) {
            return number;
        }
        let number = u16::try_from(self.names.len()).expect("fewer than 65,535 labels");
        self.numbers.insert(label.to_owned(), number);
        self.names.push(label.to_owned());
        number
    }
}

/// Word types of all data sets, each with its features.
#[derive(Clone, Debug, Default)]
pub struct Types {
    numbers: BTreeMap<String, i32>,
    vector_words: BTreeMap<String, i32>,
    spelling: Spelling,
    /// Embedding rows of all types, one type after the other.
    pub rows: Vec<i32>,
    /// A weight for each row.
    pub weights: Vec<f32>,
    /// Where each type's rows end.
    pub ends: Vec<i32>,
    /// Each type's vector word.
    pub vector_word: Vec<i32>,
    /// Each type's type in lower case; itself, if it has no capitals.
    pub lower: Vec<i32>,
    /// The key of each vector word.
    pub vector_keys: Vec<u64>,
}

impl Types {
    /// The number of a token's type, new or known.
    fn number(&mut self, surface: &str) -> i32 {
        let surface = type_of(surface);
        if let Some(&number) = self.numbers.get(surface) {
            return number;
        }
        let number = as_i32(self.ends.len());
        let mut rows = Vec::new();
        word_rows(surface, &mut self.spelling, &mut rows);
        self.rows.extend(rows.iter().map(|&(row, _)| row.cast_signed()));
        self.weights.extend(rows.iter().map(|&(_, weight)| weight));
        self.ends.push(as_i32(self.rows.len()));
        let vector_word = self.vector_word_of(surface);
        self.vector_word.push(vector_word);
        self.numbers.insert(surface.to_owned(), number);
        self.lower.push(number);
        let lower = surface.to_lowercase();
        // A second lower-casing may differ from the first in a few scripts.
        if lower != surface && lower == lower.to_lowercase() {
            self.lower[number.cast_unsigned() as usize] = self.number(&lower);
        }
        number
    }

    /// The number of a token's vector word, new or known: what vectors are trained on.
    pub fn vector_word_of(&mut self, surface: &str) -> i32 {
        let word = vector_word(surface, &mut self.spelling);
        if let Some(&number) = self.vector_words.get(word) {
            return number;
        }
        let number = as_i32(self.vector_keys.len());
        self.vector_words.insert(word.to_owned(), number);
        let key = vector_key(surface, &mut self.spelling);
        self.vector_keys.push(key);
        number
    }
}

fn as_i32(count: usize) -> i32 {
    i32::try_from(count).expect("fewer than 2^31 of them")
}

/// The label sets of all data sets.
#[derive(Clone, Debug, Default)]
#[expect(
    missing_docs,
    reason = "the columns of CoNLL-U and `PropBank`; `edit` is that of the lemma"
)]
pub struct LabelSets {
    pub upos: Labels,
    pub xpos: Labels,
    pub feats: Labels,
    pub deprel: Labels,
    pub edit: Labels,
    pub roleset: Labels,
    pub role: Labels,
}

/// A gold attribution in bytes of its document's text; each role may be empty or have gaps.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the roles of PolNeAR")]
pub struct GoldAttribution {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

/// A gold predicate in tokens of its document.
#[derive(Clone, Debug, Default)]
pub struct GoldPredicate {
    /// The word.
    pub token: usize,
    /// Its sense, such as `deploy.01`.
    pub roleset: String,
    /// Its arguments.
    pub arguments: Vec<GoldArgument>,
}

/// A gold argument in tokens of its document.
#[derive(Clone, Debug)]
pub struct GoldArgument {
    /// Its label: `ARG0`.
    pub role: String,
    /// Its words.
    pub tokens: TokenRange,
    /// Its syntactic head in the gold tree.
    pub head: usize,
}

/// One data set: arrays with an entry a token, and where sentences and documents end.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "one array a column; `*_ends` count tokens and sentences")]
pub struct DataSet {
    pub types: Vec<i32>,
    pub contexts: Vec<u8>,
    pub upos: Vec<u16>,
    pub xpos: Vec<u16>,
    pub feats: Vec<u16>,
    pub edit: Vec<u16>,
    pub head: Vec<u16>,
    pub deprel: Vec<u16>,
    /// The number of a name tag; 255 where the corpus marks no names; 128 is added where a token
    /// without a name may still be a group or another name.
    pub names: Vec<u8>,
    /// Four numbers for each stretch of an attribution: the attribution's number, its role (0 for
    /// the source, 1 the cue, 2 the content), first token, one past the last.
    pub attributions: Vec<i32>,
    /// 1 for a predicate, 0 for none, 255 where nobody has looked; empty if the set has none.
    pub predicates: Vec<u8>,
    /// The sense of each predicate.
    pub rolesets: Vec<u16>,
    /// Three numbers for each argument: the predicate's token, the argument's head, the role.
    pub arguments: Vec<i32>,
    /// How certain each event is, -3 to 3; not a number elsewhere; empty if the set has none.
    pub factuality: Vec<f32>,
    pub sentence_ends: Vec<i32>,
    pub document_ends: Vec<i32>,
}

impl DataSet {
    /// Adds a document; `words` is empty when it has no gold words, `names` is `None` when its
    /// names are not marked.
    ///
    /// # Panics
    ///
    /// If `words` is neither empty nor one entry a token.
    pub fn add(
        &mut self,
        types: &mut Types,
        labels: &mut LabelSets,
        document: &Document,
        words: &[GoldWord<'_>],
        names: Option<(&[Name], Marked)>,
    ) {
        assert!(words.is_empty() || words.len() == document.tokens.len(), "one gold word a token");
        let surfaces = document.tokens.iter().map(|token| token.span.of(&document.text));
        self.types.extend(surfaces.clone().map(|surface| types.number(surface)));
        let mut states = Vec::new();
        contexts(document, &mut states);
        self.contexts.append(&mut states);
        self.add_words(labels, surfaces, words);
        self.add_names(document, names);
        let before = self.types.len() - document.tokens.len();
        self.sentence_ends.extend(
            document.sentences.iter().map(|sentence| as_i32(before + sentence.tokens.end as usize)),
        );
        self.document_ends.push(as_i32(self.sentence_ends.len()));
    }

    /// Adds the attributions of the document that was added last.
    pub fn add_attributions(&mut self, document: &Document, attributions: &[GoldAttribution]) {
        let before = self.types.len() - document.tokens.len();
        let next = self.attributions.chunks_exact(4).last().map_or(0, |last| last[0] + 1);
        for (number, gold) in (next..).zip(attributions) {
            for (role, spans) in [&gold.source, &gold.cue, &gold.content].into_iter().enumerate() {
                for span in spans {
                    let tokens = &document.tokens;
                    let first = tokens.partition_point(|token| token.span.end() <= span.start());
                    let end = tokens.partition_point(|token| token.span.start() < span.end());
                    if first < end {
                        let row =
                            [number, as_i32(role), as_i32(before + first), as_i32(before + end)];
                        self.attributions.extend(row);
                    }
                }
            }
        }
    }

    /// Adds the predicates of the document that was added last; `looked_at` tells of each of its
    /// sentences whether its predicates are known.
    pub fn add_predicates(
        &mut self,
        labels: &mut LabelSets,
        document: &Document,
        looked_at: &[bool],
        predicates: &[GoldPredicate],
    ) {
        let before = self.types.len() - document.tokens.len();
        self.predicates.resize(self.types.len(), u8::MAX);
        self.rolesets.resize(self.types.len(), NO_LABEL);
        for (sentence, known) in document.sentences.iter().zip(looked_at) {
            let range = sentence.tokens.range();
            if *known {
                self.predicates[before + range.start..before + range.end].fill(0);
            }
        }
        for predicate in predicates {
            let at = before + predicate.token;
            self.predicates[at] = 1;
            self.rolesets[at] = labels.roleset.number(&predicate.roleset);
            for GoldArgument { role, head, .. } in &predicate.arguments {
                let role = i32::from(labels.role.number(role));
                self.arguments.extend([as_i32(at), as_i32(before + head), role]);
            }
        }
    }

    /// Adds how certain the events of the document that was added last are, by token.
    pub fn add_factuality(&mut self, document: &Document, values: &[(usize, f32)]) {
        let before = self.types.len() - document.tokens.len();
        self.factuality.resize(self.types.len(), f32::NAN);
        for &(token, value) in values {
            self.factuality[before + token] = value;
        }
    }

    fn add_words<'a>(
        &mut self,
        labels: &mut LabelSets,
        surfaces: impl Iterator<Item = &'a str>,
        words: &[GoldWord<'_>],
    ) {
        for (at, surface) in surfaces.enumerate() {
            let word = words.get(at);
            let number = |set: &mut Labels, label: fn(&GoldWord<'_>) -> String| {
                word.map_or(NO_LABEL, |word| set.number(&label(word)))
            };
            self.upos.push(number(&mut labels.upos, |word| word.upos.to_owned()));
            self.xpos.push(number(&mut labels.xpos, |word| word.xpos.to_owned()));
            self.feats.push(number(&mut labels.feats, |word| word.feats.to_owned()));
            self.deprel.push(number(&mut labels.deprel, |word| word.deprel.to_owned()));
            self.head.push(word.map_or(NO_LABEL, |word| word.head));
            self.edit.push(match word {
                Some(word) if word.lemma != "_" => {
                    labels.edit.number(&edit_of(surface, word.lemma))
                }
                _ => NO_LABEL,
            });
        }
    }

    fn add_names(&mut self, document: &Document, names: Option<(&[Name], Marked)>) {
        let Some((names, marked)) = names else {
            self.names.resize(self.types.len(), u8::MAX);
            return;
        };
        let open = if marked == Marked::Three { 128 } else { 0 };
        self.names.extend(tags_of(names, document.tokens.len()).map(|tag| match tag {
            NameTag::OUTSIDE => tag.0 + open,
            _ => tag.0,
        }));
    }
}

/// The kind of a name that its corpus calls neither person, organization nor place.
///
/// Nationalities, creeds and parties' followers are adjectives or plural proper nouns: *\[Mexican\]
/// troops*, *the \[Republicans\]*; what is left is another name: *the \[Second World War\]*.
pub fn other_kind(last_xpos: &str) -> EntityKind {
    match last_xpos {
        "JJ" | "NNPS" => EntityKind::Group,
        _ => EntityKind::Other,
    }
}
