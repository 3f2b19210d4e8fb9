//! Persons and the roles they hold: added, changed, given and taken away by whoever manages persons everywhere.

pub mod add;
pub mod change;
pub mod change_own_language;
pub mod change_own_password;
pub mod grant_role;
pub mod names;
pub mod reach;
pub mod read;
pub mod revoke_role;
pub mod role;
pub mod set_password;

pub use store::person::{PersonRow, RoleRow};

use domain::{Permission, PersonId};
use store::Conn;

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};

/// Most characters of a sign-in name and of a name shown.
pub const MAX_NAME_CHARS: usize = 64;

/// A sign-in name as it is stored and compared: trimmed, lower case.
///
/// # Errors
/// `Invalid` at `name` when it is empty, too long, or holds spaces or control characters.
pub fn sign_in_name(text: &str) -> Result<String, Error> {
    let name = text.trim().to_lowercase();
    let fits = (1..=MAX_NAME_CHARS).contains(&name.chars().count());
    if fits && name.chars().all(|letter| letter.is_alphanumeric() || "._-@+".contains(letter)) {
        return Ok(name);
    }
    Err(Error::invalid(
        Refusal::new(
            "name_malformed",
            format!("登录名由字母、数字、汉字和 . _ - @ + 组成，最长 {MAX_NAME_CHARS} 个字符"),
            format!("a sign-in name has letters, digits and . _ - @ +, at most {MAX_NAME_CHARS} of them"),
        )
        .at("name"),
    ))
}

/// A name shown to others: trimmed, not empty, one line.
pub(crate) fn shown_name(text: &str, field: &str) -> Result<String, Error> {
    let name = text.trim();
    if (1..=MAX_NAME_CHARS).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(Error::invalid(
        Refusal::new(
            "name_malformed",
            format!("名称不能为空，最长 {MAX_NAME_CHARS} 个字符"),
            format!("a name is not empty and has at most {MAX_NAME_CHARS} characters"),
        )
        .at(field),
    ))
}

/// Persons are managed by whoever may do so everywhere: a right limited to a shop would let its holder lift the limit.
pub(crate) fn require_manager(ctx: &Ctx<'_>) -> Result<(), Error> {
    ctx.require(Permission::PersonManage, Place::default())
}

/// Whether a person manages persons everywhere.
pub(crate) fn manages(conn: &Conn, ctx: &Ctx<'_>, id: PersonId) -> Result<bool, Error> {
    let everywhere = |role: &RoleRow| role.shop_id.is_none() && role.warehouse_id.is_none();
    let grants = |role: &RoleRow| role::grants(ctx.definitions, &role.role, Permission::PersonManage);
    Ok(store::person::roles(conn, id)?.iter().any(|role| everywhere(role) && grants(role)))
}

/// Refuses to leave nobody who can manage persons: asked after a change, inside the transaction.
pub(crate) fn require_some_manager(conn: &Conn, ctx: &Ctx<'_>) -> Result<(), Error> {
    let manages = |role: &&str| role::grants(ctx.definitions, role, Permission::PersonManage);
    let roles: Vec<&str> = role::ids(ctx.definitions).into_iter().filter(manages).collect();
    if held_everywhere(conn, &roles)? { Ok(()) } else { Err(last_manager()) }
}

/// Whether an active person holds one of the roles for all shops and warehouses.
pub(crate) fn held_everywhere(conn: &Conn, roles: &[impl AsRef<str>]) -> Result<bool, Error> {
    for role in roles {
        if !store::person::holders_everywhere(conn, role.as_ref(), 1)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The refusal of a change after which nobody could manage persons.
pub(crate) fn last_manager() -> Error {
    Error::conflict(
        Refusal::new(
            "last_manager",
            "系统里至少要有一个启用的、不限店铺和仓库的人员管理者",
            "at least one active person must be able to manage persons everywhere",
        )
        .help("请先把人员管理的角色授予另一个人", "give another person a role that manages persons first"),
    )
}

/// The person, or `NotFound`.
pub(crate) fn load(conn: &Conn, id: PersonId) -> Result<PersonRow, Error> {
    store::person::find(conn, id)?.ok_or(Error::NotFound("person"))
}
