//! What a form is filled in with besides answers: the day, who asks, the order's goods, the reasons to choose from.

use std::collections::BTreeMap;

use domain::budget::LineBudget;
use domain::{Currency, LineKind, Money, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Answers, Audience};
use crate::expr::{Schema, Type};
use crate::value::Value;

/// Everything around the answers. The server makes it; the browser is sent it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Who fills in the form.
    pub audience: Audience,
    /// This instant.
    pub now: Timestamp,
    /// The shop's offset from UTC, in minutes.
    pub offset_minutes: i32,
    /// The shop's currency.
    pub currency: Currency,
    /// The shop's code, when known.
    #[serde(default)]
    pub shop: Option<String>,
    /// The platform's code, when known.
    #[serde(default)]
    pub platform: Option<String>,
    /// Reasons to choose from; `None` when they are not known here, so that only the server checks them.
    #[serde(default)]
    pub reasons: Option<Vec<Reason>>,
    /// Goods of the order that was looked up; `None` while no order is.
    #[serde(default)]
    pub lines: Option<Vec<OfferedLine>>,
    /// Values given before, which read-only fields keep and others begin with.
    #[serde(default)]
    pub prior: Answers,
}

impl Context {
    /// A context with nothing looked up.
    #[must_use]
    pub fn new(audience: Audience, now: Timestamp, offset_minutes: i32, currency: Currency) -> Self {
        Self {
            audience,
            now,
            offset_minutes,
            currency,
            shop: None,
            platform: None,
            reasons: None,
            lines: None,
            prior: Answers::new(),
        }
    }
}

/// A reason of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The reason above it.
    #[serde(default)]
    pub parent: Option<String>,
    /// Kinds it can be given for; none: all.
    #[serde(default)]
    pub kinds: Vec<LineKind>,
    /// Whether photos are needed.
    #[serde(default)]
    pub evidence: bool,
}

/// A line of the order that may be claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedLine {
    /// Id of the order line.
    pub line: String,
    /// SKU code.
    pub sku: String,
    /// Name of the goods.
    pub title: String,
    /// Category code.
    #[serde(default)]
    pub category: Option<String>,
    /// Whether it can be sold again.
    #[serde(default)]
    pub resalable: Option<bool>,
    /// What of it may still be claimed.
    pub budget: LineBudget,
    /// What was paid for the units of it that are not claimed.
    pub paid: Money,
}

impl OfferedLine {
    /// Units that may still be claimed as a kind.
    #[must_use]
    pub fn left(&self, kind: LineKind) -> i64 {
        self.budget.remaining(kind)
    }

    /// The most that may still be claimed as one of the kinds while none is chosen: goodwill and the like take no units, so
    /// they say how many only where a form is for nothing else.
    #[must_use]
    pub fn most_left(&self, kinds: &[LineKind]) -> i64 {
        let takes_units = kinds.iter().any(|kind| kind.consumes_quantity());
        let counted = kinds.iter().filter(|kind| kind.consumes_quantity() || !takes_units);
        counted.map(|kind| self.left(*kind)).max().unwrap_or(0)
    }

    /// Whether anything may still be claimed as one of the kinds, money without units included.
    #[must_use]
    pub fn is_open(&self, kinds: &[LineKind]) -> bool {
        kinds.iter().any(|kind| self.left(*kind) > 0)
    }

    /// Units that no claim has taken.
    pub(super) fn unclaimed(&self) -> i64 {
        let budget = &self.budget;
        (budget.ordered - budget.cancelled + budget.redelivered - budget.claimed).max(0)
    }
}

/// Names that a form's expressions may read besides its fields.
pub const CONTEXT_NAMES: [&str; 6] = ["today", "now", "audience", "currency", "shop", "platform"];

/// The types of `CONTEXT_NAMES`.
#[must_use]
pub fn context_schema() -> Schema {
    Schema::new()
        .with("today", Type::Date)
        .with("now", Type::DateTime)
        .with("audience", Type::choice(["portal", "desk", "both"]))
        .with("currency", Type::Text)
        .with("shop", Type::Text)
        .with("platform", Type::Text)
}

/// The values of `CONTEXT_NAMES`, built once a run.
pub(super) fn context_values(context: &Context) -> BTreeMap<&'static str, Value> {
    [
        ("today", Value::Date(context.now.local_date(context.offset_minutes))),
        ("now", Value::DateTime(context.now)),
        ("audience", Value::text(context.audience.as_str())),
        ("currency", Value::text(context.currency.code())),
        ("shop", Value::from(context.shop.clone())),
        ("platform", Value::from(context.platform.clone())),
    ]
    .into_iter()
    .collect()
}
