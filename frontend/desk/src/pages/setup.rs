//! The first account, by the one-time link that the server printed.

use contract::session::{CallerView, SET_UP, SetUp};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;
use parts::said::domain_lang;
use parts::session::use_session;
use parts::submit::Submit;
use ui::locale::lang_untracked;
use ui::{Button, ButtonKind, Field, InputKind, Notice, State, Text, TextInput, say, text};

use super::sign_in::Door;
use crate::go::use_go;

const TITLE: Text = text("创建第一个账号", "Create the first account");
const INTRO: Text = text(
    "这个账号是系统管理员，之后由它创建其他人员。链接只能使用一次。",
    "This account manages the system and creates the others. The link works once.",
);
const NO_TOKEN: Text = text("链接不完整", "The link is not complete");
const NO_TOKEN_HINT: Text = text(
    "请打开服务器启动时显示的完整链接，或在服务器上用命令创建账号",
    "Open the whole link that the server showed when it started, or create an account on its command line",
);

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    display_name: RwSignal<String>,
    password: RwSignal<String>,
    again: RwSignal<String>,
}

impl Typed {
    fn body(self, token: String) -> SetUp {
        let display_name = Some(self.display_name.get_untracked().trim().to_owned()).filter(|name| !name.is_empty());
        SetUp {
            token,
            name: self.name.get_untracked().trim().to_owned(),
            display_name,
            password: self.password.get_untracked(),
            lang: Some(domain_lang(lang_untracked())),
        }
    }
}

#[component]
fn SetupForm(token: String) -> impl IntoView {
    let (session, go) = (use_session(), use_go());
    let blank = || RwSignal::new(String::new());
    let typed = Typed { name: blank(), display_name: blank(), password: blank(), again: blank() };
    let submit = Submit::new();
    let tried = RwSignal::new(false);
    let differs = Signal::derive(move || {
        let differs = tried.get() && typed.password.get() != typed.again.get();
        differs.then(|| say!("两次输入的密码不一致", "The two passwords differ"))
    });
    let send = move || {
        tried.set(true);
        if typed.password.get_untracked() == typed.again.get_untracked() {
            let body = typed.body(token.clone());
            let done = move |caller| {
                session.begin(caller);
                go.replace("/desk");
            };
            submit.run(move |key| api::send::<CallerView, _>(&SET_UP, &[], &body, key), done);
        }
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <p class="u-soft">{INTRO}</p>
            {wrong}
            <Field label=text("登录名", "Sign-in name") error=submit.field("name") required=true>
                <TextInput value=typed.name autocomplete="username" autofocus=true/>
            </Field>
            <Field label=text("显示名", "Name others see") error=submit.field("display_name") hint=text("不填就用登录名", "The sign-in name when left empty")>
                <TextInput value=typed.display_name autocomplete="name"/>
            </Field>
            <Field label=text("密码", "Password") error=submit.field("password") required=true>
                <TextInput value=typed.password kind=InputKind::Password autocomplete="new-password"/>
            </Field>
            <Field label=text("再输入一次密码", "Password again") error=differs required=true>
                <TextInput value=typed.again kind=InputKind::Password autocomplete="new-password"/>
            </Field>
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="setup">
                {text("创建并进入", "Create and enter")}
            </Button>
        </form>
    }
}

/// The page.
#[component]
pub(crate) fn SetupPage() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let body = if token.is_empty() {
        view! { <Notice state=State::Attention title=NO_TOKEN>{NO_TOKEN_HINT}</Notice> }.into_any()
    } else {
        view! { <SetupForm token/> }.into_any()
    };
    view! { <Door title=TITLE>{body}</Door> }
}
