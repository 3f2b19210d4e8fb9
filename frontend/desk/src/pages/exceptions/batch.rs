//! What is done about the chosen rows, all at once: given to somebody, looked at again later, settled.

use contract::exception::{
    ExceptionRef, ExceptionView, LOOK_AGAIN, LookAgainRequest, OWN, OwnRequest, PEOPLE, SETTLE,
    SettleExceptionsRequest, TouchedView,
};
use contract::rma::PersonName;
use domain::{PersonId, Timestamp};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::session::use_session;
use parts::submit::Submit;
use ui::locale::{date_of_input, zone_minutes};
use ui::{
    Button, ButtonKind, Choice, DateInput, Dialog, Field, Glyph, Notice, Select, State, Text, TextArea, say, text,
    toast,
};

use super::{Desk, key};

const GIVE: Text = text("指派", "Assign");
const LATER: Text = text("约定跟进", "Look again");
const END: Text = text("了结", "Settle");
/// Nine in the morning, when work begins.
const MORNING_MS: i64 = 9 * 3_600_000;
/// The server takes no more at once.
const MAX_ITEMS: usize = 100;

/// Whom things can be given to.
pub(super) fn people() -> Fetch<Vec<PersonName>> {
    Fetch::new(|| api::read::<Vec<PersonName>>(&PEOPLE, &[]))
}

fn chosen(desk: Desk) -> Vec<ExceptionRef> {
    let selected = desk.table.selected.get_untracked();
    let name = |item: &ExceptionView| ExceptionRef { kind: item.kind, subject: item.subject, id: item.id.clone() };
    desk.items.items().with_untracked(|items| {
        items.iter().filter(|item| selected.contains(&key(item))).take(MAX_ITEMS).map(name).collect()
    })
}

fn wrong(submit: Submit) -> AnyView {
    let words = submit.words_in_full();
    (move || words.get().map(|words| view! { <Notice state=State::Bad title=words/> })).into_any()
}

fn done(desk: Desk, touched: &TouchedView, words: Text) {
    let count = touched.items;
    desk.reload();
    toast(State::Good, move || {
        let words = words.get();
        say!("{words}：{count} 条", "{words}: {count}")
    });
}

fn give(desk: Desk, submit: Submit, owner: Option<PersonId>, after: impl Fn() + Copy + 'static) {
    let body = OwnRequest { items: chosen(desk), owner };
    submit.run(
        move |key| api::send::<TouchedView, _>(&OWN, &[], &body, key),
        move |touched| {
            after();
            done(desk, &touched, text("已指派", "Assigned"));
        },
    );
}

fn assigning(desk: Desk, open: RwSignal<bool>) -> AnyView {
    let (people, submit) = (people(), Submit::new());
    let owner = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        people.with(|people| {
            people
                .into_iter()
                .flatten()
                .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let send = move |()| give(desk, submit, owner.get_untracked().parse().ok(), move || open.set(false));
    view! {
        <Dialog open title=text("指派给同事", "Give to a colleague") confirm=GIVE busy=submit.busy() on_confirm=send>
            <div class="u-stack">
                {wrong(submit)}
                <Field label=text("负责人", "Owner") error=submit.field("owner")>
                    <Select value=owner options placeholder=text("无人负责", "Nobody")/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}

fn looking_again(desk: Desk, open: RwSignal<bool>) -> AnyView {
    let submit = Submit::new();
    let (day, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = move |()| {
        let at = date_of_input(&day.get_untracked(), zone_minutes())
            .map(|midnight| Timestamp::from_ms(midnight + MORNING_MS));
        let body = LookAgainRequest { items: chosen(desk), at, note: note.get_untracked() };
        submit.run(
            move |key| api::send::<TouchedView, _>(&LOOK_AGAIN, &[], &body, key),
            move |touched| {
                open.set(false);
                note.set(String::new());
                done(desk, &touched, text("已约定", "Set"));
            },
        );
    };
    let hint = text("当天上午 9 点；清空表示不再跟进", "At nine that morning; empty means never");
    view! {
        <Dialog open title=LATER confirm=text("保存", "Save") busy=submit.busy() on_confirm=send>
            <div class="u-stack">
                {wrong(submit)}
                <Field label=text("日期", "Day") hint error=submit.field("at")>
                    <DateInput value=day/>
                </Field>
                <Field label=text("备注", "Note") hint=text("不填则保留原备注", "What stands there stays when empty") error=submit.field("note")>
                    <TextArea value=note rows=2/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}

fn settling(desk: Desk, open: RwSignal<bool>) -> AnyView {
    let submit = Submit::new();
    let reason = RwSignal::new(String::new());
    let send = move |()| {
        let body = SettleExceptionsRequest { items: chosen(desk), reason: reason.get_untracked() };
        submit.run(
            move |key| api::send::<TouchedView, _>(&SETTLE, &[], &body, key),
            move |touched| {
                open.set(false);
                reason.set(String::new());
                done(desk, &touched, text("已了结", "Settled"));
            },
        );
    };
    let hint = text(
        "例如“已退还快递员”“重量已核对”；包裹有新动静时会再次出现",
        "Such as “given back to the carrier”; a parcel that moves on is listed anew",
    );
    let why = text("为什么不必再处理", "Why nothing more is to be done");
    view! {
        <Dialog open title=text("了结选中的异常？", "Settle what is chosen?") confirm=END busy=submit.busy() on_confirm=send>
            <div class="u-stack">
                {wrong(submit)}
                <Field label=why hint required=true error=submit.field("reason")>
                    <TextArea value=reason rows=2/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The buttons in the bar for chosen rows, and their questions.
#[component]
pub(super) fn Batch(desk: Desk) -> impl IntoView {
    let session = use_session();
    let [giving, later, ending] = std::array::from_fn(|_| RwSignal::new(false));
    let submit = Submit::new();
    let take = move |()| give(desk, submit, session.person(), || ());
    let failed =
        move || submit.words_in_full().get().map(|words| view! { <span class="exceptions__failed">{words}</span> });
    let mine = move || {
        session.person().is_some().then(|| {
        view! {
            <Button kind=ButtonKind::Primary icon=Glyph::Person busy=submit.busy() on_click=take attr:data-test="take">
                {text("由我负责", "Take")}
            </Button>
        }
    })
    };
    view! {
        {mine}
        <Button icon=Glyph::People on_click=move |()| giving.set(true) attr:data-test="assign">{GIVE}</Button>
        <Button icon=Glyph::Calendar on_click=move |()| later.set(true) attr:data-test="look-again">{LATER}</Button>
        <Button icon=Glyph::Check on_click=move |()| ending.set(true) attr:data-test="settle">{END}</Button>
        {failed}
        {assigning(desk, giving)}
        {looking_again(desk, later)}
        {settling(desk, ending)}
    }
}
