//! Steps as the product's own commands, run through `App::run` by the people of the small merchant.

use std::sync::Arc;

use domain::state::{DispositionKind, PayoutState, Reception};
use domain::{
    DispositionId, GradeId, OrderId, OutboundOrderId, ParcelId, PayoutId, RmaId, RmaLineId, SettlementId, Timestamp,
    UnitGroupId,
};
use engine::value::Value;
use operations::order::facts::{ContactFacts, LineFacts, OrderFacts, ShipmentFacts, ShipmentLineFacts, TenderFacts};
use operations::rma::decide::{Choice, Decide};
use operations::run::ClientKey;
use operations::warehouse::count::CountedUnits;
use operations::{Actor, Call, Ctx, Error, external_case, order, outbound, payout, rma, settlement, warehouse};
use serde::{Deserialize, Serialize};
use store::{Lane, Tx};
use support::{DAY_MS, World};

use crate::model::{Model, Node, Who};
use crate::steps::{Act, GRADES, NewOrder, Said, Step, When};

/// A command with real ids.
#[derive(Clone)]
pub(crate) enum Cmd {
    Put(Box<OrderFacts>),
    File(rma::file::FileRma),
    Decide(Decide),
    Announce(warehouse::announce::Announce),
    Sign(warehouse::sign::Sign),
    Open(warehouse::open::Open),
    Count(warehouse::count::Count),
    Recount(warehouse::recount::Recount),
    Inspect(warehouse::inspect::Inspect),
    Dispose(warehouse::dispose::Dispose),
    Correct(warehouse::correct::Correct),
    Waive(warehouse::waive::WaiveGoods),
    Convert(warehouse::convert::Convert),
    Propose(settlement::propose::Propose),
    Approve(settlement::approve::ApproveSettlement),
    Cancel(settlement::cancel::CancelSettlement),
    Pay(settlement::pay::Pay),
    ByHand(payout::by_hand::PaidByHand),
    MarkDone(settlement::mark_done::MarkDone),
    Reversed(settlement::invoice::InvoiceReversed),
    Begin(payout::begin::Begin),
    Answer(payout::answer::Answered),
    Retry(payout::retry::Retry),
    Stop(payout::stop::Stop),
    Ship(outbound::ship::Ship),
    Deliver(outbound::deliver::Deliver),
    WaiveOutbound(outbound::waive::WaiveOutbound),
    Withdraw(rma::withdraw::Withdraw),
    External(external_case::ExternalCaseFacts),
}

/// What a command answered, as the idempotency table keeps it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Done {
    Order(PutOrder),
    Filed { rma: i64, auto: bool, lines: Vec<i64> },
    Id(i64),
    Parcel(i64),
    Counted { group: i64, line: i64 },
    Inspected { part: i64, cap: i64, owed: i64 },
    Disposed { disposition: i64, part: i64 },
    Proposed { id: i64, net: i64, second: bool },
    Paying(Vec<i64>),
    Claimed(bool),
    Payout(PayoutState),
    External { version: i64, taken: bool, case: Option<i64> },
}

/// An order as it was taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PutOrder {
    pub(crate) id: i64,
    pub(crate) number: String,
    pub(crate) captured: i64,
    pub(crate) freight: i64,
    pub(crate) lines: Vec<PutLine>,
    pub(crate) tenders: Vec<(String, i64)>,
    pub(crate) serials: Vec<String>,
}

/// A line of it with what was paid for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PutLine {
    pub(crate) id: i64,
    pub(crate) shipped: i64,
    pub(crate) goods: i64,
    pub(crate) tax: i64,
    pub(crate) freight: i64,
}

/// Runs a command as somebody, under a key or none. Also says whether the answer was given before.
pub(crate) fn run(world: &World, who: Who, cmd: Cmd, key: Option<&str>) -> Result<(Done, bool), Error> {
    let mut call = Call::new(actor(world, who), cmd.name());
    call.lane = Lane::Interactive;
    call.key = key.map(|key| ClientKey { key: key.to_owned(), request_hash: [cmd.name().len() as u8; 32] });
    let answer = world.app.run_blocking(call, move |tx, ctx| cmd.perform(tx, ctx))?;
    Ok((answer.value, answer.replayed))
}

