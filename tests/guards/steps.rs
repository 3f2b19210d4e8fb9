//! One thing that somebody does, told in places of the model's lists, and how the next one is chosen: mostly sensible,
//! often just beyond what is allowed.

mod choose;

use domain::LineKind;
use domain::settlement::Basis;
use domain::state::{Bearer, DispositionKind, Reception};

use crate::model::{Ix, Node, Part, Who};

pub(crate) use choose::choose;

/// What the payment's side says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Done,
    Refused,
    Unknown,
    NotSent,
    NotKnown,
}

/// When goods are said to have been received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Now,
    BeforeDispatch,
    BeforeFiling,
}

/// An order as it is put: quantity, unit price, discount and tax of each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewOrder {
    pub(crate) lines: Vec<(i64, i64, i64)>,
    /// Percent of each line that has left.
    pub(crate) shipped: Vec<i64>,
    pub(crate) tax: i64,
    pub(crate) freight: i64,
    pub(crate) tenders: Vec<(&'static str, i64)>,
    pub(crate) invoice: &'static str,
    pub(crate) serials: i64,
}

/// Units as somebody counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    pub(crate) line: Ix,
    pub(crate) quantity: i64,
    pub(crate) reception: Reception,
    pub(crate) serial: Option<String>,
    pub(crate) swapped: bool,
}

/// A settlement as it is keyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Keyed {
    pub(crate) case: Ix,
    pub(crate) basis: Basis,
    pub(crate) means: &'static str,
    pub(crate) parts: Vec<Part>,
    pub(crate) platform_number: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Order(NewOrder),
    File { order: Ix, lines: Vec<(Ix, LineKind, i64)> },
    Decide { case: Ix, node: Node, agree: bool },
    Announce { case: Ix, waybill: String },
    Sign { waybill: String },
    Open { parcel: Ix },
    Count { parcel: Option<Ix>, units: Units, when: When },
    Recount { group: Ix, quantity: Option<i64> },
    Inspect { group: Ix, quantity: Option<i64>, grade: usize, liability: Bearer, note: bool },
    Dispose { group: Ix, quantity: Option<i64>, kind: DispositionKind },
    Correct { disposition: Ix, kind: DispositionKind },
    Waive { line: Ix, quantity: i64 },
    Convert { line: Ix, kind: LineKind },
    Propose(Keyed),
    Approve { settlement: Ix },
    Cancel { settlement: Ix },
    Pay { settlement: Ix },
    ByHand { settlement: Ix, instead: Option<Ix>, proof: bool },
    MarkDone { line: Ix },
    Reversed { case: Ix },
    Begin { payout: Ix },
    Answer { payout: Ix, said: Said },
    Retry { payout: Ix },
    Stop { payout: Ix },
    Ship { outbound: Ix, waybill: String },
    Deliver { outbound: Ix },
    WaiveOutbound { outbound: Ix },
    Withdraw { case: Ix },
    External { order: Ix, number: String, version: i64, status: &'static str },
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) who: Who,
    pub(crate) act: Act,
}

/// Percent paid, accepted, sold again: the template's grades as the steps use them.
pub(crate) const GRADES: [(&str, i64, bool, bool); 5] = [
    ("grade_new", 100, true, true),
    ("grade_used", 80, true, false),
    ("grade_faulty", 100, true, false),
    ("grade_damaged", 0, false, false),
    ("grade_swapped", 0, false, false),
];
