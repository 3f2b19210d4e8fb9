//! The station: an enrolled browser with a gun, the operator at it, shifts, hand-over sheets and parked parcels.
//!
//! A station proves itself with a cookie of its own, an operator with badge and PIN; what an operator may do there is a
//! part of what they may do with their password, at the station's warehouse only.

mod hand_over;
mod parking;

pub use hand_over::{
    DRAFT_HAND_OVER, GET_HAND_OVER, HAND_OVER, HandOverCounts, HandOverQuery, HandOverRequest, HandOverView,
    HandedOverStation, HandedOverView, LIST_HAND_OVERS, LIST_HANDED_OVER, LeftParcel,
};
pub use parking::{PARK, ParcelPhoto, ParkRequest, SUGGEST, SuggestionReason, SuggestionReasonKind, SuggestionView};

use domain::{DeviceId, Permission, PersonId, ShiftId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};
use crate::session::CallerView;

const MANAGES: Access = Access::Needs(Permission::MasterEdit);
const PERSONS: Access = Access::Needs(Permission::PersonManage);

/// The stations.
pub const LIST: Route = Route::get("/api/stations", "list_stations", MANAGES, "Lists stations, revoked ones too.");
/// Makes this browser a station.
pub const ENROL: Route =
    Route::post("/api/stations", "enrol_station", MANAGES, "Makes this browser a station and gives it its cookie.");
/// Makes this browser a station that is known already.
pub const ENROL_AGAIN: Route = Route::post(
    "/api/stations/{id}/enrolment",
    "enrol_station_again",
    MANAGES,
    "Makes this browser the station, and ends it on the browser that was it until now.",
);
/// Renames, moves or sets a station.
pub const CHANGE: Route =
    Route::patch("/api/stations/{id}", "change_station", MANAGES, "Renames, moves or sets a station.");
/// Ends a station.
pub const REVOKE: Route =
    Route::delete("/api/stations/{id}", "revoke_station", MANAGES, "Ends a station and its operator's session.");
/// What this browser is.
pub const HERE: Route = Route::get(
    "/api/station",
    "get_own_station",
    Access::Public,
    "Says which station this browser is and who operates it.",
);
/// Opens an operator's session.
pub const OPEN_OPERATOR: Route = Route::post(
    "/api/station/operator",
    "open_operator",
    Access::Public,
    "Opens an operator's session on this station by badge and PIN, and ends the one before.",
);
/// Ends the operator's session.
pub const CLOSE_OPERATOR: Route = Route::delete(
    "/api/station/operator",
    "close_operator",
    Access::SignedIn,
    "Ends the operator's session and shift.",
);
/// A person's badge.
pub const GET_BADGE: Route =
    Route::get("/api/persons/{id}/badge", "get_badge", PERSONS, "Says whether a person has a badge and a PIN.");
/// Issues a badge.
pub const ISSUE_BADGE: Route = Route::post(
    "/api/persons/{id}/badge",
    "issue_badge",
    PERSONS,
    "Issues a badge in place of the one before; its code is told this once.",
);
/// Ends a badge.
pub const REVOKE_BADGE: Route = Route::delete(
    "/api/persons/{id}/badge",
    "revoke_badge",
    PERSONS,
    "Ends a person's badge and the operator's sessions opened with it.",
);
/// Sets a person's PIN.
pub const SET_PIN: Route = Route::put("/api/persons/{id}/pin", "set_pin", PERSONS, "Sets a person's PIN.");
/// Sets the own PIN.
pub const SET_OWN_PIN: Route =
    Route::put("/api/session/pin", "set_own_pin", Access::SignedIn, "Sets the own PIN with the own password.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[
    LIST,
    ENROL,
    ENROL_AGAIN,
    CHANGE,
    REVOKE,
    HERE,
    OPEN_OPERATOR,
    CLOSE_OPERATOR,
    GET_BADGE,
    ISSUE_BADGE,
    REVOKE_BADGE,
    SET_PIN,
    SET_OWN_PIN,
    DRAFT_HAND_OVER,
    HAND_OVER,
    LIST_HAND_OVERS,
    LIST_HANDED_OVER,
    GET_HAND_OVER,
    PARK,
    SUGGEST,
];

/// The header that names the shift a fact was made in, for facts sent later: what was queued offline while somebody else
/// worked is theirs.
pub const SHIFT_HEADER: &str = "x-station-shift";
/// The header that says when such a fact was made: UTC milliseconds of the station's clock.
pub const MADE_AT_HEADER: &str = "x-station-made-at";

/// A warehouse in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationWarehouse {
    /// Its id.
    pub id: WarehouseId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
}

/// A station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationView {
    /// Its id.
    pub id: DeviceId,
    /// Its name, unique.
    pub name: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<StationWarehouse>,
    /// Its gun and screen, as the settings page keeps them: an object.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub settings: serde_json::Value,
    /// When it was enrolled last.
    pub enrolled_at: Timestamp,
    /// Whether it may be used; a revoked one may not.
    pub active: bool,
    /// Who operates it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<PersonName>,
    /// Row version, to be sent back with a change.
    pub version: i64,
}

/// A browser to enrol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrolStation {
    /// A name nobody else has, 1 to 40 characters.
    pub name: String,
    /// Where it stands.
    pub warehouse: WarehouseId,
    /// Gun and screen; an empty object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub settings: Option<serde_json::Value>,
}

/// A change of a station; what is absent stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeStation {
    /// The version the change was made on.
    pub version: i64,
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it stands from now on; the operator must sign in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Gun and screen, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub settings: Option<serde_json::Value>,
}

/// What this browser is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationHere {
    /// The station; absent when this browser is none or was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<StationView>,
    /// Whose operator's session this browser has open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftView>,
    /// The server's clock.
    pub now: Timestamp,
}

/// An operator's stay at a station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShiftView {
    /// Its id: each scan names it.
    pub id: ShiftId,
    /// Who.
    pub operator: PersonName,
    /// Since when.
    pub started_at: Timestamp,
}

/// Badge and PIN.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenOperator {
    /// As the gun read it.
    pub badge: String,
    /// 4 to 8 digits.
    pub pin: String,
}

/// An operator's session on a station. The CSRF token stands in `caller.session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorView {
    /// Who, and what they may do here.
    pub caller: CallerView,
    /// Their stay.
    pub shift: ShiftView,
}

/// A person's badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadgeView {
    /// Whose.
    pub person: PersonId,
    /// When the badge in force was issued; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    /// Whether a PIN is set.
    pub has_pin: bool,
    /// Until when wrong PINs keep the badge from being used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_until: Option<Timestamp>,
}

/// A new badge: the only time its code is told.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedBadge {
    /// Whose.
    pub person: PersonName,
    /// What to print as a barcode or QR: capitals and digits.
    pub code: String,
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// A PIN set by a manager.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPin {
    /// 4 to 8 digits, not one that everybody tries first.
    pub pin: String,
}

/// The own PIN.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetOwnPin {
    /// The own password.
    pub current: String,
    /// 4 to 8 digits, not one that everybody tries first.
    pub pin: String,
}
