//! What happens without anybody asking: refunds sent and asked about, messages delivered, deadlines fired, housekeeping.
//!
//! The truth is rows: a tick only looks what is due. Jobs run on a thread and a runtime of their own, so that a slow
//! gateway never holds up a page.

mod config;
mod deliver;
mod housekeep;
mod pay;
mod schedule;
mod timers;

pub use config::{Config, EachMinute};
pub use connectors::payment::Gateway;
pub use connectors::{AddressError, Endpoint};
pub use deliver::Post;
pub use pay::round as pay_due;
pub use schedule::{Jobs, StartError};
