//! Channels: the means messages leave by, set up on a page, with secrets that nobody is shown again.

pub mod read;
pub mod save;
pub mod trial;

use engine::channel::{ChannelKind, ChannelSettings};
use store::channel::ChannelRow;

use crate::error::Error;

/// The desk's address in the instance's documents.
pub(crate) const DESK_URL: &str = "desk_url";

/// What a stored channel needs to know; what an earlier version wrote and this one cannot read is a fault of ours.
pub(crate) fn settings(row: &ChannelRow) -> Result<(ChannelKind, ChannelSettings), Error> {
    let kind = ChannelKind::parse(&row.kind).ok_or_else(|| Error::internal(format!("channel kind {}", row.kind)))?;
    let settings = serde_json::from_str(&row.settings);
    Ok((kind, settings.map_err(|error| Error::internal(format!("channel {}: {error}", row.id)))?))
}
