//! Domain widgets and the ways to the server that the two apps share.
//!
//! Widgets know the domain and take what they show as signals; only [`api`], [`fetch`] and [`live`] know HTTP.

pub mod api;
pub mod attach;
pub mod camera;
pub mod clipboard;
pub mod fetch;
pub mod files;
pub mod form;
pub mod gun;
pub mod hid;
pub mod label;
pub mod live;
pub mod meta;
pub mod queue;
pub mod said;
pub mod session;
pub mod submit;
pub mod upload;
pub mod words;

mod clocks;
mod judgement;
mod price;

pub use clocks::*;
pub use judgement::*;
pub use price::*;
