//! Buyers, their number at the shop or platform, and the tags that staff give them.

pub mod history;

use domain::{ContactId, CustomerId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `customer`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Its id.
    pub id: CustomerId,
    /// The number other systems know it by.
    pub customer_no: String,
    /// Personal values.
    pub contact_id: Option<ContactId>,
    /// Row version.
    pub version: i64,
}

/// Writes a new customer.
///
/// # Errors
/// The store's; `customer.customer_no` when the number is taken.
pub fn insert(tx: &Tx<'_>, customer: &CustomerRow) -> Result<(), Error> {
    let sql = sql!("INSERT INTO customer (id, customer_no, contact_id) VALUES (:id, :customer_no, :contact_id)");
    let params = named_params! {
        ":id": customer.id, ":customer_no": customer.customer_no, ":contact_id": customer.contact_id,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Gives a customer a contact row.
///
/// # Errors
/// The store's.
pub fn set_contact(tx: &Tx<'_>, id: CustomerId, contact: ContactId) -> Result<(), Error> {
    let sql = sql!("UPDATE customer SET contact_id = :contact_id, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":contact_id": contact, ":id": id }).map(|_| ())
}

/// The customer, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: CustomerId) -> Result<Option<CustomerRow>, Error> {
    let sql = sql!("SELECT id, customer_no, contact_id, version FROM customer WHERE id = :id");
    conn.one(sql, named_params! { ":id": id }, read)
}

/// The customer with this number, if there is one.
///
/// # Errors
/// The store's.
pub fn by_number(conn: &Conn, customer_no: &str) -> Result<Option<CustomerRow>, Error> {
    let sql = sql!("SELECT id, customer_no, contact_id, version FROM customer WHERE customer_no = :customer_no");
    conn.one(sql, named_params! { ":customer_no": customer_no }, read)
}

/// A page of customers, newest first, below `after`.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, after: Option<CustomerId>, limit: u32) -> Result<Vec<CustomerRow>, Error> {
    let sql = sql!(
        "SELECT id, customer_no, contact_id, version FROM customer
         WHERE id < coalesce(:after, 9223372036854775807) ORDER BY id DESC LIMIT :limit"
    );
    conn.all(sql, named_params! { ":after": after, ":limit": limit }, read)
}

/// The codes of a customer's tags.
///
/// # Errors
/// The store's.
pub fn tags(conn: &Conn, id: CustomerId) -> Result<Vec<String>, Error> {
    let sql = sql!("SELECT tag FROM customer_tag WHERE customer_id = :id ORDER BY tag");
    conn.all(sql, named_params! { ":id": id }, |row| row.get(0))
}

/// Replaces a customer's tags.
///
/// # Errors
/// The store's; a foreign key when a tag is not known.
pub fn set_tags(tx: &Tx<'_>, id: CustomerId, tags: &[String]) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM customer_tag WHERE customer_id = :id"), named_params! { ":id": id })?;
    let sql = sql!("INSERT INTO customer_tag (customer_id, tag) VALUES (:id, :tag) ON CONFLICT DO NOTHING");
    for tag in tags {
        tx.exec(sql, named_params! { ":id": id, ":tag": tag })?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<CustomerRow, Error> {
    Ok(CustomerRow {
        id: row.get("id")?,
        customer_no: row.get("customer_no")?,
        contact_id: row.get("contact_id")?,
        version: row.get("version")?,
    })
}
