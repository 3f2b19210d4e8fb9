//! Lines with what was agreed and settled; finance may say that nothing more is paid on one, with a reason.

use contract::rma::{LineView, ReasonRequest};
use contract::settlement::MARK_DONE;
use domain::Permission;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::session::use_session;
use parts::words::Spoken;
use ui::{Button, ButtonKind, Card, State, Text, say, text, toast};

use crate::ask::{AskReason, Asking};
use crate::pages::case::lines::settled;

const TITLE: Text = text("商品", "Goods");

fn row(line: &LineView, end: Option<Callback<LineView>>) -> AnyView {
    let own = line.clone();
    let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
    let (requested, approved, accepted) = (line.requested, line.approved, line.accepted);
    let words = move || {
        say!(
            "申 {requested} · 批 {approved} · 合格 {accepted}",
            "asked {requested} · agreed {approved} · accepted {accepted}"
        )
    };
    let settled = settled(line);
    let button = end.filter(|_| line.kind.settles_money() && !line.undeclared).map(|end| {
        view! {
            <Button kind=ButtonKind::Quiet on_click=move |()| end.run(own.clone()) attr:data-test="money-done">
                {text("不再付款", "Pay no more")}
            </Button>
        }
    });
    let share = line.share.map(|amount| view! { <Sum amount/> });
    view! {
        <li class="money-line">
            <p><b>{name}</b></p>
            <p class="u-soft">{line.kind.text()} " · " {words}</p>
            <p class="found__line"><span>{text("实付分摊", "Paid share")} " " {share}</span> {settled} {button}</p>
        </li>
    }
    .into_any()
}

/// The card.
pub(super) fn lines(lines: Memo<Vec<LineView>>, open_case: Signal<bool>, on_changed: Callback<()>) -> AnyView {
    let session = use_session();
    let asked = RwSignal::new(None::<LineView>);
    let asking = Asking::new();
    let end = Callback::new(move |line: LineView| {
        asked.set(Some(line));
        asking.ask();
    });
    let may = move || (session.may(Permission::SettlementPropose) && open_case.get()).then_some(end);
    let submit = asking.submit;
    let send = move |reason: String| {
        let Some(line) = asked.get_untracked() else { return };
        let request = ReasonRequest { reason };
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&MARK_DONE, &[&line.id], &request, key),
            move |_| {
                asking.done();
                toast(State::Good, text("已登记不再付款", "Nothing more is paid on it"));
                on_changed.run(());
            },
        );
    };
    let rows = move || lines.with(|lines| lines.iter().map(|line| row(line, may())).collect_view());
    view! {
        <Card title=TITLE><ul class="money-lines">{rows}</ul></Card>
        <AskReason
            asking
            title=text("这一行不再付款？", "Pay nothing more on this line?")
            what=text("单据不再等待这一行的款项，可以完结。", "The case no longer waits for money on this line and can close.")
            verb=text("不再付款", "Pay no more")
            danger=true
            on_reason=send
        />
    }
    .into_any()
}
