//! A person's badge and PIN for the stations: issued, printed once, replaced, ended.

use contract::station::{BadgeView, GET_BADGE, ISSUE_BADGE, IssuedBadge, REVOKE_BADGE, SET_PIN, SetPin};
use domain::PersonId;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Button, ButtonKind, Dialog, Field, Glyph, InputKind, Notice, Skeleton, State, StateChip, Text, TextInput,
    TimeStamp, text, toast,
};

use crate::rows::wrong;
use parts::label::Barcode;

const ISSUE: Text = text("发放工牌", "Issue a badge");
const REPLACE: Text = text("换发工牌", "Replace the badge");
const END: Text = text("停用工牌", "End the badge");

/// The sheet to print and cut out; its code is told this once.
fn card(badge: IssuedBadge, name: String) -> AnyView {
    view! {
        <div class="u-stack" data-test="badge-card" data-code=badge.code.clone()>
            <Notice state=State::Attention title=text("工牌只显示这一次，请现在打印", "The badge is shown this once: print it now")/>
            <article class="badge-card">
                <p class="badge-card__name">{name}</p>
                <Barcode text=badge.code.clone()/>
                <p class="badge-card__code">{badge.code.clone()}</p>
            </article>
            <div class="u-row">
                <Button kind=ButtonKind::Primary icon=Glyph::Printer on_click=move |()| { let _ = window().print(); }>
                    {text("打印工牌", "Print the badge")}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

fn pin(id: PersonId, badge: Fetch<BadgeView>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let submit = Submit::new();
    let send = move || {
        let request = SetPin { pin: typed.get_untracked() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SET_PIN, &[&id], &request, key),
            move |_| {
                typed.try_set(String::new());
                toast(State::Good, text("PIN 已设置", "The PIN is set"));
                badge.reload();
            },
        );
    };
    view! {
        {wrong(submit)}
        <form
            class="master__adder"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <Field label=text("新 PIN（4–8 位数字）", "New PIN (4 to 8 digits)") error=submit.field("pin")>
                <TextInput value=typed kind=InputKind::Password autocomplete="off" max_length=8/>
            </Field>
            <Button icon=Glyph::Lock submit=true busy=submit.busy() attr:data-test="set-pin">{text("设置 PIN", "Set the PIN")}</Button>
        </form>
    }
    .into_any()
}

fn state(view: &BadgeView) -> AnyView {
    let issued = view.issued_at.map(|at| {
        view! { <StateChip state=State::Good label=text("有工牌", "Has a badge")/> " " <span class="u-soft">{text("发放于 ", "issued ")} <TimeStamp at_ms=at.ms()/></span> }
    });
    let none =
        view.issued_at.is_none().then(|| view! { <StateChip state=State::Paused label=text("没有工牌", "No badge")/> });
    let pin = if view.has_pin {
        view! { <StateChip state=State::Good label=text("已设 PIN", "PIN set")/> }
    } else {
        view! { <StateChip state=State::Attention label=text("未设 PIN", "No PIN")/> }
    };
    let blocked = view.blocked_until.map(|at| {
        view! { <p class="u-soft">{text("输错太多次，暂停到 ", "Too many wrong PINs; blocked until ")} <TimeStamp at_ms=at.ms()/></p> }
    });
    view! { <p class="u-row">{issued} {none} {pin}</p> {blocked} }.into_any()
}

/// The section.
#[component]
pub(super) fn Badge(
    /// Whose.
    id: PersonId,
    /// Their name, as printed.
    name: String,
) -> impl IntoView {
    let badge = Fetch::<BadgeView>::new(move || api::read(&GET_BADGE, &[&id]));
    let submit = Submit::new();
    let issued = RwSignal::new(None::<IssuedBadge>);
    let ending = RwSignal::new(false);
    let issue = move |()| {
        submit.run(
            move |key| api::act::<IssuedBadge>(&ISSUE_BADGE, &[&id], key),
            move |own| {
                issued.try_set(Some(own));
                badge.reload();
            },
        );
    };
    let end = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&REVOKE_BADGE, &[&id], key),
            move |_| {
                ending.try_set(false);
                issued.try_set(None);
                toast(State::Good, text("工牌已停用", "The badge was ended"));
                badge.reload();
            },
        );
    };
    let has = Memo::new(move |_| badge.with(|view| view.is_some_and(|view| view.issued_at.is_some())));
    let words = move || if has.get() { REPLACE.get() } else { ISSUE.get() };
    let now = move || match (badge.get(), badge.problem().get()) {
        (Some(view), _) => state(&view),
        (None, Some(problem)) => view! { <p class="u-soft">{problem.words()}</p> }.into_any(),
        (None, None) => view! { <Skeleton lines=2/> }.into_any(),
    };
    let end_button = move || {
        has.get().then(|| {
            view! { <Button kind=ButtonKind::Quiet icon=Glyph::Close on_click=move |()| ending.set(true) attr:data-test="revoke-badge">{END}</Button> }
        })
    };
    let sheet = move || issued.get().map(|own| card(own, name.clone()));
    view! {
        <section class="master__more" data-test="person-badge">
            <h3>{text("工作站的工牌与 PIN", "Badge and PIN for stations")}</h3>
            {now}
            {wrong(submit)}
            {sheet}
            <div class="u-row">
                <Button icon=Glyph::Scan busy=submit.busy() on_click=issue attr:data-test="issue-badge">{words}</Button>
                {end_button}
            </div>
            {pin(id, badge)}
        </section>
        <Dialog open=ending title=END confirm=END danger=true busy=submit.busy() on_confirm=end>
            <p>{text("这张工牌立即失效，用它登录的工作站会退出。", "The badge stops working at once and its station sessions end.")}</p>
        </Dialog>
    }
}
