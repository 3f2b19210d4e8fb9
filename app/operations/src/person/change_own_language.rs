//! Changes the own language.

use domain::Lang;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person;

/// Changes the language the acting person reads.
///
/// # Errors
/// `Unauthenticated` when no person acts.
pub fn change_own_language(tx: &Tx<'_>, ctx: &mut Ctx<'_>, lang: Lang) -> Result<(), Error> {
    let id = ctx.actor.person().ok_or(Error::Unauthenticated)?;
    let mut row = person::load(tx, id)?;
    row.lang = lang;
    // The row was read in this very transaction, so its version is current.
    store::person::update(tx, &row)?;
    ctx.forget(Forgotten::Person(id));
    Ok(())
}
