//! What the ranker is asked, and what it answers.

use super::ranker::{self, HIDDEN};

/// What the ranker is asked: where a mention belongs.
#[derive(Debug, Default)]
pub(crate) struct Question {
    /// Rows that all options share.
    pub(crate) shared: Vec<u16>,
    /// The options' own rows, one option after the other; the first one is a new entity.
    pub(super) rows: Vec<u16>,
    /// Where each option's rows end.
    pub(super) ends: Vec<usize>,
    /// For each option but the first, the last mention of its entity.
    pub(crate) antecedents: Vec<usize>,
    /// The option that a rule chooses, whatever the ranker says.
    pub(super) preferred: Option<usize>,
}

impl Question {
    /// The options' own rows.
    pub(crate) fn options(&self) -> impl Iterator<Item = &[u16]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.rows[start..end])
    }

    pub(super) fn clear(&mut self) {
        self.shared.clear();
        self.rows.clear();
        self.ends.clear();
        self.antecedents.clear();
        self.preferred = None;
    }
}

/// Answers a question with an option and its probability.
pub(crate) type Answer<'f> = dyn FnMut(usize, &Question) -> (usize, f32) + 'f;

/// The option that a rule prefers, else the ranker's likeliest one; the first of several.
pub(super) fn likeliest(question: &Question) -> (usize, f32) {
    let mut shared = [0; HIDDEN];
    ranker::add(&question.shared, &mut shared);
    let log_odds: Vec<i64> = question
        .options()
        .map(|rows| {
            let mut hidden = shared;
            ranker::add(rows, &mut hidden);
            ranker::log_odds(&hidden)
        })
        .collect();
    let mut best = 0;
    for (at, &value) in log_odds.iter().enumerate() {
        if value > log_odds[best] {
            best = at;
        }
    }
    let best = question.preferred.unwrap_or(best);
    (best, ranker::probability(&log_odds, best))
}
