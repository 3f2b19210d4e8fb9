//! Personal values as a reader gets them: whole, masked or absent, each field by the gate.

use domain::{ContactId, Permission, ShopId};
use serde::{Deserialize, Serialize};
use store::Conn;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};

/// The personal fields, as roles mask them.
pub const FIELDS: &[&str] = &["name", "phone", "email", "address", "nickname"];

/// A contact as a reader gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Its id.
    pub id: ContactId,
    /// Full name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Name on the platform.
    pub nickname: Option<String>,
    /// Which fields are masked and can be shown by a logged act.
    pub masked: Vec<String>,
    /// Whether the values were erased.
    pub erased: bool,
}

/// How a personal field comes to a reader who sees the row by `permission` at `shop`.
#[must_use]
pub fn sight(
    definitions: &Definitions,
    actor: &Actor,
    permission: Permission,
    shop: Option<ShopId>,
    field: &str,
) -> Sight {
    gate::sight(definitions, actor, permission, (shop, None), &format!("contact.{field}"))
}

/// Which personal values an act has shown. The values themselves are read after its commit: an answer is remembered with
/// its key, and what is erased later must not live on there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whose.
    pub contact: ContactId,
    /// The fields, of `FIELDS`.
    pub fields: Vec<String>,
}

/// The values that an act has shown; all others are absent.
///
/// # Errors
/// `NotFound`; the store's.
pub fn read_shown(conn: &Conn, shown: &Shown) -> Result<ContactView, Error> {
    let row = store::contact::find(conn, shown.contact)?.ok_or(Error::NotFound("contact"))?;
    let show = |field: &str, value: Option<String>| value.filter(|_| shown.fields.iter().any(|one| one == field));
    Ok(ContactView {
        id: shown.contact,
        name: show("name", row.name),
        phone: show("phone", row.phone),
        email: show("email", row.email),
        address: show("address", row.address),
        nickname: show("nickname", row.nickname),
        masked: Vec::new(),
        erased: row.erased_at.is_some(),
    })
}

/// Reads a contact through the gate.
///
/// # Errors
/// The store's.
pub fn view(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    permission: Permission,
    shop: Option<ShopId>,
    id: ContactId,
) -> Result<Option<ContactView>, Error> {
    let Some(row) = store::contact::find(conn, id)? else { return Ok(None) };
    let mut masked = Vec::new();
    let mut show = |field: &str, value: Option<String>| {
        let sight = sight(definitions, actor, permission, shop, field);
        if sight == Sight::Masked && value.is_some() {
            masked.push(field.to_owned());
        }
        gate::shown(sight, value)
    };
    Ok(Some(ContactView {
        id,
        name: show("name", row.name),
        phone: show("phone", row.phone),
        email: show("email", row.email),
        address: show("address", row.address),
        nickname: show("nickname", row.nickname),
        masked,
        erased: row.erased_at.is_some(),
    }))
}
