//! Rows of goods: each evaluated by itself, so that what is hidden in one row is not in the next.

pub(super) mod judge;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::allocate::share_of_units;
use domain::{Diagnostic, LineKind, Money};

use super::context::{Context, OfferedLine};
use super::definition::{Field, FieldType};
use super::dependencies;
use super::field::{behaviour, goods};
use super::problem::Problem;
use super::run::{self, Given};
use super::scope::FormScope;
use super::state::{FieldState, Place, RowState};
use super::submit::MAX_STRANGERS;
use super::{CORE_COLUMNS, DERIVED_COLUMNS, MAX_NUMBER};
use crate::expr::{Layered, Scope};
use crate::value::{Record, Value};

/// Fills the rows of a goods field: those given, then the order's lines that no row names yet, not selected.
pub(super) fn settle(field: &Field, state: &mut FieldState, form: &FormScope<'_>, context: &Context) {
    let given: Vec<Record> = match std::mem::take(&mut state.value) {
        Value::List(rows) => {
            rows.into_iter().filter_map(|row| if let Value::Record(row) = row { Some(row) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let unnamed = if state.read_only { Vec::new() } else { unnamed(field, &given, context) };
    let columns = Columns::new(field, context);
    let mut claimed: BTreeMap<&str, i64> = BTreeMap::new();
    for (index, row) in given.iter().chain(&unnamed).enumerate() {
        if state.errors.len() < MAX_STRANGERS {
            state.errors.extend(columns.unknown(row, index));
        }
        state.rows.push(columns.row(row, index, form, &mut claimed));
    }
    let selected = state.rows.iter().filter(|row| row.selected);
    let rows: Vec<Value> = selected.map(|row| Value::Record(row.record())).collect();
    state.value = if rows.is_empty() { Value::Blank } else { Value::List(rows) };
}

/// A row for each line of the order that can still be claimed and has none.
fn unnamed(field: &Field, given: &[Record], context: &Context) -> Vec<Record> {
    let named: BTreeSet<&str> = given.iter().filter_map(|row| row.get("line")).filter_map(Value::as_text).collect();
    let open = context.lines.iter().flatten().filter(|line| !named.contains(line.line.as_str()));
    open.filter(|line| line.is_open(goods::kinds(field)))
        .map(|line| [("line".to_owned(), Value::text(line.line.as_str()))].into_iter().collect())
        .collect()
}

/// The kinds that rows ask for, each once.
pub(super) fn kinds<'s>(states: impl Iterator<Item = &'s FieldState>) -> Vec<LineKind> {
    let mut kinds = Vec::new();
    for row in states.flat_map(|state| &state.rows).filter(|row| row.selected) {
        let kind = row.cell("kind").and_then(|cell| cell.value.as_text()).and_then(LineKind::parse);
        kinds.extend(kind.filter(|kind| !kinds.contains(kind)));
    }
    kinds
}

/// What is the same for every row. Cells stand in the order of `places`, less the columns that are not the reader's.
struct Columns<'f> {
    field: &'f Field,
    context: &'f Context,
    order: dependencies::Order,
    places: BTreeMap<&'f str, usize>,
    lines: BTreeMap<&'f str, &'f OfferedLine>,
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

/// Columns before the form's own.
const FIRST_OWN: usize = CORE_COLUMNS.len() + DERIVED_COLUMNS.len();

impl<'f> Columns<'f> {
    fn new(field: &'f Field, context: &'f Context) -> Self {
        let own = field.columns.iter().map(|column| column.id.as_str());
        let names = CORE_COLUMNS.into_iter().chain(DERIVED_COLUMNS).chain(own);
        Self {
            field,
            context,
            order: dependencies::order(&field.columns),
            places: names.enumerate().map(|(place, name)| (name, place)).collect(),
            lines: context.lines.iter().flatten().map(|line| (line.line.as_str(), line)).collect(),
        }
    }

    /// The form's own columns that the reader is asked, with their places among them.
    fn own(&self) -> impl Iterator<Item = (usize, &'f Field)> {
        let reader = self.context.audience;
        self.field.columns.iter().enumerate().filter(move |(_, column)| column.audience.reaches(reader))
    }

    /// Columns that the row names and the sub-table does not have, for this reader.
    fn unknown(&self, row: &Record, index: usize) -> Vec<Diagnostic> {
        let hidden = |place: usize| {
            let own = place.checked_sub(FIRST_OWN).and_then(|own| self.field.columns.get(own));
            own.is_some_and(|column| !column.audience.reaches(self.context.audience))
        };
        let strange = row.keys().filter(|name| self.places.get(name.as_str()).is_none_or(|place| hidden(*place)));
        let problem = |name: &String| {
            let known: Vec<&str> =
                self.places.iter().filter(|(_, place)| !hidden(**place)).map(|(name, _)| *name).collect();
            super::submit::unknown(name, &Place::Cell(&self.field.id, index, name).to_string(), &known)
        };
        strange.take(MAX_STRANGERS).map(problem).collect()
    }

    fn row(
        &self,
        given: &Record,
        index: usize,
        form: &FormScope<'_>,
        claimed: &mut BTreeMap<&'f str, i64>,
    ) -> RowState {
        let mut row = RowState { selected: false, cells: Vec::with_capacity(self.places.len()) };
        let mut scope = Row { places: &self.places, values: Vec::with_capacity(self.places.len()) };
        self.core(given, index, &mut row.cells);
        scope.values.extend(row.cells.iter().map(|cell| cell.value.clone()));
        self.derived(&scope.values, claimed, &mut row.cells);
        scope.values.extend(row.cells.iter().skip(CORE_COLUMNS.len()).map(|cell| cell.value.clone()));
        scope.values.resize(self.places.len(), Value::Blank);
        let mut own: Vec<Option<FieldState>> = vec![None; self.field.columns.len()];
        for place in &self.order.places {
            let Some(column) = self.field.columns.get(*place) else { continue };
            if !column.audience.reaches(self.context.audience) {
                continue;
            }
            let at = Place::Cell(&self.field.id, index, &column.id);
            let given = Given { answer: given.get(&column.id), prior: None };
            let mut cell = run::settle(column, given, &Layered { inner: &scope, outer: form }, self.context, at);
            if self.order.rounds.iter().any(|round| round.contains(place)) {
                cell.value = Value::Blank;
                cell.errors = vec![run::cycle(column, at)];
            }
            if let Some(slot) = scope.values.get_mut(FIRST_OWN + place) {
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
    fn core(&self, given: &Record, index: usize, cells: &mut Vec<FieldState>) {
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
        for (name, read) in CORE_COLUMNS.into_iter().zip([text("line"), kind, quantity]) {
            let mut cell = FieldState { id: name.to_owned(), visible: true, ..FieldState::default() };
            cell.read_only = name == "line" && self.context.lines.is_some();
            match read {
                Ok(value) => cell.value = value,
                Err(problem) => cell.errors.push(problem.at(self.field, Place::Cell(&self.field.id, index, name))),
            }
            cells.push(cell);
        }
    }

    fn quantity(&self, given: Option<&Value>) -> Result<Value, Problem> {
        let Some(given) = given else { return Ok(Value::Blank) };
        let wrong = || Problem::new("wrong_quantity", "数量应为正整数", "the quantity is a positive whole number");
        let read = behaviour(FieldType::Number).read;
        let quantity = read(self.field, given, self.context).map_err(|_| wrong())?;
        match quantity.as_integer() {
            None if quantity == Value::Blank => Ok(quantity),
            Some(units) if (0..=MAX_NUMBER).contains(&units) => Ok(quantity),
            _ => Err(wrong()),
        }
    }

    /// What the order says about the row's line; blank when the order is not known.
    fn derived(&self, core: &[Value], claimed: &mut BTreeMap<&'f str, i64>, cells: &mut Vec<FieldState>) {
        let kind = core.get(1).and_then(Value::as_text).and_then(LineKind::parse);
        let quantity = core.get(2).and_then(Value::as_integer).unwrap_or(0);
        let line = core.first().and_then(Value::as_text).and_then(|line| self.lines.get(line));
        let values = line.map_or([const { Value::Blank }; DERIVED_COLUMNS.len()], |line| {
            // What was paid for the units that are left, spread over them: just as filing shares it out.
            let left = line.unclaimed();
            let taken = claimed.entry(line.line.as_str()).or_default();
            let before = *taken;
            let takes_units = kind.is_none_or(LineKind::consumes_quantity);
            if takes_units {
                *taken = taken.saturating_add(quantity);
            }
            let share = |already, units| {
                let minor = share_of_units(line.paid.minor, left, already, units);
                Value::Money(Money::new(minor, line.paid.currency))
            };
            let settles = takes_units && kind.is_none_or(LineKind::settles_money);
            [
                Value::text(line.sku.as_str()),
                Value::text(line.title.as_str()),
                Value::from(line.category.clone()),
                kind.map_or(Value::Blank, |kind| Value::from(line.left(kind))),
                if left > 0 { share(0, 1) } else { Value::Blank },
                share(before, if settles { quantity } else { 0 }),
            ]
        });
        for (name, value) in DERIVED_COLUMNS.into_iter().zip(values) {
            cells.push(FieldState {
                id: name.to_owned(),
                value,
                visible: true,
                read_only: true,
                ..FieldState::default()
            });
        }
    }
}
