//! What the store holds beside what the model says: a case's goods, money and orders, its order's budget, its books.

use domain::{OrderId, RmaId, SettlementId};
use store::Conn;
use support::World;

use crate::model::{Ix, Model, Who};
use crate::steps::{Act, Step};

/// The case a step is about.
pub(crate) fn case_of(model: &Model, step: &Step) -> Option<Ix> {
    let of_line = |line: Ix| model.lines[line].case;
    let of_group = |group: Ix| of_line(model.groups[group].line);
    let of_settlement = |settlement: Ix| model.settlements[settlement].case;
    let of_payout = |payout: Ix| of_settlement(model.payouts[payout].settlement);
    Some(match &step.act {
        Act::Order(_) | Act::Sign { .. } | Act::Open { .. } | Act::External { .. } => return None,
        Act::File { .. } => return model.cases.len().checked_sub(1),
        Act::Decide { case, .. } | Act::Announce { case, .. } | Act::Withdraw { case } | Act::Reversed { case } => {
            *case
        }
        Act::Count { units, .. } => of_line(units.line),
        Act::Recount { group, .. } | Act::Inspect { group, .. } | Act::Dispose { group, .. } => of_group(*group),
        Act::Correct { disposition, .. } => of_group(model.dispositions[*disposition].group),
        Act::Waive { line, .. } | Act::Convert { line, .. } | Act::MarkDone { line } => of_line(*line),
        Act::Propose(keyed) => keyed.case,
        Act::Approve { settlement } | Act::Cancel { settlement } | Act::Pay { settlement } => {
            of_settlement(*settlement)
        }
        Act::ByHand { settlement, .. } => of_settlement(*settlement),
        Act::Begin { payout } | Act::Answer { payout, .. } | Act::Retry { payout } | Act::Stop { payout } => {
            of_payout(*payout)
        }
        Act::Ship { outbound, .. } | Act::Deliver { outbound } | Act::WaiveOutbound { outbound } => {
            model.outbound[*outbound].case
        }
    })
}

/// Gives the model the ids that the product made on its own: orders that go out, invoices to reverse.
pub(crate) fn bind(world: &World, model: &mut Model) -> Result<(), String> {
    for case in 0..model.cases.len() {
        let rma = RmaId::from_raw(model.cases[case].id);
        if model.outbound_of(case).any(|(_, order)| order.id == 0) {
            let rows = world.read(|conn| store::outbound::of_rma(conn, rma));
            let own: Vec<Ix> = model.outbound_of(case).map(|(order, _)| order).collect();
            if rows.len() != own.len() {
                return Err(format!("orders going out: the model has {}, the store {}", own.len(), rows.len()));
            }
            for (order, row) in own.into_iter().zip(rows) {
                model.outbound[order].id = row.id.get();
            }
        }
        if model.cases[case].invoice_open > 0 {
            let rows = world.read(|conn| store::invoice_work::of_rma(conn, rma));
            let open = rows.iter().find(|row| row.state == "open");
            model.cases[case].invoice_id = open.map_or(0, |row| row.id.get());
        }
    }
    Ok(())
}

/// The case's state, its lines and its order: cheap enough after every step.
pub(crate) fn glance(world: &World, model: &Model, case: Ix) -> Result<(), String> {
    let seen = world.read(|conn| {
        let rma = store::rma::find(conn, RmaId::from_raw(model.cases[case].id))?.map(|rma| rma.state);
        Ok((rma, lines(conn, model, case)?, order(conn, model, model.cases[case].order)?))
    });
    let row = &model.cases[case];
    let own: Vec<LineSeen> = row.lines.iter().map(|line| line_said(model, *line)).collect();
    same("the case's state", Some(row.state), seen.0)?;
    same("its lines", own, seen.1)?;
    same("its order", order_said(model, row.order), seen.2)
}

