//! Means by which messages leave: what each kind needs to know, checked in the browser and on the server by this code.

mod check;
mod quiet;

use std::fmt;

use domain::Text;
use serde::{Deserialize, Serialize};

pub use check::{MAX_BODY_BYTES, MAX_TEXT_CHARS, SettingProblem, problems};
pub use quiet::{Quiet, QuietHours, ends_ms};

/// What stands at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A mail server.
    Email,
    /// An SMS gateway.
    Sms,
    /// Another system that hears what rules say.
    Webhook,
    /// 钉钉 group robot.
    Dingtalk,
    /// 企业微信 group robot.
    Wecom,
    /// 飞书 group robot.
    Feishu,
}

impl ChannelKind {
    /// All kinds, in the order they are offered.
    pub const ALL: &'static [Self] =
        &[Self::Email, Self::Sms, Self::Webhook, Self::Dingtalk, Self::Wecom, Self::Feishu];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Webhook => "webhook",
            Self::Dingtalk => "dingtalk",
            Self::Wecom => "wecom",
            Self::Feishu => "feishu",
        }
    }

    /// The kind of a stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// What rules call this means.
    #[must_use]
    pub const fn means(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Webhook => "webhook",
            Self::Dingtalk | Self::Wecom | Self::Feishu => "robot",
        }
    }

    /// Whether it is a group's robot.
    #[must_use]
    pub const fn is_robot(self) -> bool {
        matches!(self, Self::Dingtalk | Self::Wecom | Self::Feishu)
    }

    /// What it is called on screen.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Email => Text::new("邮件", "E-mail"),
            Self::Sms => Text::new("短信", "Text message"),
            Self::Webhook => Text::new("系统回调（Webhook）", "Webhook"),
            Self::Dingtalk => Text::new("钉钉群机器人", "DingTalk robot"),
            Self::Wecom => Text::new("企业微信群机器人", "WeCom robot"),
            Self::Feishu => Text::new("飞书群机器人", "Feishu robot"),
        }
    }

    /// How many a minute the other end bears unless said otherwise; 0 is without limit.
    #[must_use]
    pub const fn usual_per_minute(self) -> u32 {
        match self {
            Self::Email => 60,
            Self::Sms | Self::Webhook => 0,
            Self::Dingtalk | Self::Wecom => 20,
            Self::Feishu => 100,
        }
    }

    /// How many a second the other end bears; 0 is without limit.
    #[must_use]
    pub const fn per_second(self) -> u32 {
        match self {
            Self::Feishu => 5,
            Self::Email | Self::Sms | Self::Webhook | Self::Dingtalk | Self::Wecom => 0,
        }
    }

    /// Whether the other end can tell a message that comes twice by its key: only then is one sent again whose answer
    /// was lost.
    #[must_use]
    pub const fn knows_keys(self) -> bool {
        !self.is_robot()
    }
}

impl fmt::Display for ChannelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How the line to a mail server is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Plain at first, then TLS or nothing: port 587.
    #[default]
    Starttls,
    /// TLS from the first byte: port 465.
    Tls,
    /// No TLS: only a server on this machine or in the own network.
    Plain,
}

/// How a gateway takes its body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyType {
    /// `application/json`.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// How an answer is read where the status alone does not tell: Chinese gateways refuse with HTTP 200.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerRule {
    /// Where the code stands in the answer's JSON, such as `Code` or `SendStatusSet.0.Code`; empty: the status decides.
    pub code_at: String,
    /// Codes that mean taken, with commas.
    pub good: String,
    /// Codes after which it is tried again, with commas; every other code is a refusal.
    pub later: String,
    /// Where the words of a refusal stand.
    pub words_at: String,
    /// Where the gateway's own number stands.
    pub id_at: String,
}

/// What a channel needs to know besides its secret. Fields that its kind does not use are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChannelSettings {
    /// Where a gateway or another system is reached. Of a robot the address is a secret.
    pub url: String,
    /// The mail server's name.
    pub host: String,
    /// Its port; 0 for the usual one.
    pub port: u16,
    /// How the line to it is secured.
    pub security: Security,
    /// Who signs in there; empty when nobody has to.
    pub user: String,
    /// Whom mail is from, such as `退换货 <returns@example.com>`.
    pub from: String,
    /// Where answers to mail go; empty when to `from`.
    pub reply_to: String,
    /// A certificate authority of one's own, PEM; empty for those that the system trusts.
    pub ca_pem: String,
    /// Whether the other end may stand in the own network.
    pub inside: bool,
    /// The gateway's headers, `Name: value` a line, with places as in `body`.
    pub headers: String,
    /// The gateway's body, with places such as `{{to}}` and `{{text}}`.
    pub body: String,
    /// How it is written.
    pub body_type: BodyType,
    /// The registered signature, without brackets.
    pub signature: String,
    /// How the gateway's answer is read.
    pub answer: AnswerRule,
    /// A robot's word that every message must hold.
    pub keyword: String,
    /// For which roles a robot speaks; none for all that have no robot of their own.
    pub roles: Vec<String>,
    /// Most messages a minute; 0 is without limit.
    pub per_minute: u32,
    /// When customers are left alone.
    pub quiet_customer: QuietHours,
    /// When staff are left alone.
    pub quiet_staff: QuietHours,
}

impl ChannelSettings {
    /// What a new channel of a kind begins with: customers are not woken by text messages.
    #[must_use]
    pub fn usual(kind: ChannelKind) -> Self {
        let night = QuietHours { quiet: Quiet::Between, from_minute: 21 * 60, to_minute: 8 * 60 + 30 };
        let sms = kind == ChannelKind::Sms;
        Self {
            per_minute: kind.usual_per_minute(),
            quiet_customer: if sms { night } else { QuietHours::default() },
            body: if sms { USUAL_SMS_BODY.to_owned() } else { String::new() },
            headers: if sms { "Authorization: Bearer {{secret}}".to_owned() } else { String::new() },
            ..Self::default()
        }
    }

    /// The mail server's port: the usual one when none is said.
    #[must_use]
    pub const fn mail_port(&self) -> u16 {
        match (self.port, self.security) {
            (0, Security::Starttls) => 587,
            (0, Security::Tls) => 465,
            (0, Security::Plain) => 25,
            (port, _) => port,
        }
    }
}

/// What a gateway is told unless said otherwise.
pub const USUAL_SMS_BODY: &str = r#"{"to": "{{to}}", "text": "{{text}}", "signature": "{{signature}}", "template": "{{template}}", "params": {{params}}, "key": "{{key}}"}"#;

/// The places a gateway's body and headers may have.
pub const GATEWAY_PLACES: &[&str] =
    &["to", "text", "key", "signature", "template", "params", "params_text", "secret", "timestamp"];

/// What nobody is shown again.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChannelSecret {
    /// The robot's whole address, which holds its token.
    pub address: String,
    /// Password, token, or what signs.
    pub secret: String,
}

impl fmt::Debug for ChannelSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChannelSecret(…)")
    }
}
