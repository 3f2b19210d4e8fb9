//! What the tests share: a server on a folder of its own with a clock that is moved by hand, clients of every kind,
//! and the built binary.

mod binary;
mod client;
mod floor;
mod gateway;
pub mod hands;
mod harness;
pub mod load;
mod mail;
pub mod picture;
mod receiver;
mod stored;
mod world;

pub use binary::{Binary, Ran, Served};
pub use client::{Answer, Client, Stream};
pub use floor::{Floor, text};
pub use gateway::PaymentProcess;
pub use harness::{Harness, PASSWORD, START_MS};
pub use mail::MailCatcher;
pub use receiver::{Heard, Receiver, Said};
pub use world::{DAY_MS, NOW, Order, Sold, TEMPLATE, World, refused, words};
