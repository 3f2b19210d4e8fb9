//! Chooses the next step from what there is.

use domain::LineKind;
use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, DispositionKind, OutboundState, PayoutState, Reception, SettlementState};

use super::{Act, GRADES, Keyed, NewOrder, Said, Step, Units, When};
use crate::model::{Ix, Model, Node, ParcelState, Part, Who};
use crate::random::Random;

const EVERYBODY: [Who; 7] = [Who::Agent, Who::Lead, Who::Clerk, Who::Inspector, Who::Finance, Who::Finance2, Who::Cfo];
const BEARERS: [Bearer; 6] =
    [Bearer::Customer, Bearer::Shop, Bearer::Carrier, Bearer::Supplier, Bearer::Platform, Bearer::Warehouse];
const BASES: [Basis; 6] =
    [Basis::Counted, Basis::Unshipped, Basis::Waived, Basis::Advanced, Basis::PlatformDecided, Basis::Compensation];

/// The next step of a history. `tag` begins every number and key of it.
pub(crate) fn choose(random: &mut Random, model: &Model, tag: &str) -> Step {
    let act = loop {
        if let Some(act) = act(random, model, tag) {
            break act;
        }
    };
    let stranger = random.one_in(40) && !is_system(&act);
    let who = if stranger { any(random, &EVERYBODY) } else { usual(random, &act) };
    // What an agent may file depends on the policy, which is not the guards' matter.
    let policy = who == Who::Agent && matches!(act, Act::File { .. });
    Step { who: if policy { Who::Lead } else { who }, act }
}

fn any<T: Copy>(random: &mut Random, from: &[T]) -> T {
    from[random.below(from.len())]
}

const fn is_system(act: &Act) -> bool {
    matches!(act, Act::Order(_) | Act::Begin { .. } | Act::Answer { .. } | Act::External { .. })
}

fn usual(random: &mut Random, act: &Act) -> Who {
    let fits = |who: &Who| crate::model::may(*who, act);
    let mut may: Vec<Who> = EVERYBODY.iter().copied().filter(fits).collect();
    if may.is_empty() {
        may.push(Who::System);
    }
    any(random, &may)
}

fn act(random: &mut Random, model: &Model, tag: &str) -> Option<Act> {
    if model.orders.is_empty() || (model.orders.len() < 3 && random.one_in(20)) {
        return Some(Act::Order(order(random)));
    }
    if model.cases.is_empty() || (model.cases.len() < 8 && random.one_in(12)) {
        return filing(random, model);
    }
    match random.below(100) {
        0..=1 => external(random, model, tag),
        2..=3 => Some(Act::Withdraw { case: random.below(model.cases.len()) }),
        4..=12 => decision(random, model),
        13..=42 => warehouse(random, model, tag),
        43..=68 => settling(random, model, tag),
        69..=92 => paying(random, model),
        _ => outbound(random, model, tag),
    }
}

fn order(random: &mut Random) -> NewOrder {
    let lines = (0..random.between(1, 3)).map(|_| {
        let price = any(random, &[3_333, 99, 12_345, 260_000, 260_000, 0, 77_777, 510_000]);
        let quantity = random.between(1, 4);
        let discount = if random.one_in(3) { price * quantity / 7 } else { 0 };
        (quantity, price, discount)
    });
    let mut lines: Vec<(i64, i64, i64)> = lines.collect();
    if lines.iter().all(|line| line.1 == 0) {
        lines[0].1 = 1_001;
    }
    let shipped = lines.iter().map(|_| any(random, &[100, 100, 100, 50, 0])).collect();
    let tenders = any(
        random,
        &[&[][..], &[("wechat", 100)], &[("wechat", 60), ("alipay", 40)], &[("store_credit", 30), ("card", 70)]],
    );
    NewOrder {
        lines,
        shipped,
        tax: any(random, &[0, 0, 101, 999]),
        freight: any(random, &[0, 1_200, 7]),
        tenders: tenders.to_vec(),
        invoice: any(random, &["none", "none", "none", "ordinary", "special"]),
        serials: if random.one_in(2) { 4 } else { 0 },
    }
}

