//! The list, by where orders stand.

use contract::Page;
use contract::outbound::{LIST, OutboundListItem, OutboundQuery};
use domain::state::OutboundState;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Pages;
use parts::said::{cell, read};
use parts::words::{Spoken, chip};
use ui::{Choice, Column, EmptyState, Glyph, PageHeader, Segmented, Table, TimeStamp, text};

use super::{PLACE, outbound_address};
use crate::go::{case_address, use_go};

/// What is in an order, in words.
fn goods(order: &OutboundListItem) -> String {
    let line = |line: &contract::outbound::OutboundLineView| format!("{} ×{}", line.name, line.quantity);
    order.lines.iter().map(line).collect::<Vec<_>>().join(" · ")
}

fn waybill_cell(order: &OutboundListItem) -> AnyView {
    let (carrier, waybill) = (order.carrier.as_ref().map(|carrier| carrier.name.clone()), order.waybill.clone());
    let words = move || {
        let carrier = carrier.as_ref().map(read).unwrap_or_default();
        [carrier, waybill.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    view! { {words} }.into_any()
}

fn columns() -> Vec<Column<OutboundListItem>> {
    vec![
        Column::new("number", text("发货单", "Number"), |order: &OutboundListItem| {
            view! { <a class="cases__number" href=outbound_address(order.id)>{order.number.clone()}</a> }
        })
        .pinned(),
        Column::new("goods", text("商品", "Goods"), |order: &OutboundListItem| goods(order)).grow(),
        Column::new("kind", text("为了", "Because"), |order: &OutboundListItem| cell(order.kind.text())),
        Column::new("case", text("退换货单", "Return"), |order: &OutboundListItem| {
            view! { <a href=case_address(order.rma)>{order.rma_number.clone()}</a> }
        }),
        Column::new("state", text("状态", "State"), |order: &OutboundListItem| chip(order.state, "")),
        Column::new("waybill", text("运单", "Waybill"), waybill_cell),
        Column::new("opened", text("建单", "Opened"), |order: &OutboundListItem| {
            view! { <TimeStamp at_ms=order.opened_at.ms()/> }
        }),
    ]
}

fn empty(state: Option<OutboundState>) -> AnyView {
    let (title, hint) = match state {
        Some(OutboundState::Open) => (
            text("没有待发的货", "Nothing waits to be shipped"),
            text(
                "换货验收、补发同意、维修完成后，发货单自动出现在这里",
                "Orders appear here by themselves once goods are accepted, agreed or repaired",
            ),
        ),
        _ => (
            text("这里还没有发货单", "No orders here"),
            text("发出后的单会列在这里", "Orders appear here once they leave"),
        ),
    };
    view! { <EmptyState title hint icon=Glyph::Truck/> }.into_any()
}

/// The page.
#[component]
pub(super) fn Queue() -> impl IntoView {
    let go = use_go();
    let shown = RwSignal::new(OutboundState::Open.as_str().to_owned());
    let options = Signal::stored(
        OutboundState::ALL.iter().map(|state| Choice::new(state.as_str(), state.text())).collect::<Vec<_>>(),
    );
    let orders = Pages::<OutboundListItem>::new(move |after, limit| {
        let query = OutboundQuery { state: OutboundState::parse(&shown.get()), shop: None, after, limit: Some(limit) };
        api::read_with::<Page<OutboundListItem>, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("outbound:"));
    let open = Callback::new(move |id: String| go.to(&format!("/desk/outbound/{id}")));
    view! {
        <PageHeader title=PLACE.label/>
        <section class="parcels" data-test="outbounds">
            <Segmented value=shown options label=PLACE.label/>
            <div class="cases__sheet">
                <Table
                    label=PLACE.label
                    rows=orders.items()
                    key=Callback::new(|order: OutboundListItem| order.id.to_string())
                    columns=columns()
                    on_open=open
                    loading=orders.busy()
                    error=orders.error()
                    on_retry=move |()| orders.reload()
                    empty=move || empty(OutboundState::parse(&shown.get()))
                    more=orders.has_more()
                    on_more=move |()| orders.more()
                    fill=true
                />
            </div>
        </section>
    }
}
