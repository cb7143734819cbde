//! The articles of packed folders, which may hold packed folders.

use std::io::{self, BufReader};
use std::path::Path;
use std::vec;

use crate::open::{Open, Opened, open};
use crate::tar::Tar;
use crate::zip::{self, Place};
use crate::{Format, IngestError};

/// The articles of the files in an archive, each read when it is asked for.
///
/// Hidden files and files of other endings are left out. Nothing is written, so that a path that
/// leads out of the archive leads nowhere.
pub(crate) struct Archive {
    opened: Opened,
    files: Files,
    /// The file that is being read.
    open: Option<Open>,
    /// Whether anything was yielded, be it an error.
    found: bool,
    is_ended: bool,
}

pub(crate) enum Files {
    Zip { place: Place, entries: vec::IntoIter<zip::Entry> },
    Tar(Tar),
}

/// A file in an archive: its path and its bytes.
type File = (String, Box<dyn io::Read + Send>);

impl Archive {
    pub(crate) fn new(opened: Opened, files: Files) -> Self {
        Self { opened, files, open: None, found: false, is_ended: false }
    }

    /// Opens the next file that is read; false at the end.
    fn open_next(&mut self) -> Result<bool, IngestError> {
        loop {
            let next = self.next_file();
            let Some((path, reader)) =
                next.map_err(|(path, error)| self.unreadable(&path, error))?
            else {
                return Ok(false);
            };
            let inner = Path::new(&path);
            let Some(format) = Format::of(inner).filter(|_| inner.extension().is_some()) else {
                continue;
            };
            if path.split('/').any(|part| part.starts_with('.') && part != "." && part != "..") {
                continue;
            }
            let name = format!("{}/{}", self.opened.name, shown(&path));
            let opened = self.opened.inner(name)?;
            let reader = Box::new(BufReader::new(reader));
            self.open = Some(open(opened, format, reader, None)?);
            return Ok(true);
        }
    }

    fn next_file(&mut self) -> Result<Option<File>, (String, io::Error)> {
        match &mut self.files {
            Files::Tar(tar) => match tar.next() {
                Ok(Some(entry)) => Ok(Some((entry.path, Box::new(entry.reader)))),
                Ok(None) => Ok(None),
                Err(error) => {
                    self.is_ended = true;
                    Err((String::new(), error))
                }
            },
            Files::Zip { place, entries } => {
                let Some(entry) = entries.next() else { return Ok(None) };
                match place.read(&entry, &self.opened) {
                    Ok(reader) => Ok(Some((entry.path, reader))),
                    Err(error) => Err((entry.path, error)),
                }
            }
        }
    }

    fn unreadable(&self, path: &str, error: io::Error) -> IngestError {
        let outer = &self.opened.name;
        let name = if path.is_empty() { outer.clone() } else { format!("{outer}/{}", shown(path)) };
        IngestError::Read { name, error }
    }
}

impl Iterator for Archive {
    type Item = Result<crate::Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next() {
                    Some(article) => return Some(article),
                    None => self.open = None,
                }
            }
            if self.is_ended {
                return None;
            }
            match self.open_next() {
                Ok(true) => self.found = true,
                Ok(false) => {
                    self.is_ended = true;
                    let name = self.opened.name.clone();
                    return (!self.found).then_some(Err(IngestError::EmptyFolder { name }));
                }
                Err(error) => {
                    self.found = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// A path as sources and messages show it: without parts that lead nowhere.
fn shown(path: &str) -> String {
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}
