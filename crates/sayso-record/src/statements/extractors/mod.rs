//! Where statements come from: the trained head, and rules for what it leaves out.

mod clause;
mod evidential;
mod headline;
mod interview;
mod model;
mod noun;
mod passive;
mod per;
mod signature;
mod viewpoint;

use super::row::Row;
use crate::text::Text;

/// One way to find statements.
pub(super) trait Extractor: Sync {
    /// Stable name, as `sayso explain` tells it.
    fn name(&self) -> &'static str;
    /// Appends what it finds, in order of first token.
    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>);
}

/// The trained head, whose rows all others yield to.
pub(super) static MODEL: &dyn Extractor = &model::Model;

/// The rules, the more certain first: of two with one cue or one content the earlier counts.
pub(super) static RULES: &[&dyn Extractor] = &[
    &interview::Interview,
    &headline::Headline,
    &signature::Signature,
    &per::Per,
    &evidential::Evidential,
    &viewpoint::Viewpoint,
    &passive::Passive,
    &noun::Noun,
    &clause::Clause,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = RULES.iter().map(|it| it.name()).chain([MODEL.name()]).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len() + 1);
    }
}
