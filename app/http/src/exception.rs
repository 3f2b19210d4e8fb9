//! The exceptions desk.

use contract::Page;
use contract::exception::{
    COUNTS, ExceptionCase, ExceptionCount, ExceptionCounts, ExceptionKind, ExceptionQuery, ExceptionRef,
    ExceptionSettings, ExceptionSubject, ExceptionView, LIST, LOOK_AGAIN, LookAgainRequest, OWN, OwnRequest, PEOPLE,
    SAVE_SETTINGS, SETTINGS, SETTLE, SettleExceptionsRequest, TouchedView, WEIGH, WeighRequest, WeighedView,
};
use contract::rma::PersonName;
use domain::{ParcelId, PersonId};
use operations::Error;
use operations::definitions::Definitions;
use operations::error::Refusal;
use operations::exception::act::{LookAgain, Own, Settle, Touched, Which, look_again, own, settle};
use operations::exception::list::{self, Asked};
use operations::exception::{Kind, Subject, settings};
use operations::person::names::Names;
use operations::warehouse::weigh::{Weigh, weigh};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;
use crate::warehouse::{carrier, person};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<ExceptionView>().query::<ExceptionQuery>(), list_them);
    area.add(&COUNTS, Doc::view::<ExceptionCounts>(200).query::<ExceptionQuery>(), count_them);
    area.add(&PEOPLE, Doc::list::<PersonName>(), people);
    area.add(&OWN, Doc::view::<TouchedView>(200).body::<OwnRequest>(), own_them);
    area.add(&LOOK_AGAIN, Doc::view::<TouchedView>(200).body::<LookAgainRequest>(), look_at_them_again);
    area.add(&SETTLE, Doc::view::<TouchedView>(200).body::<SettleExceptionsRequest>(), settle_them);
    area.add(&SETTINGS, Doc::view::<ExceptionSettings>(200), read_settings);
    area.add(&SAVE_SETTINGS, Doc::nothing().body::<ExceptionSettings>(), save_settings);
    area.add(&WEIGH, Doc::view::<WeighedView>(200).body::<WeighRequest>(), weigh_parcel);
}

fn asked(query: &ExceptionQuery, caller: &Caller) -> Result<Asked, Failure> {
    let owner = match query.owner.as_deref() {
        None | Some("") => None,
        Some("none") => Some(None),
        Some("me") => Some(caller.actor().person()),
        Some(id) => Some(Some(PersonId::from_raw(id.parse().map_err(|_| malformed("owner"))?))),
    };
    let age = query.age.map(usize::try_from).transpose().map_err(|_| malformed("age"))?;
    let kind = query.kind.map(kind_of);
    Ok(Asked { kind, warehouse: query.warehouse, shop: query.shop, owner, age })
}

fn malformed(field: &str) -> Error {
    Error::invalid(Refusal::new("malformed", "参数无效", "this parameter cannot be read").at(field))
}

async fn list_them(server: Server, caller: Caller, paging: Paging, query: Query<ExceptionQuery>) -> Reply {
    let (asked, after) = (asked(&query, &caller)?, paging.after()?);
    let (now, definitions) = (server.app.now(), server.app.definitions());
    let limit = paging.one_more();
    let list::Items { items, names } =
        server.app.read(|conn| list::page(conn, caller.actor(), now, &asked, after, limit))?;
    let page = Page::cut(items, paging.limit, |item| item.at.to_string());
    ok(&page.map(|item| view(item, &names, &definitions)))
}

fn view(item: list::Item, names: &Names, definitions: &Definitions) -> ExceptionView {
    let case = |case: list::ParcelCase| ExceptionCase {
        rma: case.rma_id,
        number: case.number,
        state: case.state,
        shop: case.shop_id,
    };
    ExceptionView {
        kind: kind(item.kind),
        subject: match item.subject {
            Subject::Parcel => ExceptionSubject::Parcel,
            Subject::Rma => ExceptionSubject::Rma,
            Subject::Task => ExceptionSubject::Task,
        },
        id: item.id.to_string(),
        since: item.since,
        waybill: item.waybill,
        state: item.state,
        carrier: carrier(item.carrier, definitions),
        warehouse: item.warehouse,
        cases: item.cases.into_iter().map(case).collect(),
        words: item.words,
        owner: item.owner.map(|id| person(id, names)),
        next_follow_up_at: item.next_follow_up_at,
        note: item.note,
        weight_grams: item.weight_grams,
        expected_grams: item.expected_grams,
    }
}

async fn count_them(server: Server, caller: Caller, query: Query<ExceptionQuery>) -> Reply {
    let asked = Asked { kind: None, age: None, ..asked(&query, &caller)? };
    let now = server.app.now();
    let (counts, settings) =
        server.app.read(|conn| Ok((list::counts(conn, caller.actor(), now, &asked)?, settings::read(conn)?)))?;
    let count =
        |one: list::Count| ExceptionCount { kind: kind(one.kind), count: one.ages.iter().sum(), ages: one.ages };
    let kinds: Vec<_> = counts.into_iter().map(count).collect();
    let total = kinds.iter().map(|one| one.count).sum();
    ok(&ExceptionCounts { total, kinds, age_days: settings.age_days })
}

