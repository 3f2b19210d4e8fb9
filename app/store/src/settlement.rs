//! Settlements: why, how much, by what means; their components; what they are checked against.

use domain::id::{ID_EPOCH_MS, ID_SEQUENCE_BITS};
use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, SettlementState};
use domain::{
    CarrierId, ComponentId, Currency, LocalDate, OrderId, OrderLineId, PersonId, RmaId, RmaLineId, SettlementId,
    ShopId, SupplierId, Timestamp,
};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;
use crate::scope::RowScope;

/// A row of `settlement`.
#[derive(Clone, Debug)]
pub struct SettlementRow {
    /// Its id.
    pub id: SettlementId,
    /// Its case.
    pub rma_id: RmaId,
    /// Whose.
    pub shop_id: ShopId,
    /// The order it pays back, if any.
    pub order_id: Option<OrderId>,
    /// Why.
    pub basis: Basis,
    /// Where it stands.
    pub state: SettlementState,
    /// What the customer gets, minor units.
    pub net_minor: i64,
    /// In this currency.
    pub currency: Currency,
    /// original, credit, manual, platform or none.
    pub means: String,
    /// The platform's number of a refund made there.
    pub platform_number: String,
    /// What was written on it.
    pub note: String,
    /// Who keyed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// Whether somebody else must approve it.
    pub needs_second: bool,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
    /// When.
    pub approved_at: Option<Timestamp>,
    /// When it was paid.
    pub settled_at: Option<Timestamp>,
    /// The shop's day it was paid.
    pub local_date: Option<LocalDate>,
    /// Row version.
    pub version: i64,
}

/// A row of `settlement_component`.
#[derive(Clone, Debug)]
pub struct ComponentRow {
    /// Its id.
    pub id: ComponentId,
    /// Its settlement.
    pub settlement_id: SettlementId,
    /// The case line it is for, if one.
    pub rma_line_id: Option<RmaLineId>,
    /// What for.
    pub kind: ComponentKind,
    /// Minor units, below zero when withheld.
    pub amount_minor: i64,
    /// Who bears it.
    pub bearer: Bearer,
    /// Which supplier bears it.
    pub supplier_id: Option<SupplierId>,
    /// Which carrier bears it.
    pub carrier_id: Option<CarrierId>,
    /// What was written on it.
    pub note: String,
}

/// What bounds the money of one case line.
#[derive(Clone, Debug)]
pub struct LineRoom {
    /// The case line.
    pub line: RmaLineId,
    /// Its order line.
    pub order_line_id: Option<OrderLineId>,
    /// Its order.
    pub order_id: Option<OrderId>,
    /// Units of the order line that never left, now.
    pub unshipped: i64,
    /// Units of older unshipped refunds on the same order line that money is held for, this line's own left out.
    pub unshipped_paid_elsewhere: i64,
}

/// Writes a settlement and its components.
///
/// # Errors
/// `settlement_four_eyes`; `settlement.platform_number` when that refund is booked already.
pub fn insert(tx: &Tx<'_>, row: &SettlementRow, components: &[ComponentRow]) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":rma_id": row.rma_id, ":shop_id": row.shop_id, ":order_id": row.order_id, ":basis": row.basis,
        ":state": row.state, ":net_minor": row.net_minor, ":currency": row.currency, ":means": row.means,
        ":platform_number": row.platform_number, ":note": row.note, ":proposed_by": row.proposed_by,
        ":proposed_at": row.proposed_at, ":needs_second": row.needs_second, ":approved_by": row.approved_by,
        ":approved_at": row.approved_at,
    };
    tx.exec(sql!(include_str!("settlement/insert.sql")), params)?;
    for part in components {
        let params = named_params! {
            ":id": part.id, ":settlement_id": part.settlement_id, ":rma_line_id": part.rma_line_id,
            ":kind": part.kind, ":amount_minor": part.amount_minor, ":bearer": part.bearer,
            ":supplier_id": part.supplier_id, ":carrier_id": part.carrier_id, ":note": part.note,
        };
        tx.exec(sql!(include_str!("settlement/insert_component.sql")), params)?;
    }
    Ok(())
}

/// One settlement, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: SettlementId) -> Result<Option<SettlementRow>, Error> {
    conn.one(sql!(include_str!("settlement/find.sql")), named_params! { ":id": id }, read)
}

/// The settlements of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<SettlementRow>, Error> {
    conn.all(sql!(include_str!("settlement/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// A page of settlements in scope, newest first; of all states when none is named. A settlement lies where its case does.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    scope: &RowScope,
    state: Option<SettlementState>,
    before: Option<SettlementId>,
    limit: u32,
) -> Result<Vec<SettlementRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":state": state, ":before": before.map_or(i64::MAX, SettlementId::get),
        ":scope": scope.as_ref().map(Json), ":limit": limit,
    };
    // Few settlements wait and many have ended: the few are found by state, the many by walking back in time.
    if matches!(state, None | Some(SettlementState::Settled | SettlementState::Cancelled)) {
        return conn.all(sql!(include_str!("settlement/page.sql")), params, read);
    }
    conn.all(sql!(include_str!("settlement/page_waiting.sql")), params, read)
}

