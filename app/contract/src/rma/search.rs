//! Anything by what a person knows of it.

use domain::{CustomerId, Permission, ShopId, SkuId, Text};
use serde::{Deserialize, Serialize};

use super::{OrderBrief, RmaListItem};
use crate::route::{Access, Route};

/// Searches.
pub const SEARCH: Route = Route::get(
    "/api/search",
    "search_cases",
    Access::NeedsOne(&[Permission::RmaView, Permission::OrderView, Permission::CustomerView]),
    "Finds cases, orders, customers and articles by number, waybill, phone tail, name or code.",
);

/// What is looked for; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct SearchQuery {
    /// The beginning of a number, a phone or its last four digits, a name, a code or barcode, or a waybill; at least two
    /// characters.
    pub q: String,
}

/// What was found, as far as the reader may see it: at most 20 of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResult {
    /// Cases, newest first.
    pub rmas: Vec<RmaListItem>,
    /// Orders, newest first.
    pub orders: Vec<FoundOrder>,
    /// Customers.
    #[serde(default)]
    pub customers: Vec<FoundCustomer>,
    /// Articles.
    #[serde(default)]
    pub skus: Vec<FoundSku>,
    /// Those of them whose number, code or waybill is exactly what was typed.
    #[serde(default)]
    pub exact: Vec<ExactHit>,
}

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FoundKind {
    /// A case.
    Rma,
    /// An order.
    Order,
    /// A customer.
    Customer,
    /// An article.
    Sku,
}

/// A hit whose number is exactly what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExactHit {
    /// What it is.
    pub kind: FoundKind,
    /// Its id.
    pub id: String,
}

/// An order that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundOrder {
    /// Whose.
    pub shop: ShopId,
    /// In short.
    pub order: OrderBrief,
}

/// A customer who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundCustomer {
    /// Their id.
    pub id: CustomerId,
    /// The number other systems know them by.
    pub customer_no: String,
    /// Their name, as their page shows it to this reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundSku {
    /// Its id.
    pub id: SkuId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
}
