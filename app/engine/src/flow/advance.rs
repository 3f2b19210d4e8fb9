//! Where a case stands: the pure fold of its decisions over the tree.

use domain::{PersonId, Text};
use serde::{Deserialize, Serialize};

use super::compile::{CompiledFlow, Kind};
use super::history::{CoreState, Decision, DecisionKind, History};
use super::run::{LeafResult, Run};
use super::status::Status;
use super::vote::turn;
use super::{Approve, Approver, Core, Mode};
use super::{Conditions, InScope};
use crate::expr::Scope;
use crate::value::Duration;

/// Where a case stands. Borrows names from the compiled flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress<'f> {
    /// The flow as a whole.
    pub outcome: Outcome,
    /// The nodes that wait for somebody, in document order. To-dos are reconciled with this set.
    pub open: Vec<OpenNode<'f>>,
    /// Nodes that wait for the customer's answer.
    pub waiting: Vec<WaitingNode<'f>>,
    /// The leaves passed in their present round, in document order.
    pub passed: Vec<Passed<'f>>,
    /// The branches taken.
    pub taken: Vec<Taken<'f>>,
    /// What the flow decided by itself just now, already counted in. The caller appends these rows to the history.
    pub record: Vec<Decision>,
}

/// The flow as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Decisions are open.
    Running,
    /// At least one node waits for the customer.
    NeedsInfo,
    /// The first core block is reached: everything before it is passed.
    Agreed,
    /// Refused.
    Rejected,
    /// Every block is passed.
    Completed,
}

/// A node that waits for the customer's answer: an `InfoGiven` row with this node and round opens it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingNode<'f> {
    /// Node id.
    pub node: &'f str,
    /// The round in which somebody asked.
    pub round: u32,
}

/// A node that waits for somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenNode<'f> {
    /// Node id. (node, round) is the key of its to-do.
    pub node: &'f str,
    /// From 1.
    pub round: u32,
    /// The block.
    pub step: Step<'f>,
    /// Whether there is something to do now. Always for decisions; for core work once goods or money are there.
    pub ready: bool,
    /// Whose turn it is in a sequential approval; `None` in the other modes.
    pub turn: Option<PersonId>,
}

/// The block of an open node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'f> {
    /// People decide.
    Approve(&'f Approve),
    /// Work of the core.
    Core(&'f Core),
}

/// A leaf that is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed<'f> {
    /// Node id.
    pub node: &'f str,
    /// The round it was passed in.
    pub round: u32,
    /// How.
    pub how: PassedHow,
}

/// How a leaf was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedHow {
    /// People agreed.
    Agreed,
    /// Agreed without a person.
    Auto,
    /// The core says that the work is done.
    Core,
}

/// A branch that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken<'f> {
    /// Condition id.
    pub node: &'f str,
    /// The condition's round.
    pub round: u32,
    /// Branch id; `None` is the otherwise branch.
    pub branch: Option<&'f str>,
    /// Why, when it was decided just now; `None` for a branch that the history holds.
    pub why: Option<TakenWhy>,
}

/// Why a branch is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenWhy {
    /// Its condition holds.
    Holds,
    /// No condition holds.
    Otherwise,
    /// An answer was unclear.
    Unclear,
}

impl<'f> Step<'f> {
    /// The block's name.
    #[must_use]
    pub const fn title(self) -> &'f Text {
        match self {
            Self::Approve(block) => &block.title,
            Self::Core(block) => &block.title,
        }
    }
    /// What the customer reads.
    #[must_use]
    pub fn customer_title(self) -> &'f Text {
        let (own, title) = match self {
            Self::Approve(block) => (&block.customer_title, &block.title),
            Self::Core(block) => (&block.customer_title, &block.title),
        };
        if own.zh.is_empty() && own.en.is_empty() { title } else { own }
    }
    /// Where the people come from.
    #[must_use]
    pub const fn approver(self) -> &'f Approver {
        match self {
            Self::Approve(block) => &block.approver,
            Self::Core(block) => &block.assignee,
        }
    }
    /// Role that gets the to-do when nobody is found.
    #[must_use]
    pub fn if_nobody(self) -> Option<&'f str> {
        match self {
            Self::Approve(block) => block.if_nobody.as_deref(),
            Self::Core(block) => block.if_nobody.as_deref(),
        }
    }
    /// Time from the first moment there is something to do to breach.
    #[must_use]
    pub const fn deadline(self) -> Option<&'f Duration> {
        match self {
            Self::Approve(block) => block.deadline.as_ref(),
            Self::Core(block) => block.deadline.as_ref(),
        }
    }
    /// How long before the deadline the people are warned.
    #[must_use]
    pub const fn warn_before(self) -> Option<&'f Duration> {
        match self {
            Self::Approve(block) => block.warn_before.as_ref(),
            Self::Core(block) => block.warn_before.as_ref(),
        }
    }
    /// Whether the open node is to have a to-do row made by the flow.
    #[must_use]
    pub const fn todo(self) -> bool {
        match self {
            Self::Approve(_) => true,
            Self::Core(block) => block.todo,
        }
    }
}

