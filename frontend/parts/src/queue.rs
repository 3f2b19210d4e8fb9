//! What is done at a station, told to the server in the order it happened: kept in the browser before anybody is told that
//! it counts, sent one by one, again and again until an answer came. Nothing is dropped; what the server refuses stays in
//! sight until a person has looked at it.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use contract::Route;
use contract::station::{MADE_AT_HEADER, SHIFT_HEADER};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Blob;

use crate::api::{self, Headers, Key, Problem};

mod entry;
mod kept;

pub use entry::{Entry, Fate, Refused, answer_of, pause_ms};

use kept::{Kept, Shelf};

/// Whether the server is within reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The last call was answered.
    Up,
    /// The last call was not.
    Down,
}

/// The browser would not keep an entry: it does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unkept;

type Told = Rc<dyn Fn(&Entry, &Result<Value, Problem>)>;

/// Answers that are remembered for entries that are put a moment later and build on them.
const MAX_ANSWERS: usize = 500;

/// What is not a signal.
struct Inner {
    shelf: Option<Rc<Shelf>>,
    routes: &'static [&'static [Route]],
    told: Vec<(u32, Told)>,
    answers: VecDeque<(String, Value)>,
    next_id: u32,
    sending: bool,
    failed: u32,
    /// A pause that is over when it is no longer this one.
    pause: u32,
    /// Who is signed in; `None`: nobody, nothing is sent.
    person: Option<String>,
}

/// The queue of this page. Copy freely.
#[derive(Clone, Copy)]
pub struct Queue {
    all: RwSignal<Vec<Kept>>,
    line: RwSignal<Line>,
    inner: StoredValue<Inner, LocalStorage>,
}

