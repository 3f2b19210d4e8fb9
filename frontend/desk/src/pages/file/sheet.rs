//! The page: shop and form at the left, what the policy says at the right, filing at the foot.

use contract::filing::{FILE_RMA, FileRequest, FiledView, FilingView, START};
use domain::{Permission, ShopId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;
use parts::fetch::Fetch;
use parts::form::FormView;
use parts::said::said;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{
    ActionBar, Bind, Button, ButtonKind, Card, Choice, EmptyState, ErrorState, Field, Glyph, Notice, PageHeader,
    Select, Skeleton, State, Text, TextArea, say, text, toast,
};

use super::PLACE;
use super::filing::Filing;
use super::judged::{Judged, JudgedCard};
use crate::go::{case_address, use_go};

const NO_SHOP: Text = text("没有可以代客申请的店铺", "There is no shop you can file for");
const NO_SHOP_HINT: Text = text(
    "请让管理员给您一个店铺的权限，或先建立店铺",
    "Ask an administrator for rights in a shop, or to create one first",
);
const OVERRIDE: Text = text("破例理由", "Why the policy is overridden");
const OVERRIDE_HINT: Text = text("会记入破例台账", "It goes into the ledger of overrides");
const NOT_ALLOWED: Text = text("不符合政策，您没有破例的权限", "Not eligible, and you may not override the policy");

fn shop_select(view: &FilingView, filing: Filing) -> AnyView {
    if view.shops.len() < 2 {
        return ().into_any();
    }
    let options: Vec<Choice> =
        view.shops.iter().map(|shop| Choice::new(shop.id.to_string(), said(&shop.title))).collect();
    let chosen = Bind::new(
        move || filing.shop.get().map(|shop| shop.to_string()).unwrap_or_default(),
        move |shop: String| {
            filing.shop.set(shop.parse::<ShopId>().ok());
            // Numbers are a shop's own: the goods of another shop's order must not stay.
            filing.form.set_lines(None);
        },
    );
    view! {
        <Field label=text("店铺", "Shop") required=true>
            <Select value=chosen options=Signal::stored(options)/>
        </Field>
    }
    .into_any()
}

/// What filing against the policy needs.
fn override_part(judged: Judged, reason: RwSignal<String>, may_override: Signal<bool>, submit: Submit) -> AnyView {
    let part = move || {
        judged.is_refused().then(|| {
            if may_override.get() {
                view! {
                    <Field label=OVERRIDE hint=OVERRIDE_HINT error=submit.field("override_reason") required=true>
                        <TextArea value=reason rows=2 max_length=500/>
                    </Field>
                }
                .into_any()
            } else {
                view! { <Notice state=State::Bad title=NOT_ALLOWED/> }.into_any()
            }
        })
    };
    view! { {part} }.into_any()
}

#[component]
fn FilingForm(view: FilingView, shop: Option<ShopId>, order: Option<String>) -> impl IntoView {
    let (session, go) = (use_session(), use_go());
    let filing = Filing::new(&view, shop, order);
    let judged = Judged::of(filing);
    let reason = RwSignal::new(String::new());
    let may_override = Signal::derive(move || session.may(Permission::RmaOverride));
    let submit = Submit::new();
    let send = move |()| {
        let Some(answers) = filing.form.finish() else { return };
        let Some(shop) = filing.shop.get_untracked() else { return };
        let override_reason = Some(reason.get_untracked().trim().to_owned())
            .filter(|why| !why.is_empty() && untrack(|| judged.is_refused()));
        let body = FileRequest { shop, answers, override_reason };
        submit.run(
            move |key| api::send::<FiledView, _>(&FILE_RMA, &[], &body, key),
            move |filed| {
                let number = filed.number;
                toast(State::Good, move || say!("已提交 {number}", "Filed {number}"));
                go.to(&case_address(filed.id));
            },
        );
    };
    // What the server refuses stands beside the fields it names.
    Effect::new(move |_| {
        if let Some(problem) = submit.problem().get() {
            filing.form.refuse(&problem.body.fields);
        }
    });
    let cannot = Signal::derive(move || {
        let refused = judged.is_refused();
        let blank = reason.with(|reason| reason.trim().is_empty());
        (refused && (!may_override.get() || blank)) || filing.form.is_uploading()
    });
    let hint = move || match filing.form.is_uploading() {
        true => say!("照片还在上传", "Photos are still on their way"),
        false => String::new(),
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let has_intro = !view.form.intro.zh.is_empty() || !view.form.intro.en.is_empty();
    let intro = has_intro.then(|| view! { <p class="u-soft">{said(&view.form.intro)}</p> });
    view! {
        <div class="u-columns">
            <Card title=said(&view.form.title)>
                <div class="u-stack" data-test="filing-form">
                    {intro}
                    {shop_select(&view, filing)}
                    <FormView form=filing.form/>
                </div>
            </Card>
            <div class="u-stack filing__side">
                <JudgedCard judged/>
                {override_part(judged, reason, may_override, submit)}
            </div>
        </div>
        {wrong}
        <ActionBar>
            <Button kind=ButtonKind::Primary icon=Glyph::Check busy=submit.busy() disabled=cannot hint on_click=send attr:data-test="file-submit">
                {text("提交申请", "File the return")}
            </Button>
        </ActionBar>
    }
}

/// The page.
#[component]
pub(super) fn Sheet() -> impl IntoView {
    let query = use_query_map();
    let start = Fetch::<FilingView>::new(|| api::read(&START, &[]));
    let asked = move |name: &str| query.with_untracked(|query| query.get(name)).filter(|value| !value.is_empty());
    let body = move || match (start.get(), start.problem().get()) {
        (Some(view), _) if view.shops.is_empty() => {
            view! { <EmptyState title=NO_SHOP hint=NO_SHOP_HINT icon=Glyph::Lock/> }.into_any()
        }
        (Some(view), _) => {
            let shop = asked("shop").and_then(|shop| shop.parse().ok());
            view! { <FilingForm view shop order=asked("order")/> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| start.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        <PageHeader title=PLACE.label/>
        {body}
    }
}