/// A settlement's components in the order they were keyed.
///
/// # Errors
/// The store's.
pub fn components(conn: &Conn, id: SettlementId) -> Result<Vec<ComponentRow>, Error> {
    conn.all(sql!(include_str!("settlement/components.sql")), named_params! { ":settlement_id": id }, |row| {
        Ok(ComponentRow {
            id: row.get("id")?,
            settlement_id: row.get("settlement_id")?,
            rma_line_id: row.get("rma_line_id")?,
            kind: row.get("kind")?,
            amount_minor: row.get("amount_minor")?,
            bearer: row.get("bearer")?,
            supplier_id: row.get("supplier_id")?,
            carrier_id: row.get("carrier_id")?,
            note: row.get("note")?,
        })
    })
}

/// Moves a settlement from one state to the next; false when it is in another state by now.
///
/// # Errors
/// The store's.
pub fn advance(tx: &Tx<'_>, id: SettlementId, from: SettlementState, to: SettlementState) -> Result<bool, Error> {
    let sql = sql!("UPDATE settlement SET state = :to, version = version + 1 WHERE id = :id AND state = :from");
    Ok(tx.exec(sql, named_params! { ":id": id, ":from": from, ":to": to })? == 1)
}

/// Approves a proposed settlement; false when it is in another state by now.
///
/// # Errors
/// `settlement_four_eyes` (A2).
pub fn approve(tx: &Tx<'_>, id: SettlementId, by: PersonId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE settlement SET state = 'approved', approved_by = :by, approved_at = :at, version = version + 1
         WHERE id = :id AND state = 'proposed'"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":by": by, ":at": at })? == 1)
}

/// Marks a settlement as paid; false when it is paid or cancelled already.
///
/// # Errors
/// The store's.
pub fn settle(tx: &Tx<'_>, id: SettlementId, at: Timestamp, local_date: LocalDate) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE settlement SET state = 'settled', settled_at = :at, local_date = :local_date, version = version + 1
         WHERE id = :id AND state IN ('approved', 'executing')"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at, ":local_date": local_date })? == 1)
}

/// What bounds the money of each line of a case, beside the line's own columns.
///
/// # Errors
/// The store's.
pub fn rooms(conn: &Conn, rma: RmaId) -> Result<Vec<LineRoom>, Error> {
    conn.all(sql!(include_str!("settlement/rooms.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok(LineRoom {
            line: row.get("id")?,
            order_line_id: row.get("order_line_id")?,
            order_id: row.get("order_id")?,
            unshipped: row.get("unshipped")?,
            unshipped_paid_elsewhere: row.get("unshipped_paid_elsewhere")?,
        })
    })
}

/// Minor units by basis, component kind and line.
pub type Held = (Basis, ComponentKind, Option<RmaLineId>, i64);

/// Money held on a case: settled and in flight.
///
/// # Errors
/// The store's.
pub fn held(conn: &Conn, rma: RmaId) -> Result<Vec<Held>, Error> {
    conn.all(sql!(include_str!("settlement/held.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok((row.get("basis")?, row.get("kind")?, row.get("rma_line_id")?, row.get("amount_minor")?))
    })
}

/// What a shop gave without goods, keyed in `from..until` and not cancelled, minor units.
///
/// # Errors
/// The store's.
pub fn extras_between(
    conn: &Conn,
    shop: ShopId,
    currency: Currency,
    from: Timestamp,
    until: Timestamp,
) -> Result<i64, Error> {
    // Ids are time-ordered: none keyed since `from` lies below this one.
    let from_id = from.ms().saturating_sub(ID_EPOCH_MS).max(0) << ID_SEQUENCE_BITS;
    let params = named_params! {
        ":shop_id": shop, ":currency": currency, ":from_id": from_id, ":from": from, ":until": until,
    };
    Ok(conn.value(sql!(include_str!("settlement/extras_between.sql")), params)?.unwrap_or(0))
}

/// The rate from one currency to another in force on a day, as decimal text.
///
/// # Errors
/// The store's.
pub fn rate(conn: &Conn, from: Currency, to: Currency, day: LocalDate) -> Result<Option<String>, Error> {
    let sql = sql!(
        "SELECT rate FROM exchange_rate
         WHERE from_currency = :from AND to_currency = :to AND local_date <= :day ORDER BY local_date DESC LIMIT 1"
    );
    conn.value(sql, named_params! { ":from": from, ":to": to, ":day": day })
}

fn read(row: &Row<'_>) -> Result<SettlementRow, Error> {
    Ok(SettlementRow {
        id: row.get("id")?,
        rma_id: row.get("rma_id")?,
        shop_id: row.get("shop_id")?,
        order_id: row.get("order_id")?,
        basis: row.get("basis")?,
        state: row.get("state")?,
        net_minor: row.get("net_minor")?,
        currency: row.get("currency")?,
        means: row.get("means")?,
        platform_number: row.get("platform_number")?,
        note: row.get("note")?,
        proposed_by: row.get("proposed_by")?,
        proposed_at: row.get("proposed_at")?,
        needs_second: row.get("needs_second")?,
        approved_by: row.get("approved_by")?,
        approved_at: row.get("approved_at")?,
        settled_at: row.get("settled_at")?,
        local_date: row.get("local_date")?,
        version: row.get("version")?,
    })
}
