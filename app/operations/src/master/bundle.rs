//! Bundles: what they are made of and how their money is shared. Sold bundles keep the parts they were sold with.

use domain::SkuId;
use serde::{Deserialize, Serialize};
use store::sku::PartRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{changed, require_editor};
use crate::context::Ctx;
use crate::error::Error;

/// A part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The article inside.
    pub sku_id: SkuId,
    /// Base units of it in one bundle.
    pub quantity: i64,
    /// Its weight when the bundle's money is shared.
    pub money_share: i64,
}

/// Replaces the parts of a bundle; none makes it a plain article again.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NotFound`.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, bundle: SkuId, parts: &[Part]) -> Result<(), Error> {
    require_editor(ctx)?;
    store::sku::find(tx, bundle)?.ok_or(Error::NotFound("sku"))?;
    let mut problems = Problems::default();
    for (index, part) in parts.iter().enumerate() {
        check_part(tx, bundle, parts, index, part, &mut problems)?;
    }
    problems.done()?;
    let row =
        |part: &Part| PartRow { part_sku_id: part.sku_id, quantity: part.quantity, money_share: part.money_share };
    store::sku::set_parts(tx, bundle, &parts.iter().map(row).collect::<Vec<_>>())?;
    changed(ctx, "sku", bundle.get(), false);
    Ok(())
}

fn check_part(
    conn: &Conn,
    bundle: SkuId,
    parts: &[Part],
    index: usize,
    part: &Part,
    problems: &mut Problems,
) -> Result<(), Error> {
    let at = |field: &str| format!("parts[{index}].{field}");
    let known = store::sku::find(conn, part.sku_id)?.is_some() && part.sku_id != bundle;
    problems.unless(known, &at("sku_id"), "unknown", "没有这个商品", "there is no such article");
    let plain = store::sku::parts(conn, part.sku_id)?.is_empty();
    problems.unless(
        plain,
        &at("sku_id"),
        "nested_bundle",
        "组合装不能再包含组合装",
        "a bundle cannot contain a bundle",
    );
    let once = !parts.iter().take(index).any(|other| other.sku_id == part.sku_id);
    problems.unless(once, &at("sku_id"), "duplicate", "同一商品只能出现一次", "an article stands in a bundle once");
    let quantity = (1..=1_000_000).contains(&part.quantity);
    problems.unless(quantity, &at("quantity"), "out_of_range", "数量应为正整数", "is a positive whole number");
    let share = (0..=1_000_000_000_000).contains(&part.money_share);
    problems.unless(share, &at("money_share"), "out_of_range", "分摊权重不能为负", "a weight is not negative");
    Ok(())
}

pub(super) fn of_sku(conn: &Conn, bundle: SkuId) -> Result<Vec<Part>, Error> {
    let rows = store::sku::parts(conn, bundle)?;
    let part = |row: PartRow| Part { sku_id: row.part_sku_id, quantity: row.quantity, money_share: row.money_share };
    Ok(rows.into_iter().map(part).collect())
}
