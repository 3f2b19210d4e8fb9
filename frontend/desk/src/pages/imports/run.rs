//! One import: how far it is in bytes, what came of its rows, what is wrong with the bad ones.

use std::time::Duration;

use contract::import::{BAD_ROWS_CSV, GET, ImportView, START, STOP, StartQuery};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use parts::words::{import_problem, import_target};
use serde::de::IgnoredAny;
use ui::locale::{bytes, integer};
use ui::{
    Bar, BarList, Button, ButtonKind, Card, EmptyState, ErrorState, Glyph, LinkButton, Notice, PageHeader, Progress,
    Skeleton, Stat, State, Text, Words, say, text,
};

use super::bad_rows::BadRows;
use super::chips;
use crate::go::use_go;
use crate::rows::wrong;

const LOST: Text = text("没有这次导入", "There is no such import");
/// Between two looks while it runs, in case the live stream is silent.
const LOOK: Duration = Duration::from_secs(1);

/// The same import for real.
fn again(run: &ImportView) -> StartQuery {
    StartQuery {
        target: run.target.clone(),
        file: Some(run.file.clone()),
        name: run.file_name.clone(),
        dry: false,
        shop: run.options.shop.clone(),
        create_shops: run.options.create_shops,
        zone: Some(run.options.zone.clone()),
        currency: Some(run.options.currency),
        mapping: serde_json::to_string(&run.mapping).ok(),
    }
}

fn counts(run: &ImportView) -> AnyView {
    let stat = |label: Text, value: i64| view! { <Stat label value=integer(value)/> };
    view! {
        <div class="imports__counts">
            {stat(text("读取", "Read"), run.rows_read)}
            {stat(text("新增", "New"), run.rows_new)}
            {stat(text("更新", "Changed"), run.rows_changed)}
            {stat(text("已有且相同", "Known already"), run.rows_same)}
            {stat(text("有误", "Bad"), run.rows_bad)}
        </div>
    }
    .into_any()
}

fn problems(run: &ImportView) -> AnyView {
    if run.problems.is_empty() {
        return ().into_any();
    }
    let bars: Vec<Bar> = run
        .problems
        .iter()
        .map(|problem| Bar::new(import_problem(&problem.code), problem.count, integer(problem.count)))
        .collect();
    view! { <Card title=text("问题分布", "What is wrong, how often")><BarList bars=Signal::stored(bars)/></Card> }
        .into_any()
}

fn verdict(run: &ImportView) -> AnyView {
    let bad = integer(run.rows_bad);
    let good = integer(run.rows_new + run.rows_changed + run.rows_same);
    let words: Words = match (run.state.as_str(), run.dry, run.rows_bad) {
        ("running", _, _) => return ().into_any(),
        ("done", true, 0) => {
            text("试运行通过，没有问题；还没有写入任何数据", "The dry run found nothing wrong; nothing was written yet")
                .into()
        }
        ("done", true, _) => (move || {
            say!(
                "试运行发现 {bad} 行有误，{good} 行可导入；还没有写入任何数据",
                "The dry run found {bad} bad rows, {good} can be imported; nothing was written yet"
            )
        })
        .into(),
        ("done", false, 0) => text("全部导入", "All rows were imported").into(),
        ("done", false, _) => (move || {
            say!(
                "{good} 行已导入，{bad} 行有误；下载有误的行，改好后再导入即可",
                "{good} rows were imported, {bad} are bad: download them, correct them, import them again"
            )
        })
        .into(),
        ("stopped", _, _) => text(
            "已停止；已写入的保留，再次导入会接着完成",
            "Stopped; what is written stays, importing again completes it",
        )
        .into(),
        _ => text(
            "导入没有完成；已写入的保留，再次导入会接着完成",
            "It did not end well; what is written stays, importing again completes it",
        )
        .into(),
    };
    let state = match (run.state.as_str(), run.rows_bad) {
        ("done", 0) => State::Good,
        ("done", _) => State::Attention,
        ("stopped", _) => State::Paused,
        _ => State::Bad,
    };
    view! { <div data-test="import-verdict"><Notice state title=words/></div> }.into_any()
}

