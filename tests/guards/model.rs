//! What the guards of the shared model allow, said a second time and more simply: whole numbers in flat lists, no
//! database, no flow engine. Only the words for kinds and states are the product's.

mod apply;
mod goods;
mod judge;
mod money;

use std::collections::{BTreeMap, BTreeSet};

use domain::LineKind;
use domain::kind::OutboundKind;
use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, CaseState, DispositionKind, OutboundState, PayoutState, Reception, SettlementState};

pub(crate) use judge::may;

/// Refunds from here on need a second person, in cents.
pub(crate) const FOUR_EYES: i64 = 500_000;
/// Given without goods, a case.
pub(crate) const EXTRAS_PER_CASE: i64 = 20_000;
/// Given without goods, a shop and month.
pub(crate) const EXTRAS_PER_MONTH: i64 = 2_000_000;
/// Cases above this are seen by the CFO before they are agreed.
pub(crate) const CFO_ABOVE: i64 = 500_000;

/// People of the merchant and the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Agent,
    Lead,
    Clerk,
    Inspector,
    Finance,
    Finance2,
    Cfo,
    System,
}

/// The steps that people decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    FirstReview,
    Cfo,
}

/// Places in the lists of the model.
pub(crate) type Ix = usize;

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: i64,
    pub(crate) number: String,
    pub(crate) captured: i64,
    pub(crate) freight: i64,
    pub(crate) held: i64,
    pub(crate) freight_held: i64,
    pub(crate) special_invoice: bool,
    pub(crate) invoiced: bool,
    pub(crate) lines: Vec<Ix>,
    pub(crate) tenders: Vec<Tender>,
    pub(crate) has_left: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Tender {
    pub(crate) is_credit: bool,
    pub(crate) amount: i64,
    pub(crate) refunded: i64,
}

/// Sold goods. What is free can still be claimed, with the money that is free for it.
#[derive(Clone, Debug)]
pub(crate) struct Sold {
    pub(crate) id: i64,
    pub(crate) order: Ix,
    pub(crate) ordered: i64,
    pub(crate) shipped: i64,
    pub(crate) redelivered: i64,
    pub(crate) free: i64,
    pub(crate) free_goods: i64,
    pub(crate) free_tax: i64,
    pub(crate) back: i64,
    pub(crate) unshipped: i64,
    pub(crate) serials: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) id: i64,
    pub(crate) order: Ix,
    pub(crate) state: CaseState,
    pub(crate) to_decide: Vec<Node>,
    pub(crate) decided: Vec<Node>,
    pub(crate) lines: Vec<Ix>,
    pub(crate) parcels: BTreeSet<Ix>,
    pub(crate) invoice_open: i64,
    pub(crate) invoice_id: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) case: Ix,
    pub(crate) kind: LineKind,
    /// `None` for goods that nobody announced.
    pub(crate) sold: Option<Ix>,
    /// Whether somebody knows what it is.
    pub(crate) named: bool,
    pub(crate) requested: i64,
    pub(crate) approved: i64,
    pub(crate) received: i64,
    pub(crate) waived: i64,
    pub(crate) accepted: i64,
    pub(crate) refused: i64,
    pub(crate) disposed: i64,
    pub(crate) goods: i64,
    pub(crate) tax: i64,
    pub(crate) held: i64,
    pub(crate) held_counted: i64,
    pub(crate) money_done: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParcelState {
    Announced,
    Signed,
    Opened,
}

#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) id: i64,
    pub(crate) waybill: String,
    pub(crate) state: ParcelState,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: i64,
    pub(crate) line: Ix,
    pub(crate) quantity: i64,
    pub(crate) reception: Reception,
    pub(crate) serial: Option<String>,
    pub(crate) judged: Option<bool>,
    pub(crate) disposed: bool,
    /// What somebody outside owes for these units.
    pub(crate) owed: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Disposition {
    pub(crate) id: i64,
    pub(crate) group: Ix,
    pub(crate) kind: DispositionKind,
    pub(crate) quantity: i64,
    pub(crate) corrected: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) line: Option<Ix>,
    pub(crate) kind: ComponentKind,
    pub(crate) amount: i64,
    pub(crate) bearer: Bearer,
}

