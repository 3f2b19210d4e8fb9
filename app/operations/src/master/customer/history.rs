//! All there is about one customer in the reader's places: orders, cases, messages, sums, the block list.
//!
//! A customer belongs to no shop, so everybody who sees customers finds the row; what hangs on it is narrowed like
//! every list, and the sums count nothing that the lists would not show.

use std::collections::BTreeMap;

use domain::{Currency, CustomerId, Permission, RmaId, Timestamp};
use store::Conn;
use store::rma_list::Listed;
use store::scope::RowScope;

use super::block::{self, Blocked};
use super::require_viewer;
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate;
use crate::order::find::MONEY_FIELD;
use crate::order::search::{self, OrderHit, shops_of};

/// Orders, cases and messages of an answer at most; the counts say how many there are.
pub const MAX_SHOWN: u32 = 100;
/// How roles mask what a case refunds.
const REFUND_FIELD: &str = "rma.refund";

/// What a reader sees of a customer's past.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Orders, newest first.
    pub orders: Vec<OrderHit>,
    /// How many orders there are.
    pub order_count: i64,
    /// How many of them came back, in whole or in part.
    pub returned_orders: i64,
    /// Cases, newest first.
    pub cases: Vec<Listed>,
    /// How many cases there are.
    pub case_count: i64,
    /// Sums by currency; only of rows whose amounts the reader sees.
    pub sums: Vec<Sums>,
    /// What they and the shop wrote to each other, newest first.
    pub messages: Vec<Message>,
    /// Where they stand on the block list.
    pub blocked: Vec<Blocked>,
}

/// Money in one currency; absent where the reader sees no amounts at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Of what.
    pub currency: Currency,
    /// Paid for orders.
    pub paid_minor: Option<i64>,
    /// Paid back.
    pub refunded_minor: Option<i64>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The case it is about.
    pub rma: RmaId,
    /// Its number.
    pub number: String,
    /// Whether the customer wrote it.
    pub from_customer: bool,
    /// The text.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// Reads a customer's past.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn history(conn: &Conn, definitions: &Definitions, actor: &Actor, id: CustomerId) -> Result<History, Error> {
    require_viewer(actor)?;
    store::customer::find(conn, id)?.ok_or(Error::NotFound("customer"))?;
    let shops = shops_of(&gate::rows(actor, Permission::OrderView));
    let scope = gate::rows(actor, Permission::RmaView);
    let orders = store::customer::history::orders(conn, id, shops.as_deref(), MAX_SHOWN)?;
    let (order_count, returned_orders) = store::customer::history::returned(conn, id, shops.as_deref(), &scope)?;
    let mut cases = Vec::new();
    for case in store::customer::history::cases(conn, id, &scope, MAX_SHOWN)? {
        cases.extend(store::rma_list::one(conn, case)?);
    }
    let messages = store::customer::history::messages(conn, id, &scope, MAX_SHOWN)?;
    Ok(History {
        orders: search::hits(conn, definitions, actor, orders)?,
        order_count,
        returned_orders,
        cases,
        case_count: store::customer::history::case_count(conn, id, &scope)?,
        sums: sums(conn, definitions, actor, id)?,
        messages: messages.into_iter().map(message).collect(),
        blocked: block::of_customer(conn, id)?,
    })
}

fn sums(conn: &Conn, definitions: &Definitions, actor: &Actor, id: CustomerId) -> Result<Vec<Sums>, Error> {
    let priced = gate::rows_showing(definitions, actor, &[Permission::OrderView], &[MONEY_FIELD]);
    let repaid = gate::rows_showing(definitions, actor, &[Permission::RmaView], &[REFUND_FIELD]);
    let mut paid = BTreeMap::new();
    if priced != RowScope::Nothing {
        paid.extend(store::customer::history::paid(conn, id, shops_of(&priced).as_deref())?);
    }
    let mut refunded = BTreeMap::new();
    if repaid != RowScope::Nothing {
        refunded.extend(store::customer::history::refunded(conn, id, &repaid)?);
    }
    let mut currencies: Vec<Currency> = paid.keys().chain(refunded.keys()).copied().collect();
    currencies.sort_unstable();
    currencies.dedup();
    let sum = |known: &BTreeMap<Currency, i64>, scope: &RowScope, currency| {
        (*scope != RowScope::Nothing).then(|| known.get(&currency).copied().unwrap_or(0))
    };
    let sums = currencies.into_iter().map(|currency| Sums {
        currency,
        paid_minor: sum(&paid, &priced, currency),
        refunded_minor: sum(&refunded, &repaid, currency),
    });
    Ok(sums.collect())
}

fn message(row: store::customer::history::MessageRow) -> Message {
    Message { rma: row.rma_id, number: row.number, from_customer: row.author == "customer", body: row.body, at: row.at }
}
