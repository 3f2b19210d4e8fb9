//! Persons as whoever manages them sees them.

use domain::{Permission, PersonId};
use store::Conn;

use crate::actor::Actor;
use crate::error::Error;
use crate::person::{self, PersonRow, RoleRow};

/// A person with roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The row.
    pub row: PersonRow,
    /// Roles with their scope.
    pub roles: Vec<RoleRow>,
}

/// One person.
///
/// # Errors
/// `NotFound`, also for those who may not know of persons.
pub fn find(conn: &Conn, actor: &Actor, id: PersonId) -> Result<Person, Error> {
    if !actor.may(Permission::PersonManage, None, None) {
        return Err(Error::NotFound("person"));
    }
    with_roles(conn, person::load(conn, id)?)
}

/// One person by sign-in name.
///
/// # Errors
/// `NotFound`, also for those who may not know of persons.
pub fn find_by_name(conn: &Conn, actor: &Actor, name: &str) -> Result<Person, Error> {
    if !actor.may(Permission::PersonManage, None, None) {
        return Err(Error::NotFound("person"));
    }
    let name = person::sign_in_name(name)?;
    with_roles(conn, store::person::by_name(conn, &name)?.ok_or(Error::NotFound("person"))?)
}

/// Persons after `after`, at most `limit`.
///
/// # Errors
/// `Forbidden`.
pub fn page(conn: &Conn, actor: &Actor, after: Option<PersonId>, limit: u32) -> Result<Vec<Person>, Error> {
    if !actor.may(Permission::PersonManage, None, None) {
        return Err(Error::Forbidden(Permission::PersonManage));
    }
    let rows = store::person::page(conn, after, limit)?;
    rows.into_iter().map(|row| with_roles(conn, row)).collect()
}

fn with_roles(conn: &Conn, row: PersonRow) -> Result<Person, Error> {
    let roles = store::person::roles(conn, row.id)?;
    Ok(Person { row, roles })
}
