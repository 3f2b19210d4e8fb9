//! Waybills and what carriers say of them. Invariant: types for customers are theirs alone, as in `portal`.

use domain::state::ParcelState;
use domain::tracking::TrackingState;
use domain::{CarrierId, ParcelId, Permission, RmaId, Text, Timestamp, TrackingEventId};
use serde::{Deserialize, Serialize};

use crate::portal::PortalTrackingRequest;
use crate::route::{Access, Route};

const WRITES: Access = Access::NeedsOne(&[Permission::RmaNote, Permission::ParcelSign]);

/// A case's parcels with where they are.
pub const OF_CASE: Route = Route::get(
    "/api/rmas/{id}/tracking",
    "get_rma_tracking",
    Access::Needs(Permission::RmaView),
    "Reads where the parcels of a case are, by their carriers, and corrections of their waybills.",
);
/// What another system heard from carriers.
pub const PUT: Route = Route::post(
    "/api/tracking-events",
    "put_tracking_events",
    Access::Needs(Permission::OrderImport),
    "Takes what carriers said of waybills, up to 500 at a time; the same said twice stands once.",
);
/// What a person found out.
pub const ADD: Route = Route::post(
    "/api/parcels/{id}/tracking-events",
    "add_tracking_event",
    WRITES,
    "Writes down what a person found out about a parcel.",
);
/// Corrects a waybill.
pub const CORRECT: Route = Route::put(
    "/api/parcels/{id}/waybill",
    "correct_waybill",
    WRITES,
    "Corrects the waybill or the carrier of a parcel; what it was stays on record.",
);
/// What a number looks like.
pub const CHECK: Route = Route::get(
    "/api/waybills/{waybill}/check",
    "check_waybill",
    Access::NeedsOne(&[Permission::RmaNote, Permission::ParcelSign, Permission::ParcelReceive]),
    "Says which carriers a waybill can be of, what seems wrong with it, and which cases have it already.",
);
/// The same for customers. Needs a case token, as does the next.
pub const CUSTOMER_CHECK: Route = Route::get(
    "/api/portal/case/waybills/{waybill}/check",
    "check_customer_waybill",
    Access::Customer,
    "Says which carriers a waybill can be of and what seems wrong with it.",
);
/// Corrects a waybill that the customer gave, by what it was. Answers with the case.
pub const CUSTOMER_CORRECT: Route = Route::put(
    "/api/portal/case/parcels/{waybill}",
    "correct_customer_waybill",
    Access::Customer,
    "Corrects a waybill of the case before its parcel has arrived.",
);

/// What stands on the label that comes back with the goods.
pub const RETURN_LABEL: Route = Route::get(
    "/api/rmas/{id}/return-label",
    "get_return_label",
    Access::Needs(Permission::RmaView),
    "Reads what stands on a case's return label: address, number, goods without prices.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[RETURN_LABEL, OF_CASE, PUT, ADD, CORRECT, CHECK, CUSTOMER_CHECK, CUSTOMER_CORRECT];

/// The body of [`CUSTOMER_CORRECT`].
pub type PortalCorrectRequest = PortalTrackingRequest;

/// What stands on a case's return label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnLabelView {
    /// The case's number: what the barcodes say.
    pub number: String,
    /// The shop's name.
    pub shop: Text,
    /// The order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Where the goods go; absent before that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<LabelAddress>,
    /// What to enclose.
    pub lines: Vec<LabelLine>,
}

/// Where the goods go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelAddress {
    /// To whom.
    pub name: String,
    /// Their phone.
    pub phone: String,
    /// Where.
    pub address: Text,
    /// What to know.
    pub notes: Text,
}

/// An article on a return label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelLine {
    /// Its name.
    pub goods: String,
    /// How many base units.
    pub quantity: i64,
}

/// A parcel with where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParcelTracking {
    /// The parcel.
    pub parcel: ParcelId,
    /// As on its label.
    pub waybill: String,
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// How far it is here.
    pub state: ParcelState,
    /// The carrier says it was delivered and nobody here has signed it.
    pub signed_elsewhere: bool,
    /// The waybill was used before, or by another case.
    pub reused: bool,
    /// Other cases that have it, which the reader may see.
    pub others: Vec<OtherCase>,
    /// What seems wrong with the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Text>,
    /// What was said, oldest first.
    pub events: Vec<TrackingEventView>,
    /// Corrections, oldest first.
    pub changes: Vec<WaybillChangeView>,
}

/// Another case under the same waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtherCase {
    /// The case.
    pub rma: RmaId,
    /// Its number.
    pub number: String,
}

/// What was said of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrackingEventView {
    /// Its id.
    pub id: TrackingEventId,
    /// When it happened.
    pub at: Timestamp,
    /// Where the parcel is.
    pub state: TrackingState,
    /// The town or depot.
    pub place: String,
    /// In the carrier's words.
    pub text: String,
    /// Who wrote it down, when a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A correction of a waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaybillChangeView {
    /// When.
    pub at: Timestamp,
    /// Who: a colleague's name; absent when the customer did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The waybill before.
    pub from: String,
    /// The waybill after.
    pub to: String,
    /// The carrier after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// Why.
    pub reason: String,
}

/// What another system heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutTrackingRequest {
    /// 1 to 500.
    pub events: Vec<PutTrackingEvent>,
}

/// What a carrier said of a waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutTrackingEvent {
    /// As on the label.
    pub waybill: String,
    /// The carrier's code in the master data, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// `on_the_way`, `trouble`, `delivering`, `signed`, `sent_back`, `refused`, or what Chinese carriers and their look-up
    /// services say for them: 在途, 揽收, 疑难, 派件, 签收, 退签, 退回, 拒签, `0` to `8` and `14`.
    pub state: String,
    /// The town or depot.
    #[serde(default)]
    pub place: String,
    /// In the carrier's words.
    #[serde(default)]
    pub text: String,
    /// The sender's own key of this saying; without one, the same words about the same moment are the same saying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// What became of each, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutTrackingView {
    /// How many were new.
    pub stored: u32,
    /// How many were known.
    pub known: u32,
    /// Waybills that no parcel has.
    pub unknown_waybills: Vec<String>,
}

/// What a person found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddTrackingRequest {
    /// When; now unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Where it is.
    pub state: TrackingState,
    /// The town or depot.
    #[serde(default)]
    pub place: String,
    /// What was said.
    #[serde(default)]
    pub text: String,
}

/// The right waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectWaybillRequest {
    /// As on the label.
    pub waybill: String,
    /// Who brings it; not known when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// What a number looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaybillCheck {
    /// As it would be stored.
    pub waybill: String,
    /// Carriers it can be of, the likeliest first.
    pub carriers: Vec<CarrierId>,
    /// What seems wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Text>,
    /// Cases that have it, which the reader may see.
    pub others: Vec<OtherCase>,
}

/// What a number looks like, for a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalWaybillCheck {
    /// As it would be stored.
    pub waybill: String,
    /// Codes of carriers it can be of, the likeliest first.
    pub carriers: Vec<String>,
    /// What seems wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Text>,
}

/// What a carrier says of a customer's parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalTrackingEvent {
    /// When.
    pub at: Timestamp,
    /// Where the parcel is.
    pub state: TrackingState,
    /// The town or depot.
    pub place: String,
    /// In the carrier's words.
    pub text: String,
}
