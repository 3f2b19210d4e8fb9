//! The ledger as people read it: what is owed case by case, how much by whom, what customers may spend, who booked it.

use domain::state::Bearer;
use domain::{Currency, CustomerId, LedgerAccountId, LedgerEntryId, PersonId, RmaId, Timestamp};

use crate::col::Json;
use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

/// What one account owes on one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receivable {
    /// The first entry: the place in the list.
    pub first: LedgerEntryId,
    /// The case.
    pub rma_id: RmaId,
    /// Who owes.
    pub account_id: LedgerAccountId,
}

/// Which receivables are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReceivableQuery {
    /// Only what such a party owes.
    pub bearer: Option<Bearer>,
    /// Only on this account.
    pub account: Option<LedgerAccountId>,
    /// Only those with, or without, something left.
    pub open: Option<bool>,
    /// First booked before this entry.
    pub before: Option<LedgerEntryId>,
}

/// How much a party owes on all its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedRow {
    /// One account of theirs; customers have one each, others only this in the currency.
    pub account_id: LedgerAccountId,
    /// Who, as accounts name them.
    pub bearer: String,
    /// In this currency.
    pub currency: Currency,
    /// How much, minor units; below zero when more came in than is owed.
    pub owed_minor: i64,
    /// On how many cases.
    pub cases: i64,
}

/// A customer with store credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditRow {
    /// The account: the place in the list.
    pub account_id: LedgerAccountId,
    /// Whose.
    pub customer_id: CustomerId,
    /// The number they are known by.
    pub customer_no: String,
    /// In this currency.
    pub currency: Currency,
    /// The account's balance; the credit is its negative.
    pub balance_minor: i64,
}

/// An entry of a customer's store credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditEntryRow {
    /// Its id.
    pub id: LedgerEntryId,
    /// In this currency.
    pub currency: Currency,
    /// Signed as in the books: below zero when the credit grows.
    pub amount_minor: i64,
    /// The case it comes from.
    pub rma_id: Option<RmaId>,
    /// When.
    pub at: Timestamp,
}

/// A page of receivables, the newest first.
///
/// # Errors
/// The store's.
pub fn receivables(
    conn: &Conn,
    scope: &RowScope,
    query: &ReceivableQuery,
    limit: u32,
) -> Result<Vec<Receivable>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":bearer": query.bearer.map(Bearer::as_str), ":account": query.account, ":open": query.open,
        ":before": query.before.map_or(i64::MAX, LedgerEntryId::get), ":scope": scope.as_ref().map(Json),
        ":limit": limit,
    };
    conn.all(sql!(include_str!("receivables.sql")), params, |row| {
        Ok(Receivable { first: row.get("first_id")?, rma_id: row.get("rma_id")?, account_id: row.get("account_id")? })
    })
}

/// How much each party owes on the cases in scope, currency by currency.
///
/// # Errors
/// The store's.
pub fn owed(conn: &Conn, scope: &RowScope) -> Result<Vec<OwedRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":scope": scope.as_ref().map(Json) };
    conn.all(sql!(include_str!("owed.sql")), params, |row| {
        Ok(OwedRow {
            account_id: row.get("account_id")?,
            bearer: row.get("bearer")?,
            currency: row.get("currency")?,
            owed_minor: row.get("owed_minor")?,
            cases: row.get("cases")?,
        })
    })
}

/// Who did what the entries of a case follow from; `None` where no person did.
///
/// # Errors
/// The store's.
pub fn people_of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<(LedgerEntryId, Option<PersonId>)>, Error> {
    conn.all(sql!(include_str!("people_of_rma.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok((row.get("id")?, row.get("person_id")?))
    })
}

/// A page of customers with store credit, the newest first.
///
/// # Errors
/// The store's.
pub fn credits(conn: &Conn, before: Option<LedgerAccountId>, limit: u32) -> Result<Vec<CreditRow>, Error> {
    let params = named_params! { ":before": before.map_or(i64::MAX, LedgerAccountId::get), ":limit": limit };
    conn.all(sql!(include_str!("credits.sql")), params, |row| {
        Ok(CreditRow {
            account_id: row.get("id")?,
            customer_id: row.get("customer_id")?,
            customer_no: row.get("customer_no")?,
            currency: row.get("currency")?,
            balance_minor: row.get("balance_minor")?,
        })
    })
}

/// A page of the entries of a customer's store credit, the newest first.
///
/// # Errors
/// The store's.
pub fn credit_entries(
    conn: &Conn,
    customer: CustomerId,
    before: Option<LedgerEntryId>,
    limit: u32,
) -> Result<Vec<CreditEntryRow>, Error> {
    let params = named_params! {
        ":customer_id": customer, ":before": before.map_or(i64::MAX, LedgerEntryId::get), ":limit": limit,
    };
    conn.all(sql!(include_str!("credit_entries.sql")), params, |row| {
        Ok(CreditEntryRow {
            id: row.get("id")?,
            currency: row.get("currency")?,
            amount_minor: row.get("amount_minor")?,
            rma_id: row.get("rma_id")?,
            at: row.get("at")?,
        })
    })
}
