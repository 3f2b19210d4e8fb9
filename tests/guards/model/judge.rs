//! What is allowed: every reason why a step must be refused. No reason means that it must go through.

use domain::LineKind;
use domain::kind::OutboundKind;
use domain::settlement::{Basis, ComponentKind};
use domain::state::{CaseState, DispositionKind, OutboundState, PayoutState, Reception, SettlementState};

use super::money::extras;
use super::{Ix, Model, ParcelState, Who, claims, comes_back, is_goods};
use crate::steps::{Act, Keyed, Step, Units, When};

/// The codes a refusal may carry.
pub(crate) type Reasons = Vec<&'static str>;

impl Model {
    /// Whether every place that a step names exists: a step of a shortened history may point beyond it.
    pub(crate) fn knows(&self, step: &Step) -> bool {
        match &step.act {
            Act::Order(_) | Act::Sign { .. } => true,
            Act::File { order, lines } => {
                *order < self.orders.len() && lines.iter().all(|line| line.0 < self.sold.len())
            }
            Act::External { order, .. } => *order < self.orders.len(),
            Act::Decide { case, .. } | Act::Announce { case, .. } | Act::Withdraw { case } | Act::Reversed { case } => {
                *case < self.cases.len()
            }
            Act::Open { parcel } => *parcel < self.parcels.len(),
            Act::Count { parcel, units, .. } => {
                units.line < self.lines.len() && parcel.is_none_or(|parcel| parcel < self.parcels.len())
            }
            Act::Recount { group, .. } | Act::Inspect { group, .. } | Act::Dispose { group, .. } => {
                *group < self.groups.len()
            }
            Act::Correct { disposition, .. } => *disposition < self.dispositions.len(),
            Act::Waive { line, .. } | Act::Convert { line, .. } | Act::MarkDone { line } => *line < self.lines.len(),
            Act::Propose(keyed) => {
                let known = |line: Option<Ix>| line.is_none_or(|line| line < self.lines.len());
                keyed.case < self.cases.len() && keyed.parts.iter().all(|part| known(part.line))
            }
            Act::Approve { settlement } | Act::Cancel { settlement } | Act::Pay { settlement } => {
                *settlement < self.settlements.len()
            }
            Act::ByHand { settlement, instead, .. } => {
                *settlement < self.settlements.len() && instead.is_none_or(|payout| payout < self.payouts.len())
            }
            Act::Begin { payout } | Act::Answer { payout, .. } | Act::Retry { payout } | Act::Stop { payout } => {
                *payout < self.payouts.len()
            }
            Act::Ship { outbound, .. } | Act::Deliver { outbound } | Act::WaiveOutbound { outbound } => {
                *outbound < self.outbound.len()
            }
        }
    }

