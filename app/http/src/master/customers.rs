//! Customers, their past, their tags and the block list; erasing personal values.

use contract::Page;
use contract::master::{
    BLOCK_CUSTOMER, BlockRequest, Blocked, CUSTOMER_HISTORY, CustomerHistory, CustomerMessage, CustomerQuery,
    CustomerSums, CustomerView, ERASE_CONTACT, GET_CUSTOMER, LIST_CUSTOMERS, TAG_CUSTOMER, TagsRequest,
    UNBLOCK_CUSTOMER,
};
use domain::{ContactId, CustomerId};
use operations::master::customer::{self, block, history};

use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::order::{contact, item};
use crate::registry::Area;
use crate::rma_view;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&LIST_CUSTOMERS, Doc::page::<CustomerView>().query::<CustomerQuery>(), list);
    area.add(&GET_CUSTOMER, Doc::view::<CustomerView>(200), get);
    area.add(&CUSTOMER_HISTORY, Doc::view::<CustomerHistory>(200), past);
    area.add(&TAG_CUSTOMER, Doc::nothing().body::<TagsRequest>(), tag);
    area.add(&BLOCK_CUSTOMER, Doc::nothing().body::<BlockRequest>(), put_on_list);
    area.add(&UNBLOCK_CUSTOMER, Doc::nothing(), take_off_list);
    area.add(&ERASE_CONTACT, Doc::nothing(), erase);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<CustomerQuery>) -> Reply {
    let after = paging.after()?;
    let definitions = server.app.definitions();
    let number = query.customer_no.as_deref();
    let rows =
        server.app.read(|conn| customer::list(conn, &definitions, caller.actor(), number, after, paging.one_more()))?;
    ok(&Page::cut(rows, paging.limit, |row| row.id.to_string()).map(view))
}

async fn get(server: Server, caller: Caller, Id(id): Id<CustomerId>) -> Reply {
    let definitions = server.app.definitions();
    ok(&view(server.app.read(|conn| customer::find(conn, &definitions, caller.actor(), id))?))
}

async fn past(server: Server, caller: Caller, Id(id): Id<CustomerId>) -> Reply {
    let definitions = server.app.definitions();
    let (found, cases) = server.app.read(|conn| {
        let mut found = history::history(conn, &definitions, caller.actor(), id)?;
        let cases = rma_view::listed(conn, &definitions, caller.actor(), std::mem::take(&mut found.cases))?;
        Ok((found, cases))
    })?;
    ok(&CustomerHistory {
        orders: found.orders.into_iter().map(item).collect(),
        order_count: found.order_count,
        returned_orders: found.returned_orders,
        cases,
        case_count: found.case_count,
        sums: found.sums.into_iter().map(sums).collect(),
        messages: found.messages.into_iter().map(message).collect(),
        blocked: found.blocked.into_iter().map(blocked).collect(),
    })
}

async fn put_on_list(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<CustomerId>,
    wanted: Json<BlockRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let call = caller.call("customer.block", &key);
    done(&server.app.run(call, move |tx, ctx| block::block(tx, ctx, id, &wanted.tag, &wanted.note)).await?)
}

async fn take_off_list(server: Server, caller: Caller, key: Key, Id(id): Id<CustomerId>) -> Reply {
    let call = caller.call("customer.unblock", &key);
    done(&server.app.run(call, move |tx, ctx| block::unblock(tx, ctx, id)).await?)
}

async fn tag(server: Server, caller: Caller, key: Key, Id(id): Id<CustomerId>, wanted: Json<TagsRequest>) -> Reply {
    let Json(wanted) = wanted;
    let call = caller.call("customer.tag", &key);
    done(&server.app.run(call, move |tx, ctx| customer::tag(tx, ctx, id, &wanted.tags)).await?)
}

async fn erase(server: Server, caller: Caller, key: Key, Id(id): Id<ContactId>) -> Reply {
    let call = caller.call("contact.erase", &key);
    done(&server.app.run(call, move |tx, ctx| customer::erase(tx, ctx, id)).await?)
}

fn view(row: customer::CustomerView) -> CustomerView {
    CustomerView { id: row.id, customer_no: row.customer_no, contact: row.contact.map(contact), tags: row.tags }
}

const fn sums(row: history::Sums) -> CustomerSums {
    CustomerSums { currency: row.currency, paid_minor: row.paid_minor, refunded_minor: row.refunded_minor }
}

fn message(row: history::Message) -> CustomerMessage {
    CustomerMessage { rma: row.rma, number: row.number, from_customer: row.from_customer, body: row.body, at: row.at }
}

fn blocked(row: block::Blocked) -> Blocked {
    Blocked { kind: super::lists::kind(row.kind), tag: row.tag, note: row.note, since: row.since }
}
