//! Reading stations: the list for whoever keeps them, and what a browser is.

use domain::{DeviceId, Permission};
use store::Conn;
pub use store::device::DeviceRow;
pub use store::shift::ShiftRow;

use crate::actor::Actor;
use crate::error::Error;
use crate::person::names::Names;

/// Most stations that are listed.
const MAX_STATIONS: u32 = 500;

/// A station with who operates it.
#[derive(Clone, Debug)]
pub struct Station {
    /// The station.
    pub row: DeviceRow,
    /// The open shift, if somebody operates it.
    pub shift: Option<ShiftRow>,
    /// The operator's name.
    pub names: Names,
}

/// All stations, for whoever keeps them.
///
/// # Errors
/// `Forbidden`.
pub fn all(conn: &Conn, actor: &Actor) -> Result<Vec<Station>, Error> {
    require(actor)?;
    store::device::all(conn, MAX_STATIONS)?.into_iter().map(|row| with_shift(conn, row)).collect()
}

/// One station, for whoever keeps them.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn one(conn: &Conn, actor: &Actor, id: DeviceId) -> Result<Station, Error> {
    require(actor)?;
    with_shift(conn, super::load(conn, id)?)
}

/// The station that a cookie belongs to.
///
/// # Errors
/// The store's.
pub fn here(conn: &Conn, token_hash: &[u8; 32]) -> Result<Option<Station>, Error> {
    super::of_cookie(conn, token_hash)?.map(|row| with_shift(conn, row)).transpose()
}

fn with_shift(conn: &Conn, row: DeviceRow) -> Result<Station, Error> {
    let shift = store::shift::open_at(conn, row.id)?;
    let names = Names::read(conn, shift.iter().map(|shift| shift.person_id))?;
    Ok(Station { row, shift, names })
}

fn require(actor: &Actor) -> Result<(), Error> {
    if actor.may(Permission::MasterEdit, None, None) { Ok(()) } else { Err(Error::Forbidden(Permission::MasterEdit)) }
}