    /// Why a step must be refused.
    pub(crate) fn judge(&self, step: &Step) -> Reasons {
        let mut why = Reasons::new();
        if !may(step.who, &step.act) {
            why.push("forbidden");
        }
        match &step.act {
            Act::Order(_) | Act::Begin { .. } | Act::Answer { .. } | Act::External { .. } | Act::Sign { .. } => {}
            Act::File { order, lines } => self.judge_filing(*order, lines, &mut why),
            Act::Decide { case, node, .. } => {
                if self.is_over(*case) {
                    why.push("case_is_over");
                }
                if self.cases[*case].to_decide.first() != Some(node) {
                    why.extend(["already_decided", "not_open"]);
                }
            }
            Act::Announce { case, .. } => self.judge_announcing(*case, &mut why),
            Act::Open { parcel } => {
                if self.parcels[*parcel].state == ParcelState::Announced {
                    why.push("sign_first");
                }
            }
            Act::Count { parcel, units, when } => self.judge_counting(*parcel, units, *when, &mut why),
            Act::Recount { group, quantity } => self.judge_recount(*group, *quantity, &mut why),
            Act::Inspect { group, quantity, grade, note, .. } => {
                self.judge_inspecting(*group, *quantity, crate::steps::GRADES[*grade].2, *note, &mut why);
            }
            Act::Dispose { group, quantity, kind } => self.judge_disposing(*group, *quantity, *kind, &mut why),
            Act::Correct { disposition, kind } => self.judge_correcting(*disposition, *kind, &mut why),
            Act::Waive { line, quantity } => {
                self.judge_under_way(self.lines[*line].case, &mut why);
                judge_quantity(*quantity, &mut why);
                if *quantity > self.awaited(*line) {
                    why.push("exceeds_awaited");
                }
            }
            Act::Convert { line, kind } => self.judge_converting(*line, *kind, &mut why),
            Act::Propose(keyed) => self.judge_proposing(keyed, &mut why),
            Act::Approve { settlement } => self.judge_approving(*settlement, step.who, &mut why),
            Act::Cancel { settlement } => self.judge_cancelling(*settlement, &mut why),
            Act::Pay { settlement } => self.judge_paying(*settlement, &mut why),
            Act::ByHand { settlement, instead, proof } => self.judge_by_hand(*settlement, *instead, *proof, &mut why),
            Act::MarkDone { line } => self.judge_marking(self.lines[*line].case, &mut why),
            Act::Reversed { case } => {
                if self.cases[*case].invoice_open == 0 {
                    why.extend(["already_done", "not_found"]);
                }
            }
            Act::Retry { payout } => self.judge_retrying(*payout, &mut why),
            Act::Stop { payout } => {
                let row = &self.payouts[*payout];
                if row.state != PayoutState::Requested || row.sent > 0 {
                    why.push("already_sent");
                }
            }
            Act::Ship { .. } | Act::Deliver { .. } | Act::WaiveOutbound { .. } => {
                self.judge_outbound(&step.act, &mut why)
            }
            Act::Withdraw { case } => self.judge_withdrawing(*case, &mut why),
        }
        why
    }

    fn judge_outbound(&self, act: &Act, why: &mut Reasons) {
        match act {
            Act::Ship { outbound, waybill } => {
                let row = &self.outbound[*outbound];
                let same = row.state != OutboundState::Open && row.waybill == *waybill;
                if row.state != OutboundState::Open && !same {
                    why.push("not_open");
                }
            }
            Act::Deliver { outbound } => {
                if matches!(self.outbound[*outbound].state, OutboundState::Open | OutboundState::Waived) {
                    why.push("not_shipped");
                }
            }
            Act::WaiveOutbound { outbound } if self.outbound[*outbound].state.is_final() => why.push("not_open"),
            _ => {}
        }
    }

    fn judge_under_way(&self, case: Ix, why: &mut Reasons) {
        match self.cases[case].state {
            CaseState::InProgress => {}
            CaseState::Submitted | CaseState::NeedsInfo => why.push("not_agreed"),
            CaseState::Rejected | CaseState::Withdrawn | CaseState::Closed => why.push("case_is_over"),
        }
    }

    // Claimed ≤ ordered less claimed; goods back ≤ shipped; unshipped ≤ what never left. Lines of one case add up.
    fn judge_filing(&self, order: Ix, lines: &[(Ix, LineKind, i64)], why: &mut Reasons) {
        let mut sold = self.sold.clone();
        // A row of none is a row that was not chosen.
        let chosen = |line: &&(Ix, LineKind, i64)| line.2 != 0;
        if !lines.iter().any(|line| chosen(&line)) {
            why.extend(["no_goods", "form_refuses"]);
        }
        for (index, kind, quantity) in lines.iter().filter(chosen) {
            let row = &mut sold[*index];
            if row.order != order {
                why.extend(["not_in_order", "form_refuses"]);
            }
            if *quantity < 0 {
                why.extend(["quantity_not_positive", "form_refuses"]);
            }
            if claims(*kind) {
                row.free -= quantity;
                row.back += if comes_back(*kind) { *quantity } else { 0 };
                row.unshipped += if *kind == LineKind::UnshippedRefund { *quantity } else { 0 };
            }
            let too_many = row.free < 0
                || (comes_back(*kind) && row.back > row.shipped + row.redelivered)
                || (*kind == LineKind::UnshippedRefund && row.unshipped > row.ordered - row.shipped)
                || (!claims(*kind) && *quantity > row.ordered);
            if too_many {
                why.extend(["exceeds_ordered", "exceeds_shipped", "exceeds_unshipped", "form_refuses"]);
            }
        }
    }

