//! A payout: where it stands in plain words, its tries, and what can be done about it.

use contract::Route;
use contract::settlement::{PayoutAction, PayoutView, QUERY_PAYOUT, RETRY_PAYOUT, STOP_PAYOUT};
use domain::SettlementId;
use domain::state::PayoutState;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::submit::Submit;
use parts::words::{attempt, chip};
use ui::{Button, ButtonKind, Explain, Glyph, Notice, State, StateChip, Text, TimeStamp, text, toast};

use super::paid_by_hand;

/// What the server says of a payout that somebody took back before it was sent.
const STOPPED: &str = "stopped";

/// What the state means for whoever looks at it.
fn meaning(payout: &PayoutView) -> Option<(State, Text)> {
    let said = match payout.state {
        PayoutState::Unknown => (
            State::Attention,
            text(
                "没有收到支付渠道的答复：钱可能已付，也可能没付。不会重复付款；系统会自动再查，也可以现在就查。",
                "The payment provider has not answered: the money may have moved or not. It is never paid twice; it is asked about by itself, or now.",
            ),
        ),
        PayoutState::Failed if payout.error == STOPPED => (
            State::Attention,
            text(
                "付款在发送前被撤回，钱没有动。可以重试或改为人工付款。",
                "It was taken back before it was sent, and no money moved. Try again or pay by hand.",
            ),
        ),
        PayoutState::Failed => (
            State::Bad,
            text(
                "支付渠道拒绝了这笔付款，钱没有动。可以重试或改为人工付款。",
                "The provider refused it and no money moved. Try again or pay by hand.",
            ),
        ),
        PayoutState::Requested => {
            (State::Waiting, text("即将发送给支付渠道。", "It is about to be sent to the provider."))
        }
        PayoutState::Sent => {
            (State::Waiting, text("已发送，等待支付渠道答复。", "Sent; the provider's answer is awaited."))
        }
        PayoutState::Done | PayoutState::Manual => return None,
    };
    Some(said)
}

fn tries(payout: &PayoutView) -> AnyView {
    if payout.attempts.is_empty() {
        return ().into_any();
    }
    let own = payout.attempts.clone();
    let rows = move || {
        let row = |one: &contract::settlement::AttemptView| {
            let (words, state) = attempt(&one.outcome);
            let detail = one.detail.clone();
            view! {
                <li class="payout__try">
                    <StateChip state label=words/>
                    <TimeStamp at_ms=one.finished_at.ms()/>
                    <span class="u-soft">{detail}</span>
                </li>
            }
        };
        own.iter().map(row).collect_view()
    };
    view! { <Explain label=text("每次尝试", "Every try")><ul class="payout__tries">{rows.clone()}</ul></Explain> }
        .into_any()
}

/// The payout's own commands.
#[derive(Clone, Copy)]
struct Doing {
    submit: Submit,
    on_changed: Callback<()>,
}

impl Doing {
    fn act(self, route: &'static Route, payout: &PayoutView, done: Text) {
        let (id, on_changed) = (payout.id, self.on_changed);
        self.submit.run(
            move |key| api::act::<serde_json::Value>(route, &[&id], key),
            move |_| {
                toast(State::Good, done);
                on_changed.run(());
            },
        );
    }
}

fn button(doing: Doing, by_hand: RwSignal<bool>, payout: &PayoutView, action: PayoutAction) -> AnyView {
    let (own, busy) = (payout.clone(), doing.submit.busy());
    match action {
        PayoutAction::Query => view! {
            <Button
                kind=ButtonKind::Primary
                icon=Glyph::Refresh
                busy
                on_click=move |()| doing.act(&QUERY_PAYOUT, &own, text("已在查询", "It is being asked about"))
                attr:data-test="payout-query"
            >
                {text("现在查询", "Ask now")}
            </Button>
        }
        .into_any(),
        PayoutAction::Retry => view! {
            <Button
                icon=Glyph::Refresh
                busy
                on_click=move |()| doing.act(&RETRY_PAYOUT, &own, text("已重新付款", "It is tried again"))
                attr:data-test="payout-retry"
            >
                {text("重试付款", "Try again")}
            </Button>
        }
        .into_any(),
        PayoutAction::Stop => view! {
            <Button
                kind=ButtonKind::Danger
                busy
                on_click=move |()| doing.act(&STOP_PAYOUT, &own, text("已撤回付款", "It is stopped"))
                attr:data-test="payout-stop"
            >
                {text("撤回付款", "Stop it")}
            </Button>
        }
        .into_any(),
        PayoutAction::PayByHand => view! {
            <Button on_click=move |()| by_hand.set(true) attr:data-test="payout-by-hand">{text("改为人工付款", "Pay by hand instead")}</Button>
        }
        .into_any(),
    }
}

/// A payout.
pub(super) fn payout(settlement: SettlementId, payout: &PayoutView, on_changed: Callback<()>) -> AnyView {
    let doing = Doing { submit: Submit::new(), on_changed };
    let by_hand = RwSignal::new(false);
    let buttons = payout.actions.iter().map(|action| button(doing, by_hand, payout, *action)).collect_view();
    let told = meaning(payout).map(|(state, words)| {
        let error = if payout.error == STOPPED { String::new() } else { payout.error.clone() };
        view! {
            <Notice state title=words>
                {(!error.is_empty()).then(|| view! { <p>{error}</p> })}
            </Notice>
        }
    });
    let wrong =
        move || doing.submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let reference = payout.gateway_id.clone().or_else(|| Some(payout.proof.clone()).filter(|proof| !proof.is_empty()));
    let who = payout.paid_by.as_ref().map(|who| who.name.clone());
    let at = payout.finished_at.or(payout.sent_at).unwrap_or(payout.requested_at);
    let can_pay = payout.actions.contains(&PayoutAction::PayByHand);
    view! {
        <li class="payout" data-test="payout" data-state=payout.state.as_str()>
            <p class="found__line">
                {chip(payout.state, "")}
                <Sum amount=payout.amount/>
                <span class="u-soft">{who} " " <TimeStamp at_ms=at.ms()/></span>
                <code>{reference}</code>
                {tries(payout)}
            </p>
            {told}
            {wrong}
            <div class="u-row">{buttons}</div>
            {can_pay.then(|| paid_by_hand::dialog(by_hand, settlement, Some(payout.id), on_changed))}
        </li>
    }
    .into_any()
}
