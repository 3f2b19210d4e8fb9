//! A payment that a person made outside: recorded with its proof.

use contract::settlement::{ManualPaymentRequest, PAY_BY_HAND};
use domain::{PayoutId, SettlementId};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Dialog, Field, Notice, State, Text, TextInput, text, toast};

const TITLE: Text = text("登记人工付款", "Record a payment by hand");
const WHAT: Text = text(
    "请先完成付款，再填写转账单号、收据号等凭证。",
    "Pay first, then write down the transfer's or receipt's number as proof.",
);

/// The question. `instead_of` is the refused payout it takes the place of.
pub(super) fn dialog(
    open: RwSignal<bool>,
    settlement: SettlementId,
    instead_of: Option<PayoutId>,
    on_changed: Callback<()>,
) -> AnyView {
    let proof = RwSignal::new(String::new());
    let submit = Submit::new();
    let send = move |()| {
        let request = ManualPaymentRequest { instead_of, proof: proof.get_untracked().trim().to_owned() };
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&PAY_BY_HAND, &[&settlement], &request, key),
            move |_| {
                open.try_set(false);
                toast(State::Good, text("已登记付款", "The payment is recorded"));
                on_changed.run(());
            },
        );
    };
    let blank = Signal::derive(move || proof.with(|proof| proof.trim().is_empty()));
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <Dialog open title=TITLE confirm=text("登记付款", "Record") busy=submit.busy() disabled=blank on_confirm=send>
            <div class="u-stack" data-test="pay-by-hand">
                {wrong}
                <p>{WHAT}</p>
                <Field label=text("付款凭证", "Proof") error=submit.field("proof") required=true>
                    <TextInput value=proof max_length=500/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
