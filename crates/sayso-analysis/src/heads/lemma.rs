//! Lemmas: an edit of the spelling, chosen from the word type and its tags.

use std::hash::BuildHasherDefault;

use hashbrown::HashMap;
use rustc_hash::FxHasher;
use sayso_model::{Codes, Dense, Kernels, ModelError, Weights};

use super::edit::apply_edit;
use super::tags::argmax;
use super::{Buffers, Head, Window};
use crate::Analysis;
use crate::encoder::TypeId;
use crate::features::type_of;

/// Chooses an edit for each combination of word type and tags, and keeps it.
#[derive(Debug)]
pub(super) struct Lemmas {
    edits: Vec<String>,
    width: usize,
    hidden: usize,
    from_type: Dense,
    /// A row a tag for each of the label sets, and the labels to find it by.
    tags: [TagRows; 3],
    out: Dense,
}

#[derive(Debug)]
struct TagRows {
    numbers: HashMap<String, usize, BuildHasherDefault<FxHasher>>,
    rows: Vec<f32>,
}

/// Word type and the addresses of its three tags in the model's label sets.
type Key = (TypeId, [usize; 3]);

/// The lemmas found so far.
#[derive(Debug, Default)]
pub(super) struct LemmaBuffers {
    generation: u32,
    known: HashMap<Key, Box<str>, BuildHasherDefault<FxHasher>>,
    codes: Codes,
    hidden: Vec<f32>,
    log_odds: Vec<f32>,
    lemma: String,
}

impl Lemmas {
    pub(super) fn load(weights: &Weights) -> Result<Box<dyn Head>, ModelError> {
        let width = weights.size("width")?;
        let hidden = weights.size("edit")?;
        let edits = weights.labels("edit")?.to_vec();
        let tags = |set: &str| -> Result<TagRows, ModelError> {
            let labels = weights.labels(set)?;
            let rows = weights.matrix(&format!("edit_{set}.weight"), labels.len(), hidden)?;
            let numbers = labels.iter().cloned().zip(0..).collect();
            Ok(TagRows { numbers, rows })
        };
        Ok(Box::new(Self {
            width,
            hidden,
            from_type: weights.dense("edit_type", width, hidden)?,
            tags: [tags("upos")?, tags("xpos")?, tags("feats")?],
            out: weights.dense("edit_out", hidden, edits.len())?,
            edits,
        }))
    }

    /// The lemma of a word type under its tags.
    fn lemma(
        &self,
        kernels: Kernels,
        vector: &[f32],
        surface: &str,
        tags: [&str; 3],
        buffers: &mut LemmaBuffers,
    ) -> Box<str> {
        let LemmaBuffers { codes, hidden, log_odds, lemma, .. } = buffers;
        kernels.quantize(vector, self.width, codes);
        hidden.resize(self.hidden, 0.0);
        kernels.dense(&self.from_type, codes, hidden);
        for (set, tag) in self.tags.iter().zip(tags) {
            let row = set.numbers.get(tag).copied().unwrap_or(0) * self.hidden;
            kernels.add(&set.rows[row..row + self.hidden], hidden);
        }
        kernels.relu(hidden);
        kernels.quantize(hidden, self.hidden, codes);
        log_odds.resize(self.edits.len(), 0.0);
        kernels.dense(&self.out, codes, log_odds);
        apply_edit(surface, &self.edits[argmax(log_odds)], lemma);
        lemma.as_str().into()
    }
}

impl Head for Lemmas {
    fn read<'m>(&'m self, window: &Window<'_>, buffers: &mut Buffers, analysis: &mut Analysis<'m>) {
        let buffers = &mut buffers.lemma;
        if buffers.generation != window.types.generation {
            buffers.generation = window.types.generation;
            buffers.known.clear();
        }
        let words = &mut analysis.words[window.first..];
        for (at, word) in words.iter_mut().enumerate().take(window.surfaces.len()) {
            let id = window.encoding.types[at];
            let tags = [word.upos, word.xpos, word.feats];
            let key = (id, tags.map(|tag| tag.as_ptr().addr()));
            let surface = window.surfaces[at];
            // The type of a very long word is that of others, too.
            let is_whole = type_of(surface).len() == surface.len();
            if let Some(lemma) = buffers.known.get(&key).filter(|_| is_whole) {
                word.lemma.clone_from(lemma);
                continue;
            }
            let vector = window.types.vector(id);
            word.lemma = self.lemma(window.kernels, vector, surface, tags, buffers);
            if is_whole {
                buffers.known.insert(key, word.lemma.clone());
            }
        }
    }
}
