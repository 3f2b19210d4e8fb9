//! Customers and their tags; erasing personal values.

use contract::Page;
use contract::master::{
    CustomerQuery, CustomerView, ERASE_CONTACT, GET_CUSTOMER, LIST_CUSTOMERS, TAG_CUSTOMER, TagsRequest,
};
use domain::{ContactId, CustomerId};
use operations::master::customer;

use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::order::contact;
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&LIST_CUSTOMERS, Doc::page::<CustomerView>().query::<CustomerQuery>(), list);
    area.add(&GET_CUSTOMER, Doc::view::<CustomerView>(200), get);
    area.add(&TAG_CUSTOMER, Doc::nothing().body::<TagsRequest>(), tag);
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
