//! What a page shows from the server: one thing ([`Fetch`]) or a list that grows ([`Pages`]).
//!
//! Both fetch again when a signal read by their question changes, keep what they have while the next answer is on its way,
//! and follow the live stream where the owner asks them to.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Problem;
use crate::live::{self, Heard};

mod pages;

pub use pages::{Chunk, Pages};

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// One thing from the server. Copy freely.
pub struct Fetch<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
    stale: RwSignal<bool>,
    again: RwSignal<u32>,
    round: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetch<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetch<T> {}

impl<T: Clone + Send + Sync + 'static> Fetch<T> {
    /// Asks now, and again whenever a signal that the question reads changes.
    pub fn new<F>(question: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, Problem>> + 'static,
    {
        Self::when(move || Some(question()))
    }

    /// Asks only while there is something to ask.
    pub fn when<F>(question: impl Fn() -> Option<F> + 'static) -> Self
    where
        F: Future<Output = Result<T, Problem>> + 'static,
    {
        let this = Self {
            value: RwSignal::new(None),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            stale: RwSignal::new(false),
            again: RwSignal::new(0),
            round: StoredValue::new(0),
        };
        Effect::new(move |before: Option<u32>| {
            let again = this.again.get();
            let other = before.is_some_and(|before| before == again);
            let future = question().map(|future| -> Answer<T> { Box::pin(future) });
            spawn_local(this.answer(future, other));
            again
        });
        this
    }

    /// Takes an answer, unless a newer question was asked meanwhile. `other`: it is a question about something else.
    async fn answer(self, future: Option<Answer<T>>, other: bool) {
        let Some(round) = self.round.try_update_value(|round| {
            *round += 1;
            *round
        }) else {
            return;
        };
        let Some(future) = future else {
            self.value.try_set(None);
            self.problem.try_set(None);
            self.busy.try_set(false);
            return;
        };
        self.busy.try_set(true);
        if other {
            self.stale.try_set(true);
        }
        let answer = future.await;
        if self.round.try_get_value() != Some(round) {
            return;
        }
        match answer {
            Ok(value) => {
                self.value.try_set(Some(value));
                self.problem.try_set(None);
            }
            Err(problem) => {
                if problem.is_missing() || other {
                    self.value.try_set(None);
                }
                self.problem.try_set(Some(problem));
            }
        }
        self.stale.try_set(false);
        self.busy.try_set(false);
    }

    /// What came, followed by views.
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    /// What came, at this moment.
    pub fn get_untracked(self) -> Option<T> {
        self.value.get_untracked()
    }

    /// Looks at what came without cloning it.
    pub fn with<R>(self, look: impl FnOnce(Option<&T>) -> R) -> R {
        self.value.with(|value| look(value.as_ref()))
    }

    /// Takes what another call answered, without asking again.
    pub fn set(self, value: T) {
        self.round.update_value(|round| *round += 1);
        self.busy.set(false);
        self.stale.set(false);
        self.problem.set(None);
        self.value.set(Some(value));
    }

    /// Why nothing came, or nothing newer.
    pub fn problem(self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// An answer is on its way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What is shown belongs to an earlier question.
    pub fn is_stale(self) -> bool {
        self.stale.get()
    }

    /// Whether there is anything yet.
    pub fn is_there(self) -> Signal<bool> {
        Memo::new(move |_| self.value.with(Option::is_some)).into()
    }

    /// Asks the same again.
    pub fn reload(self) {
        self.again.try_update(|again| *again += 1);
    }

    /// Asks again when the live stream tells of something that matters here.
    #[must_use]
    pub fn follow(self, matters: impl Fn(&Heard) -> bool + 'static) -> Self {
        live::on_heard(Rc::new(move |heard: &Heard| {
            if matters(heard) {
                self.reload();
            }
        }));
        self
    }
}
