//! Makes a bearer token.

use domain::{EventKind, Timestamp, TokenId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::api_token::TokenRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::person::add::role_payload;
use crate::person::{self, RoleRow, role};

/// A token to make. Its secret stays with the caller; only the hash comes here.
#[derive(Clone, Debug)]
pub struct AddToken {
    /// What it is for, unique.
    pub name: String,
    /// Of `secret::hash`.
    pub token_hash: [u8; 32],
    /// Roles; at least one.
    pub roles: Vec<RoleRow>,
    /// When it ends, if ever.
    pub expires_at: Option<Timestamp>,
}

/// The token made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Its id.
    pub id: TokenId,
}

/// Makes a bearer token.
///
/// # Errors
/// `Forbidden`; `Invalid` for the name, the roles, or an end in the past; `Conflict` when the name is taken.
pub fn add(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &AddToken) -> Result<Added, Error> {
    person::require_manager(ctx)?;
    let name = person::shown_name(&cmd.name, "name")?;
    if cmd.roles.is_empty() {
        let refusal = Refusal::new("role_needed", "请至少指定一个角色", "at least one role is needed");
        return Err(Error::invalid(refusal.at("roles")));
    }
    role::check_all(ctx.definitions, &cmd.roles, "roles")?;
    if cmd.expires_at.is_some_and(|end| end <= ctx.now) {
        let refusal = Refusal::new("already_over", "到期时间已过", "the end is in the past");
        return Err(Error::invalid(refusal.at("expires_at")));
    }
    let id = TokenId::from_raw(ctx.id());
    let row = TokenRow {
        id,
        name,
        created_at: ctx.now,
        created_by: ctx.actor.person(),
        expires_at: cmd.expires_at,
        revoked_at: None,
    };
    store::api_token::insert(tx, &row, &cmd.token_hash, &cmd.roles)?;
    let roles: Vec<_> = cmd.roles.iter().map(role_payload).collect();
    ctx.record(token_event(id, json!({ "change": "token_added", "roles": roles })));
    Ok(Added { id })
}

/// The event that a token changed.
pub(crate) fn token_event(id: TokenId, payload: serde_json::Value) -> Event {
    Event::new(EventKind::PersonChanged).about("api_token", id.get()).with(payload)
}
