//! Customers: found by number; each has a page of their own.

use contract::master::{CustomerQuery, CustomerView, LIST_CUSTOMERS, TAGS};
use contract::page::Page;
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::{Fetch, Pages};
use serde::Serialize;
use ui::{Column, EmptyState, FilterBar, Glyph, PageHeader, Table, Text, text};

use crate::go::use_go;
use crate::nav::Place;

mod block;
mod edit;
mod one;
mod past;
mod sums;
mod tags;

use tags::Tags;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/customers",
    label: text("顾客", "Customers"),
    icon: Glyph::People,
    needs: &[Permission::CustomerView],
    group: None,
};

const ERASED: Text = text("个人信息已抹除", "Personal values were erased");

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    // `/desk/customers/{id}` names one of them.
    let params = use_params_map();
    let is_one = Memo::new(move |_| params.with(|params| params.get("id").is_some()));
    (move || if is_one.get() { one::page() } else { view! { <Customers/> }.into_any() }).into_any()
}

/// Where a page begins, how long it is, which customer.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
    #[serde(flatten)]
    query: CustomerQuery,
}

fn value(customer: &CustomerView, get: fn(&contract::order::OrderContact) -> &Option<String>) -> String {
    customer.contact.as_ref().and_then(|contact| get(contact).clone()).unwrap_or_default()
}

fn columns(tags: Tags) -> Vec<Column<CustomerView>> {
    vec![
        Column::new("no", text("客户编号", "Number"), |row: &CustomerView| {
            // A real link, so that it can be opened in another tab.
            view! { <a class="cases__number" href=format!("/desk/customers/{}", row.id)>{row.customer_no.clone()}</a> }
        })
        .pinned(),
        Column::new("name", text("姓名", "Name"), |row: &CustomerView| value(row, |contact| &contact.name)),
        Column::new("phone", text("电话", "Phone"), |row: &CustomerView| value(row, |contact| &contact.phone)),
        Column::new("nickname", text("昵称", "Nickname"), |row: &CustomerView| {
            value(row, |contact| &contact.nickname)
        }),
        Column::new("tags", text("标签", "Tags"), move |row: &CustomerView| tags.chips(&row.tags)).grow(),
    ]
}

#[component]
fn Customers() -> impl IntoView {
    let go = use_go();
    let tags = Tags(Fetch::new(|| api::read(&TAGS, &[])));
    let typed = RwSignal::new(String::new());
    let found = Pages::<CustomerView>::new(move |after, limit| {
        let customer_no = Some(typed.get().trim().to_owned()).filter(|number| !number.is_empty());
        let query = PageQuery { after, limit, query: CustomerQuery { customer_no } };
        api::read_with::<Page<CustomerView>, _>(&LIST_CUSTOMERS, &[], &query)
    });
    let empty = move || {
        if typed.get().is_empty() {
            let hint = text("导入订单或顾客后出现在这里", "They appear when orders or customers are imported");
            view! { <EmptyState title=text("还没有顾客", "No customers yet") hint icon=Glyph::People/> }.into_any()
        } else {
            view! { <EmptyState title=text("没有这个编号的顾客", "No customer has this number") icon=Glyph::Search/> }
                .into_any()
        }
    };
    view! {
        <PageHeader title=PLACE.label/>
        <FilterBar search=typed placeholder=text("客户编号", "Customer number")/>
        <div class="roll__sheet" data-test="customers">
            <Table
                label=PLACE.label
                rows=found.items()
                key=Callback::new(|row: CustomerView| row.id.to_string())
                columns=columns(tags)
                on_open=move |key: String| go.to(&format!("/desk/customers/{key}"))
                loading=found.busy()
                error=found.error()
                on_retry=move |()| found.reload()
                empty
                more=found.has_more()
                on_more=move |()| found.more()
                fill=true
            />
        </div>
    }
}
