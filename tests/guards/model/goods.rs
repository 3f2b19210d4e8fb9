//! What follows from goods: orders that go out again, and when a case is over.

use domain::LineKind;
use domain::kind::OutboundKind;
use domain::settlement::ComponentKind;
use domain::state::{CaseState, DispositionKind, OutboundState, Reception, SettlementState};

use super::{Ix, Model, Outbound, claims, comes_back, is_extra, is_goods, pays};

const KINDS: [OutboundKind; 4] =
    [OutboundKind::Exchange, OutboundKind::Reship, OutboundKind::RepairReturn, OutboundKind::SendBack];

impl Model {
    /// Brings a case up to date after something of it changed: opens what must go out, closes what is done.
    pub(crate) fn follow(&mut self, case: Ix) {
        if self.cases[case].state == CaseState::Submitted && self.cases[case].to_decide.is_empty() {
            self.cases[case].state = CaseState::InProgress;
            for line in self.cases[case].lines.clone() {
                self.lines[line].approved = self.lines[line].requested;
            }
        }
        if !self.under_way(case) {
            return;
        }
        for kind in KINDS {
            self.send_out(case, kind);
        }
        if self.is_done(case) {
            self.cases[case].state = CaseState::Closed;
        }
    }

    fn send_out(&mut self, case: Ix, kind: OutboundKind) {
        let lines = &self.cases[case].lines;
        let missing = |line: &Ix| (*line, self.wanted(*line, kind) - self.placed(*line, kind));
        let parts: Vec<(Ix, i64)> = lines.iter().map(missing).filter(|part| part.1 > 0).collect();
        if !parts.is_empty() {
            let state = OutboundState::Open;
            self.outbound.push(Outbound { id: 0, case, kind, state, waybill: String::new(), parts });
        }
    }

    pub(crate) fn wanted(&self, line: Ix, kind: OutboundKind) -> i64 {
        let row = &self.lines[line];
        let disposed = |wanted: DispositionKind| -> i64 {
            let rows = self.dispositions.iter();
            let mine = rows.filter(|one| !one.corrected && one.kind == wanted && self.groups[one.group].line == line);
            mine.map(|one| one.quantity).sum()
        };
        match kind {
            OutboundKind::Exchange if row.kind == LineKind::Exchange => row.accepted,
            OutboundKind::Reship if row.kind == LineKind::Reship => row.approved,
            OutboundKind::Exchange | OutboundKind::Reship => 0,
            OutboundKind::RepairReturn => disposed(DispositionKind::Repair),
            OutboundKind::SendBack => disposed(DispositionKind::SendBack),
        }
    }

    fn placed(&self, line: Ix, kind: OutboundKind) -> i64 {
        let orders = self.outbound.iter().filter(|order| order.kind == kind);
        orders.flat_map(|order| &order.parts).filter(|part| part.0 == line).map(|part| part.1).sum()
    }

    /// A case is over when every unit is here or written off, looked at and disposed of, every cent paid or given up,
    /// and everything sent has arrived.
    fn is_done(&self, case: Ix) -> bool {
        let lines = self.cases[case].lines.iter();
        let goods = lines.clone().all(|line| {
            let row = &self.lines[*line];
            self.awaited(*line) == 0 && row.accepted + row.refused >= row.received
        });
        let groups = self.groups_of(case).all(|(_, group)| group.disposed || group.reception == Reception::Missing);
        let sent = self.outbound_of(case).all(|(_, order)| order.state.is_final());
        let all_sent = lines.clone().all(|line| self.everything_sent(*line));
        let open =
            |state| matches!(state, SettlementState::Proposed | SettlementState::Approved | SettlementState::Executing);
        let no_open = !self.settlements_of(case).any(|(_, one)| open(one.state));
        goods && groups && sent && all_sent && no_open && lines.clone().all(|line| self.money_is_done(*line))
    }

    fn everything_sent(&self, line: Ix) -> bool {
        let row = &self.lines[line];
        let all = || -> i64 {
            let parts = self.outbound.iter().flat_map(|order| &order.parts);
            parts.filter(|part| part.0 == line).map(|part| part.1).sum()
        };
        match row.kind {
            LineKind::Reship => all() >= row.approved,
            LineKind::Exchange | LineKind::Repair => all() >= row.accepted,
            _ => true,
        }
    }

