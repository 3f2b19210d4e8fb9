//! Messages that are due.

use std::collections::BTreeSet;

use domain::{OutboxId, Timestamp};
use engine::channel::ChannelKind;
use store::Conn;

use crate::error::Error;

/// Messages due at `now` by the means that are set up, in order; by every means where messages are caught.
///
/// # Errors
/// The store's.
pub fn due(conn: &Conn, now: Timestamp, catching: bool, limit: u32) -> Result<Vec<OutboxId>, Error> {
    let means: BTreeSet<&str> = if catching {
        ChannelKind::ALL.iter().map(|kind| kind.means()).collect()
    } else {
        let active = store::channel::all(conn)?.into_iter().filter(|row| row.active);
        active.filter_map(|row| ChannelKind::parse(&row.kind)).map(ChannelKind::means).collect()
    };
    let means: Vec<&str> = means.into_iter().collect();
    Ok(store::outbox::due_on(conn, now, &means, limit)?)
}
