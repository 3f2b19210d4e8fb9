//! Shops, warehouses, carriers, suppliers, teams.

use contract::master::{
    ADD_CARRIER, ADD_SHOP, ADD_SUPPLIER, ADD_TEAM, ADD_WAREHOUSE, CARRIERS, CHANGE_CARRIER, CHANGE_SHOP,
    CHANGE_SUPPLIER, CHANGE_TEAM, CHANGE_WAREHOUSE, Carrier, SAVE_SHOP_PORTAL, SHOP_PORTALS, SHOPS, SUPPLIERS,
    SavedRow, Shop, ShopPortal, Supplier, TEAMS, Team, WAREHOUSES, Warehouse,
};
use domain::{CarrierId, ShopId, SupplierId, TeamId, WarehouseId};
use operations::master::{carrier, require_staff, shop, shop_portal, supplier, team, warehouse};
use operations::masters::{CarrierRow, ShopRow, WarehouseRow};

use super::saved;
use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&SHOPS, Doc::list::<Shop>(), shops);
    area.add(&ADD_SHOP, Doc::view::<SavedRow>(201).body::<Shop>(), add_shop);
    area.add(&CHANGE_SHOP, Doc::view::<SavedRow>(200).body::<Shop>(), change_shop);
    area.add(&SHOP_PORTALS, Doc::list::<ShopPortal>(), shop_portals);
    area.add(&SAVE_SHOP_PORTAL, Doc::view::<SavedRow>(200).body::<ShopPortal>(), save_shop_portal);
    area.add(&WAREHOUSES, Doc::list::<Warehouse>(), warehouses);
    area.add(&ADD_WAREHOUSE, Doc::view::<SavedRow>(201).body::<Warehouse>(), add_warehouse);
    area.add(&CHANGE_WAREHOUSE, Doc::view::<SavedRow>(200).body::<Warehouse>(), change_warehouse);
    area.add(&CARRIERS, Doc::list::<Carrier>(), carriers);
    area.add(&ADD_CARRIER, Doc::view::<SavedRow>(201).body::<Carrier>(), add_carrier);
    area.add(&CHANGE_CARRIER, Doc::view::<SavedRow>(200).body::<Carrier>(), change_carrier);
    area.add(&SUPPLIERS, Doc::list::<Supplier>(), suppliers);
    area.add(&ADD_SUPPLIER, Doc::view::<SavedRow>(201).body::<Supplier>(), add_supplier);
    area.add(&CHANGE_SUPPLIER, Doc::view::<SavedRow>(200).body::<Supplier>(), change_supplier);
    area.add(&TEAMS, Doc::list::<Team>(), teams);
    area.add(&ADD_TEAM, Doc::view::<SavedRow>(201).body::<Team>(), add_team);
    area.add(&CHANGE_TEAM, Doc::view::<SavedRow>(200).body::<Team>(), change_team);
}

async fn shops(server: Server, caller: Caller) -> Reply {
    require_staff(caller.actor())?;
    let definitions = server.app.definitions();
    let view = |row: &ShopRow| Shop {
        id: Some(row.id),
        version: row.version,
        code: row.code.clone(),
        name: row.name.clone(),
        platform: row.platform.clone(),
        currency: row.currency,
        zone: row.zone.clone(),
        warehouse_id: row.warehouse_id,
        calendar_id: row.calendar_id,
        active: row.active,
    };
    ok(&definitions.masters.shops().iter().map(view).collect::<Vec<_>>())
}

async fn add_shop(server: Server, caller: Caller, key: Key, row: Json<Shop>) -> Reply {
    save_shop(server, caller, key, None, row).await
}

async fn change_shop(server: Server, caller: Caller, key: Key, Id(id): Id<ShopId>, row: Json<Shop>) -> Reply {
    save_shop(server, caller, key, Some(id), row).await
}

