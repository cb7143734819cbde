//! Coreference: which mentions of a document stand for the same person or thing.
//!
//! Names are grouped by rule ([`name_group`]); pronouns, descriptions and the first name of each
//! group go to the entity that a small ranker ([`ranker`]) finds likeliest, or begin one.

mod feature;
mod link;
mod mention;
mod name_group;
mod phrase;
mod profile;
mod question;
mod quotation;
mod ranker;
mod state;
mod words;

use sayso_text::Document;

use crate::{Analysis, Entity, Mention};
use link::Scene;
use phrase::Tree;
use profile::{Profile, Reading};
use question::Answer;

pub(crate) use feature::N_ROWS;
pub(crate) use question::Question;
pub(crate) use ranker::HIDDEN;
pub use words::{is_country, is_demonym, is_event_noun, is_person_noun};
pub(crate) use words::{is_first_name, is_listed_title, is_title};

/// Fills in the mentions and entities of an analysis from its trees, names and attributions.
///
/// # Cost
///
/// Linear in the words times the depth of their trees, and `n log n` in the names.
pub(crate) fn resolve(document: &Document, analysis: &mut Analysis<'_>) {
    let (mentions, entities) =
        resolve_with(document, analysis, |_| (), &mut |_, question| question::likeliest(question));
    (analysis.mentions, analysis.entities) = (mentions, entities);
}

/// As [`resolve`], with another judge than the ranker, who is shown the mentions first.
pub(crate) fn resolve_with(
    document: &Document,
    analysis: &Analysis<'_>,
    show: impl FnOnce(&[Mention]),
    answer: &mut Answer<'_>,
) -> (Vec<Mention>, Vec<Entity>) {
    let tree = Tree::new(&analysis.words);
    let mentions = mention::find(analysis, &tree);
    show(&mentions);
    let reading = Reading { document, analysis, tree: &tree };
    let profiles = profiles(&reading, &mentions);
    let groups = name_group::group(&reading, &mentions);
    let groups: Vec<Option<usize>> =
        mentions.iter().map(|mention| mention.name.map(|name| groups[name])).collect();
    let fixed = quotation::fixed(document, analysis, &mentions, &profiles);
    let said_by = quotation::said_by(analysis, &mentions);
    let subjects = quotation::subjects(analysis, &mentions);
    let scene = Scene {
        words: &analysis.words,
        mentions: &mentions,
        profiles: &profiles,
        groups: &groups,
        fixed: &fixed,
        said_by: &said_by,
        subjects: &subjects,
    };
    let mut entities = link::link(&scene, answer);
    for entity in &mut entities {
        let first_name = entity.mentions.iter().find_map(|&at| mentions[at].name);
        entity.kind = first_name.map_or(entity.kind, |name| Some(analysis.names[name].kind));
    }
    (mentions, entities)
}

/// The mentions' profiles with their places in the document.
fn profiles(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Profile> {
    let document = reading.document;
    let quotations = quotation::innermost(document);
    let (mut sentence, mut block) = (0, 0);
    let sources = quotation::sources(reading.analysis, mentions);
    let mut profiles = Vec::with_capacity(mentions.len());
    for (mention, is_source) in mentions.iter().zip(sources) {
        let first = mention.tokens.start;
        while document.sentences.get(sentence).is_some_and(|it| it.tokens.end <= first) {
            sentence += 1;
        }
        let byte = document.tokens[first as usize].span.start();
        while document.blocks.get(block).is_some_and(|it| it.span.end() <= byte) {
            block += 1;
        }
        let mut profile = reading.profile(mention);
        profile.sentence = u32::try_from(sentence).expect("fewer sentences than tokens");
        profile.block = u32::try_from(block).expect("fewer blocks than bytes");
        profile.quotation = quotations[mention.head.index()];
        profile.is_source = is_source;
        profiles.push(profile);
    }
    profiles
}

#[cfg(test)]
mod tests;
