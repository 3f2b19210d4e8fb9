//! Persons, their roles and sessions, for whoever manages them.

use contract::Page;
use contract::person::{
    ADD, AddPerson, CHANGE, ChangePerson, GET, GRANT_ROLE, LIST, LIST_ROLES, LIST_SESSIONS, PersonReach, PersonView,
    REACH, REVOKE_ROLE, REVOKE_SESSIONS, RevokedSessions, RoleGrant, RoleScope, RoleView, SET_PASSWORD, SET_REACH,
    SetPassword,
};
use contract::session::SessionView;
use domain::PersonId;
use operations::person::{add, change, grant_role, reach, read, revoke_role, set_password};
use operations::session::close;
use operations::{Answer, password};

use crate::answer::{Reply, changed, created, done, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query, Segments};
use crate::registry::Area;
use crate::session::open_sessions;
use crate::state::{Server, State};
use crate::view;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<PersonView>(), list);
    area.add(&ADD, Doc::view::<PersonView>(201).body::<AddPerson>(), add_person);
    area.add(&GET, Doc::view::<PersonView>(200), get);
    area.add(&CHANGE, Doc::view::<PersonView>(200).body::<ChangePerson>(), change_person);
    area.add(&SET_PASSWORD, Doc::nothing().body::<SetPassword>(), set_person_password);
    area.add(&GRANT_ROLE, Doc::view::<PersonView>(200).body::<RoleGrant>(), grant);
    area.add(&REVOKE_ROLE, Doc::view::<PersonView>(200).query::<RoleScope>(), revoke);
    area.add(&LIST_SESSIONS, Doc::list::<SessionView>(), list_sessions);
    area.add(&REVOKE_SESSIONS, Doc::view::<RevokedSessions>(200), revoke_sessions);
    area.add(&REACH, Doc::view::<PersonReach>(200), get_reach);
    area.add(&SET_REACH, Doc::nothing().body::<PersonReach>(), set_reach);
    area.add(&LIST_ROLES, Doc::list::<RoleView>(), list_roles);
}

async fn list(server: Server, caller: Caller, paging: Paging) -> Reply {
    let after = paging.after()?;
    let found = server.app.read(|conn| read::page(conn, caller.actor(), after, paging.one_more()))?;
    ok(&Page::cut(found, paging.limit, |person| person.row.id.to_string()).map(view::person))
}

async fn add_person(server: Server, caller: Caller, key: Key, new: Json<AddPerson>) -> Reply {
    let call = caller.call("person.add", &key);
    let Json(new) = new;
    let password_hash = match new.password {
        Some(text) => {
            password::check_new(&new.name, &text, "password")?;
            Some(server.hashing.hash(text).await?)
        }
        None => None,
    };
    let command = add::AddPerson {
        name: new.name,
        display_name: new.display_name,
        password_hash,
        lang: new.lang.unwrap_or_default(),
        roles: new.roles.into_iter().map(view::role_row).collect(),
    };
    let answer = server.app.run(call, move |tx, ctx| add::add(tx, ctx, &command)).await?;
    created(&answer, &load(&server, &caller, answer.value.id)?)
}

async fn get(server: Server, caller: Caller, Id(id): Id<PersonId>) -> Reply {
    ok(&load(&server, &caller, id)?)
}

async fn change_person(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<PersonId>,
    wanted: Json<ChangePerson>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = change::ChangePerson {
        id,
        version: Some(wanted.version),
        display_name: wanted.display_name,
        lang: wanted.lang,
        active: wanted.active,
    };
    let call = caller.call("person.change", &key);
    let answer = server.app.run(call, move |tx, ctx| change::change(tx, ctx, &command)).await?;
    answer_person(&server, &caller, id, &answer)
}

async fn set_person_password(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<PersonId>,
    typed: Json<SetPassword>,
) -> Reply {
    let name = load(&server, &caller, id)?.name;
    let Json(typed) = typed;
    password::check_new(&name, &typed.password, "password")?;
    let password_hash = server.hashing.hash(typed.password).await?;
    let command = set_password::SetPassword { id, password_hash };
    let call = caller.call("person.set_password", &key);
    done(&server.app.run(call, move |tx, ctx| set_password::set_password(tx, ctx, &command)).await?)
}

async fn grant(server: Server, caller: Caller, key: Key, Id(id): Id<PersonId>, role: Json<RoleGrant>) -> Reply {
    let Json(role) = role;
    let command = grant_role::GrantRole { id, role: view::role_row(role) };
    let call = caller.call("person.grant_role", &key);
    let answer = server.app.run(call, move |tx, ctx| grant_role::grant_role(tx, ctx, &command)).await?;
    answer_person(&server, &caller, id, &answer)
}

async fn revoke(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((id, role)): Segments<(PersonId, String)>,
    scope: Query<RoleScope>,
) -> Reply {
    let role = RoleGrant { role, shop_id: scope.shop_id, warehouse_id: scope.warehouse_id };
    let command = revoke_role::RevokeRole { id, role: view::role_row(role) };
    let call = caller.call("person.revoke_role", &key);
    let answer = server.app.run(call, move |tx, ctx| revoke_role::revoke_role(tx, ctx, &command)).await?;
    answer_person(&server, &caller, id, &answer)
}

async fn list_sessions(server: Server, caller: Caller, Id(id): Id<PersonId>) -> Reply {
    ok(&open_sessions(&server, &caller, id)?)
}

async fn revoke_sessions(server: Server, caller: Caller, key: Key, Id(id): Id<PersonId>) -> Reply {
    let call = caller.call("session.close_all", &key);
    let answer = server.app.run(call, move |tx, ctx| close::close_all(tx, ctx, id)).await?;
    changed(&answer, &RevokedSessions { revoked: answer.value })
}

async fn get_reach(server: Server, caller: Caller, Id(id): Id<PersonId>) -> Reply {
    let found = server.app.read(|conn| reach::read(conn, caller.actor(), id))?;
    ok(&PersonReach { email: found.email, phone: found.phone })
}

async fn set_reach(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<PersonId>,
    Json(wanted): Json<PersonReach>,
) -> Reply {
    let command = reach::Reach { email: wanted.email, phone: wanted.phone };
    let call = caller.call("person.reach", &key);
    done(&server.app.run(call, move |tx, ctx| reach::set(tx, ctx, id, &command)).await?)
}

async fn list_roles(server: Server, _: Caller) -> Reply {
    let definitions = server.app.definitions();
    let roles = &definitions.current()?.template.template().roles;
    let view = |id: &str, title| RoleView {
        permissions: view::permissions(definitions.permissions_of(id)),
        id: id.to_owned(),
        title,
    };
    ok(&roles.iter().map(|role| view(&role.id, role.title.clone())).collect::<Vec<_>>())
}

fn load(server: &State, caller: &Caller, id: PersonId) -> Result<PersonView, Failure> {
    Ok(view::person(server.app.read(|conn| read::find(conn, caller.actor(), id))?))
}

fn answer_person(server: &State, caller: &Caller, id: PersonId, answer: &Answer<()>) -> Reply {
    changed(answer, &load(server, caller, id)?)
}
