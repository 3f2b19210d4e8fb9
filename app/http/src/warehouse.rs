//! The warehouse: scans and parcels.

mod goods;
mod late;
mod park;
mod scan;
mod view;

pub(crate) use view::{carrier, person};

use contract::Page;
use contract::warehouse::{
    ANNOUNCE, AnnounceRequest, AnnouncedView, AtRequest, FOLLOW_UP, GET, LIST, MATCH, OPEN, ParcelFollowUpRequest,
    ParcelOnBench, ParcelQuery, ParcelView, SIGN, SignRequest, SignedView, UNMATCH,
};
use domain::{ParcelId, RmaId};
use operations::Answer;
use operations::warehouse::announce::{Announce, announce};
use operations::warehouse::follow_up::{FollowUp, follow_up};
use operations::warehouse::matching::{Match, assign, unassign};
use operations::warehouse::open::{Open, open};
use operations::warehouse::read;
use operations::warehouse::sign::{Sign, sign};

use crate::answer::{Reply, changed, created, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query, Segments};
use crate::registry::Area;
use crate::state::{Server, State};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<ParcelView>().query::<ParcelQuery>(), list);
    area.add(&GET, Doc::view::<ParcelOnBench>(200), get);
    area.add(&ANNOUNCE, Doc::view::<AnnouncedView>(201).body::<AnnounceRequest>(), announce_parcel);
    area.add(&SIGN, Doc::list::<SignedView>().body::<SignRequest>(), sign_parcels);
    area.add(&OPEN, Doc::view::<ParcelOnBench>(200).body::<AtRequest>(), open_parcel);
    area.add(&MATCH, Doc::view::<ParcelOnBench>(200), match_parcel);
    area.add(&UNMATCH, Doc::view::<ParcelOnBench>(200), unmatch_parcel);
    area.add(&FOLLOW_UP, Doc::view::<ParcelOnBench>(200).body::<ParcelFollowUpRequest>(), follow_up_parcel);
    scan::routes(area);
    goods::routes(area);
    park::routes(area);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<ParcelQuery>) -> Reply {
    let filter = read::ParcelFilter {
        state: query.state,
        warehouse: query.warehouse,
        without_case: query.without_case,
        parked: query.parked,
        before: paging.after()?,
    };
    let definitions = server.app.definitions();
    let rows = server.app.read(|conn| read::parcels(conn, caller.actor(), &filter, paging.one_more()))?;
    let page = Page::cut(rows, paging.limit, |row| row.parcel.id.to_string());
    ok(&page.map(|row| view::parcel(row, &definitions)))
}

async fn get(server: Server, caller: Caller, Id(id): Id<ParcelId>) -> Reply {
    ok(&load(&server, &caller, id)?)
}

fn load(server: &State, caller: &Caller, id: ParcelId) -> Result<ParcelOnBench, Failure> {
    let definitions = server.app.definitions();
    let found = server.app.read(|conn| read::parcel(conn, caller.actor(), id))?;
    Ok(view::on_bench(found, &definitions))
}

fn show<T>(server: &State, caller: &Caller, id: ParcelId, answer: &Answer<T>) -> Reply {
    changed(answer, &load(server, caller, id)?)
}

async fn announce_parcel(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaId>,
    wanted: Json<AnnounceRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Announce { rma: id, carrier: wanted.carrier, waybill: wanted.waybill };
    let call = caller.call("parcel.announce", &key);
    let answer = server.app.run(call, move |tx, ctx| announce(tx, ctx, &command)).await?;
    created(&answer, &AnnouncedView { parcel: answer.value.parcel, reused: answer.value.reused })
}

async fn sign_parcels(server: Server, caller: Caller, key: Key, wanted: Json<SignRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command =
        Sign { warehouse: wanted.warehouse, carrier: wanted.carrier, waybills: wanted.waybills, at: wanted.at };
    let call = caller.call("parcel.sign", &key);
    let answer = server.app.run(call, move |tx, ctx| sign(tx, ctx, &command)).await?;
    let signed: Vec<SignedView> = answer.value.iter().cloned().map(view::signed).collect();
    changed(&answer, &signed)
}

async fn open_parcel(server: Server, caller: Caller, key: Key, Id(id): Id<ParcelId>, wanted: Json<AtRequest>) -> Reply {
    let command = Open { parcel: id, at: wanted.at };
    let call = caller.call("parcel.open", &key);
    let answer = server.app.run(call, move |tx, ctx| open(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn match_parcel(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((parcel, rma)): Segments<(ParcelId, RmaId)>,
) -> Reply {
    let call = caller.call("parcel.match", &key);
    let answer = server.app.run(call, move |tx, ctx| assign(tx, ctx, &Match { parcel, rma })).await?;
    show(&server, &caller, parcel, &answer)
}

async fn unmatch_parcel(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((parcel, rma)): Segments<(ParcelId, RmaId)>,
) -> Reply {
    let call = caller.call("parcel.unmatch", &key);
    let answer = server.app.run(call, move |tx, ctx| unassign(tx, ctx, &Match { parcel, rma })).await?;
    show(&server, &caller, parcel, &answer)
}

async fn follow_up_parcel(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<ParcelId>,
    wanted: Json<ParcelFollowUpRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = FollowUp { parcel: id, owner: wanted.owner, at: wanted.at, note: wanted.note };
    let call = caller.call("parcel.follow_up", &key);
    let answer = server.app.run(call, move |tx, ctx| follow_up(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}
