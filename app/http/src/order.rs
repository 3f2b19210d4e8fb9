//! Orders: found and read by staff, put by other systems.

use contract::order::{
    Buyer, CaseOnOrder, GET, LIST, LineMoney, OrderConflict, OrderContact, OrderLineView, OrderListItem, OrderMoney,
    OrderPage, OrderPut, OrderQuery, OrderView, PUT, PutOrder, PutOutcome, REVEAL, RevealRequest, RevealedValue,
    ShipmentView, ShippedLine, TenderView,
};
use domain::OrderId;
use operations::order::{self, ContactFacts, facts, find, search};

use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query, Segments};
use crate::registry::Area;
use crate::state::Server;

/// Largest order.
const MAX_ORDER_BYTES: usize = 4 * 1_048_576;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::view::<OrderPage>(200).paged().query::<OrderQuery>(), list);
    area.add(&GET, Doc::view::<OrderView>(200), get);
    area.add(&PUT, Doc::view::<OrderPut>(200).body::<PutOrder>(), put);
    area.add(&REVEAL, Doc::view::<RevealedValue>(200).body::<RevealRequest>(), reveal);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<OrderQuery>) -> Reply {
    let wanted = search::Search {
        shop: query.shop,
        number: query.number.clone(),
        phone: query.phone.clone(),
        name: query.name.clone(),
        sku: query.sku.clone(),
        waybill: query.waybill.clone(),
        after: paging.after()?,
        limit: paging.limit,
    };
    let definitions = server.app.definitions();
    let page = server.app.read(|conn| search::search(conn, &definitions, caller.actor(), &wanted))?;
    ok(&OrderPage { items: page.items.into_iter().map(item).collect(), next: page.next })
}

/// An order as lists show it.
pub(crate) fn item(hit: search::OrderHit) -> OrderListItem {
    OrderListItem {
        id: hit.id,
        shop_id: hit.shop_id,
        number: hit.number,
        state: hit.state,
        ordered_at: hit.ordered_at,
        delivered_at: hit.delivered_at,
        captured_minor: hit.captured_minor,
        currency: hit.currency,
        contact_name: hit.contact_name,
    }
}

async fn get(server: Server, caller: Caller, Id(id): Id<OrderId>) -> Reply {
    let definitions = server.app.definitions();
    let found = server.app.read(|conn| find::find(conn, &definitions, caller.actor(), id))?;
    ok(&view(found))
}

async fn put(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((shop, number)): Segments<(String, String)>,
    said: Json<PutOrder, MAX_ORDER_BYTES>,
) -> Reply {
    let Json(said) = said;
    let facts = facts_of(shop, number, said);
    let call = caller.call("order.put", &key);
    let answer = server.app.run(call, move |tx, ctx| order::put(tx, ctx, &facts)).await?;
    let put = &answer.value;
    let view = OrderPut {
        id: put.order_id,
        outcome: outcome(put.outcome),
        source_version: put.source_version,
        conflicts: put.conflicts.iter().map(conflict).collect(),
    };
    changed(&answer, &view)
}

async fn reveal(server: Server, caller: Caller, key: Key, Id(id): Id<OrderId>, wanted: Json<RevealRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = order::RevealContact { order_id: id, field: wanted.field };
    let call = caller.call("order.reveal", &key);
    let answer = server.app.run(call, move |tx, ctx| order::reveal(tx, ctx, &command)).await?;
    let contact = server.app.read(|conn| order::contact_view::read_shown(conn, &answer.value))?;
    // One field was asked for.
    let value = contact.name.or(contact.phone).or(contact.email).or(contact.address).or(contact.nickname);
    changed(&answer, &RevealedValue { value })
}

fn conflict(conflict: &order::conflict::Conflict) -> OrderConflict {
    OrderConflict { code: conflict.code.clone(), line_no: conflict.line_no }
}

/// The word of the contract.
pub(crate) const fn outcome(outcome: order::Outcome) -> PutOutcome {
    match outcome {
        order::Outcome::Created => PutOutcome::Created,
        order::Outcome::Updated => PutOutcome::Updated,
        order::Outcome::Same => PutOutcome::Same,
        order::Outcome::Older => PutOutcome::Older,
    }
}

/// A contact as it was read through the gate.
pub(crate) fn contact(view: order::ContactView) -> OrderContact {
    OrderContact {
        id: view.id,
        name: view.name,
        phone: view.phone,
        email: view.email,
        address: view.address,
        nickname: view.nickname,
        masked: view.masked,
        erased: view.erased,
    }
}

