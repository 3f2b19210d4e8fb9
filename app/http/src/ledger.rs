//! The books as finance reads them, and what is claimed and recovered.

mod view;

use contract::Page;
use contract::ledger::{
    CLAIM, CaseBooksView, ClaimRequest, CreditEntryView, CreditView, Ending, OF_CASE, OwedTotalView, RECEIVABLE_TOTALS,
    RECEIVABLES, RECOVER, ReceivableQuery, ReceivableView, RecoverRequest, STORE_CREDIT, STORE_CREDIT_ENTRIES,
    STORE_CREDITS, StoreCreditView, TotalsQuery,
};
use domain::{CustomerId, RmaId};
use operations::ledger::claim::{Claim, claim};
use operations::ledger::recover::{self, Recover, recover};
use operations::ledger::{of_case, read, receivables};

use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&OF_CASE, Doc::view::<CaseBooksView>(200), books_of_case);
    area.add(&CLAIM, Doc::nothing().body::<ClaimRequest>(), book_claim);
    area.add(&RECOVER, Doc::nothing().body::<RecoverRequest>(), book_recovery);
    area.add(&RECEIVABLES, Doc::page::<ReceivableView>().query::<ReceivableQuery>(), list_receivables);
    area.add(&RECEIVABLE_TOTALS, Doc::list::<OwedTotalView>().query::<TotalsQuery>(), receivable_totals);
    area.add(&STORE_CREDITS, Doc::page::<CreditView>(), store_credits);
    area.add(&STORE_CREDIT, Doc::view::<StoreCreditView>(200), store_credit);
    area.add(&STORE_CREDIT_ENTRIES, Doc::page::<CreditEntryView>(), store_credit_entries);
}

async fn books_of_case(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    let definitions = server.app.definitions();
    let books = server.app.read(|conn| of_case::of_case(conn, &definitions, caller.actor(), id))?;
    ok(&view::case_books(books))
}

async fn list_receivables(server: Server, caller: Caller, paging: Paging, query: Query<ReceivableQuery>) -> Reply {
    let definitions = server.app.definitions();
    let wanted = receivables::ReceivableQuery {
        bearer: query.bearer,
        account: query.account,
        open: query.open,
        before: paging.after()?,
    };
    let limit = paging.one_more();
    let rows =
        server.app.read(|conn| receivables::page(conn, &definitions, caller.actor(), query.shop, &wanted, limit))?;
    ok(&Page::cut(rows, paging.limit, |row| row.first.to_string()).map(view::receivable))
}

async fn receivable_totals(server: Server, caller: Caller, query: Query<TotalsQuery>) -> Reply {
    let definitions = server.app.definitions();
    let rows = server.app.read(|conn| receivables::totals(conn, &definitions, caller.actor(), query.shop))?;
    ok(&rows.into_iter().map(view::total).collect::<Vec<_>>())
}

async fn store_credits(server: Server, caller: Caller, paging: Paging) -> Reply {
    let definitions = server.app.definitions();
    let (before, limit) = (paging.after()?, paging.one_more());
    let rows = server.app.read(|conn| read::credits(conn, &definitions, caller.actor(), before, limit))?;
    ok(&Page::cut(rows, paging.limit, |row| row.account_id.to_string()).map(view::credit))
}

async fn store_credit(server: Server, caller: Caller, Id(id): Id<CustomerId>) -> Reply {
    let definitions = server.app.definitions();
    let balances = server.app.read(|conn| read::store_credit(conn, &definitions, caller.actor(), id))?;
    ok(&StoreCreditView { customer: id, balances })
}

async fn store_credit_entries(server: Server, caller: Caller, paging: Paging, Id(id): Id<CustomerId>) -> Reply {
    let definitions = server.app.definitions();
    let (before, limit) = (paging.after()?, paging.one_more());
    let (rows, names) =
        server.app.read(|conn| read::credit_entries(conn, &definitions, caller.actor(), id, before, limit))?;
    let page = Page::cut(rows, paging.limit, |entry| entry.row.id.to_string());
    ok(&page.map(|entry| view::credit_entry(entry, &names)))
}

async fn book_claim(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>, wanted: Json<ClaimRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = Claim {
        rma: id,
        bearer: wanted.bearer,
        carrier: wanted.carrier,
        supplier: wanted.supplier,
        amount_minor: wanted.amount_minor,
        reason: wanted.reason,
    };
    let call = caller.call("ledger.claim", &key);
    done(&server.app.run(call, move |tx, ctx| claim(tx, ctx, &command)).await?)
}

async fn book_recovery(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaId>,
    wanted: Json<RecoverRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Recover {
        rma: id,
        account: wanted.account,
        amount_minor: wanted.amount_minor,
        ending: match wanted.ending {
            Ending::Paid => recover::Ending::Paid,
            Ending::WrittenOff => recover::Ending::WrittenOff,
        },
        reason: wanted.reason,
    };
    let call = caller.call("ledger.recover", &key);
    done(&server.app.run(call, move |tx, ctx| recover(tx, ctx, &command)).await?)
}
