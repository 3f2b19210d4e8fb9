//! Payouts of settlements: asked about, tried again, stopped, or paid by hand with proof.

use domain::state::PayoutState;
use domain::{Money, PayoutId, Timestamp};
use serde::{Deserialize, Serialize};

use super::PAYS;
use crate::rma::PersonName;
use crate::route::Route;

/// Records a payment by hand.
pub const PAY_BY_HAND: Route = Route::post(
    "/api/settlements/{id}/manual-payments",
    "record_manual_payment",
    PAYS,
    "Records that a person paid, with proof.",
);
/// Asks what became of a payout.
pub const QUERY_PAYOUT: Route = Route::post(
    "/api/payouts/{id}/query",
    "query_payout",
    PAYS,
    "Asks at once what became of a payout whose outcome is unknown.",
);
/// Tries a refused payout again.
pub const RETRY_PAYOUT: Route =
    Route::post("/api/payouts/{id}/retry", "retry_payout", PAYS, "Requests the amount of a refused payout again.");
/// Takes back a payout that was never sent.
pub const STOP_PAYOUT: Route =
    Route::post("/api/payouts/{id}/stop", "stop_payout", PAYS, "Stops a payout before its first try.");

/// A payment made by hand, cash or bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ManualPaymentRequest {
    /// The refused payout it takes the place of, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<PayoutId>,
    /// A transfer's number, a receipt's, …
    pub proof: String,
}

/// Something that the reader can do with a payout now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PayoutAction {
    /// Ask what became of it.
    Query,
    /// Try it again.
    Retry,
    /// Stop it before its first try.
    Stop,
    /// Pay it by hand instead.
    PayByHand,
}

/// A payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayoutView {
    /// Its id.
    pub id: PayoutId,
    /// Where it stands.
    pub state: PayoutState,
    /// How much.
    pub amount: Money,
    /// The gateway's own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway_id: Option<String>,
    /// What was wrong the last time, or empty; `stopped` when somebody took it back before it was sent.
    pub error: String,
    /// The proof of a payment by hand, or empty.
    pub proof: String,
    /// Who paid by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<PersonName>,
    /// When it was written.
    pub requested_at: Timestamp,
    /// When it was sent first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// When its outcome was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// When the gateway is asked next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_query_at: Option<Timestamp>,
    /// Its tries, oldest first.
    pub attempts: Vec<AttemptView>,
    /// What the reader can do now.
    pub actions: Vec<PayoutAction>,
}

/// One try of a payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptView {
    /// From 1.
    pub attempt: u32,
    /// ok, failed or unknown.
    pub outcome: String,
    /// What was said.
    pub detail: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
}
