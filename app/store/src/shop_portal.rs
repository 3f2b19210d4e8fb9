//! Where a shop's customers open the portal, and which pages may frame it.

use domain::ShopId;

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `shop_portal`; a shop without one has empty values at version 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopPortalRow {
    /// Whose.
    pub shop_id: ShopId,
    /// Scheme and host, such as `https://return.example.com`; empty when this server's own address is meant.
    pub url: String,
    /// Origins that may frame the portal, one a line.
    pub embed_origins: String,
    /// Row version.
    pub version: i64,
}

/// All shops that said something.
///
/// # Errors
/// The store's.
pub fn all(conn: &Conn) -> Result<Vec<ShopPortalRow>, Error> {
    conn.all(sql!("SELECT shop_id, url, embed_origins, version FROM shop_portal ORDER BY shop_id"), (), |row| {
        Ok(ShopPortalRow {
            shop_id: row.get("shop_id")?,
            url: row.get("url")?,
            embed_origins: row.get("embed_origins")?,
            version: row.get("version")?,
        })
    })
}

/// Writes what a shop says when the version that stands is still `row.version`, 0 for none; false when it is not.
///
/// # Errors
/// The store's.
pub fn put(tx: &Tx<'_>, row: &ShopPortalRow) -> Result<bool, Error> {
    let sql = sql!(
        "INSERT INTO shop_portal (shop_id, url, embed_origins) SELECT :shop_id, :url, :embed_origins
         WHERE :version = 0 OR EXISTS (SELECT 1 FROM shop_portal WHERE shop_id = :shop_id)
         ON CONFLICT (shop_id) DO UPDATE SET url = :url, embed_origins = :embed_origins, version = version + 1
         WHERE version = :version"
    );
    let params = named_params! {
        ":shop_id": row.shop_id, ":url": row.url, ":embed_origins": row.embed_origins, ":version": row.version,
    };
    Ok(tx.exec(sql, params)? == 1)
}
