//! Articles, barcodes, bundles.

use contract::Page;
use contract::master::{
    ADD_SKU, Barcode, BundlePart, CHANGE_SKU, GET_SKU, PartsRequest, SAVE_BARCODE, SAVE_PARTS, SKUS, SavedRow, Sku,
    SkuQuery,
};
use domain::SkuId;
use operations::master::{barcode, bundle, sku};

use super::saved;
use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&SKUS, Doc::page::<Sku>().query::<SkuQuery>(), list);
    area.add(&GET_SKU, Doc::view::<Sku>(200), get);
    area.add(&ADD_SKU, Doc::view::<SavedRow>(201).body::<Sku>(), add);
    area.add(&CHANGE_SKU, Doc::view::<SavedRow>(200).body::<Sku>(), change);
    area.add(&SAVE_BARCODE, Doc::nothing().body::<Barcode>(), save_barcode);
    area.add(&SAVE_PARTS, Doc::nothing().body::<PartsRequest>(), save_parts);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<SkuQuery>) -> Reply {
    let after = paging.after::<String>()?.unwrap_or_default();
    let rows = server.app.read(|conn| sku::list(conn, caller.actor(), &query.code, &after, paging.one_more()))?;
    ok(&Page::cut(rows, paging.limit, |row| row.code.clone()).map(view))
}

async fn get(server: Server, caller: Caller, Id(id): Id<SkuId>) -> Reply {
    ok(&view(server.app.read(|conn| sku::find(conn, caller.actor(), id))?))
}

async fn add(server: Server, caller: Caller, key: Key, row: Json<Sku>) -> Reply {
    save(server, caller, key, None, row).await
}

async fn change(server: Server, caller: Caller, key: Key, Id(id): Id<SkuId>, row: Json<Sku>) -> Reply {
    save(server, caller, key, Some(id), row).await
}

async fn save(server: Server, caller: Caller, key: Key, id: Option<SkuId>, Json(row): Json<Sku>) -> Reply {
    let command = sku::SaveSku {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        category: row.category,
        brand: row.brand,
        unit: row.unit,
        list_price_minor: row.list_price_minor,
        resalable: row.resalable,
        has_serial: row.has_serial,
        has_lot: row.has_lot,
        supplier_id: row.supplier_id,
        weight_grams: row.weight_grams,
        active: row.active,
    };
    let call = caller.call("sku.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| sku::save(tx, ctx, &command)).await?)
}

async fn save_barcode(server: Server, caller: Caller, key: Key, Id(id): Id<SkuId>, row: Json<Barcode>) -> Reply {
    let Json(row) = row;
    let row = barcode::Barcode { barcode: row.barcode, quantity: row.quantity, active: row.active };
    let call = caller.call("sku.save_barcode", &key);
    done(&server.app.run(call, move |tx, ctx| barcode::save(tx, ctx, id, &row)).await?)
}

async fn save_parts(server: Server, caller: Caller, key: Key, Id(id): Id<SkuId>, row: Json<PartsRequest>) -> Reply {
    let Json(row) = row;
    let part =
        |part: BundlePart| bundle::Part { sku_id: part.sku_id, quantity: part.quantity, money_share: part.money_share };
    let parts: Vec<_> = row.parts.into_iter().map(part).collect();
    let call = caller.call("sku.save_parts", &key);
    done(&server.app.run(call, move |tx, ctx| bundle::save(tx, ctx, id, &parts)).await?)
}

fn view(row: sku::SkuView) -> Sku {
    let barcode = |row: barcode::Barcode| Barcode { barcode: row.barcode, quantity: row.quantity, active: row.active };
    let part =
        |part: bundle::Part| BundlePart { sku_id: part.sku_id, quantity: part.quantity, money_share: part.money_share };
    Sku {
        id: Some(row.id),
        version: row.version,
        code: row.code,
        name: row.name,
        category: row.category,
        brand: row.brand,
        unit: row.unit,
        list_price_minor: row.list_price_minor,
        resalable: row.resalable,
        has_serial: row.has_serial,
        has_lot: row.has_lot,
        supplier_id: row.supplier_id,
        weight_grams: row.weight_grams,
        active: row.active,
        barcodes: row.barcodes.into_iter().map(barcode).collect(),
        parts: row.parts.into_iter().map(part).collect(),
    }
}
