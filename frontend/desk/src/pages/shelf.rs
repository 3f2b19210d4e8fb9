//! The shelf of parcels nobody can place (未识别件): what was seen of each, the cases it may belong to and why, and tying it
//! to one of them from here.

use contract::Page;
use contract::warehouse::{LIST, ParcelQuery, ParcelView};
use domain::{ParcelId, Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;
use parts::fetch::Pages;
use ui::{EmptyState, ErrorState, Glyph, LoadMore, PageHeader, Skeleton, SplitView, Text, text};

use crate::go::use_go;
use crate::nav::Place;
use crate::pages::receiving::warehouse::{Here, choice};

mod entry;
mod found;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/shelf",
    label: text("未识别件", "Unplaced parcels"),
    icon: Glyph::Help,
    needs: &[Permission::ParcelSign, Permission::ParcelReceive],
    group: None,
};

const HINT: Text = text("挂起等人认领的包裹", "Parked parcels that wait for their case");
const NONE_CHOSEN: Text = text("未选择包裹", "No parcel chosen");
const CHOOSE: Text =
    text("选择一个包裹，这里显示照片和可能的单据", "Choose a parcel to see its photos and likely returns");
const PREVIEW: Text = text("选中的包裹", "The chosen parcel");

/// The page at the rest of an address under `/desk/shelf`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    rest.is_empty().then(|| view! { <Shelf/> }.into_any())
}

/// The shelf with a parcel of it in front.
fn address(id: ParcelId) -> String {
    format!("{}?parcel={id}", PLACE.href)
}

fn list(parcels: Pages<ParcelView>, chosen: Memo<Option<ParcelId>>) -> AnyView {
    let rows = move || {
        let all = parcels.items().get();
        if !all.is_empty() {
            let own = all.into_iter().map(|parcel| entry::entry(parcel, chosen)).collect_view();
            return view! { <ul class="shelf__list">{own}</ul> }.into_any();
        }
        if let Some(words) = parcels.error().get() {
            return view! { <ErrorState hint=words on_retry=move |()| parcels.reload()/> }.into_any();
        }
        if parcels.busy().get() {
            return view! { <Skeleton lines=6/> }.into_any();
        }
        let title = text("没有挂起的包裹", "No parcel is parked");
        let hint = text(
            "在工作站签收时按 F8 挂起无法识别的包裹，会出现在这里",
            "Parcels that are parked with F8 while signing at a station appear here",
        );
        view! { <EmptyState title hint icon=Glyph::CheckCircle/> }.into_any()
    };
    let shown = Signal::derive(move || parcels.items().with(|all| i64::try_from(all.len()).unwrap_or(i64::MAX)));
    let more = move || {
        parcels.has_more().get().then(|| {
            view! { <LoadMore shown more=parcels.has_more() loading=parcels.busy() on_more=move |()| parcels.more()/> }
        })
    };
    view! { <div class="shelf__pane" data-test="shelf">{rows}{more}</div> }.into_any()
}

#[component]
fn Shelf() -> impl IntoView {
    let (go, here, map) = (use_go(), Here::of_browser(), use_query_map());
    let chosen = Memo::new(move |_| map.with(|map| map.get("parcel")).and_then(|id| id.parse::<ParcelId>().ok()));
    let parcels = Pages::<ParcelView>::new(move |after, limit| {
        let query = ParcelQuery {
            state: None,
            warehouse: here.get(),
            without_case: true,
            parked: true,
            after,
            limit: Some(limit),
        };
        async move { api::read_with::<Page<ParcelView>, _>(&LIST, &[], &query).await }
    })
    .follow(|heard| heard.touches_any("parcels:"));
    let placed = Callback::new(move |()| {
        parcels.reload();
        go.replace(PLACE.href);
    });
    let detail = move || {
        let panel = move || match chosen.get() {
            Some(id) => found::found(id, placed),
            None => view! { <EmptyState title=NONE_CHOSEN hint=CHOOSE icon=Glyph::Box/> }.into_any(),
        };
        view! { <section class="shelf__detail" aria-label=move || PREVIEW.get()>{panel}</section> }
    };
    let is_chosen = Signal::derive(move || chosen.get().is_some());
    let actions = move || choice(here);
    view! {
        <PageHeader title=PLACE.label subtitle=HINT actions/>
        <SplitView chosen=is_chosen list=move || list(parcels, chosen) detail/>
    }
}
