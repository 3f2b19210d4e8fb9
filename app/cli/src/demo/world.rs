//! The shop's surroundings: warehouse, calendar, carriers, shops, articles, one person for every role of the template.

use std::sync::Arc;

use domain::tracking::CheckDigit;
use domain::{CalendarId, CarrierId, Currency, Lang, Permission, PersonId, ShopId, Text, WarehouseId};
use operations::actor::permission_bit;
use operations::master::{barcode, calendar, carrier, holidays, shop, sku, warehouse};
use operations::person::RoleRow;
use operations::person::add::{AddPerson, add};
use operations::{Actor, ActorKind, App, Call, Error, Grant};
use store::Tx;

use super::catalog::{GOODS, STAFF};
use super::random::Random;

/// A member of the staff.
pub(crate) struct Staff {
    /// Sign-in name.
    pub(crate) name: String,
    /// The role's name.
    pub(crate) title: String,
    /// The role's id in the template.
    pub(crate) role: String,
    /// Acts as this.
    pub(crate) actor: Arc<Actor>,
}

/// The shop's surroundings.
pub(crate) struct World {
    pub(crate) system: Arc<Actor>,
    pub(crate) shops: Vec<(ShopId, String)>,
    pub(crate) warehouse: WarehouseId,
    pub(crate) carrier: CarrierId,
    pub(crate) people: Vec<Staff>,
}

impl World {
    /// The first member of the staff with this role.
    pub(crate) fn of_role(&self, role: &str) -> Option<&Staff> {
        self.people.iter().find(|person| person.role == role)
    }
    /// The first member of the staff who may do this, but not one of `not`.
    pub(crate) fn who_may(&self, permission: Permission, not: Option<PersonId>) -> Result<&Arc<Actor>, Error> {
        let may = |person: &&Staff| person.actor.may_somewhere(permission) && person.actor.person() != not;
        let found = self.people.iter().find(may).map(|person| &person.actor);
        found.ok_or(Error::Forbidden(permission))
    }
}

/// A step of laying the surroundings down; the row's id.
type Command = Box<dyn Fn(&Tx<'_>, &mut operations::Ctx<'_>) -> Result<i64, Error> + Send>;

/// Lays the surroundings down.
pub(crate) fn found(app: &App, random: &mut Random) -> Result<World, Error> {
    let system = Arc::new(Actor::system());
    let run = |verb, command: Command| {
        let call = Call::new(Arc::clone(&system), verb);
        app.run_blocking(call, move |tx, ctx| command(tx, ctx)).map(|answer| answer.value)
    };
    let warehouse = WarehouseId::from_raw(run("demo.warehouse", Box::new(warehouse))?);
    let carrier = CarrierId::from_raw(run("demo.carrier", Box::new(carriers))?);
    let calendar = CalendarId::from_raw(run("demo.calendar", Box::new(calendar))?);
    let mut shops = Vec::new();
    for (code, zh, en, platform) in [
        ("A", "自营商城", "Own store", "own"),
        ("T", "旗舰店", "Flagship store", "taobao"),
        ("D", "直播间", "Live channel", "douyin"),
    ] {
        let save = move |tx: &Tx<'_>, ctx: &mut operations::Ctx<'_>| {
            let row = shop::SaveShop {
                id: None,
                version: 0,
                code: code.to_owned(),
                name: Text::new(zh, en),
                platform: platform.to_owned(),
                currency: Currency::CNY,
                zone: "Asia/Shanghai".to_owned(),
                warehouse_id: Some(warehouse),
                calendar_id: Some(calendar),
                active: true,
            };
            shop::save(tx, ctx, &row).map(|saved| saved.id)
        };
        shops.push((ShopId::from_raw(run("demo.shop", Box::new(save))?), code.to_owned()));
    }
    for index in 0..GOODS.len() {
        run("demo.sku", Box::new(move |tx, ctx| article(tx, ctx, index)))?;
    }
    let people = staff(app, &system, random)?;
    Ok(World { system, shops, warehouse, carrier, people })
}

fn warehouse(tx: &Tx<'_>, ctx: &mut operations::Ctx<'_>) -> Result<i64, Error> {
    let row = warehouse::SaveWarehouse {
        id: None,
        version: 0,
        code: "HZ1".to_owned(),
        name: Text::new("杭州退货仓", "Hangzhou returns warehouse"),
        contact_name: "王库管".to_owned(),
        contact_phone: "057188880000".to_owned(),
        address: Text::new(
            "浙江省杭州市余杭区仓前街道 12 号 3 号库",
            "Building 3, 12 Cangqian Street, Yuhang, Hangzhou",
        ),
        notes: Text::new(
            "请保留吊牌与原包装，包裹内附退货单号；不收到付件",
            "Keep tags and packaging, enclose the return number; parcels with charges are refused",
        ),
        active: true,
    };
    warehouse::save(tx, ctx, &row).map(|saved| saved.id)
}

