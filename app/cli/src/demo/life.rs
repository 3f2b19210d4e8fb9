//! One case from its order to its end: each step looks at where the case stands and does what comes next.

use std::collections::BTreeMap;

use domain::state::{CaseState, ParcelState, PayoutState, SettlementState};
use domain::{Lang, LineKind, Permission, RmaId};
use engine::value::Value;
use operations::rma::file::{FileRma, file};
use operations::rma::form_check::kinds_of_reason;
use operations::{Actor, Error};

use super::catalog::DESCRIPTIONS;
use super::orders::{self, Ordered};
use super::{Demo, decide, goods, money};

/// A case's life.
pub(crate) struct Life {
    number: usize,
    rma: Option<RmaId>,
    /// Deadlines are kept mostly; some cases are left to wait.
    patience: u64,
}

impl Life {
    /// Not begun.
    pub(crate) const fn new(number: usize) -> Self {
        Self { number, rma: None, patience: 0 }
    }
}

/// Does the next step of a life; how long until the one after, or `None` when nothing is left.
pub(crate) fn step(demo: &mut Demo, life: &mut Life) -> Result<Option<i64>, Error> {
    match life.rma {
        None => {
            life.rma = begin(demo, life.number)?;
            life.patience = demo.random.below(100);
            let wait = demo.random.hours_ms(1, 6);
            Ok(life.rma.map(|_| wait))
        }
        // One in fifty is forgotten, so that boards have something late to show.
        Some(_) if life.patience < 2 => Ok(None),
        // Of the last days' cases half stop somewhere on their way: the desk has work of every kind to show.
        Some(_) if life.patience < 50 && demo.is_recent() && demo.random.chance(35) => Ok(None),
        Some(rma) => go_on(demo, rma),
    }
}

