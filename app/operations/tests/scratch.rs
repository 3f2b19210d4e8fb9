//! Scratch.
extern crate self as support;
#[path = "../../../tests/support/hands.rs"]
pub mod hands;
#[path = "../../../tests/support/world.rs"]
pub mod world;
pub use world::{DAY_MS, NOW, Order, Sold, TEMPLATE, World, refused, words};
#[path = "../../../tests/it/outbound.rs"]
mod outbound;
#[path = "../../../tests/it/settlement.rs"]
mod settlement;
#[path = "../../../tests/it/warehouse.rs"]
mod warehouse;
