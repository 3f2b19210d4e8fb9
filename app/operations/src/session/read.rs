//! Open sessions: one's own, or anybody's for whoever manages persons.

use domain::{Permission, PersonId, Timestamp};
use store::Conn;
use store::session::SessionRow;

use crate::actor::Actor;
use crate::error::Error;
use crate::person;
use crate::session::{IDLE_MS, MAX_OPEN};

/// A person's open sessions, newest first.
///
/// # Errors
/// `NotFound` for somebody else's without the right to manage persons.
pub fn open_of(conn: &Conn, actor: &Actor, of: PersonId, now: Timestamp) -> Result<Vec<SessionRow>, Error> {
    if actor.person() != Some(of) && !actor.may(Permission::PersonManage, None, None) {
        return Err(Error::NotFound("person"));
    }
    person::load(conn, of)?;
    Ok(store::session::open_of_person(conn, of, now, now.plus_ms(-IDLE_MS), MAX_OPEN)?)
}
