//! Goods: counted into groups of like units, inspected, disposed of, written off.

use domain::state::{Bearer, Bucket, CaseState, DispositionKind, Reception};
use domain::{
    AttachmentId, DispositionId, GradeId, InspectionId, LineKind, LocalDate, Money, ParcelId, Permission, RmaId,
    RmaLineId, ShopId, SkuId, StockMoveId, Text, Timestamp, UnitGroupId, WarehouseId,
};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};

const SEE_GOODS: Access = Access::NeedsOne(&[
    Permission::RmaView,
    Permission::ParcelSign,
    Permission::ParcelReceive,
    Permission::Inspect,
    Permission::Dispose,
]);
const RECEIVES: Access = Access::Needs(Permission::ParcelReceive);
const DISPOSES: Access = Access::Needs(Permission::Dispose);

/// Counts goods.
pub const COUNT: Route = Route::post("/api/counts", "count_goods", RECEIVES, "Counts goods into groups of like units.");
/// Takes a count back.
pub const RECOUNT: Route = Route::post(
    "/api/unit-groups/{id}/recount",
    "recount_goods",
    RECEIVES,
    "Says that counted units are not there, before anybody inspected them.",
);
/// Writes goods off.
pub const WAIVE_GOODS: Route = Route::post(
    "/api/rma-lines/{id}/waiver",
    "waive_goods",
    Access::Needs(Permission::Waive),
    "Writes off goods that will not come.",
);
/// Turns a line into another kind.
pub const CONVERT: Route = Route::post(
    "/api/rma-lines/{id}/conversion",
    "convert_line",
    Access::Needs(Permission::RmaOverride),
    "Turns a line of a case into another kind.",
);
/// The goods of a case.
pub const GOODS: Route =
    Route::get("/api/rmas/{id}/goods", "get_goods", SEE_GOODS, "Reads what a case waits for and what was counted.");
/// Inspects units.
pub const INSPECT: Route = Route::post(
    "/api/unit-groups/{id}/inspections",
    "inspect_goods",
    Access::Needs(Permission::Inspect),
    "Inspects a group of units or a part of it.",
);
/// Disposes of units.
pub const DISPOSE: Route = Route::post(
    "/api/unit-groups/{id}/dispositions",
    "dispose_goods",
    DISPOSES,
    "Disposes of an inspected group or a part of it.",
);
/// Corrects a disposition.
pub const CORRECT: Route = Route::post(
    "/api/dispositions/{id}/correction",
    "correct_disposition",
    DISPOSES,
    "Corrects a disposition by compensating moves.",
);
/// The stock moves of a group.
pub const MOVES: Route = Route::get(
    "/api/unit-groups/{id}/moves",
    "list_moves",
    SEE_GOODS,
    "Lists the stock moves of a group, oldest first.",
);

/// Like units as counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CountedUnits {
    /// The case line: always for announced and missing goods; for others, the line they came instead of or beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<RmaLineId>,
    /// The case, for goods without a line when the parcel belongs to several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// The article, for goods without a line; absent when nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<SkuId>,
    /// Base units.
    pub quantity: i64,
    /// How they arrived.
    pub reception: Reception,
    /// The serial of the one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The serial is not one that was shipped: another unit came back.
    #[serde(default)]
    pub swapped: bool,
    /// The lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Best before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<LocalDate>,
}

/// What came out of a parcel, or was brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CountRequest {
    /// The parcel they came in; none when somebody brought them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<ParcelId>,
    /// Where, when there is no parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<WarehouseId>,
    /// What was counted, 1 to 500 groups.
    pub units: Vec<CountedUnits>,
    /// When; now unless the station was without network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A group as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedView {
    /// The group.
    pub unit_group: UnitGroupId,
    /// The line it stands on; a new one for undeclared goods.
    pub line: RmaLineId,
    /// Its case.
    pub rma: RmaId,
}

/// A miscount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecountRequest {
    /// How many of the group are not there; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// Why.
    pub reason: String,
}

/// A miscount taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecountedView {
    /// The group that is missing now: a new one when only a part is.
    pub unit_group: UnitGroupId,
}

/// Goods that will not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WaiveGoodsRequest {
    /// How many units.
    pub quantity: i64,
    /// Why.
    pub reason: String,
}

/// What a line becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConvertRequest {
    /// The kind.
    pub kind: LineKind,
    /// Why; for an exchange that becomes a refund, with the customer's consent.
    pub reason: String,
}

/// The goods of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoodsView {
    /// The case.
    pub rma: RmaId,
    /// Its human number.
    pub number: String,
    /// Whose.
    pub shop: ShopId,
    /// Its inner state.
    pub state: CaseState,
    /// What it waits for and has.
    pub lines: Vec<GoodsLineView>,
    /// What was counted, oldest first.
    pub groups: Vec<GroupView>,
}

