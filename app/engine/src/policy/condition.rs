//! One condition of one rule against the facts: it holds, fails, or cannot be said; and the words for it.

use std::borrow::Cow;

use domain::{LocalDate, Text};
use serde::{Deserialize, Serialize};

use super::document::text_is_empty;
use super::{Anchor, PolicyRule, Window};
use crate::expr::{Condition, Scope};
use crate::facts::{Fact, kind_title};
use crate::value::Value;

/// Which condition of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// The kinds of the case.
    Kinds,
    /// The categories of its goods.
    Categories,
    /// The reason.
    Reasons,
    /// Whether its goods can be sold again.
    Resalable,
    /// The window.
    Window,
    /// The further condition.
    When,
}

/// A condition that did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCondition {
    /// Which.
    pub condition: ConditionKind,
    /// Whether it could not be said.
    pub unclear: bool,
    /// What stands against it: 签收已 12 天，超过 7 天.
    pub text: Text,
    /// What a person could do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Holds,
    Fails,
    Unclear,
}

impl ConditionKind {
    pub(super) const ALL: [Self; 6] =
        [Self::Kinds, Self::Categories, Self::Reasons, Self::Resalable, Self::Window, Self::When];

    /// Whether the condition holds; nothing is allocated for an answer.
    pub(super) fn outcome(self, rule: &PolicyRule, facts: &dyn Scope) -> Outcome {
        match self {
            Self::Kinds if rule.kinds.is_empty() => Outcome::Holds,
            Self::Kinds => {
                every(facts, Fact::Kinds, Fact::Kind, |code| rule.kinds.iter().any(|kind| kind.as_str() == code))
            }
            Self::Categories if rule.categories.is_empty() => Outcome::Holds,
            Self::Categories => every(facts, Fact::Categories, Fact::Category, |code| is_in(&rule.categories, code)),
            Self::Reasons if rule.reasons.is_empty() => Outcome::Holds,
            Self::Reasons => reason(rule, facts),
            Self::Resalable => rule.resalable.map_or(Outcome::Holds, |wanted| match *value(facts, Fact::Resalable) {
                Value::Bool(is) if is == wanted => Outcome::Holds,
                Value::Bool(_) => Outcome::Fails,
                _ => Outcome::Unclear,
            }),
            Self::Window => rule.window.map_or(Outcome::Holds, |window| window.outcome(facts)),
            Self::When => rule.when.as_ref().map_or(Outcome::Holds, |when| match when.condition(facts) {
                Condition::True => Outcome::Holds,
                Condition::False => Outcome::Fails,
                Condition::Unclear(_) => Outcome::Unclear,
            }),
        }
    }

    /// Whether it says what the case is, rather than in which circumstances.
    pub(super) const fn is_about_the_case(self) -> bool {
        matches!(self, Self::Kinds | Self::Categories | Self::Reasons)
    }

    /// The words for a condition that did not hold.
    pub(super) fn explain(self, rule: &PolicyRule, facts: &dyn Scope, unclear: bool) -> Text {
        match self {
            Self::Kinds => explain_kinds(rule, facts, unclear),
            Self::Categories => explain_categories(rule, facts, unclear),
            Self::Reasons => explain_reason(rule, facts),
            Self::Resalable => explain_resalable(rule, unclear),
            Self::Window => rule.window.map(|window| window.explain(facts)).unwrap_or_default(),
            Self::When => explain_when(rule, facts),
        }
    }
}

fn value(facts: &dyn Scope, fact: Fact) -> Cow<'_, Value> {
    facts.get(fact.as_str()).unwrap_or(Cow::Owned(Value::Blank))
}

fn is_in(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known == code)
}

/// The codes of a list fact, or the one of its single form.
pub(super) fn codes<'f>(facts: &'f dyn Scope, many: Fact, one: Fact) -> Cow<'f, Value> {
    let list = value(facts, many);
    if list.is_blank() { value(facts, one) } else { list }
}

pub(super) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let (one, many) = match value {
        Value::List(items) => (None, items.as_slice()),
        other => (other.as_text(), [].as_slice()),
    };
    one.into_iter().chain(many.iter().filter_map(Value::as_text))
}

fn every(facts: &dyn Scope, many: Fact, one: Fact, fits: impl Fn(&str) -> bool) -> Outcome {
    let codes = codes(facts, many, one);
    let mut any = false;
    for code in texts(&codes) {
        any = true;
        if !fits(code) {
            return Outcome::Fails;
        }
    }
    if any { Outcome::Holds } else { Outcome::Unclear }
}

/// A reason that was not given fails: it is one of the conditions that a person meets by answering.
fn reason(rule: &PolicyRule, facts: &dyn Scope) -> Outcome {
    let (path, leaf) = (value(facts, Fact::ReasonPath), value(facts, Fact::Reason));
    let fits = texts(&path).chain(texts(&leaf)).any(|code| is_in(&rule.reasons, code));
    if fits { Outcome::Holds } else { Outcome::Fails }
}

fn title(facts: &dyn Scope, what: &str, code: &str) -> Text {
    let own = || domain::LineKind::parse(code).filter(|_| what == "kind").map(kind_title);
    facts.title(what, code).or_else(own).unwrap_or_else(|| Text::new(code, code))
}

pub(super) fn listed<'c>(facts: &dyn Scope, what: &str, codes: impl Iterator<Item = &'c str>) -> Text {
    let titles: Vec<Text> = codes.map(|code| title(facts, what, code)).collect();
    let zh: Vec<&str> = titles.iter().map(|title| title.get(domain::Lang::Zh)).collect();
    let en: Vec<&str> = titles.iter().map(|title| title.get(domain::Lang::En)).collect();
    Text::new(zh.join("、"), en.join(", "))
}

