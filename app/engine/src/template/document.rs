//! The template document: settings, people's roles, master data and every definition of the returns application.

use std::collections::BTreeMap;

use domain::canned::CannedUse;
use domain::state::{Bearer, DispositionKind};
use domain::{Currency, LineKind, Money, Permission, Text};
use serde::{Deserialize, Serialize};

use super::money_text;
use crate::calendar::Calendar;
use crate::flow::Flow;
use crate::form::Form;
use crate::policy::Policy;
use crate::report::{Board, MeanLine};
use crate::rule::Rule;
use crate::value::Duration;

/// The format of the text; a newer one is refused by name.
pub const FORMAT: u32 = 1;

/// Every document of the returns application. One release of it is what a case pins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// `FORMAT`.
    pub format: u32,
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Limits and habits of the business.
    pub settings: Settings,
    /// Which documents a case runs on.
    pub case: CaseDocuments,
    /// Roles: named sets of permissions.
    pub roles: Vec<Role>,
    /// The reason tree, two levels.
    pub reasons: Vec<Reason>,
    /// Grades of inspected goods.
    pub grades: Vec<Grade>,
    /// What an inspector looks at, by category.
    pub checklists: Vec<Checklist>,
    /// Ready texts for whoever answers a customer or says why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub canned_answers: Vec<CannedAnswer>,
    /// Forms.
    pub forms: Vec<Form>,
    /// Flows.
    pub flows: Vec<Flow>,
    /// Policies.
    pub policies: Vec<Policy>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Boards.
    pub boards: Vec<Board>,
    /// Message templates.
    pub messages: Vec<Message>,
    /// Print templates.
    pub prints: Vec<Print>,
}

/// Limits and habits of the business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The currency of budgets and limits.
    pub base_currency: Currency,
    /// What case numbers begin with: `RT` gives `RT-2041`.
    pub number_prefix: String,
    /// From this amount on, who approves a settlement did not key it.
    #[serde(with = "money_text")]
    pub four_eyes_limit: Money,
    /// What may be given without goods.
    pub compensation: Compensation,
    /// How long people stay signed in.
    pub sessions: Sessions,
    /// What customers and staff may attach.
    pub uploads: Uploads,
    /// Messages wait this long, so that a decision can be taken back without one.
    pub undo_seconds: u32,
    /// Working time of the merchant; shops may have their own.
    pub calendar: Calendar,
    /// Deadlines beside the steps of the flow, and lines that means must not pass.
    #[serde(default, skip_serializing_if = "Clocks::is_empty")]
    pub clocks: Clocks,
}

/// Deadlines beside the steps of the flow, and lines that means must not pass.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clocks {
    /// From signing a parcel of a case to opening it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parcel: Option<Clock>,
    /// From approving a settlement to paying it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Clock>,
    /// Means that are watched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<MeanLine>,
}

/// A deadline with its warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// How long it may take.
    pub deadline: Duration,
    /// How long before that somebody is warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_before: Option<Duration>,
}

impl Clocks {
    /// Whether nothing is watched.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.parcel.is_none() && self.settlement.is_none() && self.lines.is_empty()
    }
}

/// What may be given without goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compensation {
    /// Most a case.
    #[serde(with = "money_text")]
    pub per_case: Money,
    /// Most a shop and month.
    #[serde(with = "money_text")]
    pub per_month: Money,
}

/// How long people stay signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// Without doing anything.
    pub idle: Duration,
    /// At the longest.
    pub longest: Duration,
    /// How long a customer's link works.
    pub portal_link: Duration,
    /// Without doing anything, for who signed in at a station by badge and PIN; four hours when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Duration>,
}

/// What customers and staff may attach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uploads {
    /// Files a case.
    pub max_files: u32,
    /// Megabytes a file.
    pub max_megabytes: u32,
    /// Megabytes a case, of the customer's files and of the staff's each.
    #[serde(default = "usual_case_megabytes")]
    pub max_case_megabytes: u32,
    /// Media types, as sniffed from the bytes.
    pub types: Vec<String>,
}

/// What a template that was written before there was this limit means.
const fn usual_case_megabytes() -> u32 {
    300
}

/// Which documents a case runs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseDocuments {
    /// Form id.
    pub form: String,
    /// Flow id.
    pub flow: String,
    /// Policy id.
    pub policy: String,
}

