//! Hand-over sheets (交接班).

use std::sync::Arc;

use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse};
use contract::Page;
use contract::station::{
    DRAFT_HAND_OVER, GET_HAND_OVER, HAND_OVER, HandOverQuery, HandOverRequest, HandOverView, HandedOverStation,
    HandedOverView, LIST_HAND_OVERS, LIST_HANDED_OVER,
};
use domain::HandOverId;
use operations::station::hand_over::{
    HandOver, HandOverFilter, VERB, answered, find, give_again, hand_over, page, stations,
};
use operations::station::sheet;
use operations::{Actor, Call, Error};

use super::operator::{changed_since, check, nobody, opened};
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
    area.add(&LIST_HANDED_OVER, Doc::list::<HandedOverStation>(), handed_over);
    area.add(&GET_HAND_OVER, Doc::view::<HandOverView>(200), get);
}

async fn draft(server: Server, caller: Caller) -> Reply {
    let now = server.app.now();
    ok(&view::sheet(None, server.app.read(|conn| sheet::draft(conn, caller.actor(), now))?))
}

async fn hand_over_to(
    server: Server,
    request: HttpRequest,
    caller: Option<Caller>,
    key: Key,
    typed: Json<HandOverRequest>,
) -> Reply {
    let Json(typed) = typed;
    let repeatable = key.for_request();
    if caller.is_none() && repeatable.is_none() {
        return Err(Error::Unauthenticated.into());
    }
    let (next, token) = check(&server, &request, &typed.badge, typed.pin).await?.into_parts();
    let before = match &repeatable {
        Some(key) => server.app.read(|conn| answered(conn, next.device, key))?,
        None => None,
    };
    let answer = match (before, caller) {
        (Some(before), _) => {
            let call = Call::new(Arc::new(nobody(&next)), "station.hand_over_again");
            let again = (before, next);
            server.app.run(call, move |tx, ctx| give_again(tx, ctx, &again)).await?
        }
        (None, Some(caller)) => {
            let command = HandOver { next, note: typed.note, pending_uploads: typed.pending_uploads };
            let call = caller.call(VERB, &key);
            server.app.run(call, move |tx, ctx| hand_over(tx, ctx, &command)).await.map_err(changed_since)?
        }
        (None, None) => return Err(Error::Unauthenticated.into()),
    };
    let (operator, cookie) = opened(&server, &request, &token)?;
    let id = answer.value.hand_over;
    let kept = server.app.read(|conn| find(conn, &Actor::system(), id))?;
    let mut response = HttpResponse::Created();
    response.insert_header((SET_COOKIE, cookie));
    Ok(response.json(HandedOverView { hand_over: view::sheet(Some(id), kept.sheet), operator }))
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<HandOverQuery>) -> Reply {
    let filter = HandOverFilter {
        warehouse: query.warehouse,
        device: query.station,
        from: query.from,
        until: query.until,
        before: paging.after()?,
    };
    let rows = server.app.read(|conn| page(conn, caller.actor(), &filter, paging.one_more()))?;
    let found = Page::cut(rows, paging.limit, |row| row.id.to_string());
    ok(&found.map(|row| view::sheet(Some(row.id), row.sheet)))
}

async fn handed_over(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| stations(conn, caller.actor()))?;
    ok(&rows.into_iter().map(|(id, name)| HandedOverStation { id, name }).collect::<Vec<_>>())
}

async fn get(server: Server, caller: Caller, Id(id): Id<HandOverId>) -> Reply {
    let kept = server.app.read(|conn| find(conn, caller.actor(), id))?;
    ok(&view::sheet(Some(id), kept.sheet))
}
