//! The judgement of a case by a policy.

use domain::state::Verdict;
use domain::{LineKind, LocalDate, Text};
use serde::{Deserialize, Serialize};

use super::condition::{ConditionKind, FailedCondition, Outcome};
use super::document::text_is_empty;
use super::help::{Ground, Way};
use super::{Policy, PolicyRule};
use crate::expr::Scope;

/// What a policy says about a case, and why. Frozen on the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The answer.
    pub verdict: Verdict,
    /// The rule that decided; `None` when none fitted.
    pub rule: Option<String>,
    /// Why.
    pub reason: Text,
    /// What stood against the nearest better answer, or what could not be said.
    pub failed: Vec<FailedCondition>,
    /// Last day of the window that mattered, in the shop.
    pub deadline: Option<LocalDate>,
    /// What would bring a better answer, when a person can do something about everything that failed.
    pub would_help: Option<Text>,
    /// Every rule that was looked at, in order.
    pub trace: Vec<Step>,
}

/// One rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id.
    pub rule: String,
    /// Conditions that do not hold.
    pub failed: Vec<ConditionKind>,
    /// Conditions that cannot be said.
    pub unclear: Vec<ConditionKind>,
}

/// Judges the facts by a policy: the first rule without a failed condition decides. When one of its conditions cannot be
/// said, such as amounts of two currencies, the answer is "a person decides", whatever the rule would have said.
#[must_use]
pub fn judge(policy: &Policy, facts: &dyn Scope) -> Judgement {
    judge_among(policy, facts, &|_| true)
}

/// As [`judge`], where only some kinds may be asked for: no other is advised.
#[must_use]
pub fn judge_among(policy: &Policy, facts: &dyn Scope, may_ask: &dyn Fn(LineKind) -> bool) -> Judgement {
    let mut trace = Vec::new();
    for rule in &policy.rules {
        let step = look(rule, facts);
        let (fits, clear) = (step.failed.is_empty(), step.unclear.is_empty());
        trace.push(step);
        if fits {
            let verdict = if clear { rule.verdict } else { Verdict::Review };
            return decided(&Ground { policy, facts, verdict, may_ask }, rule, clear, trace);
        }
    }
    let verdict = policy.otherwise.verdict;
    let nearest = nearest(&Ground { policy, facts, verdict, may_ask }, &trace);
    let failed = nearest.as_ref().map_or_else(Vec::new, |nearest| nearest.explained(facts));
    let reason = if !text_is_empty(&policy.otherwise.message) {
        policy.otherwise.message.clone()
    } else if failed.is_empty() {
        Text::new("没有适用的规则", "no rule fits")
    } else {
        joined(failed.iter().map(|failed| &failed.text))
    };
    Judgement {
        verdict,
        rule: None,
        reason,
        deadline: nearest.as_ref().and_then(|nearest| nearest.rule.window).and_then(|window| window.last_day(facts)),
        would_help: nearest.filter(|nearest| nearest.way.is_some()).and_then(|_| would_help(&failed)),
        failed,
        trace,
    }
}

fn look(rule: &PolicyRule, facts: &dyn Scope) -> Step {
    let mut step = Step { rule: rule.id.clone(), failed: Vec::new(), unclear: Vec::new() };
    for condition in ConditionKind::ALL {
        match condition.outcome(rule, facts) {
            Outcome::Holds => {}
            Outcome::Fails => step.failed.push(condition),
            Outcome::Unclear => step.unclear.push(condition),
        }
    }
    step
}

