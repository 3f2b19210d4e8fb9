//! To-dos, copies, kept filters and messages of the signed-in person.

mod filters;
mod narrow;
mod view;

use contract::Page;
use contract::inbox::{
    CHANGE_FILTER, CLAIM, COPIES, COUNT, ClaimRequest, CopyItem, DROP_FILTER, FILTERS, InboxCase, InboxCount,
    InboxItem, InboxQuery, KEEP_FILTER, KeepFilterRequest, KeptFilter, LIST, NOTICES, NoticeView, READ_COPIES,
    READ_NOTICES, ReadCopiesRequest, ReadRequest, STARTED, UNDO, UndoRequest,
};
use contract::rma::RmaView;
use domain::{RmaId, TaskId};
use operations::Error;
use operations::error::Refusal;
use operations::inbox;
use operations::rma::{assign, undo};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<InboxItem>().query::<InboxQuery>(), list);
    area.add(&COUNT, Doc::view::<InboxCount>(200), count);
    area.add(&STARTED, Doc::page::<InboxCase>(), started);
    area.add(&COPIES, Doc::page::<CopyItem>(), copies);
    area.add(&READ_COPIES, Doc::nothing().body::<ReadCopiesRequest>(), read_copies);
    area.add(&FILTERS, Doc::view::<Vec<KeptFilter>>(200), filters::all);
    area.add(&KEEP_FILTER, Doc::view::<Vec<KeptFilter>>(200).body::<KeepFilterRequest>(), filters::keep);
    area.add(&CHANGE_FILTER, Doc::view::<Vec<KeptFilter>>(200).body::<KeepFilterRequest>(), filters::change);
    area.add(&DROP_FILTER, Doc::nothing(), filters::drop_one);
    area.add(&UNDO, Doc::view::<RmaView>(200).body::<UndoRequest>(), undo_on_case);
    area.add(&CLAIM, Doc::view::<ClaimRequest>(200).body::<ClaimRequest>(), claim);
    area.add(&NOTICES, Doc::page::<NoticeView>(), notices);
    area.add(&READ_NOTICES, Doc::nothing().body::<ReadRequest>(), read_notices);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<InboxQuery>) -> Reply {
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let limit = paging.one_more();
    let filter = narrow::filter(&query.narrow(), server.app.now())?;
    let page = server.app.read(|conn| {
        let rows = match query.tab.as_str() {
            "done" => inbox::done(conn, caller.actor(), &filter, before, limit)?,
            _ => inbox::open(conn, caller.actor(), &filter, before, limit)?,
        };
        Page::cut(rows, paging.limit, |row| row.id.to_string())
            .try_map(|row| view::item(conn, &definitions, caller.actor(), row))
    })?;
    ok(&page)
}

async fn started(server: Server, caller: Caller, paging: Paging) -> Reply {
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let page = server.app.read(|conn| {
        let rows = inbox::started(conn, caller.actor(), before, paging.one_more())?;
        Page::cut(rows, paging.limit, |row| row.id.to_string())
            .try_map(|row| view::case(conn, &definitions, caller.actor(), row))
    })?;
    ok(&page)
}

async fn copies(server: Server, caller: Caller, paging: Paging) -> Reply {
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let page = server.app.read(|conn| {
        let rows = inbox::copies::page(conn, caller.actor(), before, paging.one_more())?;
        Page::cut(rows, paging.limit, |row| row.id.to_string())
            .try_map(|row| view::copy(conn, &definitions, caller.actor(), row))
    })?;
    ok(&page)
}

async fn read_copies(server: Server, caller: Caller, key: Key, wanted: Json<ReadCopiesRequest>) -> Reply {
    let Json(wanted) = wanted;
    let call = caller.call("copy.read", &key);
    done(&server.app.run(call, move |tx, ctx| inbox::copies::read(tx, ctx, wanted.copy)).await?)
}

async fn count(server: Server, caller: Caller) -> Reply {
    let counted = server.app.read(|conn| inbox::count(conn, caller.actor()));
    let counts = match counted {
        Ok(counts) => counts,
        // Another system has no to-dos.
        Err(Error::NotFound(_)) => inbox::Counts::default(),
        Err(error) => return Err(error.into()),
    };
    ok(&InboxCount { open: counts.open, unread: counts.unread, copies: counts.copies })
}

async fn undo_on_case(server: Server, caller: Caller, key: Key, Id(id): Id<RmaId>, wanted: Json<UndoRequest>) -> Reply {
    let Json(wanted) = wanted;
    let what = match (wanted.what.as_str(), wanted.node, wanted.round) {
        ("decision", Some(node), Some(round)) => undo::What::Decision { node, round },
        ("message", ..) => undo::What::Message,
        _ => {
            let (zh, en) = (
                "what 应为 decision（需要 node 和 round）或 message",
                "`what` is decision, with `node` and `round`, or message",
            );
            return Err(Error::invalid(Refusal::new("wrong_undo", zh, en).at("what")).into());
        }
    };
    let command = undo::Undo { rma: id, what };
    let call = caller.call("rma.undo", &key);
    let answer = server.app.run(call, move |tx, ctx| undo::undo(tx, ctx, &command)).await?;
    crate::rma::show(&server, &caller, id, &answer)
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
    let page = Page::cut(rows, paging.limit, |(row, _)| row.id.to_string());
    ok(&page.map(|(row, task)| NoticeView {
        id: row.id,
        rma: row.rma_id,
        task,
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
