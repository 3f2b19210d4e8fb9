//! Orders: found by what a customer can say of them. What is asked stands in the address.

use contract::order::{LIST, OrderListItem, OrderQuery};
use contract::page::Page;
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Pages;
use parts::meta::{Meta, use_meta};
use parts::said::{cell, read};
use parts::words::order_state;
use serde::{Deserialize, Serialize};
use ui::{Bind, Choice, Column, EmptyState, FilterBar, Glyph, Money, PageHeader, Select, Table, Text, TimeStamp, text};

use crate::asked::{Asked, Query};
use crate::go::use_go;
use crate::nav::Place;

mod contact;
mod goods;
mod order;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/orders",
    label: text("订单", "Orders"),
    icon: Glyph::Clipboard,
    needs: &[Permission::OrderView],
    group: Some(text("订单与资料", "Orders and records")),
};

const EMPTY: Text = text("还没有订单", "No orders yet");
const EMPTY_HINT: Text =
    text("导入文件或接口推送后出现在这里", "They appear when a file is imported or another system puts them");
const NO_MATCH: Text = text("没有找到订单", "No order was found");

/// The page.
pub(super) fn page() -> AnyView {
    // `/desk/orders/{id}` names one of them.
    let params = use_params_map();
    let is_one = Memo::new(move |_| params.with(|params| params.get("id").is_some()));
    (move || if is_one.get() { order::page() } else { view! { <Orders/> }.into_any() }).into_any()
}

/// What an order can be found by.
const WAYS: [(&str, Text); 5] = [
    ("number", text("订单号", "Order number")),
    ("phone", text("手机或后四位", "Phone or its last four")),
    ("name", text("姓名", "Name")),
    ("sku", text("商品编码或条码", "Article code or barcode")),
    ("waybill", text("快递单号", "Waybill")),
];

/// What stands in the address.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
struct Search {
    #[serde(skip_serializing_if = "String::is_empty")]
    by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    shop: String,
}

impl Query for Search {
    const PAGE: &'static str = "/desk/orders";

    fn read(text: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| text(name).unwrap_or_default();
        Self { by: text("by"), q: text("q"), shop: text("shop") }
    }
}

impl Search {
    fn query(&self) -> OrderQuery {
        let words = Some(self.q.trim().to_owned()).filter(|words| !words.is_empty());
        let mut query = OrderQuery { shop: self.shop.parse().ok(), ..OrderQuery::default() };
        match self.by.as_str() {
            "phone" => query.phone = words,
            "name" => query.name = words,
            "sku" => query.sku = words,
            "waybill" => query.waybill = words,
            _ => query.number = words,
        }
        query
    }
}

/// Where a page begins, how long it is, what is looked for.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
    #[serde(flatten)]
    query: OrderQuery,
}

fn columns(meta: Meta) -> Vec<Column<OrderListItem>> {
    let time = |at: Option<domain::Timestamp>| at.map(|at| view! { <TimeStamp at_ms=at.ms()/> });
    vec![
        Column::new("number", text("订单号", "Number"), |row: &OrderListItem| {
            view! { <a class="cases__number" href=format!("/desk/orders/{}", row.id)>{row.number.clone()}</a> }
        })
        .pinned(),
        Column::new("shop", text("店铺", "Shop"), move |row: &OrderListItem| {
            let shop = row.shop_id;
            move || read(&meta.shop(shop))
        }),
        Column::new("state", text("状态", "State"), |row: &OrderListItem| cell(order_state(&row.state))),
        Column::new("name", text("收件人", "Recipient"), |row: &OrderListItem| {
            row.contact_name.clone().unwrap_or_default()
        })
        .grow(),
        Column::new("paid", text("实付", "Paid"), |row: &OrderListItem| {
            let currency = row.currency.code().to_owned();
            row.captured_minor.map(|amount| view! { <Money amount_minor=amount currency/> })
        })
        .number(),
        Column::new("ordered", text("下单", "Placed"), move |row: &OrderListItem| time(Some(row.ordered_at))),
        Column::new("delivered", text("签收", "Delivered"), move |row: &OrderListItem| time(row.delivered_at)),
    ]
}

#[component]
fn Orders() -> impl IntoView {
    let (meta, go) = (use_meta(), use_go());
    let asked = Asked::<Search>::of_address(go);
    let orders = Pages::<OrderListItem>::new(move |after, limit| {
        let query = PageQuery { after, limit, query: asked.get().query() };
        api::read_with::<Page<OrderListItem>, _>(&LIST, &[], &query)
    });
    let by = Bind::new(
        move || Some(asked.get().by).filter(|by| !by.is_empty()).unwrap_or_else(|| "number".to_owned()),
        move |by| asked.change(|search| search.by = by),
    );
    let words = asked.bind(|search| Some(search.q.clone()), |search, q| search.q = q.unwrap_or_default());
    let shop = asked.bind(|search| Some(search.shop.clone()), |search, shop| search.shop = shop.unwrap_or_default());
    let ways = Signal::stored(WAYS.iter().map(|(key, name)| Choice::new(*key, *name)).collect::<Vec<_>>());
    let shops = move || {
        meta.has_many_shops().then(|| {
            let options = Signal::derive(move || meta.shop_choices());
            view! { <Select value=shop options label=text("店铺", "Shop") placeholder=text("全部店铺", "All shops")/> }
        })
    };
    let empty = move || {
        if asked.is_set() {
            view! { <EmptyState title=NO_MATCH icon=Glyph::Search/> }.into_any()
        } else {
            view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=PLACE.icon/> }.into_any()
        }
    };
    view! {
        <PageHeader title=PLACE.label/>
        <FilterBar search=words placeholder=text("要找什么", "What to look for")>
            <Select value=by options=ways label=text("按什么找", "Find by")/>
            {shops}
        </FilterBar>
        <div class="roll__sheet" data-test="orders">
            <Table
                label=PLACE.label
                rows=orders.items()
                key=Callback::new(|row: OrderListItem| row.id.to_string())
                columns=columns(meta)
                on_open=move |key: String| go.to(&format!("/desk/orders/{key}"))
                loading=orders.busy()
                error=orders.error()
                on_retry=move |()| orders.reload()
                empty
                more=orders.has_more()
                on_more=move |()| orders.more()
                fill=true
            />
        </div>
    }
}
