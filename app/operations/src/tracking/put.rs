//! What other systems heard from carriers, many at once. The same said twice stands once, so a sender may repeat itself.

use domain::tracking::TrackingState;
use domain::{ParcelId, Permission, Timestamp, TrackingEventId};
use serde::{Deserialize, Serialize};
use store::parcel::ParcelRow;
use store::tracking::TrackingEventRow;
use store::{Conn, Tx};

use super::{checked, write};
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::warehouse::waybill;

/// Most in one go.
pub const MAX_EVENTS: usize = 500;
/// Longest key of a source, in characters.
const MAX_KEY_CHARS: usize = 200;

/// What was said of one waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// As on the label.
    pub waybill: String,
    /// The carrier's code, when known: tells apart carriers that use the same numbers.
    pub carrier: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// Where the parcel is.
    pub state: TrackingState,
    /// The town or depot.
    pub place: String,
    /// In the carrier's words.
    pub text: String,
    /// The source's own key of this saying, when it has one.
    pub key: Option<String>,
}

/// What became of one saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Written.
    Stored(ParcelId),
    /// It was said before.
    Known(ParcelId),
    /// No parcel has this waybill.
    NoParcel,
}

/// Writes what carriers said.
///
/// # Errors
/// `Forbidden`; `Invalid` when there are too many, or one cannot be: then none is written.
pub fn put(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &[Said]) -> Result<Vec<Outcome>, Error> {
    if !ctx.actor.may_somewhere(Permission::OrderImport) {
        return Err(Error::Forbidden(Permission::OrderImport));
    }
    if cmd.is_empty() || cmd.len() > MAX_EVENTS {
        let refusal = Refusal::new(
            "too_many_events",
            format!("一次 1 到 {MAX_EVENTS} 条"),
            format!("1 to {MAX_EVENTS} at a time"),
        );
        return Err(Error::invalid(refusal.at("events")));
    }
    let mut outcomes = Vec::with_capacity(cmd.len());
    for (number, said) in cmd.iter().enumerate() {
        outcomes.push(one(tx, ctx, said, &format!("events[{number}]."))?);
    }
    Ok(outcomes)
}

fn one(tx: &Tx<'_>, ctx: &mut Ctx<'_>, said: &Said, path: &str) -> Result<Outcome, Error> {
    let waybill = waybill(&said.waybill, &format!("{path}waybill"))?;
    let (place, text) = checked(ctx, said.at, &said.place, &said.text, path)?;
    let Some(parcel) = parcel(tx, ctx, &waybill, said.carrier.as_deref())? else { return Ok(Outcome::NoParcel) };
    let key = said.key.as_deref().map(str::trim).filter(|key| !key.is_empty());
    if key.is_some_and(|key| key.chars().count() > MAX_KEY_CHARS) {
        let refusal = Refusal::new(
            "too_long",
            format!("标识最长 {MAX_KEY_CHARS} 个字符"),
            format!("a key has at most {MAX_KEY_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at(format!("{path}key"))));
    }
    let source_key = match key {
        Some(key) => key.to_owned(),
        None => key_of(said.at, said.state, &place, &text),
    };
    let row = TrackingEventRow {
        id: TrackingEventId::from_raw(ctx.id()),
        parcel_id: parcel.id,
        waybill,
        at: said.at,
        state: said.state,
        place,
        text,
        source: ctx.actor.author(),
        source_key,
        received_at: ctx.now,
    };
    let stored = write(tx, ctx, &parcel, &row)?;
    Ok(if stored { Outcome::Stored(parcel.id) } else { Outcome::Known(parcel.id) })
}

/// A key for who has none: the same words about the same moment are the same saying.
pub(super) fn key_of(at: Timestamp, state: TrackingState, place: &str, text: &str) -> String {
    let said = format!("{}\n{state}\n{place}\n{text}", at.ms());
    blake3::hash(said.as_bytes()).to_hex().to_string()
}

/// The parcel that is meant: the newest under the waybill, of the carrier when it is named, that the sender reaches.
fn parcel(conn: &Conn, ctx: &Ctx<'_>, waybill: &str, carrier: Option<&str>) -> Result<Option<ParcelRow>, Error> {
    let carriers = ctx.definitions.masters.carriers();
    let named = carrier.and_then(|code| carriers.iter().find(|row| row.code.eq_ignore_ascii_case(code.trim())));
    for parcel in store::parcel::by_waybill(conn, waybill)? {
        let other = named.is_some_and(|named| parcel.carrier_id.is_some_and(|own| own != named.id));
        if other {
            continue;
        }
        let cases = store::parcel::cases(conn, parcel.id)?;
        let reached =
            cases.iter().any(|case| ctx.actor.may(Permission::OrderImport, Some(case.shop_id), parcel.warehouse_id));
        if reached || cases.is_empty() && ctx.actor.may(Permission::OrderImport, None, parcel.warehouse_id) {
            return Ok(Some(parcel));
        }
    }
    Ok(None)
}
