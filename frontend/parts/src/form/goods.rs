//! The goods of the order, a row each: what is asked for, how many, what can still be claimed.

use engine::form::RowState;
use engine::value::Value;
use leptos::prelude::*;
use ui::{EmptyState, Glyph, Text, say, text};

use super::goods_row::row;
use super::slot::Slot;
use crate::said::money;

const NO_ORDER: Text = text("先填写订单号", "Give the order number first");
const NO_ORDER_HINT: Text =
    text("找到订单后，可退换的商品会列在这里", "The order's goods appear here once it is found");
const NO_GOODS: Text = text("这个订单没有商品", "This order has no goods");

/// What the chosen rows come to.
fn total(rows: &[RowState]) -> Option<(i64, Option<domain::Money>)> {
    let chosen: Vec<&RowState> = rows.iter().filter(|row| row.selected).collect();
    let cell = |row: &RowState, name: &str| row.cell(name).map(|cell| cell.value.clone()).unwrap_or_default();
    let units = chosen.iter().filter_map(|row| cell(row, "quantity").as_integer()).sum();
    let mut amounts = chosen.iter().filter_map(|row| cell(row, "amount").as_money());
    let first = amounts.next();
    let sum = first.and_then(|first| amounts.try_fold(first, |sum, amount| sum.plus(amount).ok()));
    (!chosen.is_empty()).then_some((units, sum))
}

/// All rows, and what they come to.
pub(super) fn goods(slot: Slot) -> AnyView {
    let form = slot.form;
    let known = Memo::new(move |_| form.context.with(|context| context.lines.as_ref().map(Vec::len)));
    let count = Memo::new(move |_| {
        slot.path.with_value(|id| {
            form.answers.with(|answers| answers.get(id).and_then(Value::as_list).map_or(0, <[Value]>::len))
        })
    });
    // What was asked for in the row chosen last is what the next one begins with.
    let last_kind = RwSignal::new(String::new());
    let rows = move || match known.get() {
        None => view! { <EmptyState title=NO_ORDER hint=NO_ORDER_HINT icon=Glyph::Box/> }.into_any(),
        Some(0) => view! { <EmptyState title=NO_GOODS icon=Glyph::Box/> }.into_any(),
        Some(_) => {
            let list = move || (0..count.get()).collect::<Vec<_>>();
            view! {
                <ul class="goods__rows">
                    <For each=list key=|at| *at children=move |at| row(slot, at, last_kind)/>
                </ul>
            }
            .into_any()
        }
    };
    let sum = move || {
        let (units, amount) = slot.state.with(|state| total(&state.rows))?;
        let words = match amount.filter(|amount| amount.minor != 0) {
            Some(amount) => {
                let amount = money(amount);
                say!("已选 {units} 件，已付 {amount}", "{units} chosen, {amount} paid")
            }
            None => say!("已选 {units} 件", "{units} chosen"),
        };
        Some(view! { <p class="goods__total" aria-live="polite">{words}</p> })
    };
    view! { <div class="goods">{rows}{sum}</div> }.into_any()
}
