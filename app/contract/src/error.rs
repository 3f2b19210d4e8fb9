//! The one body every refusal has.

use serde::{Deserialize, Serialize};

/// Why a request was refused, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// Stable code, such as `exceeds_ordered`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Which fields are wrong, if it is about fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// What would help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Names the request in the log.
    pub request_id: String,
}

/// One field's problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's path in the request, such as `lines[0].quantity`.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong with it.
    pub message: String,
}
