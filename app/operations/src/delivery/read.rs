//! Messages that are due.

use domain::{OutboxId, Timestamp};
use store::Conn;

use crate::error::Error;

/// Messages due at `now` on these channels, in order.
///
/// # Errors
/// The store's.
pub fn due(conn: &Conn, now: Timestamp, channels: &[&str], limit: u32) -> Result<Vec<OutboxId>, Error> {
    Ok(store::outbox::due_on(conn, now, channels, limit)?)
}
