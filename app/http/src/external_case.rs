//! Platforms' cases: put by other systems, listed and linked by staff.

use contract::external_case::{
    ExternalCasePage, ExternalCasePut, ExternalCaseQuery, ExternalCaseView, ExternalStatus, LINK, LIST, LinkRequest,
    PUT, PutExternalCase,
};
use domain::ExternalCaseId;
use operations::external_case::{self as cases, ExternalCaseFacts, LinkExternalCase};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query, Segments};
use crate::order::outcome;
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::view::<ExternalCasePage>(200).paged().query::<ExternalCaseQuery>(), list);
    area.add(&PUT, Doc::view::<ExternalCasePut>(200).body::<PutExternalCase>(), put);
    area.add(&LINK, Doc::nothing().body::<LinkRequest>(), link);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<ExternalCaseQuery>) -> Reply {
    let wanted = cases::ExternalCaseQuery {
        shop: query.shop,
        unlinked: query.unlinked,
        conflict: query.conflict,
        after: paging.after()?,
        limit: paging.limit,
    };
    let definitions = server.app.definitions();
    let page = server.app.read(|conn| cases::list(conn, &definitions, caller.actor(), &wanted))?;
    ok(&ExternalCasePage { items: page.items.into_iter().map(view).collect(), next: page.next })
}

async fn put(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((shop, number)): Segments<(String, String)>,
    said: Json<PutExternalCase>,
) -> Reply {
    let Json(said) = said;
    let facts = ExternalCaseFacts {
        shop,
        number,
        source_version: said.source_version,
        order_number: said.order_number,
        raw_status: said.raw_status,
        mapped_status: said.status.map(status_of),
        kind: said.kind,
        amount_minor: said.amount_minor,
        currency: said.currency,
        due_at: said.due_at,
    };
    let call = caller.call("external_case.put", &key);
    let answer = server.app.run(call, move |tx, ctx| cases::put(tx, ctx, &facts)).await?;
    let put = &answer.value;
    let view = ExternalCasePut {
        id: put.id,
        outcome: outcome(put.outcome),
        source_version: put.source_version,
        rma_id: put.rma_id,
        conflict: put.conflict.clone(),
    };
    changed(&answer, &view)
}

async fn link(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<ExternalCaseId>,
    wanted: Json<LinkRequest>,
) -> Reply {
    let command = LinkExternalCase { id, rma_id: wanted.rma_id };
    let call = caller.call("external_case.link", &key);
    done(&server.app.run(call, move |tx, ctx| cases::link(tx, ctx, &command)).await?)
}

fn view(case: cases::ExternalCaseView) -> ExternalCaseView {
    ExternalCaseView {
        id: case.id,
        shop_id: case.shop_id,
        platform: case.platform,
        number: case.number,
        rma_id: case.rma_id,
        rma_number: case.rma_number,
        order_number: case.order_number,
        raw_status: case.raw_status,
        status: status(case.status),
        kind: case.kind,
        amount_minor: case.amount_minor,
        currency: case.currency,
        due_at: case.due_at,
        conflict: case.conflict,
        source_version: case.source_version,
        seen_at: case.seen_at,
    }
}

const fn status(status: cases::ExternalStatus) -> ExternalStatus {
    match status {
        cases::ExternalStatus::AwaitingMerchant => ExternalStatus::AwaitingMerchant,
        cases::ExternalStatus::AwaitingBuyer => ExternalStatus::AwaitingBuyer,
        cases::ExternalStatus::GoodsComing => ExternalStatus::GoodsComing,
        cases::ExternalStatus::Refunded => ExternalStatus::Refunded,
        cases::ExternalStatus::Refused => ExternalStatus::Refused,
        cases::ExternalStatus::Closed => ExternalStatus::Closed,
        cases::ExternalStatus::Unknown => ExternalStatus::Unknown,
    }
}

const fn status_of(status: ExternalStatus) -> cases::ExternalStatus {
    match status {
        ExternalStatus::AwaitingMerchant => cases::ExternalStatus::AwaitingMerchant,
        ExternalStatus::AwaitingBuyer => cases::ExternalStatus::AwaitingBuyer,
        ExternalStatus::GoodsComing => cases::ExternalStatus::GoodsComing,
        ExternalStatus::Refunded => cases::ExternalStatus::Refunded,
        ExternalStatus::Refused => cases::ExternalStatus::Refused,
        ExternalStatus::Closed => cases::ExternalStatus::Closed,
        ExternalStatus::Unknown => cases::ExternalStatus::Unknown,
    }
}
