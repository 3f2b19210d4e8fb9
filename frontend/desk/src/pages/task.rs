//! What the link of a message opens: the very to-do while it waits, its outcome when somebody was quicker.

use contract::message::{TASK, TaskView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use ui::{Card, ErrorState, Glyph, LinkButton, Notice, PageHeader, Skeleton, State, TimeStamp, text};

use crate::go::{case_address, use_go};

/// The page.
#[component]
pub(crate) fn TaskPage() -> impl IntoView {
    let go = use_go();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let task = Fetch::<TaskView>::new(move || {
        let id = id.get();
        async move { api::read(&TASK, &[&id]).await }
    });
    Effect::new(move |_| {
        let Some(found) = task.get() else { return };
        if let (true, Some(rma)) = (found.state == "open", found.rma) {
            go.replace(&format!("{}?task={}", case_address(rma), found.id));
        }
    });
    move || match (task.get(), task.problem().get()) {
        (Some(found), _) => outcome(found),
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| task.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=4/> }.into_any(),
    }
}

fn outcome(found: TaskView) -> AnyView {
    let title = match found.state.as_str() {
        "done" => text("这个任务已经处理", "This to-do is done"),
        "open" => text("正在打开任务", "Opening the to-do"),
        _ => text("这个任务已不需要处理", "Nothing is to be done about this any more"),
    };
    let by = found.done_by.map(|name| view! { <b>{name}</b> });
    let at = found.done_at.map(|at| view! { <TimeStamp at_ms=at.ms()/> });
    let link = found.rma.map(|rma| {
        let number = found.number.unwrap_or_default();
        view! {
            <LinkButton href=case_address(rma) icon=Glyph::File>{text("打开退换货单", "Open the return")} " " {number}</LinkButton>
        }
    });
    view! {
        <PageHeader title=said(&found.title)/>
        <Card>
            <div class="u-stack" data-test="task-outcome">
                <Notice state=State::Good title/>
                <p class="u-row">{by} {at}</p>
                <div class="u-row">{link}</div>
            </div>
        </Card>
    }
    .into_any()
}
