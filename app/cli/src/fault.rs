//! Why a command was not done, with the exit code that scripts rely on.

use std::io::Write as _;
use std::process::ExitCode;

use domain::{Lang, Text};
use operations::Error;
use operations::error::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::OpenError;

/// Exit codes. Their numbers never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Exit {
    /// Something went wrong.
    Failed = 1,
    /// Wrong usage or configuration; clap uses the same number.
    Usage = 2,
    /// A guard or the state of things refuses.
    Refused = 3,
    /// There is no such thing.
    NotFound = 4,
    /// The data folder is in use, missing, newer than the binary, or on an unsafe disk.
    Folder = 5,
    /// Doctor found something to repair.
    Unhealthy = 6,
}

/// Why a command was not done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Fault {
    pub(crate) exit: Exit,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Places: field and message.
    pub(crate) fields: Vec<(String, String)>,
}

/// What every command returns.
pub(crate) type Outcome = Result<crate::output::Output, Fault>;

impl Fault {
    pub(crate) fn new(exit: Exit, code: &str, message: impl Into<String>) -> Self {
        Self { exit, code: code.to_owned(), message: message.into(), help: None, fields: Vec::new() }
    }

    /// Wrong usage or configuration.
    pub(crate) fn usage(code: &str, message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, code, message)
    }

    /// A failure of the machine.
    pub(crate) fn io(doing: &str, error: &std::io::Error) -> Self {
        Self::new(Exit::Failed, "io", format!("{doing}: {error}"))
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A verb's refusal in the reader's language.
    pub(crate) fn of(error: &Error, lang: Lang) -> Self {
        let exit = match error {
            Error::NotFound(_) => Exit::NotFound,
            Error::Invalid(_) | Error::Conflict(_) | Error::Forbidden(_) | Error::Unauthenticated => Exit::Refused,
            _ => Exit::Failed,
        };
        let refusal = match error {
            Error::Invalid(refusal) | Error::Conflict(refusal) => (**refusal).clone(),
            other => words(other),
        };
        let text = |text: &Text| text.get(lang).to_owned();
        Self {
            exit,
            code: error.code().to_owned(),
            message: text(&refusal.message),
            help: refusal.help.as_ref().map(text),
            fields: refusal.fields.iter().map(|place| (place.field.clone(), text(&place.message))).collect(),
        }
    }

    /// Writes the fault to standard error, or as JSON to standard output.
    pub(crate) fn print(&self, json: bool) -> ExitCode {
        if json {
            let fields: Vec<_> =
                self.fields.iter().map(|(field, message)| json!({ "field": field, "message": message })).collect();
            let body = json!({ "error": {
                "code": self.code, "message": self.message, "help": self.help, "fields": fields,
            } });
            // Nothing is left to tell it to.
            let _ = crate::output::write_out(&body.to_string());
        } else {
            let mut text = format!("returndesk: {}\n", self.message);
            for (field, message) in self.fields.iter().filter(|(_, message)| *message != self.message) {
                text.push_str(&format!("  {field}: {message}\n"));
            }
            if let Some(help) = &self.help {
                text.push_str(&format!("  {help}\n"));
            }
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
        ExitCode::from(self.exit as u8)
    }
}

impl From<OpenError> for Fault {
    fn from(error: OpenError) -> Self {
        let (code, help) = match &error {
            OpenError::Missing(_) => ("folder_missing", Some("make one with `returndesk init --data DIR`")),
            OpenError::Locked { .. } => ("folder_locked", Some("a running server takes commands through its socket")),
            OpenError::NetworkFileSystem { .. } => ("folder_on_network", Some("use a folder on a local disk")),
            OpenError::NewerThanBinary { .. } => {
                ("folder_newer", Some("use the release that wrote it, or a newer one"))
            }
            OpenError::MigrationChanged { .. } => ("folder_of_other_build", None),
            OpenError::MigrationFailed { .. } => ("migration_failed", None),
            OpenError::NotOurs(_) => ("folder_not_ours", None),
            OpenError::SqliteTooOld { .. } => ("sqlite_too_old", None),
            OpenError::Folder { .. } | OpenError::Database(_) => ("folder_unusable", None),
        };
        let mut message = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            message = format!("{message}: {cause}");
            source = cause.source();
        }
        Self { help: help.map(str::to_owned), ..Self::new(Exit::Folder, code, message) }
    }
}

/// The words of refusals that carry none.
fn words(error: &Error) -> Refusal {
    match error {
        Error::NotFound(what) => {
            Refusal::new("not_found", format!("没有找到（{what}）"), format!("there is no such {what}"))
        }
        Error::Forbidden(permission) => {
            Refusal::new("forbidden", format!("没有权限 {permission}"), format!("`{permission}` is not granted"))
        }
        Error::Unauthenticated => Refusal::new("unauthenticated", "未登录", "not signed in"),
        Error::Busy => Refusal::new("busy", "系统繁忙，请稍后重试", "the server is busy; try again shortly"),
        Error::DiskFull => Refusal::new("disk_full", "磁盘已满，没有任何改动", "the disk is full; nothing was changed"),
        other => Refusal::new("internal", format!("内部错误：{other}"), format!("an internal error: {other}")),
    }
}
