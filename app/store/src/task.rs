//! To-dos as persons see them, and the timers that watch them.

use domain::{PersonId, RmaId, ShopId, TaskId, Text, TimerId, Timestamp, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `task`.
#[derive(Clone, Debug)]
pub struct TaskRow {
    /// Its id.
    pub id: TaskId,
    /// Its case.
    pub rma_id: Option<RmaId>,
    /// approve, work, info, rule or conflict.
    pub kind: String,
    /// The flow node, or the rule.
    pub node: String,
    /// The node's round.
    pub round: u32,
    /// Whose role may take it while nobody is named.
    pub role: String,
    /// At this shop, `None` for any.
    pub shop_id: Option<ShopId>,
    /// At this warehouse, `None` for any.
    pub warehouse_id: Option<WarehouseId>,
    /// Who has it.
    pub assignee_id: Option<PersonId>,
    /// What to do.
    pub title: Text,
    /// open, done or cancelled.
    pub state: String,
    /// By when.
    pub due_at: Option<Timestamp>,
    /// From when on the deadline is near.
    pub warn_at: Option<Timestamp>,
    /// When the warning fell due, once it was given.
    pub warned_at: Option<Timestamp>,
    /// When the deadline passed, once that was found.
    pub breached_at: Option<Timestamp>,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it ended.
    pub done_at: Option<Timestamp>,
    /// Who did it.
    pub done_by: Option<PersonId>,
}

/// Opens a task.
///
/// # Errors
/// `task.rma_id` (unique) when it is open already.
pub fn open(tx: &Tx<'_>, task: &TaskRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": task.id, ":rma_id": task.rma_id, ":kind": task.kind, ":node": task.node, ":round": task.round,
        ":role": task.role, ":shop_id": task.shop_id.map_or(0, ShopId::get),
        ":warehouse_id": task.warehouse_id.map_or(0, WarehouseId::get), ":assignee_id": task.assignee_id,
        ":title_zh": task.title.zh, ":title_en": task.title.en, ":due_at": task.due_at, ":warn_at": task.warn_at,
        ":warned_at": task.warned_at, ":breached_at": task.breached_at, ":opened_at": task.opened_at,
    };
    tx.exec(sql!(include_str!("task/open.sql")), params).map(|_| ())
}

