//! The own PIN, for working at a station with the badge.

use contract::station::{SET_OWN_PIN, SetOwnPin};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{Button, ButtonKind, Drawer, Field, InputKind, Notice, State, Text, TextInput, say, text, toast};

const TITLE: Text = text("工作站 PIN", "Station PIN");
const WHAT: Text = text(
    "在工作站扫工牌后输入的 4–8 位数字。1111、1234 这样的不行。",
    "The 4 to 8 digits typed after the badge at a station. Not 1111 or 1234.",
);
/// Most digits.
const MAX_DIGITS: u32 = 8;

#[component]
fn PinForm(on_done: Callback<()>) -> impl IntoView {
    let (current, pin, again) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let tried = RwSignal::new(false);
    let differs = Signal::derive(move || {
        let differs = tried.get() && pin.get() != again.get();
        differs.then(|| say!("两次输入的 PIN 不一致", "The two PINs differ"))
    });
    let send = move || {
        tried.set(true);
        if pin.get_untracked() != again.get_untracked() {
            return;
        }
        let body = SetOwnPin { current: current.get_untracked(), pin: pin.get_untracked() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SET_OWN_PIN, &[], &body, key),
            move |_| {
                toast(State::Good, text("PIN 已设置", "The PIN is set"));
                on_done.run(());
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <p class="u-soft">{WHAT}</p>
            {wrong}
            <Field label=text("当前密码", "Current password") error=submit.field("current") required=true>
                <TextInput value=current kind=InputKind::Password autocomplete="current-password" autofocus=true/>
            </Field>
            <Field label=text("新 PIN", "New PIN") error=submit.field("pin") required=true>
                <TextInput value=pin kind=InputKind::Password autocomplete="off" max_length=MAX_DIGITS/>
            </Field>
            <Field label=text("再输入一次", "The PIN again") error=differs required=true>
                <TextInput value=again kind=InputKind::Password autocomplete="off" max_length=MAX_DIGITS/>
            </Field>
            <div class="u-row">
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="set-own-pin">{text("设置 PIN", "Set the PIN")}</Button>
            </div>
        </form>
    }
}

/// A drawer with the form.
#[component]
pub(super) fn PinDrawer(open: RwSignal<bool>) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    view! { <Drawer open title=TITLE><PinForm on_done=close/></Drawer> }
}
