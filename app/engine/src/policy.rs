//! Return policies: rules in order, the first that fits decides, and the judgement explains itself in both languages.

mod check;
mod condition;
mod document;
mod help;
mod judge;
#[cfg(test)]
mod tests;

pub use check::check;
pub use condition::{ConditionKind, FailedCondition};
pub use document::{Anchor, Otherwise, Policy, PolicyRule, Window};
pub use judge::{Judgement, Step, judge, judge_among};

/// Most rules of one policy.
pub const MAX_RULES: usize = 200;
/// Longest window, in days: ten years.
pub const MAX_WINDOW_DAYS: u32 = 3_660;
