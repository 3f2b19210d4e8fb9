//! Filters of the inbox that a person keeps: a few, each with a name of its own.

use domain::InboxFilterId;
use serde::{Deserialize, Serialize};
pub use store::inbox_filter::FilterRow;
use store::{Conn, Tx};

use super::person;
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// Filters of one person at most.
pub const MAX_FILTERS: usize = 20;
/// Longest name, in characters.
pub const MAX_NAME_CHARS: usize = 30;

/// Keeps a filter, new or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepFilter {
    /// The one that is changed; none for a new one.
    pub id: Option<InboxFilterId>,
    /// What its owner calls it.
    pub name: String,
    /// What it narrows to, JSON.
    pub filter: String,
    /// Whether the inbox opens with it.
    pub is_default: bool,
}

/// The actor's filters, oldest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn all(conn: &Conn, actor: &Actor) -> Result<Vec<FilterRow>, Error> {
    Ok(store::inbox_filter::of_person(conn, person(actor)?)?)
}

/// Keeps a filter of the actor's.
///
/// # Errors
/// `NotFound`; `Invalid` for a name that is empty, long or taken; `Conflict` when there are too many.
pub fn keep(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &KeepFilter) -> Result<InboxFilterId, Error> {
    let person = person(ctx.actor)?;
    let name = cmd.name.trim();
    check_name(name)?;
    let known = store::inbox_filter::of_person(tx, person)?;
    if known.iter().any(|one| one.name == name && Some(one.id) != cmd.id) {
        let refusal = Refusal::new("name_taken", "已有同名的筛选", "you already keep a filter of this name");
        return Err(Error::invalid(refusal.help("换一个名称", "choose another name").at("name")));
    }
    let (id, created_at) = match cmd.id {
        Some(id) => {
            let old = known.iter().find(|one| one.id == id).ok_or(Error::NotFound("filter"))?;
            (id, old.created_at)
        }
        None if known.len() >= MAX_FILTERS => {
            let refusal = Refusal::new(
                "too_many_filters",
                format!("最多保存 {MAX_FILTERS} 个筛选"),
                format!("you can keep at most {MAX_FILTERS} filters"),
            );
            return Err(Error::conflict(refusal.help("请先删除不再使用的筛选", "delete one you no longer use")));
        }
        None => (InboxFilterId::from_raw(ctx.id()), ctx.now),
    };
    let (filter, is_default) = (cmd.filter.clone(), cmd.is_default);
    let row = FilterRow { id, person_id: person, name: name.to_owned(), filter, is_default, created_at };
    store::inbox_filter::put(tx, &row)?;
    ctx.topic(format!("person:{person}"));
    Ok(id)
}

/// Drops a filter of the actor's.
///
/// # Errors
/// `NotFound`.
pub fn drop_one(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: InboxFilterId) -> Result<(), Error> {
    let person = person(ctx.actor)?;
    if !store::inbox_filter::delete(tx, person, id)? {
        return Err(Error::NotFound("filter"));
    }
    ctx.topic(format!("person:{person}"));
    Ok(())
}

fn check_name(name: &str) -> Result<(), Error> {
    let refusal = match name.chars().count() {
        0 => Refusal::new("name_needed", "请填写名称", "give it a name"),
        1..=MAX_NAME_CHARS => return Ok(()),
        _ => Refusal::new(
            "name_too_long",
            format!("名称最多 {MAX_NAME_CHARS} 个字"),
            format!("a name has at most {MAX_NAME_CHARS} characters"),
        ),
    };
    Err(Error::invalid(refusal.at("name")))
}
