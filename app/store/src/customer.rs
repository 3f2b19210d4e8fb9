//! Buyers, their number at the shop or platform, and the tags that staff give them.

pub mod history;

use domain::{ContactId, CustomerId, ShopId};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// Rows looked at for the beginning of a number at most: a short one fits nearly everybody.
const PREFIX_MAX: u32 = 2_000;

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

/// Customers whose number begins so, by number, among the first `PREFIX_MAX` of them.
///
/// # Errors
/// The store's.
pub fn by_number_prefix(
    conn: &Conn,
    shops: Option<&[ShopId]>,
    prefix: &str,
    limit: u32,
) -> Result<Vec<CustomerRow>, Error> {
    let (shops, end) = (raw_shops(shops), format!("{prefix}\u{10FFFF}"));
    let params = named_params! {
        ":prefix": prefix, ":end": end, ":looked_at": PREFIX_MAX, ":shops": shops.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("customer/by_number_prefix.sql")), params, read)
}

/// Customers who carry one of these contacts themselves, newest first.
///
/// # Errors
/// The store's.
pub fn by_contacts(
    conn: &Conn,
    shops: Option<&[ShopId]>,
    contacts: &[ContactId],
    limit: u32,
) -> Result<Vec<CustomerRow>, Error> {
    let (shops, contacts) = (raw_shops(shops), contacts.iter().map(|contact| contact.get()).collect::<Vec<_>>());
    let params = named_params! {
        ":contacts": Json(&contacts), ":shops": shops.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("customer/by_contacts.sql")), params, read)
}

/// Whether a customer is known by an order or a case of one of these shops.
///
/// # Errors
/// The store's.
pub fn is_known_in(conn: &Conn, shops: &[ShopId], id: CustomerId) -> Result<bool, Error> {
    let shops: Vec<i64> = shops.iter().map(|shop| shop.get()).collect();
    let params = named_params! { ":id": id, ":shops": Json(&shops) };
    Ok(conn.value(sql!(include_str!("customer/is_known_in.sql")), params)?.unwrap_or(false))
}

fn raw_shops(shops: Option<&[ShopId]>) -> Option<Vec<i64>> {
    shops.map(|shops| shops.iter().map(|shop| shop.get()).collect())
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
