//! What blocks come to, by structure alone: joins count branches, never arriving tokens.

use super::Join;
use super::compile::Kind;
use super::run::{LeafResult, Run};

/// What a block or a lane comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Running,
    Passed,
    Rejected,
}

impl Run<'_> {
    /// What the whole flow comes to.
    pub(super) fn root(&self) -> Status {
        self.lane_status(0)
    }

    /// The first block of a lane that is not passed decides; an empty lane is passed.
    pub(super) fn lane_status(&self, lane: usize) -> Status {
        let Some(lane) = self.flow.lanes.get(lane) else { return Status::Passed };
        lane.cells
            .iter()
            .map(|cell| self.status(*cell))
            .find(|status| *status != Status::Passed)
            .unwrap_or(Status::Passed)
    }

    pub(super) fn status(&self, index: usize) -> Status {
        let (Some(cell), Some(node)) = (self.flow.cells.get(index), self.nodes.get(index)) else {
            return Status::Running;
        };
        match &cell.kind {
            Kind::Approve(_) | Kind::Core(_) => match node.result {
                LeafResult::Open | LeafResult::Waiting => Status::Running,
                LeafResult::Passed(_) => Status::Passed,
                LeafResult::Rejected => Status::Rejected,
            },
            Kind::Condition { lanes, .. } => match node.taken.and_then(|number| lanes.get(number)) {
                Some(lane) => self.lane_status(*lane),
                None => Status::Running,
            },
            Kind::Parallel { join, lanes, .. } => self.join(*join, lanes),
        }
    }

    fn join(&self, join: Join, lanes: &[usize]) -> Status {
        let mut statuses = lanes.iter().map(|lane| self.lane_status(*lane));
        let (decisive, unanimous) = match join {
            Join::All => (Status::Rejected, Status::Passed),
            Join::Any => (Status::Passed, Status::Rejected),
        };
        let mut all = true;
        loop {
            match statuses.next() {
                Some(status) if status == decisive => return decisive,
                Some(status) => all &= status == unanimous,
                None if lanes.is_empty() => return Status::Passed,
                None => return if all { unanimous } else { Status::Running },
            }
        }
    }

    /// Whether decisions on this block count now: it had its turn, and nothing around it is decided meanwhile.
    pub(super) fn is_reached(&self, index: usize) -> bool {
        self.root() == Status::Running && self.had_its_turn(index) && !self.is_decided_around(index)
    }

    /// Whether the way to this block was open in its present round: every block before it in its lane and in the lanes
    /// around it is passed, and the branches around it are taken. A run of core blocks opens together: goods that came
    /// can be inspected while others are on the way.
    pub(super) fn had_its_turn(&self, index: usize) -> bool {
        let mut index = index;
        loop {
            let Some(cell) = self.flow.cells.get(index) else { return false };
            let Some(lane) = self.flow.lanes.get(cell.lane) else { return false };
            let mut free_from = cell.position;
            if self.is_core(index) {
                while free_from > 0 && lane.cells.get(free_from - 1).is_some_and(|other| self.is_core(*other)) {
                    free_from -= 1;
                }
            }
            if lane.cells.iter().take(free_from).any(|other| self.status(*other) != Status::Passed) {
                return false;
            }
            let Some(owner) = lane.owner else { return true };
            if !self.takes_lane(owner, cell.lane) {
                return false;
            }
            index = owner;
        }
    }

    /// Whether a block around this one, or this one's branch beside others, is decided.
    pub(super) fn is_decided_around(&self, index: usize) -> bool {
        let mut index = index;
        loop {
            let Some(cell) = self.flow.cells.get(index) else { return false };
            let Some(owner) = self.flow.lanes.get(cell.lane).and_then(|lane| lane.owner) else { return false };
            if self.status(owner) != Status::Running || self.lane_status(cell.lane) != Status::Running {
                return true;
            }
            index = owner;
        }
    }

    pub(super) fn is_core(&self, index: usize) -> bool {
        self.flow.cells.get(index).is_some_and(|cell| matches!(cell.kind, Kind::Core(_)))
    }

    /// Whether a block goes through this lane of its own.
    fn takes_lane(&self, owner: usize, lane: usize) -> bool {
        let (Some(cell), Some(node)) = (self.flow.cells.get(owner), self.nodes.get(owner)) else { return false };
        match &cell.kind {
            Kind::Condition { lanes, .. } => node.taken.and_then(|number| lanes.get(number)) == Some(&lane),
            Kind::Parallel { .. } => true,
            Kind::Approve(_) | Kind::Core(_) => false,
        }
    }
}
