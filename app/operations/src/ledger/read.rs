//! What customers may spend, and where it comes from.

use domain::{Currency, CustomerId, LedgerAccountId, LedgerEntryId, Money, Permission, PersonId, RmaId};
use store::Conn;
use store::ledger::books;
pub use store::ledger::books::{CreditEntryRow, CreditRow};
use store::ledger::{AccountKey, AccountRow};
use store::scope::RowScope;

use super::{STORE_CREDIT, scope};
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};
use crate::person::names::Names;

/// An entry of a customer's store credit with the case it comes from, where the reader may know of it.
#[derive(Clone, Debug)]
pub struct CreditEntry {
    /// The entry.
    pub row: CreditEntryRow,
    /// The case and its number.
    pub rma: Option<(RmaId, String)>,
    /// Who did what it follows from: on a case that the reader may know of, where a person did.
    pub by: Option<PersonId>,
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
    if !sees_credit(conn, definitions, actor, customer)? {
        return Ok(None);
    }
    let accounts = store::ledger::accounts_of_customer(conn, STORE_CREDIT, customer)?;
    let money = |account: AccountRow| Money::new(-account.balance_minor, account.currency);
    Ok(Some(accounts.into_iter().map(money).collect()))
}

fn sees_credit(conn: &Conn, definitions: &Definitions, actor: &Actor, customer: CustomerId) -> Result<bool, Error> {
    if !actor.may_somewhere(Permission::CustomerView) {
        return Err(Error::Forbidden(Permission::CustomerView));
    }
    store::customer::find(conn, customer)?.ok_or(Error::NotFound("customer"))?;
    let places = actor.grants.iter().map(|grant| (grant.shop, grant.warehouse));
    let sight = places.map(|place| gate::sight(definitions, actor, Permission::CustomerView, place, "order.price"));
    Ok(sight.min() == Some(Sight::Whole))
}

/// A page of the entries of a customer's store credit, newest first; nothing for a reader who sees no prices.
///
/// # Errors
/// `Forbidden`, `NotFound`, the store's.
pub fn credit_entries(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    customer: CustomerId,
    before: Option<LedgerEntryId>,
    limit: u32,
) -> Result<(Vec<CreditEntry>, Names), Error> {
    if !sees_credit(conn, definitions, actor, customer)? {
        return Ok((Vec::new(), Names::default()));
    }
    let rows = books::credit_entries(conn, customer, before, limit)?;
    let entry = |row: CreditEntryRow| -> Result<CreditEntry, Error> {
        let rma = match row.rma_id {
            Some(id) => store::rma::find(conn, id)?,
            None => None,
        };
        let known = rma.filter(|rma| actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id));
        let by = match &known {
            Some(rma) => books::people_of_rma(conn, rma.id)?.into_iter().find(|(id, _)| *id == row.id),
            None => None,
        };
        Ok(CreditEntry { by: by.and_then(|(_, by)| by), rma: known.map(|rma| (rma.id, rma.number)), row })
    };
    let entries = rows.into_iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    let names = Names::read(conn, entries.iter().filter_map(|entry| entry.by))?;
    Ok((entries, names))
}

/// A page of customers with store credit, newest first: what the merchant owes them over all shops, for whoever works
/// with money everywhere.
///
/// # Errors
/// `Forbidden`, the store's.
pub fn credits(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    before: Option<LedgerAccountId>,
    limit: u32,
) -> Result<Vec<CreditRow>, Error> {
    if scope(definitions, actor) != RowScope::All {
        return Err(Error::Forbidden(Permission::SettlementPropose));
    }
    Ok(books::credits(conn, before, limit)?)
}

/// What is wrong with the books: for `doctor --deep`.
///
/// # Errors
/// The store's.
pub fn faults(conn: &Conn) -> Result<Vec<String>, Error> {
    Ok(store::ledger::faults(conn)?)
}
