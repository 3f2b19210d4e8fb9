//! All there is about one customer, and the block list as seen from them.

use domain::{Currency, RmaId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{BlockKind, CUSTOMERS, EDIT};
use crate::order::OrderListItem;
use crate::rma::RmaListItem;
use crate::route::Route;

/// A customer's past.
pub const CUSTOMER_HISTORY: Route = Route::get(
    "/api/customers/{id}/history",
    "get_customer_history",
    CUSTOMERS,
    "Reads a customer's orders, cases, messages and sums, as far as the reader's shops go.",
);
/// Puts a customer on the block list.
pub const BLOCK_CUSTOMER: Route = Route::put(
    "/api/customers/{id}/block",
    "block_customer",
    EDIT,
    "Puts the phone and the nickname a customer is known by on the block list, with the reason.",
);
/// Takes a customer off the block list.
pub const UNBLOCK_CUSTOMER: Route = Route::delete(
    "/api/customers/{id}/block",
    "unblock_customer",
    EDIT,
    "Takes every entry off the block list that stands for a customer.",
);

/// What a reader sees of a customer's past. Lists end at 100; the counts do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerHistory {
    /// Orders, newest first.
    pub orders: Vec<OrderListItem>,
    /// How many orders there are.
    pub order_count: i64,
    /// How many of them came back, in whole or in part.
    pub returned_orders: i64,
    /// Cases, newest first.
    pub cases: Vec<RmaListItem>,
    /// How many cases there are.
    pub case_count: i64,
    /// Sums by currency, only of rows whose amounts the reader sees.
    pub sums: Vec<CustomerSums>,
    /// What they and the shop wrote to each other, newest first.
    pub messages: Vec<CustomerMessage>,
    /// Where they stand on the block list.
    pub blocked: Vec<Blocked>,
}

/// Money of a customer in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerSums {
    /// Of what.
    pub currency: Currency,
    /// Paid for orders; absent for readers who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_minor: Option<i64>,
    /// Paid back; absent for readers who see no refunds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded_minor: Option<i64>,
}

/// A message between a customer and the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerMessage {
    /// The case it is about.
    pub rma: RmaId,
    /// Its number.
    pub number: String,
    /// Whether the customer wrote it.
    pub from_customer: bool,
    /// The text.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// An entry of the block list that stands for a customer, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Blocked {
    /// What they are known by.
    pub kind: BlockKind,
    /// The tag they get.
    pub tag: String,
    /// Why.
    pub note: String,
    /// Since when.
    pub since: Timestamp,
}

/// Puts a customer on the block list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlockRequest {
    /// The tag they get.
    pub tag: String,
    /// Why.
    pub note: String,
}
