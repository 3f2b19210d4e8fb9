//! What a customer is told of their case, in their words.

use domain::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::VIEW;
use crate::route::Route;

/// What to tell the customer.
pub const FOR_CUSTOMER: Route = Route::get(
    "/api/rmas/{id}/for-customer",
    "read_case_for_customer",
    VIEW,
    "Reads how a case stands in the customer's words: status, what they do next, until when.",
);

/// What the customer does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NextForCustomer {
    /// Answers the question.
    Answer,
    /// Sends the goods and gives the waybill.
    SendBack,
    /// Waits for the parcel that is on its way.
    OnItsWay,
    /// Waits for the shop.
    Wait,
    /// Rates it.
    Rate,
    /// Asks again, if they still need it.
    AskAgain,
    /// Nothing.
    Nothing,
}

/// What a customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseForCustomer {
    /// The case's number.
    pub number: String,
    /// The shop's name.
    pub shop: Text,
    /// What goes on, as the customers' page says it.
    pub status: Text,
    /// What was asked of them and is not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What they do next.
    pub next: NextForCustomer,
    /// By when the step that goes on should be done; absent once that has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The shop's offset from UTC now, in minutes.
    pub offset_minutes: i32,
    /// Whether they wrote to the shop, and nothing of it in Chinese.
    pub writes_english: bool,
}
