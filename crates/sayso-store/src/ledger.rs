//! Opening a ledger.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use crate::{FILE, StoreError, schema};

/// How long a short write waits for another to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of the file a program may keep in memory, in KiB; negative is SQLite's way to say so.
const CACHE_KIB: i32 = -65_536;

/// A ledger, opened.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// Held by a program that writes much at a time; the system lets go of it when the program ends,
/// however it ends.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl Ledger {
    /// Opens the ledger in a folder for writing, and makes both where there are none.
    ///
    /// # Errors
    ///
    /// - [`StoreError::File`] if the folder or file cannot be made.
    /// - [`StoreError::Newer`], [`StoreError::Foreign`] or [`StoreError::Damaged`] if the file is
    ///   not a ledger that this version can write.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder)
            .map_err(|error| StoreError::File { path: folder.to_owned(), error })?;
        Self::open_to_write(folder.join(FILE), OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the ledger in a folder for writing.
    ///
    /// # Errors
    ///
    /// As [`Ledger::create`], and [`StoreError::Missing`] if there is none.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_to_write(existing(folder)?, OpenFlags::empty())
    }

    /// Opens the ledger in a folder for reading. It sees each change as soon as that is written,
    /// and never waits for whoever writes.
    ///
    /// A ledger of an older version can be read only once it has been opened for writing.
    ///
    /// # Errors
    ///
    /// As [`Ledger::open`].
    pub fn open_read_only(folder: &Path) -> Result<Self, StoreError> {
        let path = existing(folder)?;
        let ledger = match Self::connect_read_only(&path, false) {
            // A folder that may not be written has no place for the file that readers share; when
            // nobody has it open for writing, none is needed.
            Err(StoreError::File { .. } | StoreError::ReadOnly { .. }) if !has_log(&path) => {
                Self::connect_read_only(&path, true)?
            }
            other => other?,
        };
        let found = ledger.known_version()?;
        if found < schema::newest() {
            return Self::open(folder);
        }
        Ok(ledger)
    }

    /// Takes the lock for writing much at a time.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] if another program has it, [`StoreError::File`] if the folder cannot be
    /// written.
    pub fn lock(&self) -> Result<WriteLock, StoreError> {
        let path = self.path.with_file_name("writer.lock");
        let failed = |error| StoreError::File { path: path.clone(), error };
        let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy { path: self.path.clone() }),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Copies what is in the log into the file, so that the file alone is the whole ledger.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] and its like if the file cannot be written.
    pub fn fold_log(&self) -> Result<(), StoreError> {
        let folded = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        folded.map_err(|error| self.failed(error))
    }

    /// Lets the file grow to so many pages of 4 KiB and no further.
    ///
    /// # Errors
    ///
    /// As [`Ledger::fold_log`].
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        let limited = self.connection.pragma_update(None, "max_page_count", pages);
        limited.map_err(|error| self.failed(error))
    }

    /// The ledger's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn open_to_write(path: PathBuf, flags: OpenFlags) -> Result<Self, StoreError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&path, flags).map_err(|error| failed(&path, error))?;
        let mut ledger = Self { connection, path };
        ledger.prepare().map_err(|error| ledger.failed(error))?;
        if ledger.connection.is_readonly("main").unwrap_or(true) {
            return Err(StoreError::ReadOnly { path: ledger.path });
        }
        let found = ledger.known_version()?;
        let set_up = || {
            // Readers go on while somebody writes; a commit is on the disk when it returns.
            ledger.connection.pragma_update(None, "journal_mode", "wal")?;
            ledger.connection.pragma_update(None, "synchronous", "full")?;
            // References are followed before anything is written, and checked by the doctor.
            ledger.connection.pragma_update(None, "foreign_keys", false)
        };
        set_up().map_err(|error| ledger.failed(error))?;
        schema::migrate(&mut ledger.connection, found)
            .map_err(|error| failed(&ledger.path, error))?;
        Ok(ledger)
    }

    fn connect_read_only(path: &Path, immutable: bool) -> Result<Self, StoreError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if immutable {
            flags |= OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(uri(path), flags)
        } else {
            Connection::open_with_flags(path, flags)
        };
        let connection = connection.map_err(|error| failed(path, error))?;
        let ledger = Self { connection, path: path.to_owned() };
        let begin = || {
            ledger.prepare()?;
            ledger.connection.pragma_update(None, "query_only", true)?;
            schema::version(&ledger.connection)
        };
        begin().map_err(|error| ledger.failed(error))?;
        Ok(ledger)
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.set_prepared_statement_cache_capacity(128);
        self.connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        self.connection.pragma_update(None, "temp_store", "memory")
    }

    /// The ledger's version, if it is a ledger and of a version that is known; 0 if it is empty.
    fn known_version(&self) -> Result<u32, StoreError> {
        let ask = || {
            let c = &self.connection;
            let id: i32 = c.pragma_query_value(None, "application_id", |row| row.get(0))?;
            let tables: u32 =
                c.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
            Ok((id, schema::version(c)?, tables))
        };
        let (id, found, tables) = ask().map_err(|error| self.failed(error))?;
        let path = self.path.clone();
        let known = schema::newest();
        match (id, tables) {
            (0, 0) if found == 0 => Ok(0),
            (schema::APPLICATION_ID, _) if found > known => {
                Err(StoreError::Newer { path, found, known })
            }
            (schema::APPLICATION_ID, 1..) if found > 0 => Ok(found),
            _ => Err(StoreError::Foreign { path }),
        }
    }

    /// What SQLite says, in this crate's terms.
    pub(crate) fn failed(&self, error: rusqlite::Error) -> StoreError {
        failed(&self.path, error)
    }
}

fn existing(folder: &Path) -> Result<PathBuf, StoreError> {
    let path = folder.join(FILE);
    match path.try_exists() {
        Ok(true) => Ok(path),
        Ok(false) => Err(StoreError::Missing { path: folder.to_owned() }),
        Err(error) => Err(StoreError::File { path, error }),
    }
}

/// Whether there is a log with changes that are not in the file yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// A file's name for SQLite to open as one that nobody changes.
fn uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for character in path.to_string_lossy().chars() {
        match character {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            other => uri.push(other),
        }
    }
    uri + "?immutable=1"
}

/// What SQLite says of a file, in this crate's terms.
pub(crate) fn failed(path: &Path, error: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    let Some(said) = error.sqlite_error() else { return StoreError::Sqlite { path, error } };
    let reason = error.to_string();
    match said.code {
        // The file that readers share cannot grow: with other files the system says it is full.
        _ if said.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full { path },
        ErrorCode::DiskFull => StoreError::Full { path },
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy { path },
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            StoreError::Damaged { path, reason }
        }
        ErrorCode::ReadOnly => StoreError::ReadOnly { path },
        ErrorCode::CannotOpen => StoreError::File { path, error: std::io::Error::other(reason) },
        _ => StoreError::Sqlite { path, error },
    }
}
