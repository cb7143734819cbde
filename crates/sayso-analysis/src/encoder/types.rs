//! Word types: their vectors, computed once from the spelling and cached.

use std::hash::BuildHasherDefault;

use hashbrown::HashMap;
use rustc_hash::FxHasher;
use sayso_model::{Codes, Dense, Kernels, LayerNorm, ModelError, Table, Weights};

use crate::features::{N_ROWS, Spelling, type_of, vector_key, word_rows};

/// A word type's place in the [`TypeCache`]; valid until the cache is next asked for a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct TypeId(pub(crate) u32);

/// From spelling to vector: hashed rows and the word's own vector, projected and normalised.
#[derive(Debug)]
pub(crate) struct TypeEmbedding {
    width: usize,
    row_width: usize,
    vector_width: usize,
    rows: Table,
    vectors: Table,
    /// Sorted; `vectors` row `i + 1` belongs to `keys[i]`. Row 0 is for words without a vector.
    keys: Vec<u64>,
    project: Dense,
    norm: LayerNorm,
    taps: Dense,
}

impl TypeEmbedding {
    pub(crate) fn from_weights(weights: &Weights, width: usize) -> Result<Self, ModelError> {
        let row_width = weights.size("row_width")?;
        let vector_width = weights.size("vector_width")?;
        let keys = weights.keys("embedding.keys")?;
        Ok(Self {
            width,
            row_width,
            vector_width,
            rows: weights.table("embedding.rows.weight", N_ROWS as usize, row_width)?,
            vectors: weights.table("embedding.vectors", keys.len() + 1, vector_width)?,
            keys,
            project: weights.dense("embedding.project", row_width + vector_width, width)?,
            norm: weights.layer_norm("embedding.norm", width)?,
            taps: weights.dense("convolution.taps", width, 6 * width)?,
        })
    }

    /// Writes the sum of a type's rows, then its vector, to `out`.
    fn features(
        &self,
        kernels: Kernels,
        surface: &str,
        spelling: &mut Spelling,
        rows: &mut Vec<(u32, f32)>,
        out: &mut [f32],
    ) {
        out.fill(0.0);
        let (sum, vector) = out.split_at_mut(self.row_width);
        word_rows(surface, spelling, rows);
        for &(row, weight) in rows.iter() {
            kernels.add_row(&self.rows, row as usize, weight, sum);
        }
        let row = self.keys.binary_search(&vector_key(surface, spelling)).map_or(0, |at| at + 1);
        kernels.add_row(&self.vectors, row, 1.0, vector);
    }
}

/// The types met so far, with their vectors and their products with the convolution's taps.
///
/// When it is full, those met most often since stay. What is cached depends on the spelling alone, so
/// reading gives the same with any cache.
#[derive(Debug)]
pub(crate) struct TypeCache {
    /// Most bytes of vectors and products to keep.
    bytes: usize,
    ids: HashMap<Box<str>, TypeId, BuildHasherDefault<FxHasher>>,
    /// How often each type was met, the older times counting half at each forgetting.
    times: Vec<u32>,
    width: usize,
    /// `[n, width]`
    vectors: Vec<f32>,
    /// `[n · 3, 2 · width]`, in fixed point: half the memory, and the most read of all.
    taps: Codes,
    /// How often types were forgotten; what is keyed by [`TypeId`] elsewhere ends with it.
    pub(crate) generation: u32,
    missing: Vec<Box<str>>,
    spelling: Spelling,
    rows: Vec<(u32, f32)>,
    input: Vec<f32>,
    codes: Codes,
}

