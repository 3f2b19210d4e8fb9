//! Somebody works here: the bar, what was just said, the job, what lies over it, the keys.

use leptos::prelude::*;
use ui::{Icon, State, say};

use super::post::{Job, Panel, Post, Stage};
use super::{bar, bench, hand_over, help, sign, unsent};
use crate::camera::camera;
use crate::gun::on_key;

/// What was just said: large, with an edge one sees from a metre away.
fn said(post: Post) -> AnyView {
    let line = move || {
        let said = post.said.get();
        let (state, words, detail) = match said {
            Some(said) => (said.state, said.words, said.detail),
            None => (State::Paused, waiting(post.job.get()), String::new()),
        };
        let quiet = state == State::Paused;
        view! {
            <div class=format!("station__said {}", state.class()) class:is-quiet=quiet data-test="station-said" data-state=state.name()>
                {(!quiet).then(|| view! { <Icon glyph=state.glyph()/> })}
                <p class="station__words">{words}</p>
                <p class="station__detail">{detail}</p>
            </div>
        }
    };
    view! { <div aria-live="assertive">{line}</div> }.into_any()
}

fn waiting(job: Job) -> String {
    match job {
        Job::Sign => say!("扫运单号", "Scan a waybill"),
        Job::Inspect | Job::Receive => say!("扫包裹、单号或订单号", "Scan a parcel, return or order"),
    }
}

/// The whole screen.
pub(super) fn work(post: Post) -> AnyView {
    on_key(move |name| bar::pressed(post, name));
    let edge = move || post.said.with(|said| said.as_ref().map_or(State::Paused, |said| said.state)).class();
    let job = Memo::new(move |_| post.job.get());
    let view = move || {
        post.said.try_set(None);
        match job.get() {
            Job::Sign => sign::sign(post),
            Job::Inspect => bench::bench(post, true),
            Job::Receive => bench::bench(post, false),
        }
    };
    let panel = move || match post.panel.get() {
        Panel::None => ().into_any(),
        Panel::Help => help::panel(post),
        Panel::Unsent => unsent::panel(post),
        Panel::HandOver => hand_over::panel(post),
    };
    // Behind the lock it is off.
    let is_open = Memo::new(move |_| post.stage.with(|stage| *stage == Stage::Open));
    let seen = move || is_open.get().then(|| camera(post.seeing));
    // A finger or a mouse leaves the focus on what it pressed; Enter belongs to the job again.
    let let_go = move |event: leptos::ev::MouseEvent| {
        if event.detail() > 0
            && let Some(focused) = document().active_element()
            && focused.tag_name() == "BUTTON"
        {
            let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(focused).blur();
        }
    };
    view! {
        <div class=move || format!("station__frame {}", edge()) on:click=let_go>
            {bar::above(post)}
            {said(post)}
            <div class="station__camera">{seen}</div>
            <main class="station__main">{view} {panel}</main>
            {bar::below(post)}
        </div>
    }
    .into_any()
}