fn actor(world: &World, who: Who) -> Arc<Actor> {
    let name = match who {
        Who::System => return Arc::new(Actor::system()),
        Who::Agent => "agent",
        Who::Lead => "lead",
        Who::Clerk => "clerk",
        Who::Inspector => "inspector",
        Who::Finance => "finance",
        Who::Finance2 => "finance2",
        Who::Cfo => "cfo",
    };
    world.person(name)
}

impl Cmd {
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Put(_) => "order.put",
            Self::File(_) => "rma.file",
            Self::Decide(_) => "rma.decide",
            Self::Announce(_) => "parcel.announce",
            Self::Sign(_) => "parcel.sign",
            Self::Open(_) => "parcel.open",
            Self::Count(_) => "goods.count",
            Self::Recount(_) => "goods.recount",
            Self::Inspect(_) => "goods.inspect",
            Self::Dispose(_) => "goods.dispose",
            Self::Correct(_) => "goods.correct",
            Self::Waive(_) => "goods.waive",
            Self::Convert(_) => "line.convert",
            Self::Propose(_) => "settlement.propose",
            Self::Approve(_) => "settlement.approve",
            Self::Cancel(_) => "settlement.cancel",
            Self::Pay(_) => "settlement.pay",
            Self::ByHand(_) => "payout.by_hand",
            Self::MarkDone(_) => "settlement.mark_done",
            Self::Reversed(_) => "invoice.reversed",
            Self::Begin(_) => "payout.begin",
            Self::Answer(_) => "payout.answer",
            Self::Retry(_) => "payout.retry",
            Self::Stop(_) => "payout.stop",
            Self::Ship(_) => "outbound.ship",
            Self::Deliver(_) => "outbound.deliver",
            Self::WaiveOutbound(_) => "outbound.waive",
            Self::Withdraw(_) => "rma.withdraw",
            Self::External(_) => "external_case.put",
        }
    }

    fn perform(&self, tx: &Tx<'_>, ctx: &mut Ctx<'_>) -> Result<Done, Error> {
        Ok(match self {
            Self::Put(cmd) => Done::Order(put_order(tx, order::put::put(tx, ctx, cmd)?.order_id, cmd)?),
            Self::File(cmd) => {
                let filed = rma::file::file(tx, ctx, cmd)?;
                let lines = store::rma_line::of_rma(tx, filed.rma)?.iter().map(|line| line.id.get()).collect();
                let auto = filed.verdict == domain::state::Verdict::AutoAgree;
                Done::Filed { rma: filed.rma.get(), auto, lines }
            }
            Self::Decide(cmd) => Done::Id(rma::decide::decide(tx, ctx, cmd)?.decision.get()),
            Self::Announce(cmd) => Done::Id(warehouse::announce::announce(tx, ctx, cmd)?.parcel.get()),
            Self::Sign(cmd) => Done::Parcel(warehouse::sign::sign(tx, ctx, cmd)?[0].parcel.get()),
            Self::Open(cmd) => Done::Id(warehouse::open::open(tx, ctx, cmd)?.get()),
            Self::Count(cmd) => {
                let counted = warehouse::count::count(tx, ctx, cmd)?[0];
                Done::Counted { group: counted.unit_group.get(), line: counted.line.get() }
            }
            Self::Recount(cmd) => Done::Id(warehouse::recount::recount(tx, ctx, cmd)?.get()),
            Self::Inspect(cmd) => {
                let seen = warehouse::inspect::inspect(tx, ctx, cmd)?;
                Done::Inspected { part: seen.unit_group.get(), cap: seen.cap_counted_minor, owed: seen.liability_minor }
            }
            Self::Dispose(cmd) => {
                let done = warehouse::dispose::dispose(tx, ctx, cmd)?;
                Done::Disposed { disposition: done.disposition.get(), part: done.unit_group.get() }
            }
            Self::Correct(cmd) => Done::Id(warehouse::correct::correct(tx, ctx, cmd)?.get()),
            Self::Waive(cmd) => Done::Id(warehouse::waive::waive(tx, ctx, cmd)?.get()),
            Self::Convert(cmd) => Done::Id(warehouse::convert::convert(tx, ctx, cmd)?.get()),
            Self::Propose(cmd) => {
                let keyed = settlement::propose::propose(tx, ctx, cmd)?;
                Done::Proposed { id: keyed.settlement.get(), net: keyed.net_minor, second: keyed.needs_second }
            }
            Self::Approve(cmd) => Done::Id(settlement::approve::approve(tx, ctx, cmd)?.get()),
            Self::Cancel(cmd) => Done::Id(settlement::cancel::cancel(tx, ctx, cmd)?.get()),
            Self::Pay(cmd) => {
                let paying = settlement::pay::pay(tx, ctx, cmd)?;
                Done::Paying(paying.payouts.iter().map(|payout| payout.get()).collect())
            }
            Self::MarkDone(cmd) => Done::Id(settlement::mark_done::mark_done(tx, ctx, cmd)?.get()),
            Self::Reversed(cmd) => Done::Id(settlement::invoice::reversed(tx, ctx, cmd)?.get()),
            other => other.perform_outside(tx, ctx)?,
        })
    }

    // Payments and what goes out.
    fn perform_outside(&self, tx: &Tx<'_>, ctx: &mut Ctx<'_>) -> Result<Done, Error> {
        Ok(match self {
            Self::ByHand(cmd) => Done::Id(payout::by_hand::by_hand(tx, ctx, cmd)?.get()),
            Self::Begin(cmd) => Done::Claimed(payout::begin::begin(tx, ctx, cmd)?.is_some()),
            Self::Answer(cmd) => Done::Payout(payout::answer::answer(tx, ctx, cmd)?),
            Self::Retry(cmd) => Done::Id(payout::retry::retry(tx, ctx, cmd)?.get()),
            Self::Stop(cmd) => Done::Id(payout::stop::stop(tx, ctx, cmd)?.get()),
            Self::Ship(cmd) => Done::Id(outbound::ship::ship(tx, ctx, cmd)?.get()),
            Self::Deliver(cmd) => Done::Id(outbound::deliver::deliver(tx, ctx, cmd)?.get()),
            Self::WaiveOutbound(cmd) => Done::Id(outbound::waive::waive(tx, ctx, cmd)?.get()),
            Self::Withdraw(cmd) => Done::Id(rma::withdraw::withdraw(tx, ctx, cmd)?.get()),
            Self::External(cmd) => {
                let put = external_case::put(tx, ctx, cmd)?;
                let taken = !matches!(put.outcome, order::put::Outcome::Same | order::put::Outcome::Older);
                Done::External { version: put.source_version, taken, case: put.rma_id.map(domain::RmaId::get) }
            }
            _ => return Err(Error::NotFound("verb")),
        })
    }
}

