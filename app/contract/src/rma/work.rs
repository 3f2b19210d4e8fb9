//! What the case page tells of work in other places: parcels, settlements, outbound orders.

use domain::kind::OutboundKind;
use domain::settlement::Basis;
use domain::state::{OutboundState, ParcelState, SettlementState};
use domain::{Money, OutboundOrderId, ParcelId, SettlementId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// A parcel of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseParcel {
    /// Its id.
    pub id: ParcelId,
    /// As on its label.
    pub waybill: String,
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Text>,
    /// Announced, signed or opened.
    pub state: ParcelState,
    /// When its waybill was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_at: Option<Timestamp>,
    /// When the dock took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<Timestamp>,
    /// When it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// By when it should be opened; absent unless it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
}

/// A settlement of a case, as anybody who sees the case sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSettlement {
    /// Its id.
    pub id: SettlementId,
    /// Why.
    pub basis: Basis,
    /// Where it stands.
    pub state: SettlementState,
    /// What the customer gets; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Money>,
    /// original, credit, manual, platform or none.
    pub means: String,
    /// Whether somebody else must approve it.
    pub needs_second: bool,
    /// Whether nobody knows yet if some of its money moved.
    pub outcome_unknown: bool,
    /// Whether a person paid some of it by hand, whatever was meant.
    #[serde(default)]
    pub paid_by_hand: bool,
    /// When it was keyed.
    pub proposed_at: Timestamp,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Timestamp>,
    /// By when it should be paid; absent unless it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
}

/// An outbound order of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseOutbound {
    /// Its id.
    pub id: OutboundOrderId,
    /// Human number.
    pub number: String,
    /// Why it goes out.
    pub kind: OutboundKind,
    /// Where it stands.
    pub state: OutboundState,
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Text>,
    /// Its waybill, or empty.
    pub waybill: String,
    /// What is in it.
    pub lines: Vec<CaseOutboundLine>,
    /// When it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Why it does not go, or empty.
    pub waived_reason: String,
}

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseOutboundLine {
    /// The article's code.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Base units.
    pub quantity: i64,
}
