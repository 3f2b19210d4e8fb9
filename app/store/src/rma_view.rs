//! What the case page shows of lines and counted goods, with the articles' names.

use domain::state::{Bearer, DispositionKind, Reception};
use domain::{RmaId, RmaLineId, SkuId, Timestamp, UnitGroupId};

use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};

/// A line with its article and its order line.
#[derive(Clone, Debug)]
pub struct LineDetail {
    /// The line.
    pub line: crate::rma_line::RmaLineRow,
    /// The article: id, code, name, category.
    pub sku: Option<(SkuId, String, String, String)>,
    /// Ordered on its order line.
    pub ordered: i64,
    /// Shipped on its order line.
    pub shipped: i64,
}

/// A counted group with its grade.
#[derive(Clone, Debug)]
pub struct UnitDetail {
    /// Its id.
    pub id: UnitGroupId,
    /// Its line.
    pub rma_line_id: RmaLineId,
    /// How many.
    pub quantity: i64,
    /// How they arrived.
    pub reception: Reception,
    /// Serial.
    pub serial: Option<String>,
    /// Lot.
    pub lot: Option<String>,
    /// Grade.
    pub grade_id: Option<domain::GradeId>,
    /// Who is liable.
    pub liability: Option<Bearer>,
    /// The last disposition.
    pub disposition: Option<DispositionKind>,
    /// When it was counted.
    pub counted_at: Timestamp,
}

/// A case's lines with their articles.
///
/// # Errors
/// The store's.
pub fn lines(conn: &Conn, rma: RmaId) -> Result<Vec<LineDetail>, Error> {
    let rows = crate::rma_line::of_rma(conn, rma)?;
    let mut details = Vec::with_capacity(rows.len());
    for line in rows {
        let article = sql!("SELECT id, code, name, category FROM sku WHERE id = :id");
        let sku = match line.sku_id {
            Some(id) => conn.one(article, named_params! { ":id": id }, |row| {
                Ok((row.get("id")?, row.get("code")?, row.get("name")?, row.get("category")?))
            })?,
            None => None,
        };
        let sold = sql!("SELECT ordered, shipped FROM order_line WHERE id = :id");
        let sold = match line.order_line_id {
            Some(id) => {
                conn.one(sold, named_params! { ":id": id }, |row| Ok((row.get("ordered")?, row.get("shipped")?)))?
            }
            None => None,
        };
        let (ordered, shipped) = sold.unwrap_or((0, 0));
        details.push(LineDetail { line, sku, ordered, shipped });
    }
    Ok(details)
}

/// A case's counted goods.
///
/// # Errors
/// The store's.
pub fn units(conn: &Conn, rma: RmaId) -> Result<Vec<UnitDetail>, Error> {
    conn.all(sql!(include_str!("rma_view/units.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok(UnitDetail {
            id: row.get("id")?,
            rma_line_id: row.get("rma_line_id")?,
            quantity: row.get("quantity")?,
            reception: row.get("reception")?,
            serial: row.get("serial")?,
            lot: row.get("lot")?,
            grade_id: row.get("grade_id")?,
            liability: row.get("liability")?,
            disposition: row.get("disposition")?,
            counted_at: row.get("counted_at")?,
        })
    })
}
