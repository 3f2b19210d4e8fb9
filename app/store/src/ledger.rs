//! The ledger: double entry for store credit and receivables. Amounts are signed; the rows of one posting sum to zero.
//!
//! Above zero is what the merchant has or is owed, below zero what it owes or has earned: a customer's store credit is
//! the negated balance of their account.

pub mod books;

use domain::{Currency, CustomerId, LedgerAccountId, LedgerEntryId, RmaId, SettlementId, Timestamp, UnitGroupId};

use crate::conn::{Conn, Tx};
use crate::error::{ConstraintKind, Error};
use crate::params::{named_params, sql};
use crate::row::Row;

/// An account by what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountKey {
    /// store_credit, receivable, refund_expense, cash_clearing or recovery.
    pub kind: &'static str,
    /// Whose, for store credit and what a customer owes.
    pub customer_id: Option<CustomerId>,
    /// Who owes or bears it, such as `carrier:12`, or empty.
    pub bearer: String,
    /// In this currency.
    pub currency: Currency,
}

/// A row of `ledger_account`.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Its id.
    pub id: LedgerAccountId,
    /// As in `AccountKey`.
    pub kind: String,
    /// As in `AccountKey`.
    pub customer_id: Option<CustomerId>,
    /// As in `AccountKey`.
    pub bearer: String,
    /// As in `AccountKey`.
    pub currency: Currency,
    /// The sum of its entries.
    pub balance_minor: i64,
}

/// One side of a posting before it is written.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Its id.
    pub id: LedgerEntryId,
    /// The account, which must exist.
    pub account_id: LedgerAccountId,
    /// Signed minor units, not zero.
    pub amount_minor: i64,
}

/// What a posting is about.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The case.
    pub rma_id: Option<RmaId>,
    /// The settlement.
    pub settlement_id: Option<SettlementId>,
    /// The units.
    pub unit_group_id: Option<UnitGroupId>,
    /// Why, a word such as `liability`.
    pub memo: String,
}

/// A row of `ledger_entry` with its account's kind and bearer.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its id.
    pub id: LedgerEntryId,
    /// Rows of one posting share this.
    pub posting_id: i64,
    /// The account.
    pub account_id: LedgerAccountId,
    /// The account's kind.
    pub kind: String,
    /// The account's bearer.
    pub bearer: String,
    /// Signed minor units.
    pub amount_minor: i64,
    /// The units.
    pub unit_group_id: Option<UnitGroupId>,
    /// The settlement.
    pub settlement_id: Option<SettlementId>,
    /// Why.
    pub memo: String,
    /// When.
    pub at: Timestamp,
}

/// The account, made with `new_id` when there is none.
///
/// # Errors
/// The store's.
pub fn account(tx: &Tx<'_>, key: &AccountKey, new_id: LedgerAccountId) -> Result<LedgerAccountId, Error> {
    if let Some(found) = find_account(tx, key)? {
        return Ok(found.id);
    }
    let sql = sql!(
        "INSERT INTO ledger_account (id, kind, customer_id, bearer, currency)
         VALUES (:id, :kind, :customer_id, :bearer, :currency)"
    );
    let params = named_params! {
        ":id": new_id, ":kind": key.kind, ":customer_id": key.customer_id, ":bearer": key.bearer,
        ":currency": key.currency,
    };
    tx.exec(sql, params)?;
    Ok(new_id)
}

/// The account, if there is one.
///
/// # Errors
/// The store's.
pub fn find_account(conn: &Conn, key: &AccountKey) -> Result<Option<AccountRow>, Error> {
    let params = named_params! {
        ":kind": key.kind, ":customer_id": key.customer_id.map_or(0, CustomerId::get), ":bearer": key.bearer,
        ":currency": key.currency,
    };
    conn.one(sql!(include_str!("ledger/account.sql")), params, read_account)
}

/// All accounts of a kind with something on them.
///
/// # Errors
/// The store's.
pub fn accounts(conn: &Conn, kind: &str) -> Result<Vec<AccountRow>, Error> {
    conn.all(sql!(include_str!("ledger/accounts.sql")), named_params! { ":kind": kind }, read_account)
}

/// A customer's accounts of a kind, one a currency.
///
/// # Errors
/// The store's.
pub fn accounts_of_customer(conn: &Conn, kind: &str, customer: CustomerId) -> Result<Vec<AccountRow>, Error> {
    let params = named_params! { ":kind": kind, ":customer_id": customer };
    conn.all(sql!(include_str!("ledger/accounts_of_customer.sql")), params, read_account)
}

/// Writes a posting and moves the balances.
///
/// # Errors
/// `ledger_posting_balances` when its rows do not sum to zero or there are fewer than two.
pub fn post(tx: &Tx<'_>, posting_id: i64, entries: &[NewEntry], about: &About, at: Timestamp) -> Result<(), Error> {
    // INVARIANT: nothing enters the ledger one-sided; `doctor --deep` sums the postings again.
    let sum: i128 = entries.iter().map(|entry| i128::from(entry.amount_minor)).sum();
    if sum != 0 || entries.len() < 2 {
        return Err(Error::Constraint { kind: ConstraintKind::Check, name: "ledger_posting_balances".to_owned() });
    }
    let balance = sql!("UPDATE ledger_account SET balance_minor = balance_minor + :amount WHERE id = :id");
    for entry in entries {
        let params = named_params! {
            ":id": entry.id, ":posting_id": posting_id, ":account_id": entry.account_id,
            ":amount_minor": entry.amount_minor, ":rma_id": about.rma_id, ":settlement_id": about.settlement_id,
            ":unit_group_id": about.unit_group_id, ":memo": about.memo, ":at": at,
        };
        tx.exec(sql!(include_str!("ledger/insert_entry.sql")), params)?;
        tx.exec(balance, named_params! { ":id": entry.account_id, ":amount": entry.amount_minor })?;
    }
    Ok(())
}

/// The entries of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<EntryRow>, Error> {
    conn.all(sql!(include_str!("ledger/of_rma.sql")), named_params! { ":rma_id": rma }, read_entry)
}

/// What is wrong with the ledger: postings that do not sum to zero, balances that are not the sum of their entries.
///
/// # Errors
/// The store's.
pub fn faults(conn: &Conn) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let postings =
        sql!("SELECT posting_id FROM ledger_entry GROUP BY posting_id HAVING sum(amount_minor) <> 0 OR count(*) < 2");
    conn.each(postings, (), |row| {
        found.push(format!("posting {} does not balance", row.get::<i64>("posting_id")?));
        Ok(())
    })?;
    conn.each(sql!(include_str!("ledger/wrong_balances.sql")), (), |row| {
        found.push(format!("account {} is not the sum of its entries", row.get::<i64>("id")?));
        Ok(())
    })?;
    Ok(found)
}

fn read_account(row: &Row<'_>) -> Result<AccountRow, Error> {
    Ok(AccountRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        customer_id: row.get("customer_id")?,
        bearer: row.get("bearer")?,
        currency: row.get("currency")?,
        balance_minor: row.get("balance_minor")?,
    })
}

fn read_entry(row: &Row<'_>) -> Result<EntryRow, Error> {
    Ok(EntryRow {
        id: row.get("id")?,
        posting_id: row.get("posting_id")?,
        account_id: row.get("account_id")?,
        kind: row.get("kind")?,
        bearer: row.get("bearer")?,
        amount_minor: row.get("amount_minor")?,
        unit_group_id: row.get("unit_group_id")?,
        settlement_id: row.get("settlement_id")?,
        memo: row.get("memo")?,
        at: row.get("at")?,
    })
}
