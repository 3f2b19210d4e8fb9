//! The configuration: a TOML file, then the environment (`RETURNDESK_…`), then flags. Unknown names are refused.

use std::env;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use engine::similar::closest;
use serde::Deserialize;
use toml::{Table, Value};

use crate::args::Global;
use crate::fault::Fault;

/// Read when it exists and no other file is named.
const DEFAULT_FILE: &str = "/etc/returndesk/returndesk.toml";
const PREFIX: &str = "RETURNDESK_";

/// What a name holds, for texts from the environment.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Switch,
    Number,
}

/// Every name there is.
const NAMES: &[(&str, Holds)] = &[
    ("data", Holds::Text),
    ("listen", Holds::Text),
    ("workers", Holds::Number),
    ("behind_proxy", Holds::Switch),
    ("tls_cert", Holds::Text),
    ("tls_key", Holds::Text),
    ("portal_listen", Holds::Text),
    ("portal_on_main", Holds::Switch),
    ("tls_names", Holds::Text),
    ("plain_listen", Holds::Text),
    ("backup_folder", Holds::Text),
    ("backup_at", Holds::Text),
    ("backup_keep", Holds::Number),
    ("backup_recipients", Holds::Text),
    ("backup_passphrase", Holds::Text),
    ("payments_url", Holds::Text),
    ("payments_token", Holds::Text),
    ("catch_messages", Holds::Switch),
    ("log", Holds::Text),
    ("log_format", Holds::Text),
];

/// The configuration after file and environment; flags come last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The data folder.
    pub(crate) data: Option<PathBuf>,
    /// Where the server listens.
    pub(crate) listen: Option<SocketAddr>,
    /// Threads that answer; one per processor otherwise.
    pub(crate) workers: Option<usize>,
    /// Whether a trusted proxy stands in front.
    pub(crate) behind_proxy: Option<bool>,
    /// The certificate chain, PEM.
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key, PEM.
    pub(crate) tls_key: Option<PathBuf>,
    /// Where the customers' portal alone is served besides.
    pub(crate) portal_listen: Option<SocketAddr>,
    /// Whether the portal is served at `listen` too.
    pub(crate) portal_on_main: Option<bool>,
    /// What browsers call this server, with commas: its certificate comes from the folder's own authority.
    pub(crate) tls_names: Option<String>,
    /// Where plain HTTP shows how to trust the authority and sends to HTTPS.
    pub(crate) plain_listen: Option<SocketAddr>,
    /// Where backups are written on schedule.
    pub(crate) backup_folder: Option<PathBuf>,
    /// When, by the machine's clock: `03:10`.
    pub(crate) backup_at: Option<String>,
    /// How many are kept.
    pub(crate) backup_keep: Option<usize>,
    /// Whose keys open them, with commas.
    pub(crate) backup_recipients: Option<String>,
    /// The passphrase that opens them.
    pub(crate) backup_passphrase: Option<String>,
    /// Where the payment gateway takes refunds.
    pub(crate) payments_url: Option<String>,
    /// Its bearer token.
    pub(crate) payments_token: Option<String>,
    /// Whether messages are caught instead of being sent.
    pub(crate) catch_messages: Option<bool>,
    /// What is logged.
    pub(crate) log: Option<String>,
    /// Lines or JSON.
    pub(crate) log_format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads file, environment and the flags that all commands take.
    pub(crate) fn load(global: &Global) -> Result<Self, Fault> {
        let variables: Vec<(String, String)> = env::vars().filter(|(name, _)| name.starts_with(PREFIX)).collect();
        let named = global.config.clone().or_else(|| {
            let variable = variables.iter().find(|(name, _)| name == "RETURNDESK_CONFIG");
            variable.map(|(_, path)| PathBuf::from(path))
        });
        let text = match &named {
            Some(path) => Some(read(path)?),
            None => fs::read_to_string(DEFAULT_FILE).ok(),
        };
        let place = named.as_deref().unwrap_or(Path::new(DEFAULT_FILE)).display().to_string();
        let mut config = merged(text.as_deref(), &place, &variables)?;
        config.data = global.data.clone().or(config.data);
        config.log = global.log.clone().or(config.log);
        Ok(config)
    }

    /// The data folder, which every command but a few needs.
    pub(crate) fn data(&self) -> Result<&Path, Fault> {
        self.data.as_deref().ok_or_else(|| {
            Fault::usage("no_data_folder", "which data folder?")
                .help("name it with --data DIR, RETURNDESK_DATA or `data` in the configuration file")
        })
    }
}

