//! Questions in SQL, which can change nothing.

use rusqlite::ErrorCode;
use rusqlite::types::ValueRef;

use crate::{Ledger, StoreError};

/// A value in an answer.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of SQLite's types")]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<ValueRef<'_>> for Cell {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            // What other programs wrote need not be UTF-8.
            ValueRef::Text(bytes) => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_owned()),
        }
    }
}

impl Ledger {
    /// Asks one question, and gives each row of the answer, with the columns' names, to `take`.
    ///
    /// The ledger should have been opened for reading only: then nothing can be changed, whatever
    /// the question. What would change something is refused in any case.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sql`] if SQLite does not understand it, if it is several, or if it would change
    /// something; the error of `take`, which ends it.
    pub fn sql<E: From<StoreError>>(
        &self,
        question: &str,
        mut take: impl FnMut(&[String], &[Cell]) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrong = |reason: &str| StoreError::Sql { reason: reason.to_owned() };
        let said = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => wrong("it would change the ledger"),
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::OutOfMemory
                | ErrorCode::SystemIoFailure,
            ) => self.failed(error),
            _ => wrong(&message(&error)),
        };
        let mut statement = self.connection.prepare(question).map_err(said)?;
        if statement.column_count() == 0 && question.trim().is_empty() {
            return Err(wrong("nothing is asked").into());
        }
        if !statement.readonly() {
            return Err(wrong("it would change the ledger, and `sql` only reads").into());
        }
        let columns: Vec<_> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            let cells: Vec<Cell> = (0..columns.len())
                .map(|n| row.get_ref(n).map(Cell::from))
                .collect::<rusqlite::Result<_>>()
                .map_err(said)?;
            take(&columns, &cells)?;
        }
        Ok(())
    }
}

/// What SQLite says, without the error's number.
fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, sql, offset, .. } => {
            let near = usize::try_from(*offset).ok().and_then(|offset| sql.get(offset..));
            let near: String = near.unwrap_or_default().chars().take(20).collect();
            if near.is_empty() { msg.clone() } else { format!("{msg}, at “{near}”") }
        }
        rusqlite::Error::MultipleStatement => "one statement at a time".to_owned(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}
