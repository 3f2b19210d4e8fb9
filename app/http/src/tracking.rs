//! Waybills and what carriers say of them.

use actix_web::HttpRequest;
use contract::portal::PortalCaseView;
use contract::tracking::{
    ADD, AddTrackingRequest, CHECK, CORRECT, CUSTOMER_CHECK, CUSTOMER_CORRECT, CorrectWaybillRequest, LabelAddress,
    LabelLine, OF_CASE, OtherCase, PUT, ParcelTracking, PortalCorrectRequest, PortalTrackingEvent, PortalWaybillCheck,
    PutTrackingEvent, PutTrackingRequest, PutTrackingView, RETURN_LABEL, ReturnLabelView, TrackingEventView,
    WaybillChangeView, WaybillCheck,
};
use domain::tracking::TrackingState;
use domain::{CarrierId, ParcelId, RmaId};
use operations::error::Refusal;
use operations::tracking::put::{Outcome, Said};
use operations::tracking::{TrackingEventRow, add, correct, label, put, read};
use operations::{Error, masters::Masters};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::portal;
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&RETURN_LABEL, Doc::view::<ReturnLabelView>(200), return_label);
    area.add(&OF_CASE, Doc::list::<ParcelTracking>(), of_case);
    area.add(&PUT, Doc::view::<PutTrackingView>(200).body::<PutTrackingRequest>(), put_events);
    area.add(&ADD, Doc::nothing().body::<AddTrackingRequest>(), add_event);
    area.add(&CORRECT, Doc::nothing().body::<CorrectWaybillRequest>(), correct_waybill);
    area.add(&CHECK, Doc::view::<WaybillCheck>(200), check);
    area.add(&CUSTOMER_CHECK, Doc::view::<PortalWaybillCheck>(200), check_for_customer);
    area.add(&CUSTOMER_CORRECT, Doc::view::<PortalCaseView>(200).body::<PortalCorrectRequest>(), correct_for_customer);
}

async fn return_label(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    let found = label::of_case(&server.app, caller.actor(), id)?;
    let to = found.to.map(|warehouse| LabelAddress {
        name: warehouse.contact_name,
        phone: warehouse.contact_phone,
        address: warehouse.address,
        notes: warehouse.notes,
    });
    let lines = found.lines.into_iter().map(|(goods, quantity)| LabelLine { goods, quantity });
    ok(&ReturnLabelView {
        number: found.number,
        shop: found.shop,
        order_number: found.order_number,
        to,
        lines: lines.collect(),
    })
}

async fn of_case(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    let parcels = read::of_case(&server.app, caller.actor(), id)?;
    ok(&parcels.into_iter().map(view).collect::<Vec<_>>())
}

fn view(found: read::ParcelTracking) -> ParcelTracking {
    let read::ParcelTracking { parcel, events, changes, others, looks, names } = found;
    let name = |author: &str| read::person(author).map(|person| names.of(person));
    let last = events.last().map(|event| event.state);
    let event = |event: TrackingEventRow| TrackingEventView {
        id: event.id,
        at: event.at,
        state: event.state,
        place: event.place,
        text: event.text,
        by: name(&event.source),
    };
    let change = |change: operations::tracking::WaybillChangeRow| WaybillChangeView {
        at: change.at,
        by: name(&change.changed_by),
        from: change.waybills.0,
        to: change.waybills.1,
        carrier: change.carriers.1,
        reason: change.reason,
    };
    ParcelTracking {
        parcel: parcel.id,
        waybill: parcel.waybill,
        carrier: parcel.carrier_id,
        state: parcel.state,
        signed_elsewhere: last == Some(TrackingState::Signed) && parcel.signed_at.is_none(),
        reused: parcel.reused || !others.is_empty(),
        others: others.into_iter().map(|(rma, number)| OtherCase { rma, number }).collect(),
        doubt: looks.doubt,
        events: events.into_iter().map(event).collect(),
        changes: changes.into_iter().map(change).collect(),
    }
}

async fn put_events(server: Server, caller: Caller, key: Key, Json(wanted): Json<PutTrackingRequest>) -> Reply {
    let waybills: Vec<String> = wanted.events.iter().map(|event| event.waybill.trim().to_owned()).collect();
    let said = wanted.events.into_iter().enumerate().map(|(number, event)| said(number, event));
    let said = said.collect::<Result<Vec<_>, Error>>()?;
    let call = caller.call("tracking.put", &key);
    let answer = server.app.run(call, move |tx, ctx| put::put(tx, ctx, &said)).await?;
    let count = |wanted: fn(&Outcome) -> bool| u32::try_from(answer.value.iter().filter(|one| wanted(one)).count());
    let mut unknown_waybills: Vec<String> = Vec::new();
    for (outcome, waybill) in answer.value.iter().zip(waybills) {
        if *outcome == Outcome::NoParcel && !unknown_waybills.contains(&waybill) {
            unknown_waybills.push(waybill);
        }
    }
    let view = PutTrackingView {
        stored: count(|one| matches!(one, Outcome::Stored(_))).unwrap_or(u32::MAX),
        known: count(|one| matches!(one, Outcome::Known(_))).unwrap_or(u32::MAX),
        unknown_waybills,
    };
    changed(&answer, &view)
}