impl Queue {
    /// A queue for routes of these tables, without what is left in the browser yet.
    pub fn new(routes: &'static [&'static [Route]]) -> Self {
        let inner = Inner {
            shelf: None,
            routes,
            told: Vec::new(),
            answers: VecDeque::new(),
            next_id: 0,
            sending: false,
            failed: 0,
            pause: 0,
            person: None,
        };
        let queue =
            Self { all: RwSignal::default(), line: RwSignal::new(Line::Up), inner: StoredValue::new_local(inner) };
        queue.listen();
        queue
    }

    /// Takes what is left in the browser. Nothing is sent until [`Queue::serve`] names a person.
    ///
    /// # Errors
    /// [`Unkept`] when the browser keeps nothing, as some do in private windows.
    pub async fn open(self) -> Result<(), Unkept> {
        let shelf = Shelf::open().await.map_err(|_| Unkept)?;
        let mut left = shelf.all().await.map_err(|_| Unkept)?;
        let known: Vec<String> = left.iter().map(|kept| kept.entry.key.clone()).collect();
        for kept in &mut left {
            // The page was closed between an answer and what builds on it: a person looks.
            if kept.entry.is_open() && !known.iter().any(|key| kept.entry.builds_on(key)) {
                kept.entry.refused = Some(Refused { status: 0, words: String::new() });
            }
        }
        self.inner.try_update_value(|inner| inner.shelf = Some(Rc::new(shelf)));
        self.all.try_set(left);
        Ok(())
    }

    fn listen(self) {
        for (name, line) in [("online", Line::Up), ("offline", Line::Down)] {
            let hear = Closure::<dyn Fn()>::new(move || {
                self.line.try_set(line);
                if line == Line::Up {
                    self.now();
                }
            });
            let function: js_sys::Function = hear.into_js_value().unchecked_into();
            let _ = window().add_event_listener_with_callback(name, &function);
        }
    }

    /// This person is signed in now, or nobody: what waited for them is sent.
    pub fn serve(self, person: Option<String>) {
        self.inner.update_value(|inner| inner.person.clone_from(&person));
        if person.is_some() {
            // Whoever was here before may have lacked a right that this person has.
            let lacked = |kept: &Kept| {
                let lacked = kept.entry.refused.as_ref().is_some_and(|no| matches!(no.status, 403 | 404));
                lacked.then(|| kept.entry.key.clone())
            };
            let again: Vec<String> = self.all.with_untracked(|all| all.iter().filter_map(lacked).collect());
            spawn_local(async move {
                for key in again {
                    self.revive(&key).await;
                }
                self.now();
            });
        }
    }

    /// Keeps an entry, then sends it when its turn comes. It counts once this is answered.
    ///
    /// # Errors
    /// [`Unkept`]: the browser would not keep it.
    pub async fn put(self, entry: Entry, file: Option<Blob>) -> Result<(), Unkept> {
        let shelf = self.shelf().ok_or(Unkept)?;
        let mut entry = entry;
        self.fill(&mut entry);
        let place = shelf.add(&entry, file.as_ref()).await.map_err(|_| Unkept)?;
        let mut kept = Kept { place, entry };
        // What it builds on may have been answered while it was being kept.
        if self.fill(&mut kept.entry) {
            shelf.settle(None, std::slice::from_ref(&kept)).await.map_err(|_| Unkept)?;
        }
        self.all.try_update(|all| {
            let at = all.partition_point(|other| other.place < kept.place);
            all.insert(at, kept);
        });
        self.wake();
        Ok(())
    }

    /// Puts answers that are there already into an entry; whether there was one.
    fn fill(self, entry: &mut Entry) -> bool {
        let filled = self.inner.try_with_value(|inner| {
            let mut filled = false;
            for (key, answer) in
                inner.answers.iter().filter(|(key, _)| entry.builds_on(key)).cloned().collect::<Vec<_>>()
            {
                filled = true;
                if !entry.fill(&key, &answer) {
                    entry.refused = Some(Refused { status: 0, words: String::new() });
                }
            }
            filled
        });
        filled.unwrap_or_default()
    }

    /// All that has not been heard, oldest first.
    pub fn entries(self) -> Signal<Vec<Entry>> {
        Signal::derive(move || self.all.with(|all| all.iter().map(|kept| kept.entry.clone()).collect()))
    }

    /// How many have not been heard.
    pub fn unsent(self) -> Signal<usize> {
        Memo::new(move |_| self.all.with(Vec::len)).into()
    }

    /// How many were refused and wait for somebody to look.
    pub fn refused(self) -> Signal<usize> {
        let count = move || self.all.with(|all| all.iter().filter(|kept| kept.entry.refused.is_some()).count());
        Memo::new(move |_| count()).into()
    }

    /// Whether the server is within reach.
    pub fn line(self) -> Signal<Line> {
        self.line.into()
    }

    /// Another call was answered, or was not.
    pub fn note_line(self, line: Line) {
        let before = self.line.try_get_untracked();
        if before.is_some_and(|before| before != line) {
            self.line.try_set(line);
            if line == Line::Up {
                self.now();
            }
        }
    }

    /// Calls `told` with each answer and each refusal, until the owner is gone.
    pub fn on_answer(self, told: impl Fn(&Entry, &Result<Value, Problem>) + 'static) {
        let mut id = 0;
        self.inner.update_value(|inner| {
            id = inner.next_id;
            inner.next_id = inner.next_id.wrapping_add(1);
            inner.told.push((id, Rc::new(told)));
        });
        on_cleanup(move || {
            self.inner.try_update_value(|inner| inner.told.retain(|(other, _)| *other != id));
        });
    }

    /// Sends a refused one again.
    pub fn again(self, key: &str) {
        let key = key.to_owned();
        spawn_local(async move {
            self.revive(&key).await;
            self.now();
        });
    }

    /// Somebody looked at a refused one and settled it otherwise: it goes, with what builds on it.
    pub fn looked_at(self, key: &str) {
        let gone: Vec<Kept> = self.all.with_untracked(|all| {
            let own = |kept: &&Kept| kept.entry.refused.is_some() && kept.entry.key == key;
            all.iter().filter(own).cloned().collect()
        });
        spawn_local(async move {
            let Some(shelf) = self.shelf() else { return };
            for kept in gone {
                if shelf.settle(Some(kept.place), &[]).await.is_ok() {
                    self.all.try_update(|all| all.retain(|other| other.place != kept.place));
                }
            }
        });
    }

    /// Sends now, without waiting for the end of a pause.
    pub fn now(self) {
        self.inner.try_update_value(|inner| inner.pause = inner.pause.wrapping_add(1));
        self.wake();
    }

    fn shelf(self) -> Option<Rc<Shelf>> {
        self.inner.try_with_value(|inner| inner.shelf.clone()).flatten()
    }

    fn kept(self, key: &str) -> Option<Kept> {
        self.all.try_with_untracked(|all| all.iter().find(|kept| kept.entry.key == key).cloned()).flatten()
    }

    async fn revive(self, key: &str) {
        let (Some(mut kept), Some(shelf)) = (self.kept(key), self.shelf()) else { return };
        kept.entry.refused = None;
        if shelf.settle(None, std::slice::from_ref(&kept)).await.is_ok() {
            self.put_back(&[kept]);
        }
    }

    fn put_back(self, changed: &[Kept]) {
        self.all.try_update(|all| {
            for own in changed {
                if let Some(kept) = all.iter_mut().find(|kept| kept.place == own.place) {
                    *kept = own.clone();
                }
            }
        });
    }

    /// The first one whose turn it is.
    fn next(self) -> Option<Kept> {
        self.inner.try_with_value(|inner| inner.person.clone()).flatten()?;
        let turn = |kept: &&Kept| kept.entry.refused.is_none() && !kept.entry.is_open();
        self.all.try_with_untracked(|all| all.iter().find(turn).cloned()).flatten()
    }

    fn wake(self) {
        let Some(free) = self.inner.try_update_value(|inner| !std::mem::replace(&mut inner.sending, true)) else {
            return;
        };
        if free {
            spawn_local(async move {
                let pause = self.drain().await;
                self.inner.try_update_value(|inner| inner.sending = false);
                match pause {
                    Some(pause_ms) => self.later(pause_ms),
                    // One that came while the last was being settled.
                    None if self.next().is_some() => self.wake(),
                    None => {}
                }
            });
        }
    }

    fn later(self, pause_ms: u64) {
        let Some(pause) = self.inner.try_with_value(|inner| inner.pause) else { return };
        let wake = move || {
            if self.inner.try_with_value(|inner| inner.pause) == Some(pause) {
                self.wake();
            }
        };
        set_timeout(wake, Duration::from_millis(pause_ms));
    }

    /// Sends until nothing is left, or until a pause is due: how long, in ms.
    async fn drain(self) -> Option<u64> {
        while let Some(kept) = self.next() {
            let answer = self.send(&kept).await;
            let reached = !matches!(&answer, Err(problem) if problem.status == 0);
            self.line.try_set(if reached { Line::Up } else { Line::Down });
            let stopped = match &answer {
                Ok(value) => self.finish(&kept, value).await.is_err(),
                Err(problem) => match Fate::of(problem.status, &problem.body.code) {
                    Fate::Later => true,
                    Fate::SignIn => {
                        self.inner.try_update_value(|inner| inner.person = None);
                        return None;
                    }
                    Fate::Refused => self.refuse(&kept, problem).await.is_err(),
                },
            };
            if stopped {
                let failed = self.inner.try_update_value(|inner| {
                    inner.failed = inner.failed.saturating_add(1);
                    inner.failed - 1
                });
                return Some(pause_ms(failed.unwrap_or_default()));
            }
            self.inner.try_update_value(|inner| inner.failed = 0);
            let all = self.inner.try_with_value(|inner| inner.told.iter().map(|(_, told)| Rc::clone(told)).collect());
            let all: Vec<Told> = all.unwrap_or_default();
            all.iter().for_each(|told| told(&kept.entry, &answer));
        }
        None
    }

    async fn send(self, kept: &Kept) -> Result<Value, Problem> {
        let Entry { key, operation, path, body, .. } = &kept.entry;
        let routes = self.inner.try_with_value(|inner| inner.routes).unwrap_or_default();
        let Some(route) = routes.iter().flat_map(|table| table.iter()).find(|route| route.operation == operation)
        else {
            // Kept by another version of this page.
            return Err(Problem::of(410, ""));
        };
        let path: Vec<&dyn std::fmt::Display> = path.iter().map(|part| part as &dyn std::fmt::Display).collect();
        let file = match self.shelf() {
            Some(shelf) => shelf.file(kept.place).await.ok().flatten(),
            None => None,
        };
        let headers = headers(&kept.entry);
        match file.and_then(|file| file.dyn_into::<web_sys::File>().ok()) {
            Some(file) => api::upload::<Value>(route, headers, file, |_| {}).await,
            None => api::send_as::<Value, _>(route, &path, body, Key::of(key), headers).await,
        }
    }

    /// Heard: what builds on the answer gets it, and the entry goes.
    async fn finish(self, kept: &Kept, answer: &Value) -> Result<(), Unkept> {
        self.inner.try_update_value(|inner| {
            inner.answers.push_back((kept.entry.key.clone(), answer.clone()));
            if inner.answers.len() > MAX_ANSWERS {
                inner.answers.pop_front();
            }
        });
        let mut changed = self.building_on(&kept.entry.key);
        for own in &mut changed {
            if !own.entry.fill(&kept.entry.key, answer) {
                own.entry.refused = Some(Refused { status: 0, words: String::new() });
            }
        }
        self.shelf().ok_or(Unkept)?.settle(Some(kept.place), &changed).await.map_err(|_| Unkept)?;
        self.put_back(&changed);
        self.all.try_update(|all| all.retain(|other| other.place != kept.place));
        Ok(())
    }

    /// Refused: it stays, and what builds on it waits with it.
    async fn refuse(self, kept: &Kept, problem: &Problem) -> Result<(), Unkept> {
        let mut own = kept.clone();
        own.entry.refused = Some(Refused { status: problem.status, words: problem.words_in_full() });
        let changed = [own];
        self.shelf().ok_or(Unkept)?.settle(None, &changed).await.map_err(|_| Unkept)?;
        self.put_back(&changed);
        Ok(())
    }

    fn building_on(self, key: &str) -> Vec<Kept> {
        let on = |kept: &&Kept| kept.entry.builds_on(key);
        self.all.try_with_untracked(|all| all.iter().filter(on).cloned().collect()).unwrap_or_default()
    }
}

/// Whose it is and when it was, whoever sends it.
fn headers(entry: &Entry) -> Headers {
    if entry.shift.is_empty() {
        return Headers::new();
    }
    vec![(SHIFT_HEADER, entry.shift.clone()), (MADE_AT_HEADER, entry.at_ms.to_string())]
}
