//! What an allowed step changes. The real answer gives the ids, and is checked against what the model expects.

use std::collections::BTreeSet;

use domain::kind::OutboundKind;
use domain::state::{Bearer, CaseState, DispositionKind, OutboundState, PayoutState, Reception, SettlementState};

use super::{
    CFO_ABOVE, Case, Disposition, External, Group, Ix, Line, Model, Node, Order, Parcel, ParcelState, Payout,
    Settlement, Sold, Tender, claims, comes_back, is_goods, pays,
};
use crate::act::Done;
use crate::steps::{Act, Keyed, NewOrder, Said, Step, Units};

/// Two things that should be equal and are not.
pub(crate) type Differs = String;

fn same<T: PartialEq + std::fmt::Debug>(what: &str, model: T, store: T) -> Result<(), Differs> {
    if model == store { Ok(()) } else { Err(format!("{what}: the model says {model:?}, the product {store:?}")) }
}

impl Model {
    /// Changes the model as the step did.
    pub(crate) fn apply(&mut self, step: &Step, done: &Done) -> Result<(), Differs> {
        match (&step.act, done) {
            (Act::Order(new), Done::Order(put)) => return self.ordered(new, put),
            (Act::File { order, lines }, Done::Filed { rma, auto, lines: ids }) => {
                return self.filed(*order, lines, *rma, *auto, ids);
            }
            (Act::Sign { waybill }, Done::Parcel(id)) => return self.signed(waybill, *id),
            (Act::Open { parcel }, _) => self.open(*parcel),
            (Act::Inspect { group, quantity, grade, liability, .. }, Done::Inspected { part, cap, owed }) => {
                return self.inspected(*group, *quantity, *grade, *liability, (*part, *cap, *owed));
            }
            (Act::Propose(keyed), Done::Proposed { id, net, second }) => {
                return self.proposed(step, keyed, *id, *net, *second);
            }
            (Act::Pay { settlement }, Done::Paying(ids)) => return self.paid(*settlement, ids),
            (Act::ByHand { settlement, instead, .. }, Done::Id(id)) => self.paid_by_hand(*settlement, *instead, *id),
            (Act::Begin { payout }, Done::Claimed(claimed)) => {
                let row = &mut self.payouts[*payout];
                same("claimed", row.state == PayoutState::Requested, *claimed)?;
                if *claimed {
                    row.state = PayoutState::Sent;
                    row.sent += 1;
                }
            }
            (Act::Answer { payout, said }, Done::Payout(state)) => return self.answered(*payout, *said, *state),
            (Act::External { order, number, version, status }, Done::External { version: stands, taken, case }) => {
                self.told(*order, number, (*version, status), *stands, *taken)?;
                return self.linked(number, *case);
            }
            _ => self.apply_plain(step, done)?,
        }
        Ok(())
    }

    fn apply_plain(&mut self, step: &Step, done: &Done) -> Result<(), Differs> {
        let id = if let Done::Id(id) = done { *id } else { 0 };
        match &step.act {
            Act::Decide { case, node, agree } => self.decided(*case, *node, *agree),
            Act::Announce { case, waybill } => self.announced(*case, waybill, id)?,
            Act::Count { parcel, units, .. } => {
                let Done::Counted { group, line } = done else { return Err(format!("{done:?} for a count")) };
                self.counted(*parcel, units, *group, *line);
            }
            Act::Recount { group, quantity } => self.recounted(*group, *quantity, id)?,
            Act::Dispose { group, quantity, kind } => {
                let Done::Disposed { disposition, part } = done else { return Err(format!("{done:?} for goods")) };
                self.disposed(*group, *quantity, *kind, (*disposition, *part))?;
            }
            Act::Correct { disposition, kind } => self.corrected(*disposition, *kind, id),
            Act::Waive { line, quantity } => {
                self.lines[*line].waived += quantity;
                self.follow(self.lines[*line].case);
            }
            Act::Convert { line, kind } => self.converted(*line, *kind),
            Act::Approve { settlement } => {
                self.settlements[*settlement].state = SettlementState::Approved;
                self.follow(self.settlements[*settlement].case);
            }
            Act::Cancel { settlement } => self.cancelled(*settlement),
            Act::MarkDone { line } => {
                self.lines[*line].money_done = true;
                self.follow(self.lines[*line].case);
            }
            Act::Reversed { case } => self.cases[*case].invoice_open = 0,
            Act::Retry { payout } => {
                let row = self.payouts[*payout].clone();
                self.request(row.settlement, row.tender, row.amount, id);
                self.finish(row.settlement);
            }
            Act::Stop { payout } => self.failed(*payout),
            Act::Ship { outbound, waybill } => {
                self.outbound[*outbound].state = match self.outbound[*outbound].state {
                    OutboundState::Open => OutboundState::Shipped,
                    other => other,
                };
                self.outbound[*outbound].waybill.clone_from(waybill);
            }
            Act::Deliver { outbound } => self.delivered(*outbound),
            Act::WaiveOutbound { outbound } => {
                self.outbound[*outbound].state = OutboundState::Waived;
                self.follow(self.outbound[*outbound].case);
            }
            Act::Withdraw { case } => {
                self.release(*case);
                self.cases[*case].state = CaseState::Withdrawn;
                for order in self.outbound.iter_mut().filter(|order| order.case == *case) {
                    if order.state == OutboundState::Open {
                        order.state = OutboundState::Waived;
                    }
                }
            }
            other => return Err(format!("{other:?} was answered by {done:?}")),
        }
        Ok(())
    }

