//! What a form gives away when it is complete: clean answers, or everything that is wrong.

use domain::{Diagnostic, Text};

use super::context::Context;
use super::definition::{FieldType, Form};
use super::field::behaviour;
use super::state::FormState;
use super::{Answers, run};
use crate::similar;
use crate::value::Value;

/// Most problems that one submission reports.
const MAX_PROBLEMS: usize = 200;
/// Most unknown names of one record that are reported: each is compared with all known ones.
pub(super) const MAX_STRANGERS: usize = 20;

/// The answers to keep: every visible field of the reader's form, hidden ones stripped, formulas computed here.
///
/// A browser sends `run(…).answers()`, in which values of fixed and hidden fields are already what they must be.
///
/// # Errors
/// Every problem, placed at its field: unknown names, changed fixed fields, and all that `run` shows.
pub fn submit(form: &Form, answers: &Answers, context: &Context) -> Result<Answers, Vec<Diagnostic>> {
    let state = run(form, answers, context);
    let mut problems = strangers(form, answers, context);
    problems.extend(changed(form, answers, context, &state));
    problems.extend(state.problems());
    problems.truncate(MAX_PROBLEMS);
    if problems.is_empty() { Ok(state.answers()) } else { Err(problems) }
}

/// Answers to what the reader is not asked: desk fields are as unknown to a customer as any other name.
fn strangers(form: &Form, answers: &Answers, context: &Context) -> Vec<Diagnostic> {
    let own = form.fields.iter().filter(|field| field.audience.reaches(context.audience));
    let known: Vec<&str> = own.map(|field| field.id.as_str()).collect();
    let strange = answers.keys().filter(|name| !known.contains(&name.as_str()));
    strange.take(MAX_STRANGERS).map(|name| unknown(name, name, &known)).collect()
}

pub(super) fn unknown(name: &str, path: &str, known: &[&str]) -> Diagnostic {
    let message = Text::new(format!("表单没有“{name}”"), format!("the form has no `{name}`"));
    let problem = Diagnostic::error("unknown_answer", path, message);
    match similar::closest(name, known.iter().copied()) {
        Some(meant) => problem.with_help(Text::new(format!("是不是“{meant}”？"), format!("did you mean `{meant}`?"))),
        None => problem,
    }
}

/// Fixed fields that were answered differently.
fn changed(form: &Form, answers: &Answers, context: &Context, state: &FormState) -> Vec<Diagnostic> {
    let fixed = form.fields.iter().filter(|field| !matches!(field.kind, FieldType::Formula | FieldType::Goods));
    let changed = fixed.filter(|field| {
        let now = state.field(&field.id).filter(|now| now.visible && now.read_only);
        let given = answers.get(&field.id).and_then(|given| (behaviour(field.kind).read)(field, given, context).ok());
        now.zip(given).is_some_and(|(now, given)| given != Value::Blank && given != now.value)
    });
    changed
        .map(|field| {
            Diagnostic::error("read_only", field.id.as_str(), Text::new("此项不能修改", "this cannot be changed"))
        })
        .collect()
}
