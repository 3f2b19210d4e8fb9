//! Hand-over sheets (交接班) as they were kept: by warehouse, station and day, and one of them to read and print.

use contract::Page;
use contract::station::{
    GET_HAND_OVER, HandOverQuery, HandOverView, HandedOverStation, LIST_HAND_OVERS, LIST_HANDED_OVER,
};
use domain::{HandOverId, Permission, Timestamp, WarehouseId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::meta::{Meta, use_meta};
use parts::said::{cell, said};
use parts::session::use_session;
use ui::locale::{date_of_input, zone_minutes};
use ui::{
    Bind, Button, ButtonKind, Card, Choice, Column, DateInput, EmptyState, ErrorState, Glyph, PageHeader, Select,
    Skeleton, State, StateChip, Table, Text, TimeStamp, Words, say, text,
};

use crate::go::{Go, use_go};
use crate::nav::Place;
use crate::pages::station::sheet;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/hand-overs",
    label: text("交接班", "Hand-overs"),
    icon: Glyph::Swap,
    needs: &[Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect, Permission::Dispose],
    group: None,
};

const HINT: Text = text("每次交接班保存的单据，最新的在前", "The sheet of every hand-over, the newest first");
const WAREHOUSE: Text = text("仓库", "Warehouse");
const STATION: Text = text("工位", "Station");
const DAY: Text = text("日期", "Day");
const DAY_MS: i64 = 86_400_000;
/// What the list is narrowed by, as the address names it.
const NAMES: [&str; 3] = ["warehouse", "station", "day"];

/// The page at the rest of an address under `/desk/hand-overs`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    match rest {
        [] => Some(view! { <HandOvers/> }.into_any()),
        [_] => Some(view! { <HandOver/> }.into_any()),
        _ => None,
    }
}

/// The filters of the address. Copy freely.
#[derive(Clone, Copy)]
struct Asked {
    values: Memo<[String; 3]>,
    go: Go,
}

impl Asked {
    fn of_address(go: Go) -> Self {
        let map = use_query_map();
        let plain = |value: String| value.chars().filter(|one| one.is_ascii_digit() || *one == '-').collect::<String>();
        let values = Memo::new(move |_| map.with(|map| NAMES.map(|name| map.get(name).map(plain).unwrap_or_default())));
        Self { values, go }
    }

    fn query(self, after: Option<String>, limit: u32) -> HandOverQuery {
        let [warehouse, station, day] = self.values.get();
        let from = date_of_input(&day, zone_minutes());
        HandOverQuery {
            warehouse: warehouse.parse().ok(),
            station: station.parse().ok(),
            from: from.map(Timestamp::from_ms),
            until: from.map(|from| Timestamp::from_ms(from + DAY_MS)),
            after,
            limit: Some(limit),
        }
    }

    fn is_set(self) -> bool {
        self.values.with(|values| values.iter().any(|value| !value.is_empty()))
    }

    fn set(self, values: &[String; 3]) {
        let pairs = NAMES.iter().zip(values).filter(|(_, value)| !value.is_empty());
        let query = pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        self.go.replace(&format!("{}{mark}{query}", PLACE.href));
    }

    fn bind(self, at: usize) -> Bind<String> {
        Bind::new(
            move || self.values.with(|values| values.get(at).cloned().unwrap_or_default()),
            move |value: String| {
                let mut values = self.values.get_untracked();
                if let Some(own) = values.get_mut(at) {
                    *own = value;
                }
                self.set(&values);
            },
        )
    }
}

fn warehouse_name(meta: Meta, id: WarehouseId) -> Words {
    let found = meta.with(|view| view.warehouses.iter().find(|one| one.id == id).map(|one| said(&one.title)));
    found.unwrap_or_else(|| Words::from(id.to_string()))
}

