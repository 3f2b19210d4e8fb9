//! What is wrong with a flow by itself: types, ways nobody can go, arithmetic. Names across documents are
//! `template::check`'s.

use std::collections::HashSet;

use domain::{Diagnostic, Text};

use super::compile::CompiledFlow;
use super::{Approve, Block, Condition, Core, Flow, Join, Mode, Parallel, Work};
use crate::expr::{Nothing, Schema};
use crate::value::Duration;

/// Every problem of one flow, each placed under `path`.
#[must_use]
pub fn check(flow: &Flow, schema: &Schema, path: &str) -> Vec<Diagnostic> {
    let mut checker = Checker { schema, worked: false, problems: Vec::new() };
    if flow.blocks.is_empty() {
        checker.error("empty_flow", format!("{path}.blocks"), "流程没有步骤", "the flow has no step", EMPTY_HELP);
    }
    if let Err(problems) = CompiledFlow::new(flow.clone()) {
        checker.problems.extend(problems.into_iter().map(|mut problem| {
            problem.path = format!("{path}.{}", problem.path);
            problem.with_help(Text::new("每个步骤使用不同的编号，减少层数", "give every step its own id, nest less"))
        }));
    } else {
        checker.blocks(&flow.blocks, &format!("{path}.blocks"), false);
        checker.works(flow, path);
    }
    checker.problems
}

const EMPTY_HELP: (&str, &str) = ("至少添加一个步骤", "add at least one step");

