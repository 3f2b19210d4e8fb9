//! Lists of cases, behind the gate.

use domain::{Permission, RmaId};
use store::Conn;
pub use store::rma_list::{Filter, Listed};

use crate::actor::Actor;
use crate::error::Error;
use crate::gate;

/// A page of the cases a reader may see, newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    actor: &Actor,
    filter: &Filter,
    before: Option<RmaId>,
    limit: u32,
) -> Result<Vec<Listed>, Error> {
    let scope = gate::rows(actor, Permission::RmaView);
    Ok(store::rma_list::page(conn, &scope, filter, before, limit)?)
}

/// How many cases the list has, exact; `None` where the total is not kept.
///
/// # Errors
/// The store's.
pub fn total(conn: &Conn, actor: &Actor, filter: &Filter) -> Result<Option<i64>, Error> {
    let scope = gate::rows(actor, Permission::RmaView);
    Ok(store::rma_list::total(conn, &scope, filter)?)
}
