//! What must hold of a fold, said the slow, obvious way over the tree.

use crate::flow::{Block, Join, ParallelBranch, Progress, Work};

/// Says the slow, obvious way whether a node can be open: everything before it in each lane around it is passed.
pub(super) fn stands_on_passed_ground(blocks: &[Block], node: &str, progress: &Progress) -> Option<bool> {
    for (position, block) in blocks.iter().enumerate() {
        let inside = match block {
            Block::Approve(_) | Block::Core(_) => (block.id() == node).then_some(true),
            Block::Parallel(parallel) => {
                parallel.branches.iter().find_map(|branch| stands_on_passed_ground(&branch.blocks, node, progress))
            }
            Block::Condition(condition) => {
                let taken = progress.taken.iter().find(|taken| taken.node == condition.id).map(|taken| taken.branch);
                let named = condition.branches.iter().map(|branch| (Some(branch.id.as_str()), &branch.blocks));
                named.chain([(None, &condition.otherwise)]).find_map(|(branch, blocks)| {
                    Some(stands_on_passed_ground(blocks, node, progress)? && taken == Some(branch))
                })
            }
        };
        if let Some(fine) = inside {
            let is_core = |block: &Block| matches!(block, Block::Core(_));
            let skips = blocks[..position].iter().rev().take_while(|other| is_core(block) && is_core(other)).count();
            return Some(fine && blocks[..position - skips].iter().all(|before| all_passed(before, progress)));
        }
    }
    None
}

pub(super) fn all_passed(block: &Block, progress: &Progress) -> bool {
    let through = |blocks: &[Block]| blocks.iter().all(|inner| all_passed(inner, progress));
    match block {
        Block::Approve(_) | Block::Core(_) => progress.passed.iter().any(|passed| passed.node == block.id()),
        Block::Parallel(parallel) => match parallel.join {
            Join::All => parallel.branches.iter().all(|branch| through(&branch.blocks)),
            Join::Any => parallel.branches.iter().any(|branch| through(&branch.blocks)),
        },
        Block::Condition(condition) => {
            let taken = progress.taken.iter().find(|taken| taken.node == condition.id).map(|taken| taken.branch);
            taken.is_some_and(|branch| match branch {
                None => through(&condition.otherwise),
                Some(id) => condition.branches.iter().any(|branch| branch.id == id && through(&branch.blocks)),
            })
        }
    }
}

pub(super) fn core_steps(blocks: &[Block]) -> Vec<(&str, Work)> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Approve(_) => {}
            Block::Core(core) => found.push((core.id.as_str(), core.work)),
            Block::Parallel(parallel) => {
                found.extend(parallel.branches.iter().flat_map(|branch| core_steps(&branch.blocks)));
            }
            Block::Condition(condition) => {
                found.extend(condition.branches.iter().flat_map(|branch| core_steps(&branch.blocks)));
                found.extend(core_steps(&condition.otherwise));
            }
        }
    }
    found
}

/// Whether a join around a step is decided by another branch than the step's own. `None` when the step is not here.
pub(super) fn decided_without(blocks: &[Block], node: &str, progress: &Progress) -> Option<bool> {
    blocks.iter().find_map(|block| match block {
        Block::Approve(_) | Block::Core(_) => (block.id() == node).then_some(false),
        Block::Parallel(parallel) => {
            let own = parallel
                .branches
                .iter()
                .position(|branch| decided_without(&branch.blocks, node, progress).is_some())?;
            let inside = decided_without(&parallel.branches[own].blocks, node, progress)?;
            let through = |branch: &ParallelBranch| branch.blocks.iter().all(|one| all_passed(one, progress));
            let others = parallel.branches.iter().enumerate().filter(|(number, _)| *number != own);
            Some(inside || (parallel.join == Join::Any && others.map(|(_, branch)| branch).any(through)))
        }
        Block::Condition(condition) => condition
            .branches
            .iter()
            .map(|branch| &branch.blocks)
            .chain([&condition.otherwise])
            .find_map(|blocks| decided_without(blocks, node, progress)),
    })
}