fn facts_of(shop: String, number: String, said: PutOrder) -> facts::OrderFacts {
    let contact = |contact: contract::order::PutContact| ContactFacts {
        name: contact.name,
        phone: contact.phone,
        email: contact.email,
        address: contact.address,
        nickname: contact.nickname,
    };
    let tender = |tender: contract::order::PutTender| facts::TenderFacts {
        kind: tender.kind,
        reference: tender.reference,
        amount_minor: tender.amount_minor,
    };
    facts::OrderFacts {
        shop,
        number,
        source_version: said.source_version,
        state: said.state,
        ordered_at: said.ordered_at,
        paid_at: said.paid_at,
        shipped_at: said.shipped_at,
        delivered_at: said.delivered_at,
        currency: said.currency,
        captured_minor: said.captured_minor,
        tax_minor: said.tax_minor,
        freight_minor: said.freight_minor,
        invoice: said.invoice,
        customer_no: said.customer_no,
        contact: said.contact.map(contact),
        lines: said.lines.into_iter().map(line_facts).collect(),
        shipments: said.shipments.into_iter().map(shipment_facts).collect(),
        tenders: said.tenders.into_iter().map(tender).collect(),
    }
}

fn line_facts(line: contract::order::PutOrderLine) -> facts::LineFacts {
    facts::LineFacts {
        line_no: line.line_no,
        sku: line.sku,
        name: line.name,
        quantity: line.quantity,
        cancelled: line.cancelled,
        shipped: line.shipped,
        unit_price_minor: line.unit_price_minor,
        discount_minor: line.discount_minor,
        paid_minor: line.paid_minor,
        tax_minor: line.tax_minor,
        freight_minor: line.freight_minor,
        is_gift: line.is_gift,
    }
}

fn shipment_facts(shipment: contract::order::PutShipment) -> facts::ShipmentFacts {
    let line = |line: contract::order::PutShippedLine| facts::ShipmentLineFacts {
        line_no: line.line_no,
        quantity: line.quantity,
        serials: line.serials,
    };
    facts::ShipmentFacts {
        waybill: shipment.waybill,
        carrier: shipment.carrier,
        state: shipment.state,
        shipped_at: shipment.shipped_at,
        delivered_at: shipment.delivered_at,
        lines: shipment.lines.into_iter().map(line).collect(),
    }
}

fn view(found: find::OrderView) -> OrderView {
    let money = found.money.map(|money| OrderMoney {
        captured_minor: money.captured_minor,
        freight_minor: money.freight_minor,
        held_minor: money.held_minor,
        held_imported_minor: money.held_imported_minor,
    });
    let buyer = |buyer: find::Buyer| Buyer { id: buyer.id, customer_no: buyer.customer_no, tags: buyer.tags };
    let case = |case: find::CaseOnOrder| CaseOnOrder {
        id: case.id,
        number: case.number,
        state: case.state,
        origin: case.origin,
        filed_at: case.filed_at,
    };
    let tender = |tender: find::TenderPaid| TenderView {
        kind: tender.kind,
        reference: tender.reference,
        amount_minor: tender.amount_minor,
        refunded_minor: tender.refunded_minor,
    };
    OrderView {
        id: found.id,
        shop_id: found.shop_id,
        shop_code: found.shop_code,
        shop_name: found.shop_name,
        number: found.number,
        state: found.state,
        ordered_at: found.ordered_at,
        paid_at: found.paid_at,
        shipped_at: found.shipped_at,
        delivered_at: found.delivered_at,
        offset_minutes: found.offset_minutes,
        currency: found.currency,
        money,
        invoice: found.invoice,
        customer: found.customer.map(buyer),
        contact: found.contact.map(contact),
        lines: found.lines.into_iter().map(line_view).collect(),
        shipments: found.shipments.into_iter().map(shipment_view).collect(),
        cases: found.cases.into_iter().map(case).collect(),
        tenders: found.tenders.into_iter().map(tender).collect(),
        conflicts: found.conflicts.iter().map(conflict).collect(),
        source_version: found.source_version,
    }
}

fn line_view(line: find::LineView) -> OrderLineView {
    OrderLineView {
        id: line.id,
        label: line.label,
        sku_id: line.sku_id,
        sku: line.sku,
        name: line.name,
        category: line.category,
        parent_id: line.parent_id,
        is_bundle: line.is_bundle,
        is_gift: line.is_gift,
        ordered: line.ordered,
        cancelled: line.cancelled,
        shipped: line.shipped,
        claimed: line.claimed,
        claimable: line.claimable.any,
        claimable_goods: line.claimable.goods,
        claimable_unshipped: line.claimable.unshipped,
        money: line.money.map(|money| LineMoney {
            unit_price_minor: money.unit_price_minor,
            discount_minor: money.discount_minor,
            goods_minor: money.goods_minor,
            tax_minor: money.tax_minor,
            freight_minor: money.freight_minor,
        }),
    }
}

fn shipment_view(shipment: find::ShipmentView) -> ShipmentView {
    let line = |(order_line_id, quantity)| ShippedLine { order_line_id, quantity };
    ShipmentView {
        waybill: shipment.waybill,
        carrier_id: shipment.carrier_id,
        carrier: shipment.carrier,
        state: shipment.state,
        shipped_at: shipment.shipped_at,
        delivered_at: shipment.delivered_at,
        lines: shipment.lines.into_iter().map(line).collect(),
    }
}
