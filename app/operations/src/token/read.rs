//! Bearer tokens as whoever manages persons sees them; never their secrets.

use domain::{Permission, TokenId};
use store::Conn;
use store::api_token::TokenRow;

use crate::actor::Actor;
use crate::error::Error;
use crate::person::RoleRow;

/// A token with roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The row.
    pub row: TokenRow,
    /// Roles with their scope.
    pub roles: Vec<RoleRow>,
}

/// Tokens after `after`, at most `limit`; ended ones too.
///
/// # Errors
/// `Forbidden`.
pub fn page(conn: &Conn, actor: &Actor, after: Option<TokenId>, limit: u32) -> Result<Vec<Token>, Error> {
    require(actor)?;
    let rows = store::api_token::page(conn, after, limit)?;
    rows.into_iter().map(|row| with_roles(conn, row)).collect()
}

/// One token.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn find(conn: &Conn, actor: &Actor, id: TokenId) -> Result<Token, Error> {
    require(actor)?;
    with_roles(conn, store::api_token::find(conn, id)?.ok_or(Error::NotFound("token"))?)
}

/// One token by name.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn find_by_name(conn: &Conn, actor: &Actor, name: &str) -> Result<Token, Error> {
    require(actor)?;
    with_roles(conn, store::api_token::by_name(conn, name.trim())?.ok_or(Error::NotFound("token"))?)
}

fn require(actor: &Actor) -> Result<(), Error> {
    match actor.may(Permission::PersonManage, None, None) {
        true => Ok(()),
        false => Err(Error::Forbidden(Permission::PersonManage)),
    }
}

fn with_roles(conn: &Conn, row: TokenRow) -> Result<Token, Error> {
    let roles = store::api_token::roles(conn, row.id)?;
    Ok(Token { row, roles })
}
