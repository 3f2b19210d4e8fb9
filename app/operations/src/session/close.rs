//! Ends sessions: signing out, ending another one of one's own, or anybody's by whoever manages persons.

use domain::{Permission, PersonId, SessionId};
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::add::person_event;
use crate::person::{self};

/// Ends a session. One that ended before stays ended.
///
/// # Errors
/// `NotFound` when there is none, or it is somebody else's and the actor does not manage persons.
pub fn close(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: SessionId) -> Result<(), Error> {
    let session = store::session::find(tx, id)?.ok_or(Error::NotFound("session"))?;
    let own = ctx.actor.person() == Some(session.person_id);
    if !own && !ctx.actor.may(Permission::PersonManage, None, None) {
        return Err(Error::NotFound("session"));
    }
    if store::session::revoke(tx, id, ctx.now)? {
        ctx.forget(Forgotten::Session(id));
        if let Some(device) = session.device_id {
            store::shift::end_at(tx, device, ctx.now)?;
        }
        ctx.record(person_event(session.person_id, json!({ "change": "session_ended", "session": id })));
    }
    Ok(())
}

/// Ends all sessions of a person; how many.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn close_all(tx: &Tx<'_>, ctx: &mut Ctx<'_>, of: PersonId) -> Result<u32, Error> {
    person::require_manager(ctx)?;
    person::load(tx, of)?;
    let ended = store::session::revoke_of_person(tx, of, None, ctx.now)?;
    ctx.forget(Forgotten::Person(of));
    ctx.record(person_event(of, json!({ "change": "sessions_ended", "count": ended })));
    Ok(u32::try_from(ended).unwrap_or(u32::MAX))
}
