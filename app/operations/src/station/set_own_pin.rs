//! Sets the own PIN, with the own password: who holds only badge and PIN cannot change the PIN.

use domain::Permission;
use store::Tx;

use super::set_pin::{SetPin, keep};
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// The own PIN.
#[derive(Clone, Debug)]
pub struct SetOwnPin {
    /// The hash that the typed password was checked against.
    pub checked_hash: String,
    /// Of `password::hash_pin`.
    pub pin_hash: String,
}

/// Sets the own PIN.
///
/// # Errors
/// `Unauthenticated` when no person acts; `Forbidden` at a station; `Conflict` when the password changed since the check.
pub fn set_own_pin(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SetOwnPin) -> Result<(), Error> {
    let person = ctx.actor.person().ok_or(Error::Unauthenticated)?;
    if ctx.actor.station.is_some() {
        return Err(Error::Forbidden(Permission::PersonManage));
    }
    if store::person::password_hash(tx, person)?.as_deref() != Some(cmd.checked_hash.as_str()) {
        return Err(Error::conflict(Refusal::new(
            "password_changed",
            "密码刚刚被改过，请用新密码重试",
            "the password was changed just now; try again with the new one",
        )));
    }
    keep(tx, ctx, &SetPin { person, pin_hash: cmd.pin_hash.clone() }, "own_pin")
}
