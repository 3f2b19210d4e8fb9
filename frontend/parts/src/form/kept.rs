//! A form that shows what was kept: the answers it begins with, and those that somebody else gave meanwhile.

use std::collections::BTreeSet;

use engine::form::{Answers, Field, FormState};
use leptos::prelude::*;

use super::FormRun;

impl FormRun {
    /// Begins anew with answers that were kept. A field without one is blank, whatever the form itself begins with.
    pub fn begin_with(self, kept: &Answers) {
        self.hold(kept, |_| true);
        self.left.set(BTreeSet::new());
        self.tried.set(false);
    }

    /// Takes newer answers of somebody else, but for the fields that were answered otherwise here since `before`.
    pub fn take_newer(self, before: &Answers, newer: &Answers) {
        let form = self.form.get_value();
        let own: BTreeSet<&str> = self.answers.with_untracked(|answers| {
            self.state.with_untracked(|state| {
                let changed = form.fields.iter().filter(|field| is_changed(field, answers, state, before));
                changed.map(|field| field.id.as_str()).collect()
            })
        });
        self.hold(newer, |field| !own.contains(field));
    }

    /// Puts kept answers into the fields that take them. Fixed fields keep them in any case.
    fn hold(self, kept: &Answers, takes: impl Fn(&str) -> bool) {
        let form = self.form.get_value();
        self.refused.set(Vec::new());
        self.context.update(|context| context.prior.clone_from(kept));
        self.answers.update(|answers| {
            for field in form.fields.iter().filter(|field| takes(&field.id)) {
                answers.insert(field.id.clone(), kept.get(&field.id).cloned().unwrap_or_default());
            }
        });
    }
}

/// Whether a field holds something else than before; what cannot be understood is something else.
fn is_changed(field: &Field, answers: &Answers, state: &FormState, before: &Answers) -> bool {
    let begun = before.get(&field.id).cloned().unwrap_or_default();
    let as_written = answers.get(&field.id).is_none_or(|answer| *answer == begun);
    let as_understood = state.field(&field.id).is_some_and(|now| !now.has_errors() && now.value == begun);
    !as_written && !as_understood
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, LocalDate, Timestamp};
    use engine::form::{Audience, Context, Form, run};
    use engine::value::Value;

    const FORM: &str = r#"{"id": "f", "title": {"zh": "表", "en": "Form"}, "fields": [
        {"id": "name", "type": "text", "title": {"zh": "名", "en": "Name"}, "required": true},
        {"id": "day", "type": "date", "title": {"zh": "日", "en": "Day"}},
        {"id": "count", "type": "number", "title": {"zh": "数", "en": "Count"}}]}"#;

    fn answers(given: &[(&str, Value)]) -> Answers {
        given.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect()
    }

    #[track_caller]
    fn check(typed: &[(&str, Value)], before: &[(&str, Value)], expect: &[&str]) {
        let form: Form = serde_json::from_str(FORM).unwrap();
        let context = Context::new(Audience::Desk, Timestamp::from_ms(0), 480, Currency::CNY);
        let (typed, before) = (answers(typed), answers(before));
        let state = run(&form, &typed, &context);
        let changed = form.fields.iter().filter(|field| is_changed(field, &typed, &state, &before));
        assert_eq!(changed.map(|field| field.id.as_str()).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn what_means_the_same_is_not_a_change() {
        let day = Value::from(LocalDate::from_ymd(2026, 11, 2));
        check(&[("day", Value::text("2026-11-02"))], &[("day", day.clone())], &[]);
        check(&[("name", Value::text("a")), ("day", Value::Blank)], &[("name", Value::text("a"))], &[]);
        check(&[("name", Value::text("b"))], &[("name", Value::text("a")), ("day", day)], &["name"]);
    }

    #[test]
    fn what_was_emptied_or_cannot_be_understood_is_a_change() {
        check(&[("name", Value::text(""))], &[("name", Value::text("a"))], &["name"]);
        check(
            &[("name", Value::text("a")), ("count", Value::text("3 or 4"))],
            &[("name", Value::text("a"))],
            &["count"],
        );
    }
}
