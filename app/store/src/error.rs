//! What can go wrong, by meaning; no SQLite type leaves the crate.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi;

/// Why a read or a command's statement failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A guard in the schema refused the change.
    #[error("the guard `{name}` refused the change")]
    Constraint {
        /// What sort of guard.
        kind: ConstraintKind,
        /// The CHECK's name, the unique columns (`rma.shop_id, rma.number`) or index, the not-null column, or the text
        /// of a trigger's `RAISE`; empty for a foreign key.
        name: String,
    },
    /// A row holds what the code cannot read.
    #[error("column `{column}` of `{table}` holds something unreadable in row {row}")]
    Inconsistent {
        /// The table, empty when the column is an expression.
        table: String,
        /// The column as the query names it.
        column: String,
        /// The row's `id` when the query returns it, else 0.
        row: i64,
    },
    /// A read ran past its deadline.
    #[error("the read took longer than its deadline")]
    Deadline,
    /// No reader became free in time, or another program holds the file.
    #[error("the database is busy")]
    Busy,
    /// The disk or the allowed size is used up.
    #[error("the disk is full")]
    DiskFull,
    /// The disk or the memory failed.
    #[error("the disk failed: {0}")]
    Io(String),
    /// The file is damaged.
    #[error("the database file is damaged: {0}")]
    Corrupt(String),
    /// A command panicked; the text is its message.
    #[error("a command panicked: {0}")]
    Panicked(String),
    /// The store no longer takes work.
    #[error("the store is shutting down")]
    ShuttingDown,
    /// A text or blob exceeds SQLite's size limit.
    #[error("a value is too large to be stored")]
    TooBig,
    /// A mistake in this program: SQL that does not fit the schema, a parameter too few, a write by a reader.
    #[error("sql: {0}")]
    Sql(String),
}

/// The sort of guard that refused a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// A CHECK constraint.
    Check,
    /// A UNIQUE constraint, unique index or primary key.
    Unique,
    /// A foreign key.
    ForeignKey,
    /// A NOT NULL column.
    NotNull,
    /// `RAISE` in a trigger.
    Trigger,
}

/// Why a data folder cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no database and none was to be made.
    #[error("there is no database in `{}`", .0.display())]
    Missing(PathBuf),
    /// Another process owns the folder.
    #[error("the data folder is in use by another process{}", .pid.map(|pid| format!(" (pid {pid})")).unwrap_or_default())]
    Locked {
        /// Its process id, when it could be read.
        pid: Option<u32>,
    },
    /// The folder is on a file system that cannot keep a database safe.
    #[error("the data folder is on {name}; a database needs a local disk")]
    NetworkFileSystem {
        /// What people call that file system.
        name: &'static str,
    },
    /// The linked SQLite has the WAL-reset bug.
    #[error("SQLite {found} is too old, 3.51.3 is needed")]
    SqliteTooOld {
        /// The linked version.
        found: &'static str,
    },
    /// The file is a database of another program.
    #[error("`{}` was not made by this program", .0.display())]
    NotOurs(PathBuf),
    /// A migration that the file has gone through is not the one this binary carries.
    #[error("migration {version:04} `{name}` differs from the one the file was made with")]
    MigrationChanged {
        /// Its number.
        version: u32,
        /// The name recorded in the file.
        name: String,
    },
    /// A migration could not be applied; the file is as it was before it.
    #[error("migration {version:04} `{name}` failed: {message}")]
    MigrationFailed {
        /// Its number.
        version: u32,
        /// Its name.
        name: String,
        /// What SQLite said.
        message: String,
    },
    /// A newer release has migrated the file.
    #[error("the file is at schema {file}, this binary knows {binary}")]
    NewerThanBinary {
        /// The file's schema version.
        file: u32,
        /// The binary's schema version.
        binary: u32,
    },
    /// The folder or a file in it cannot be used.
    #[error("`{}` cannot be used", .path.display())]
    Folder {
        /// The path.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The database refused.
    #[error("the database cannot be opened")]
    Database(#[source] Error),
}

impl Error {
    /// Whether the disk or the file is at fault, so that the whole batch is rolled back and tried again.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::DiskFull | Self::Io(_) | Self::Corrupt(_))
    }

    pub(crate) fn from_sqlite(error: rusqlite::Error) -> Self {
        let (code, message) = match error {
            rusqlite::Error::SqliteFailure(code, message) => (code, message.unwrap_or_else(|| code.to_string())),
            rusqlite::Error::SqlInputError { error, msg, sql, offset } => {
                return Self::Sql(format!("{msg} at byte {offset} of `{sql}` ({error})"));
            }
            other => return Self::Sql(other.to_string()),
        };
        match code.code {
            ErrorCode::ConstraintViolation => constraint(code.extended_code, message),
            ErrorCode::OperationInterrupted => Self::Deadline,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::OutOfMemory => {
                Self::Io(format!("{message} ({})", code.extended_code))
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Corrupt(message),
            ErrorCode::TooBig => Self::TooBig,
            _ => Self::Sql(message),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::from_sqlite(error)
    }
}

fn constraint(extended_code: i32, message: String) -> Error {
    let kind = match extended_code {
        ffi::SQLITE_CONSTRAINT_CHECK => ConstraintKind::Check,
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            ConstraintKind::Unique
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ConstraintKind::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ConstraintKind::NotNull,
        ffi::SQLITE_CONSTRAINT_TRIGGER => ConstraintKind::Trigger,
        _ => return Error::Sql(message),
    };
    Error::Constraint { kind, name: constraint_name(kind, message) }
}

// SQLite says `CHECK constraint failed: NAME`, `UNIQUE constraint failed: t.a, t.b` or `…: index 'NAME'`.
fn constraint_name(kind: ConstraintKind, message: String) -> String {
    match kind {
        ConstraintKind::Trigger => message,
        ConstraintKind::ForeignKey => String::new(),
        ConstraintKind::Check | ConstraintKind::Unique | ConstraintKind::NotNull => {
            let name = message.split_once(" constraint failed: ").map_or(message.as_str(), |(_, name)| name);
            let index = name.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\''));
            index.unwrap_or(name).to_owned()
        }
    }
}