    fn money_is_done(&self, line: Ix) -> bool {
        let row = &self.lines[line];
        if row.money_done || row.sold.is_none() || !pays(row.kind) {
            return true;
        }
        let settled = |wanted: &dyn Fn(ComponentKind) -> bool| -> i64 {
            let paid = self.settlements.iter().filter(|one| one.state == SettlementState::Settled);
            let parts = paid.flat_map(|one| &one.parts).filter(|part| part.line == Some(line) && wanted(part.kind));
            parts.map(|part| part.amount).sum()
        };
        if !claims(row.kind) {
            return settled(&|kind| is_extra(kind) && kind != ComponentKind::ReturnFreight) > 0;
        }
        let goods = settled(&is_goods);
        let counted = self.awaited(line) == 0 && row.accepted + row.refused >= row.received;
        goods >= self.front_sum(line, row.approved)
            || (comes_back(row.kind) && counted && goods >= self.front_sum(line, row.accepted))
    }

    /// What was claimed of the order is free again: the case is refused or taken back.
    pub(crate) fn release(&mut self, case: Ix) {
        for line in self.cases[case].lines.clone() {
            let row = self.lines[line].clone();
            let Some(sold) = row.sold.filter(|_| claims(row.kind)) else { continue };
            let sold = &mut self.sold[sold];
            sold.free += row.requested;
            sold.free_goods += row.goods;
            sold.free_tax += row.tax;
            sold.back -= if comes_back(row.kind) { row.requested } else { 0 };
            sold.unshipped -= if row.kind == LineKind::UnshippedRefund { row.requested } else { 0 };
        }
    }

    pub(crate) const fn goes_out(kind: DispositionKind) -> Option<OutboundKind> {
        match kind {
            DispositionKind::Repair => Some(OutboundKind::RepairReturn),
            DispositionKind::SendBack => Some(OutboundKind::SendBack),
            _ => None,
        }
    }

    /// Units of a line on orders of a kind that have not left.
    pub(crate) fn still_open(&self, line: Ix, kind: OutboundKind) -> i64 {
        let open = self.outbound.iter().filter(|one| one.kind == kind && one.state == OutboundState::Open);
        open.flat_map(|one| &one.parts).filter(|part| part.0 == line).map(|part| part.1).sum()
    }

    /// Units of a line on orders of a kind that go or went out.
    pub(crate) fn not_waived(&self, line: Ix, kind: OutboundKind) -> i64 {
        let going = self.outbound.iter().filter(|one| one.kind == kind && one.state != OutboundState::Waived);
        going.flat_map(|one| &one.parts).filter(|part| part.0 == line).map(|part| part.1).sum()
    }

    /// Units of a line on orders of a kind that were waived before they left.
    pub(crate) fn declined(&self, line: Ix, kind: OutboundKind) -> i64 {
        let waived = self.outbound.iter().filter(|one| one.kind == kind && one.is_declined());
        waived.flat_map(|one| &one.parts).filter(|part| part.0 == line).map(|part| part.1).sum()
    }

    pub(crate) fn exchange_open(&self, line: Ix) -> i64 {
        if self.lines[line].kind == LineKind::Exchange { self.still_open(line, OutboundKind::Exchange) } else { 0 }
    }

    /// How many more units go out in exchange than `accepted` ones ask for.
    pub(crate) fn too_many_going(&self, line: Ix, accepted: i64) -> i64 {
        if self.lines[line].kind != LineKind::Exchange {
            return 0;
        }
        let stands = |one: &&Outbound| one.kind == OutboundKind::Exchange && one.state != OutboundState::Waived;
        let parts = self.outbound.iter().filter(stands).flat_map(|one| &one.parts);
        let going: i64 = parts.filter(|part| part.0 == line).map(|part| part.1).sum();
        (going - accepted).max(0)
    }

    // Takes units off what has not left: off open orders first, then off those that were declined.
    pub(crate) fn recall(&mut self, line: Ix, kind: OutboundKind, mut wanted: i64) {
        for declined in [false, true] {
            for order in self.outbound.iter_mut().filter(|order| order.kind == kind) {
                let fits = if declined { order.is_declined() } else { order.state == OutboundState::Open };
                if !fits {
                    continue;
                }
                for part in order.parts.iter_mut().filter(|part| part.0 == line) {
                    let taken = part.1.min(wanted);
                    part.1 -= taken;
                    wanted -= taken;
                }
                order.parts.retain(|part| part.1 > 0);
                if order.parts.is_empty() {
                    order.state = OutboundState::Waived;
                }
            }
        }
    }
}
