//! The policy document: what an admin writes and a case pins.

use domain::state::Verdict;
use domain::{LineKind, Text};
use serde::{Deserialize, Serialize};

use crate::expr::Formula;

/// Rules in order, and what holds when none fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The first that fits decides.
    #[serde(default)]
    pub rules: Vec<PolicyRule>,
    /// When none fits.
    pub otherwise: Otherwise,
}

/// One rule. A condition that is not given does not matter; all that are given must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Every kind of the case is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<LineKind>,
    /// Every category of the case is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The reason or one above it is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// The goods can, or cannot, be sold again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resalable: Option<bool>,
    /// Not later than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// A further condition over the facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Formula>,
    /// What `when` asks for, said to people.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub when_title: Text,
    /// What a person could do so that `when` holds.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub when_help: Text,
    /// The answer.
    pub verdict: Verdict,
    /// Why, said to people; empty: made from the title.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub message: Text,
}

/// Whole days of the shop after an event, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// How many days.
    pub days: u32,
    /// After what. A window whose event has not happened yet is open.
    pub anchor: Anchor,
}

/// What a window counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The order.
    Ordered,
    /// Shipping.
    Shipped,
    /// Delivery.
    Delivered,
}

/// The answer when no rule fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Otherwise {
    /// The answer.
    pub verdict: Verdict,
    /// Why, said to people; empty: made from what failed.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub message: Text,
}

pub(super) fn text_is_empty(text: &Text) -> bool {
    text.zh.is_empty() && text.en.is_empty()
}

impl PolicyRule {
    /// Whether it fits every case.
    pub(super) fn is_unconditional(&self) -> bool {
        self.kinds.is_empty()
            && self.categories.is_empty()
            && self.reasons.is_empty()
            && self.resalable.is_none()
            && self.window.is_none()
            && self.when.is_none()
    }
}
