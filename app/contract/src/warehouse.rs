//! The warehouse: scans, parcels announced, signed, matched and opened. Nothing here tells a price.

mod goods;

pub use goods::{
    CONVERT, CORRECT, COUNT, ConvertRequest, CorrectRequest, CountRequest, CountedUnits, CountedView, DISPOSE,
    DisposeRequest, DisposedView, DispositionView, GOODS, GoodsLineView, GoodsSku, GoodsView, GradeBrief, GroupView,
    INSPECT, InspectRequest, InspectedView, InspectionView, MOVES, MoveView, RECOUNT, RecountRequest, RecountedView,
    WAIVE_GOODS, WaiveGoodsRequest,
};

use domain::state::{CaseState, ParcelState};
use domain::{
    CarrierId, DeviceId, OrderId, ParcelId, Permission, PersonId, RmaId, ScanId, ShopId, SkuId, Text, Timestamp,
    UnitGroupId, WarehouseId,
};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};
use crate::station::ParcelPhoto;

const SEE_PARCELS: Access = Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive]);
const SIGNS: Access = Access::Needs(Permission::ParcelSign);
const RECEIVES: Access = Access::Needs(Permission::ParcelReceive);

/// One pull of the trigger.
pub const SCAN: Route = Route::post(
    "/api/scans",
    "record_scan",
    Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect]),
    "Stores a scan and does what follows from it.",
);
/// What a code is.
pub const IDENTIFY: Route = Route::get(
    "/api/codes/{code}",
    "identify_code",
    Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect]),
    "Says what a waybill, number, barcode or serial stands for.",
);
/// A page of parcels.
pub const LIST: Route = Route::get("/api/parcels", "list_parcels", SEE_PARCELS, "Lists parcels, newest first.");
/// One parcel with what is in it.
pub const GET: Route =
    Route::get("/api/parcels/{id}", "get_parcel", SEE_PARCELS, "Reads a parcel, its cases and what they wait for.");
/// Gives a case a return waybill.
pub const ANNOUNCE: Route = Route::post(
    "/api/rmas/{id}/parcels",
    "announce_parcel",
    Access::Needs(Permission::RmaNote),
    "Gives a case a return waybill.",
);
/// Signs a stack of parcels.
pub const SIGN: Route =
    Route::post("/api/parcels/signing", "sign_parcels", SIGNS, "Signs a stack of parcels at the dock.");
/// Opens a parcel.
pub const OPEN: Route = Route::post("/api/parcels/{id}/opening", "open_parcel", RECEIVES, "Opens a signed parcel.");
/// Ties a parcel to a case.
pub const MATCH: Route =
    Route::put("/api/parcels/{id}/rmas/{rma}", "match_parcel", RECEIVES, "Ties a parcel to a case.");
/// Takes a parcel off a case.
pub const UNMATCH: Route =
    Route::delete("/api/parcels/{id}/rmas/{rma}", "unmatch_parcel", RECEIVES, "Takes a parcel off a case.");
/// Says who looks after a parcel.
pub const FOLLOW_UP: Route = Route::put(
    "/api/parcels/{id}/follow-up",
    "follow_up_parcel",
    SIGNS,
    "Says who looks after a parcel, when, and what to know about it.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[
    SCAN,
    IDENTIFY,
    LIST,
    GET,
    ANNOUNCE,
    SIGN,
    OPEN,
    MATCH,
    UNMATCH,
    FOLLOW_UP,
    COUNT,
    RECOUNT,
    WAIVE_GOODS,
    CONVERT,
    GOODS,
    INSPECT,
    DISPOSE,
    CORRECT,
    MOVES,
];

/// What a station does with what it scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScanMode {
    /// The dock: a waybill is a parcel to sign.
    Dock,
    /// The bench: a waybill opens a parcel, a barcode or serial counts goods of the open parcel.
    Bench,
    /// Only says what it is.
    LookUp,
}

const fn one() -> i64 {
    1
}

/// A scan, sent at once or when the network is back. The same client key gets the first answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScanRequest {
    /// The station's own key for this scan, unique for ever.
    pub client_key: String,
    /// Which station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// In which shift it was made, when that is not the shift of the session that sends it.
    #[serde(default)]
    pub shift: String,
    /// Where.
    pub warehouse: WarehouseId,
    /// What it is for.
    pub mode: ScanMode,
    /// What the gun read.
    pub raw: String,
    /// How many like units: scan once, key the number.
    #[serde(default = "one")]
    pub quantity: i64,
    /// The parcel on the bench.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<ParcelId>,
    /// The station's clock.
    pub scanned_at: Timestamp,
}

/// What a scan was and what followed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScannedView {
    /// The stored scan.
    pub scan: ScanId,
    /// What the text is.
    pub code: CodeView,
    /// What followed.
    pub effect: ScanEffect,
    /// Who held the gun, as it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<PersonName>,
    /// What is doubtful about who made the scan and when; absent when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<ScanDoubt>,
}

