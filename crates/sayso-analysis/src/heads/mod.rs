//! The heads: each reads one layer of the analysis off the encoder's vectors.
//!
//! A new head is a file here and an entry in [`HEADS`]; its tensors are found by its name in
//! `model.toml`.

mod edit;
mod lemma;
mod names;
mod roles;
mod tags;
mod tree;

use std::fmt;

use sayso_model::{Kernels, ModelError, Weights};
use sayso_text::TokenRange;

pub(crate) use edit::edit_of;

use crate::Analysis;
use crate::encoder::{Encoding, TypeCache};

/// Reads one layer of the analysis.
pub(crate) trait Head: fmt::Debug + Send + Sync {
    /// Fills in this head's part of `analysis` for the words of a window.
    ///
    /// Heads run in the order of [`HEADS`]: what an earlier one wrote is there.
    fn read<'m>(&'m self, window: &Window<'_>, buffers: &mut Buffers, analysis: &mut Analysis<'m>);
}

/// A run of whole sentences, encoded together.
#[derive(Debug)]
pub(crate) struct Window<'a> {
    pub(crate) kernels: Kernels,
    /// The window's first token in the document.
    pub(crate) first: usize,
    /// The spelling of each word.
    pub(crate) surfaces: &'a [&'a str],
    /// The window's sentences, as tokens of the document.
    pub(crate) sentences: &'a [TokenRange],
    pub(crate) encoding: &'a Encoding,
    pub(crate) types: &'a TypeCache,
}

/// Working memory shared by the heads, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) tags: tags::TagBuffers,
    lemma: lemma::LemmaBuffers,
    tree: tree::TreeBuffers,
    pub(crate) names: names::NameBuffers,
    roles: roles::RoleBuffers,
}

type Load = fn(&Weights) -> Result<Box<dyn Head>, ModelError>;

/// All heads, in the order they run: lemmas need tags, roles need trees.
pub(crate) const HEADS: &[Load] = &[
    tags::Tags::load,
    lemma::Lemmas::load,
    tree::Trees::load,
    names::Names::load,
    roles::Roles::load,
];
