//! Canned answers.

use contract::master::{ADD_CANNED_ANSWER, CANNED_ANSWERS, CHANGE_CANNED_ANSWER, CannedAnswer, SavedRow};
use domain::CannedAnswerId;
use operations::master::canned_answer::{self, CannedAnswerRow, SaveCannedAnswer};

use super::saved;
use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&CANNED_ANSWERS, Doc::list::<CannedAnswer>(), list);
    area.add(&ADD_CANNED_ANSWER, Doc::view::<SavedRow>(201).body::<CannedAnswer>(), add);
    area.add(&CHANGE_CANNED_ANSWER, Doc::view::<SavedRow>(200).body::<CannedAnswer>(), change);
}

async fn list(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| canned_answer::list(conn, caller.actor()))?;
    let view = |row: CannedAnswerRow| CannedAnswer {
        id: Some(row.id),
        version: row.version,
        code: row.code,
        title: row.title,
        text: row.text,
        uses: row.uses,
        shop_id: row.shop_id,
        position: row.position,
        active: row.active,
    };
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn add(server: Server, caller: Caller, key: Key, row: Json<CannedAnswer>) -> Reply {
    save(server, caller, key, None, row).await
}

async fn change(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<CannedAnswerId>,
    row: Json<CannedAnswer>,
) -> Reply {
    save(server, caller, key, Some(id), row).await
}

async fn save(
    server: Server,
    caller: Caller,
    key: Key,
    id: Option<CannedAnswerId>,
    Json(row): Json<CannedAnswer>,
) -> Reply {
    let command = SaveCannedAnswer {
        id,
        version: row.version,
        code: row.code,
        title: row.title,
        text: row.text,
        uses: row.uses,
        shop_id: row.shop_id,
        position: row.position,
        active: row.active,
    };
    let call = caller.call("canned_answer.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| canned_answer::save(tx, ctx, &command)).await?)
}
