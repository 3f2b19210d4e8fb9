//! What the returns core says about goods, money and outbound work of a case: the part of a flow that people do not
//! decide. The same numbers give the case's goods and money axes and the guard for closing.

use domain::kind::OutboundKind;
use domain::settlement::{LineMoney, LineShare, line_is_settled};
use domain::state::{GoodsState, MoneyState};
use engine::flow::{CoreState, CoreWork};
use store::case_work::CaseWork;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;

/// The core's view of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowWork {
    pub(crate) core: CoreWork,
    pub(crate) goods: GoodsState,
    pub(crate) money: MoneyState,
    /// Whether a settlement is keyed, approved or being paid.
    pub(crate) money_open: bool,
}

impl FlowWork {
    /// Works it out for a case as it stands: agreed when all approvals are through.
    pub(crate) fn of(rma: &RmaRow, lines: &[RmaLineRow], work: &CaseWork) -> Self {
        let agreed = rma.agreed_at.is_some();
        let receive = receive(lines, work, agreed);
        let inspect = inspect(lines, work, receive, agreed);
        let outbound = outbound(lines, work, inspect, agreed);
        let settle = settle(lines, work, inspect, agreed, rma.settled_at.is_some());
        let core = CoreWork { receive, inspect, settle, outbound };
        let money_open = work.settlement_is_open();
        Self { core, goods: goods(lines, work, receive, inspect), money: money(lines, work, settle), money_open }
    }
    /// G: a case closes only when nothing is left on any axis.
    pub(crate) fn all_done(&self) -> bool {
        let CoreWork { receive, inspect, settle, outbound } = self.core;
        !self.money_open && [receive, inspect, settle, outbound].iter().all(|state| *state == CoreState::Done)
    }
}

fn expected(lines: &[RmaLineRow]) -> impl Iterator<Item = &RmaLineRow> {
    lines.iter().filter(|line| line.kind.expects_goods() && !line.undeclared)
}

fn receive(lines: &[RmaLineRow], work: &CaseWork, agreed: bool) -> CoreState {
    if !agreed {
        return CoreState::Waiting;
    }
    if expected(lines).all(|line| line.received + line.waived >= line.approved) {
        return CoreState::Done;
    }
    if work.parcels_signed > 0 || work.parcels_opened > 0 { CoreState::Ready } else { CoreState::Waiting }
}

fn inspect(lines: &[RmaLineRow], work: &CaseWork, receive: CoreState, agreed: bool) -> CoreState {
    if !agreed {
        return CoreState::Waiting;
    }
    if work.uninspected > 0 || work.undispositioned > 0 {
        return CoreState::Ready;
    }
    let inspected = lines.iter().all(|line| line.accepted + line.refused >= line.received);
    if receive == CoreState::Done && inspected { CoreState::Done } else { CoreState::Waiting }
}

fn outbound(lines: &[RmaLineRow], work: &CaseWork, inspect: CoreState, agreed: bool) -> CoreState {
    if !agreed {
        return CoreState::Waiting;
    }
    if work.outbound_open > 0 {
        return CoreState::Ready;
    }
    // Goods that are still to be disposed of may yet have to go back to the customer.
    if inspect != CoreState::Done && expected(lines).next().is_some() {
        return CoreState::Waiting;
    }
    let missing = lines.iter().any(|line| match line.kind.outbound() {
        None => false,
        Some(OutboundKind::Reship) => sent(work, line) < line.approved,
        Some(OutboundKind::Exchange | OutboundKind::RepairReturn | OutboundKind::SendBack) => {
            inspect != CoreState::Done || sent(work, line) < line.accepted
        }
    });
    if missing { CoreState::Waiting } else { CoreState::Done }
}

fn sent(work: &CaseWork, line: &RmaLineRow) -> i64 {
    work.outbound_quantity(line.id) + work.outbound_waived(line.id)
}

fn settle(lines: &[RmaLineRow], work: &CaseWork, inspect: CoreState, agreed: bool, was_settled: bool) -> CoreState {
    if !agreed {
        return CoreState::Waiting;
    }
    let goods_done = inspect == CoreState::Done;
    let open: Vec<&RmaLineRow> = lines.iter().filter(|line| !line.undeclared && !settled(line, work)).collect();
    // Something more that is keyed on a settled case does not undo what was settled; it keeps the case open by itself.
    if open.is_empty() && (was_settled || !work.settlement_is_open()) {
        return CoreState::Done;
    }
    if work.settlement_is_open() {
        return CoreState::Ready;
    }
    let payable = open.iter().any(|line| !line.kind.expects_goods() || line.accepted > 0 || goods_done);
    if payable { CoreState::Ready } else { CoreState::Waiting }
}

fn settled(line: &RmaLineRow, work: &CaseWork) -> bool {
    let money = work.line_money(line.id);
    let counted = line.received + line.waived >= line.approved && line.accepted + line.refused >= line.received;
    line_is_settled(&LineMoney {
        kind: line.kind,
        share: LineShare {
            requested: line.requested,
            goods_minor: line.share_goods_minor,
            tax_minor: line.share_tax_minor,
        },
        approved: line.approved,
        goods_done: counted,
        cap_counted_minor: line.cap_counted_minor,
        settled_minor: money.map_or(0, |money| money.settled_minor),
        settled_extra_minor: money.map_or(0, |money| money.settled_extra_minor),
        agreed_extra_minor: 0,
        marked_done: line.money_done,
    })
}

fn goods(lines: &[RmaLineRow], work: &CaseWork, receive: CoreState, inspect: CoreState) -> GoodsState {
    if expected(lines).next().is_none() && work.groups_declared + work.groups_undeclared == 0 {
        return GoodsState::NoneExpected;
    }
    match (receive, inspect) {
        (CoreState::Done, CoreState::Done) => GoodsState::Dispositioned,
        (CoreState::Done, _) if work.uninspected == 0 => GoodsState::Inspected,
        (CoreState::Done, _) => GoodsState::Received,
        _ if work.groups_declared + work.groups_undeclared > 0 || expected(lines).any(|line| line.waived > 0) => {
            GoodsState::PartlyReceived
        }
        _ if work.parcels_signed > 0 => GoodsState::Arrived,
        _ if work.parcels_announced > 0 => GoodsState::InTransit,
        _ => GoodsState::Awaiting,
    }
}

fn money(lines: &[RmaLineRow], work: &CaseWork, settle: CoreState) -> MoneyState {
    let owed = lines.iter().any(|line| line.kind.settles_money() && !line.money_done && !line.undeclared);
    match () {
        () if work.payouts_unknown > 0 => MoneyState::Unknown,
        () if work.payouts_failed > 0 => MoneyState::Failed,
        () if work.settlements_executing > 0 => MoneyState::Executing,
        () if work.settlements_proposed > 0 => MoneyState::Proposed,
        () if work.settlements_approved > 0 => MoneyState::Approved,
        () if settle == CoreState::Done && work.settlements_settled > 0 => MoneyState::Settled,
        () if settle == CoreState::Done || !owed => MoneyState::None,
        () => MoneyState::Open,
    }
}
