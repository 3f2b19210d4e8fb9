//! Payouts for the desk and for whoever sends them.

use domain::{PayoutId, SettlementId, Timestamp};
use store::Conn;
pub use store::payout::{AttemptRow, PayoutRow};

use crate::error::Error;

/// What there is to do at the gateway now.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// Written, never sent.
    pub send: Vec<PayoutId>,
    /// Sent, answer missing: to be asked about.
    pub query: Vec<PayoutId>,
}

/// What is due at the gateway at `now`.
///
/// # Errors
/// The store's.
pub fn due(conn: &Conn, now: Timestamp, limit: u32) -> Result<Due, Error> {
    let send = store::payout::to_send(conn, now, limit)?;
    let query = store::payout::to_query(conn, now, limit)?;
    Ok(Due { send, query })
}

/// The key of a payout, to ask about it.
///
/// # Errors
/// `NotFound`, the store's.
pub fn key(conn: &Conn, id: PayoutId) -> Result<String, Error> {
    Ok(store::payout::find(conn, id)?.ok_or(Error::NotFound("payout"))?.key)
}

/// The settlement of a payout.
///
/// # Errors
/// `NotFound`, the store's.
pub fn settlement(conn: &Conn, id: PayoutId) -> Result<SettlementId, Error> {
    Ok(store::payout::find(conn, id)?.ok_or(Error::NotFound("payout"))?.settlement_id)
}

/// A settlement's payouts with their attempts, oldest first.
///
/// # Errors
/// The store's.
pub fn of_settlement(conn: &Conn, id: SettlementId) -> Result<Vec<(PayoutRow, Vec<AttemptRow>)>, Error> {
    let payouts = store::payout::of_settlement(conn, id)?;
    payouts.into_iter().map(|row| Ok((row.clone(), store::payout::attempts(conn, row.id)?))).collect()
}
