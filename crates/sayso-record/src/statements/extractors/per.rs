//! *Per* somebody, in short news.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::super::row::Row;
use super::super::score::PER;
use super::Extractor;
use crate::lexicon::WordClass;
use crate::text::Text;

/// A source after *per* is not longer than this, in tokens.
const MAX_SOURCE: usize = 12;

/// Takes a sentence that *per* ascribes to somebody at its end or its beginning: *\[Nobody was
/// hurt\], \[per\] \[the ministry\].*
///
/// Somebody is a name of a person or an organization, or a body or a document with an article. A
/// measure is nobody: *twice per day*, *per capita*, *$3 per the dozen*.
#[derive(Debug)]
pub(super) struct Per;

impl Extractor for Per {
    fn name(&self) -> &'static str {
        "per"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let attributions = &text.analysis.attributions;
        let cues: BTreeSet<usize> = attributions.iter().flat_map(|it| it.cue.range()).collect();
        for token in (0..text.n_tokens()).filter(|token| !cues.contains(token)) {
            if text.lower(token) != "per" {
                continue;
            }
            if let Some((source, content)) = parts(text, token) {
                let cue = TokenRange::new(token, token + 1);
                let row = Row::of_rule(self.name(), PER, cue, vec![content]);
                rows.push(Row { source: Some(source), ..row });
            }
        }
    }
}

/// The source after *per*, and the rest of the sentence.
fn parts(text: &Text<'_>, per: usize) -> Option<(TokenRange, TokenRange)> {
    let sentence = text.sentence(per)?.tokens.range();
    let ends = |&token: &usize| matches!(text.form(token), "," | "." | ";" | "!" | "?");
    let after = per + 1..sentence.end.min(per + 1 + MAX_SOURCE);
    let end = after.clone().find(ends).unwrap_or(after.end);
    if end <= per + 1 {
        return None;
    }
    let source = TokenRange::new(per + 1, end);
    let head = text.head_of(source);
    let named = text.names_in(source).any(|name| {
        use sayso_analysis::EntityKind::{Organization, Person};
        matches!(name.kind, Person | Organization) && name.tokens.range().contains(&head)
    });
    let speaks = text.is(WordClass::Body, head) || text.is(WordClass::Document, head);
    let article = matches!(text.lower(per + 1).as_str(), "the" | "a" | "an");
    if !(named || speaks && article) {
        return None;
    }
    let trimmed = |range: std::ops::Range<usize>| {
        let first = range.clone().find(|&token| text.is_word(token))?;
        let last = range.rev().find(|&token| text.is_word(token))?;
        Some(TokenRange::new(first, last + 1))
    };
    let rest = (end..sentence.end).any(|token| text.is_word(token));
    let content = if per == sentence.start && rest {
        trimmed(end..sentence.end)?
    } else if !rest {
        trimmed(sentence.start..per)?
    } else {
        return None;
    };
    (content.len() > 1).then_some((source, content))
}
