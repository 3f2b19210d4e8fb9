//! The languages of the product: values, expressions, forms, calendars, policies, flows, rules, boards and messages.
//!
//! Each definition is a document that is checked (all problems at once) and then run. Invariant: pure and total: no
//! I/O, no clock, no randomness, no panic, named limits; the browser and the server get the same answer.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unreachable
)]

pub mod calendar;
pub mod channel;
pub mod entity;
pub mod expr;
pub mod facts;
pub mod flow;
pub mod form;
pub mod message;
pub mod policy;
pub mod report;
pub mod rule;
pub mod similar;
pub mod template;
pub mod value;
