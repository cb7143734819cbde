//! The model that sayso brings along, and models from folders.

use std::path::{Path, PathBuf};
use std::{fs, io};

use sayso_model::{ModelError, Verify, Weights};

/// Why a model cannot be read from a folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A file is missing or cannot be read.
    #[error("{}: this file of a model folder cannot be read", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The files are there and do not fit each other or this program.
    #[error("model {}", folder.display())]
    Model {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        source: ModelError,
    },
}

/// The weights built into the program.
pub(crate) fn embedded() -> Result<Weights, ModelError> {
    let description = include_str!("../../../models/en/model.toml");
    let bytes: &'static [u8] = include_bytes!("../../../models/en/weights.safetensors");
    Weights::from_parts(description, bytes, Verify::Trusted)
}

/// The weights in a folder, checked against their description.
pub(crate) fn open(folder: &Path) -> Result<Weights, OpenError> {
    let path = folder.join("model.toml");
    let description =
        fs::read_to_string(&path).map_err(|source| OpenError::File { path, source })?;
    let path = folder.join("weights.safetensors");
    let bytes = fs::read(&path).map_err(|source| OpenError::File { path, source })?;
    Weights::from_parts(&description, bytes, Verify::Full)
        .map_err(|source| OpenError::Model { folder: folder.to_owned(), source })
}