/// A named set of permissions. Which shops and warehouses it reaches is set person by person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// Fields it does not see, as `entity.field`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub masks: BTreeMap<String, Mask>,
    /// The role of the first person, who creates the others. Exactly one role has it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bootstrap: bool,
}

/// How a field is kept from a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    /// Shown in part; whole with `contact.reveal`, which is logged.
    Masked,
    /// Not there at all.
    Hidden,
}

/// Why something comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Stable id, the code in the database.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Kinds it can be given for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<LineKind>,
    /// Whether photos are needed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub evidence: bool,
    /// Who pays the way back.
    #[serde(default = "customer")]
    pub fee_payer: Bearer,
    /// Who is to blame until an inspection says otherwise.
    #[serde(default = "customer")]
    pub liability: Bearer,
    /// What platforms call it: platform → their codes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub platforms: BTreeMap<String, Vec<String>>,
    /// The second level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Reason>,
}

/// How good inspected goods are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Stable id, the code in the database.
    pub id: String,
    /// Name.
    pub title: Text,
    /// How much of the paid share is refunded, 0 to 100.
    pub money_percent: u8,
    /// Whether the goods count as accepted.
    pub accepted: bool,
    /// Where they go unless the inspector says otherwise.
    pub disposition: DispositionKind,
}

/// A ready text. It is brought once: what a merchant has made of it since stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CannedAnswer {
    /// Stable id, the code in the database.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// The words; `{case}` and the like are filled from the case.
    pub text: Text,
    /// What it is picked for.
    #[serde(rename = "for")]
    pub uses: Vec<CannedUse>,
}

/// What an inspector looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Product categories; empty for the one list that serves the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// In order.
    pub items: Vec<ChecklistItem>,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Stable id within the list.
    pub id: String,
    /// The question.
    pub title: Text,
    /// How it is answered.
    pub answer: Answer,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The answers to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChecklistOption>,
    /// What a faultless unit answers: `yes`, `no` or an option. A grade that keeps all the money implies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clean: Option<String>,
    /// Answers that need a photo: `yes`, `no` or options.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photo_when: Vec<String>,
}

/// How a checklist item is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes or no.
    YesNo,
    /// One of the options.
    Choice,
    /// A number.
    Number,
    /// Words.
    Text,
    /// A photo.
    Photo,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistOption {
    /// Stable id within the item.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// A message template with placeholders in double braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The subject line of a mail.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub subject: Text,
    /// The text.
    pub text: Text,
    /// The text that an SMS gateway has approved, where only such may be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<SmsText>,
}

/// An approved text of an SMS gateway: its number there, and what is put into its places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsText {
    /// Its number at the gateway, such as `SMS_154950909`.
    pub template: String,
    /// What stands for each of its parameters: a text with places, as in messages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// A print template: blocks from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it is a print of.
    pub of: PrintSubject,
    /// The sheet.
    pub paper: Paper,
    /// From top to bottom.
    pub blocks: Vec<PrintBlock>,
}

/// What a print shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintSubject {
    /// A case.
    Case,
    /// An outbound order.
    Outbound,
    /// A unit group on its way through the warehouse.
    Goods,
}

/// A sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 148 × 210 mm.
    A5,
    /// 100 × 150 mm.
    #[serde(rename = "label_100x150")]
    Label100x150,
    /// 60 × 40 mm.
    #[serde(rename = "label_60x40")]
    Label60x40,
}

/// One block of a print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintBlock {
    /// A large line.
    Heading(Text),
    /// A paragraph.
    Text(Text),
    /// Names and values, one pair a line.
    Fields(Vec<PrintField>),
    /// One row a line of the case, outbound order or unit group.
    Table(Vec<PrintField>),
    /// Code 128 of a value, with the value below.
    Barcode(String),
    /// A horizontal rule.
    Rule,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintField {
    /// Name.
    pub title: Text,
    /// Value, with placeholders.
    pub value: String,
}

impl PrintSubject {
    /// All subjects.
    pub const ALL: &'static [Self] = &[Self::Case, Self::Outbound, Self::Goods];
}

const fn customer() -> Bearer {
    Bearer::Customer
}

fn text_is_empty(text: &Text) -> bool {
    text.zh.is_empty() && text.en.is_empty()
}
