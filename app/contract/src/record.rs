//! Records of the merchant's own forms.

use domain::{Permission, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const EDIT: Access = Access::Needs(Permission::RecordEdit);

/// The forms.
pub const FORMS: Route = Route::get("/api/forms", "list_forms", EDIT, "Lists the merchant's own forms.");
/// Records of a form.
pub const LIST: Route =
    Route::get("/api/forms/{form}/records", "list_records", EDIT, "Lists a form's records, newest first.");
/// A new record.
pub const CREATE: Route = Route::post("/api/forms/{form}/records", "create_record", EDIT, "Keeps a new record.");
/// A record.
pub const GET: Route = Route::get("/api/forms/{form}/records/{id}", "get_record", EDIT, "Reads a record.");
/// A record written anew.
pub const CHANGE: Route = Route::put("/api/forms/{form}/records/{id}", "change_record", EDIT, "Writes a record anew.");
/// All records as a file.
pub const DOWNLOAD: Route = Route::get(
    "/api/forms/{form}/records.csv",
    "download_records",
    EDIT,
    "Downloads a form's records as CSV, newest first, in the reader's language. The download is recorded.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[FORMS, LIST, CREATE, GET, CHANGE, DOWNLOAD];

/// A form with its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnForm {
    /// The document, as the form engine runs it.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub form: engine::form::Form,
    /// What it is filled in with besides answers: the day, the currency.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub context: engine::form::Context,
}

/// A new record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateRequest {
    /// Answers by field id, as the engine writes values.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: engine::form::Answers,
}

/// A record as it is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    /// The version that was read.
    pub version: i64,
    /// All answers by field id.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: engine::form::Answers,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordView {
    /// Its id.
    pub id: RecordId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
    /// Answers by field id; blank ones are absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: engine::form::Answers,
}

/// What was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptView {
    /// The record's id.
    pub id: RecordId,
}
