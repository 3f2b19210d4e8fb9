//! What was paid back per shop and day, and the invoices that a refund reverses.

use contract::Page;
use contract::refund::{DAYS, INVOICES, InvoiceItem, InvoiceQuery, LIST, RefundDay, RefundItem, RefundQuery};
use domain::Money;
use operations::settlement::refunds::{self, Days};

use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&DAYS, Doc::list::<RefundDay>().query::<RefundQuery>(), days);
    area.add(&LIST, Doc::page::<RefundItem>().query::<RefundQuery>(), list);
    area.add(&INVOICES, Doc::page::<InvoiceItem>().query::<InvoiceQuery>(), invoices);
}

fn asked(query: &RefundQuery) -> Days {
    Days { from: query.from, to: query.to, shop: query.shop }
}

async fn days(server: Server, caller: Caller, query: Query<RefundQuery>) -> Reply {
    let rows = server.app.read(|conn| refunds::sums(conn, caller.actor(), asked(&query)))?;
    let views = rows.into_iter().map(|row| RefundDay {
        date: row.day,
        shop: row.shop_id,
        means: row.means,
        count: row.count,
        sum: Money::new(row.sum_minor, row.currency),
    });
    ok(&views.collect::<Vec<_>>())
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<RefundQuery>) -> Reply {
    let before = paging.after()?;
    let rows = server.app.read(|conn| refunds::list(conn, caller.actor(), asked(&query), before, paging.one_more()))?;
    ok(&Page::cut(rows, paging.limit, |row| row.id.to_string()).map(|row| RefundItem {
        id: row.id,
        rma: row.rma_id,
        rma_number: row.rma_number,
        order_number: row.order_number,
        means: row.means,
        amount: Money::new(row.net_minor, row.currency),
        settled_at: row.settled_at,
        reference: row.reference,
    }))
}

async fn invoices(server: Server, caller: Caller, paging: Paging, query: Query<InvoiceQuery>) -> Reply {
    let before = paging.after()?;
    let rows =
        server.app.read(|conn| refunds::invoices(conn, caller.actor(), query.done, before, paging.one_more()))?;
    ok(&Page::cut(rows, paging.limit, |row| row.work.id.to_string()).map(|row| InvoiceItem {
        id: row.work.id,
        rma: row.work.rma_id,
        rma_number: row.rma_number,
        order_number: row.order_number,
        invoice: row.work.invoice,
        amount: Money::new(row.work.amount_minor, row.currency),
        opened_at: row.work.opened_at,
        done_at: row.work.done_at,
        number: row.work.number,
    }))
}
