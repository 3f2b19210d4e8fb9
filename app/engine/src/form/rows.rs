//! Rows of goods: each evaluated by itself, so that what is hidden in one row is not in the next.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::allocate::share_of_units;
use domain::budget::{BudgetRefusal, LineBudget};
use domain::{Diagnostic, LineKind, Money, Text};

use super::context::{Context, OfferedLine};
use super::definition::Field;
use super::dependencies;
use super::field::{Judging, goods};
use super::problem::{Problem, required};
use super::run::{self, Given};
use super::scope::FormScope;
use super::state::{FieldState, RowState};
use super::{CORE_COLUMNS, DERIVED_COLUMNS};
use crate::expr::{Layered, Scope};
use crate::similar;
use crate::value::{Record, Value};

/// Fills the rows of a goods field: those given, then the order's lines that no row names yet, not selected.
pub(super) fn settle(field: &Field, state: &mut FieldState, form: &FormScope<'_>, context: &Context) {
    let given: Vec<Record> = match std::mem::take(&mut state.value) {
        Value::List(rows) => {
            rows.into_iter().filter_map(|row| if let Value::Record(row) = row { Some(row) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let columns = Columns::new(field, context);
    let mut claimed: BTreeMap<String, i64> = BTreeMap::new();
    let unnamed = offered(context).filter(|line| {
        let claimable = goods::kinds(field).iter().any(|kind| line.budget.remaining(*kind) > 0);
        claimable && !given.iter().any(|row| row.get("line").and_then(Value::as_text) == Some(line.line.as_str()))
    });
    let unnamed: Vec<Record> =
        unnamed.map(|line| [("line".to_owned(), Value::text(line.line.as_str()))].into_iter().collect()).collect();
    if !state.read_only {
        state.rows.reserve(given.len() + unnamed.len());
    }
    for (index, row) in given.iter().chain(unnamed.iter().filter(|_| !state.read_only)).enumerate() {
        let path = format!("{}[{index}]", field.id);
        let settled = columns.row(row, &path, form, &mut claimed);
        state.errors.extend(columns.unknown(row, &path));
        state.rows.push(settled);
    }
    let selected = state.rows.iter().filter(|row| row.selected);
    let rows: Vec<Value> = selected.map(|row| Value::Record(row.record())).collect();
    state.value = if rows.is_empty() { Value::Blank } else { Value::List(rows) };
}

fn offered(context: &Context) -> impl Iterator<Item = &OfferedLine> {
    context.lines.iter().flatten()
}

/// The kinds that rows ask for, each once.
pub(super) fn kinds<'s>(states: impl Iterator<Item = &'s FieldState>) -> Vec<LineKind> {
    let mut kinds = Vec::new();
    for row in states.flat_map(|state| &state.rows).filter(|row| row.selected) {
        let kind = row.cell("kind").and_then(|cell| cell.value.as_text()).and_then(LineKind::parse);
        kind.into_iter().for_each(|kind| run::push_kind(&mut kinds, kind));
    }
    kinds
}

/// What is the same for every row.
struct Columns<'f> {
    field: &'f Field,
    context: &'f Context,
    own: Vec<&'f Field>,
    order: dependencies::Order,
    places: BTreeMap<&'f str, usize>,
}

/// A row while it is computed: its values by place.
struct Row<'c> {
    places: &'c BTreeMap<&'c str, usize>,
    values: Vec<Value>,
}

impl Scope for Row<'_> {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        self.places.get(path).and_then(|place| self.values.get(*place)).map(Cow::Borrowed)
    }
}

impl<'f> Columns<'f> {
    fn new(field: &'f Field, context: &'f Context) -> Self {
        let own: Vec<&Field> = field.columns.iter().collect();
        let names = CORE_COLUMNS.into_iter().chain(DERIVED_COLUMNS).chain(own.iter().map(|column| column.id.as_str()));
        let places = names.enumerate().map(|(place, name)| (name, place)).collect();
        Self { field, context, order: dependencies::order(&field.columns), own, places }
    }

    /// Columns that the row names and the sub-table does not have, for this reader.
    fn unknown(&self, row: &Record, path: &str) -> Vec<Diagnostic> {
        let reader = self.context.audience;
        let known: Vec<&str> = self
            .places
            .keys()
            .copied()
            .filter(|name| self.own.iter().all(|column| column.id != *name || column.audience.reaches(reader)))
            .collect();
        let strange = row.keys().filter(|name| !known.contains(&name.as_str()));
        strange.map(|name| super::submit::unknown(name, &format!("{path}.{name}"), &known)).collect()
    }

