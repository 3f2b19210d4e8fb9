//! Stations: browsers at the dock and the bench, enrolled on the spot; renamed, moved and ended here.

use contract::station::{CHANGE, ChangeStation, LIST, REVOKE, StationView};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, ButtonKind, Choice, Column, Drawer, EmptyState, Field, Glyph, LinkButton, PageHeader, Select, State,
    Table, Text, TextInput, TimeStamp, text, toast,
};

use super::List;
use crate::rows::{active_chip, wrong};

const TITLE: Text = text("工作站", "Stations");
const HINT: Text = text("收货台、质检台的电脑，扫工牌登录", "Machines at dock and bench, opened by badge");
const HERE: Text = text("把这台电脑设为工作站", "Make this machine a station");

/// The list.
pub(super) const STATIONS: List = List { key: "stations", title: TITLE, hint: HINT, icon: Glyph::Scan, draw };

fn draw() -> AnyView {
    view! { <Stations/> }.into_any()
}

fn columns() -> Vec<Column<StationView>> {
    vec![
        Column::new("name", text("名称", "Name"), |row: &StationView| row.name.clone()).pinned(),
        Column::new("warehouse", text("仓库", "Warehouse"), |row: &StationView| {
            row.warehouse.as_ref().map(|one| parts::said::cell(said(&one.title)))
        })
        .grow(),
        Column::new("operator", text("现在谁在用", "Who works there"), |row: &StationView| {
            row.operator.as_ref().map(|one| one.name.clone())
        }),
        Column::new("active", text("状态", "State"), |row: &StationView| active_chip(row.active)),
        Column::new("since", text("登记时间", "Enrolled"), |row: &StationView| {
            view! { <TimeStamp at_ms=row.enrolled_at.ms()/> }
        }),
    ]
}

#[component]
fn Form(station: StationView, on_done: Callback<()>) -> impl IntoView {
    let meta = use_meta();
    let (id, version) = (station.id, station.version);
    let name = RwSignal::new(station.name.clone());
    let stands = station.warehouse.as_ref().map(|one| one.id);
    let warehouse = RwSignal::new(stands.map(|id| id.to_string()).unwrap_or_default());
    let options = Signal::derive(move || {
        meta.with(|view| {
            let all = view.warehouses.iter();
            all.map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let submit = Submit::new();
    let save = move || {
        let chosen = warehouse.get_untracked().parse().ok();
        let change = ChangeStation {
            version,
            name: Some(name.get_untracked().trim().to_owned()),
            warehouse: chosen.filter(|chosen| Some(*chosen) != stands),
            settings: None,
        };
        submit.run(
            move |key| api::send::<StationView, _>(&CHANGE, &[&id], &change, key),
            move |_| {
                toast(State::Good, text("已保存", "Saved"));
                on_done.run(());
            },
        );
    };
    let end = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&REVOKE, &[&id], key),
            move |_| {
                toast(State::Good, text("工作站已停用", "The station was ended"));
                on_done.run(());
            },
        );
    };
    let end = station.active.then(|| {
        view! {
            <Button kind=ButtonKind::Danger icon=Glyph::Close busy=submit.busy() on_click=end attr:data-test="station-revoke">
                {text("停用工作站", "End the station")}
            </Button>
        }
    });
    view! {
        <form class="u-stack" data-test="station-form" on:submit=move |event| {
            event.prevent_default();
            save();
        }>
            {wrong(submit)}
            <Field label=text("名称", "Name") error=submit.field("name") required=true><TextInput value=name max_length=40/></Field>
            <Field label=text("仓库", "Warehouse") hint=text("换仓库后操作员要重新扫工牌", "After a move its operator scans the badge again") error=submit.field("warehouse")>
                <Select value=warehouse options/>
            </Field>
            <div class="u-row">
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("保存", "Save")}</Button>
                {end}
            </div>
        </form>
    }
}

#[component]
fn Stations() -> impl IntoView {
    let stations = Fetch::<Vec<StationView>>::new(|| api::read(&LIST, &[]));
    let rows = Signal::derive(move || stations.get().unwrap_or_default());
    let chosen = RwSignal::new(None::<StationView>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let choose = move |key: String| {
        chosen.set(rows.with_untracked(|all| all.iter().find(|row| row.id.to_string() == key).cloned()));
    };
    let done = Callback::new(move |()| {
        chosen.try_set(None);
        stations.reload();
    });
    let title = ui::Words::from(move || {
        chosen.with(|chosen| chosen.as_ref().map(|station| station.name.clone())).unwrap_or_default()
    });
    let body = move || chosen.get_untracked().map(|station| view! { <Form station on_done=done/> });
    let here = || view! { <LinkButton href="/desk/station".to_owned() icon=Glyph::Scan>{HERE}</LinkButton> };
    let empty = move || {
        let hint = text("在收货台的电脑上打开“工作站”登记", "Open “Station” on the machine at the dock to enrol it");
        view! { <EmptyState title=text("还没有工作站", "No station yet") hint icon=Glyph::Scan/> }
    };
    let error = Signal::derive(move || stations.problem().get().map(|problem| problem.words()));
    view! {
        <PageHeader title=TITLE back=super::PLACE.href.to_owned() actions=here/>
        <div class="roll__sheet" data-test="stations">
            <Table
                label=TITLE
                rows
                key=Callback::new(|row: StationView| row.id.to_string())
                columns=columns()
                on_open=choose
                loading=stations.busy()
                error
                on_retry=move |()| stations.reload()
                empty
                fill=true
            />
        </div>
        <Drawer open title>{body()}</Drawer>
    }
}
