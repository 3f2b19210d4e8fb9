//! The state of a case in a flow while its decisions are folded in, one after another.

use domain::PersonId;

use super::compile::{CompiledFlow, Kind};
use super::history::{Decision, DecisionKind, History};
use super::vote::{Tally, Vote, may_vote, tally};
use super::{Passed, PassedHow, returns};

/// A flow with the decisions so far.
pub(super) struct Run<'f> {
    pub(super) flow: &'f CompiledFlow,
    /// One a cell, same order. INVARIANT: as long as `flow.cells`.
    pub(super) nodes: Vec<Node>,
}

/// What is known of one block. Only leaves have votes, only conditions a branch.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) round: u32,
    pub(super) asked: Vec<PersonId>,
    pub(super) votes: Vec<Vote>,
    pub(super) result: LeafResult,
    /// The number of the branch taken.
    pub(super) taken: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeafResult {
    Open,
    /// Waits for the customer's answer.
    Waiting,
    Passed(PassedHow),
    Rejected,
}

impl Node {
    const fn new(round: u32) -> Self {
        Self { round, asked: Vec::new(), votes: Vec::new(), result: LeafResult::Open, taken: None }
    }
    /// Starts the next round: what was decided before no longer counts.
    pub(super) fn renew(&mut self) {
        *self = Self::new(self.round.saturating_add(1));
    }
}

impl<'f> Run<'f> {
    /// The state before any decision.
    pub(super) fn new(flow: &'f CompiledFlow) -> Self {
        Self { flow, nodes: vec![Node::new(1); flow.cells.len()] }
    }

    /// The state after a history. Rows that do not fit (a stale round, a closed node, somebody not asked) change
    /// nothing: whoever wrote them raced and lost.
    pub(super) fn replay(flow: &'f CompiledFlow, history: &History) -> Self {
        let mut run = Self::new(flow);
        for decision in &history.decisions {
            run.apply(decision, history);
        }
        run.recount(history);
        run
    }

    /// Folds in one decision; answers whether it counted.
    pub(super) fn apply(&mut self, decision: &Decision, history: &History) -> bool {
        let Some(index) = self.flow.index_of(&decision.node) else { return false };
        let Some(node) = self.nodes.get(index) else { return false };
        if node.round != decision.round {
            return false;
        }
        if decision.kind == DecisionKind::CoreAgain {
            return self.reopen(index);
        }
        if !self.is_reached(index) {
            return false;
        }
        let Some(cell) = self.flow.cells.get(index) else { return false };
        match (&cell.kind, &decision.kind) {
            (Kind::Condition { tests, .. }, DecisionKind::Branch { branch }) => {
                let number = match branch {
                    None => Some(tests.len()),
                    Some(id) => tests.iter().position(|test| test.branch == *id),
                };
                self.take(index, number)
            }
            (Kind::Core(_), DecisionKind::CoreDone) => self.finish(index, LeafResult::Passed(PassedHow::Core)),
            (Kind::Approve(_), DecisionKind::AutoAgree) => self.finish(index, LeafResult::Passed(PassedHow::Auto)),
            (Kind::Approve(approve), kind) => match kind {
                DecisionKind::Agree | DecisionKind::Reject => {
                    self.load_asked(index, history);
                    let agrees = *kind == DecisionKind::Agree;
                    self.vote(index, approve.mode, Vote { person: decision.person, agrees })
                }
                DecisionKind::AskInfo if approve.may_ask_info => self.finish(index, LeafResult::Waiting),
                DecisionKind::InfoGiven => self.answer(index),
                DecisionKind::Return { to } => self.send_back(index, to),
                _ => false,
            },
            _ => false,
        }
    }

    /// A voter may have been taken off the list after the others voted: count once more.
    fn recount(&mut self, history: &History) {
        for (index, cell) in self.flow.cells.iter().enumerate() {
            let Kind::Approve(approve) = &cell.kind else { continue };
            if approve.mode == super::Mode::Any {
                continue;
            }
            self.load_asked(index, history);
            self.count(index, approve.mode);
        }
    }

    pub(super) fn load_asked(&mut self, index: usize, history: &History) {
        let (Some(cell), Some(node)) = (self.flow.cells.get(index), self.nodes.get_mut(index)) else { return };
        node.asked.clear();
        for voter in &history.voters {
            if voter.round == node.round && voter.node == cell.id && !node.asked.contains(&voter.person) {
                node.asked.push(voter.person);
            }
        }
    }

    fn take(&mut self, index: usize, number: Option<usize>) -> bool {
        match (self.nodes.get_mut(index), number) {
            (Some(node), Some(number)) if node.taken.is_none() => {
                node.taken = Some(number);
                true
            }
            _ => false,
        }
    }

    fn finish(&mut self, index: usize, result: LeafResult) -> bool {
        match self.nodes.get_mut(index) {
            Some(node) if node.result == LeafResult::Open => {
                node.result = result;
                true
            }
            _ => false,
        }
    }

    fn vote(&mut self, index: usize, mode: super::Mode, vote: Vote) -> bool {
        let Some(node) = self.nodes.get_mut(index) else { return false };
        if node.result != LeafResult::Open || !may_vote(mode, &node.asked, &node.votes, vote.person) {
            return false;
        }
        node.votes.push(vote);
        self.count(index, mode);
        true
    }

    fn count(&mut self, index: usize, mode: super::Mode) {
        let Some(node) = self.nodes.get_mut(index) else { return };
        if node.result != LeafResult::Open {
            return;
        }
        match tally(mode, &node.asked, &node.votes) {
            Tally::Open => {}
            Tally::Passed => node.result = LeafResult::Passed(PassedHow::Agreed),
            Tally::Rejected => node.result = LeafResult::Rejected,
        }
    }

    fn answer(&mut self, index: usize) -> bool {
        match self.nodes.get_mut(index) {
            Some(node) if node.result == LeafResult::Waiting => {
                node.renew();
                true
            }
            _ => false,
        }
    }

    fn send_back(&mut self, index: usize, to: &str) -> bool {
        let open = self.nodes.get(index).is_some_and(|node| node.result == LeafResult::Open);
        let Some(target) = self.flow.index_of(to).filter(|_| open) else { return false };
        if !returns::may_return(self, index, target) {
            return false;
        }
        returns::reset(self, index, target);
        true
    }

    /// The passed leaves, in document order.
    pub(super) fn passed(&self) -> Vec<Passed<'f>> {
        let leaves = self.flow.cells.iter().zip(&self.nodes);
        leaves
            .filter_map(|(cell, node)| match node.result {
                LeafResult::Passed(how) => Some(Passed { node: &cell.id, round: node.round, how }),
                _ => None,
            })
            .collect()
    }
}
