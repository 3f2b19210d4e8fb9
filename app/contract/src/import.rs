//! Files from other systems: uploaded, mapped, tried out, imported, watched.

use std::collections::BTreeMap;

use domain::{Currency, ImportId, Permission, PersonId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const IMPORT: Access = Access::Needs(Permission::OrderImport);

/// What can be imported.
pub const TARGETS: Route =
    Route::get("/api/import-targets", "list_import_targets", IMPORT, "Lists what can be imported, with its columns.");
/// Uploads a file.
pub const UPLOAD: Route = Route::post(
    "/api/import-files",
    "upload_import_file",
    IMPORT,
    "Takes a file (the raw body) and says what its columns seem to be.",
);
/// Begins an import.
pub const START: Route = Route::post(
    "/api/imports",
    "start_import",
    IMPORT,
    "Begins an import of an uploaded file, or of the raw body. Watch the topic `import:{id}`.",
);
/// All imports.
pub const LIST: Route = Route::get("/api/imports", "list_imports", IMPORT, "Lists imports, newest first.");
/// One import.
pub const GET: Route = Route::get("/api/imports/{id}", "get_import", IMPORT, "Reads an import's progress and counts.");
/// Stops an import.
pub const STOP: Route =
    Route::post("/api/imports/{id}/stop", "stop_import", IMPORT, "Stops an import; what is written stays.");
/// An import's bad rows.
pub const BAD_ROWS: Route = Route::get(
    "/api/imports/{id}/bad-rows",
    "list_bad_rows",
    IMPORT,
    "Lists an import's bad rows with their problems.",
);
/// An import's bad rows as a file.
pub const BAD_ROWS_CSV: Route = Route::get(
    "/api/imports/{id}/bad-rows.csv",
    "download_bad_rows",
    IMPORT,
    "Downloads an import's bad rows as CSV that can be corrected and imported again.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[TARGETS, UPLOAD, START, LIST, GET, STOP, BAD_ROWS, BAD_ROWS_CSV];

/// What can be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportTarget {
    /// Its id, such as `order_lines`.
    pub id: String,
    /// Its columns.
    pub fields: Vec<ImportField>,
}

/// A column that can be mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportField {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// Whether a file without it is refused.
    pub required: bool,
}

/// What an uploaded file is for; query parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct UploadQuery {
    /// What the file tells of.
    pub target: String,
}

/// An uploaded file, looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedFile {
    /// What it is named by when an import begins; kept for a week.
    pub file: String,
    /// Its headers.
    pub headers: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
    /// `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE` or `XLSX`.
    pub encoding: String,
    /// What is remembered for such headers, or suggested.
    pub mapping: ImportMapping,
    /// Whether the mapping was used before.
    pub is_remembered: bool,
}

/// Which column is which field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportMapping {
    /// Field id → header; an empty header takes a suggested column away.
    pub columns: BTreeMap<String, String>,
    /// Field id → a value for every row.
    pub constants: BTreeMap<String, String>,
    /// Field id → word in the file → word it stands for, such as a channel and its shop's code.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

/// How an import is to be; query parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct StartQuery {
    /// What the file tells of.
    pub target: String,
    /// The uploaded file; without it the body is the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The file's name, for the list.
    #[serde(default)]
    pub name: String,
    /// Whether nothing is written.
    #[serde(default)]
    pub dry: bool,
    /// The shop of rows that name none, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// Whether shops that the file names and nobody knows are made.
    #[serde(default)]
    pub create_shops: bool,
    /// The zone of times where no shop says; Asia/Shanghai when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The currency of amounts where nothing says; CNY when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// An `ImportMapping` as JSON; what it does not say is remembered or suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportView {
    /// Its id.
    pub id: ImportId,
    /// What is imported.
    pub target: String,
    /// The file's name as given.
    pub file_name: String,
    /// What names the uploaded file.
    pub file: String,
    /// Whether nothing is written.
    pub dry: bool,
    /// running, done, failed or stopped.
    pub state: String,
    /// The file's length.
    pub bytes_total: i64,
    /// How far it was read.
    pub bytes_done: i64,
    /// Rows read.
    pub rows_read: i64,
    /// Rows that made something new.
    pub rows_new: i64,
    /// Rows that changed something.
    pub rows_changed: i64,
    /// Rows that were known.
    pub rows_same: i64,
    /// Rows named as bad.
    pub rows_bad: i64,
    /// How many problems of each code.
    pub problems: Vec<ProblemCount>,
    /// The file's headers.
    pub headers: Vec<String>,
    /// Which is what.
    pub mapping: ImportMapping,
    /// How the file is treated.
    pub options: ImportOptions,
    /// Who began it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<PersonId>,
    /// When.
    pub started_at: Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

/// How an import treats its file: as its `StartQuery` said, with what it left out filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportOptions {
    /// The shop of rows that name none, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// Whether shops that the file names and nobody knows are made.
    pub create_shops: bool,
    /// The zone of times where no shop says.
    pub zone: String,
    /// The currency of amounts where nothing says.
    pub currency: Currency,
}

/// How often a problem occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemCount {
    /// Stable code.
    pub code: String,
    /// How often.
    pub count: i64,
}

/// A problem of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadRow {
    /// The row's number, from 1 below the header.
    pub row: i64,
    /// Stable code.
    pub code: String,
    /// The field at fault, or empty.
    pub field: String,
    /// What is wrong.
    pub message: Text,
    /// The row as it stands in the file.
    pub raw: String,
}
