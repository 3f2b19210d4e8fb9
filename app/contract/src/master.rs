//! Master data. A row is read and sent back in the same shape; when it is changed, its version must be the one that
//! stands. Nothing is deleted that a case may point to: `active` is turned off.

mod canned_answer;
mod customer;
mod portal;

pub use canned_answer::{ADD_CANNED_ANSWER, CANNED_ANSWERS, CHANGE_CANNED_ANSWER, CannedAnswer};
pub use customer::{
    BLOCK_CUSTOMER, BlockRequest, Blocked, CUSTOMER_HISTORY, CustomerHistory, CustomerMessage, CustomerSums,
    UNBLOCK_CUSTOMER,
};
pub use portal::{SAVE_SHOP_PORTAL, SHOP_PORTALS, ShopPortal};

use domain::state::{Bearer, DispositionKind};
use domain::tracking::CheckDigit;
use domain::{
    CalendarId, CarrierId, Currency, CustomerId, GradeId, LocalDate, Permission, PersonId, ReasonId, ShopId, SkuId,
    SupplierId, TeamId, Text, Timestamp, WarehouseId,
};
use serde::{Deserialize, Serialize};

use crate::order::OrderContact;
use crate::route::{Access, Route};

const READ: Access = Access::SignedIn;
const EDIT: Access = Access::Needs(Permission::MasterEdit);
const CUSTOMERS: Access = Access::Needs(Permission::CustomerView);

/// All shops.
pub const SHOPS: Route = Route::get("/api/shops", "list_shops", READ, "Lists shops.");
/// Adds a shop.
pub const ADD_SHOP: Route = Route::post("/api/shops", "add_shop", EDIT, "Adds a shop.");
/// Changes a shop.
pub const CHANGE_SHOP: Route =
    Route::put("/api/shops/{id}", "change_shop", EDIT, "Changes a shop if its version is still the one that was read.");
/// All warehouses.
pub const WAREHOUSES: Route = Route::get("/api/warehouses", "list_warehouses", READ, "Lists warehouses.");
/// Adds a warehouse.
pub const ADD_WAREHOUSE: Route = Route::post("/api/warehouses", "add_warehouse", EDIT, "Adds a warehouse.");
/// Changes a warehouse.
pub const CHANGE_WAREHOUSE: Route = Route::put(
    "/api/warehouses/{id}",
    "change_warehouse",
    EDIT,
    "Changes a warehouse if its version is still the one that was read.",
);
/// All carriers.
pub const CARRIERS: Route = Route::get("/api/carriers", "list_carriers", READ, "Lists carriers.");
/// Adds a carrier.
pub const ADD_CARRIER: Route = Route::post("/api/carriers", "add_carrier", EDIT, "Adds a carrier.");
/// Changes a carrier.
pub const CHANGE_CARRIER: Route = Route::put(
    "/api/carriers/{id}",
    "change_carrier",
    EDIT,
    "Changes a carrier if its version is still the one that was read.",
);
/// All suppliers.
pub const SUPPLIERS: Route = Route::get("/api/suppliers", "list_suppliers", READ, "Lists suppliers.");
/// Adds a supplier.
pub const ADD_SUPPLIER: Route = Route::post("/api/suppliers", "add_supplier", EDIT, "Adds a supplier.");
/// Changes a supplier.
pub const CHANGE_SUPPLIER: Route = Route::put(
    "/api/suppliers/{id}",
    "change_supplier",
    EDIT,
    "Changes a supplier if its version is still the one that was read.",
);
/// All teams.
pub const TEAMS: Route = Route::get("/api/teams", "list_teams", READ, "Lists teams.");
/// Adds a team.
pub const ADD_TEAM: Route = Route::post("/api/teams", "add_team", EDIT, "Adds a team.");
/// Changes a team.
pub const CHANGE_TEAM: Route =
    Route::put("/api/teams/{id}", "change_team", EDIT, "Changes a team if its version is still the one that was read.");
/// All reasons.
pub const REASONS: Route = Route::get("/api/reasons", "list_reasons", READ, "Lists reasons in their order.");
/// Adds a reason.
pub const ADD_REASON: Route = Route::post("/api/reasons", "add_reason", EDIT, "Adds a reason.");
/// Changes a reason.
pub const CHANGE_REASON: Route = Route::put(
    "/api/reasons/{id}",
    "change_reason",
    EDIT,
    "Changes a reason if its version is still the one that was read.",
);
/// Platforms' reasons.
pub const REASON_MAPS: Route =
    Route::get("/api/reason-maps", "list_reason_maps", EDIT, "Lists which platform's reason is which of ours.");
