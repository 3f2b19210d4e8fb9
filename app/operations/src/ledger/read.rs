//! What is owed, by whom, and what the books say of a case.

use domain::{Currency, CustomerId, Money, Permission, RmaId};
use store::Conn;
use store::ledger::AccountKey;
pub use store::ledger::{AccountRow, EntryRow};

use super::{RECEIVABLE, STORE_CREDIT};
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};

/// The entries of a case, oldest first, in the case's currency.
///
/// # Errors
/// `NotFound`, the store's.
pub fn of_case(conn: &Conn, actor: &Actor, id: RmaId) -> Result<(Currency, Vec<EntryRow>), Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    if !actor.may(Permission::SettlementPropose, Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    Ok((rma.currency, store::ledger::of_rma(conn, id)?))
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

/// What a customer may spend, currency by currency; `None` for a reader who sees no prices.
///
/// # Errors
/// `Forbidden`, `NotFound`, the store's.
pub fn store_credit(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    customer: CustomerId,
) -> Result<Option<Vec<Money>>, Error> {
    if !actor.may_somewhere(Permission::CustomerView) {
        return Err(Error::Forbidden(Permission::CustomerView));
    }
    store::customer::find(conn, customer)?.ok_or(Error::NotFound("customer"))?;
    let places = actor.grants.iter().map(|grant| (grant.shop, grant.warehouse));
    let sight = places.map(|place| gate::sight(definitions, actor, Permission::CustomerView, place, "order.price"));
    if sight.min() != Some(Sight::Whole) {
        return Ok(None);
    }
    let accounts = store::ledger::accounts_of_customer(conn, STORE_CREDIT, customer)?;
    let money = |account: AccountRow| Money::new(-account.balance_minor, account.currency);
    Ok(Some(accounts.into_iter().map(money).collect()))
}

/// What is wrong with the books: for `doctor --deep`.
///
/// # Errors
/// The store's.
pub fn faults(conn: &Conn) -> Result<Vec<String>, Error> {
    Ok(store::ledger::faults(conn)?)
}
