//! The flow made ready for the fold: an arena of cells and lanes with an id map. Built once per version.

use std::collections::HashMap;

use domain::{Diagnostic, Text};

use super::{Approve, Block, Core, Flow, Join, Siblings};
use crate::expr::Formula;

/// Blocks may nest this deep; the fold recurses no deeper.
pub const MAX_DEPTH: usize = 12;
/// A flow has at most this many blocks.
pub const MAX_NODES: usize = 400;

/// A flow ready to run. `advance` and its siblings take this.
#[derive(Clone, Debug)]
pub struct CompiledFlow {
    pub(super) flow: Flow,
    pub(super) cells: Vec<Cell>,
    pub(super) lanes: Vec<Lane>,
    by_id: HashMap<String, usize>,
    hash: String,
}

/// One block. INVARIANT: indices in `lane`, `lanes` and `Lane::cells` exist; both vectors are built together here.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) id: String,
    pub(super) lane: usize,
    pub(super) position: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Approve(Approve),
    Core(Core),
    /// `lanes` holds the branches in order and the otherwise branch last.
    Condition {
        title: Text,
        tests: Vec<Test>,
        lanes: Vec<usize>,
    },
    Parallel {
        title: Text,
        join: Join,
        siblings: Siblings,
        lanes: Vec<usize>,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) branch: String,
    /// Names the test for an explanation: `condition.branch`.
    pub(super) place: String,
    pub(super) when: Formula,
    pub(super) on_unclear: bool,
}

/// Blocks one after another. The root lane is number 0 and has no owner.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) owner: Option<usize>,
    pub(super) cells: Vec<usize>,
}

impl CompiledFlow {
    /// Makes a flow ready to run.
    ///
    /// # Errors
    /// Duplicate ids, too deep or too large: what makes a fold meaningless. `flow::check` says the rest.
    pub fn new(flow: Flow) -> Result<Self, Vec<Diagnostic>> {
        let hash = flow.hash();
        let mut builder = Builder::default();
        builder.lane(None, &flow.blocks, 0, "blocks");
        if builder.problems.is_empty() {
            let Builder { cells, lanes, by_id, .. } = builder;
            Ok(Self { flow, cells, lanes, by_id, hash })
        } else {
            Err(builder.problems)
        }
    }

    /// The document.
    #[must_use]
    pub const fn flow(&self) -> &Flow {
        &self.flow
    }
    /// The document's content hash.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
    /// The approve block with this id.
    #[must_use]
    pub fn approve(&self, id: &str) -> Option<&Approve> {
        match &self.cell_of(id)?.kind {
            Kind::Approve(approve) => Some(approve),
            _ => None,
        }
    }
    /// The core block with this id.
    #[must_use]
    pub fn core(&self, id: &str) -> Option<&Core> {
        match &self.cell_of(id)?.kind {
            Kind::Core(core) => Some(core),
            _ => None,
        }
    }
    /// The name of any block.
    #[must_use]
    pub fn title(&self, id: &str) -> Option<&Text> {
        Some(match &self.cell_of(id)?.kind {
            Kind::Approve(approve) => &approve.title,
            Kind::Core(core) => &core.title,
            Kind::Condition { title, .. } | Kind::Parallel { title, .. } => title,
        })
    }
    /// The roles that are told when a step is passed.
    #[must_use]
    pub fn copy_to(&self, id: &str) -> &[String] {
        match self.cell_of(id).map(|cell| &cell.kind) {
            Some(Kind::Approve(approve)) => &approve.copy_to,
            Some(Kind::Core(core)) => &core.copy_to,
            Some(Kind::Condition { .. } | Kind::Parallel { .. }) | None => &[],
        }
    }
    /// The ids of all blocks, in document order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.id.as_str())
    }

    /// The ids of the blocks somebody works at, in document order: the stages a case can be in.
    pub fn leaf_ids(&self) -> impl Iterator<Item = &str> {
        let leaves = self.cells.iter().filter(|cell| matches!(cell.kind, Kind::Approve(_) | Kind::Core(_)));
        leaves.map(|cell| cell.id.as_str())
    }

    pub(super) fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
    fn cell_of(&self, id: &str) -> Option<&Cell> {
        self.cells.get(self.index_of(id)?)
    }
}

