//! Warehouses, carriers, suppliers, teams.

use contract::master::{
    ADD_CARRIER, ADD_SUPPLIER, ADD_TEAM, ADD_WAREHOUSE, CARRIERS as LIST_CARRIERS, CHANGE_CARRIER, CHANGE_SUPPLIER,
    CHANGE_TEAM, CHANGE_WAREHOUSE, Carrier, SUPPLIERS as LIST_SUPPLIERS, Supplier, TEAMS as LIST_TEAMS, Team,
    WAREHOUSES as LIST_WAREHOUSES, Warehouse,
};
use domain::tracking::CheckDigit;
use leptos::prelude::*;
use parts::api::Key;
use parts::said::{cell, said};
use ui::{Column, Glyph, InputKind, Text, text};

use super::List;
use crate::rows::{
    Caption, Roll, Row, Sending, Source, active, active_chip, at, by_id, choice, closed, line, line_as, lines,
    name_cell, named, pair, pair_of_lines,
};

const CODE: Text = text("编码", "Code");
const NAME: Text = text("名称", "Name");
const STATE: Text = text("状态", "State");

pub(super) const WAREHOUSES: List = List {
    key: "warehouses",
    title: text("仓库", "Warehouses"),
    hint: text("退货地址、收件人、寄回须知", "Return address, recipient, what to enclose"),
    icon: Glyph::Box,
    draw: warehouses,
};
pub(super) const TEAMS: List = List {
    key: "teams",
    title: text("团队", "Teams"),
    hint: text("把人员归到小组", "Which group people belong to"),
    icon: Glyph::People,
    draw: teams,
};
pub(super) const CARRIERS: List = List {
    key: "carriers",
    title: text("快递公司", "Carriers"),
    hint: text("编码、名称、运单号格式", "Code, name, shape of their waybills"),
    icon: Glyph::Truck,
    draw: carriers,
};
pub(super) const SUPPLIERS: List = List {
    key: "suppliers",
    title: text("供应商", "Suppliers"),
    hint: text("质量责任和索赔找谁", "Who answers for quality and claims"),
    icon: Glyph::Wrench,
    draw: suppliers,
};

/// What these lists share: id, code and name.
macro_rules! coded_row {
    ($row:ty, $add:expr, $change:expr, $($more:ident),*) => {
        impl Row for $row {
            fn key(&self) -> String {
                self.id.map(|id| id.to_string()).unwrap_or_default()
            }
            fn save(&self, _is_new: bool, key: Key) -> Sending {
                by_id(&$add, &$change, self.id.map(|id| id.to_string()), self, key)
            }
            fn words(&self) -> String {
                [&self.code, &self.name.zh, &self.name.en, $(&self.$more),*].map(String::as_str).join("\n")
            }
        }
    };
}

coded_row!(Warehouse, ADD_WAREHOUSE, CHANGE_WAREHOUSE, contact_name, contact_phone);
coded_row!(Carrier, ADD_CARRIER, CHANGE_CARRIER,);
coded_row!(Supplier, ADD_SUPPLIER, CHANGE_SUPPLIER, contact);
coded_row!(Team, ADD_TEAM, CHANGE_TEAM,);

fn code() -> Caption {
    named(CODE).required()
}

fn name() -> Caption {
    named(NAME).required()
}

fn warehouses() -> AnyView {
    fn blank() -> Warehouse {
        Warehouse {
            id: None,
            version: 0,
            code: String::new(),
            name: domain::Text::default(),
            contact_name: String::new(),
            contact_phone: String::new(),
            address: domain::Text::default(),
            notes: domain::Text::default(),
            active: true,
        }
    }
    let columns = vec![
        Column::new("code", CODE, |row: &Warehouse| row.code.clone()).pinned(),
        Column::new("name", NAME, |row: &Warehouse| name_cell(&row.name)),
        Column::new("contact", text("收件人", "Recipient"), |row: &Warehouse| row.contact_name.clone()),
        Column::new("phone", text("电话", "Phone"), |row: &Warehouse| row.contact_phone.clone()),
        Column::new("address", text("退货地址", "Return address"), |row: &Warehouse| cell(said(&row.address))).grow(),
        Column::new("active", STATE, |row: &Warehouse| active_chip(row.active)),
    ];
    let notes = named(text("寄回须知", "Notes for the parcel")).hint(text(
        "随退货地址发给顾客：写什么、放什么",
        "Goes to the customer with the address: what to write on it and enclose",
    ));
    let slots = vec![
        line(at!(Warehouse, code), code()),
        pair(at!(Warehouse, name), name()),
        line(at!(Warehouse, contact_name), named(text("收件人", "Recipient"))),
        line_as(at!(Warehouse, contact_phone), named(text("电话", "Phone")), InputKind::Tel),
        pair_of_lines(at!(Warehouse, address), named(text("退货地址", "Return address"))),
        pair_of_lines(at!(Warehouse, notes), notes),
        active(at!(Warehouse, active)),
    ];
    let hint = text("顾客把退货寄到哪里", "Where customers send returns to");
    let roll = Roll::new("master-warehouses", WAREHOUSES.title, hint, text("新增仓库", "Add a warehouse"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST_WAREHOUSES))
}