impl<'f> Progress<'f> {
    /// The node a list shows as the case's stage: the first that is not passed.
    #[must_use]
    pub fn stage(&self) -> Option<&'f str> {
        self.waiting.first().map(|waiting| waiting.node).or_else(|| self.open.first().map(|open| open.node))
    }
    /// The open node with this id.
    #[must_use]
    pub fn open_node(&self, node: &str) -> Option<&OpenNode<'f>> {
        self.open.iter().find(|open| open.node == node)
    }
}

/// Folds a history over a flow; conditions and auto-agreement are answered from `scope`.
#[must_use]
pub fn advance<'f>(flow: &'f CompiledFlow, history: &History, scope: &dyn Scope) -> Progress<'f> {
    advance_with(flow, history, &InScope(scope))
}

/// `advance` with any source of answers.
#[must_use]
pub fn advance_with<'f>(flow: &'f CompiledFlow, history: &History, conditions: &dyn Conditions) -> Progress<'f> {
    let mut run = Run::replay(flow, history);
    run.settle(history, conditions)
}

impl<'f> Run<'f> {
    /// Decides what needs no person until nothing changes, then says where the case stands.
    pub(super) fn settle(&mut self, history: &History, conditions: &dyn Conditions) -> Progress<'f> {
        let mut record = Vec::new();
        self.reopen_core(history, &mut record);
        let mut whys: Vec<(usize, TakenWhy)> = Vec::new();
        // Each turn decides at least one block for good, so there are at most as many turns as blocks.
        for _ in 0..=self.flow.cells.len() {
            let front = self.front();
            let before = record.len();
            for index in front {
                let Some((decision, why)) = self.decide_alone(index, history, conditions) else { continue };
                if self.apply(&decision, history) {
                    record.push(decision);
                    whys.extend(why.map(|why| (index, why)));
                }
            }
            if record.len() == before {
                break;
            }
        }
        self.progress(history, record, &whys)
    }

    /// What the flow decides at a reached block without a person.
    fn decide_alone(
        &self,
        index: usize,
        history: &History,
        conditions: &dyn Conditions,
    ) -> Option<(Decision, Option<TakenWhy>)> {
        let (cell, node) = (self.flow.cells.get(index)?, self.nodes.get(index)?);
        let row = |kind| Decision { node: cell.id.clone(), round: node.round, person: None, kind };
        match &cell.kind {
            Kind::Condition { tests, .. } if node.taken.is_none() => {
                let (branch, why) = choose(tests, conditions);
                let branch = branch.map(str::to_owned);
                Some((row(DecisionKind::Branch { branch }), Some(why)))
            }
            Kind::Core(core) if node.result == LeafResult::Open => {
                (history.core.of(core.work) == CoreState::Done).then(|| (row(DecisionKind::CoreDone), None))
            }
            // Only in the first round: a person who sends a case back wants a person to look.
            Kind::Approve(approve) if node.result == LeafResult::Open && node.round == 1 && node.votes.is_empty() => {
                let when = approve.auto_agree_when.as_ref()?;
                (conditions.holds(&cell.id, when) == Some(true)).then(|| (row(DecisionKind::AutoAgree), None))
            }
            _ => None,
        }
    }

    /// The reached blocks that are not passed: leaves and untaken conditions, in document order.
    pub(super) fn front(&self) -> Vec<usize> {
        let mut front = Vec::new();
        if self.root() == Status::Running {
            self.lane_front(0, &mut front);
        }
        front
    }

    fn lane_front(&self, lane: usize, front: &mut Vec<usize>) {
        let Some(lane) = self.flow.lanes.get(lane) else { return };
        let mut in_core_run = false;
        for index in &lane.cells {
            if in_core_run && !self.is_core(*index) {
                return;
            }
            if self.status(*index) == Status::Passed {
                continue;
            }
            self.cell_front(*index, front);
            if !self.is_core(*index) {
                return;
            }
            in_core_run = true;
        }
    }

    fn cell_front(&self, index: usize, front: &mut Vec<usize>) {
        let (Some(cell), Some(node)) = (self.flow.cells.get(index), self.nodes.get(index)) else { return };
        match &cell.kind {
            Kind::Approve(_) | Kind::Core(_) => front.push(index),
            Kind::Condition { lanes, .. } => match node.taken.and_then(|number| lanes.get(number)) {
                Some(lane) => self.lane_front(*lane, front),
                None => front.push(index),
            },
            Kind::Parallel { lanes, .. } => {
                for lane in lanes.iter().filter(|lane| self.lane_status(**lane) == Status::Running) {
                    self.lane_front(*lane, front);
                }
            }
        }
    }

    fn progress(&mut self, history: &History, record: Vec<Decision>, whys: &[(usize, TakenWhy)]) -> Progress<'f> {
        let mut open = Vec::new();
        let mut waiting = Vec::new();
        let mut core_reached = false;
        for index in self.front() {
            core_reached |= self.is_core(index);
            match (self.flow.cells.get(index), self.nodes.get(index)) {
                (Some(cell), Some(node)) if node.result == LeafResult::Waiting => {
                    waiting.push(WaitingNode { node: &cell.id, round: node.round });
                }
                _ => open.extend(self.open_node(index, history)),
            }
        }
        let passed = self.passed();
        let core_passed = passed.iter().any(|passed| passed.how == PassedHow::Core);
        let outcome = match self.root() {
            Status::Rejected => Outcome::Rejected,
            Status::Passed => Outcome::Completed,
            Status::Running if !waiting.is_empty() => Outcome::NeedsInfo,
            Status::Running if core_reached || core_passed => Outcome::Agreed,
            Status::Running => Outcome::Running,
        };
        Progress { outcome, open, waiting, passed, taken: self.taken(whys), record }
    }

    fn open_node(&mut self, index: usize, history: &History) -> Option<OpenNode<'f>> {
        let flow = self.flow;
        let cell = flow.cells.get(index)?;
        let round = self.nodes.get(index)?.round;
        let (step, ready, turn) = match &cell.kind {
            Kind::Approve(approve) => {
                let turn = if approve.mode == Mode::Sequential { self.next_voter(index, history) } else { None };
                (Step::Approve(approve), true, turn)
            }
            Kind::Core(core) => (Step::Core(core), history.core.of(core.work) == CoreState::Ready, None),
            Kind::Condition { .. } | Kind::Parallel { .. } => return None,
        };
        Some(OpenNode { node: &cell.id, round, step, ready, turn })
    }

    fn next_voter(&mut self, index: usize, history: &History) -> Option<PersonId> {
        self.load_asked(index, history);
        let node = self.nodes.get(index)?;
        turn(&node.asked, &node.votes)
    }

    fn taken(&self, whys: &[(usize, TakenWhy)]) -> Vec<Taken<'f>> {
        let blocks = self.flow.cells.iter().zip(&self.nodes).enumerate();
        blocks
            .filter_map(|(index, (cell, node))| {
                let Kind::Condition { tests, .. } = &cell.kind else { return None };
                let branch = tests.get(node.taken?).map(|test| test.branch.as_str());
                let why = whys.iter().find(|(other, _)| *other == index).map(|(_, why)| *why);
                Some(Taken { node: &cell.id, round: node.round, branch, why })
            })
            .collect()
    }
}

/// The first branch that holds. An unclear answer before that makes the whole choice unclear: the marked branch is
/// taken, or the first one, which an author puts there because it is the strictest.
pub(super) fn choose<'t>(
    tests: &'t [super::compile::Test],
    conditions: &dyn Conditions,
) -> (Option<&'t str>, TakenWhy) {
    for test in tests {
        match conditions.holds(&test.place, &test.when) {
            Some(true) => return (Some(&test.branch), TakenWhy::Holds),
            Some(false) => {}
            None => {
                let marked = tests.iter().find(|test| test.on_unclear).or_else(|| tests.first());
                return (marked.map(|test| test.branch.as_str()), TakenWhy::Unclear);
            }
        }
    }
    (None, TakenWhy::Otherwise)
}
