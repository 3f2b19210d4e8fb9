//! What was paid back per shop and day, as sums and as the list behind each sum.

use domain::{Currency, LocalDate, RmaId, SettlementId, ShopId, Timestamp};

use crate::col::Json;
use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

/// What a shop paid back on a day by one means in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundDayRow {
    /// The shop's day.
    pub day: LocalDate,
    /// Whose.
    pub shop_id: ShopId,
    /// original, credit, manual or platform.
    pub means: String,
    /// In this currency.
    pub currency: Currency,
    /// How many settlements.
    pub count: i64,
    /// What they come to, minor units.
    pub sum_minor: i64,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRow {
    /// The settlement.
    pub id: SettlementId,
    /// Its case.
    pub rma_id: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// The order's number, or empty.
    pub order_number: String,
    /// original, credit, manual or platform.
    pub means: String,
    /// In this currency.
    pub currency: Currency,
    /// What the customer got, minor units.
    pub net_minor: i64,
    /// When it was settled.
    pub settled_at: Timestamp,
    /// What the gateway or the platform calls it, or the proof.
    pub reference: String,
}

/// Which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: LocalDate,
    /// The last.
    pub to: LocalDate,
    /// Only of this shop.
    pub shop: Option<ShopId>,
}

/// The sums of some days, newest first.
///
/// # Errors
/// The store's.
pub fn sums(conn: &Conn, scope: &RowScope, days: Days) -> Result<Vec<RefundDayRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":from": days.from, ":to": days.to, ":shop_id": days.shop, ":scope": scope.as_ref().map(Json),
    };
    conn.all(sql!(include_str!("refund_day/sums.sql")), params, |row| {
        Ok(RefundDayRow {
            day: row.get("local_date")?,
            shop_id: row.get("shop_id")?,
            means: row.get("means")?,
            currency: row.get("currency")?,
            count: row.get("count")?,
            sum_minor: row.get("sum_minor")?,
        })
    })
}

/// The list behind the sums of some days, newest first.
///
/// # Errors
/// The store's.
pub fn list(
    conn: &Conn,
    scope: &RowScope,
    days: Days,
    before: Option<SettlementId>,
    limit: u32,
) -> Result<Vec<RefundRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":from": days.from, ":to": days.to, ":shop_id": days.shop,
        ":before": before.map_or(i64::MAX, SettlementId::get), ":scope": scope.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("refund_day/list.sql")), params, |row| {
        Ok(RefundRow {
            id: row.get("id")?,
            rma_id: row.get("rma_id")?,
            rma_number: row.get("rma_number")?,
            order_number: row.get("order_number")?,
            means: row.get("means")?,
            currency: row.get("currency")?,
            net_minor: row.get("net_minor")?,
            settled_at: row.get("settled_at")?,
            reference: row.get("reference")?,
        })
    })
}
