//! Running a tree: values are borrowed where they stand, every step is counted.

use std::borrow::Cow;
use std::cell::Cell;

use super::function::Run;
use super::node::{Call, Kind, Node, Operator, Path};
use super::{EvalError, Expr, MAX_LIST_ITEMS, MAX_STEPS, Scope, operate};
use crate::value::Value;

/// The value of an expression.
///
/// # Errors
/// Why it has none; never a panic, never more than `MAX_STEPS` steps.
pub fn eval(expr: &Expr, scope: &dyn Scope) -> Result<Value, EvalError> {
    root(expr, scope).map(Cow::into_owned)
}

pub(super) fn root<'a>(expr: &'a Expr, scope: &'a dyn Scope) -> Result<Cow<'a, Value>, EvalError> {
    let steps = Cell::new(0);
    // The counter lives shorter than the answer, hence the two lifetimes of `Env`.
    node(&expr.root, Env { scope, item: None, steps: &steps })
}

/// What a node needs to know while it runs.
#[derive(Clone, Copy)]
pub(super) struct Env<'a, 's> {
    pub(super) scope: &'a dyn Scope,
    item: Option<&'a Value>,
    steps: &'s Cell<u32>,
}

impl Env<'_, '_> {
    pub(super) fn charge(&self, steps: usize) -> Result<(), EvalError> {
        let total = self.steps.get().saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
        self.steps.set(total);
        if total > MAX_STEPS { Err(EvalError::TooManySteps) } else { Ok(()) }
    }
}

type Evaluated<'a> = Result<Cow<'a, Value>, EvalError>;

pub(super) fn node<'a>(node: &'a Node, env: Env<'a, '_>) -> Evaluated<'a> {
    env.charge(1)?;
    match &node.kind {
        Kind::Constant(value) => Ok(Cow::Borrowed(value)),
        Kind::Name(path) => name(path, env),
        Kind::Item(path) => item(path.as_ref(), env),
        Kind::List(items) => {
            let items: Result<Vec<Value>, EvalError> =
                items.iter().map(|item| self::node(item, env).map(Cow::into_owned)).collect();
            items.map(|items| Cow::Owned(Value::List(items)))
        }
        Kind::Not(inner) => not(&*self::node(inner, env)?).map(Cow::Owned),
        Kind::Negate(inner) => operate::negate(&*self::node(inner, env)?).map(Cow::Owned),
        Kind::And(parts) => junction(parts, env, false).map(Cow::Owned),
        Kind::Or(parts) => junction(parts, env, true).map(Cow::Owned),
        Kind::Binary(operator, left, right) => {
            let (left, right) = (self::node(left, env)?, self::node(right, env)?);
            if let (Operator::In, Value::List(items)) = (operator, right.as_ref()) {
                env.charge(items.len())?;
            }
            operate::binary(*operator, &left, &right).map(Cow::Owned)
        }
        Kind::Call(call) => self::call(call, env),
    }
}

fn not(value: &Value) -> Result<Value, EvalError> {
    match value {
        Value::Bool(yes) => Ok(Value::Bool(!yes)),
        Value::Blank => Ok(Value::Blank),
        other => Err(EvalError::wrong("not", other)),
    }
}

/// `and` ends at the first no, `or` at the first yes; else a blank part makes the whole blank.
fn junction(parts: &[Node], env: Env<'_, '_>, ends_at: bool) -> Result<Value, EvalError> {
    let mut blank = false;
    for part in parts {
        match node(part, env)?.as_ref() {
            Value::Bool(yes) if *yes == ends_at => return Ok(Value::Bool(ends_at)),
            Value::Bool(_) => {}
            Value::Blank => blank = true,
            other => return Err(EvalError::wrong(if ends_at { "or" } else { "and" }, other)),
        }
    }
    Ok(if blank { Value::Blank } else { Value::Bool(!ends_at) })
}

fn name<'a>(path: &'a Path, env: Env<'a, '_>) -> Evaluated<'a> {
    if let Some(value) = env.scope.get(&path.text) {
        return Ok(value);
    }
    for dot in path.dots.iter().rev() {
        let (Some(front), Some(back)) = (path.text.get(..*dot), path.text.get(dot + 1..)) else { continue };
        if let Some(value) = env.scope.get(front) {
            return project(value, back, env);
        }
    }
    Err(EvalError::UnknownName(path.text.clone()))
}

fn item<'a>(path: Option<&'a Path>, env: Env<'a, '_>) -> Evaluated<'a> {
    let item = env.item.ok_or_else(|| EvalError::UnknownName("it".to_owned()))?;
    match path {
        Some(path) => project(Cow::Borrowed(item), &path.text, env),
        None => Ok(Cow::Borrowed(item)),
    }
}