    fn ordered(&mut self, new: &NewOrder, put: &crate::act::PutOrder) -> Result<(), Differs> {
        let order = self.orders.len();
        let paid: i64 = put.lines.iter().map(|line| line.goods + line.tax + line.freight).sum();
        let gross: i64 = new.lines.iter().map(|line| line.0 * line.1 - line.2).sum();
        // M1: the lines' shares sum to what was paid, to the cent.
        same("shares of an order", put.captured, paid)?;
        same("captured", gross + new.tax + new.freight, put.captured)?;
        let mut lines = Vec::new();
        for (index, line) in put.lines.iter().enumerate() {
            lines.push(self.sold.len());
            let (ordered, _, _) = new.lines[index];
            self.sold.push(Sold {
                id: line.id,
                order,
                ordered,
                shipped: line.shipped,
                redelivered: 0,
                free: ordered,
                free_goods: line.goods,
                free_tax: line.tax,
                back: 0,
                unshipped: 0,
                serials: if index == 0 { put.serials.clone() } else { Vec::new() },
            });
        }
        let tender =
            |(kind, amount): &(String, i64)| Tender { is_credit: kind == "store_credit", amount: *amount, refunded: 0 };
        self.orders.push(Order {
            id: put.id,
            number: put.number.clone(),
            captured: put.captured,
            freight: put.freight,
            held: 0,
            freight_held: 0,
            special_invoice: new.invoice == "special",
            invoiced: new.invoice != "none",
            lines,
            tenders: put.tenders.iter().map(tender).collect(),
            has_left: put.lines.iter().any(|line| line.shipped > 0),
        });
        Ok(())
    }

    fn filed(
        &mut self,
        order: Ix,
        lines: &[(Ix, domain::LineKind, i64)],
        rma: i64,
        auto: bool,
        ids: &[i64],
    ) -> Result<(), Differs> {
        let lines: Vec<&(Ix, domain::LineKind, i64)> = lines.iter().filter(|line| line.2 != 0).collect();
        same("lines", lines.len(), ids.len())?;
        let case = self.cases.len();
        let mut own = Vec::new();
        let mut refund = 0;
        for ((sold_ix, kind, quantity), id) in lines.iter().zip(ids) {
            let sold = &mut self.sold[*sold_ix];
            let (mut goods, mut tax) = (0, 0);
            if claims(*kind) {
                // The claim takes its part of what is free, so that all claims together sum to what was paid.
                goods = Self::cents(sold.free_goods, sold.free, 0, *quantity);
                tax = Self::cents(sold.free_tax, sold.free, 0, *quantity);
                sold.free -= quantity;
                sold.free_goods -= goods;
                sold.free_tax -= tax;
                sold.back += if comes_back(*kind) { *quantity } else { 0 };
                sold.unshipped += if *kind == domain::LineKind::UnshippedRefund { *quantity } else { 0 };
            }
            refund += if pays(*kind) { goods + tax } else { 0 };
            own.push(self.lines.len());
            self.lines.push(Line {
                id: *id,
                case,
                kind: *kind,
                sold: Some(*sold_ix),
                named: true,
                requested: *quantity,
                approved: 0,
                received: 0,
                waived: 0,
                accepted: 0,
                refused: 0,
                disposed: 0,
                goods,
                tax,
                held: 0,
                held_counted: 0,
                money_done: false,
            });
        }
        let first = (!auto).then_some(Node::FirstReview);
        let to_decide = first.into_iter().chain((refund > CFO_ABOVE).then_some(Node::Cfo)).collect();
        self.cases.push(Case {
            id: rma,
            order,
            state: CaseState::Submitted,
            to_decide,
            decided: Vec::new(),
            lines: own,
            parcels: BTreeSet::new(),
            invoice_open: 0,
            invoice_id: 0,
        });
        self.follow(case);
        Ok(())
    }

