//! One command of one form: busy while it is on its way, one key until its outcome is known, its refusal beside it.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Key, Problem};

/// The sending of one form. Copy freely.
#[derive(Clone, Copy)]
pub struct Submit {
    busy: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
    key: StoredValue<Key>,
}

impl Default for Submit {
    fn default() -> Self {
        Self::new()
    }
}

impl Submit {
    /// Nothing sent yet.
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), problem: RwSignal::new(None), key: StoredValue::new(Key::new()) }
    }

    /// Sends, unless it is being sent: `command` makes the call with the form's key, `then` takes the answer. A command
    /// that was refused or lost keeps its key, so that sending it again cannot make it happen twice.
    pub fn run<T, F>(self, command: impl FnOnce(Key) -> F, then: impl FnOnce(T) + 'static)
    where
        F: Future<Output = Result<T, Problem>> + 'static,
        T: 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let future = command(self.key.get_value());
        spawn_local(async move {
            let answer = future.await;
            self.busy.try_set(false);
            match answer {
                Ok(value) => {
                    self.key.try_set_value(Key::new());
                    then(value);
                }
                Err(problem) => {
                    self.problem.try_set(Some(problem));
                }
            }
        });
    }

    /// It is on its way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why it was refused or lost.
    pub fn problem(self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// Says nothing of an earlier attempt any more.
    pub fn forget(self) {
        self.problem.set(None);
    }

    /// The same, and what is sent next is a command of its own.
    pub fn renew(self) {
        self.forget();
        self.key.set_value(Key::new());
    }

    /// What is wrong with one field, by its path in the request.
    pub fn field(self, path: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problem.with(|problem| problem.as_ref()?.field(path).map(|field| field.message.clone()))
        })
    }

    /// What is wrong, in words, leaving out fields that say it themselves.
    pub fn words(self) -> Signal<Option<String>> {
        Signal::derive(move || self.problem.with(|problem| problem.as_ref().map(Problem::words)))
    }

    /// What is wrong, with all that is said of fields.
    pub fn words_in_full(self) -> Signal<Option<String>> {
        Signal::derive(move || self.problem.with(|problem| problem.as_ref().map(Problem::words_in_full)))
    }
}