fn carriers() -> AnyView {
    fn blank() -> Carrier {
        Carrier {
            id: None,
            version: 0,
            code: String::new(),
            name: domain::Text::default(),
            tracking_pattern: String::new(),
            check_digit: CheckDigit::None,
            active: true,
        }
    }
    let columns = vec![
        Column::new("code", CODE, |row: &Carrier| row.code.clone()).pinned(),
        Column::new("name", NAME, |row: &Carrier| name_cell(&row.name)).grow(),
        Column::new("pattern", text("运单号格式", "Waybill shape"), |row: &Carrier| {
            let pattern = row.tracking_pattern.clone();
            view! { <code>{pattern}</code> }
        }),
        Column::new("active", STATE, |row: &Carrier| active_chip(row.active)),
    ];
    let pattern = named(text("运单号格式", "Waybill shape")).hint(text(
        "匹配整个运单号的正则表达式，如 SF\\d{13}；留空则不检查",
        "A regular expression over the whole waybill, e.g. SF\\d{13}; empty checks nothing",
    ));
    let check_digit = named(text("校验位", "Check digit")).hint(text(
        "末位由其余数字算出时，抄错一位就能发现",
        "Where the last digit follows from the others, a slip of the finger is noticed",
    ));
    let slots = vec![
        line(at!(Carrier, code), code()),
        pair(at!(Carrier, name), name()),
        line(at!(Carrier, tracking_pattern), pattern),
        choice(at!(Carrier, check_digit), check_digit, closed(CheckDigit::ALL), CheckDigit::parse),
        active(at!(Carrier, active)),
    ];
    let hint = text("扫描运单时据此认出快递公司", "A scanned waybill is recognised by its shape");
    let roll = Roll::new("master-carriers", CARRIERS.title, hint, text("新增快递公司", "Add a carrier"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST_CARRIERS))
}

fn suppliers() -> AnyView {
    fn blank() -> Supplier {
        Supplier {
            id: None,
            version: 0,
            code: String::new(),
            name: domain::Text::default(),
            contact: String::new(),
            active: true,
        }
    }
    let columns = vec![
        Column::new("code", CODE, |row: &Supplier| row.code.clone()).pinned(),
        Column::new("name", NAME, |row: &Supplier| name_cell(&row.name)).grow(),
        Column::new("contact", text("联系方式", "Contact"), |row: &Supplier| row.contact.clone()).grow(),
        Column::new("active", STATE, |row: &Supplier| active_chip(row.active)),
    ];
    let contact = named(text("联系方式", "Contact")).hint(text("索赔时联系谁", "Whom to write to for claims"));
    let slots = vec![
        line(at!(Supplier, code), code()),
        pair(at!(Supplier, name), name()),
        lines(at!(Supplier, contact), contact),
        active(at!(Supplier, active)),
    ];
    let roll =
        Roll::new("master-suppliers", SUPPLIERS.title, SUPPLIERS.hint, text("新增供应商", "Add a supplier"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST_SUPPLIERS))
}

fn teams() -> AnyView {
    fn blank() -> Team {
        Team { id: None, version: 0, code: String::new(), name: domain::Text::default(), active: true }
    }
    let columns = vec![
        Column::new("code", CODE, |row: &Team| row.code.clone()).pinned(),
        Column::new("name", NAME, |row: &Team| name_cell(&row.name)).grow(),
        Column::new("active", STATE, |row: &Team| active_chip(row.active)),
    ];
    let slots = vec![line(at!(Team, code), code()), pair(at!(Team, name), name()), active(at!(Team, active))];
    let roll = Roll::new("master-teams", TEAMS.title, TEAMS.hint, text("新增团队", "Add a team"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST_TEAMS))
}
