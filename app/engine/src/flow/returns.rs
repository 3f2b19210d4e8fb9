//! 退回: sending a case back to an earlier decision.
//!
//! The smallest lane that holds both decisions is run again from the target: everything between them starts a new
//! round, branches beside them keep what is finished, and whatever lies outside that lane is not touched at all.

use super::Siblings;
use super::compile::{CompiledFlow, Kind};
use super::history::History;
use super::run::{LeafResult, Run};

/// How a block of the region is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Treat {
    /// Starts its next round.
    Again,
    /// Keeps what is finished; what runs starts its next round.
    Keep,
}

/// The earlier decisions a node may send the case back to now, in document order. Empty when it is not open.
#[must_use]
pub fn return_targets<'f>(flow: &'f CompiledFlow, history: &History, node: &str) -> Vec<&'f str> {
    let run = Run::replay(flow, history);
    let Some(from) = flow.index_of(node) else { return Vec::new() };
    let open = run.nodes.get(from).is_some_and(|node| node.result == LeafResult::Open);
    if !open || !run.is_reached(from) {
        return Vec::new();
    }
    let targets = (0..flow.cells.len()).filter(|target| may_return(&run, from, *target));
    targets.filter_map(|target| flow.cells.get(target)).map(|cell| cell.id.as_str()).collect()
}

/// Whether `from`, which is open, may send the case back to `target`: an earlier decision that was made, with no
/// goods or money work in between, because goods do not travel back.
pub(super) fn may_return(run: &Run, from: usize, target: usize) -> bool {
    let Some(Kind::Approve(approve)) = run.flow.cells.get(from).map(|cell| &cell.kind) else { return false };
    let made = run.nodes.get(target).is_some_and(|node| matches!(node.result, LeafResult::Passed(_)));
    if !approve.may_return || !made || run.is_core(target) {
        return false;
    }
    match region(run, from, target) {
        Some(region) => !region.iter().any(|(cell, _)| run.is_core(*cell) && run.is_touched(*cell)),
        None => false,
    }
}

/// Starts the region's next round. INVARIANT: `may_return(run, from, target)` holds.
pub(super) fn reset(run: &mut Run, from: usize, target: usize) {
    let Some(region) = region(run, from, target) else { return };
    let renewed: Vec<usize> =
        region.into_iter().filter(|(cell, treat)| restarts(run, *cell, *treat)).map(|(cell, _)| cell).collect();
    for cell in renewed {
        if let Some(node) = run.nodes.get_mut(cell) {
            node.renew();
        }
    }
}

fn restarts(run: &Run, cell: usize, treat: Treat) -> bool {
    let Some(node) = run.nodes.get(cell) else { return false };
    let finished = matches!(node.result, LeafResult::Passed(_)) || node.taken.is_some();
    run.is_touched(cell) && !(treat == Treat::Keep && finished)
}

impl Run<'_> {
    /// Whether anything was ever opened or recorded in this block's round, also where a join has closed it since. An
    /// untouched block needs no new round.
    pub(super) fn is_touched(&self, cell: usize) -> bool {
        let Some(node) = self.nodes.get(cell) else { return false };
        node.result != LeafResult::Open || !node.votes.is_empty() || node.taken.is_some() || self.had_its_turn(cell)
    }
}

/// The blocks a return touches; `None` when the target does not come before `from` on the way the case took.
fn region(run: &Run, from: usize, target: usize) -> Option<Vec<(usize, Treat)>> {
    let flow = run.flow;
    let way_back = way_up(flow, target);
    let way_here = way_up(flow, from);
    let (common, here) = way_here.iter().find_map(|(lane, cell)| {
        let (_, target_side) = way_back.iter().find(|(other, _)| other == lane)?;
        (target_side != cell).then_some((*lane, (*target_side, *cell)))
    })?;
    let position = |cell: usize| flow.cells.get(cell).map(|cell| cell.position);
    let (first, last) = (position(here.0)?, position(here.1)?);
    if first >= last {
        return None;
    }
    let mut region = Vec::new();
    target_side(run, &way_back, common, &mut region)?;
    let lane = flow.lanes.get(common)?;
    for cell in lane.cells.iter().take(last).skip(first + 1) {
        subtree(flow, *cell, &mut |cell| region.push((cell, Treat::Again)));
    }
    from_side(flow, &way_here, common, &mut region);
    Some(region)
}