    fn decided(&mut self, case: Ix, node: Node, agree: bool) {
        self.cases[case].to_decide.retain(|one| *one != node);
        self.cases[case].decided.push(node);
        if agree {
            self.follow(case);
        } else {
            self.release(case);
            self.cases[case].state = CaseState::Rejected;
        }
    }

    fn announced(&mut self, case: Ix, waybill: &str, id: i64) -> Result<(), Differs> {
        let own = self.cases[case].parcels.iter().find(|parcel| self.parcels[**parcel].waybill == waybill);
        if let Some(own) = own {
            return same("the parcel announced again", self.parcels[*own].id, id);
        }
        self.cases[case].parcels.insert(self.parcels.len());
        self.parcels.push(Parcel { id, waybill: waybill.to_owned(), state: ParcelState::Announced });
        Ok(())
    }

    // The announced one is meant before one that is here already, the newest before an older one; an order's own waybill comes back to the open cases
    // that wait for it.
    fn signed(&mut self, waybill: &str, id: i64) -> Result<(), Differs> {
        let known = |state: Option<ParcelState>| {
            let fits = |one: &Parcel| one.waybill == waybill && state.is_none_or(|state| one.state == state);
            let fitting = (0..self.parcels.len()).filter(|parcel| fits(&self.parcels[*parcel]));
            fitting.max_by_key(|parcel| self.parcels[*parcel].id)
        };
        if let Some(parcel) = known(Some(ParcelState::Announced)) {
            self.parcels[parcel].state = ParcelState::Signed;
            return same("the signed parcel", self.parcels[parcel].id, id);
        }
        if let Some(parcel) = known(Some(ParcelState::Signed)).or_else(|| known(None)) {
            return same("the parcel signed before", self.parcels[parcel].id, id);
        }
        let parcel = self.parcels.len();
        self.parcels.push(Parcel { id, waybill: waybill.to_owned(), state: ParcelState::Signed });
        let waits = |case: &Case, model: &Self| {
            let back = |line: &Ix| {
                matches!(model.lines[*line].kind, domain::LineKind::Refused | domain::LineKind::Intercepted)
            };
            Self::outbound_waybill(&model.orders[case.order]) == waybill
                && matches!(case.state, CaseState::Submitted | CaseState::InProgress)
                && case.lines.iter().any(back)
        };
        for case in 0..self.cases.len() {
            let sent = self.outbound_of(case).any(|(_, order)| order.waybill == waybill);
            if sent || waits(&self.cases[case], self) {
                self.cases[case].parcels.insert(parcel);
                self.follow(case);
            }
        }
        Ok(())
    }

    pub(crate) fn outbound_waybill(order: &Order) -> String {
        format!("OUT{}", order.number).to_uppercase()
    }

    fn open(&mut self, parcel: Ix) {
        self.parcels[parcel].state = ParcelState::Opened;
    }

    fn counted(&mut self, parcel: Option<Ix>, units: &Units, group: i64, line_id: i64) {
        if let Some(parcel) = parcel {
            self.open(parcel);
        }
        let case = self.lines[units.line].case;
        let mut line = units.line;
        match units.reception {
            Reception::AsAnnounced => self.lines[line].received += units.quantity,
            Reception::Missing => {}
            Reception::Undeclared | Reception::WrongItem => {
                line = self.lines.len();
                self.cases[case].lines.push(line);
                self.lines.push(Line {
                    id: line_id,
                    case,
                    kind: domain::LineKind::ReturnRefund,
                    sold: None,
                    named: units.reception == Reception::Undeclared && self.lines[units.line].named,
                    requested: units.quantity,
                    approved: 0,
                    received: units.quantity,
                    waived: 0,
                    accepted: 0,
                    refused: 0,
                    disposed: 0,
                    goods: 0,
                    tax: 0,
                    held: 0,
                    held_counted: 0,
                    money_done: true,
                });
            }
        }
        let missing = units.reception == Reception::Missing;
        self.groups.push(Group {
            id: group,
            line,
            quantity: units.quantity,
            reception: units.reception,
            serial: units.serial.clone().filter(|_| !missing),
            judged: None,
            disposed: missing,
            owed: 0,
        });
        self.follow(case);
    }

