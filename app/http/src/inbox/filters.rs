//! Filters that a person keeps, each with how many to-dos fit.

use contract::inbox::{KeepFilterRequest, KeptFilter};
use domain::InboxFilterId;
use operations::Error;
use operations::inbox;
use operations::inbox::filters::{self, KeepFilter};

use super::narrow;
use crate::answer::{Reply, changed, done, ok};
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key};
use crate::state::{Server, State};

pub(super) async fn all(server: Server, caller: Caller) -> Reply {
    ok(&kept(&server, &caller)?)
}

fn kept(server: &State, caller: &Caller) -> Result<Vec<KeptFilter>, Failure> {
    let now = server.app.now();
    let found = server.app.read(|conn| {
        let rows = filters::all(conn, caller.actor())?.into_iter();
        let each = rows.map(|row| {
            // A filter of an older release that no longer fits is shown empty: it narrows nothing and can be dropped.
            let filter: contract::inbox::InboxNarrow = serde_json::from_str(&row.filter).unwrap_or_default();
            let count = inbox::count_of(conn, caller.actor(), &narrow::filter(&filter, now)?)?;
            Ok(KeptFilter { id: row.id, name: row.name, filter, is_default: row.is_default, count })
        });
        each.collect::<Result<Vec<_>, Error>>()
    })?;
    Ok(found)
}

async fn put(server: Server, caller: Caller, key: Key, id: Option<InboxFilterId>, wanted: KeepFilterRequest) -> Reply {
    narrow::filter(&wanted.filter, server.app.now())?;
    let filter = serde_json::to_string(&wanted.filter).map_err(|error| Error::internal(error.to_string()))?;
    let command = KeepFilter { id, name: wanted.name, filter, is_default: wanted.is_default };
    let call = caller.call("inbox_filter.keep", &key);
    let answer = server.app.run(call, move |tx, ctx| filters::keep(tx, ctx, &command)).await?;
    changed(&answer, &kept(&server, &caller)?)
}

pub(super) async fn keep(server: Server, caller: Caller, key: Key, wanted: Json<KeepFilterRequest>) -> Reply {
    let Json(wanted) = wanted;
    put(server, caller, key, None, wanted).await
}

pub(super) async fn change(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<InboxFilterId>,
    wanted: Json<KeepFilterRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    put(server, caller, key, Some(id), wanted).await
}

pub(super) async fn drop_one(server: Server, caller: Caller, key: Key, Id(id): Id<InboxFilterId>) -> Reply {
    let call = caller.call("inbox_filter.drop", &key);
    done(&server.app.run(call, move |tx, ctx| filters::drop_one(tx, ctx, id)).await?)
}
