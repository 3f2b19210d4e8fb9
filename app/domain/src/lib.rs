//! The nouns: ids, money, quantities, line kinds, states, settlements, permissions, events.
//!
//! Invariant: no I/O, no clock, no randomness, no panic. The same code runs in the browser and on the server.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unreachable
)]

pub mod allocate;
pub mod budget;
pub mod canned;
pub mod currency;
pub mod diagnostic;
pub mod event;
pub mod gs1;
pub mod id;
pub mod kind;
pub mod line_money;
pub mod money;
#[cfg(feature = "openapi")]
mod openapi;
pub mod permission;
pub mod plate;
pub mod settlement;
pub mod state;
pub mod text;
pub mod time;
pub mod tracking;

pub use currency::Currency;
pub use diagnostic::{Diagnostic, Severity};
pub use event::EventKind;
pub use gs1::Gs1;
pub use id::*;
pub use kind::LineKind;
pub use money::Money;
pub use permission::Permission;
pub use plate::Plated;
pub use text::{Lang, Text};
pub use time::{LocalDate, Timestamp};
