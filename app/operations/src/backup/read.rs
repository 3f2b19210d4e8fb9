//! Reads what became of backups.

use domain::Permission;
use store::Conn;
use store::backup_run::{self, BackupRunRow};

use crate::actor::Actor;
use crate::error::Error;

/// Most that a page shows.
const SHOWN: u32 = 100;

/// The last backups, newest first.
///
/// # Errors
/// `Forbidden` without the right to see the system; the store's.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<BackupRunRow>, Error> {
    if !actor.may(Permission::SystemView, None, None) {
        return Err(Error::Forbidden(Permission::SystemView));
    }
    Ok(backup_run::list(conn, SHOWN)?)
}