fn put_order(tx: &Tx<'_>, id: OrderId, facts: &OrderFacts) -> Result<PutOrder, Error> {
    let row = store::order::find(tx, id)?.ok_or(Error::NotFound("order"))?;
    let lines = store::order::line::of_order(tx, id)?;
    let line = |line: &store::order::line::LineRow| PutLine {
        id: line.id.get(),
        shipped: line.shipped,
        goods: line.paid_goods_minor,
        tax: line.paid_tax_minor,
        freight: line.paid_freight_minor,
    };
    let tenders = store::order::tenders(tx, id)?;
    let serials = facts.shipments.iter().flat_map(|one| &one.lines).flat_map(|line| line.serials.clone()).collect();
    Ok(PutOrder {
        id: id.get(),
        number: row.number,
        captured: row.captured_minor,
        freight: row.freight_minor,
        lines: lines.iter().map(line).collect(),
        tenders: tenders.into_iter().map(|one| (one.kind, one.amount_minor)).collect(),
        serials,
    })
}

/// The real command of a step.
pub(crate) fn command(world: &World, model: &Model, tag: &str, step: &Step) -> Cmd {
    let case = |case: usize| RmaId::from_raw(model.cases[case].id);
    let line = |line: usize| RmaLineId::from_raw(model.lines[line].id);
    let group = |group: usize| UnitGroupId::from_raw(model.groups[group].id);
    let reason = || "as the steps say".to_owned();
    match &step.act {
        Act::Order(new) => Cmd::Put(Box::new(facts(world, new, &format!("{tag}O{}", model.orders.len())))),
        Act::File { order, lines } => Cmd::File(filing(world, model, *order, lines)),
        Act::Decide { case: ix, node, agree } => Cmd::Decide(Decide {
            rma: case(*ix),
            node: if *node == Node::Cfo { "cfo_approval" } else { "first_review" }.to_owned(),
            round: 1,
            choice: if *agree { Choice::Agree } else { Choice::Reject },
            note: reason(),
        }),
        Act::Announce { case: ix, waybill } => {
            let cmd = warehouse::announce::Announce {
                rma: case(*ix),
                carrier: Some(world.carrier),
                waybill: waybill.clone(),
            };
            Cmd::Announce(cmd)
        }
        Act::Sign { waybill } => {
            let waybills = vec![waybill.clone()];
            Cmd::Sign(warehouse::sign::Sign { warehouse: world.warehouse, carrier: None, waybills, at: None })
        }
        Act::Open { parcel } => {
            Cmd::Open(warehouse::open::Open { parcel: ParcelId::from_raw(model.parcels[*parcel].id), at: None })
        }
        Act::Count { parcel, units, when } => Cmd::Count(counting(world, model, *parcel, units, *when)),
        Act::Recount { group: ix, quantity } => {
            Cmd::Recount(warehouse::recount::Recount { unit_group: group(*ix), quantity: *quantity, reason: reason() })
        }
        Act::Inspect { group: ix, quantity, grade, liability, note } => Cmd::Inspect(warehouse::inspect::Inspect {
            unit_group: group(*ix),
            quantity: *quantity,
            grade: grade_id(world, *grade),
            accepted: None,
            liability: *liability,
            checklist: String::new(),
            answers: serde_json::Map::new(),
            attachments: Vec::new(),
            note: if *note { reason() } else { String::new() },
            seconds_spent: 1,
        }),
        Act::Dispose { group: ix, quantity, kind } => {
            Cmd::Dispose(warehouse::dispose::Dispose { unit_group: group(*ix), quantity: *quantity, kind: *kind })
        }
        Act::Correct { disposition, kind } => Cmd::Correct(correction(model, *disposition, *kind, reason())),
        Act::Waive { line: ix, quantity } => {
            Cmd::Waive(warehouse::waive::WaiveGoods { line: line(*ix), quantity: *quantity, reason: reason() })
        }
        Act::Convert { line: ix, kind } => {
            Cmd::Convert(warehouse::convert::Convert { line: line(*ix), kind: *kind, reason: reason() })
        }
        Act::MarkDone { line: ix } => {
            Cmd::MarkDone(settlement::mark_done::MarkDone { line: line(*ix), reason: reason() })
        }
        Act::Withdraw { case: ix } => Cmd::Withdraw(rma::withdraw::Withdraw { rma: case(*ix), reason: reason() }),
        _ => money_command(world, model, step),
    }
}

