//! What the trained attribution head found.

use sayso_text::TokenRange;

use super::super::lexicon::WordClass;
use super::super::row::{Basis, Row, Silent};
use super::super::text::Text;
use super::Extractor;
use super::evidential::is_hedged_clause;

/// Takes the head's attributions: *\[Reyes\]source \[said\]cue \[she would appeal\]content.*
///
/// Two are not taken as they stand: who was told something did not say it (*\[she\] was assured*), and
/// a clause that an adverb ascribes to nobody in particular is left to that rule (*reportedly
/// targets*).
#[derive(Debug)]
pub(super) struct Model;

impl Extractor for Model {
    fn name(&self) -> &'static str {
        "model"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        rows.extend(text.analysis.attributions.iter().map(|found| Row {
            extractor: self.name(),
            cue: found.cue,
            source: found.source.filter(|&source| !is_told(text, found.cue, source)),
            // A row without content is dropped where rows are linked.
            content: match is_hedged_clause(text, found.cue) {
                true => Vec::new(),
                false => found.content.clone(),
            },
            parent: found.parent,
            silent: Silent::Open,
            verbatim: false,
            basis: Basis::Model {
                cue: found.cue_probability,
                source: found.source_probability,
                content: found.content_probability,
                runner_up: found.runner_up,
            },
        }));
    }
}

/// Whether a source is the subject of a passive of telling: *\[she\] was assured*.
fn is_told(text: &Text<'_>, cue: TokenRange, source: TokenRange) -> bool {
    let (verb, subject) = (text.head_of(cue), text.head_of(source));
    text.head(subject) == Some(verb)
        && text.full_relation(subject) == "nsubj:pass"
        && text.is(WordClass::Told, verb)
}