/// (lane, cell in it) from a block outward to the root lane.
fn way_up(flow: &CompiledFlow, cell: usize) -> Vec<(usize, usize)> {
    let mut way = Vec::new();
    let mut next = Some(cell);
    while let Some(index) = next {
        let Some(cell) = flow.cells.get(index) else { break };
        way.push((cell.lane, index));
        next = flow.lanes.get(cell.lane).and_then(|lane| lane.owner);
    }
    way
}

/// What comes after each block around this one, from the inside out.
pub(super) fn after_in_enclosing_lanes(flow: &CompiledFlow, cell: usize, visit: &mut dyn FnMut(usize)) {
    for (lane, cell) in way_up(flow, cell).into_iter().skip(1) {
        let (Some(lane), Some(cell)) = (flow.lanes.get(lane), flow.cells.get(cell)) else { return };
        for after in lane.cells.iter().skip(cell.position + 1) {
            subtree(flow, *after, visit);
        }
    }
}

/// From the target outward: it and everything after it in its lanes run again; conditions around it stay taken.
fn target_side(run: &Run, way: &[(usize, usize)], common: usize, region: &mut Vec<(usize, Treat)>) -> Option<()> {
    let flow = run.flow;
    for (number, (lane, cell)) in way.iter().enumerate() {
        if number == 0 {
            region.push((*cell, Treat::Again));
        }
        if *lane == common {
            break;
        }
        let position = flow.cells.get(*cell)?.position;
        for after in flow.lanes.get(*lane)?.cells.iter().skip(position + 1) {
            subtree(flow, *after, &mut |cell| region.push((cell, Treat::Again)));
        }
        let owner = flow.lanes.get(*lane)?.owner?;
        match &flow.cells.get(owner)?.kind {
            Kind::Condition { lanes, .. } => {
                let taken = run.nodes.get(owner).and_then(|node| node.taken);
                if taken.and_then(|number| lanes.get(number)) != Some(lane) {
                    return None;
                }
            }
            Kind::Parallel { siblings, lanes, .. } => beside(flow, lanes, *lane, *siblings, region),
            Kind::Approve(_) | Kind::Core(_) => return None,
        }
    }
    Some(())
}

/// From the sender outward: it and everything before it in its lanes run again; conditions around it are asked anew.
fn from_side(flow: &CompiledFlow, way: &[(usize, usize)], common: usize, region: &mut Vec<(usize, Treat)>) {
    for (lane, cell) in way {
        region.push((*cell, Treat::Again));
        if *lane == common {
            break;
        }
        let Some(position) = flow.cells.get(*cell).map(|cell| cell.position) else { return };
        let Some(lane_cells) = flow.lanes.get(*lane) else { return };
        for before in lane_cells.cells.iter().take(position) {
            subtree(flow, *before, &mut |cell| region.push((cell, Treat::Again)));
        }
        let owner = lane_cells.owner.and_then(|owner| flow.cells.get(owner));
        if let Some(Kind::Parallel { siblings, lanes, .. }) = owner.map(|owner| &owner.kind) {
            beside(flow, lanes, *lane, *siblings, region);
        }
    }
}

fn beside(flow: &CompiledFlow, lanes: &[usize], except: usize, siblings: Siblings, region: &mut Vec<(usize, Treat)>) {
    let treat = match siblings {
        Siblings::Keep => Treat::Keep,
        Siblings::Reset => Treat::Again,
    };
    for lane in lanes.iter().filter(|lane| **lane != except) {
        for cell in flow.lanes.get(*lane).map(|lane| lane.cells.as_slice()).unwrap_or_default() {
            subtree(flow, *cell, &mut |cell| region.push((cell, treat)));
        }
    }
}

/// A block with everything inside it.
pub(super) fn subtree(flow: &CompiledFlow, cell: usize, visit: &mut dyn FnMut(usize)) {
    visit(cell);
    let Some(Kind::Condition { lanes, .. } | Kind::Parallel { lanes, .. }) =
        flow.cells.get(cell).map(|cell| &cell.kind)
    else {
        return;
    };
    for lane in lanes {
        for inner in flow.lanes.get(*lane).map(|lane| lane.cells.as_slice()).unwrap_or_default() {
            subtree(flow, *inner, visit);
        }
    }
}