async fn save_shop(server: Server, caller: Caller, key: Key, id: Option<ShopId>, Json(row): Json<Shop>) -> Reply {
    let command = shop::SaveShop {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        platform: row.platform,
        currency: row.currency,
        zone: row.zone,
        warehouse_id: row.warehouse_id,
        calendar_id: row.calendar_id,
        active: row.active,
    };
    let call = caller.call("shop.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| shop::save(tx, ctx, &command)).await?)
}

async fn shop_portals(server: Server, caller: Caller) -> Reply {
    require_staff(caller.actor())?;
    let definitions = server.app.definitions();
    let view = |row: &ShopRow| {
        let portal = definitions.masters.portal(row.id);
        ShopPortal {
            shop: Some(row.id),
            version: portal.version,
            url: portal.url,
            embed_origins: portal.embed_origins.lines().map(str::to_owned).collect(),
        }
    };
    ok(&definitions.masters.shops().iter().map(view).collect::<Vec<_>>())
}

async fn save_shop_portal(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<ShopId>,
    Json(row): Json<ShopPortal>,
) -> Reply {
    let command =
        shop_portal::SaveShopPortal { shop: id, version: row.version, url: row.url, embed_origins: row.embed_origins };
    let call = caller.call("shop_portal.save", &key);
    saved(false, &server.app.run(call, move |tx, ctx| shop_portal::save(tx, ctx, &command)).await?)
}

async fn warehouses(server: Server, caller: Caller) -> Reply {
    require_staff(caller.actor())?;
    let definitions = server.app.definitions();
    let view = |row: &WarehouseRow| Warehouse {
        id: Some(row.id),
        version: row.version,
        code: row.code.clone(),
        name: row.name.clone(),
        contact_name: row.contact_name.clone(),
        contact_phone: row.contact_phone.clone(),
        address: row.address.clone(),
        notes: row.notes.clone(),
        active: row.active,
    };
    ok(&definitions.masters.warehouses().iter().map(view).collect::<Vec<_>>())
}

async fn add_warehouse(server: Server, caller: Caller, key: Key, row: Json<Warehouse>) -> Reply {
    save_warehouse(server, caller, key, None, row).await
}

async fn change_warehouse(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<WarehouseId>,
    row: Json<Warehouse>,
) -> Reply {
    save_warehouse(server, caller, key, Some(id), row).await
}

async fn save_warehouse(
    server: Server,
    caller: Caller,
    key: Key,
    id: Option<WarehouseId>,
    Json(row): Json<Warehouse>,
) -> Reply {
    let command = warehouse::SaveWarehouse {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        contact_name: row.contact_name,
        contact_phone: row.contact_phone,
        address: row.address,
        notes: row.notes,
        active: row.active,
    };
    let call = caller.call("warehouse.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| warehouse::save(tx, ctx, &command)).await?)
}

async fn carriers(server: Server, caller: Caller) -> Reply {
    require_staff(caller.actor())?;
    let definitions = server.app.definitions();
    let view = |row: &CarrierRow| Carrier {
        id: Some(row.id),
        version: row.version,
        code: row.code.clone(),
        name: row.name.clone(),
        tracking_pattern: row.tracking_pattern.clone(),
        check_digit: row.check_digit,
        active: row.active,
    };
    ok(&definitions.masters.carriers().iter().map(view).collect::<Vec<_>>())
}

async fn add_carrier(server: Server, caller: Caller, key: Key, row: Json<Carrier>) -> Reply {
    save_carrier(server, caller, key, None, row).await
}

async fn change_carrier(server: Server, caller: Caller, key: Key, Id(id): Id<CarrierId>, row: Json<Carrier>) -> Reply {
    save_carrier(server, caller, key, Some(id), row).await
}

async fn save_carrier(
    server: Server,
    caller: Caller,
    key: Key,
    id: Option<CarrierId>,
    Json(row): Json<Carrier>,
) -> Reply {
    let command = carrier::SaveCarrier {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        tracking_pattern: row.tracking_pattern,
        check_digit: row.check_digit,
        active: row.active,
    };
    let call = caller.call("carrier.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| carrier::save(tx, ctx, &command)).await?)
}

async fn suppliers(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| supplier::list(conn, caller.actor()))?;
    let view = |row: supplier::SupplierRow| Supplier {
        id: Some(row.id),
        version: row.version,
        code: row.code,
        name: row.name,
        contact: row.contact,
        active: row.active,
    };
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn add_supplier(server: Server, caller: Caller, key: Key, row: Json<Supplier>) -> Reply {
    save_supplier(server, caller, key, None, row).await
}

async fn change_supplier(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<SupplierId>,
    row: Json<Supplier>,
) -> Reply {
    save_supplier(server, caller, key, Some(id), row).await
}

async fn save_supplier(
    server: Server,
    caller: Caller,
    key: Key,
    id: Option<SupplierId>,
    Json(row): Json<Supplier>,
) -> Reply {
    let command = supplier::SaveSupplier {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        contact: row.contact,
        active: row.active,
    };
    let call = caller.call("supplier.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| supplier::save(tx, ctx, &command)).await?)
}

async fn teams(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| team::list(conn, caller.actor()))?;
    let view = |row: team::TeamRow| Team {
        id: Some(row.id),
        version: row.version,
        code: row.code,
        name: row.name,
        active: row.active,
    };
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn add_team(server: Server, caller: Caller, key: Key, row: Json<Team>) -> Reply {
    save_team(server, caller, key, None, row).await
}

async fn change_team(server: Server, caller: Caller, key: Key, Id(id): Id<TeamId>, row: Json<Team>) -> Reply {
    save_team(server, caller, key, Some(id), row).await
}

async fn save_team(server: Server, caller: Caller, key: Key, id: Option<TeamId>, Json(row): Json<Team>) -> Reply {
    let command = team::SaveTeam { id, version: row.version, code: row.code, name: row.name, active: row.active };
    let call = caller.call("team.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| team::save(tx, ctx, &command)).await?)
}