    /// The part of a group that goes its own way, as a group of its own unless it is all of it.
    fn split(&mut self, group: Ix, quantity: Option<i64>, id: i64) -> Result<Ix, Differs> {
        let whole = self.groups[group].quantity;
        let quantity = quantity.unwrap_or(whole);
        same("whether all of a group is meant", quantity == whole, id == self.groups[group].id)?;
        if quantity == whole {
            return Ok(group);
        }
        let owed = Self::cents(self.groups[group].owed, whole, 0, quantity);
        self.groups[group].quantity -= quantity;
        self.groups[group].owed -= owed;
        self.groups.push(Group { id, quantity, owed, ..self.groups[group].clone() });
        Ok(self.groups.len() - 1)
    }

    fn recounted(&mut self, group: Ix, quantity: Option<i64>, id: i64) -> Result<(), Differs> {
        let part = self.split(group, quantity, id)?;
        let (line, quantity) = (self.groups[part].line, self.groups[part].quantity);
        self.lines[line].received -= quantity;
        if self.groups[part].reception != Reception::AsAnnounced {
            self.lines[line].waived += quantity;
        }
        self.groups[part].reception = Reception::Missing;
        self.groups[part].disposed = true;
        self.follow(self.lines[line].case);
        Ok(())
    }

    fn inspected(
        &mut self,
        group: Ix,
        quantity: Option<i64>,
        grade: usize,
        liability: Bearer,
        (id, cap, owed): (i64, i64, i64),
    ) -> Result<(), Differs> {
        let part = self.split(group, quantity, id)?;
        let (line, quantity) = (self.groups[part].line, self.groups[part].quantity);
        let (_, percent, accept, resalable) = crate::steps::GRADES[grade];
        match self.groups[part].judged {
            Some(true) => self.lines[line].accepted -= quantity,
            Some(false) => self.lines[line].refused -= quantity,
            None => {}
        }
        let row = &mut self.lines[line];
        // Accepted units count from the front of the line's share, refused ones from its back.
        let from = if accept {
            row.accepted += quantity;
            row.accepted - quantity
        } else {
            row.refused += quantity;
            row.requested - row.refused
        };
        let (goods, tax) = self.front(line, from, from + quantity);
        let outside = !matches!(liability, Bearer::Customer | Bearer::Shop);
        let loss = match (accept, resalable) {
            _ if !outside => 0,
            (true, true) => 0,
            (true, false) if percent < 100 => (goods + tax) * (100 - percent) / 100,
            _ => goods + tax,
        };
        self.groups[part].owed = loss;
        let before = self.groups[part].judged.replace(accept);
        if before == Some(true) && !accept {
            let too_many = self.too_many_going(line, self.lines[line].accepted);
            self.recall(line, OutboundKind::Exchange, too_many);
        }
        same("what is owed for damage", loss, owed)?;
        same("the cap of what is counted", self.front_sum(line, self.lines[line].accepted), cap)?;
        self.follow(self.lines[line].case);
        Ok(())
    }

    fn disposed(
        &mut self,
        group: Ix,
        quantity: Option<i64>,
        kind: DispositionKind,
        (id, part_id): (i64, i64),
    ) -> Result<(), Differs> {
        let part = self.split(group, quantity, part_id)?;
        let (line, quantity) = (self.groups[part].line, self.groups[part].quantity);
        self.groups[part].disposed = true;
        self.lines[line].disposed += quantity;
        self.dispositions.push(Disposition { id, group: part, kind, quantity, corrected: false });
        self.follow(self.lines[line].case);
        Ok(())
    }

    fn corrected(&mut self, wrong: Ix, kind: DispositionKind, id: i64) {
        let old = self.dispositions[wrong].clone();
        let line = self.groups[old.group].line;
        if let Some(out) = Self::goes_out(old.kind) {
            self.recall(line, out, old.quantity);
        }
        self.dispositions[wrong].corrected = true;
        self.dispositions.push(Disposition { id, kind, corrected: false, ..old });
        self.follow(self.lines[line].case);
    }

