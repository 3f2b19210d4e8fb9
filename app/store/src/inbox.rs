//! A person's to-dos: what is theirs, what their roles may take, what they did.

use domain::state::CaseState;
use domain::{Currency, PersonId, RmaId, ShopId, TaskId, Text, Timestamp, WarehouseId};
use rusqlite::types::Value as Col;

use crate::conn::{BuiltSql, Conn};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A role as it reaches shops and warehouses: the key of a pool of to-dos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The role's id.
    pub role: String,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Only of this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// A to-do with what a list shows of its case.
#[derive(Clone, Debug)]
pub struct InboxRow {
    /// Its id.
    pub id: TaskId,
    /// approve, work, info, rule or conflict.
    pub kind: String,
    /// The flow node.
    pub node: String,
    /// The node's round.
    pub round: u32,
    /// What to do.
    pub title: Text,
    /// open, done or cancelled.
    pub state: String,
    /// By when.
    pub due_at: Option<Timestamp>,
    /// When it was found late.
    pub breached_at: Option<Timestamp>,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Who has it.
    pub assignee_id: Option<PersonId>,
    /// Its case.
    pub rma_id: Option<RmaId>,
    /// The case's number.
    pub number: Option<String>,
    /// The case's goods.
    pub summary: Option<String>,
    /// The case's shop.
    pub shop_id: Option<ShopId>,
    /// Where the case's goods go.
    pub warehouse_id: Option<WarehouseId>,
    /// The case's state.
    pub case_state: Option<CaseState>,
    /// Minor units.
    pub refund_minor: Option<i64>,
    /// Of this.
    pub currency: Option<Currency>,
    /// The platform's deadline.
    pub platform_due_at: Option<Timestamp>,
}

const COLUMNS: &str = "task.id, task.kind, task.node, task.round, task.title_zh, task.title_en, task.state, task.due_at, \
     task.breached_at, task.opened_at, task.done_at, task.assignee_id, task.rma_id, rma.number, rma.summary, rma.shop_id, rma.warehouse_id AS case_warehouse_id, \
     rma.state AS case_state, rma.refund_minor, rma.currency, rma.platform_due_at";

/// Open to-dos of a person and of the pools of their roles, newest first, before `before`.
///
/// # Errors
/// The store's.
pub fn open(
    conn: &Conn,
    person: PersonId,
    pools: &[Pool],
    before: Option<TaskId>,
    limit: u32,
) -> Result<Vec<InboxRow>, Error> {
    let mut params = vec![
        Col::Integer(person.get()),
        Col::Integer(before.map_or(i64::MAX, TaskId::get)),
        Col::Integer(i64::from(limit)),
    ];
    let mine = sql!(
        "SELECT id FROM (SELECT id FROM task WHERE state = 'open' AND assignee_id = ?1 AND id < ?2 \
         ORDER BY id DESC LIMIT ?3)"
    );
    let mut parts = vec![mine.to_owned()];
    for pool in pools {
        let condition = pool_condition(pool, &mut params);
        parts.push(format!(
            "SELECT id FROM (SELECT id FROM task WHERE state = 'open' AND assignee_id IS NULL AND {condition} \
             AND id < ?2 ORDER BY id DESC LIMIT ?3)"
        ));
    }
    let ids = parts.join(" UNION ");
    let sql = BuiltSql::new(format!(
        "SELECT {COLUMNS} FROM task LEFT JOIN rma ON rma.id = task.rma_id WHERE task.id IN ({ids}) \
         ORDER BY task.id DESC LIMIT ?3"
    ));
    conn.all(&sql, params.as_slice(), read)
}

/// How many open to-dos there are, counted to `limit`.
///
/// # Errors
/// The store's.
pub fn count(conn: &Conn, person: PersonId, pools: &[Pool], limit: u32) -> Result<u32, Error> {
    let mut params = vec![Col::Integer(person.get()), Col::Integer(i64::from(limit))];
    let mine = sql!("SELECT id FROM (SELECT id FROM task WHERE state = 'open' AND assignee_id = ?1 LIMIT ?2)");
    let mut parts = vec![mine.to_owned()];
    for pool in pools {
        let condition = pool_condition(pool, &mut params);
        parts.push(format!(
            "SELECT id FROM (SELECT id FROM task WHERE state = 'open' AND assignee_id IS NULL AND {condition} LIMIT ?2)"
        ));
    }
    let sql = BuiltSql::new(format!("SELECT count(*) FROM ({} LIMIT ?2)", parts.join(" UNION ")));
    Ok(conn.value(&sql, params.as_slice())?.unwrap_or(0))
}

/// To-dos a person did, newest first.
///
/// # Errors
/// The store's.
pub fn done(conn: &Conn, person: PersonId, before: Option<TaskId>, limit: u32) -> Result<Vec<InboxRow>, Error> {
    let sql = sql!(include_str!("inbox/done.sql"));
    let before = before.map_or(i64::MAX, TaskId::get);
    conn.all(sql, named_params! { ":person": person, ":before": before, ":limit": limit }, read)
}

fn pool_condition(pool: &Pool, params: &mut Vec<Col>) -> String {
    params.push(Col::Text(pool.role.clone()));
    let mut condition = format!("role = ?{}", params.len());
    // A pool without a place is open to everybody with the role; a pool at a place only to those who reach it.
    if let Some(shop) = pool.shop {
        params.push(Col::Integer(shop.get()));
        condition.push_str(&format!(" AND shop_id IN (0, ?{})", params.len()));
    }
    if let Some(warehouse) = pool.warehouse {
        params.push(Col::Integer(warehouse.get()));
        condition.push_str(&format!(" AND warehouse_id IN (0, ?{})", params.len()));
    }
    condition
}

fn read(row: &Row<'_>) -> Result<InboxRow, Error> {
    Ok(InboxRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        node: row.get("node")?,
        round: row.get("round")?,
        title: Text { zh: row.get("title_zh")?, en: row.get("title_en")? },
        state: row.get("state")?,
        due_at: row.get("due_at")?,
        breached_at: row.get("breached_at")?,
        opened_at: row.get("opened_at")?,
        done_at: row.get("done_at")?,
        assignee_id: row.get("assignee_id")?,
        rma_id: row.get("rma_id")?,
        number: row.get("number")?,
        summary: row.get("summary")?,
        shop_id: row.get("shop_id")?,
        warehouse_id: row.get("case_warehouse_id")?,
        case_state: row.get("case_state")?,
        refund_minor: row.get("refund_minor")?,
        currency: row.get("currency")?,
        platform_due_at: row.get("platform_due_at")?,
    })
}
