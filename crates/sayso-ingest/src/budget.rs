//! How far packed files may expand.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Packed files may expand to so many times their size. News text packs to a tenth; what packs to a
/// two-hundredth was made to fill a disk.
const MAX_RATIO: u64 = 200;
/// Files that expand to less than this, in bytes, may do so at any ratio.
const FREE: u64 = 64 << 20;

/// What was read of a file, and what it expanded to through all archives in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Budget {
    read: Arc<AtomicU64>,
    expanded: Arc<AtomicU64>,
}

impl Budget {
    /// A reader of the file's own bytes, which are counted.
    pub(crate) fn outer<R: Read>(&self, reader: R) -> Outer<R> {
        Outer { reader, budget: self.clone() }
    }

    /// A reader of what was packed, which fails if it is too much.
    pub(crate) fn inner<R: Read>(&self, reader: R) -> Inner<R> {
        Inner { reader, budget: self.clone() }
    }
}

#[derive(Debug)]
pub(crate) struct Outer<R> {
    reader: R,
    budget: Budget,
}

impl<R: Read> Read for Outer<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        self.budget.read.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

#[derive(Debug)]
pub(crate) struct Inner<R> {
    reader: R,
    budget: Budget,
}

impl<R: Read> Read for Inner<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)? as u64;
        let expanded = self.budget.expanded.fetch_add(n_bytes, Ordering::Relaxed) + n_bytes;
        let read = self.budget.read.load(Ordering::Relaxed);
        if expanded > FREE && expanded / MAX_RATIO > read {
            let message = format!("it expands to more than {MAX_RATIO} times its size");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(usize::try_from(n_bytes).unwrap_or_default())
    }
}