fn read(path: &Path) -> Result<String, Fault> {
    fs::read_to_string(path)
        .map_err(|error| Fault::usage("config_unreadable", format!("`{}` cannot be read: {error}", path.display())))
}

fn merged(text: Option<&str>, place: &str, variables: &[(String, String)]) -> Result<Config, Fault> {
    let mut table: Table = match text {
        Some(text) => {
            text.parse().map_err(|error| Fault::usage("config_malformed", format!("in `{place}`: {error}")))?
        }
        None => Table::new(),
    };
    let names = || NAMES.iter().map(|(name, _)| *name);
    for name in table.keys() {
        if !names().any(|known| known == name) {
            return Err(unknown(name, place, closest(name, names())));
        }
    }
    for (variable, value) in variables {
        let name = variable.trim_start_matches(PREFIX).to_ascii_lowercase();
        if name == "config" {
            continue;
        }
        let Some((_, holds)) = NAMES.iter().find(|(known, _)| *known == name) else {
            let near = closest(&name, names()).map(|near| format!("{PREFIX}{}", near.to_ascii_uppercase()));
            return Err(unknown(variable, "the environment", near.as_deref()));
        };
        table.insert(name, from_text(variable, value, *holds)?);
    }
    table.try_into().map_err(|error: toml::de::Error| {
        let message = error.message().trim_end().to_owned();
        Fault::usage("config_malformed", format!("in the configuration (`{place}` and the environment): {message}"))
    })
}

fn from_text(variable: &str, value: &str, holds: Holds) -> Result<Value, Fault> {
    let wrong = |wanted: &str| Fault::usage("config_malformed", format!("{variable}: `{value}` is not {wanted}"));
    match holds {
        Holds::Text => Ok(Value::String(value.to_owned())),
        Holds::Number => value.parse().map(Value::Integer).map_err(|_| wrong("a number")),
        Holds::Switch => match value {
            "true" | "1" | "yes" => Ok(Value::Boolean(true)),
            "false" | "0" | "no" | "" => Ok(Value::Boolean(false)),
            _ => Err(wrong("true or false")),
        },
    }
}

fn unknown(name: &str, place: &str, near: Option<&str>) -> Fault {
    let fault = Fault::usage("config_unknown", format!("in {place}: there is no setting `{name}`"));
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => {
            let known: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
            fault.help(format!("known settings: {}", known.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[track_caller]
    fn refused(text: &str, variables: &[(String, String)], code: &str, help: Option<&str>) {
        let fault = merged(Some(text), "file", variables).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.help.as_deref()), (code, help), "{}", fault.message);
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let text = "listen = \"127.0.0.1:1\"\nworkers = 3\nlog_format = \"json\"";
        let over = [variable("RETURNDESK_LISTEN", "[::1]:2"), variable("RETURNDESK_BEHIND_PROXY", "yes")];
        let config = merged(Some(text), "file", &over).unwrap();
        assert_eq!(config.listen, Some("[::1]:2".parse().unwrap()));
        assert_eq!((config.workers, config.behind_proxy), (Some(3), Some(true)));
        assert_eq!(config.log_format, Some(LogFormat::Json));
        assert_eq!(merged(None, "file", &[]).unwrap(), Config::default());
    }

    #[test]
    fn every_name_is_explained() {
        let page = include_str!("../../docs/configuration.md");
        for (name, _) in NAMES {
            assert!(page.contains(&format!("| `{name}` |")), "`{name}` is missing from app/docs/configuration.md");
        }
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest() {
        refused("lisen = \"x\"", &[], "config_unknown", Some("did you mean `listen`?"));
        let misspelt = [variable("RETURNDESK_DATTA", "x")];
        refused("", &misspelt, "config_unknown", Some("did you mean `RETURNDESK_DATA`?"));
        refused("payment_url = \"x\"", &[], "config_unknown", Some("did you mean `payments_url`?"));
    }

    #[test]
    fn wrong_values_are_refused() {
        refused("listen = \"here\"", &[], "config_malformed", None);
        refused("listen = ", &[], "config_malformed", None);
        refused("", &[variable("RETURNDESK_WORKERS", "two")], "config_malformed", None);
        refused("", &[variable("RETURNDESK_BEHIND_PROXY", "perhaps")], "config_malformed", None);
        refused("log_format = \"xml\"", &[], "config_malformed", None);
    }
}