async fn people(server: Server, caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let found = server.app.read(|conn| list::colleagues(conn, &definitions, caller.actor()))?;
    ok(&found.into_iter().map(|(id, name)| PersonName { id, name }).collect::<Vec<_>>())
}

fn which(items: Vec<ExceptionRef>) -> Result<Vec<Which>, Error> {
    let one = |(at, item): (usize, ExceptionRef)| {
        let id = item.id.parse().map_err(|_| malformed(&format!("items[{at}].id")))?;
        let subject = match item.subject {
            ExceptionSubject::Parcel => Subject::Parcel,
            ExceptionSubject::Rma => Subject::Rma,
            ExceptionSubject::Task => Subject::Task,
        };
        Ok(Which { kind: kind_of(item.kind), subject, id })
    };
    items.into_iter().enumerate().map(one).collect()
}

async fn own_them(server: Server, caller: Caller, key: Key, Json(wanted): Json<OwnRequest>) -> Reply {
    let command = Own { items: which(wanted.items)?, owner: wanted.owner };
    let call = caller.call("exception.own", &key);
    let answer = server.app.run(call, move |tx, ctx| own(tx, ctx, &command)).await?;
    changed(&answer, &touched(answer.value))
}

async fn look_at_them_again(server: Server, caller: Caller, key: Key, Json(wanted): Json<LookAgainRequest>) -> Reply {
    let command = LookAgain { items: which(wanted.items)?, at: wanted.at, note: wanted.note };
    let call = caller.call("exception.look_again", &key);
    let answer = server.app.run(call, move |tx, ctx| look_again(tx, ctx, &command)).await?;
    changed(&answer, &touched(answer.value))
}

async fn settle_them(server: Server, caller: Caller, key: Key, Json(wanted): Json<SettleExceptionsRequest>) -> Reply {
    let command = Settle { items: which(wanted.items)?, reason: wanted.reason };
    let call = caller.call("exception.settle", &key);
    let answer = server.app.run(call, move |tx, ctx| settle(tx, ctx, &command)).await?;
    changed(&answer, &touched(answer.value))
}

const fn touched(touched: Touched) -> TouchedView {
    TouchedView { items: touched.items }
}

async fn read_settings(server: Server, _: Caller) -> Reply {
    let set = server.app.read(settings::read)?;
    ok(&ExceptionSettings {
        silent_days: set.silent_days,
        unopened_hours: set.unopened_hours,
        uncounted_hours: set.uncounted_hours,
        weight_grams: set.weight_grams,
        weight_percent: set.weight_percent,
        age_days: set.age_days,
    })
}

async fn save_settings(server: Server, caller: Caller, key: Key, Json(wanted): Json<ExceptionSettings>) -> Reply {
    let command = settings::Settings {
        silent_days: wanted.silent_days,
        unopened_hours: wanted.unopened_hours,
        uncounted_hours: wanted.uncounted_hours,
        weight_grams: wanted.weight_grams,
        weight_percent: wanted.weight_percent,
        age_days: wanted.age_days,
    };
    let call = caller.call("exception.save_settings", &key);
    done(&server.app.run(call, move |tx, ctx| settings::save(tx, ctx, &command)).await?)
}

async fn weigh_parcel(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<ParcelId>,
    wanted: Json<WeighRequest>,
) -> Reply {
    let command = Weigh { parcel: id, grams: wanted.grams };
    let call = caller.call("parcel.weigh", &key);
    let answer = server.app.run(call, move |tx, ctx| weigh(tx, ctx, &command)).await?;
    let weighed = answer.value;
    let view = WeighedView { parcel: weighed.parcel, expected_grams: weighed.expected_grams, gap: weighed.gap };
    changed(&answer, &view)
}

const fn kind(kind: Kind) -> ExceptionKind {
    match kind {
        Kind::Unidentified => ExceptionKind::Unidentified,
        Kind::Silent => ExceptionKind::Silent,
        Kind::CarrierSigned => ExceptionKind::CarrierSigned,
        Kind::Unopened => ExceptionKind::Unopened,
        Kind::Uncounted => ExceptionKind::Uncounted,
        Kind::WeightGap => ExceptionKind::WeightGap,
        Kind::FollowUp => ExceptionKind::FollowUp,
        Kind::Conflict => ExceptionKind::Conflict,
    }
}

const fn kind_of(kind: ExceptionKind) -> Kind {
    match kind {
        ExceptionKind::Unidentified => Kind::Unidentified,
        ExceptionKind::Silent => Kind::Silent,
        ExceptionKind::CarrierSigned => Kind::CarrierSigned,
        ExceptionKind::Unopened => Kind::Unopened,
        ExceptionKind::Uncounted => Kind::Uncounted,
        ExceptionKind::WeightGap => Kind::WeightGap,
        ExceptionKind::FollowUp => Kind::FollowUp,
        ExceptionKind::Conflict => Kind::Conflict,
    }
}
