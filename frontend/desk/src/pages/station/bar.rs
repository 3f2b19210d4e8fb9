//! The edge of the screen: above, whether the server hears us, what it has not heard, and who works where; below, the keys.

use domain::Permission;
use leptos::prelude::*;
use parts::said::said;
use ui::{Glyph, Icon, LangSwitch, Text, ThemeSwitch, text};

use super::post::{Job, Panel, Post, Stage};
use super::unsent::line;
use crate::gun::{on_key, press_key};

/// Opens and closes the camera.
const CAMERA_KEY: &str = "c";

/// The bar above.
pub(super) fn above(post: Post) -> AnyView {
    let title = move || post.job.get().title().get();
    let operator =
        move || post.shift.with(|shift| shift.as_ref().map(|shift| shift.operator.name.clone()).unwrap_or_default());
    let place = move || {
        post.station.with(|station| {
            let station = station.as_ref()?;
            let warehouse = station.warehouse.as_ref().map(|one| said(&one.title).get());
            Some(view! { <span>{station.name.clone()}</span> <span class="u-soft">{warehouse}</span> })
        })
    };
    view! {
        <header class="station__bar">
            <h1 class="station__job">{title}</h1>
            {line(post)}
            <p class="station__who">
                <span class="station__operator" data-test="station-operator"><Icon glyph=Glyph::Person/>{operator}</span>
                {place}
            </p>
            <div class="station__tools"><LangSwitch/><ThemeSwitch/></div>
        </header>
    }
    .into_any()
}

/// A key with its word; pressed with a finger too.
pub(super) fn key(name: &'static str, words: Text) -> AnyView {
    view! {
        <button type="button" class="station__key" on:click=move |_| press_key(name)>
            <kbd class="ui-kbd">{name}</kbd>
            <span>{words}</span>
        </button>
    }
    .into_any()
}

/// The camera's key; pressed while it is open.
fn camera_key(post: Post) -> AnyView {
    view! {
        <button
            type="button"
            class="station__key"
            aria-pressed=move || if post.seeing.get() { "true" } else { "false" }
            on:click=move |_| press_key(CAMERA_KEY)
            data-test="station-camera"
        >
            <kbd class="ui-kbd">"C"</kbd>
            <span>{text("相机", "Camera")}</span>
        </button>
    }
    .into_any()
}

/// The keys below: jobs that this person may do, what lies over them, and what the job adds.
pub(super) fn below(post: Post) -> AnyView {
    let jobs = move || {
        let offered = Job::ALL.into_iter().filter(move |job| job.is_for(|permission| post.may(permission)));
        let one = |job: Job| {
            let name = job.key();
            view! {
                <button
                    type="button"
                    class="station__key"
                    aria-pressed=move || if post.job.get() == job { "true" } else { "false" }
                    on:click=move |_| press_key(name)
                    data-test=format!("station-job-{}", name.to_lowercase())
                >
                    <kbd class="ui-kbd">{name}</kbd>
                    <span>{job.title()}</span>
                </button>
            }
        };
        offered.map(one).collect_view()
    };
    view! {
        <footer class="station__keys">
            {jobs}
            <span class="station__gap"></span>
            {key("F8", text("异常", "Exception"))}
            {move || (post.job.get() != Job::Sign).then(|| key("F9", text("完成", "Finish")))}
            <span class="station__gap"></span>
            {camera_key(post)}
            {key("F6", text("未上传", "Unsent"))}
            {key("F7", text("交接班", "Hand over"))}
            {key("F10", text("换人 / 下班", "Switch / leave"))}
            {key("F1", text("按键说明", "Keys"))}
        </footer>
    }
    .into_any()
}

/// Keys that mean the same wherever one is on the screen.
const EVERYWHERE: &[&str] = &["F1", "?", "F2", "F3", "F4", "F6", "F7", "F10"];

/// Keeps the keys of the job from it while something lies over it.
pub(super) fn cover(post: Post) {
    on_key(move |name| {
        if name == "Escape" {
            post.panel.set(Panel::None);
        }
        !EVERYWHERE.contains(&name)
    });
}

/// A key that belongs to the whole screen; whether it was one.
pub(super) fn pressed(post: Post, name: &str) -> bool {
    let toggle = |panel: Panel| {
        let other = post.panel.get_untracked() != panel;
        post.panel.set(if other { panel } else { Panel::None });
    };
    match name {
        "F1" | "?" => toggle(Panel::Help),
        CAMERA_KEY => post.seeing.update(|seeing| *seeing = !*seeing),
        "F6" => toggle(Panel::Unsent),
        "F7" => toggle(Panel::HandOver),
        "F10" => {
            post.panel.set(Panel::None);
            post.stage.set(Stage::Switch);
        }
        _ => {
            let Some(job) = Job::ALL.into_iter().find(|job| job.key() == name) else { return false };
            if job.is_for(|permission: Permission| untrack(|| post.may(permission))) {
                post.panel.set(Panel::None);
                post.job.set(job);
            }
        }
    }
    true
}
