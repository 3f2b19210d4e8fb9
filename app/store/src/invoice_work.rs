//! 红冲 work: refunding an invoiced order raises it; a 专票 blocks paying until it is done.

use domain::{InvoiceWorkId, OrderId, PersonId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `invoice_work`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceWorkRow {
    /// Its id.
    pub id: InvoiceWorkId,
    /// The invoiced order.
    pub order_id: OrderId,
    /// The case.
    pub rma_id: RmaId,
    /// ordinary or special (专票).
    pub invoice: String,
    /// To be reversed, minor units.
    pub amount_minor: i64,
    /// open or done.
    pub state: String,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Who did it.
    pub done_by: Option<PersonId>,
}

/// Writes a new work item.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &InvoiceWorkRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":order_id": row.order_id, ":rma_id": row.rma_id, ":invoice": row.invoice,
        ":amount_minor": row.amount_minor, ":opened_at": row.opened_at,
    };
    tx.exec(sql!(include_str!("invoice_work/insert.sql")), params).map(|_| ())
}

/// One work item, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: InvoiceWorkId) -> Result<Option<InvoiceWorkRow>, Error> {
    conn.one(sql!(include_str!("invoice_work/find.sql")), named_params! { ":id": id }, read)
}

/// The work items of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<InvoiceWorkRow>, Error> {
    conn.all(sql!(include_str!("invoice_work/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// Changes the amount of an open work item.
///
/// # Errors
/// The store's.
pub fn set_amount(tx: &Tx<'_>, id: InvoiceWorkId, amount_minor: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE invoice_work SET amount_minor = :amount WHERE id = :id AND state = 'open'");
    tx.exec(sql, named_params! { ":id": id, ":amount": amount_minor }).map(|_| ())
}

/// Takes an open work item away: nothing is refunded any more.
///
/// # Errors
/// The store's.
pub fn remove(tx: &Tx<'_>, id: InvoiceWorkId) -> Result<(), Error> {
    let sql = sql!("DELETE FROM invoice_work WHERE id = :id AND state = 'open'");
    tx.exec(sql, named_params! { ":id": id }).map(|_| ())
}

/// Marks a work item as done; false when it was done before.
///
/// # Errors
/// The store's.
pub fn done(tx: &Tx<'_>, id: InvoiceWorkId, by: Option<PersonId>, at: Timestamp) -> Result<bool, Error> {
    let sql =
        sql!("UPDATE invoice_work SET state = 'done', done_at = :at, done_by = :by WHERE id = :id AND state = 'open'");
    Ok(tx.exec(sql, named_params! { ":id": id, ":by": by, ":at": at })? == 1)
}

fn read(row: &crate::row::Row<'_>) -> Result<InvoiceWorkRow, Error> {
    Ok(InvoiceWorkRow {
        id: row.get("id")?,
        order_id: row.get("order_id")?,
        rma_id: row.get("rma_id")?,
        invoice: row.get("invoice")?,
        amount_minor: row.get("amount_minor")?,
        state: row.get("state")?,
        opened_at: row.get("opened_at")?,
        done_at: row.get("done_at")?,
        done_by: row.get("done_by")?,
    })
}
