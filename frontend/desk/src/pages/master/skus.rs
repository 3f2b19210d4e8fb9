//! Articles: fields, barcodes, and what a bundle is made of.

use contract::master::{ADD_SKU, CHANGE_SKU, SHOPS, SKUS as LIST, SUPPLIERS, Shop, Sku, Supplier};
use contract::page::Page;
use leptos::prelude::*;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::said::said;
use serde::Serialize;
use std::sync::Arc;
use ui::{Bind, Choice, Column, Field, Glyph, Money, MoneyInput, State, StateChip, Text, text};

use super::List;
use crate::rows::{
    Roll, Row, Sending, Slot, Source, active, active_chip, at, by_id, line, maybe, maybe_whole, name_cell, named, pair,
    yes,
};

mod barcodes;
mod parts_of;

pub(super) const SKUS: List = List {
    key: "skus",
    title: text("商品", "Articles"),
    hint: text("SKU、条码、组合装、序列号与批次", "SKUs, barcodes, bundles, serials and lots"),
    icon: Glyph::Grid,
    draw: page,
};
const PRICE: Text = text("吊牌价", "List price");

impl Row for Sku {
    fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        // Barcodes and parts are saved on their own.
        let row = Self { barcodes: Vec::new(), parts: Vec::new(), ..self.clone() };
        by_id(&ADD_SKU, &CHANGE_SKU, self.id.map(|id| id.to_string()), &row, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}", self.code, self.name.zh, self.name.en)
    }
}

fn blank() -> Sku {
    Sku {
        id: None,
        version: 0,
        code: String::new(),
        name: domain::Text::default(),
        category: String::new(),
        brand: String::new(),
        unit: "pcs".to_owned(),
        list_price_minor: 0,
        resalable: true,
        has_serial: false,
        has_lot: false,
        supplier_id: None,
        weight_grams: None,
        active: true,
        barcodes: Vec::new(),
        parts: Vec::new(),
    }
}

/// Where a page begins, how long it is, how its codes begin.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    code: String,
}

/// Articles whose code begins so.
pub(super) fn find(code: String, after: Option<String>, limit: u32) -> impl Future<Output = Answer> {
    api::read_with::<Page<Sku>, _>(&LIST, &[], &PageQuery { after, limit, code })
}

type Answer = Result<Page<Sku>, api::Problem>;

fn price(currency: Signal<String>) -> Slot<Sku> {
    Box::new(move |draft| {
        let amount = at!(Sku, list_price_minor).bind(draft);
        let value = Bind::new(move || Some(amount.get()), move |typed: Option<i64>| amount.set(typed.unwrap_or(0)));
        let error = draft.submit.field("list_price_minor");
        view! {
            <div data-field="list_price_minor">
                <Field label=PRICE error><MoneyInput value currency/></Field>
            </div>
        }
        .into_any()
    })
}

fn marks(sku: &Sku) -> AnyView {
    let mark = |on: bool, words: Text| on.then(|| view! { <StateChip state=State::Paused label=words/> });
    let unsound = (!sku.resalable).then(|| {
        view! { <StateChip state=State::Attention label=text("不可二次销售", "Not resalable")/> }
    });
    view! {
        <span class="u-row">
            {mark(sku.has_serial, text("序列号", "Serials"))}
            {mark(sku.has_lot, text("批次", "Lots"))}
            {unsound}
        </span>
    }
    .into_any()
}

fn page() -> AnyView {
    let typed = RwSignal::new(String::new());
    let shops = Fetch::<Vec<Shop>>::new(|| api::read(&SHOPS, &[]));
    let suppliers = Fetch::<Vec<Supplier>>::new(|| api::read(&SUPPLIERS, &[]));
    let currency = Signal::derive(move || {
        shops.with(|shops| shops?.first().map(|shop| shop.currency.to_string())).unwrap_or_else(|| "CNY".to_owned())
    });
    let supplier_choices = Signal::derive(move || {
        let choice = |row: &Supplier| Choice::new(row.id.map(|id| id.to_string()).unwrap_or_default(), said(&row.name));
        suppliers.with(|all| all.map(|all| all.iter().map(choice).collect()).unwrap_or_default())
    });
    let columns = vec![
        Column::new("code", text("编码", "Code"), |row: &Sku| row.code.clone()).pinned(),
        Column::new("name", text("名称", "Name"), |row: &Sku| name_cell(&row.name)).grow(),
        Column::new("category", text("类目", "Category"), |row: &Sku| row.category.clone()),
        Column::new("brand", text("品牌", "Brand"), |row: &Sku| row.brand.clone()),
        Column::new("price", PRICE, move |row: &Sku| {
            let amount = row.list_price_minor;
            (amount > 0).then(|| view! { <Money amount_minor=amount currency/> })
        })
        .number(),
        Column::new("marks", text("管理方式", "Kept by"), marks),
        Column::new("active", text("状态", "State"), |row: &Sku| active_chip(row.active)),
    ];
    let slots = vec![
        line(
            at!(Sku, code),
            named(text("编码", "Code")).required().hint(text("其他系统用的 SKU 编码", "As other systems know it")),
        ),
        pair(at!(Sku, name), named(text("名称", "Name")).required()),
        line(
            at!(Sku, category),
            named(text("类目", "Category"))
                .hint(text("政策、质检清单和质检员按类目选", "Policies, checklists and inspectors go by it")),
        ),
        line(at!(Sku, brand), named(text("品牌", "Brand"))),
        line(at!(Sku, unit), named(text("计量单位", "Unit")).required()),
        price(currency),
        maybe(at!(Sku, supplier_id), named(text("供应商", "Supplier")), supplier_choices, text("未指定", "None")),
        maybe_whole(
            at!(Sku, weight_grams),
            named(text("单件重量（克）", "Weight of one (g)")).hint(text(
                "连同包装；用来核对退回包裹的重量",
                "With its packaging; parcels that come back are held against it",
            )),
            1,
            10_000_000,
        ),
        yes(
            at!(Sku, resalable),
            named(text("可二次销售", "Can be sold again"))
                .hint(text("不可二次销售的不享受无理由退货", "Else it does not come back without a reason")),
        ),
        yes(at!(Sku, has_serial), named(text("有序列号", "Each unit has a serial"))),
        yes(at!(Sku, has_lot), named(text("有批次与效期", "Units have a lot and an expiry"))),
        active(at!(Sku, active)),
    ];
    let below: crate::rows::Below<Sku> = Arc::new(|draft| {
        let Some(id) = draft.row.with_untracked(|row| row.id) else { return ().into_any() };
        view! { <barcodes::Barcodes id/> <parts_of::Parts id/> }.into_any()
    });
    let question = move |after: Option<String>, limit: u32| find(typed.get().trim().to_owned(), after, limit);
    let roll = Roll::new("master-skus", SKUS.title, SKUS.hint, text("新增商品", "Add an article"), blank);
    let search = text("编码开头", "Beginning of the code");
    Roll { columns, slots, search, below: Some(below), ..roll }.view(Source::paged(typed.into(), question))
}
