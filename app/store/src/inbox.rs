//! What waits for a person, what they did, what they filed and what they are told of: lists with a brief of each case.

use domain::{PersonId, ShopId, TaskId, Text, Timestamp, WarehouseId};
use rusqlite::types::Value as Col;

use crate::conn::{BuiltSql, Conn};
use crate::error::Error;
use crate::row::Row;

mod brief;
mod filter;
mod lists;

pub use brief::CaseBrief;
pub use filter::{InboxFilter, Whose};
pub use lists::{CopiedRow, copied, started};

use brief::{BRIEF, BRIEF_FROM};

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
    /// By when.
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    pub warn_at: Option<Timestamp>,
    /// When its deadline passed, once that was found.
    pub breached_at: Option<Timestamp>,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Who has it.
    pub assignee_id: Option<PersonId>,
    /// Its case.
    pub case: Option<CaseBrief>,
}

const COLUMNS: &str = "task.id, task.kind, task.node, task.round, task.title_zh, task.title_en, task.due_at, \
     task.warn_at, task.breached_at, task.opened_at, task.done_at, task.assignee_id";

/// Open to-dos of a person and of the pools of their roles that fit, newest first, before `before`.
///
/// # Errors
/// The store's.
pub fn open(
    conn: &Conn,
    person: PersonId,
    pools: &[Pool],
    filter: &InboxFilter,
    before: Option<TaskId>,
    limit: u32,
) -> Result<Vec<InboxRow>, Error> {
    let before = before.map_or(i64::MAX, TaskId::get);
    let mut params = vec![Col::Integer(person.get()), Col::Integer(before), Col::Integer(i64::from(limit))];
    let narrowed = filter.conditions(&mut params);
    let parts = sources(pools, filter, &mut params).into_iter().map(|whose| {
        format!(
            "SELECT id FROM (SELECT task.id FROM task {join} WHERE task.state = 'open' AND {whose} AND task.id < ?2 \
             {narrowed} ORDER BY task.id DESC LIMIT ?3)",
            join = filter.join(),
        )
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = BuiltSql::new(format!(
        "SELECT {COLUMNS}, {BRIEF} FROM task LEFT JOIN rma ON rma.id = task.rma_id {BRIEF_FROM} \
         WHERE task.id IN ({}) ORDER BY task.id DESC LIMIT ?3",
        parts.join(" UNION ")
    ));
    conn.all(&sql, params.as_slice(), read)
}

/// How many open to-dos that fit there are, counted to `limit`.
///
/// # Errors
/// The store's.
pub fn count(conn: &Conn, person: PersonId, pools: &[Pool], filter: &InboxFilter, limit: u32) -> Result<u32, Error> {
    let mut params = vec![Col::Integer(person.get()), Col::Integer(i64::from(limit))];
    let narrowed = filter.conditions(&mut params);
    let parts = sources(pools, filter, &mut params).into_iter().map(|whose| {
        format!(
            "SELECT id FROM (SELECT task.id FROM task {join} WHERE task.state = 'open' AND {whose} {narrowed} LIMIT ?2)",
            join = filter.join(),
        )
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return Ok(0);
    }
    let sql = BuiltSql::new(format!("SELECT count(*) FROM ({} LIMIT ?2)", parts.join(" UNION ")));
    Ok(conn.value(&sql, params.as_slice())?.unwrap_or(0))
}

/// To-dos a person did that fit, newest first, before `before`.
///
/// # Errors
/// The store's.
pub fn done(
    conn: &Conn,
    person: PersonId,
    filter: &InboxFilter,
    before: Option<TaskId>,
    limit: u32,
) -> Result<Vec<InboxRow>, Error> {
    let before = before.map_or(i64::MAX, TaskId::get);
    let mut params = vec![Col::Integer(person.get()), Col::Integer(before), Col::Integer(i64::from(limit))];
    let narrowed = filter.conditions(&mut params);
    let sql = BuiltSql::new(format!(
        "SELECT {COLUMNS}, {BRIEF} FROM task LEFT JOIN rma ON rma.id = task.rma_id {BRIEF_FROM} \
         WHERE task.done_by = ?1 AND task.state = 'done' AND task.id < ?2 {narrowed} \
         ORDER BY task.id DESC LIMIT ?3"
    ));
    conn.all(&sql, params.as_slice(), read)
}

// A person's own to-dos, and one source a pool; what is left of them when only one's own, or only the pools', are wanted.
fn sources(pools: &[Pool], filter: &InboxFilter, params: &mut Vec<Col>) -> Vec<String> {
    let own = filter.whose != Some(Whose::Pool);
    let mut all: Vec<String> = own.then(|| "task.assignee_id = ?1".to_owned()).into_iter().collect();
    if filter.whose != Some(Whose::Mine) {
        all.extend(pools.iter().map(|pool| pool_condition(pool, params)));
    }
    all
}

fn pool_condition(pool: &Pool, params: &mut Vec<Col>) -> String {
    params.push(Col::Text(pool.role.clone()));
    let mut condition = format!("task.assignee_id IS NULL AND task.role = ?{}", params.len());
    // A pool without a place is open to everybody with the role; a pool at a place only to those who reach it.
    if let Some(shop) = pool.shop {
        params.push(Col::Integer(shop.get()));
        condition.push_str(&format!(" AND task.shop_id IN (0, ?{})", params.len()));
    }
    if let Some(warehouse) = pool.warehouse {
        params.push(Col::Integer(warehouse.get()));
        condition.push_str(&format!(" AND task.warehouse_id IN (0, ?{})", params.len()));
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
        due_at: row.get("due_at")?,
        warn_at: row.get("warn_at")?,
        breached_at: row.get("breached_at")?,
        opened_at: row.get("opened_at")?,
        done_at: row.get("done_at")?,
        assignee_id: row.get("assignee_id")?,
        case: brief::read(row)?,
    })
}