/// Maps a platform's reason.
pub const SAVE_REASON_MAP: Route =
    Route::put("/api/reason-maps", "save_reason_map", EDIT, "Maps a platform's reason to ours, or takes that away.");
/// All grades.
pub const GRADES: Route = Route::get("/api/grades", "list_grades", READ, "Lists grades in their order.");
/// Adds a grade.
pub const ADD_GRADE: Route = Route::post("/api/grades", "add_grade", EDIT, "Adds a grade.");
/// Changes a grade.
pub const CHANGE_GRADE: Route = Route::put(
    "/api/grades/{id}",
    "change_grade",
    EDIT,
    "Changes a grade if its version is still the one that was read.",
);
/// All calendars.
pub const CALENDARS: Route =
    Route::get("/api/calendars", "list_calendars", READ, "Lists working calendars with their days.");
/// Adds a working calendar.
pub const ADD_CALENDAR: Route = Route::post("/api/calendars", "add_calendar", EDIT, "Adds a working calendar.");
/// Changes a working calendar.
pub const CHANGE_CALENDAR: Route = Route::put(
    "/api/calendars/{id}",
    "change_calendar",
    EDIT,
    "Changes a working calendar if its version is still the one that was read.",
);
/// Sets a day.
pub const SAVE_DAY: Route = Route::put(
    "/api/calendars/{id}/days/{date}",
    "save_calendar_day",
    EDIT,
    "Makes a day a holiday or a make-up day, or an ordinary one again.",
);
/// Puts a year's holidays.
pub const PUT_HOLIDAYS: Route = Route::post(
    "/api/calendars/{id}/holidays",
    "put_holidays",
    EDIT,
    "Puts a year's public holidays and make-up days of mainland China into a calendar, to be edited there.",
);
/// All tags.
pub const TAGS: Route = Route::get("/api/tags", "list_tags", READ, "Lists tags.");
/// Saves a tag.
pub const SAVE_TAG: Route = Route::put("/api/tags", "save_tag", EDIT, "Adds or renames a tag.");
/// The block list.
pub const BLOCK_KEYS: Route = Route::get("/api/block-keys", "list_block_keys", EDIT, "Lists the block list.");
/// Saves an entry of the block list.
pub const SAVE_BLOCK_KEY: Route =
    Route::put("/api/block-keys", "save_block_key", EDIT, "Adds, changes or takes away an entry of the block list.");
/// All rates.
pub const RATES: Route = Route::get("/api/exchange-rates", "list_exchange_rates", READ, "Lists exchange rates.");
/// Saves a rate.
pub const SAVE_RATE: Route =
    Route::put("/api/exchange-rates", "save_exchange_rate", EDIT, "Adds or corrects an exchange rate.");
/// Articles.
pub const SKUS: Route = Route::get("/api/skus", "list_skus", READ, "Lists articles by code.");
/// One article.
pub const GET_SKU: Route =
    Route::get("/api/skus/{id}", "get_sku", READ, "Reads an article with barcodes and the parts of a bundle.");
/// Adds an article.
pub const ADD_SKU: Route = Route::post("/api/skus", "add_sku", EDIT, "Adds an article.");
/// Changes an article.
pub const CHANGE_SKU: Route = Route::put(
    "/api/skus/{id}",
    "change_sku",
    EDIT,
    "Changes an article if its version is still the one that was read.",
);
/// Saves a barcode.
pub const SAVE_BARCODE: Route =
    Route::put("/api/skus/{id}/barcodes", "save_barcode", EDIT, "Gives a barcode to an article.");
/// Saves a bundle.
pub const SAVE_PARTS: Route =
    Route::put("/api/skus/{id}/parts", "save_bundle_parts", EDIT, "Says what a bundle is made of.");
/// Customers.
pub const LIST_CUSTOMERS: Route =
    Route::get("/api/customers", "list_customers", CUSTOMERS, "Lists customers, newest first, or finds one by number.");
/// One customer.
pub const GET_CUSTOMER: Route = Route::get("/api/customers/{id}", "get_customer", CUSTOMERS, "Reads a customer.");
/// Tags a customer.
pub const TAG_CUSTOMER: Route =
    Route::put("/api/customers/{id}/tags", "tag_customer", EDIT, "Replaces a customer's tags.");
