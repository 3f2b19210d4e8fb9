//! Master data that commands look up when they need it: suppliers, teams, tags, reason mapping, block list, rates.

use domain::{Currency, LocalDate, PersonId, ReasonId, Text, Timestamp};

use super::{SupplierRow, TeamRow};
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `tag`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRow {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// A row of `reason_map`: a platform's own reason and ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonMapRow {
    /// The platform's code.
    pub platform: String,
    /// The reason's code there.
    pub platform_code: String,
    /// Ours.
    pub reason_id: ReasonId,
}

/// A row of `block_key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockKeyRow {
    /// phone, address or nickname.
    pub kind: String,
    /// In normal form.
    pub value: String,
    /// What it says about who has it.
    pub tag: String,
    /// Why.
    pub note: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Option<PersonId>,
}

/// A row of `exchange_rate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// One unit of this …
    pub from_currency: Currency,
    /// … is so many of that.
    pub to_currency: Currency,
    /// From this day on.
    pub local_date: LocalDate,
    /// A decimal number as text.
    pub rate: String,
}

/// All suppliers.
///
/// # Errors
/// The store's.
pub fn suppliers(conn: &Conn) -> Result<Vec<SupplierRow>, Error> {
    let sql = sql!("SELECT id, code, name_zh, name_en, contact, active, version FROM supplier ORDER BY id");
    conn.all(sql, (), |row| {
        Ok(SupplierRow {
            id: row.get("id")?,
            code: row.get("code")?,
            name: name(row)?,
            contact: row.get("contact")?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

/// All teams.
///
/// # Errors
/// The store's.
pub fn teams(conn: &Conn) -> Result<Vec<TeamRow>, Error> {
    let sql = sql!("SELECT id, code, name_zh, name_en, active, version FROM team ORDER BY id");
    conn.all(sql, (), |row| {
        Ok(TeamRow {
            id: row.get("id")?,
            code: row.get("code")?,
            name: name(row)?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

/// All tags.
///
/// # Errors
/// The store's.
pub fn tags(conn: &Conn) -> Result<Vec<TagRow>, Error> {
    conn.all(sql!("SELECT code, name_zh, name_en FROM tag ORDER BY code"), (), |row| {
        Ok(TagRow { code: row.get("code")?, name: name(row)? })
    })
}

/// Writes a tag, new or renamed.
///
/// # Errors
/// The store's.
pub fn put_tag(tx: &Tx<'_>, tag: &TagRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO tag (code, name_zh, name_en) VALUES (:code, :name_zh, :name_en)
         ON CONFLICT DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en"
    );
    let params = named_params! { ":code": tag.code, ":name_zh": tag.name.zh, ":name_en": tag.name.en };
    tx.exec(sql, params).map(|_| ())
}

/// A platform's reasons and ours.
///
/// # Errors
/// The store's.
pub fn reason_map(conn: &Conn) -> Result<Vec<ReasonMapRow>, Error> {
    let sql = sql!("SELECT platform, platform_code, reason_id FROM reason_map ORDER BY platform, platform_code");
    conn.all(sql, (), |row| {
        Ok(ReasonMapRow {
            platform: row.get("platform")?,
            platform_code: row.get("platform_code")?,
            reason_id: row.get("reason_id")?,
        })
    })
}

/// Maps a platform's reason, or maps it anew.
///
/// # Errors
/// The store's.
pub fn put_reason_map(tx: &Tx<'_>, map: &ReasonMapRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO reason_map (platform, platform_code, reason_id) VALUES (:platform, :code, :reason_id)
         ON CONFLICT DO UPDATE SET reason_id = excluded.reason_id"
    );
    let params = named_params! { ":platform": map.platform, ":code": map.platform_code, ":reason_id": map.reason_id };
    tx.exec(sql, params).map(|_| ())
}

/// Takes a mapping away; false when there was none.
///
/// # Errors
/// The store's.
pub fn delete_reason_map(tx: &Tx<'_>, platform: &str, code: &str) -> Result<bool, Error> {
    let sql = sql!("DELETE FROM reason_map WHERE platform = :platform AND platform_code = :code");
    Ok(tx.exec(sql, named_params! { ":platform": platform, ":code": code })? == 1)
}

/// A page of the block list by kind, value and tag, after the last one of the page before.
///
/// # Errors
/// The store's.
pub fn block_keys(
    conn: &Conn,
    fragment: &str,
    after: &(String, String, String),
    limit: u32,
) -> Result<Vec<BlockKeyRow>, Error> {
    let sql = sql!(
        "SELECT kind, value, tag, note, created_at, created_by FROM block_key
         WHERE (kind, value, tag) > (:kind, :value, :tag) AND (:fragment = '' OR instr(value, :fragment) > 0)
         ORDER BY kind, value, tag LIMIT :limit"
    );
    let params = named_params! {
        ":fragment": fragment, ":kind": after.0, ":value": after.1, ":tag": after.2, ":limit": limit,
    };
    conn.all(sql, params, read_block_key)
}

/// The block list's entries for a value in normal form.
///
/// # Errors
/// The store's.
pub fn blocked(conn: &Conn, kind: &str, value: &str) -> Result<Vec<BlockKeyRow>, Error> {
    let sql = sql!(
        "SELECT kind, value, tag, note, created_at, created_by FROM block_key
         WHERE kind = :kind AND value = :value ORDER BY tag"
    );
    conn.all(sql, named_params! { ":kind": kind, ":value": value }, read_block_key)
}

/// Adds to the block list, or changes the note.
///
/// # Errors
/// The store's.
pub fn put_block_key(tx: &Tx<'_>, key: &BlockKeyRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO block_key (kind, value, tag, note, created_at, created_by)
         VALUES (:kind, :value, :tag, :note, :created_at, :created_by)
         ON CONFLICT DO UPDATE SET note = excluded.note"
    );
    let params = named_params! {
        ":kind": key.kind, ":value": key.value, ":tag": key.tag, ":note": key.note, ":created_at": key.created_at,
        ":created_by": key.created_by,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Takes an entry off the block list; false when there was none.
///
/// # Errors
/// The store's.
pub fn delete_block_key(tx: &Tx<'_>, kind: &str, value: &str, tag: &str) -> Result<bool, Error> {
    let sql = sql!("DELETE FROM block_key WHERE kind = :kind AND value = :value AND tag = :tag");
    Ok(tx.exec(sql, named_params! { ":kind": kind, ":value": value, ":tag": tag })? == 1)
}

/// All exchange rates, newest day first within a pair.
///
/// # Errors
/// The store's.
pub fn rates(conn: &Conn) -> Result<Vec<RateRow>, Error> {
    let sql = sql!(
        "SELECT from_currency, to_currency, local_date, rate FROM exchange_rate
         ORDER BY from_currency, to_currency, local_date DESC"
    );
    conn.all(sql, (), read_rate)
}

/// The rate in force on a day, if there is one.
///
/// # Errors
/// The store's.
pub fn rate_on(conn: &Conn, from: Currency, to: Currency, day: LocalDate) -> Result<Option<RateRow>, Error> {
    let sql = sql!(
        "SELECT from_currency, to_currency, local_date, rate FROM exchange_rate
         WHERE from_currency = :from AND to_currency = :to AND local_date <= :day
         ORDER BY local_date DESC LIMIT 1"
    );
    conn.one(sql, named_params! { ":from": from, ":to": to, ":day": day }, read_rate)
}

/// Writes a rate, new or corrected.
///
/// # Errors
/// The store's.
pub fn put_rate(tx: &Tx<'_>, rate: &RateRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO exchange_rate (from_currency, to_currency, local_date, rate)
         VALUES (:from, :to, :local_date, :rate)
         ON CONFLICT DO UPDATE SET rate = excluded.rate"
    );
    let params = named_params! {
        ":from": rate.from_currency, ":to": rate.to_currency, ":local_date": rate.local_date, ":rate": rate.rate,
    };
    tx.exec(sql, params).map(|_| ())
}

fn name(row: &Row<'_>) -> Result<Text, Error> {
    Ok(Text { zh: row.get("name_zh")?, en: row.get("name_en")? })
}

fn read_block_key(row: &Row<'_>) -> Result<BlockKeyRow, Error> {
    Ok(BlockKeyRow {
        kind: row.get("kind")?,
        value: row.get("value")?,
        tag: row.get("tag")?,
        note: row.get("note")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
    })
}

fn read_rate(row: &Row<'_>) -> Result<RateRow, Error> {
    Ok(RateRow {
        from_currency: row.get("from_currency")?,
        to_currency: row.get("to_currency")?,
        local_date: row.get("local_date")?,
        rate: row.get("rate")?,
    })
}
