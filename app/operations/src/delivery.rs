//! Messages on their way out: claimed before they are sent, tried again under the same key, given up at last.

pub mod begin;
pub mod finish;
pub mod give_up;
pub mod read;
