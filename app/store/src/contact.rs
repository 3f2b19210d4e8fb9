//! Personal values: one erasable row per person, and the keys by which it is found.

pub mod key;

use domain::{ContactId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

pub use key::{Key, KeyKind};

/// A row of `contact`. Every value may be missing: a platform masks it, or it was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Its id.
    pub id: ContactId,
    /// Full name.
    pub name: Option<String>,
    /// Phone as given.
    pub phone: Option<String>,
    /// Its last four digits, also known when the rest is masked.
    pub phone_tail: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Name on the platform.
    pub nickname: Option<String>,
    /// When its values were erased.
    pub erased_at: Option<Timestamp>,
}

impl ContactRow {
    /// A row without any value.
    #[must_use]
    pub const fn empty(id: ContactId) -> Self {
        Self {
            id,
            name: None,
            phone: None,
            phone_tail: None,
            email: None,
            address: None,
            nickname: None,
            erased_at: None,
        }
    }
}

/// Writes a new contact and its keys.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, contact: &ContactRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": contact.id, ":name": contact.name, ":phone": contact.phone, ":phone_tail": contact.phone_tail,
        ":email": contact.email, ":address": contact.address, ":nickname": contact.nickname,
    };
    let sql = sql!(
        "INSERT INTO contact (id, name, phone, phone_tail, email, address, nickname)
         VALUES (:id, :name, :phone, :phone_tail, :email, :address, :nickname)"
    );
    tx.exec(sql, params)?;
    insert_keys(tx, contact)
}

/// Replaces a contact's values and keys.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, contact: &ContactRow) -> Result<(), Error> {
    delete_keys(tx, contact.id)?;
    let params = named_params! {
        ":name": contact.name, ":phone": contact.phone, ":phone_tail": contact.phone_tail, ":email": contact.email,
        ":address": contact.address, ":nickname": contact.nickname, ":id": contact.id,
    };
    let sql = sql!(
        "UPDATE contact SET name = :name, phone = :phone, phone_tail = :phone_tail, email = :email,
             address = :address, nickname = :nickname, erased_at = NULL
         WHERE id = :id"
    );
    tx.exec(sql, params)?;
    insert_keys(tx, contact)
}

/// Erases all values and keys in place; the row and its id stay.
///
/// # Errors
/// The store's.
pub fn erase(tx: &Tx<'_>, id: ContactId, at: Timestamp) -> Result<(), Error> {
    delete_keys(tx, id)?;
    let sql = sql!(
        "UPDATE contact SET name = NULL, phone = NULL, phone_tail = NULL, email = NULL, address = NULL,
             nickname = NULL, erased_at = :at
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":at": at, ":id": id }).map(|_| ())
}

/// The other contacts of the customer whose contact this is: those of orders and cases.
///
/// # Errors
/// The store's.
pub fn of_same_customer(conn: &Conn, id: ContactId) -> Result<Vec<ContactId>, Error> {
    let sql = sql!(
        "SELECT sales_order.contact_id FROM customer JOIN sales_order ON sales_order.customer_id = customer.id
         WHERE customer.contact_id = :id AND sales_order.contact_id <> :id
         UNION
         SELECT rma.contact_id FROM customer JOIN rma ON rma.customer_id = customer.id
         WHERE customer.contact_id = :id AND rma.contact_id <> :id"
    );
    conn.all(sql, named_params! { ":id": id }, |row| row.get(0))
}

/// The contact, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ContactId) -> Result<Option<ContactRow>, Error> {
    let sql =
        sql!("SELECT id, name, phone, phone_tail, email, address, nickname, erased_at FROM contact WHERE id = :id");
    conn.one(sql, named_params! { ":id": id }, read)
}

/// Contacts that carry this key, newest first.
///
/// # Errors
/// The store's.
pub fn with_key(conn: &Conn, key: &Key, limit: u32) -> Result<Vec<ContactId>, Error> {
    let sql = sql!(
        "SELECT contact_id FROM contact_key WHERE key = :key AND kind = :kind ORDER BY contact_id DESC LIMIT :limit"
    );
    let params = named_params! { ":key": key.text, ":kind": key.kind.stored(), ":limit": limit };
    conn.all(sql, params, |row| row.get(0))
}

/// Contacts with a key of this kind that begins so.
///
/// # Errors
/// The store's.
pub fn with_key_prefix(conn: &Conn, key: &Key, limit: u32) -> Result<Vec<ContactId>, Error> {
    let sql = sql!(
        "SELECT DISTINCT contact_id FROM contact_key
         WHERE key >= :key AND key < :end AND kind = :kind
         ORDER BY contact_id DESC LIMIT :limit"
    );
    // No text begins with the prefix and sorts after the prefix with the last character there is.
    let end = format!("{}\u{10FFFF}", key.text);
    let params = named_params! { ":key": key.text, ":end": end, ":kind": key.kind.stored(), ":limit": limit };
    conn.all(sql, params, |row| row.get(0))
}

fn insert_keys(tx: &Tx<'_>, contact: &ContactRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO contact_key (key, kind, contact_id) VALUES (:key, :kind, :contact_id) ON CONFLICT DO NOTHING"
    );
    let mut statement = tx.prepare(sql)?;
    for key in key::of(contact) {
        statement.exec(named_params! { ":key": key.text, ":kind": key.kind.stored(), ":contact_id": contact.id })?;
    }
    Ok(())
}

// The keys follow from the values, so they are taken away before the values change.
fn delete_keys(tx: &Tx<'_>, id: ContactId) -> Result<(), Error> {
    let Some(contact) = find(tx, id)? else { return Ok(()) };
    let sql = sql!("DELETE FROM contact_key WHERE key = :key AND kind = :kind AND contact_id = :contact_id");
    let mut statement = tx.prepare(sql)?;
    for key in key::of(&contact) {
        statement.exec(named_params! { ":key": key.text, ":kind": key.kind.stored(), ":contact_id": id })?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ContactRow, Error> {
    Ok(ContactRow {
        id: row.get("id")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        phone_tail: row.get("phone_tail")?,
        email: row.get("email")?,
        address: row.get("address")?,
        nickname: row.get("nickname")?,
        erased_at: row.get("erased_at")?,
    })
}
