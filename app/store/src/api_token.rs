//! Bearer tokens of other systems: kept as hashes, each with roles of its own.

use domain::{PersonId, Timestamp, TokenId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::person::{RoleRow, read_role, stored_scope};
use crate::row::Row;

/// A row of `api_token`, without its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// What it is for, unique.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom; the command line has no person.
    pub created_by: Option<PersonId>,
    /// When it ends, if ever.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// Adds a token with its roles.
///
/// # Errors
/// `Constraint` named `api_token.name` when the name is taken; the store's.
pub fn insert(tx: &Tx<'_>, token: &TokenRow, token_hash: &[u8; 32], roles: &[RoleRow]) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO api_token (id, name, token_hash, created_at, created_by, expires_at)
             VALUES (:id, :name, :token_hash, :created_at, :created_by, :expires_at)"
        ),
        named_params! {
            ":id": token.id, ":name": token.name, ":token_hash": *token_hash, ":created_at": token.created_at,
            ":created_by": token.created_by, ":expires_at": token.expires_at,
        },
    )?;
    for role in roles {
        let (shop_id, warehouse_id) = stored_scope(role);
        tx.exec(
            sql!(
                "INSERT INTO api_token_role (token_id, role, shop_id, warehouse_id)
                 VALUES (:token_id, :role, :shop_id, :warehouse_id) ON CONFLICT DO NOTHING"
            ),
            named_params! {
                ":token_id": token.id, ":role": role.role, ":shop_id": shop_id, ":warehouse_id": warehouse_id,
            },
        )?;
    }
    Ok(())
}

/// The token with this hash; revoked ones too.
///
/// # Errors
/// The store's.
pub fn by_hash(conn: &Conn, token_hash: &[u8; 32]) -> Result<Option<TokenRow>, Error> {
    let sql = sql!(
        "SELECT id, name, created_at, created_by, expires_at, revoked_at FROM api_token WHERE token_hash = :token_hash"
    );
    conn.one(sql, named_params! { ":token_hash": *token_hash }, read)
}

/// A token by id.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: TokenId) -> Result<Option<TokenRow>, Error> {
    let sql = sql!("SELECT id, name, created_at, created_by, expires_at, revoked_at FROM api_token WHERE id = :id");
    conn.one(sql, named_params! { ":id": id }, read)
}

/// A token by name.
///
/// # Errors
/// The store's.
pub fn by_name(conn: &Conn, name: &str) -> Result<Option<TokenRow>, Error> {
    let sql = sql!("SELECT id, name, created_at, created_by, expires_at, revoked_at FROM api_token WHERE name = :name");
    conn.one(sql, named_params! { ":name": name }, read)
}

/// Tokens after `after` by id, at most `limit`; revoked ones too.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, after: Option<TokenId>, limit: u32) -> Result<Vec<TokenRow>, Error> {
    let after = after.map_or(0, TokenId::get);
    let sql = sql!(
        "SELECT id, name, created_at, created_by, expires_at, revoked_at FROM api_token
         WHERE id > :after ORDER BY id LIMIT :limit"
    );
    conn.all(sql, named_params! { ":after": after, ":limit": limit }, read)
}

/// The roles a token acts with, in a stable order.
///
/// # Errors
/// The store's.
pub fn roles(conn: &Conn, id: TokenId) -> Result<Vec<RoleRow>, Error> {
    let sql = sql!(
        "SELECT role, shop_id, warehouse_id FROM api_token_role WHERE token_id = :id
         ORDER BY role, shop_id, warehouse_id"
    );
    conn.all(sql, named_params! { ":id": id }, read_role)
}

/// Ends a token; `false` when it was ended before. Its name stays taken, so that logs stay unambiguous.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &Tx<'_>, id: TokenId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!("UPDATE api_token SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL");
    Ok(tx.exec(sql, named_params! { ":at": at, ":id": id })? == 1)
}

fn read(row: &Row<'_>) -> Result<TokenRow, Error> {
    Ok(TokenRow {
        id: row.get("id")?,
        name: row.get("name")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}
