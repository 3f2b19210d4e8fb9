//! Settlements: previewed, keyed, approved by another above the limit, paid or taken back; their payouts; invoices that
//! must come back. Whoever reads these routes works with money, so amounts stand in them whole.

mod payout;

pub use payout::{
    AttemptView, ManualPaymentRequest, PAY_BY_HAND, PayoutAction, PayoutView, QUERY_PAYOUT, RETRY_PAYOUT, STOP_PAYOUT,
};

use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, SettlementState};
use domain::{
    CarrierId, ComponentId, Currency, InvoiceWorkId, LineKind, LocalDate, Money, OrderId, Permission, RmaId, RmaLineId,
    SettlementId, ShopId, SupplierId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};

const SEE: Access =
    Access::NeedsOne(&[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay]);
const PROPOSES: Access = Access::Needs(Permission::SettlementPropose);
pub(crate) const PAYS: Access = Access::Needs(Permission::SettlementPay);

/// What a settlement would be.
pub const PREVIEW: Route = Route::post(
    "/api/rmas/{id}/settlement-preview",
    "preview_settlement",
    PROPOSES,
    "Says what each line may be paid and why, and what keyed components come to; changes nothing.",
);
/// Keys a settlement.
pub const PROPOSE: Route =
    Route::post("/api/rmas/{id}/settlements", "propose_settlement", PROPOSES, "Keys a settlement and holds its money.");
/// The settlements of a case.
pub const OF_CASE: Route = Route::get(
    "/api/rmas/{id}/settlements",
    "list_case_settlements",
    SEE,
    "Lists the settlements of a case, oldest first, and its invoices.",
);
/// The finance queue.
pub const LIST: Route = Route::get("/api/settlements", "list_settlements", SEE, "Lists settlements, newest first.");
/// One settlement.
pub const GET: Route = Route::get("/api/settlements/{id}", "get_settlement", SEE, "Reads a settlement.");
/// Approves a settlement.
pub const APPROVE: Route = Route::post(
    "/api/settlements/{id}/approval",
    "approve_settlement",
    Access::Needs(Permission::SettlementApprove),
    "Approves a settlement; above the limit not by who keyed it.",
);
/// Takes a settlement back.
pub const CANCEL: Route = Route::post(
    "/api/settlements/{id}/cancellation",
    "cancel_settlement",
    PROPOSES,
    "Takes a settlement back before money moved.",
);
/// Pays a settlement.
pub const PAY: Route =
    Route::post("/api/settlements/{id}/payment", "pay_settlement", PAYS, "Starts paying an approved settlement.");
/// Says that nothing more is paid on a line.
pub const MARK_DONE: Route = Route::post(
    "/api/rma-lines/{id}/money-closing",
    "mark_money_done",
    PROPOSES,
    "Says that nothing more is paid on a line.",
);
/// Records a reversed invoice.
pub const INVOICE_REVERSED: Route = Route::post(
    "/api/invoices/{id}/reversal",
    "record_invoice_reversal",
    PROPOSES,
    "Records that an invoice was reversed, with the red invoice's number.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[
    PREVIEW,
    PROPOSE,
    OF_CASE,
    LIST,
    GET,
    APPROVE,
    CANCEL,
    PAY,
    PAY_BY_HAND,
    MARK_DONE,
    INVOICE_REVERSED,
    QUERY_PAYOUT,
    RETRY_PAYOUT,
    STOP_PAYOUT,
];

/// Which settlements; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct SettlementQuery {
    /// Only in this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<SettlementState>,
    /// Only of this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Only those with a payout whose outcome is unknown, oldest first, at most a page; the state is not looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outcome_unknown: bool,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One component as keyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewComponent {
    /// The case line it is for; goods and tax always name one, except what a platform refunded in one sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<RmaLineId>,
    /// What for.
    pub kind: ComponentKind,
    /// Minor units of the case's currency, below zero when withheld.
    pub amount_minor: i64,
    /// Who bears it.
    pub bearer: Bearer,
    /// Which supplier bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierId>,
    /// Which carrier bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// What a preview is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// The order it would pay back; the case's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Why.
    pub basis: Basis,
    /// What is keyed so far; empty asks for a suggestion.
    #[serde(default)]
    pub components: Vec<NewComponent>,
}

/// What a settlement would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewView {
    /// The order it would pay back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// In this currency.
    pub currency: Currency,
    /// Why.
    pub basis: Basis,
    /// Line by line.
    pub lines: Vec<LinePreview>,
    /// What the whole is checked against.
    pub caps: CapsView,
    /// What may be keyed: what is left by this basis, with what the grades suggest to withhold.
    pub suggestion: Vec<NewComponent>,
    /// Where each deduction of the suggestion comes from.
    #[serde(default)]
    pub withheld: Vec<WithheldView>,
    /// What the keyed components, or the suggestion, come to; absent when they do not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Money>,
    /// Why they do not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<crate::ErrorBody>,
    /// Whether somebody else would have to approve it.
    pub needs_second: bool,
}

