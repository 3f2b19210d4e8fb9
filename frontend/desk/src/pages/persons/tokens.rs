//! Bearer tokens of other systems: made with a role, shown once, ended.

use contract::page::Page;
use contract::token::{ADD, AddToken, LIST, NewToken, REVOKE, TokenView};
use domain::{Permission, Timestamp};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Pages;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::locale::{date_of_input, zone_minutes};
use ui::{
    Button, ButtonKind, Column, CopyText, DateInput, Dialog, Drawer, EmptyState, Field, Glyph, Notice, PageHeader,
    State, StateChip, Table, Text, TextInput, TimeStamp, clock, say, text, toast,
};

use super::grants::{Chosen, GrantForm, Roles};
use super::{PageQuery, ended};
use crate::nav::Place;
use crate::rows::wrong;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/tokens",
    label: text("接口令牌", "API tokens"),
    icon: Glyph::Lock,
    needs: &[Permission::PersonManage],
    group: None,
};

const ADD_ONE: Text = text("新建令牌", "Make a token");
const REVOKE_IT: Text = text("停用令牌", "End the token");
/// A day chosen as the end still counts.
const DAY_MS: i64 = 86_400_000;

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <Tokens/> }.into_any()
}

fn state(token: &TokenView) -> AnyView {
    let (revoked, expires) = (token.revoked_at.is_some(), token.expires_at.map(Timestamp::ms));
    (move || {
        if revoked {
            ended(text("已停用", "Ended"))
        } else if expires.is_some_and(|at| at <= clock::now_ms()) {
            ended(text("已过期", "Expired"))
        } else {
            view! { <StateChip state=State::Good label=text("有效", "Valid")/> }.into_any()
        }
    })
    .into_any()
}

fn columns(roles: Roles, asking: RwSignal<Option<TokenView>>) -> Vec<Column<TokenView>> {
    let time = |at: Option<Timestamp>| at.map(|at| view! { <TimeStamp at_ms=at.ms()/> });
    let act = move |token: &TokenView| {
        let own = token.clone();
        token.revoked_at.is_none().then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Close on_click=move |()| asking.set(Some(own.clone())) attr:data-test="revoke-token">
                    {text("停用", "End")}
                </Button>
            }
        })
    };
    vec![
        Column::new("name", text("用途", "What for"), |row: &TokenView| row.name.clone()).pinned(),
        Column::new("roles", text("角色与范围", "Roles and where"), move |row: &TokenView| {
            roles.chips(&row.roles)
        })
        .grow(),
        Column::new("state", text("状态", "State"), state),
        Column::new("created", text("创建", "Made"), move |row: &TokenView| time(Some(row.created_at))),
        Column::new("expires", text("到期", "Ends"), move |row: &TokenView| time(row.expires_at)),
        Column::new("act", text("操作", "Actions"), act),
    ]
}

#[component]
fn AddForm(roles: Roles, on_made: Callback<()>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let until = RwSignal::new(String::new());
    let chosen = Chosen::new();
    let submit = Submit::new();
    let made = RwSignal::new(None::<NewToken>);
    let send = move || {
        let end = date_of_input(&until.get_untracked(), zone_minutes());
        let token = AddToken {
            name: name.get_untracked().trim().to_owned(),
            roles: chosen.get().into_iter().collect(),
            expires_at: end.map(|at| Timestamp::from_ms(at + DAY_MS)),
        };
        submit.run(
            move |key| api::send::<NewToken, _>(&ADD, &[], &token, key),
            move |token| {
                made.try_set(Some(token));
                on_made.run(());
            },
        );
    };
    let form = move || {
        view! {
            <form
                class="u-stack"
                data-test="token-add"
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                {wrong(submit)}
                <Field label=text("用途", "What for") error=submit.field("name") required=true hint=text("哪个系统用它，如 ERP", "Which system uses it, e.g. the ERP")>
                    <TextInput value=name/>
                </Field>
                <GrantForm roles chosen/>
                <Field label=text("到期日（可不填）", "Ends after (optional)") error=submit.field("expires_at")>
                    <DateInput value=until/>
                </Field>
                <div class="u-row">
                    <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="token-save">{ADD_ONE}</Button>
                </div>
            </form>
        }
    };
    let secret = move |token: NewToken| {
        view! {
            <div class="u-stack" data-test="token-secret">
                <Notice state=State::Attention title=text("密钥只显示这一次，请立即保存", "The secret is shown this once: save it now")/>
                <p class="persons__secret"><CopyText value=Signal::stored(token.secret)/></p>
                <p class="u-soft u-small">{text("放在请求头里：", "Goes into the header: ")} <code>"Authorization: Bearer …"</code></p>
            </div>
        }
    };
    move || match made.get() {
        Some(token) => secret(token).into_any(),
        None => form().into_any(),
    }
}

#[component]
fn Tokens() -> impl IntoView {
    let roles = Roles::ask();
    let tokens = Pages::<TokenView>::new(|after, limit| {
        api::read_with::<Page<TokenView>, _>(&LIST, &[], &PageQuery { after, limit })
    });
    let adding = RwSignal::new(false);
    let asking = RwSignal::new(None::<TokenView>);
    let submit = Submit::new();
    let revoke = move |()| {
        let Some(id) = asking.with_untracked(|token| token.as_ref().map(|token| token.id)) else { return };
        submit.run(
            move |key| api::act::<IgnoredAny>(&REVOKE, &[&id], key),
            move |_| {
                asking.try_set(None);
                toast(State::Good, text("令牌已停用", "The token was ended"));
                tokens.reload();
            },
        );
    };
    let begin = move |()| adding.set(true);
    let actions = move || {
        view! { <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=begin attr:data-test="add-token">{ADD_ONE}</Button> }
    };
    let made = Callback::new(move |()| tokens.reload());
    let empty = move || {
        let hint = text("其他系统（ERP、店铺、平台）用令牌调用接口", "Other systems call the API with a token");
        view! { <EmptyState title=text("还没有令牌", "No tokens yet") hint icon=PLACE.icon/> }
    };
    let open = ui::Bind::new(move || asking.with(Option::is_some), move |_| asking.set(None));
    let what = move || {
        let name = asking.with(|token| token.as_ref().map(|token| token.name.clone())).unwrap_or_default();
        say!(
            "“{name}”将立即不能再调用接口，且无法恢复。",
            "“{name}” can no longer call the API from now on; it cannot be revived."
        )
    };
    view! {
        <PageHeader title=PLACE.label actions/>
        <div class="roll__sheet" data-test="tokens">
            <Table
                label=PLACE.label
                rows=tokens.items()
                key=Callback::new(|row: TokenView| row.id.to_string())
                columns=columns(roles, asking)
                loading=tokens.busy()
                error=tokens.error()
                on_retry=move |()| tokens.reload()
                empty
                more=tokens.has_more()
                on_more=move |()| tokens.more()
                fill=true
            />
        </div>
        <Drawer open=adding title=ADD_ONE><AddForm roles on_made=made/></Drawer>
        <Dialog open title=REVOKE_IT confirm=REVOKE_IT danger=true busy=submit.busy() on_confirm=revoke>
            <p>{what}</p>
            {wrong(submit)}
        </Dialog>
    }
}
