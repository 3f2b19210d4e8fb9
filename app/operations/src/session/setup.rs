//! The first account by a one-time link that the server prints when nobody can sign in yet.

use domain::{Lang, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::person::add::{self, AddPerson};
use crate::person::{self, RoleRow};

/// How long a link is good.
pub const LINK_MS: i64 = 24 * 3_600_000;

/// Offers a link while nobody exists; `false` when somebody does, and no link is made.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn offer(tx: &Tx<'_>, ctx: &mut Ctx<'_>, token_hash: &[u8; 32]) -> Result<bool, Error> {
    person::require_manager(ctx)?;
    if store::person::any(tx)? {
        return Ok(false);
    }
    store::setup_link::replace(tx, token_hash, ctx.now, ctx.now.plus_ms(LINK_MS))?;
    Ok(true)
}

/// Refuses a link that is not good, before anything slow is done for it.
///
/// # Errors
/// `NotFound`.
pub fn check(conn: &Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<(), Error> {
    let good = !store::person::any(conn)? && store::setup_link::is_open(conn, token_hash, now)?;
    if good { Ok(()) } else { Err(Error::NotFound("setup_link")) }
}

/// The first account.
#[derive(Clone, Debug)]
pub struct Redeem {
    /// Hash of the link's token.
    pub token_hash: [u8; 32],
    /// The sign-in name.
    pub name: String,
    /// The name others see.
    pub display_name: Option<String>,
    /// Of `password::hash`.
    pub password_hash: String,
    /// The language they read.
    pub lang: Lang,
}

/// The account made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// Its id.
    pub id: PersonId,
}

/// Makes the first account with the role that the template names for it. The link is used up.
///
/// # Errors
/// `NotFound` when the link is unknown, used, over, or somebody was added meanwhile; `Invalid` for the name;
/// `Conflict` without a template.
pub fn redeem(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Redeem) -> Result<Redeemed, Error> {
    if store::person::any(tx)? || !store::setup_link::redeem(tx, &cmd.token_hash, ctx.now)? {
        return Err(Error::NotFound("setup_link"));
    }
    ctx.definitions.current()?;
    let role = ctx.definitions.bootstrap_role().ok_or_else(no_bootstrap_role)?;
    let first = AddPerson {
        name: cmd.name.clone(),
        display_name: cmd.display_name.clone(),
        password_hash: Some(cmd.password_hash.clone()),
        lang: cmd.lang,
        roles: vec![RoleRow { role: role.to_owned(), shop_id: None, warehouse_id: None }],
    };
    let added = add::insert(tx, ctx, &first)?;
    Ok(Redeemed { id: added.id })
}

/// The words for a template that names no role for the first account.
#[must_use]
pub fn no_bootstrap_role() -> Error {
    Error::conflict(
        Refusal::new(
            "no_bootstrap_role",
            "当前模板没有指定首个账号的角色",
            "the template in force names no role for the first account",
        )
        .help("请用 --role 指定角色", "name a role with --role"),
    )
}