/// What one inspected group takes off its line, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithheldView {
    /// The line.
    pub line: RmaLineId,
    /// The grade its units were given.
    pub grade: Text,
    /// How much of the goods' money that grade pays back, in percent.
    pub money_percent: i64,
    /// Who is liable for their state.
    pub liability: Bearer,
    /// How many units.
    pub quantity: i64,
    /// Their part of what was paid.
    pub share: Money,
    /// What is taken off it.
    pub amount: Money,
}

/// What one line may be paid, and why. Quantities in base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinePreview {
    /// The line.
    pub line: RmaLineId,
    /// What it asks for.
    pub kind: LineKind,
    /// Asked for.
    pub requested: i64,
    /// Agreed to.
    pub approved: i64,
    /// Inspected and accepted.
    pub accepted: i64,
    /// Units that this basis admits.
    pub admitted: i64,
    /// Its part of what was paid, goods and tax.
    pub share: Money,
    /// The share of the admitted units.
    pub cap: Money,
    /// Held by settlements already.
    pub held: Money,
    /// What is left.
    pub room: Money,
    /// Why it is that much.
    pub why: Text,
    /// Whether its units do not all stand for the same amount: the last takes the remainder.
    pub rounded: bool,
}

/// What a whole settlement is checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapsView {
    /// Goods and tax by this basis.
    pub basis: Money,
    /// What was paid for the order.
    pub captured: Money,
    /// Of it, held by settlements or refunded elsewhere before.
    pub order_held: Money,
    /// Outbound freight paid.
    pub freight_paid: Money,
    /// Of it, held.
    pub freight_held: Money,
    /// What may still be given without goods.
    pub compensation: Money,
}

/// A settlement to key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeRequest {
    /// The order it pays back; the case's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Why.
    pub basis: Basis,
    /// original, credit, manual or platform; a net of zero needs none.
    #[serde(default)]
    pub means: String,
    /// What for, and who bears it.
    pub components: Vec<NewComponent>,
    /// The platform's refund number, when the platform has refunded.
    #[serde(default)]
    pub platform_number: String,
    /// What to know about it.
    #[serde(default)]
    pub note: String,
}

/// One component of a settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComponentView {
    /// Its id.
    pub id: ComponentId,
    /// The case line it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<RmaLineId>,
    /// What for.
    pub kind: ComponentKind,
    /// How much, below zero when withheld.
    pub amount: Money,
    /// Who bears it.
    pub bearer: Bearer,
    /// Which supplier bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierId>,
    /// Which carrier bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// Why.
    pub note: String,
}

/// Something that the reader can do with a settlement now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SettlementAction {
    /// Approve it.
    Approve,
    /// Take it back.
    Cancel,
    /// Start paying it.
    Pay,
    /// Record a payment by hand, with its proof.
    PayByHand,
}

/// A settlement with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettlementView {
    /// Its id.
    pub id: SettlementId,
    /// Its case.
    pub rma: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// Whose.
    pub shop: ShopId,
    /// The order it pays back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Why.
    pub basis: Basis,
    /// Where it stands.
    pub state: SettlementState,
    /// What the customer gets.
    pub net: Money,
    /// original, credit, manual, platform or none.
    pub means: String,
    /// The platform's refund number, or empty.
    pub platform_number: String,
    /// What to know about it.
    pub note: String,
    /// Who keyed it.
    pub proposed_by: PersonName,
    /// When.
    pub proposed_at: Timestamp,
    /// Whether somebody else must approve it.
    pub needs_second: bool,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<PersonName>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<Timestamp>,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Timestamp>,
    /// By when it should be paid; absent unless it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
    /// The shop's day then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_on: Option<LocalDate>,
    /// Whether nobody knows yet if some of its money moved.
    pub outcome_unknown: bool,
    /// What for.
    pub components: Vec<ComponentView>,
    /// Its payouts, oldest first.
    pub payouts: Vec<PayoutView>,
    /// What the reader can do now.
    pub actions: Vec<SettlementAction>,
}

/// The money of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSettlements {
    /// Its settlements, oldest first.
    pub settlements: Vec<SettlementView>,
    /// Invoices that must be reversed or were.
    pub invoices: Vec<InvoiceView>,
}

/// An invoice that a refund reverses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceView {
    /// The work item.
    pub id: InvoiceWorkId,
    /// The order that was invoiced.
    pub order: OrderId,
    /// ordinary or special; a special one blocks paying until it is back.
    pub invoice: String,
    /// What is reversed.
    pub amount: Money,
    /// open or done.
    pub state: String,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it was back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
}
