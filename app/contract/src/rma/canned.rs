//! Canned answers filled from a case.

use domain::canned::{CannedUse, Place};
use domain::{CannedAnswerId, Text};
use serde::{Deserialize, Serialize};

use super::VIEW;
use crate::route::Route;

/// The canned answers of a case.
pub const CASE_CANNED_ANSWERS: Route = Route::get(
    "/api/rmas/{id}/canned-answers",
    "list_canned_answers_of_rma",
    VIEW,
    "Lists canned answers that fit a case, filled with what its page shows the reader.",
);

/// What they are wanted for; query parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct CannedQuery {
    /// What for.
    #[serde(rename = "for")]
    pub used: CannedUse,
}

/// A canned answer, filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilledAnswer {
    /// Its id.
    pub id: CannedAnswerId,
    /// What is typed to find it.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The words.
    pub text: Text,
    /// Places without a value that the reader may see; their names stand in brackets, for a person to write.
    pub missing: Vec<Place>,
}

/// The canned answers of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CannedOfCase {
    /// In their order.
    pub items: Vec<FilledAnswer>,
    /// Whether the customer wrote to the shop, and nothing of it in Chinese.
    pub writes_english: bool,
}
