//! A person's to-dos, what they did, filed and are told of, and their messages.

pub mod copies;
pub mod filters;

use domain::{NoticeId, Permission, PersonId, RmaId, TaskId};
use store::inbox::Pool;
pub use store::inbox::{CaseBrief, CopiedRow, InboxFilter, InboxRow, Whose};
pub use store::notice::NoticeRow;
use store::task::TaskRow;
use store::{Conn, Tx};

use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;
use crate::gate;

/// To-dos are counted to this.
pub const MAX_COUNT: u32 = 1_000;

/// Open to-dos of the actor and of the pools of their roles that fit, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn open(
    conn: &Conn,
    actor: &Actor,
    filter: &InboxFilter,
    before: Option<TaskId>,
    limit: u32,
) -> Result<Vec<InboxRow>, Error> {
    Ok(store::inbox::open(conn, person(actor)?, &pools(actor), filter, before, limit)?)
}

/// To-dos the actor did that fit, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn done(
    conn: &Conn,
    actor: &Actor,
    filter: &InboxFilter,
    before: Option<TaskId>,
    limit: u32,
) -> Result<Vec<InboxRow>, Error> {
    Ok(store::inbox::done(conn, person(actor)?, filter, before, limit)?)
}

/// Cases the actor filed and may still see, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn started(conn: &Conn, actor: &Actor, before: Option<RmaId>, limit: u32) -> Result<Vec<CaseBrief>, Error> {
    person(actor)?;
    let scope = gate::rows(actor, Permission::RmaView);
    Ok(store::inbox::started(conn, &actor.author(), &scope, before, limit)?)
}

/// How much waits, each counted to a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open to-dos.
    pub open: u32,
    /// Unread messages.
    pub unread: u32,
    /// Unread copies.
    pub copies: u32,
}

/// Open to-dos, unread messages and unread copies.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn count(conn: &Conn, actor: &Actor) -> Result<Counts, Error> {
    let person = person(actor)?;
    Ok(Counts {
        open: count_of(conn, actor, &InboxFilter::default())?,
        unread: store::notice::unread(conn, person, 100)?,
        copies: store::case_copy::unread(conn, person, 100)?,
    })
}

/// How many open to-dos of the actor fit, counted to a limit.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn count_of(conn: &Conn, actor: &Actor, filter: &InboxFilter) -> Result<u32, Error> {
    Ok(store::inbox::count(conn, person(actor)?, &pools(actor), filter, MAX_COUNT)?)
}

/// A message and the to-do that it opens.
pub type Notice = (NoticeRow, Option<TaskId>);

/// The actor's messages, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn notices(conn: &Conn, actor: &Actor, before: Option<NoticeId>, limit: u32) -> Result<Vec<Notice>, Error> {
    let rows = store::notice::page(conn, person(actor)?, before, limit)?;
    rows.into_iter()
        .map(|row| {
            let task = store::notice::task(conn, &row)?;
            Ok((row, task))
        })
        .collect()
}

/// A to-do as the link of a message opens it.
#[derive(Clone, Debug)]
pub struct OneTask {
    /// The to-do.
    pub task: TaskRow,
    /// The number of its case.
    pub number: Option<String>,
    /// Who did it.
    pub done_by: Option<String>,
}

/// One to-do, open or done: a link in a message leads to the outcome when somebody was quicker.
///
/// # Errors
/// `NotFound` for one whose case the actor may not see, or that is not theirs when it has none.
pub fn one(conn: &Conn, actor: &Actor, id: TaskId) -> Result<OneTask, Error> {
    let gone = || Error::NotFound("task");
    let task = store::task::find(conn, id)?.ok_or_else(gone)?;
    let rma = match task.rma_id {
        Some(rma) => store::rma::find(conn, rma)?,
        None => None,
    };
    let sees = match &rma {
        Some(rma) => actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id),
        None => task.assignee_id == actor.person() || actor.grants.iter().any(|grant| grant.role == task.role),
    };
    if !sees {
        return Err(gone());
    }
    let done_by = match task.done_by {
        Some(person) => store::person::find(conn, person)?.map(|person| person.display_name),
        None => None,
    };
    Ok(OneTask { task, number: rma.map(|rma| rma.number), done_by })
}

/// The case of a number.
///
/// # Errors
/// The store's.
pub fn case_of_number(conn: &Conn, number: &str) -> Result<Option<RmaId>, Error> {
    Ok(store::rma::by_number(conn, number)?)
}

/// Marks the actor's messages up to one as read.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn read_notices(tx: &Tx<'_>, ctx: &mut Ctx<'_>, upto: NoticeId) -> Result<(), Error> {
    let person = person(ctx.actor)?;
    store::notice::mark_read(tx, person, upto, ctx.now)?;
    ctx.topic(format!("person:{person}"));
    Ok(())
}

fn person(actor: &Actor) -> Result<PersonId, Error> {
    actor.person().ok_or(Error::NotFound("inbox"))
}

// One pool a grant; the system's unnamed role has none.
fn pools(actor: &Actor) -> Vec<Pool> {
    let named = actor.grants.iter().filter(|grant| !grant.role.is_empty());
    named.map(|grant| Pool { role: grant.role.clone(), shop: grant.shop, warehouse: grant.warehouse }).collect()
}
