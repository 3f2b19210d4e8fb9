//! The filters above the list, and what is set as chips that can be taken away.

use contract::rma::ListQuery;
use domain::state::{CaseState, GoodsState, MoneyState};
use leptos::children::ViewFn;
use leptos::prelude::*;
use parts::meta::{Meta, use_meta};
use parts::said::read;
use parts::words::Spoken;
use ui::{Choice, FilterBar, FilterChip, Select, Text, text};

use crate::asked::Asked;

const STATE: Text = text("状态", "State");
const STAGE: Text = text("环节", "Stage");
const GOODS: Text = text("货", "Goods");
const MONEY: Text = text("款", "Money");
const OWNER: Text = text("负责人", "Owner");
const SHOP: Text = text("店铺", "Shop");

fn closed_choices<T: Spoken + std::fmt::Display>(all: &[T]) -> Signal<Vec<Choice>> {
    Signal::stored(all.iter().map(|one| Choice::new(one.to_string(), one.text())).collect())
}

fn owners() -> Signal<Vec<Choice>> {
    Signal::stored(vec![
        Choice::new("me", text("我负责的", "Mine")),
        Choice::new("none", text("无人负责的", "Nobody's")),
    ])
}

fn chips(asked: Asked<ListQuery>, meta: Meta) -> Vec<FilterChip> {
    let query = asked.get();
    let mut chips = Vec::new();
    let mut add = |words: String, take: fn(&mut ListQuery)| {
        chips.push(FilterChip::new(words, move || asked.change(take)));
    };
    let named = |axis: Text, value: &str| format!("{}: {value}", axis.get());
    if let Some(state) = query.state {
        add(named(STATE, state.text().get()), |query| query.state = None);
    }
    if let Some(stage) = &query.stage {
        let title = read(&meta.stage(stage));
        // A stage of an older release has no name here; its id still says which.
        add(named(STAGE, if title.is_empty() { stage } else { &title }), |query| query.stage = None);
    }
    if let Some(goods) = query.goods {
        add(named(GOODS, goods.text().get()), |query| query.goods = None);
    }
    if let Some(money) = query.money {
        add(named(MONEY, money.text().get()), |query| query.money = None);
    }
    if let Some(owner) = &query.owner {
        let words = match owner.as_str() {
            "me" => text("我", "me").get(),
            "none" => text("无人", "nobody").get(),
            _ => text("同事", "a colleague").get(),
        };
        add(named(OWNER, words), |query| query.owner = None);
    }
    if let Some(shop) = query.shop {
        add(named(SHOP, &read(&meta.shop(shop))), |query| query.shop = None);
    }
    if let Some(warehouse) = query.warehouse {
        let named_warehouse = meta.with(|view| {
            view.warehouses.iter().find(|one| one.id == warehouse).map(|one| read(&one.title)).unwrap_or_default()
        });
        add(named(text("仓库", "Warehouse"), &named_warehouse), |query| query.warehouse = None);
    }
    chips
}

/// The filters.
#[component]
pub(super) fn Filters(
    /// What is set.
    asked: Asked<ListQuery>,
    /// At the right.
    #[prop(into)]
    tools: ViewFn,
) -> impl IntoView {
    let meta = use_meta();
    let state = asked.bind(
        |query| query.state.map(|state| state.to_string()),
        |query, value| query.state = value.and_then(|value| CaseState::parse(&value)),
    );
    let stage = asked.bind(|query| query.stage.clone(), |query, value| query.stage = value);
    let goods = asked.bind(
        |query| query.goods.map(|goods| goods.to_string()),
        |query, value| query.goods = value.and_then(|value| GoodsState::parse(&value)),
    );
    let money = asked.bind(
        |query| query.money.map(|money| money.to_string()),
        |query, value| query.money = value.and_then(|value| MoneyState::parse(&value)),
    );
    let owner = asked.bind(|query| query.owner.clone(), |query, value| query.owner = value);
    let shop = asked.bind(
        |query| query.shop.map(|shop| shop.to_string()),
        |query, value| query.shop = value.and_then(|value| value.parse().ok()),
    );
    let stages = Signal::derive(move || meta.stage_choices());
    let shops = move || {
        meta.has_many_shops().then(|| {
            let options = Signal::derive(move || meta.shop_choices());
            view! { <Select value=shop options label=SHOP placeholder=SHOP/> }
        })
    };
    let chips = Signal::derive(move || chips(asked, meta));
    let clear = Callback::new(move |()| asked.set(&ListQuery::default()));
    view! {
        <div class="cases__filters">
        <FilterBar chips on_clear=clear tools>
            <Select value=state options=closed_choices(CaseState::ALL) label=STATE placeholder=STATE/>
            <Select value=stage options=stages label=STAGE placeholder=STAGE/>
            <Select value=goods options=closed_choices(GoodsState::ALL) label=GOODS placeholder=GOODS/>
            <Select value=money options=closed_choices(MoneyState::ALL) label=MONEY placeholder=MONEY/>
            <Select value=owner options=owners() label=OWNER placeholder=OWNER/>
            {shops}
        </FilterBar>
        </div>
    }
}
