//! Cases: filing, decisions, answers, notes, and bringing derived state up to date.

mod advance;
pub mod answer;
mod answers;
pub mod assign;
pub mod canned_answers;
pub mod decide;
pub(crate) mod facts;
pub mod file;
mod flow_work;
pub mod follow_up;
pub mod for_customer;
pub mod form_check;
mod intake;
mod judge;
pub mod list;
mod load;
pub mod message;
pub mod note;
mod people;
pub mod preview;
mod release_budget;
pub mod reveal;
pub mod rows;
mod tasks;
pub mod undo;
pub mod view;
pub mod withdraw;

pub(crate) use advance::advance;
pub(crate) use answers::{CASE_ENTITY, set_answer};
pub(crate) use flow_work::FlowWork;
pub(crate) use load::history;
pub(crate) use people::{People, people_of};
