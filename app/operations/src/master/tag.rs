//! Tags that staff give customers and block-list entries.

use domain::Text;
use serde::{Deserialize, Serialize};
use store::reference::list::TagRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{changed, require_editor, require_staff};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// Adds or renames a tag.
///
/// # Errors
/// `Forbidden`, `Invalid`.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, tag: &Tag) -> Result<(), Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = TagRow { code: problems.code(&tag.code, "code"), name: problems.name(&tag.name, "name") };
    problems.done()?;
    store::reference::list::put_tag(tx, &row)?;
    changed(ctx, "tag", 0, false);
    Ok(())
}

/// All tags.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<Tag>, Error> {
    require_staff(actor)?;
    let rows = store::reference::list::tags(conn)?;
    Ok(rows.into_iter().map(|row| Tag { code: row.code, name: row.name }).collect())
}
