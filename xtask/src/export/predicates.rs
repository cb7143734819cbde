//! Predicates with their arguments and with their certainty, from `PropBank`, UDS and UW.

use std::collections::BTreeMap;

use anyhow::Result;
use sayso_analysis::export::{GoldArgument, GoldPredicate};
use sayso_text::{Document, Span, TokenRange};
use serde::Deserialize;

use super::ud::GoldDocument;

/// The frames of a sentence; words are counted from 1.
#[derive(Deserialize)]
pub(crate) struct Frames {
    sent_id: String,
    predicates: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    token: usize,
    roleset: String,
    args: Vec<FrameArgument>,
}

#[derive(Deserialize)]
struct FrameArgument {
    label: String,
    /// First and last word.
    tokens: (usize, usize),
}

/// The frames of all sentences, by the sentence's id.
pub(crate) fn frames(text: &str) -> Result<BTreeMap<String, Frames>> {
    let parse = |line: &str| {
        let frames: Frames = serde_json::from_str(line)?;
        Ok((frames.sent_id.clone(), frames))
    };
    text.lines().map(parse).collect()
}

impl GoldDocument<'_> {
    /// Of each sentence whether its frames are known, and the predicates of those that are.
    pub(crate) fn predicates(
        &self,
        frames: &BTreeMap<String, Frames>,
    ) -> (Vec<bool>, Vec<GoldPredicate>) {
        let mut known = Vec::new();
        let mut found = Vec::new();
        for (at, sentence) in self.document.sentences.iter().enumerate() {
            let range = sentence.tokens.range();
            let frames = self.comment(at, "sent_id").and_then(|id| frames.get(id));
            known.push(frames.is_some());
            for frame in frames.iter().flat_map(|it| &it.predicates) {
                let place = |word: usize| (range.start + word - 1).min(range.end - 1);
                let argument = |it: &FrameArgument| {
                    let (first, end) = (place(it.tokens.0), place(it.tokens.1) + 1);
                    let head = self.top(first..end);
                    let tokens = TokenRange::new(first, end);
                    GoldArgument { role: it.label.clone(), tokens, head }
                };
                let arguments = frame.args.iter().map(argument).collect();
                found.push(GoldPredicate {
                    token: place(frame.token),
                    roleset: frame.roleset.clone(),
                    arguments,
                });
            }
        }
        (known, found)
    }
}

/// A row of UDS or UW as a document, with the certainty of its predicates by token.
pub(crate) fn judged(row: &Judged) -> (Document, Vec<(usize, f32)>) {
    let mut text = String::new();
    let spans: Vec<Span> = row
        .tokens
        .iter()
        .map(|token| {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(token);
            Span::new(text.len() - token.len(), text.len())
        })
        .collect();
    let document = Document::read(text);
    let values = row.predicates.iter().filter_map(|it| {
        let span = spans.get(it.index)?;
        let at = document.tokens.partition_point(|token| token.span.end() <= span.start());
        (at < document.tokens.len()).then_some((at, it.score))
    });
    let values = values.collect();
    (document, values)
}

/// A sentence whose predicates were judged.
#[derive(Deserialize)]
pub(crate) struct Judged {
    tokens: Vec<String>,
    predicates: Vec<Judgement>,
}

#[derive(Deserialize)]
struct Judgement {
    /// The predicate's word, from 0.
    index: usize,
    score: f32,
}
