//! Lists of cases: newest first by keyset, narrowed by the reader's scope; totals are kept, not counted.

use domain::state::{CaseState, GoodsState, MoneyState};
use domain::{ContactId, Currency, PersonId, RmaId, ShopId, Timestamp, WarehouseId};
use rusqlite::types::Value as Col;

use crate::conn::{BuiltSql, Conn};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

/// Rows looked at for the beginning of a number at most: a short one fits a whole history.
const PREFIX_MAX: u32 = 2_000;

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this state.
    pub state: Option<CaseState>,
    /// Only of this owner; `Some(None)` is nobody's.
    pub owner: Option<Option<PersonId>>,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Only at this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only at this stage.
    pub stage: Option<String>,
    /// Only with this goods state.
    pub goods: Option<GoodsState>,
    /// Only with this money state.
    pub money: Option<MoneyState>,
}

/// A case as lists show it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: RmaId,
    /// Human number.
    pub number: String,
    /// Whose.
    pub shop_id: ShopId,
    /// Where its goods go.
    pub warehouse_id: Option<WarehouseId>,
    /// The release its stage's name comes from.
    pub release_id: domain::ReleaseId,
    /// Inner lifecycle.
    pub state: CaseState,
    /// Flow node.
    pub stage: String,
    /// Where its goods are.
    pub goods_state: GoodsState,
    /// Where its money is.
    pub money_state: MoneyState,
    /// Who looks after it.
    pub owner_id: Option<PersonId>,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// What of.
    pub summary: String,
    /// Why, the first line's.
    pub reason_id: Option<domain::ReasonId>,
    /// Minor units.
    pub refund_minor: i64,
    /// Of this.
    pub currency: Currency,
    /// The earliest deadline.
    pub due_at: Option<Timestamp>,
    /// From when on that deadline is near.
    pub warn_at: Option<Timestamp>,
    /// The platform's.
    pub platform_due_at: Option<Timestamp>,
}

impl Filter {
    // Everything that narrows, as a condition; parameters pushed in order.
    fn conditions(&self, scope: &RowScope, table: &str, params: &mut Vec<Col>) -> Vec<String> {
        let mut conditions = Vec::new();
        let mut equals = |column: &str, value: Col| {
            params.push(value);
            conditions.push(format!("{table}.{column} = ?{}", params.len()));
        };
        if let Some(state) = self.state {
            equals("state", Col::Text(state.as_str().to_owned()));
        }
        if let Some(shop) = self.shop {
            equals("shop_id", Col::Integer(shop.get()));
        }
        if let Some(warehouse) = self.warehouse {
            equals("warehouse_id", Col::Integer(warehouse.get()));
        }
        if let Some(stage) = &self.stage {
            equals("stage", Col::Text(stage.clone()));
        }
        conditions.extend(scope.condition(table, params));
        conditions
    }
}

/// A page of cases, newest first, before `before`.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    scope: &RowScope,
    filter: &Filter,
    before: Option<RmaId>,
    limit: u32,
) -> Result<Vec<Listed>, Error> {
    let mut params = Vec::new();
    let mut conditions = filter.conditions(scope, "rma", &mut params);
    match filter.owner {
        Some(Some(owner)) => {
            params.push(Col::Integer(owner.get()));
            conditions.push(format!("rma.owner_id = ?{}", params.len()));
        }
        Some(None) => conditions.push("rma.owner_id IS NULL".to_owned()),
        None => {}
    }
    if let Some(goods) = filter.goods {
        params.push(Col::Text(goods.as_str().to_owned()));
        conditions.push(format!("rma.goods_state = ?{}", params.len()));
    }
    if let Some(money) = filter.money {
        params.push(Col::Text(money.as_str().to_owned()));
        conditions.push(format!("rma.money_state = ?{}", params.len()));
    }
    if let Some(before) = before {
        params.push(Col::Integer(before.get()));
        conditions.push(format!("rma.id < ?{}", params.len()));
    }
    params.push(Col::Integer(i64::from(limit)));
    let narrowed = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
    let sql = BuiltSql::new(format!(
        "SELECT rma.id, rma.number, rma.shop_id, rma.warehouse_id, rma.release_id, rma.state, rma.stage, \
         rma.goods_state, rma.money_state, rma.owner_id, rma.filed_at, rma.summary, rma.reason_id, rma.refund_minor, \
         rma.currency, rma.due_at, rma.platform_due_at, rma.warn_at FROM rma WHERE {narrowed} ORDER BY rma.id DESC LIMIT ?{}",
        params.len()
    ));
    conn.all(&sql, params.as_slice(), |row| {
        Ok(Listed {
            id: row.get(0)?,
            number: row.get(1)?,
            shop_id: row.get(2)?,
            warehouse_id: row.get(3)?,
            release_id: row.get(4)?,
            state: row.get(5)?,
            stage: row.get(6)?,
            goods_state: row.get(7)?,
            money_state: row.get(8)?,
            owner_id: row.get(9)?,
            filed_at: row.get(10)?,
            summary: row.get(11)?,
            reason_id: row.get(12)?,
            refund_minor: row.get(13)?,
            currency: row.get(14)?,
            due_at: row.get(15)?,
            platform_due_at: row.get(16)?,
            warn_at: row.get(17)?,
        })
    })
}

