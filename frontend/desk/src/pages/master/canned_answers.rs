//! Canned answers: ready texts for whoever answers a customer or says why.

use contract::master::{ADD_CANNED_ANSWER, CANNED_ANSWERS as LIST, CHANGE_CANNED_ANSWER, CannedAnswer};
use domain::ShopId;
use domain::canned::{CannedUse, Place};
use leptos::prelude::*;
use parts::api::Key;
use parts::meta::use_meta;
use parts::said::{read, said};
use parts::words::Spoken;
use ui::{Bind, Checkbox, Choice, Column, Glyph, Text, text};

use super::List;
use crate::rows::{
    Draft, Roll, Row, Sending, Slot, Source, active, active_chip, at, by_id, line, maybe, name_cell, named, pair,
    pair_of_lines, whole,
};

pub(super) const CANNED: List = List {
    key: "canned-answers",
    title: text("常用回复", "Canned answers"),
    hint: text(
        "回复顾客、说明拒绝理由、请顾客补充时选用的文字",
        "Texts to pick when answering, refusing, or asking a customer",
    ),
    icon: Glyph::Mail,
    draw: page,
};
const USES: Text = text("用途", "Used for");
const SHOP: Text = text("店铺", "Shop");
const ALL_SHOPS: Text = text("全部店铺", "All shops");
const POSITION: Text = text("排序", "Order");

impl Row for CannedAnswer {
    fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        by_id(&ADD_CANNED_ANSWER, &CHANGE_CANNED_ANSWER, self.id.map(|id| id.to_string()), self, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}\n{}\n{}", self.title.zh, self.title.en, self.code, self.text.zh, self.text.en)
    }
}

fn blank() -> CannedAnswer {
    CannedAnswer {
        id: None,
        version: 0,
        code: String::new(),
        title: domain::Text::default(),
        text: domain::Text::default(),
        uses: vec![CannedUse::Answer],
        shop_id: None,
        position: 0,
        active: true,
    }
}

/// One box for each use.
fn uses() -> Slot<CannedAnswer> {
    Box::new(|draft: Draft<CannedAnswer>| {
        let one = move |used: CannedUse| {
            let checked = Bind::new(
                move || draft.row.with(|row| row.uses.contains(&used)),
                move |is_on: bool| {
                    draft.row.try_update(|row| {
                        row.uses.retain(|other| *other != used);
                        if is_on {
                            row.uses.push(used);
                        }
                    });
                },
            );
            view! { <Checkbox checked label=used.text()/> }
        };
        let error = draft.submit.field("uses");
        let wrong = move || error.get().map(|words| view! { <p class="roll__wrong" role="alert">{words}</p> });
        let boxes = CannedUse::ALL.iter().copied().map(one).collect_view();
        view! {
            <fieldset class="roll__group" data-field="uses">
                <legend>{USES}</legend>
                {boxes}
                {wrong}
            </fieldset>
        }
        .into_any()
    })
}

/// What may stand between braces.
fn places() -> Slot<CannedAnswer> {
    Box::new(|_| {
        let one = |place: &Place| {
            let title = said(&place.title());
            view! { <li><code>{place.written()}</code> " " {title}</li> }
        };
        view! {
            <details class="u-small">
                <summary>{text("可用的占位符，发送时按单据填写", "Placeholders, filled from the case")}</summary>
                <ul class="roll__places">{Place::ALL.iter().map(one).collect_view()}</ul>
            </details>
        }
        .into_any()
    })
}

fn page() -> AnyView {
    let meta = use_meta();
    let shops = Signal::derive(move || {
        meta.with(|view| view.shops.iter().map(|shop| Choice::new(shop.id.to_string(), said(&shop.title))).collect())
    });
    let shop_name = move |id: Option<ShopId>| {
        move || match id {
            None => ALL_SHOPS.get().to_owned(),
            Some(id) => meta
                .with(|view| view.shops.iter().find(|shop| shop.id == id).map(|shop| read(&shop.title)))
                .unwrap_or_default(),
        }
    };
    let used = |row: &CannedAnswer| {
        let uses = row.uses.clone();
        move || {
            let words: Vec<&str> = uses.iter().map(|used| used.text().get()).collect();
            words.join(" · ")
        }
    };
    let columns = vec![
        Column::new("title", text("名称", "Name"), |row: &CannedAnswer| name_cell(&row.title)).pinned().grow(),
        Column::new("code", text("快捷码", "Short code"), |row: &CannedAnswer| row.code.clone()),
        Column::new("uses", USES, used),
        Column::new("shop", SHOP, move |row: &CannedAnswer| shop_name(row.shop_id)),
        Column::new("active", text("状态", "State"), |row: &CannedAnswer| active_chip(row.active)),
    ];
    let slots = vec![
        pair(at!(CannedAnswer, title), named(text("名称", "Name")).required()),
        line(
            at!(CannedAnswer, code),
            named(text("快捷码", "Short code"))
                .required()
                .hint(text("选用时输入它就能找到，如 tk", "Typed to find it, e.g. rf")),
        ),
        pair_of_lines(at!(CannedAnswer, text), named(text("内容", "Text")).required()),
        places(),
        uses(),
        maybe(at!(CannedAnswer, shop_id), named(SHOP), shops, ALL_SHOPS),
        whole(at!(CannedAnswer, position), named(POSITION).hint(text("小的在前", "Smaller comes first")), 0, 9_999),
        active(at!(CannedAnswer, active)),
    ];
    let roll = Roll::new("master-canned-answers", CANNED.title, CANNED.hint, text("新增回复", "Add an answer"), blank);
    Roll { columns, slots, search: text("名称、快捷码或内容", "Name, code or text"), ..roll }.view(Source::whole(&LIST))
}