fn carriers(tx: &Tx<'_>, ctx: &mut operations::Ctx<'_>) -> Result<i64, Error> {
    let mut first = 0;
    for (code, zh, en, pattern, check_digit) in [
        ("sf", "顺丰速运", "SF Express", "^SF[0-9]{10,13}$", CheckDigit::None),
        ("zto", "中通快递", "ZTO Express", "^7[0-9]{13}$", CheckDigit::None),
        ("yto", "圆通速递", "YTO Express", "^YT[0-9]{13}$", CheckDigit::None),
        ("ems", "中国邮政 EMS", "China Post EMS", "^[A-Z]{2}[0-9]{9}CN$", CheckDigit::S10),
    ] {
        let row = carrier::SaveCarrier {
            id: None,
            version: 0,
            code: code.to_owned(),
            name: Text::new(zh, en),
            tracking_pattern: pattern.to_owned(),
            check_digit,
            active: true,
        };
        let saved = carrier::save(tx, ctx, &row)?;
        if first == 0 {
            first = saved.id;
        }
    }
    Ok(first)
}

fn calendar(tx: &Tx<'_>, ctx: &mut operations::Ctx<'_>) -> Result<i64, Error> {
    let mut frames = Vec::new();
    for weekday in 1..=5 {
        frames.push(calendar::FrameOfWeek { weekday, from_minute: 9 * 60, to_minute: 12 * 60 });
        frames.push(calendar::FrameOfWeek { weekday, from_minute: 13 * 60 + 30, to_minute: 18 * 60 });
    }
    let row = calendar::SaveCalendar {
        id: None,
        version: 0,
        code: "office".to_owned(),
        name: Text::new("办公时间", "Office hours"),
        zone: "Asia/Shanghai".to_owned(),
        frames,
    };
    let id = calendar::save(tx, ctx, &row)?.id;
    holidays::put(tx, ctx, CalendarId::from_raw(id), 2026)?;
    Ok(id)
}

fn article(tx: &Tx<'_>, ctx: &mut operations::Ctx<'_>, index: usize) -> Result<i64, Error> {
    let Some((code, zh, en, category, price, resalable)) = GOODS.get(index).copied() else {
        return Err(Error::NotFound("sku"));
    };
    let row = sku::SaveSku {
        id: None,
        version: 0,
        code: code.to_owned(),
        name: Text::new(zh, en),
        category: category.to_owned(),
        brand: String::new(),
        unit: "pcs".to_owned(),
        list_price_minor: price,
        resalable,
        has_serial: false,
        has_lot: false,
        supplier_id: None,
        weight_grams: i64::try_from(index).ok().map(|index| 280 + 95 * index),
        active: true,
    };
    let id = sku::save(tx, ctx, &row)?.id;
    let code = format!("69012345{:05}", index + 1);
    barcode::save(
        tx,
        ctx,
        domain::SkuId::from_raw(id),
        &barcode::Barcode { barcode: code, quantity: 1, active: true },
    )?;
    Ok(id)
}

// One person for every role of the template, signing in by the role's id.
fn staff(app: &App, system: &Arc<Actor>, random: &mut Random) -> Result<Vec<Staff>, Error> {
    let definitions = app.definitions();
    let roles = &definitions.current()?.template.template().roles;
    let password_hash = operations::password::hash(super::PASSWORD)?;
    let mut people = Vec::new();
    for (index, role) in roles.iter().enumerate() {
        let display = STAFF.get(index).copied().unwrap_or("Alex Kim");
        let lang = if random.chance(80) { Lang::Zh } else { Lang::En };
        let person = AddPerson {
            name: role.id.clone(),
            display_name: Some(display.to_owned()),
            password_hash: Some(password_hash.clone()),
            lang,
            roles: vec![RoleRow { role: role.id.clone(), shop_id: None, warehouse_id: None }],
        };
        let call = Call::new(Arc::clone(system), "demo.person");
        let id = app.run_blocking(call, move |tx, ctx| add(tx, ctx, &person))?.value.id;
        let permissions = role.permissions.iter().fold(0, |bits, permission| bits | permission_bit(*permission));
        let grant = Grant { role: role.id.clone(), shop: None, warehouse: None, permissions };
        people.push(Staff {
            name: role.id.clone(),
            title: role.title.get(Lang::Zh).to_owned(),
            role: role.id.clone(),
            actor: Arc::new(Actor {
                kind: ActorKind::Person(id),
                name: display.to_owned(),
                lang,
                grants: vec![grant],
                order: None,
                station: None,
            }),
        });
    }
    Ok(people)
}