struct Checker<'s> {
    schema: &'s Schema,
    // Whether work of the core stands before, on whichever way.
    worked: bool,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn error(&mut self, code: &str, path: String, zh: &str, en: &str, help: (&str, &str)) {
        let problem = Diagnostic::error(code, path, Text::new(zh, en)).with_help(Text::new(help.0, help.1));
        self.problems.push(problem);
    }

    /// `beside`: within a parallel block, where work of the core would begin before a decision beside it is made.
    fn blocks(&mut self, blocks: &[Block], path: &str, beside: bool) {
        for (number, block) in blocks.iter().enumerate() {
            let path = format!("{path}[{number}].{}", block.keyword());
            match block {
                Block::Approve(approve) => self.approve(approve, &path),
                Block::Condition(condition) => self.condition(condition, &path, beside),
                Block::Parallel(parallel) => self.parallel(parallel, &path),
                Block::Core(core) => self.core(core, &path, beside),
            }
        }
    }

    fn approve(&mut self, approve: &Approve, path: &str) {
        if self.worked {
            // Goods and money would not wait for it, and a refusal could not take back what they have done.
            self.error(
                "decision_behind_work",
                path.to_owned(),
                "审批不能放在实物与资金步骤之后：货款可能已经处理",
                "a decision cannot stand behind work on goods and money: they may have moved already",
                (
                    "移到收货等步骤之前；结算复核由复核限额规定",
                    "move it before the work; a second pair of eyes on money is the settlement limit's",
                ),
            );
        }
        if let Some(when) = &approve.auto_agree_when {
            self.problems.extend(when.check_condition(self.schema, &format!("{path}.auto_agree_when")));
        }
        self.deadline(approve.deadline, approve.warn_before, path);
        if let Mode::Ratio { percent } = approve.mode
            && !(1..=100).contains(&percent)
        {
            self.error(
                "ratio_range",
                format!("{path}.mode.ratio.percent"),
                "比例应在 1 到 100 之间",
                "the percentage is between 1 and 100",
                ("例如 60", "such as 60"),
            );
        }
    }

    fn core(&mut self, core: &Core, path: &str, beside: bool) {
        self.worked = true;
        self.deadline(core.deadline, core.warn_before, path);
        if beside {
            self.error(
                "work_beside_decision",
                path.to_owned(),
                "实物与资金步骤不能放在并行分支里：旁边的审批还没结束",
                "work on goods and money cannot stand in a parallel branch: the decision beside it is still open",
                ("移到并行块之后", "move it behind the parallel block"),
            );
        }
    }

    fn deadline(&mut self, deadline: Option<Duration>, warn_before: Option<Duration>, path: &str) {
        if let Some(problem) = deadline_problem(deadline, warn_before) {
            self.error(problem.code, format!("{path}.{}", problem.field), problem.zh, problem.en, problem.help);
        }
    }

    fn condition(&mut self, condition: &Condition, path: &str, beside: bool) {
        if condition.branches.is_empty() {
            let message = ("条件没有分支", "the condition has no branch");
            self.error("no_branch", format!("{path}.branches"), message.0, message.1, EMPTY_HELP);
        }
        let mut ids = HashSet::new();
        let mut sources: Vec<&str> = Vec::new();
        let mut always = false;
        for (number, branch) in condition.branches.iter().enumerate() {
            let path = format!("{path}.branches[{number}]");
            self.branch_id(&branch.id, &mut ids, &path);
            self.problems.extend(branch.when.check_condition(self.schema, &format!("{path}.when")));
            if always || sources.contains(&branch.when.source()) {
                self.unreachable(path.clone());
            }
            always |= branch.when.references().is_empty() && branch.when.condition(&Nothing).holds();
            sources.push(branch.when.source());
            self.blocks(&branch.blocks, &format!("{path}.blocks"), beside);
        }
        if always && !condition.otherwise.is_empty() {
            self.unreachable(format!("{path}.otherwise"));
        }
        self.blocks(&condition.otherwise, &format!("{path}.otherwise"), beside);
        let marked = condition.branches.iter().enumerate().filter(|(_, branch)| branch.on_unclear);
        if let Some((second, _)) = marked.clone().nth(1) {
            self.error(
                "two_unclear_branches",
                format!("{path}.branches[{second}].on_unclear"),
                "只能有一个分支标记为“无法判断时”",
                "only one branch can be marked for unclear answers",
                ("保留其中最严格的一个", "keep the strictest of them"),
            );
        }
    }

    fn unreachable(&mut self, path: String) {
        self.error(
            "unreachable_branch",
            path,
            "这个分支永远走不到：前面的分支总会先成立",
            "no case can take this branch: one before it always holds first",
            ("调整顺序或修改条件", "change the order or the condition"),
        );
    }

    fn branch_id<'i>(&mut self, id: &'i str, ids: &mut HashSet<&'i str>, path: &str) {
        if !ids.insert(id) {
            self.error(
                "duplicate_id",
                format!("{path}.id"),
                &format!("分支编号“{id}”重复"),
                &format!("the branch id `{id}` is used twice"),
                ("换一个编号", "choose another id"),
            );
        }
    }

    fn parallel(&mut self, parallel: &Parallel, path: &str) {
        if parallel.branches.len() < 2 {
            self.error(
                "one_branch",
                format!("{path}.branches"),
                "并行块至少要有两个分支",
                "a parallel block has at least two branches",
                ("添加分支，或去掉并行块", "add a branch, or remove the block"),
            );
        }
        let mut ids = HashSet::new();
        for (number, branch) in parallel.branches.iter().enumerate() {
            let path = format!("{path}.branches[{number}]");
            self.branch_id(&branch.id, &mut ids, &path);
            if branch.blocks.is_empty() && parallel.join == Join::Any {
                self.error(
                    "empty_branch",
                    format!("{path}.blocks"),
                    "空分支立即通过，其他分支都不会执行",
                    "an empty branch passes at once, so that no other would ever run",
                    ("给分支添加步骤，或改为 join: all", "add a step to the branch, or use `join: all`"),
                );
            }
            self.blocks(&branch.blocks, &format!("{path}.blocks"), true);
        }
    }

    /// Goods that must come back are received before they are inspected, whatever the rest looks like.
    fn works(&mut self, flow: &Flow, path: &str) {
        let mut found: Vec<(Work, String)> = Vec::new();
        walk(&flow.blocks, &format!("{path}.blocks"), &mut |block, path| {
            if let Block::Core(core) = block {
                found.push((core.work, path.to_owned()));
            }
        });
        for work in [Work::Receive, Work::Inspect, Work::Settle, Work::Outbound] {
            if !found.iter().any(|(other, _)| *other == work) {
                let name = match work {
                    Work::Receive => ("收货", "receive"),
                    Work::Inspect => ("质检", "inspect"),
                    Work::Settle => ("结算", "settle"),
                    Work::Outbound => ("发货", "outbound"),
                };
                let message = Text::new(
                    format!("流程里没有{}步骤，案件会停在等待{}", name.0, name.0),
                    format!("the flow has no `{}` step: cases would wait for it unseen", name.1),
                );
                let help = Text::new(
                    format!("添加 core 步骤，work: {}", name.1),
                    format!("add a core step with `work: {}`", name.1),
                );
                self.problems
                    .push(Diagnostic::warning("missing_work", format!("{path}.blocks"), message).with_help(help));
            }
        }
        let place = |work| found.iter().position(|(other, _)| *other == work);
        if let (Some(receive), Some(inspect)) = (place(Work::Receive), place(Work::Inspect))
            && inspect < receive
        {
            let at = found.get(inspect).map(|(_, path)| path.clone()).unwrap_or_default();
            self.error(
                "work_order",
                at,
                "质检不能排在收货之前",
                "inspection cannot come before receipt",
                ("交换这两个步骤", "swap the two steps"),
            );
        }
    }
}