/// Erases a contact.
pub const ERASE_CONTACT: Route = Route::post(
    "/api/contacts/{id}/erasure",
    "erase_contact",
    EDIT,
    "Erases a contact's personal values for good; what was sold and paid stays.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[
    SHOPS,
    ADD_SHOP,
    CHANGE_SHOP,
    SHOP_PORTALS,
    SAVE_SHOP_PORTAL,
    WAREHOUSES,
    ADD_WAREHOUSE,
    CHANGE_WAREHOUSE,
    CARRIERS,
    ADD_CARRIER,
    CHANGE_CARRIER,
    SUPPLIERS,
    ADD_SUPPLIER,
    CHANGE_SUPPLIER,
    TEAMS,
    ADD_TEAM,
    CHANGE_TEAM,
    REASONS,
    ADD_REASON,
    CHANGE_REASON,
    CANNED_ANSWERS,
    ADD_CANNED_ANSWER,
    CHANGE_CANNED_ANSWER,
    REASON_MAPS,
    SAVE_REASON_MAP,
    GRADES,
    ADD_GRADE,
    CHANGE_GRADE,
    CALENDARS,
    ADD_CALENDAR,
    CHANGE_CALENDAR,
    SAVE_DAY,
    PUT_HOLIDAYS,
    TAGS,
    SAVE_TAG,
    BLOCK_KEYS,
    SAVE_BLOCK_KEY,
    RATES,
    SAVE_RATE,
    SKUS,
    GET_SKU,
    ADD_SKU,
    CHANGE_SKU,
    SAVE_BARCODE,
    SAVE_PARTS,
    LIST_CUSTOMERS,
    GET_CUSTOMER,
    CUSTOMER_HISTORY,
    TAG_CUSTOMER,
    BLOCK_CUSTOMER,
    UNBLOCK_CUSTOMER,
    ERASE_CONTACT,
];

const fn yes() -> bool {
    true
}

/// A row that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedRow {
    /// Its id.
    pub id: String,
    /// The version that stands now.
    pub version: i64,
}

/// A shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shop {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ShopId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Short code, part of case numbers.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Platform code such as `taobao`, or `own`.
    pub platform: String,
    /// Its currency.
    pub currency: Currency,
    /// IANA zone name.
    pub zone: String,
    /// Where its returns go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<WarehouseId>,
    /// Its working calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_id: Option<CalendarId>,
    /// Whether it still takes cases.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warehouse {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<WarehouseId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Who receives returns.
    #[serde(default)]
    pub contact_name: String,
    /// Their phone.
    #[serde(default)]
    pub contact_phone: String,
    /// Return address.
    #[serde(default)]
    pub address: Text,
    /// What to write on the parcel, what to enclose.
    #[serde(default)]
    pub notes: Text,
    /// Whether it is in use.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Carrier {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CarrierId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// A regular expression over the whole waybill, or empty.
    #[serde(default)]
    pub tracking_pattern: String,
    /// How the last digit of its waybills follows from the others.
    #[serde(default = "no_check_digit")]
    pub check_digit: CheckDigit,
    /// Whether it can still be chosen.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn no_check_digit() -> CheckDigit {
    CheckDigit::None
}

/// A supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Supplier {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SupplierId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Whom to write to for claims.
    #[serde(default)]
    pub contact: String,
    /// Whether it can still be chosen.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TeamId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Whether it can still be chosen.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ReasonId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Stable code.
    pub code: String,
    /// The group it stands in; absent for a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ReasonId>,
    /// Name.
    pub name: Text,
    /// Whether photos are asked for.
    #[serde(default)]
    pub evidence_required: bool,
    /// Who is liable unless the inspection says otherwise.
    pub liability: Bearer,
    /// Order among its siblings.
    #[serde(default)]
    pub position: i64,
    /// Whether it can still be chosen.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A platform's reason and ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonMap {
    /// The platform's code.
    pub platform: String,
    /// The reason's code there.
    pub platform_code: String,
    /// Ours; absent takes the mapping away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_id: Option<ReasonId>,
}

/// A grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grade {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<GradeId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// How much of the goods' money is refunded, 0 to 100.
    pub money_percent: i64,
    /// Whether units of this grade count as accepted.
    pub accepted: bool,
    /// Suggested disposition.
    pub disposition: DispositionKind,
    /// Order.
    #[serde(default)]
    pub position: i64,
    /// Whether it can still be chosen.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A working calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Calendar {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CalendarId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// IANA zone name.
    pub zone: String,
    /// Working time of the week.
    pub frames: Vec<CalendarFrame>,
    /// Holidays and make-up days; they are put one by one and not looked at here.
    #[serde(default)]
    pub days: Vec<CalendarDay>,
}

