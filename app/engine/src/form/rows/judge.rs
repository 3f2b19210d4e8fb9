//! Whether the rows that count fit the order and the form.

use std::collections::BTreeMap;

use domain::budget::{BudgetRefusal, LineBudget};
use domain::{LineKind, Text};

use super::{Columns, FIRST_OWN, Row};
use crate::expr::Layered;
use crate::form::definition::Field;
use crate::form::field::{Judging, goods};
use crate::form::problem::{Problem, required};
use crate::form::run;
use crate::form::scope::FormScope;
use crate::form::state::{FieldState, Place, RowState};
use crate::value::Value;

/// Judges the rows that count. Rows of one line share its budget, in their order.
pub(in crate::form) fn rows(field: &Field, state: &mut FieldState, form: &FormScope<'_>, kinds: &[LineKind]) {
    let columns = Columns::new(field, form.context);
    let own: Vec<(usize, &Field)> = columns.own().collect();
    let mut budgets: BTreeMap<String, LineBudget> = BTreeMap::new();
    for (index, row) in state.rows.iter_mut().enumerate().filter(|(_, row)| row.selected) {
        core(&columns, row, index, &mut budgets);
        let mut scope = Row { places: &columns.places, values: vec![Value::Blank; columns.places.len()] };
        let places = (0..FIRST_OWN).chain(own.iter().map(|(place, _)| FIRST_OWN + place));
        for (place, cell) in places.zip(&row.cells) {
            if let Some(slot) = scope.values.get_mut(place) {
                slot.clone_from(&cell.value);
            }
        }
        let layered = Layered { inner: &scope, outer: form };
        let judging = Judging { scope: &layered, context: form.context, kinds };
        for ((_, column), cell) in own.iter().zip(row.cells.iter_mut().skip(FIRST_OWN)) {
            if cell.visible {
                run::judge(column, cell, &judging, Place::Cell(&field.id, index, &column.id));
            }
        }
    }
}

/// Line, kind and quantity against the order.
fn core(columns: &Columns<'_>, row: &mut RowState, index: usize, budgets: &mut BTreeMap<String, LineBudget>) {
    let text = |name: &str| row.cell(name).and_then(|cell| cell.value.as_text());
    let (line, kind) = (text("line"), text("kind"));
    let offered = line.and_then(|line| columns.lines.get(line).copied());
    let mut problems: Vec<(&str, Problem)> = Vec::new();
    if line.is_none() {
        problems.push(("line", required()));
    } else if offered.is_none() && columns.context.lines.is_some() {
        problems.push(("line", Problem::new("unknown_line", "订单中没有这件商品", "the order has no such goods")));
    }
    let allowed = kind.and_then(LineKind::parse).filter(|kind| goods::kinds(columns.field).contains(kind));
    if kind.is_none() {
        problems.push(("kind", required()));
    } else if allowed.is_none() {
        problems.push(("kind", Problem::new("unknown_option", "不能选择这种类型", "this kind cannot be chosen")));
    }
    let quantity = row.cell("quantity").and_then(|cell| cell.value.as_integer());
    if let (Some(offered), Some(kind), Some(quantity)) = (offered, allowed, quantity) {
        let budget = budgets.entry(offered.line.clone()).or_insert(offered.budget);
        match budget.claim(kind, quantity) {
            Ok(after) => *budget = after,
            Err(refusal) => problems.push(("quantity", refused(refusal))),
        }
    }
    for (name, problem) in problems {
        if let Some(cell) = row.cells.iter_mut().find(|cell| cell.id == name) {
            cell.required = true;
            cell.errors.push(problem.at(columns.field, Place::Cell(&columns.field.id, index, name)));
        }
    }
}

fn refused(refusal: BudgetRefusal) -> Problem {
    let (code, remaining, zh, en) = match refusal {
        BudgetRefusal::NotPositive => {
            let message = Text::new("数量应为正整数", "the quantity is a positive whole number");
            return Problem::fixed("wrong_quantity", message);
        }
        BudgetRefusal::ExceedsOrdered { remaining } => {
            ("exceeds_ordered", remaining, "超过可申请数量", "more than can be claimed")
        }
        BudgetRefusal::ExceedsShipped { remaining } => {
            ("exceeds_shipped", remaining, "超过已发货数量", "more than was shipped")
        }
        BudgetRefusal::ExceedsUnshipped { remaining } => {
            ("exceeds_unshipped", remaining, "超过未发货数量", "more than is still here")
        }
    };
    let message =
        Text::new(format!("{zh}，还可申请 {remaining} 件"), format!("{en}, {remaining} can still be claimed"));
    Problem::fixed(code, message)
}
