//! Cases: the header row with its axes.

use domain::state::{CaseState, GoodsState, MoneyState, Origin, Verdict};
use domain::{
    ContactId, Currency, CustomerId, LocalDate, OrderId, PersonId, ReasonId, ReleaseId, RmaId, ShopId, Timestamp,
    WarehouseId,
};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `rma`.
#[derive(Clone, Debug)]
pub struct RmaRow {
    /// Its id.
    pub id: RmaId,
    /// Human number.
    pub number: String,
    /// Whose.
    pub shop_id: ShopId,
    /// Where the goods go.
    pub warehouse_id: Option<WarehouseId>,
    /// The documents it runs on, for good.
    pub release_id: ReleaseId,
    /// Filed, imported or from a platform.
    pub origin: Origin,
    /// Inner lifecycle.
    pub state: CaseState,
    /// The flow node shown as the stage, or empty.
    pub stage: String,
    /// Where the goods are.
    pub goods_state: GoodsState,
    /// Where the money is.
    pub money_state: MoneyState,
    /// The order it is mainly about.
    pub order_id: Option<OrderId>,
    /// The buyer.
    pub customer_id: Option<CustomerId>,
    /// Whom to reach.
    pub contact_id: Option<ContactId>,
    /// Who looks after it.
    pub owner_id: Option<PersonId>,
    /// `person:<id>`, `token:<id>`, `customer` or `import`.
    pub filed_by: String,
    /// When.
    pub filed_at: Timestamp,
    /// The shop's day.
    pub local_date: LocalDate,
    /// The worst verdict of its lines.
    pub verdict: Verdict,
    /// The first line's reason.
    pub reason_id: Option<ReasonId>,
    /// What a list shows of the goods.
    pub summary: String,
    /// The order's currency.
    pub currency: Currency,
    /// What would be, or was, refunded, in minor units.
    pub refund_minor: i64,
    /// The earliest deadline of its open tasks.
    pub due_at: Option<Timestamp>,
    /// From when on that deadline is near.
    pub warn_at: Option<Timestamp>,
    /// The platform's deadline.
    pub platform_due_at: Option<Timestamp>,
    /// When somebody wants to look again.
    pub next_follow_up_at: Option<Timestamp>,
    /// When all approvals were through.
    pub agreed_at: Option<Timestamp>,
    /// When every line was received or waived.
    pub received_at: Option<Timestamp>,
    /// When every unit group was inspected.
    pub inspected_at: Option<Timestamp>,
    /// When all was settled.
    pub settled_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// The case it follows.
    pub linked_rma_id: Option<RmaId>,
    /// Row version.
    pub version: i64,
}

/// The columns of a case that follow from its lines, goods, money and flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Inner lifecycle.
    pub state: CaseState,
    /// The flow node shown as the stage, or empty.
    pub stage: String,
    /// Where the goods are.
    pub goods_state: GoodsState,
    /// Where the money is.
    pub money_state: MoneyState,
    /// What would be, or was, refunded.
    pub refund_minor: i64,
    /// The earliest deadline of its open tasks.
    pub due_at: Option<Timestamp>,
    /// From when on that deadline is near.
    pub warn_at: Option<Timestamp>,
    /// When all approvals were through.
    pub agreed_at: Option<Timestamp>,
    /// When every line was received or waived.
    pub received_at: Option<Timestamp>,
    /// When every unit group was inspected.
    pub inspected_at: Option<Timestamp>,
    /// When all was settled.
    pub settled_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

impl RmaRow {
    /// The derived columns as they stand.
    #[must_use]
    pub fn derived(&self) -> Derived {
        Derived {
            state: self.state,
            stage: self.stage.clone(),
            goods_state: self.goods_state,
            money_state: self.money_state,
            refund_minor: self.refund_minor,
            due_at: self.due_at,
            warn_at: self.warn_at,
            agreed_at: self.agreed_at,
            received_at: self.received_at,
            inspected_at: self.inspected_at,
            settled_at: self.settled_at,
            closed_at: self.closed_at,
        }
    }
}

/// Writes a new case.
///
/// # Errors
/// The store's; `rma.number` when the number is taken.
pub fn insert(tx: &Tx<'_>, rma: &RmaRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": rma.id, ":number": rma.number, ":shop_id": rma.shop_id, ":warehouse_id": rma.warehouse_id,
        ":release_id": rma.release_id, ":origin": rma.origin, ":state": rma.state, ":stage": rma.stage,
        ":goods_state": rma.goods_state, ":money_state": rma.money_state, ":order_id": rma.order_id,
        ":customer_id": rma.customer_id, ":contact_id": rma.contact_id, ":owner_id": rma.owner_id,
        ":filed_by": rma.filed_by, ":filed_at": rma.filed_at, ":local_date": rma.local_date, ":verdict": rma.verdict,
        ":reason_id": rma.reason_id, ":summary": rma.summary, ":currency": rma.currency,
        ":refund_minor": rma.refund_minor, ":due_at": rma.due_at, ":platform_due_at": rma.platform_due_at,
        ":agreed_at": rma.agreed_at, ":closed_at": rma.closed_at, ":linked_rma_id": rma.linked_rma_id,
    };
    tx.exec(sql!(include_str!("rma/insert.sql")), params).map(|_| ())
}

