//! A folder's files.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::{io, vec};

use crate::{Format, IngestError, article_name};

/// The files of a folder and of the folders in it, in the order of their names.
///
/// Hidden files and folders, files of other endings and links to folders (which may run in a
/// circle) are left out.
#[derive(Debug)]
pub(crate) struct Walk {
    root: PathBuf,
    /// The entries still to visit of each folder on the way down.
    open: Vec<vec::IntoIter<DirEntry>>,
    /// Whether anything was yielded, be it an error.
    found: bool,
}

impl Walk {
    pub(crate) fn new(root: PathBuf) -> Result<Self, IngestError> {
        let open = vec![entries(&root)?];
        Ok(Self { root, open, found: false })
    }

    /// The path of an entry's file; a folder is opened instead.
    fn visit(&mut self, entry: &DirEntry) -> Result<Option<PathBuf>, IngestError> {
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| unreadable(&path, error))?;
        if kind.is_dir() {
            self.open.push(entries(&path)?);
            return Ok(None);
        }
        let taken = path.extension().is_some()
            && Format::of(&path).is_some()
            && !(kind.is_symlink() && path.is_dir());
        Ok(taken.then_some(path))
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(folder) = self.open.last_mut() {
            let Some(entry) = folder.next() else {
                self.open.pop();
                continue;
            };
            if let Some(found) = self.visit(&entry).transpose() {
                self.found = true;
                return Some(found);
            }
        }
        if !self.found {
            self.found = true;
            return Some(Err(IngestError::EmptyFolder { name: article_name(&self.root) }));
        }
        None
    }
}

/// A folder's visible entries by name.
fn entries(folder: &Path) -> Result<vec::IntoIter<DirEntry>, IngestError> {
    let list = || -> io::Result<Vec<DirEntry>> {
        let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        entries.retain(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
        entries.sort_by_cached_key(DirEntry::file_name);
        Ok(entries)
    };
    list().map(Vec::into_iter).map_err(|error| unreadable(folder, error))
}

fn unreadable(path: &Path, error: io::Error) -> IngestError {
    IngestError::Read { name: article_name(path), error }
}
