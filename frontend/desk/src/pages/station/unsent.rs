//! What the server has not heard yet: counted in the bar, listed on a key, and what it refused until somebody looked.

use leptos::prelude::*;
use parts::queue::{Entry, Line};
use ui::{Button, ButtonKind, Glyph, Icon, State, Text, TimeStamp, say, text};

use super::bar::cover;
use super::post::{Panel, Post};
use crate::gun::on_key;

const TITLE: Text = text("未上传", "Not uploaded yet");
const NONE: Text = text("都已上传", "All is uploaded");
const KEPT: Text = text(
    "都保存在这台电脑上，刷新或断电也不会丢；联网后按顺序自动上传。",
    "All of it is kept on this machine, through reloads and power cuts, and goes up in order once the line is back.",
);
/// Rows in sight; what is more is counted.
const MAX_ROWS: usize = 100;

/// The line and how much waits.
pub(super) fn line(post: Post) -> AnyView {
    let (line, unsent, refused) = (post.queue.line(), post.queue.unsent(), post.queue.refused());
    let state = move || match line.get() {
        Line::Up => State::Good,
        Line::Down => State::Attention,
    };
    let words = move || match line.get() {
        Line::Up => text("在线", "Online").get(),
        Line::Down => text("离线", "Offline").get(),
    };
    let count = move || {
        let count = unsent.get();
        say!("未上传 {count}", "Unsent {count}")
    };
    let conflicts = move || {
        let count = refused.get();
        (count > 0).then(|| {
            view! { <span class="station__refused is-bad"><Icon glyph=Glyph::CrossCircle/>{say!("待处理 {count}", "To look at {count}")}</span> }
        })
    };
    view! {
        <p class="station__line" data-test="station-line" data-line=move || if line.get() == Line::Up { "up" } else { "down" }>
            <span class=move || format!("station__dot {}", state().class())><i class="station__lamp"></i>{words}</span>
            <span class="station__unsent" class:is-waiting=move || { unsent.get() > 0 } data-test="station-unsent" data-count=move || unsent.get()>{count}</span>
            {conflicts}
        </p>
    }
    .into_any()
}

/// What kind of thing it is, by the route it goes to.
fn kind(operation: &str) -> Text {
    match operation {
        "record_scan" => text("扫描", "Scan"),
        "count_goods" => text("清点", "Count"),
        "inspect_goods" => text("质检", "Inspected"),
        "dispose_goods" => text("处置", "Disposition"),
        "open_parcel" => text("开箱", "Opening"),
        "sign_parcels" => text("签收", "Signing"),
        "park_parcel" => text("异常登记", "Exception"),
        "upload_attachment" => text("照片", "Photo"),
        _ => text("其他", "Other"),
    }
}

fn row(post: Post, entry: &Entry) -> AnyView {
    let (state, words) = match &entry.refused {
        Some(refused) if refused.words.is_empty() => {
            (State::Bad, say!("前一步没有成功", "The step before it did not work"))
        }
        Some(refused) => (State::Bad, refused.words.clone()),
        None => (State::Waiting, say!("等待上传", "Waiting")),
    };
    let (again, looked) = (entry.key.clone(), entry.key.clone());
    let actions = entry.refused.is_some().then(|| {
        view! {
            <span class="u-row">
                <Button icon=Glyph::Refresh on_click=move |()| post.queue.again(&again)>{text("再发一次", "Send again")}</Button>
                <Button kind=ButtonKind::Quiet on_click=move |()| post.queue.looked_at(&looked)>{text("已另行处理", "Settled otherwise")}</Button>
            </span>
        }
    });
    let kind = kind(&entry.operation);
    view! {
        <li class=format!("unsent__row {}", state.class()) data-test="unsent-row">
            <Icon glyph=state.glyph()/>
            <span class="unsent__about"><b>{entry.about.clone()}</b> " " <span class="u-soft">{kind}</span></span>
            <span class="unsent__words">{words}</span>
            <span class="u-soft">{entry.person_name.clone()} " " <TimeStamp at_ms=entry.at_ms/></span>
            {actions}
        </li>
    }
    .into_any()
}

/// The list.
pub(super) fn panel(post: Post) -> AnyView {
    let entries = post.queue.entries();
    cover(post);
    on_key(move |name| {
        if name == "r" {
            post.queue.now();
        }
        name == "r"
    });
    let list = move || {
        let all = entries.get();
        if all.is_empty() {
            return view! { <p class="panel__none"><Icon glyph=Glyph::CheckCircle/>{NONE}</p> }.into_any();
        }
        // What somebody must look at comes first.
        let (refused, waiting): (Vec<_>, Vec<_>) = all.iter().partition(|entry| entry.refused.is_some());
        let rows = refused.into_iter().chain(waiting).take(MAX_ROWS);
        let rows = rows.map(|entry| row(post, entry)).collect_view();
        let more = all.len().saturating_sub(MAX_ROWS);
        let more = (more > 0).then(|| view! { <p class="u-soft">{say!("还有 {more} 条", "{more} more")}</p> });
        view! { <ol class="unsent">{rows}</ol> {more} }.into_any()
    };
    let now = move |()| post.queue.now();
    view! {
        <section class="panel" data-test="station-panel-unsent" aria-label=move || TITLE.get()>
            <header class="panel__head">
                <h2>{TITLE}</h2>
                <Button icon=Glyph::Refresh keys="R" on_click=now>{text("现在上传", "Upload now")}</Button>
                <Button kind=ButtonKind::Quiet keys="Esc" on_click=move |()| post.panel.set(Panel::None)>{text("关闭", "Close")}</Button>
            </header>
            <p class="u-soft">{KEPT}</p>
            {list}
        </section>
    }
    .into_any()
}