/// The case, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: RmaId) -> Result<Option<RmaRow>, Error> {
    conn.one(sql!(include_str!("rma/find.sql")), named_params! { ":id": id }, read)
}

/// The case with this number, if there is one.
///
/// # Errors
/// The store's.
pub fn by_number(conn: &Conn, number: &str) -> Result<Option<RmaId>, Error> {
    conn.value(sql!("SELECT id FROM rma WHERE number = :number"), named_params! { ":number": number })
}

/// Writes the derived columns and raises the row's version.
///
/// # Errors
/// The store's; `rma_final_is_immutable` when the case is over.
pub fn derive(tx: &Tx<'_>, id: RmaId, derived: &Derived) -> Result<(), Error> {
    let params = named_params! {
        ":id": id, ":state": derived.state, ":stage": derived.stage, ":goods_state": derived.goods_state,
        ":money_state": derived.money_state, ":refund_minor": derived.refund_minor, ":due_at": derived.due_at,
        ":warn_at": derived.warn_at,
        ":agreed_at": derived.agreed_at, ":received_at": derived.received_at, ":inspected_at": derived.inspected_at,
        ":settled_at": derived.settled_at, ":closed_at": derived.closed_at,
    };
    tx.exec(sql!(include_str!("rma/derive.sql")), params).map(|_| ())
}

/// Gives the case to a person, or to nobody.
///
/// # Errors
/// The store's.
pub fn assign(tx: &Tx<'_>, id: RmaId, owner: Option<PersonId>) -> Result<(), Error> {
    let sql = sql!("UPDATE rma SET owner_id = :owner_id, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":owner_id": owner }).map(|_| ())
}

/// Says when somebody wants to look at the case again.
///
/// # Errors
/// The store's.
pub fn follow_up(tx: &Tx<'_>, id: RmaId, at: Option<Timestamp>) -> Result<(), Error> {
    let sql = sql!("UPDATE rma SET next_follow_up_at = :at, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":at": at }).map(|_| ())
}

/// The next human number's count for a kind, shop and day; gaps are allowed.
///
/// # Errors
/// The store's.
pub fn next_number(tx: &Tx<'_>, kind: &str, shop: ShopId, day: LocalDate) -> Result<i64, Error> {
    let sql = sql!(
        "INSERT INTO number_counter (kind, shop_id, local_date, last) VALUES (:kind, :shop_id, :local_date, 1)
         ON CONFLICT DO UPDATE SET last = last + 1
         RETURNING last"
    );
    let params = named_params! { ":kind": kind, ":shop_id": shop, ":local_date": day };
    Ok(tx.value(sql, params)?.unwrap_or(1))
}

pub(crate) fn read(row: &Row<'_>) -> Result<RmaRow, Error> {
    Ok(RmaRow {
        id: row.get("id")?,
        number: row.get("number")?,
        shop_id: row.get("shop_id")?,
        warehouse_id: row.get("warehouse_id")?,
        release_id: row.get("release_id")?,
        origin: row.get("origin")?,
        state: row.get("state")?,
        stage: row.get("stage")?,
        goods_state: row.get("goods_state")?,
        money_state: row.get("money_state")?,
        order_id: row.get("order_id")?,
        customer_id: row.get("customer_id")?,
        contact_id: row.get("contact_id")?,
        owner_id: row.get("owner_id")?,
        filed_by: row.get("filed_by")?,
        filed_at: row.get("filed_at")?,
        local_date: row.get("local_date")?,
        verdict: row.get("verdict")?,
        reason_id: row.get("reason_id")?,
        summary: row.get("summary")?,
        currency: row.get("currency")?,
        refund_minor: row.get("refund_minor")?,
        due_at: row.get("due_at")?,
        warn_at: row.get("warn_at")?,
        platform_due_at: row.get("platform_due_at")?,
        next_follow_up_at: row.get("next_follow_up_at")?,
        agreed_at: row.get("agreed_at")?,
        received_at: row.get("received_at")?,
        inspected_at: row.get("inspected_at")?,
        settled_at: row.get("settled_at")?,
        closed_at: row.get("closed_at")?,
        linked_rma_id: row.get("linked_rma_id")?,
        version: row.get("version")?,
    })
}

/// Tags a case.
///
/// # Errors
/// The store's.
pub fn add_tag(tx: &Tx<'_>, id: RmaId, tag: &str) -> Result<(), Error> {
    let sql = sql!("INSERT INTO rma_tag (rma_id, tag) VALUES (:rma_id, :tag) ON CONFLICT DO NOTHING");
    tx.exec(sql, named_params! { ":rma_id": id, ":tag": tag }).map(|_| ())
}

/// Takes a tag off a case.
///
/// # Errors
/// The store's.
pub fn remove_tag(tx: &Tx<'_>, id: RmaId, tag: &str) -> Result<(), Error> {
    let sql = sql!("DELETE FROM rma_tag WHERE rma_id = :rma_id AND tag = :tag");
    tx.exec(sql, named_params! { ":rma_id": id, ":tag": tag }).map(|_| ())
}

/// A case's tags.
///
/// # Errors
/// The store's.
pub fn tags(conn: &Conn, id: RmaId) -> Result<Vec<String>, Error> {
    conn.all(
        sql!("SELECT tag FROM rma_tag WHERE rma_id = :rma_id ORDER BY tag"),
        named_params! { ":rma_id": id },
        |row| row.get(0),
    )
}
