//! Treebanks in CoNLL-U, with their gold columns, and the silver annotation of PolNeAR.

use std::collections::BTreeMap;

use anyhow::Result;
use sayso_analysis::export::{GoldWord, NO_LABEL, other_kind};
use sayso_analysis::{EntityKind, Name};
use sayso_text::{ConlluDocument, Document, TokenRange, parse_conllu};

use super::names::{GumWord, TaggedSentence, gum_names, kind_of, ranges_of};

/// Gold documents of a treebank.
pub(crate) struct Treebank(Vec<ConlluDocument>);

/// A document with its gold words.
pub(crate) struct GoldDocument<'a> {
    pub(crate) source: &'a ConlluDocument,
    pub(crate) document: &'a Document,
    pub(crate) words: Vec<GoldWord<'a>>,
}

impl Treebank {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        Ok(Self(parse_conllu(text)?))
    }

    pub(crate) fn documents(&self) -> impl Iterator<Item = GoldDocument<'_>> {
        self.0.iter().map(|source| GoldDocument {
            source,
            document: &source.document,
            words: gold_words(source),
        })
    }
}

/// The gold columns, with heads counted from 1 in their sentence.
fn gold_words(source: &ConlluDocument) -> Vec<GoldWord<'_>> {
    let mut words = Vec::with_capacity(source.words.len());
    for sentence in &source.document.sentences {
        for word in &source.words[sentence.tokens.range()] {
            words.push(GoldWord {
                lemma: &word.lemma,
                upos: &word.upos,
                xpos: &word.xpos,
                feats: &word.feats,
                head: word.head.and_then(|head| u16::try_from(head).ok()).unwrap_or(NO_LABEL),
                deprel: &word.deprel,
            });
        }
    }
    words
}

impl GoldDocument<'_> {
    /// The names that UNER marks in the sentences of this document.
    pub(crate) fn uner_names(&self, uner: &BTreeMap<&str, &TaggedSentence>) -> Vec<Name> {
        let mut names = Vec::new();
        for (at, sentence) in self.document.sentences.iter().enumerate() {
            let id = self.source.comment(at, "sent_id");
            let Some(tagged) = id.and_then(|id| uner.get(id)) else { continue };
            if tagged.tags.len() != sentence.tokens.len() {
                continue;
            }
            let first = sentence.tokens.start as usize;
            for (start, end, label) in ranges_of(&tagged.tags) {
                let Some(kind) = kind_of(&label) else { continue };
                let tokens = TokenRange::new(first + start, first + end);
                names.push(Name { tokens, kind, probability: 1.0 });
            }
        }
        names
    }

    /// A comment of one of its sentences.
    pub(super) fn comment(&self, sentence: usize, key: &str) -> Option<&str> {
        self.source.comment(sentence, key)
    }

    /// The first word of a range whose head lies outside, no punctuation if there is another.
    pub(super) fn top(&self, range: std::ops::Range<usize>) -> usize {
        let sentence = self.document.sentences.iter().map(|it| it.tokens.range());
        let first = sentence.map(|it| it.start).take_while(|it| *it <= range.start).last();
        let head = |at: usize| {
            let head = usize::from(self.words[at].head).checked_sub(1)?;
            Some(first.unwrap_or(0) + head)
        };
        let outer = |at: &usize| head(*at).is_none_or(|head| !range.contains(&head));
        let tops = range.clone().filter(outer);
        let mark = |at: &usize| self.words[*at].upos == "PUNCT";
        tops.min_by_key(mark).unwrap_or(range.start)
    }

    /// The names among GUM's mentions.
    pub(crate) fn gum_names(&self) -> Vec<Name> {
        let mut names = Vec::new();
        for sentence in &self.document.sentences {
            let range = sentence.tokens.range();
            let words: Vec<GumWord<'_>> = range
                .clone()
                .map(|at| GumWord {
                    upos: self.words[at].upos,
                    xpos: self.words[at].xpos,
                    deprel: self.words[at].deprel,
                    head: usize::from(self.words[at].head).checked_sub(1),
                    misc: &self.source.words[at].misc,
                })
                .collect();
            names.extend(gum_names(&words).into_iter().map(|(start, end, kind)| Name {
                tokens: TokenRange::new(range.start + start, range.start + end),
                kind,
                probability: 1.0,
            }));
        }
        names
    }
}

/// Names in code points of a document's text.
pub(crate) type SilverNames = Vec<(usize, usize, EntityKind)>;

/// The names that the silver annotation of PolNeAR marks, by document.
pub(crate) fn silver_names(text: &str) -> BTreeMap<String, SilverNames> {
    let mut found: BTreeMap<String, SilverNames> = BTreeMap::new();
    let mut id = "";
    // The label of the name that the last row belongs to.
    let mut last_label = None;
    for line in text.lines() {
        if let Some(newdoc) = line.strip_prefix("# newdoc id = ") {
            id = newdoc.trim();
            found.entry(id.to_owned()).or_default();
        }
        let row = silver_row(line);
        if let (Some((label, name)), Some(names)) = (row, found.get_mut(id)) {
            match names.last_mut() {
                Some(last) if last_label == Some(label) => (last.1, last.2) = (name.1, name.2),
                _ => names.push(name),
            }
        }
        last_label = row.map(|(label, _)| label);
    }
    found
}

/// The label of a row and its word as a name, if it is part of one.
fn silver_row(line: &str) -> Option<(&str, (usize, usize, EntityKind))> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [_, _, _, _, xpos, features, _, _, _, misc] = fields[..] else { return None };
    let label = features.split('|').find_map(|feature| feature.strip_prefix("NER="))?;
    let offsets = misc.split('|').find_map(|attribute| attribute.strip_prefix("off="))?;
    let (start, end) = offsets.split_once('-')?;
    let kind = if label == "MISC" { other_kind(xpos) } else { kind_of(label)? };
    Some((label, (start.parse().ok()?, end.parse().ok()?, kind)))
}