/// Everything of a case: also goods, money, what goes out, the books.
pub(crate) fn look(world: &World, model: &Model, case: Ix) -> Result<(), String> {
    glance(world, model, case)?;
    let rma = RmaId::from_raw(model.cases[case].id);
    let (groups, settlements, out, books) = world.read(|conn| {
        let mut settlements = Vec::new();
        for row in store::settlement::of_rma(conn, rma)? {
            let payouts = store::payout::of_settlement(conn, row.id)?;
            let payouts: Vec<String> =
                payouts.iter().map(|one| format!("{} {}", one.state, one.amount_minor)).collect();
            settlements.push(format!(
                "{} {} {} second {} payouts {payouts:?}",
                row.basis, row.state, row.net_minor, row.needs_second
            ));
        }
        let mut out = Vec::new();
        for row in store::outbound::of_rma(conn, rma)? {
            let parts = store::outbound::lines(conn, row.id)?;
            let parts: Vec<(i64, i64)> = parts.iter().map(|part| (part.rma_line_id.get(), part.quantity)).collect();
            out.push(format!("{} {} {parts:?}", row.kind.as_str(), row.state));
        }
        let groups = store::unit_group::of_rma(conn, rma)?;
        let groups: Vec<String> = groups
            .iter()
            .map(|group| {
                let judged = group.grade_id.is_some();
                let line = group.rma_line_id;
                let disposed = group.dispositioned_at.is_some();
                format!("{line} {} {} judged {judged} disposed {disposed}", group.quantity, group.reception)
            })
            .collect();
        Ok((groups, settlements, out, books(conn, rma)?))
    });
    let invoices = world.read(|conn| store::invoice_work::of_rma(conn, rma));
    let open = invoices.iter().filter(|one| one.state == "open").map(|one| one.amount_minor).sum();
    same("what must be reversed in the invoices", model.cases[case].invoice_open, open)?;
    same("the groups", groups_said(model, case), groups)?;
    same("the settlements", settlements_said(model, case), settlements)?;
    same("what goes out", out_said(model, case), out)?;
    same("the books (refunded, credit, owed, sum)", books_said(model, case), books)
}

/// All of a history, and that the books balance.
pub(crate) fn look_at_all(world: &World, model: &Model) -> Result<(), String> {
    for case in 0..model.cases.len() {
        look(world, model, case).map_err(|differs| format!("case {case}: {differs}"))?;
    }
    for settlement in &model.settlements {
        let id = SettlementId::from_raw(settlement.id);
        let row = world.read(|conn| store::settlement::find(conn, id)).ok_or("a settlement is gone")?;
        // A2, whatever happened: above the limit two people.
        if row.needs_second && row.approved_by == Some(row.proposed_by) {
            return Err(format!("settlement {id} was approved by who keyed it"));
        }
        same("who keyed it", person(world, settlement.by), Some(row.proposed_by))?;
    }
    for known in &model.externals {
        let row = world.read(|conn| store::external_case::by_number(conn, world.shop, &known.number));
        let seen = row.map(|row| (row.source_version, row.raw_status));
        same("a platform's case", Some((known.version, known.status.to_owned())), seen)?;
    }
    invariants(model)
}

fn person(world: &World, who: Who) -> Option<domain::PersonId> {
    let name = match who {
        Who::Lead => "lead",
        Who::Finance => "finance",
        Who::Finance2 => "finance2",
        _ => return None,
    };
    Some(world.person_id(name))
}

