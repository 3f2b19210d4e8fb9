//! The outside world: the payment gateway and the channels messages go out by. Only here: an HTTP client and a mail client.
//!
//! Every call carries the key of the row it is made for, ends within a deadline, and says which of three things is known
//! afterwards: it happened, it did not, or nobody knows.

mod answer;
pub mod message;
pub mod payment;
mod web;

pub use answer::Answer;
pub use web::{AddressError, Endpoint};
