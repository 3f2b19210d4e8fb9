//! What would bring a better answer: only what a person can do, and only when the policy then really answers better.

use std::borrow::Cow;

use domain::state::Verdict;
use domain::{LineKind, Text};

use super::condition::{ConditionKind, Outcome, codes, listed, texts};
use super::document::text_is_empty;
use super::judge::{Step, rank};
use super::{Policy, PolicyRule};
use crate::expr::Scope;
use crate::facts::Fact;
use crate::value::Value;

/// What is asked about: the policy, the facts, the answer so far, and the kinds that may be chosen at all.
#[derive(Clone, Copy)]
pub(super) struct Ground<'g> {
    pub(super) policy: &'g Policy,
    pub(super) facts: &'g dyn Scope,
    pub(super) verdict: Verdict,
    pub(super) may_ask: &'g dyn Fn(LineKind) -> bool,
}

/// The facts, as they would be with other kinds.
struct Asked<'f> {
    facts: &'f dyn Scope,
    kind: Value,
    kinds: Value,
}

impl Scope for Asked<'_> {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        if path == Fact::Kind.as_str() {
            Some(Cow::Borrowed(&self.kind))
        } else if path == Fact::Kinds.as_str() {
            Some(Cow::Borrowed(&self.kinds))
        } else {
            self.facts.get(path)
        }
    }
    fn offset_minutes(&self) -> i32 {
        self.facts.offset_minutes()
    }
    fn title(&self, what: &str, code: &str) -> Option<Text> {
        self.facts.title(what, code)
    }
}

/// What a person could do so that a rule fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// Kinds to choose instead; empty when the kind may stay.
    kinds: Vec<LineKind>,
}

impl Way {
    /// The words for one condition of the way.
    pub(super) fn words(&self, condition: ConditionKind, rule: &PolicyRule, facts: &dyn Scope) -> Option<Text> {
        match condition {
            ConditionKind::Kinds if !self.kinds.is_empty() => {
                let wanted = listed(facts, "kind", self.kinds.iter().map(|kind| kind.as_str()));
                Some(Text::new(format!("改为{}", wanted.zh), format!("choose {}", wanted.en)))
            }
            ConditionKind::When => Some(rule.when_help.clone()).filter(|help| !text_is_empty(help)),
            _ => None,
        }
    }
}

impl Ground<'_> {
    /// Whether the rule is for claims that this one could be: those of its kinds, or of kinds one could ask for instead.
    pub(super) fn is_meant(&self, rule: &PolicyRule, step: &Step) -> bool {
        !step.failed.contains(&ConditionKind::Kinds) || self.instead(rule).next().is_some()
    }

    /// The kinds of the rule that everything asked for otherwise could be asked as.
    fn instead<'r>(&self, rule: &'r PolicyRule) -> impl Iterator<Item = LineKind> + use<'r> {
        let asked = self.asked();
        let strangers: Vec<LineKind> = asked.into_iter().filter(|kind| !rule.kinds.contains(kind)).collect();
        let fits = move |kind: &LineKind| strangers.iter().all(|stranger| stranger.could_be_asked_as(*kind));
        rule.kinds.iter().copied().filter(fits)
    }

    fn asked(&self) -> Vec<LineKind> {
        let codes = codes(self.facts, Fact::Kinds, Fact::Kind);
        texts(&codes).filter_map(LineKind::parse).collect()
    }

    /// What a person could do so that the rule fits and the policy answers better than now; `None` when there is nothing.
    pub(super) fn way(&self, rule: &PolicyRule, step: &Step) -> Option<Way> {
        let mut stands_against = step.failed.iter().chain(&step.unclear);
        let can = |condition: &ConditionKind| match condition {
            ConditionKind::Kinds => step.failed.contains(condition),
            ConditionKind::When => !text_is_empty(&rule.when_help),
            _ => false,
        };
        if !stands_against.all(can) {
            return None;
        }
        if !step.failed.contains(&ConditionKind::Kinds) {
            return self.is_better(self.facts, rule).then(Way::default);
        }
        // Somebody who may well get what they ask for is not told to ask for something else.
        if self.verdict != Verdict::Refuse {
            return None;
        }
        let better = |kind: &LineKind| (self.may_ask)(*kind) && self.is_better(&self.as_kind(rule, *kind), rule);
        let kinds: Vec<LineKind> = self.instead(rule).filter(better).collect();
        (!kinds.is_empty()).then_some(Way { kinds })
    }

    fn as_kind(&self, rule: &PolicyRule, kind: LineKind) -> Asked<'_> {
        let mut kinds: Vec<LineKind> = Vec::new();
        for asked in self.asked() {
            let now = if rule.kinds.contains(&asked) { asked } else { kind };
            if !kinds.contains(&now) {
                kinds.push(now);
            }
        }
        let only = match kinds.as_slice() {
            [only] => Value::text(only.as_str()),
            _ => Value::Blank,
        };
        Asked { facts: self.facts, kind: only, kinds: Value::texts(kinds.iter().map(|kind| kind.as_str())) }
    }

    /// Whether the policy answers better, given that the further condition of `rule` was met.
    fn is_better(&self, facts: &dyn Scope, rule: &PolicyRule) -> bool {
        let mut answer = self.policy.otherwise.verdict;
        for one in &self.policy.rules {
            let is_met = |condition: ConditionKind| condition == ConditionKind::When && std::ptr::eq(one, rule);
            let outcomes =
                ConditionKind::ALL.into_iter().filter(|kind| !is_met(*kind)).map(|kind| kind.outcome(one, facts));
            let outcomes: Vec<Outcome> = outcomes.collect();
            if !outcomes.contains(&Outcome::Fails) {
                answer = if outcomes.contains(&Outcome::Unclear) { Verdict::Review } else { one.verdict };
                break;
            }
        }
        rank(answer) > rank(self.verdict)
    }
}