/// A frame of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarFrame {
    /// 1 is Monday.
    pub weekday: u8,
    /// Minutes after local midnight.
    pub from_minute: u16,
    /// Minutes after local midnight, at most 1,440.
    pub to_minute: u16,
}

/// A holiday or make-up day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarDay {
    /// The day.
    pub date: LocalDate,
    /// The weekday whose frames apply; 0 for none.
    pub frames_like: u8,
    /// What it is called.
    #[serde(default)]
    pub name: Text,
}

/// What a day is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayRequest {
    /// The weekday whose frames apply, 0 for none; absent makes it an ordinary day again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames_like: Option<u8>,
    /// What it is called.
    #[serde(default)]
    pub name: Text,
}

/// Which year's holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidaysRequest {
    /// The year.
    pub year: i32,
}

/// How many days were put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidaysPut {
    /// How many.
    pub days: u32,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// What an entry of the block list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BlockKind {
    /// A phone.
    Phone,
    /// A postal address.
    Address,
    /// A name on a platform.
    Nickname,
}

impl BlockKind {
    /// All values.
    pub const ALL: &'static [Self] = &[Self::Phone, Self::Address, Self::Nickname];

    /// As it crosses HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Nickname => "nickname",
        }
    }

    /// Reads what crossed HTTP.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

impl std::fmt::Display for BlockKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which entries of the block list; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct BlockQuery {
    /// A fragment of the value, in the form it is compared in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// An entry of the block list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlockKey {
    /// What it is about.
    pub kind: BlockKind,
    /// The value, in the form it is compared in.
    pub value: String,
    /// The tag its owner gets.
    pub tag: String,
    /// Why.
    pub note: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<PersonId>,
}

/// An entry of the block list to add, change or take away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveBlockKey {
    /// What it is about.
    pub kind: BlockKind,
    /// The value as typed.
    pub value: String,
    /// The tag its owner gets.
    pub tag: String,
    /// Why; absent takes the entry away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An exchange rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rate {
    /// One unit of this …
    pub from_currency: Currency,
    /// … is so many of that.
    pub to_currency: Currency,
    /// From this day on.
    pub local_date: LocalDate,
    /// A decimal number above zero, as text.
    pub rate: String,
}

/// Which articles; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct SkuQuery {
    /// The beginning of the code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sku {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SkuId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// The code other systems know it by.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Category, or empty.
    #[serde(default)]
    pub category: String,
    /// Brand, or empty.
    #[serde(default)]
    pub brand: String,
    /// The base unit quantities are counted in.
    #[serde(default = "pieces")]
    pub unit: String,
    /// List price in minor units of the shop's currency.
    #[serde(default)]
    pub list_price_minor: i64,
    /// Whether it can be sold again when it comes back sound.
    #[serde(default = "yes")]
    pub resalable: bool,
    /// Whether each unit has a serial.
    #[serde(default)]
    pub has_serial: bool,
    /// Whether units have a lot and an expiry.
    #[serde(default)]
    pub has_lot: bool,
    /// Who bears claims for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier_id: Option<SupplierId>,
    /// What one base unit weighs with its packaging, in grams, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_grams: Option<i64>,
    /// Whether it is still sold.
    #[serde(default = "yes")]
    pub active: bool,
    /// What the gun reads on it; saved one by one, and only read with one article.
    #[serde(default)]
    pub barcodes: Vec<Barcode>,
    /// What a bundle is made of; saved on its own, and only read with one article.
    #[serde(default)]
    pub parts: Vec<BundlePart>,
}

fn pieces() -> String {
    "pcs".to_owned()
}

/// A barcode of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Barcode {
    /// What the gun reads.
    pub barcode: String,
    /// Base units in the package that carries it.
    #[serde(default = "one")]
    pub quantity: i64,
    /// Whether it is still printed.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn one() -> i64 {
    1
}

/// A part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundlePart {
    /// The article inside.
    pub sku_id: SkuId,
    /// Base units of it in one bundle.
    #[serde(default = "one")]
    pub quantity: i64,
    /// Its weight when the bundle's money is shared.
    pub money_share: i64,
}

/// What a bundle is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartsRequest {
    /// The parts; none makes it a plain article again.
    pub parts: Vec<BundlePart>,
}

/// Which customers; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct CustomerQuery {
    /// Their number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_no: Option<String>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerView {
    /// Their id.
    pub id: CustomerId,
    /// The number other systems know them by.
    pub customer_no: String,
    /// Personal values as the reader may see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<OrderContact>,
    /// The codes of their tags.
    pub tags: Vec<String>,
}

/// A customer's tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagsRequest {
    /// Codes of tags.
    pub tags: Vec<String>,
}