    fn proposed(&mut self, step: &Step, keyed: &Keyed, id: i64, net: i64, second: bool) -> Result<(), Differs> {
        let sum: i64 = keyed.parts.iter().map(|part| part.amount).sum();
        same("net", sum, net)?;
        same("a second person", self.needs_second(keyed.case, net), second)?;
        let means = if net == 0 { "none" } else { keyed.means };
        let state = if second { SettlementState::Proposed } else { SettlementState::Approved };
        self.settlements.push(Settlement {
            id,
            case: keyed.case,
            basis: keyed.basis,
            state,
            means,
            net,
            parts: keyed.parts.clone(),
            by: step.who,
            needs_second: second,
            month: self.month,
            platform_number: if means == "platform" { keyed.platform_number.clone() } else { String::new() },
        });
        self.hold(self.settlements.len() - 1, 1);
        let case = &mut self.cases[keyed.case];
        if self.orders[case.order].invoiced {
            case.invoice_open += net;
        }
        self.follow(keyed.case);
        Ok(())
    }

    fn cancelled(&mut self, settlement: Ix) {
        self.settlements[settlement].state = SettlementState::Cancelled;
        self.hold(settlement, -1);
        let case = self.settlements[settlement].case;
        let open = self.cases[case].invoice_open - self.settlements[settlement].net;
        self.cases[case].invoice_open = open.max(0);
        self.follow(case);
    }

    fn paid(&mut self, settlement: Ix, ids: &[i64]) -> Result<(), Differs> {
        let row = self.settlements[settlement].clone();
        self.settlements[settlement].state = SettlementState::Executing;
        let tenders = &self.orders[self.cases[row.case].order].tenders;
        let parts: Vec<(Option<Ix>, i64)> = match row.means {
            "credit" => vec![(None, row.net)],
            "original" if tenders.is_empty() => vec![(None, row.net)],
            "original" => {
                let left: Vec<i64> = tenders.iter().map(|tender| tender.amount - tender.refunded).collect();
                let shares = Self::shares(row.net, &left).into_iter().enumerate();
                shares.filter(|share| share.1 > 0).map(|(tender, share)| (Some(tender), share)).collect()
            }
            _ => Vec::new(),
        };
        same("payouts", parts.len(), ids.len())?;
        for ((tender, amount), id) in parts.iter().zip(ids) {
            self.request(settlement, *tender, *amount, *id);
            if row.means == "credit" {
                self.payouts.last_mut().unwrap().state = PayoutState::Done;
            }
        }
        if matches!(row.means, "platform" | "none") {
            self.settlements[settlement].state = SettlementState::Settled;
            self.follow(row.case);
        }
        self.finish(settlement);
        Ok(())
    }

    fn request(&mut self, settlement: Ix, tender: Option<Ix>, amount: i64, id: i64) {
        let order = self.cases[self.settlements[settlement].case].order;
        let mut state = PayoutState::Requested;
        if let Some(tender) = tender {
            let tender = &mut self.orders[order].tenders[tender];
            tender.refunded += amount;
            if tender.is_credit {
                state = PayoutState::Done;
            }
        }
        self.payouts.push(Payout { id, settlement, tender, amount, state, sent: 0 });
    }

    fn finish(&mut self, settlement: Ix) {
        let moved = |one: &Payout| matches!(one.state, PayoutState::Done | PayoutState::Manual);
        let paid: i64 = self.payouts_of(settlement).filter(|(_, one)| moved(one)).map(|(_, one)| one.amount).sum();
        let row = &mut self.settlements[settlement];
        if row.state == SettlementState::Executing && paid == row.net {
            row.state = SettlementState::Settled;
        }
        self.follow(self.settlements[settlement].case);
    }

    fn paid_by_hand(&mut self, settlement: Ix, instead: Option<Ix>, id: i64) {
        let (tender, amount) = match instead {
            Some(payout) => (self.payouts[payout].tender, self.payouts[payout].amount),
            None => (None, self.settlements[settlement].net),
        };
        self.settlements[settlement].state = SettlementState::Executing;
        self.payouts.push(Payout { id, settlement, tender, amount, state: PayoutState::Manual, sent: 0 });
        self.finish(settlement);
    }

    fn failed(&mut self, payout: Ix) {
        self.payouts[payout].state = PayoutState::Failed;
        let row = self.payouts[payout].clone();
        let order = self.cases[self.settlements[row.settlement].case].order;
        if let Some(tender) = row.tender {
            self.orders[order].tenders[tender].refunded -= row.amount;
        }
        self.follow(self.settlements[row.settlement].case);
    }

