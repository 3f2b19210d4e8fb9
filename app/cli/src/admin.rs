//! Commands that change or look at a data folder: done by the running server through its socket, or right here when
//! none runs. Both ways run the same `perform`.

mod client;
mod frame;
mod listener;

use std::path::PathBuf;
use std::sync::Arc;

use domain::Lang;
use operations::{App, Call, Error};
use serde::{Deserialize, Serialize};

use crate::backup::Progress;
use crate::commands::{backup, doctor, import, serve, template, token, user};
use crate::config::Config;
use crate::fault::{Fault, Outcome};
use crate::folder::{self, IfMissing};
use crate::output;

pub(crate) use listener::{Listener, SOCKET_FILE};

/// A command as data: what clap read, and what only the caller could read (a password from standard input).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// What to do.
    pub(crate) verb: Verb,
}

/// What to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Verb {
    /// `user …`
    User(user::Verb),
    /// `token …`
    Token(token::Verb),
    /// `doctor …`
    Doctor(doctor::Doctor),
    /// `import …`
    Import(import::Verb),
    /// `backup …`
    Backup(backup::Verb),
    /// `template …`
    Template(template::Verb),
}

/// Where a command is done.
pub(crate) struct Place {
    pub(crate) app: App,
    pub(crate) dir: PathBuf,
    pub(crate) lang: Lang,
    /// The certificate that the server shows, if it speaks TLS.
    pub(crate) certificate: Option<PathBuf>,
    /// Whether a server runs on the folder.
    pub(crate) served: bool,
    /// Hears how far a long command is.
    pub(crate) progress: Arc<dyn Fn(&Progress) + Send + Sync>,
}

/// What the running server says on the socket: how far it is any number of times, then how it ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Reply {
    /// How far it is.
    Progress(Progress),
    /// How it ended.
    Done(Outcome),
}

impl Place {
    /// A call by the program itself that somebody waits for.
    pub(crate) fn call(verb: &'static str) -> Call {
        Call { lane: store::Lane::Interactive, ..Call::system(verb) }
    }

    /// A verb's refusal in the caller's language.
    pub(crate) fn fault(&self, error: &Error) -> Fault {
        Fault::of(error, self.lang)
    }
}

/// Does a request on the folder, by the running server or right here.
pub(crate) fn execute(config: &Config, if_missing: IfMissing, request: &Request) -> Outcome {
    let dir = config.data()?;
    if let Some(outcome) = client::send(dir, request)? {
        return match &request.verb {
            Verb::Backup(verb) => outcome.and_then(|output| backup::receive(verb, output)),
            _ => outcome,
        };
    }
    let app = folder::open(dir, if_missing, request.lang)?;
    let progress = Arc::new(output::Meter::new());
    let heard = Arc::clone(&progress);
    let place = Place {
        app: app.clone(),
        dir: dir.to_owned(),
        lang: request.lang,
        certificate: serve::configured(config)?.map(|source| source.files().0),
        served: false,
        progress: Arc::new(move |step| heard.show(step)),
    };
    let outcome = perform(&place, &request.verb);
    drop(place);
    progress.end();
    folder::close(app);
    outcome
}

/// Does a request where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    match verb {
        Verb::User(verb) => user::perform(place, verb),
        Verb::Token(verb) => token::perform(place, verb),
        Verb::Doctor(verb) => doctor::perform(place, verb),
        Verb::Import(verb) => import::perform(place, verb),
        Verb::Backup(verb) => backup::perform(place, verb),
        Verb::Template(verb) => template::perform(place, verb),
    }
}