fn decided(ground: &Ground<'_>, rule: &PolicyRule, clear: bool, trace: Vec<Step>) -> Judgement {
    let facts = ground.facts;
    // A rule for other claims is no near miss: that it does not fit says nothing about this one.
    let better = nearest(ground, &trace).filter(Nearest::is_near);
    let failed = if clear {
        better.as_ref().map_or_else(Vec::new, |nearest| nearest.explained(facts))
    } else {
        trace.last().map_or_else(Vec::new, |step| explained(rule, step, facts, &Way::default()))
    };
    let reason = if !clear {
        let unclear = joined(failed.iter().filter(|failed| failed.unclear).map(|failed| &failed.text));
        Text::new(format!("需要人工判断：{}", unclear.zh), format!("a person must decide: {}", unclear.en))
    } else if text_is_empty(&rule.message) {
        Text::new(format!("适用“{}”", rule.title.zh), format!("“{}” applies", rule.title.en))
    } else {
        rule.message.clone()
    };
    let own_window = rule.window.and_then(|window| window.last_day(facts));
    let has_way = !clear || better.as_ref().is_some_and(|nearest| nearest.way.is_some());
    Judgement {
        verdict: ground.verdict,
        rule: Some(rule.id.clone()),
        reason,
        deadline: own_window.or_else(|| better.and_then(|nearest| nearest.rule.window)?.last_day(facts)),
        would_help: would_help(&failed).filter(|_| has_way),
        failed,
        trace,
    }
}

/// A rule with a better answer, what stood against it, and what a person could do about that.
struct Nearest<'p> {
    rule: &'p PolicyRule,
    step: &'p Step,
    way: Option<Way>,
}

impl Nearest<'_> {
    fn is_near(&self) -> bool {
        self.way.is_some() || !self.step.failed.iter().any(|condition| condition.is_about_the_case())
    }

    fn explained(&self, facts: &dyn Scope) -> Vec<FailedCondition> {
        let none = Way::default();
        explained(self.rule, self.step, facts, self.way.as_ref().unwrap_or(&none))
    }
}

/// The rule that came nearest to a better answer: it is meant for such a case (kind, category, reason fit), a person can
/// do something about what failed, it failed on the fewest conditions, it stands earliest; in this order of weight.
/// A rule in front of one with a better answer is an exception from it, and not what the case failed to reach; one for
/// kinds that nobody could have asked for instead is not either.
fn nearest<'p>(ground: &Ground<'p>, trace: &'p [Step]) -> Option<Nearest<'p>> {
    let rules = &ground.policy.rules;
    let is_exception = |index: usize, rule: &PolicyRule| {
        rules.iter().skip(index + 1).any(|later| rank(later.verdict) > rank(rule.verdict))
    };
    let looked_at = rules.iter().zip(trace).enumerate();
    let reachable = looked_at.filter(|(index, (rule, step))| {
        let is_better = rank(rule.verdict) > rank(ground.verdict) && !step.failed.is_empty();
        is_better && !is_exception(*index, rule) && ground.is_meant(rule, step)
    });
    let all = reachable.map(|(_, (rule, step))| Nearest { rule, step, way: ground.way(rule, step) });
    all.min_by_key(|nearest| {
        let step = nearest.step;
        let foreign = step.failed.iter().filter(|condition| condition.is_about_the_case()).count();
        (foreign, nearest.way.is_none(), step.failed.len() + step.unclear.len())
    })
}

pub(super) const fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::AutoAgree => 2,
        Verdict::Review => 1,
        Verdict::Refuse => 0,
    }
}

fn explained(rule: &PolicyRule, step: &Step, facts: &dyn Scope, way: &Way) -> Vec<FailedCondition> {
    let told = |condition: &ConditionKind, unclear: bool| {
        let help = way.words(*condition, rule, facts);
        FailedCondition { condition: *condition, unclear, text: condition.explain(rule, facts, unclear), help }
    };
    let failed = step.failed.iter().map(|condition| told(condition, false));
    failed.chain(step.unclear.iter().map(|condition| told(condition, true))).collect()
}

fn would_help(failed: &[FailedCondition]) -> Option<Text> {
    let helps: Option<Vec<&Text>> = failed.iter().map(|failed| failed.help.as_ref()).collect();
    helps.filter(|helps| !helps.is_empty()).map(|helps| joined(helps.into_iter()))
}

fn joined<'t>(texts: impl Iterator<Item = &'t Text> + Clone) -> Text {
    let zh: Vec<&str> = texts.clone().map(|text| text.get(domain::Lang::Zh)).collect();
    let en: Vec<&str> = texts.map(|text| text.get(domain::Lang::En)).collect();
    Text::new(zh.join("；"), en.join("; "))
}