impl TypeCache {
    /// A cache that keeps at most so many bytes, or what one window needs.
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            bytes,
            ids: HashMap::default(),
            times: Vec::new(),
            width: 0,
            vectors: Vec::new(),
            taps: Codes::new(),
            generation: 0,
            missing: Vec::new(),
            spelling: Spelling::default(),
            rows: Vec::new(),
            input: Vec::new(),
            codes: Codes::new(),
        }
    }

    /// The types of a window's words, computing those not met before.
    pub(crate) fn look_up(
        &mut self,
        embedding: &TypeEmbedding,
        kernels: Kernels,
        surfaces: &[&str],
        out: &mut Vec<TypeId>,
    ) {
        self.make_room(embedding.width, surfaces.len());
        out.clear();
        for surface in surfaces.iter().map(|surface| type_of(surface)) {
            let id = self.ids.get(surface).copied().unwrap_or_else(|| {
                let id = TypeId(u32::try_from(self.ids.len()).expect("the cache is bounded"));
                self.ids.insert(surface.into(), id);
                self.missing.push(surface.into());
                self.times.push(0);
                id
            });
            self.times[id.0 as usize] += 1;
            out.push(id);
        }
        if !self.missing.is_empty() {
            self.compute_missing(embedding, kernels);
        }
    }

    /// Sees to it that so many more types can be kept.
    fn make_room(&mut self, width: usize, n: usize) {
        let bytes = width * (size_of::<f32>() + 6 * size_of::<i16>());
        let most = (self.bytes / bytes).max(n);
        if self.width != width {
            self.width = width;
            // All at once: what grows step by step is copied, and leaves holes behind.
            self.vectors.reserve_exact(most * width);
            self.taps.reserve(3 * most, 2 * width);
        }
        if self.ids.len() + n > most {
            self.forget((most / 2).min(most - n));
        }
    }

    /// Forgets all types but those met most often, at most `n`, and each at least twice.
    fn forget(&mut self, n: usize) {
        let mut kept: Vec<usize> = (0..self.times.len()).filter(|&at| self.times[at] > 1).collect();
        kept.sort_by_key(|&at| std::cmp::Reverse(self.times[at]));
        kept.truncate(n);
        kept.sort_unstable();
        let mut moved = vec![None; self.times.len()];
        for (new, &old) in (0..).zip(&kept) {
            moved[old] = Some(TypeId(new));
            let (new, width) = (new as usize, self.width);
            self.vectors.copy_within(old * width..(old + 1) * width, new * width);
            self.times[new] = self.times[old] / 2;
        }
        self.vectors.truncate(kept.len() * self.width);
        self.times.truncate(kept.len());
        self.taps.keep(kept.iter().flat_map(|&at| 3 * at..3 * at + 3));
        self.ids.retain(|_, id| {
            let new = moved[id.0 as usize];
            *id = new.unwrap_or_default();
            new.is_some()
        });
        self.generation += 1;
    }

    fn compute_missing(&mut self, embedding: &TypeEmbedding, kernels: Kernels) {
        let width = embedding.row_width + embedding.vector_width;
        let n = self.missing.len();
        self.input.resize(n * width, 0.0);
        for (surface, out) in self.missing.iter().zip(self.input.chunks_exact_mut(width)) {
            embedding.features(kernels, surface, &mut self.spelling, &mut self.rows, out);
        }
        self.missing.clear();
        kernels.quantize(&self.input, width, &mut self.codes);
        self.input.resize(n * embedding.width, 0.0);
        kernels.dense(&embedding.project, &self.codes, &mut self.input);
        let known = self.vectors.len();
        self.vectors.resize(known + n * embedding.width, 0.0);
        kernels.layer_norm(&embedding.norm, &self.input, &mut self.vectors[known..]);
        kernels.quantize(&self.vectors[known..], embedding.width, &mut self.codes);
        self.input.resize(n * 6 * embedding.width, 0.0);
        kernels.dense(&embedding.taps, &self.codes, &mut self.input);
        kernels.quantize(&self.input, 2 * embedding.width, &mut self.codes);
        self.taps.append(&self.codes);
    }

    /// The type's vector, `[width]`.
    pub(crate) fn vector(&self, id: TypeId) -> &[f32] {
        let at = id.0 as usize * self.width;
        &self.vectors[at..at + self.width]
    }

    /// Adds the type's product with one tap of the convolution to `values`, `[2 · width]`: tap 0 is
    /// for the word after it, 1 for itself, 2 for the word before it.
    pub(crate) fn add_tap(&self, kernels: Kernels, id: TypeId, tap: usize, values: &mut [f32]) {
        kernels.add_codes(&self.taps, id.0 as usize * 3 + tap, values);
    }
}
