//! Daily files for an ERP: a shop's day as CSV or XLSX.

use contract::daily_file::{DailyFileQuery, DailyFormat, GET, KINDS};
use domain::{LocalDate, Permission};
use leptos::prelude::*;
use parts::api;
use parts::meta::use_meta;
use parts::said::today;
use ui::{
    Bind, ButtonKind, Card, DateInput, EmptyState, Field, Glyph, Icon, LinkButton, PageHeader, Select, Text, text,
};

use crate::nav::Place;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/daily-files",
    label: text("每日文件", "Daily files"),
    icon: Glyph::Download,
    needs: &[Permission::ExportRun],
    group: None,
};

const ABOUT: Text =
    text("供 ERP 等系统取用；每次下载都有记录。", "For an ERP and other systems; each download is recorded.");

/// A file's name and what is in it.
fn words(kind: &str) -> (Text, Text, Glyph) {
    match kind {
        "stock-in" => (
            text("退货入库", "Returned into stock"),
            text("当天的库存移动：待检、良品、次品、报废、退供应商", "The day's stock moves, by bucket"),
            Glyph::Box,
        ),
        "outbound" => (
            text("补发与换货出库", "Sent out again"),
            text("当天建立的发货单和商品", "Orders opened that day, with their goods"),
            Glyph::Truck,
        ),
        _ => (
            text("退款清单", "Refunds"),
            text("当天结清的款项、方式和承担方", "What was settled that day, how, and who bears it"),
            Glyph::Wallet,
        ),
    }
}

/// The page at the rest of an address under `/desk/daily-files`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    rest.is_empty().then(|| view! { <DailyFiles/> }.into_any())
}

fn address(kind: &'static str, shop: &str, day: &str, format: DailyFormat) -> Option<String> {
    let query = DailyFileQuery { shop: shop.parse().ok()?, date: day.parse().ok()?, format };
    Some(GET.address(&[&kind]) + &api::query(&query))
}

fn file(kind: &'static str, shop: Signal<String>, day: RwSignal<String>) -> AnyView {
    let (title, about, glyph) = words(kind);
    let link = move |format: DailyFormat, kind_of: ButtonKind, name: &'static str| {
        let href = Signal::derive(move || {
            shop.with(|shop| day.with(|day| address(kind, shop, day, format))).unwrap_or_default()
        });
        view! {
            <LinkButton href kind=kind_of icon=Glyph::Download download="" attr:data-test=format!("{kind}-{name}")>
                {name.to_uppercase()}
            </LinkButton>
        }
    };
    let ready =
        Memo::new(move |_| shop.with(|shop| day.with(|day| address(kind, shop, day, DailyFormat::Csv))).is_some());
    let buttons = move || {
        ready.get().then(|| {
            let (csv, xlsx) = (
                link(DailyFormat::Csv, ButtonKind::Secondary, "csv"),
                link(DailyFormat::Xlsx, ButtonKind::Secondary, "xlsx"),
            );
            view! { {csv} {xlsx} }
        })
    };
    view! {
        <Card>
            <div class="u-stack">
                <h2 class="daily__title"><Icon glyph/> {title}</h2>
                <p class="u-soft">{about}</p>
                <div class="u-row">{buttons}</div>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn DailyFiles() -> impl IntoView {
    let meta = use_meta();
    let chosen = RwSignal::new(None::<String>);
    let options = Signal::derive(move || meta.shop_choices());
    let shop = Signal::derive(move || {
        let first = options.with(|all| all.first().map(|one| one.value.clone()));
        chosen.get().or(first).unwrap_or_default()
    });
    // The last whole day.
    let today: LocalDate = untrack(today);
    let day = RwSignal::new(today.plus_days(-1).to_string());
    let value = Bind::new(move || shop.get(), move |shop: String| chosen.set(Some(shop)));
    let none = move || options.with(Vec::is_empty);
    let shops = move || {
        view! {
            <div data-test="daily-shop"><Field label=text("店铺", "Shop")><Select value options/></Field></div>
        }
    };
    let files = move || KINDS.into_iter().map(|kind| file(kind, shop, day)).collect_view();
    let body = move || {
        if none() {
            let title = text("还没有店铺", "There is no shop yet");
            let hint =
                text("建好店铺后，每天的文件在这里下载", "Each day's files are downloaded here once there is a shop");
            return view! { <EmptyState title hint icon=Glyph::Home/> }.into_any();
        }
        view! {
            <div class="daily__what">
                {shops}
                <div data-test="daily-day">
                    <Field label=text("日期（店铺当地）", "Day, as the shop counts")>
                        <DateInput value=day max=Signal::stored(today.to_string())/>
                    </Field>
                </div>
            </div>
            <div class="u-grid">{files}</div>
        }
        .into_any()
    };
    view! {
        <PageHeader title=PLACE.label subtitle=ABOUT/>
        <div class="u-stack" data-test="daily-files">{body}</div>
    }
}
