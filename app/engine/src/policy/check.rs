//! What is wrong with a policy.

use std::collections::BTreeSet;

use domain::{Diagnostic, Text};

use super::{MAX_RULES, MAX_WINDOW_DAYS, Policy};
use crate::expr::Schema;
use crate::facts::Fact;

/// Every problem of a policy whose conditions read these facts. Paths begin at the policy: `rules[2].when`.
#[must_use]
pub fn check(policy: &Policy, facts: &Schema) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut ids = BTreeSet::new();
    let mut covered_by: Option<&str> = None;
    for (index, rule) in policy.rules.iter().enumerate() {
        let path = format!("rules[{index}]");
        if rule.id.is_empty() || !ids.insert(rule.id.as_str()) {
            let message = Text::new(
                format!("规则编号“{}”为空或重复", rule.id),
                format!("the rule id `{}` is empty or used twice", rule.id),
            );
            problems.push(Diagnostic::error("duplicate_id", format!("{path}.id"), message));
        }
        if let Some(earlier) = covered_by {
            let message = Text::new(
                format!("规则“{earlier}”没有条件，这条规则永远轮不到"),
                format!("the rule `{earlier}` has no condition, so this one is never reached"),
            );
            problems.push(Diagnostic::warning("unreachable", path.clone(), message));
        }
        if let Some(window) = rule.window.filter(|window| window.days > MAX_WINDOW_DAYS) {
            let message = Text::new(
                format!("期限 {} 天太长：最多 {MAX_WINDOW_DAYS} 天", window.days),
                format!("{} days are too many: at most {MAX_WINDOW_DAYS}", window.days),
            );
            problems.push(Diagnostic::error("window_too_long", format!("{path}.window.days"), message));
        }
        if let Some(when) = &rule.when {
            let path = format!("{path}.when");
            problems.extend(when.check_condition(facts, &path));
            if when.references().iter().any(|name| name == Fact::Verdict.as_str()) {
                let message = Text::new(
                    "政策的条件不能读取 verdict：它正是政策的结论",
                    "a policy cannot read `verdict`: that is its own answer",
                );
                problems.push(Diagnostic::error("reads_own_answer", path, message));
            }
        }
        if rule.is_unconditional() {
            covered_by.get_or_insert(&rule.id);
        }
    }
    if policy.rules.len() > MAX_RULES {
        let message = Text::new(format!("规则最多 {MAX_RULES} 条"), format!("at most {MAX_RULES} rules"));
        problems.push(Diagnostic::error("too_many_rules", "rules", message));
    }
    problems
}
