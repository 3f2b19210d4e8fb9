//! The event log: append-only rows in a hash chain, payloads apart.

use domain::{EventId, RmaId, ShopId, Timestamp, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `event`.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What happened, an `EventKind` as text.
    pub kind: String,
    /// The case.
    pub rma_id: Option<RmaId>,
    /// The table it is about, or empty.
    pub subject: String,
    /// The row it is about, or 0.
    pub subject_id: i64,
    /// Where, or 0.
    pub shop_id: i64,
    /// Where, or 0.
    pub warehouse_id: i64,
    /// person, token, customer, rule or system.
    pub actor_kind: String,
    /// The actor's id, or 0.
    pub actor_id: i64,
    /// The first event of the chain.
    pub root_id: EventId,
    /// The event that led here.
    pub parent_id: Option<EventId>,
    /// How many rules deep.
    pub depth: u32,
    /// The rule that acted, or empty.
    pub rule: String,
}

/// Appends an event: hashes its payload, links it to the last event, and writes both.
///
/// # Errors
/// The store's.
pub fn append(tx: &Tx<'_>, event: &EventRow, payload: &str) -> Result<(), Error> {
    let previous = last_hash(tx)?;
    let payload_hash = blake3::hash(payload.as_bytes());
    let hash = chain_hash(event, payload_hash.as_bytes(), &previous);
    tx.exec(
        sql!(include_str!("event/append.sql")),
        named_params! {
            ":id": event.id, ":at": event.at, ":kind": event.kind, ":rma_id": event.rma_id, ":subject": event.subject,
            ":subject_id": event.subject_id, ":shop_id": event.shop_id, ":warehouse_id": event.warehouse_id,
            ":actor_kind": event.actor_kind, ":actor_id": event.actor_id, ":root_id": event.root_id,
            ":parent_id": event.parent_id, ":depth": event.depth, ":rule": event.rule,
            ":payload_hash": payload_hash.as_bytes().as_slice(), ":previous_hash": previous.as_slice(),
            ":hash": hash.as_slice(),
        },
    )?;
    if payload != "null" {
        let sql = sql!("INSERT INTO event_payload (event_id, body) VALUES (:event_id, :body)");
        tx.exec(sql, named_params! { ":event_id": event.id, ":body": payload })?;
    }
    Ok(())
}

/// The chain's head: 32 zero bytes before the first event.
///
/// # Errors
/// The store's.
pub fn last_hash(conn: &Conn) -> Result<Vec<u8>, Error> {
    let last = conn.value::<Vec<u8>>(sql!("SELECT hash FROM event ORDER BY id DESC LIMIT 1"), ())?;
    Ok(last.unwrap_or_else(|| vec![0; 32]))
}

// The canonical form: every field in column order, separated by a unit separator, then the two hashes.
fn chain_hash(event: &EventRow, payload_hash: &[u8], previous: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut number = |value: i64| {
        hasher.update(&value.to_be_bytes());
    };
    number(event.id.get());
    number(event.at.ms());
    number(event.rma_id.map_or(0, RmaId::get));
    number(event.subject_id);
    number(event.shop_id);
    number(event.warehouse_id);
    number(event.actor_id);
    number(event.root_id.get());
    number(event.parent_id.map_or(0, EventId::get));
    number(i64::from(event.depth));
    for text in [&event.kind, &event.subject, &event.actor_kind, &event.rule] {
        hasher.update(text.as_bytes());
        hasher.update(b"\x1f");
    }
    hasher.update(payload_hash);
    hasher.update(previous);
    *hasher.finalize().as_bytes()
}

/// What is wrong with the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainBreak {
    /// The first event that does not fit.
    pub event_id: EventId,
    /// `link`, `hash` or `payload`.
    pub what: &'static str,
}

/// Walks the whole chain; `None` when it is whole. An erased payload is not a break.
///
/// # Errors
/// The store's.
pub fn verify_chain(conn: &Conn) -> Result<(u64, Option<ChainBreak>), Error> {
    let mut previous = vec![0_u8; 32];
    let mut count = 0;
    let mut broken = None;
    conn.each(sql!(include_str!("event/chain.sql")), (), |row| {
        if broken.is_some() {
            return Ok(());
        }
        let event = read(row)?;
        let payload_hash: Vec<u8> = row.get("payload_hash")?;
        let linked: Vec<u8> = row.get("previous_hash")?;
        let hash: Vec<u8> = row.get("hash")?;
        let payload: Option<String> = row.get("body")?;
        let payload_fits =
            payload.is_none_or(|body| blake3::hash(body.as_bytes()).as_bytes().as_slice() == payload_hash);
        let what = match () {
            () if linked != previous => Some("link"),
            () if chain_hash(&event, &payload_hash, &linked).as_slice() != hash => Some("hash"),
            () if !payload_fits => Some("payload"),
            () => None,
        };
        broken = what.map(|what| ChainBreak { event_id: event.id, what });
        previous = hash;
        count += 1;
        Ok(())
    })?;
    Ok((count, broken))
}

/// The events of a case with their payloads, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<(EventRow, Option<String>)>, Error> {
    conn.all(sql!(include_str!("event/of_rma.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok((read(row)?, row.get("body")?))
    })
}

/// When the last event happened.
///
/// # Errors
/// The store's.
pub fn last_at(conn: &Conn) -> Result<Option<Timestamp>, Error> {
    conn.value(sql!("SELECT at FROM event ORDER BY id DESC LIMIT 1"), ())
}

/// The id of the last event.
///
/// # Errors
/// The store's.
pub fn last_id(conn: &Conn) -> Result<Option<i64>, Error> {
    conn.value(sql!("SELECT id FROM event ORDER BY id DESC LIMIT 1"), ())
}

fn read(row: &crate::row::Row<'_>) -> Result<EventRow, Error> {
    Ok(EventRow {
        id: row.get("id")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        rma_id: row.get("rma_id")?,
        subject: row.get("subject")?,
        subject_id: row.get("subject_id")?,
        shop_id: row.get("shop_id")?,
        warehouse_id: row.get("warehouse_id")?,
        actor_kind: row.get("actor_kind")?,
        actor_id: row.get("actor_id")?,
        root_id: row.get("root_id")?,
        parent_id: row.get("parent_id")?,
        depth: row.get("depth")?,
        rule: row.get("rule")?,
    })
}

/// Shop and warehouse of an event as stored.
#[must_use]
pub fn place(shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> (i64, i64) {
    (shop.map_or(0, ShopId::get), warehouse.map_or(0, WarehouseId::get))
}
