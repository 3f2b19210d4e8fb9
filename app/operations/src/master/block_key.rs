//! The block list 黑名单: an input to the policy, never silent. Its values are personal and shown to editors only.

use domain::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use store::contact::key;
use store::reference::list::BlockKeyRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{changed, require_editor, require_reader_of_lists};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// Rows of a page at most, and one more to see whether there is a next one.
const PAGE_MAX: u32 = 201;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A phone.
    Phone,
    /// A postal address.
    Address,
    /// A name on a platform.
    Nickname,
}

impl BlockKind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Nickname => "nickname",
        }
    }
    pub(super) fn parse(word: &str) -> Option<Self> {
        [Self::Phone, Self::Address, Self::Nickname].into_iter().find(|kind| kind.as_str() == word)
    }
    /// A value in the form it is compared in.
    #[must_use]
    pub fn normal(self, value: &str) -> Option<String> {
        match self {
            Self::Phone => key::phone(value),
            Self::Address => key::address(value),
            Self::Nickname => key::folded(value),
        }
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockKey {
    /// What it is about.
    pub kind: BlockKind,
    /// The value, in the form it is compared in.
    pub value: String,
    /// The tag its owner gets.
    pub tag: String,
    /// Why.
    pub note: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Option<PersonId>,
}

/// An entry to add, change or take away.
#[derive(Clone, Debug)]
pub struct SaveBlockKey {
    /// What it is about.
    pub kind: BlockKind,
    /// The value as typed.
    pub value: String,
    /// The tag its owner gets.
    pub tag: String,
    /// Why; none takes the entry away.
    pub note: Option<String>,
}

/// Adds, changes or takes away an entry.
///
/// # Errors
/// `Forbidden`, `Invalid`; `NotFound` when there is none to take away.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveBlockKey) -> Result<(), Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let value = cmd.kind.normal(&cmd.value);
    problems.unless(value.is_some(), "value", "not_a_value", "内容无效", "is not a value of this kind");
    let known = store::reference::list::tags(tx)?.iter().any(|tag| tag.code == cmd.tag);
    problems.unless(known, "tag", "unknown", "没有这个标签", "there is no such tag");
    let note = cmd.note.as_deref().map(|note| problems.text(note, "note"));
    problems.done()?;
    let value = value.unwrap_or_default();
    let kind = cmd.kind.as_str().to_owned();
    match note {
        Some(note) => {
            let created_by = ctx.actor.person();
            let row = BlockKeyRow { kind, value, tag: cmd.tag.clone(), note, created_at: ctx.now, created_by };
            store::reference::list::put_block_key(tx, &row)?;
        }
        None if store::reference::list::delete_block_key(tx, &kind, &value, &cmd.tag)? => {}
        None => return Err(Error::NotFound("block_key")),
    }
    changed(ctx, "block_key", 0, cmd.note.is_some());
    Ok(())
}

/// A page of the list by kind, value and tag, after an entry; only those whose value holds a fragment.
///
/// # Errors
/// `Forbidden`.
pub fn list(
    conn: &Conn,
    actor: &Actor,
    fragment: &str,
    after: Option<(BlockKind, String, String)>,
    limit: u32,
) -> Result<Vec<BlockKey>, Error> {
    require_reader_of_lists(actor)?;
    let after = after.map(|(kind, value, tag)| (kind.as_str().to_owned(), value, tag)).unwrap_or_default();
    let rows = store::reference::list::block_keys(conn, fragment.trim(), &after, limit.clamp(1, PAGE_MAX))?;
    let entry = |row: BlockKeyRow| {
        Some(BlockKey {
            kind: BlockKind::parse(&row.kind)?,
            value: row.value,
            tag: row.tag,
            note: row.note,
            created_at: row.created_at,
            created_by: row.created_by,
        })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}