fn filing(random: &mut Random, model: &Model) -> Option<Act> {
    let order = random.below(model.orders.len());
    let mut lines = Vec::new();
    for _ in 0..random.between(1, 2) {
        let own = if random.one_in(50) { (0..model.sold.len()).collect() } else { model.orders[order].lines.clone() };
        let sold = any(random, &own);
        let free = model.sold[sold].free;
        if free == 0 && !random.one_in(8) {
            continue;
        }
        let quantity = if random.one_in(8) { random.between(0, free + 1) } else { random.between(1, free.max(1)) };
        lines.push((sold, any(random, LineKind::ALL), quantity));
    }
    (!lines.is_empty()).then_some(Act::File { order, lines })
}

fn decision(random: &mut Random, model: &Model) -> Option<Act> {
    let waiting: Vec<Ix> = (0..model.cases.len())
        .filter(|case| !model.is_over(*case) && !model.cases[*case].to_decide.is_empty())
        .collect();
    let case = if random.one_in(8) { Some(random.below(model.cases.len())) } else { random.pick(&waiting) }?;
    let node = model.cases[case].to_decide.first().copied().unwrap_or(Node::FirstReview);
    let node = if random.one_in(15) { any(random, &[Node::FirstReview, Node::Cfo]) } else { node };
    Some(Act::Decide { case, node, agree: !random.one_in(10) })
}

fn external(random: &mut Random, model: &Model, tag: &str) -> Option<Act> {
    let status = any(random, &["WAIT_SELLER_AGREE", "WAIT_BUYER_RETURN_GOODS", "SUCCESS", "CLOSED", "odd"]);
    let number = format!("{tag}E{}", random.below(3));
    Some(Act::External { order: random.below(model.orders.len()), number, version: random.between(1, 9), status })
}

/// A case that is agreed and not over, mostly.
fn running(random: &mut Random, model: &Model) -> Option<Ix> {
    let running: Vec<Ix> = (0..model.cases.len()).filter(|case| model.under_way(*case)).collect();
    if random.one_in(25) { Some(random.below(model.cases.len())) } else { random.pick(&running) }
}

/// As many as there are, mostly; sometimes one more, sometimes none.
fn quantity(random: &mut Random, there: i64) -> i64 {
    if random.one_in(8) { random.between(0, there + 1) } else { random.between(1, there.max(1)) }
}

fn warehouse(random: &mut Random, model: &Model, tag: &str) -> Option<Act> {
    let case = running(random, model)?;
    match random.below(13) {
        12 => converting(random, model, case),
        0 => {
            let known = model.parcels.len();
            let number = if random.one_in(6) { random.below(known + 1) } else { known };
            Some(Act::Announce { case, waybill: format!("{tag}R{number}") })
        }
        1 => {
            if random.one_in(5) {
                let order = &model.orders[model.cases[case].order];
                return order.has_left.then(|| Act::Sign { waybill: Model::outbound_waybill(order) });
            }
            let parcel = random.below(model.parcels.len());
            Some(Act::Sign { waybill: model.parcels.get(parcel)?.waybill.clone() })
        }
        2 => Some(Act::Open { parcel: (!model.parcels.is_empty()).then(|| random.below(model.parcels.len()))? }),
        3..=5 => counting(random, model, case),
        6..=8 => inspecting(random, model, case),
        9..=10 => disposing(random, model, case),
        _ => {
            let line = random.pick(&model.cases[case].lines)?;
            Some(Act::Waive { line, quantity: quantity(random, model.awaited(line)) })
        }
    }
}

