//! Rules: when something happened and a condition holds, then effects. A rule only says what is to be done; the
//! caller writes it in the same transaction and answers for its being done once.

mod check;
mod document;
mod fire;

pub use check::{check, cycles};
pub use document::{
    Action, Audience, Channel, MessageAction, NoteAction, Recipient, Rule, SetFieldAction, TagAction, TaskAction,
};
pub use fire::{Effect, EffectKind, Firing, Occurrence, Trace, Why, explain, fire, run};
