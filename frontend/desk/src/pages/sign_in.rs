//! Signing in.

use contract::session::{CallerView, SIGN_IN, SignIn};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Field, Glyph, Icon, InputKind, LangSwitch, Notice, State, Text, TextInput, ThemeSwitch, text,
};

use crate::go::use_go;

const TITLE: Text = text("登录", "Sign in");
const BRAND: Text = text("退换台", "ReturnDesk");

/// Name and password; used by the page and by signing in again over a page.
#[component]
pub(crate) fn SignInForm(
    /// Somebody signed in.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let send = move || {
        let body = SignIn { name: name.get_untracked().trim().to_owned(), password: password.get_untracked() };
        submit.run(
            move |key| api::send::<CallerView, _>(&SIGN_IN, &[], &body, key),
            move |caller| {
                session.begin(caller);
                on_done.run(());
            },
        );
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            {wrong}
            <Field label=text("登录名", "Name") required=true>
                <TextInput value=name autocomplete="username" autofocus=true/>
            </Field>
            <Field label=text("密码", "Password") required=true>
                <TextInput value=password kind=InputKind::Password autocomplete="current-password"/>
            </Field>
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="sign-in">{TITLE}</Button>
        </form>
    }
}

/// A sheet in the middle of the window for what comes before the desk.
#[component]
pub(crate) fn Door(
    /// What is done here.
    title: Text,
    children: Children,
) -> impl IntoView {
    view! {
        <main class="door">
            <div class="door__tools"><LangSwitch/><ThemeSwitch/></div>
            <section class="door__sheet">
                <header class="door__head">
                    <span class="frame__mark"><Icon glyph=Glyph::Swap/></span>
                    <span class="door__brand">{BRAND}</span>
                </header>
                <h1>{title}</h1>
                {children()}
            </section>
        </main>
    }
}

/// Where to go after signing in: only pages of the desk, whatever the address says.
fn next(asked: Option<String>) -> String {
    let own = |path: &String| {
        let rest = path.strip_prefix("/desk")?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(())
    };
    let asked = asked.filter(|path| own(path).is_some() && !path.contains("//") && !path.contains('\\'));
    asked.filter(|path| !path.starts_with("/desk/sign-in")).unwrap_or_else(|| "/desk".to_owned())
}

/// The page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let go = use_go();
    let query = use_query_map();
    let done = Callback::new(move |()| go.replace(&next(query.with_untracked(|query| query.get("next")))));
    view! { <Door title=TITLE><SignInForm on_done=done/></Door> }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[track_caller]
    fn check(asked: &str, expect: &str) {
        assert_eq!(next(Some(asked.to_owned())), expect);
    }

    #[test]
    fn only_pages_of_the_desk_follow() {
        check("/desk/rmas/7?x=1", "/desk/rmas/7?x=1");
        check("/desk", "/desk");
        check("/desk?tab=done", "/desk?tab=done");
        check("https://elsewhere.example/", "/desk");
        check("//elsewhere.example/desk", "/desk");
        check("/desk//elsewhere.example", "/desk");
        check("/deskly", "/desk");
        check("/desk/sign-in?next=/desk", "/desk");
    }
}
