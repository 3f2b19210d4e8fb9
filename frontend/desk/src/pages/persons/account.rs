//! One person: name, language, whether they may sign in; roles given and taken; a new password; open sessions.

use contract::person::{
    CHANGE, ChangePerson, GRANT_ROLE, PersonReach, PersonView, REACH, REVOKE_ROLE, RoleGrant, RoleScope, SET_PASSWORD,
    SET_REACH, SetPassword,
};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, ButtonKind, Field, Glyph, IconButton, InputKind, Segmented, State, Switch, Text, TextInput, text,
    toast,
};

use super::badge::Badge;
use super::grants::{Chosen, GrantForm, Roles};
use super::sessions::Sessions;
use super::{language, languages};
use crate::rows::wrong;

const SAVED: Text = text("已保存", "Saved");

/// A person that is looked at. Copy freely.
#[derive(Clone, Copy)]
struct Own {
    person: RwSignal<PersonView>,
    on_change: Callback<PersonView>,
}

impl Own {
    fn took(self, person: PersonView, words: Text) {
        self.person.try_set(person.clone());
        toast(State::Good, words);
        self.on_change.run(person);
    }
}

fn about(own: Own) -> AnyView {
    let name = RwSignal::new(own.person.with_untracked(|person| person.display_name.clone()));
    let lang = RwSignal::new(own.person.with_untracked(|person| person.lang.code().to_owned()));
    let submit = Submit::new();
    let change = move |change: ChangePerson| {
        let id = own.person.with_untracked(|person| person.id);
        submit.run(
            move |key| api::send::<PersonView, _>(&CHANGE, &[&id], &change, key),
            move |person| own.took(person, SAVED),
        );
    };
    let version = move || own.person.with_untracked(|person| person.version);
    let save = move || {
        change(ChangePerson {
            version: version(),
            display_name: Some(name.get_untracked().trim().to_owned()),
            lang: Some(language(&lang.get_untracked())),
            active: None,
        });
    };
    let switch = move |active: bool| {
        change(ChangePerson { version: version(), display_name: None, lang: None, active: Some(active) });
    };
    let active = Bind::new(move || own.person.with(|person| person.active), switch);
    view! {
        <form
            class="u-stack"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            {wrong(submit)}
            <Field label=text("姓名", "Name others see") error=submit.field("display_name")><TextInput value=name/></Field>
            <Field label=text("语言", "Language") group=true>
                <Segmented value=lang options=languages() label=text("语言", "Language")/>
            </Field>
            <div class="u-row">
                <Button submit=true busy=submit.busy()>{text("保存", "Save")}</Button>
            </div>
            <Switch
                on=active
                label=text("可以登录", "May sign in")
                hint=text("停用后立即退出所有设备", "When off, their sessions end at once")
                disabled=submit.busy()
                attr:data-test="person-active"
            />
        </form>
    }
    .into_any()
}

/// Where messages reach the person outside the desk.
fn reach(own: Own) -> AnyView {
    let id = own.person.with_untracked(|person| person.id);
    let (email, phone) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let known = Fetch::<PersonReach>::new(move || api::read(&REACH, &[&id]));
    Effect::new(move |_| {
        if let Some(found) = known.get() {
            email.set(found.email);
            phone.set(found.phone);
        }
    });
    let submit = Submit::new();
    let save = move || {
        let body = PersonReach { email: email.get_untracked(), phone: phone.get_untracked() };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&SET_REACH, &[&id], &body, key).await },
            move |_| toast(State::Good, SAVED),
        );
    };
    let hint = text("规则发给员工的邮件和短信用它", "Mail and texts that rules send to staff go there");
    view! {
        <form class="u-stack" data-test="person-reach" on:submit=move |event| {
            event.prevent_default();
            save();
        }>
            {wrong(submit)}
            <Field label=text("邮箱", "Mail address") hint error=submit.field("email")>
                <TextInput value=email kind=InputKind::Email/>
            </Field>
            <Field label=text("手机", "Phone") error=submit.field("phone")><TextInput value=phone kind=InputKind::Tel/></Field>
            <div class="u-row"><Button submit=true busy=submit.busy()>{text("保存联系方式", "Save contact")}</Button></div>
        </form>
    }
    .into_any()
}