    fn judge_announcing(&self, case: Ix, why: &mut Reasons) {
        if self.is_over(case) {
            why.push("case_is_over");
        }
        let expects = |line: &Ix| comes_back(self.lines[*line].kind);
        if !self.cases[case].lines.iter().any(expects) {
            why.push("no_goods_expected");
        }
    }

    fn judge_counting(&self, parcel: Option<Ix>, units: &Units, when: When, why: &mut Reasons) {
        let line = &self.lines[units.line];
        self.judge_under_way(line.case, why);
        judge_quantity(units.quantity, why);
        if let Some(parcel) = parcel {
            if self.parcels[parcel].state == ParcelState::Announced {
                why.push("sign_first");
            }
            if !self.cases[line.case].parcels.contains(&parcel) {
                why.push("parcel_of_another_case");
            }
        } else if when != When::Now {
            why.extend(["received_before_dispatch", "received_before_filing"]);
        }
        let announced = matches!(units.reception, Reception::AsAnnounced | Reception::Missing);
        if announced && (line.sold.is_none() || !comes_back(line.kind)) {
            why.push("no_goods_expected");
        } else if announced && units.quantity > self.awaited(units.line) {
            why.push("exceeds_announced");
        }
        if let Some(serial) = units.serial.as_ref().filter(|_| units.reception != Reception::Missing) {
            let own = line.sold.filter(|_| announced).map(|sold| &self.sold[sold].serials);
            if !units.swapped && !own.is_some_and(|own| own.contains(serial)) {
                why.push("serial_not_shipped");
            }
            if units.quantity != 1 {
                why.push("serial_is_one");
            }
            let open = |group: &super::Group| group.serial.as_ref() == Some(serial) && !group.disposed;
            if self.groups.iter().any(open) {
                why.push("serial_in_return");
            }
        }
    }

    fn judge_part(&self, group: Ix, quantity: Option<i64>, why: &mut Reasons) {
        if let Some(quantity) = quantity {
            judge_quantity(quantity, why);
            if quantity > self.groups[group].quantity {
                why.push("exceeds_group");
            }
        }
    }

    fn judge_recount(&self, group: Ix, quantity: Option<i64>, why: &mut Reasons) {
        let row = &self.groups[group];
        self.judge_under_way(self.lines[row.line].case, why);
        if row.judged.is_some() || row.reception == Reception::Missing {
            why.push("already_inspected");
        }
        self.judge_part(group, quantity, why);
    }

    fn judge_inspecting(&self, group: Ix, quantity: Option<i64>, accept: bool, note: bool, why: &mut Reasons) {
        let row = &self.groups[group];
        let line = &self.lines[row.line];
        self.judge_under_way(line.case, why);
        self.judge_part(group, quantity, why);
        if row.reception == Reception::Missing {
            why.push("not_here");
        }
        if row.disposed {
            why.push("already_dispositioned");
        }
        if row.judged.is_some() {
            if !note {
                why.push("reason_needed");
            }
            if quantity.is_some_and(|quantity| quantity != row.quantity) {
                why.push("whole_group_only");
            }
        }
        // What was refunded as accepted stays accepted, and so does what another unit has left for.
        let less = row.judged == Some(true) && !accept;
        if less && self.too_many_going(row.line, line.accepted - row.quantity) > self.exchange_open(row.line) {
            why.push("goods_have_left");
        }
        if less && self.front_sum(row.line, line.accepted - row.quantity) < line.held_counted {
            why.push("already_refunded");
        }
    }

    fn judge_kind(&self, group: Ix, kind: DispositionKind, why: &mut Reasons) {
        let row = &self.groups[group];
        let line = &self.lines[row.line];
        let stays = row.judged == Some(true) && line.kind != LineKind::Repair && line.sold.is_some();
        if kind == DispositionKind::SendBack && stays {
            why.push("accepted_goods_stay");
        }
        if kind == DispositionKind::SendBack && !line.named {
            why.push("article_unknown");
        }
        if kind == DispositionKind::Repair && line.kind != LineKind::Repair {
            why.push("not_a_repair");
        }
    }