fn money_command(world: &World, model: &Model, step: &Step) -> Cmd {
    let settlement_id = |ix: usize| SettlementId::from_raw(model.settlements[ix].id);
    let payout_id = |ix: usize| PayoutId::from_raw(model.payouts[ix].id);
    let reason = || "as the steps say".to_owned();
    match &step.act {
        Act::Propose(keyed) => {
            let component = |part: &crate::model::Part| settlement::propose::NewComponent {
                line: part.line.map(|line| RmaLineId::from_raw(model.lines[line].id)),
                kind: part.kind,
                amount_minor: part.amount,
                bearer: part.bearer,
                supplier: None,
                carrier: None,
                note: String::new(),
            };
            Cmd::Propose(settlement::propose::Propose {
                rma: RmaId::from_raw(model.cases[keyed.case].id),
                order: None,
                basis: keyed.basis,
                means: keyed.means.to_owned(),
                components: keyed.parts.iter().map(component).collect(),
                platform_number: keyed.platform_number.clone(),
                note: String::new(),
            })
        }
        Act::Approve { settlement: ix } => {
            Cmd::Approve(settlement::approve::ApproveSettlement { settlement: settlement_id(*ix) })
        }
        Act::Cancel { settlement: ix } => {
            Cmd::Cancel(settlement::cancel::CancelSettlement { settlement: settlement_id(*ix), reason: reason() })
        }
        Act::Pay { settlement: ix } => Cmd::Pay(settlement::pay::Pay { settlement: settlement_id(*ix) }),
        Act::ByHand { settlement: ix, instead, proof } => Cmd::ByHand(payout::by_hand::PaidByHand {
            settlement: settlement_id(*ix),
            instead_of: instead.map(payout_id),
            proof: if *proof { "transfer 1".to_owned() } else { String::new() },
        }),
        Act::Reversed { case } => {
            let invoice = domain::InvoiceWorkId::from_raw(model.cases[*case].invoice_id);
            Cmd::Reversed(settlement::invoice::InvoiceReversed { invoice, number: "R".to_owned() })
        }
        Act::Begin { payout: ix } => Cmd::Begin(payout::begin::Begin { payout: payout_id(*ix) }),
        Act::Answer { payout: ix, said } => {
            let outcome = outcome(*said);
            let started_at = world.app.now();
            Cmd::Answer(payout::answer::Answered { payout: payout_id(*ix), outcome, started_at })
        }
        Act::Retry { payout: ix } => Cmd::Retry(payout::retry::Retry { payout: payout_id(*ix) }),
        Act::Stop { payout: ix } => Cmd::Stop(payout::stop::Stop { payout: payout_id(*ix) }),
        _ => outside_command(model, step),
    }
}

