//! Open sessions: one's own, or anybody's for whoever manages persons.

use domain::{Permission, PersonId, Timestamp};
use store::Conn;
use store::session::SessionRow;

use crate::actor::Actor;
use crate::error::Error;
use crate::person;
use crate::session::MAX_OPEN;

/// A person's open sessions, newest first. `now` is the time, `seen_after` the time before which an unused one is over.
///
/// # Errors
/// `NotFound` for somebody else's without the right to manage persons.
pub fn open_of(
    conn: &Conn,
    actor: &Actor,
    of: PersonId,
    now: Timestamp,
    seen_after: Timestamp,
) -> Result<Vec<SessionRow>, Error> {
    if actor.person() != Some(of) && !actor.may(Permission::PersonManage, None, None) {
        return Err(Error::NotFound("person"));
    }
    person::load(conn, of)?;
    Ok(store::session::open_of_person(conn, of, now, seen_after, MAX_OPEN)?)
}
