//! The verbs, one file each. Transactions begin and end here; every verb authorises itself. Synchronous inside.
//!
//! Invariant: `run.rs` is the only caller of the writer, so no verb can forget events, rules, timers or the hash chain.

pub mod actor;
pub mod app;
pub mod attachment;
pub mod clock;
pub mod context;
pub mod daily_file;
pub mod definitions;
pub mod delivery;
mod drain;
pub mod error;
pub mod event;
pub mod external_case;
pub mod gate;
mod guard;
pub mod housekeeping;
pub mod ids;
pub mod import;
pub mod inbox;
pub mod ledger;
pub mod master;
pub mod masters;
pub mod order;
pub mod outbound;
pub mod password;
pub mod payout;
pub mod person;
pub mod portal;
mod reach;
pub mod record;
pub mod report;
pub mod rma;
pub mod rule;
pub mod run;
pub mod secret;
pub mod session;
pub mod settlement;
pub mod station;
pub mod template;
pub mod timer;
pub mod token;
pub mod topic;
pub mod warehouse;

pub use actor::{Actor, ActorKind, AtStation, Grant};
pub use app::App;
pub use clock::Clock;
pub use context::{Cause, Ctx, Place};
pub use error::{Error, FieldProblem};
pub use event::Event;
pub use run::{Answer, Call};
pub use store::Conn;
