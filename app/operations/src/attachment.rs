//! Files of cases: what they are, taken in without what they tell of the place, handed out to who may see them.

pub mod add;
pub mod read;
pub mod sniff;
pub mod take;
