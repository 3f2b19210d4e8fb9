//! Running a rule against something that happened, and saying why it did what it did.

use std::collections::BTreeMap;

use domain::{EventKind, Text};
use serde::{Deserialize, Serialize};

use super::document::{Action, MessageAction, NoteAction, Rule, TagAction, TaskAction};
use crate::expr::{Condition, EvalError, Scope};
use crate::value::Value;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence<'a> {
    /// What.
    pub kind: EventKind,
    /// At which flow node, for events that have one.
    pub node: Option<&'a str>,
}

/// One thing to do. (rule, index) with the causing event is its key: the same event never does it twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect<'r> {
    /// Rule id.
    pub rule: &'r str,
    /// Place in the rule's `then`, from 0.
    pub index: usize,
    /// What.
    pub kind: EffectKind<'r>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum EffectKind<'r> {
    /// Sends a message.
    Message(&'r MessageAction),
    /// Gives somebody a to-do.
    Task(&'r TaskAction),
    /// Fills a field of the case's form.
    SetField {
        /// Field id.
        field: &'r str,
        /// With what.
        value: Value,
    },
    /// Writes a note.
    Note(&'r NoteAction),
    /// Adds and removes tags.
    Tag(&'r TagAction),
    /// A value could not be computed; the rest of the rule goes on, the failure is shown.
    Failed(EvalError),
}

/// What came of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Firing<'r> {
    /// Nothing when the rule did not match.
    pub effects: Vec<Effect<'r>>,
    /// Why.
    pub trace: Trace,
}

/// Why a rule did or did not act: kept with the firing, shown by "why" and by a dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// Rule id.
    pub rule: String,
    /// What happened.
    pub event: EventKind,
    /// Whether it acted.
    pub matched: bool,
    /// Why.
    pub why: Why,
    /// In words.
    pub text: Text,
    /// What the condition read, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Value>,
}

/// Why a rule did or did not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is switched off.
    Disabled,
    /// It listens to another event.
    OtherEvent,
    /// It listens at another flow node.
    OtherNode,
    /// Its condition does not hold.
    ConditionFalse,
    /// Its condition cannot be answered.
    ConditionUnclear,
    /// It has no condition.
    Unconditional,
    /// Its condition holds.
    ConditionHolds,
}

impl Why {
    const fn matched(self) -> bool {
        matches!(self, Self::Unconditional | Self::ConditionHolds)
    }
}

/// The effects of a rule; `None` when it does not match. The quick way when nobody asks why.
#[must_use]
pub fn fire<'r>(rule: &'r Rule, event: &Occurrence, scope: &dyn Scope) -> Option<Vec<Effect<'r>>> {
    let (why, _) = decide(rule, event, scope);
    why.matched().then(|| effects(rule, scope))
}

/// Why a rule would or would not act; does nothing.
#[must_use]
pub fn explain(rule: &Rule, event: &Occurrence, scope: &dyn Scope) -> Trace {
    let (why, error) = decide(rule, event, scope);
    let reads = matches!(why, Why::ConditionFalse | Why::ConditionUnclear | Why::ConditionHolds);
    let names = rule.when.iter().filter(|_| reads).flat_map(|when| when.references());
    let values = names.filter_map(|name| Some((name.clone(), scope.get(name)?.into_owned()))).collect();
    Trace {
        rule: rule.id.clone(),
        event: event.kind,
        matched: why.matched(),
        why,
        text: say(rule, why, error.as_ref()),
        values,
    }
}

/// The effects of a rule together with the reason.
#[must_use]
pub fn run<'r>(rule: &'r Rule, event: &Occurrence, scope: &dyn Scope) -> Firing<'r> {
    let trace = explain(rule, event, scope);
    let effects = if trace.matched { effects(rule, scope) } else { Vec::new() };
    Firing { effects, trace }
}

fn decide(rule: &Rule, event: &Occurrence, scope: &dyn Scope) -> (Why, Option<EvalError>) {
    if !rule.enabled {
        return (Why::Disabled, None);
    }
    if rule.on != event.kind {
        return (Why::OtherEvent, None);
    }
    if rule.node.is_some() && rule.node.as_deref() != event.node {
        return (Why::OtherNode, None);
    }
    match rule.when.as_ref().map(|when| when.condition(scope)) {
        None => (Why::Unconditional, None),
        Some(Condition::True) => (Why::ConditionHolds, None),
        Some(Condition::False) => (Why::ConditionFalse, None),
        Some(Condition::Unclear(error)) => (Why::ConditionUnclear, Some(error)),
    }
}

fn effects<'r>(rule: &'r Rule, scope: &dyn Scope) -> Vec<Effect<'r>> {
    let kind = |action: &'r Action| match action {
        Action::Message(message) => EffectKind::Message(message),
        Action::Task(task) => EffectKind::Task(task),
        Action::SetField(set) => match set.value.eval(scope) {
            Ok(value) => EffectKind::SetField { field: &set.field, value },
            Err(error) => EffectKind::Failed(error),
        },
        Action::Note(note) => EffectKind::Note(note),
        Action::Tag(tag) => EffectKind::Tag(tag),
    };
    let numbered = rule.then.iter().enumerate();
    numbered.map(|(index, action)| Effect { rule: &rule.id, index, kind: kind(action) }).collect()
}

