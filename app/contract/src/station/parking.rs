//! Parcels that nobody can place yet: parked with photos, later matched by scored suggestions.

use domain::{AttachmentId, ParcelId, Permission, RmaId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// Parks a parcel.
pub const PARK: Route = Route::post(
    "/api/parcels/parking",
    "park_parcel",
    Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive]),
    "Parks a parcel with what can be seen of it: photos, a phone's tail, a note, damage.",
);
/// The cases it may belong to.
pub const SUGGEST: Route = Route::get(
    "/api/parcels/{id}/suggestions",
    "suggest_cases",
    Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive]),
    "Lists the cases a parcel may belong to, the likeliest first, with reasons.",
);

/// What is seen of a parcel. Given again, it adds to what was given before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ParkRequest {
    /// The parcel, when it is signed already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<ParcelId>,
    /// Where it is taken in, for one that is not signed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// What its label says, for one that is not signed yet; a parcel without a readable label gets its licence plate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// Last digits of the phone on the label, 4 to 11.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_tail: Option<String>,
    /// What else was seen, at most 500 characters; replaces the note when given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether the parcel arrived damaged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damaged: Option<bool>,
    /// Weighed, grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_grams: Option<i64>,
    /// Photos, uploaded before by the same person; at most 20 a parcel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
    /// Whether it goes to the shelf of parcels nobody can place; false only notes what was seen.
    #[serde(default)]
    pub parked: bool,
    /// When; now unless the station was without network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A photo of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParcelPhoto {
    /// To be read as an attachment.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// When it was taken in.
    pub at: Timestamp,
}

/// Why a case is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuggestionReasonKind {
    /// Its waybill is like the parcel's.
    Waybill,
    /// The buyer's phone ends like the one on the label.
    PhoneTail,
    /// It waits for what was counted in the parcel.
    Goods,
}

/// Why a case is suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestionReason {
    /// Which sign.
    pub kind: SuggestionReasonKind,
    /// Its part of the score.
    pub points: u32,
    /// In words.
    pub text: Text,
}

/// A case that a parcel may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestionView {
    /// The case.
    pub rma: RmaId,
    /// Its human number.
    pub number: String,
    /// The names of the goods it waits for.
    pub goods: Vec<String>,
    /// 1 to 100.
    pub score: u32,
    /// The signs, the strongest first.
    pub reasons: Vec<SuggestionReason>,
}
