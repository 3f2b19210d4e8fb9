//! One row of goods: a box that chooses it, the kind, the quantity within what can still be claimed, the form's own columns.

use domain::LineKind;
use engine::form::{Audience, FieldState, OfferedLine, RowState};
use engine::value::Value;
use leptos::prelude::*;
use ui::{Bind, Checkbox, Choice, QuantityStepper, Select, Text, Words, say, text};

use super::field::field_view;
use super::slot::Slot;
use super::written::written;
use crate::said::money;
use crate::words::Spoken;

const WHAT: Text = text("处理方式", "What you ask for");
const HOW_MANY: Text = text("数量", "Quantity");
const ALL_CLAIMED: Text = text("已全部申请，不能再选", "All of it is claimed already");
const ONLY_MONEY: Text =
    text("商品已全部申请，仍可申请补差价等", "All of it is claimed; money alone can still be asked for");
const ALL_CHOSEN: Text = text("已在上面全部选择", "All of it is chosen above");
const ANOTHER: Text = text("分一部分另作处理", "Treat part of it differently");

/// What customers ask for, where the form does not say which kinds there are: the others are for staff to choose.
const FOR_CUSTOMERS: [LineKind; 7] = [
    LineKind::ReturnRefund,
    LineKind::Exchange,
    LineKind::UnshippedRefund,
    LineKind::ShippedRefund,
    LineKind::Reship,
    LineKind::Repair,
    LineKind::PriceDifference,
];

/// One row of goods. Copy freely.
#[derive(Clone, Copy)]
struct Row {
    slot: Slot,
    at: usize,
    state: Memo<RowState>,
    line: Memo<Option<OfferedLine>>,
    last_kind: RwSignal<String>,
}

impl Row {
    fn cell(self, name: &str) -> FieldState {
        self.state.with(|state| state.cell(name).cloned().unwrap_or_default())
    }

    fn selected(self) -> bool {
        self.state.with(|state| state.selected)
    }

    /// Kinds that this form lets its reader ask for.
    fn offered(self) -> Vec<LineKind> {
        let own = self.slot.field.with_value(|field| field.kinds.clone());
        let customer = self.slot.form.context.with(|context| context.audience == Audience::Portal);
        match (own.is_empty(), customer) {
            (false, _) => own,
            (true, true) => FOR_CUSTOMERS.to_vec(),
            (true, false) => LineKind::ALL.to_vec(),
        }
    }

    /// Kinds that something of the line can still be claimed for.
    fn kinds(self) -> Vec<LineKind> {
        let all = self.offered();
        self.line.with(|line| {
            let open = |kind: &LineKind| line.as_ref().is_none_or(|line| line.left(*kind) > 0);
            all.iter().copied().filter(open).collect()
        })
    }

    /// The most that can still be claimed here: for the kind chosen, else for whichever allows most; less what other rows
    /// of the same line ask for.
    fn most(self) -> i64 {
        let all = self.offered();
        let chosen = self.cell("kind").value.as_text().and_then(LineKind::parse);
        let most = self.line.with(|line| {
            line.as_ref().map_or(0, |line| chosen.map_or_else(|| line.most_left(&all), |kind| line.left(kind)))
        });
        // Goodwill takes no units, so it shares them with no row.
        if chosen.is_some_and(|kind| !kind.consumes_quantity()) { most } else { (most - self.elsewhere()).max(0) }
    }

    /// Whether money that takes no units can still be asked for.
    fn takes_money(self) -> bool {
        self.kinds().iter().any(|kind| !kind.consumes_quantity())
    }

    /// Units of the line that its other rows ask for.
    fn elsewhere(self) -> i64 {
        let own = self.cell("line").value;
        self.slot.state.with(|state| {
            let others = state.rows.iter().enumerate().filter(|(at, row)| *at != self.at && row.selected);
            let same = others.filter(|(_, row)| row.cell("line").is_some_and(|line| line.value == own));
            let kind = |row: &RowState| row.cell("kind").and_then(|cell| LineKind::parse(cell.value.as_text()?));
            let same = same.filter(|(_, row)| kind(row).is_none_or(LineKind::consumes_quantity));
            same.filter_map(|(_, row)| row.cell("quantity").and_then(|cell| cell.value.as_integer())).sum()
        })
    }

    fn set(self, name: &'static str, value: Value) {
        self.slot.path.with_value(|id| {
            self.slot.form.update_row(id, self.at, |record| {
                record.insert(name.to_owned(), value);
            });
        });
    }

    fn set_kind(self, code: String) {
        self.last_kind.set(code.clone());
        self.set("kind", if code.is_empty() { Value::Blank } else { Value::Text(code) });
    }

    /// Chosen: one of it, asked for as the row before where that is possible.
    fn choose(self, on: bool) {
        if !on {
            self.set("quantity", Value::Blank);
            return;
        }
        self.set("quantity", Value::from(1));
        if untrack(|| self.cell("kind")).value.is_blank() {
            let kinds = untrack(|| self.kinds());
            let last = self.last_kind.get_untracked();
            let kind = match kinds.as_slice() {
                [only] => Some(*only),
                some => some.iter().copied().find(|kind| kind.as_str() == last),
            };
            if let Some(kind) = kind {
                self.set("kind", Value::text(kind.as_str()));
            }
        }
    }

