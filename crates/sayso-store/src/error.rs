//! What can go wrong between a program and its ledger.

use std::io;
use std::path::PathBuf;

/// What kept a ledger from being opened, written or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A folder without a ledger.
    #[error("{}: no ledger", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// A folder or file that cannot be made, opened or written.
    #[error("{}: cannot be opened or written", path.display())]
    File {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// A ledger that may be read and not written.
    #[error("{}: may not be written", path.display())]
    ReadOnly {
        /// The ledger.
        path: PathBuf,
    },
    /// A ledger that a later version of sayso wrote.
    #[error("{}: a ledger of version {found}, and versions up to {known} are known", path.display())]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// A database that some other program made.
    #[error("{}: a database, and no ledger of sayso", path.display())]
    Foreign {
        /// The database.
        path: PathBuf,
    },
    /// A ledger whose file is not what was written.
    #[error("{}: damaged: {reason}", path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// A ledger that somebody else is writing.
    #[error("{}: somebody else is writing", path.display())]
    Busy {
        /// The ledger.
        path: PathBuf,
    },
    /// A disk without room for what was to be written; nothing of it was.
    #[error("{}: the disk is full", path.display())]
    Full {
        /// The ledger.
        path: PathBuf,
    },
    /// A record that is not Record v1.
    #[error("no record: {reason}")]
    Record {
        /// What is wrong with it.
        reason: String,
    },
    /// A search that cannot be understood.
    #[error("no search: {reason} at character {at}")]
    Query {
        /// What is wrong with it.
        reason: String,
        /// Where, in code points from 0.
        at: usize,
    },
    /// SQL that is wrong, or that would change the ledger.
    #[error("no query: {reason}")]
    Sql {
        /// What SQLite says.
        reason: String,
    },
    /// Something else that SQLite says.
    #[error("{}: the ledger failed", path.display())]
    Sqlite {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        #[source]
        error: rusqlite::Error,
    },
}

impl StoreError {
    /// What the user can do about it, as a sentence without a final stop.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing { .. } => "`sayso ingest PATHS… --store DIR` makes one",
            Self::ReadOnly { .. } => {
                "searching works without; to write, get write permission for the folder"
            }
            Self::Newer { .. } => "use the version of sayso that wrote it, or a later one",
            Self::Foreign { .. } => "say --store with another folder",
            Self::Damaged { .. } => {
                "`sayso doctor` says what is left, and `sayso doctor --repair` saves it"
            }
            Self::Busy { .. } => "wait until the other `sayso` is done, and run this again",
            Self::Full { .. } => {
                "make room and run it again: what is stored is kept, and not read again"
            }
            Self::Query { .. } => {
                "words, \"a phrase\", a prefix*, AND, OR, NOT and parentheses; see `sayso search --help`"
            }
            Self::Sql { .. } => "`sayso sql .schema` shows the tables with their columns",
            Self::File { .. } | Self::Record { .. } | Self::Sqlite { .. } => return None,
        })
    }
}
