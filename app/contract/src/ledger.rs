//! The books as finance reads them: who bears what of a case, who owes what, what customers may spend; claims and
//! recoveries.

use domain::settlement::ComponentKind;
use domain::state::Bearer;
use domain::{
    CarrierId, Currency, CustomerId, LedgerAccountId, LedgerEntryId, Money, Permission, RmaId, SettlementId, ShopId,
    SupplierId, Text, Timestamp, UnitGroupId,
};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};

const PROPOSES: Access = Access::Needs(Permission::SettlementPropose);

/// Who works with money.
const SEE: Access =
    Access::NeedsOne(&[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay]);

/// The books of a case.
pub const OF_CASE: Route = Route::get(
    "/api/rmas/{id}/ledger",
    "get_case_ledger",
    SEE,
    "Reads the books of a case: who bears what, and its entries, oldest first.",
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
pub const RECEIVABLES: Route = Route::get(
    "/api/receivables",
    "list_receivables",
    SEE,
    "Lists what customers and outside parties owe, case by case, newest first.",
);
/// How much is owed.
pub const RECEIVABLE_TOTALS: Route = Route::get(
    "/api/receivable-totals",
    "get_receivable_totals",
    SEE,
    "Sums what is owed by party and currency, customers together.",
);
/// Who may spend how much.
pub const STORE_CREDITS: Route = Route::get(
    "/api/store-credits",
    "list_store_credits",
    SEE,
    "Lists customers with store credit, newest first, over all shops.",
);
/// What a customer may spend.
pub const STORE_CREDIT: Route = Route::get(
    "/api/customers/{id}/store-credit",
    "get_store_credit",
    Access::Needs(Permission::CustomerView),
    "Reads a customer's store credit, currency by currency.",
);

/// Where a customer's credit comes from.
pub const STORE_CREDIT_ENTRIES: Route = Route::get(
    "/api/customers/{id}/store-credit/entries",
    "list_store_credit_entries",
    Access::Needs(Permission::CustomerView),
    "Lists the entries of a customer's store credit, newest first.",
);

/// Routes of this area.
pub const ROUTES: &[Route] =
    &[OF_CASE, CLAIM, RECOVER, RECEIVABLES, RECEIVABLE_TOTALS, STORE_CREDITS, STORE_CREDIT, STORE_CREDIT_ENTRIES];

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A refund was paid.
    Refund,
    /// Store credit was given.
    StoreCredit,
    /// Goods that somebody damaged.
    Liability,
    /// Goods owed for money that went ahead of them.
    Goods,
    /// A part of a settlement that somebody outside bears.
    Part,
    /// Booked by hand.
    Claim,
    /// The money came.
    Paid,
    /// It was given up.
    GivenUp,
}

impl About {
    /// All values.
    pub const ALL: &'static [Self] = &[
        Self::Refund,
        Self::StoreCredit,
        Self::Liability,
        Self::Goods,
        Self::Part,
        Self::Claim,
        Self::Paid,
        Self::GivenUp,
    ];
}

/// What an entry is about, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AboutView {
    /// What.
    pub kind: About,
    /// Which part, of a settlement's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<ComponentKind>,
    /// What a person wrote on it, or empty: why, or the proof of payment.
    pub note: String,
}

/// Who owes or bears something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartyView {
    /// What they are.
    pub bearer: Bearer,
    /// Which one, as far as it is known; a customer's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The customer, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
}

/// The books of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseBooksView {
    /// The case's currency.
    pub currency: Currency,
    /// Who bears how much, the merchant first; empty while nothing is booked.
    pub bearers: Vec<BearerView>,
    /// The entries, oldest first.
    pub entries: Vec<EntryView>,
}

/// What one party bears of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BearerView {
    /// Who.
    pub party: PartyView,
    /// Where it is booked; absent for the merchant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<LedgerAccountId>,
    /// What they bear. The bearers of a case together bear what was refunded.
    pub borne: Money,
    /// What came in of it.
    pub paid: Money,
    /// What is left; below zero when more came than is owed.
    pub owed: Money,
    /// Whether the reader may book what comes in.
    pub may_recover: bool,
}

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
    /// Who owes or bears it; the shop on the merchant's own accounts.
    pub party: PartyView,
    /// Signed.
    pub amount: Money,
    /// The goods it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_group: Option<UnitGroupId>,
    /// The settlement it follows from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<SettlementId>,
    /// Why.
    pub about: AboutView,
    /// Who did what it follows from; absent where no person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonName>,
    /// When.
    pub at: Timestamp,
}

/// Which receivables; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ReceivableQuery {
    /// Only what such a party owes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bearer: Option<Bearer>,
    /// Only on this account: of one carrier, one supplier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<LedgerAccountId>,
    /// Only those with, or without, something left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Only of this shop's cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
}

/// Of which shop; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct TotalsQuery {
    /// Only of this shop's cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
}

/// What somebody owes on a case, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivableView {
    /// Its first entry.
    pub id: LedgerEntryId,
    /// The account.
    pub account: LedgerAccountId,
    /// The case.
    pub rma: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// The case's shop.
    pub shop: ShopId,
    /// Who owes.
    pub party: PartyView,
    /// What it was first booked for.
    pub about: AboutView,
    /// How much was booked.
    pub charged: Money,
    /// How much came in.
    pub paid: Money,
    /// How much was given up.
    pub given_up: Money,
    /// How much is left; below zero when more came than is owed.
    pub owed: Money,
    /// First booked.
    pub since: Timestamp,
    /// Last changed.
    pub changed_at: Timestamp,
    /// Whether the reader may book what comes in.
    pub may_recover: bool,
}

/// How much a party owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwedTotalView {
    /// Who; customers are one.
    pub party: PartyView,
    /// Where it is booked; absent for customers, who have an account each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<LedgerAccountId>,
    /// How much.
    pub owed: Money,
    /// On how many cases.
    pub cases: i64,
}

/// A customer with store credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditView {
    /// The account.
    pub account: LedgerAccountId,
    /// Whose.
    pub customer: CustomerId,
    /// The number they are known by.
    pub customer_no: String,
    /// What they may spend.
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

/// An entry of a customer's store credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditEntryView {
    /// Its id.
    pub id: LedgerEntryId,
    /// Above zero when it was given, below when it was used.
    pub amount: Money,
    /// The case it comes from, when the reader may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// That case's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma_number: Option<String>,
    /// Who did what it follows from; absent where no person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonName>,
    /// When.
    pub at: Timestamp,
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