/// What is doubtful about a scan. It is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScanDoubt {
    /// It names a shift that was not one of this station.
    ForeignShift,
    /// The station's clock puts it outside the shift it names.
    OutsideShift,
    /// The station's clock is ahead of ours.
    ClockAhead,
}

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum CodeView {
    /// A parcel under its waybill.
    Parcel {
        /// The parcel.
        parcel: ParcelId,
        /// The cases it belongs to.
        cases: Vec<RmaId>,
    },
    /// A shipment of ours under its waybill.
    Shipment {
        /// The orders it carried.
        orders: Vec<OrderId>,
        /// Their open cases.
        cases: Vec<RmaId>,
    },
    /// What we sent for cases, under its waybill: an exchange, a reship, a send-back.
    Outbound {
        /// The cases.
        cases: Vec<RmaId>,
    },
    /// Like units under the licence plate printed when they were counted.
    UnitGroup {
        /// The group.
        unit_group: UnitGroupId,
        /// Its case.
        rma: RmaId,
        /// The parcel it came in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parcel: Option<ParcelId>,
    },
    /// A case by its number.
    Case {
        /// The case.
        rma: RmaId,
    },
    /// Orders by their number.
    Order {
        /// One per shop.
        orders: Vec<OrderId>,
        /// Their open cases.
        cases: Vec<RmaId>,
    },
    /// An article by its barcode or code.
    Sku {
        /// The article.
        sku: SkuId,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Base units in the package that carries the code.
        quantity: i64,
    },
    /// One unit by its serial.
    Serial {
        /// As stored.
        serial: String,
        /// The article.
        sku: SkuId,
    },
    /// Nothing that is known, or that the reader may know of.
    Nothing,
}

/// What followed from a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "effect")]
pub enum ScanEffect {
    /// A parcel was signed.
    Signed {
        /// The parcel.
        signed: SignedView,
    },
    /// A parcel was opened, or is open.
    Opened {
        /// The parcel.
        parcel: ParcelId,
    },
    /// Goods were counted.
    Counted {
        /// The group.
        counted: CountedView,
    },
    /// Nothing but the answer.
    Shown,
    /// The scan is kept and a person must look at it.
    Conflict {
        /// Stable code.
        code: String,
        /// Why nothing followed.
        message: Text,
        /// What would help.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        help: Option<Text>,
    },
}

/// Which parcels; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ParcelQuery {
    /// Only in this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ParcelState>,
    /// Only at this warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Only parcels that belong to no case.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_case: bool,
    /// Only parked parcels.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub parked: bool,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A carrier's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CarrierName {
    /// Its id.
    pub id: CarrierId,
    /// Its name.
    pub name: Text,
}

/// A case that a parcel belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParcelCase {
    /// The case.
    pub rma: RmaId,
    /// Its human number.
    pub number: String,
    /// Its inner state.
    pub state: CaseState,
    /// Whose.
    pub shop: ShopId,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParcelView {
    /// Its id.
    pub id: ParcelId,
    /// As on its label, in capitals without spaces.
    pub waybill: String,
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierName>,
    /// Where it goes or lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// return, outbound_back or unknown.
    pub direction: String,
    /// Announced, signed or opened.
    pub state: ParcelState,
    /// When its waybill was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_at: Option<Timestamp>,
    /// When the dock took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<Timestamp>,
    /// Who took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<PersonName>,
    /// When it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// Who opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_by: Option<PersonName>,
    /// By when it should be opened; absent unless it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
    /// Who looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonName>,
    /// When somebody wants to look again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_follow_up_at: Option<Timestamp>,
    /// Weighed at the dock, grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_grams: Option<i64>,
    /// What somebody wrote on it.
    pub note: String,
    /// Its licence plate: what to print on it, and what a gun reads.
    pub plate: String,
    /// Last digits of the phone on its label.
    pub phone_tail: String,
    /// Whether it arrived damaged.
    pub damaged: bool,
    /// When it was put to the parcels nobody can place; absent when it was not, or was placed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked_at: Option<Timestamp>,
    /// The first photo taken of a parked parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<ParcelPhoto>,
    /// Whether another parcel had this waybill before.
    pub reused: bool,
    /// The cases it belongs to, of shops that the reader reaches.
    pub cases: Vec<ParcelCase>,
}

/// A parcel on the bench.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParcelOnBench {
    /// The parcel.
    pub parcel: ParcelView,
    /// Photos taken of it, oldest first.
    pub photos: Vec<ParcelPhoto>,
    /// What its cases wait for and have.
    pub cases: Vec<GoodsView>,
}

/// A return waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnounceRequest {
    /// Who brings it, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// As on the label.
    pub waybill: String,
}

/// The parcel that is expected now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnnouncedView {
    /// The parcel.
    pub parcel: ParcelId,
    /// Whether the waybill is known from elsewhere: from another case, or from long ago.
    pub reused: bool,
}

/// A stack of parcels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignRequest {
    /// Where.
    pub warehouse: WarehouseId,
    /// Who brought them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
    /// As on the labels, 1 to 500.
    pub waybills: Vec<String>,
    /// When; now unless the station was without network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// What a signed waybill turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignedAs {
    /// A parcel that was announced or belongs to a case.
    Known,
    /// One of our own shipments coming back, refused or intercepted.
    OutboundBack,
    /// Nobody announced it.
    Unknown,
    /// It was signed before; nothing changed.
    SignedBefore,
}

/// One signed parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedView {
    /// The parcel.
    pub parcel: ParcelId,
    /// As stored.
    pub waybill: String,
    /// What it is.
    pub signed_as: SignedAs,
    /// The cases it belongs to.
    pub cases: Vec<RmaId>,
    /// Whether one of them is over, so that a person must look.
    pub conflict: bool,
}

/// When something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AtRequest {
    /// When; now unless told otherwise, never in the future.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// Who looks after a parcel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ParcelFollowUpRequest {
    /// Nobody when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// When to look again; never when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What to know about it.
    pub note: String,
}