/// A case's open tasks.
///
/// # Errors
/// The store's.
pub fn open_of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<TaskRow>, Error> {
    conn.all(sql!(include_str!("task/open_of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// One task, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: TaskId) -> Result<Option<TaskRow>, Error> {
    conn.one(sql!(include_str!("task/find.sql")), named_params! { ":id": id }, read)
}

/// Ends a task; `state` is done or cancelled. Its pending timers end with it.
///
/// # Errors
/// The store's.
pub fn end(tx: &Tx<'_>, id: TaskId, state: &str, by: Option<PersonId>, at: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE task SET state = :state, done_at = :at, done_by = :by WHERE id = :id AND state = 'open'");
    tx.exec(sql, named_params! { ":id": id, ":state": state, ":at": at, ":by": by })?;
    let timers = sql!("UPDATE timer SET state = 'cancelled' WHERE task_id = :id AND state = 'pending'");
    tx.exec(timers, named_params! { ":id": id }).map(|_| ())
}

/// Opens again what a decision at `at` ended, with the timers that ended with it. `from` is the decision: what it opened
/// stays as it is.
///
/// # Errors
/// The store's.
pub fn reopen(tx: &Tx<'_>, rma: RmaId, from: i64, at: Timestamp) -> Result<(), Error> {
    let timers = sql!(
        "UPDATE timer SET state = 'pending' WHERE state = 'cancelled' AND task_id IN
             (SELECT id FROM task WHERE rma_id = :rma_id AND id < :from AND done_at = :at AND state <> 'open')"
    );
    tx.exec(timers, named_params! { ":rma_id": rma, ":from": from, ":at": at })?;
    let tasks = sql!(
        "UPDATE OR IGNORE task SET state = 'open', done_at = NULL, done_by = NULL
         WHERE rma_id = :rma_id AND id < :from AND done_at = :at AND state <> 'open'"
    );
    tx.exec(tasks, named_params! { ":rma_id": rma, ":from": from, ":at": at }).map(|_| ())
}

/// Gives an open task to a person, or back to the pool; false when it is no longer open.
///
/// # Errors
/// The store's.
pub fn assign(tx: &Tx<'_>, id: TaskId, person: Option<PersonId>) -> Result<bool, Error> {
    let sql = sql!("UPDATE task SET assignee_id = :person WHERE id = :id AND state = 'open'");
    Ok(tx.exec(sql, named_params! { ":id": id, ":person": person })? == 1)
}

/// Marks an open task as late; false when it ended or was marked before.
///
/// # Errors
/// The store's.
pub fn breach(tx: &Tx<'_>, id: TaskId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!("UPDATE task SET breached_at = :at WHERE id = :id AND state = 'open' AND breached_at IS NULL");
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

/// Marks an open task as warned; false when it ended or was marked before.
///
/// # Errors
/// The store's.
pub fn warn(tx: &Tx<'_>, id: TaskId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!("UPDATE task SET warned_at = :at WHERE id = :id AND state = 'open' AND warned_at IS NULL");
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

/// Sets a timer of a parcel or settlement; nothing when it has one of this kind, fired or not.
///
/// # Errors
/// The store's.
pub fn set_subject_timer(
    tx: &Tx<'_>,
    id: TimerId,
    due_at: Timestamp,
    kind: &str,
    rma: Option<RmaId>,
    subject: (&str, i64),
) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO timer (id, due_at, kind, rma_id, subject, subject_id)
         VALUES (:id, :due_at, :kind, :rma_id, :subject, :subject_id) ON CONFLICT DO NOTHING"
    );
    let params = named_params! {
        ":id": id, ":due_at": due_at, ":kind": kind, ":rma_id": rma, ":subject": subject.0, ":subject_id": subject.1,
    };
    tx.exec(sql, params).map(|_| ())
}

/// By when a parcel or settlement is due and from when on that is near, fired or not; `None` when no clock was set.
///
/// # Errors
/// The store's.
pub fn subject_clock(conn: &Conn, subject: (&str, i64)) -> Result<Option<(Timestamp, Option<Timestamp>)>, Error> {
    let sql = sql!(
        "SELECT
             max(due_at) FILTER (WHERE kind = 'deadline') AS due_at,
             max(due_at) FILTER (WHERE kind = 'near') AS warn_at
         FROM timer
         WHERE subject = :subject AND subject_id = :subject_id AND subject <> '' AND state <> 'cancelled'"
    );
    let params = named_params! { ":subject": subject.0, ":subject_id": subject.1 };
    let found: Option<(Option<Timestamp>, Option<Timestamp>)> =
        conn.one(sql, params, |row| Ok((row.get("due_at")?, row.get("warn_at")?)))?;
    Ok(found.and_then(|(due, warn)| due.map(|due| (due, warn))))
}

/// Sets a timer.
///
/// # Errors
/// The store's.
pub fn set_timer(
    tx: &Tx<'_>,
    id: TimerId,
    due_at: Timestamp,
    kind: &str,
    rma: Option<RmaId>,
    task: Option<TaskId>,
) -> Result<(), Error> {
    let sql =
        sql!("INSERT INTO timer (id, due_at, kind, rma_id, task_id) VALUES (:id, :due_at, :kind, :rma_id, :task_id)");
    let params = named_params! { ":id": id, ":due_at": due_at, ":kind": kind, ":rma_id": rma, ":task_id": task };
    tx.exec(sql, params).map(|_| ())
}

/// A timer that is due.
#[derive(Clone, Debug)]
pub struct DueTimer {
    /// Its id.
    pub id: TimerId,
    /// When it was due.
    pub due_at: Timestamp,
    /// What it is for.
    pub kind: String,
    /// Its case.
    pub rma_id: Option<RmaId>,
    /// Its task.
    pub task_id: Option<TaskId>,
    /// `parcel` or `settlement`, or empty.
    pub subject: String,
    /// The parcel's or settlement's id.
    pub subject_id: i64,
}

/// Timers due at `now`, earliest first.
///
/// # Errors
/// The store's.
pub fn due_timers(conn: &Conn, now: Timestamp, limit: u32) -> Result<Vec<DueTimer>, Error> {
    let sql = sql!(
        "SELECT id, due_at, kind, rma_id, task_id, subject, subject_id FROM timer
         WHERE state = 'pending' AND due_at <= :now ORDER BY due_at, id LIMIT :limit"
    );
    conn.all(sql, named_params! { ":now": now, ":limit": limit }, |row| {
        Ok(DueTimer {
            id: row.get("id")?,
            due_at: row.get("due_at")?,
            kind: row.get("kind")?,
            rma_id: row.get("rma_id")?,
            task_id: row.get("task_id")?,
            subject: row.get("subject")?,
            subject_id: row.get("subject_id")?,
        })
    })
}

/// Claims a pending timer as fired; false when another has.
///
/// # Errors
/// The store's.
pub fn fire_timer(tx: &Tx<'_>, id: TimerId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!("UPDATE timer SET state = 'fired', fired_at = :at WHERE id = :id AND state = 'pending'");
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

pub(crate) fn read(row: &Row<'_>) -> Result<TaskRow, Error> {
    let shop: i64 = row.get("shop_id")?;
    let warehouse: i64 = row.get("warehouse_id")?;
    Ok(TaskRow {
        id: row.get("id")?,
        rma_id: row.get("rma_id")?,
        kind: row.get("kind")?,
        node: row.get("node")?,
        round: row.get("round")?,
        role: row.get("role")?,
        shop_id: (shop != 0).then(|| ShopId::from_raw(shop)),
        warehouse_id: (warehouse != 0).then(|| WarehouseId::from_raw(warehouse)),
        assignee_id: row.get("assignee_id")?,
        title: Text { zh: row.get("title_zh")?, en: row.get("title_en")? },
        state: row.get("state")?,
        due_at: row.get("due_at")?,
        warn_at: row.get("warn_at")?,
        warned_at: row.get("warned_at")?,
        breached_at: row.get("breached_at")?,
        opened_at: row.get("opened_at")?,
        done_at: row.get("done_at")?,
        done_by: row.get("done_by")?,
    })
}