fn converting(random: &mut Random, model: &Model, case: Ix) -> Option<Act> {
    use LineKind::{AdvanceRefund, Exchange, Repair, ReturnRefund, ShippedRefund};
    let line = random.pick(&model.cases[case].lines)?;
    let sensible = match model.lines[line].kind {
        Exchange | Repair => ReturnRefund,
        ShippedRefund => any(random, &[AdvanceRefund, ReturnRefund]),
        AdvanceRefund => any(random, &[ShippedRefund, ReturnRefund]),
        _ => any(random, &[Exchange, ShippedRefund, AdvanceRefund]),
    };
    let kind = if random.one_in(6) { any(random, LineKind::ALL) } else { sensible };
    Some(Act::Convert { line, kind })
}

fn counting(random: &mut Random, model: &Model, case: Ix) -> Option<Act> {
    let waits: Vec<Ix> = model.cases[case].lines.iter().copied().filter(|line| model.awaited(*line) > 0).collect();
    let line = if random.one_in(6) { random.pick(&model.cases[case].lines) } else { random.pick(&waits) }?;
    let here: Vec<Ix> = (model.cases[case].parcels.iter().copied())
        .filter(|parcel| model.parcels[*parcel].state != ParcelState::Announced)
        .collect();
    let parcel = match random.below(12) {
        0 => (!model.parcels.is_empty()).then(|| random.below(model.parcels.len())),
        1..=6 => random.pick(&here),
        _ => None,
    };
    let reception = any(
        random,
        &[
            Reception::AsAnnounced,
            Reception::AsAnnounced,
            Reception::AsAnnounced,
            Reception::AsAnnounced,
            Reception::AsAnnounced,
            Reception::Missing,
            Reception::Undeclared,
            Reception::WrongItem,
        ],
    );
    let mut quantity = quantity(random, model.awaited(line));
    let mut serial = None;
    if random.one_in(2)
        && let Some(known) = model.lines[line].sold.and_then(|sold| {
            let own = &model.sold[sold].serials;
            if own.is_empty() { None } else { own.get(random.below(own.len())).cloned() }
        })
    {
        serial = Some(if random.one_in(5) { format!("{known}X") } else { known });
        quantity = if random.one_in(6) { quantity } else { 1 };
    }
    let when = match random.below(15) {
        0 => When::BeforeDispatch,
        1 => When::BeforeFiling,
        _ => When::Now,
    };
    let units = Units { line, quantity, reception, serial, swapped: random.one_in(6) };
    Some(Act::Count { parcel, units, when })
}

fn part(random: &mut Random, whole: i64) -> Option<i64> {
    if random.one_in(2) { None } else { Some(quantity(random, whole)) }
}

fn group_of(random: &mut Random, model: &Model, case: Ix, fits: impl Fn(&crate::model::Group) -> bool) -> Option<Ix> {
    let all: Vec<Ix> = model.groups_of(case).map(|(group, _)| group).collect();
    let fitting: Vec<Ix> = all.iter().copied().filter(|group| fits(&model.groups[*group])).collect();
    if random.one_in(8) { random.pick(&all) } else { random.pick(&fitting) }
}

fn inspecting(random: &mut Random, model: &Model, case: Ix) -> Option<Act> {
    if random.one_in(10) {
        let group = group_of(random, model, case, |group| group.judged.is_none() && !group.disposed)?;
        return Some(Act::Recount { group, quantity: part(random, model.groups[group].quantity) });
    }
    let second = random.one_in(6);
    let group = group_of(random, model, case, |group| !group.disposed && group.judged.is_some() == second)?;
    let row = &model.groups[group];
    let quantity = if second && !random.one_in(6) { None } else { part(random, row.quantity) };
    let grade = random.below(GRADES.len());
    let note = if second { !random.one_in(6) } else { random.one_in(2) };
    Some(Act::Inspect { group, quantity, grade, liability: any(random, &BEARERS), note })
}

