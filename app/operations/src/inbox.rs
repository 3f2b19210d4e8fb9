//! A person's to-dos and messages.

use domain::{NoticeId, PersonId, TaskId};
pub use store::inbox::InboxRow;
use store::inbox::Pool;
pub use store::notice::NoticeRow;
use store::{Conn, Tx};

use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// To-dos are counted to this.
pub const MAX_COUNT: u32 = 1_000;

/// Open to-dos of the actor and of the pools of their roles, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn open(conn: &Conn, actor: &Actor, before: Option<TaskId>, limit: u32) -> Result<Vec<InboxRow>, Error> {
    Ok(store::inbox::open(conn, person(actor)?, &pools(actor), before, limit)?)
}

/// To-dos the actor did, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn done(conn: &Conn, actor: &Actor, before: Option<TaskId>, limit: u32) -> Result<Vec<InboxRow>, Error> {
    Ok(store::inbox::done(conn, person(actor)?, before, limit)?)
}

/// Open to-dos and unread messages, each counted to a limit.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn count(conn: &Conn, actor: &Actor) -> Result<(u32, u32), Error> {
    let person = person(actor)?;
    let open = store::inbox::count(conn, person, &pools(actor), MAX_COUNT)?;
    Ok((open, store::notice::unread(conn, person, 100)?))
}

/// The actor's messages, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn notices(conn: &Conn, actor: &Actor, before: Option<NoticeId>, limit: u32) -> Result<Vec<NoticeRow>, Error> {
    Ok(store::notice::page(conn, person(actor)?, before, limit)?)
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
