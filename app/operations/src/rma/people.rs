//! Whom a flow step or a rule means: a role at the case's places, one person, who filed it, or a field of the form.

use domain::{PersonId, ShopId, WarehouseId};
use engine::flow::{Approver, Candidates, Within};
use store::Conn;
use store::rma::RmaRow;

use crate::error::Error;

/// Whom a to-do is for: named persons, or everybody who holds the role at that place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct People {
    /// The pool, when nobody is named.
    pub(crate) role: String,
    /// The pool's shop; `None` for any.
    pub(crate) shop: Option<ShopId>,
    /// The pool's warehouse; `None` for any.
    pub(crate) warehouse: Option<WarehouseId>,
    /// Named persons, or the holders of the role.
    pub(crate) persons: Vec<PersonId>,
    /// Whether `persons` are meant by name.
    pub(crate) named: bool,
}

/// Finds the people for a case whose goods are of `categories`. `if_nobody` names the role that gets it when nobody
/// is found.
pub(crate) fn people_of(
    conn: &Conn,
    rma: &RmaRow,
    approver: &Approver,
    if_nobody: Option<&str>,
    categories: &[String],
) -> Result<People, Error> {
    let found = match approver.candidates(categories.iter().map(String::as_str)) {
        Candidates::Roles { roles, of, otherwise } => {
            let named = roles.first().copied().unwrap_or_default();
            let first = pool(conn, rma, named, of)?;
            match otherwise.filter(|role| first.persons.is_empty() && *role != named) {
                Some(role) => pool(conn, rma, role, of)?,
                None => first,
            }
        }
        Candidates::Person(name) => by_name(store::person::by_name(conn, name)?.map(|person| person.id)),
        Candidates::Initiator => by_name(initiator(rma)),
        Candidates::FormField(field) => {
            let answer = super::answers::one(conn, rma, field)?;
            let name = answer.as_ref().and_then(engine::value::Value::as_text).unwrap_or_default();
            by_name(store::person::by_name(conn, name)?.map(|person| person.id))
        }
    };
    match if_nobody.filter(|_| found.persons.is_empty()) {
        Some(role) => pool(conn, rma, role, Within::Any),
        None => Ok(found),
    }
}

fn pool(conn: &Conn, rma: &RmaRow, role: &str, of: Within) -> Result<People, Error> {
    let shop = matches!(of, Within::Shop).then_some(rma.shop_id);
    let warehouse = if matches!(of, Within::Warehouse) { rma.warehouse_id } else { None };
    let (at_shop, at_warehouse) = (shop.map_or(0, ShopId::get), warehouse.map_or(0, WarehouseId::get));
    let persons = store::role_holder::of_role(conn, role, at_shop, at_warehouse)?;
    Ok(People { role: role.to_owned(), shop, warehouse, persons, named: false })
}

fn by_name(person: Option<PersonId>) -> People {
    let persons = person.into_iter().collect();
    People { role: String::new(), shop: None, warehouse: None, persons, named: true }
}

fn initiator(rma: &RmaRow) -> Option<PersonId> {
    let id = rma.filed_by.strip_prefix("person:")?;
    id.parse().ok().map(PersonId::from_raw)
}
