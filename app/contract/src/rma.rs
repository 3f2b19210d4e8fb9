//! Cases: lists, the case page, decisions, notes.

mod canned;
mod for_customer;
mod search;
mod work;

pub use canned::{CASE_CANNED_ANSWERS, CannedOfCase, CannedQuery, FilledAnswer};
pub use for_customer::{CaseForCustomer, FOR_CUSTOMER, NextForCustomer};
pub use search::{ExactHit, FoundCustomer, FoundKind, FoundOrder, FoundSku, SEARCH, SearchQuery, SearchResult};
pub use work::{CaseOutbound, CaseOutboundLine, CaseParcel, CaseSettlement};

use domain::state::{Bearer, CaseState, DispositionKind, GoodsState, MoneyState, Origin, Reception, Verdict};
use domain::{
    AttachmentId, LineKind, LocalDate, Money, NoteId, OrderId, OrderLineId, Permission, PersonId, RmaId, RmaLineId,
    ShopId, SkuId, TaskId, Text, Timestamp, UnitGroupId, WarehouseId,
};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const VIEW: Access = Access::Needs(Permission::RmaView);
const DECIDE: Access = Access::Needs(Permission::RmaDecide);
const NOTE: Access = Access::Needs(Permission::RmaNote);

/// A page of cases, newest first.
pub const LIST: Route = Route::get("/api/rmas", "list_rmas", VIEW, "Lists cases, newest first.");
/// The case page.
pub const GET: Route = Route::get("/api/rmas/{id}", "get_rma", VIEW, "Reads a case with all that belongs to it.");
/// Decides an open step.
pub const DECIDE_STEP: Route =
    Route::post("/api/rmas/{id}/decisions", "decide_step", DECIDE, "Decides an open step of a case.");
/// Decides many.
pub const DECIDE_BATCH: Route =
    Route::post("/api/decisions", "decide_batch", DECIDE, "Agrees to several steps, each with its own result.");
/// Answers a question.
pub const GIVE_INFO: Route =
    Route::post("/api/rmas/{id}/answers", "give_info", NOTE, "Gives the information that was asked for.");
/// Takes a case back.
pub const WITHDRAW: Route = Route::post(
    "/api/rmas/{id}/withdrawal",
    "withdraw_rma",
    Access::Needs(Permission::RmaWithdraw),
    "Takes a case back before goods arrive.",
);
/// Writes a note.
pub const WRITE_NOTE: Route = Route::post("/api/rmas/{id}/notes", "write_note", NOTE, "Writes a note on a case.");
/// Marks the customer's messages as dealt with.
pub const HANDLE_MESSAGES: Route = Route::post(
    "/api/rmas/{id}/handled-messages",
    "handle_messages",
    NOTE,
    "Marks what the customer wrote as dealt with, without an answer.",
);
/// Gives a case to a person.
pub const ASSIGN: Route = Route::put("/api/rmas/{id}/owner", "assign_rma", DECIDE, "Gives a case to a person.");
/// Sets when to look again.
pub const FOLLOW_UP: Route =
    Route::put("/api/rmas/{id}/follow-up", "follow_up_rma", NOTE, "Sets when somebody wants to look at a case again.");
/// Shows a masked value.
pub const REVEAL: Route = Route::post(
    "/api/rmas/{id}/contact-reveal",
    "reveal_contact",
    Access::Needs(Permission::ContactReveal),
    "Shows the customer's contact; the showing is logged.",
);
/// Routes of this area.
pub const ROUTES: &[Route] = &[
    LIST,
    GET,
    FOR_CUSTOMER,
    CASE_CANNED_ANSWERS,
    DECIDE_STEP,
    DECIDE_BATCH,
    GIVE_INFO,
    WITHDRAW,
    WRITE_NOTE,
    HANDLE_MESSAGES,
    ASSIGN,
    FOLLOW_UP,
    REVEAL,
    SEARCH,
];

/// What a list of cases is narrowed to; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ListQuery {
    /// Only this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<CaseState>,
    /// Only of this person; `none` for nobody's, `me` for one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Only of this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Only at this warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Only at this stage of the flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Only with this goods state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods: Option<GoodsState>,
    /// Only with this money state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneyState>,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Whether the exact total is wanted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub total: bool,
}

