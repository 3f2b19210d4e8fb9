//! Articles by code, barcode or name. They belong to no shop; every member of staff reads them.

use domain::SkuId;
use store::sku::{self, SkuRow};

use super::{Asked, MAX_FOUND};
use crate::error::Error;

/// Articles whose names are looked through at most: names have no index, and a search must answer at once.
const NAMES_MAX: u32 = 20_000;

/// The articles, and those that are exactly what was asked for.
pub(super) fn find(asked: &Asked<'_>) -> Result<(Vec<SkuRow>, Vec<SkuId>), Error> {
    let Asked { conn, text, .. } = *asked;
    let mut rows = Vec::new();
    let mut exact = Vec::new();
    if let Some(row) = sku::by_code(conn, text)? {
        exact.push(row.id);
        rows.push(row);
    }
    if let Some((id, _)) = sku::by_barcode(conn, text)? {
        exact.push(id);
        rows.extend(sku::find(conn, id)?);
    }
    rows.extend(sku::page(conn, text, "", MAX_FOUND)?);
    // What has no letter is a number, and no name.
    if rows.is_empty() && text.chars().any(char::is_alphabetic) {
        rows.extend(sku::by_name(conn, text, NAMES_MAX, MAX_FOUND)?);
    }
    let mut seen = Vec::new();
    rows.retain(|row: &SkuRow| {
        let is_new = !seen.contains(&row.id);
        seen.push(row.id);
        is_new
    });
    rows.truncate(MAX_FOUND as usize);
    exact.dedup();
    Ok((rows, exact))
}
