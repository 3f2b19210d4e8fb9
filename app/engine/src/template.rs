//! The template: every document of the returns application in one value.

mod hash;

pub use hash::content_hash;
