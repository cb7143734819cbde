//! Whether a ledger is what was written, and making it so again.

use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;

use crate::{Ledger, StoreError, entry, form, hash};

/// Something in a ledger that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "finding", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Finding {
    /// The file itself is damaged.
    File {
        /// What SQLite says.
        said: String,
    },
    /// A text that is not the one that was stored.
    Text {
        /// The document's id.
        document: String,
    },
    /// A row that leads to a row that is not there.
    Reference {
        /// The table of the row.
        table: String,
        /// The table it leads to.
        to: String,
        /// How many such rows.
        count: u64,
    },
    /// Rows of a document that are no record.
    Rows {
        /// The document's id.
        document: String,
        /// What is wrong with them.
        said: String,
    },
    /// A source that has not exactly one current version.
    Versions {
        /// The source.
        source: String,
    },
    /// The index of words does not fit the sentences, or the names.
    Index {
        /// Which index.
        index: String,
    },
}

impl Finding {
    /// Whether it can be made good from what is left.
    pub fn can_be_repaired(&self) -> bool {
        matches!(self, Self::Versions { .. } | Self::Index { .. })
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checkup {
    /// How many documents were looked at.
    pub n_documents: u64,
    /// What is wrong; empty for a ledger that is whole.
    pub findings: Vec<Finding>,
}

/// The indexes of words.
const INDEXES: [&str; 2] = ["sentence_words", "entity_words"];

impl Ledger {
    /// Looks at everything in the ledger.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] and its like; damage is a finding, not an error.
    ///
    /// # Cost
    ///
    /// Every byte is read; about as long as writing took, without the reading of articles.
    pub fn check(&self) -> Result<Checkup, StoreError> {
        let findings = file(&self.connection).map_err(|error| self.failed(error))?;
        if !findings.is_empty() {
            return Ok(Checkup { n_documents: 0, findings });
        }
        let mut checkup = Checkup { n_documents: self.n_documents()?, findings };
        let mut documents = Vec::new();
        let mut find = |c: &Connection, findings: &mut Vec<Finding>| {
            references(c, findings)?;
            versions(c, findings)?;
            let mut all = c.prepare("SELECT document, id FROM documents ORDER BY document")?;
            documents = all
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
            rusqlite::Result::Ok(())
        };
        find(&self.connection, &mut checkup.findings).map_err(|error| self.failed(error))?;
        for (document, id) in documents {
            self.check_document(document, id, &mut checkup.findings)?;
        }
        for index in INDEXES {
            let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
            match self.connection.execute(&sql, []).map_err(|error| self.failed(error)) {
                Ok(_) => {}
                Err(StoreError::Damaged { .. }) => {
                    checkup.findings.push(Finding::Index { index: index.to_owned() });
                }
                Err(other) => return Err(other),
            }
        }
        Ok(checkup)
    }

    /// Makes good what can be made good, in one transaction, and checks again.
    ///
    /// # Errors
    ///
    /// As [`Ledger::check`]; nothing is changed then.
    pub fn repair(&mut self, checkup: &Checkup) -> Result<Checkup, StoreError> {
        let repair = |connection: &mut Connection| {
            let ledger = connection.transaction()?;
            for finding in &checkup.findings {
                match finding {
                    Finding::Index { index } => {
                        ledger.execute(
                            &format!("INSERT INTO {index} ({index}) VALUES ('rebuild')"),
                            [],
                        )?;
                    }
                    Finding::Versions { source } => {
                        ledger.execute(
                            "UPDATE documents SET current = version = (SELECT max(version) FROM documents
                               WHERE source = ?1) WHERE source = ?1",
                            [source],
                        )?;
                    }
                    _ => {}
                }
            }
            ledger.commit()
        };
        repair(&mut self.connection).map_err(|error| self.failed(error))?;
        self.check()
    }

    /// Writes a copy of the ledger as it is at this moment, while others may read and write it.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`] if there is such a file already or it cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<(), StoreError> {
        let path = to.to_owned();
        if to.exists() {
            let error = std::io::ErrorKind::AlreadyExists.into();
            return Err(StoreError::File { path, error });
        }
        let copied = self.connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]);
        copied.map(|_| ()).map_err(|error| crate::ledger::failed(&path, error))
    }

    fn check_document(
        &self,
        document: i64,
        id: String,
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let record = match self.rows_of(document) {
            Ok(record) => record,
            Err(StoreError::Damaged { reason, .. }) => {
                findings.push(Finding::Rows { document: id, said: reason });
                return Ok(());
            }
            Err(other) => return Err(other),
        };
        let it = &record.document;
        if hash::text(&it.text) != it.text_hash || hash::document_id(&it.source, &it.text) != it.id
        {
            findings.push(Finding::Text { document: id.clone() });
        }
        if let Some(said) = misplaced(&record) {
            findings.push(Finding::Rows { document: id.clone(), said });
        }
        match self.record_of(document) {
            Ok(_) => Ok(()),
            Err(StoreError::Damaged { reason, .. }) => {
                findings.push(Finding::Rows { document: id, said: reason });
                Ok(())
            }
            Err(other) => Err(other),
        }
    }
}

/// What SQLite finds in the file.
fn file(ledger: &Connection) -> rusqlite::Result<Vec<Finding>> {
    let check = || {
        let mut check = ledger.prepare("PRAGMA integrity_check(20)")?;
        check.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()
    };
    let said = match check() {
        Ok(said) => said,
        Err(error) => match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => vec![error.to_string()],
            _ => return Err(error),
        },
    };
    // The indexes of words are checked apart, because they can be rebuilt.
    let of_index = |line: &String| INDEXES.iter().any(|index| line.contains(index));
    Ok(said
        .into_iter()
        .filter(|line| line != "ok" && !of_index(line))
        .map(|said| Finding::File { said })
        .collect())
}

fn references(ledger: &Connection, findings: &mut Vec<Finding>) -> rusqlite::Result<()> {
    let mut check = ledger.prepare(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2",
    )?;
    let found = check.query_map([], |row| {
        let count = row.get::<_, i64>(2)?.unsigned_abs();
        Ok(Finding::Reference { table: row.get(0)?, to: row.get(1)?, count })
    })?;
    for finding in found {
        findings.push(finding?);
    }
    Ok(())
}

fn versions(ledger: &Connection, findings: &mut Vec<Finding>) -> rusqlite::Result<()> {
    let mut check = ledger.prepare(
        "SELECT source FROM documents GROUP BY source
         HAVING sum(current) <> 1 OR max(version) <> max(version * current) ORDER BY source",
    )?;
    for source in check.query_map([], |row| row.get(0))? {
        findings.push(Finding::Versions { source: source? });
    }
    Ok(())
}

/// The first span that is not in the text.
fn misplaced(record: &form::Record) -> Option<String> {
    let length = u32::try_from(record.document.text.chars().count()).unwrap_or(u32::MAX);
    let [start, end] = entry::spans(record).find(|[start, end]| start > end || *end > length)?;
    Some(format!("the span [{start}, {end}] is not in its text of {length} characters"))
}
