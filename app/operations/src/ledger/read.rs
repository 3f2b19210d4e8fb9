//! What is owed, by whom, and what the books say of a case.

use domain::{Currency, CustomerId, Permission, RmaId};
use store::Conn;
use store::ledger::AccountKey;
pub use store::ledger::{AccountRow, EntryRow};

use super::{RECEIVABLE, STORE_CREDIT};
use crate::actor::Actor;
use crate::error::Error;

/// The entries of a case, oldest first.
///
/// # Errors
/// `NotFound`, the store's.
pub fn of_case(conn: &Conn, actor: &Actor, id: RmaId) -> Result<Vec<EntryRow>, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    if !actor.may(Permission::SettlementPropose, Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    Ok(store::ledger::of_rma(conn, id)?)
}

/// Who owes what: the merchant's own books, for whoever sees settlements everywhere.
///
/// # Errors
/// `Forbidden`, the store's.
pub fn receivables(conn: &Conn, actor: &Actor) -> Result<Vec<AccountRow>, Error> {
    if !actor.may(Permission::SettlementPropose, None, None) {
        return Err(Error::Forbidden(Permission::SettlementPropose));
    }
    Ok(store::ledger::accounts(conn, RECEIVABLE)?)
}

/// A customer's store credit, minor units.
///
/// # Errors
/// The store's.
pub fn credit_minor(conn: &Conn, customer: CustomerId, currency: Currency) -> Result<i64, Error> {
    let key = AccountKey { kind: STORE_CREDIT, customer_id: Some(customer), bearer: String::new(), currency };
    Ok(store::ledger::find_account(conn, &key)?.map_or(0, |account| -account.balance_minor))
}

/// What is wrong with the books: for `doctor --deep`.
///
/// # Errors
/// The store's.
pub fn faults(conn: &Conn) -> Result<Vec<String>, Error> {
    Ok(store::ledger::faults(conn)?)
}
