//! Work of the core that comes back: a line that is turned into another kind, a decision on goods that is corrected.
//!
//! The step opens again in its next round, and what follows it is run again, because people there decided on goods and
//! money that are different now. Core steps of the same run stay as they are: each answers for its own work.

use super::history::{CoreState, Decision, DecisionKind, History};
use super::returns::{after_in_enclosing_lanes, subtree};
use super::run::{LeafResult, Run};
use super::{PassedHow, compile::Kind};

impl Run<'_> {
    /// The rows for passed core steps whose work is not done any more, already folded in.
    pub(super) fn reopen_core(&mut self, history: &History, record: &mut Vec<Decision>) {
        for (index, cell) in self.flow.cells.iter().enumerate() {
            let (Kind::Core(core), Some(node)) = (&cell.kind, self.nodes.get(index)) else { continue };
            if node.result != LeafResult::Passed(PassedHow::Core) || history.core.of(core.work) == CoreState::Done {
                continue;
            }
            let row =
                Decision { node: cell.id.clone(), round: node.round, person: None, kind: DecisionKind::CoreAgain };
            if self.apply(&row, history) {
                record.push(row);
            }
        }
    }

    /// Opens a passed core step again with what follows it; false when a branch beside it has decided meanwhile, or
    /// the case is refused: nobody could do the work.
    pub(super) fn reopen(&mut self, index: usize) -> bool {
        let passed = |node: &super::run::Node| node.result == LeafResult::Passed(PassedHow::Core);
        if !self.nodes.get(index).is_some_and(passed) {
            return false;
        }
        let renewed: Vec<usize> = self.behind(index).into_iter().filter(|cell| self.is_touched(*cell)).collect();
        let before = self.nodes.clone();
        for cell in renewed.into_iter().chain([index]) {
            if let Some(node) = self.nodes.get_mut(cell) {
                node.renew();
            }
        }
        let reached = self.is_reached(index);
        if !reached {
            self.nodes = before;
        }
        reached
    }

    /// The blocks that come after a core step: in its lane from the end of its run of core steps, and after each block
    /// around it.
    fn behind(&self, index: usize) -> Vec<usize> {
        let mut behind = Vec::new();
        let Some((cell, lane)) =
            self.flow.cells.get(index).and_then(|cell| Some((cell, self.flow.lanes.get(cell.lane)?)))
        else {
            return behind;
        };
        let later = lane.cells.iter().skip(cell.position + 1).skip_while(|other| self.is_core(**other));
        for other in later {
            subtree(self.flow, *other, &mut |cell| behind.push(cell));
        }
        after_in_enclosing_lanes(self.flow, index, &mut |cell| behind.push(cell));
        behind
    }
}
