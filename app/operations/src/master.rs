//! Master data as the business admin edits it. Nothing is deleted that a case may point to: it is made inactive.

pub mod barcode;
pub mod block_key;
pub mod bundle;
pub mod calendar;
pub mod canned_answer;
pub mod carrier;
mod check;
pub mod customer;
pub mod grade;
pub mod holidays;
pub mod rate;
pub mod reason;
pub mod reason_map;
pub mod shop;
pub mod shop_portal;
pub mod sku;
pub mod supplier;
pub mod tag;
pub mod team;
pub mod warehouse;

use domain::{EventKind, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::Actor;
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;

/// A row that was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The row's id as a number; wrap it in its type.
    pub id: i64,
    /// The version that stands now.
    pub version: i64,
}

/// Refuses unless the actor may edit master data everywhere.
fn require_editor(ctx: &Ctx<'_>) -> Result<(), Error> {
    ctx.require(Permission::MasterEdit, Place::default())
}

/// Refuses unless the actor is staff of any kind: names of shops and reasons are on every page.
///
/// # Errors
/// `Forbidden`.
pub fn require_staff(actor: &Actor) -> Result<(), Error> {
    let any = actor.grants.iter().any(|grant| grant.permissions != 0);
    if any { Ok(()) } else { Err(Error::Forbidden(Permission::MasterEdit)) }
}

/// Refuses unless the actor may edit master data somewhere.
///
/// # Errors
/// `Forbidden`.
pub fn require_reader_of_lists(actor: &Actor) -> Result<(), Error> {
    let may = actor.may_somewhere(Permission::MasterEdit);
    if may { Ok(()) } else { Err(Error::Forbidden(Permission::MasterEdit)) }
}

/// Records that a row changed, and has the copy in memory read anew.
fn changed(ctx: &mut Ctx<'_>, table: &'static str, id: i64, added: bool) {
    let change = if added { "added" } else { "changed" };
    ctx.record(Event::new(EventKind::MasterChanged).about(table, id).with(json!({ "change": change })));
    ctx.masters_changed();
    ctx.topic(format!("master:{table}"));
}

/// Turns the answer of a versioned update into a refusal when somebody was faster.
fn unless_stale(written: bool) -> Result<(), Error> {
    if written {
        return Ok(());
    }
    let refusal = Refusal::new("changed_meanwhile", "内容已被他人修改", "somebody changed it meanwhile")
        .help("请重新载入后再修改", "load it again, then change it");
    Err(Error::conflict(refusal))
}
