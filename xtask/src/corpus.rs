//! Files of the corpora.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::output;

/// A corpus file's text; `.xz` and `.zst` are unpacked by the programs of those names.
///
/// # Errors
///
/// If the file cannot be read or unpacked, or is not UTF-8.
pub(crate) fn unpack(path: &Path) -> Result<String> {
    let program = match path.extension().and_then(|ending| ending.to_str()) {
        Some("xz") => "xz",
        Some("zst") => "zstd",
        _ => return fs::read_to_string(path).with_context(|| path.display().to_string()),
    };
    let mut command = Command::new(program);
    command.arg("-dcq").arg(path);
    Ok(String::from_utf8(output(command)?)?)
}
