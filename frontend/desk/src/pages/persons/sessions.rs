//! Where a person is signed in, and ending it there.

use contract::person::{LIST_SESSIONS, REVOKE_SESSIONS, RevokedSessions};
use contract::session::{REVOKE_SESSION, SessionView};
use domain::{PersonId, SessionId};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{Button, ButtonKind, Glyph, Skeleton, State, TimeStamp, say, text, toast};

use crate::frame::sessions::browser_name;
use crate::rows::wrong;

/// The list.
#[component]
pub(super) fn Sessions(
    /// Whose.
    id: PersonId,
) -> impl IntoView {
    let sessions = Fetch::<Vec<SessionView>>::new(move || api::read(&LIST_SESSIONS, &[&id]));
    let submit = Submit::new();
    let end = move |session: SessionId| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&REVOKE_SESSION, &[&session], key),
            move |_| {
                toast(State::Good, text("已退出该设备", "Signed out there"));
                sessions.reload();
            },
        );
    };
    let end_all = move |()| {
        submit.run(
            move |key| api::act::<RevokedSessions>(&REVOKE_SESSIONS, &[&id], key),
            move |ended| {
                let count = ended.revoked;
                toast(State::Good, move || say!("已退出 {count} 个设备", "{count} sessions ended"));
                sessions.reload();
            },
        );
    };
    let line = move |session: SessionView| {
        let own = session.id;
        view! {
            <li class="master__line">
                <span class="u-grow">
                    <span title=session.agent.clone()>{browser_name(&session.agent)}</span>
                    " "
                    <span class="u-soft u-small">{session.address} " · " {text("最近使用", "last used")} " " <TimeStamp at_ms=session.seen_at.ms()/></span>
                </span>
                <Button kind=ButtonKind::Quiet icon=Glyph::LogOut on_click=move |()| end(own)>{text("退出", "End")}</Button>
            </li>
        }
    };
    let list = move || {
        match sessions.get() {
        None => view! { <Skeleton lines=2/> }.into_any(),
        Some(all) if all.is_empty() => {
            view! { <p class="u-soft">{text("没有登录任何设备", "Not signed in anywhere")}</p> }.into_any()
        }
        Some(all) => view! {
            <ul class="master__lines">{all.into_iter().map(line).collect_view()}</ul>
            <div class="u-row">
                <Button icon=Glyph::LogOut busy=submit.busy() on_click=end_all attr:data-test="end-sessions">{text("全部退出", "End all")}</Button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <section class="master__more" data-test="person-sessions">
            <h3>{text("登录的设备", "Open sessions")}</h3>
            {wrong(submit)}
            {list}
        </section>
    }
}
