//! Why a verb did not do it: few variants, by meaning; the words are for the reader, in both languages.

use domain::{Diagnostic, Permission, Text};
use serde::Serialize;

use crate::error::Error::{Conflict, Internal};

/// One field's problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's path, such as `lines[0].quantity`.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong with it.
    pub message: Text,
}

/// A refusal with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code, such as `exceeds_ordered`.
    pub code: &'static str,
    /// What is wrong.
    pub message: Text,
    /// What would help.
    pub help: Option<Text>,
    /// Where, if it has places.
    pub fields: Vec<FieldProblem>,
}

impl Refusal {
    /// A refusal without places.
    #[must_use]
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, message: Text::new(zh, en), help: None, fields: Vec::new() }
    }
    /// With what would help.
    #[must_use]
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text::new(zh, en));
        self
    }
    /// With a place.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        let problem = FieldProblem { field: field.into(), code: self.code.to_owned(), message: self.message.clone() };
        self.fields.push(problem);
        self
    }
}

/// Why a verb did not do it. Mapped to HTTP in one `match` in `http`.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know of it.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// Nobody is signed in, or the session or token is over.
    #[error("not signed in")]
    Unauthenticated,
    /// The actor may know of it but not do it.
    #[error("`{0}` is not granted")]
    Forbidden(Permission),
    /// The request itself is wrong: fields and remedies (400/422).
    #[error("invalid: {}", .0.code)]
    Invalid(Box<Refusal>),
    /// A guard of the core or the state of things refuses (409).
    #[error("conflict: {}", .0.code)]
    Conflict(Box<Refusal>),
    /// Too many tries; again after so many milliseconds.
    #[error("too many tries")]
    TooMany {
        /// When to come back.
        retry_after_ms: i64,
    },
    /// The writer's queue is full or the store is closing; again soon.
    #[error("busy")]
    Busy,
    /// A read took too long.
    #[error("deadline")]
    Deadline,
    /// The disk is full: nothing was changed.
    #[error("the disk is full")]
    DiskFull,
    /// A fault of ours; the text is for the log only.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// A wrong request.
    #[must_use]
    pub fn invalid(refusal: Refusal) -> Self {
        Self::Invalid(Box::new(refusal))
    }
    /// What a form refuses, field by field.
    #[must_use]
    pub fn form(problems: Vec<Diagnostic>) -> Self {
        let field =
            |problem: Diagnostic| FieldProblem { field: problem.path, code: problem.code, message: problem.message };
        let mut refusal = Refusal::new("form_refuses", "请修正标出的内容", "correct the marked fields");
        refusal.fields = problems.into_iter().map(field).collect();
        Self::invalid(refusal)
    }
    /// A guard's refusal.
    #[must_use]
    pub fn conflict(refusal: Refusal) -> Self {
        Self::Conflict(Box::new(refusal))
    }
    /// A fault of ours.
    #[must_use]
    pub fn internal(text: impl Into<String>) -> Self {
        Internal(text.into())
    }
    /// The stable code shown to the reader.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden(_) => "forbidden",
            Self::Invalid(refusal) | Conflict(refusal) => refusal.code,
            Self::TooMany { .. } => "too_many",
            Self::Busy => "busy",
            Self::Deadline => "deadline",
            Self::DiskFull => "disk_full",
            Internal(_) => "internal",
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Constraint { name, .. } => crate::guard::refused(&name),
            store::Error::Deadline => Self::Deadline,
            store::Error::Busy | store::Error::ShuttingDown => Self::Busy,
            store::Error::DiskFull => Self::DiskFull,
            other => Internal(other.to_string()),
        }
    }
}
