//! Finds out who calls from a session token or a bearer token.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::{SessionId, Timestamp};
use store::Conn;
use store::person::RoleRow;

use crate::actor::{Actor, ActorKind, Grant};
use crate::app::App;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::secret;
use crate::session::cache::Forgotten;
use crate::session::{TOUCH_EVERY_MS, limits, operator_limits};
use crate::station::{narrowed, station_of};

/// What a caller proves itself with.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// The token of a browser's session.
    Session(&'a str),
    /// The bearer token of a system.
    Bearer(&'a str),
}

/// A caller with the rights it had when it was last looked up.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub actor: Arc<Actor>,
    /// The session; a bearer token has none.
    pub session: Option<OpenSession>,
    /// When it ends whatever happens.
    pub expires_at: Option<Timestamp>,
    /// What it is found by.
    hash: [u8; 32],
}

/// The session a caller came with.
#[derive(Debug)]
pub struct OpenSession {
    /// Its id.
    pub id: SessionId,
    /// BLAKE3 of its CSRF token.
    pub csrf_hash: [u8; 32],
    /// Of the cookie of the station that an operator's session is bound to: without it the session is nobody's.
    pub station_hash: Option<[u8; 32]>,
    idle_ms: i64,
    seen_ms: AtomicI64,
    stored_seen_ms: AtomicI64,
}

/// Who calls. Known callers cost no SQL.
///
/// # Errors
/// `Unauthenticated` when the token is unknown, ended or over, or the person may not sign in; the store's.
pub fn authenticate(app: &App, credential: Credential<'_>) -> Result<Arc<SignedIn>, Error> {
    let (token, is_session) = match credential {
        Credential::Session(token) => (token, true),
        Credential::Bearer(token) => (token, false),
    };
    let hash = secret::hash(token).ok_or(Error::Unauthenticated)?;
    by_hash(app, hash, is_session)
}

/// The same caller with the rights of now, for what goes on longer than a request.
///
/// # Errors
/// As `authenticate`.
pub fn authenticate_again(app: &App, caller: &SignedIn) -> Result<Arc<SignedIn>, Error> {
    by_hash(app, caller.hash, caller.session.is_some())
}

fn by_hash(app: &App, hash: [u8; 32], is_session: bool) -> Result<Arc<SignedIn>, Error> {
    let now = app.now();
    if let Some(known) = app.sessions().find(&hash) {
        // A bearer token is no cookie and the other way round: the CSRF rules differ.
        let fits = known.session.is_some() == is_session;
        return if fits && known.is_open(now) { Ok(known) } else { Err(Error::Unauthenticated) };
    }
    let mark = app.sessions().mark();
    let definitions = app.definitions();
    let found = app.read(|conn| match is_session {
        true => of_session(conn, &definitions, hash, now),
        false => of_token(conn, &definitions, hash),
    })?;
    let found = found.filter(|caller| caller.is_open(now)).ok_or(Error::Unauthenticated)?;
    let caller = Arc::new(found);
    app.sessions().keep(mark, hash, &caller);
    Ok(caller)
}

impl SignedIn {
    /// A stand-in without rights over time: for tests of the cache.
    #[cfg(test)]
    pub(crate) fn system() -> Self {
        Self { actor: Arc::new(Actor::system()), session: None, expires_at: None, hash: [0; 32] }
    }

    /// Whether this is whom a change says to look up anew.
    pub(crate) fn is(&self, whom: Forgotten) -> bool {
        match whom {
            Forgotten::Person(person) => self.actor.person() == Some(person),
            Forgotten::Session(id) => self.session.as_ref().is_some_and(|session| session.id == id),
            Forgotten::Station(device) => self.actor.station.is_some_and(|station| station.device == device),
            Forgotten::Token(token) => self.actor.kind == ActorKind::Token(token),
        }
    }

    /// Whether it is neither over nor idle for too long at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        let over = self.expires_at.is_some_and(|end| end <= now);
        let idle = self.session.as_ref().is_some_and(|session| session.seen().plus_ms(session.idle_ms) <= now);
        !over && !idle
    }

    /// Notes that it is used; the session to be noted in the file too, once in a few minutes.
    #[must_use]
    pub fn use_at(&self, now: Timestamp) -> Option<SessionId> {
        let session = self.session.as_ref()?;
        session.seen_ms.fetch_max(now.ms(), Ordering::Relaxed);
        let stored = session.stored_seen_ms.load(Ordering::Relaxed);
        if now.ms() - stored < TOUCH_EVERY_MS {
            return None;
        }
        let first = session.stored_seen_ms.compare_exchange(stored, now.ms(), Ordering::Relaxed, Ordering::Relaxed);
        first.is_ok().then_some(session.id)
    }
}

impl OpenSession {
    fn seen(&self) -> Timestamp {
        Timestamp::from_ms(self.seen_ms.load(Ordering::Relaxed))
    }
}

fn of_session(
    conn: &Conn,
    definitions: &Definitions,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<SignedIn>, Error> {
    let Some((session, csrf_hash)) = store::session::by_token(conn, &hash)? else { return Ok(None) };
    if session.revoked_at.is_some() || session.expires_at <= now {
        return Ok(None);
    }
    let Some(person) = store::person::find(conn, session.person_id)?.filter(|person| person.active) else {
        return Ok(None);
    };
    let station = match session.device_id {
        Some(_) => match station_of(conn, &session)? {
            Some(station) => Some(station),
            // The station was revoked or moved, or the operator's stay is over.
            None => return Ok(None),
        },
        None => None,
    };
    let roles = store::person::roles(conn, person.id)?;
    let actor = Actor {
        kind: ActorKind::Person(person.id),
        name: person.display_name,
        lang: person.lang,
        grants: match &station {
            Some(station) => narrowed(grants(definitions, roles), station.place.warehouse),
            None => grants(definitions, roles),
        },
        station: station.as_ref().map(|station| station.place),
        order: None,
    };
    let seen = session.seen_at.ms();
    let open = OpenSession {
        id: session.id,
        csrf_hash,
        idle_ms: if station.is_some() { operator_limits(definitions) } else { limits(definitions) }.idle_ms,
        station_hash: station.map(|station| station.token_hash),
        seen_ms: AtomicI64::new(seen),
        stored_seen_ms: AtomicI64::new(seen),
    };
    Ok(Some(SignedIn { actor: Arc::new(actor), session: Some(open), expires_at: Some(session.expires_at), hash }))
}

fn of_token(conn: &Conn, definitions: &Definitions, hash: [u8; 32]) -> Result<Option<SignedIn>, Error> {
    let Some(token) = store::api_token::by_hash(conn, &hash)?.filter(|token| token.revoked_at.is_none()) else {
        return Ok(None);
    };
    let roles = store::api_token::roles(conn, token.id)?;
    let actor = Actor {
        kind: ActorKind::Token(token.id),
        name: token.name,
        lang: domain::Lang::default(),
        grants: grants(definitions, roles),
        order: None,
        station: None,
    };
    Ok(Some(SignedIn { actor: Arc::new(actor), session: None, expires_at: token.expires_at, hash }))
}

/// Roles with what they allow by the template in force.
pub(crate) fn grants(definitions: &Definitions, roles: Vec<RoleRow>) -> Vec<Grant> {
    let grant = |role: RoleRow| Grant {
        permissions: definitions.permissions_of(&role.role),
        role: role.role,
        shop: role.shop_id,
        warehouse: role.warehouse_id,
    };
    roles.into_iter().map(grant).collect()
}
