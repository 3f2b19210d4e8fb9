//! The parcels of this warehouse, by where they stand.

use contract::Page;
use contract::warehouse::{LIST, ParcelQuery, ParcelView};
use domain::state::ParcelState;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Pages;
use parts::said::{cell, said};
use parts::waits;
use parts::words::{Spoken, chip, direction};
use ui::{Choice, Column, EmptyState, Glyph, Segmented, State, StateChip, Table, Text, TimeStamp, text};

use super::parcel_address;
use super::warehouse::Here;
use crate::go::{Go, case_address};

const LABEL: Text = text("包裹", "Parcels");
const WITHOUT_CASE: &str = "without_case";

fn choices() -> Signal<Vec<Choice>> {
    let states = [ParcelState::Signed, ParcelState::Announced, ParcelState::Opened];
    let mut all: Vec<Choice> = states.iter().map(|state| Choice::new(state.as_str(), list_name(*state))).collect();
    all.insert(1, Choice::new(WITHOUT_CASE, text("无主包裹", "Without a case")));
    Signal::stored(all)
}

fn list_name(state: ParcelState) -> Text {
    match state {
        ParcelState::Signed => text("待开箱", "To be opened"),
        ParcelState::Announced => text("在途", "On their way"),
        ParcelState::Opened => state.text(),
    }
}

/// What is asked for the chosen view.
fn query(shown: &str, here: Here, after: Option<String>, limit: u32) -> ParcelQuery {
    ParcelQuery {
        state: ParcelState::parse(shown),
        warehouse: here.get(),
        without_case: shown == WITHOUT_CASE,
        parked: false,
        after,
        limit: Some(limit),
    }
}

fn waybill_cell(parcel: &ParcelView) -> AnyView {
    view! { <a class="parcels__waybill" href=parcel_address(parcel.id)>{parcel.waybill.clone()}</a> }.into_any()
}

fn cases_cell(parcel: &ParcelView) -> AnyView {
    if parcel.cases.is_empty() {
        let label = text("无主", "No case");
        return view! { <StateChip state=State::Attention label/> }.into_any();
    }
    let link = |case: &contract::warehouse::ParcelCase| {
        view! { <a class="parcels__case" href=case_address(case.rma)>{case.number.clone()}</a> }
    };
    parcel.cases.iter().map(link).collect_view().into_any()
}

fn when_cell(parcel: &ParcelView) -> AnyView {
    let at = parcel.opened_at.or(parcel.signed_at).or(parcel.announced_at);
    at.map(|at| view! { <TimeStamp at_ms=at.ms()/> }).into_any()
}

fn who_cell(parcel: &ParcelView) -> Option<AnyView> {
    let who = parcel.opened_by.as_ref().or(parcel.signed_by.as_ref())?;
    Some(cell(who.name.clone()))
}

fn columns() -> Vec<Column<ParcelView>> {
    vec![
        Column::new("waybill", text("运单号", "Waybill"), waybill_cell).pinned(),
        Column::new("cases", text("退换货单", "Return"), cases_cell).grow(),
        Column::new("direction", text("来历", "How it came"), |parcel: &ParcelView| {
            cell(direction(&parcel.direction))
        }),
        Column::new("carrier", text("快递公司", "Carrier"), |parcel: &ParcelView| {
            parcel.carrier.as_ref().map(|carrier| cell(said(&carrier.name)))
        }),
        Column::new("state", text("状态", "State"), |parcel: &ParcelView| chip(parcel.state, "")),
        Column::new("when", text("时间", "When"), when_cell),
        Column::new("due", text("开箱期限", "Open by"), |parcel: &ParcelView| {
            waits(parcel.due_at, parcel.warn_at, true)
        }),
        Column::new("who", text("经手人", "By"), who_cell),
    ]
}

fn empty(shown: &str) -> AnyView {
    let (title, hint) = match (shown, ParcelState::parse(shown)) {
        (WITHOUT_CASE, _) => (
            text("没有无主包裹", "Every parcel has its case"),
            text("没有登记过的包裹签收后会出现在这里", "Parcels that nobody announced appear here once signed"),
        ),
        (_, Some(ParcelState::Announced)) => (
            text("没有在途的包裹", "Nothing is on its way"),
            text("顾客或客服填写寄回运单后会出现在这里", "Parcels appear here once their waybill is given"),
        ),
        (_, Some(ParcelState::Opened)) => (
            text("还没有清点过的包裹", "No parcel was opened yet"),
            text("开箱清点后的包裹会出现在这里", "Opened parcels appear here"),
        ),
        _ => (
            text("没有待开箱的包裹", "No parcel waits to be opened"),
            text("在上面的框里扫描运单号签收", "Scan a waybill in the box above to sign for it"),
        ),
    };
    view! { <EmptyState title hint icon=Glyph::Box/> }.into_any()
}

/// The list.
pub(super) fn list(here: Here, go: Go) -> AnyView {
    let shown = RwSignal::new(ParcelState::Signed.as_str().to_owned());
    let parcels = Pages::<ParcelView>::new(move |after, limit| {
        let query = query(&shown.get(), here, after, limit);
        api::read_with::<Page<ParcelView>, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("parcels:") || heard.touches_any("queue:"));
    let open = Callback::new(move |id: String| go.to(&format!("/desk/receiving/{id}")));
    view! {
        <section class="parcels" data-test="parcels">
            <Segmented value=shown options=choices() label=LABEL/>
            <div class="cases__sheet">
                <Table
                    label=LABEL
                    rows=parcels.items()
                    key=Callback::new(|parcel: ParcelView| parcel.id.to_string())
                    columns=columns()
                    on_open=open
                    loading=parcels.busy()
                    error=parcels.error()
                    on_retry=move |()| parcels.reload()
                    empty=move || empty(&shown.get())
                    more=parcels.has_more()
                    on_more=move |()| parcels.more()
                    fill=true
                />
            </div>
        </section>
    }
    .into_any()
}
