//! Where an expression's names get their values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::Text;

use crate::value::Value;

/// The values that names stand for. Nothing is allocated for a value that the scope already holds.
pub trait Scope {
    /// The value of a name: `None` when the name is not known, `Value::Blank` when it is known and nothing was given.
    /// Dotted names are asked for whole first (`form.size`), then by their front (`goods`).
    fn get(&self, path: &str) -> Option<Cow<'_, Value>>;
    /// The shop's offset from UTC in minutes, by which an instant becomes a day.
    fn offset_minutes(&self) -> i32 {
        0
    }
    /// What a code is called on screen: `what` is `kind`, `reason`, `category` and so on.
    fn title(&self, what: &str, code: &str) -> Option<Text> {
        let _ = (what, code);
        None
    }
}

/// No names at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Scope for Nothing {
    fn get(&self, _path: &str) -> Option<Cow<'_, Value>> {
        None
    }
}

impl Scope for BTreeMap<String, Value> {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        Self::get(self, path).map(Cow::Borrowed)
    }
}

impl<S: Scope + ?Sized> Scope for &S {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        (**self).get(path)
    }
    fn offset_minutes(&self) -> i32 {
        (**self).offset_minutes()
    }
    fn title(&self, what: &str, code: &str) -> Option<Text> {
        (**self).title(what, code)
    }
}

/// Names of `inner` before names of `outer`; offset and titles of `outer`.
#[derive(Clone, Copy, Debug)]
pub struct Layered<I, O> {
    /// Asked first.
    pub inner: I,
    /// Asked for what `inner` does not know.
    pub outer: O,
}

impl<I: Scope, O: Scope> Scope for Layered<I, O> {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        self.inner.get(path).or_else(|| self.outer.get(path))
    }
    fn offset_minutes(&self) -> i32 {
        self.outer.offset_minutes()
    }
    fn title(&self, what: &str, code: &str) -> Option<Text> {
        self.inner.title(what, code).or_else(|| self.outer.title(what, code))
    }
}
