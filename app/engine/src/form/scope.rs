//! What a form's expressions read: fields by id, then the context.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::context::{Context, context_values};
use super::definition::{Field, FieldType};
use crate::expr::Scope;
use crate::value::Value;

/// Values of fields as far as they are computed; a hidden or later one is blank.
pub(super) struct FormScope<'f> {
    places: BTreeMap<&'f str, usize>,
    fields: &'f [Field],
    pub(super) values: Vec<Value>,
    around: BTreeMap<&'static str, Value>,
    pub(super) context: &'f Context,
}

impl<'f> FormScope<'f> {
    pub(super) fn new(fields: &'f [Field], context: &'f Context) -> Self {
        Self {
            places: fields.iter().enumerate().map(|(place, field)| (field.id.as_str(), place)).collect(),
            fields,
            values: vec![Value::Blank; fields.len()],
            around: context_values(context),
            context,
        }
    }

    pub(super) fn set(&mut self, place: usize, value: Value) {
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }

    pub(super) fn value(&self, place: usize) -> &Value {
        self.values.get(place).unwrap_or(&Value::Blank)
    }

    /// `reason.parent` is the code above the chosen reason, `reason.evidence` whether it needs photos.
    fn of_reason(&self, path: &str) -> Option<Cow<'_, Value>> {
        let (id, part) = path.rsplit_once('.')?;
        let place = *self.places.get(id)?;
        if self.fields.get(place)?.kind != FieldType::Reason {
            return None;
        }
        let chosen = self.value(place).as_text();
        let reason = self.context.reasons.iter().flatten().find(|reason| Some(reason.id.as_str()) == chosen);
        Some(Cow::Owned(match part {
            "parent" => Value::from(reason.and_then(|reason| reason.parent.clone())),
            "evidence" => Value::from(reason.map(|reason| reason.evidence)),
            _ => return None,
        }))
    }
}

impl Scope for FormScope<'_> {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        if let Some(place) = self.places.get(path) {
            return Some(Cow::Borrowed(self.value(*place)));
        }
        self.around.get(path).map(Cow::Borrowed).or_else(|| self.of_reason(path))
    }
    fn offset_minutes(&self) -> i32 {
        self.context.offset_minutes
    }
}
