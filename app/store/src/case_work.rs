//! What is done and what is left on a case, counted in one go: every command of a case reads it before it commits.

use domain::kind::OutboundKind;
use domain::{RmaId, RmaLineId};

use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// Counts over a case's goods, parcels, money and outbound orders. Missing goods are facts, not unit groups to work on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseWork {
    /// Unit groups on announced lines.
    pub groups_declared: i64,
    /// Unit groups on lines that were found, not announced.
    pub groups_undeclared: i64,
    /// Unit groups without an inspection.
    pub uninspected: i64,
    /// Unit groups without a disposition.
    pub undispositioned: i64,
    /// Parcels announced by a waybill, not here yet.
    pub parcels_announced: i64,
    /// Parcels signed, not opened.
    pub parcels_signed: i64,
    /// Parcels opened.
    pub parcels_opened: i64,
    /// Settlements waiting for approval.
    pub settlements_proposed: i64,
    /// Settlements approved, not being paid.
    pub settlements_approved: i64,
    /// Settlements being paid.
    pub settlements_executing: i64,
    /// Settlements paid.
    pub settlements_settled: i64,
    /// Payouts whose outcome is unknown.
    pub payouts_unknown: i64,
    /// Payouts refused that nothing replaced yet.
    pub payouts_failed: i64,
    /// Outbound orders neither delivered nor waived.
    pub outbound_open: i64,
    /// Outbound orders delivered or waived.
    pub outbound_closed: i64,
    /// Outbound orders that left, whether they arrived, are under way or were lost.
    pub outbound_left: i64,
    /// 红冲 work not done.
    pub invoices_open: i64,
    /// What goes out again, by line and kind.
    pub outbound: Vec<LineOutbound>,
    /// What was paid, by line; lines without any are left out.
    pub money: Vec<LineMoney>,
}

/// Quantities of one line on outbound orders of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOutbound {
    /// The case line.
    pub line: RmaLineId,
    /// What goes out.
    pub kind: OutboundKind,
    /// On orders that are not waived.
    pub quantity: i64,
    /// Of those, delivered.
    pub delivered: i64,
    /// On waived orders.
    pub waived: i64,
}

/// Money of one line, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMoney {
    /// The case line.
    pub line: RmaLineId,
    /// Goods and tax settled, before deductions and fees: what is used up of the line's cap.
    pub settled_minor: i64,
    /// Compensation and price difference settled.
    pub settled_extra_minor: i64,
    /// Settled after deductions and fees: what the customer got.
    pub paid_minor: i64,
    /// Keyed and not settled, after deductions and fees.
    pub open_minor: i64,
}

impl CaseWork {
    /// Whether a settlement is keyed, approved or being paid.
    #[must_use]
    pub const fn settlement_is_open(&self) -> bool {
        self.settlements_proposed + self.settlements_approved + self.settlements_executing > 0
    }
    /// A line's goods and tax settled, minor units before deductions.
    #[must_use]
    pub fn settled_minor(&self, line: RmaLineId) -> i64 {
        self.line_money(line).map_or(0, |money| money.settled_minor)
    }
    /// A line's money, if any was keyed.
    #[must_use]
    pub fn line_money(&self, line: RmaLineId) -> Option<&LineMoney> {
        self.money.iter().find(|money| money.line == line)
    }
    /// A line's quantity on outbound orders of all kinds that are not waived.
    #[must_use]
    pub fn outbound_quantity(&self, line: RmaLineId) -> i64 {
        self.outbound.iter().filter(|part| part.line == line).map(|part| part.quantity).sum()
    }
    /// A line's quantity on waived outbound orders of all kinds.
    #[must_use]
    pub fn outbound_waived(&self, line: RmaLineId) -> i64 {
        self.outbound.iter().filter(|part| part.line == line).map(|part| part.waived).sum()
    }
}

/// Counts a case's work.
///
/// # Errors
/// The store's.
pub fn case_work(conn: &Conn, rma: RmaId) -> Result<CaseWork, Error> {
    let counts = conn.one(sql!(include_str!("case_work/counts.sql")), named_params! { ":rma_id": rma }, read)?;
    let mut work = counts.unwrap_or_default();
    if work.outbound_open + work.outbound_closed > 0 {
        work.outbound = outbound(conn, rma)?;
    }
    if work.settlement_is_open() || work.settlements_settled > 0 {
        work.money = money(conn, rma)?;
    }
    Ok(work)
}

fn outbound(conn: &Conn, rma: RmaId) -> Result<Vec<LineOutbound>, Error> {
    conn.all(sql!(include_str!("case_work/outbound.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok(LineOutbound {
            line: row.get("rma_line_id")?,
            kind: row.get("kind")?,
            quantity: row.get::<Option<i64>>("quantity")?.unwrap_or(0),
            delivered: row.get::<Option<i64>>("delivered")?.unwrap_or(0),
            waived: row.get::<Option<i64>>("waived")?.unwrap_or(0),
        })
    })
}

fn money(conn: &Conn, rma: RmaId) -> Result<Vec<LineMoney>, Error> {
    conn.all(sql!(include_str!("case_work/money.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok(LineMoney {
            line: row.get("rma_line_id")?,
            settled_minor: row.get::<Option<i64>>("settled_minor")?.unwrap_or(0),
            settled_extra_minor: row.get::<Option<i64>>("settled_extra_minor")?.unwrap_or(0),
            paid_minor: row.get::<Option<i64>>("paid_minor")?.unwrap_or(0),
            open_minor: row.get::<Option<i64>>("open_minor")?.unwrap_or(0),
        })
    })
}

fn read(row: &Row<'_>) -> Result<CaseWork, Error> {
    Ok(CaseWork {
        groups_declared: row.get("declared")?,
        groups_undeclared: row.get("undeclared")?,
        uninspected: row.get("uninspected")?,
        undispositioned: row.get("undispositioned")?,
        parcels_announced: row.get("announced")?,
        parcels_signed: row.get("signed")?,
        parcels_opened: row.get("opened")?,
        settlements_proposed: row.get("proposed")?,
        settlements_approved: row.get("approved")?,
        settlements_executing: row.get("executing")?,
        settlements_settled: row.get("settled")?,
        payouts_unknown: row.get("unknown")?,
        payouts_failed: row.get("failed")?,
        outbound_open: row.get("outbound_open")?,
        outbound_closed: row.get("outbound_closed")?,
        outbound_left: row.get("outbound_left")?,
        invoices_open: row.get("invoices_open")?,
        outbound: Vec::new(),
        money: Vec::new(),
    })
}