    fn judge_disposing(&self, group: Ix, quantity: Option<i64>, kind: DispositionKind, why: &mut Reasons) {
        let row = &self.groups[group];
        self.judge_under_way(self.lines[row.line].case, why);
        self.judge_part(group, quantity, why);
        if row.disposed || row.reception == Reception::Missing {
            why.push("already_dispositioned");
        } else if row.judged.is_none() {
            why.push("inspect_first");
        }
        self.judge_kind(group, kind, why);
    }

    fn judge_correcting(&self, disposition: Ix, kind: DispositionKind, why: &mut Reasons) {
        let wrong = &self.dispositions[disposition];
        let line = self.groups[wrong.group].line;
        if wrong.kind == kind {
            why.push("nothing_to_correct");
        }
        if wrong.corrected {
            why.push("already_corrected");
        }
        if kind.bucket().is_none() {
            self.judge_under_way(self.lines[line].case, why);
        }
        self.judge_kind(wrong.group, kind, why);
        if let Some(out) = Self::goes_out(wrong.kind)
            && self.still_open(line, out) + self.declined(line, out) < wrong.quantity
        {
            why.push("goods_have_left");
        }
    }

    // X1, X3: nothing that has left is refunded as well, nothing that was paid for changes what it was paid for.
    fn judge_converting(&self, line: Ix, kind: LineKind, why: &mut Reasons) {
        use LineKind::{AdvanceRefund, Exchange, Repair, ReturnRefund, ShippedRefund};
        let row = &self.lines[line];
        self.judge_under_way(row.case, why);
        let (untouched, unpaid) = (row.received + row.waived == 0, row.held == 0);
        let fits = match (row.kind, kind) {
            (ReturnRefund | AdvanceRefund, ShippedRefund) => untouched && unpaid,
            (ShippedRefund | AdvanceRefund, ReturnRefund) | (ReturnRefund, Exchange) => unpaid,
            (ShippedRefund | ReturnRefund, AdvanceRefund) | (Exchange | Repair, ReturnRefund) => true,
            _ => false,
        };
        if !fits || row.sold.is_none() {
            why.push("cannot_convert");
        }
        if row.kind == Repair
            && [OutboundKind::RepairReturn, OutboundKind::SendBack].iter().any(|out| self.wanted(line, *out) > 0)
        {
            why.push("goods_go_back");
        }
        let out = if row.kind == Exchange { OutboundKind::Exchange } else { OutboundKind::RepairReturn };
        if matches!(row.kind, Exchange | Repair) && self.not_waived(line, out) > self.still_open(line, out) {
            why.push("goods_have_left");
        }
        if let Some(sold) = row.sold.map(|sold| &self.sold[sold]) {
            let more = if comes_back(kind) && !comes_back(row.kind) { row.requested } else { 0 };
            if more > 0 && sold.back + more > sold.shipped + sold.redelivered {
                why.push("exceeds_shipped");
            }
        }
    }

    fn judge_proposing(&self, keyed: &Keyed, why: &mut Reasons) {
        self.judge_under_way(keyed.case, why);
        let parts = &keyed.parts;
        let sum = |wanted: &dyn Fn(ComponentKind) -> bool| -> i64 {
            parts.iter().filter(|part| wanted(part.kind)).map(|part| part.amount).sum()
        };
        let net = sum(&|_| true);
        if parts.is_empty() || parts.iter().any(|part| part.amount == 0) {
            why.push("empty");
        }
        let withheld = |kind| matches!(kind, ComponentKind::Deduction | ComponentKind::Fee);
        if parts.iter().any(|part| withheld(part.kind) != (part.amount < 0)) {
            why.push("wrong_sign");
        }
        if net < 0 {
            why.push("net_negative");
        }
        if sum(&is_goods) > self.basis_room(keyed.case, keyed.basis) {
            why.push("exceeds_basis");
        }
        if sum(&|kind| kind == ComponentKind::OutboundFreight) > self.freight_room(keyed.case) {
            why.push("exceeds_freight");
        }
        if extras(parts) > self.extras_room(keyed.case) {
            why.push("exceeds_compensation");
        }
        if net > self.captured_room(keyed.case) {
            why.push("exceeds_captured");
        }
        self.judge_lines(keyed, why);
        self.judge_means(keyed, net, why);
    }

