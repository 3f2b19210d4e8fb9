//! Messages: what left or waits, by which channels, with which texts, and what a message's link opens.

use std::collections::BTreeMap;

use domain::{ChannelId, Diagnostic, EffectId, OutboxId, Permission, RmaId, TaskId, Text, Timestamp};
use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
use engine::template::SmsText;
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const READ: Access = Access::NeedsOne(&[Permission::SystemView, Permission::MasterEdit]);
const CHANGE: Access = Access::Needs(Permission::MasterEdit);
const TEXTS: Access = Access::Needs(Permission::TemplateManage);

/// What left or waits.
pub const LIST: Route =
    Route::get("/api/messages", "list_messages", READ, "Lists messages that left or wait, newest first.");
/// How many wait or failed.
pub const COUNT: Route = Route::get(
    "/api/message-counts",
    "count_messages",
    READ,
    "Counts messages that wait, were refused, are unknown or given up, each to 1,000.",
);
/// One message.
pub const GET: Route =
    Route::get("/api/messages/{id}", "get_message", READ, "Reads a message with every try, its reason and remedy.");
/// Sends one again.
pub const RETRY: Route = Route::post(
    "/api/messages/{id}/retry",
    "retry_message",
    CHANGE,
    "Sends a message again that waits, was refused, is unknown or given up, under the same key.",
);
/// Gives one up.
pub const CANCEL: Route = Route::post(
    "/api/messages/{id}/cancellation",
    "cancel_message",
    CHANGE,
    "Gives a message up: it is not tried again.",
);
/// Sends again what was given up.
pub const RETRY_ALL: Route = Route::post(
    "/api/message-retries",
    "retry_messages",
    CHANGE,
    "Sends all messages of a channel again that were refused or given up, 500 at most.",
);
/// What was caught.
pub const CAUGHT: Route = Route::get(
    "/api/caught-messages",
    "list_caught_messages",
    CHANGE,
    "Lists what would have gone out where messages are caught, for development.",
);
/// The channels.
pub const CHANNELS: Route = Route::get("/api/channels", "list_channels", READ, "Lists channels without their secrets.");
/// Sets one up.
pub const ADD_CHANNEL: Route = Route::post("/api/channels", "add_channel", CHANGE, "Sets a channel up.");
/// Changes one.
pub const SAVE_CHANNEL: Route =
    Route::put("/api/channels/{id}", "save_channel", CHANGE, "Changes a channel; an empty secret keeps what stands.");
/// Tries one.
pub const TRY_CHANNEL: Route = Route::post(
    "/api/channels/{id}/trials",
    "try_channel",
    CHANGE,
    "Sends a message to try a channel; its outcome is read at the message.",
);
/// What holds for all messages.
pub const SETTINGS: Route =
    Route::get("/api/message-settings", "get_message_settings", READ, "Reads what holds for all messages.");
/// Sets it.
pub const SAVE_SETTINGS: Route = Route::put(
    "/api/message-settings",
    "save_message_settings",
    CHANGE,
    "Says where staff open the desk, for links in messages.",
);
/// The texts.
pub const TEXT_LIST: Route = Route::get(
    "/api/message-texts",
    "list_message_texts",
    TEXTS,
    "Lists the texts of messages, who sends them and what may stand in their places.",
);
/// Tries a text.
pub const PREVIEW: Route = Route::post(
    "/api/message-texts/preview",
    "preview_message_text",
    TEXTS,
    "Fills a text as a real case would, in both languages, and counts its text messages.",
);
/// Saves a text.
pub const SAVE_TEXT: Route = Route::put(
    "/api/message-texts/{id}",
    "save_message_text",
    TEXTS,
    "Saves a text as a new release; running cases keep theirs.",
);
/// What a message's link opens.
pub const TASK: Route = Route::get(
    "/api/tasks/{id}",
    "get_task",
    Access::SignedIn,
    "Reads a to-do: its case, and by whom it was done when it is done.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[
    LIST,
    COUNT,
    GET,
    RETRY,
    CANCEL,
    RETRY_ALL,
    CAUGHT,
    CHANNELS,
    ADD_CHANNEL,
    SAVE_CHANNEL,
    TRY_CHANNEL,
    SETTINGS,
    SAVE_SETTINGS,
    TEXT_LIST,
    PREVIEW,
    SAVE_TEXT,
    TASK,
];

/// Which messages; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct MessageQuery {
    /// pending, sent, failed, unknown, dead or cancelled.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// sms, email, webhook or robot.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub means: String,
    /// Only of the case of this number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub case: String,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A message in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageView {
    /// Its id.
    pub id: OutboxId,
    /// sms, email, webhook or robot.
    pub means: String,
    /// The name of the channel it went by last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// customer, staff, system or trial.
    pub audience: String,
    /// pending, sent, failed, unknown, dead or cancelled.
    pub state: String,
    /// What it waits for: quiet, rate, rest, no_channel; empty for nothing.
    pub held: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
    /// Its case, for whoever may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The phone or address it reaches, masked as the reader's role says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// The person it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The role it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Text>,
    /// The subject, for whoever may see the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Text>,
    /// The words, for whoever may see the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The text it was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptView {
    /// Its id.
    pub id: EffectId,
    /// Which try.
    pub attempt: u32,
    /// ok, failed or unknown.
    pub outcome: String,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in ms.
    pub took_ms: i64,
    /// Why, as a stable word; empty when it went well.
    pub code: String,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// What would help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Text>,
    /// What the other side said.
    pub detail: String,
}

