//! The customers' side: an order found by what only its buyer knows, a request filed on it, one case followed by its token.
//!
//! Invariant: no type here is used by staff and no staff view by customers. Ids of the database do not appear, except
//! those of files the customer uploaded.
//!
//! Two headers say who asks. [`ORDER_PROOF`] carries an [`OrderProof`], form-urlencoded, and opens what belongs to that
//! order; a wrong one and an unknown order answer alike (422 `no_such_order`), limited by address and by order.
//! [`CASE_TOKEN`] carries the token of a [`CaseLink`] and opens that one case until it ends (401 `link_expired`).

mod talk;

pub use talk::{PortalMessage, PortalMessageRequest, PortalRateRequest, PortalRating, RATE, SAY};

use domain::state::{CaseState, ParcelState, Verdict};
use domain::{AttachmentId, LineKind, LocalDate, Money, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// The header with an [`OrderProof`].
pub const ORDER_PROOF: &str = "x-order-proof";
/// The header with a case's token.
pub const CASE_TOKEN: &str = "x-case-token";
/// The header with the percent-encoded name of an uploaded file; the body is the file itself.
pub const FILE_NAME: &str = "x-file-name";

/// What the first page needs.
pub const START: Route =
    Route::get("/api/portal/start", "start_portal", Access::Public, "Reads what the customers' first page needs.");
/// The order and the form it fills. Needs an order proof.
pub const ORDER: Route = Route::get(
    "/api/portal/order",
    "find_order_for_customer",
    Access::Customer,
    "Reads the order that the proof names, the form that it fills and the requests already made on it.",
);
/// The judgement before filing. Needs an order proof.
pub const PREVIEW: Route = Route::post(
    "/api/portal/preview",
    "preview_customer_request",
    Access::Customer,
    "Judges a request without filing it.",
);
/// Files. Needs an order proof.
pub const FILE_RMA: Route =
    Route::post("/api/portal/rmas", "file_customer_request", Access::Customer, "Files a request.");
/// Opens a case of the order again, for who lost the link. Needs an order proof.
pub const OPEN_CASE: Route = Route::post(
    "/api/portal/links",
    "open_customer_case",
    Access::Customer,
    "Makes a new link to a case of the order that the proof names.",
);
/// Uploads a file. Needs an order proof or a case token.
pub const UPLOAD: Route = Route::post(
    "/api/portal/attachments",
    "upload_customer_file",
    Access::Customer,
    "Uploads a file; its type is sniffed, its size capped.",
);
/// The case. Needs a case token, as do all below.
pub const CASE: Route = Route::get("/api/portal/case", "get_customer_case", Access::Customer, "Reads the case.");
/// Answers a question.
pub const ANSWER: Route = Route::post(
    "/api/portal/case/answers",
    "answer_for_customer",
    Access::Customer,
    "Gives the information that was asked for.",
);
/// Takes the request back.
pub const WITHDRAW: Route = Route::post(
    "/api/portal/case/withdrawal",
    "withdraw_for_customer",
    Access::Customer,
    "Takes the request back before goods arrive.",
);
/// Gives a return waybill.
pub const GIVE_TRACKING: Route = Route::post(
    "/api/portal/case/parcels",
    "announce_customer_parcel",
    Access::Customer,
    "Gives the waybill of a parcel that comes back.",
);

/// Routes of this area.
pub const ROUTES: &[Route] =
    &[START, ORDER, PREVIEW, FILE_RMA, OPEN_CASE, UPLOAD, CASE, ANSWER, WITHDRAW, GIVE_TRACKING, SAY, RATE];

/// What only the buyer of an order knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderProof {
    /// The shop's code; needed only when several shops have an order with this number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub shop: String,
    /// The order's number, or that of a request made on it.
    pub number: String,
    /// Last four digits of the order's phone; may be left out when the nickname is given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone_tail: String,
    /// The buyer's name on the platform.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub nickname: String,
}

/// What the first page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartView {
    /// The application's name.
    pub title: Text,
    /// Now, by the server.
    pub now: Timestamp,
    /// Shops that customers can file at.
    pub shops: Vec<PortalShop>,
}

/// A shop as customers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalShop {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
}

/// An order with the form that it fills.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalOrderView {
    /// The shop.
    pub shop: PortalShop,
    /// Its number, as the shop writes it.
    pub number: String,
    /// When.
    pub ordered_at: Timestamp,
    /// When it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// The form, without the fields of staff.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub form: engine::form::Form,
    /// What the form is filled in with: the day, the order's goods, the reasons; `prior` holds the order's number.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub context: engine::form::Context,
    /// What can be uploaded.
    pub uploads: UploadLimits,
    /// Requests already made on the order, newest first.
    pub cases: Vec<CaseBrief>,
}

/// What can be uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadLimits {
    /// Most bytes of one file.
    pub max_bytes: u64,
    /// Most bytes of all files of a case.
    #[serde(default)]
    pub max_case_bytes: u64,
    /// Most files of a case.
    #[serde(default)]
    pub max_files: u32,
    /// Media types, such as `image/jpeg`.
    pub types: Vec<String>,
}

/// A request already made on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseBrief {
    /// Its number.
    pub number: String,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// What of.
    pub summary: String,
    /// Inner lifecycle.
    pub state: CaseState,
}