#[derive(Default)]
struct Builder {
    cells: Vec<Cell>,
    lanes: Vec<Lane>,
    by_id: HashMap<String, usize>,
    problems: Vec<Diagnostic>,
}

impl Builder {
    /// Adds a lane and everything in it; cells get their numbers in document order.
    fn lane(&mut self, owner: Option<usize>, blocks: &[Block], depth: usize, path: &str) -> usize {
        let lane = self.lanes.len();
        self.lanes.push(Lane { owner, cells: Vec::with_capacity(blocks.len()) });
        if depth > MAX_DEPTH {
            let text = Text::new(format!("嵌套超过 {MAX_DEPTH} 层"), format!("nested deeper than {MAX_DEPTH} levels"));
            self.problems.push(Diagnostic::error("too_deep", path, text));
            return lane;
        }
        for (position, block) in blocks.iter().enumerate() {
            let path = format!("{path}[{position}].{}", block.keyword());
            if self.cells.len() >= MAX_NODES {
                let text = Text::new(format!("步骤超过 {MAX_NODES} 个"), format!("more than {MAX_NODES} steps"));
                self.problems.push(Diagnostic::error("too_large", path, text));
                return lane;
            }
            self.cell(lane, position, block, depth, &path);
        }
        lane
    }

    fn cell(&mut self, lane: usize, position: usize, block: &Block, depth: usize, path: &str) {
        let index = self.cells.len();
        if self.by_id.insert(block.id().to_owned(), index).is_some() {
            let text = Text::new(
                format!("步骤编号“{}”重复", block.id()),
                format!("the step id `{}` is used twice", block.id()),
            );
            self.problems.push(Diagnostic::error("duplicate_id", format!("{path}.id"), text));
        }
        let kind = match block {
            Block::Approve(approve) => Kind::Approve(approve.clone()),
            Block::Core(core) => Kind::Core(core.clone()),
            Block::Condition(condition) => Kind::Condition {
                title: condition.title.clone(),
                tests: condition.branches.iter().map(|branch| Test::new(&condition.id, branch)).collect(),
                lanes: Vec::new(),
            },
            Block::Parallel(parallel) => Kind::Parallel {
                title: parallel.title.clone(),
                join: parallel.join,
                siblings: parallel.siblings,
                lanes: Vec::new(),
            },
        };
        self.cells.push(Cell { id: block.id().to_owned(), lane, position, kind });
        if let Some(lane) = self.lanes.get_mut(lane) {
            lane.cells.push(index);
        }
        let inner: Vec<usize> = match block {
            Block::Approve(_) | Block::Core(_) => return,
            Block::Condition(condition) => {
                let branches = condition.branches.iter().map(|branch| &branch.blocks).chain([&condition.otherwise]);
                let last = condition.branches.len();
                branches
                    .enumerate()
                    .map(|(number, blocks)| {
                        let path = if number == last {
                            format!("{path}.otherwise")
                        } else {
                            format!("{path}.branches[{number}].blocks")
                        };
                        self.lane(Some(index), blocks, depth + 1, &path)
                    })
                    .collect()
            }
            Block::Parallel(parallel) => parallel
                .branches
                .iter()
                .enumerate()
                .map(|(number, branch)| {
                    self.lane(Some(index), &branch.blocks, depth + 1, &format!("{path}.branches[{number}].blocks"))
                })
                .collect(),
        };
        if let Some(Cell { kind: Kind::Condition { lanes, .. } | Kind::Parallel { lanes, .. }, .. }) =
            self.cells.get_mut(index)
        {
            *lanes = inner;
        }
    }
}

impl Test {
    fn new(condition: &str, branch: &super::Branch) -> Self {
        Self {
            branch: branch.id.clone(),
            place: format!("{condition}.{}", branch.id),
            when: branch.when.clone(),
            on_unclear: branch.on_unclear,
        }
    }
}
