//! Changes the own password.

use domain::SessionId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::{Error, Refusal};
use crate::person::add::person_event;

/// The own password, checked and hashed before.
#[derive(Clone, Debug)]
pub struct ChangeOwnPassword {
    /// The hash that the typed current password was checked against.
    pub checked_hash: String,
    /// Of `password::hash`.
    pub new_hash: String,
    /// The session that goes on; all others of the person end.
    pub keep: Option<SessionId>,
}

/// Changes the own password and ends the person's other sessions.
///
/// # Errors
/// `Unauthenticated` when no person acts; `Conflict` when the password was changed since it was checked.
pub fn change_own_password(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &ChangeOwnPassword) -> Result<(), Error> {
    let id = ctx.actor.person().ok_or(Error::Unauthenticated)?;
    if store::person::password_hash(tx, id)?.as_deref() != Some(cmd.checked_hash.as_str()) {
        return Err(Error::conflict(Refusal::new(
            "password_changed",
            "密码刚刚被改过，请用新密码重试",
            "the password was changed just now; try again with the new one",
        )));
    }
    store::person::set_password_hash(tx, id, &cmd.new_hash)?;
    store::session::revoke_of_person(tx, id, cmd.keep, ctx.now)?;
    ctx.forget(Forgotten::Person(id));
    ctx.record(person_event(id, json!({ "change": "own_password" })));
    Ok(())
}

/// The words for a current password that is not the person's.
#[must_use]
pub fn wrong_current() -> Error {
    Error::invalid(Refusal::new("wrong_password", "当前密码不正确", "the current password is wrong").at("current"))
}
