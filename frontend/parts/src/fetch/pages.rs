//! A list that comes page by page.

use std::future::Future;
use std::rc::Rc;

use contract::Page;
use contract::page::MAX_LIMIT;
use contract::rma::RmaPage;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Answer;
use crate::api::Problem;
use crate::live::{self, Heard};

/// Items asked for at first and with every "more", unless the owner says otherwise.
const PAGE: u32 = 50;

/// One page as it came.
pub struct Chunk<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many there are in all, when told.
    pub total: Option<i64>,
}

impl<T> From<Page<T>> for Chunk<T> {
    fn from(page: Page<T>) -> Self {
        Self { items: page.items, next: page.next, total: None }
    }
}

impl From<RmaPage> for Chunk<contract::rma::RmaListItem> {
    fn from(page: RmaPage) -> Self {
        Self { items: page.items, next: page.next, total: page.total }
    }
}

type Question<T> = Rc<dyn Fn(Option<String>, u32) -> Answer<Chunk<T>>>;

/// What a call of [`Pages::ask`] is for.
#[derive(Clone, Copy, PartialEq)]
enum For {
    /// Another list: what is there does not belong to it.
    Other,
    /// The same list as it is now, as far as it is shown.
    Fresh,
    /// The next page.
    More,
}

/// A list from the server. Copy freely.
pub struct Pages<T: Send + Sync + 'static> {
    items: RwSignal<Vec<T>>,
    next: RwSignal<Option<String>>,
    total: RwSignal<Option<i64>>,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
    again: RwSignal<u32>,
    round: StoredValue<u32>,
    page: u32,
    question: StoredValue<Question<T>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Pages<T> {}

impl<T: Clone + Send + Sync + 'static> Pages<T> {
    /// Asks for the first page now, and again whenever a signal that the question reads changes. The question gets where
    /// to begin and how many items are wanted.
    pub fn new<F, P>(question: impl Fn(Option<String>, u32) -> F + 'static) -> Self
    where
        F: Future<Output = Result<P, Problem>> + 'static,
        P: Into<Chunk<T>> + 'static,
    {
        Self::by(PAGE, question)
    }

    /// The same with `page` items at a time, at most [`MAX_LIMIT`].
    pub fn by<F, P>(page: u32, question: impl Fn(Option<String>, u32) -> F + 'static) -> Self
    where
        F: Future<Output = Result<P, Problem>> + 'static,
        P: Into<Chunk<T>> + 'static,
    {
        let question: Question<T> = Rc::new(move |after, limit| {
            let future = question(after, limit);
            Box::pin(async move { future.await.map(Into::into) })
        });
        let this = Self {
            items: RwSignal::default(),
            next: RwSignal::new(None),
            total: RwSignal::new(None),
            problem: RwSignal::new(None),
            busy: RwSignal::new(true),
            again: RwSignal::new(0),
            round: StoredValue::new(0),
            page,
            question: StoredValue::new_local(question),
        };
        Effect::new(move |before: Option<u32>| {
            let again = this.again.get();
            if before.is_some_and(|before| before != again) {
                let shown = this.items.with_untracked(Vec::len);
                let limit = u32::try_from(shown).unwrap_or(MAX_LIMIT).clamp(page, MAX_LIMIT);
                this.ask(For::Fresh, None, limit);
            } else {
                this.ask(For::Other, None, page);
            }
            again
        });
        this
    }

    fn ask(self, what: For, after: Option<String>, limit: u32) {
        // The question is put together here, so that the signals it reads are followed.
        let Some(future) = self.question.try_with_value(|question| question(after, limit)) else { return };
        spawn_local(self.answer(what, future));
    }

    async fn answer(self, what: For, future: Answer<Chunk<T>>) {
        let next_round = |round: &mut u32| {
            *round += 1;
            *round
        };
        let Some(round) = self.round.try_update_value(next_round) else { return };
        self.busy.try_set(true);
        let answer = future.await;
        if self.round.try_get_value() != Some(round) {
            return;
        }
        match answer {
            Ok(Chunk { mut items, next, total }) => {
                if what == For::More {
                    self.items.try_update(|shown| shown.append(&mut items));
                } else {
                    self.items.try_set(items);
                    self.total.try_set(total);
                }
                self.next.try_set(next);
                self.problem.try_set(None);
            }
            Err(problem) => {
                if what == For::Other {
                    self.items.try_set(Vec::new());
                    self.next.try_set(None);
                    self.total.try_set(None);
                }
                self.problem.try_set(Some(problem));
            }
        }
        self.busy.try_set(false);
    }

    /// What came so far.
    pub fn items(self) -> Signal<Vec<T>> {
        self.items.into()
    }

    /// There is a next page.
    pub fn has_more(self) -> Signal<bool> {
        Signal::derive(move || self.next.with(Option::is_some))
    }

    /// How many there are in all, when told.
    pub fn total(self) -> Signal<Option<i64>> {
        self.total.into()
    }

    /// An answer is on its way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why nothing came, in words.
    pub fn error(self) -> Signal<Option<String>> {
        Signal::derive(move || self.problem.with(|problem| problem.as_ref().map(Problem::words)))
    }

    /// Asks for the next page, unless an answer is on its way.
    pub fn more(self) {
        let Some(after) = self.next.get_untracked() else { return };
        if !self.busy.get_untracked() {
            untrack(|| self.ask(For::More, Some(after), self.page));
        }
    }

    /// Asks again for what is shown.
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
