//! Shops: platform, currency, zone, where their returns go and when they work.

use contract::master::{ADD_SHOP, CALENDARS, CHANGE_SHOP, Calendar, SHOPS as LIST, Shop};
use domain::{CalendarId, Currency};
use leptos::prelude::*;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::{cell, read, said};
use parts::words::platform;
use ui::{Choice, Column, Glyph, text};

use super::List;
use crate::rows::{
    Roll, Row, Sending, Source, active, active_chip, at, by_id, currency, line, maybe, name_cell, named, pair,
};

pub(super) const SHOPS: List = List {
    key: "shops",
    title: text("店铺", "Shops"),
    hint: text("平台、币种、时区、退货仓、工作日历", "Platform, currency, zone, return warehouse, calendar"),
    icon: Glyph::Home,
    draw: page,
};

impl Row for Shop {
    fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        by_id(&ADD_SHOP, &CHANGE_SHOP, self.id.map(|id| id.to_string()), self, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}\n{}", self.code, self.name.zh, self.name.en, self.platform)
    }
}

fn blank() -> Shop {
    Shop {
        id: None,
        version: 0,
        code: String::new(),
        name: domain::Text::default(),
        platform: "own".to_owned(),
        currency: Currency::CNY,
        zone: "Asia/Shanghai".to_owned(),
        warehouse_id: None,
        calendar_id: None,
        active: true,
    }
}

fn page() -> AnyView {
    let meta = use_meta();
    let calendars = Fetch::<Vec<Calendar>>::new(|| api::read(&CALENDARS, &[]));
    let warehouses = Signal::derive(move || {
        meta.with(|view| view.warehouses.iter().map(|row| Choice::new(row.id.to_string(), said(&row.title))).collect())
    });
    let calendar_choices = Signal::derive(move || {
        let choice = |row: &Calendar| Choice::new(row.id.map(|id| id.to_string()).unwrap_or_default(), said(&row.name));
        calendars.with(|all| all.map(|all| all.iter().map(choice).collect()).unwrap_or_default())
    });
    let calendar_name = move |id: Option<CalendarId>| {
        move || calendars.with(|all| all?.iter().find(|row| row.id == id && id.is_some()).map(|row| read(&row.name)))
    };
    let warehouse_name = move |shop: &Shop| {
        let id = shop.warehouse_id;
        move || meta.with(|view| view.warehouses.iter().find(|row| Some(row.id) == id).map(|row| read(&row.title)))
    };
    let columns = vec![
        Column::new("code", text("编码", "Code"), |shop: &Shop| shop.code.clone()).pinned(),
        Column::new("name", text("名称", "Name"), |shop: &Shop| name_cell(&shop.name)).grow(),
        Column::new("platform", text("平台", "Platform"), |shop: &Shop| cell(platform(&shop.platform))),
        Column::new("currency", text("币种", "Currency"), |shop: &Shop| shop.currency.to_string()),
        Column::new("zone", text("时区", "Time zone"), |shop: &Shop| shop.zone.clone()),
        Column::new("warehouse", text("退货仓", "Returns go to"), warehouse_name),
        Column::new("calendar", text("工作日历", "Calendar"), move |shop: &Shop| calendar_name(shop.calendar_id)),
        Column::new("active", text("状态", "State"), |shop: &Shop| active_chip(shop.active)),
    ];
    let code = named(text("编码", "Code"))
        .required()
        .hint(text("售后单号和导入文件用它，例如 TB01", "Used in case numbers and files, e.g. TB01"));
    let platform_hint = text(
        "平台编码，如 taobao、douyin、jd、own；原因映射按它对应",
        "The platform's code, e.g. taobao, douyin, jd, own; reasons are mapped by it",
    );
    let slots = vec![
        line(at!(Shop, code), code),
        pair(at!(Shop, name), named(text("名称", "Name")).required()),
        line(at!(Shop, platform), named(text("平台", "Platform")).required().hint(platform_hint)),
        currency(
            at!(Shop, currency),
            named(text("币种", "Currency")).hint(text("有订单后不能更改", "Fixed once the shop has orders")),
        ),
        line(
            at!(Shop, zone),
            named(text("时区", "Time zone"))
                .required()
                .hint(text("IANA 名称，如 Asia/Shanghai", "IANA name, e.g. Asia/Shanghai")),
        ),
        maybe(at!(Shop, warehouse_id), named(text("退货仓", "Returns go to")), warehouses, text("未指定", "None")),
        maybe(
            at!(Shop, calendar_id),
            named(text("工作日历", "Working calendar")).hint(text(
                "审批时限按它计算；未指定则全天候",
                "Deadlines count by it; without one, every hour counts",
            )),
            calendar_choices,
            text("未指定", "None"),
        ),
        active(at!(Shop, active)),
    ];
    let hint = text(
        "币种、时区、退货仓和日历在这里；退货期限等政策在应用模板里",
        "Currency, zone, warehouse and calendar; windows and other policy stand in the template",
    );
    let roll = Roll::new("master-shops", SHOPS.title, hint, text("新增店铺", "Add a shop"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST))
}
