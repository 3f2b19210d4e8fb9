//! Guns in HID-POS mode: connected past the keyboard, so that no layout, input method or focus can touch what they read.
//! [`Reader`] puts their reports together; [`port`] is the way to the browser; [`Once`] hears a scan once even when a gun
//! types it as well.

mod once;
pub mod port;
mod report;

#[cfg(test)]
mod tests;

pub use once::{Heard, Once};
pub use report::{Read, Reader, Trouble};
