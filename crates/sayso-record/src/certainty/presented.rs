//! How certain the article presents an event, as a number.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Commitments;
use super::context::{Context, View, composed};
use super::value::Degree;
use crate::tense::tense;
use crate::{CertaintyValue, Tense};

/// Numbers of `data/presented.tsv` by value, rule and tense, each of which may be left out.
static NUMBERS: LazyLock<BTreeMap<[&'static str; 3], f64>> = LazyLock::new(|| {
    let file = include_str!("../../data/presented.tsv");
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &'static str| {
        let fields: Vec<_> = line.split('\t').collect();
        let &[value, rule, tense, number] = fields.as_slice() else {
            panic!("`{line}`: value, rule, tense, number");
        };
        let number = number.parse().unwrap_or_else(|_| panic!("`{line}`: no number"));
        ([value, rule, tense], number)
    };
    lines.map(row).collect()
});

impl Commitments<'_> {
    /// How certain an event at a token is as the article presents it, whoever says so: from -3,
    /// certainly not, to 3, certainly.
    ///
    /// The words around the event give its value; the number is the usual one for that value, the
    /// innermost word that decided, and the event's tense.
    ///
    /// # Source
    ///
    /// Medians on the training sections of UDS-IH2 and UW, see `data/presented.tsv`.
    pub(crate) fn presented(&self, token: usize, tense: Tense) -> f64 {
        let (degree, contexts) = self.believed(token);
        let value = value_name(degree, &contexts);
        let rule = contexts.iter().rev().map(|it| it.rule).find(|&it| it != GIVEN);
        let (rule, tense) = (rule.unwrap_or(""), self.tense_name(token, tense));
        let keys =
            [[value, rule, tense], [value, rule, "*"], [value, "*", tense], [value, "*", "*"]];
        keys.iter().find_map(|key| NUMBERS.get(key)).copied().unwrap_or(0.0)
    }
    /// The tense's name in the file, which has one of its own for what was yet to be in the past:
    /// *they planned to \[leave\]*.
    fn tense_name(&self, token: usize, own: Tense) -> &'static str {
        let around = || self.text.head(token).map(|head| tense(self.text, head));
        match own {
            Tense::Past => "past",
            Tense::Present => "present",
            Tense::Future if around() == Some(Tense::Past) => "later",
            Tense::Future => "future",
            Tense::Generic => "generic",
        }
    }
}

const GIVEN: &str = "taken as known";

/// The value's name in the file: what is open where something outside of it is denied is a value
/// of its own: *they do not plan to \[leave\]*.
fn value_name(degree: Degree, contexts: &[Context]) -> &'static str {
    match degree.value() {
        CertaintyValue::Asserted => "asserted",
        CertaintyValue::Probable => "probable",
        CertaintyValue::Possible => "possible",
        CertaintyValue::Doubtful => "doubtful",
        CertaintyValue::Denied => "denied",
        CertaintyValue::Open => {
            let start = Degree::ASSERTED;
            let around = |n: usize| composed(start, &contexts[..n], View::Credulous).0;
            let decided = (0..contexts.len()).rev().map(around).find(|it| *it != Degree::OPEN);
            if decided.is_some_and(|it| it < Degree::OPEN) { "open, denied" } else { "open" }
        }
    }
}