/// A page of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RmaPage {
    /// The cases.
    pub items: Vec<RmaListItem>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are in all, when asked for and kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RmaListItem {
    /// Its id.
    pub id: RmaId,
    /// Human number.
    pub number: String,
    /// Whose.
    pub shop: ShopId,
    /// Inner lifecycle.
    pub state: CaseState,
    /// The flow node it stands at, or empty.
    pub stage: String,
    /// The node's name, as the case's own release has it.
    pub stage_title: Text,
    /// Where its goods are.
    pub goods: GoodsState,
    /// Where its money is.
    pub money: MoneyState,
    /// Who looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// What of.
    pub summary: String,
    /// Why; absent when it was not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// What would be, or was, refunded; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
    /// Our earliest deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
    /// The platform's deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_due_at: Option<Timestamp>,
}

/// The case page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RmaView {
    /// As in lists.
    pub head: RmaListItem,
    /// Row version.
    pub version: i64,
    /// Filed, imported or from a platform.
    pub origin: Origin,
    /// The worst verdict of its lines.
    pub verdict: Verdict,
    /// Where its goods go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// The order it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderBrief>,
    /// The customer, masked as the reader's roles say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactView>,
    /// The buyer, for readers who see customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<domain::CustomerId>,
    /// The buyer's tags, the block list included.
    pub buyer_tags: Vec<String>,
    /// The lines.
    pub lines: Vec<LineView>,
    /// The form's own answers, in the form's order.
    pub answers: Vec<AnswerView>,
    /// Counted goods.
    pub units: Vec<UnitView>,
    /// Files.
    pub files: Vec<FileView>,
    /// Open to-dos.
    pub tasks: Vec<TaskView>,
    /// What this reader can do now.
    pub actions: Vec<ActionView>,
    /// The flow's steps: passed, open and expected.
    pub steps: Vec<StepView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineView>,
    /// Notes and messages, oldest first.
    pub notes: Vec<NoteView>,
    /// What the customer said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingView>,
    /// Messages that went or will go out.
    pub deliveries: Vec<DeliveryView>,
    /// Parcels under every waybill that was given, oldest first.
    pub parcels: Vec<CaseParcel>,
    /// Its money, oldest first.
    pub settlements: Vec<CaseSettlement>,
    /// What goes out again, oldest first.
    pub outbound: Vec<CaseOutbound>,
    /// When somebody wants to look again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_follow_up_at: Option<Timestamp>,
    /// When all approvals were through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_at: Option<Timestamp>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

/// An order in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderBrief {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// When.
    pub ordered_at: Timestamp,
    /// When it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
}

/// A customer's contact as the reader may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactView {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether something is masked that may be shown.
    pub masked: bool,
}

/// A line of the case page. Quantities in base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineView {
    /// Its id.
    pub id: RmaLineId,
    /// From 1.
    pub position: i64,
    /// What is asked for.
    pub kind: LineKind,
    /// The order line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_line: Option<OrderLineId>,
    /// The article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<SkuBrief>,
    /// Found in a parcel, not announced.
    pub undeclared: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Ordered.
    pub ordered: i64,
    /// Shipped.
    pub shipped: i64,
    /// Asked for.
    pub requested: i64,
    /// Agreed to.
    pub approved: i64,
    /// Counted.
    pub received: i64,
    /// Written off as not coming.
    pub waived: i64,
    /// Inspected and accepted.
    pub accepted: i64,
    /// Inspected and refused.
    pub refused: i64,
    /// Paid share of goods and tax; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Money>,
    /// Goods and tax in settlements, whether they are paid, being paid or only keyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Money>,
    /// Of it, in settlements that are paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Money>,
    /// The policy's judgement, as frozen when it was filed.
    pub judgement: JudgementView,
}

/// An article in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkuBrief {
    /// Its id.
    pub id: SkuId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: String,
}

/// A judgement with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JudgementView {
    /// The answer.
    pub verdict: Verdict,
    /// The rule that answered, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Why.
    pub reason: Text,
    /// Conditions of the nearest better rule that do not hold.
    pub failed: Vec<Text>,
    /// Last day of the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<LocalDate>,
    /// What would change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub would_help: Option<Text>,
}

/// An answer to a field of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerView {
    /// The field's id.
    pub field: String,
    /// The field's name.
    pub title: Text,
    /// The answer, as the engine writes values.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: engine::value::Value,
}

/// A counted group of like units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitView {
    /// Its id.
    pub id: UnitGroupId,
    /// Its line.
    pub line: RmaLineId,
    /// How many.
    pub quantity: i64,
    /// How they arrived.
    pub reception: Reception,
    /// Serial, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Lot, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Grade's name, once inspected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Text>,
    /// Whether the grade accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// Who is liable, once inspected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liability: Option<Bearer>,
    /// What was done with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<DispositionKind>,
    /// When it was counted.
    pub counted_at: Timestamp,
}

