//! Timers: rows by due time, claimed once, late after downtime but never lost.

pub mod fire;
