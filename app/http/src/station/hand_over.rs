//! Hand-over sheets (交接班).

use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse};
use contract::Page;
use contract::station::{
    DRAFT_HAND_OVER, GET_HAND_OVER, HAND_OVER, HandOverQuery, HandOverRequest, HandOverView, HandedOverView,
    LIST_HAND_OVERS,
};
use domain::HandOverId;
use operations::station::hand_over::{HandOver, HandOverFilter, find, hand_over, page};
use operations::station::sheet;

use super::operator::{changed_since, check, opened};
use super::view;
use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&DRAFT_HAND_OVER, Doc::view::<HandOverView>(200), draft);
    area.add(&HAND_OVER, Doc::view::<HandedOverView>(201).body::<HandOverRequest>(), hand_over_to);
    area.add(&LIST_HAND_OVERS, Doc::page::<HandOverView>().query::<HandOverQuery>(), list);
    area.add(&GET_HAND_OVER, Doc::view::<HandOverView>(200), get);
}

async fn draft(server: Server, caller: Caller) -> Reply {
    let now = server.app.now();
    ok(&view::sheet(None, server.app.read(|conn| sheet::draft(conn, caller.actor(), now))?))
}

async fn hand_over_to(
    server: Server,
    request: HttpRequest,
    caller: Caller,
    key: Key,
    typed: Json<HandOverRequest>,
) -> Reply {
    let Json(typed) = typed;
    let (next, token) = check(&server, &request, &typed.badge, typed.pin).await?.into_parts();
    let command = HandOver { next, note: typed.note, pending_uploads: typed.pending_uploads };
    let call = caller.call("station.hand_over", &key);
    let answer = server.app.run(call, move |tx, ctx| hand_over(tx, ctx, &command)).await.map_err(changed_since)?;
    let (operator, cookie) = opened(&server, &request, &token)?;
    let id = answer.value.hand_over;
    let kept = server.app.read(|conn| find(conn, caller.actor(), id))?;
    let mut response = HttpResponse::Created();
    response.insert_header((SET_COOKIE, cookie));
    Ok(response.json(HandedOverView { hand_over: view::sheet(Some(id), kept.sheet), operator }))
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<HandOverQuery>) -> Reply {
    let filter = HandOverFilter { warehouse: query.warehouse, device: query.station, before: paging.after()? };
    let rows = server.app.read(|conn| page(conn, caller.actor(), &filter, paging.one_more()))?;
    let found = Page::cut(rows, paging.limit, |row| row.id.to_string());
    ok(&found.map(|row| view::sheet(Some(row.id), row.sheet)))
}

async fn get(server: Server, caller: Caller, Id(id): Id<HandOverId>) -> Reply {
    let kept = server.app.read(|conn| find(conn, caller.actor(), id))?;
    ok(&view::sheet(Some(id), kept.sheet))
}