    fn row(&self, given: &Record, path: &str, form: &FormScope<'_>, claimed: &mut BTreeMap<String, i64>) -> RowState {
        let mut row = RowState::default();
        let mut values = self.core(given, path, &mut row.cells);
        values.extend(self.derived(&values, claimed, &mut row.cells));
        let first_own = values.len();
        values.resize(self.places.len(), Value::Blank);
        let mut scope = Row { places: &self.places, values };
        let mut own: Vec<Option<FieldState>> = vec![None; self.own.len()];
        for place in &self.order.places {
            let Some(column) = self.own.get(*place).filter(|column| column.audience.reaches(self.context.audience))
            else {
                continue;
            };
            let path = format!("{path}.{}", column.id);
            let given = Given { answer: given.get(&column.id), prior: None };
            let mut cell = run::settle(column, given, &Layered { inner: &scope, outer: form }, self.context, &path);
            if self.order.rounds.iter().any(|round| round.contains(place)) {
                cell.value = Value::Blank;
                cell.errors = vec![run::cycle(column, &path)];
            }
            if let Some(slot) = scope.values.get_mut(first_own + place) {
                slot.clone_from(&cell.value);
            }
            if let Some(slot) = own.get_mut(*place) {
                *slot = Some(cell);
            }
        }
        row.cells.extend(own.into_iter().flatten());
        // A quantity that cannot be read counts, so that it is not dropped without a word.
        row.selected = row.cell("quantity").is_some_and(|cell| {
            !cell.errors.is_empty() || (cell.value != Value::Blank && cell.value != Value::from(0))
        });
        row
    }

    /// `line`, `kind` and `quantity`, read.
    fn core(&self, given: &Record, path: &str, cells: &mut Vec<FieldState>) -> Vec<Value> {
        let text = |name: &str| match given.get(name) {
            Some(Value::Text(text)) if !text.trim().is_empty() => Ok(Value::text(text.trim())),
            None | Some(Value::Blank | Value::Text(_)) => Ok(Value::Blank),
            Some(_) => Err(Problem::new("wrong_kind", "应为文字", "this should be a text")),
        };
        let only_kind = || match goods::kinds(self.field) {
            [only] => Value::text(only.as_str()),
            _ => Value::Blank,
        };
        let kind = text("kind").map(|kind| if kind == Value::Blank { only_kind() } else { kind });
        let quantity = self.quantity(given.get("quantity"));
        let mut values = Vec::new();
        for (name, read) in CORE_COLUMNS.into_iter().zip([text("line"), kind, quantity]) {
            let mut cell = FieldState { id: name.to_owned(), visible: true, ..FieldState::default() };
            cell.read_only = name == "line" && self.context.lines.is_some();
            match read {
                Ok(value) => cell.value = value,
                Err(problem) => cell.errors.push(problem.at(self.field, &format!("{path}.{name}"))),
            }
            values.push(cell.value.clone());
            cells.push(cell);
        }
        values
    }

    fn quantity(&self, given: Option<&Value>) -> Result<Value, Problem> {
        let wrong = || Problem::new("wrong_quantity", "数量应为正整数", "the quantity is a positive whole number");
        let read = (super::field::behaviour(super::FieldType::Number).read)(
            self.field,
            given.unwrap_or(&Value::Blank),
            self.context,
        );
        let quantity = read.map_err(|_| wrong())?;
        match quantity.as_integer() {
            None if quantity == Value::Blank => Ok(quantity),
            Some(units) if (0..=super::MAX_NUMBER).contains(&units) => Ok(quantity),
            _ => Err(wrong()),
        }
    }

    /// What the order says about the row's line; blank when the order is not known.
    fn derived(&self, core: &[Value], claimed: &mut BTreeMap<String, i64>, cells: &mut Vec<FieldState>) -> Vec<Value> {
        let line = core.first().and_then(Value::as_text);
        let kind = core.get(1).and_then(Value::as_text).and_then(LineKind::parse);
        let quantity = core.get(2).and_then(Value::as_integer).unwrap_or(0);
        let found = offered(self.context).find(|offered| Some(offered.line.as_str()) == line);
        let values = found.map_or_else(
            || vec![Value::Blank; DERIVED_COLUMNS.len()],
            |found| {
                let already = claimed.entry(found.line.clone()).or_default();
                let consumed = found.budget.claimed.saturating_add(*already);
                *already = already.saturating_add(quantity);
                let share = |already, units| {
                    let minor = share_of_units(found.paid.minor, found.budget.ordered, already, units);
                    Value::Money(Money::new(minor, found.paid.currency))
                };
                let settles = kind.is_none_or(LineKind::settles_money);
                vec![
                    Value::text(found.sku.as_str()),
                    Value::text(found.title.as_str()),
                    Value::from(found.category.clone()),
                    kind.map_or(Value::Blank, |kind| Value::from(found.budget.remaining(kind))),
                    share(0, 1),
                    share(consumed, if settles { quantity } else { 0 }),
                ]
            },
        );
        for (name, value) in DERIVED_COLUMNS.into_iter().zip(&values) {
            let (id, value) = (name.to_owned(), value.clone());
            cells.push(FieldState { id, value, visible: true, read_only: true, ..FieldState::default() });
        }
        values
    }
}

