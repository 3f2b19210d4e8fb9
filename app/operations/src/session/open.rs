//! Opens a session for a person whose password was checked.

use domain::{EventKind, PersonId, SessionId};
use serde::{Deserialize, Serialize};
use store::session::{SessionHashes, SessionRow};
use store::{Conn, Tx};

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::event::Event;
use crate::person;
use crate::session::{MAX_OPEN, limits};

/// Most bytes kept of what a browser says it is.
pub(crate) const MAX_AGENT_CHARS: usize = 200;

/// What is known of a name typed at sign-in, to check the password against outside the writer.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// The hash of their password.
    pub password_hash: String,
}

/// A session to open.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// Who, and the hash that the typed password was checked against.
    pub candidate: Candidate,
    /// The hashes of the new session's tokens.
    pub token_hash: [u8; 32],
    /// Of `secret::csrf_of` the session token.
    pub csrf_hash: [u8; 32],
    /// The client's address.
    pub address: String,
    /// The browser as it names itself.
    pub agent: String,
}

/// The session opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its id.
    pub id: SessionId,
}

/// Who may sign in under a typed name; `None` for a stranger, somebody without a password or switched off.
///
/// # Errors
/// The store's.
pub fn candidate(conn: &Conn, typed_name: &str) -> Result<Option<Candidate>, Error> {
    let Ok(name) = person::sign_in_name(typed_name) else { return Ok(None) };
    let Some(person) = store::person::by_name(conn, &name)?.filter(|person| person.active) else { return Ok(None) };
    let hash = store::person::password_hash(conn, person.id)?;
    Ok(hash.map(|password_hash| Candidate { person: person.id, password_hash }))
}

/// A person to be signed in by id, as `candidate`.
///
/// # Errors
/// The store's.
pub fn candidate_of(conn: &Conn, person: PersonId) -> Result<Option<Candidate>, Error> {
    let hash = store::person::password_hash(conn, person)?;
    Ok(hash.map(|password_hash| Candidate { person, password_hash }))
}

/// Opens a session. Too many open ones of a person end the oldest.
///
/// # Errors
/// `Unauthenticated` when the person or the password changed since the check.
pub fn open(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &OpenSession) -> Result<Opened, Error> {
    let person = store::person::find(tx, cmd.candidate.person)?.filter(|person| person.active);
    let person = person.ok_or(Error::Unauthenticated)?;
    if store::person::password_hash(tx, person.id)?.as_deref() != Some(cmd.candidate.password_hash.as_str()) {
        return Err(Error::Unauthenticated);
    }
    let limits = limits(ctx.definitions);
    let oldest_seen = ctx.now.plus_ms(-limits.idle_ms);
    let open = store::session::open_of_person(tx, person.id, ctx.now, oldest_seen, 2 * MAX_OPEN)?;
    let room = usize::try_from(MAX_OPEN - 1).unwrap_or(usize::MAX);
    for one_too_many in open.iter().skip(room) {
        store::session::revoke(tx, one_too_many.id, ctx.now)?;
        ctx.forget(Forgotten::Session(one_too_many.id));
    }
    let id = SessionId::from_raw(ctx.id());
    let row = SessionRow {
        id,
        person_id: person.id,
        opened_at: ctx.now,
        seen_at: ctx.now,
        expires_at: ctx.now.plus_ms(limits.longest_ms),
        revoked_at: None,
        address: cmd.address.clone(),
        agent: cmd.agent.chars().filter(|letter| !letter.is_control()).take(MAX_AGENT_CHARS).collect(),
        device_id: None,
        shift_id: None,
    };
    store::session::insert(tx, &row, &SessionHashes { token: cmd.token_hash, csrf: cmd.csrf_hash })?;
    crate::station::attempt::forgive(tx, person.id)?;
    ctx.record(Event::new(EventKind::SignedIn).about("session", id.get()));
    Ok(Opened { id })
}