    fn path(self, cell: &str) -> String {
        self.slot.path.with_value(|id| format!("{id}[{}].{cell}", self.at))
    }

    /// What is wrong with the cells the core knows.
    fn error(self) -> Option<String> {
        ["line", "kind", "quantity"].into_iter().find_map(|name| {
            let errors = self.cell(name).errors;
            self.slot.form.error_at(&self.path(name), &errors)
        })
    }
}

fn facts(row: Row) -> impl IntoView {
    let words = move || {
        let sku = written(&row.cell("sku").value);
        let price = row.cell("price").value.as_money().map(money);
        [Some(sku), price].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let left = move || match row.most() {
        0 if row.elsewhere() > 0 => ALL_CHOSEN.get().to_owned(),
        0 if !row.kinds().is_empty() => ONLY_MONEY.get().to_owned(),
        0 => ALL_CLAIMED.get().to_owned(),
        most => say!("还可申请 {most} 件", "{most} left to claim"),
    };
    view! {
        <p class="goods__facts">{words}</p>
        <p class="goods__left" class:is-none=move || row.most() == 0>{left}</p>
    }
}

fn controls(row: Row) -> impl IntoView {
    let kind = Bind::new(move || written(&row.cell("kind").value), move |code| row.set_kind(code));
    let kinds = Memo::new(move |_| row.kinds());
    let options = Signal::derive(move || {
        kinds.get().into_iter().map(|kind| Choice::new(kind.as_str(), kind.text())).collect::<Vec<_>>()
    });
    let quantity = Bind::new(
        move || row.cell("quantity").value.as_integer().unwrap_or(0),
        move |count: i64| row.set("quantity", if count == 0 { Value::Blank } else { Value::from(count) }),
    );
    let most = Signal::derive(move || row.most());
    let amount = move || {
        let amount = row.cell("amount").value.as_money().filter(|amount| amount.minor != 0)?;
        Some(view! { <span class="goods__amount">{money(amount)}</span> })
    };
    let can_split = move || {
        let quantity = row.cell("quantity").value.as_integer().unwrap_or(0);
        quantity > 0 && quantity < row.most() && kinds.with(|kinds| kinds.len() > 1)
    };
    let split = move || {
        can_split().then(|| {
            let press = move |_| row.slot.path.with_value(|id| row.slot.form.split_row(id, row.at));
            view! { <button type="button" class="goods__split" on:click=press>{ANOTHER}</button> }
        })
    };
    view! {
        <div class="goods__controls">
            <div class="goods__kind"><Select value=kind options label=WHAT placeholder=WHAT/></div>
            <QuantityStepper value=quantity max=most label=HOW_MANY/>
            {amount}
            {split}
        </div>
    }
}

/// The columns the form adds, below the row that is chosen.
fn own_columns(row: Row) -> impl IntoView {
    let slot = row.slot;
    let reader = slot.form.context.with_untracked(|context| context.audience);
    let columns = slot.field.with_value(|field| field.columns.clone());
    let own: Vec<_> = columns.into_iter().filter(|column| column.audience.reaches(reader)).collect();
    (!own.is_empty()).then(|| {
        let cells = own.into_iter().map(|column| field_view(Slot::of_cell(slot.form, slot.path, row.at, column)));
        view! { <div class="goods__columns">{cells.collect_view()}</div> }
    })
}

/// The row at a place.
pub(super) fn row(slot: Slot, at: usize, last_kind: RwSignal<String>) -> AnyView {
    let state = Memo::new(move |_| slot.state.with(|state| state.rows.get(at).cloned().unwrap_or_default()));
    let line = Memo::new(move |_| {
        let id = state.with(|state| state.cell("line").map(|cell| written(&cell.value)).unwrap_or_default());
        slot.form.context.with(|context| context.lines.iter().flatten().find(|line| line.line == id).cloned())
    });
    let row = Row { slot, at, state, line, last_kind };
    let selected = Memo::new(move |_| row.selected());
    let chosen = Bind::new(move || selected.get(), move |on| row.choose(on));
    let name =
        Words::from(move || row.line.with(|line| line.as_ref().map(|line| line.title.clone()).unwrap_or_default()));
    // What was chosen can always be given back.
    let none_left = Signal::derive(move || row.most() == 0 && !selected.get() && !row.takes_money());
    let error = Memo::new(move |_| row.error());
    let more = move || selected.get().then(|| view! { {controls(row)} {own_columns(row)} });
    view! {
        <li class="goods__row" class:is-chosen=move || selected.get() class:is-bad=move || error.with(Option::is_some)>
            <div class="goods__what">
                <Checkbox checked=chosen label=name disabled=none_left/>
                {facts(row)}
            </div>
            {more}
            <div class="ui-field__error" role="alert">{move || error.get()}</div>
        </li>
    }
    .into_any()
}
