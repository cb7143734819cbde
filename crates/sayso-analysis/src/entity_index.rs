//! Which entity some words stand for.

use sayso_text::TokenRange;

use crate::Analysis;

/// No entity.
const NONE: u32 = u32::MAX;

/// The entities of an analysis by the heads of their mentions.
#[derive(Clone, Debug)]
pub struct EntityIndex<'a> {
    analysis: &'a Analysis<'a>,
    /// For each token the entity of the mention that it heads.
    of_head: Vec<u32>,
}

impl<'a> EntityIndex<'a> {
    /// # Cost
    ///
    /// Linear in the tokens.
    pub fn new(analysis: &'a Analysis<'a>) -> Self {
        let mut of_head = vec![NONE; analysis.words.len()];
        for (number, entity) in (0..).zip(&analysis.entities) {
            for &at in &entity.mentions {
                if let Some(of) = of_head.get_mut(analysis.mentions[at].head.index()) {
                    *of = number;
                }
            }
        }
        Self { analysis, of_head }
    }

    /// The entity that `tokens` stand for, as a place in [`Analysis::entities`]: that of their
    /// syntactic head; a word below it does not tell.
    ///
    /// *[A spokesman for Reyes]* is the spokesman, or nobody, but not Reyes.
    ///
    /// # Cost
    ///
    /// Linear in these tokens.
    pub fn entity_of(&self, tokens: TokenRange) -> Option<usize> {
        let is_top = |at: &usize| {
            let head = self.analysis.words.get(*at).and_then(|word| word.head);
            head.is_none_or(|head| !tokens.contains(head))
        };
        let of = |at: usize| self.of_head.get(at).copied().filter(|&number| number != NONE);
        let known = |at: usize| of(at).map(|number| number as usize);
        tokens.range().filter(is_top).find_map(known)
    }
}

#[cfg(test)]
mod tests {
    use sayso_text::TokenId;

    use super::*;
    use crate::{Entity, Mention, MentionForm, Word};

    #[test]
    fn the_head_tells_who_is_meant() {
        // A spokesman for Reyes
        let heads = [Some(1), None, Some(3), Some(1)];
        let word = |head: Option<u32>| Word { head: head.map(TokenId), ..Word::default() };
        let mention = |start, end, head| Mention {
            tokens: TokenRange::new(start, end),
            head: TokenId(head),
            form: MentionForm::Nominal,
            name: None,
        };
        let entity = |at| Entity { mentions: vec![at], ..Entity::default() };
        let analysis = Analysis {
            words: heads.map(word).to_vec(),
            mentions: vec![mention(0, 4, 1), mention(3, 4, 3)],
            entities: vec![entity(0), entity(1)],
            ..Analysis::default()
        };
        let index = EntityIndex::new(&analysis);
        assert_eq!(index.entity_of(TokenRange::new(0, 4)), Some(0));
        assert_eq!(index.entity_of(TokenRange::new(2, 4)), Some(1));
        assert_eq!(index.entity_of(TokenRange::new(2, 3)), None);
    }
}
