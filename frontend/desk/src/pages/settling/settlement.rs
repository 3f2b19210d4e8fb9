//! A settlement: what for and who bears it, who keyed and approved it, its payouts, and what this reader can do now.

use contract::rma::LineView;
use contract::rma::ReasonRequest;
use contract::settlement::{APPROVE, CANCEL, ComponentView, PAY, SettlementAction, SettlementView};
use domain::state::{PayoutState, SettlementState};
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::said::money;
use parts::session::{Session, use_session};
use parts::submit::Submit;
use parts::waits;
use parts::words::{Spoken, chip, means};
use ui::{Button, ButtonKind, Card, Dialog, Glyph, Notice, State, StateChip, Text, TimeStamp, Words, say, text, toast};

use super::paid_by_hand;
use super::payout::payout;
use crate::ask::{AskReason, Asking};

const OWN: Text = text(
    "这笔超过限额，由您录入：须由另一位有权限的同事批准。",
    "It is above the limit and you keyed it: a colleague with the right has to approve it.",
);
const OTHERS: Text = text("超过限额，等待另一位同事批准。", "Above the limit: a second person has to approve it.");

/// A settlement on screen. Copy freely.
#[derive(Clone, Copy)]
struct Shown {
    view: Memo<SettlementView>,
    submit: Submit,
    paying: RwSignal<bool>,
    by_hand: RwSignal<bool>,
    cancelling: Asking,
    on_changed: Callback<()>,
}

fn component(part: &ComponentView, lines: &[LineView]) -> AnyView {
    let name = part.line.and_then(|id| lines.iter().find(|line| line.id == id)).and_then(|line| line.sku.as_ref());
    let name = name.map(|sku| sku.name.clone()).unwrap_or_default();
    let (kind, bearer, note) = (part.kind.text(), part.bearer.text(), part.note.clone());
    view! {
        <tr>
            <td>{kind}</td>
            <td class="u-soft">{name} " " {note}</td>
            <td class="u-nowrap">{bearer}</td>
            <td class="u-end"><Sum amount=part.amount/></td>
        </tr>
    }
    .into_any()
}

fn components(shown: Shown, lines: Memo<Vec<LineView>>) -> AnyView {
    let rows = move || {
        shown
            .view
            .with(|view| lines.with(|lines| view.components.iter().map(|part| component(part, lines)).collect_view()))
    };
    view! {
        <table class="ledger">
            <thead>
                <tr>
                    <th>{text("款项", "What for")}</th>
                    <th>{text("商品与说明", "Goods and note")}</th>
                    <th>{text("承担方", "Borne by")}</th>
                    <th class="u-end">{text("金额", "Amount")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn people(view: &SettlementView) -> AnyView {
    let keyed = view.proposed_by.name.clone();
    let approved = view.approved_by.as_ref().filter(|_| view.needs_second).map(|who| who.name.clone());
    let approved_at = view.approved_at;
    let platform = view.platform_number.clone();
    // What was meant to go back the way it came, and was paid by a person instead.
    let by_hand = view.means != "manual" && view.payouts.iter().any(|payout| payout.state == PayoutState::Manual);
    let by_hand = by_hand.then(|| view! { <span>{text("实际由人工付款", "Paid by hand instead")}</span> });
    let approval = approved.map(|who| {
        view! {
            <span>{text("批准", "Approved by")} " " {who} " " {approved_at.map(|at| view! { <TimeStamp at_ms=at.ms()/> })}</span>
        }
    });
    let settled = view.settled_at.map(|at| {
        view! { <span>{text("结清", "Settled")} " " <TimeStamp at_ms=at.ms()/></span> }
    });
    view! {
        <p class="settlement__people u-soft">
            <span>{view.basis.text()}</span>
            <span>{means(&view.means)} " " {platform}</span>
            {by_hand}
            <span>{text("录入", "Keyed by")} " " {keyed} " " <TimeStamp at_ms=view.proposed_at.ms()/></span>
            {approval}
            {settled}
            {waits(view.due_at, view.warn_at, false)}
        </p>
    }
    .into_any()
}

/// Why this reader cannot approve it.
fn four_eyes(session: Session, view: &SettlementView) -> Option<AnyView> {
    let waits = view.state == SettlementState::Proposed && !view.actions.contains(&SettlementAction::Approve);
    let own = session.person() == Some(view.proposed_by.id);
    let title = if own { OWN } else { OTHERS };
    waits.then(|| view! { <div data-test="four-eyes"><Notice state=State::Waiting title/></div> }.into_any())
}

fn approve(shown: Shown) {
    let id = shown.view.with_untracked(|view| view.id);
    shown.submit.run(
        move |key| api::act::<serde_json::Value>(&APPROVE, &[&id], key),
        move |_| {
            toast(State::Good, text("已批准", "Approved"));
            shown.on_changed.run(());
        },
    );
}

fn pay(shown: Shown) {
    let id = shown.view.with_untracked(|view| view.id);
    shown.submit.run(
        move |key| api::act::<serde_json::Value>(&PAY, &[&id], key),
        move |_| {
            shown.paying.try_set(false);
            toast(State::Good, text("已开始付款", "It is being paid"));
            shown.on_changed.run(());
        },
    );
}

fn button(shown: Shown, action: SettlementAction) -> AnyView {
    let busy = shown.submit.busy();
    match action {
        SettlementAction::Approve => view! {
            <Button kind=ButtonKind::Primary icon=Glyph::Check busy on_click=move |()| approve(shown) attr:data-test="settlement-approve">
                {text("批准", "Approve")}
            </Button>
        }
        .into_any(),
        SettlementAction::Pay => view! {
            <Button kind=ButtonKind::Primary icon=Glyph::Wallet busy on_click=move |()| shown.paying.set(true) attr:data-test="settlement-pay">
                {text("付款", "Pay")}
            </Button>
        }
        .into_any(),
        SettlementAction::PayByHand => view! {
            <Button kind=ButtonKind::Primary on_click=move |()| shown.by_hand.set(true) attr:data-test="settlement-by-hand">
                {text("登记人工付款", "Record a payment by hand")}
            </Button>
        }
        .into_any(),
        SettlementAction::Cancel => view! {
            <Button kind=ButtonKind::Danger on_click=move |()| shown.cancelling.ask() attr:data-test="settlement-cancel">
                {text("取消结算", "Take it back")}
            </Button>
        }
        .into_any(),
    }
}

fn pay_dialog(shown: Shown) -> AnyView {
    let amount = move || shown.view.with(|view| money(view.net));
    let title = Words::from(move || {
        let amount = amount();
        say!("付款 {amount}？", "Pay {amount}?")
    });
    let how = move || {
        let way = shown.view.with(|view| means(&view.means)).get();
        say!("方式：{way}。付款开始后不能取消。", "By: {way}. Once it begins it cannot be taken back.")
    };
    let wrong =
        move || shown.submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <Dialog open=shown.paying title confirm=text("付款", "Pay") busy=shown.submit.busy() on_confirm=move |()| pay(shown)>
            <div class="u-stack" data-test="pay-dialog">{wrong} <p>{how}</p></div>
        </Dialog>
    }
    .into_any()
}

fn cancel_dialog(shown: Shown) -> AnyView {
    let submit = shown.cancelling.submit;
    let send = move |reason: String| {
        let (id, request) = (shown.view.with_untracked(|view| view.id), ReasonRequest { reason });
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&CANCEL, &[&id], &request, key),
            move |_| {
                shown.cancelling.done();
                toast(State::Good, text("已取消", "Taken back"));
                shown.on_changed.run(());
            },
        );
    };
    view! {
        <AskReason
            asking=shown.cancelling
            title=text("取消这笔结算？", "Take this settlement back?")
            what=text("它占用的金额会释放，可以重新录入。", "What it holds is free again and can be keyed anew.")
            verb=text("取消结算", "Take it back")
            danger=true
            on_reason=send
        />
    }
    .into_any()
}