// What leaves the house, and what a platform says.
fn outside_command(model: &Model, step: &Step) -> Cmd {
    let outbound_id = |ix: usize| OutboundOrderId::from_raw(model.outbound[ix].id);
    let reason = || "as the steps say".to_owned();
    match &step.act {
        Act::Ship { outbound: ix, waybill } => {
            let (outbound, waybill) = (outbound_id(*ix), waybill.clone());
            Cmd::Ship(outbound::ship::Ship { outbound, carrier: None, waybill, at: None })
        }
        Act::Deliver { outbound: ix } => {
            Cmd::Deliver(outbound::deliver::Deliver { outbound: outbound_id(*ix), at: None })
        }
        Act::WaiveOutbound { outbound: ix } => {
            Cmd::WaiveOutbound(outbound::waive::WaiveOutbound { outbound: outbound_id(*ix), reason: reason() })
        }
        Act::External { order, number, version, status } => Cmd::External(external_case::ExternalCaseFacts {
            shop: "A".to_owned(),
            number: number.clone(),
            source_version: *version,
            order_number: model.orders[*order].number.clone(),
            raw_status: (*status).to_owned(),
            mapped_status: None,
            kind: String::new(),
            amount_minor: Some(100),
            currency: None,
            due_at: None,
        }),
        other => panic!("{other:?} has a command of its own"),
    }
}

fn outcome(said: Said) -> payout::answer::Outcome {
    use payout::answer::Outcome;
    let detail = || "on the line".to_owned();
    match said {
        Said::Done => Outcome::Done { gateway_id: "G1".to_owned() },
        Said::Refused => Outcome::Refused { reason: detail() },
        Said::Unknown => Outcome::Unknown { detail: detail() },
        Said::NotSent => Outcome::NotSent { detail: detail() },
        Said::NotKnown => Outcome::NotKnown,
    }
}

fn correction(model: &Model, disposition: usize, kind: DispositionKind, reason: String) -> warehouse::correct::Correct {
    let disposition = DispositionId::from_raw(model.dispositions[disposition].id);
    warehouse::correct::Correct { disposition, kind, reason }
}

fn grade_id(world: &World, grade: usize) -> GradeId {
    world.grade(GRADES[grade].0)
}

fn counting(
    world: &World,
    model: &Model,
    parcel: Option<usize>,
    units: &crate::steps::Units,
    when: When,
) -> warehouse::count::Count {
    let row = &model.lines[units.line];
    let announced = matches!(units.reception, Reception::AsAnnounced | Reception::Missing);
    let counted = CountedUnits {
        line: Some(RmaLineId::from_raw(row.id)),
        rma: announced.then_some(RmaId::from_raw(model.cases[row.case].id)),
        sku: None,
        quantity: units.quantity,
        reception: units.reception,
        serial: units.serial.clone(),
        swapped: units.swapped,
        lot: None,
        expires_on: None,
    };
    let at = match when {
        When::Now => None,
        When::BeforeDispatch => Some(world.app.now().plus_ms(-40 * DAY_MS)),
        When::BeforeFiling => Some(world.app.now().plus_ms(-DAY_MS)),
    };
    let parcel = parcel.map(|parcel| ParcelId::from_raw(model.parcels[parcel].id));
    let warehouse = parcel.is_none().then_some(world.warehouse);
    warehouse::count::Count { parcel, warehouse, units: vec![counted], at }
}