/// How many cases a list has, from the kept totals; exact. Goods and money states are not kept: `None` then.
///
/// # Errors
/// The store's.
pub fn total(conn: &Conn, scope: &RowScope, filter: &Filter) -> Result<Option<i64>, Error> {
    if filter.goods.is_some() || filter.money.is_some() {
        return Ok(None);
    }
    let mut params = Vec::new();
    let mut conditions = filter.conditions(scope, "rma_total", &mut params);
    if let Some(owner) = filter.owner {
        params.push(Col::Integer(owner.map_or(0, PersonId::get)));
        conditions.push(format!("rma_total.owner_id = ?{}", params.len()));
    }
    let narrowed = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
    let sql = BuiltSql::new(format!("SELECT coalesce(sum(cases), 0) FROM rma_total WHERE {narrowed}"));
    conn.value(&sql, params.as_slice())
}

/// The case with this id, as lists show it.
///
/// # Errors
/// The store's.
pub fn one(conn: &Conn, id: RmaId) -> Result<Option<Listed>, Error> {
    let row = crate::rma::find(conn, id)?;
    Ok(row.map(|row| Listed {
        id: row.id,
        number: row.number,
        shop_id: row.shop_id,
        warehouse_id: row.warehouse_id,
        release_id: row.release_id,
        state: row.state,
        stage: row.stage,
        goods_state: row.goods_state,
        money_state: row.money_state,
        owner_id: row.owner_id,
        filed_at: row.filed_at,
        summary: row.summary,
        reason_id: row.reason_id,
        refund_minor: row.refund_minor,
        currency: row.currency,
        due_at: row.due_at,
        warn_at: row.warn_at,
        platform_due_at: row.platform_due_at,
    }))
}

/// Cases in scope whose number begins with a text, newest first, among the newest `PREFIX_MAX` of them.
///
/// # Errors
/// The store's.
pub fn by_number(conn: &Conn, scope: &RowScope, prefix: &str, limit: u32) -> Result<Vec<RmaId>, Error> {
    let scope = scope.pairs();
    let end = format!("{prefix}\u{10FFFF}");
    let params = named_params! {
        ":prefix": prefix, ":end": end, ":looked_at": PREFIX_MAX, ":scope": scope.as_ref().map(crate::col::Json),
        ":limit": limit,
    };
    conn.all(sql!(include_str!("rma_list/by_number.sql")), params, |row| row.get(0))
}

/// Cases in scope of one of these contacts, newest first.
///
/// # Errors
/// The store's.
pub fn by_contacts(conn: &Conn, scope: &RowScope, contacts: &[ContactId], limit: u32) -> Result<Vec<RmaId>, Error> {
    let (scope, contacts) = (scope.pairs(), contacts.iter().map(|contact| contact.get()).collect::<Vec<_>>());
    let params = named_params! {
        ":contacts": crate::col::Json(&contacts), ":scope": scope.as_ref().map(crate::col::Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("rma_list/by_contacts.sql")), params, |row| row.get(0))
}

/// The cases of an order.
///
/// # Errors
/// The store's.
pub fn of_order(conn: &Conn, order: domain::OrderId) -> Result<Vec<RmaId>, Error> {
    let sql = sql!("SELECT id FROM rma WHERE order_id = :order_id ORDER BY id DESC LIMIT 50");
    conn.all(sql, named_params! { ":order_id": order }, |row| row.get(0))
}

/// The newest case in scope.
///
/// # Errors
/// The store's.
pub fn newest(conn: &Conn, scope: &RowScope) -> Result<Option<RmaId>, Error> {
    let scope = scope.pairs();
    conn.value(
        sql!(include_str!("rma_list/newest.sql")),
        named_params! { ":scope": scope.as_ref().map(crate::col::Json) },
    )
}