fn payouts(shown: Shown) -> AnyView {
    let own = Memo::new(move |_| shown.view.with(|view| (view.id, view.payouts.clone())));
    let list = move || {
        own.with(|(id, payouts)| {
            (!payouts.is_empty()).then(|| {
                let rows = payouts.iter().map(|one| payout(*id, one, shown.on_changed)).collect_view();
                view! { <ul class="payouts">{rows}</ul> }
            })
        })
    };
    view! { {list} }.into_any()
}

/// The card.
pub(super) fn settlement(view: Memo<SettlementView>, lines: Memo<Vec<LineView>>, on_changed: Callback<()>) -> AnyView {
    let session = use_session();
    let shown = Shown {
        view,
        submit: Submit::new(),
        paying: RwSignal::new(false),
        by_hand: RwSignal::new(false),
        cancelling: Asking::new(),
        on_changed,
    };
    let head = move || {
        view.with(|view| {
            let unknown = view.outcome_unknown.then(|| {
                view! { <StateChip state=State::Attention label=text("结果未知", "Outcome unknown")/> }
            });
            view! { <Sum amount=view.net strong=true/> {chip(view.state, "")} {unknown} }
        })
    };
    let about = move || view.with(people);
    let note = move || {
        view.with(|view| (!view.note.is_empty()).then(|| view! { <p class="case__note">{view.note.clone()}</p> }))
    };
    let eyes = move || view.with(|view| four_eyes(session, view));
    let actions = Memo::new(move |_| view.with(|view| view.actions.clone()));
    let buttons = move || actions.get().into_iter().map(|action| button(shown, action)).collect_view();
    let wrong = move || {
        let words = shown.submit.words_in_full().get().filter(|_| !shown.paying.get());
        words.map(|words| view! { <Notice state=State::Bad title=words/> })
    };
    let id = view.with_untracked(|view| view.id);
    view! {
        <div class="settlement" data-test="settlement" data-state=move || view.with(|view| view.state.as_str())>
            <Card>
                <div class="u-stack">
                    <div class="settlement__head">{head}</div>
                    {about}
                    {components(shown, lines)}
                    {note}
                    {eyes}
                    {wrong}
                    <div class="u-row">{buttons}</div>
                    {payouts(shown)}
                </div>
            </Card>
            {pay_dialog(shown)}
            {cancel_dialog(shown)}
            {paid_by_hand::dialog(shown.by_hand, id, None, on_changed)}
        </div>
    }
    .into_any()
}
