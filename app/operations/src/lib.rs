//! The verbs, one file each. Transactions begin and end here; every verb authorises itself. Synchronous inside.
//!
//! Invariant: `run.rs` is the only caller of the writer, so no verb can forget events, rules, timers or the hash chain.

pub mod actor;
pub mod app;
pub mod clock;
pub mod context;
pub mod definitions;
mod drain;
pub mod error;
pub mod event;
pub mod gate;
mod guard;
pub mod ids;
pub mod run;

pub use actor::{Actor, ActorKind, Grant};
pub use app::App;
pub use clock::Clock;
pub use context::{Cause, Ctx, Place};
pub use error::{Error, FieldProblem};
pub use event::Event;
pub use run::{Answer, Call};
