//! Boards: the figures of the release in force for a reader, with the names of their groups and the cases behind them.

pub mod behind;
mod drill;
mod key;
mod label;
mod read;
mod word;
mod zone;

pub use drill::Drill;
pub use read::{Answer, BoardAnswer, ComponentAnswer, MeasureAnswer, Unit, read};
pub(crate) use zone::asked;
