//! Which entity some words of the text stand for.

use std::collections::BTreeMap;

use sayso_analysis::{EntityIndex, EntityKind};
use sayso_text::TokenRange;

use crate::CharSpan;
use crate::lexicon::WordClass;
use crate::text::Text;

/// How a document is known that speaks for its maker, as [`Links::entity_of`] tells it.
pub(crate) const BY_MAKER: &str = "a document, by the name of its maker";

/// What leads from tokens to entities.
#[derive(Debug)]
pub(crate) struct Links<'a> {
    index: EntityIndex<'a>,
    /// For each of the analysis's entities its place among the rows.
    of: &'a [Option<usize>],
    /// The entity with a mention, as a place among the rows.
    by_span: BTreeMap<CharSpan, usize>,
}

impl<'a> Links<'a> {
    pub(crate) fn new(text: &Text<'a>, of: &'a [Option<usize>]) -> Self {
        let mut by_span = BTreeMap::new();
        for (at, entity) in text.entities.iter().enumerate() {
            for mention in &entity.mentions {
                by_span.entry(mention.span).or_insert(at);
            }
        }
        Self { index: EntityIndex::new(text.analysis), of, by_span }
    }

    /// The entity that some words stand for, as a place among the entities, and how that is known.
    ///
    /// This is the one place where words are linked to entities: a document by the name of its maker,
    /// anything else by what its head stands for, else by the name in the words.
    pub(crate) fn entity_of(
        &self,
        text: &Text<'_>,
        source: TokenRange,
        head: usize,
    ) -> Option<(usize, &'static str)> {
        let name = name_of(text, source, head);
        let by_name =
            name.and_then(|(name, rule)| self.by_span.get(&text.chars(name)).map(|&at| (at, rule)));
        let by_head = || {
            if !is_somebody_known(text, source, head) {
                return None;
            }
            let place = self.index.entity_of(source)?;
            let at = self.of.get(place).copied().flatten()?;
            Some((at, "it stands for somebody mentioned elsewhere"))
        };
        by_name.or_else(by_head)
    }
}

/// Whether words without a name may stand for one who has one: a pronoun, a proper noun, or one
/// person or thing that the article takes as known: *she*, *the mayor*, *his lawyer*, but not *a
/// source*, *officials*, *two senators*.
fn is_somebody_known(text: &Text<'_>, source: TokenRange, head: usize) -> bool {
    let plural = text.word(head).is_some_and(|word| word.xpos == "NNS");
    let capital = text.form(head).starts_with(char::is_uppercase);
    if text.upos(head) != "NOUN" || capital && !plural {
        return true;
    }
    let known = text.dependents(head).any(|it| {
        let lower = text.lower(it);
        matches!(lower.as_str(), "the" | "this" | "that") || text.full_relation(it) == "nmod:poss"
    });
    let apposed = text.names_in(source).next().is_some();
    (known || apposed) && !plural
}

/// The name in a phrase that is the phrase's own: *Mayor \[Ana Reyes\]*, *a \[New York Times\] report*,
/// but not *\[U.S.\] officials* nor *\[Reyes\]'s lawyer*.
pub(crate) fn name_of(
    text: &Text<'_>,
    source: TokenRange,
    head: usize,
) -> Option<(TokenRange, &'static str)> {
    let made_thing = text.upos(head) != "PROPN" && text.is(WordClass::Document, head);
    let own = |name: &&sayso_analysis::Name| {
        let tokens = name.tokens;
        if tokens.range().contains(&head) {
            return true;
        }
        let relation = text.relation(text.head_of(tokens));
        let hangs = text.ancestors(text.head_of(tokens)).nth(1) == Some(head);
        match name.kind {
            EntityKind::Person => {
                let title = matches!(relation, "flat" | "appos") || relation == "compound";
                hangs && title && (relation != "compound" || tokens.end as usize > head)
            }
            _ => hangs && relation == "appos",
        }
    };
    let maker = |name: &&sayso_analysis::Name| {
        let name_head = text.head_of(name.tokens);
        let relation = text.relation(name_head);
        name.kind != EntityKind::Place
            && text.head(name_head) == Some(head)
            && matches!(relation, "compound" | "nmod" | "amod" | "obl")
    };
    if let Some(name) = text.names_in(source).find(own) {
        return Some((name.tokens, "its words hold a name"));
    }
    if let Some(name) = after_offices(text, source, head) {
        return Some((name, "a name after its bearer's offices"));
    }
    let name = text.names_in(source).find(maker).filter(|_| made_thing)?;
    Some((name.tokens, BY_MAKER))
}

/// The person's name at the end of a phrase that begins with a bare singular noun, where the tree
/// takes the offices before it for several people: *mayor and acting party leader \[Ana Reyes\]*, but
/// not *the mayor and Ana Reyes*.
fn after_offices(text: &Text<'_>, source: TokenRange, head: usize) -> Option<TokenRange> {
    let bare = text.upos(head) == "NOUN"
        && text.word(head).is_some_and(|word| word.xpos == "NN")
        && !text.dependents(head).any(|it| matches!(text.relation(it), "det" | "nmod" | "nummod"))
        && text.dependents(head).any(|it| text.relation(it) == "conj");
    let last = source.range().rev().find(|&token| text.is_word(token))?;
    let name = text.names_in(source).find(|name| name.tokens.range().contains(&last))?;
    (bare && name.kind == EntityKind::Person).then_some(name.tokens)
}
