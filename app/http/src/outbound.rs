//! Outbound orders: listed, printed, shipped, delivered, waived.

use contract::Page;
use contract::outbound::{
    DELIVER, GET, LIST, OutboundLineView, OutboundListItem, OutboundQuery, OutboundView, SHIP, SUBSTITUTE, ShipRequest,
    SubstituteRequest, WAIVE,
};
use contract::rma::ReasonRequest;
use contract::warehouse::AtRequest;
use domain::{OutboundLineId, OutboundOrderId};
use operations::Answer;
use operations::definitions::Definitions;
use operations::outbound::deliver::{Deliver, deliver};
use operations::outbound::read::{self, OutboundInList, SlipLine};
use operations::outbound::ship::{Ship, ship};
use operations::outbound::substitute::{Substitute, substitute};
use operations::outbound::waive::{WaiveOutbound, waive};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query, Segments};
use crate::registry::Area;
use crate::state::{Server, State};
use crate::warehouse::carrier;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<OutboundListItem>().query::<OutboundQuery>(), list);
    area.add(&GET, Doc::view::<OutboundView>(200), get);
    area.add(&SHIP, Doc::view::<OutboundView>(200).body::<ShipRequest>(), ship_outbound);
    area.add(&DELIVER, Doc::view::<OutboundView>(200).body::<AtRequest>(), deliver_outbound);
    area.add(&SUBSTITUTE, Doc::view::<OutboundView>(200).body::<SubstituteRequest>(), substitute_outbound);
    area.add(&WAIVE, Doc::nothing().body::<ReasonRequest>(), waive_outbound);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<OutboundQuery>) -> Reply {
    let filter = read::Filter { state: query.state, shop: query.shop, before: paging.after()? };
    let definitions = server.app.definitions();
    let rows = server.app.read(|conn| read::page(conn, caller.actor(), &filter, paging.one_more()))?;
    let page = Page::cut(rows, paging.limit, |row| row.outbound.id.to_string());
    ok(&page.map(|row| item(row, &definitions)))
}

fn item(found: OutboundInList, definitions: &Definitions) -> OutboundListItem {
    let row = found.outbound;
    let line = |line: SlipLine| OutboundLineView {
        id: line.id,
        sku: line.sku_code,
        name: line.sku_name,
        quantity: line.quantity,
    };
    OutboundListItem {
        id: row.id,
        number: row.number,
        rma: row.rma_id,
        rma_number: found.rma_number,
        shop: row.shop_id,
        warehouse: row.warehouse_id,
        kind: row.kind,
        state: row.state,
        carrier: carrier(row.carrier_id, definitions),
        waybill: row.waybill,
        opened_at: row.opened_at,
        shipped_at: row.shipped_at,
        delivered_at: row.delivered_at,
        waived_reason: row.waived_reason,
        lines: found.lines.into_iter().map(line).collect(),
    }
}

async fn get(server: Server, caller: Caller, Id(id): Id<OutboundOrderId>) -> Reply {
    ok(&load(&server, &caller, id)?)
}

fn load(server: &State, caller: &Caller, id: OutboundOrderId) -> Result<OutboundView, Failure> {
    let definitions = server.app.definitions();
    let slip = server.app.read(|conn| read::slip(conn, caller.actor(), &definitions, id))?;
    Ok(OutboundView {
        head: item(slip.order, &definitions),
        order_number: slip.order_number,
        warehouse_name: slip.warehouse,
        contact_name: slip.contact_name,
        contact_phone: slip.contact_phone,
        contact_address: slip.contact_address,
    })
}

fn show<T>(server: &State, caller: &Caller, id: OutboundOrderId, answer: &Answer<T>) -> Reply {
    changed(answer, &load(server, caller, id)?)
}

async fn ship_outbound(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<OutboundOrderId>,
    wanted: Json<ShipRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Ship { outbound: id, carrier: wanted.carrier, waybill: wanted.waybill, at: wanted.at };
    let call = caller.call("outbound.ship", &key);
    let answer = server.app.run(call, move |tx, ctx| ship(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn deliver_outbound(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<OutboundOrderId>,
    wanted: Json<AtRequest>,
) -> Reply {
    let command = Deliver { outbound: id, at: wanted.at };
    let call = caller.call("outbound.deliver", &key);
    let answer = server.app.run(call, move |tx, ctx| deliver(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn substitute_outbound(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((id, line)): Segments<(OutboundOrderId, OutboundLineId)>,
    wanted: Json<SubstituteRequest>,
) -> Reply {
    let command = Substitute { outbound: id, line, sku: wanted.sku };
    let call = caller.call("outbound.substitute", &key);
    let answer = server.app.run(call, move |tx, ctx| substitute(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

// Who waives need not manage outbound orders: the case page tells them.
async fn waive_outbound(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<OutboundOrderId>,
    why: Json<ReasonRequest>,
) -> Reply {
    let Json(why) = why;
    let command = WaiveOutbound { outbound: id, reason: why.reason };
    let call = caller.call("outbound.waive", &key);
    done(&server.app.run(call, move |tx, ctx| waive(tx, ctx, &command)).await?)
}
