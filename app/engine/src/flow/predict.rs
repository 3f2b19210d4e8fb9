//! The way ahead, for the case page: what is passed, what is open, what will come if nothing changes.

use serde::{Deserialize, Serialize};

use super::advance::choose;
use super::compile::{CompiledFlow, Kind};
use super::history::History;
use super::run::{LeafResult, Run};
use super::{Approve, Core, Step, TakenWhy};
use super::{Conditions, InScope};
use crate::expr::Scope;

/// One step of the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicted<'f> {
    /// Node id.
    pub node: &'f str,
    /// The node's present round.
    pub round: u32,
    /// The block.
    pub step: Step<'f>,
    /// Where it stands.
    pub state: PredictedState,
    /// False when a condition ahead of it is not taken yet: it may change.
    pub certain: bool,
    /// The parallel branches around it, outermost first, as `parallel.branch number from 1`.
    pub beside: Vec<(&'f str, usize)>,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PredictedState {
    /// Passed in its present round.
    Passed,
    /// Open.
    Open,
    /// Waits for the customer.
    Waiting,
    /// Refused.
    Rejected,
    /// Still to come.
    Upcoming,
    /// Will be agreed without a person.
    UpcomingAuto,
    /// No longer needed: a branch beside it decided.
    NotNeeded,
}

/// The steps of a case from the first to the last, in document order.
#[must_use]
pub fn predict<'f>(flow: &'f CompiledFlow, history: &History, scope: &dyn Scope) -> Vec<Predicted<'f>> {
    predict_with(flow, history, &InScope(scope))
}

/// `predict` with any source of answers.
#[must_use]
pub fn predict_with<'f>(flow: &'f CompiledFlow, history: &History, conditions: &dyn Conditions) -> Vec<Predicted<'f>> {
    let mut run = Run::replay(flow, history);
    drop(run.settle(history, conditions));
    let front = run.front();
    let mut walk = Walk { flow, run: &run, front, conditions, beside: Vec::new(), steps: Vec::new() };
    walk.lane(0, true);
    walk.steps
}

struct Walk<'f, 'r> {
    flow: &'f CompiledFlow,
    run: &'r Run<'f>,
    front: Vec<usize>,
    conditions: &'r dyn Conditions,
    beside: Vec<(&'f str, usize)>,
    steps: Vec<Predicted<'f>>,
}

impl<'f> Walk<'f, '_> {
    fn lane(&mut self, lane: usize, certain: bool) {
        let flow = self.flow;
        let mut certain = certain;
        for index in flow.lanes.get(lane).map(|lane| lane.cells.as_slice()).unwrap_or_default() {
            certain &= self.cell(*index, certain);
        }
    }

    /// Adds the steps of a block; answers whether what follows is as certain as before.
    fn cell(&mut self, index: usize, certain: bool) -> bool {
        let (flow, run) = (self.flow, self.run);
        let (Some(cell), Some(node)) = (flow.cells.get(index), run.nodes.get(index)) else { return certain };
        match &cell.kind {
            Kind::Approve(approve) => self.step(index, Step::Approve(approve), certain),
            Kind::Core(core) => self.step(index, Step::Core(core), certain),
            Kind::Condition { tests, lanes, .. } => {
                let (number, why) = match node.taken {
                    Some(number) => (Some(number), None),
                    None => {
                        let (branch, why) = choose(tests, self.conditions);
                        let number = branch.and_then(|id| tests.iter().position(|test| test.branch == id));
                        (Some(number.unwrap_or(tests.len())), Some(why))
                    }
                };
                let frozen = why.is_none();
                if let Some(lane) = number.and_then(|number| lanes.get(number)) {
                    self.lane(*lane, certain && frozen);
                }
                return frozen || why != Some(TakenWhy::Unclear);
            }
            Kind::Parallel { lanes, .. } => {
                for (number, lane) in lanes.iter().enumerate() {
                    self.beside.push((&cell.id, number + 1));
                    self.lane(*lane, certain);
                    self.beside.pop();
                }
            }
        }
        true
    }

    fn step(&mut self, index: usize, step: Step<'f>, certain: bool) {
        let (flow, run) = (self.flow, self.run);
        let (Some(cell), Some(node)) = (flow.cells.get(index), run.nodes.get(index)) else { return };
        let decided = run.root() != super::status::Status::Running;
        let state = match node.result {
            LeafResult::Passed(_) => PredictedState::Passed,
            LeafResult::Rejected => PredictedState::Rejected,
            LeafResult::Waiting if self.front.contains(&index) => PredictedState::Waiting,
            LeafResult::Open if self.front.contains(&index) => PredictedState::Open,
            LeafResult::Open | LeafResult::Waiting if decided || run.is_decided_around(index) => {
                PredictedState::NotNeeded
            }
            LeafResult::Open | LeafResult::Waiting if self.agrees_alone(&cell.id, step, node.round) => {
                PredictedState::UpcomingAuto
            }
            LeafResult::Open | LeafResult::Waiting => PredictedState::Upcoming,
        };
        self.steps.push(Predicted {
            node: &cell.id,
            round: node.round,
            step,
            state,
            certain,
            beside: self.beside.clone(),
        });
    }

    fn agrees_alone(&self, id: &str, step: Step<'f>, round: u32) -> bool {
        match step {
            Step::Approve(Approve { auto_agree_when: Some(when), .. }) => {
                round == 1 && self.conditions.holds(id, when) == Some(true)
            }
            Step::Approve(_) | Step::Core(Core { .. }) => false,
        }
    }
}
