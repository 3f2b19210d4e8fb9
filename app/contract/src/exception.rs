//! The exceptions desk: what stands still or does not fit, oldest first, and what is done about it. Nothing here tells a
//! price or a phone number.

use domain::state::{CaseState, ParcelState};
use domain::{ParcelId, Permission, PersonId, RmaId, ShopId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};
use crate::warehouse::CarrierName;

const SEE: Access = Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive, Permission::RmaView]);
const ACT: Access =
    Access::NeedsOne(&[Permission::ParcelSign, Permission::ParcelReceive, Permission::RmaNote, Permission::RmaDecide]);

/// A page of exceptions.
pub const LIST: Route =
    Route::get("/api/exceptions", "list_exceptions", SEE, "Lists what stands still or does not fit, the oldest first.");
/// How many there are.
pub const COUNTS: Route =
    Route::get("/api/exceptions/counts", "count_exceptions", SEE, "Counts exceptions by kind and age, exactly.");
/// Whom they can be given to.
pub const PEOPLE: Route = Route::get(
    "/api/exceptions/people",
    "list_exception_people",
    SEE,
    "Lists the colleagues that exceptions can be given to.",
);
/// Gives them to a person.
pub const OWN: Route =
    Route::put("/api/exceptions/owner", "own_exceptions", ACT, "Gives exceptions to a person or to nobody.");
/// Says when to look again.
pub const LOOK_AGAIN: Route = Route::put(
    "/api/exceptions/follow-up",
    "follow_up_exceptions",
    ACT,
    "Says when to look at exceptions again, with a note.",
);
/// Ends them.
pub const SETTLE: Route = Route::post(
    "/api/exceptions/settling",
    "settle_exceptions",
    ACT,
    "Says why nothing more is to be done about exceptions.",
);
/// What counts as too long or too far.
pub const SETTINGS: Route =
    Route::get("/api/exceptions/settings", "get_exception_settings", SEE, "Reads what counts as too long or too far.");
/// Sets it.
pub const SAVE_SETTINGS: Route = Route::put(
    "/api/exceptions/settings",
    "save_exception_settings",
    Access::Needs(Permission::MasterEdit),
    "Sets what counts as too long or too far.",
);
/// Weighs a parcel.
pub const WEIGH: Route = Route::put(
    "/api/parcels/{id}/weight",
    "weigh_parcel",
    Access::Needs(Permission::ParcelSign),
    "Says what a signed parcel weighs; a gap to what should be in it becomes an exception.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST, COUNTS, PEOPLE, OWN, LOOK_AGAIN, SETTLE, SETTINGS, SAVE_SETTINGS, WEIGH];

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// A parcel is here and nobody knows whose it is.
    Unidentified,
    /// A parcel was announced and has not come.
    Silent,
    /// The carrier says it was handed over here, and nobody signed it.
    CarrierSigned,
    /// A parcel was signed and is not opened.
    Unopened,
    /// A parcel was opened and nothing in it was counted.
    Uncounted,
    /// A parcel weighs other than what should be in it.
    WeightGap,
    /// Somebody wanted to look again, and that time is over.
    FollowUp,
    /// A fact contradicts what was agreed.
    Conflict,
}

impl ExceptionKind {
    /// All kinds, in the order people look at them.
    pub const ALL: [Self; 8] = [
        Self::Unidentified,
        Self::Silent,
        Self::CarrierSigned,
        Self::Unopened,
        Self::Uncounted,
        Self::WeightGap,
        Self::FollowUp,
        Self::Conflict,
    ];
}

/// What an exception is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExceptionSubject {
    /// A parcel.
    Parcel,
    /// A case.
    Rma,
    /// A to-do.
    Task,
}

/// Which exceptions; query parameters. The counts take no kind and no age.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ExceptionQuery {
    /// Only this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ExceptionKind>,
    /// Only at this warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Only of this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// A person's id, `me` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Only of this age, counted from the youngest, 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<u32>,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Names one exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExceptionRef {
    /// What is wrong.
    pub kind: ExceptionKind,
    /// What it is.
    pub subject: ExceptionSubject,
    /// The id of the parcel, case or to-do.
    pub id: String,
}

/// A case of an exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExceptionCase {
    /// The case.
    pub rma: RmaId,
    /// Its number.
    pub number: String,
    /// Its inner state.
    pub state: CaseState,
    /// Whose.
    pub shop: ShopId,
}

/// Something that stands still or does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExceptionView {
    /// What is wrong.
    pub kind: ExceptionKind,
    /// What it is.
    pub subject: ExceptionSubject,
    /// The id of the parcel, case or to-do.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// The parcel's waybill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// Where the parcel stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ParcelState>,
    /// Who brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierName>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// Its cases.
    pub cases: Vec<ExceptionCase>,
    /// What the case is about, or the to-do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Text>,
    /// Who looks after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonName>,
    /// When somebody wants to look again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_follow_up_at: Option<Timestamp>,
    /// What somebody wrote on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Weighed, in grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_grams: Option<i64>,
    /// What it should weigh, in grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_grams: Option<i64>,
}

/// How many of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExceptionCount {
    /// What is wrong.
    pub kind: ExceptionKind,
    /// How many.
    pub count: i64,
    /// By age, the youngest first.
    pub ages: Vec<i64>,
}

/// How many there are. Kinds that the reader sees nothing of are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExceptionCounts {
    /// Of all kinds.
    pub total: i64,
    /// By kind.
    pub kinds: Vec<ExceptionCount>,
    /// The days between which ages are told apart, rising.
    pub age_days: Vec<i64>,
}

/// Gives exceptions to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnRequest {
    /// Which, 100 at most: all or none.
    pub items: Vec<ExceptionRef>,
    /// To whom; nobody when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
}

/// Says when to look again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAgainRequest {
    /// Which, 100 at most: all or none.
    pub items: Vec<ExceptionRef>,
    /// When; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What to know about it; what stood there stays when empty.
    #[serde(default)]
    pub note: String,
}

/// Says why nothing more is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettleExceptionsRequest {
    /// Which, 100 at most: all or none.
    pub items: Vec<ExceptionRef>,
    /// Why.
    pub reason: String,
}

/// How many were touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TouchedView {
    /// So many.
    pub items: usize,
}

/// What counts as too long or too far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExceptionSettings {
    /// Days after which an announced parcel should have come.
    pub silent_days: i64,
    /// Hours after which a signed parcel should be open.
    pub unopened_hours: i64,
    /// Hours after which something in an opened parcel should be counted.
    pub uncounted_hours: i64,
    /// So many grams more or less are nothing yet; the larger of grams and percent holds.
    pub weight_grams: i64,
    /// So many percent more or less are nothing yet.
    pub weight_percent: i64,
    /// Three rising numbers of days: between them ages are told apart.
    pub age_days: Vec<i64>,
}

/// Says what a parcel weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WeighRequest {
    /// With its box, in grams.
    pub grams: i64,
}

/// What came of weighing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeighedView {
    /// The parcel.
    pub parcel: ParcelId,
    /// What should be in it weighs so much, in grams, when that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_grams: Option<i64>,
    /// Whether the two are too far apart.
    pub gap: bool,
}