fn disposing(random: &mut Random, model: &Model, case: Ix) -> Option<Act> {
    let kind = any(random, DispositionKind::ALL);
    if random.one_in(7) {
        let own = |disposition: &Ix| {
            model.lines[model.groups[model.dispositions[*disposition].group].line].case == case || model.is_over(case)
        };
        let known: Vec<Ix> = (0..model.dispositions.len()).filter(own).collect();
        return Some(Act::Correct { disposition: random.pick(&known)?, kind });
    }
    let group = group_of(random, model, case, |group| !group.disposed && group.judged.is_some())?;
    Some(Act::Dispose { group, quantity: part(random, model.groups[group].quantity), kind })
}

fn settling(random: &mut Random, model: &Model, tag: &str) -> Option<Act> {
    let case = running(random, model)?;
    let open: Vec<Ix> = model.settlements_of(case).map(|(settlement, _)| settlement).collect();
    match random.below(10) {
        0 => Some(Act::Cancel { settlement: random.pick(&open)? }),
        1..=2 => {
            let waiting = |one: &Ix| model.settlements[*one].state == SettlementState::Proposed;
            let waiting: Vec<Ix> = open.iter().copied().filter(waiting).collect();
            let settlement = if random.one_in(6) { random.pick(&open) } else { random.pick(&waiting) }?;
            Some(Act::Approve { settlement })
        }
        3 if random.one_in(2) => Some(Act::MarkDone { line: random.pick(&model.cases[case].lines)? }),
        4 if model.cases[case].invoice_open > 0 || random.one_in(20) => Some(Act::Reversed { case }),
        _ => Some(Act::Propose(keyed(random, model, case, tag)?)),
    }
}

fn keyed(random: &mut Random, model: &Model, case: Ix, tag: &str) -> Option<Keyed> {
    let line = random.pick(&model.cases[case].lines)?;
    let fitting: Vec<Basis> = BASES.iter().copied().filter(|basis| model.room(line, *basis) > 0).collect();
    let basis = if random.one_in(4) || fitting.is_empty() { any(random, &BASES) } else { any(random, &fitting) };
    let mut parts = Vec::new();
    let mut add = |random: &mut Random, line: Option<Ix>, kind: ComponentKind, amount: i64| {
        let bearer = if random.one_in(5) { any(random, &BEARERS) } else { Bearer::Shop };
        parts.push(Part { line, kind, amount, bearer });
    };
    if basis != Basis::Compensation || random.one_in(6) {
        let room = model.room(line, basis);
        let amount = match random.below(6) {
            0 => random.between(0, room + 1),
            1 => random.between(1, room.max(1)),
            2 => room + 1,
            _ => room.max(1),
        };
        let tax = if random.one_in(3) { amount / 9 } else { 0 };
        let named = match random.below(50) {
            0..=1 => None,
            2 => Some(random.below(model.lines.len())),
            _ => Some(line),
        };
        add(random, named, ComponentKind::Goods, amount - tax);
        if tax > 0 {
            add(random, named, ComponentKind::Tax, tax);
        }
    }
    if random.one_in(6) {
        let room = model.freight_room(case);
        let amount = (room + random.between(-1, 1)).max(1);
        add(random, None, ComponentKind::OutboundFreight, amount);
    }
    if basis == Basis::Compensation || random.one_in(8) {
        let kind =
            any(random, &[ComponentKind::Compensation, ComponentKind::PriceDifference, ComponentKind::ReturnFreight]);
        let room = model.extras_room(case);
        let amount = if random.one_in(4) { room + 1 } else { random.between(1, room.clamp(1, 6_000)) };
        let named = random.one_in(2).then_some(line);
        add(random, named, kind, amount);
    }
    if random.one_in(6) {
        let kind = any(random, &[ComponentKind::Deduction, ComponentKind::Fee]);
        let most = any(random, &[100, 100, 3_000, 300_000]);
        let amount = -random.between(0, most) * if random.one_in(12) { -1 } else { 1 };
        add(random, Some(line), kind, amount);
    }
    let means = match basis {
        Basis::PlatformDecided if !random.one_in(12) => "platform",
        _ if random.one_in(40) => "platform",
        _ => any(random, &["original", "original", "original", "credit", "manual"]),
    };
    let platform_number = match means {
        "platform" if !random.one_in(15) => format!("{tag}P{}", random.below(4)),
        _ => String::new(),
    };
    Some(Keyed { case, basis, means, parts, platform_number })
}

