//! The books of a case: who bears what of it, and every entry with who made it.

use domain::state::Bearer;
use domain::{Currency, LedgerAccountId, Permission, PersonId, RmaId};
use store::Conn;
pub use store::ledger::EntryRow;

use super::about::{About, about};
use super::owing::{Named, Parties, owing};
use super::{RECOVERY, REFUND_EXPENSE, STORE_CREDIT, scope};
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::person::names::Names;

/// The books of a case.
#[derive(Clone, Debug)]
pub struct CaseBooks {
    /// The case's currency.
    pub currency: Currency,
    /// Who bears how much: the merchant first, then others as they came in.
    pub bearers: Vec<Borne>,
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// Names of the persons in them.
    pub names: Names,
}

/// What one party bears; minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borne {
    /// Who.
    pub party: Named,
    /// Where it is booked; none for the merchant.
    pub account: Option<LedgerAccountId>,
    /// What they bear.
    pub borne_minor: i64,
    /// What came in of it.
    pub paid_minor: i64,
    /// What is left; below zero when more came than is owed.
    pub owed_minor: i64,
    /// Whether the reader may book what comes in.
    pub may_recover: bool,
}

/// An entry with what it is about.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The entry.
    pub row: EntryRow,
    /// Who owes or bears it.
    pub party: Named,
    /// What it is about.
    pub about: About,
    /// What a person wrote on it.
    pub note: String,
    /// Who did what it follows from; none where no person did.
    pub by: Option<PersonId>,
}

/// The books of a case, in the case's currency.
///
/// # Errors
/// `NotFound` also for whoever does not work with money there or sees no prices; the store's.
pub fn of_case(conn: &Conn, definitions: &Definitions, actor: &Actor, id: RmaId) -> Result<CaseBooks, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    if !scope(definitions, actor).admits(Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    let rows = store::ledger::of_rma(conn, id)?;
    let people = store::ledger::books::people_of_rma(conn, id)?;
    let parties = Parties::new(conn, definitions);
    let pays = actor.may(Permission::SettlementPay, Some(rma.shop_id), rma.warehouse_id);
    let sum = |kind: &str| -> i64 { rows.iter().filter(|row| row.kind == kind).map(|row| row.amount_minor).sum() };
    let mut bearers = Vec::new();
    if !rows.is_empty() {
        // What the merchant paid, less what it counts on to get back.
        bearers.push(Borne {
            party: parties.named(Bearer::Shop.as_str(), None)?,
            account: None,
            borne_minor: sum(REFUND_EXPENSE) + sum(RECOVERY),
            paid_minor: 0,
            owed_minor: 0,
            may_recover: false,
        });
    }
    for one in owing(&rows) {
        bearers.push(Borne {
            party: parties.named(&one.bearer, rma.customer_id)?,
            account: Some(one.account),
            borne_minor: one.charged_minor - one.given_up_minor,
            paid_minor: one.paid_minor,
            owed_minor: one.left_minor(),
            may_recover: pays && one.left_minor() > 0,
        });
    }
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let (about, note) = about(row, &rows);
        // Store credit stands on an account of the customer's that names no other bearer.
        let bearer = if row.kind == STORE_CREDIT { Bearer::Customer.as_str() } else { row.bearer.as_str() };
        let party = parties.named(bearer, rma.customer_id)?;
        let by = people.iter().find(|(id, _)| *id == row.id).and_then(|(_, person)| *person);
        entries.push(Entry { row: row.clone(), party, about, note, by });
    }
    let names = Names::read(conn, entries.iter().filter_map(|entry| entry.by))?;
    Ok(CaseBooks { currency: rma.currency, bearers, entries, names })
}
