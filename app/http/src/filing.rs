//! Filing a case at the desk: the form, the order that fills it, the judgement before, the case after.

use contract::filing::{
    FILE_RMA, FileRequest, FiledView, FilingOrderView, FilingView, ORDER, PREVIEW, PreviewLine, PreviewView,
    ReasonView, START, ShopBrief,
};
use contract::rma::ContactView;
use domain::{Permission, ShopId};
use engine::form::Audience;
use operations::definitions::Definitions;
use operations::masters::Masters;
use operations::rma::{file, form_check, preview};
use operations::{Actor, Error};

use crate::answer::{Reply, created, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Json, Key, Segments};
use crate::registry::Area;
use crate::rma_view;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&START, Doc::view::<FilingView>(200), start);
    area.add(&ORDER, Doc::view::<FilingOrderView>(200), order);
    area.add(&PREVIEW, Doc::view::<PreviewView>(200).body::<FileRequest>(), preview_filing);
    area.add(&FILE_RMA, Doc::view::<FiledView>(201).body::<FileRequest>(), file_rma);
}

async fn start(server: Server, caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let release = definitions.current()?;
    let form = release.template.case_form().ok_or(Error::NotFound("form"))?;
    let now = server.app.now();
    let shops = shops(&definitions.masters, caller.actor(), Permission::RmaFile, now);
    ok(&FilingView { form: engine::form::project(form, Audience::Desk), reasons: reasons(&definitions), shops })
}

/// The shops where the actor may do something.
pub(crate) fn shops(
    masters: &Masters,
    actor: &Actor,
    permission: Permission,
    now: domain::Timestamp,
) -> Vec<ShopBrief> {
    let open = masters.shops().iter().filter(|shop| shop.active);
    let own = open.filter(|shop| actor.may(permission, Some(shop.id), shop.warehouse_id));
    own.map(|shop| ShopBrief {
        id: shop.id,
        code: shop.code.clone(),
        title: shop.name.clone(),
        offset_minutes: masters.offset_minutes(shop.id, now),
    })
    .collect()
}

/// The reason tree, what can still be chosen of it.
pub(crate) fn reasons(definitions: &Definitions) -> Vec<ReasonView> {
    let masters = &definitions.masters;
    let rows = || masters.reasons().iter().filter(|reason| reason.active);
    let view = |row: &operations::masters::ReasonRow, children| ReasonView {
        code: row.code.clone(),
        title: row.name.clone(),
        evidence: row.evidence_required,
        kinds: form_check::kinds_of_reason(definitions, &row.code).to_vec(),
        children,
    };
    let tops = rows().filter(|row| row.parent_id.is_none());
    tops.map(|top| {
        let leaves = rows().filter(|row| row.parent_id == Some(top.id));
        view(top, leaves.map(|leaf| view(leaf, Vec::new())).collect())
    })
    .collect()
}

async fn order(server: Server, caller: Caller, Segments((shop, number)): Segments<(ShopId, String)>) -> Reply {
    let definitions = server.app.definitions();
    let found = server.app.read(|conn| {
        let masters = &definitions.masters;
        let (order, lines) = form_check::order_for_filing(conn, caller.actor(), masters, shop, &number)?;
        let contact = contact(conn, &definitions, caller.actor(), &order)?;
        Ok(FilingOrderView { order: rma_view::order_brief(&order), lines, contact })
    })?;
    ok(&found)
}

fn contact(
    conn: &operations::Conn,
    definitions: &Definitions,
    actor: &Actor,
    order: &operations::rma::rows::OrderFacts,
) -> Result<ContactView, Error> {
    let seen = form_check::contact_of_order(conn, definitions, actor, order)?;
    Ok(seen.map_or_else(ContactView::default, |seen| ContactView {
        name: seen.name,
        phone: seen.phone,
        email: seen.email,
        address: seen.address,
        masked: false,
    }))
}

fn command(request: FileRequest) -> file::FileRma {
    file::FileRma {
        shop: request.shop,
        answers: request.answers,
        override_reason: request.override_reason,
        proven: None,
    }
}

async fn preview_filing(server: Server, caller: Caller, request: Json<FileRequest>) -> Reply {
    let Json(request) = request;
    let (verdict, lines) = preview::preview(&server.app, caller.actor(), &command(request))?;
    let lines = lines.into_iter().map(|line| PreviewLine {
        judgement: rma_view::judgement(&line.judgement),
        goods: line.goods,
        kind: line.kind,
        quantity: line.quantity,
    });
    ok(&PreviewView { verdict, lines: lines.collect() })
}

async fn file_rma(server: Server, caller: Caller, key: Key, request: Json<FileRequest>) -> Reply {
    let Json(request) = request;
    let command = command(request);
    let call = caller.call("rma.file", &key);
    let answer = server.app.run(call, move |tx, ctx| file::file(tx, ctx, &command)).await?;
    let filed = FiledView { id: answer.value.rma, number: answer.value.number.clone(), verdict: answer.value.verdict };
    created(&answer, &filed)
}
