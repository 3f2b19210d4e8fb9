//! What somebody owes on a case beyond what the program works out, booked by hand.

use contract::ledger::{CLAIM, ClaimRequest};
use contract::master::{SUPPLIERS, Supplier};
use domain::RmaId;
use domain::state::Bearer;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use parts::words::Spoken;
use serde::de::IgnoredAny;
use ui::{Choice, Dialog, Field, MoneyInput, Select, State, Text, TextInput, text, toast};

use super::recover::wrong;

/// What the button that opens it says.
pub(in crate::pages) const CHARGE: Text = text("登记应收", "Book a claim");
const WHAT: Text = text(
    "登记对方在这张单上欠的钱，例如承运商整单理赔、顾客应补的差额。登记不会自动扣款。",
    "Books what somebody owes on this case, such as a carrier's lump sum. Nothing is charged by it.",
);

fn bearers() -> Signal<Vec<Choice>> {
    // The shop cannot owe itself.
    let others = Bearer::ALL.iter().filter(|bearer| **bearer != Bearer::Shop);
    Signal::stored(others.map(|bearer| Choice::new(bearer.as_str(), bearer.text())).collect())
}

/// What is typed. Copy freely.
#[derive(Clone, Copy)]
struct Draft {
    bearer: RwSignal<String>,
    carrier: RwSignal<String>,
    supplier: RwSignal<String>,
    amount: RwSignal<Option<i64>>,
    reason: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        Self {
            bearer: RwSignal::new(Bearer::Carrier.to_string()),
            carrier: RwSignal::default(),
            supplier: RwSignal::default(),
            amount: RwSignal::new(None),
            reason: RwSignal::default(),
        }
    }

    fn is(self, bearer: Bearer) -> bool {
        self.bearer.with(|chosen| chosen == bearer.as_str())
    }

    fn request(self) -> Option<ClaimRequest> {
        untrack(|| {
            let bearer = Bearer::parse(&self.bearer.get())?;
            Some(ClaimRequest {
                bearer,
                carrier: self.carrier.get().parse().ok().filter(|_| bearer == Bearer::Carrier),
                supplier: self.supplier.get().parse().ok().filter(|_| bearer == Bearer::Supplier),
                amount_minor: self.amount.get()?,
                reason: self.reason.get().trim().to_owned(),
            })
        })
    }

    fn clear(self) {
        self.amount.try_set(None);
        self.reason.try_set(String::new());
    }
}

/// Which carrier or supplier.
fn which(draft: Draft, open: RwSignal<bool>) -> AnyView {
    let meta = use_meta();
    let suppliers = Fetch::when(move || {
        (open.get() && draft.is(Bearer::Supplier)).then(|| api::read::<Vec<Supplier>>(&SUPPLIERS, &[]))
    });
    let suppliers = Signal::derive(move || {
        suppliers.with(|all| {
            let all = all.map(Vec::as_slice).unwrap_or_default().iter().filter(|one| one.active);
            all.filter_map(|one| Some(Choice::new(one.id?.to_string(), said(&one.name)))).collect::<Vec<_>>()
        })
    });
    let carriers = Signal::derive(move || {
        meta.with(|view| {
            view.carriers.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let unknown = text("不确定是哪家", "Not known which");
    let field = move || {
        if draft.is(Bearer::Carrier) {
            return view! {
                <Field label=text("哪家承运商", "Which carrier")><Select value=draft.carrier options=carriers placeholder=unknown/></Field>
            }
            .into_any();
        }
        if draft.is(Bearer::Supplier) {
            return view! {
                <Field label=text("哪家供应商", "Which supplier")><Select value=draft.supplier options=suppliers placeholder=unknown/></Field>
            }
            .into_any();
        }
        ().into_any()
    };
    view! { {field} }.into_any()
}

/// The question.
pub(in crate::pages) fn dialog(
    open: RwSignal<bool>,
    rma: RmaId,
    currency: Signal<String>,
    on_changed: Callback<()>,
) -> AnyView {
    let draft = Draft::new();
    let submit = Submit::new();
    let send = move |()| {
        let Some(request) = draft.request() else { return };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&CLAIM, &[&rma], &request, key),
            move |_| {
                open.try_set(false);
                draft.clear();
                toast(State::Good, text("应收已登记", "The claim is booked"));
                on_changed.run(());
            },
        );
    };
    let missing = Signal::derive(move || {
        let amount = draft.amount.get();
        amount.is_none_or(|amount| amount <= 0) || draft.reason.with(|reason| reason.trim().is_empty())
    });
    view! {
        <Dialog open title=CHARGE confirm=CHARGE busy=submit.busy() disabled=missing on_confirm=send>
            <div class="u-stack" data-test="claim">
                {wrong(submit, &["bearer", "amount_minor", "reason"])}
                <p>{WHAT}</p>
                <Field label=text("谁欠款", "Who owes") error=submit.field("bearer")>
                    <Select value=draft.bearer options=bearers()/>
                </Field>
                {which(draft, open)}
                <Field label=text("金额", "Amount") error=submit.field("amount_minor") required=true>
                    <MoneyInput value=draft.amount currency min=0/>
                </Field>
                <Field label=text("原因", "Why") error=submit.field("reason") required=true>
                    <TextInput value=draft.reason max_length=500/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