    // A finished payout stays as it is, whatever is said about it later; money that may have moved stays unknown.
    fn answered(&mut self, payout: Ix, said: Said, state: PayoutState) -> Result<(), Differs> {
        let before = self.payouts[payout].state;
        if !matches!(before, PayoutState::Sent | PayoutState::Unknown) {
            return same("a payout that is not asked about", before, state);
        }
        let after = match said {
            Said::Done => PayoutState::Done,
            Said::Refused => PayoutState::Failed,
            Said::Unknown => PayoutState::Unknown,
            Said::NotSent if before == PayoutState::Unknown => PayoutState::Unknown,
            Said::NotSent | Said::NotKnown => PayoutState::Requested,
        };
        same("the answered payout", after, state)?;
        self.payouts[payout].state = after;
        match after {
            PayoutState::Failed => self.failed(payout),
            _ => self.finish(self.payouts[payout].settlement),
        }
        Ok(())
    }

    fn converted(&mut self, line: Ix, kind: domain::LineKind) {
        let row = self.lines[line].clone();
        let out = match row.kind {
            domain::LineKind::Exchange => Some(OutboundKind::Exchange),
            domain::LineKind::Repair => Some(OutboundKind::RepairReturn),
            _ => None,
        };
        if let Some(out) = out {
            self.recall(line, out, self.still_open(line, out));
        }
        if let Some(sold) = row.sold {
            let back = |kind| if comes_back(kind) { row.requested } else { 0 };
            self.sold[sold].back += back(kind) - back(row.kind);
        }
        self.lines[line].kind = kind;
        self.follow(row.case);
    }

    // Delivered units can be claimed again through this delivery, with the money that stands for them.
    fn delivered(&mut self, outbound: Ix) {
        if self.outbound[outbound].state == OutboundState::Delivered {
            return;
        }
        let order = self.outbound[outbound].clone();
        let is_back = |kind| kind == OutboundKind::SendBack;
        for (line, quantity) in &order.parts {
            let before: i64 = self
                .outbound
                .iter()
                .filter(|one| one.state == OutboundState::Delivered && is_back(one.kind) == is_back(order.kind))
                .flat_map(|one| &one.parts)
                .filter(|part| part.0 == *line)
                .map(|part| part.1)
                .sum();
            let requested = self.lines[*line].requested;
            let from = if is_back(order.kind) { requested - before - quantity } else { before };
            let (goods, tax) = self.front(*line, from, from + quantity);
            let Some(sold) = self.lines[*line].sold else { continue };
            let sold = &mut self.sold[sold];
            sold.redelivered += quantity;
            sold.free += quantity;
            sold.free_goods += goods;
            sold.free_tax += tax;
        }
        self.outbound[outbound].state = OutboundState::Delivered;
        self.follow(order.case);
    }

    // I1: an older version changes nothing.
    fn told(
        &mut self,
        order: Ix,
        number: &str,
        (version, status): (i64, &'static str),
        stands: i64,
        taken: bool,
    ) -> Result<(), Differs> {
        let linkable = self.linkable(order);
        if let Some(known) = self.externals.iter_mut().find(|known| known.number == number) {
            same("whether a version is taken over", version > known.version, taken)?;
            if taken {
                (known.version, known.status) = (version, status);
                known.case = known.case.or(linkable);
            }
            return same("the version that stands", known.version, stands);
        }
        self.externals.push(External { case: linkable, number: number.to_owned(), version, status });
        same("the first version", (version, true), (stands, taken))
    }

    // Which case it belongs to tells in which order commands of one moment came out.
    fn linked(&self, number: &str, case: Option<i64>) -> Result<(), Differs> {
        let known = self.externals.iter().find(|known| known.number == number).and_then(|known| known.case);
        same("the case of a platform's case", known.map(|known| self.cases[known].id), case)
    }

    // The one open case of the order that no platform's case belongs to yet.
    fn linkable(&self, order: Ix) -> Option<Ix> {
        let over = [CaseState::Rejected, CaseState::Withdrawn, CaseState::Closed];
        let linked = |case: &Ix| self.externals.iter().any(|external| external.case == Some(*case));
        let open = |case: &Ix| self.cases[*case].order == order && !over.contains(&self.cases[*case].state);
        let mut open = (0..self.cases.len()).filter(|case| open(case) && !linked(case));
        open.next().filter(|_| open.next().is_none())
    }

    /// Goods and tax keyed on a line by settlements that stand.
    pub(crate) fn keyed_on(&self, line: Ix) -> i64 {
        let alive = self.settlements.iter().filter(|one| one.state != SettlementState::Cancelled);
        let parts = alive.flat_map(|one| &one.parts);
        parts.filter(|part| part.line == Some(line) && is_goods(part.kind)).map(|part| part.amount).sum()
    }
}
