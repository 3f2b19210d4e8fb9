//! The place of one field or cell: what it holds, what is wrong with it, and the way to change it. Every input is drawn
//! from one, so that a field looks and works the same in the form and in a row.

use engine::form::{Field, FieldState};
use engine::value::Value;
use leptos::prelude::*;
use ui::Bind;

use super::FormRun;
use super::written::written;

/// The place of one field or cell. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) form: FormRun,
    pub(super) field: StoredValue<Field>,
    pub(super) path: StoredValue<String>,
    pub(super) state: Memo<FieldState>,
    given: Signal<Option<Value>>,
    write: Callback<Value>,
}

impl Slot {
    pub(super) fn of_field(form: FormRun, field: Field) -> Self {
        let id = StoredValue::new(field.id.clone());
        let state = Memo::new(move |_| {
            id.with_value(|id| form.state.with(|state| state.field(id).cloned().unwrap_or_default()))
        });
        let given = Signal::derive(move || id.with_value(|id| form.answers.with(|answers| answers.get(id).cloned())));
        let write = Callback::new(move |value| id.with_value(|id| form.set(id, value)));
        Self { form, field: StoredValue::new(field), path: id, state, given, write }
    }

    /// A column the form adds to the goods, in one row.
    pub(super) fn of_cell(form: FormRun, goods: StoredValue<String>, row: usize, column: Field) -> Self {
        let id = StoredValue::new(column.id.clone());
        let path = goods.with_value(|goods| format!("{goods}[{row}].{}", column.id));
        let state = Memo::new(move |_| {
            form.state.with(|state| {
                let row = goods.with_value(|goods| state.field(goods).and_then(|field| field.rows.get(row)));
                id.with_value(|id| row.and_then(|row| row.cell(id)).cloned().unwrap_or_default())
            })
        });
        let given = Signal::derive(move || {
            form.answers.with(|answers| {
                let rows = goods.with_value(|goods| answers.get(goods).and_then(Value::as_list));
                let record = rows.and_then(|rows| rows.get(row)).and_then(Value::as_record);
                id.with_value(|id| record.and_then(|record| record.get(id).cloned()))
            })
        });
        let write = Callback::new(move |value: Value| {
            goods.with_value(|goods| {
                form.update_row(goods, row, |record| {
                    record.insert(id.get_value(), value);
                });
            });
        });
        Self { form, field: StoredValue::new(column), path: StoredValue::new(path), state, given, write }
    }

    /// What is in the input: as it was typed, else what the form puts there.
    pub(super) fn value(self) -> Value {
        let state = self.state.get();
        if state.read_only { state.value } else { self.given.get().unwrap_or(state.value) }
    }

    pub(super) fn set(self, value: Value) {
        self.write.run(value);
    }

    /// Changes it by choosing: what is wrong may be said at once.
    pub(super) fn choose(self, value: Value) {
        self.write.run(value);
        self.leave();
    }

    /// The keyboard left it.
    pub(super) fn leave(self) {
        // Leaving is also said when the page goes away.
        self.path.try_with_value(|path| self.form.leave(path));
    }

    /// The input as text.
    pub(super) fn text(self) -> Bind<String> {
        Bind::new(move || written(&self.value()), move |text| self.set(Value::Text(text)))
    }

    /// The input as the code of an option; empty while none is chosen.
    pub(super) fn code(self) -> Bind<String> {
        Bind::new(
            move || written(&self.value()),
            move |code: String| self.choose(if code.is_empty() { Value::Blank } else { Value::Text(code) }),
        )
    }

    pub(super) fn visible(self) -> Memo<bool> {
        Memo::new(move |_| self.state.with(|state| state.visible))
    }

    pub(super) fn required(self) -> Signal<bool> {
        Memo::new(move |_| self.state.with(|state| state.required)).into()
    }

    pub(super) fn read_only(self) -> Signal<bool> {
        Memo::new(move |_| self.state.with(|state| state.read_only)).into()
    }

    pub(super) fn error(self) -> Signal<Option<String>> {
        Memo::new(move |_| {
            self.path.with_value(|path| self.state.with(|state| self.form.error_at(path, &state.errors)))
        })
        .into()
    }
}
