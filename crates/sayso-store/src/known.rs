//! What a ledger holds already, asked before an article is read.

use std::collections::BTreeSet;

use crate::{Ledger, StoreError, hash};

/// The documents of a ledger, by source and text.
///
/// # Cost
///
/// About 20 bytes a document.
#[derive(Clone, Debug, Default)]
pub struct Known {
    ids: BTreeSet<u128>,
}

impl Known {
    /// Whether a text of a source is known; from then on it is.
    pub fn meet(&mut self, source: &str, text: &str) -> bool {
        !self.ids.insert(hash::document(source, text))
    }
}

impl Ledger {
    /// What the ledger holds.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] and its like if it cannot be read.
    pub fn known(&self) -> Result<Known, StoreError> {
        let read = || {
            let mut all = self.connection.prepare("SELECT id FROM documents")?;
            all.query_map([], |row| {
                Ok(u128::from_str_radix(row.get_ref(0)?.as_str()?, 16).unwrap_or_default())
            })?
            .collect::<rusqlite::Result<_>>()
        };
        let ids = read().map_err(|error| self.failed(error))?;
        Ok(Known { ids })
    }

    /// How many documents the ledger holds, each version counted.
    ///
    /// # Errors
    ///
    /// As [`Ledger::known`].
    pub fn n_documents(&self) -> Result<u64, StoreError> {
        let count = "SELECT count(*) FROM documents";
        self.connection
            .query_row(count, [], |row| row.get(0).map(i64::unsigned_abs))
            .map_err(|error| self.failed(error))
    }
}
