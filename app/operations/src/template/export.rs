//! Writing the release in force out as text.

use domain::{Permission, ReleaseId};
use store::Conn;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;

/// The release in force as text with stable ids, or an older one.
///
/// # Errors
/// `Forbidden`; `Conflict` before a template was applied; `NotFound`.
pub fn export(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    release: Option<ReleaseId>,
) -> Result<String, Error> {
    if !actor.may_somewhere(Permission::TemplateManage) {
        return Err(Error::Forbidden(Permission::TemplateManage));
    }
    let release = match release {
        Some(id) => {
            store::release::find(conn, id)?.ok_or(Error::NotFound("release"))?;
            definitions.release(conn, id)?
        }
        None => definitions.current()?.clone(),
    };
    engine::template::to_yaml(release.template.template()).map_err(|error| Error::internal(error.to_string()))
}
