//! Opens an operator's session at a station by badge and PIN. Whoever was there before leaves.

use domain::{DeviceId, EventKind, PersonId, SessionId, ShiftId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::session::{SessionHashes, SessionRow};
use store::shift::ShiftRow;
use store::{Conn, Tx};

use super::narrowed;
use crate::context::{Ctx, Forgotten};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::session::authenticate::grants;
use crate::session::open::MAX_AGENT_CHARS;
use crate::session::operator_limits;

/// What is known of a scanned badge, to check the PIN against outside the writer.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// The badge.
    pub code_hash: [u8; 32],
    /// The hash of the PIN.
    pub pin_hash: String,
}

/// An operator's session to open.
#[derive(Clone, Debug)]
pub struct OpenOperator {
    /// Where.
    pub device: DeviceId,
    /// Who, and the hash that the typed PIN was checked against.
    pub candidate: Candidate,
    /// The hash of the new session's token.
    pub token_hash: [u8; 32],
    /// Of `secret::csrf_of` the session token.
    pub csrf_hash: [u8; 32],
    /// The session this browser has open, which ends.
    pub ends: Option<SessionId>,
    /// The client's address.
    pub address: String,
    /// The browser as it names itself.
    pub agent: String,
}

/// The session opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its id.
    pub session: SessionId,
    /// The stay that begins.
    pub shift: ShiftId,
}

/// Whose badge this is, with a PIN to check; `None` for an unknown badge, one without a PIN, or somebody switched off.
///
/// # Errors
/// The store's.
pub fn candidate(conn: &Conn, code_hash: &[u8; 32]) -> Result<Option<Candidate>, Error> {
    let Some(badge) = store::badge::by_code(conn, code_hash)? else { return Ok(None) };
    let active = store::person::find(conn, badge.person_id)?.is_some_and(|person| person.active);
    let pin = badge.pin_hash.filter(|_| active);
    Ok(pin.map(|pin_hash| Candidate { person: badge.person_id, code_hash: *code_hash, pin_hash }))
}

/// Opens an operator's session and begins a shift.
///
/// # Errors
/// `Unauthenticated` when badge, PIN or person changed since the check; `Conflict` when the station is revoked, or the
/// person has no work there.
pub fn open(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &OpenOperator) -> Result<Opened, Error> {
    let device = store::device::find(tx, cmd.device)?.filter(|device| device.active);
    let warehouse = device.and_then(|device| device.warehouse_id).ok_or_else(super::not_a_station)?;
    if !still(tx, &cmd.candidate)? {
        return Err(Error::Unauthenticated);
    }
    let person = cmd.candidate.person;
    let roles = store::person::roles(tx, person)?;
    if narrowed(grants(ctx.definitions, roles), warehouse).is_empty() {
        let refusal = Refusal::new(
            "no_work_here",
            "您没有在该仓库收货或质检的角色",
            "you have no role that receives or inspects at this warehouse",
        )
        .help("请联系系统管理员授予相应角色", "ask the system administrator for such a role");
        return Err(Error::conflict(refusal));
    }
    super::attempt::forgive(tx, person)?;
    super::attempt::was_right(tx, cmd.device)?;
    super::close::end_at(tx, ctx, cmd.device)?;
    if let Some(before) = cmd.ends {
        store::session::revoke(tx, before, ctx.now)?;
        ctx.forget(Forgotten::Session(before));
    }
    let shift = ShiftId::from_raw(ctx.id());
    let row = ShiftRow {
        id: shift,
        device_id: cmd.device,
        warehouse_id: warehouse,
        person_id: person,
        started_at: ctx.now,
        ended_at: None,
    };
    store::shift::start(tx, &row)?;
    let session = session(tx, ctx, cmd, shift)?;
    let event = Event::new(EventKind::SignedIn)
        .about("session", session.get())
        .at(None, Some(warehouse))
        .with(json!({ "station": cmd.device, "shift": shift }));
    ctx.record(event);
    Ok(Opened { session, shift })
}

/// Whether badge, PIN and person are what was checked.
pub(super) fn still(conn: &Conn, checked: &Candidate) -> Result<bool, Error> {
    let known = candidate(conn, &checked.code_hash)?;
    Ok(known.is_some_and(|known| known.person == checked.person && known.pin_hash == checked.pin_hash))
}

fn session(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &OpenOperator, shift: ShiftId) -> Result<SessionId, Error> {
    let id = SessionId::from_raw(ctx.id());
    let row = SessionRow {
        id,
        person_id: cmd.candidate.person,
        opened_at: ctx.now,
        seen_at: ctx.now,
        expires_at: ctx.now.plus_ms(operator_limits(ctx.definitions).longest_ms),
        revoked_at: None,
        address: cmd.address.clone(),
        agent: cmd.agent.chars().filter(|letter| !letter.is_control()).take(MAX_AGENT_CHARS).collect(),
        device_id: Some(cmd.device),
        shift_id: Some(shift),
    };
    store::session::insert(tx, &row, &SessionHashes { token: cmd.token_hash, csrf: cmd.csrf_hash })?;
    Ok(id)
}
