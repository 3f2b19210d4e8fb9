//! Hand-over sheets (交接班): what was done since the one before, what is left, who takes over.

use domain::{DeviceId, HandOverId, ParcelId, Permission, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use super::OperatorView;
use crate::rma::PersonName;
use crate::route::{Access, Route};

const SEE: Access =
    Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect, Permission::Dispose]);

/// The sheet as it would be now.
pub const DRAFT_HAND_OVER: Route = Route::get(
    "/api/station/hand-over",
    "draft_hand_over",
    SEE,
    "Reads the hand-over sheet of this station as it would be now.",
);
/// Hands over.
pub const HAND_OVER: Route = Route::post(
    "/api/station/hand-over",
    "hand_station_over",
    SEE,
    "Keeps the hand-over sheet and gives the station to the next operator by badge and PIN.",
);
/// Sheets kept.
pub const LIST_HAND_OVERS: Route =
    Route::get("/api/hand-overs", "list_hand_overs", SEE, "Lists hand-over sheets, newest first.");
/// Stations that were handed over.
pub const LIST_HANDED_OVER: Route = Route::get(
    "/api/hand-over-stations",
    "list_handed_over_stations",
    SEE,
    "Lists the stations that have hand-over sheets, by name.",
);
/// One sheet.
pub const GET_HAND_OVER: Route =
    Route::get("/api/hand-overs/{id}", "get_hand_over", SEE, "Reads a hand-over sheet as it was kept.");

/// Which sheets; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct HandOverQuery {
    /// Only of this warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Only of this station.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<DeviceId>,
    /// Only sheets made at this moment or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Only sheets made before this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A station that has sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedOverStation {
    /// Its id.
    pub id: DeviceId,
    /// Its name now.
    pub name: String,
}

/// What was done at the station since the sheet before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverCounts {
    /// Pulls of the trigger.
    pub scans: i64,
    /// Parcels signed.
    pub signed: i64,
    /// Parcels opened.
    pub opened: i64,
    /// Units counted.
    pub units_counted: i64,
    /// Units inspected.
    pub units_inspected: i64,
    /// Units disposed of.
    pub units_dispositioned: i64,
    /// Parcels parked.
    pub parked: i64,
    /// Facts that a person must look at.
    pub conflicts: i64,
}

/// A parcel that is left to the next operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftParcel {
    /// The parcel.
    pub parcel: ParcelId,
    /// As on its label.
    pub waybill: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// The numbers of its cases.
    pub cases: Vec<String>,
    /// Whether it is parked.
    pub parked: bool,
}

/// A hand-over sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverView {
    /// Its id; a draft has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<HandOverId>,
    /// The station.
    pub station: DeviceId,
    /// Its name then.
    pub station_name: String,
    /// Where it stood.
    pub warehouse: WarehouseId,
    /// Who hands over.
    pub from: PersonName,
    /// Who took over; a draft has nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PersonName>,
    /// When the sheet before was kept; absent on a station's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// When it was made.
    pub at: Timestamp,
    /// Who worked here in between, with the time they spent.
    pub operators: Vec<PersonName>,
    /// What was done.
    pub counts: HandOverCounts,
    /// How many parcels at the warehouse are signed and not opened.
    pub unopened: i64,
    /// The oldest of them, at most 100.
    pub unopened_parcels: Vec<LeftParcel>,
    /// How many parcels at the warehouse are opened and not finished.
    pub unfinished: i64,
    /// The oldest of them, at most 100.
    pub unfinished_parcels: Vec<LeftParcel>,
    /// Facts and photos the station had not uploaded yet.
    pub pending_uploads: i64,
    /// What the next operator should know.
    pub note: String,
}

/// Hands over.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOverRequest {
    /// The next operator's badge.
    pub badge: String,
    /// The next operator's PIN.
    pub pin: String,
    /// What they should know, at most 2,000 characters.
    #[serde(default)]
    pub note: String,
    /// Facts and photos the station has not uploaded yet.
    #[serde(default)]
    pub pending_uploads: i64,
}

/// The station in the next hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedOverView {
    /// The sheet as kept.
    pub hand_over: HandOverView,
    /// The session that is open now.
    pub operator: OperatorView,
}
