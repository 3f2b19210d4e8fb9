//! Hands a station over: the sheet is kept as it is, the next operator's session opens, the one before ends.

use domain::{DeviceId, HandOverId, WarehouseId};
use serde::{Deserialize, Serialize};
use store::hand_over::HandOverRow;
use store::session::{SessionHashes, SessionRow};
use store::{Conn, Tx};

use super::open::{OpenOperator, Opened, open, still};
use super::sheet::{Named, Sheet, make};
use super::{WORK, not_a_station};
use crate::actor::Actor;
use crate::context::{Ctx, Forgotten};
use crate::error::{Error, Refusal};
use crate::gate;
use crate::run::ClientKey;
pub use store::hand_over::HandOverFilter;

/// The verb's name, under which its answers are remembered.
pub const VERB: &str = "station.hand_over";

/// Most characters of a note.
const MAX_NOTE_CHARS: usize = 2_000;

/// Hands over.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The next operator, whose PIN was checked.
    pub next: OpenOperator,
    /// What they should know.
    pub note: String,
    /// What the station had not uploaded.
    pub pending_uploads: i64,
}

/// Handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The sheet.
    pub hand_over: HandOverId,
    /// The session that is open now.
    pub opened: Opened,
}

/// A sheet that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: HandOverId,
    /// What it says.
    pub sheet: Sheet,
}

/// Keeps the sheet of the actor's station and gives the station to the next operator.
///
/// # Errors
/// `Conflict` when the actor operates no station, or hands over to themselves; `Invalid` for the note; as `open`.
pub fn hand_over(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &HandOver) -> Result<HandedOver, Error> {
    let station = ctx.actor.station.filter(|station| station.device == cmd.next.device).ok_or_else(not_a_station)?;
    let from = ctx.actor.person().ok_or(Error::Unauthenticated)?;
    let to = cmd.next.candidate.person;
    if from == to {
        let refusal = Refusal::new("same_operator", "接班人不能是本人", "nobody hands over to themselves");
        return Err(Error::conflict(
            refusal.help("请下一班扫描工牌", "the next operator scans their badge").at("badge"),
        ));
    }
    if cmd.note.chars().count() > MAX_NOTE_CHARS {
        let refusal = Refusal::new(
            "too_long",
            format!("备注最长 {MAX_NOTE_CHARS} 个字符"),
            format!("a note has at most {MAX_NOTE_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at("note")));
    }
    let mut sheet = make(tx, station, from, ctx.now)?;
    let next = crate::person::load(tx, to)?;
    sheet.to = Some(Named { id: to, name: next.display_name });
    sheet.note = cmd.note.trim().to_owned();
    sheet.pending_uploads = cmd.pending_uploads.max(0);
    let id = HandOverId::from_raw(ctx.id());
    let row = HandOverRow {
        id,
        device_id: station.device,
        warehouse_id: station.warehouse,
        from_id: from,
        to_id: to,
        shift_id: station.shift,
        at: ctx.now,
        sheet: serde_json::to_string(&sheet).map_err(|error| Error::internal(error.to_string()))?,
    };
    store::hand_over::insert(tx, &row)?;
    let opened = open(tx, ctx, &cmd.next)?;
    Ok(HandedOver { hand_over: id, opened })
}

/// What was answered to this hand-over of a station before: the station's last one, sent again under the same key.
///
/// # Errors
/// The store's.
pub fn answered(conn: &Conn, device: DeviceId, key: &ClientKey) -> Result<Option<HandedOver>, Error> {
    let Some(last) = store::hand_over::last(conn, device)? else { return Ok(None) };
    let actor = format!("person:{}", last.from_id.get());
    let found = store::idempotency::find(conn, &actor, &key.key)?;
    let same = found.filter(|found| found.verb == VERB && found.request_hash == key.request_hash);
    let Some(found) = same else { return Ok(None) };
    let answer: HandedOver = serde_json::from_str(&found.answer).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Some(answer).filter(|answer| answer.hand_over == last.id))
}

/// Gives the session that a hand-over opened to the browser once more: the token of the first answer was lost with it.
///
/// # Errors
/// `Unauthenticated` when the session has ended since, is somebody else's, or badge, PIN or person changed.
pub fn give_again(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    (answer, next): &(HandedOver, OpenOperator),
) -> Result<HandedOver, Error> {
    let session = store::session::find(tx, answer.opened.session)?;
    let here = |session: &SessionRow| {
        session.revoked_at.is_none()
            && session.person_id == next.candidate.person
            && session.device_id == Some(next.device)
    };
    if !still(tx, &next.candidate)? || !session.as_ref().is_some_and(here) {
        return Err(Error::Unauthenticated);
    }
    super::attempt::forgive(tx, next.candidate.person)?;
    super::attempt::was_right(tx, next.device)?;
    let hashes = SessionHashes { token: next.token_hash, csrf: next.csrf_hash };
    store::session::renew(tx, answer.opened.session, &hashes)?;
    ctx.forget(Forgotten::Session(answer.opened.session));
    Ok(*answer)
}

/// Sheets the actor may see, newest first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, actor: &Actor, filter: &HandOverFilter, limit: u32) -> Result<Vec<Kept>, Error> {
    let rows = store::hand_over::page(conn, &gate::rows_any(actor, &WORK), filter, limit)?;
    rows.into_iter().map(kept).collect()
}

/// Stations that have sheets the actor may see, with their names.
///
/// # Errors
/// The store's.
pub fn stations(conn: &Conn, actor: &Actor) -> Result<Vec<(DeviceId, String)>, Error> {
    Ok(store::hand_over::stations(conn, &gate::rows_any(actor, &WORK))?)
}

/// A sheet as it was kept.
///
/// # Errors
/// `NotFound` when there is none or it is of another warehouse.
pub fn find(conn: &Conn, actor: &Actor, id: HandOverId) -> Result<Kept, Error> {
    let row = store::hand_over::find(conn, id)?.filter(|row| sees(actor, row.warehouse_id));
    kept(row.ok_or(Error::NotFound("hand_over"))?)
}

fn sees(actor: &Actor, warehouse: WarehouseId) -> bool {
    gate::rows_any(actor, &WORK).touches(None, Some(warehouse))
}

fn kept(row: HandOverRow) -> Result<Kept, Error> {
    let sheet = serde_json::from_str(&row.sheet).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Kept { id: row.id, sheet })
}
