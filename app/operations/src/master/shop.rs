//! Shops: whose orders and cases, in which currency and zone, with which warehouse and calendar.

use domain::{CalendarId, Currency, ShopId, Text, WarehouseId};
use store::Tx;
use store::master::ShopRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, unless_stale};
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// A shop as it is to be.
#[derive(Clone, Debug)]
pub struct SaveShop {
    /// None adds one.
    pub id: Option<ShopId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Short code, part of case numbers.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Platform code such as `taobao`, or `own`.
    pub platform: String,
    /// Its currency. Fixed once the shop has orders.
    pub currency: Currency,
    /// IANA zone name.
    pub zone: String,
    /// Where its returns go.
    pub warehouse_id: Option<WarehouseId>,
    /// Its working calendar.
    pub calendar_id: Option<CalendarId>,
    /// Whether it still takes cases.
    pub active: bool,
}

/// Adds or changes a shop.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NotFound`; `Conflict` when the code is taken, somebody was faster, or orders forbid it.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveShop) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let row = row(ctx, cmd)?;
    if cmd.id.is_none() {
        store::reference::insert_shop(tx, &row)?;
    } else {
        let known = ctx.definitions.masters.shop(row.id)?;
        if known.currency != row.currency && !store::order::search::newest(tx, Some(&[row.id]), None, 1)?.is_empty() {
            let refusal =
                Refusal::new("shop_has_orders", "店铺已有订单，不能更改币种", "a shop with orders keeps its currency");
            return Err(Error::conflict(refusal.at("currency")));
        }
        unless_stale(store::reference::update_shop(tx, &row)?)?;
    }
    changed(ctx, "shop", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

fn row(ctx: &Ctx<'_>, cmd: &SaveShop) -> Result<ShopRow, Error> {
    let masters = &ctx.definitions.masters;
    let mut problems = Problems::default();
    let row = ShopRow {
        id: cmd.id.unwrap_or_else(|| ShopId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        platform: problems.code(&cmd.platform, "platform"),
        currency: cmd.currency,
        zone: problems.zone(&cmd.zone, "zone"),
        warehouse_id: cmd.warehouse_id,
        calendar_id: cmd.calendar_id,
        active: cmd.active,
        version: cmd.version,
    };
    let warehouse = cmd.warehouse_id.is_none_or(|id| masters.warehouse(id).is_some());
    problems.unless(warehouse, "warehouse_id", "unknown", "没有这个仓库", "there is no such warehouse");
    problems.done()?;
    Ok(row)
}
