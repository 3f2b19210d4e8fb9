//! Puts a customer on the block list 黑名单 by the values they are known by, and takes them off again. The list stays an
//! input to the policy: nothing is refused here.

use std::collections::BTreeSet;

use domain::{ContactId, CustomerId, EventKind, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::reference::list::{self, BlockKeyRow};
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::master::block_key::BlockKind;
use crate::master::check::Problems;
use crate::master::require_editor;

/// That a customer is on the list; the values themselves are the editors' business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// What they are known by.
    pub kind: BlockKind,
    /// The tag they get.
    pub tag: String,
    /// Why.
    pub note: String,
    /// Since when.
    pub since: Timestamp,
}

/// Puts a customer on the list, with the tag they get and why.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for a tag there is not, for no reason, and when nothing is known of them.
pub fn block(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: CustomerId, tag: &str, note: &str) -> Result<(), Error> {
    require_editor(ctx)?;
    let customer = store::customer::find(tx, id)?.ok_or(Error::NotFound("customer"))?;
    let mut problems = Problems::default();
    let known = list::tags(tx)?.iter().any(|row| row.code == tag);
    problems.unless(known, "tag", "unknown", "没有这个标签", "there is no such tag");
    let note = problems.text(note, "note");
    problems.unless(!note.is_empty(), "note", "missing", "请写明原因", "say why");
    problems.done()?;
    // An address is shared by whoever lives there, so it is never taken from a person; it can be listed by itself.
    // Their own contact counts, not those of gifts they sent to others.
    let own: Vec<ContactId> = match customer.contact_id {
        Some(contact) => vec![contact],
        None => store::customer::history::contacts(tx, id)?,
    };
    let keys: Vec<_> = keys(tx, &own)?.into_iter().filter(|(kind, _)| *kind != BlockKind::Address.as_str()).collect();
    if keys.is_empty() {
        let refusal =
            Refusal::new("nothing_known", "没有可登记的电话或昵称", "neither a phone nor a nickname is known");
        return Err(Error::invalid(refusal));
    }
    for (kind, value) in keys {
        let row = BlockKeyRow {
            kind: kind.to_owned(),
            value,
            tag: tag.to_owned(),
            note: note.clone(),
            created_at: ctx.now,
            created_by: ctx.actor.person(),
        };
        list::put_block_key(tx, &row)?;
    }
    record(ctx, id, "blocked");
    Ok(())
}

/// Takes every entry off the list that stands for a customer.
///
/// # Errors
/// `Forbidden`; `NotFound` when there is none.
pub fn unblock(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: CustomerId) -> Result<(), Error> {
    require_editor(ctx)?;
    let rows = rows(tx, id)?;
    if rows.is_empty() {
        return Err(Error::NotFound("block_key"));
    }
    for row in rows {
        list::delete_block_key(tx, &row.kind, &row.value, &row.tag)?;
    }
    record(ctx, id, "unblocked");
    Ok(())
}

/// The entries of the list that stand for a customer.
pub(super) fn of_customer(conn: &Conn, id: CustomerId) -> Result<Vec<Blocked>, Error> {
    let entry = |row: BlockKeyRow| {
        Some(Blocked { kind: BlockKind::parse(&row.kind)?, tag: row.tag, note: row.note, since: row.created_at })
    };
    Ok(rows(conn, id)?.into_iter().filter_map(entry).collect())
}

fn rows(conn: &Conn, id: CustomerId) -> Result<Vec<BlockKeyRow>, Error> {
    let mut rows = Vec::new();
    for (kind, value) in keys(conn, &store::customer::history::contacts(conn, id)?)? {
        rows.extend(list::blocked(conn, kind, &value)?);
    }
    Ok(rows)
}

// As the policy looks them up when it asks for a buyer's tags.
fn keys(conn: &Conn, contacts: &[ContactId]) -> Result<BTreeSet<(&'static str, String)>, Error> {
    let mut keys = BTreeSet::new();
    for contact in contacts {
        let row = store::contact::find(conn, *contact)?;
        keys.extend(row.as_ref().map(store::contact::key::blockable).unwrap_or_default());
    }
    Ok(keys)
}

fn record(ctx: &mut Ctx<'_>, id: CustomerId, change: &'static str) {
    ctx.record(Event::new(EventKind::MasterChanged).about("customer", id.get()).with(json!({ "change": change })));
}