/// Visits every block in document order with its place.
pub(crate) fn walk(blocks: &[Block], path: &str, visit: &mut dyn FnMut(&Block, &str)) {
    for (number, block) in blocks.iter().enumerate() {
        let path = format!("{path}[{number}].{}", block.keyword());
        visit(block, &path);
        match block {
            Block::Approve(_) | Block::Core(_) => {}
            Block::Condition(condition) => {
                for (number, branch) in condition.branches.iter().enumerate() {
                    walk(&branch.blocks, &format!("{path}.branches[{number}].blocks"), visit);
                }
                walk(&condition.otherwise, &format!("{path}.otherwise"), visit);
            }
            Block::Parallel(parallel) => {
                for (number, branch) in parallel.branches.iter().enumerate() {
                    walk(&branch.blocks, &format!("{path}.branches[{number}].blocks"), visit);
                }
            }
        }
    }
}

/// What is wrong with a deadline and its warning.
pub(crate) struct DeadlineProblem {
    pub(crate) code: &'static str,
    pub(crate) field: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    pub(crate) help: (&'static str, &'static str),
}

/// What is wrong with a deadline and its warning, if anything.
pub(crate) fn deadline_problem(deadline: Option<Duration>, warn_before: Option<Duration>) -> Option<DeadlineProblem> {
    let problem = |code, field, zh, en, help| Some(DeadlineProblem { code, field, zh, en, help });
    match (deadline, warn_before) {
        (Some(deadline), _) if deadline.amount <= 0 => problem(
            "duration_range",
            "deadline",
            "时限必须大于零",
            "the deadline must be above zero",
            ("例如 2 working_hours", "such as 2 working_hours"),
        ),
        (None, Some(_)) => problem(
            "warning_without_deadline",
            "warn_before",
            "没有时限就没有提前提醒",
            "a warning needs a deadline",
            ("填写 deadline，或删除 warn_before", "write a `deadline`, or leave `warn_before` out"),
        ),
        (Some(_), Some(warn)) if warn.amount <= 0 => problem(
            "duration_range",
            "warn_before",
            "提前提醒的时间必须大于零",
            "the warning must come some time before",
            ("例如 30 minutes", "such as 30 minutes"),
        ),
        (Some(deadline), Some(warn)) if longer(warn, deadline) => problem(
            "warning_too_early",
            "warn_before",
            "提前提醒的时间不短于时限：一开始就会提醒",
            "the warning comes as early as the step opens",
            ("缩短 warn_before", "shorten `warn_before`"),
        ),
        _ => None,
    }
}

fn longer(warn: Duration, deadline: Duration) -> bool {
    let natural = |one: Duration| one.unit.natural_minutes().map(|minutes| minutes.saturating_mul(one.amount));
    match (natural(warn), natural(deadline)) {
        (Some(warn), Some(deadline)) => warn >= deadline,
        _ => warn.unit == deadline.unit && warn.amount >= deadline.amount,
    }
}
