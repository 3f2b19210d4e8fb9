//! Taking the request back, while nothing has arrived.

use contract::portal::{PortalCaseView, PortalWithdrawRequest, WITHDRAW};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Button, Choice, Dialog, Field, Notice, Select, State, Text, TextArea, text, toast};

use super::Case;

const TITLE: Text = text("撤回申请？", "Take the request back?");
const WHAT: Text = text(
    "撤回后这张申请就结束了，不会退款或换货。反悔的话，在退换期限内可以对同一订单重新申请。",
    "This ends the request: nothing is refunded or exchanged. Should you change your mind, you can ask again for the same order within the time limit.",
);
const SENT: Text = text(
    "您已登记寄出的包裹。商品已经寄出的请不要撤回，先留言联系商家。",
    "You told us that a parcel is on its way. If the goods have left, do not take the request back; write to the shop first.",
);
const REASONS: [(&str, Text); 4] = [
    ("keep", text("不想退换了", "I keep the goods")),
    ("again", text("填错了，重新申请", "I made a mistake and ask anew")),
    ("agreed", text("已和商家商量好", "I agreed on it with the shop")),
    ("other", text("其他", "Something else")),
];

/// The button and its question, while it is possible.
pub(super) fn withdraw(case: Case) -> AnyView {
    let can = case.part(|view| view.can.withdraw);
    let open = RwSignal::new(false);
    let (chosen, words) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let reason = move || {
        let own = words.get_untracked().trim().to_owned();
        let of = |(key, title): &(&str, Text)| (chosen.get_untracked() == *key).then(|| title.get().to_owned());
        let title = REASONS.iter().find_map(of).unwrap_or_default();
        if own.is_empty() { title } else { format!("{title}：{own}") }
    };
    let on_its_way = case.part(|view| !view.parcels.is_empty());
    let submit = Submit::new();
    let send = move |()| {
        let (body, headers) = (PortalWithdrawRequest { reason: reason() }, case.headers());
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&WITHDRAW, &[], &body, key, headers),
            move |view| {
                open.try_set(false);
                toast(State::Good, text("已撤回", "Taken back"));
                case.take(view);
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let blank = Signal::derive(move || chosen.with(String::is_empty));
    let options = Signal::stored(REASONS.iter().map(|(key, title)| Choice::new(*key, *title)).collect::<Vec<_>>());
    let button = move || {
        can.get().then(|| {
            view! {
                <Button on_click=move |()| open.set(true) attr:data-test="portal-withdraw">{text("撤回申请", "Take the request back")}</Button>
            }
        })
    };
    view! {
        {button}
        <Dialog open title=TITLE confirm=text("撤回", "Take back") danger=true busy=submit.busy() disabled=blank on_confirm=send>
            <div class="u-stack">
                {wrong}
                <p>{WHAT}</p>
                {move || on_its_way.get().then(|| view! { <Notice state=State::Attention title=SENT/> })}
                <Field label=text("原因", "Why") error=submit.field("reason") required=true>
                    <Select value=chosen options placeholder=text("请选择", "Please choose") attr:data-test="withdraw-reason"/>
                </Field>
                <Field label=text("补充说明（可不填）", "More (optional)")>
                    <TextArea value=words rows=2 max_length=400/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
