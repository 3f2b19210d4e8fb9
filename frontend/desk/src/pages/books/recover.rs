//! What came in of what somebody owes, or is given up: how much, by which proof.

use contract::ledger::{Ending, PartyView, RECOVER, RecoverRequest};
use domain::{LedgerAccountId, Money, RmaId};
use leptos::prelude::*;
use parts::api;
use parts::said::money;
use parts::submit::Submit;
use parts::words::party;
use serde::de::IgnoredAny;
use ui::{Bind, Choice, Dialog, Field, MoneyInput, Notice, Segmented, State, Text, TextInput, Words, say, text, toast};

/// What the button that opens it says.
pub(in crate::pages) const RECOVER_IT: Text = text("登记收回", "Record");
const TITLE: Text = text("登记收回", "Record recovery");
const PAID: &str = "paid";
const GIVEN_UP: &str = "written_off";

/// What somebody owes on a case.
#[derive(Clone, PartialEq)]
pub(in crate::pages) struct Owed {
    pub(in crate::pages) rma: RmaId,
    /// The case's number.
    pub(in crate::pages) number: String,
    pub(in crate::pages) account: LedgerAccountId,
    pub(in crate::pages) party: PartyView,
    pub(in crate::pages) owed: Money,
}

/// The question, open or not, with what was answered so far. Copy freely.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Recovery {
    open: RwSignal<bool>,
    of: RwSignal<Option<Owed>>,
    ending: RwSignal<String>,
    amount: RwSignal<Option<i64>>,
    reason: RwSignal<String>,
    submit: Submit,
}

impl Recovery {
    /// Not asked yet.
    pub(in crate::pages) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            of: RwSignal::new(None),
            ending: RwSignal::new(PAID.to_owned()),
            amount: RwSignal::new(None),
            reason: RwSignal::default(),
            submit: Submit::new(),
        }
    }

    /// Asks. What was typed for the same debt and did not get through stands there still, under the same key: an answer
    /// that was lost may have been booked.
    pub(in crate::pages) fn ask(self, owed: Owed) {
        if self.of.with_untracked(|of| of.as_ref() != Some(&owed)) {
            self.ending.set(PAID.to_owned());
            self.amount.set(Some(owed.owed.minor));
            self.reason.set(String::new());
            self.submit.renew();
            self.of.set(Some(owed));
        }
        self.open.set(true);
    }

    fn request(self) -> Option<(RmaId, RecoverRequest)> {
        let owed = self.of.get_untracked()?;
        let given_up = self.ending.with_untracked(|ending| ending == GIVEN_UP);
        let request = RecoverRequest {
            account: owed.account,
            amount_minor: self.amount.get_untracked()?,
            ending: if given_up { Ending::WrittenOff } else { Ending::Paid },
            reason: self.reason.get_untracked().trim().to_owned(),
        };
        Some((owed.rma, request))
    }

    fn send(self, on_changed: Callback<()>) {
        let Some((rma, request)) = self.request() else { return };
        let given_up = request.ending == Ending::WrittenOff;
        self.submit.run(
            move |key| api::send::<IgnoredAny, _>(&RECOVER, &[&rma], &request, key),
            move |_| {
                self.open.try_set(false);
                self.of.try_set(None);
                let words = if given_up {
                    text("已核销", "Written off")
                } else {
                    text("已登记收回", "Recovery recorded")
                };
                toast(State::Good, words);
                on_changed.run(());
            },
        );
    }
}

/// What is wrong, unless one of the fields of the form says it itself.
pub(super) fn wrong(submit: Submit, fields: &'static [&'static str]) -> AnyView {
    let notice = move || {
        submit.problem().with(|problem| {
            let problem =
                problem.as_ref().filter(|problem| fields.iter().all(|field| problem.field(field).is_none()))?;
            Some(view! { <Notice state=State::Bad title=problem.words()/> })
        })
    };
    view! { {notice} }.into_any()
}

/// The question. The owner shows it once and fetches anew when something was booked.
pub(in crate::pages) fn dialog(recovery: Recovery, on_changed: Callback<()>) -> AnyView {
    let Recovery { open, of, ending, amount, reason, submit } = recovery;
    let given_up = Memo::new(move |_| ending.with(|ending| ending == GIVEN_UP));
    let currency = Signal::derive(move || {
        of.with(|of| of.as_ref().map(|of| of.owed.currency.code().to_owned()).unwrap_or_default())
    });
    let options = Signal::stored(vec![
        Choice::new(PAID, text("已收回", "It came in")),
        Choice::new(GIVEN_UP, text("核销，不再追收", "Write it off")),
    ]);
    let what = move || {
        of.with(|of| {
            let of = of.as_ref()?;
            let (who, number, owed) = (party(&of.party).get(), &of.number, money(of.owed));
            Some(say!("{number} 上，{who} 还欠 {owed}。", "On {number}, {who} still owes {owed}."))
        })
    };
    let (label, hint) = (
        Words::from(move || if given_up.get() { say!("核销原因", "Why") } else { say!("收款凭证", "Reference") }),
        Words::from(move || {
            if given_up.get() {
                say!("核销的金额由商家承担", "What is written off is borne by the merchant")
            } else {
                say!("转账单号、理赔单号、扣款账单号等", "The transfer's, the claim's or the statement's number")
            }
        }),
    );
    let verb =
        Words::from(move || if given_up.get() { say!("核销", "Write off") } else { say!("登记收回", "Record it") });
    let missing = Signal::derive(move || {
        amount.with(|amount| amount.is_none_or(|amount| amount <= 0)) || reason.with(|reason| reason.trim().is_empty())
    });
    let chosen = Bind::new(move || ending.get(), move |value| ending.set(value));
    view! {
        <Dialog open title=TITLE confirm=verb busy=submit.busy() disabled=missing on_confirm=move |()| recovery.send(on_changed)>
            <div class="u-stack" data-test="recovery">
                {wrong(submit, &["amount_minor", "reason"])}
                <p>{what}</p>
                <Segmented value=chosen options label=text("结果", "What became of it")/>
                <Field label=text("金额", "Amount") error=submit.field("amount_minor") required=true>
                    <MoneyInput value=amount currency min=0/>
                </Field>
                <Field label hint error=submit.field("reason") required=true>
                    <TextInput value=reason max_length=500/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
