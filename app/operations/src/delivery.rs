//! Messages on their way out: claimed before they are sent, tried again under the same key, given up at last.

pub mod begin;
mod choose;
pub mod explain;
pub mod finish;
pub mod give_up;
pub mod read;
pub mod retry;
pub mod view;
