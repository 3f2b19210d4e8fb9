//! 红冲: invoices that a refund reverses; a special one blocks paying until it is back.

use contract::refund::ReversalRequest;
use contract::settlement::{INVOICE_REVERSED, InvoiceView};
use domain::Permission;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::session::use_session;
use parts::submit::Submit;
use parts::words::invoice;
use ui::{Button, Card, Glyph, Notice, State, StateChip, Text, TextInput, TimeStamp, text, toast};

const TITLE: Text = text("发票红冲", "Invoices to reverse");
/// Blocks paying until it is back.
const SPECIAL: &str = "special";

fn row(one: InvoiceView, submit: Submit, may: bool, on_changed: Callback<()>) -> AnyView {
    let id = one.id;
    let number = RwSignal::new(String::new());
    let reverse = move |()| {
        let body = ReversalRequest { number: number.get_untracked().trim().to_owned() };
        submit.run(
            move |key| async move { api::send::<serde_json::Value, _>(&INVOICE_REVERSED, &[&id], &body, key).await },
            move |_| {
                toast(State::Good, text("已登记红冲", "The reversal is recorded"));
                on_changed.run(());
            },
        );
    };
    let end = match one.done_at {
        Some(at) => view! {
            <StateChip state=State::Good label=text("已红冲", "Reversed")/>
            <TimeStamp at_ms=at.ms()/>
        }
        .into_any(),
        None if may => view! {
            <TextInput value=number label=text("红字发票号码", "Red invoice's number") placeholder=text("红字发票号码", "Red invoice's number") max_length=40/>
            <Button icon=Glyph::Check busy=submit.busy() on_click=reverse attr:data-test="invoice-reversed">{text("登记红冲", "Record the reversal")}</Button>
        }
        .into_any(),
        None => view! { <StateChip state=State::Waiting label=text("待红冲", "To be reversed")/> }.into_any(),
    };
    let blocks = (one.done_at.is_none() && one.invoice == SPECIAL).then(|| {
        view! { <Notice state=State::Attention title=text("专票红冲后才能付款", "Nothing is paid before this invoice is back")/> }
    });
    view! {
        <li class="invoice" data-test="invoice">
            <p class="found__line"><b>{invoice(&one.invoice)}</b> <Sum amount=one.amount/> {end}</p>
            {blocks}
        </li>
    }
    .into_any()
}

/// The card; nothing without invoices.
pub(super) fn invoices(all: Memo<Vec<InvoiceView>>, on_changed: Callback<()>) -> AnyView {
    let session = use_session();
    let submit = Submit::new();
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let card = move || {
        let may = session.may(Permission::SettlementPropose);
        let rows = all.get();
        (!rows.is_empty()).then(|| {
            let rows = rows.into_iter().map(|one| row(one, submit, may, on_changed)).collect_view();
            view! { <Card title=TITLE>{wrong} <ul class="invoices">{rows}</ul></Card> }
        })
    };
    view! { {card} }.into_any()
}
