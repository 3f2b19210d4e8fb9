//! 红冲: what is to be reversed, recorded with the red invoice's number; a special one blocks paying until then.

use contract::Page;
use contract::refund::{INVOICES, InvoiceItem, InvoiceQuery, ReversalRequest};
use contract::settlement::INVOICE_REVERSED;
use domain::Permission;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use parts::session::use_session;
use parts::submit::Submit;
use parts::words::invoice;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, ButtonKind, Choice, Column, Drawer, EmptyState, Field, Glyph, Notice, Segmented, State, StateChip,
    Table, TextInput, TimeStamp, Words, text, toast,
};

use crate::go::case_address;
use crate::rows::wrong;

/// Blocks paying until it is back.
const SPECIAL: &str = "special";

fn columns() -> Vec<Column<InvoiceItem>> {
    vec![
        Column::new("case", text("退换货单", "Return"), |row: &InvoiceItem| {
            view! { <a href=case_address(row.rma)>{row.rma_number.clone()}</a> }
        })
        .pinned(),
        Column::new("order", text("订单", "Order"), |row: &InvoiceItem| row.order_number.clone()).grow(),
        Column::new("invoice", text("发票", "Invoice"), |row: &InvoiceItem| {
            let blocks = row.invoice == SPECIAL && row.done_at.is_none();
            let chip = blocks
                .then(|| view! { <StateChip state=State::Attention label=text("红冲前不能付款", "Blocks paying")/> });
            let words = invoice(&row.invoice);
            view! { {words} " " {chip} }
        }),
        Column::new("amount", text("金额", "Amount"), |row: &InvoiceItem| view! { <Sum amount=row.amount/> }),
        Column::new(
            "opened",
            text("提出", "Since"),
            |row: &InvoiceItem| view! { <TimeStamp at_ms=row.opened_at.ms()/> },
        ),
        Column::new("number", text("红字发票", "Red invoice"), |row: &InvoiceItem| {
            row.done_at.map(|at| {
                let number = row.number.clone();
                view! { {number} " " <TimeStamp at_ms=at.ms()/> }
            })
        }),
    ]
}

#[component]
fn Reverse(row: InvoiceItem, may: bool, on_done: Callback<()>) -> impl IntoView {
    let number = RwSignal::new(String::new());
    let submit = Submit::new();
    let id = row.id;
    let save = move || {
        let body = ReversalRequest { number: number.get_untracked().trim().to_owned() };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&INVOICE_REVERSED, &[&id], &body, key).await },
            move |_| {
                toast(State::Good, text("已登记红冲", "The reversal is recorded"));
                on_done.run(());
            },
        );
    };
    let done = row.done_at.is_some();
    let about = text(
        "先在开票系统开出红字发票，再把它的号码登记在这里。",
        "Issue the red invoice in the invoicing system first, then record its number here.",
    );
    let blocks = (row.invoice == SPECIAL && !done).then(|| {
        view! { <Notice state=State::Attention title=text("这是专票：登记之前不能退款", "A special invoice: nothing is paid before this is recorded")/> }
    });
    let form = (may && !done).then(|| {
        view! {
            <form class="u-stack" on:submit=move |event| {
                event.prevent_default();
                save();
            }>
                {wrong(submit)}
                <p class="u-soft">{about}</p>
                <Field label=text("红字发票号码", "Red invoice's number") error=submit.field("number") required=true>
                    <TextInput value=number max_length=40 attr:data-test="red-number"/>
                </Field>
                <div class="u-row">
                    <Button kind=ButtonKind::Primary submit=true busy=submit.busy() attr:data-test="red-save">{text("登记红冲", "Record the reversal")}</Button>
                </div>
            </form>
        }
    });
    view! {
        <div class="u-stack">
            <p><b>{invoice(&row.invoice)}</b> " " <Sum amount=row.amount/></p>
            <p><a href=case_address(row.rma)>{row.rma_number.clone()}</a> " · " {row.order_number.clone()}</p>
            {blocks}
            {form}
        </div>
    }
}

/// The list.
#[component]
pub(super) fn Invoices() -> impl IntoView {
    let session = use_session();
    let may = untrack(|| session.may(Permission::SettlementPropose));
    let shown = RwSignal::new("open".to_owned());
    let options = Signal::stored(vec![
        Choice::new("open", text("待红冲", "To be reversed")),
        Choice::new("done", text("已红冲", "Reversed")),
    ]);
    let pages = Pages::<InvoiceItem>::new(move |after, limit| {
        let query = InvoiceQuery { done: shown.with(|shown| shown == "done"), after, limit: Some(limit) };
        api::read_with::<Page<InvoiceItem>, _>(&INVOICES, &[], &query)
    })
    .follow(|heard| heard.touches_any("settlements:"));
    let items = pages.items();
    let chosen = RwSignal::new(None::<InvoiceItem>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let choose = Callback::new(move |key: String| {
        chosen.set(items.with_untracked(|all| all.iter().find(|row| row.id.to_string() == key).cloned()));
    });
    let done = Callback::new(move |()| {
        chosen.set(None);
        pages.reload();
    });
    let title = Words::from(move || {
        chosen.with(|chosen| chosen.as_ref().map(|row| row.rma_number.clone())).unwrap_or_default()
    });
    let body = move || chosen.get().map(|row| view! { <Reverse row may on_done=done/> });
    let empty = || {
        let hint =
            text("退了开过票的订单，这里就有一张要红冲的发票", "Refunding an invoiced order puts its invoice here");
        view! { <EmptyState title=text("没有发票要红冲", "No invoice here") hint icon=Glyph::File/> }
    };
    view! {
        <div class="refunds__filter"><Segmented value=shown options label=text("状态", "State")/></div>
        <div class="roll__sheet" data-test="invoices-due">
            <Table
                label=super::TITLE_INVOICES
                rows=items
                key=Callback::new(|row: InvoiceItem| row.id.to_string())
                columns=columns()
                on_open=choose
                loading=pages.busy()
                error=pages.error()
                on_retry=move |()| pages.reload()
                empty
                more=pages.has_more()
                on_more=move |()| pages.more()
                fill=true
            />
        </div>
        <Drawer open title>{body}</Drawer>
    }
}