fn filing(world: &World, model: &Model, order: usize, lines: &[(usize, domain::LineKind, i64)]) -> rma::file::FileRma {
    let rows = lines.iter().map(|(sold, kind, quantity)| {
        let row = [
            ("line".to_owned(), Value::text(model.sold[*sold].id.to_string())),
            ("kind".to_owned(), Value::text(kind.as_str())),
            ("quantity".to_owned(), Value::number(*quantity)),
        ];
        Value::Record(row.into_iter().collect())
    });
    let customer = [("name".to_owned(), Value::text("张三")), ("phone".to_owned(), Value::text("13800001111"))];
    let answers = [
        ("order".to_owned(), Value::text(model.orders[order].number.as_str())),
        ("customer".to_owned(), Value::Record(customer.into_iter().collect())),
        ("goods".to_owned(), Value::List(rows.collect())),
        ("reason".to_owned(), Value::text("other_reason")),
        ("description".to_owned(), Value::text("测试")),
        ("return_phone".to_owned(), Value::text("13800001111")),
    ];
    rma::file::FileRma {
        shop: world.shop,
        answers: answers.into_iter().collect(),
        override_reason: Some("as the steps say".to_owned()),
        proven: None,
    }
}

fn facts(world: &World, new: &NewOrder, number: &str) -> OrderFacts {
    let ago = |days: i64| -> Timestamp { world.app.now().plus_ms(-days * DAY_MS) };
    let gross: i64 = new.lines.iter().map(|line| line.0 * line.1 - line.2).sum();
    let left: Vec<i64> = new.lines.iter().zip(&new.shipped).map(|(line, percent)| line.0 * percent / 100).collect();
    let serials = |line_no: i64, count: i64| -> Vec<String> {
        let own = if line_no == 1 { new.serials.min(count) } else { 0 };
        (0..own).map(|index| format!("SN{number}-{index}")).collect()
    };
    let shipped = (1_i64..).zip(&left).filter(|(_, count)| **count > 0).map(|(line_no, count)| ShipmentLineFacts {
        line_no,
        quantity: *count,
        serials: serials(line_no, *count),
    });
    let shipped: Vec<ShipmentLineFacts> = shipped.collect();
    let shipment = ShipmentFacts {
        waybill: format!("OUT{number}"),
        carrier: None,
        state: "delivered".to_owned(),
        shipped_at: ago(20),
        delivered_at: Some(ago(2)),
        lines: shipped,
    };
    let line = |(line_no, (quantity, price, discount)): (i64, &(i64, i64, i64))| LineFacts {
        line_no,
        sku: format!("SKU{line_no}"),
        name: format!("Article {line_no}"),
        quantity: *quantity,
        cancelled: 0,
        shipped: None,
        unit_price_minor: *price,
        discount_minor: *discount,
        paid_minor: None,
        tax_minor: None,
        freight_minor: None,
        is_gift: *price == 0,
    };
    let captured = gross + new.tax + new.freight;
    OrderFacts {
        shop: "A".to_owned(),
        number: number.to_owned(),
        source_version: 1,
        state: "paid".to_owned(),
        ordered_at: ago(21),
        paid_at: Some(ago(21)),
        shipped_at: None,
        delivered_at: None,
        currency: None,
        captured_minor: Some(captured),
        tax_minor: Some(new.tax),
        freight_minor: Some(new.freight),
        invoice: new.invoice.to_owned(),
        customer_no: Some("C1".to_owned()),
        contact: Some(ContactFacts {
            name: Some("张三".to_owned()),
            phone: Some("13800001111".to_owned()),
            address: Some("杭州市西湖区二号".to_owned()),
            ..ContactFacts::default()
        }),
        lines: (1_i64..).zip(&new.lines).map(line).collect(),
        shipments: if shipment.lines.is_empty() { Vec::new() } else { vec![shipment] },
        tenders: tenders(new, number, captured),
    }
}

// The parts of a payment in percent; the last takes the rest.
fn tenders(new: &NewOrder, number: &str, captured: i64) -> Vec<TenderFacts> {
    let mut left = captured;
    let last = new.tenders.len().saturating_sub(1);
    let parts = new.tenders.iter().enumerate().map(|(index, (kind, percent))| {
        let amount_minor = if index == last { left } else { captured * percent / 100 };
        left -= amount_minor;
        TenderFacts { kind: (*kind).to_owned(), reference: format!("PAY{number}{kind}"), amount_minor }
    });
    parts.filter(|tender| tender.amount_minor > 0).collect()
}
