//! The releases of the template, newest first.

use domain::Permission;
use store::Conn;
pub use store::release::ReleaseRow;

use crate::actor::Actor;
use crate::error::Error;

/// All releases with the name of who applied each.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<(ReleaseRow, Option<String>)>, Error> {
    if !actor.may_somewhere(Permission::TemplateManage) {
        return Err(Error::Forbidden(Permission::TemplateManage));
    }
    let mut found = Vec::new();
    for row in store::release::all(conn)? {
        let name = match row.applied_by {
            Some(id) => store::person::find(conn, id)?.map(|person| person.display_name),
            None => None,
        };
        found.push((row, name));
    }
    Ok(found)
}
