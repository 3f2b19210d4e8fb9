//! Orders as sold: put by other systems, found by staff, shown with what can still be claimed of each line.

pub mod conflict;
pub mod contact_view;
pub mod facts;
pub mod find;
pub mod put;
pub mod reveal;
pub mod search;
pub mod shares;

pub use contact_view::ContactView;
pub use facts::{ContactFacts, LineFacts, OrderFacts, ShipmentFacts, ShipmentLineFacts, TenderFacts};
pub use find::{OrderView, find};
pub use put::{Outcome, Put, put};
pub use reveal::{RevealContact, reveal};
pub use search::{OrderHit, OrderPage, Search, search};
