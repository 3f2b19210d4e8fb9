//! What is wrong with rules by themselves: types, bounds, loops. Names across documents are `template::check`'s.

use domain::{Diagnostic, EventKind, Text};

use super::document::{Action, Rule};
use crate::expr::Schema;

/// A rule does at most this much at once.
const MAX_ACTIONS: usize = 20;

/// Every problem of one rule, each placed under `path`.
#[must_use]
pub fn check(rule: &Rule, schema: &Schema, path: &str) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if let Some(when) = &rule.when {
        problems.extend(when.check_condition(schema, &format!("{path}.when")));
    }
    if rule.node.is_some() && !has_node(rule.on) {
        let message = Text::new(
            format!("{} 不属于某个步骤，不能限定步骤", rule.on),
            format!("{} does not happen at a step and cannot be limited to one", rule.on),
        );
        let help = Text::new("删除 node，或改用 node.passed", "remove `node`, or listen to node.passed");
        problems.push(Diagnostic::error("node_without_step", format!("{path}.node"), message).with_help(help));
    }
    if rule.then.is_empty() {
        let message = Text::new("规则没有动作", "the rule does nothing");
        let help = Text::new("至少添加一个动作", "add at least one action");
        problems.push(Diagnostic::error("no_action", format!("{path}.then"), message).with_help(help));
    }
    if rule.then.len() > MAX_ACTIONS {
        let message = Text::new(
            format!("一条规则最多 {MAX_ACTIONS} 个动作"),
            format!("a rule has at most {MAX_ACTIONS} actions"),
        );
        let help = Text::new("拆成两条规则", "split it into two rules");
        problems.push(Diagnostic::error("too_many_actions", format!("{path}.then"), message).with_help(help));
    }
    for (number, action) in rule.then.iter().enumerate() {
        let path = format!("{path}.then[{number}].{}", action.keyword());
        check_action(action, schema, &path, &mut problems);
    }
    problems
}

fn check_action(action: &Action, schema: &Schema, path: &str, problems: &mut Vec<Diagnostic>) {
    let mut not_past = |amount: Option<i64>, key: &str| {
        if amount.is_some_and(|amount| amount <= 0) {
            let message = Text::new("时长必须大于零", "the duration must be above zero");
            let help = Text::new("例如 2 working_hours", "such as 2 working_hours");
            problems.push(Diagnostic::error("duration_range", format!("{path}.{key}"), message).with_help(help));
        }
    };
    match action {
        Action::Message(message) => not_past(message.delay.map(|delay| delay.amount), "delay"),
        Action::Task(task) => not_past(task.deadline.map(|deadline| deadline.amount), "deadline"),
        Action::SetField(set) => problems.extend(set.value.check(schema, &format!("{path}.value")).1),
        Action::Tag(tag) if tag.add.is_empty() && tag.remove.is_empty() => {
            let message = Text::new("没有要添加或移除的标签", "no tag to add or remove");
            let help = Text::new("填写 add 或 remove", "fill in `add` or `remove`");
            problems.push(Diagnostic::error("no_tag", path, message).with_help(help));
        }
        Action::Note(_) | Action::Tag(_) => {}
    }
}

/// Whether an event happens at a flow node.
const fn has_node(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::NodeOpened
            | EventKind::NodePassed
            | EventKind::InfoRequested
            | EventKind::InfoGiven
            | EventKind::RmaRejected
            | EventKind::DeadlineNear
            | EventKind::DeadlinePassed
    )
}

/// Loops of enabled rules that would set each other off: each as the places of its rules, the first repeated last.
/// At run time a chain is cut after its depth limit; a loop is a mistake all the same.
#[must_use]
pub fn cycles(rules: &[Rule]) -> Vec<Vec<usize>> {
    let triggers = |from: &Rule, to: &Rule| {
        from.enabled && to.enabled && from.then.iter().any(|action| action.causes() == Some(to.on)) && to.node.is_none()
    };
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..rules.len() {
        let mut way = vec![start];
        let mut seen = vec![false; rules.len()];
        if walk(rules, start, start, &mut way, &mut seen, &triggers) {
            let known = found.iter().any(|other| way.iter().all(|place| other.contains(place)));
            if !known {
                found.push(way);
            }
        }
    }
    found
}

/// Depth first from `from`; `way` ends at `start` again when the answer is yes.
fn walk(
    rules: &[Rule],
    from: usize,
    start: usize,
    way: &mut Vec<usize>,
    seen: &mut [bool],
    triggers: &dyn Fn(&Rule, &Rule) -> bool,
) -> bool {
    let Some(rule) = rules.get(from) else { return false };
    for (place, _) in rules.iter().enumerate().filter(|(_, next)| triggers(rule, next)) {
        way.push(place);
        let fresh = seen.get_mut(place).is_some_and(|seen| !std::mem::replace(seen, true));
        if place == start {
            return true;
        }
        if fresh && walk(rules, place, start, way, seen, triggers) {
            return true;
        }
        way.pop();
    }
    false
}
