//! Goods that fit no line: more than was announced, or another article in the place of one.

use contract::warehouse::GoodsView;
use domain::RmaId;
use leptos::prelude::*;
use ui::{Bind, Button, ButtonKind, Choice, Glyph, IconButton, QuantityStepper, Select, Text, say, text};

use super::bench::Bench;
use super::draft::Spot;

const UNKNOWN: Text = text("不认识的商品", "Unknown article");
const AS: Text = text("登记为", "Counted as");
/// More of one article is counted in several goes.
const MAX_UNITS: i64 = 10_000;

fn choices(case: &GoodsView) -> Vec<Choice> {
    let mut all = vec![Choice::new("", text("申请外商品", "Not announced"))];
    let awaited = case.lines.iter().filter(|line| line.kind.expects_goods() && !line.undeclared);
    all.extend(awaited.map(|line| {
        let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
        Choice::new(line.id.to_string(), move || say!("货不对板：代替 {name}", "Came instead of {name}"))
    }));
    all
}

fn row(bench: Bench, rma: RmaId, id: u32) -> AnyView {
    let draft = bench.draft;
    let own = Memo::new(move |_| draft.extras.with(|extras| extras.iter().find(|extra| extra.id == id).cloned()));
    let name = move || {
        let sku = own.with(|own| own.as_ref().and_then(|own| own.sku.clone()));
        sku.map_or_else(|| UNKNOWN.get().to_owned(), |(_, name)| name)
    };
    let quantity = Bind::new(
        move || own.with(|own| own.as_ref().map_or(0, |own| own.quantity)),
        move |count| draft.change_extra(id, |extra| extra.quantity = count),
    );
    let instead = Bind::new(
        move || {
            own.with(|own| own.as_ref().and_then(|own| own.instead_of).map(|id| id.to_string()).unwrap_or_default())
        },
        move |line: String| draft.change_extra(id, |extra| extra.instead_of = line.parse().ok()),
    );
    let options = Signal::derive(move || {
        bench.cases.with(|cases| cases.iter().find(|case| case.rma == rma).map(choices).unwrap_or_default())
    });
    let error = draft.error(Spot::Extra(id));
    view! {
        <li class="count-line is-extra" data-test="count-extra">
            <p class="count-line__goods count-line__name">{name}</p>
            <div class="count-line__now">
                <QuantityStepper value=quantity min=1 max=MAX_UNITS/>
                <IconButton glyph=Glyph::Close label=text("移除", "Remove") on_click=move |()| draft.drop_extra(id)/>
            </div>
            <div class="count-line__as"><Select value=instead options label=AS/></div>
            <p class="ui-field__error" role="alert">{move || error.get()}</p>
        </li>
    }
    .into_any()
}

/// The rows, and the way to one more.
pub(super) fn extras(bench: Bench, rma: RmaId) -> AnyView {
    let draft = bench.draft;
    let ids = Memo::new(move |_| {
        let own = |extras: &Vec<super::draft::Extra>| {
            extras.iter().filter(|extra| extra.rma == rma).map(|extra| extra.id).collect::<Vec<_>>()
        };
        draft.extras.with(own)
    });
    let disabled = Signal::derive(move || !bench.ready.get());
    let add = move |()| draft.add_extra(rma, None, None, 1);
    view! {
        <ul class="count-lines">
            <For each=move || ids.get() key=|id| *id children=move |id| row(bench, rma, id)/>
        </ul>
        <div class="bench__more">
            <Button kind=ButtonKind::Quiet icon=Glyph::Plus disabled on_click=add attr:data-test="count-add">
                {text("申请外的商品", "Goods not announced")}
            </Button>
            <span class="u-soft u-small">{text("有条码的直接扫，会自动加入", "Scan its barcode and it is added by itself")}</span>
        </div>
    }
    .into_any()
}
