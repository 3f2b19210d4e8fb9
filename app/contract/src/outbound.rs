//! Outbound orders: exchange, reship, repair return and send-back, shipped and delivered, or waived.

use domain::kind::OutboundKind;
use domain::state::OutboundState;
use domain::{
    CarrierId, OutboundLineId, OutboundOrderId, Permission, RmaId, ShopId, SkuId, Text, Timestamp, WarehouseId,
};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};
use crate::warehouse::CarrierName;

const MANAGES: Access = Access::Needs(Permission::OutboundManage);

/// A page of outbound orders.
pub const LIST: Route =
    Route::get("/api/outbound-orders", "list_outbound", MANAGES, "Lists outbound orders, newest first.");
/// One order as its slip prints it.
pub const GET: Route =
    Route::get("/api/outbound-orders/{id}", "get_outbound", MANAGES, "Reads an outbound order as its slip prints it.");
/// Ships an order.
pub const SHIP: Route = Route::post(
    "/api/outbound-orders/{id}/shipment",
    "ship_outbound",
    MANAGES,
    "Records that an outbound order left under a waybill.",
);
/// Delivers an order.
pub const DELIVER: Route = Route::post(
    "/api/outbound-orders/{id}/delivery",
    "deliver_outbound",
    MANAGES,
    "Records that an outbound order arrived.",
);
/// Sends another article.
pub const SUBSTITUTE: Route = Route::put(
    "/api/outbound-orders/{id}/lines/{line}/sku",
    "substitute_outbound",
    MANAGES,
    "Sends another article than the one that came back, while the order is open.",
);
/// Waives an order.
pub const WAIVE: Route = Route::post(
    "/api/outbound-orders/{id}/waiver",
    "waive_outbound",
    Access::Needs(Permission::Waive),
    "Records that an outbound order does not go.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST, GET, SHIP, DELIVER, SUBSTITUTE, WAIVE];

/// Which orders; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct OutboundQuery {
    /// Only in this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<OutboundState>,
    /// Only of this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A line of an outbound order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboundLineView {
    /// Its id.
    pub id: OutboundLineId,
    /// The article's code.
    pub sku: String,
    /// The article's name.
    pub name: String,
    /// Base units.
    pub quantity: i64,
}

/// An outbound order in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboundListItem {
    /// Its id.
    pub id: OutboundOrderId,
    /// Human number.
    pub number: String,
    /// Its case.
    pub rma: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// Whose.
    pub shop: ShopId,
    /// Where it leaves from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Why it goes out.
    pub kind: OutboundKind,
    /// Where it stands.
    pub state: OutboundState,
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierName>,
    /// Its waybill, or empty.
    pub waybill: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Why it does not go, or empty.
    pub waived_reason: String,
    /// What is in it.
    pub lines: Vec<OutboundLineView>,
}

/// An outbound order as its slip prints it. Personal values come as the reader may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboundView {
    /// As in lists.
    pub head: OutboundListItem,
    /// The order that was sold, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Where it leaves from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_name: Option<Text>,
    /// Who receives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<String>,
    /// Their phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// Where it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_address: Option<String>,
}

/// How an order left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShipRequest {
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// Its waybill.
    pub waybill: String,
    /// When; now unless the ERP says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// What goes out instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubstituteRequest {
    /// The article.
    pub sku: SkuId,
}
