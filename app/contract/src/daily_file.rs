//! Daily files for an ERP, per shop and day.

use domain::{LocalDate, Permission, ShopId};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// One file.
pub const GET: Route = Route::get(
    "/api/daily-files/{kind}",
    "download_daily_file",
    Access::Needs(Permission::ExportRun),
    "Downloads a shop's day as CSV or XLSX: stock-in, outbound or refunds. The download is recorded.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[GET];

/// The words for `{kind}`: 退货入库, 补发/换货 and refunds.
pub const KINDS: [&str; 3] = ["stock-in", "outbound", "refunds"];

/// A file's format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DailyFormat {
    /// UTF-8 with a byte order mark.
    #[default]
    Csv,
    /// A workbook of one sheet.
    Xlsx,
}

/// Which shop and day; query parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct DailyFileQuery {
    /// Whose.
    pub shop: ShopId,
    /// The shop's day, such as `2026-11-23`.
    pub date: LocalDate,
    /// csv (default) or xlsx.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub format: DailyFormat,
}
