//! The coreference ranker's questions about GUM.

use anyhow::Result;
use sayso::Reader;
use sayso_analysis::export::{CoreferenceSet, HIDDEN, N_ROWS};

use super::{Exporter, npy};
use crate::coreference::gold::documents;

impl Exporter {
    /// Writes what the ranker is asked about GUM, read with the model's own trees and names.
    pub(super) fn questions(&self) -> Result<()> {
        let reader = Reader::new();
        for split in ["train", "dev"] {
            let text = self.unpack(&format!("ud/gum-{split}.conllu.xz"))?;
            let mut set = CoreferenceSet::default();
            for gold in documents(&text, &reader)? {
                let Some(analysis) = &gold.reading.analysis else { continue };
                set.add(&gold.reading.document, analysis, &gold.mentions);
            }
            let path = |column: &str| self.out.join(format!("coreference-{split}.{column}.npy"));
            npy::write(&path("shared"), &set.shared)?;
            npy::write(&path("shared_ends"), &set.shared_ends)?;
            npy::write(&path("rows"), &set.rows)?;
            npy::write(&path("row_ends"), &set.row_ends)?;
            npy::write(&path("option_ends"), &set.option_ends)?;
            npy::write(&path("right"), &set.right)?;
            let (questions, options) = (set.option_ends.len(), set.row_ends.len());
            eprintln!("coreference-{split}: {questions} questions, {options} options");
        }
        let text = format!("{{\"n_rows\": {N_ROWS}, \"hidden\": {HIDDEN}}}\n");
        Ok(std::fs::write(self.out.join("coreference.json"), text)?)
    }
}
