//! The books of the case: who bears what of it, and every entry. For who works with money.

use contract::ledger::{BearerView, CaseBooksView, EntryView, OF_CASE};
use domain::Permission;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Fetch;
use parts::said::cell;
use parts::session::use_session;
use parts::words::{about, party};
use ui::{Button, ButtonKind, Card, Column, ErrorState, Glyph, Money, Sign, Skeleton, Table, Text, TimeStamp, text};

use super::Case;
use crate::pages::books::SEES;
use crate::pages::books::charge::{self, CHARGE};
use crate::pages::books::receivables::some_of;
use crate::pages::books::recover::{self, Owed, RECOVER_IT, Recovery};

const TITLE: Text = text("账目", "Books");
const BEARERS: Text = text("谁承担", "Who bears what");
const ENTRIES: Text = text("明细", "Entries");
const TOTAL: Text = text("合计，即已付退款", "Together: what was refunded");
const NONE: Text = text(
    "还没有入账。付款、判定货损责任或登记应收后，谁承担多少会列在这里。",
    "Nothing is booked yet. Once money is paid or somebody owes for damage, who bears what stands here.",
);

// Every posting has two sides; these speak of it, the others only balance them.
fn speaks(entry: &EntryView) -> bool {
    matches!(entry.kind.as_str(), "receivable" | "refund_expense" | "store_credit")
}

// The merchant owes credit: on its account the sign is turned.
fn amount(entry: &EntryView) -> i64 {
    if entry.kind == "store_credit" { -entry.amount.minor } else { entry.amount.minor }
}

fn bearer_columns(case: Case, recovery: Recovery) -> Vec<Column<BearerView>> {
    let button = move |row: &BearerView| {
        let account = row.account.filter(|_| row.may_recover)?;
        let number = case.view.with_untracked(|view| view.head.number.clone());
        let owed = Owed { rma: case.id, number, account, party: row.party.clone(), owed: row.owed };
        Some(view! {
            <Button kind=ButtonKind::Quiet icon=Glyph::Wallet on_click=move |()| recovery.ask(owed.clone()) attr:data-test="recover">{RECOVER_IT}</Button>
        })
    };
    vec![
        Column::new("who", text("承担方", "Borne by"), |row: &BearerView| cell(party(&row.party))).pinned().grow(),
        Column::new("borne", text("承担", "Bears"), |row: &BearerView| view! { <Sum amount=row.borne/> }).number(),
        Column::new("paid", text("已收回", "Came in"), |row: &BearerView| some_of(row.paid)).number(),
        Column::new("owed", text("还欠", "Still owes"), |row: &BearerView| {
            view! { <span class="u-strong">{some_of(row.owed)}</span> }
        })
        .number(),
        Column::new("do", "", button),
    ]
}

fn entry_columns() -> Vec<Column<EntryView>> {
    vec![
        Column::new("about", text("事项", "What"), |entry: &EntryView| {
            view! { <span class="books__about">{about(&entry.about, entry.amount.minor < 0)}</span> }
        })
        .pinned()
        .grow(),
        Column::new("who", text("账户", "Account"), |entry: &EntryView| cell(party(&entry.party))),
        Column::new("amount", text("金额", "Amount"), |entry: &EntryView| {
            let currency = entry.amount.currency.code().to_owned();
            view! { <Money amount_minor=amount(entry) currency sign=Sign::Always/> }
        })
        .number(),
        Column::new("by", text("经手人", "By"), |entry: &EntryView| {
            entry.by.as_ref().map_or_else(|| cell(text("系统", "The program")), |who| cell(who.name.clone()))
        }),
        Column::new("at", text("时间", "When"), |entry: &EntryView| view! { <TimeStamp at_ms=entry.at.ms()/> }),
    ]
}

fn tables(case: Case, books: Memo<CaseBooksView>, recovery: Recovery) -> AnyView {
    let bearers = Signal::derive(move || books.with(|books| books.bearers.clone()));
    let entries = Signal::derive(move || {
        books.with(|books| books.entries.iter().filter(|entry| speaks(entry)).cloned().collect::<Vec<_>>())
    });
    // What all bear together is what was refunded.
    let total = move || {
        books.with(|books| {
            let minor = books.bearers.iter().map(|one| one.borne.minor).sum();
            view! { <Sum amount=domain::Money::new(minor, books.currency) strong=true/> }
        })
    };
    let bearer_key = Callback::new(|row: BearerView| {
        row.account.map_or_else(|| row.party.bearer.to_string(), |account| account.to_string())
    });
    let entry_key = Callback::new(|entry: EntryView| entry.id.to_string());
    view! {
        <Table label=BEARERS rows=bearers key=bearer_key columns=bearer_columns(case, recovery)/>
        <p class="case__total" data-test="books-total"><span>{TOTAL}</span> {total}</p>
        <p class="books__part">{ENTRIES}</p>
        <Table label=ENTRIES rows=entries key=entry_key columns=entry_columns()/>
    }
    .into_any()
}

fn card(case: Case) -> AnyView {
    let session = use_session();
    let id = case.id;
    let fetch = Fetch::<CaseBooksView>::new(move || api::read(&OF_CASE, &[&id]))
        .follow(move |heard| heard.touches(&format!("rma:{id}")));
    let there = fetch.is_there();
    let (recovery, charging) = (Recovery::new(), RwSignal::new(false));
    let changed = Callback::new(move |()| {
        fetch.reload();
        case.reload();
    });
    let currency = Signal::derive(move || {
        fetch.with(|books| books.map(|books| books.currency.code().to_owned()).unwrap_or_default())
    });
    let body = move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            let books = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
            let none = Memo::new(move |_| books.with(|books| books.entries.is_empty()));
            return (move || {
                if none.get() {
                    return view! { <p class="u-soft books__state">{NONE}</p> }.into_any();
                }
                tables(case, books, recovery)
            })
            .into_any();
        }
        let state = match fetch.problem().get() {
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=2/> }.into_any(),
        };
        view! { <div class="books__state">{state}</div> }.into_any()
    };
    let button = move || {
        (session.may(Permission::SettlementPropose) && there.get()).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Plus on_click=move |()| charging.set(true) attr:data-test="book-claim">{CHARGE}</Button>
            }
        })
    };
    let actions = move || {
        view! { {button} }
    };
    // Whoever works with money elsewhere only is told as little as that there are books.
    let missing =
        Memo::new(move |_| fetch.problem().with(|problem| problem.as_ref().is_some_and(|one| one.is_missing())));
    let shown = move || {
        (!missing.get()).then(|| {
            view! { <div data-test="case-books"><Card title=TITLE actions flush=true>{body}</Card></div> }
        })
    };
    view! {
        {shown}
        {recover::dialog(recovery, changed)}
        {charge::dialog(charging, id, currency, changed)}
    }
    .into_any()
}

/// The books, once the case was agreed.
pub(super) fn books(case: Case) -> AnyView {
    let session = use_session();
    let agreed = case.part(|view| view.agreed_at.is_some());
    let shown = move || (session.may_one_of(SEES) && agreed.get()).then(|| card(case));
    view! { {shown} }.into_any()
}
