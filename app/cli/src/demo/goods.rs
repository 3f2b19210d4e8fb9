//! The goods' part: announced, signed, opened and counted, inspected, disposed of, sent out again.

use std::sync::Arc;

use domain::state::{Bearer, DispositionKind, OutboundState, Reception};
use domain::{ParcelId, Permission, RmaId};
use operations::Error;
use operations::outbound::deliver::{Deliver, deliver};
use operations::outbound::ship::{Ship, ship};
use operations::warehouse::announce::{Announce, announce as run_announce};
use operations::warehouse::checklist::of_category;
use operations::warehouse::count::{Count, CountedUnits, count as run_count};
use operations::warehouse::dispose::{Dispose, dispose};
use operations::warehouse::inspect::{Inspect, inspect as run_inspect};
use operations::warehouse::sign::{Sign, sign as run_sign};

use super::Demo;

/// The customer's return waybill.
pub(crate) fn announce(demo: &mut Demo, id: RmaId) -> Result<(), Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::RmaNote, None)?);
    let waybill = format!("SF{:011}", demo.random.below(100_000_000_000));
    let command = Announce { rma: id, carrier: Some(demo.world.carrier), waybill };
    demo.act(&actor, "parcel.announce", move |tx, ctx| run_announce(tx, ctx, &command))?;
    Ok(())
}

/// The dock signs a parcel.
pub(crate) fn sign(demo: &Demo, waybill: &str) -> Result<(), Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::ParcelSign, None)?);
    let command = Sign {
        warehouse: demo.world.warehouse,
        carrier: Some(demo.world.carrier),
        waybills: vec![waybill.to_owned()],
        at: None,
    };
    demo.act(&actor, "parcel.sign", move |tx, ctx| run_sign(tx, ctx, &command))?;
    Ok(())
}

/// The bench opens a parcel and counts what is in it.
pub(crate) fn count(demo: &Demo, id: RmaId, parcel: ParcelId) -> Result<(), Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::ParcelReceive, None)?);
    let lines = demo.app.read(|conn| Ok(store::rma_line::of_rma(conn, id)?))?;
    let expected = lines.iter().filter(|line| line.kind.expects_goods() && line.received + line.waived < line.approved);
    let units = expected.map(|line| CountedUnits {
        line: Some(line.id),
        rma: None,
        sku: None,
        quantity: line.approved - line.received - line.waived,
        reception: Reception::AsAnnounced,
        serial: None,
        swapped: false,
        lot: None,
        expires_on: None,
    });
    let command = Count { parcel: Some(parcel), warehouse: None, units: units.collect(), at: None };
    demo.act(&actor, "goods.count", move |tx, ctx| run_count(tx, ctx, &command))?;
    Ok(())
}

/// The inspector grades what was counted, then disposes of it.
pub(crate) fn inspect(demo: &mut Demo, id: RmaId) -> Result<(), Error> {
    let inspector = Arc::clone(demo.world.who_may(Permission::Inspect, None)?);
    let disposer = Arc::clone(demo.world.who_may(Permission::Dispose, None)?);
    let definitions = demo.app.definitions();
    let groups = demo.app.read(|conn| Ok(store::unit_group::of_rma(conn, id)?))?;
    let lines = demo.app.read(|conn| Ok(store::rma_line::of_rma(conn, id)?))?;
    for group in groups {
        let sound = demo.random.chance(88);
        let grades = definitions.masters.grades().iter().filter(|grade| grade.active && grade.accepted == sound);
        let grades: Vec<_> = grades.collect();
        let Some(grade) = demo.random.pick(&grades).copied() else { continue };
        if group.inspected_at.is_none() {
            let line = lines.iter().find(|line| line.id == group.rma_line_id);
            let (checklist, answers) = faultless(demo, line.and_then(|line| line.sku_id))?;
            let command = Inspect {
                unit_group: group.id,
                quantity: None,
                grade: grade.id,
                accepted: None,
                liability: if sound { Bearer::Customer } else { Bearer::Carrier },
                checklist,
                answers,
                attachments: Vec::new(),
                note: String::new(),
                seconds_spent: 30 + i64::try_from(demo.random.below(200)).unwrap_or(0),
            };
            demo.act(&inspector, "goods.inspect", move |tx, ctx| run_inspect(tx, ctx, &command))?;
        }
        let repaired = lines.iter().any(|line| line.id == group.rma_line_id && line.kind == domain::LineKind::Repair);
        let kind = match DispositionKind::parse(&grade.disposition) {
            Some(_) if repaired && sound => DispositionKind::Repair,
            Some(kind) => kind,
            None => DispositionKind::Defective,
        };
        let command = Dispose { unit_group: group.id, quantity: None, kind };
        match demo.act(&disposer, "goods.dispose", move |tx, ctx| dispose(tx, ctx, &command)) {
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The category's checklist with what a faultless unit answers.
fn faultless(
    demo: &Demo,
    sku: Option<domain::SkuId>,
) -> Result<(String, serde_json::Map<String, serde_json::Value>), Error> {
    let none = (String::new(), serde_json::Map::new());
    let Some(sku) = sku else { return Ok(none) };
    let category = demo.app.read(|conn| Ok(store::sku::find(conn, sku)?))?.map(|sku| sku.category);
    let definitions = demo.app.definitions();
    let current = definitions.current()?;
    let lists = &current.template.template().checklists;
    let Some(list) = of_category(lists, &category.unwrap_or_default()) else { return Ok(none) };
    let answer = |item: &engine::template::ChecklistItem| {
        let first = || item.options.first().map_or_else(|| "yes".to_owned(), |option| option.id.clone());
        let own = item.clean.clone().unwrap_or_else(first);
        let value = match item.answer {
            engine::template::Answer::YesNo => serde_json::Value::Bool(own == "yes"),
            _ => serde_json::Value::String(own),
        };
        (item.id.clone(), value)
    };
    Ok((list.id.clone(), list.items.iter().filter(|item| item.required).map(answer).collect()))
}

/// Ships what is to go out, or delivers what was shipped.
pub(crate) fn send(demo: &mut Demo, id: RmaId) -> Result<(), Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::OutboundManage, None)?);
    for order in demo.app.read(|conn| Ok(store::outbound::of_rma(conn, id)?))? {
        match order.state {
            OutboundState::Open => {
                let waybill = format!("SF{:011}", demo.random.below(100_000_000_000));
                let carrier = Some(demo.world.carrier);
                let command = Ship { outbound: order.id, carrier, waybill, at: None };
                demo.act(&actor, "outbound.ship", move |tx, ctx| ship(tx, ctx, &command))?;
            }
            OutboundState::Shipped => {
                let command = Deliver { outbound: order.id, at: None };
                demo.act(&actor, "outbound.deliver", move |tx, ctx| deliver(tx, ctx, &command))?;
            }
            OutboundState::Delivered | OutboundState::Waived => {}
        }
    }
    Ok(())
}