/// A request to be filed or judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalFileRequest {
    /// The form's answers by field id, as the engine writes values.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: engine::form::Answers,
}

/// The judgement before filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalJudgement {
    /// The strictest answer.
    pub verdict: Verdict,
    /// By line, in the order asked.
    pub lines: Vec<PortalLineJudgement>,
}

/// A line's judgement in words for customers: what only staff should know is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalLineJudgement {
    /// Of this article.
    pub goods: String,
    /// What is asked for.
    pub kind: LineKind,
    /// How many.
    pub quantity: i64,
    /// The answer.
    pub verdict: Verdict,
    /// Why; absent where a person decides for reasons that are not the customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Conditions that do not hold.
    pub failed: Vec<Text>,
    /// Last day of the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<LocalDate>,
    /// What would change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub would_help: Option<Text>,
}

/// The new request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalFiled {
    /// Its number.
    pub number: String,
    /// The policy's answer.
    pub verdict: Verdict,
    /// Where it is followed.
    pub link: CaseLink,
}

/// A scoped, expiring way to one case. The page is `/portal/case#<token>`: what follows `#` is never sent to a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseLink {
    /// The token; kept only as a hash by the server.
    pub token: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Which case of the order to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenCaseRequest {
    /// Its number.
    pub number: String,
}

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalUploaded {
    /// What to answer a photo field with.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes.
    pub size_bytes: i64,
}

/// A case as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalCaseView {
    /// Its number.
    pub number: String,
    /// The shop.
    pub shop: PortalShop,
    /// The order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Now, by the server.
    pub now: Timestamp,
    /// The shop's offset from UTC now, in minutes.
    pub offset_minutes: i32,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// Inner lifecycle.
    pub state: CaseState,
    /// What goes on, in the words the template has for customers.
    pub status: Text,
    /// Whether people are deciding now.
    #[serde(default)]
    pub is_reviewed: bool,
    /// By when the step that goes on should be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// The question that waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<PortalQuestion>,
    /// Why it was refused, in the decider's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// The lines.
    pub lines: Vec<PortalLine>,
    /// What is expected to be refunded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
    /// What was refunded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded: Option<Money>,
    /// Where and how to send the goods back, once agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<ReturnAddress>,
    /// Parcels that come back.
    pub parcels: Vec<PortalParcel>,
    /// Parcels that go out to the customer.
    pub deliveries: Vec<PortalDelivery>,
    /// Carriers to choose from.
    pub carriers: Vec<PortalCarrier>,
    /// The flow's steps in words for customers: passed, open and expected.
    pub steps: Vec<PortalStep>,
    /// What happened that concerns the customer, oldest first.
    pub timeline: Vec<PortalEvent>,
    /// Messages between shop and customer, oldest first.
    pub messages: Vec<PortalMessage>,
    /// What the customer said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<PortalRating>,
    /// What can be uploaded.
    pub uploads: UploadLimits,
    /// When the link that opened this ends.
    pub link_expires_at: Timestamp,
    /// What the customer can do now.
    pub can: PortalCan,
}

/// What the customer can do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalCan {
    /// Answer the question.
    pub answer: bool,
    /// Take the request back.
    pub withdraw: bool,
    /// Give a return waybill.
    pub give_tracking: bool,
    /// Write to the shop.
    #[serde(default)]
    pub write: bool,
    /// Rate it, for the first time or anew.
    #[serde(default)]
    pub rate: bool,
}

/// A question to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalQuestion {
    /// The words.
    pub text: String,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// A line of the case. Quantities in base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalLine {
    /// The article's name.
    pub goods: String,
    /// What is asked for.
    pub kind: LineKind,
    /// Asked for.
    pub requested: i64,
    /// Agreed to.
    pub approved: i64,
    /// Arrived.
    pub received: i64,
    /// Inspected and accepted.
    pub accepted: i64,
    /// The policy's answer when it was filed.
    pub verdict: Verdict,
    /// Why; absent where a person decides for reasons that are not the customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Last day of the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<LocalDate>,
}

/// Where and how to send goods back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnAddress {
    /// To whom.
    pub name: String,
    /// Their phone.
    pub phone: String,
    /// Where.
    pub address: String,
    /// What to know.
    pub notes: Text,
}

/// A parcel that comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalParcel {
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Text>,
    /// Its waybill.
    pub waybill: String,
    /// Where it is.
    pub state: ParcelState,
    /// What its carrier says, oldest first.
    #[serde(default)]
    pub tracking: Vec<crate::tracking::PortalTrackingEvent>,
}

/// A parcel that goes out to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalDelivery {
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Text>,
    /// Its waybill, once it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// Where it is.
    pub state: domain::state::OutboundState,
}

/// A carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalCarrier {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
}

/// A step of the flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalStep {
    /// Its name for customers.
    pub title: Text,
    /// passed, open, waiting (for the customer) or expected.
    pub state: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalEvent {
    /// In words.
    pub text: Text,
    /// When.
    pub at: Timestamp,
}

/// An answer to the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalAnswerRequest {
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Files.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// Why the request is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalWithdrawRequest {
    /// Why.
    pub reason: String,
}

/// A return waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalTrackingRequest {
    /// The carrier's code, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// As on the label.
    pub waybill: String,
}
