//! One form being filled in: what was answered, what the engine makes of it, what the server refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use contract::FieldError;
use engine::form::{Answers, Context, FieldType, Form, FormState, OfferedLine, run};
use engine::value::{Record, Value};
use leptos::prelude::*;

use super::order::OrderLookup;
use super::photo::{Photo, Uploader};
use super::slot::Slot;
use crate::said::read;

/// The first thing that is wrong, for scrolling there.
const FIRST_BAD: &str = ".form .ui-field--bad, .form .goods__row.is-bad, .form .form__errors";

/// A form being filled in. Copy freely.
#[derive(Clone, Copy)]
pub struct FormRun {
    pub(super) form: StoredValue<Arc<Form>>,
    pub(super) context: RwSignal<Context>,
    pub(super) answers: RwSignal<Answers>,
    pub(super) state: Memo<FormState>,
    /// Paths of fields that were left or changed: what is wrong with them is said.
    pub(super) left: RwSignal<BTreeSet<String>>,
    /// Sending was tried: everything that is wrong is said.
    pub(super) tried: RwSignal<bool>,
    pub(super) refused: RwSignal<Vec<FieldError>>,
    photos: StoredValue<BTreeMap<String, ArcRwSignal<Vec<Photo>>>>,
    uploader: StoredValue<Option<Uploader>, LocalStorage>,
    lookup: StoredValue<Option<OrderLookup>>,
}

impl FormRun {
    /// A form nobody has answered yet.
    pub fn new(form: Form, context: Context) -> Self {
        let form = Arc::new(form);
        let own = Arc::clone(&form);
        let (context, answers) = (RwSignal::new(context), RwSignal::new(Answers::new()));
        let state = Memo::new(move |_| context.with(|context| answers.with(|answers| run(&own, answers, context))));
        let this = Self {
            form: StoredValue::new(form),
            context,
            answers,
            state,
            left: RwSignal::default(),
            tried: RwSignal::new(false),
            refused: RwSignal::default(),
            photos: StoredValue::default(),
            uploader: StoredValue::new_local(None),
            lookup: StoredValue::new(None),
        };
        this.fill_goods();
        this
    }

    /// Says how pictures get to the server.
    #[must_use]
    pub fn with_uploads(self, uploader: Uploader) -> Self {
        self.uploader.set_value(Some(uploader));
        self
    }

    /// Says how an order is found; without it the order is known and its field is not shown.
    #[must_use]
    pub fn with_lookup(self, lookup: OrderLookup) -> Self {
        self.lookup.set_value(Some(lookup));
        self
    }

    /// Goods of another order, or of none.
    pub fn set_lines(self, lines: Option<Vec<OfferedLine>>) {
        self.context.update(|context| {
            if let Some(paid) = lines.iter().flatten().map(|line| line.paid).next() {
                context.currency = paid.currency;
            }
            context.lines = lines;
        });
        self.fill_goods();
    }

    // Every line gets a row of its own at once, so that rows stay where they are when one of them is chosen.
    fn fill_goods(self) {
        let Some(goods) = self.id_of(FieldType::Goods) else { return };
        let row = |line: &OfferedLine| {
            let record: Record = [("line".to_owned(), Value::text(line.line.as_str()))].into_iter().collect();
            Value::Record(record)
        };
        let rows = self
            .context
            .with_untracked(|context| context.lines.as_ref().map(|lines| Value::List(lines.iter().map(row).collect())));
        self.answers.update(|answers| {
            match rows {
                Some(rows) => answers.insert(goods, rows),
                None => answers.remove(&goods),
            };
        });
    }

    /// The id of the first field of a type.
    pub fn id_of(self, kind: FieldType) -> Option<String> {
        let all = self.form.get_value();
        all.fields.iter().find(|field| field.kind == kind).map(|field| field.id.clone())
    }

    pub(super) fn slots(self) -> Vec<Slot> {
        let reader = self.context.with_untracked(|context| context.audience);
        let form = self.form.get_value();
        let own = form.fields.iter().filter(|field| field.audience.reaches(reader));
        own.map(|field| Slot::of_field(self, field.clone())).collect()
    }

    /// Answers a field.
    pub fn set(self, field: &str, value: Value) {
        self.forget_refusals(field);
        self.answers.update(|answers| {
            answers.insert(field.to_owned(), value);
        });
    }

    /// What a field holds now, by the engine.
    pub fn value(self, field: &str) -> Value {
        self.state.with(|state| state.field(field).map(|field| field.value.clone()).unwrap_or_default())
    }

    /// Changes one row of a sub-table.
    pub(super) fn update_row(self, field: &str, row: usize, change: impl FnOnce(&mut Record)) {
        self.forget_refusals(&format!("{field}[{row}]"));
        self.answers.update(|answers| {
            let Some(Value::List(rows)) = answers.get_mut(field) else { return };
            if let Some(Value::Record(record)) = rows.get_mut(row) {
                change(record);
            }
        });
    }

    /// One more row of the same goods below another, for part of them to go another way.
    pub(super) fn split_row(self, field: &str, row: usize) {
        self.answers.update(|answers| {
            let Some(Value::List(rows)) = answers.get_mut(field) else { return };
            let line = rows.get(row).and_then(Value::as_record).and_then(|record| record.get("line").cloned());
            if let Some(line) = line {
                rows.insert(row + 1, Value::Record([("line".to_owned(), line)].into_iter().collect()));
            }
        });
    }

    fn forget_refusals(self, path: &str) {
        if self.refused.with_untracked(|refused| refused.iter().any(|error| error.field.starts_with(path))) {
            self.refused.update(|refused| refused.retain(|error| !error.field.starts_with(path)));
        }
    }