/// The page.
#[component]
pub(super) fn Run(
    /// Which import.
    id: String,
) -> impl IntoView {
    let go = use_go();
    let id = StoredValue::new(id);
    let topic = format!("import:{}", id.get_value());
    let run = Fetch::<ImportView>::new(move || api::read(&GET, &[&id.get_value()]))
        .follow(move |heard| heard.touches(&topic));
    let is_running = Memo::new(move |_| run.with(|run| run.is_some_and(|run| run.state == "running")));
    if let Ok(look) = set_interval_with_handle(
        move || {
            if is_running.try_get_untracked() == Some(true) {
                run.reload();
            }
        },
        LOOK,
    ) {
        on_cleanup(move || look.clear());
    }
    let title = Words::from(move || {
        run.with(|run| run.map(|run| run.file_name.clone()))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| id.get_value())
    });
    let subtitle = Words::from(move || {
        run.with(|run| run.map(|run| import_target(&run.target)))
            .map(|words| words.get().into_owned())
            .unwrap_or_default()
    });
    let submit = Submit::new();
    let for_real = move |()| {
        let Some(query) = run.get_untracked().as_ref().map(again) else { return };
        submit.run(
            move |key| api::act_with::<ImportView, _>(&START, &[], &query, key),
            move |run| go.to(&format!("/desk/imports/{}", run.id)),
        );
    };
    let stop = move |()| {
        submit.run(move |key| api::act::<IgnoredAny>(&STOP, &[&id.get_value()], key), move |_| run.reload());
    };
    let actions = move || {
        let (state, dry, bad) = run.with(|run| run.map(|run| (run.state.clone(), run.dry, run.rows_bad)))?;
        let running = state == "running";
        let download = (bad > 0 && !running).then(|| {
            let href = BAD_ROWS_CSV.address(&[&id.get_value()]);
            let name = format!("import-{}-bad-rows.csv", id.get_value());
            view! { <LinkButton href download=name icon=Glyph::Download>{text("下载有误的行", "Download the bad rows")}</LinkButton> }
        });
        let stop = running.then(
            || view! { <Button icon=Glyph::Pause busy=submit.busy() on_click=stop>{text("停止", "Stop")}</Button> },
        );
        let real = (dry && !running).then(|| {
            view! { <Button kind=ButtonKind::Primary icon=Glyph::Upload busy=submit.busy() on_click=for_real attr:data-test="import-for-real">{text("正式导入", "Import for real")}</Button> }
        });
        Some(view! { {download} {stop} {real} })
    };
    let done = Signal::derive(move || run.with(|run| run.map_or(0, |run| run.bytes_done)));
    let total = Signal::derive(move || run.with(|run| run.map(|run| run.bytes_total)));
    let note = Words::from(move || {
        run.with(|run| {
            let run = run?;
            let size = |count: i64| bytes(u64::try_from(count).unwrap_or(0));
            let (done, total, rows) = (size(run.bytes_done), size(run.bytes_total), integer(run.rows_read));
            Some(say!("字节 · {done} / {total} · {rows} 行", "bytes · {done} of {total} · {rows} rows"))
        })
        .unwrap_or_default()
    });
    let body = move || match (run.get(), run.problem().get()) {
        (Some(view), _) => view! { {verdict(&view)} {counts(&view)} {problems(&view)} }.into_any(),
        (None, Some(problem)) if problem.is_missing() => {
            view! { <EmptyState title=LOST icon=Glyph::Search/> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| run.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=6/> }.into_any(),
    };
    let target = Signal::derive(move || run.with(|run| run.map(|run| run.target.clone())).unwrap_or_default());
    let has_bad = Memo::new(move |_| run.with(|run| run.is_some_and(|run| run.rows_bad > 0)));
    let rows = move || has_bad.get().then(|| view! { <BadRows id=id.get_value() target running=is_running/> });
    let header_chips = move || run.with(|run| run.map(chips));
    view! {
        <PageHeader title subtitle back="/desk/imports" chips=move || header_chips actions=move || actions/>
        <div class="u-stack" data-test="import-run">
            {wrong(submit)}
            <Card><Progress label=text("已读取", "Read so far") done total note/></Card>
            {body}
            {rows}
        </div>
    }
}
