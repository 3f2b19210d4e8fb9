//! The rule document.

use std::fmt;

use domain::{EventKind, Text};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::expr::Formula;
use crate::flow::Approver;
use crate::value::Duration;

/// One rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// A disabled rule does nothing.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What happened.
    pub on: EventKind,
    /// Only at this flow node; for the `node.*` and `deadline.*` events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// And only when this holds. Unclear is no: a rule never acts on a guess.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Formula>,
    /// What is done, in order.
    pub then: Vec<Action>,
}

/// One thing a rule does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Sends a message.
    Message(MessageAction),
    /// Gives somebody a to-do.
    Task(TaskAction),
    /// Fills a field of the case's form.
    SetField(SetFieldAction),
    /// Writes a note on the case.
    Note(NoteAction),
    /// Adds and removes tags of the case.
    Tag(TagAction),
}

/// Sends a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageAction {
    /// By which means.
    pub channel: Channel,
    /// To whom.
    pub to: Recipient,
    /// Message template id.
    pub message: String,
    /// How long to wait; the message is dropped when the case ends meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<Duration>,
    /// Whether quiet hours do not hold it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
}

/// A means of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 短信.
    Sms,
    /// 邮件.
    Email,
    /// 站内消息.
    InApp,
    /// A call to another system.
    Webhook,
    /// A group robot of DingTalk, WeCom or Feishu.
    Robot,
}

impl Channel {
    /// The stored text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::InApp => "in_app",
            Self::Webhook => "webhook",
            Self::Robot => "robot",
        }
    }
}

/// Who gets a message. Written `customer`, `assignee`, or like an approver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The customer of the case.
    Customer,
    /// Who has the to-do that it is about, or may take it; without one, whoever works on the case.
    Assignee,
    /// Staff.
    Staff(Approver),
}

/// Gives somebody a to-do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskAction {
    /// What is to be done.
    pub title: Text,
    /// Who.
    pub assignee: Approver,
    /// Until when, from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Duration>,
    /// How long before that the people are warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_before: Option<Duration>,
    /// Done by itself when this flow node is passed; without it somebody ticks it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Fills a field of the case's form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFieldAction {
    /// Field id.
    pub field: String,
    /// With what.
    pub value: Formula,
}

/// Writes a note on the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteAction {
    /// Its text, with placeholders as in messages.
    pub text: Text,
    /// Who reads it.
    #[serde(default)]
    pub audience: Audience,
}

/// Who reads a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Staff only.
    #[default]
    Internal,
    /// The customer too.
    Customer,
}

/// Adds and removes tags of the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TagAction {
    /// Tag codes to add.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<String>,
    /// Tag codes to remove.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
}

impl Action {
    /// The key the document writes it under.
    #[must_use]
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Task(_) => "task",
            Self::SetField(_) => "set_field",
            Self::Note(_) => "note",
            Self::Tag(_) => "tag",
        }
    }
    /// The event that doing it causes, if rules may listen to one.
    #[must_use]
    pub const fn causes(&self) -> Option<EventKind> {
        match self {
            Self::Note(_) => Some(EventKind::NoteWritten),
            Self::Message(_) | Self::Task(_) | Self::SetField(_) | Self::Tag(_) => None,
        }
    }
}

impl Serialize for Recipient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Customer => serializer.serialize_str("customer"),
            Self::Assignee => serializer.serialize_str("assignee"),
            Self::Staff(approver) => approver.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Recipient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecipientVisitor;
        impl<'de> Visitor<'de> for RecipientVisitor {
            type Value = Recipient;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`customer`, `assignee`, or a role, a person and so on")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Recipient, E> {
                match text {
                    "customer" => Ok(Recipient::Customer),
                    "assignee" => Ok(Recipient::Assignee),
                    other => Err(E::unknown_variant(other, &["customer", "assignee"])),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Recipient, A::Error> {
                Approver::deserialize(MapAccessDeserializer::new(map)).map(Recipient::Staff)
            }
        }
        deserializer.deserialize_any(RecipientVisitor)
    }
}

const fn yes() -> bool {
    true
}
