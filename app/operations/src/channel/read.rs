//! Reads channels as they are set up; secrets stay where they are.

use domain::{ChannelId, Permission, Timestamp};
use engine::channel::{ChannelKind, ChannelSettings};
use store::Conn;

use super::{DESK_URL, settings};
use crate::actor::Actor;
use crate::error::Error;

/// Who may look at channels and messages.
pub const READERS: &[Permission] = &[Permission::SystemView, Permission::MasterEdit];

/// A channel as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// What stands at the other end.
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Whether anything leaves by it.
    pub active: bool,
    /// What it needs to know.
    pub settings: ChannelSettings,
    /// Whether a secret is kept.
    pub has_secret: bool,
    /// Nothing leaves before this.
    pub rests_until: Timestamp,
    /// When something was taken last.
    pub last_ok_at: Option<Timestamp>,
    /// When something was not taken last.
    pub last_failed_at: Option<Timestamp>,
    /// Why, as a stable word.
    pub last_code: String,
    /// Why, in the other side's words.
    pub last_detail: String,
    /// Row version.
    pub version: i64,
}

/// All channels.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<Channel>, Error> {
    require(actor)?;
    let rows = store::channel::all(conn)?;
    rows.into_iter()
        .map(|row| {
            let (kind, settings) = settings(&row)?;
            Ok(Channel {
                id: row.id,
                kind,
                name: row.name,
                active: row.active,
                settings,
                has_secret: row.secret.is_some(),
                rests_until: row.rests_until,
                last_ok_at: row.last_ok_at,
                last_failed_at: row.last_failed_at,
                last_code: row.last_code,
                last_detail: row.last_detail,
                version: row.version,
            })
        })
        .collect()
}

/// Where staff open the desk, for links in messages; empty when nobody said.
///
/// # Errors
/// The store's.
pub fn desk_url(conn: &Conn) -> Result<String, Error> {
    Ok(store::instance::get(conn, DESK_URL)?.unwrap_or_default())
}

/// Refuses whoever may not look at channels and messages.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn require(actor: &Actor) -> Result<(), Error> {
    match READERS.iter().any(|permission| actor.may_somewhere(*permission)) {
        true => Ok(()),
        false => Err(Error::Forbidden(Permission::MasterEdit)),
    }
}
