//! Customers: an order opened by what only its buyer knows, a case opened by its link.

pub mod case;
pub mod file;
pub mod link;
pub mod message;
pub mod order;
pub mod preview;
pub mod rate;
pub mod reason;
