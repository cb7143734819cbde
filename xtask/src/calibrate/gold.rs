//! PolNeAR's rows, and when a statement is right by them.

use sayso::record::{CharSpan, Statement};
use serde::Deserialize;

/// An article of PolNeAR.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) attributions: Vec<Attribution>,
}

/// Spans in code points.
#[derive(Debug, Deserialize)]
pub(super) struct Attribution {
    source: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
}

/// Whether a statement has most of the content and some of the source, as the scorer's
/// `who_said_what` has it; here characters are counted, there words.
pub(super) fn is_right(statement: &Statement, gold: &Attribution) -> bool {
    let pairs = |spans: &[CharSpan]| -> Vec<(u32, u32)> {
        spans.iter().map(|span| (span.start, span.end)).collect()
    };
    let content = pairs(&statement.content);
    let source = statement.source.span.as_deref().map(pairs).unwrap_or_default();
    let both = shared(&content, &gold.content);
    let any = length(&content) + length(&gold.content) - both;
    let same_source =
        shared(&source, &gold.source) > 0 || source.is_empty() && gold.source.is_empty();
    2 * both >= any && same_source
}

fn length(spans: &[(u32, u32)]) -> u32 {
    spans.iter().map(|span| span.1 - span.0).sum()
}

fn shared(a: &[(u32, u32)], b: &[(u32, u32)]) -> u32 {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.1.min(b.1).saturating_sub(a.0.max(b.0))).sum()
}