    fn judge_lines(&self, keyed: &Keyed, why: &mut Reasons) {
        for part in &keyed.parts {
            match part.line {
                Some(line) if self.lines[line].case != keyed.case => why.push("no_such_line"),
                None if is_goods(part.kind) && keyed.basis != Basis::PlatformDecided => why.push("line_needed"),
                Some(line) if is_goods(part.kind) => {
                    let same = keyed.parts.iter().filter(|other| other.line == Some(line) && is_goods(other.kind));
                    if same.map(|other| other.amount).sum::<i64>() > self.room(line, keyed.basis) {
                        why.push("exceeds_line");
                    }
                }
                _ => {}
            }
        }
    }

    fn judge_means(&self, keyed: &Keyed, net: i64, why: &mut Reasons) {
        let by_platform = keyed.means == "platform";
        if (keyed.basis == Basis::PlatformDecided) != by_platform {
            why.push("means_not_of_basis");
        }
        if by_platform && (keyed.platform_number.is_empty() || net == 0) {
            why.push("platform_number_needed");
        }
        let taken = self
            .settlements
            .iter()
            .any(|one| one.platform_number == keyed.platform_number && one.state != SettlementState::Cancelled);
        // What the platform has refunded is booked before anything else is paid: a hundred each, as told.
        let refunded = self.externals.iter().filter(|one| one.case == Some(keyed.case) && one.status == "SUCCESS");
        let booked = self
            .settlements
            .iter()
            .filter(|one| one.case == keyed.case && one.means == "platform" && one.state != SettlementState::Cancelled);
        if !by_platform && net > 0 && booked.map(|one| one.net).sum::<i64>() < 100 * refunded.count() as i64 {
            why.push("platform_has_refunded");
        }
        if by_platform && !keyed.platform_number.is_empty() && taken {
            why.push("platform_number_used");
        }
    }

    fn judge_approving(&self, settlement: Ix, who: Who, why: &mut Reasons) {
        let row = &self.settlements[settlement];
        if row.state != SettlementState::Proposed {
            why.push(late(row.state));
        }
        if row.needs_second && row.by == who {
            why.push("four_eyes");
        }
    }

    fn judge_cancelling(&self, settlement: Ix, why: &mut Reasons) {
        let row = &self.settlements[settlement];
        match row.state {
            SettlementState::Proposed | SettlementState::Approved => {}
            SettlementState::Settled | SettlementState::Cancelled => why.push(late(row.state)),
            SettlementState::Executing => {
                if self.payouts_of(settlement).any(|(_, one)| one.state != PayoutState::Failed) {
                    why.extend(["money_moved", "outcome_unknown"]);
                }
            }
        }
    }

    fn judge_paying(&self, settlement: Ix, why: &mut Reasons) {
        let row = &self.settlements[settlement];
        if row.state != SettlementState::Approved {
            why.push(late(row.state));
        }
        self.judge_invoice(row.case, why);
        let tenders = &self.orders[self.cases[row.case].order].tenders;
        match row.means {
            "manual" => why.push("paid_by_hand"),
            "original" if !tenders.is_empty() => {
                let room: i64 = tenders.iter().map(|tender| tender.amount - tender.refunded).sum();
                if room < row.net {
                    why.push("exceeds_tender");
                }
            }
            _ => {}
        }
    }

    fn judge_invoice(&self, case: Ix, why: &mut Reasons) {
        let row = &self.cases[case];
        if self.orders[row.order].special_invoice && row.invoice_open > 0 {
            why.push("invoice_not_back");
        }
    }

    fn judge_by_hand(&self, settlement: Ix, instead: Option<Ix>, proof: bool, why: &mut Reasons) {
        let row = &self.settlements[settlement];
        if !proof {
            why.push("proof_needed");
        }
        self.judge_invoice(row.case, why);
        match instead {
            None if row.state != SettlementState::Approved || row.means != "manual" => why.push("not_by_hand"),
            None => {}
            Some(payout) if self.payouts[payout].settlement != settlement => why.push("not_found"),
            Some(payout) => self.judge_refused(payout, why),
        }
    }

