//! Files of cases: taken in by content, handed out to whoever may see the case.

pub mod add;
pub mod read;
pub mod sniff;
