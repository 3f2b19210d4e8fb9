//! Timers: rows by due time, claimed once, late after downtime but never lost.

pub(crate) mod clock;
pub mod fire;
pub mod mean;
pub mod watch;

/// The timer that says that a deadline is near.
pub(crate) const NEAR: &str = "near";
/// The timer that watches a deadline.
pub(crate) const DEADLINE: &str = "deadline";
