//! Canned answers: ready texts, with places that are there.

use domain::canned::{self, CannedUse};
use domain::{CannedAnswerId, ShopId, Text};
pub use store::canned_answer::CannedAnswerRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{Saved, changed, require_editor, require_reader_of_lists, unless_stale};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// A canned answer as it is to be.
#[derive(Clone, Debug)]
pub struct SaveCannedAnswer {
    /// None adds one.
    pub id: Option<CannedAnswerId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// What is typed to find it.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The words.
    pub text: Text,
    /// What it is picked for.
    pub uses: Vec<CannedUse>,
    /// Only for cases of this shop.
    pub shop_id: Option<ShopId>,
    /// Order in the list.
    pub position: i64,
    /// Whether it can still be picked.
    pub active: bool,
}

/// Adds or changes a canned answer.
///
/// # Errors
/// `Forbidden`; `Invalid`, also for a place that is none; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveCannedAnswer) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = CannedAnswerRow {
        id: cmd.id.unwrap_or_else(|| CannedAnswerId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        title: problems.name(&cmd.title, "title"),
        text: text(&mut problems, &cmd.text),
        uses: CannedUse::ALL.iter().copied().filter(|used| cmd.uses.contains(used)).collect(),
        shop_id: cmd.shop_id,
        position: cmd.position,
        active: cmd.active,
        version: cmd.version,
    };
    let has_use = !row.uses.is_empty();
    problems.unless(has_use, "uses", "required", "请至少选择一个用途", "choose at least one use");
    let known = cmd.shop_id.is_none_or(|shop| ctx.definitions.masters.shop(shop).is_ok());
    problems.unless(known, "shop_id", "no_such_shop", "没有这个店铺", "there is no such shop");
    problems.done()?;
    match cmd.id {
        None => store::canned_answer::insert(tx, &row)?,
        Some(_) => unless_stale(store::canned_answer::update(tx, &row)?)?,
    }
    changed(ctx, "canned_answer", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

// An empty language is filled by the other, as names are: a customer is never sent nothing.
fn text(problems: &mut Problems, given: &Text) -> Text {
    let text = problems.texts(given, "text");
    let is_there = !(text.zh.is_empty() && text.en.is_empty());
    problems.unless(is_there, "text", "required", "请填写内容", "write something");
    for (side, words) in [("text.zh", &text.zh), ("text.en", &text.en)] {
        if let Err(bad) = canned::parts(words) {
            let said = bad.text();
            problems.add(side, "unknown_placeholder", &said.zh, &said.en);
        }
    }
    Text::new(text.get(domain::Lang::Zh), text.get(domain::Lang::En))
}

/// All canned answers in their order.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<CannedAnswerRow>, Error> {
    require_reader_of_lists(actor)?;
    Ok(store::canned_answer::all(conn)?)
}
