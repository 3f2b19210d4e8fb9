//! Rows into views, shared by the handlers of persons, sessions and tokens.

use contract::person::{PersonView, RoleGrant};
use contract::session::{CallerKind, CallerView, GrantView, OperatedStation, OwnSession, SessionView};
use contract::token::TokenView;
use domain::{Permission, SessionId, Text};
use operations::actor::permission_bit;
use operations::definitions::Definitions;
use operations::person::RoleRow;
use operations::person::read::Person;
use operations::session::SessionRow;
use operations::token::read::Token;
use operations::{Actor, Grant};

use crate::extract::Caller;

/// Who calls. `csrf_token` belongs to the session, if there is one.
pub(crate) fn caller(caller: &Caller, csrf_token: Option<String>, definitions: &Definitions) -> CallerView {
    let actor = caller.actor();
    let (kind, id) = match actor.person() {
        Some(person) => (CallerKind::Person, person.to_string()),
        None => (CallerKind::Token, actor.stored().1.to_string()),
    };
    let session = caller.signed_in.session.as_ref().zip(caller.signed_in.expires_at).zip(csrf_token);
    CallerView {
        kind,
        id,
        name: actor.name.clone(),
        lang: caller.lang,
        grants: actor.grants.iter().map(|one| grant(one, definitions)).collect(),
        permissions: everywhere(actor),
        session: session.map(|((session, expires_at), csrf_token)| OwnSession {
            id: session.id,
            csrf_token,
            expires_at,
        }),
        station: actor.station.map(|station| OperatedStation {
            id: station.device,
            shift: station.shift,
            warehouse: station.warehouse,
        }),
    }
}

/// The permissions in a set of bits, in the order of their declaration.
pub(crate) fn permissions(bits: u64) -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|permission| bits & permission_bit(*permission) != 0).collect()
}

fn everywhere(actor: &Actor) -> Vec<Permission> {
    permissions(actor.grants.iter().fold(0, |bits, grant| bits | grant.permissions))
}

fn grant(grant: &Grant, definitions: &Definitions) -> GrantView {
    GrantView {
        title: role_title(&grant.role, definitions),
        role: grant.role.clone(),
        shop_id: grant.shop,
        warehouse_id: grant.warehouse,
        permissions: permissions(grant.permissions),
    }
}

fn role_title(role: &str, definitions: &Definitions) -> Text {
    let known = definitions.current().ok().and_then(|release| release.template.role(role));
    known.map_or_else(|| Text::new(role, role), |role| role.title.clone())
}

/// A person as whoever manages persons sees it.
pub(crate) fn person(person: Person) -> PersonView {
    let Person { row, roles } = person;
    PersonView {
        id: row.id,
        name: row.name,
        display_name: row.display_name,
        lang: row.lang,
        team_id: row.team_id,
        active: row.active,
        roles: roles.into_iter().map(role).collect(),
        created_at: row.created_at,
        version: row.version,
    }
}

/// A token as whoever manages persons sees it.
pub(crate) fn token(token: Token) -> TokenView {
    let Token { row, roles } = token;
    TokenView {
        id: row.id,
        name: row.name,
        roles: roles.into_iter().map(role).collect(),
        created_at: row.created_at,
        created_by: row.created_by,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
    }
}

/// A session as its owner sees it; `current` is the one the request came with.
pub(crate) fn session(row: SessionRow, current: Option<SessionId>) -> SessionView {
    SessionView {
        current: current == Some(row.id),
        id: row.id,
        opened_at: row.opened_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
        address: row.address,
        agent: row.agent,
    }
}

/// A role as stored.
pub(crate) fn role_row(grant: RoleGrant) -> RoleRow {
    RoleRow { role: grant.role, shop_id: grant.shop_id, warehouse_id: grant.warehouse_id }
}

fn role(row: RoleRow) -> RoleGrant {
    RoleGrant { role: row.role, shop_id: row.shop_id, warehouse_id: row.warehouse_id }
}