fn filters(asked: Asked, meta: Meta) -> AnyView {
    let stations = Fetch::<Vec<HandedOverStation>>::new(|| api::read(&LIST_HANDED_OVER, &[]));
    let warehouses = Signal::derive(move || {
        meta.with(|view| {
            view.warehouses.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let stations = Signal::derive(move || {
        stations.with(|all| {
            let all = all.into_iter().flatten();
            all.map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect::<Vec<_>>()
        })
    });
    let value = asked.bind(0);
    let places = move || {
        (warehouses.with(Vec::len) > 1)
            .then(|| view! { <Select value=value options=warehouses label=WAREHOUSE placeholder=WAREHOUSE/> })
    };
    let clear = move || {
        asked.is_set().then(|| {
            let clear = move |()| asked.set(&<[String; 3]>::default());
            view! { <Button kind=ButtonKind::Quiet on_click=clear>{text("清除筛选", "Clear")}</Button> }
        })
    };
    view! {
        <div class="exceptions__filters" data-test="hand-over-filters">
            {places}
            <Select value=asked.bind(1) options=stations label=STATION placeholder=STATION/>
            <DateInput value=asked.bind(2) label=DAY/>
            {clear}
        </div>
    }
    .into_any()
}

fn number(count: i64) -> AnyView {
    view! { <span class:u-soft=count == 0>{count}</span> }.into_any()
}

fn at_cell(view: &HandOverView) -> AnyView {
    let href = view.id.map(|id| format!("{}/{id}", PLACE.href)).unwrap_or_default();
    view! { <a class="parcels__waybill" href=href><TimeStamp at_ms=view.at.ms()/></a> }.into_any()
}

fn who_cell(view: &HandOverView) -> AnyView {
    let to = view.to.as_ref().map(|to| to.name.clone()).unwrap_or_default();
    cell(format!("{} → {to}", view.from.name))
}

fn left_cell(count: i64) -> AnyView {
    if count == 0 {
        return number(0);
    }
    let label = Words::from(count.to_string());
    view! { <StateChip state=State::Attention label/> }.into_any()
}

fn note_cell(view: &HandOverView) -> AnyView {
    let pending = view.pending_uploads;
    let pending = (pending > 0).then(|| {
        let label = Words::from(move || say!("未上传 {pending}", "{pending} not uploaded"));
        view! { <StateChip state=State::Attention label/> " " }
    });
    let note = view.note.clone();
    view! { <span class="handed__note">{pending} {note}</span> }.into_any()
}

fn columns(meta: Meta) -> Vec<Column<HandOverView>> {
    vec![
        Column::new("at", text("时间", "When"), at_cell).pinned(),
        Column::new("station", STATION, |view: &HandOverView| cell(view.station_name.clone())),
        Column::new("warehouse", WAREHOUSE, move |view: &HandOverView| cell(warehouse_name(meta, view.warehouse))),
        Column::new("who", text("交班 → 接班", "From → to"), who_cell),
        Column::new("signed", text("签收", "Signed"), |view: &HandOverView| number(view.counts.signed)).number(),
        Column::new("opened", text("开箱", "Opened"), |view: &HandOverView| number(view.counts.opened)).number(),
        Column::new("units", text("质检件数", "Inspected"), |view: &HandOverView| {
            number(view.counts.units_inspected)
        })
        .number(),
        Column::new("unopened", text("未开箱", "Not opened"), |view: &HandOverView| left_cell(view.unopened)).number(),
        Column::new("unfinished", text("未完成", "Unfinished"), |view: &HandOverView| left_cell(view.unfinished))
            .number(),
        Column::new("note", text("备注", "Note"), note_cell).grow(),
    ]
}

fn empty(asked: Asked) -> AnyView {
    if asked.is_set() {
        let clear = move |()| asked.set(&<[String; 3]>::default());
        let action = move || view! { <Button on_click=clear>{text("清除筛选", "Clear filters")}</Button> };
        let title = text("没有符合筛选的交接单", "No sheet fits the filters");
        return view! { <EmptyState title icon=Glyph::Filter action/> }.into_any();
    }
    let title = text("还没有交接过班", "Nobody handed over yet");
    let hint =
        text("在工作站按 F7 交接后，单据会保存在这里", "Sheets are kept here once a station was handed over with F7");
    view! { <EmptyState title hint icon=Glyph::Swap/> }.into_any()
}

#[component]
fn HandOvers() -> impl IntoView {
    let (go, meta) = (use_go(), use_meta());
    let asked = Asked::of_address(go);
    let sheets = Pages::<HandOverView>::new(move |after, limit| {
        let query = asked.query(after, limit);
        api::read_with::<Page<HandOverView>, _>(&LIST_HAND_OVERS, &[], &query)
    });
    let open = Callback::new(move |id: String| go.to(&format!("{}/{id}", PLACE.href)));
    view! {
        <PageHeader title=PLACE.label subtitle=HINT/>
        <section class="exceptions" data-test="hand-overs">
            {filters(asked, meta)}
            <div class="cases__sheet">
                <Table
                    label=PLACE.label
                    rows=sheets.items()
                    key=Callback::new(|view: HandOverView| view.id.map(|id| id.to_string()).unwrap_or_default())
                    columns=columns(meta)
                    on_open=open
                    loading=sheets.busy()
                    error=sheets.error()
                    on_retry=move |()| sheets.reload()
                    empty=move || empty(asked)
                    more=sheets.has_more()
                    on_more=move |()| sheets.more()
                    fill=true
                />
            </div>
        </section>
    }
}

#[component]
fn HandOver() -> impl IntoView {
    let params = use_params_map();
    let (meta, session) = (use_meta(), use_session());
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<HandOverId>().ok()));
    let kept = Fetch::<HandOverView>::when(move || id.get().map(|id| api::read(&GET_HAND_OVER, &[&id])));
    let print = move |()| {
        let _ = window().print();
    };
    let actions = move || {
        view! { <Button icon=Glyph::Printer on_click=print attr:data-test="print">{text("打印", "Print")}</Button> }
    };
    let body = move || {
        if let Some(view) = kept.get() {
            let links = session.may_one_of(&[Permission::ParcelSign, Permission::ParcelReceive]);
            let warehouse = warehouse_name(meta, view.warehouse).get().into_owned();
            return view! { <Card>{sheet(&view, warehouse, links)}</Card> }.into_any();
        }
        let missing = id.get().is_none();
        match kept.problem().get() {
            Some(problem) if !problem.is_missing() => {
                view! { <ErrorState hint=problem.words() on_retry=move |()| kept.reload()/> }.into_any()
            }
            None if !missing => view! { <Skeleton lines=8/> }.into_any(),
            _ => {
                let title = text("没有这张交接单", "No such sheet");
                let hint =
                    text("地址可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see it");
                view! { <EmptyState title hint icon=Glyph::Search/> }.into_any()
            }
        }
    };
    view! {
        <PageHeader title=text("交接单", "Hand-over sheet") back=PLACE.href actions/>
        <div data-test="hand-over">{body}</div>
    }
}