fn begin(demo: &mut Demo, number: usize) -> Result<Option<RmaId>, Error> {
    let kind = kind(demo);
    let shipped = kind != LineKind::UnshippedRefund;
    let days = i64::try_from(demo.random.below(6)).unwrap_or(0) + 1;
    let now = demo.app.now();
    let ordered = orders::place(demo, number, now, shipped, days)?;
    let command = command(demo, kind, &ordered)?;
    let Some(command) = command else { return Ok(None) };
    let by_customer = demo.random.chance(65);
    let actor = if by_customer {
        let lang = if demo.random.chance(75) { Lang::Zh } else { Lang::En };
        std::sync::Arc::new(Actor::customer(None, lang))
    } else {
        std::sync::Arc::clone(demo.world.who_may(Permission::RmaFile, None)?)
    };
    match demo.act(&actor, "rma.file", move |tx, ctx| file(tx, ctx, &command)) {
        Ok(filed) => Ok(Some(filed.rma)),
        // What the policy refuses is not a case: the customer was told why.
        Err(Error::Conflict(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn kind(demo: &mut Demo) -> LineKind {
    match demo.random.below(100) {
        0..55 => LineKind::ReturnRefund,
        55..72 => LineKind::Exchange,
        72..80 => LineKind::UnshippedRefund,
        80..86 => LineKind::ShippedRefund,
        86..91 => LineKind::Reship,
        91..95 => LineKind::Repair,
        _ => LineKind::ReturnRefund,
    }
}

// Fills the template's own form by what each field is for, not by its name.
fn command(demo: &mut Demo, kind: LineKind, ordered: &Ordered) -> Result<Option<FileRma>, Error> {
    use engine::form::FieldType;
    let definitions = demo.app.definitions();
    let release = std::sync::Arc::clone(definitions.current()?);
    let form = release.template.case_form().ok_or(Error::NotFound("form"))?;
    let lines = demo.app.read(|conn| Ok(store::case_facts::claim_lines(conn, ordered.id)?))?;
    let Some(line) = lines.first() else { return Ok(None) };
    let fits = |reason: &&operations::masters::ReasonRow| {
        let kinds = kinds_of_reason(&definitions, &reason.code);
        reason.parent_id.is_some() && !reason.evidence_required && (kinds.is_empty() || kinds.contains(&kind))
    };
    let reasons: Vec<&operations::masters::ReasonRow> = definitions.masters.reasons().iter().filter(fits).collect();
    let reason = demo.random.pick(&reasons).map(|reason| reason.code.clone()).unwrap_or_default();
    let quantity = 1 + i64::try_from(demo.random.below(u64::try_from(line.budget.ordered).unwrap_or(1))).unwrap_or(0);
    let contact = demo.app.read(|conn| {
        let order = store::case_facts::order(conn, ordered.id)?;
        match order.and_then(|order| order.contact_id) {
            Some(id) => Ok(store::contact::find(conn, id)?),
            None => Ok(None),
        }
    })?;
    let phone = contact.as_ref().and_then(|contact| contact.phone.clone()).unwrap_or_default();
    let name = contact.as_ref().and_then(|contact| contact.name.clone()).unwrap_or_default();
    let row = BTreeMap::from([
        ("line".to_owned(), Value::text(line.id.to_string())),
        ("kind".to_owned(), Value::text(kind.as_str())),
        ("quantity".to_owned(), Value::from(quantity)),
    ]);
    let customer =
        BTreeMap::from([("name".to_owned(), Value::text(name)), ("phone".to_owned(), Value::text(phone.clone()))]);
    let mut answers = BTreeMap::new();
    for field in &form.fields {
        let value = match field.kind {
            FieldType::Order => Value::text(ordered.number.clone()),
            FieldType::Goods => Value::List(vec![Value::Record(row.clone())]),
            FieldType::Reason => Value::text(reason.clone()),
            FieldType::Phone => Value::text(phone.clone()),
            FieldType::Customer => Value::Record(customer.clone()),
            FieldType::LongText => Value::text(demo.random.pick(DESCRIPTIONS).copied().unwrap_or_default()),
            _ => continue,
        };
        answers.insert(field.id.clone(), value);
    }
    let shop = demo.world.shops.get(ordered.shop).map(|(id, _)| *id).ok_or(Error::NotFound("shop"))?;
    Ok(Some(FileRma { shop, answers, override_reason: None, proven: Some(ordered.id) }))
}

fn go_on(demo: &mut Demo, id: RmaId) -> Result<Option<i64>, Error> {
    let rma = demo.app.read(|conn| Ok(store::rma::find(conn, id)?))?.ok_or(Error::NotFound("rma"))?;
    if rma.state.is_final() {
        return Ok(None);
    }
    if rma.state == CaseState::NeedsInfo {
        decide::answer(demo, id)?;
        return Ok(Some(demo.random.hours_ms(1, 20)));
    }
    if decide::decide(demo, id)? {
        return Ok(Some(demo.random.hours_ms(1, 8)));
    }
    if rma.agreed_at.is_none() {
        return Ok(None);
    }
    let parcels = demo.app.read(|conn| Ok(store::parcel::of_rma(conn, id)?))?;
    let work = demo.app.read(|conn| Ok(store::case_work::case_work(conn, id)?))?;
    let expects = demo.app.read(|conn| Ok(store::rma_line::of_rma(conn, id)?))?;
    let open_goods =
        expects.iter().any(|line| line.kind.expects_goods() && line.received + line.waived < line.approved);
    match parcels.first() {
        None if open_goods => {
            goods::announce(demo, id)?;
            return Ok(Some(demo.random.hours_ms(40, 96)));
        }
        Some(parcel) if parcel.state == ParcelState::Announced => {
            goods::sign(demo, &parcel.waybill)?;
            return Ok(Some(demo.random.hours_ms(1, 12)));
        }
        Some(parcel) if open_goods => {
            goods::count(demo, id, parcel.id)?;
            return Ok(Some(demo.random.hours_ms(1, 20)));
        }
        _ => {}
    }
    if work.uninspected + work.undispositioned > 0 {
        goods::inspect(demo, id)?;
        return Ok(Some(demo.random.hours_ms(1, 24)));
    }
    let settlements = demo.app.read(|conn| Ok(store::settlement::of_rma(conn, id)?))?;
    let open = settlements.iter().find(|one| {
        matches!(one.state, SettlementState::Proposed | SettlementState::Approved | SettlementState::Executing)
    });
    if let Some(settlement) = open {
        return money::go_on(demo, settlement);
    }
    if rma.settled_at.is_none() && money::propose(demo, id)? {
        return Ok(Some(demo.random.hours_ms(1, 16)));
    }
    if work.outbound_open > 0 {
        goods::send(demo, id)?;
        return Ok(Some(demo.random.hours_ms(24, 72)));
    }
    Ok(None)
}

/// Whether a payout waits to be sent or answered.
pub(crate) const fn is_open(state: PayoutState) -> bool {
    matches!(state, PayoutState::Requested | PayoutState::Sent | PayoutState::Unknown)
}