fn project<'a>(value: Cow<'a, Value>, path: &str, env: Env<'_, '_>) -> Evaluated<'a> {
    match value {
        Cow::Borrowed(value) => fields(value, path, env),
        Cow::Owned(value) => fields(&value, path, env).map(|found| Cow::Owned(found.into_owned())),
    }
}

/// A field of a record, or of every record of a list; a field that a record does not have is blank.
fn fields<'v>(value: &'v Value, path: &str, env: Env<'_, '_>) -> Evaluated<'v> {
    let mut found = value;
    let mut parts = path.split('.');
    while let Some(part) = parts.next() {
        found = match found {
            Value::Record(record) => match record.get(part) {
                Some(field) => field,
                None => return Ok(Cow::Owned(Value::Blank)),
            },
            Value::Blank => return Ok(Cow::Owned(Value::Blank)),
            Value::List(items) => {
                if items.len() > MAX_LIST_ITEMS {
                    return Err(EvalError::TooLong);
                }
                env.charge(items.len())?;
                let rest = parts.fold(part.to_owned(), |path, part| format!("{path}.{part}"));
                let column: Result<Vec<Value>, EvalError> =
                    items.iter().map(|item| fields(item, &rest, env).map(Cow::into_owned)).collect();
                return column.map(|column| Cow::Owned(Value::List(column)));
            }
            other => return Err(EvalError::wrong(".", other)),
        };
    }
    Ok(Cow::Borrowed(found))
}

fn call<'a>(call: &'a Call, env: Env<'a, '_>) -> Evaluated<'a> {
    match call.function.run {
        Run::If => match call.args.as_slice() {
            [condition, then, otherwise @ ..] => match node(condition, env)?.as_ref() {
                Value::Bool(true) => node(then, env),
                Value::Bool(false) | Value::Blank => {
                    otherwise.first().map_or(Ok(Cow::Owned(Value::Blank)), |otherwise| node(otherwise, env))
                }
                other => Err(EvalError::wrong("if", other)),
            },
            _ => Ok(Cow::Owned(Value::Blank)),
        },
        Run::Coalesce => {
            for arg in &call.args {
                let value = node(arg, env)?;
                if !value.is_blank() {
                    return Ok(value);
                }
            }
            Ok(Cow::Owned(Value::Blank))
        }
        Run::Matches => matches(call, env),
        Run::Plain(run) => {
            let args: Result<Vec<Cow<'a, Value>>, EvalError> = call.args.iter().map(|arg| node(arg, env)).collect();
            let args = args?;
            if call.function.blank_spreads && args.iter().any(|arg| **arg == Value::Blank) {
                return Ok(Cow::Owned(Value::Blank));
            }
            env.charge(args.iter().map(|arg| weight(arg)).sum())?;
            run(&args, env.scope).map(Cow::Owned)
        }
        Run::Fold(run) => {
            let items = items(call, env)?;
            env.charge(items.len())?;
            run(call.function.name, &items, call.each.is_some()).map(Cow::Owned)
        }
    }
}

fn matches<'a>(call: &'a Call, env: Env<'a, '_>) -> Evaluated<'a> {
    let (Some(subject), Some(pattern)) = (call.args.first(), &call.pattern) else {
        return Ok(Cow::Owned(Value::Blank));
    };
    match node(subject, env)?.as_ref() {
        Value::Blank => Ok(Cow::Owned(Value::Blank)),
        Value::Text(text) => {
            // A pattern costs at most its length for each character of the text.
            env.charge(text.len().saturating_mul(pattern.source().len()) / 64)?;
            Ok(Cow::Owned(Value::Bool(pattern.matches(text))))
        }
        other => Err(EvalError::wrong("matches", other)),
    }
}

/// What a value costs a function that walks it.
fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() / 64,
        Value::List(items) => items.iter().map(|item| 1 + weight(item)).sum(),
        _ => 0,
    }
}

/// The values that a function folds: the items of its one list, those computed for each of them, or its arguments.
fn items<'a>(call: &'a Call, env: Env<'a, '_>) -> Result<Vec<Cow<'a, Value>>, EvalError> {
    let first = match call.args.as_slice() {
        [only] => node(only, env)?,
        args => return args.iter().map(|arg| node(arg, env)).collect(),
    };
    let items = match first {
        Cow::Borrowed(Value::List(items)) => items.iter().map(Cow::Borrowed).collect(),
        Cow::Owned(Value::List(items)) => items.into_iter().map(Cow::Owned).collect(),
        blank if *blank == Value::Blank => Vec::new(),
        single => vec![single],
    };
    if items.len() > MAX_LIST_ITEMS {
        return Err(EvalError::TooLong);
    }
    let Some(each) = &call.each else { return Ok(items) };
    let computed = items.iter().map(|item| {
        let env = Env { scope: env.scope, item: Some(item.as_ref()), steps: env.steps };
        node(each, env).map(|value| Cow::Owned(value.into_owned()))
    });
    computed.collect()
}
