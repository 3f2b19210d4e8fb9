//! What is wrong with something a person wrote: all problems at once, each with its place and what would help.

use serde::{Deserialize, Serialize};

use crate::Text;

/// Whether a problem blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    /// Blocks.
    Error,
    /// Worth a look.
    Warning,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diagnostic {
    /// Whether it blocks.
    pub severity: Severity,
    /// Stable code such as `unknown_field`.
    pub code: String,
    /// Place: a path such as `flow.blocks[2].when`, or a field id.
    pub path: String,
    /// Line in the text it came from, 1-based, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What is wrong.
    pub message: Text,
    /// What would help, such as a similar name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
}

impl Diagnostic {
    /// A blocking problem.
    #[must_use]
    pub fn error(code: &str, path: impl Into<String>, message: Text) -> Self {
        Self { severity: Severity::Error, code: code.to_owned(), path: path.into(), line: None, message, help: None }
    }
    /// A problem that does not block.
    #[must_use]
    pub fn warning(code: &str, path: impl Into<String>, message: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, message) }
    }
    /// With what would help.
    #[must_use]
    pub fn with_help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }
}

/// Whether any problem blocks.
#[must_use]
pub fn blocks(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
