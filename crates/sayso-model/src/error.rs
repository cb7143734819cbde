//! What can be wrong with a model.

use std::fmt;

use serde::Deserialize;

/// How the numbers of a tensor are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Dtype {
    /// Single precision, four bytes.
    F32,
    /// Half precision, two bytes.
    F16,
    /// One byte, to be multiplied by the scale of its row: the tensor `<name>.scale`, F32.
    I8,
    /// Whole numbers of eight bytes, such as hashes that rows are found by; never computed with.
    U64,
}

impl Dtype {
    /// Bytes a number.
    pub fn size(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 => 2,
            Self::I8 => 1,
            Self::U64 => 8,
        }
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Why a model cannot be used. Says which file or tensor, what was expected and what was found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// `model.toml` is not TOML, or lacks an entry.
    #[error("model.toml: {0}")]
    Description(#[from] toml::de::Error),
    /// The weights file is cut short or too long.
    #[error("weights file: expected {expected} bytes, found {found}")]
    Length {
        /// As `model.toml` says.
        expected: u64,
        /// Of the file.
        found: u64,
    },
    /// The weights file is not the one that `model.toml` describes.
    #[error("weights file: expected sha256 {expected}, found {found}")]
    Hash {
        /// As `model.toml` says, in hexadecimal digits.
        expected: String,
        /// Of the file.
        found: String,
    },
    /// The weights file is not in the safetensors format.
    #[error("weights file: {0}")]
    Format(#[from] safetensors::SafeTensorError),
    /// A tensor is not in the weights file.
    #[error("tensor `{tensor}`: expected in the weights file, found none")]
    Missing {
        /// Its name.
        tensor: String,
    },
    /// The weights file has a tensor that `model.toml` does not list.
    #[error(
        "tensor `{tensor}`: found in the weights file, expected none, as model.toml lists none"
    )]
    Unlisted {
        /// Its name.
        tensor: String,
    },
    /// A tensor's numbers are written in another way than expected.
    #[error("tensor `{tensor}`: expected dtype {expected}, found {found}")]
    Dtype {
        /// Its name.
        tensor: String,
        /// As `model.toml` says.
        expected: Dtype,
        /// As the weights file says: its name for it.
        found: String,
    },
    /// A tensor has another shape than expected.
    #[error("tensor `{tensor}`: expected shape {expected:?}, found {found:?}")]
    Shape {
        /// Its name.
        tensor: String,
        /// As `model.toml` says, or as the network needs it.
        expected: Vec<usize>,
        /// As the weights file says.
        found: Vec<usize>,
    },
    /// A tensor has no values where some are needed.
    #[error("tensor `{tensor}`: expected at least 1 in every dimension, found shape {found:?}")]
    Empty {
        /// Its name.
        tensor: String,
        /// As the weights file says.
        found: Vec<usize>,
    },
    /// The rows of a tensor are too wide to be computed with exactly.
    #[error("tensor `{tensor}`: expected at most {most} values a row, found {found}")]
    Width {
        /// Its name.
        tensor: String,
        /// The widest row there may be.
        most: usize,
        /// As the weights file says.
        found: usize,
    },
    /// Keys, by which rows are looked up, do not increase from each to the next.
    #[error("tensor `{tensor}`: expected a key above {before} at {index}, found {found}")]
    Order {
        /// Its name.
        tensor: String,
        /// The first such key's place, counted from 0.
        index: usize,
        /// The key before it.
        before: u64,
        /// The key.
        found: u64,
    },
    /// The weights file has a tensor that no part of the network was made of.
    #[error(
        "tensor `{tensor}`: found in the weights file, expected none, as the network asks for none"
    )]
    Unused {
        /// Its name.
        tensor: String,
    },
    /// A tensor holds an infinite value or one that is not a number.
    #[error("tensor `{tensor}`: expected finite values, found {value} at {index}")]
    NotFinite {
        /// Its name.
        tensor: String,
        /// The first such value's place, counted from 0 in the order of the file.
        index: usize,
        /// The value.
        value: f32,
    },
    /// `model.toml` has no label set of this name.
    #[error("model.toml: expected a label set `{name}`, found none")]
    Labels {
        /// The name asked for.
        name: String,
    },
    /// A label set has no labels.
    #[error("model.toml: label set `{name}`: expected at least 1 label, found none")]
    NoLabels {
        /// Its name.
        name: String,
    },
    /// A label set lacks a label that the network needs.
    #[error("model.toml: label set `{set}`: expected a label `{label}`, found none")]
    Label {
        /// The name of the set.
        set: String,
        /// The label asked for.
        label: String,
    },
    /// `model.toml` has no number of this name.
    #[error("model.toml: expected a number `{name}`, found none")]
    Number {
        /// The name asked for.
        name: String,
    },
    /// A number is not a size.
    #[error("model.toml: number `{name}`: expected a whole number from 0 on, found {found}")]
    Size {
        /// Its name.
        name: String,
        /// Its value.
        found: f64,
    },
}
