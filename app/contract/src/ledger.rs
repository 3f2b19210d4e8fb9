//! The books as finance reads them: entries of a case, who owes what, a customer's store credit; claims and recoveries.

use domain::state::Bearer;
use domain::{
    CarrierId, CustomerId, LedgerAccountId, LedgerEntryId, Money, Permission, SettlementId, SupplierId, Timestamp,
    UnitGroupId,
};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const PROPOSES: Access = Access::Needs(Permission::SettlementPropose);

/// The entries of a case.
pub const OF_CASE: Route = Route::get(
    "/api/rmas/{id}/ledger",
    "get_case_ledger",
    PROPOSES,
    "Lists what the books say of a case, oldest first.",
);
/// Books a receivable.
pub const CLAIM: Route = Route::post(
    "/api/rmas/{id}/claims",
    "book_claim",
    PROPOSES,
    "Books what somebody owes on a case; nothing is charged by it.",
);
/// Ends a receivable.
pub const RECOVER: Route = Route::post(
    "/api/rmas/{id}/recoveries",
    "book_recovery",
    Access::Needs(Permission::SettlementPay),
    "Books that what was owed came in or is given up.",
);
/// Who owes what.
pub const RECEIVABLES: Route =
    Route::get("/api/receivables", "list_receivables", PROPOSES, "Lists who owes how much, over all shops.");
/// What a customer may spend.
pub const STORE_CREDIT: Route = Route::get(
    "/api/customers/{id}/store-credit",
    "get_store_credit",
    Access::Needs(Permission::CustomerView),
    "Reads a customer's store credit, currency by currency.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[OF_CASE, CLAIM, RECOVER, RECEIVABLES, STORE_CREDIT];

/// An entry of the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryView {
    /// Its id.
    pub id: LedgerEntryId,
    /// The posting it belongs to; a posting's entries sum to zero.
    pub posting: String,
    /// Its account.
    pub account: LedgerAccountId,
    /// receivable, recovery, refund_expense, cash_clearing or store_credit.
    pub kind: String,
    /// Who owes or bears it, with the id of which one after a colon; empty for the merchant's own accounts.
    pub bearer: String,
    /// Signed.
    pub amount: Money,
    /// The goods it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_group: Option<UnitGroupId>,
    /// The settlement it follows from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<SettlementId>,
    /// Why.
    pub memo: String,
    /// When.
    pub at: Timestamp,
}

/// Who owes how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivableView {
    /// The account.
    pub account: LedgerAccountId,
    /// The customer who owes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Who owes, with the id of which one after a colon.
    pub bearer: String,
    /// How much.
    pub balance: Money,
}

/// What a customer may spend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreCreditView {
    /// Whose.
    pub customer: CustomerId,
    /// By currency; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balances: Option<Vec<Money>>,
}

/// What somebody owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimRequest {
    /// Who owes.
    pub bearer: Bearer,
    /// Which carrier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// Which supplier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierId>,
    /// Minor units of the case's currency, above zero.
    pub amount_minor: i64,
    /// Why.
    pub reason: String,
}

/// How a receivable ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The money came.
    Paid,
    /// It is given up.
    WrittenOff,
}

/// What came in or is given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecoverRequest {
    /// The account of who owes.
    pub account: LedgerAccountId,
    /// Minor units of the case's currency, above zero.
    pub amount_minor: i64,
    /// How it ends.
    pub ending: Ending,
    /// The proof of payment, or why it is given up.
    pub reason: String,
}
