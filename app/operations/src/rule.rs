//! Rules inside the command: what an event sets off, bounded in depth and number.

mod effects;
mod fire;

pub(crate) use fire::fire_all;
