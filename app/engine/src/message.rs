//! Texts with places: `您的退货 {{number}} 已通过初审`. What stands between the braces is an expression.

#[cfg(test)]
mod tests;

mod parts;

use std::borrow::Cow;

use domain::{Diagnostic, Lang, LineKind, Text};

use crate::expr::{EvalError, Expr, MAX_TEXT_BYTES, Schema, Scope, check as check_expr, eval, parse};
use crate::facts::kind_title;
use crate::value::Value;

pub use parts::{SmsParts, sms_parts};

/// Longest source, in characters.
pub const MAX_BODY_CHARS: usize = 10_000;
/// Most places of one text.
pub const MAX_PLACES: usize = 100;

/// A text with its places parsed.
#[derive(Clone, Debug)]
pub struct Body {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Plain(String),
    Place(Expr),
}

impl Body {
    /// Parses a text.
    ///
    /// # Errors
    /// Every mistake in its places; their `path` is empty.
    pub fn parse(source: &str) -> Result<Self, Vec<Diagnostic>> {
        if source.chars().nth(MAX_BODY_CHARS).is_some() {
            return Err(vec![too_long()]);
        }
        let (mut parts, mut problems) = (Vec::new(), Vec::new());
        let mut rest = source;
        while let Some((plain, behind)) = rest.split_once("{{") {
            parts.push(Part::Plain(plain.to_owned()));
            let Some((place, after)) = behind.split_once("}}") else {
                let message = Text::new("“{{”没有用“}}”闭合", "`{{` is not closed by `}}`");
                problems.push(Diagnostic::error("open_place", "", message));
                return Err(problems);
            };
            match parse(place) {
                Ok(expr) => parts.push(Part::Place(expr)),
                Err(found) => problems.extend(found),
            }
            rest = after;
        }
        parts.push(Part::Plain(rest.to_owned()));
        if parts.len() > 2 * MAX_PLACES + 1 {
            let message = Text::new(format!("占位符最多 {MAX_PLACES} 个"), format!("at most {MAX_PLACES} places"));
            problems.push(Diagnostic::error("too_many_places", "", message));
        }
        if problems.is_empty() { Ok(Self { parts }) } else { Err(problems) }
    }

    /// The text for a reader. Blank places are empty; codes are said by their titles where the scope has them.
    ///
    /// # Errors
    /// Why a place has no value; `TooLong` beyond `MAX_TEXT_BYTES`.
    pub fn render(&self, scope: &dyn Scope, lang: Lang) -> Result<String, EvalError> {
        let mut whole = String::new();
        for part in &self.parts {
            match part {
                Part::Plain(plain) => whole.push_str(plain),
                Part::Place(expr) => whole.push_str(&said(expr, &eval(expr, scope)?, scope, lang)),
            }
            if whole.len() > MAX_TEXT_BYTES {
                return Err(EvalError::TooLong);
            }
        }
        Ok(whole)
    }

    /// The names its places read, in order, repeated where they are.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let exprs = self.parts.iter().filter_map(|part| if let Part::Place(expr) = part { Some(expr) } else { None });
        exprs.flat_map(|expr| expr.references().iter().map(String::as_str))
    }
}

/// Renders a text that is used once; keep a `Body` for one that is used often.
///
/// # Errors
/// `NotParsed` for a text with mistakes, else what `Body::render` says.
pub fn render(source: &str, scope: &dyn Scope, lang: Lang) -> Result<String, EvalError> {
    Body::parse(source).map_err(|_| EvalError::NotParsed)?.render(scope, lang)
}

/// Every problem of a text whose places read these names, placed under `path`.
#[must_use]
pub fn check(source: &str, schema: &Schema, path: &str) -> Vec<Diagnostic> {
    let mut problems = match Body::parse(source) {
        Err(problems) => problems,
        Ok(body) => {
            let exprs =
                body.parts.iter().filter_map(|part| if let Part::Place(expr) = part { Some(expr) } else { None });
            exprs.flat_map(|expr| check_expr(expr, schema).1).collect()
        }
    };
    for problem in &mut problems {
        path.clone_into(&mut problem.path);
    }
    problems
}

/// The value of a place; a code that is named directly is said by its title.
fn said(expr: &Expr, value: &Value, scope: &dyn Scope, lang: Lang) -> String {
    let Some(name) = expr.as_name() else { return value.say(lang, scope.offset_minutes()) };
    let what = match name {
        "kinds" => "kind",
        "categories" => "category",
        "reason_path" => "reason",
        other => other,
    };
    let title = |code: &str| -> Option<String> {
        let own = || LineKind::parse(code).filter(|_| what == "kind").map(kind_title);
        scope.title(what, code).or_else(own).map(|title| title.get(lang).to_owned())
    };
    let titled: Cow<'_, Value> = match value {
        Value::Text(code) => title(code).map_or(Cow::Borrowed(value), |title| Cow::Owned(Value::Text(title))),
        Value::List(items) => {
            let one = |item: &Value| item.as_text().and_then(title).map_or_else(|| item.clone(), Value::Text);
            Cow::Owned(Value::List(items.iter().map(one).collect()))
        }
        _ => Cow::Borrowed(value),
    };
    titled.say(lang, scope.offset_minutes())
}

fn too_long() -> Diagnostic {
    let message = Text::new(
        format!("文本太长：最多 {MAX_BODY_CHARS} 个字符"),
        format!("the text is too long: at most {MAX_BODY_CHARS} characters"),
    );
    Diagnostic::error("text_too_long", "", message)
}
