//! The books as finance reads them, and what is claimed and recovered.

use contract::ledger::{
    CLAIM, ClaimRequest, Ending, EntryView, OF_CASE, RECEIVABLES, RECOVER, ReceivableView, RecoverRequest,
    STORE_CREDIT, StoreCreditView,
};
use domain::{CustomerId, Money, RmaId};
use operations::ledger::claim::{Claim, claim};
use operations::ledger::read;
use operations::ledger::recover::{self, Recover, recover};

use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&OF_CASE, Doc::list::<EntryView>(), of_case);
    area.add(&CLAIM, Doc::nothing().body::<ClaimRequest>(), book_claim);
    area.add(&RECOVER, Doc::nothing().body::<RecoverRequest>(), book_recovery);
    area.add(&RECEIVABLES, Doc::list::<ReceivableView>(), receivables);
    area.add(&STORE_CREDIT, Doc::view::<StoreCreditView>(200), store_credit);
}

async fn of_case(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    let (currency, rows) = server.app.read(|conn| read::of_case(conn, caller.actor(), id))?;
    let entry = |row: read::EntryRow| EntryView {
        id: row.id,
        posting: row.posting_id.to_string(),
        account: row.account_id,
        kind: row.kind,
        bearer: row.bearer,
        amount: Money::new(row.amount_minor, currency),
        unit_group: row.unit_group_id,
        settlement: row.settlement_id,
        memo: row.memo,
        at: row.at,
    };
    ok(&rows.into_iter().map(entry).collect::<Vec<_>>())
}

async fn receivables(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| read::receivables(conn, caller.actor()))?;
    let view = |row: read::AccountRow| ReceivableView {
        account: row.id,
        customer: row.customer_id,
        bearer: row.bearer,
        balance: Money::new(row.balance_minor, row.currency),
    };
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn store_credit(server: Server, caller: Caller, Id(id): Id<CustomerId>) -> Reply {
    let definitions = server.app.definitions();
    let balances = server.app.read(|conn| read::store_credit(conn, &definitions, caller.actor(), id))?;
    ok(&StoreCreditView { customer: id, balances })
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
