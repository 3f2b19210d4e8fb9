//! The person's own things: devices, password, signing out.

use contract::session::SIGN_OUT;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::session::use_session;
use ui::{Glyph, Menu, MenuItem, State, Trigger, Words, text, toast};

use super::password::PasswordDrawer;
use super::pin::PinDrawer;
use super::sessions::SessionsDrawer;
use crate::go::use_go;

/// A menu under the person's name.
#[component]
pub(super) fn UserMenu() -> impl IntoView {
    let (session, go) = (use_session(), use_go());
    let (sessions, password, pin) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let sign_out = move || {
        spawn_local(async move {
            match api::act::<()>(&SIGN_OUT, &[], Key::new()).await {
                Err(problem) if problem.status != 401 => toast(State::Bad, problem.words()),
                _ => {
                    session.end();
                    go.replace("/desk/sign-in");
                }
            }
        });
    };
    let items = Signal::derive(move || {
        vec![
            MenuItem::new(text("登录的设备", "Where you are signed in"), move || sessions.set(true)).icon(Glyph::Lock),
            MenuItem::new(text("修改密码", "Change password"), move || password.set(true)).icon(Glyph::Edit),
            MenuItem::new(text("工作站 PIN", "Station PIN"), move || pin.set(true)).icon(Glyph::Scan),
            MenuItem::new(text("退出登录", "Sign out"), sign_out).icon(Glyph::LogOut),
        ]
    });
    let name = session.name();
    let label = Words::from(move || name.get());
    view! {
        <Menu label items trigger=Trigger::Button icon=Glyph::Person attr:data-test="user-menu"/>
        <SessionsDrawer open=sessions/>
        <PasswordDrawer open=password/>
        <PinDrawer open=pin/>
    }
}