/// A case line on the bench. Quantities in base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoodsLineView {
    /// The line.
    pub id: RmaLineId,
    /// What it asks for.
    pub kind: LineKind,
    /// Whether it was found, not announced.
    pub undeclared: bool,
    /// The article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<GoodsSku>,
    /// Agreed to.
    pub approved: i64,
    /// Counted.
    pub received: i64,
    /// Written off.
    pub waived: i64,
    /// Still to come.
    pub awaited: i64,
    /// Inspected and accepted.
    pub accepted: i64,
    /// Inspected and refused.
    pub refused: i64,
    /// Disposed of.
    pub dispositioned: i64,
}

/// An article on the bench.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoodsSku {
    /// Its id.
    pub id: SkuId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its category: which checklist applies.
    pub category: String,
    /// Whether each unit has a serial.
    pub has_serial: bool,
    /// Whether units have a lot.
    pub has_lot: bool,
}

/// A group of like units with what was decided on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupView {
    /// Its id.
    pub id: UnitGroupId,
    /// Its licence plate: what to print on it, and what a gun reads.
    pub plate: String,
    /// Its line.
    pub line: RmaLineId,
    /// The parcel it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<ParcelId>,
    /// Where it lies.
    pub warehouse: WarehouseId,
    /// How many base units.
    pub quantity: i64,
    /// How they arrived.
    pub reception: Reception,
    /// Serial, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Lot, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Best before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<LocalDate>,
    /// Another unit came back than was shipped.
    pub swapped: bool,
    /// When it was counted.
    pub counted_at: Timestamp,
    /// Its last inspection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection: Option<InspectionView>,
    /// Its dispositions, oldest first; the last one is in force.
    pub dispositions: Vec<DispositionView>,
}

/// A grade's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GradeBrief {
    /// Its id.
    pub id: GradeId,
    /// Its name.
    pub name: Text,
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectionView {
    /// Its id.
    pub id: InspectionId,
    /// The grade.
    pub grade: GradeBrief,
    /// Whether the units are accepted.
    pub accepted: bool,
    /// Who is liable.
    pub liability: Bearer,
    /// The checklist's id, or empty.
    pub checklist: String,
    /// Answers by item.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: serde_json::Map<String, serde_json::Value>,
    /// What the inspector wrote.
    pub note: String,
    /// Who looked.
    pub inspector: PersonName,
    /// How long it took, seconds.
    pub seconds_spent: i64,
    /// When.
    pub at: Timestamp,
}

/// A disposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DispositionView {
    /// Its id.
    pub id: DispositionId,
    /// What was done.
    pub kind: DispositionKind,
    /// With how many base units.
    pub quantity: i64,
    /// By whom.
    pub person: PersonName,
    /// The one it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<DispositionId>,
    /// When.
    pub at: Timestamp,
}

/// What an inspector found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InspectRequest {
    /// How many of the group; all when absent. The rest stays a group of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// The grade.
    pub grade: GradeId,
    /// Whether they are accepted; as the grade says when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// Who is liable.
    pub liability: Bearer,
    /// The checklist's id, or empty.
    #[serde(default)]
    pub checklist: String,
    /// Answers by item.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: serde_json::Map<String, serde_json::Value>,
    /// Photos, uploaded by the inspector before.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
    /// What the inspector wrote; a second look needs one.
    #[serde(default)]
    pub note: String,
    /// How long it took, seconds.
    #[serde(default)]
    pub seconds_spent: i64,
}

/// What an inspection leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedView {
    /// The inspection.
    pub inspection: InspectionId,
    /// The group it is about: a new one when only a part was inspected.
    pub unit_group: UnitGroupId,
    /// Whether the units are accepted.
    pub accepted: bool,
    /// What the line may be paid on the counted basis now; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
    /// What the grade suggests to withhold for these units; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested_deduction: Option<Money>,
    /// What somebody outside owes for these units; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liability: Option<Money>,
}

/// What is done with units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DisposeRequest {
    /// How many of the group; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// What is done with them.
    pub kind: DispositionKind,
}

/// What was disposed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisposedView {
    /// The disposition.
    pub disposition: DispositionId,
    /// The group it is about: a new one when only a part was disposed of. Absent for a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_group: Option<UnitGroupId>,
}

/// What is done instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectRequest {
    /// What is done instead.
    pub kind: DispositionKind,
    /// Why.
    pub reason: String,
}

/// A stock move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveView {
    /// Its id.
    pub id: StockMoveId,
    /// Where.
    pub warehouse: WarehouseId,
    /// Of what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<SkuId>,
    /// Into which bucket, or out of it below zero.
    pub bucket: Bucket,
    /// Signed base units.
    pub quantity: i64,
    /// The lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Best before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<LocalDate>,
    /// The disposition it follows from; none into and out of 待检 by counting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<DispositionId>,
    /// The shop's day.
    pub local_date: LocalDate,
    /// When.
    pub at: Timestamp,
}
