//! Whose a fact is that was queued offline: theirs in whose shift it was made, whoever is signed in when it is sent.

use std::sync::Arc;

use domain::{Lang, PersonId, ShiftId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::shift::ShiftRow;

use super::narrowed;
use crate::actor::{Actor, ActorKind, AtStation};
use crate::definitions::Definitions;
use crate::error::Error;
use crate::session::authenticate::grants;

/// How far a station's clock may be off.
const CLOCK_SLACK_MS: i64 = 5 * 60_000;

/// What is doubtful about a fact. It is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It names a shift that was not one of this station.
    ForeignShift,
    /// The station's clock puts it outside the shift it names.
    OutsideShift,
    /// The station's clock is ahead of ours.
    ClockAhead,
}

impl Doubt {
    /// The word it is stored under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ForeignShift => "foreign_shift",
            Self::OutsideShift => "outside_shift",
            Self::ClockAhead => "clock_ahead",
        }
    }
}

/// Whose a fact is.
#[derive(Clone, Debug)]
pub struct Attributed {
    /// Who made it.
    pub actor: Arc<Actor>,
    /// Who sent it, when that is somebody else.
    pub sent_by: Option<PersonId>,
    /// What is doubtful about it.
    pub doubt: Option<Doubt>,
}

/// Whose a fact is that `sender` sends and that says to be of `shift`, made at `made_at` by the station's clock.
///
/// # Errors
/// The store's.
pub fn attribute(
    conn: &Conn,
    definitions: &Definitions,
    sender: &Arc<Actor>,
    shift: &str,
    (made_at, now): (Option<Timestamp>, Timestamp),
) -> Result<Attributed, Error> {
    let ahead = made_at.is_some_and(|at| at > now.plus_ms(CLOCK_SLACK_MS));
    let own = |doubt| Attributed { actor: Arc::clone(sender), sent_by: None, doubt };
    let Some(station) = sender.station else { return Ok(own(ahead.then_some(Doubt::ClockAhead))) };
    let named = shift.trim();
    if named.is_empty() || named == station.shift.to_string() {
        return Ok(own(ahead.then_some(Doubt::ClockAhead)));
    }
    let known = match named.parse::<ShiftId>() {
        Ok(id) => store::shift::find(conn, id)?.filter(|row| row.device_id == station.device),
        Err(_) => None,
    };
    let Some(row) = known else { return Ok(own(Some(Doubt::ForeignShift))) };
    if !plausible(&row, made_at, now) {
        return Ok(own(Some(Doubt::OutsideShift)));
    }
    match operator(conn, definitions, &row)? {
        Some(actor) => {
            let sent_by = sender.person().filter(|person| *person != row.person_id);
            Ok(Attributed { actor: Arc::new(actor), sent_by, doubt: None })
        }
        None => Ok(own(Some(Doubt::ForeignShift))),
    }
}

fn plausible(row: &ShiftRow, made_at: Option<Timestamp>, now: Timestamp) -> bool {
    let Some(at) = made_at else { return false };
    let end = row.ended_at.unwrap_or(now);
    row.started_at.plus_ms(-CLOCK_SLACK_MS) <= at && at <= end.plus_ms(CLOCK_SLACK_MS)
}

// The operator of a shift with the rights of now: whoever lost them since still made the fact, and what follows from it
// is refused as it would be to them.
fn operator(conn: &Conn, definitions: &Definitions, row: &ShiftRow) -> Result<Option<Actor>, Error> {
    let Some(person) = store::person::find(conn, row.person_id)? else { return Ok(None) };
    let roles = if person.active { store::person::roles(conn, person.id)? } else { Vec::new() };
    let place = AtStation { device: row.device_id, warehouse: row.warehouse_id, shift: row.id };
    Ok(Some(Actor {
        kind: ActorKind::Person(person.id),
        name: person.display_name,
        lang: Lang::default(),
        grants: narrowed(grants(definitions, roles), row.warehouse_id),
        order: None,
        station: Some(place),
    }))
}