#[derive(Clone, Debug)]
pub(crate) struct Settlement {
    pub(crate) id: i64,
    pub(crate) case: Ix,
    pub(crate) basis: Basis,
    pub(crate) state: SettlementState,
    pub(crate) means: &'static str,
    pub(crate) net: i64,
    pub(crate) parts: Vec<Part>,
    pub(crate) by: Who,
    pub(crate) needs_second: bool,
    pub(crate) month: i64,
    pub(crate) platform_number: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Payout {
    pub(crate) id: i64,
    pub(crate) settlement: Ix,
    pub(crate) tender: Option<Ix>,
    pub(crate) amount: i64,
    pub(crate) state: PayoutState,
    pub(crate) sent: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Outbound {
    pub(crate) id: i64,
    pub(crate) case: Ix,
    pub(crate) kind: OutboundKind,
    pub(crate) state: OutboundState,
    pub(crate) waybill: String,
    pub(crate) parts: Vec<(Ix, i64)>,
}

impl Outbound {
    /// Whether it left, also when it was lost on its way: what leaves has a waybill.
    pub(crate) const fn has_left(&self) -> bool {
        !self.waybill.is_empty()
    }
    pub(crate) const fn is_declined(&self) -> bool {
        matches!(self.state, OutboundState::Waived) && !self.has_left()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct External {
    /// The case it is linked to.
    pub(crate) case: Option<Ix>,
    pub(crate) number: String,
    pub(crate) version: i64,
    pub(crate) status: &'static str,
}

/// Everything of one history.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) orders: Vec<Order>,
    pub(crate) sold: Vec<Sold>,
    pub(crate) cases: Vec<Case>,
    pub(crate) lines: Vec<Line>,
    pub(crate) parcels: Vec<Parcel>,
    pub(crate) groups: Vec<Group>,
    pub(crate) dispositions: Vec<Disposition>,
    pub(crate) settlements: Vec<Settlement>,
    pub(crate) payouts: Vec<Payout>,
    pub(crate) outbound: Vec<Outbound>,
    pub(crate) externals: Vec<External>,
    /// Given without goods by month, earlier histories of the same shop included.
    pub(crate) extras_by_month: BTreeMap<i64, i64>,
    /// The month it is.
    pub(crate) month: i64,
}

impl Model {
    /// The cents of units `from..to` of `units` like ones that `paid` was paid for: no cent lost, none made.
    pub(crate) fn cents(paid: i64, units: i64, from: i64, to: i64) -> i64 {
        let upto = |count: i64| paid * count.clamp(0, units) / units;
        if units == 0 { 0 } else { upto(to) - upto(from) }
    }

    /// The goods and tax of a line's units, counted from the front.
    pub(crate) fn front(&self, line: Ix, from: i64, to: i64) -> (i64, i64) {
        let line = &self.lines[line];
        (Self::cents(line.goods, line.requested, from, to), Self::cents(line.tax, line.requested, from, to))
    }

    pub(crate) fn front_sum(&self, line: Ix, to: i64) -> i64 {
        let (goods, tax) = self.front(line, 0, to);
        goods + tax
    }

    pub(crate) fn is_over(&self, case: Ix) -> bool {
        matches!(self.cases[case].state, CaseState::Rejected | CaseState::Withdrawn | CaseState::Closed)
    }

    pub(crate) fn under_way(&self, case: Ix) -> bool {
        self.cases[case].state == CaseState::InProgress
    }

    /// What the line still waits for.
    pub(crate) fn awaited(&self, line: Ix) -> i64 {
        let line = &self.lines[line];
        if line.sold.is_none() || !comes_back(line.kind) {
            return 0;
        }
        (line.approved - line.received - line.waived).max(0)
    }

    pub(crate) fn groups_of(&self, case: Ix) -> impl Iterator<Item = (Ix, &Group)> {
        self.groups.iter().enumerate().filter(move |(_, group)| self.lines[group.line].case == case)
    }

    pub(crate) fn settlements_of(&self, case: Ix) -> impl Iterator<Item = (Ix, &Settlement)> {
        self.settlements.iter().enumerate().filter(move |(_, one)| one.case == case)
    }

    pub(crate) fn payouts_of(&self, settlement: Ix) -> impl Iterator<Item = (Ix, &Payout)> {
        self.payouts.iter().enumerate().filter(move |(_, one)| one.settlement == settlement)
    }

    pub(crate) fn outbound_of(&self, case: Ix) -> impl Iterator<Item = (Ix, &Outbound)> {
        self.outbound.iter().enumerate().filter(move |(_, one)| one.case == case)
    }
}

/// Kinds whose goods are expected back.
pub(crate) const fn comes_back(kind: LineKind) -> bool {
    use LineKind::{AdvanceRefund, Exchange, Intercepted, Refused, Repair, ReturnRefund};
    matches!(kind, ReturnRefund | Exchange | Repair | Refused | Intercepted | AdvanceRefund)
}

/// Kinds that claim units of what was ordered.
pub(crate) const fn claims(kind: LineKind) -> bool {
    !matches!(kind, LineKind::PriceDifference | LineKind::Compensation)
}

/// Kinds that end with money.
pub(crate) const fn pays(kind: LineKind) -> bool {
    !matches!(kind, LineKind::Exchange | LineKind::Reship | LineKind::Repair)
}

/// What is given without goods.
pub(crate) const fn is_extra(kind: ComponentKind) -> bool {
    matches!(kind, ComponentKind::Compensation | ComponentKind::PriceDifference | ComponentKind::ReturnFreight)
}

pub(crate) const fn is_goods(kind: ComponentKind) -> bool {
    matches!(kind, ComponentKind::Goods | ComponentKind::Tax)
}
