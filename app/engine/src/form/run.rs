//! A form for some answers: values in the order of what they read, then judgements.

use domain::{Diagnostic, Text};

use super::context::Context;
use super::definition::{Field, FieldType, Form, Validator};
use super::dependencies;
use super::field::{Judging, behaviour};
use super::problem::{Problem, required};
use super::scope::FormScope;
use super::state::{FieldState, FormState, Place};
use super::{Answers, FormulaResult, rows};
use crate::expr::{Condition, Scope};
use crate::value::Value;

/// The form as it stands for these answers. Never fails: whatever is wrong is in the state.
#[must_use]
pub fn run(form: &Form, answers: &Answers, context: &Context) -> FormState {
    let order = dependencies::order(&form.fields);
    let mut scope = FormScope::new(&form.fields, context);
    let mut states: Vec<Option<FieldState>> = vec![None; form.fields.len()];
    for place in order.places {
        let Some(field) = form.fields.get(place).filter(|field| field.audience.reaches(context.audience)) else {
            continue;
        };
        let given = Given { answer: answers.get(&field.id), prior: context.prior.get(&field.id) };
        let at = Place::Field(&field.id);
        let mut state = settle(field, given, &scope, context, at);
        if order.rounds.iter().any(|round| round.contains(&place)) {
            state.value = Value::Blank;
            state.errors = vec![cycle(field, at)];
        } else if field.kind == FieldType::Goods && state.visible {
            rows::settle(field, &mut state, &scope, context);
        }
        scope.set(place, state.value.clone());
        if let Some(slot) = states.get_mut(place) {
            *slot = Some(state);
        }
    }
    let kinds = rows::kinds(states.iter().flatten());
    let mut fields = Vec::new();
    for (field, state) in form.fields.iter().zip(states) {
        let Some(mut state) = state else { continue };
        if state.visible {
            let judging = Judging { scope: &scope, context, kinds: &kinds };
            judge(field, &mut state, &judging, Place::Field(&field.id));
            if field.kind == FieldType::Goods {
                rows::judge::rows(field, &mut state, &scope, &kinds);
            }
        }
        fields.push(state);
    }
    FormState { fields, errors: form_errors(form, &scope) }
}

/// What a field is given.
#[derive(Clone, Copy)]
pub(super) struct Given<'g> {
    /// The answer, if there is one.
    pub(super) answer: Option<&'g Value>,
    /// What was given before.
    pub(super) prior: Option<&'g Value>,
}

/// Visibility, whether it is fixed, and the value of one field or cell. A hidden one is blank.
pub(super) fn settle(
    field: &Field,
    given: Given<'_>,
    scope: &dyn Scope,
    context: &Context,
    at: Place<'_>,
) -> FieldState {
    let mut state = FieldState { id: field.id.clone(), ..FieldState::default() };
    state.visible = field.visible_when.as_ref().is_none_or(|when| when.condition(scope).may_hold());
    if !state.visible {
        return state;
    }
    if field.kind == FieldType::Formula {
        state.read_only = true;
        match computed(field, scope, context) {
            Ok(value) => state.value = value,
            Err(message) => state.errors.push(Diagnostic::error("formula_failed", at.to_string(), message)),
        }
        return state;
    }
    state.read_only = field.read_only_when.as_ref().is_some_and(|when| when.condition(scope).may_hold());
    let read = behaviour(field.kind).read;
    let answer = given.answer.filter(|_| !state.read_only);
    let begun = || -> Value {
        let begin = given.prior.or(field.default.as_ref()).cloned();
        let begin = begin.or_else(|| field.prefill.as_ref().and_then(|prefill| prefill.eval(scope).ok()));
        begin.unwrap_or_default()
    };
    match answer.map_or_else(|| read(field, &begun(), context), |answer| read(field, answer, context)) {
        Ok(value) => state.value = value,
        Err(problem) => state.errors.push(problem.at(field, at)),
    }
    state
}

/// A formula's value in the type it is stored as.
fn computed(field: &Field, scope: &dyn Scope, context: &Context) -> Result<Value, Text> {
    let Some(formula) = &field.formula else { return Ok(Value::Blank) };
    let value = formula.eval(scope).map_err(|error| error.text())?;
    let fits = match (field.result, &value) {
        (_, Value::Blank) | (None, _) => true,
        // A sum of no amounts is zero of no currency: here the shop's.
        (Some(FormulaResult::Money), Value::Number(zero)) if zero.is_zero() => {
            return Ok(Value::Money(domain::Money::zero(field.currency.unwrap_or(context.currency))));
        }
        (Some(FormulaResult::Text), Value::Text(_))
        | (Some(FormulaResult::Number), Value::Number(_))
        | (Some(FormulaResult::Money), Value::Money(_))
        | (Some(FormulaResult::Bool), Value::Bool(_))
        | (Some(FormulaResult::Date), Value::Date(_)) => true,
        _ => false,
    };
    if fits {
        return Ok(value);
    }
    let found = value.kind_title();
    Err(Text::new(format!("公式的结果是{}", found.zh), format!("the formula came out as {}", found.en)))
}

/// Whether an answer is needed and fits. Fixed fields are not asked; a formula is held to its validators.
pub(super) fn judge(field: &Field, state: &mut FieldState, judging: &Judging<'_>, at: Place<'_>) {
    let formula = field.kind == FieldType::Formula;
    state.required = !state.read_only && field.required.condition(judging.scope).may_hold();
    if !state.errors.is_empty() || (state.read_only && !formula) {
        return;
    }
    if state.value == Value::Blank {
        if state.required {
            state.errors.push(required().at(field, at));
        }
        return;
    }
    let mut problems = Vec::new();
    (behaviour(field.kind).judge)(field, &state.value, judging, &mut problems);
    problems.extend(broken(&field.validators, judging.scope));
    state.errors.extend(problems.into_iter().map(|problem| problem.at(field, at)));
}

fn broken(validators: &[Validator], scope: &dyn Scope) -> Vec<Problem> {
    let breaks = |validator: &&Validator| match validator.holds.eval(scope) {
        Ok(Value::Blank) => false,
        result => Condition::from(result) != Condition::True,
    };
    let broken = validators.iter().filter(breaks);
    broken.map(|validator| Problem::fixed("not_valid", validator.message.clone())).collect()
}

/// Validators of the form whose fields all belong to the reader.
fn form_errors(form: &Form, scope: &FormScope<'_>) -> Vec<Diagnostic> {
    let own: Vec<Validator> = form
        .validators
        .iter()
        .filter(|validator| reads_only(form, validator, scope.context.audience))
        .cloned()
        .collect();
    broken(&own, scope).into_iter().map(|problem| Diagnostic::error(problem.code, "", problem.message)).collect()
}

/// Whether a validator reads no field that the reader is not asked.
pub(super) fn reads_only(form: &Form, validator: &Validator, reader: super::Audience) -> bool {
    validator.holds.references().iter().all(|name| {
        let read = form.fields.iter().find(|field| field.id == dependencies::front(name));
        read.is_none_or(|field| field.audience.reaches(reader))
    })
}

pub(super) fn cycle(field: &Field, at: Place<'_>) -> Diagnostic {
    let message = Text::new(
        format!("“{}”依赖自己，无法计算", field.title.zh),
        format!("“{}” depends on itself and cannot be computed", field.title.en),
    );
    Diagnostic::error("cycle", at.to_string(), message)
}
