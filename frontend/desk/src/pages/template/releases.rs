//! What was put in force when and by whom; an older text can be looked at, saved, or taken into the editor.

use contract::template::{EXPORT, ExportQuery, RELEASES, ReleaseView, TemplateText};
use domain::ReleaseId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::fetch::Fetch;
use parts::files;
use ui::{Button, ButtonKind, Column, EmptyState, Glyph, State, StateChip, Table, Text, TimeStamp, text, toast};

const TITLE: Text = text("发布记录", "Releases");

fn with_text(release: ReleaseId, then: impl Fn(String) + 'static) {
    spawn_local(async move {
        match api::read_with::<TemplateText, _>(&EXPORT, &[], &ExportQuery { release: Some(release) }).await {
            Ok(found) => then(found.text),
            Err(problem) => toast(State::Bad, problem.words()),
        }
    });
}

fn acts(row: &ReleaseView, on_load: Callback<String>) -> AnyView {
    let id = row.id;
    let load = move |()| with_text(id, move |text| on_load.run(text));
    let save = move |()| with_text(id, move |text| files::save_text(&format!("returns-{id}.yaml"), &text));
    view! {
        <span class="u-row">
            <Button kind=ButtonKind::Quiet icon=Glyph::Edit on_click=load>{text("载入编辑器", "Into the editor")}</Button>
            <Button kind=ButtonKind::Quiet icon=Glyph::Download on_click=save>{text("下载", "Download")}</Button>
        </span>
    }
    .into_any()
}

fn columns(on_load: Callback<String>) -> Vec<Column<ReleaseView>> {
    vec![
        Column::new("at", text("时间", "When"), |row: &ReleaseView| view! { <TimeStamp at_ms=row.applied_at.ms()/> })
            .pinned(),
        Column::new("current", text("状态", "State"), |row: &ReleaseView| {
            row.current.then(|| view! { <StateChip state=State::Good label=text("当前", "In force")/> })
        }),
        Column::new("by", text("操作人", "By"), |row: &ReleaseView| {
            row.applied_by.as_ref().map(|person| person.name.clone()).unwrap_or_default()
        }),
        Column::new("note", text("说明", "What was changed"), |row: &ReleaseView| row.note.clone()).grow(),
        Column::new("hash", text("内容指纹", "Fingerprint"), |row: &ReleaseView| {
            let short: String = row.hash.chars().take(12).collect();
            view! { <code title=row.hash.clone()>{short}</code> }
        }),
        Column::new("acts", text("操作", "Actions"), move |row: &ReleaseView| acts(row, on_load)),
    ]
}

/// The list.
#[component]
pub(super) fn Releases(
    /// Takes an older text into the editor.
    on_load: Callback<String>,
) -> impl IntoView {
    let releases = Fetch::<Vec<ReleaseView>>::new(|| api::read(&RELEASES, &[]));
    let rows = Signal::derive(move || releases.get().unwrap_or_default());
    let error = Signal::derive(move || releases.problem().get().map(|problem| problem.words()));
    let empty =
        || view! { <EmptyState title=text("还没有应用过模板", "No template was put in force yet") icon=Glyph::Clock/> };
    view! {
        <div class="roll__sheet" data-test="template-releases">
            <Table
                label=TITLE
                rows
                key=Callback::new(|row: ReleaseView| row.id.to_string())
                columns=columns(on_load)
                loading=releases.busy()
                error
                on_retry=move |()| releases.reload()
                empty
            />
        </div>
    }
}
