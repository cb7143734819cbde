//! Coreference against GUM: the reader's entities on gold words, and how right they are.

pub(crate) mod gold;
mod score;

use std::collections::BTreeMap;

use anyhow::Result;
use sayso::{Reader, TokenRange};
use sayso_analysis::{Analysis, Mention};

use gold::GoldDocument;
use score::{Clusters, Tally};

/// Figures in percent by name, for documents of the given genres, or of all if none is given.
///
/// The mean of MUC, B³ and `CEAFe` is `CoNLL`, by the convention of the shared tasks of 2011 and 2012:
/// entities of one mention are left out on both sides; `CoNLL with singletons` keeps them. What
/// GUM marks by no guideline is left out of what was read: relative pronouns, and names that are
/// adjectives (*\[Mexican\] troops*).
pub(crate) fn figures(text: &str, genres: &[String]) -> Result<BTreeMap<String, f64>> {
    let reader = Reader::new();
    let mut tallies = [Tally::default(), Tally::default()];
    for document in gold::documents(text, &reader)? {
        if !genres.is_empty() && !genres.contains(&document.genre) {
            continue;
        }
        let gold = gold_clusters(&document);
        let read = document.reading.analysis.as_ref().map_or_else(Vec::new, read_clusters);
        tallies[1].add(&gold, &read);
        let several = |clusters: Clusters| -> Clusters {
            clusters.into_iter().filter(|cluster| cluster.len() > 1).collect()
        };
        tallies[0].add(&several(gold), &several(read));
    }
    let [plain, with_singletons] = tallies;
    let mut figures: BTreeMap<String, f64> =
        plain.figures().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let all = with_singletons.figures();
    figures.insert("CoNLL with singletons".to_owned(), all["CoNLL"]);
    figures.insert("mentions".to_owned(), all["mentions"]);
    Ok(figures)
}

fn gold_clusters(document: &GoldDocument<'_>) -> Clusters {
    let mut clusters: BTreeMap<u32, Vec<TokenRange>> = BTreeMap::new();
    for &(tokens, entity) in &document.mentions {
        clusters.entry(entity).or_default().push(tokens);
    }
    clusters.into_values().collect()
}

fn read_clusters(analysis: &Analysis<'_>) -> Clusters {
    let is_marked = |mention: &&Mention| {
        let word = &analysis.words[mention.head.index()];
        !word.feats.contains("PronType=Rel") && (mention.name.is_none() || word.upos != "ADJ")
    };
    let tokens = |mentions: &[usize]| -> Vec<TokenRange> {
        let mentions = mentions.iter().map(|&at| &analysis.mentions[at]);
        mentions.filter(is_marked).map(|mention| mention.tokens).collect()
    };
    let clusters = analysis.entities.iter().map(|entity| tokens(&entity.mentions));
    clusters.filter(|cluster| !cluster.is_empty()).collect()
}
