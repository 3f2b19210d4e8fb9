//! To-dos and messages of the signed-in person.

use contract::Page;
use contract::inbox::{
    CLAIM, COUNT, ClaimRequest, InboxCase, InboxCount, InboxItem, InboxQuery, LIST, NOTICES, NoticeView, READ_NOTICES,
    ReadRequest,
};
use contract::rma::PersonName;
use domain::{Money, Permission, TaskId};
use operations::definitions::Definitions;
use operations::gate::{Sight, sight};
use operations::inbox::{self, InboxRow};
use operations::rma::assign;
use operations::{Actor, Error};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<InboxItem>().query::<InboxQuery>(), list);
    area.add(&COUNT, Doc::view::<InboxCount>(200), count);
    area.add(&CLAIM, Doc::view::<ClaimRequest>(200).body::<ClaimRequest>(), claim);
    area.add(&NOTICES, Doc::page::<NoticeView>(), notices);
    area.add(&READ_NOTICES, Doc::nothing().body::<ReadRequest>(), read_notices);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<InboxQuery>) -> Reply {
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let limit = paging.one_more();
    let rows = server.app.read(|conn| match query.tab.as_str() {
        "done" => inbox::done(conn, caller.actor(), before, limit),
        _ => inbox::open(conn, caller.actor(), before, limit),
    })?;
    let page = Page::cut(rows, paging.limit, |row| row.id.to_string());
    ok(&page.map(|row| item(&definitions, caller.actor(), row)))
}

fn item(definitions: &Definitions, actor: &Actor, row: InboxRow) -> InboxItem {
    let assignee = row.assignee_id.map(|id| PersonName { id, name: String::new() });
    let rma = match (row.rma_id, row.number, row.shop_id, row.case_state) {
        (Some(id), Some(number), Some(shop), Some(state)) => {
            let place = (Some(shop), row.warehouse_id);
            let priced = sight(definitions, actor, Permission::RmaView, place, "rma.refund") == Sight::Whole;
            let refund = row.refund_minor.zip(row.currency).filter(|_| priced);
            Some(InboxCase {
                id,
                number,
                shop,
                summary: row.summary.unwrap_or_default(),
                state,
                refund: refund.map(|(minor, currency)| Money::new(minor, currency)),
                platform_due_at: row.platform_due_at,
            })
        }
        _ => None,
    };
    InboxItem {
        id: row.id,
        kind: row.kind,
        node: row.node,
        round: row.round,
        title: row.title,
        assignee,
        due_at: row.due_at,
        breached_at: row.breached_at,
        opened_at: row.opened_at,
        done_at: row.done_at,
        rma,
    }
}

async fn count(server: Server, caller: Caller) -> Reply {
    let counted = server.app.read(|conn| inbox::count(conn, caller.actor()));
    let (open, unread) = match counted {
        Ok(counted) => counted,
        // Another system has no to-dos.
        Err(Error::NotFound(_)) => (0, 0),
        Err(error) => return Err(error.into()),
    };
    ok(&InboxCount { open, unread })
}

async fn claim(server: Server, caller: Caller, key: Key, Id(id): Id<TaskId>, wanted: Json<ClaimRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = assign::Claim { task: id, take: wanted.take };
    let call = caller.call("task.claim", &key);
    let answer = server.app.run(call, move |tx, ctx| assign::claim(tx, ctx, &command)).await?;
    changed(&answer, &wanted)
}

async fn notices(server: Server, caller: Caller, paging: Paging) -> Reply {
    let before = paging.after()?;
    let limit = paging.one_more();
    let rows = server.app.read(|conn| inbox::notices(conn, caller.actor(), before, limit))?;
    let page = Page::cut(rows, paging.limit, |row| row.id.to_string());
    ok(&page.map(|row| NoticeView {
        id: row.id,
        rma: row.rma_id,
        text: row.text,
        at: row.at,
        read: row.read_at.is_some(),
    }))
}

async fn read_notices(server: Server, caller: Caller, key: Key, wanted: Json<ReadRequest>) -> Reply {
    let Json(wanted) = wanted;
    let call = caller.call("notice.read", &key);
    done(&server.app.run(call, move |tx, ctx| inbox::read_notices(tx, ctx, wanted.upto)).await?)
}
