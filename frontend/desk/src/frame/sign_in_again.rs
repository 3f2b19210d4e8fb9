//! The session ended while a page is open: signing in again over it, so that nothing typed is lost.

use leptos::prelude::*;
use parts::session::{is_lost, use_session};
use ui::{Bind, Drawer, Text, text};

use crate::go::use_go;
use crate::pages::sign_in::SignInForm;

const TITLE: Text = text("登录已过期", "You were signed out");
const HINT: Text = text("请重新登录，页面上已填的内容还在。", "Sign in again; nothing on the page is lost.");

/// Appears by itself.
#[component]
pub(super) fn SignInAgain() -> impl IntoView {
    let (session, go) = (use_session(), use_go());
    let before = StoredValue::new(untrack(|| session.caller()).map(|caller| caller.id));
    // Closing it without signing in leaves the page for good.
    let open = Bind::new(is_lost, move |open: bool| {
        if !open && untrack(is_lost) {
            session.end();
            go.replace("/desk/sign-in");
        }
    });
    let done = Callback::new(move |()| {
        let now = untrack(|| session.caller()).map(|caller| caller.id);
        // Somebody else must not see what the first person had open.
        if now != before.get_value() {
            let _ = window().location().assign("/desk");
        }
    });
    view! {
        <Drawer open title=TITLE>
            <div class="u-stack">
                <p>{HINT}</p>
                <SignInForm on_done=done/>
            </div>
        </Drawer>
    }
}