fn said(number: usize, event: PutTrackingEvent) -> Result<Said, Error> {
    let state = TrackingState::said(&event.state).ok_or_else(|| {
        let refusal = Refusal::new(
            "unknown_state",
            format!("不认识物流状态“{}”", event.state),
            format!("`{}` is no state of a parcel that is known here", event.state),
        );
        let known = TrackingState::ALL.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ");
        Error::invalid(
            refusal.help(format!("可用：{known}"), format!("one of {known}")).at(format!("events[{number}].state")),
        )
    })?;
    let PutTrackingEvent { waybill, carrier, at, place, text, key, .. } = event;
    Ok(Said { waybill, carrier, at, state, place, text, key })
}

async fn add_event(
    server: Server,
    caller: Caller,
    Id(parcel): Id<ParcelId>,
    key: Key,
    Json(wanted): Json<AddTrackingRequest>,
) -> Reply {
    let AddTrackingRequest { at, state, place, text } = wanted;
    let command = add::Add { parcel, at, state, place, text };
    let call = caller.call("tracking.add", &key);
    let answer = server.app.run(call, move |tx, ctx| add::add(tx, ctx, &command)).await?;
    done(&answer)
}

async fn correct_waybill(
    server: Server,
    caller: Caller,
    Id(parcel): Id<ParcelId>,
    key: Key,
    Json(wanted): Json<CorrectWaybillRequest>,
) -> Reply {
    let CorrectWaybillRequest { waybill, carrier, reason } = wanted;
    let command = correct::Correct { parcel, waybill, carrier, reason };
    let call = caller.call("tracking.correct", &key);
    let answer = server.app.run(call, move |tx, ctx| correct::correct(tx, ctx, &command)).await?;
    done(&answer)
}

async fn check(server: Server, caller: Caller, Id(text): Id<String>) -> Reply {
    let (waybill, looks, others) = read::check(&server.app, caller.actor(), &text)?;
    let others = others.into_iter().map(|(rma, number)| OtherCase { rma, number }).collect();
    ok(&WaybillCheck { waybill, carriers: looks.carriers, doubt: looks.doubt, others })
}

async fn check_for_customer(server: Server, request: HttpRequest, Id(text): Id<String>) -> Reply {
    let (link, _) = portal::customer(&server, &request)?;
    let (waybill, looks) = read::check_for_customer(&server.app, link.rma, &text)?;
    let definitions = server.app.definitions();
    let code = |id: &CarrierId| code_of(&definitions.masters, *id);
    ok(&PortalWaybillCheck { waybill, carriers: looks.carriers.iter().filter_map(code).collect(), doubt: looks.doubt })
}

fn code_of(masters: &Masters, id: CarrierId) -> Option<String> {
    masters.carriers().iter().find(|row| row.id == id).map(|row| row.code.clone())
}

// The parcel is named by the waybill it had: customers get no ids of the database.
async fn correct_for_customer(
    server: Server,
    request: HttpRequest,
    Id(before): Id<String>,
    key: Key,
    Json(wanted): Json<PortalCorrectRequest>,
) -> Reply {
    let (link, actor) = portal::customer(&server, &request)?;
    let found = operations::portal::case::view(&server.app, &actor, link.rma)?;
    let parcel = found.parcels.iter().find(|parcel| parcel.waybill == before).ok_or(Error::NotFound("parcel"))?.id;
    let definitions = server.app.definitions();
    let code = wanted.carrier.as_deref();
    let carrier = definitions.masters.carriers().iter().find(|carrier| Some(carrier.code.as_str()) == code);
    let command = correct::Correct {
        parcel,
        waybill: wanted.waybill,
        carrier: carrier.map(|carrier| carrier.id),
        reason: String::new(),
    };
    let call = portal::own_call(actor.clone(), "portal.correct_tracking", &key);
    server.app.run(call, move |tx, ctx| correct::correct(tx, ctx, &command)).await?;
    portal::show(&server, &actor, link)
}

/// What carriers say of one of a customer's parcels.
pub(crate) fn for_customer(events: &[TrackingEventRow], parcel: ParcelId) -> Vec<PortalTrackingEvent> {
    let own = events.iter().filter(|event| event.parcel_id == parcel);
    let view = |event: &TrackingEventRow| PortalTrackingEvent {
        at: event.at,
        state: event.state,
        place: event.place.clone(),
        text: event.text.clone(),
    };
    own.map(view).collect()
}