    fn judge_refused(&self, payout: Ix, why: &mut Reasons) {
        let row = &self.payouts[payout];
        let running = self.settlements[row.settlement].state == SettlementState::Executing;
        if row.state != PayoutState::Failed || !running {
            why.push("not_refused");
        }
        let twin = |other: &(Ix, &super::Payout)| {
            other.0 != payout && other.1.tender == row.tender && other.1.state != PayoutState::Failed
        };
        if self.payouts_of(row.settlement).any(|other| twin(&other)) {
            why.push("payout_under_way");
        }
    }

    fn judge_retrying(&self, payout: Ix, why: &mut Reasons) {
        self.judge_refused(payout, why);
        let row = &self.payouts[payout];
        let order = self.cases[self.settlements[row.settlement].case].order;
        if let Some(tender) = row.tender.map(|tender| &self.orders[order].tenders[tender])
            && tender.refunded + row.amount > tender.amount
        {
            why.push("exceeds_tender");
        }
    }

    fn judge_marking(&self, case: Ix, why: &mut Reasons) {
        self.judge_under_way(case, why);
        let open =
            |one: &super::Settlement| !matches!(one.state, SettlementState::Settled | SettlementState::Cancelled);
        if self.settlements_of(case).any(|(_, one)| open(one)) {
            why.push("settlement_open");
        }
    }

    // S3: nothing has arrived or left, no money is held.
    fn judge_withdrawing(&self, case: Ix, why: &mut Reasons) {
        if self.is_over(case) {
            why.push("case_is_over");
        }
        let here = |parcel: &Ix| self.parcels[*parcel].state != ParcelState::Announced;
        let counted = self.groups_of(case).any(|(_, group)| group.reception != Reception::Missing);
        if counted || self.cases[case].parcels.iter().any(here) {
            why.push("goods_arrived");
        }
        if self.outbound_of(case).any(|(_, order)| order.has_left()) {
            why.push("goods_have_left");
        }
        if self.settlements_of(case).any(|(_, one)| one.state != SettlementState::Cancelled) {
            why.push("money_held");
        }
    }
}

fn judge_quantity(quantity: i64, why: &mut Reasons) {
    if quantity <= 0 {
        why.push("quantity_out_of_range");
    }
}

const fn late(state: SettlementState) -> &'static str {
    match state {
        SettlementState::Proposed => "not_approved",
        SettlementState::Approved => "already_approved",
        SettlementState::Executing => "already_executing",
        SettlementState::Settled => "already_settled",
        SettlementState::Cancelled => "already_cancelled",
    }
}

/// Who may do what, by the template's roles.
pub(crate) fn may(who: Who, act: &Act) -> bool {
    use Who::{Agent, Cfo, Clerk, Finance, Finance2, Inspector, Lead, System};
    match act {
        Act::Order(_) | Act::Begin { .. } | Act::Answer { .. } | Act::External { .. } => who == System,
        // Filed against the policy: the lead alone may do so.
        Act::File { .. } => who == Lead,
        Act::Decide { node: crate::model::Node::FirstReview, .. } => who == Agent,
        Act::Decide { node: crate::model::Node::Cfo, .. } => who == Cfo,
        Act::Announce { .. } => who != System,
        Act::Sign { .. } | Act::Open { .. } | Act::Count { .. } | Act::Recount { .. } => who == Clerk,
        Act::Ship { .. } | Act::Deliver { .. } => who == Clerk,
        Act::Inspect { .. } | Act::Dispose { .. } | Act::Correct { .. } => who == Inspector,
        Act::Waive { .. } | Act::Convert { .. } | Act::WaiveOutbound { .. } => who == Lead,
        Act::Propose(_) | Act::Cancel { .. } | Act::MarkDone { .. } | Act::Reversed { .. } => {
            matches!(who, Finance | Finance2 | Lead)
        }
        Act::Approve { .. } | Act::Pay { .. } | Act::ByHand { .. } | Act::Retry { .. } | Act::Stop { .. } => {
            matches!(who, Finance | Finance2 | Cfo)
        }
        Act::Withdraw { .. } => matches!(who, Agent | Lead),
    }
}
