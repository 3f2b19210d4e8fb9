//! Cases as platforms see them, beside ours.

use domain::{Currency, ExternalCaseId, Permission, RmaId, ShopId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::order::PutOutcome;
use crate::route::{Access, Route};

/// Lists platforms' cases.
pub const LIST: Route = Route::get(
    "/api/external-cases",
    "list_external_cases",
    Access::Needs(Permission::RmaView),
    "Lists platforms' cases, the nearest deadline first.",
);
/// Puts a platform's case.
pub const PUT: Route = Route::put(
    "/api/external-cases/{shop}/{number}",
    "put_external_case",
    Access::Needs(Permission::OrderImport),
    "Takes over a platform's case; older versions are ignored, contradictions become to-dos.",
);
/// Links a platform's case to ours.
pub const LINK: Route = Route::put(
    "/api/external-cases/{id}/link",
    "link_external_case",
    Access::Needs(Permission::RmaFile),
    "Links a platform's case to one of ours, or unlinks it.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST, PUT, LINK];

/// Which are wanted; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct ExternalCaseQuery {
    /// Only this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Only those not linked yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unlinked: bool,
    /// Only those in conflict.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
}

/// Who must act on a platform's case, or how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ExternalStatus {
    /// The merchant must answer before the deadline.
    AwaitingMerchant,
    /// The buyer must send the goods.
    AwaitingBuyer,
    /// The merchant must confirm the goods.
    GoodsComing,
    /// The platform has refunded.
    Refunded,
    /// The merchant refused.
    Refused,
    /// It is over without a refund.
    Closed,
    /// A status that is not mapped.
    Unknown,
}

impl ExternalStatus {
    /// All values.
    pub const ALL: &'static [Self] = &[
        Self::AwaitingMerchant,
        Self::AwaitingBuyer,
        Self::GoodsComing,
        Self::Refunded,
        Self::Refused,
        Self::Closed,
        Self::Unknown,
    ];
}

/// A platform's case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalCaseView {
    /// Its id.
    pub id: ExternalCaseId,
    /// Whose.
    pub shop_id: ShopId,
    /// The platform's code.
    pub platform: String,
    /// The platform's number.
    pub number: String,
    /// Our case, when linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma_id: Option<RmaId>,
    /// Our case's number, when linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma_number: Option<String>,
    /// The order it is about, or empty.
    pub order_number: String,
    /// The platform's own status.
    pub raw_status: String,
    /// What it means.
    pub status: ExternalStatus,
    /// The platform's own kind, or empty.
    pub kind: String,
    /// What the buyer asks for, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_minor: Option<i64>,
    /// Its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The platform's deadline, in natural hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Why it contradicts ours, a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<String>,
    /// The platform's version.
    pub source_version: i64,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

/// A page of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalCasePage {
    /// The cases.
    pub items: Vec<ExternalCaseView>,
    /// What to send as `after` for the next page; absent on the last one. Opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A case as a platform knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutExternalCase {
    /// The platform's version, from 1; an older one than ours is ignored.
    pub source_version: i64,
    /// The order it is about.
    #[serde(default)]
    pub order_number: String,
    /// The platform's own status.
    pub raw_status: String,
    /// What it means, when the source knows; else it follows from the raw status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ExternalStatus>,
    /// The platform's own kind.
    #[serde(default)]
    pub kind: String,
    /// What the buyer asks for, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_minor: Option<i64>,
    /// Its currency; the shop's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The platform's deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}

/// What became of a platform's case that was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExternalCasePut {
    /// The platform's case.
    pub id: ExternalCaseId,
    /// What became of the facts.
    pub outcome: PutOutcome,
    /// The version that stands now.
    pub source_version: i64,
    /// Our case, when linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma_id: Option<RmaId>,
    /// Why it contradicts ours, a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<String>,
}

/// Which of our cases it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkRequest {
    /// Our case; absent unlinks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma_id: Option<RmaId>,
}
