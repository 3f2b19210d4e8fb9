//! The hand-over sheet (交接班): what was done at a station since the sheet before, and what its warehouse leaves over.

use domain::{DeviceId, ID_EPOCH_MS, ID_SEQUENCE_BITS, ParcelId, PersonId, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::shift::LeftRow;

use crate::actor::{Actor, AtStation};
use crate::error::Error;
use crate::person::names::Names;

/// Most parcels named on a sheet; how many there are is told.
const MAX_LEFT: u32 = 100;
/// Most unfinished parcels that are counted.
const MAX_UNFINISHED: u32 = 1_000;
/// Opened parcels announced longer ago are the exceptions desk's.
const UNFINISHED_MS: i64 = 60 * 86_400_000;

/// A person with the name they had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who.
    pub id: PersonId,
    /// Their name then.
    pub name: String,
}

/// What was done at the station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Pulls of the trigger.
    pub scans: i64,
    /// Parcels signed.
    pub signed: i64,
    /// Parcels opened.
    pub opened: i64,
    /// Units counted.
    pub units_counted: i64,
    /// Units inspected.
    pub units_inspected: i64,
    /// Units disposed of.
    pub units_dispositioned: i64,
    /// Parcels parked.
    pub parked: i64,
    /// Facts that a person must look at.
    pub conflicts: i64,
}

/// A parcel that is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The parcel.
    pub parcel: ParcelId,
    /// As on its label.
    pub waybill: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// The numbers of its cases.
    pub cases: Vec<String>,
    /// Whether it is parked.
    pub parked: bool,
}

/// A hand-over sheet, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The station.
    pub station: DeviceId,
    /// Its name then.
    pub station_name: String,
    /// Where it stood.
    pub warehouse: WarehouseId,
    /// Who hands over.
    pub from: Named,
    /// Who took over; a draft has nobody.
    pub to: Option<Named>,
    /// When the sheet before was kept.
    pub since: Option<Timestamp>,
    /// When it was made.
    pub at: Timestamp,
    /// Who worked here in between.
    pub operators: Vec<Named>,
    /// What was done.
    pub done: Done,
    /// Parcels signed and not opened.
    pub unopened: i64,
    /// The oldest of them.
    pub unopened_parcels: Vec<Left>,
    /// Parcels opened and not finished.
    pub unfinished: i64,
    /// The oldest of them.
    pub unfinished_parcels: Vec<Left>,
    /// What the station had not uploaded.
    pub pending_uploads: i64,
    /// What the next operator should know.
    pub note: String,
}

/// The sheet of the actor's station as it would be now.
///
/// # Errors
/// `Conflict` when the actor operates no station.
pub fn draft(conn: &Conn, actor: &Actor, now: Timestamp) -> Result<Sheet, Error> {
    let station = actor.station.ok_or_else(super::not_a_station)?;
    let person = actor.person().ok_or(Error::Unauthenticated)?;
    make(conn, station, person, now)
}

pub(super) fn make(conn: &Conn, station: AtStation, from: PersonId, now: Timestamp) -> Result<Sheet, Error> {
    let device = super::load(conn, station.device)?;
    let since = store::hand_over::last_at(conn, device.id)?;
    let from_then = since.unwrap_or_default();
    let operators = store::shift::operators(conn, device.id, from_then)?;
    let names = Names::read(conn, operators.iter().copied().chain([from]))?;
    let named = |id: PersonId| Named { id, name: names.of(id) };
    let counts = store::shift::counts(conn, device.id, from_then)?;
    let (unopened, unopened_parcels) = store::shift::unopened(conn, station.warehouse, MAX_LEFT)?;
    // Ids are time-ordered: this one stands for the day the window begins.
    let newer_than = (now.ms() - UNFINISHED_MS - ID_EPOCH_MS).max(0) << ID_SEQUENCE_BITS;
    let newer_than = ParcelId::from_raw(newer_than);
    let mut unfinished = store::shift::unfinished(conn, station.warehouse, newer_than, MAX_UNFINISHED)?;
    let unfinished_count = i64::try_from(unfinished.len()).unwrap_or(i64::MAX);
    unfinished.truncate(usize::try_from(MAX_LEFT).unwrap_or(usize::MAX));
    Ok(Sheet {
        station: device.id,
        station_name: device.name,
        warehouse: station.warehouse,
        from: named(from),
        to: None,
        since,
        at: now,
        operators: operators.into_iter().map(named).collect(),
        done: Done {
            scans: counts.scans,
            signed: counts.signed,
            opened: counts.opened,
            units_counted: counts.units_counted,
            units_inspected: counts.units_inspected,
            units_dispositioned: counts.units_dispositioned,
            parked: counts.parked,
            conflicts: counts.conflicts,
        },
        unopened,
        unopened_parcels: left(conn, unopened_parcels)?,
        unfinished: unfinished_count,
        unfinished_parcels: left(conn, unfinished)?,
        pending_uploads: 0,
        note: String::new(),
    })
}

fn left(conn: &Conn, rows: Vec<LeftRow>) -> Result<Vec<Left>, Error> {
    let one = |row: LeftRow| {
        let cases = store::parcel::cases(conn, row.id)?;
        Ok(Left {
            parcel: row.id,
            waybill: row.waybill,
            since: row.since,
            cases: cases.into_iter().map(|case| case.number).collect(),
            parked: row.parked,
        })
    };
    rows.into_iter().map(one).collect()
}
