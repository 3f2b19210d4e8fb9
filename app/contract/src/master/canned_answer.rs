//! Canned answers as the business admin keeps them.

use domain::canned::CannedUse;
use domain::{CannedAnswerId, ShopId, Text};
use serde::{Deserialize, Serialize};

use super::{EDIT, yes};
use crate::route::Route;

/// All canned answers.
pub const CANNED_ANSWERS: Route =
    Route::get("/api/canned-answers", "list_canned_answers", EDIT, "Lists canned answers in their order.");
/// Adds a canned answer.
pub const ADD_CANNED_ANSWER: Route =
    Route::post("/api/canned-answers", "add_canned_answer", EDIT, "Adds a canned answer.");
/// Changes a canned answer.
pub const CHANGE_CANNED_ANSWER: Route = Route::put(
    "/api/canned-answers/{id}",
    "change_canned_answer",
    EDIT,
    "Changes a canned answer if its version is still the one that was read.",
);

/// A canned answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CannedAnswer {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CannedAnswerId>,
    /// The version that was read.
    #[serde(default)]
    pub version: i64,
    /// What is typed to find it.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The words; `{case}`, `{order}`, `{shop}`, `{customer}`, `{goods}`, `{refund}`, `{deadline}` and `{address}` are
    /// filled from the case.
    pub text: Text,
    /// What it is picked for, at least one.
    pub uses: Vec<CannedUse>,
    /// Only for cases of this shop; absent for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<ShopId>,
    /// Order in the list.
    #[serde(default)]
    pub position: i64,
    /// Whether it can still be picked.
    #[serde(default = "yes")]
    pub active: bool,
}