/// A file on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileView {
    /// Its id; read it at its address.
    pub id: AttachmentId,
    /// evidence, note, inspection, …
    pub purpose: String,
    /// The name it was uploaded under.
    pub name: String,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes.
    pub size_bytes: i64,
    /// When.
    pub at: Timestamp,
}

/// A to-do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// approve, work, info, rule or conflict.
    pub kind: String,
    /// The flow node.
    pub node: String,
    /// The node's round.
    pub round: u32,
    /// What to do.
    pub title: Text,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonName>,
    /// Whose role may take it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Text>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
    /// When its deadline passed, once that was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached_at: Option<Timestamp>,
    /// Since when.
    pub opened_at: Timestamp,
}

/// A person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonName {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: String,
}

/// Something the reader can do with the case now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ActionView {
    /// Decide an open step.
    Decide {
        /// The step.
        node: String,
        /// Its round.
        round: u32,
        /// Its name.
        title: Text,
        /// Whether the customer may be asked.
        may_ask_info: bool,
        /// Steps it may be sent back to: id and name.
        return_to: Vec<(String, Text)>,
    },
    /// Give the information that was asked for.
    GiveInfo,
    /// Enter a return waybill.
    GiveTracking,
    /// Open a parcel and count.
    Receive,
    /// Inspect and dispose.
    Inspect,
    /// Key a settlement.
    Settle,
    /// Ship outbound goods.
    Ship,
    /// Take the case back.
    Withdraw,
    /// Write a note.
    Note,
}

/// A step of the case's flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepView {
    /// Node id.
    pub node: String,
    /// Name.
    pub title: Text,
    /// passed, open, waiting (for the customer) or expected.
    pub state: String,
    /// Who decided, with what words, when; newest last.
    pub decisions: Vec<DecisionView>,
}

/// A decision of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionView {
    /// Who; absent for the flow itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonName>,
    /// agree, reject, ask_info, info_given, return, auto_agree, core_done, core_again.
    pub decision: String,
    /// What they wrote.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineView {
    /// Event kind, `noun.past`.
    pub kind: String,
    /// In words.
    pub text: Text,
    /// Who.
    pub actor: String,
    /// The rule that acted, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Text>,
    /// When.
    pub at: Timestamp,
}

/// A note or message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteView {
    /// Its id.
    pub id: NoteId,
    /// Whether the customer reads it.
    pub to_customer: bool,
    /// Whether the customer wrote it.
    #[serde(default)]
    pub from_customer: bool,
    /// Whether it waits for somebody to deal with it.
    #[serde(default)]
    pub is_waiting: bool,
    /// Who wrote it.
    pub author: String,
    /// The words.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// What the customer said of a settled case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingView {
    /// 1 to 5.
    pub score: i64,
    /// In their words; may be empty.
    pub comment: String,
    /// When it was given first.
    pub rated_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

/// A message that went or will go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryView {
    /// sms, email, …
    pub channel: String,
    /// Its words.
    pub text: Text,
    /// pending, sent, failed, unknown, dead or cancelled.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before.
    pub not_before: Timestamp,
    /// The rule that wrote it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Text>,
    /// Why the rule acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideRequest {
    /// The step, as shown.
    pub node: String,
    /// Its round, as shown.
    pub round: u32,
    /// agree, reject, ask_info or return.
    pub choice: String,
    /// The step to return to, for `return`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// Several agreements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The steps, at most 100.
    pub items: Vec<BatchItem>,
    /// Written with each.
    #[serde(default)]
    pub note: String,
}

/// One step of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchItem {
    /// The case.
    pub rma: RmaId,
    /// The step.
    pub node: String,
    /// Its round.
    pub round: u32,
}

/// What came of each step of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchResult {
    /// In the order asked.
    pub items: Vec<BatchOutcome>,
}

/// What came of one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchOutcome {
    /// The case.
    pub rma: RmaId,
    /// Whether it was agreed to.
    pub done: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<crate::ErrorBody>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InfoRequest {
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Files.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// A reason in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReasonRequest {
    /// Why.
    pub reason: String,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteRequest {
    /// Whether the customer reads it.
    #[serde(default)]
    pub to_customer: bool,
    /// The words.
    pub text: String,
    /// Files.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// Who looks after a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnerRequest {
    /// Nobody when absent.
    #[serde(default)]
    pub owner: Option<PersonId>,
}

/// When to look again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUpRequest {
    /// Never when absent.
    #[serde(default)]
    pub at: Option<Timestamp>,
}