fn paying(random: &mut Random, model: &Model) -> Option<Act> {
    let of_payout = |fits: &dyn Fn(PayoutState) -> bool| -> Vec<Ix> {
        (0..model.payouts.len()).filter(|payout| fits(model.payouts[*payout].state)).collect()
    };
    let all = of_payout(&|_| true);
    match random.below(12) {
        0..=3 => {
            let approved = |one: &Ix| model.settlements[*one].state == SettlementState::Approved;
            let approved: Vec<Ix> = (0..model.settlements.len()).filter(approved).collect();
            let settlement = if random.one_in(8) && !model.settlements.is_empty() {
                random.below(model.settlements.len())
            } else {
                random.pick(&approved)?
            };
            let blocked = model.cases[model.settlements[settlement].case].invoice_open > 0;
            if blocked && random.one_in(2) {
                return Some(Act::Reversed { case: model.settlements[settlement].case });
            }
            let by_hand = model.settlements[settlement].means == "manual";
            if by_hand != random.one_in(12) {
                let proof = !random.one_in(12);
                return Some(Act::ByHand { settlement, instead: None, proof });
            }
            Some(Act::Pay { settlement })
        }
        4..=5 => {
            let waiting = of_payout(&|state| state == PayoutState::Requested);
            Some(Act::Begin { payout: if random.one_in(10) { random.pick(&all) } else { random.pick(&waiting) }? })
        }
        6..=9 => {
            let sent = of_payout(&|state| matches!(state, PayoutState::Sent | PayoutState::Unknown));
            let payout = if random.one_in(8) { random.pick(&all) } else { random.pick(&sent) }?;
            let said =
                any(random, &[Said::Done, Said::Done, Said::Refused, Said::Unknown, Said::NotSent, Said::NotKnown]);
            Some(Act::Answer { payout, said })
        }
        10 => Some(Act::Stop { payout: random.pick(&all)? }),
        _ => {
            let refused = of_payout(&|state| state == PayoutState::Failed);
            let payout = if random.one_in(6) { random.pick(&all) } else { random.pick(&refused) }?;
            if random.one_in(2) {
                return Some(Act::Retry { payout });
            }
            let settlement = model.payouts[payout].settlement;
            Some(Act::ByHand { settlement, instead: Some(payout), proof: true })
        }
    }
}

fn outbound(random: &mut Random, model: &Model, tag: &str) -> Option<Act> {
    let of_state = |state: OutboundState| -> Vec<Ix> {
        (0..model.outbound.len()).filter(|one| model.outbound[*one].state == state).collect()
    };
    let any_one = |random: &mut Random| (!model.outbound.is_empty()).then(|| random.below(model.outbound.len()));
    let odd = random.one_in(8);
    match random.below(7) {
        0..=2 => {
            let outbound = if odd { any_one(random) } else { random.pick(&of_state(OutboundState::Open)) }?;
            let number = if random.one_in(6) { random.below(model.outbound.len()) } else { outbound };
            Some(Act::Ship { outbound, waybill: format!("{tag}B{number}") })
        }
        3..=5 => {
            let outbound = if odd { any_one(random) } else { random.pick(&of_state(OutboundState::Shipped)) }?;
            Some(Act::Deliver { outbound })
        }
        _ => Some(Act::WaiveOutbound { outbound: any_one(random)? }),
    }
}
