//! A document with its analysis, as the rules ask about it.

use std::collections::BTreeSet;

use sayso_analysis::{Analysis, Name, Word};
use sayso_text::{Block, Document, Offsets, Quotation, Sentence, Span, TokenRange};

use crate::lexicon::{LEXICON, WordClass};
use crate::{CharSpan, Entity};

/// What hangs on one word is looked at up to this many words; longer phrases are cut there.
const MAX_PHRASE: usize = 400;
/// Steps up a tree before it is taken for broken.
const MAX_HEIGHT: usize = 200;

/// Everything that the rules read, with the tree in both directions.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) document: &'a Document,
    pub(crate) analysis: &'a Analysis<'a>,
    pub(crate) entities: &'a [Entity],
    at: &'a Offsets<'a>,
    /// `dependents[starts[word]..starts[word + 1]]` hang on a word, in text order.
    starts: Vec<u32>,
    dependents: Vec<u32>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(
        document: &'a Document,
        analysis: &'a Analysis<'a>,
        at: &'a Offsets<'a>,
        entities: &'a [Entity],
    ) -> Self {
        let n_words = analysis.words.len().min(document.tokens.len());
        let heads: Vec<Option<usize>> = analysis.words[..n_words]
            .iter()
            .map(|word| word.head.map(sayso_text::TokenId::index).filter(|head| *head < n_words))
            .collect();
        let mut starts = vec![0_u32; n_words + 1];
        for head in heads.iter().flatten() {
            starts[head + 1] += 1;
        }
        for at in 0..n_words {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut dependents = vec![0; heads.iter().flatten().count()];
        for (word, head) in (0_u32..).zip(&heads) {
            let Some(head) = *head else { continue };
            dependents[next[head] as usize] = word;
            next[head] += 1;
        }
        Self { document, analysis, entities, at, starts, dependents }
    }

    pub(crate) fn n_tokens(&self) -> usize {
        self.document.tokens.len()
    }

    /// A token as it is spelled.
    pub(crate) fn form(&self, token: usize) -> &'a str {
        self.document.tokens.get(token).map_or("", |token| token.span.of(&self.document.text))
    }

    /// A token in lower case.
    pub(crate) fn lower(&self, token: usize) -> String {
        self.form(token).to_lowercase()
    }

    pub(crate) fn word(&self, token: usize) -> Option<&'a Word<'a>> {
        self.analysis.words.get(token)
    }

    /// A token's dictionary form in lower case; its spelling where the analysis has none.
    pub(crate) fn lemma(&self, token: usize) -> String {
        let lemma = self.word(token).map_or("", |word| &word.lemma);
        if lemma.is_empty() { self.lower(token) } else { lemma.to_lowercase() }
    }

    pub(crate) fn upos(&self, token: usize) -> &'a str {
        self.word(token).map_or("", |word| word.upos)
    }

    /// The relation to the head, without its subtype.
    pub(crate) fn relation(&self, token: usize) -> &'a str {
        let relation = self.word(token).map_or("", |word| word.deprel);
        relation.split(':').next().unwrap_or(relation)
    }

    /// The relation to the head with its subtype.
    pub(crate) fn full_relation(&self, token: usize) -> &'a str {
        self.word(token).map_or("", |word| word.deprel)
    }

    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        let head = self.word(token)?.head?.index();
        (head < self.n_tokens()).then_some(head)
    }

    /// What hangs on a word, in text order.
    pub(crate) fn dependents(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let ends = self.starts.get(token).zip(self.starts.get(token + 1));
        let range = ends.map_or(0..0, |(start, end)| *start as usize..*end as usize);
        self.dependents[range].iter().map(|word| *word as usize)
    }

    /// Whether a token is of a class, by its lemma or its spelling.
    pub(crate) fn is(&self, class: WordClass, token: usize) -> bool {
        LEXICON.is(class, &self.lower(token)) || LEXICON.is(class, &self.lemma(token))
    }

    /// Whether a token has a letter or a digit.
    pub(crate) fn is_word(&self, token: usize) -> bool {
        self.form(token).contains(char::is_alphanumeric)
    }

    /// The word of a phrase on which its others hang; a verb before a noun before all else.
    pub(crate) fn head_of(&self, tokens: TokenRange) -> usize {
        let outer = |token: &usize| {
            let head = self.head(*token);
            head.is_none_or(|head| !tokens.range().contains(&head)) && self.is_word(*token)
        };
        let rank = |token: &usize| match self.upos(*token) {
            "VERB" => 0,
            "NOUN" | "PROPN" | "PRON" => 1,
            "ADJ" | "ADV" | "NUM" | "AUX" => 2,
            "PUNCT" => 4,
            _ => 3,
        };
        let range = tokens.range();
        range.clone().filter(outer).min_by_key(rank).unwrap_or(range.start)
    }

    /// The words that hang on `token` and it itself, in text order, without those below a word
    /// that `leave_out` names.
    pub(crate) fn phrase(
        &self,
        token: usize,
        leave_out: impl Fn(usize) -> bool,
    ) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([token]);
        let mut open = vec![token];
        while let Some(word) = open.pop() {
            for dependent in self.dependents(word) {
                if found.len() < MAX_PHRASE && !leave_out(dependent) && found.insert(dependent) {
                    open.push(dependent);
                }
            }
        }
        found
    }

    /// From a word upwards, itself first.
    pub(crate) fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |&at| self.head(at)).take(MAX_HEIGHT)
    }

    /// The bytes of some tokens; none if there are none.
    pub(crate) fn span(&self, tokens: TokenRange) -> Option<Span> {
        let tokens = self.document.tokens.get(tokens.range())?;
        Some(Span::new(tokens.first()?.span.start(), tokens.last()?.span.end()))
    }

    /// The code points of some tokens.
    ///
    /// # Panics
    ///
    /// If there are none: rows are checked before they are written.
    pub(crate) fn chars(&self, tokens: TokenRange) -> CharSpan {
        CharSpan::new(self.at, self.span(tokens).expect("a row's tokens lie in its document"))
    }

    pub(crate) fn sentence(&self, token: usize) -> Option<&'a Sentence> {
        let sentences = &self.document.sentences;
        let at =
            sentences.partition_point(|it| it.tokens.start as usize <= token).checked_sub(1)?;
        sentences.get(at).filter(|it| token < it.tokens.end as usize)
    }

    /// The blocks with their tokens.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&'a Block, TokenRange)> + '_ {
        let tokens = &self.document.tokens;
        self.document.blocks.iter().map(|block| {
            let start = tokens.partition_point(|it| it.span.start() < block.span.start());
            let end = tokens.partition_point(|it| it.span.start() < block.span.end());
            (block, TokenRange::new(start, end.max(start)))
        })
    }

    /// The quotations that begin within a range.
    pub(crate) fn quotations_in(&self, tokens: TokenRange) -> &'a [Quotation] {
        let all = &self.document.quotations;
        let from = all.partition_point(|it| it.tokens.start < tokens.start);
        let to = all.partition_point(|it| it.tokens.start < tokens.end);
        &all[from..to.max(from)]
    }

    /// Some tokens as they are spelled, with single spaces where the text has any.
    pub(crate) fn spelled(&self, tokens: TokenRange) -> String {
        let words = self.span(tokens).map_or("", |span| span.of(&self.document.text));
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands from one token up to another, as it is spelled, with single spaces.
    pub(crate) fn spelled_to(&self, start: usize, token: usize) -> String {
        let tokens = &self.document.tokens;
        let (Some(first), Some(end)) = (tokens.get(start), tokens.get(token)) else {
            return String::new();
        };
        let span = Span::new(first.span.start(), end.span.start().max(first.span.start()));
        let words = span.of(&self.document.text);
        let mut spelled = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.ends_with(char::is_whitespace) {
            spelled.push(' ');
        }
        spelled
    }

    /// The name that has a token.
    pub(crate) fn name_at(&self, token: usize) -> Option<&'a Name> {
        let all = &self.analysis.names;
        let at = all.partition_point(|it| it.tokens.start as usize <= token).checked_sub(1)?;
        all.get(at).filter(|it| token < it.tokens.end as usize)
    }

    /// The names that lie in a range.
    pub(crate) fn names_in(&self, tokens: TokenRange) -> impl Iterator<Item = &'a Name> + use<'a> {
        let all = &self.analysis.names;
        let from = all.partition_point(|it| it.tokens.start < tokens.start);
        all[from..]
            .iter()
            .take_while(move |it| it.tokens.end <= tokens.end)
            .filter(|it| !it.tokens.is_empty())
    }
}
