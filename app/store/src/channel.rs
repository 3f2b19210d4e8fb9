//! Channels as they are set up, and what left by them within the last minute.

use domain::{ChannelId, OutboxId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `channel`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// Its id.
    pub id: ChannelId,
    /// email, sms, webhook, dingtalk, wecom or feishu.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Whether anything leaves by it.
    pub active: bool,
    /// An object.
    pub settings: String,
    /// Sealed.
    pub secret: Option<Vec<u8>>,
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
    /// Since when it is set up.
    pub created_at: Timestamp,
    /// Row version.
    pub version: i64,
}

/// All channels, in the order they were set up.
///
/// # Errors
/// The store's.
pub fn all(conn: &Conn) -> Result<Vec<ChannelRow>, Error> {
    conn.all(sql!(include_str!("channel/all.sql")), (), read)
}

/// One channel.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ChannelId) -> Result<Option<ChannelRow>, Error> {
    Ok(all(conn)?.into_iter().find(|row| row.id == id))
}

/// Whether a name is another channel's.
///
/// # Errors
/// The store's.
pub fn is_named(conn: &Conn, name: &str, but: Option<ChannelId>) -> Result<bool, Error> {
    let sql = sql!("SELECT 1 FROM channel WHERE name = :name AND id <> :but");
    conn.exists(sql, named_params! { ":name": name, ":but": but.map_or(0, ChannelId::get) })
}

/// Sets one up.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &ChannelRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO channel (id, kind, name, active, settings, secret, created_at)
         VALUES (:id, :kind, :name, :active, :settings, :secret, :created_at)"
    );
    let params = named_params! {
        ":id": row.id, ":kind": row.kind, ":name": row.name, ":active": row.active, ":settings": row.settings,
        ":secret": row.secret, ":created_at": row.created_at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Changes one whose version is still `row.version`; a secret that is not given stays. Its rest ends: whoever changed it
/// wants to see whether it works now.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, row: &ChannelRow) -> Result<bool, Error> {
    let params = named_params! {
        ":id": row.id, ":name": row.name, ":active": row.active, ":settings": row.settings, ":secret": row.secret,
        ":version": row.version,
    };
    Ok(tx.exec(sql!(include_str!("channel/update.sql")), params)? == 1)
}

/// What a try said of the channel.
///
/// # Errors
/// The store's.
pub fn note(tx: &Tx<'_>, id: ChannelId, at: Timestamp, failure: Option<(&str, &str)>) -> Result<(), Error> {
    let sql = match failure {
        None => sql!("UPDATE channel SET last_ok_at = :at, last_code = :code, last_detail = :detail WHERE id = :id"),
        Some(_) => {
            sql!("UPDATE channel SET last_failed_at = :at, last_code = :code, last_detail = :detail WHERE id = :id")
        }
    };
    let (code, detail) = failure.unwrap_or_default();
    tx.exec(sql, named_params! { ":id": id, ":at": at, ":code": code, ":detail": detail }).map(|_| ())
}

/// Lets nothing leave before an instant.
///
/// # Errors
/// The store's.
pub fn rest(tx: &Tx<'_>, id: ChannelId, until: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE channel SET rests_until = max(rests_until, :until) WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":until": until }).map(|_| ())
}

/// When the messages left that left since `since`, oldest first; older ones are forgotten.
///
/// # Errors
/// The store's.
pub fn left_since(tx: &Tx<'_>, id: ChannelId, since: Timestamp) -> Result<Vec<Timestamp>, Error> {
    let forget = sql!("DELETE FROM channel_send WHERE channel_id = :id AND at < :since");
    tx.exec(forget, named_params! { ":id": id, ":since": since })?;
    let sql = sql!("SELECT at FROM channel_send WHERE channel_id = :id ORDER BY at");
    tx.all(sql, named_params! { ":id": id }, |row| row.get(0))
}

/// Counts a message that leaves.
///
/// # Errors
/// The store's.
pub fn leaves(tx: &Tx<'_>, id: ChannelId, at: Timestamp, outbox: OutboxId) -> Result<(), Error> {
    let sql = sql!("INSERT OR IGNORE INTO channel_send (channel_id, at, outbox_id) VALUES (:id, :at, :outbox_id)");
    tx.exec(sql, named_params! { ":id": id, ":at": at, ":outbox_id": outbox }).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<ChannelRow, Error> {
    Ok(ChannelRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        active: row.get("active")?,
        settings: row.get("settings")?,
        secret: row.get("secret")?,
        rests_until: row.get("rests_until")?,
        last_ok_at: row.get("last_ok_at")?,
        last_failed_at: row.get("last_failed_at")?,
        last_code: row.get("last_code")?,
        last_detail: row.get("last_detail")?,
        created_at: row.get("created_at")?,
        version: row.get("version")?,
    })
}
