//! Stations, their operators, badges and PINs, hand-over sheets.

mod badge;
mod hand_over;
mod operator;
mod view;

use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse};
use contract::station::{
    CHANGE, ChangeStation, ENROL, ENROL_AGAIN, EnrolStation, HERE, LIST, REVOKE, StationHere, StationView,
};
use domain::DeviceId;
use operations::station::change::{Change, change};
use operations::station::enrol::{Enrol, Which, enrol};
use operations::station::read;
use operations::station::revoke::revoke;
use operations::{Error, secret};

use crate::answer::{Reply, changed, done, ok};
use crate::cookie;
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::{Server, State};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::list::<StationView>(), list);
    area.add(&ENROL, Doc::view::<StationView>(201).body::<EnrolStation>(), enrol_new);
    area.add(&ENROL_AGAIN, Doc::view::<StationView>(201), enrol_again);
    area.add(&CHANGE, Doc::view::<StationView>(200).body::<ChangeStation>(), change_station);
    area.add(&REVOKE, Doc::nothing(), revoke_station);
    area.add(&HERE, Doc::view::<StationHere>(200), here);
    operator::routes(area);
    badge::routes(area);
    hand_over::routes(area);
}

async fn list(server: Server, caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let rows = server.app.read(|conn| read::all(conn, caller.actor()))?;
    ok(&rows.iter().map(|row| view::station(row, &definitions)).collect::<Vec<_>>())
}

async fn enrol_new(
    server: Server,
    request: HttpRequest,
    caller: Caller,
    key: Key,
    wanted: Json<EnrolStation>,
) -> Reply {
    let Json(wanted) = wanted;
    let station = Which::New { name: wanted.name, warehouse: wanted.warehouse, settings: wanted.settings };
    give_cookie(&server, &request, &caller, &key, station).await
}

async fn enrol_again(server: Server, request: HttpRequest, caller: Caller, key: Key, Id(id): Id<DeviceId>) -> Reply {
    give_cookie(&server, &request, &caller, &key, Which::Known(id)).await
}

async fn give_cookie(server: &State, request: &HttpRequest, caller: &Caller, key: &Key, station: Which) -> Reply {
    let token = secret::generate("")?;
    let command = Enrol {
        station,
        token_hash: secret::hash(&token).ok_or_else(|| Error::internal("a new token cannot be hashed"))?,
        old_token_hash: cookie::station_token(server, request).and_then(secret::hash),
    };
    let call = caller.call("station.enrol", key);
    let answer = server.app.run(call, move |tx, ctx| enrol(tx, ctx, &command)).await?;
    let found = server.app.read(|conn| read::one(conn, caller.actor(), answer.value.id))?;
    let mut response = HttpResponse::Created();
    // The cookie of the first answer went to the browser then; its token is stored nowhere.
    if !answer.replayed {
        response.insert_header((SET_COOKIE, cookie::set_station(server, request, &token)));
    }
    Ok(response.json(view::station(&found, &server.app.definitions())))
}

async fn change_station(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<DeviceId>,
    wanted: Json<ChangeStation>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Change {
        id,
        version: wanted.version,
        name: wanted.name,
        warehouse: wanted.warehouse,
        settings: wanted.settings,
    };
    let call = caller.call("station.change", &key);
    let answer = server.app.run(call, move |tx, ctx| change(tx, ctx, &command)).await?;
    let found = server.app.read(|conn| read::one(conn, caller.actor(), id))?;
    changed(&answer, &view::station(&found, &server.app.definitions()))
}

async fn revoke_station(server: Server, caller: Caller, key: Key, Id(id): Id<DeviceId>) -> Reply {
    let call = caller.call("station.revoke", &key);
    done(&server.app.run(call, move |tx, ctx| revoke(tx, ctx, id)).await?)
}

async fn here(server: Server, request: HttpRequest) -> Reply {
    let now = server.app.now();
    let hash = cookie::station_token(&server, &request).and_then(secret::hash);
    let found = match hash {
        Some(hash) => server.app.read(|conn| read::here(conn, &hash))?,
        None => None,
    };
    let shift = found.as_ref().and_then(|station| view::shift(station.shift.as_ref()?, &station.names));
    let station = found.map(|station| view::station(&station, &server.app.definitions()));
    ok(&StationHere { station, shift, now })
}
