//! What happened on a case, as rows: the input of the fold.

use domain::PersonId;
use serde::{Deserialize, Serialize};

use super::Work;

/// Everything the fold needs besides the flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// Decision rows in the order they were written. Never updated, never deleted.
    pub decisions: Vec<Decision>,
    /// The people asked, recorded when a node opened. Needed by every mode but `any`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voters: Vec<Voter>,
    /// What the core says about goods and money.
    #[serde(default)]
    pub core: CoreWork,
}

/// One decision row. (node, round, person) is its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Node id.
    pub node: String,
    /// The node's round, from 1.
    pub round: u32,
    /// Who; `None` for what the flow decided by itself and for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What.
    pub kind: DecisionKind,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// 同意.
    Agree,
    /// 拒绝: ends the case, or the branch of an any-join.
    Reject,
    /// The customer is asked; the node waits.
    AskInfo,
    /// The customer answered: the node opens in its next round.
    InfoGiven,
    /// 退回 to an earlier decision.
    Return {
        /// Node id of the earlier decision.
        to: String,
    },
    /// Agreed by policy.
    AutoAgree,
    /// A condition took a branch.
    Branch {
        /// Branch id; `None` is the otherwise branch.
        branch: Option<String>,
    },
    /// The core says that the work of the node is done.
    CoreDone,
    /// The work of the node came back: it opens in its next round.
    CoreAgain,
}

/// A person asked at a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voter {
    /// Node id.
    pub node: String,
    /// The node's round.
    pub round: u32,
    /// Who; a person reached through several sources counts once.
    pub person: PersonId,
}

/// What the core says about each kind of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CoreWork {
    /// Every line received or waived.
    pub receive: CoreState,
    /// Every unit group inspected and disposed of.
    pub inspect: CoreState,
    /// Every line settled or waived.
    pub settle: CoreState,
    /// Every outbound order delivered or waived.
    pub outbound: CoreState,
}

/// How far one kind of work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoreState {
    /// Nothing to do yet.
    #[default]
    Waiting,
    /// Somebody can do something now.
    Ready,
    /// The guard says that nothing is left.
    Done,
}

impl CoreWork {
    /// The state of one kind of work.
    #[must_use]
    pub const fn of(&self, work: Work) -> CoreState {
        match work {
            Work::Receive => self.receive,
            Work::Inspect => self.inspect,
            Work::Settle => self.settle,
            Work::Outbound => self.outbound,
        }
    }
}

impl DecisionKind {
    /// The stored text.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Reject => "reject",
            Self::AskInfo => "ask_info",
            Self::InfoGiven => "info_given",
            Self::Return { .. } => "return",
            Self::AutoAgree => "auto_agree",
            Self::Branch { .. } => "branch",
            Self::CoreDone => "core_done",
            Self::CoreAgain => "core_again",
        }
    }
    /// What it points at: the node of a return, the branch of a condition.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::Return { to } => Some(to),
            Self::Branch { branch } => branch.as_deref(),
            _ => None,
        }
    }
    /// Reads the stored text and target; `None` when they do not fit together.
    #[must_use]
    pub fn parse(text: &str, target: Option<&str>) -> Option<Self> {
        match (text, target) {
            ("agree", None) => Some(Self::Agree),
            ("reject", None) => Some(Self::Reject),
            ("ask_info", None) => Some(Self::AskInfo),
            ("info_given", None) => Some(Self::InfoGiven),
            ("return", Some(to)) => Some(Self::Return { to: to.to_owned() }),
            ("auto_agree", None) => Some(Self::AutoAgree),
            ("branch", branch) => Some(Self::Branch { branch: branch.map(str::to_owned) }),
            ("core_done", None) => Some(Self::CoreDone),
            ("core_again", None) => Some(Self::CoreAgain),
            _ => None,
        }
    }
}
