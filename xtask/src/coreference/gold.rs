//! GUM's entities, beside what the reader makes of the same words.

use std::collections::BTreeMap;

use anyhow::Result;
use sayso::{Article, Content, Metadata, Reader, Reading, Scratch, TokenRange};
use sayso_analysis::export::GoldMention;
use sayso_text::{ConlluDocument, parse_conllu};

use crate::export::mentions;

/// A document of GUM.
pub(crate) struct GoldDocument<'r> {
    /// `news`, `interview` and so on.
    pub(crate) genre: String,
    pub(crate) mentions: Vec<GoldMention>,
    /// What was read of its words.
    pub(crate) reading: Reading<'r>,
}

/// Reads the words of each document of a file.
pub(crate) fn documents<'r>(text: &str, reader: &'r Reader) -> Result<Vec<GoldDocument<'r>>> {
    let mut scratch = Scratch::default();
    let documents = parse_conllu(text)?.into_iter().map(|source| {
        let genre = source.id.as_deref().and_then(|id| id.split('_').nth(1)).unwrap_or_default();
        let (genre, mentions) = (genre.to_owned(), gold_mentions(&source));
        let article = Article {
            metadata: Metadata::default(),
            content: Content::Conllu(Box::new(source)),
            notes: Vec::new(),
        };
        GoldDocument { genre, mentions, reading: reader.read(article, &mut scratch) }
    });
    Ok(documents.collect())
}

fn gold_mentions(source: &ConlluDocument) -> Vec<GoldMention> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for sentence in &source.document.sentences {
        let range = sentence.tokens.range();
        let cells = source.words[range.clone()].iter().map(|word| word.misc.as_str());
        for mention in mentions(cells) {
            let next = u32::try_from(numbers.len()).expect("fewer entities than tokens");
            let number = *numbers.entry(mention.group).or_insert(next);
            let tokens = TokenRange::new(range.start + mention.start, range.start + mention.end);
            found.push((tokens, number));
        }
    }
    found
}