    pub(super) fn leave(self, path: &str) {
        if self.left.try_with_untracked(|left| !left.contains(path)) == Some(true) {
            self.left.update(|left| {
                left.insert(path.to_owned());
            });
        }
    }

    /// What is wrong with the field or cell at `path`, once it is fair to say so.
    pub(super) fn error_at(self, path: &str, errors: &[domain::Diagnostic]) -> Option<String> {
        let refused =
            self.refused.with(|refused| refused.iter().find(|error| error.field == path).map(|e| e.message.clone()));
        let say = self.tried.get() || self.left.with(|left| left.contains(path));
        refused.or_else(|| errors.first().filter(|_| say).map(|error| read(&error.message)))
    }

    /// What does not hold between fields, and refusals that name no field of this form.
    pub(super) fn form_errors(self) -> Vec<String> {
        let between =
            self.state.with(|state| state.errors.iter().map(|error| read(&error.message)).collect::<Vec<_>>());
        let mut all = if self.tried.get() { between } else { Vec::new() };
        let strangers = self.refused.with(|refused| {
            let form = self.form.get_value();
            let front = |path: &str| path.split(['[', '.']).next().unwrap_or_default().to_owned();
            let known = |path: &str| form.fields.iter().any(|field| field.id == front(path));
            refused.iter().filter(|error| !known(&error.field)).map(|error| error.message.clone()).collect::<Vec<_>>()
        });
        all.extend(strangers);
        all
    }

    /// Whether pictures are still on their way.
    pub fn is_uploading(self) -> bool {
        let all: Vec<_> = self.photos.with_value(|photos| photos.values().cloned().collect());
        all.iter().any(|tiles| tiles.with(|tiles| tiles.iter().any(Photo::is_on_its_way)))
    }

    /// The answers as they stand, whatever is wrong with them; followed by views.
    pub fn so_far(self) -> Answers {
        self.state.with(FormState::answers)
    }

    /// Whether goods are chosen, a reason given where one is asked, and nothing wrong with either: enough to be judged.
    pub fn can_be_judged(self) -> bool {
        let enough = |kind: FieldType| {
            let Some(id) = self.id_of(kind) else { return true };
            self.state.with(|state| {
                let field = state.field(&id);
                field.is_none_or(|field| !field.visible || (!field.value.is_blank() && !field.has_errors()))
            })
        };
        [FieldType::Order, FieldType::Goods, FieldType::Reason].into_iter().all(enough)
    }

    /// The answers to send; `None` when something is wrong, which is then shown and scrolled to.
    pub fn finish(self) -> Option<Answers> {
        self.refused.set(Vec::new());
        self.tried.set(true);
        let fine = self.state.with_untracked(|state| state.problems().is_empty()) && !untrack(|| self.is_uploading());
        if fine {
            return Some(self.state.with_untracked(FormState::answers));
        }
        show_first();
        None
    }

    /// Shows what the server refused beside the fields. Rows are counted there as they were sent: only the chosen ones.
    pub fn refuse(self, fields: &[FieldError]) {
        let chosen: BTreeMap<String, Vec<usize>> = self.state.with_untracked(|state| {
            let rows = state.fields.iter().filter(|field| !field.rows.is_empty());
            rows.map(|field| {
                let chosen = field.rows.iter().enumerate().filter(|(_, row)| row.selected).map(|(at, _)| at).collect();
                (field.id.clone(), chosen)
            })
            .collect()
        });
        let own = fields.iter().map(|error| FieldError { field: own_path(&error.field, &chosen), ..error.clone() });
        self.refused.set(own.collect());
        show_first();
    }

    pub(super) fn photos_at(self, path: &str) -> ArcRwSignal<Vec<Photo>> {
        let known = self.photos.with_value(|photos| photos.get(path).cloned());
        known.unwrap_or_else(|| {
            let tiles = ArcRwSignal::new(Vec::new());
            self.photos.update_value(|photos| {
                photos.insert(path.to_owned(), tiles.clone());
            });
            tiles
        })
    }

    pub(super) fn uploader(self) -> Option<Uploader> {
        self.uploader.get_value()
    }

    pub(super) fn lookup(self) -> Option<OrderLookup> {
        self.lookup.get_value()
    }
}

/// `goods[1].kind` as sent → the row it is on screen.
fn own_path(path: &str, chosen: &BTreeMap<String, Vec<usize>>) -> String {
    let own = || {
        let (field, rest) = path.split_once('[')?;
        let (row, rest) = rest.split_once(']')?;
        let at = chosen.get(field)?.get(row.parse::<usize>().ok()?)?;
        Some(format!("{field}[{at}]{rest}"))
    };
    own().unwrap_or_else(|| path.to_owned())
}

fn show_first() {
    request_animation_frame(|| {
        if let Ok(Some(first)) = document().query_selector(FIRST_BAD) {
            first.scroll_into_view_with_bool(true);
            if let Ok(Some(input)) = first.query_selector("input, select, textarea, button")
                && let Ok(input) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(input)
            {
                let _ = input.focus();
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_they_were_sent() {
        let chosen = [("goods".to_owned(), vec![1, 4])].into_iter().collect();
        assert_eq!(own_path("goods[1].kind", &chosen), "goods[4].kind");
        assert_eq!(own_path("goods[0]", &chosen), "goods[1]");
        assert_eq!(own_path("goods[7].kind", &chosen), "goods[7].kind");
        assert_eq!(own_path("reason", &chosen), "reason");
    }
}
