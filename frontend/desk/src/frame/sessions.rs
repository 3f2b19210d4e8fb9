//! Where one is signed in, and ending it there.

use contract::session::{LIST_SESSIONS, REVOKE_SESSION, SessionView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use ui::{Button, Drawer, ErrorState, Skeleton, State, StateChip, Text, TimeStamp, say, text, toast};

const TITLE: Text = text("登录的设备", "Where you are signed in");
const ENDED: Text = text("已退出该设备", "Signed out there");

/// What a browser says of itself, in two words a person knows.
pub(crate) fn browser_name(agent: &str) -> String {
    let known =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = known(&[
        ("MicroMessenger", "WeChat"),
        ("DingTalk", "DingTalk"),
        ("Lark", "Feishu"),
        ("Edg/", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = known(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    let words: Vec<&str> = [browser, system].into_iter().flatten().collect();
    if words.is_empty() { agent.chars().take(40).collect() } else { words.join(" · ") }
}

fn line(session: SessionView, sessions: Fetch<Vec<SessionView>>) -> impl IntoView {
    let id = session.id;
    let busy = RwSignal::new(false);
    let end = move |()| {
        busy.set(true);
        spawn_local(async move {
            match api::act::<()>(&REVOKE_SESSION, &[&id], Key::new()).await {
                Ok(()) => toast(State::Good, ENDED),
                Err(problem) => toast(State::Bad, problem.words()),
            }
            busy.try_set(false);
            sessions.reload();
        });
    };
    let opened = session.opened_at.ms();
    let action = if session.current {
        view! { <StateChip state=State::Good label=text("本设备", "This device")/> }.into_any()
    } else {
        view! { <Button busy on_click=end attr:data-test="end-session">{text("退出", "Sign out")}</Button> }.into_any()
    };
    let since = move || {
        let at = ui::locale::when(ui::lang(), opened, ui::clock::now_ms(), ui::locale::zone_minutes());
        say!("{at} 登录", "signed in {at}")
    };
    view! {
        <li class="sessions__line">
            <div class="u-grow">
                <p class="u-strong" title=session.agent.clone()>{browser_name(&session.agent)}</p>
                <p class="u-soft u-small">{session.address} " · " {since}</p>
                <p class="u-soft u-small">{text("最近使用", "Last used")} " " <TimeStamp at_ms=session.seen_at.ms()/></p>
            </div>
            {action}
        </li>
    }
}

#[component]
fn List() -> impl IntoView {
    let sessions = Fetch::<Vec<SessionView>>::new(|| api::read(&LIST_SESSIONS, &[]));
    move || match (sessions.get(), sessions.problem().get()) {
        (Some(all), _) => {
            let lines = all.into_iter().map(|session| line(session, sessions)).collect_view();
            view! { <ul class="sessions">{lines}</ul> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| sessions.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=4/> }.into_any(),
    }
}

/// A drawer with the list.
#[component]
pub(super) fn SessionsDrawer(open: RwSignal<bool>) -> impl IntoView {
    view! { <Drawer open title=TITLE><List/></Drawer> }
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120";
        assert_eq!(browser_name(edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari MicroMessenger/8.0";
        assert_eq!(browser_name(phone), "WeChat · iPhone");
        assert_eq!(browser_name("curl/8"), "curl/8");
    }
}
