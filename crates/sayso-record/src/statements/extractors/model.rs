//! What the trained attribution head found.

use super::super::row::{Basis, Row, Silent};
use super::super::text::Text;
use super::Extractor;

/// Takes the head's attributions as they are: *\[Reyes\]source \[said\]cue \[she would appeal\]content.*
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
            source: found.source,
            content: found.content.clone(),
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
