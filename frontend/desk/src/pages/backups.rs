//! What became of backups: when, how large, where, and why one failed.

use contract::backup::{BackupView, LIST};
use domain::Permission;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use ui::locale::bytes;
use ui::{
    Column, CopyText, EmptyState, Glyph, Notice, PageHeader, State, StateChip, Table, Text, TimeStamp, clock, text,
};

use crate::nav::Place;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/backups",
    label: text("备份", "Backups"),
    icon: Glyph::Layers,
    needs: &[Permission::SystemView],
    group: None,
};

const ABOUT: Text = text(
    "备份由服务器按计划写出，在命令行恢复并核对。",
    "The server writes backups on schedule; the command line restores and verifies them.",
);
const NONE: Text = text("还没有备份", "There is no backup yet");
const HOW: Text = text(
    "在配置文件中设置 backup_folder 和 backup_recipients，每晚备份一次；或运行 returndesk backup。",
    "Set backup_folder and backup_recipients in the configuration file for one each night, or run `returndesk backup`.",
);
/// A day and a margin, as the doctor counts it.
const LATELY_MS: i64 = 26 * 3_600_000;

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <Backups/> }.into_any()
}

fn outcome(run: &BackupView) -> AnyView {
    match &run.error {
        None => view! { <StateChip state=State::Good label=text("成功", "Written")/> }.into_any(),
        Some(error) => {
            let error = error.clone();
            view! {
                <div class="u-stack">
                    <StateChip state=State::Bad label=text("失败", "Failed")/>
                    <span class="u-small">{error}</span>
                </div>
            }
            .into_any()
        }
    }
}

fn columns() -> Vec<Column<BackupView>> {
    vec![
        Column::new("at", text("时间", "When"), |run: &BackupView| {
            view! { <TimeStamp at_ms=run.started_at.ms()/> }
        })
        .pinned(),
        Column::new("outcome", text("结果", "Outcome"), outcome),
        Column::new("asked", text("由", "Asked by"), |run: &BackupView| {
            let asked = if run.scheduled { text("计划", "the schedule") } else { text("人工", "hand") };
            view! { {asked} }
        }),
        Column::new("size", text("大小", "Size"), |run: &BackupView| {
            run.error.is_none().then(|| bytes(u64::try_from(run.bytes).unwrap_or(0)))
        }),
        Column::new("files", text("附件", "Files"), |run: &BackupView| {
            run.error.is_none().then(|| run.files.to_string())
        }),
        Column::new("file", text("位置", "Where"), |run: &BackupView| {
            let file = run.file.clone();
            run.error.is_none().then(|| view! { <CopyText value=Signal::stored(file)/> })
        })
        .grow(),
    ]
}

/// Says so when none succeeded lately.
fn warning(runs: Fetch<Vec<BackupView>>) -> AnyView {
    (move || {
        let last = runs.with(|runs| Some(runs?.iter().find(|run| run.error.is_none()).map(|run| run.started_at.ms())))?;
        let late = last.is_none_or(|at| clock::now_ms() - at > LATELY_MS);
        late.then(|| {
            view! {
                <Notice state=State::Attention title=text("最近一天没有成功的备份", "No backup succeeded within the last day")>
                    {HOW}
                </Notice>
            }
        })
    })
    .into_any()
}

#[component]
fn Backups() -> impl IntoView {
    let runs = Fetch::new(|| api::read::<Vec<BackupView>>(&LIST, &[]));
    let rows = Signal::derive(move || runs.get().unwrap_or_default());
    let error = Signal::derive(move || runs.problem().with(|problem| problem.as_ref().map(parts::api::Problem::words)));
    let empty = move || view! { <EmptyState title=NONE hint=HOW icon=PLACE.icon/> };
    view! {
        <PageHeader title=PLACE.label/>
        <p class="u-soft">{ABOUT}</p>
        {warning(runs)}
        <div class="roll__sheet" data-test="backups">
            <Table
                label=PLACE.label
                rows
                key=Callback::new(|run: BackupView| run.id.to_string())
                columns=columns()
                loading=runs.busy()
                error
                on_retry=move |()| runs.reload()
                empty
                fill=true
            />
        </div>
    }
}
