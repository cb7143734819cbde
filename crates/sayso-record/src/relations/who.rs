//! Whom the words of a relation stand for.

use std::collections::BTreeMap;

use sayso_text::TokenRange;

use crate::EntityKind;
use crate::entities::{BY_MAKER, Links, country};
use crate::text::Text;

/// Steps from a noun to the name that it describes.
const MAX_STEPS: usize = 3;

/// A text with what leads from its words to entities.
pub(super) struct Who<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    links: &'t Links<'a>,
    /// The entity that is a country itself, for each code; the one with the most mentions.
    countries: BTreeMap<&'static str, usize>,
}

impl<'t, 'a> Who<'t, 'a> {
    pub(super) fn new(text: &'t Text<'a>, links: &'t Links<'a>) -> Self {
        let mut most: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
        for (at, entity) in text.entities.iter().enumerate() {
            let form = country::form(&entity.name).filter(|it| it.class == country::Class::Name);
            let Some(code) = form.and_then(|it| it.code) else { continue };
            let n_mentions = entity.mentions.len();
            let known = most.entry(code).or_insert((at, n_mentions));
            if n_mentions > known.1 {
                *known = (at, n_mentions);
            }
        }
        let countries = most.into_iter().map(|(code, (at, _))| (code, at)).collect();
        Self { text, links, countries }
    }

    /// The entity that some words name or stand for; of a country's adjective, the country.
    pub(super) fn of(&self, tokens: TokenRange) -> Option<usize> {
        let text = self.text;
        let form = country::form_of(text, tokens).filter(|it| it.is_country());
        if let Some(at) = form.and_then(|it| it.code).and_then(|code| self.countries.get(code)) {
            return Some(*at);
        }
        let found = self.links.entity_of(text, tokens, text.head_of(tokens))?;
        // *\[Reyes\]'s letters were classified* tells nothing of Reyes.
        (found.1 != BY_MAKER).then_some(found.0)
    }

    /// The entity that a noun stands for, with a name if it has one: its own, that of its apposition
    /// or of what it is an apposition to.
    pub(super) fn of_noun(&self, noun: usize) -> Option<usize> {
        let text = self.text;
        let mut at = noun;
        let mut unnamed = None;
        for _ in 0..MAX_STEPS {
            let tokens = match text.name_at(at) {
                Some(name) => name.tokens,
                None => self.words(at),
            };
            if let Some(entity) = self.of(tokens) {
                if text.entities[entity].named {
                    return Some(entity);
                }
                unnamed = unnamed.or(Some(entity));
            }
            let up = matches!(text.relation(at), "appos" | "flat")
                || text.full_relation(at) == "nmod:desc";
            match text.head(at).filter(|_| up) {
                Some(head) => at = head,
                None => break,
            }
        }
        unnamed
    }

    /// The place that a phrase names, by its head.
    pub(super) fn place(&self, head: usize) -> Option<(usize, TokenRange)> {
        let text = self.text;
        let tokens = match (text.name_at(head), country::form_ending_at(text, head)) {
            (Some(name), _) => name.tokens,
            (None, Some((tokens, _))) => tokens,
            (None, None) => return None,
        };
        let entity = self.of(tokens)?;
        (text.entities[entity].kind == EntityKind::Place).then_some((entity, tokens))
    }

    /// A noun with its modifiers before it, without preposition and article.
    pub(super) fn words(&self, noun: usize) -> TokenRange {
        let text = self.text;
        let leave_out = |it: usize| {
            let apart = matches!(text.relation(it), "case" | "cc" | "punct" | "det" | "cop");
            // *also a \[most wanted\] gang*
            let adverb = text.relation(it) == "advmod" && text.head(it) == Some(noun);
            it > noun || apart || adverb
        };
        let words = text.phrase(noun, leave_out);
        let mut start = noun;
        while start > 0 && (words.contains(&(start - 1)) || text.form(start - 1) == "-") {
            start -= 1;
        }
        TokenRange::new(start, noun + 1)
    }

    /// A phrase of which a named thing follows its noun, too: *\[organizations of terror\]*.
    pub(super) fn with_of(&self, noun: usize) -> TokenRange {
        let text = self.text;
        let words = self.words(noun);
        let of = text
            .dependents(noun)
            .find(|&it| it > noun && text.relation(it) == "nmod" && text.form(noun + 1) == "of");
        let end = of.map_or(words.end, |it| self.words(it).end);
        TokenRange { end: end.max(words.end), ..words }
    }
}
