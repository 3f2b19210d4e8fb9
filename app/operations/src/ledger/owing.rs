//! Who owes or bears, by name; and what became of what somebody owes on a case.

use std::cell::OnceCell;

use domain::state::Bearer;
use domain::{CustomerId, LedgerAccountId, Text, Timestamp};
use store::Conn;
use store::ledger::EntryRow;
use store::reference::SupplierRow;

use super::RECEIVABLE;
use super::about::{About, about};
use crate::definitions::Definitions;
use crate::error::Error;

/// Who owes or bears something, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What they are.
    pub bearer: Bearer,
    /// Which one, as far as it is known.
    pub name: Option<Text>,
    /// The customer, when it is one.
    pub customer: Option<CustomerId>,
}

/// Puts names to the parties of accounts.
pub(super) struct Parties<'a> {
    conn: &'a Conn,
    definitions: &'a Definitions,
    suppliers: OnceCell<Vec<SupplierRow>>,
}

impl<'a> Parties<'a> {
    pub(super) const fn new(conn: &'a Conn, definitions: &'a Definitions) -> Self {
        Self { conn, definitions, suppliers: OnceCell::new() }
    }

    /// The party that accounts call `bearer`, such as `carrier:12`; a customer's is the case's `customer`.
    pub(super) fn named(&self, bearer: &str, customer: Option<CustomerId>) -> Result<Named, Error> {
        let (kind, id) = bearer.split_once(':').unwrap_or((bearer, ""));
        // The merchant's own accounts name nobody.
        let kind = Bearer::parse(kind).unwrap_or(Bearer::Shop);
        let id = id.parse::<i64>().ok();
        let customer = customer.filter(|_| kind == Bearer::Customer);
        let masters = &self.definitions.masters;
        let name = match (kind, id) {
            (Bearer::Customer, _) => match customer {
                Some(customer) => {
                    let row = store::customer::find(self.conn, customer)?;
                    row.map(|row| Text::new(row.customer_no.clone(), row.customer_no))
                }
                None => None,
            },
            (Bearer::Carrier, Some(id)) => {
                masters.carriers().iter().find(|row| row.id.get() == id).map(|row| row.name.clone())
            }
            (Bearer::Warehouse, Some(id)) => {
                masters.warehouses().iter().find(|row| row.id.get() == id).map(|row| row.name.clone())
            }
            (Bearer::Supplier, Some(id)) => {
                self.suppliers()?.iter().find(|row| row.id.get() == id).map(|row| row.name.clone())
            }
            _ => None,
        };
        Ok(Named { bearer: kind, name, customer })
    }

    fn suppliers(&self) -> Result<&[SupplierRow], Error> {
        if let Some(known) = self.suppliers.get() {
            return Ok(known);
        }
        let read = store::reference::list::suppliers(self.conn)?;
        Ok(self.suppliers.get_or_init(|| read))
    }
}

/// What one account owes on one case, and what became of it; minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owing {
    pub(super) account: LedgerAccountId,
    pub(super) bearer: String,
    /// What it was first booked for, with what a person wrote.
    pub(super) about: (About, String),
    pub(super) charged_minor: i64,
    pub(super) paid_minor: i64,
    pub(super) given_up_minor: i64,
    pub(super) since: Timestamp,
    pub(super) changed_at: Timestamp,
}

impl Owing {
    /// What is left; below zero when more came than is owed.
    pub(super) const fn left_minor(&self) -> i64 {
        self.charged_minor - self.paid_minor - self.given_up_minor
    }
}

/// Who owes what on a case, in the order it was first booked.
pub(super) fn owing(entries: &[EntryRow]) -> Vec<Owing> {
    let mut found: Vec<Owing> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == RECEIVABLE) {
        let (what, note) = about(entry, entries);
        let known = found.iter().position(|one| one.account == entry.account_id);
        let at = known.unwrap_or_else(|| {
            found.push(Owing {
                account: entry.account_id,
                bearer: entry.bearer.clone(),
                about: (what, note),
                charged_minor: 0,
                paid_minor: 0,
                given_up_minor: 0,
                since: entry.at,
                changed_at: entry.at,
            });
            found.len() - 1
        });
        let one = &mut found[at];
        one.changed_at = entry.at;
        match what {
            About::Paid => one.paid_minor -= entry.amount_minor,
            About::GivenUp => one.given_up_minor -= entry.amount_minor,
            _ => one.charged_minor += entry.amount_minor,
        }
    }
    found
}
