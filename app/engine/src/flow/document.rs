//! The flow document: what an admin writes and a case pins.

use domain::Text;
use serde::{Deserialize, Serialize};

use super::Approver;
use crate::expr::Formula;
use crate::value::Duration;

/// A flow: blocks one after another. Immutable once published; its hash names the version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The steps, in order.
    pub blocks: Vec<Block>,
}

/// One step of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// People decide.
    Approve(Approve),
    /// The first matching branch is taken and stays taken.
    Condition(Condition),
    /// Branches run side by side.
    Parallel(Parallel),
    /// Human work that the returns core derives and finishes.
    Core(Core),
}

/// A decision by people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    /// Stable id: the node of decisions, tasks and the case's stage.
    pub id: String,
    /// Name for staff.
    pub title: Text,
    /// What the customer reads while this step is open; empty: the title.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub customer_title: Text,
    /// Where the people come from.
    pub approver: Approver,
    /// Role that gets the task when nobody is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_nobody: Option<String>,
    /// How several people decide together.
    #[serde(default, skip_serializing_if = "Mode::is_default")]
    pub mode: Mode,
    /// Time from opening to breach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Duration>,
    /// How long before the deadline the people are warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_before: Option<Duration>,
    /// Agreed without a person when this holds on first opening. Unclear is no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_agree_when: Option<Formula>,
    /// Whether the people may ask the customer for more.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub may_ask_info: bool,
    /// Whether the people may send the case back to an earlier decision.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub may_return: bool,
    /// Roles whose people at the case's places are told when the step is passed (抄送); a copy gives no right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copy_to: Vec<String>,
}

/// How several people decide together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 或签: the first answer decides either way.
    #[default]
    Any,
    /// One agreement is enough; a refusal needs everybody.
    AnyAgree,
    /// 会签: all must agree.
    All,
    /// At least this percentage of the people asked, rounded up to a whole person.
    Ratio {
        /// 1 to 100.
        percent: u8,
    },
    /// 依次审批: in the order of the people asked; all must agree.
    Sequential,
}

/// Branches, tested in order; the first that holds is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Tested in order.
    pub branches: Vec<Branch>,
    /// Taken when none holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Block>,
}

/// One branch of a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// Stable id, recorded when taken.
    pub id: String,
    /// Name.
    pub title: Text,
    /// When it is taken.
    pub when: Formula,
    /// Taken when an answer is unclear (a missing value, another currency); without a mark: the first branch.
    #[serde(default, skip_serializing_if = "is_false")]
    pub on_unclear: bool,
    /// Its steps; none is allowed.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// Branches side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parallel {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The branches.
    pub branches: Vec<ParallelBranch>,
    /// When the block is passed.
    #[serde(default)]
    pub join: Join,
    /// What a return over this block does to the other branches.
    #[serde(default, skip_serializing_if = "Siblings::is_default")]
    pub siblings: Siblings,
}

/// One branch of a parallel block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParallelBranch {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Its steps.
    pub blocks: Vec<Block>,
}

/// When a parallel block is passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// All branches pass; one refusal refuses the block.
    #[default]
    All,
    /// One branch passes and the others are no longer needed; refused when every branch is refused.
    Any,
}

/// What a return does to the other branches of a parallel block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Siblings {
    /// Finished steps stay finished, running ones start again.
    #[default]
    Keep,
    /// Everything starts again.
    Reset,
}

/// Work derived from goods and money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// Stable id.
    pub id: String,
    /// Name for staff.
    pub title: Text,
    /// What the customer reads while this step is open; empty: the title.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub customer_title: Text,
    /// Which work of the core.
    pub work: Work,
    /// Who does it.
    pub assignee: Approver,
    /// Role that gets the work when nobody is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_nobody: Option<String>,
    /// Time from the first moment there is something to do to breach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Duration>,
    /// How long before the deadline the people are warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_before: Option<Duration>,
    /// Whether the step makes a to-do by itself; `false` leaves that to a rule (the work queue shows it anyway).
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub todo: bool,
    /// Roles whose people at the case's places are told when the step is passed (抄送); a copy gives no right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copy_to: Vec<String>,
}

/// A kind of derived work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Every line received or waived.
    Receive,
    /// Every unit group inspected and disposed of.
    Inspect,
    /// Every line settled or waived.
    Settle,
    /// Every outbound order delivered or waived.
    Outbound,
}

impl Mode {
    const fn is_default(&self) -> bool {
        matches!(self, Self::Any)
    }
}

impl Siblings {
    const fn is_default(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl Block {
    /// The block's id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Approve(block) => &block.id,
            Self::Condition(block) => &block.id,
            Self::Parallel(block) => &block.id,
            Self::Core(block) => &block.id,
        }
    }
    /// The block's name.
    #[must_use]
    pub const fn title(&self) -> &Text {
        match self {
            Self::Approve(block) => &block.title,
            Self::Condition(block) => &block.title,
            Self::Parallel(block) => &block.title,
            Self::Core(block) => &block.title,
        }
    }
    /// The key the document writes it under.
    #[must_use]
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::Approve(_) => "approve",
            Self::Condition(_) => "condition",
            Self::Parallel(_) => "parallel",
            Self::Core(_) => "core",
        }
    }
}

impl Flow {
    /// The content hash that names this version.
    #[must_use]
    pub fn hash(&self) -> String {
        crate::template::content_hash(self)
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_true(value: &bool) -> bool {
    *value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

fn text_is_empty(text: &Text) -> bool {
    text.zh.is_empty() && text.en.is_empty()
}
