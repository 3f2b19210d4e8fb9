//! Flows: a tree of blocks and a pure fold over the decisions of a case.
//!
//! Nothing here is a token that moves. Which nodes are open is derived from the decision rows each time, so that a
//! caller who reconciles its to-dos with `Progress::open` can neither orphan nor double one.

mod advance;
mod approver;
mod check;
mod compile;
mod conditions;
mod document;
mod history;
mod predict;
mod reopen;
mod returns;
mod run;
mod status;
mod vote;

#[cfg(test)]
mod property;
#[cfg(test)]
mod table;

pub use advance::{
    OpenNode, Outcome, Passed, PassedHow, Progress, Step, Taken, TakenWhy, WaitingNode, advance, advance_with,
};
pub use approver::{Approver, Candidates, CategoryRole, Within};
pub use check::check;
pub(crate) use check::{deadline_problem, walk};
pub use compile::{CompiledFlow, MAX_DEPTH, MAX_NODES};
pub use conditions::{Conditions, InScope};
pub use document::{
    Approve, Block, Branch, Condition, Core, Flow, Join, Mode, Parallel, ParallelBranch, Siblings, Work,
};
pub use history::{CoreState, CoreWork, Decision, DecisionKind, History, Voter};
pub use predict::{Predicted, PredictedState, predict, predict_with};
pub use returns::return_targets;
