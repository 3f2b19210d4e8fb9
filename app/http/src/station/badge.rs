//! Badges and PINs.

use actix_web::HttpRequest;
use contract::rma::PersonName;
use contract::station::{
    BadgeView, GET_BADGE, ISSUE_BADGE, IssuedBadge, REVOKE_BADGE, SET_OWN_PIN, SET_PIN, SetOwnPin as OwnPinRequest,
    SetPin as PinRequest,
};
use domain::PersonId;
use operations::error::Refusal;
use operations::person::change_own_password::wrong_current;
use operations::session::open::candidate_of;
use operations::station::issue_badge::{IssueBadge, issue_badge};
use operations::station::revoke_badge::revoke_badge;
use operations::station::set_own_pin::{SetOwnPin, set_own_pin};
use operations::station::set_pin::{SetPin, set_pin};
use operations::station::{badge, pin};
use operations::{Error, person};

use crate::address;
use crate::answer::{Reply, created, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&GET_BADGE, Doc::view::<BadgeView>(200), get);
    area.add(&ISSUE_BADGE, Doc::view::<IssuedBadge>(201), issue);
    area.add(&REVOKE_BADGE, Doc::nothing(), revoke);
    area.add(&SET_PIN, Doc::nothing().body::<PinRequest>(), set_person_pin);
    area.add(&SET_OWN_PIN, Doc::nothing().body::<OwnPinRequest>(), set_my_pin);
}

async fn get(server: Server, caller: Caller, Id(id): Id<PersonId>) -> Reply {
    let now = server.app.now();
    let found = server.app.read(|conn| badge::of(conn, caller.actor(), id, now))?;
    ok(&BadgeView {
        person: id,
        issued_at: found.issued_at,
        has_pin: found.has_pin,
        blocked_until: found.blocked_until,
    })
}

async fn issue(server: Server, caller: Caller, key: Key, Id(id): Id<PersonId>) -> Reply {
    let code = badge::generate()?;
    let command = IssueBadge { person: id, code_hash: badge::hash(&code) };
    let call = caller.call("badge.issue", &key);
    let answer = server.app.run(call, move |tx, ctx| issue_badge(tx, ctx, &command)).await?;
    if answer.replayed {
        return Err(already_told().into());
    }
    let person = server.app.read(|conn| person::read::find(conn, caller.actor(), id))?;
    let issued_at = server.app.now();
    created(&answer, &IssuedBadge { person: PersonName { id, name: person.row.display_name }, code, issued_at })
}

// The code of the first answer is nowhere any more: only its hash is stored.
fn already_told() -> Error {
    Error::conflict(
        Refusal::new(
            "code_told_once",
            "工牌已签发，编码只显示一次",
            "the badge was issued already; its code is told once",
        )
        .help("如果没有打印，请重新签发", "issue it again if it was not printed"),
    )
}

async fn revoke(server: Server, caller: Caller, key: Key, Id(id): Id<PersonId>) -> Reply {
    let call = caller.call("badge.revoke", &key);
    done(&server.app.run(call, move |tx, ctx| revoke_badge(tx, ctx, id)).await?)
}

async fn set_person_pin(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<PersonId>,
    typed: Json<PinRequest>,
) -> Reply {
    let Json(typed) = typed;
    pin::check_new(&typed.pin)?;
    let command = SetPin { person: id, pin_hash: server.hashing.hash_pin(typed.pin).await? };
    let call = caller.call("pin.set", &key);
    done(&server.app.run(call, move |tx, ctx| set_pin(tx, ctx, &command)).await?)
}

async fn set_my_pin(
    server: Server,
    request: HttpRequest,
    caller: Caller,
    key: Key,
    typed: Json<OwnPinRequest>,
) -> Reply {
    let Json(typed) = typed;
    let person = caller.actor().person().ok_or(Error::Unauthenticated)?;
    server.limits.sign_in(address::of(&server, &request), &format!("person:{person}"))?;
    pin::check_new(&typed.pin)?;
    let known = server.app.read(|conn| candidate_of(conn, person))?.ok_or(Error::Unauthenticated)?;
    if !server.hashing.verify(Some(known.password_hash.clone()), typed.current).await? {
        return Err(wrong_current().into());
    }
    let pin_hash = server.hashing.hash_pin(typed.pin).await?;
    let command = SetOwnPin { checked_hash: known.password_hash, pin_hash };
    let call = caller.call("pin.set_own", &key);
    done(&server.app.run(call, move |tx, ctx| set_own_pin(tx, ctx, &command)).await?)
}
