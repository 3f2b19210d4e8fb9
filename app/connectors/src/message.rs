//! Messages on their way out: composed for a channel exactly as they leave, then sent.
//!
//! Composing is apart from sending, so that what would go out can be looked at where nothing may leave.

mod answer;
mod email;
mod guard;
mod robot;
mod sender;
mod sign;
mod sms;
mod webhook;

use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
use serde_json::Value;

pub use sender::Sender;
pub use sign::{hmac_base64, hmac_hex};

/// A channel as it is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// What stands at the other end.
    pub kind: ChannelKind,
    /// What it needs to know.
    pub settings: ChannelSettings,
    /// What nobody is shown.
    pub secret: ChannelSecret,
}

/// A message before it is written for a channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letter {
    /// The same however often it is tried.
    pub key: String,
    /// The phone or mail address; a robot and a system need none.
    pub to: Option<String>,
    /// The subject; a title to a robot.
    pub subject: String,
    /// The words.
    pub text: String,
    /// Leads to what it is about.
    pub link: Option<String>,
    /// What the link is called.
    pub link_title: String,
    /// The id of a text that the SMS gateway has approved.
    pub template: String,
    /// Its parameters, name and value.
    pub params: Vec<(String, String)>,
    /// Everything, for other systems.
    pub body: Value,
}

/// A message as it leaves.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A call.
    Call(Call),
    /// A mail.
    Mail(Box<lettre::Message>),
}

/// A call as it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where to, with what the address itself must carry.
    pub url: String,
    /// Name and value.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: String,
}

/// What is known after a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What became of it.
    pub what: What,
    /// Why, as a stable word; empty when it went well.
    pub code: String,
    /// What the other side said, in its words.
    pub detail: String,
    /// How long the whole channel should rest, in ms.
    pub rest_ms: Option<i64>,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Taken.
    Done,
    /// Refused: the same message will be refused again.
    Refused,
    /// It did not happen, but may later.
    Later,
    /// Nobody knows.
    Unknown,
}

impl Told {
    pub(crate) fn new(what: What, code: impl Into<String>, detail: impl AsRef<str>) -> Self {
        Self { what, code: code.into(), detail: crate::web::short(detail.as_ref()), rest_ms: None }
    }
    pub(crate) fn done(id: impl AsRef<str>) -> Self {
        Self::new(What::Done, "", id)
    }
    pub(crate) fn refused(code: impl Into<String>, detail: impl AsRef<str>) -> Self {
        Self::new(What::Refused, code, detail)
    }
    pub(crate) fn later(code: impl Into<String>, detail: impl AsRef<str>) -> Self {
        Self::new(What::Later, code, detail)
    }
    pub(crate) const fn resting(mut self, ms: i64) -> Self {
        self.rest_ms = Some(ms);
        self
    }
}

/// Writes a message for a channel. `now_ms` goes into signatures.
///
/// # Errors
/// Why it cannot be written for this channel at all.
pub fn compose(connection: &Connection, letter: &Letter, now_ms: i64) -> Result<Outgoing, Told> {
    match connection.kind {
        ChannelKind::Email => email::compose(connection, letter).map(|mail| Outgoing::Mail(Box::new(mail))),
        ChannelKind::Sms => sms::compose(connection, letter, now_ms).map(Outgoing::Call),
        ChannelKind::Webhook => Ok(Outgoing::Call(webhook::compose(connection, letter, now_ms))),
        ChannelKind::Dingtalk | ChannelKind::Wecom | ChannelKind::Feishu => {
            Ok(Outgoing::Call(robot::compose(connection, letter, now_ms)))
        }
    }
}

impl Outgoing {
    /// The message as a person may look at it: what is secret is left out.
    #[must_use]
    pub fn shown(&self, secret: &ChannelSecret) -> String {
        let text = match self {
            Self::Call(call) => {
                let headers = call.headers.iter().map(|(name, value)| format!("{name}: {value}\n"));
                format!("POST {}\n{}\n{}", call.url, headers.collect::<String>(), call.body)
            }
            Self::Mail(mail) => String::from_utf8_lossy(&mail.formatted()).replace("\r\n", "\n"),
        };
        let hide = |text: String, what: &str| if what.is_empty() { text } else { text.replace(what, "•••") };
        // An address that is a secret ends in its token.
        let token = secret.address.rsplit(['=', '/']).next().unwrap_or_default().to_owned();
        hide(hide(text, &token), &secret.secret)
    }
}