/// A message with its tries, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageDetail {
    /// The message.
    pub message: MessageView,
    /// Its tries.
    pub attempts: Vec<AttemptView>,
}

/// How many messages wait or failed, each counted to 1,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageCounts {
    /// Waiting.
    pub pending: u32,
    /// Refused.
    pub failed: u32,
    /// Nobody knows.
    pub unknown: u32,
    /// Given up.
    pub dead: u32,
}

/// Which messages are sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RetryAllRequest {
    /// By one means: email, sms, webhook or a robot's kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ChannelKind,
    /// Only by this channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetriedView {
    /// Messages that wait again.
    pub count: u32,
}

/// What would have gone out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaughtView {
    /// Its id.
    pub id: EffectId,
    /// Which message.
    pub message: OutboxId,
    /// What would have been at the other end.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ChannelKind,
    /// Whom it would have reached.
    pub receiver: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// As it would have left, secrets taken out.
    pub raw: String,
    /// When.
    pub at: Timestamp,
}

/// A channel without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelView {
    /// Its id.
    pub id: ChannelId,
    /// email, sms, webhook, dingtalk, wecom or feishu.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Whether anything leaves by it.
    pub active: bool,
    /// What it needs to know.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub settings: ChannelSettings,
    /// Whether a secret is kept.
    pub has_secret: bool,
    /// Nothing leaves before this, when it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rests_until: Option<Timestamp>,
    /// When something was taken last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_ok_at: Option<Timestamp>,
    /// When something was not taken last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_failed_at: Option<Timestamp>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_reason: Option<Text>,
    /// What would help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_remedy: Option<Text>,
    /// What the other side said.
    pub last_detail: String,
    /// Row version.
    pub version: i64,
}

/// A channel as it is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChannelRequest {
    /// The version that was changed, 0 for a new one.
    pub version: i64,
    /// email, sms, webhook, dingtalk, wecom or feishu; fixed once it is set up.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Whether anything leaves by it.
    pub active: bool,
    /// What it needs to know.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub settings: ChannelSettings,
    /// Its secret; empty keeps what stands.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub secret: ChannelSecret,
}

/// Whom a trial goes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TrialRequest {
    /// The phone or mail address; empty for robots and systems.
    pub to: String,
    /// The number of an approved text, for gateways that send nothing else.
    pub template: String,
}

/// Where a trial's outcome is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialView {
    /// The message.
    pub message: OutboxId,
}

/// What holds for all messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageSettings {
    /// Where staff open the desk, such as `https://desk.example.com`; without it messages hold no link.
    pub desk_url: String,
    /// Whether this server catches messages instead of sending them; not set here.
    #[serde(default)]
    pub catching: bool,
}

/// A text and who sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTextView {
    /// Its id in the template.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The subject of a mail, the title to a robot.
    pub subject: Text,
    /// The words.
    pub text: Text,
    /// The approved text of an SMS gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub sms: Option<SmsText>,
    /// The rules that send it.
    pub rules: Vec<TextRule>,
}

/// A rule that sends a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextRule {
    /// Its name.
    pub title: Text,
    /// By which means.
    pub means: String,
    /// Whether to the customer.
    pub to_customer: bool,
    /// Whether it is switched on.
    pub enabled: bool,
}

/// A name that may stand in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceName {
    /// As it is written.
    pub name: String,
    /// What it says.
    pub help: Text,
}

/// All texts and what may stand in their places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTexts {
    /// The texts.
    pub texts: Vec<MessageTextView>,
    /// The names.
    pub names: Vec<PlaceName>,
}

/// A text as it is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TextRequest {
    /// The subject.
    pub subject: Text,
    /// The words.
    pub text: Text,
    /// The approved text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub sms: Option<SmsText>,
    /// The number of the case it is tried against; empty for the newest.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub case: String,
}

/// A text as a real case fills it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextPreview {
    /// What is wrong with it; nothing is filled then.
    pub problems: Vec<Diagnostic>,
    /// The number of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The subject.
    pub subject: Text,
    /// The words.
    pub text: Text,
    /// The parameters of the approved text.
    pub params: BTreeMap<String, Text>,
    /// What the Chinese words cost as text messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<SmsCost>,
    /// What the English words cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<SmsCost>,
}

/// What words cost as text messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SmsCost {
    /// Letters.
    pub units: usize,
    /// Letters a message holds.
    pub room: usize,
    /// Messages.
    pub parts: usize,
}

/// What a message's link opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// What to do.
    pub title: Text,
    /// open, done or cancelled.
    pub state: String,
    /// Its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// The case's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_by: Option<String>,
}
