//! The own password.

use contract::session::{CHANGE_PASSWORD, ChangePassword};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Drawer, Field, InputKind, Notice, State, Text, TextInput, say, text, toast};

const TITLE: Text = text("修改密码", "Change password");
const DONE: Text = text("密码已修改，其他设备已退出", "Password changed; other devices are signed out");

#[component]
fn PasswordForm(on_done: Callback<()>) -> impl IntoView {
    let (current, new, again) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let tried = RwSignal::new(false);
    let differs = Signal::derive(move || {
        let differs = tried.get() && new.get() != again.get();
        differs.then(|| say!("两次输入的新密码不一致", "The two new passwords differ"))
    });
    let send = move |()| {
        tried.set(true);
        if new.get_untracked() != again.get_untracked() {
            return;
        }
        let body = ChangePassword { current: current.get_untracked(), new: new.get_untracked() };
        submit.run(
            move |key| api::send::<(), _>(&CHANGE_PASSWORD, &[], &body, key),
            move |()| {
                toast(State::Good, DONE);
                on_done.run(());
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send(());
        }>
            {wrong}
            <Field label=text("当前密码", "Current password") error=submit.field("current") required=true>
                <TextInput value=current kind=InputKind::Password autocomplete="current-password" autofocus=true/>
            </Field>
            <Field label=text("新密码", "New password") error=submit.field("new") required=true>
                <TextInput value=new kind=InputKind::Password autocomplete="new-password"/>
            </Field>
            <Field label=text("再输入一次新密码", "New password again") error=differs required=true>
                <TextInput value=again kind=InputKind::Password autocomplete="new-password"/>
            </Field>
            <div class="u-row">
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="change-password">{TITLE}</Button>
            </div>
        </form>
    }
}

/// A drawer with the form.
#[component]
pub(super) fn PasswordDrawer(open: RwSignal<bool>) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    view! { <Drawer open title=TITLE><PasswordForm on_done=close/></Drawer> }
}