fn grants(own: Own, roles: Roles) -> AnyView {
    let chosen = Chosen::new();
    let submit = Submit::new();
    let id = own.person.with_untracked(|person| person.id);
    let give = move |()| {
        let Some(grant) = chosen.get() else { return };
        submit.run(
            move |key| api::send::<PersonView, _>(&GRANT_ROLE, &[&id], &grant, key),
            move |person| {
                chosen.clear();
                own.took(person, text("已授予角色", "The role was given"));
            },
        );
    };
    let take = move |grant: RoleGrant| {
        let scope = RoleScope { shop_id: grant.shop_id, warehouse_id: grant.warehouse_id };
        submit.run(
            move |key| api::act_with::<PersonView, _>(&REVOKE_ROLE, &[&id, &grant.role], &scope, key),
            move |person| own.took(person, text("已收回角色", "The role was taken away")),
        );
    };
    let line = move |grant: RoleGrant| {
        let words = roles.words(&grant);
        view! {
            <li class="master__line">
                <span class="u-grow">{words}</span>
                <IconButton glyph=Glyph::Trash label=text("收回角色", "Take the role away") on_click=move |()| take(grant.clone())/>
            </li>
        }
    };
    let list = move || {
        let all = own.person.with(|person| person.roles.clone());
        if all.is_empty() {
            return view! { <p class="u-soft">{text("还没有角色，什么也不能做", "No role yet: nothing is allowed")}</p> }.into_any();
        }
        view! { <ul class="master__lines">{all.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    let unset = Signal::derive(move || !chosen.is_set());
    view! {
        <section class="master__more" data-test="person-roles">
            <h3>{text("角色", "Roles")}</h3>
            {list}
            {wrong(submit)}
            <GrantForm roles chosen/>
            <div class="u-row">
                <Button icon=Glyph::Plus busy=submit.busy() disabled=unset on_click=give attr:data-test="grant-role">{text("授予角色", "Give the role")}</Button>
            </div>
        </section>
    }
    .into_any()
}

fn password(own: Own) -> AnyView {
    let typed = RwSignal::new(String::new());
    let submit = Submit::new();
    let send = move || {
        let id = own.person.with_untracked(|person| person.id);
        let request = SetPassword { password: typed.get_untracked() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SET_PASSWORD, &[&id], &request, key),
            move |_| {
                typed.try_set(String::new());
                toast(State::Good, text("密码已重置，其所有设备已退出", "The password is new; their sessions ended"));
            },
        );
    };
    view! {
        <section class="master__more">
            <h3>{text("重置密码", "New password")}</h3>
            {wrong(submit)}
            <form
                class="master__adder"
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <Field label=text("新密码", "New password") error=submit.field("password")>
                    <TextInput value=typed kind=InputKind::Password autocomplete="new-password"/>
                </Field>
                <Button kind=ButtonKind::Secondary icon=Glyph::Lock submit=true busy=submit.busy() attr:data-test="set-password">{text("重置", "Set it")}</Button>
            </form>
        </section>
    }
    .into_any()
}

/// The drawer's content.
#[component]
pub(super) fn Account(
    /// Who.
    person: PersonView,
    /// Names of roles.
    roles: Roles,
    /// Something about them changed.
    on_change: Callback<PersonView>,
) -> impl IntoView {
    let (id, shown) = (person.id, person.display_name.clone());
    let own = Own { person: RwSignal::new(person), on_change };
    view! {
        <div data-test="person">
            {about(own)}
            {reach(own)}
            {grants(own, roles)}
            {password(own)}
            <Badge id name=shown/>
            <Sessions id/>
        </div>
    }
}
