//! People: who may sign in, with which roles where; their passwords and sessions.

use contract::page::Page;
use contract::person::{ADD, AddPerson, LIST, PersonView};
use domain::{Lang, Permission};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Pages;
use parts::submit::Submit;
use serde::Serialize;
use ui::{
    Bind, Button, ButtonKind, Choice, Column, Drawer, EmptyState, Field, Glyph, InputKind, PageHeader, Person as Face,
    Segmented, State, StateChip, Table, Text, TextInput, TimeStamp, text, toast,
};

use crate::nav::Place;
use crate::rows::{active_chip, wrong};

mod account;
mod badge;
mod grants;
mod sessions;
pub(crate) mod tokens;

use grants::{Chosen, GrantForm, Roles};

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/persons",
    label: text("人员与权限", "People and rights"),
    icon: Glyph::Person,
    needs: &[Permission::PersonManage],
    group: None,
};

const ADD_ONE: Text = text("新增人员", "Add a person");

/// Where a page begins and how long it is.
#[derive(Serialize)]
pub(super) struct PageQuery {
    after: Option<String>,
    limit: u32,
}

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <Persons/> }.into_any()
}

/// Languages to choose from, each in its own words.
pub(super) fn languages() -> Signal<Vec<Choice>> {
    Signal::stored(vec![Choice::new(Lang::Zh.code(), "中文"), Choice::new(Lang::En.code(), "English")])
}

/// A language by its code.
pub(super) fn language(code: &str) -> Lang {
    if code == Lang::En.code() { Lang::En } else { Lang::Zh }
}

fn columns(roles: Roles) -> Vec<Column<PersonView>> {
    vec![
        Column::new("name", text("姓名", "Name"), |row: &PersonView| {
            let (name, sign_in) = (row.display_name.clone(), row.name.clone());
            view! { <Face name note=sign_in/> }
        })
        .pinned(),
        Column::new("roles", text("角色与范围", "Roles and where"), move |row: &PersonView| {
            roles.chips(&row.roles)
        })
        .grow(),
        Column::new("lang", text("语言", "Language"), |row: &PersonView| {
            let (tag, name) = if row.lang == Lang::En { ("en", "English") } else { ("zh-CN", "中文") };
            view! { <span lang=tag>{name}</span> }
        }),
        Column::new("active", text("状态", "State"), |row: &PersonView| active_chip(row.active)),
        Column::new(
            "since",
            text("加入", "Since"),
            |row: &PersonView| view! { <TimeStamp at_ms=row.created_at.ms()/> },
        ),
    ]
}

#[component]
fn AddForm(roles: Roles, on_done: Callback<()>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let display_name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let lang = RwSignal::new(Lang::Zh.code().to_owned());
    let chosen = Chosen::new();
    let submit = Submit::new();
    let send = move || {
        let filled = |value: String| Some(value).filter(|value| !value.is_empty());
        let person = AddPerson {
            name: name.get_untracked().trim().to_owned(),
            display_name: filled(display_name.get_untracked().trim().to_owned()),
            password: filled(password.get_untracked()),
            lang: Some(language(&lang.get_untracked())),
            roles: chosen.get().into_iter().collect(),
        };
        submit.run(
            move |key| api::send::<PersonView, _>(&ADD, &[], &person, key),
            move |_| {
                toast(State::Good, text("已新增人员", "The person was added"));
                on_done.run(());
            },
        );
    };
    view! {
        <form
            class="u-stack"
            data-test="person-add"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            {wrong(submit)}
            <Field label=text("登录名", "Sign-in name") error=submit.field("name") required=true>
                <TextInput value=name/>
            </Field>
            <Field label=text("姓名", "Name others see") error=submit.field("display_name")>
                <TextInput value=display_name/>
            </Field>
            <Field label=text("初始密码", "First password") error=submit.field("password") hint=text("不填则暂时不能登录", "Without one they cannot sign in yet")>
                <TextInput value=password kind=InputKind::Password autocomplete="new-password"/>
            </Field>
            <Field label=text("语言", "Language") group=true>
                <Segmented value=lang options=languages() label=text("语言", "Language")/>
            </Field>
            <GrantForm roles chosen/>
            <div class="u-row">
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="person-save">{ADD_ONE}</Button>
            </div>
        </form>
    }
}

#[component]
fn Persons() -> impl IntoView {
    let roles = Roles::ask();
    let persons = Pages::<PersonView>::new(|after, limit| {
        api::read_with::<Page<PersonView>, _>(&LIST, &[], &PageQuery { after, limit })
    });
    let adding = RwSignal::new(false);
    let chosen = RwSignal::new(None::<PersonView>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let title = ui::Words::from(move || {
        chosen.with(|chosen| chosen.as_ref().map(|person| person.display_name.clone())).unwrap_or_default()
    });
    let choose = move |key: String| {
        chosen.set(persons.items().with_untracked(|all| all.iter().find(|row| row.id.to_string() == key).cloned()));
    };
    let begin = move |()| adding.set(true);
    let actions = move || {
        view! { <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=begin attr:data-test="add-person">{ADD_ONE}</Button> }
    };
    let added = Callback::new(move |()| {
        adding.try_set(false);
        persons.reload();
    });
    let changed = Callback::new(move |person: PersonView| {
        chosen.try_set(Some(person));
        persons.reload();
    });
    let body =
        move || chosen.get_untracked().map(|person| view! { <account::Account person roles on_change=changed/> });
    let empty = || view! { <EmptyState title=text("还没有人员", "Nobody yet") icon=PLACE.icon/> };
    view! {
        <PageHeader title=PLACE.label actions/>
        <div class="roll__sheet" data-test="persons">
            <Table
                label=PLACE.label
                rows=persons.items()
                key=Callback::new(|row: PersonView| row.id.to_string())
                columns=columns(roles)
                on_open=choose
                loading=persons.busy()
                error=persons.error()
                on_retry=move |()| persons.reload()
                empty
                more=persons.has_more()
                on_more=move |()| persons.more()
                fill=true
            />
        </div>
        <Drawer open=adding title=ADD_ONE><AddForm roles on_done=added/></Drawer>
        <Drawer open title>{body()}</Drawer>
    }
}

/// A chip for somebody or something that no longer counts.
pub(super) fn ended(words: Text) -> AnyView {
    view! { <StateChip state=State::Paused label=words/> }.into_any()
}