fn explain_kinds(rule: &PolicyRule, facts: &dyn Scope, unclear: bool) -> Text {
    if unclear {
        return Text::new("没有退换类型", "no kind is given");
    }
    let codes = codes(facts, Fact::Kinds, Fact::Kind);
    let strangers = texts(&codes).filter(|code| !rule.kinds.iter().any(|kind| kind.as_str() == *code));
    let found = listed(facts, "kind", strangers);
    let wanted = listed(facts, "kind", rule.kinds.iter().map(|kind| kind.as_str()));
    Text::new(
        format!("类型是{}，只适用于{}", found.zh, wanted.zh),
        format!("the kind is {}, this is for {}", found.en, wanted.en),
    )
}

fn explain_categories(rule: &PolicyRule, facts: &dyn Scope, unclear: bool) -> Text {
    if unclear {
        return Text::new("商品没有类目", "the goods have no category");
    }
    let codes = codes(facts, Fact::Categories, Fact::Category);
    let found = listed(facts, "category", texts(&codes).filter(|code| !is_in(&rule.categories, code)));
    let wanted = listed(facts, "category", rule.categories.iter().map(String::as_str));
    Text::new(
        format!("商品类目{}不在{}之列", found.zh, wanted.zh),
        format!("the category {} is not among {}", found.en, wanted.en),
    )
}

fn explain_reason(rule: &PolicyRule, facts: &dyn Scope) -> Text {
    let wanted = listed(facts, "reason", rule.reasons.iter().map(String::as_str));
    match value(facts, Fact::Reason).as_text() {
        Some(code) if !code.is_empty() => {
            let found = title(facts, "reason", code);
            Text::new(
                format!("原因是{}，只适用于{}", found.get(domain::Lang::Zh), wanted.zh),
                format!("the reason is {}, this is for {}", found.get(domain::Lang::En), wanted.en),
            )
        }
        _ => Text::new(
            format!("未填写原因，只适用于{}", wanted.zh),
            format!("no reason is given, this is for {}", wanted.en),
        ),
    }
}

fn explain_resalable(rule: &PolicyRule, unclear: bool) -> Text {
    match (unclear, rule.resalable) {
        (true, _) => Text::new("不清楚商品能否再次销售", "it is not known whether the goods can be sold again"),
        (false, Some(true)) => Text::new("商品不能再次销售", "the goods cannot be sold again"),
        (false, _) => Text::new("商品可以再次销售", "the goods can be sold again"),
    }
}

fn explain_when(rule: &PolicyRule, facts: &dyn Scope) -> Text {
    let Some(when) = &rule.when else { return Default::default() };
    let source = when.source();
    let wanted = if text_is_empty(&rule.when_title) { Text::new(source, source) } else { rule.when_title.clone() };
    match when.condition(facts) {
        Condition::Unclear(error) => {
            let why = error.text();
            Text::new(
                format!("无法判断“{}”：{}", wanted.zh, why.zh),
                format!("cannot tell “{}”: {}", wanted.en, why.en),
            )
        }
        _ => Text::new(format!("不满足“{}”", wanted.zh), format!("not met: {}", wanted.en)),
    }
}

impl Window {
    /// The last day of the window; `None` when it has not begun or its day is not known.
    pub(super) fn last_day(self, facts: &dyn Scope) -> Option<LocalDate> {
        let (anchor, _) = self.anchor.facts();
        value(facts, anchor).as_date().map(|date| date.plus_days(self.days.into()))
    }

    fn outcome(self, facts: &dyn Scope) -> Outcome {
        let Some(today) = value(facts, Fact::Today).as_date() else { return Outcome::Unclear };
        let Some(last_day) = self.last_day(facts) else { return self.outcome_without_day(facts) };
        if today <= last_day { Outcome::Holds } else { Outcome::Fails }
    }

    /// Before shipping or delivery the window has not begun; after it the day ought to be known.
    fn outcome_without_day(self, facts: &dyn Scope) -> Outcome {
        let (_, happened) = self.anchor.facts();
        match happened.map(|fact| value(facts, fact).into_owned()) {
            Some(Value::Bool(false)) => Outcome::Holds,
            _ => Outcome::Unclear,
        }
    }

    fn explain(self, facts: &dyn Scope) -> Text {
        let (anchor, _) = self.anchor.facts();
        let (zh, en) = self.anchor.words();
        let (Some(date), Some(today)) = (value(facts, anchor).as_date(), value(facts, Fact::Today).as_date()) else {
            return Text::new(format!("不知道{zh}日期"), format!("the day it was {en} is not known"));
        };
        let passed = today.days().saturating_sub(date.days());
        let days = if passed == 1 { "day" } else { "days" };
        Text::new(
            format!("{zh}已 {passed} 天，超过 {} 天", self.days),
            format!("{en} {passed} {days} ago, more than {}", self.days),
        )
    }
}

impl Anchor {
    const fn facts(self) -> (Fact, Option<Fact>) {
        match self {
            Self::Ordered => (Fact::OrderedOn, None),
            Self::Shipped => (Fact::ShippedOn, Some(Fact::Shipped)),
            Self::Delivered => (Fact::DeliveredOn, Some(Fact::Delivered)),
        }
    }
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Ordered => ("下单", "ordered"),
            Self::Shipped => ("发货", "shipped"),
            Self::Delivered => ("签收", "delivered"),
        }
    }
}
