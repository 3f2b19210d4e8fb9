//! Tries of badge and PIN: counted before they are judged, by badge and by station, known badges and unknown alike, so
//! that nobody learns which badges exist.

use domain::{DeviceId, PersonId, Timestamp};
use store::pin_try::PinTries;
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::Error;

/// Tries at one badge within the window; then it rests.
const BADGE_TRIES: i64 = 5;
/// Tries at one station within the window, whatever badges.
const STATION_TRIES: i64 = 30;
/// How long tries are counted together, and how long a badge or a station rests.
const WINDOW_MS: i64 = 15 * 60_000;
/// Tries that began so long ago are forgotten, a few with each try.
const FORGET_MS: i64 = 86_400_000;
const FORGET_AT_ONCE: u32 = 20;

/// What the tries at a badge are counted under.
#[must_use]
pub fn badge_key(code_hash: &[u8; 32]) -> [u8; 32] {
    blake3::derive_key("returndesk 2026-11 tries at a badge", code_hash)
}

fn station_key(device: DeviceId) -> [u8; 32] {
    blake3::derive_key("returndesk 2026-11 tries at a station", &device.get().to_le_bytes())
}

/// Notes a try before it is judged.
///
/// # Errors
/// `TooMany` while the badge or the station rests.
pub fn attempt(tx: &Tx<'_>, ctx: &mut Ctx<'_>, code_hash: &[u8; 32], device: DeviceId) -> Result<(), Error> {
    count(tx, &station_key(device), STATION_TRIES, ctx.now)?;
    count(tx, &badge_key(code_hash), BADGE_TRIES, ctx.now)?;
    store::pin_try::forget(tx, ctx.now.plus_ms(-FORGET_MS), FORGET_AT_ONCE)?;
    Ok(())
}

fn count(tx: &Tx<'_>, key: &[u8; 32], most: i64, now: Timestamp) -> Result<(), Error> {
    let known = store::pin_try::find(tx, key)?.unwrap_or_default();
    if known.blocked_until > now {
        return Err(Error::TooMany { retry_after_ms: known.blocked_until.ms() - now.ms() });
    }
    let fresh = known.tries == 0 || known.since.plus_ms(WINDOW_MS) <= now;
    let mut tries = if fresh { PinTries { since: now, ..PinTries::default() } } else { known };
    tries.tries += 1;
    if tries.tries >= most {
        tries = PinTries { tries: 0, since: now, blocked_until: now.plus_ms(WINDOW_MS) };
    }
    Ok(store::pin_try::put(tx, key, tries)?)
}

/// Takes back the try at a station that turned out right: operators who change often do not bring it to rest.
pub(super) fn was_right(tx: &Tx<'_>, device: DeviceId) -> Result<(), Error> {
    let key = station_key(device);
    let Some(known) = store::pin_try::find(tx, &key)? else { return Ok(()) };
    // The right one was the last that was allowed.
    let tries = if known.tries == 0 { STATION_TRIES - 1 } else { known.tries - 1 };
    Ok(store::pin_try::put(tx, &key, PinTries { tries, blocked_until: Timestamp::default(), ..known })?)
}

/// Until when a key rests, if it does.
pub(super) fn blocked(conn: &Conn, key: &[u8; 32], now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let known = store::pin_try::find(conn, key)?;
    Ok(known.map(|tries| tries.blocked_until).filter(|until| *until > now))
}

/// Forgets the tries at a person's badge: they proved who they are.
pub(crate) fn forgive(tx: &Tx<'_>, person: PersonId) -> Result<(), Error> {
    let badge = store::badge::of_person(tx, person)?;
    if let Some(hash) = badge.and_then(|badge| badge.code_hash) {
        store::pin_try::clear(tx, &badge_key(&hash))?;
    }
    Ok(())
}