// What must hold of the model itself, so that a mistake in it does not excuse the product.
fn invariants(model: &Model) -> Result<(), String> {
    let fails = |text: String| Err(text);
    for sold in &model.sold {
        if sold.free < 0 || sold.back > sold.shipped + sold.redelivered || sold.unshipped > sold.ordered - sold.shipped
        {
            return fails(format!("a budget is exceeded: {sold:?}"));
        }
        if sold.free > sold.ordered {
            return fails(format!("more can be claimed than was ordered: {sold:?}"));
        }
        if sold.free == 0 && (sold.free_goods, sold.free_tax) != (0, 0) {
            return fails(format!("all units are claimed and cents are left: {sold:?}"));
        }
    }
    for (ix, line) in model.lines.iter().enumerate() {
        let expected = line.received + line.waived <= line.requested;
        let counted = line.accepted + line.refused <= line.received && line.disposed <= line.received;
        let within = line.held <= line.goods + line.tax && line.held == model.keyed_on(ix);
        if !(expected && counted && within) {
            return fails(format!("a line is exceeded: {line:?}"));
        }
        if model.too_many_going(ix, line.accepted) > 0 {
            return fails(format!("more goes out in exchange than is accepted: {line:?}"));
        }
    }
    for order in &model.orders {
        let tenders = order.tenders.iter().all(|tender| (0..=tender.amount).contains(&tender.refunded));
        if order.held > order.captured || order.freight_held > order.freight || !tenders {
            return fails(format!("an order is refunded beyond what was paid: {order:?}"));
        }
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, model: T, store: T) -> Result<(), String> {
    if model == store {
        Ok(())
    } else {
        Err(format!("{what}: the model says\n  {model:?}\nthe store holds\n  {store:?}"))
    }
}

type LineSeen = (i64, String, [i64; 6], [i64; 4], bool);
type OrderSeen = (i64, i64, Vec<[i64; 5]>, Vec<i64>);

fn lines(conn: &Conn, model: &Model, case: Ix) -> Result<Vec<LineSeen>, store::Error> {
    let rows = store::rma_line::of_rma(conn, RmaId::from_raw(model.cases[case].id))?;
    let line = |row: &store::rma_line::RmaLineRow| {
        let counts = [row.approved, row.received, row.waived, row.accepted, row.refused, row.dispositioned];
        let cents = [row.share_goods_minor, row.share_tax_minor, row.settled_minor, row.settled_counted_minor];
        (row.id.get(), row.kind.to_string(), counts, cents, row.money_done)
    };
    Ok(rows.iter().map(line).collect())
}

fn line_said(model: &Model, line: Ix) -> LineSeen {
    let row = &model.lines[line];
    let counts = [row.approved, row.received, row.waived, row.accepted, row.refused, row.disposed];
    (row.id, row.kind.to_string(), counts, [row.goods, row.tax, row.held, row.held_counted], row.money_done)
}

fn order(conn: &Conn, model: &Model, order: Ix) -> Result<OrderSeen, store::Error> {
    let id = OrderId::from_raw(model.orders[order].id);
    let row = store::order::find(conn, id)?;
    let held = row.map_or((0, 0), |row| (row.held_minor, row.freight_held_minor));
    let lines = store::order::line::of_order(conn, id)?;
    let line = |line: &store::order::line::LineRow| {
        [
            line.ordered - line.cancelled + line.redelivered - line.claimed,
            line.claimed_goods,
            line.claimed_unshipped,
            line.paid_goods_minor + line.redelivered_goods_minor - line.allocated_goods_minor,
            line.paid_tax_minor + line.redelivered_tax_minor - line.allocated_tax_minor,
        ]
    };
    let tenders = store::order::tenders(conn, id)?.iter().map(|tender| tender.refunded_minor).collect();
    Ok((held.0, held.1, lines.iter().map(line).collect(), tenders))
}

fn order_said(model: &Model, order: Ix) -> OrderSeen {
    let row = &model.orders[order];
    let line = |line: &Ix| {
        let sold = &model.sold[*line];
        [sold.free, sold.back, sold.unshipped, sold.free_goods, sold.free_tax]
    };
    let tenders = row.tenders.iter().map(|tender| tender.refunded).collect();
    (row.held, row.freight_held, row.lines.iter().map(line).collect(), tenders)
}

// Two equal commands at the same moment may be told in either order; ids say which was first.
fn by_id<'m, T>(rows: impl Iterator<Item = (Ix, &'m T)>, id: fn(&T) -> i64) -> Vec<(Ix, &'m T)> {
    let mut rows: Vec<(Ix, &T)> = rows.collect();
    rows.sort_by_key(|row| id(row.1));
    rows
}

fn groups_said(model: &Model, case: Ix) -> Vec<String> {
    let group = |(_, group): (Ix, &crate::model::Group)| {
        let line = model.lines[group.line].id;
        let judged = group.judged.is_some();
        format!("{line} {} {} judged {judged} disposed {}", group.quantity, group.reception, group.disposed)
    };
    by_id(model.groups_of(case), |group| group.id).into_iter().map(group).collect()
}

fn settlements_said(model: &Model, case: Ix) -> Vec<String> {
    let one = |(ix, one): (Ix, &crate::model::Settlement)| {
        let payouts = by_id(model.payouts_of(ix), |payout| payout.id).into_iter();
        let payouts: Vec<String> = payouts.map(|(_, payout)| format!("{} {}", payout.state, payout.amount)).collect();
        format!("{} {} {} second {} payouts {payouts:?}", one.basis, one.state, one.net, one.needs_second)
    };
    by_id(model.settlements_of(case), |one| one.id).into_iter().map(one).collect()
}

fn out_said(model: &Model, case: Ix) -> Vec<String> {
    let one = |(_, order): (Ix, &crate::model::Outbound)| {
        let parts: Vec<(i64, i64)> = order.parts.iter().map(|part| (model.lines[part.0].id, part.1)).collect();
        format!("{} {} {parts:?}", order.kind.as_str(), order.state)
    };
    model.outbound_of(case).map(one).collect()
}

fn books(conn: &Conn, rma: RmaId) -> Result<[i64; 4], store::Error> {
    let entries = store::ledger::of_rma(conn, rma)?;
    let sum =
        |kind: &str| -> i64 { entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.amount_minor).sum() };
    let all = entries.iter().map(|entry| entry.amount_minor).sum();
    Ok([sum("refund_expense"), -sum("store_credit"), sum("receivable"), all])
}

fn books_said(model: &Model, case: Ix) -> [i64; 4] {
    let (refunded, credit, owed) = model.books(case);
    [refunded, credit, owed, 0]
}
