//! What others owe, case by case and in sum.

use domain::state::Bearer;
use domain::{LedgerAccountId, LedgerEntryId, Money, Permission, RmaId, ShopId, Timestamp};
use store::Conn;
pub use store::ledger::books::ReceivableQuery;
use store::ledger::books::{self, Receivable};

use super::about::About;
use super::owing::{Named, Parties, owing};
use super::scope;
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;

/// What somebody owes on a case, and what became of it.
#[derive(Clone, Debug)]
pub struct ReceivableRow {
    /// The place in the list.
    pub first: LedgerEntryId,
    /// The account.
    pub account: LedgerAccountId,
    /// The case.
    pub rma: RmaId,
    /// Its number.
    pub rma_number: String,
    /// Its shop.
    pub shop: ShopId,
    /// Who owes.
    pub party: Named,
    /// What it was first booked for.
    pub about: About,
    /// What a person wrote on it.
    pub note: String,
    /// How much was booked.
    pub charged: Money,
    /// How much came in.
    pub paid: Money,
    /// How much was given up.
    pub given_up: Money,
    /// How much is left; below zero when more came than is owed.
    pub owed: Money,
    /// First booked.
    pub since: Timestamp,
    /// Last changed.
    pub changed_at: Timestamp,
    /// Whether the reader may book what comes in.
    pub may_recover: bool,
}

/// How much a party owes on all cases that the reader sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedTotal {
    /// Who; customers are one.
    pub party: Named,
    /// Where it is booked; none for customers, who have an account each.
    pub account: Option<LedgerAccountId>,
    /// How much.
    pub owed: Money,
    /// On how many cases.
    pub cases: i64,
}

/// A page of what is owed, the newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    shop: Option<ShopId>,
    query: &ReceivableQuery,
    limit: u32,
) -> Result<Vec<ReceivableRow>, Error> {
    let scope = scope(definitions, actor).in_shop(shop);
    let parties = Parties::new(conn, definitions);
    let found = books::receivables(conn, &scope, query, limit)?;
    found.into_iter().map(|one| row(conn, &parties, actor, one)).collect()
}

fn row(conn: &Conn, parties: &Parties<'_>, actor: &Actor, found: Receivable) -> Result<ReceivableRow, Error> {
    let rma = store::rma::find(conn, found.rma_id)?.ok_or(Error::NotFound("rma"))?;
    let entries = store::ledger::of_rma(conn, rma.id)?;
    let own = owing(&entries).into_iter().find(|one| one.account == found.account_id);
    let own = own.ok_or(Error::NotFound("ledger_account"))?;
    let money = |minor| Money::new(minor, rma.currency);
    Ok(ReceivableRow {
        first: found.first,
        account: found.account_id,
        party: parties.named(&own.bearer, rma.customer_id)?,
        charged: money(own.charged_minor),
        paid: money(own.paid_minor),
        given_up: money(own.given_up_minor),
        owed: money(own.left_minor()),
        may_recover: own.left_minor() > 0 && actor.may(Permission::SettlementPay, Some(rma.shop_id), rma.warehouse_id),
        about: own.about.0,
        note: own.about.1,
        since: own.since,
        changed_at: own.changed_at,
        rma: rma.id,
        shop: rma.shop_id,
        rma_number: rma.number,
    })
}

/// How much each party owes, customers together, by currency.
///
/// # Errors
/// The store's.
pub fn totals(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    shop: Option<ShopId>,
) -> Result<Vec<OwedTotal>, Error> {
    let scope = scope(definitions, actor).in_shop(shop);
    let parties = Parties::new(conn, definitions);
    let total = |row: books::OwedRow| -> Result<OwedTotal, Error> {
        let owed = Money::new(row.owed_minor, row.currency);
        let party = parties.named(&row.bearer, None)?;
        let account = Some(row.account_id).filter(|_| party.bearer != Bearer::Customer);
        Ok(OwedTotal { party, account, owed, cases: row.cases })
    };
    books::owed(conn, &scope)?.into_iter().map(total).collect()
}