/// Judges the rows that count, and that there are some.
pub(super) fn judge(field: &Field, state: &mut FieldState, form: &FormScope<'_>, kinds: &[LineKind]) {
    let columns = Columns::new(field, form.context);
    let mut budgets: BTreeMap<String, LineBudget> = BTreeMap::new();
    for (index, row) in state.rows.iter_mut().enumerate().filter(|(_, row)| row.selected) {
        let path = format!("{}[{index}]", field.id);
        judge_core(field, row, &path, form.context, &mut budgets);
        let mut scope = Row { places: &columns.places, values: vec![Value::Blank; columns.places.len()] };
        for cell in &row.cells {
            if let Some(slot) = columns.places.get(cell.id.as_str()).and_then(|place| scope.values.get_mut(*place)) {
                slot.clone_from(&cell.value);
            }
        }
        let layered = Layered { inner: &scope, outer: form };
        let judging = Judging { scope: &layered, context: form.context, kinds };
        for column in &field.columns {
            if let Some(cell) = row.cells.iter_mut().find(|cell| cell.id == column.id && cell.visible) {
                run::judge_at(column, cell, &judging, &format!("{path}.{}", column.id));
            }
        }
    }
}

/// Line, kind and quantity against the order. Rows of one line share its budget, in their order.
fn judge_core(
    field: &Field,
    row: &mut RowState,
    path: &str,
    context: &Context,
    budgets: &mut BTreeMap<String, LineBudget>,
) {
    let text = |row: &RowState, name: &str| row.cell(name).and_then(|cell| cell.value.as_text()).map(str::to_owned);
    let (line, kind) = (text(row, "line"), text(row, "kind"));
    let quantity = row.cell("quantity").and_then(|cell| cell.value.as_integer());
    let found = line.as_ref().and_then(|line| offered(context).find(|offered| offered.line == *line));
    let mut problems: Vec<(&str, Problem)> = Vec::new();
    match (&line, found) {
        (None, _) => problems.push(("line", required())),
        (Some(_), None) if context.lines.is_some() => {
            problems.push(("line", Problem::new("unknown_line", "订单中没有这件商品", "the order has no such goods")));
        }
        _ => {}
    }
    let kind = match kind.as_deref().map(LineKind::parse) {
        None => {
            problems.push(("kind", required()));
            None
        }
        Some(known) => {
            let allowed = known.filter(|kind| goods::kinds(field).contains(kind));
            if allowed.is_none() {
                problems
                    .push(("kind", Problem::new("unknown_option", "不能选择这种类型", "this kind cannot be chosen")));
            }
            allowed
        }
    };
    if let (Some(found), Some(kind), Some(quantity)) = (found, kind, quantity) {
        let budget = budgets.entry(found.line.clone()).or_insert(found.budget);
        match budget.claim(kind, quantity) {
            Ok(after) => *budget = after,
            Err(refusal) => problems.push(("quantity", refused(refusal))),
        }
    }
    for (name, problem) in problems {
        if let Some(cell) = row.cells.iter_mut().find(|cell| cell.id == name) {
            cell.required = true;
            cell.errors.push(problem.at(field, &format!("{path}.{name}")));
        }
    }
}

fn refused(refusal: BudgetRefusal) -> Problem {
    let (code, remaining, zh, en) = match refusal {
        BudgetRefusal::NotPositive => {
            ("wrong_quantity", 1, "数量应为正整数", "the quantity is a positive whole number")
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
    let message = match refusal {
        BudgetRefusal::NotPositive => Text::new(zh, en),
        _ => Text::new(format!("{zh}，还可申请 {remaining} 件"), format!("{en}, {remaining} can still be claimed")),
    };
    Problem::fixed(code, message)
}

/// The nearest known name.
pub(super) fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    similar::closest(name, known.iter().copied())
}
