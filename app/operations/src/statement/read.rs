//! Statements for the desk: what each says, what is matched, and what only one side has.

use domain::{PayoutId, Permission, ShopId, StatementId, StatementLineId};
use store::Conn;
pub use store::statement::{LineRow, PayoutOf, StatementRow, SumRow};

use super::file::File;
use crate::actor::Actor;
use crate::error::Error;
use crate::gate;

/// Who sees what was paid.
const SEE: [Permission; 3] = [Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];

/// A statement with how far it is matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The statement.
    pub row: StatementRow,
    /// Its lines by state.
    pub sums: Vec<SumRow>,
    /// Payouts of its days that it does not have: how many, minor units.
    pub missing: (i64, i64),
}

/// Statements, newest first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, actor: &Actor, before: Option<StatementId>, limit: u32) -> Result<Vec<Standing>, Error> {
    let rows = store::statement::page(conn, &gate::rows_any(actor, &SEE), before, limit)?;
    rows.into_iter().map(|row| standing(conn, row)).collect()
}

/// One statement.
///
/// # Errors
/// `NotFound` also when its shop is not the actor's.
pub fn find(conn: &Conn, actor: &Actor, id: StatementId) -> Result<Standing, Error> {
    standing(conn, seen(conn, actor, id)?)
}

/// Lines of a statement in the file's order.
///
/// # Errors
/// As `find`.
pub fn lines(
    conn: &Conn,
    actor: &Actor,
    id: StatementId,
    state: Option<&str>,
    (after, limit): (Option<StatementLineId>, u32),
) -> Result<Vec<LineRow>, Error> {
    let row = seen(conn, actor, id)?;
    Ok(store::statement::lines(conn, row.id, state, after, limit)?)
}

/// One line.
///
/// # Errors
/// As `find`.
pub fn line(conn: &Conn, actor: &Actor, id: StatementLineId) -> Result<LineRow, Error> {
    let row = store::statement::line(conn, id)?.ok_or(Error::NotFound("statement_line"))?;
    seen(conn, actor, row.statement_id)?;
    Ok(row)
}

/// Payouts of a statement's days that it does not have.
///
/// # Errors
/// As `find`.
pub fn missing(
    conn: &Conn,
    actor: &Actor,
    id: StatementId,
    after: Option<PayoutId>,
    limit: u32,
) -> Result<Vec<PayoutOf>, Error> {
    Ok(store::statement::missing(conn, &seen(conn, actor, id)?, after, limit)?)
}

/// The statement that a file became before, and how many of its lines are known.
///
/// # Errors
/// The store's.
pub fn known(conn: &Conn, shop: ShopId, file: &File) -> Result<(Option<StatementId>, i64), Error> {
    let before = store::statement::of_file(conn, shop, &file.hash)?;
    let mut count = 0;
    for line in &file.lines {
        count += i64::from(store::statement::knows(conn, shop, &line.key)?);
    }
    Ok((before, count))
}

/// Refuses whoever may not take statements in at a shop.
///
/// # Errors
/// `NotFound` for a shop out of reach.
pub fn may_take_in(actor: &Actor, shop: ShopId) -> Result<(), Error> {
    match gate::rows_any(actor, &[super::WORK]).touches(Some(shop), None) {
        true => Ok(()),
        false => Err(Error::NotFound("shop")),
    }
}

fn seen(conn: &Conn, actor: &Actor, id: StatementId) -> Result<StatementRow, Error> {
    let scope = gate::rows_any(actor, &SEE);
    let row = store::statement::find(conn, id)?.filter(|row| scope.touches(Some(row.shop_id), None));
    row.ok_or(Error::NotFound("statement"))
}

fn standing(conn: &Conn, row: StatementRow) -> Result<Standing, Error> {
    let sums = store::statement::sums(conn, row.id)?;
    let missing = store::statement::missing_sum(conn, &row)?;
    Ok(Standing { row, sums, missing })
}
