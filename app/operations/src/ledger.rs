//! The books: double entry for refunds, store credit and what others owe. Every posting is written in the transaction of
//! what it follows from, and sums to zero.

pub mod about;
pub mod claim;
pub(crate) mod credit;
pub(crate) mod liability;
pub mod of_case;
pub mod owing;
pub mod read;
pub(crate) mod receivable;
pub mod receivables;
pub mod recover;
pub(crate) mod refund;

use domain::state::Bearer;
use domain::{CarrierId, Currency, CustomerId, LedgerAccountId, LedgerEntryId, Permission, SupplierId, WarehouseId};
use store::Tx;
use store::ledger::{About, AccountKey, NewEntry};
use store::rma::RmaRow;
use store::scope::RowScope;

use crate::actor::Actor;
use crate::context::Ctx;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate;

/// Who works with money.
const SEE: [Permission; 3] = [Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];

/// What somebody owes us.
pub(crate) const RECEIVABLE: &str = "receivable";
/// What we got, or count on, from whoever owes.
const RECOVERY: &str = "recovery";
/// What refunds cost.
const REFUND_EXPENSE: &str = "refund_expense";
/// Money that left through a payment.
const CASH_CLEARING: &str = "cash_clearing";
/// What customers may spend.
pub(crate) const STORE_CREDIT: &str = "store_credit";

/// Who owes or bears something, as accounts name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) customer: Option<CustomerId>,
    pub(crate) bearer: String,
}

impl Party {
    /// Nobody in particular: the merchant's own accounts.
    const fn own() -> Self {
        Self { customer: None, bearer: String::new() }
    }
    /// The customer of a case.
    pub(crate) fn customer(rma: &RmaRow) -> Self {
        Self { customer: rma.customer_id, bearer: Bearer::Customer.as_str().to_owned() }
    }
    /// A carrier, supplier, warehouse or platform, as far as it is known which.
    pub(crate) fn outside(bearer: Bearer, which: Option<i64>) -> Self {
        let bearer = which.map_or_else(|| bearer.as_str().to_owned(), |id| format!("{bearer}:{id}"));
        Self { customer: None, bearer }
    }
    pub(crate) fn carrier(id: Option<CarrierId>) -> Self {
        Self::outside(Bearer::Carrier, id.map(CarrierId::get))
    }
    pub(crate) fn supplier(id: Option<SupplierId>) -> Self {
        Self::outside(Bearer::Supplier, id.map(SupplierId::get))
    }
    pub(crate) fn warehouse(id: WarehouseId) -> Self {
        Self::outside(Bearer::Warehouse, Some(id.get()))
    }
}

/// The cases whose books an actor may read: who works with money there and sees both prices and refunds.
fn scope(definitions: &Definitions, actor: &Actor) -> RowScope {
    gate::rows_showing(definitions, actor, &SEE, &["order.price", "rma.refund"])
}

fn account(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    kind: &'static str,
    party: &Party,
    currency: Currency,
) -> Result<LedgerAccountId, Error> {
    let key = AccountKey { kind, customer_id: party.customer, bearer: party.bearer.clone(), currency };
    Ok(store::ledger::account(tx, &key, LedgerAccountId::from_raw(ctx.id()))?)
}

/// Books `amount_minor` onto one account and off another; nothing for zero.
fn post(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    onto: LedgerAccountId,
    off: LedgerAccountId,
    amount_minor: i64,
    about: &About,
) -> Result<(), Error> {
    if amount_minor == 0 {
        return Ok(());
    }
    let entry = |account_id, amount_minor| NewEntry { id: LedgerEntryId::from_raw(ctx.id()), account_id, amount_minor };
    let entries = [entry(onto, amount_minor), entry(off, -amount_minor)];
    Ok(store::ledger::post(tx, ctx.id(), &entries, about, ctx.now)?)
}

/// Books what `party` owes, or owes no longer below zero, against what we count on to recover.
fn owe(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: &RmaRow, party: &Party, amount_minor: i64, about: &About) -> Result<(), Error> {
    let receivable = account(tx, ctx, RECEIVABLE, party, rma.currency)?;
    let recovery = account(tx, ctx, RECOVERY, party, rma.currency)?;
    post(tx, ctx, receivable, recovery, amount_minor, about)
}