fn say(rule: &Rule, why: Why, error: Option<&EvalError>) -> Text {
    let when = rule.when.as_ref().map(|when| when.source()).unwrap_or_default();
    match why {
        Why::Disabled => Text::new("规则已停用", "the rule is switched off"),
        Why::OtherEvent => {
            Text::new(format!("规则只在 {} 时触发", rule.on), format!("the rule listens to {}", rule.on))
        }
        Why::OtherNode => {
            let node = rule.node.as_deref().unwrap_or_default();
            Text::new(format!("规则只在步骤“{node}”触发"), format!("the rule listens at the step `{node}`"))
        }
        Why::ConditionFalse => Text::new(format!("条件不成立：{when}"), format!("the condition does not hold: {when}")),
        Why::ConditionUnclear => {
            let cause = error.map(EvalError::text).unwrap_or_default();
            Text::new(
                format!("条件无法判断（{}），规则没有执行：{when}", cause.zh),
                format!("the condition cannot be answered ({}), so the rule did nothing: {when}", cause.en),
            )
        }
        Why::Unconditional => Text::new("规则没有条件，总是执行", "the rule has no condition and always acts"),
        Why::ConditionHolds => Text::new(format!("条件成立：{when}"), format!("the condition holds: {when}")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]
    use super::*;

    const RULE: &str = r#"{"id": "sms", "title": {}, "on": "node.passed", "node": "review",
      "when": "refund <= money(\"5000.00\", \"CNY\")", "then": [
        {"message": {"channel": "sms", "to": "customer", "message": "address"}},
        {"set_field": {"field": "seen", "value": "1 + 1"}},
        {"set_field": {"field": "bad", "value": "1 / 0"}},
        {"note": {"text": {"zh": "已发", "en": "sent"}}},
        {"tag": {"add": ["vip"]}}]}"#;

    fn scope(refund: &str) -> BTreeMap<String, Value> {
        let (amount, currency) = refund.split_once(' ').unwrap();
        let money = domain::Money::parse(amount, currency.parse().unwrap()).unwrap();
        BTreeMap::from([("refund".to_owned(), money.into())])
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Rule), kind: EventKind, node: Option<&str>, refund: &str, expect: Why) {
        let mut rule: Rule = serde_json::from_str(RULE).unwrap();
        change(&mut rule);
        let event = Occurrence { kind, node };
        let firing = run(&rule, &event, &scope(refund));
        assert_eq!(firing.trace.why, expect);
        assert_eq!(firing.trace.matched, !firing.effects.is_empty());
        assert_eq!(fire(&rule, &event, &scope(refund)).unwrap_or_default(), firing.effects);
        assert_eq!(explain(&rule, &event, &scope(refund)), firing.trace);
        assert!(!firing.trace.text.zh.is_empty() && !firing.trace.text.en.is_empty());
    }

    #[test]
    fn each_reason_not_to_act_has_its_name() {
        use EventKind::{NodeOpened, NodePassed};
        check(|_| {}, NodePassed, Some("review"), "1.00 CNY", Why::ConditionHolds);
        check(|rule| rule.enabled = false, NodePassed, Some("review"), "1.00 CNY", Why::Disabled);
        check(|_| {}, NodeOpened, Some("review"), "1.00 CNY", Why::OtherEvent);
        check(|_| {}, NodePassed, Some("cfo"), "1.00 CNY", Why::OtherNode);
        check(|_| {}, NodePassed, None, "1.00 CNY", Why::OtherNode);
        check(|_| {}, NodePassed, Some("review"), "9000.00 CNY", Why::ConditionFalse);
        check(|_| {}, NodePassed, Some("review"), "1.00 USD", Why::ConditionUnclear);
        check(|rule| rule.when = None, NodePassed, Some("review"), "1.00 USD", Why::Unconditional);
        check(|rule| rule.node = None, NodePassed, Some("cfo"), "1.00 CNY", Why::ConditionHolds);
    }

    #[test]
    fn effects_come_in_order_and_a_failure_stops_only_itself() {
        let rule: Rule = serde_json::from_str(RULE).unwrap();
        let event = Occurrence { kind: EventKind::NodePassed, node: Some("review") };
        let effects = fire(&rule, &event, &scope("1.00 CNY")).unwrap();
        assert_eq!(effects.iter().map(|effect| effect.index).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(effects.get(1).unwrap().kind, EffectKind::SetField { field: "seen", value: Value::from(2) });
        assert_eq!(effects.get(2).unwrap().kind, EffectKind::Failed(EvalError::DivisionByZero));
        let trace = explain(&rule, &event, &scope("1.00 CNY"));
        assert_eq!(trace.values.keys().collect::<Vec<_>>(), ["refund"]);
        let stored = serde_json::to_string(&trace).unwrap();
        assert_eq!(serde_json::from_str::<Trace>(&stored).unwrap(), trace);
    }

    #[test]
    fn documents_round_trip() {
        let rule: Rule = serde_json::from_str(RULE).unwrap();
        let text = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), rule);
        assert!(serde_json::from_str::<Rule>(&text.replace("\"customer\"", "\"costumer\"")).is_err());
    }
}
