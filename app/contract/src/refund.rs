//! What was paid back per shop and day, and the invoices that a refund reverses.

use domain::{InvoiceWorkId, LocalDate, Money, Permission, RmaId, SettlementId, ShopId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const SEES: Access =
    Access::NeedsOne(&[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay]);

/// Sums per shop and day.
pub const DAYS: Route = Route::get(
    "/api/refund-days",
    "list_refund_days",
    SEES,
    "Sums what each shop paid back per day and means, 92 days at most.",
);
/// The list behind a sum.
pub const LIST: Route =
    Route::get("/api/refunds", "list_refunds", SEES, "Lists what shops paid back on some days, newest first.");
/// Invoices to be reversed.
pub const INVOICES: Route =
    Route::get("/api/invoices", "list_invoices", SEES, "Lists invoices to be reversed, or those that were.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[DAYS, LIST, INVOICES];

/// Which days; query parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct RefundQuery {
    /// The first day, such as `2026-11-01`.
    pub from: LocalDate,
    /// The last day.
    pub to: LocalDate,
    /// Only of this shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Continue after this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What a shop paid back on a day by one means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundDay {
    /// The shop's day.
    pub date: LocalDate,
    /// Whose.
    pub shop: ShopId,
    /// original, credit, manual or platform.
    pub means: String,
    /// How many settlements.
    pub count: i64,
    /// What they come to.
    pub sum: Money,
}

/// One settlement that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundItem {
    /// The settlement.
    pub id: SettlementId,
    /// Its case.
    pub rma: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// The order's number, or empty.
    pub order_number: String,
    /// original, credit, manual or platform.
    pub means: String,
    /// What the customer got.
    pub amount: Money,
    /// When it was settled.
    pub settled_at: Timestamp,
    /// What the gateway or the platform calls it, or the proof; empty when there is none.
    pub reference: String,
}

/// Which invoices; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct InvoiceQuery {
    /// Those that were reversed, instead of those that are to be.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// An invoice that is to be reversed, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceItem {
    /// The work item.
    pub id: InvoiceWorkId,
    /// Its case.
    pub rma: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// The number of the order that was invoiced.
    pub order_number: String,
    /// ordinary or special; a special one blocks paying until it is back.
    pub invoice: String,
    /// What is reversed.
    pub amount: Money,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it was back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// The number of the red invoice, once it is there.
    pub number: String,
}

/// Records the red invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReversalRequest {
    /// Its number.
    pub number: String,
}
