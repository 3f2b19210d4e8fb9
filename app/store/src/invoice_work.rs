//! 红冲 work: refunding an invoiced order raises it; a 专票 blocks paying until it is done.

use domain::{Currency, InvoiceWorkId, OrderId, PersonId, RmaId, Timestamp};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

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
    /// The red invoice's number, once it is there.
    pub number: String,
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
pub fn done(tx: &Tx<'_>, id: InvoiceWorkId, number: &str, by: Option<PersonId>, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE invoice_work SET state = 'done', number = :number, done_at = :at, done_by = :by
         WHERE id = :id AND state = 'open'"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":number": number, ":by": by, ":at": at })? == 1)
}

/// A work item with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    /// The work item.
    pub work: InvoiceWorkRow,
    /// Its case's number.
    pub rma_number: String,
    /// Its order's number.
    pub order_number: String,
    /// The currency of its amount.
    pub currency: Currency,
}

/// A page of work items in scope, newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    scope: &RowScope,
    state: &str,
    before: Option<InvoiceWorkId>,
    limit: u32,
) -> Result<Vec<DueRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":state": state, ":before": before.map_or(i64::MAX, InvoiceWorkId::get), ":scope": scope.as_ref().map(Json),
        ":limit": limit,
    };
    conn.all(sql!(include_str!("invoice_work/due.sql")), params, |row| {
        Ok(DueRow {
            work: read(row)?,
            rma_number: row.get("rma_number")?,
            currency: row.get("currency")?,
            order_number: row.get("order_number")?,
        })
    })
}

fn read(row: &crate::row::Row<'_>) -> Result<InvoiceWorkRow, Error> {
    Ok(InvoiceWorkRow {
        id: row.get("id")?,
        order_id: row.get("order_id")?,
        rma_id: row.get("rma_id")?,
        invoice: row.get("invoice")?,
        amount_minor: row.get("amount_minor")?,
        state: row.get("state")?,
        number: row.get("number")?,
        opened_at: row.get("opened_at")?,
        done_at: row.get("done_at")?,
        done_by: row.get("done_by")?,
    })
}
