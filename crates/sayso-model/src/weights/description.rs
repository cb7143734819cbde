//! `model.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Dtype;

/// What the program reads of `model.toml`; other entries are passed over.
#[derive(Debug, Deserialize)]
pub(super) struct Description {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) weights: File,
    #[serde(default)]
    pub(super) labels: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) numbers: BTreeMap<String, Number>,
    pub(super) tensors: BTreeMap<String, Tensor>,
}

/// The weights file. Its name is for whoever opens it.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// One tensor of the weights file.
#[derive(Debug, Deserialize)]
pub(super) struct Tensor {
    pub(super) dtype: Dtype,
    pub(super) shape: Vec<usize>,
}

/// A number, as it is written.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Number {
    Integer(i64),
    Float(f64),
}

impl Number {
    pub(super) fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// The number as a size, if it is one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers from 0 to 2^53 convert exactly"
    )]
    pub(super) fn as_size(self) -> Option<usize> {
        match self {
            Self::Integer(value) => usize::try_from(value).ok(),
            Self::Float(value) => {
                let whole = value >= 0.0 && value <= 2.0_f64.powi(53) && value.fract() == 0.0;
                whole.then_some(value as usize)
            }
        }
    }
}
