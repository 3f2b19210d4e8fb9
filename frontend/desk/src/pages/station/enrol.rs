//! This browser becomes a station: by somebody who may set up the warehouse, once.

use contract::station::{ENROL, EnrolStation, StationView};
use domain::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::said::said;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Choice, Field, Glyph, LinkButton, Notice, Select, Skeleton, State, Text, TextInput, text,
};

use super::post::{Post, Stage};
use crate::pages::sign_in::Door;

const TITLE: Text = text("把这台电脑设为工作站", "Make this machine a station");
const WHAT: Text = text(
    "工作站放在收货台或质检台，大家扫工牌、输 PIN 轮流使用。",
    "A station stands at the dock or the bench; people take turns with badge and PIN.",
);
const WHO: Text = text(
    "这台电脑还不是工作站。请由有“基础资料”权限的人登录后登记，只需一次。",
    "This machine is no station yet. Somebody who may edit master data signs in and enrols it, once.",
);

/// Whether somebody is signed in who may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Asking,
    May,
    MayNot,
}

fn form(post: Post) -> AnyView {
    let (name, warehouse) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let options = Signal::derive(move || {
        post.meta.with(|view| {
            let all = view.warehouses.iter();
            all.map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    if let [only] = untrack(|| options.get()).as_slice() {
        warehouse.set(only.value.clone());
    }
    let send = move || {
        let Ok(warehouse) = warehouse.get_untracked().parse() else { return };
        let body = EnrolStation { name: name.get_untracked().trim().to_owned(), warehouse, settings: None };
        submit.run(
            move |key| api::send::<StationView, _>(&ENROL, &[], &body, key),
            move |station| {
                post.station.try_set(Some(station));
                post.stage.try_set(Stage::Locked);
            },
        );
    };
    let blank = Signal::derive(move || name.with(|name| name.trim().is_empty()) || warehouse.with(String::is_empty));
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" data-test="station-enrol" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <p class="u-soft">{WHAT}</p>
            {wrong}
            <Field label=text("工作站名称", "Name of the station") hint=text("写在屏幕和交接单上，如“收货台 1”", "Shown on screen and hand-over sheets, such as “Dock 1”") error=submit.field("name") required=true>
                <TextInput value=name max_length=40 autofocus=true/>
            </Field>
            <Field label=text("所在仓库", "Warehouse") error=submit.field("warehouse") required=true>
                <Select value=warehouse options placeholder=text("请选择", "Choose")/>
            </Field>
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() disabled=blank attr:data-test="station-enrol-send">
                {text("设为工作站", "Make it a station")}
            </Button>
        </form>
    }
    .into_any()
}

/// The form, or who is to fill it.
pub(super) fn enrol(post: Post) -> AnyView {
    let who = RwSignal::new(Who::Asking);
    spawn_local(async move {
        let known = post.session.ask().await.is_ok() && post.meta.ask().await.is_ok();
        let may = known && untrack(|| post.may(Permission::MasterEdit));
        who.try_set(if may { Who::May } else { Who::MayNot });
    });
    let body = move || {
        match who.get() {
        Who::Asking => view! { <Skeleton lines=4/> }.into_any(),
        Who::May => form(post),
        Who::MayNot => view! {
            <div class="u-stack" data-test="station-none">
                <p>{WHO}</p>
                <LinkButton href="/desk/sign-in?next=/desk/station".to_owned() kind=ButtonKind::Primary icon=Glyph::Person>
                    {text("登录并登记", "Sign in and enrol")}
                </LinkButton>
                <LinkButton href="/desk".to_owned() kind=ButtonKind::Quiet>{text("回到工作台", "Back to the desk")}</LinkButton>
            </div>
        }
        .into_any(),
    }
    };
    view! { <Door title=TITLE>{body}</Door> }.into_any()
}
